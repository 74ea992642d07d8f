//! Shards: the lines of an index in files of a weight that a phone can load, each with the words of one stretch of the alphabet.

use super::file::Json;
use super::terms::{Stand, Terms};
use crate::language::fold;
use crate::language::locale::Locale;
use serde_json::json;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many shards an index has, unless they get too light for a file or too heavy for a phone.
const MANY: usize = 64;

/// What a shard weighs at least when there is more to put into it, in bytes.
const LIGHT: usize = 6 * 1024;

/// What a shard may weigh, in bytes, below the 32 KB that nothing may exceed: aliases come on top. A single term may be heavier.
const HEAVY: usize = 28 * 1024;

/// So many characters of two words are compared when they are put into shards of their own.
const DEEPEST: usize = 16;

/// A line of a shard with what it is found by.
pub struct Line<'t> {
    /// Its word decides on its shard.
    pub key: Cow<'t, str>,
    /// Whether it is a name, not a term.
    pub name: bool,
    /// Where it stands among all lines.
    pub place: Range<usize>,
}

impl Line<'_> {
    fn weight(&self) -> usize {
        self.place.len() + 1
    }
}

/// What a word is put in order by: without any accent.
pub fn shard_key(word: &str) -> Cow<'_, str> {
    fold::search_key(word, &[])
}

/// The order in which the script compares texts: by UTF-16 code units, which is that of bytes unless both have characters beyond U+DFFF.
fn order(a: &str, b: &str) -> Ordering {
    let is_far = |text: &str| text.bytes().fold(0, Ord::max) >= 0xEE;
    if is_far(a) && is_far(b) { a.encode_utf16().cmp(b.encode_utf16()) } else { a.cmp(b) }
}

/// The lines from one word to the next shard's.
pub struct Shard<'t> {
    /// No key before it is in here.
    pub begin: String,
    /// In the order of their keys.
    pub lines: Vec<Line<'t>>,
}

impl Shard<'_> {
    /// How many bytes its lines have.
    pub fn weight(&self) -> usize {
        self.lines.iter().map(Line::weight).sum()
    }

    /// Writes terms, names and forms that live elsewhere; `all` are the lines of all shards.
    pub fn write(&self, all: &Json, aliases: &BTreeSet<Alias<'_>>, json: &mut Json) {
        let lines = |name: bool| self.lines.iter().filter(move |line| line.name == name).map(|line| line.place.clone());
        json.plain("{\"t\":[").list(all, lines(false)).plain("],\"n\":{").list(all, lines(true));
        json.plain("},\"a\":").plain(&json!(aliases).to_string()).plain("}");
    }
}

/// All lines of an index, in order.
pub struct Shards<'t>(pub Vec<Shard<'t>>);

