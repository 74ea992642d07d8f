//! Directions of characters and of plain texts (UAX #9).

use super::data::Direction;
use super::letters::Lookup;
use std::borrow::Cow;
pub use unicode_bidi::BidiClass;

static CLASSES: Lookup<BidiClass> = Lookup::new(unicode_bidi::bidi_class);

/// The bidi class of a character (UAX #9 table 4); the common ones without a table.
pub(super) fn class(c: char) -> BidiClass {
    match c {
        'a'..='z' | 'A'..='Z' => BidiClass::L,
        '0'..='9' | '۰'..='۹' => BidiClass::EN,
        ' ' => BidiClass::WS,
        '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D5}' => BidiClass::AL,
        '\u{200C}' => BidiClass::BN,
        _ => CLASSES.of(c),
    }
}

/// Whether a character is strongly right to left.
pub(super) fn is_rtl(class: BidiClass) -> bool {
    matches!(class, BidiClass::R | BidiClass::AL)
}

/// The direction of the first strong character outside isolates (UAX #9 P2); none in `123`.
pub fn first_strong(text: &str) -> Option<Direction> {
    let mut depth = 0_usize;
    for class in text.chars().map(class) {
        match class {
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => depth += 1,
            BidiClass::PDI => depth = depth.saturating_sub(1),
            BidiClass::L if depth == 0 => return Some(Direction::Ltr),
            BidiClass::R | BidiClass::AL if depth == 0 => return Some(Direction::Rtl),
            _ => {}
        }
    }
    None
}

/// Whether a text has a character with a direction of its own, so that it can need isolation at all.
pub fn has_strong(text: &str) -> bool {
    text.chars().map(class).any(|class| class == BidiClass::L || is_rtl(class))
}

/// Whether a character only steers direction: marks, embeddings, overrides and isolates.
pub fn is_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text without characters that only steer direction; borrowed when there are none.
pub fn strip_bidi(text: &str) -> Cow<'_, str> {
    if text.contains(is_control) { text.chars().filter(|c| !is_control(*c)).collect() } else { Cow::Borrowed(text) }
}

/// A value inside a plain text, between FSI and PDI; as it is where it has no direction.
pub fn isolate_plain(value: &str) -> Cow<'_, str> {
    if has_strong(value) { Cow::Owned(format!("\u{2068}{value}\u{2069}")) } else { Cow::Borrowed(value) }
}

/// A text for a place without `dir`, such as a feed title: a right-to-left text that begins with a left-to-right word starts with U+200F.
pub fn with_direction_mark(text: &str, direction: Direction) -> Cow<'_, str> {
    match (direction, first_strong(text)) {
        (Direction::Rtl, Some(Direction::Ltr)) => Cow::Owned(format!("\u{200F}{text}")),
        _ => Cow::Borrowed(text),
    }
}
