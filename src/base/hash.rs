//! Content hashes: what the memo, the manifest and file names of assets are keyed by.

use std::hash::Hasher;

/// A 128-bit BLAKE3 hash. Equal hashes are taken to mean equal content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash([u8; 16]);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash::cut(blake3::hash(bytes))
    }

    /// The hash of a whole value, field by field, in this process.
    pub fn of_value<T: std::hash::Hash + ?Sized>(value: &T) -> Hash {
        let mut collector = Collector { few: [0; FEW], length: 0, many: None };
        value.hash(&mut collector);
        Hash::cut(collector.whole())
    }

    /// One hash for several in their order, each of which is a hash of content already.
    pub fn join(hashes: impl IntoIterator<Item = Hash>) -> Hash {
        let joined = hashes.into_iter().fold(0_u128, |joined, hash| joined.rotate_left(41).wrapping_add(u128::from_le_bytes(hash.0)));
        Hash(joined.to_le_bytes())
    }

    /// Sixteen lower-case hexadecimal digits, for file names.
    pub fn short(&self) -> String {
        self.to_string()[..16].to_owned()
    }

    /// The raw bytes.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads what `Display` wrote; `None` when it is not 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Hash> {
        let mut bytes = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
        }
        Some(Hash(bytes))
    }

    fn cut(full: blake3::Hash) -> Hash {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&full.as_bytes()[..16]);
        Hash(bytes)
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// How many bytes are gathered before they go to BLAKE3: fields are short, and most values are shorter than this.
const FEW: usize = 512;

/// Feeds `std::hash::Hash` into BLAKE3.
struct Collector {
    few: [u8; FEW],
    length: usize,
    /// Begun when a value turns out to be longer.
    many: Option<Box<blake3::Hasher>>,
}

impl Collector {
    fn whole(&self) -> blake3::Hash {
        let rest = &self.few[..self.length];
        self.many.as_ref().map_or_else(|| blake3::hash(rest), |many| many.clone().update(rest).finalize())
    }
}

impl Hasher for Collector {
    fn write(&mut self, bytes: &[u8]) {
        if self.length + bytes.len() > FEW {
            let many = self.many.get_or_insert_with(Box::default);
            many.update(&self.few[..self.length]);
            self.length = 0;
            if bytes.len() > FEW {
                many.update(bytes);
                return;
            }
        }
        self.few[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    fn finish(&self) -> u64 {
        u64::from_le_bytes(Hash::cut(self.whole()).0[..8].try_into().expect("eight bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_one_hash_however_its_parts_are_gathered() {
        for length in [0, 1, FEW - 9, FEW - 1, FEW, FEW + 1, 3 * FEW + 7] {
            let bytes: Vec<u8> = (0..length).map(|i| i as u8).collect();
            let mut whole = blake3::Hasher::new();
            [&length.to_ne_bytes()[..], &bytes, &[7]].iter().for_each(|part| {
                whole.update(part);
            });
            assert_eq!(Hash::of_value(&(&bytes, 7_u8)), Hash::cut(whole.finalize()), "{length}");
        }
    }

    #[test]
    fn joined_hashes_tell_each_part_and_their_order() {
        let [a, b] = [Hash::of(b"a"), Hash::of(b"b")];
        let joined = [vec![], vec![a], vec![b], vec![a, a], vec![a, b], vec![b, a], vec![a, b, b]].map(Hash::join);
        for (at, one) in joined.iter().enumerate() {
            assert!(!joined[at + 1..].contains(one), "{at}");
        }
        assert_eq!(Hash::join([a, b]), joined[4]);
    }
}
