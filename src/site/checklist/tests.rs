//! Random checklists: items keep their ids in whatever order they stand, in all languages, and parents are those that the lists show.

use super::item_ids;
use crate::base::config::HtmlMode;
use crate::base::hash::Hash;
use crate::base::path::{ItemId, LanguageTag, SourcePath};
use crate::base::source::Source;
use crate::document::checklist::Item;
use crate::document::{Settings, document};
use crate::language::embedded::language_data;
use crate::language::locale::Locale;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An item with the items below it, and where it goes when its list is put in another order.
#[derive(Clone, Debug)]
struct Branch {
    name: u8,
    order: u8,
    parts: Vec<Branch>,
}

fn branches() -> impl Strategy<Value = Vec<Branch>> {
    let leaf = (0..40_u8, any::<u8>()).prop_map(|(name, order)| Branch { name, order, parts: Vec::new() });
    let branch = leaf.prop_recursive(3, 24, 4, |inner| {
        (0..40_u8, any::<u8>(), prop::collection::vec(inner, 1..4)).prop_map(|(name, order, parts)| Branch { name, order, parts })
    });
    prop::collection::vec(branch, 1..6)
}

fn reordered(mut list: Vec<Branch>) -> Vec<Branch> {
    list.sort_by_key(|branch| branch.order);
    list.into_iter().map(|branch| Branch { parts: reordered(branch.parts), ..branch }).collect()
}

fn markdown(list: &[Branch], word: &str, depth: usize) -> String {
    let line = |branch: &Branch| format!("{}- [ ] {word} {}\n{}", "  ".repeat(depth), branch.name, markdown(&branch.parts, word, depth + 1));
    list.iter().map(line).collect()
}

/// The items of a guide with this list, which says `word` and a number in each item.
fn items(list: &[Branch], word: &str) -> Vec<Item> {
    let locale = Locale::new("en", &language_data("en")).unwrap();
    let settings = Settings { html: HtmlMode::Escape, language: LanguageTag::new("en"), locale: Arc::new(locale), hash: Hash::default() };
    document(Source::new(SourcePath::new("content/en/a.md"), markdown(list, word, 0)), &settings).summary.items.clone()
}

/// Each item above, and whether items stand below, in reading order.
fn parents(list: &[Branch], above: Option<u32>, found: &mut Vec<(Option<u32>, bool)>) {
    for branch in list {
        let own = u32::try_from(found.len()).unwrap();
        found.push((above, !branch.parts.is_empty()));
        parents(&branch.parts, Some(own), found);
    }
}

fn by_text(items: &[Item], ids: &[ItemId]) -> BTreeMap<String, BTreeSet<ItemId>> {
    let mut found: BTreeMap<String, BTreeSet<ItemId>> = BTreeMap::new();
    for (item, id) in items.iter().zip(ids) {
        found.entry(item.text.clone()).or_default().insert(id.clone());
    }
    found
}

proptest! {
    #[test]
    fn items_in_another_order_keep_their_ids_in_every_language(list in branches()) {
        let [before, after] = [list.clone(), reordered(list)].map(|list| {
            let (original, translation) = (items(&list, "step"), items(&list, "steg"));
            let (ids, translated) = (item_ids(&original, &original), item_ids(&translation, &original));
            prop_assert_eq!(&ids, &translated, "one id in all languages");
            prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), original.len(), "no id twice");
            Ok((by_text(&original, &ids), by_text(&translation, &translated)))
        });
        prop_assert_eq!(before?, after?);
    }

    #[test]
    fn parents_are_those_that_the_lists_show(list in branches()) {
        let mut expected = Vec::new();
        parents(&list, None, &mut expected);
        let found: Vec<_> = items(&list, "step").iter().map(|item| (item.parent, item.has_children)).collect();
        prop_assert_eq!(found, expected);
    }
}