impl<'t> Shards<'t> {
    /// Puts lines in order and divides them. A word that comes or goes changes shards of words that begin alike, not all behind it.
    pub fn new(mut lines: Vec<Line<'t>>) -> Shards<'t> {
        lines.sort_by(|a, b| order(&a.key, &b.key));
        let weight: usize = lines.iter().map(Line::weight).sum();
        let mut starts = Vec::new();
        // In steps, so that an edit does not divide all of it anew.
        divide(&lines, 0, 0, (weight / MANY).next_power_of_two().clamp(LIGHT, HEAVY), &mut starts);
        let mut shards = Vec::new();
        while let Some(start) = starts.pop() {
            let begin = start.checked_sub(1).map_or(String::new(), |before| parting(&lines[before].key, &lines[start].key));
            shards.push(Shard { begin, lines: lines.split_off(start) });
        }
        shards.reverse();
        Shards(shards)
    }

    /// The number of the shard of a word; any where there is none.
    pub fn of(&self, word: &str) -> usize {
        let key = shard_key(word);
        self.0.partition_point(|shard| order(&shard.begin, &key).is_le()).saturating_sub(1)
    }

    /// Whether a word is in the shard of that number, as most forms are in the one of their term.
    fn is_in(&self, number: usize, word: &str) -> bool {
        let key = shard_key(word);
        let is_behind = |shard: &Shard<'_>| order(&shard.begin, &key).is_le();
        self.0.get(number).is_some_and(is_behind) && !self.0.get(number + 1).is_some_and(is_behind)
    }
}

/// Finds where shards start among lines that agree in `depth` characters; `first` is the number of the first of them.
fn divide(lines: &[Line<'_>], first: usize, depth: usize, most: usize, starts: &mut Vec<usize>) {
    let next = |line: &Line<'_>| line.key.chars().nth(depth);
    let (mut first, mut open) = (first, usize::MAX);
    for alike in lines.chunk_by(|a, b| next(a) == next(b)) {
        let weight: usize = alike.iter().map(Line::weight).sum();
        if weight > most && depth < DEEPEST && next(&alike[0]).is_some() {
            divide(alike, first, depth + 1, most, starts);
            open = usize::MAX;
        } else if open.saturating_add(weight) > most {
            starts.push(first);
            open = weight;
        } else {
            open += weight;
        }
        first += alike.len();
    }
}

/// The shortest beginning of `key` that comes after `before`.
fn parting(before: &str, key: &str) -> String {
    let same = before.chars().zip(key.chars()).take_while(|(a, b)| a == b).count();
    key.chars().take(same + 1).collect()
}

/// A form with its term.
pub type Alias<'t> = (Cow<'t, str>, &'t str);

/// Forms that are looked for in another shard than their term's, by that shard.
pub fn aliases<'t>(terms: &'t Terms<'_>, shards: &Shards<'_>, locale: &Locale) -> Vec<BTreeSet<Alias<'t>>> {
    let mut aliases = vec![BTreeSet::new(); shards.0.len()];
    for term in &terms.0 {
        let mut home = None;
        for form in term.forms.iter().filter(|form| form.stand != Stand::Compound) {
            let bare = form.surface.as_ref().filter(|_| form.stand == Stand::Own).and_then(|surface| locale.search.without_hamza(surface));
            for form in [Some(Cow::Borrowed(form.joined)), bare.map(Cow::Owned)].into_iter().flatten().filter(|form| form != term.name) {
                if !shards.is_in(*home.get_or_insert_with(|| shards.of(term.name)), &form) {
                    aliases[shards.of(&form)].insert((form, term.name));
                }
            }
        }
    }
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shards(keys: &[&'static str], weight: usize) -> Shards<'static> {
        Shards::new(keys.iter().map(|key| Line { key: (*key).into(), name: false, place: 1..weight }).collect())
    }

    fn begins<'s>(shards: &'s Shards<'_>) -> Vec<&'s str> {
        shards.0.iter().map(|shard| shard.begin.as_str()).collect()
    }

    #[test]
    fn words_that_begin_alike_are_divided_where_they_part_and_light_ones_are_together() {
        let keys = ["abd", "b", "کن", "abc", "a", "ab", "c", "abce", "کار"];
        assert_eq!(begins(&shards(&keys, LIGHT)), ["", "ab", "abc", "abce", "abd", "b", "c", "ک", "کن"]);
        assert_eq!(begins(&shards(&keys, LIGHT / 2)), ["", "ab", "abc", "abd", "b", "ک"]);
        assert_eq!(begins(&shards(&keys, LIGHT / 9)), [""]);
        assert_eq!(begins(&shards(&["a", "a", "a", "b"], HEAVY)), ["", "b"]);
        assert!(begins(&shards(&[], 1)).is_empty());
    }

    #[test]
    fn a_word_is_in_the_shard_where_the_script_looks_for_it() {
        // An emoji is before U+F8FF here, as for the script; its bytes are not.
        let shards = shards(&["a", "ab", "abd", "b", "\u{1F600}", "\u{F8FF}"], LIGHT);
        assert_eq!(begins(&shards), ["", "ab", "abd", "b", "\u{1F600}", "\u{F8FF}"]);
        for (word, shard) in
            [("", 0), ("a", 0), ("az", 2), ("ab", 1), ("Ábc", 1), ("abd", 2), ("bb", 3), ("ک", 3), ("\u{1F601}", 4), ("\u{F8FF}\u{F8FF}", 5)]
        {
            assert_eq!(shards.of(word), shard, "{word}");
            assert!((0..6).all(|number| shards.is_in(number, word) == (number == shard)), "{word}");
        }
    }
}
