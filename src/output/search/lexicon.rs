//! Every word of a language once: a text is kept as numbers, and a word is folded and stemmed when it is first met.
//!
//! Numbers are given in the order in which threads meet words; nothing that is written depends on them.

use crate::language::fold;
use crate::language::search::{Affix, Glue, SearchRules, Token, cut};
use rustc_hash::FxHashMap as HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// A word with what was found out about it.
#[derive(Debug)]
pub struct Entry {
    /// The word.
    pub token: Token,
    /// The term of the whole word.
    pub term: String,
    /// The terms of its parts.
    pub part_terms: Vec<String>,
}

/// The words of one language.
#[derive(Debug, Default)]
pub struct Lexicon(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    /// Numbers by words as written.
    written: ByWord<(u32, Affix)>,
    /// Numbers by words with what was glued to them.
    numbers: HashMap<Token, u32>,
    entries: Vec<Arc<Entry>>,
}

impl Lexicon {
    /// All words by their numbers.
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).entries.clone()
    }

    fn entry(&self, number: u32) -> Arc<Entry> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).entries[number as usize].clone()
    }

    fn written(&self, word: &str, rules: &SearchRules) -> (u32, Affix) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).written.get(word);
        known.unwrap_or_else(|| {
            let token = rules.token(word);
            let affix = rules.affix(&token);
            let found = (self.number(token, rules), affix);
            self.0.write().unwrap_or_else(PoisonError::into_inner).written.insert(word, found);
            found
        })
    }

    fn number(&self, token: Token, rules: &SearchRules) -> u32 {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).numbers.get(&token).copied();
        known.unwrap_or_else(|| {
            let term = rules.term(&token.joined);
            let part_terms = token.parts.iter().map(|part| rules.term(part)).collect();
            let entry = Arc::new(Entry { token: token.clone(), term, part_terms });
            let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
            let State { numbers, entries, .. } = &mut *state;
            // Another thread may have met it meanwhile.
            *numbers.entry(token).or_insert_with(|| {
                entries.push(entry);
                u32::try_from(entries.len() - 1).expect("fewer words than there are numbers")
            })
        })
    }
}

/// Cuts lines, and remembers the words that it met, so that it need not ask for them again.
pub struct Cutter<'a> {
    lexicon: &'a Lexicon,
    rules: &'a SearchRules,
    seen: ByWord<(u32, Affix)>,
}

impl<'a> Cutter<'a> {
    /// With no words yet.
    pub fn new(lexicon: &'a Lexicon, rules: &'a SearchRules) -> Cutter<'a> {
        Cutter { lexicon, rules, seen: ByWord::default() }
    }

    /// Adds the words of a line, as [`SearchRules::tokens`] cuts it.
    pub fn line(&mut self, text: &str, tokens: &mut Vec<u32>) {
        let text = fold::nfc(text);
        let mut glue = Glue::default();
        cut(&text, |word, apart| {
            let (number, affix) = self.word(word);
            let joins = glue.joins(apart, affix);
            match tokens.last_mut() {
                Some(before) if joins => *before = self.glued(*before, number),
                _ if affix == Affix::Nothing => {}
                _ => tokens.push(number),
            }
        });
    }

    fn word(&mut self, word: &str) -> (u32, Affix) {
        if let Some(known) = self.seen.get(word) {
            return known;
        }
        let found = self.lexicon.written(word, self.rules);
        self.seen.insert(word, found);
        found
    }

    fn glued(&self, before: u32, number: u32) -> u32 {
        let mut token = self.lexicon.entry(before).token.clone();
        self.rules.attach(&mut token, self.lexicon.entry(number).token.clone());
        self.lexicon.number(token, self.rules)
    }
}

/// Something for each word. A short word is its own key, so that finding it is one look at memory: every word of every text is asked for.
#[derive(Debug)]
struct ByWord<V> {
    short: HashMap<u128, V>,
    long: HashMap<Box<str>, V>,
}

impl<V> Default for ByWord<V> {
    fn default() -> ByWord<V> {
        ByWord { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<V: Copy> ByWord<V> {
    fn get(&self, word: &str) -> Option<V> {
        match short(word) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        }
        .copied()
    }

    fn insert(&mut self, word: &str, value: V) {
        match short(word) {
            Some(key) => self.short.insert(key, value),
            None => self.long.insert(word.into(), value),
        };
    }
}

/// The bytes of a word of up to 15, with their number in the last.
fn short(word: &str) -> Option<u128> {
    let mut key = [0; 16];
    key[..15].get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    key[15] = word.len() as u8;
    Some(u128::from_le_bytes(key))
}
