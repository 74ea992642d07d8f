//! Slugs and anchors: readable in every language, never transliterated.

use super::fold::{self, ZWNJ, is_mark};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::collections::{BTreeMap, BTreeSet};

/// The slug of a text without letters or digits.
pub const EMPTY: &str = "section";

/// Longest slug in code points.
const LONGEST: usize = 60;

/// Longest slug in UTF-8 bytes: a file name has 255, and needs room for `.html.br`.
const LONGEST_BYTES: usize = 200;

/// The slug of a title, heading or file name: NFC, folded, in lower case, its words joined by hyphens, at most 60 code points.
///
/// A slug of a slug is that slug.
pub fn slug(text: &str) -> String {
    let folded = fold::for_slug(text);
    let mut slug = String::with_capacity(folded.len());
    let mut chars = folded.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let inside = !slug.is_empty() && !slug.ends_with('-');
        let belongs = if is_mark(c) { inside } else { c.is_alphanumeric() };
        if belongs {
            slug.push(c);
        } else if inside && !is_glue(c, before, chars.peek().copied()) {
            slug.push('-');
        }
        before = Some(c);
    }
    let slug = fold::nfc(slug.trim_end_matches('-'));
    match shortened(&slug) {
        "" => EMPTY.into(),
        name if is_reserved(name) => format!("{EMPTY}-{name}"),
        slug => slug.into(),
    }
}

/// What stands inside a word and leaves no trace: an apostrophe, and the colon of `KPI:er`.
fn is_glue(c: char, before: Option<char>, after: Option<char>) -> bool {
    let between_letters = || before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
    matches!(c, '\'' | '’' | '‘') || is_mark(c) || (c == ':' && between_letters())
}

/// The first words that fit into the length limits, or the start of a single long word.
fn shortened(slug: &str) -> &str {
    let by_points = slug.char_indices().nth(LONGEST).map_or(slug.len(), |(at, _)| at);
    let end = slug.floor_char_boundary(by_points.min(LONGEST_BYTES));
    if end == slug.len() {
        return slug;
    }
    let whole_words = if slug[end..].starts_with('-') { end } else { slug[..end].rfind('-').unwrap_or(end) };
    slug[..whole_words].trim_end_matches('-')
}

/// Names that Windows keeps for devices, with or without an extension.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']) || matches!(n, "¹" | "²" | "³"));
    matches!(&*stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Whether a text holds a zero width non-joiner, which no id may.
pub fn has_zwnj(text: &str) -> bool {
    text.contains(ZWNJ)
}

/// The anchors of one page: hands out each only once.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    taken: BTreeSet<String>,
    /// The number to try next, by slug.
    next: BTreeMap<String, u32>,
}

impl Anchors {
    /// Takes an explicit anchor; `false` if it was taken.
    pub fn claim(&mut self, anchor: &str) -> bool {
        self.taken.insert(anchor.to_owned())
    }

    /// An anchor for a heading: its slug, or the slug with the first free number from 2.
    pub fn make(&mut self, text: &str) -> String {
        let slug = slug(text);
        if self.claim(&slug) {
            return slug;
        }
        let next = self.next.entry(slug.clone()).or_insert(2);
        loop {
            let numbered = format!("{slug}-{next}");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// What a path keeps as it is: RFC 3986 unreserved characters, and the slash.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A decoded path as it stands in `href`, sitemap and feeds: NFC, UTF-8, percent-encoded in upper case (RFC 3986 §2.1).
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(&fold::nfc(path), PATH).to_string()
}

/// A path or fragment from a link or request: decoded, NFC; `None` if it is not UTF-8.
pub fn decode_path(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    Some(fold::nfc(&decoded).into_owned())
}
