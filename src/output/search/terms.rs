//! The words of all pages of a language under their terms, with the places where they stand.

use super::lexicon::{Entry, Lexicon};
use super::words::{TITLE, Text};
use crate::language::locale::Locale;
use crate::language::search::SearchRules;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A place where a word stands: page, section, weight.
pub type Hit = (u32, u32, u8);

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
pub struct Form {
    /// Folded, without joiners.
    pub joined: String,
    /// As written, where that differs.
    pub surface: Option<String>,
    /// How it stands.
    pub stand: Stand,
    /// Where.
    pub hits: Vec<Hit>,
}

impl Form {
    fn key(&self) -> (&str, Option<&str>, Stand) {
        (&self.joined, self.surface.as_deref(), self.stand)
    }
}

/// All forms of one word.
#[derive(Debug)]
pub struct Term {
    /// Its stem.
    pub name: String,
    /// Its forms, in order.
    pub forms: Vec<Form>,
}

/// Terms in order.
#[derive(Debug, Default)]
pub struct Terms(pub Vec<Term>);

impl Terms {
    /// The forms of a term.
    pub fn forms(&self, name: &str) -> &[Form] {
        self.0.binary_search_by(|term| term.name.as_str().cmp(name)).map_or(&[], |at| &self.0[at].forms)
    }

    /// Whether the site has the term.
    pub fn has(&self, name: &str) -> bool {
        self.0.binary_search_by(|term| term.name.as_str().cmp(name)).is_ok()
    }
}

/// Gathers the words of all pages.
pub fn terms(texts: &[Arc<Text>], lexicon: &Lexicon, locale: &Locale) -> Terms {
    let entries = lexicon.entries();
    let mut gathered =
        Gathered { forms: Vec::new(), numbers: HashMap::default(), own: vec![None; entries.len()], parts: vec![Vec::new(); entries.len()] };
    let rules = &locale.search;
    gathered.make_room(texts, &entries);
    for (page, text) in (0_u32..).zip(texts) {
        gathered.page(page, text);
    }
    gathered.compounds(rules);
    if rules.data.adjacent {
        gathered.neighbours(texts, &entries);
    }
    gathered.sorted()
}

