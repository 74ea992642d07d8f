//! Files of an index. Each is one call of the script's door, so that the same file is run from disk and fetched from a server.

use super::terms::Hit;
use super::{FOLDER, begin};
use crate::base::files::Blob;
use crate::base::path::OutPath;
use std::ops::Range;
use std::sync::Arc;

/// A file of a language's index, with what `write` writes, of about `room` bytes.
fn file(room: usize, write: impl FnOnce(&mut Json)) -> Arc<Blob> {
    let mut json = Json(Vec::with_capacity(room + 64));
    json.plain("rahnamaSearch(");
    write(&mut json);
    json.plain(")\n");
    Blob::new(json.0)
}

/// The file that leads to the others: path, bytes.
pub fn first(tag: &str, content: &serde_json::Value) -> (OutPath, Arc<Blob>) {
    (OutPath::new(begin(tag)), file(0, |json| _ = json.plain(&content.to_string())))
}

/// A file that is named by its content: name, path, bytes.
pub fn named(tag: &str, kind: char, room: usize, write: impl FnOnce(&mut Json)) -> (String, OutPath, Arc<Blob>) {
    let blob = file(room, write);
    let name = blob.hash.short()[..10].to_owned();
    let path = OutPath::new(format!("{FOLDER}{tag}/{kind}-{name}.js"));
    (name, path, blob)
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

    /// Pieces of another with commas between them.
    pub fn list(&mut self, from: &Json, pieces: impl Iterator<Item = Range<usize>>) -> &mut Json {
        for (number, piece) in pieces.enumerate() {
            self.plain(if number > 0 { "," } else { "" });
            self.0.extend_from_slice(&from.0[piece]);
        }
        self
    }

    /// How many bytes it has.
    pub fn weight(&self) -> usize {
        self.0.len()
    }

    /// A text in quotation marks.
    pub fn text(&mut self, text: &str) -> &mut Json {
        self.plain("\"");
        for (number, line) in text.split('\n').enumerate() {
            self.plain(if number > 0 { "\\n" } else { "" });
            // Told of many bytes at a time, as nearly every line is plain.
            let escaped = |byte: u8| u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\');
            if line.bytes().fold(0, |any, byte| any | escaped(byte)) == 0 {
                self.plain(line);
            } else {
                let quoted = serde_json::to_string(line).expect("a text can be JSON");
                self.plain(&quoted[1..quoted.len() - 1]);
            }
        }
        self.plain("\"")
    }

    /// Pages as steps from the one before, each with its sections and their weight as last digit, in base 36: `3:c3.d1,1:1`.
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
                self.base36(u32::from(*section));
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_are_steps_in_base_36() {
        let mut json = Json::default();
        json.postings(&[(3, 12, 3), (3, 13, 1), (4, 0, 1), (1299, 36, 35), (u32::MAX, u16::MAX, 35)]);
        assert_eq!(String::from_utf8(json.0).unwrap(), "3:c3.d1,1:1,zz:10z,1z140z0:1ekfz");
    }

    proptest! {
        #[test]
        fn texts_are_as_json_has_them(text in "(\\PC|[\n\r\t\0\u{7F}\u{1F}\"\\\\ ]|[a-zش]){0,12}") {
            let mut json = Json::default();
            json.text(&text);
            prop_assert_eq!(json.0, serde_json::to_vec(&text).unwrap());
        }
    }
}
