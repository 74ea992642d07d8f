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
        let mut collector = Collector(blake3::Hasher::new());
        value.hash(&mut collector);
        Hash::cut(collector.0.finalize())
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

/// Feeds `std::hash::Hash` into BLAKE3.
struct Collector(blake3::Hasher);

impl Hasher for Collector {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        u64::from_le_bytes(Hash::cut(self.0.finalize()).0[..8].try_into().expect("eight bytes"))
    }
}