/// The forms of a site while they are gathered.
struct Gathered<'e> {
    /// Forms with the terms they belong to.
    forms: Vec<(&'e str, Form)>,
    /// Where a form is: term, form, as written, how it stands.
    numbers: HashMap<(&'e str, &'e str, Option<&'e str>, Stand), usize>,
    /// By number of the word: its form, and those of its parts.
    own: Vec<Option<usize>>,
    parts: Vec<Vec<usize>>,
}

impl<'e> Gathered<'e> {
    fn form(&mut self, term: &'e str, joined: &'e str, surface: Option<&'e str>, stand: Stand) -> usize {
        *self.numbers.entry((term, joined, surface, stand)).or_insert_with(|| {
            self.forms.push((term, Form { joined: joined.to_owned(), surface: surface.map(str::to_owned), stand, hits: Vec::new() }));
            self.forms.len() - 1
        })
    }

    /// Meets all words, and makes room for their places.
    fn make_room(&mut self, texts: &[Arc<Text>], entries: &'e [Arc<Entry>]) {
        let mut counts = vec![0_u32; entries.len()];
        texts.iter().flat_map(|text| &text.tokens).for_each(|token| counts[*token as usize] += 1);
        for (token, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            let own = self.meet(token, &entries[token]);
            self.forms[own].1.hits.reserve_exact(count as usize);
        }
    }

    fn page(&mut self, page: u32, text: &Text) {
        for (line, tokens) in text.lines() {
            for token in tokens.iter().map(|token| *token as usize) {
                let own = self.own[token].expect("every word has been met");
                hit(&mut self.forms[own].1.hits, page, line.section, line.weight);
                for part in &self.parts[token] {
                    hit(&mut self.forms[*part].1.hits, page, line.section, line.weight);
                }
            }
        }
    }

    fn meet(&mut self, token: usize, entry: &'e Entry) -> usize {
        let own = self.form(&entry.term, &entry.token.joined, surface(entry), Stand::Own);
        self.own[token] = Some(own);
        self.parts[token] = entry.token.parts.iter().zip(&entry.part_terms).map(|(part, term)| self.form(term, part, None, Stand::Part)).collect();
        own
    }

    /// Puts the places of each compound under the terms of its halves as well.
    fn compounds(&mut self, rules: &SearchRules) {
        if rules.data.links.is_empty() {
            return;
        }
        let mut by_word: HashMap<&str, Vec<usize>> = HashMap::default();
        for (number, (_, form)) in self.forms.iter().enumerate() {
            by_word.entry(&form.joined).or_default().push(number);
        }
        let terms: HashSet<&str> = self.forms.iter().map(|(term, _)| *term).collect();
        let mut found: Vec<(&'e str, Form)> = Vec::new();
        #[allow(clippy::iter_over_hash_type, reason = "what is found is put in order at the end")]
        for (word, numbers) in &by_word {
            let halves = rules.halves(word, |form| by_word.contains_key(form), |term| terms.contains(term));
            let halves: BTreeSet<String> = halves.into_iter().flat_map(|(first, second)| [rules.term(first), rules.term(second)]).collect();
            let own = self.forms[numbers[0]].0;
            for half in halves.iter().filter_map(|half| terms.get(half.as_str())).filter(|half| **half != own) {
                let hits = numbers.iter().flat_map(|number| self.forms[*number].1.hits.iter().copied()).collect();
                found.push((half, Form { joined: (*word).to_owned(), surface: None, stand: Stand::Compound, hits }));
            }
        }
        self.forms.extend(found);
    }

    /// Puts two neighbours that may be one word under its term: «بهینه سازی» under «بهینه‌سازی».
    fn neighbours(&mut self, texts: &[Arc<Text>], entries: &'e [Arc<Entry>]) {
        const SHORTEST: usize = 5;
        let owns = self.own.iter().zip(entries).filter(|(own, _)| own.is_some()).map(|(_, entry)| &**entry);
        let whole: HashMap<&str, &str> = owns.map(|entry| (entry.token.joined.as_str(), entry.term.as_str())).collect();
        let mut ordered: Vec<&str> = whole.keys().copied().collect();
        ordered.sort_unstable();
        let begins = |word: &str| ordered.get(ordered.partition_point(|other| *other <= word)).is_some_and(|next| next.starts_with(word));
        let begins: Vec<bool> = self.own.iter().zip(entries).map(|(own, entry)| own.is_some() && begins(&entry.token.joined)).collect();
        let mut found: HashMap<(u32, u32), (&'e str, Form)> = HashMap::default();
        let mut both = String::new();
        for (page, text) in (0_u32..).zip(texts) {
            for (line, tokens) in text.lines() {
                for pair in tokens.windows(2).filter(|pair| begins[pair[0] as usize]) {
                    let [first, second] = [pair[0], pair[1]].map(|token| &entries[token as usize].token);
                    both.clear();
                    both.extend([first.joined.as_str(), second.joined.as_str()]);
                    let Some((_, term)) = whole.get_key_value(both.as_str()).filter(|(both, _)| both.chars().nth(SHORTEST - 1).is_some()) else {
                        continue;
                    };
                    let new = || {
                        let surface = Some(format!("{} {}", first.surface, second.surface));
                        (*term, Form { joined: both.clone(), surface, stand: Stand::Part, hits: Vec::new() })
                    };
                    let hits = &mut found.entry((pair[0], pair[1])).or_insert_with(new).1.hits;
                    if hits.last().is_none_or(|(known, section, _)| (*known, *section) != (page, line.section)) {
                        hits.push((page, line.section, 1));
                    }
                }
            }
        }
        self.forms.extend(found.into_values());
    }

    fn sorted(mut self) -> Terms {
        self.forms.sort_unstable_by(|a, b| a.0.cmp(b.0).then_with(|| a.1.key().cmp(&b.1.key())));
        let mut terms: Vec<Term> = Vec::new();
        for (name, mut form) in self.forms {
            if form.stand == Stand::Compound {
                settle(&mut form.hits);
            }
            if terms.last().is_none_or(|term| term.name != name) {
                terms.push(Term { name: name.to_owned(), forms: Vec::new() });
            }
            let forms = terms.last_mut().map(|term| &mut term.forms).expect("pushed above");
            match forms.last_mut() {
                Some(last) if last.key() == form.key() => {
                    last.hits.append(&mut form.hits);
                    settle(&mut last.hits);
                }
                _ => forms.push(form),
            }
        }
        Terms(terms)
    }
}

fn surface(entry: &Entry) -> Option<&str> {
    Some(entry.token.surface.as_str()).filter(|surface| *surface != entry.token.joined)
}

/// Adds to the weight of a place. Titles come first, and only they get beyond five: the script tells them by that.
fn hit(hits: &mut Vec<Hit>, page: u32, section: u32, weight: u8) {
    match hits.last_mut() {
        Some((known, place, sum)) if (*known, *place) == (page, section) => {
            *sum = sum.saturating_add(weight).min(if *sum < TITLE { TITLE - 1 } else { 35 });
        }
        _ => hits.push((page, section, weight)),
    }
}

/// Puts places in order, each once with its greatest weight.
fn settle(hits: &mut Vec<Hit>) {
    hits.sort_unstable_by_key(|(page, section, weight)| (*page, *section, std::cmp::Reverse(*weight)));
    hits.dedup_by_key(|(page, section, _)| (*page, *section));
}
