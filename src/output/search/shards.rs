//! Shards: the lines of an index in files of a weight that a phone can load, each with the words that begin alike.

use super::terms::{Stand, Terms};
use crate::language::fold;
use crate::language::locale::Locale;
use serde_json::json;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// What a shard may weigh, in bytes; a single term may be heavier.
const SHARD: usize = 32 * 1024;

/// A line of a shard with what it is found by.
pub struct Line {
    /// The beginning of its word decides on its shard.
    pub key: String,
    /// Whether it is a name, not a term.
    pub name: bool,
    /// The line.
    pub json: String,
}

/// The beginning of a word by which its shard is found: without any accent.
pub fn shard_key(word: &str) -> String {
    fold::search_key(word, &[])
}

/// The longest beginning of a word that has a shard of its own, in characters.
const DEEPEST: usize = 8;

/// Lines by the beginning of their keys.
pub struct Shards {
    /// Lines by the beginning that they share.
    pub list: BTreeMap<String, Vec<Line>>,
}

impl Shards {
    /// Divides lines by their first character, and further as long as a shard is too heavy.
    pub fn new(lines: Vec<Line>) -> Shards {
        let mut shards = Shards { list: BTreeMap::new() };
        shards.divide(String::new(), lines);
        shards
    }

    fn divide(&mut self, prefix: String, lines: Vec<Line>) {
        // Aliases come on top.
        const LIMIT: usize = SHARD / 8 * 7;
        let depth = prefix.chars().count();
        let weight: usize = lines.iter().map(|line| line.json.len() + 1).sum();
        if depth > 0 && (weight <= LIMIT || depth == DEEPEST) {
            self.list.insert(prefix, lines);
            return;
        }
        let mut groups: BTreeMap<Option<char>, Vec<Line>> = BTreeMap::new();
        for line in lines {
            groups.entry(line.key.chars().nth(depth)).or_default().push(line);
        }
        for (next, lines) in groups {
            match next {
                Some(next) => self.divide(format!("{prefix}{next}"), lines),
                None => {
                    self.list.insert(prefix.clone(), lines);
                }
            }
        }
    }

    /// The shard of a word: the longest beginning that is one.
    pub fn of(&self, word: &str) -> Option<&str> {
        let key = shard_key(word);
        let mut rest = key.as_str();
        while !rest.is_empty() {
            // The last shard up to the rest is it, or shares a beginning with it that a shorter one may be.
            let (prefix, _) = self.list.range::<str, _>((Bound::Unbounded, Bound::Included(rest))).next_back()?;
            let parting = prefix.char_indices().zip(rest.chars()).find(|((_, one), other)| one != other);
            match parting {
                None => return Some(prefix),
                Some(((at, _), _)) => rest = &rest[..at],
            }
        }
        None
    }
}

/// A form with its term.
pub type Alias<'t> = (Cow<'t, str>, &'t str);

/// Forms that are looked for in another shard than their term's, by that shard.
pub fn aliases<'t>(terms: &'t Terms<'_>, shards: &'t Shards, locale: &Locale) -> BTreeMap<&'t str, BTreeSet<Alias<'t>>> {
    let mut aliases: BTreeMap<&str, BTreeSet<Alias<'_>>> = BTreeMap::new();
    for term in &terms.0 {
        let home = shards.of(term.name);
        for form in term.forms.iter().filter(|form| form.stand != Stand::Compound) {
            let bare = form.surface.as_ref().filter(|_| form.stand == Stand::Own).and_then(|surface| locale.search.without_hamza(surface));
            for form in [Some(Cow::Borrowed(form.joined)), bare.map(Cow::Owned)].into_iter().flatten().filter(|form| form != term.name) {
                let Some(shard) = shards.of(&form).filter(|shard| Some(*shard) != home) else { continue };
                aliases.entry(shard).or_default().insert((form, term.name));
            }
        }
    }
    aliases
}

/// Terms, names and forms that live elsewhere.
pub fn shard_payload(lines: &[Line], aliases: Option<&BTreeSet<Alias<'_>>>) -> String {
    let join = |name: bool| lines.iter().filter(|line| line.name == name).map(|line| line.json.as_str()).collect::<Vec<_>>().join(",");
    format!("{{\"t\":[{}],\"n\":{{{}}},\"a\":{}}}", join(false), join(true), json!(aliases.into_iter().flatten().collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_shard_of_its_longest_beginning() {
        let line = |key: &str| Line { key: key.to_owned(), name: false, json: String::new() };
        let list = ["a", "ab", "abc", "abd", "b", "کن"].map(|prefix| (prefix.to_owned(), vec![line(prefix)])).into();
        let shards = Shards { list };
        for (word, shard) in [
            ("abcd", Some("abc")),
            ("abce", Some("abc")),
            ("abx", Some("ab")),
            ("abce-abd", Some("abc")),
            ("az", Some("a")),
            ("a", Some("a")),
            ("bb", Some("b")),
            ("Ábc", Some("abc")),
            ("کنش", Some("کن")),
            ("کم", None),
            ("c", None),
            ("", None),
        ] {
            assert_eq!(shards.of(word), shard, "{word}");
        }
    }
}
