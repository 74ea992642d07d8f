//! Characters that make a text read otherwise than it is written (CVE-2021-42574).

use std::ops::Range;

/// What a hidden character does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hidden {
    /// U+202A–202E: embeddings and overrides; wrong everywhere.
    Override,
    /// U+2066–2069: isolates, closed again in the same line; in prose `<bdi dir>` does it.
    Isolate,
    /// An isolate that is not closed, or a close without one.
    UnbalancedIsolate,
    /// U+E0000–E007F: tag characters, which hide text.
    Tag,
    /// U+200B, U+2060, U+FEFF inside a word.
    InsideWord,
}

/// One hidden character and where it stands, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenChar {
    /// The character.
    pub character: char,
    /// What it does.
    pub kind: Hidden,
    /// Its bytes.
    pub range: Range<usize>,
}

impl HiddenChar {
    /// The name shown to authors: `U+202E`.
    pub fn name(&self) -> String {
        format!("U+{:04X}", u32::from(self.character))
    }
}

/// Every hidden character of a text, in order. Ordinary Persian, with its zero width non-joiners, has none.
pub fn hidden_characters(text: &str) -> Vec<HiddenChar> {
    if !may_hide(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut before = None;
    for (at, character) in text.char_indices() {
        let range = at..at + character.len_utf8();
        if matches!(character, '\n' | '\u{2029}') {
            unbalanced(&mut found, &mut open);
        }
        if let Some(kind) = kind(character, before, &text[range.end..]) {
            let kind = if character == '\u{2069}' && open.pop().is_none() { Hidden::UnbalancedIsolate } else { kind };
            if matches!(character, '\u{2066}'..='\u{2068}') {
                open.push(found.len());
            }
            found.push(HiddenChar { character, kind, range });
        }
        before = Some(character);
    }
    unbalanced(&mut found, &mut open);
    found
}

/// Their first UTF-8 bytes; those of the zero width non-joiner, U+200C, are not among them.
fn may_hide(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    while let Some(at) = bytes.iter().position(|byte| *byte >= 0xE2) {
        match &bytes[at..] {
            [0xE2, 0x80, 0x8B | 0xAA..=0xAE, ..] | [0xE2, 0x81, 0xA0 | 0xA6..=0xA9, ..] | [0xEF, 0xBB, ..] | [0xF3, 0xA0, ..] => return true,
            rest => bytes = &rest[1..],
        }
    }
    false
}

fn kind(c: char, before: Option<char>, after: &str) -> Option<Hidden> {
    let inside_word = || before.is_some_and(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    match c {
        '\u{202A}'..='\u{202E}' => Some(Hidden::Override),
        '\u{2066}'..='\u{2069}' => Some(Hidden::Isolate),
        '\u{E0000}'..='\u{E007F}' => Some(Hidden::Tag),
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' if inside_word() => Some(Hidden::InsideWord),
        _ => None,
    }
}

fn unbalanced(found: &mut [HiddenChar], open: &mut Vec<usize>) {
    for at in open.drain(..) {
        found[at].kind = Hidden::UnbalancedIsolate;
    }
}
