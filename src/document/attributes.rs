//! Attributes in braces: `{#id .class lang=sv}` on headings, links, images and spans.

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
    /// Names that are not allowed, with their places.
    pub refused: Vec<(String, Range<usize>)>,
}

impl Attributes {
    /// Takes one `key=value` that a heading carries.
    pub fn take(&mut self, key: &str, value: &str, range: Range<usize>) {
        let value = value.trim_matches(['"', '\'']);
        match (key, value) {
            ("id", _) => self.id = Some(value.into()),
            ("lang", _) => self.lang = Some(value.into()),
            ("dir", "ltr") => self.dir = Some("ltr"),
            ("dir", "rtl") => self.dir = Some("rtl"),
            _ => self.refused.push((key.to_owned(), range)),
        }
    }
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
            attributes.id = Some(id.into());
        } else if word.starts_with('.') {
            // Classes are accepted and carry no meaning of ours.
        } else {
            let (key, value) = word.split_once('=')?;
            attributes.take(key, value, range);
        }
    }
    Some((attributes, close + 2))
}
