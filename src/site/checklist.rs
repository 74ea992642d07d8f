//! Ids of checklist items, shared by all translations of a guide.

use crate::base::path::ItemId;
use crate::document::checklist::Item;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The final ids of a page's items. Items without an id take one made from the text of the original's item at the same place.
///
/// `original` is the guide's original, or the page itself. When the lists are built differently, ids are made from the page's own text.
pub fn item_ids(items: &[Item], original: &[Item]) -> Arc<[ItemId]> {
    let model = if same_skeleton(items, original) { original } else { items };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let automatic: Vec<ItemId> = model
        .iter()
        .map(|item| {
            let base = automatic_id(item);
            let count = seen.entry(base.clone()).or_default();
            *count += 1;
            if *count == 1 { ItemId::new(base) } else { ItemId::new(format!("{base}-{count}")) }
        })
        .collect();
    items.iter().zip(automatic).map(|(item, automatic)| item.id.clone().unwrap_or(automatic)).collect()
}

/// Whether two guides' checklists have the same lists and nesting.
pub fn same_skeleton(a: &[Item], b: &[Item]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.place == b.place)
}

/// The first item that stands elsewhere in the other document.
pub fn first_difference(a: &[Item], b: &[Item]) -> Option<usize> {
    (!same_skeleton(a, b)).then(|| a.iter().zip(b).position(|(a, b)| a.place != b.place).unwrap_or(a.len().min(b.len())))
}

/// base32(blake3(normalised text)), eight characters.
fn automatic_id(item: &Item) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = item.text_hash.bytes()[..5].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..8).map(|i| ALPHABET[(bits >> (35 - 5 * i) & 31) as usize] as char).collect()
}

/// Eight hexadecimal digits of an item's text, so that a reader's script sees when the meaning may have changed.
pub fn revision(item: &Item) -> String {
    item.text_hash.to_string()[..8].to_owned()
}

#[cfg(test)]
mod tests;
