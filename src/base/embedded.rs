//! Files inside the binary: the default theme and the strings and settings of the languages it knows.

/// Path from the root of the project, and bytes; sorted by path.
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files below a folder: path below it, and bytes.
pub fn below(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().filter_map(move |(path, bytes)| Some((path.strip_prefix(folder)?.strip_prefix('/')?, *bytes)))
}
