//! Attributes in braces: `{#id lang=sv dir=rtl}` on headings and spans, the last two on links.

use crate::language::fold::{is_mark, nfc};
use crate::language::slug::has_zwnj;
use std::ops::Range;

/// What may be said in braces; anything else is an error (no `onclick`, no `style`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// `#id`.
    pub id: Option<Box<str>>,
    /// `lang=sv`.
    pub lang: Option<Box<str>>,
    /// `dir=rtl`.
    pub dir: Option<&'static str>,
    /// What is not allowed, as sentences with their places.
    pub refused: Vec<(String, Range<usize>)>,
}

impl Attributes {
    /// Whether anything is said that could have an effect.
    pub fn says_something(&self) -> bool {
        self.id.is_some() || self.lang.is_some() || self.dir.is_some()
    }

    /// Takes one `key=value` that a heading carries.
    pub fn take(&mut self, key: &str, value: &str, range: Range<usize>) {
        let value = value.trim_matches(['"', '\'']);
        match (key, value) {
            ("id", _) if is_anchor(value) => self.id = Some(value.into()),
            ("id", _) => self.refused.push((format!("`{value}` cannot be an anchor"), range)),
            ("lang", _) if is_language(value) => self.lang = Some(value.into()),
            ("lang", _) => self.refused.push((format!("`{value}` is not a language tag"), range)),
            ("dir", "ltr") => self.dir = Some("ltr"),
            ("dir", "rtl") => self.dir = Some("rtl"),
            ("class", _) => self.refused.push((format!("the class `{value}` has no effect"), range)),
            _ => self.refused.push((format!("the attribute `{key}` is not allowed"), range)),
        }
    }
}

/// Letters, digits, marks and `-_.:`; no joiners, which readers cannot type.
fn is_anchor(id: &str) -> bool {
    !id.is_empty() && nfc(id) == id && id.chars().all(|c| c.is_alphanumeric() || is_mark(c) || "-_.:".contains(c)) && !has_zwnj(id)
}

/// The form of a BCP 47 tag.
fn is_language(tag: &str) -> bool {
    tag.split('-')
        .enumerate()
        .all(|(at, part)| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic() || at > 0 && b.is_ascii_digit()))
}

/// Reads braces at the start of `text`; gives the attributes and the length in bytes, or `None` when these are no attributes.
///
/// `offset` is where `text` begins in the source.
pub fn parse(text: &str, offset: usize) -> Option<(Attributes, usize)> {
    let inner = text.strip_prefix('{')?;
    let close = inner.find(['}', '\n', '{'])?;
    if !inner[close..].starts_with('}') || inner[..close].trim().is_empty() {
        return None;
    }
    let mut attributes = Attributes::default();
    let mut at = 0;
    for word in inner[..close].split_whitespace() {
        let start = at + inner[at..].find(word)?;
        at = start + word.len();
        let range = offset + 1 + start..offset + 1 + at;
        if let Some(id) = word.strip_prefix('#') {
            attributes.take("id", id, range);
        } else if let Some(class) = word.strip_prefix('.') {
            attributes.take("class", class, range);
        } else {
            let (key, value) = word.split_once('=')?;
            attributes.take(key, value, range);
        }
    }
    Some((attributes, close + 2))
}
