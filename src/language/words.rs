//! Words (UAX #29), counted for the reading time and walked by search.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::ops::Range;

/// The byte ranges of the words of a text; `کتاب‌های`, `KPI:er`, `don’t` and `3,5` are one word each.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let segmenter = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
    let mut start = 0;
    segmenter.segment_str(text).iter_with_word_type().filter_map(move |(end, kind)| {
        let range = start..end;
        start = end;
        kind.is_word_like().then_some(range)
    })
}

/// How many words a text has.
pub fn count_words(text: &str) -> usize {
    words(text).count()
}
