//! Words (UAX #29), counted for the reading time and walked by search.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The byte ranges of the words of a text; `کتاب‌های`, `KPI:er`, `don’t` and `3,5` are one word each.
///
/// Where words stand without spaces, each Chinese, Japanese or Thai sign counts as one.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let (spaced, unspaced) = if stands_without_spaces(text) { ("", text) } else { (text, "") };
    let segmenter = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
    let mut start = 0;
    let spaced = segmenter.segment_str(spaced).iter_with_word_type().filter_map(move |(end, kind)| {
        let range = start..end;
        start = end;
        kind.is_word_like().then_some(range)
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

/// How many words a text has.
pub fn count_words(text: &str) -> usize {
    words(text).count()
}
