//! The index of one language: terms with their forms and places, in shards that a script can load one by one.

use super::file::{Json, first, named};
use super::lexicon::Lexicon;
use super::shards::{Alias, Line, Shard, Shards, aliases, shard_key};
use super::tables::tables;
use super::terms::{Form, Gathered, Hit, Stand, Term, Terms};
use super::words::{Place, Section, Text};
use crate::base::files::Blob;
use crate::base::path::OutPath;
use crate::language::locale::Locale;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an entry of the glossary weighs under its names: the script puts it first where a query is one.
const NAME: u8 = 35;
/// What it weighs under the stems of its names.
const STEMS: u8 = 34;

/// How many places a word that is everywhere keeps.
const MOST_PLACES: usize = 40;

/// Where a page is, and what it is called.
pub struct Address<'a> {
    /// Encoded, from the root of the site.
    pub href: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The title of its section, if any.
    pub section: &'a str,
    /// The page with the ids of its headings and checklist items.
    pub page: &'a crate::site::page::Page,
}

/// Names of one thing: those of the language, and those of the others.
pub struct Names {
    /// In the language of the index.
    pub own: Vec<String>,
    /// In the other languages.
    pub others: Vec<String>,
    /// Where the glossary explains it: page and section.
    pub entry: Option<(u32, u16)>,
}

/// Makes the files of a language: its beginning and its shards; [`fragment`] makes those of its pages.
pub fn files(texts: &[Arc<Text>], names: &[Names], lexicon: &Lexicon, locale: &Locale) -> Vec<(OutPath, Arc<Blob>)> {
    let tag = &locale.tag;
    let entries = lexicon.entries();
    let gathered = Gathered::of(texts, &entries);
    let terms = gathered.terms(texts, &entries, locale);
    let phrases = phrases(names, &terms, locale);
    let mut lines = Lines { pages: vec![0; texts.len()], ..Lines::default() };
    terms.0.iter().for_each(|term| lines.term(term));
    phrases.iter().for_each(|(name, hits)| lines.name(name, hits));
    let shards = Shards::new(lines.list);
    let aliases = aliases(&terms, &shards, locale);

    let mut files = Vec::new();
    let mut shard = |(shard, aliases): (&Shard<'_>, &BTreeSet<Alias<'_>>)| {
        let (name, path, blob) = named(tag, 'w', shard.weight(), |json| shard.write(&lines.json, aliases, json));
        files.push((path, blob));
        json!([shard.begin, name])
    };
    let shard_names: Vec<Value> = shards.0.iter().zip(&aliases).map(&mut shard).collect();
    let fragments: String = texts.iter().map(|text| text.name.as_str()).collect();
    let own = |form: &&Form<'_>| form.stand == Stand::Own;
    let forms = terms.0.iter().flat_map(|term| term.forms.iter().filter(own).map(|form| (form.joined, term.name)));
    let begin = json!({
        "lang": tag,
        "dir": locale.direction.as_str(),
        "numbers": locale.formatting,
        "pages": fragments,
        "lengths": lengths(texts),
        "shards": shard_names,
        "tables": tables(&locale.search, forms, |term| terms.has(term)),
    });
    files.push(first(tag, &begin));
    files
}

/// Lengths of pages in steps of 50 words, a digit each.
fn lengths(texts: &[Arc<Text>]) -> String {
    texts.iter().map(|text| char::from_digit((text.tokens.len() as u32 / 50).clamp(1, 35), 36).expect("below 36")).collect()
}

/// A page's own file: its name, path and bytes. Address, title, section, and its pieces as anchor, heading (or the number of the piece it stands under), text.
pub fn fragment(tag: &str, address: &Address<'_>, sections: &[Section]) -> (String, OutPath, Arc<Blob>) {
    let page = address.page;
    let room = sections.iter().map(|section| section.text.len() * 33 / 32 + 64).sum();
    named(tag, 'p', room, |json| {
        json.plain("{\"h\":").text(address.href).plain(",\"t\":").text(address.title).plain(",\"p\":").text(address.section).plain(",\"s\":[");
        for (number, section) in sections.iter().enumerate() {
            let anchor = match &section.place {
                Place::Start => String::new(),
                Place::Heading(number) => page.summary.headings.get(*number).map_or(String::new(), |heading| heading.anchor.to_string()),
                Place::Item(number) => page.items.get(*number).map_or(String::new(), |id| format!("item-{id}")),
                Place::Anchor(id) => id.clone(),
            };
            json.plain(if number > 0 { ",[" } else { "[" }).text(&crate::language::slug::encode_path(&anchor)).plain(",");
            match &section.heading {
                Ok(heading) => json.text(heading),
                Err(above) => json.plain(&above.to_string()),
            };
            json.plain(",").text(&section.text).plain("]");
        }
        json.plain("]}");
    })
}

