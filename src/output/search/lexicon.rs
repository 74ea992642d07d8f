//! Every word of a language once: a text is kept as numbers, and a word is folded and stemmed when it is first met.
//!
//! Numbers are given in the order in which threads meet words; nothing that is written depends on them.

use crate::language::fold;
use crate::language::search::{Affix, Glue, SearchRules, Token, cut};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

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

impl Entry {
    fn new(token: Token, rules: &SearchRules) -> Arc<Entry> {
        let term = rules.term(&token.joined);
        let part_terms = token.parts.iter().map(|part| rules.term(part)).collect();
        Arc::new(Entry { token, term, part_terms })
    }
}

/// The words of one language. Where two threads meet a word at once it has two numbers, which mean the same.
#[derive(Debug, Default)]
pub struct Lexicon(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    /// Numbers by words as written.
    written: ByWord<(u32, Affix)>,
    /// Numbers of words that are glued of two, by theirs.
    glued: HashMap<(u32, u32), u32>,
    entries: Vec<Arc<Entry>>,
}

impl State {
    fn add(&mut self, entry: Arc<Entry>) -> u32 {
        self.entries.push(entry);
        u32::try_from(self.entries.len() - 1).expect("fewer words than there are numbers")
    }
}

impl Lexicon {
    /// All words by their numbers.
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.read().entries.clone()
    }

    fn written(&self, key: Option<Short>, word: &str, rules: &SearchRules) -> (u32, Affix) {
        let known = self.read().written.get(key, word);
        known.unwrap_or_else(|| {
            let token = rules.token(word);
            let affix = rules.affix(&token);
            let same = if token.surface == word { None } else { self.same(&token, rules) };
            let entry = same.ok_or_else(|| Entry::new(token, rules));
            let mut state = self.write();
            let number = entry.unwrap_or_else(|entry| state.add(entry));
            state.written.insert(key, word, (number, affix));
            (number, affix)
        })
    }

    /// The number of a word that only differs in how it is written: `mål` for `Mål`.
    fn same(&self, token: &Token, rules: &SearchRules) -> Option<u32> {
        let surface = token.surface.as_str();
        let (number, _) = self.written(Short::new(surface, &(0..surface.len())), surface, rules);
        (self.read().entries[number as usize].token == *token).then_some(number)
    }

    fn glued(&self, before: u32, number: u32, rules: &SearchRules) -> u32 {
        let known = self.read().glued.get(&(before, number)).copied();
        known.unwrap_or_else(|| {
            let [mut token, last] = [before, number].map(|number| self.read().entries[number as usize].token.clone());
            rules.attach(&mut token, last);
            let entry = Entry::new(token, rules);
            let mut state = self.write();
            let number_of_both = state.add(entry);
            state.glued.insert((before, number), number_of_both);
            number_of_both
        })
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Cuts lines, and remembers the words that it met, so that it need not ask for them again.
pub struct Cutter<'a> {
    lexicon: &'a Lexicon,
    rules: &'a SearchRules,
    seen: ByWord<(u32, Affix)>,
    /// The words of one line.
    line: Vec<Met>,
}

/// A word of a line.
struct Met {
    place: Range<usize>,
    /// Whether more than spaces is before it.
    apart: bool,
    /// Its bytes, if they are few.
    key: Option<Short>,
    known: Option<(u32, Affix)>,
}

impl<'a> Cutter<'a> {
    /// With no words yet.
    pub fn new(lexicon: &'a Lexicon, rules: &'a SearchRules) -> Cutter<'a> {
        Cutter { lexicon, rules, seen: ByWord::default(), line: Vec::new() }
    }

    /// Adds the words of a line, as [`SearchRules::tokens`] cuts it.
    pub fn line(&mut self, text: &str, tokens: &mut Vec<u32>) {
        if self.cut(text) {
            return self.count(text, tokens);
        }
        let text = fold::nfc(text);
        self.cut(&text);
        self.count(&text, tokens);
    }

    /// Finds words, then looks up one after the other, so that the waits for memory are beside each other; tells whether the text is in Form C.
    fn cut(&mut self, text: &str) -> bool {
        self.line.clear();
        let is_nfc = cut(text, |place, apart| self.line.push(Met { key: Short::new(text, &place), place, apart, known: None }));
        for met in &mut self.line {
            met.known = self.seen.get(met.key, &text[met.place.clone()]);
        }
        is_nfc
    }

    fn count(&mut self, text: &str, tokens: &mut Vec<u32>) {
        let mut glue = Glue::default();
        let mut line = std::mem::take(&mut self.line);
        for Met { place, apart, key, known } in line.drain(..) {
            let (number, affix) = known.unwrap_or_else(|| self.word(key, &text[place]));
            let joins = glue.joins(apart, affix);
            match tokens.last_mut() {
                Some(before) if joins => *before = self.lexicon.glued(*before, number, self.rules),
                _ if affix == Affix::Nothing => {}
                _ => tokens.push(number),
            }
        }
        self.line = line;
    }

    fn word(&mut self, key: Option<Short>, word: &str) -> (u32, Affix) {
        let found = self.lexicon.written(key, word, self.rules);
        self.seen.insert(key, word, found);
        found
    }
}

/// Something for each word. A short word is its own key, so that finding it is one look at memory: every word of every text is asked for.
#[derive(Debug)]
struct ByWord<V> {
    short: HashMap<Short, V>,
    long: HashMap<Box<str>, V>,
}

impl<V> Default for ByWord<V> {
    fn default() -> ByWord<V> {
        ByWord { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<V: Copy> ByWord<V> {
    fn get(&self, key: Option<Short>, word: &str) -> Option<V> {
        match key {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        }
        .copied()
    }

    fn insert(&mut self, key: Option<Short>, word: &str, value: V) {
        match key {
            Some(key) => self.short.insert(key, value),
            None => self.long.insert(word.into(), value),
        };
    }
}

/// The bytes of a word of up to 15, with their number in the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Short(u64, u64);

impl Short {
    fn new(text: &str, place: &Range<usize>) -> Option<Short> {
        const MOST: usize = 15;
        let (bytes, length) = (&text.as_bytes()[place.start..], place.len());
        if length > MOST {
            return None;
        }
        // All but the last words of a text have so many bytes behind their beginning: one load, and the rest is cut off.
        let whole = bytes.first_chunk().copied().unwrap_or_else(|| {
            let mut key = [0; MOST + 1];
            key[..length].copy_from_slice(&bytes[..length]);
            key
        });
        let key = u128::from_le_bytes(whole) & ((1 << (8 * length)) - 1) | (length as u128) << (8 * MOST);
        Some(Short(key as u64, (key >> 64) as u64))
    }
}
