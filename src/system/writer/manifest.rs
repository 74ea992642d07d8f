//! `manifest.json`: what a build wrote, and the proof that a folder is ours (PRODUCT.md §7).

use crate::base::files::{Blob, media_type};
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, HashSet};

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
    let mut text = format!("{{\n  \"format\": \"{FORMAT}\",\n  \"files\": {{");
    for (i, (path, record)) in files.iter().enumerate() {
        let name = serde_json::Value::from(&**path);
        let kind = serde_json::Value::from(media_type(path));
        let comma = if i == 0 { "" } else { "," };
        text.push_str(&format!("{comma}\n    {name}: {{\"hash\": \"{}\", \"size\": {}, \"type\": {kind}}}", record.hash, record.size));
    }
    text.push_str("\n  }\n}\n");
    text.into_bytes()
}

/// The paths a manifest lists; `None` when it is not one of ours.
pub fn listed(bytes: &[u8]) -> Option<HashSet<String>> {
    #[derive(Deserialize)]
    struct Manifest {
        format: String,
        files: BTreeMap<String, IgnoredAny>,
    }
    let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
    (manifest.format == FORMAT).then(|| manifest.files.into_keys().collect())
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
        assert_eq!(listed(text.as_bytes()).unwrap(), files.keys().map(|path| path.to_string()).collect());
        assert!(serde_json::from_slice::<serde_json::Value>(&manifest(&BTreeMap::new())).is_ok());
    }

    #[test]
    fn other_files_of_that_name_are_not_ours() {
        for text in ["", "{}", "{\"format\":\"other\",\"files\":{}}", "{\"name\":\"My app\",\"icons\":[]}", "[]", "{\"format\":\"rahnama-1\"}"] {
            assert_eq!(listed(text.as_bytes()), None, "{text}");
        }
    }
}
