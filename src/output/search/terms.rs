//! The words of all pages of a language under their terms, with the places where they stand.

use super::lexicon::Entry;
use super::words::{TITLE, Text};
use crate::language::locale::Locale;
use crate::language::search::SearchRules;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A place where a word stands: page, section, weight. As small as it can be: there are millions.
pub type Hit = (u32, u16, u8);

/// How a word stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// By itself.
    Own,
    /// As a piece between breaks: the `KPI` of `KPI:er`.
    Part,
    /// As half of a compound.
    Compound,
}

/// One form of a term, with its places in order.
#[derive(Debug)]
pub struct Form<'e> {
    /// Folded, without joiners.
    pub joined: &'e str,
    /// As written, where that differs.
    pub surface: Option<Cow<'e, str>>,
    /// How it stands.
    pub stand: Stand,
    /// Where.
    pub hits: Cow<'e, [Hit]>,
}

impl Form<'_> {
    fn key(&self) -> (&str, Option<&str>, Stand) {
        (self.joined, self.surface.as_deref(), self.stand)
    }
}

/// All forms of one word.
#[derive(Debug)]
pub struct Term<'e> {
    /// Its stem.
    pub name: &'e str,
    /// Its forms, in order.
    pub forms: Vec<Form<'e>>,
}

/// Terms in order, of words that a lexicon holds.
#[derive(Debug, Default)]
pub struct Terms<'e>(pub Vec<Term<'e>>);

impl<'e> Terms<'e> {
    /// The forms of a term.
    pub fn forms(&self, name: &str) -> &[Form<'e>] {
        self.0.binary_search_by(|term| term.name.cmp(name)).map_or(&[], |at| &self.0[at].forms)
    }

    /// Whether the site has the term.
    pub fn has(&self, name: &str) -> bool {
        self.0.binary_search_by(|term| term.name.cmp(name)).is_ok()
    }
}

/// A form with the term that it belongs to.
type Found<'e> = (&'e str, Form<'e>);

/// The words of all pages with their places.
#[derive(Default)]
pub struct Gathered<'e> {
    /// Each form once.
    forms: Vec<Named<'e>>,
    /// Where each form stands.
    places: Places,
    /// Where a form is.
    numbers: HashMap<Named<'e>, u32>,
    /// By its number in the lexicon, whether any text has the word.
    is_met: Vec<bool>,
    /// By its number in the lexicon.
    words: Vec<Word>,
    /// Forms of the parts of words; the first list is that of those that have none.
    parts: Vec<Vec<u32>>,
}

/// What tells a form from the others.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Named<'e> {
    term: &'e str,
    joined: &'e str,
    surface: Option<&'e str>,
    stand: Stand,
}

impl Hash for Named<'_> {
    /// The rest of it hardly ever differs between two that are joined alike.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.joined.hash(state);
    }
}

/// A word of a text, as small as it can be: each word of each text is one look here.
#[derive(Clone, Copy, Default)]
struct Word {
    /// Its form.
    own: u32,
    /// The list of its parts.
    parts: u32,
}

/// The places of all forms, those of a form one after the other.
#[derive(Default)]
struct Places {
    hits: Vec<Hit>,
    /// By form: where its places begin, with the end of the last one's room.
    starts: Vec<u32>,
    /// By form.
    lasts: Vec<Last>,
}

/// The end of a form's places, with what is needed to add one without a look at them: they are too many for the cache.
struct Last {
    end: u32,
    page: u32,
    section: u16,
}

impl Places {
    /// With room for so many places of each form.
    fn with_room(room: &[u32]) -> Places {
        let ends = room.iter().scan(0, |end, room| {
            *end += room;
            Some(*end)
        });
        let starts: Vec<u32> = std::iter::once(0).chain(ends).collect();
        let lasts = starts.iter().map(|start| Last { end: *start, page: u32::MAX, section: 0 }).collect();
        Places { hits: vec![(0, 0, 0); starts.last().map_or(0, |end| *end as usize)], starts, lasts }
    }

    fn of(&self, form: usize) -> &[Hit] {
        &self.hits[self.starts[form] as usize..self.lasts[form].end as usize]
    }

    /// Adds to the weight of a place. Titles come first, and only they get beyond five: the script tells them by that.
    fn add(&mut self, form: u32, page: u32, section: u16, weight: u8) {
        let last = &mut self.lasts[form as usize];
        if (last.page, last.section) == (page, section) {
            let sum = &mut self.hits[last.end as usize - 1].2;
            *sum = sum.saturating_add(weight).min(if *sum < TITLE { TITLE - 1 } else { 35 });
        } else {
            self.hits[last.end as usize] = (page, section, weight);
            *last = Last { end: last.end + 1, page, section };
        }
    }
}