/// The best place of each page for names, by the words of each name: name → places. Written without spaces: بهینه‌سازی is also typed with one.
fn phrases(names: &[Names], terms: &Terms<'_>, locale: &Locale) -> BTreeMap<String, Vec<Hit>> {
    let rules = &locale.search;
    let key = |name: &str| rules.tokens(name).into_iter().map(|token| token.joined).collect::<Vec<_>>();
    let stem = |word: String| if rules.data.stop.contains(&word) { word } else { rules.term(&word) };
    let mut phrases: BTreeMap<String, BTreeMap<(u32, u16), u8>> = BTreeMap::new();
    for one in names {
        let mut places: BTreeMap<(u32, u16), u8> = BTreeMap::new();
        for name in &one.own {
            for (page, section, weight) in best(phrase(&key(name), terms, locale), MOST_PLACES) {
                let known = places.entry((page, section)).or_default();
                *known = weight.min(STEMS - 1).max(*known);
            }
        }
        let whole = one.own.iter().chain(&one.others).map(|name| (key(name).concat(), NAME));
        let bent = one.own.iter().map(|name| (key(name).into_iter().map(stem).collect(), STEMS));
        for (name, entry) in whole.chain(bent).filter(|(name, _)| !name.is_empty()) {
            let known = phrases.entry(name).or_default();
            for (place, weight) in places.iter().map(|(place, weight)| (*place, *weight)).chain(one.entry.map(|place| (place, entry))) {
                let before = known.entry(place).or_default();
                *before = weight.max(*before);
            }
        }
    }
    phrases.into_iter().map(|(name, places)| (name, places.into_iter().map(|((page, section), weight)| (page, section, weight)).collect())).collect()
}

/// Sections that hold all words of a phrase, in any form.
fn phrase(words: &[String], terms: &Terms<'_>, locale: &Locale) -> Vec<Hit> {
    let mut places: Option<BTreeMap<(u32, u16), u8>> = None;
    for word in words {
        let forms = terms.forms(&locale.search.term(word)).iter().filter(|form| form.stand != Stand::Compound);
        let hits = forms.flat_map(|form| &*form.hits);
        let here: BTreeMap<(u32, u16), u8> = hits.map(|(page, section, weight)| ((*page, *section), *weight)).collect();
        places = Some(match places {
            None => here,
            Some(before) => before.into_iter().filter_map(|(place, weight)| here.get(&place).map(|other| (place, weight.min(*other)))).collect(),
        });
    }
    places.unwrap_or_default().into_iter().map(|((page, section), weight)| (page, section, weight)).collect()
}

/// The heaviest place of each page, and of those the heaviest few; in order, as they are given.
fn best(hits: impl IntoIterator<Item = Hit>, most: usize) -> Vec<Hit> {
    let mut best: Vec<Hit> = Vec::new();
    for hit in hits {
        match best.last_mut() {
            Some(known) if known.0 == hit.0 => {
                if hit.2 > known.2 {
                    *known = hit;
                }
            }
            _ => best.push(hit),
        }
    }
    best.sort_by_key(|(page, section, weight)| (std::cmp::Reverse(*weight), *page, *section));
    best.truncate(most);
    best.sort_unstable();
    best
}

/// Lines of shards, one after the other.
#[derive(Default)]
struct Lines<'t> {
    json: Json,
    list: Vec<Line<'t>>,
    /// By page: the number of the last term that was seen there.
    pages: Vec<usize>,
    label: String,
}

impl<'t> Lines<'t> {
    /// On how many pages a term stands.
    fn frequency(&mut self, term: &Term<'_>) -> usize {
        let number = self.list.len() + 1;
        let pages = term.forms.iter().flat_map(|form| &*form.hits).map(|hit| hit.0 as usize);
        pages.filter(|page| std::mem::replace(&mut self.pages[*page], number) != number).count()
    }

    /// A word in over a fifth of the pages keeps its titles and headings and its best few other places; one that is nearly everywhere, only those.
    fn term(&mut self, term: &'t Term<'_>) {
        const ALWAYS_FEW: usize = 8;
        let (frequency, pages) = (self.frequency(term), self.pages.len());
        let is_common = frequency > (pages / 5).max(ALWAYS_FEW);
        let most = if frequency * 5 > pages * 3 { 0 } else { MOST_PLACES };
        let (start, json, label) = (self.json.weight(), &mut self.json, &mut self.label);
        json.plain("[").text(term.name).plain(if is_common { ",-" } else { "," }).plain(&frequency.to_string());
        for form in &term.forms {
            label.clear();
            label.push_str(match form.stand {
                Stand::Own => "",
                Stand::Part => "-",
                Stand::Compound => "+",
            });
            label.push_str(form.joined);
            if let Some(surface) = &form.surface {
                label.push('|');
                label.push_str(surface);
            }
            json.plain(",").text(label).plain(",\"");
            if is_common {
                json.postings(&heaviest(&form.hits, most))
            } else {
                json.postings(&form.hits)
            };
            json.plain("\"");
        }
        json.plain("]");
        self.list.push(Line { key: shard_key(term.name), name: false, place: start..self.json.weight() });
    }

    fn name(&mut self, name: &'t str, hits: &[Hit]) {
        let start = self.json.weight();
        self.json.text(name).plain(":\"").postings(hits).plain("\"");
        self.list.push(Line { key: shard_key(name), name: true, place: start..self.json.weight() });
    }
}

/// Titles and headings, and the best few other places.
fn heaviest(hits: &[Hit], most: usize) -> Vec<Hit> {
    const WEIGHT_OF_HEADINGS: u8 = 3;
    let mut kept: Vec<Hit> = hits.iter().filter(|hit| hit.2 >= WEIGHT_OF_HEADINGS).copied().collect();
    if most > 0 {
        kept.extend(best(hits.iter().copied(), most));
        kept.sort_unstable();
        kept.dedup();
    }
    kept
}
