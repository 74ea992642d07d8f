//! `manifest.json`: what a build wrote, and the proof that a folder is ours.

use crate::base::files::{Blob, media_type};
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use crate::system::fault::{Fault, cannot};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// The name of the file in the output folder.
pub const NAME: &str = "manifest.json";

const FORMAT: &str = "rahnama-1";

/// What is remembered of one published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its length in bytes.
    pub size: u64,
    /// The hash of its bytes.
    pub hash: Hash,
}

impl Record {
    /// The record of some content.
    pub fn of(blob: &Blob) -> Record {
        Record { size: blob.bytes.len() as u64, hash: blob.hash }
    }
}

/// The bytes of the manifest for these files: one file a line, sorted by path, so that two of them can be compared by eye.
pub fn manifest(files: &BTreeMap<OutPath, Record>) -> Vec<u8> {
    let mut text = Vec::with_capacity(160 * (files.len() + 1));
    text.extend(format!("{{\n  \"format\": \"{FORMAT}\",\n  \"files\": {{").into_bytes());
    for (i, (path, record)) in files.iter().enumerate() {
        text.extend(if i == 0 { &b"\n    "[..] } else { b",\n    " });
        quote(&mut text, path);
        text.extend(b": {\"hash\": \"");
        text.extend(record.hash.bytes().iter().flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]));
        text.extend(format!("\", \"size\": {}, \"type\": ", record.size).into_bytes());
        quote(&mut text, media_type(path));
        text.push(b'}');
    }
    text.extend(b"\n  }\n}\n");
    text
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn quote(text: &mut Vec<u8>, word: &str) {
    serde_json::to_writer(text, word).expect("memory takes every byte");
}

/// The paths a manifest lists; `None` when it is not one of ours.
pub fn listed(bytes: &[u8]) -> Option<HashSet<String>> {
    #[derive(Deserialize)]
    struct Manifest {
        format: String,
        files: HashMap<String, IgnoredAny>,
    }
    let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
    (manifest.format == FORMAT).then(|| manifest.files.into_keys().collect())
}

/// The paths that the manifest in a file lists; `None` when it is not one of ours.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &Path) -> Result<Option<HashSet<String>>, Fault> {
    std::fs::read(path).map(|bytes| listed(&bytes)).map_err(cannot("read", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_files_sorted_with_hash_size_and_type() {
        let blob = Blob::new("سلام");
        let files =
            BTreeMap::from([(OutPath::new("fa/راهنما \"x\"/index.html"), Record::of(&blob)), (OutPath::new("a.css"), Record::of(&Blob::new("")))]);
        let text = String::from_utf8(manifest(&files)).unwrap();
        let expected = format!(
            "{{\n  \"format\": \"rahnama-1\",\n  \"files\": {{\n    \"a.css\": {{\"hash\": \"{}\", \"size\": 0, \"type\": \"text/css; charset=utf-8\"}},\n    \
             \"fa/راهنما \\\"x\\\"/index.html\": {{\"hash\": \"{}\", \"size\": 8, \"type\": \"text/html; charset=utf-8\"}}\n  }}\n}}\n",
            Blob::new("").hash,
            blob.hash
        );
        assert_eq!(text, expected);
        assert_eq!(listed(text.as_bytes()).unwrap(), files.keys().map(std::string::ToString::to_string).collect());
        assert!(serde_json::from_slice::<serde_json::Value>(&manifest(&BTreeMap::new())).is_ok());
    }

    #[test]
    fn other_files_of_that_name_are_not_ours() {
        for text in ["", "{}", "{\"format\":\"other\",\"files\":{}}", "{\"name\":\"My app\",\"icons\":[]}", "[]", "{\"format\":\"rahnama-1\"}"] {
            assert_eq!(listed(text.as_bytes()), None, "{text}");
        }
    }
}