impl<'e> Gathered<'e> {
    /// Gathers them.
    pub fn of(texts: &[Arc<Text>], entries: &'e [Arc<Entry>]) -> Gathered<'e> {
        let mut gathered = Gathered::default();
        gathered.meet_all(texts, entries);
        for (page, text) in (0_u32..).zip(texts) {
            gathered.page(page, text);
        }
        gathered
    }

    /// Terms in order, with all that leads to them.
    pub fn terms(&self, texts: &[Arc<Text>], entries: &'e [Arc<Entry>], locale: &Locale) -> Terms<'_> {
        let rules = &locale.search;
        let mut forms = self.compounds(rules);
        if rules.data.adjacent {
            forms.extend(self.neighbours(texts, entries));
        }
        let own = self.forms.iter().enumerate().map(|(number, &Named { term, joined, surface, stand })| {
            (term, Form { joined, surface: surface.map(Cow::Borrowed), stand, hits: Cow::Borrowed(self.places.of(number)) })
        });
        forms.extend(own);
        in_order(forms)
    }

    fn form(&mut self, named: Named<'e>) -> u32 {
        *self.numbers.entry(named).or_insert_with(|| {
            self.forms.push(named);
            number(self.forms.len() - 1)
        })
    }

    /// Meets all words, and makes room for their places.
    fn meet_all(&mut self, texts: &[Arc<Text>], entries: &'e [Arc<Entry>]) {
        let mut counts = vec![0_u32; entries.len()];
        texts.iter().flat_map(|text| &text.tokens).for_each(|token| counts[*token as usize] += 1);
        self.parts.push(Vec::new());
        self.forms.reserve(entries.len());
        self.numbers.reserve(entries.len());
        self.is_met = counts.iter().map(|count| *count > 0).collect();
        self.words = entries.iter().zip(&counts).map(|(entry, count)| if *count > 0 { self.meet(entry) } else { Word::default() }).collect();
        let mut room = vec![0; self.forms.len()];
        for (word, count) in self.words.iter().zip(counts).filter(|(_, count)| *count > 0) {
            room[word.own as usize] += count;
            self.parts[word.parts as usize].iter().for_each(|part| room[*part as usize] += count);
        }
        self.places = Places::with_room(&room);
    }

    fn meet(&mut self, entry: &'e Entry) -> Word {
        let own = self.form(Named { term: &entry.term, joined: &entry.token.joined, surface: surface(entry), stand: Stand::Own });
        let part = |(joined, term): (&'e String, &'e String)| self.form(Named { term, joined, surface: None, stand: Stand::Part });
        let parts: Vec<u32> = entry.token.parts.iter().zip(&entry.part_terms).map(part).collect();
        if parts.is_empty() {
            return Word { own, parts: 0 };
        }
        self.parts.push(parts);
        Word { own, parts: number(self.parts.len() - 1) }
    }

    fn page(&mut self, page: u32, text: &Text) {
        for (line, tokens) in text.lines() {
            for token in tokens {
                let word = self.words[*token as usize];
                self.places.add(word.own, page, line.section, line.weight);
                for part in &self.parts[word.parts as usize] {
                    self.places.add(*part, page, line.section, line.weight);
                }
            }
        }
    }

    /// The places of each compound under the terms of its halves.
    fn compounds(&self, rules: &SearchRules) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        if rules.data.links.is_empty() {
            return found;
        }
        // The first form of a word, and the others.
        let mut by_word: HashMap<&'e str, (usize, Vec<usize>)> = HashMap::default();
        by_word.reserve(self.forms.len());
        for (number, form) in self.forms.iter().enumerate() {
            by_word.entry(form.joined).and_modify(|(_, others)| others.push(number)).or_insert((number, Vec::new()));
        }
        let terms: HashSet<&'e str> = self.forms.iter().map(|form| form.term).collect();
        #[allow(clippy::iter_over_hash_type, reason = "what is found is put in order at the end")]
        for (word, (first, others)) in &by_word {
            let halves = rules.halves(word, |form| by_word.contains_key(form), |term| terms.contains(term));
            let halves: BTreeSet<String> = halves.into_iter().flat_map(|(first, second)| [rules.term(first), rules.term(second)]).collect();
            let own = self.forms[*first].term;
            for half in halves.iter().filter_map(|half| terms.get(half.as_str())).filter(|half| **half != own) {
                let mut hits: Vec<Hit> = [first].into_iter().chain(others).flat_map(|number| self.places.of(*number).iter().copied()).collect();
                settle(&mut hits);
                found.push((*half, Form { joined: word, surface: None, stand: Stand::Compound, hits: hits.into() }));
            }
        }
        found
    }

    /// Two neighbours that may be one word, under its term: «بهینه سازی» under «بهینه‌سازی».
    fn neighbours(&self, texts: &[Arc<Text>], entries: &'e [Arc<Entry>]) -> impl Iterator<Item = Found<'e>> + use<'e> {
        const SHORTEST: usize = 5;
        let mut ordered: Vec<(u64, &'e Entry, usize)> = Vec::with_capacity(entries.len());
        let mut whole: HashMap<&'e str, &'e str> = HashMap::default();
        whole.reserve(entries.len());
        for (at, (_, entry)) in self.is_met.iter().zip(entries).enumerate().filter(|(_, (is_met, _))| **is_met) {
            ordered.push((beginning(&entry.token.joined), entry, at));
            whole.insert(&entry.token.joined, &entry.term);
        }
        ordered.sort_unstable_by(|a, b| (a.0, &a.1.token.joined).cmp(&(b.0, &b.1.token.joined)));
        // Whether a longer word begins with it: that comes next.
        let mut begins = vec![false; entries.len()];
        let mut next: Option<&str> = None;
        for alike in ordered.chunk_by(|a, b| a.1.token.joined == b.1.token.joined).rev() {
            let word = alike[0].1.token.joined.as_str();
            let is_begin = next.is_some_and(|next| next.starts_with(word));
            alike.iter().for_each(|(.., at)| begins[*at] = is_begin);
            next = Some(word);
        }
        let mut found: HashMap<(u32, u32), Found<'e>> = HashMap::default();
        let mut both = String::new();
        for (page, text) in (0_u32..).zip(texts) {
            for (line, tokens) in text.lines() {
                for pair in tokens.windows(2).filter(|pair| begins[pair[0] as usize]) {
                    let [first, second] = [pair[0], pair[1]].map(|token| &entries[token as usize].token);
                    both.clear();
                    both.extend([first.joined.as_str(), second.joined.as_str()]);
                    let Some((joined, term)) = whole.get_key_value(both.as_str()).filter(|(both, _)| both.chars().nth(SHORTEST - 1).is_some()) else {
                        continue;
                    };
                    let new = || {
                        let surface = Some(Cow::Owned(format!("{} {}", first.surface, second.surface)));
                        (*term, Form { joined, surface, stand: Stand::Part, hits: Cow::default() })
                    };
                    let hits = found.entry((pair[0], pair[1])).or_insert_with(new).1.hits.to_mut();
                    if hits.last().is_none_or(|(known, section, _)| (*known, *section) != (page, line.section)) {
                        hits.push((page, line.section, 1));
                    }
                }
            }
        }
        found.into_values()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("fewer forms than there are numbers")
}

/// Terms with their forms; what was found twice is one.
fn in_order(forms: Vec<Found<'_>>) -> Terms<'_> {
    let mut order: Vec<(u64, &str, usize)> = forms.iter().enumerate().map(|(at, (term, _))| (beginning(term), *term, at)).collect();
    order.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| forms[a.2].1.key().cmp(&forms[b.2].1.key())));
    let mut forms: Vec<Option<Form<'_>>> = forms.into_iter().map(|(_, form)| Some(form)).collect();
    let mut terms: Vec<Term<'_>> = Vec::new();
    for (_, name, at) in order {
        let form = forms[at].take().expect("each is taken once");
        if terms.last().is_none_or(|term| term.name != name) {
            terms.push(Term { name, forms: Vec::new() });
        }
        let forms = terms.last_mut().map(|term| &mut term.forms).expect("pushed above");
        match forms.last_mut() {
            Some(last) if last.key() == form.key() => {
                let hits = last.hits.to_mut();
                hits.extend_from_slice(&form.hits);
                settle(hits);
            }
            _ => forms.push(form),
        }
    }
    Terms(terms)
}

/// The first bytes of a word as a number, in the order of words: most pairs differ in these.
fn beginning(word: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = word.len().min(8);
    bytes[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

fn surface(entry: &Entry) -> Option<&str> {
    Some(entry.token.surface.as_str()).filter(|surface| *surface != entry.token.joined)
}

/// Puts places in order, each once with its greatest weight.
fn settle(hits: &mut Vec<Hit>) {
    hits.sort_unstable_by_key(|(page, section, weight)| (*page, *section, std::cmp::Reverse(*weight)));
    hits.dedup_by_key(|(page, section, _)| (*page, *section));
}
