//! Suffixes and prefixes that a zero width non-joiner separates from their word (FA012, FA020–FA023).
//!
//! All of it is a guess by form, so it looks at closed lists only: suffixes, verb forms, stems that never take the suffix.

use super::data::Affixes as Data;
use super::{Finding, code, finding};
use crate::language::letters::{is_alphabetic, is_alphanumeric};
use std::collections::BTreeSet;
use std::ops::Range;

const JOINER: char = '\u{200C}';

/// The lists, ready to be asked.
#[derive(Debug)]
pub(super) struct Affixes {
    data: Data,
    verbs: BTreeSet<String>,
    ok: BTreeSet<String>,
    ok_stems: BTreeSet<String>,
    speaking_of: BTreeSet<String>,
    suffixes: BTreeSet<String>,
    /// The last letters of the suffixes.
    suffix_ends: Vec<char>,
}

/// A word, or a part of one between joiners.
struct Word {
    range: Range<usize>,
    /// Its first part.
    first: Range<usize>,
    /// Its last part.
    last: Range<usize>,
}

impl Affixes {
    pub fn new(data: Data) -> Affixes {
        let forms = |stems: &[String], endings: &[String]| {
            stems.iter().flat_map(|stem| endings.iter().map(move |ending| format!("{stem}{ending}"))).collect::<Vec<_>>()
        };
        let mut verbs: BTreeSet<String> = data.verbs.iter().cloned().collect();
        verbs.extend(forms(&data.present_stems, &data.present_endings));
        verbs.extend(forms(&data.past_stems, &data.past_endings));
        let set = |list: &[String]| list.iter().cloned().collect();
        let suffix_ends = data.suffixes.iter().filter_map(|suffix| suffix.chars().next_back()).collect();
        Affixes {
            suffixes: set(&data.suffixes),
            suffix_ends,
            verbs,
            ok: set(&data.ok),
            ok_stems: set(&data.ok_stems),
            speaking_of: set(&data.speaking_of),
            data,
        }
    }

    pub fn look(&self, text: &str, found: &mut Vec<Finding>) {
        self.useless(text, found);
        let words = words(text);
        for (number, word) in words.iter().enumerate() {
            let next = words.get(number + 1).filter(|next| &text[word.range.end..next.range.start] == " ");
            if let Some(next) = next {
                self.spaced(text, word, next, found);
            }
            self.joined_prefix(text, word, found);
            self.joined_suffix(text, word, found);
        }
    }

    /// A joiner at the edge of a word, or a second one.
    fn useless(&self, text: &str, found: &mut Vec<Finding>) {
        let says = |c: char| is_alphanumeric(c) || c == '\u{FFFC}' || !c.is_ascii() && matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}');
        for (at, _) in text.match_indices(JOINER) {
            let end = at + JOINER.len_utf8();
            let before = text[..at].chars().next_back().is_some_and(|c| says(c) || matches!(c, '»' | '”' | '›' | ')' | ']' | '*' | '_'));
            let after = text[end..].chars().next().is_some_and(says);
            if !(before && after) {
                found.push(finding(text, code(&self.data.useless), at..end, "a zero width non-joiner that does nothing here", ""));
            }
        }
    }

    /// `شبکه های`, `می شود`: a space where a joiner belongs.
    fn spaced(&self, text: &str, word: &Word, next: &Word, found: &mut Vec<Finding>) {
        let (one, two) = (&text[word.range.clone()], &text[next.range.clone()]);
        let gap = word.range.end..next.range.start;
        let is_prefix = self.data.prefixes.iter().any(|prefix| prefix == one);
        if !is_prefix && self.suffixes.contains(two) && !self.speaking_of.contains(one) && one.chars().count() > 1 {
            let message = format!("a space before the suffix `{two}`");
            found.push(self.with_joiner(text, &self.data.spaced_suffix, gap, word.range.start..next.range.end, message));
        } else if is_prefix && self.verbs.contains(&text[next.first.clone()]) {
            let message = format!("a space after the prefix `{one}`");
            found.push(self.with_joiner(text, &self.data.spaced_prefix, gap, word.range.start..next.range.end, message));
        }
    }

    /// `میکند`.
    fn joined_prefix(&self, text: &str, word: &Word, found: &mut Vec<Finding>) {
        let part = &word.first;
        let first = &text[part.clone()];
        let Some((prefix, _)) = self
            .data
            .prefixes
            .iter()
            .filter_map(|prefix| Some((prefix, first.strip_prefix(prefix.as_str())?)))
            .find(|(_, rest)| self.verbs.contains(*rest))
        else {
            return;
        };
        if !self.ok.contains(first) {
            let at = part.start + prefix.len();
            let message = format!("no joiner after the prefix `{prefix}`");
            found.push(self.with_joiner(text, &self.data.joined_prefix, at..at, word.range.clone(), message));
        }
    }

    /// `شبکههای`.
    fn joined_suffix(&self, text: &str, word: &Word, found: &mut Vec<Finding>) {
        let part = &word.last;
        let last = &text[part.clone()];
        if !last.ends_with(|c| self.suffix_ends.contains(&c)) {
            return;
        }
        let longest =
            self.data.suffixes.iter().filter_map(|suffix| Some((suffix, last.strip_suffix(suffix.as_str())?))).max_by_key(|(suffix, _)| suffix.len());
        let Some((suffix, stem)) = longest else { return };
        let long = stem.chars().filter(|c| is_alphabetic(*c)).count() >= self.data.shortest_stem;
        let joins = stem.chars().next_back().is_some_and(|c| is_alphabetic(c) && !self.data.not_joining.contains(c));
        if long && joins && !self.ok.contains(last) && !self.ok_stems.contains(stem) {
            let at = part.start + stem.len();
            let message = format!("no joiner before the suffix `{suffix}`");
            found.push(self.with_joiner(text, &self.data.joined_suffix, at..at, word.range.clone(), message));
        }
    }

    fn with_joiner(&self, text: &str, name: &str, gap: Range<usize>, whole: Range<usize>, message: String) -> Finding {
        let right = format!("{}{JOINER}{}", &text[whole.start..gap.start], &text[gap.end..whole.end]);
        Finding { code: code(name), range: whole, message, help: format!("write `{right}`"), fix: Some((gap, JOINER.to_string())) }
    }
}

/// Words of letters and marks, with their parts between joiners.
fn words(text: &str) -> Vec<Word> {
    let belongs = |c: char| is_alphanumeric(c) || c == JOINER || matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}');
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(belongs) {
        let start = at + offset;
        let end = text[start..].find(|c| !belongs(c)).map_or(text.len(), |length| start + length);
        let mut found: Option<Word> = None;
        let mut from = start;
        for part in text[start..end].split(JOINER) {
            let place = from..from + part.len();
            from = place.end + JOINER.len_utf8();
            match &mut found {
                _ if part.is_empty() => {}
                Some(word) => word.last = place,
                None => found = Some(Word { range: start..end, first: place.clone(), last: place }),
            }
        }
        words.extend(found);
        at = end;
    }
    words
}
