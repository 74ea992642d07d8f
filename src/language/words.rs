//! Words (UAX #29), counted for the reading time and walked by search.

use super::letters::{Lookup, is_alphanumeric};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The byte ranges of the words of a text; `کتاب‌های`, `KPI:er`, `don’t` and `3,5` are one word each.
///
/// Where words stand without spaces, each Chinese, Japanese or Thai sign counts as one.
pub fn words(text: &str) -> Vec<Range<usize>> {
    plain(text).unwrap_or_else(|| segmented(text).collect())
}

/// What a character is to the quick way of cutting words.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Inside a word.
    Letter,
    /// Belongs to what is before it.
    Mark,
    /// Between words, but inside one where letters or digits stand on both sides.
    Joiner,
    /// Between words.
    Break,
    /// Anything else.
    Other,
}

static KINDS: Lookup<Kind> = Lookup::new(|c| match c {
    'a'..='z' | 'A'..='Z' | '0'..='9' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'ؠ'..='ي' | 'ٮ' | 'ٯ' | 'ٱ'..='ۓ' | '۰'..='۹' | '٠'..='٩' => {
        Kind::Letter
    }
    '\u{200C}' | '\u{AD}' | '\u{64B}'..='\u{652}' => Kind::Mark,
    '.' | ',' | ':' | ';' | '\'' | '’' | '،' | '·' => Kind::Joiner,
    ' ' | '\n' | '(' | ')' | '!' | '?' | '-' | '–' | '—' | '…' | '«' | '»' | '“' | '”' | '/' | '%' | '؟' | '؛' | '*' | '[' | ']' | '+' | '='
    | '&' => Kind::Break,
    _ => Kind::Other,
});

/// The words of a text in which nothing but letters and digits is inside a word, which is nearly every text; else `None`.
fn plain(text: &str) -> Option<Vec<Range<usize>>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut last = Kind::Break;
    for (at, c) in text.char_indices() {
        let kind = KINDS.of(c);
        match (last, kind) {
            (_, Kind::Other) | (Kind::Joiner, Kind::Letter) | (Kind::Break | Kind::Joiner, Kind::Mark) => return None,
            (Kind::Break, Kind::Letter) => words.push(at..at + c.len_utf8()),
            (_, Kind::Letter | Kind::Mark) => words.last_mut()?.end = at + c.len_utf8(),
            _ => {}
        }
        // After a break, a joiner joins nothing.
        last = if (last, kind) == (Kind::Break, Kind::Joiner) { Kind::Break } else { kind };
    }
    Some(words)
}

/// The words of any text.
fn segmented(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let (spaced, unspaced) = if stands_without_spaces(text) { ("", text) } else { (text, "") };
    let segmenter = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
    let mut start = 0;
    let spaced = segmenter.segment_str(spaced).iter_with_word_type().filter_map(move |(end, kind)| {
        let range = start..end;
        start = end;
        // A mark at its end hides from the segmenter that it is a word.
        (kind.is_word_like() || text[range.clone()].contains(is_alphanumeric)).then_some(range)
    });
    spaced.chain(unspaced.unicode_word_indices().map(|(start, word)| start..start + word.len()))
}

/// Whether a text may hold a script that ICU4X, four times as fast, only segments with a dictionary of megabytes.
fn stands_without_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or(0);
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        0xE1 | 0xE3..=0xEA | 0xF0 => true,
        0xE0 => (0xB8..=0xBB).contains(&next(at)),
        0xEF => (0xA4..=0xAB).contains(&next(at)) || matches!(next(at), 0xBD | 0xBE),
        _ => false,
    })
}

/// Whether a text is more than names: so many words, and so many of them that do not begin with a capital as names and abbreviations do.
pub fn is_prose(text: &str, words: usize, plain: usize) -> bool {
    let first_letters = || text.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    first_letters().count() >= words && first_letters().filter(|c| !c.is_uppercase()).count() >= plain
}

/// How many words a text has.
pub fn count_words(text: &str) -> usize {
    words(text).len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_cut_quickly_is_cut_as_unicode_says(text in "[a-zåäö0-9۰-۹شبکه\u{200C}\u{AD}\u{64E} .,:;'’،؛\"«»()!?\n%/–ـ_-]{0,40}") {
            if let Some(words) = super::plain(&text) {
                prop_assert_eq!(words, super::segmented(&text).collect::<Vec<_>>(), "{:?}", text);
            }
        }
    }
}
