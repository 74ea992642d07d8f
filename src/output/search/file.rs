//! Files of an index. Each is one call of the script's door, so that the same file is run from disk and fetched from a server.

use super::FOLDER;
use super::terms::Hit;
use crate::base::files::Blob;
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use std::sync::Arc;

/// The file of a name, such as `sv/index`.
pub fn script(name: &str, payload: &str) -> (OutPath, Arc<Blob>) {
    let mut json = Json::default();
    json.plain("rahnamaSearch(").text(name).plain(",").plain(payload).plain(")\n");
    (OutPath::new(format!("{FOLDER}{name}.js")), Blob::new(json.0))
}

/// A file that is named by the content that `write` gives it: name, path, bytes.
pub fn named(tag: &str, kind: char, write: impl FnOnce(&mut Json)) -> (String, OutPath, Arc<Blob>) {
    const NAME: usize = 10;
    let begin = format!("rahnamaSearch(\"{tag}/{kind}-");
    let mut json = Json::default();
    json.plain(&begin).plain(&" ".repeat(NAME)).plain("\",");
    let start = json.weight();
    write(&mut json);
    let name = Hash::of(&json.0[start..]).short()[..NAME].to_owned();
    json.0[begin.len()..][..NAME].copy_from_slice(name.as_bytes());
    let path = OutPath::new(format!("{FOLDER}{tag}/{kind}-{name}.js"));
    json.plain(")\n");
    (name, path, Blob::new(json.0))
}

/// A piece of JSON that is written.
#[derive(Debug, Default)]
pub struct Json(Vec<u8>);

impl Json {
    /// What is JSON already.
    pub fn plain(&mut self, json: &str) -> &mut Json {
        self.0.extend_from_slice(json.as_bytes());
        self
    }

    /// Pieces with commas between them.
    pub fn list<'j>(&mut self, pieces: impl Iterator<Item = &'j Json>) -> &mut Json {
        for (number, piece) in pieces.enumerate() {
            self.plain(if number > 0 { "," } else { "" });
            self.0.extend_from_slice(&piece.0);
        }
        self
    }

    /// How many bytes it has.
    pub fn weight(&self) -> usize {
        self.0.len()
    }

    /// A text in quotation marks.
    pub fn text(&mut self, text: &str) -> &mut Json {
        serde_json::to_writer(&mut self.0, text).expect("a text can be JSON");
        self
    }

    /// Pages as steps from the one before, each with its sections and their weight as last digit, in base 36: `3:c3.d1,1:01`.
    pub fn postings(&mut self, hits: &[Hit]) -> &mut Json {
        self.0.reserve(hits.len() * 4);
        let mut last: Option<u32> = None;
        for (page, section, weight) in hits {
            if last == Some(*page) {
                self.0.push(b'.');
            } else {
                if last.is_some() {
                    self.0.push(b',');
                }
                self.base36(page - last.unwrap_or(0));
                self.0.push(b':');
                last = Some(*page);
            }
            if *section > 0 {
                self.base36(*section);
            }
            self.base36(u32::from(*weight));
        }
        self
    }

    fn base36(&mut self, n: u32) {
        if n >= 36 {
            self.base36(n / 36);
        }
        self.0.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[n as usize % 36]);
    }
}
