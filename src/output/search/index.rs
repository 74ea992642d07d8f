//! The index of one language: terms with their forms and places, in shards that a script can load one by one.

use super::tables::tables;
use super::words::{Place, Stand, Word, Words};
use crate::base::files::Blob;
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use crate::language::fold;
use crate::language::locale::Locale;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;
use std::sync::Arc;

/// What a shard may weigh, in bytes; a single term may be heavier.
pub const SHARD: usize = 32 * 1024;

/// How many places a word that is everywhere keeps.
const MOST_PLACES: usize = 40;

/// A page of the index.
pub struct Page<'a> {
    /// Encoded, from the root of the site.
    pub href: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The title of its section, if any.
    pub section: &'a str,
    /// Its text.
    pub words: Arc<Words>,
    /// Ids of its headings, in order.
    pub headings: Vec<&'a str>,
    /// Ids of its checklist items, in order.
    pub items: Vec<&'a str>,
}

/// Names of one thing: those of the language, and those of the others.
pub struct Names {
    /// In the language of the index.
    pub own: Vec<String>,
    /// In the other languages.
    pub others: Vec<String>,
    /// Where the glossary explains it: page and section.
    pub entry: Option<(u32, u32)>,
}

/// A place where a word stands: page, section, weight.
type Hit = (u32, u32, u8);

/// A form of a term: joined, as written where that differs, how it stands.
type Form<'a> = (&'a str, Option<&'a str>, Stand);

/// Terms, forms, places; all in order.
type Terms<'a> = BTreeMap<&'a str, BTreeMap<Form<'a>, Vec<Hit>>>;

/// Makes the files of a language: its beginning, its shards, and a file for each page with its text for excerpts.
pub fn files(pages: &[Page<'_>], names: &[Names], locale: &Locale) -> Vec<(OutPath, Arc<Blob>)> {
    let tag = &locale.tag;
    let compounds = compounds(pages, locale);
    let mut terms = collect(pages, locale, &compounds);
    let phrases = phrases(names, &terms, locale);
    let few = pages.len() / 5;
    let lines: Vec<Line> =
        terms.iter_mut().map(|(term, forms)| term_line(term, forms, pages.len(), few)).chain(phrases.iter().map(phrase_line)).collect();
    let shards = Shards::new(lines);
    let aliases = aliases(&terms, &shards, locale);

    let mut files = Vec::new();
    let mut put = |kind: char, payload: &str| {
        let name = format!("{kind}-{}", &Hash::of(payload.as_bytes()).short()[..10]);
        files.push((OutPath::new(format!("search/{tag}/{name}.js")), script(&format!("{tag}/{name}"), payload)));
        name[2..].to_owned()
    };
    let shard_names: Vec<Value> =
        shards.list.iter().map(|(prefix, lines)| json!([prefix, put('w', &shard_payload(lines, aliases.get(prefix.as_str())))])).collect();
    let fragments: String = pages.iter().map(|page| put('p', &fragment(page).to_string())).collect();
    let forms = terms.iter().flat_map(|(term, forms)| forms.keys().filter(|(_, _, stand)| *stand == Stand::Own).map(|(form, ..)| (*form, *term)));
    let known: BTreeSet<&str> = terms.keys().copied().collect();
    let begin = json!({
        "lang": tag,
        "dir": locale.direction.as_str(),
        "numbers": locale.formatting,
        "pages": fragments,
        "lengths": lengths(pages),
        "shards": shard_names,
        "tables": tables(&locale.search, forms, &known),
    });
    files.push((OutPath::new(format!("search/{tag}/index.js")), script(&format!("{tag}/index"), &begin.to_string())));
    files
}

/// One call of the script's door: the same file is run from disk and fetched from a server.
fn script(name: &str, payload: &str) -> Arc<Blob> {
    Blob::new(format!("rahnamaSearch({},{payload})\n", json!(name)))
}

/// Lengths of pages in steps of 50 words, a digit each.
fn lengths(pages: &[Page<'_>]) -> String {
    pages.iter().map(|page| char::from_digit((page.words.length / 50).clamp(1, 35), 36).expect("below 36")).collect()
}

/// A page's own file: address, title, section, and its pieces as anchor, heading (or the number of the piece it stands under), text.
fn fragment(page: &Page<'_>) -> Value {
    let pieces = page.words.sections.iter().map(|section| {
        let anchor = match &section.place {
            Place::Start => String::new(),
            Place::Heading(number) => page.headings.get(*number).map_or(String::new(), |id| (*id).to_owned()),
            Place::Item(number) => page.items.get(*number).map_or(String::new(), |id| format!("item-{id}")),
            Place::Anchor(id) => id.clone(),
        };
        let heading = section.heading.as_ref().map_or_else(|above| json!(above), |text| json!(text));
        json!([crate::language::slug::encode_path(&anchor), heading, section.text])
    });
    json!({ "h": page.href, "t": page.title, "p": page.section, "s": pieces.collect::<Vec<_>>() })
}

/// The halves of each compound of the site, with their terms.
fn compounds(pages: &[Page<'_>], locale: &Locale) -> BTreeMap<String, BTreeSet<String>> {
    let rules = &locale.search;
    let mut halves: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if rules.data.links.is_empty() {
        return halves;
    }
    let all = || pages.iter().flat_map(|page| &page.words.words);
    let forms: HashSet<&str> = all().map(|word| word.joined.as_str()).collect();
    let terms: HashSet<&str> = all().map(|word| word.term.as_str()).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    for word in all().filter(|word| seen.insert(&word.joined)) {
        let found: BTreeSet<String> = rules
            .halves(&word.joined, |form| forms.contains(form), |term| terms.contains(term))
            .into_iter()
            .flat_map(|(first, second)| [rules.term(first), rules.term(second)])
            .collect();
        let found: BTreeSet<String> = found.into_iter().filter(|term| terms.contains(term.as_str()) && *term != word.term).collect();
        if !found.is_empty() {
            halves.insert(word.joined.clone(), found);
        }
    }
    halves
}

/// All words of all pages under their terms.
fn collect<'a>(pages: &'a [Page<'_>], locale: &Locale, compounds: &'a BTreeMap<String, BTreeSet<String>>) -> Terms<'a> {
    let mut terms: Terms<'a> = BTreeMap::new();
    let mut own: BTreeMap<&str, &str> = BTreeMap::new();
    for (page, words) in (0_u32..).zip(pages.iter().map(|page| &page.words.words)) {
        for word in words {
            let hits = || word.hits.iter().map(|(section, weight)| (page, *section, *weight));
            let form: Form<'a> = (&word.joined, word.surface.as_deref(), word.stand);
            terms.entry(&word.term).or_default().entry(form).or_default().extend(hits());
            for half in halves_of(word, compounds) {
                terms.entry(half).or_default().entry((&word.joined, None, Stand::Compound)).or_default().extend(hits());
            }
            if word.stand == Stand::Own {
                own.insert(&word.joined, &word.term);
            }
        }
    }
    if locale.search.data.adjacent {
        for (page, words) in (0_u32..).zip(pages.iter().map(|page| &page.words)) {
            for (both, surface, sections) in &words.pairs {
                if let Some(term) = own.get(both.as_str()) {
                    let hits = sections.iter().map(|section| (page, *section, 1));
                    terms.entry(term).or_default().entry((both, Some(surface), Stand::Part)).or_default().extend(hits);
                }
            }
        }
    }
    terms
}

fn halves_of<'a>(word: &Word, compounds: &'a BTreeMap<String, BTreeSet<String>>) -> impl Iterator<Item = &'a str> {
    compounds.get(&word.joined).into_iter().flatten().map(String::as_str)
}

/// The best place of each page for names, by the words of each name: name → places.
fn phrases(names: &[Names], terms: &Terms<'_>, locale: &Locale) -> BTreeMap<String, Vec<Hit>> {
    let rules = &locale.search;
    let key = |name: &str| rules.tokens(name).into_iter().map(|token| token.joined).collect::<Vec<_>>();
    // بهینه‌سازی is also typed with a space.
    let apart = |name: &str| {
        rules.tokens(name).into_iter().flat_map(|token| if token.parts.is_empty() { vec![token.joined] } else { token.parts }).collect::<Vec<_>>()
    };
    let mut phrases: BTreeMap<String, BTreeMap<(u32, u32), u8>> = BTreeMap::new();
    for one in names {
        let mut places: BTreeMap<(u32, u32), u8> = BTreeMap::new();
        for name in &one.own {
            for (page, section, weight) in best(phrase(&key(name), terms, locale), MOST_PLACES) {
                let known = places.entry((page, section)).or_default();
                *known = weight.max(*known);
            }
        }
        places.extend(one.entry.map(|entry| (entry, 9)));
        let spellings = one.own.iter().chain(&one.others).flat_map(|name| [key(name), apart(name)]).map(|words| words.join(" "));
        for name in spellings.filter(|name| !name.is_empty()).collect::<BTreeSet<String>>() {
            phrases.entry(name).or_default().extend(places.iter().map(|(place, weight)| (*place, *weight)));
        }
    }
    phrases.into_iter().map(|(name, places)| (name, places.into_iter().map(|((page, section), weight)| (page, section, weight)).collect())).collect()
}

/// Sections that hold all words of a phrase, in any form.
fn phrase(words: &[String], terms: &Terms<'_>, locale: &Locale) -> Vec<Hit> {
    let mut places: Option<BTreeMap<(u32, u32), u8>> = None;
    for word in words {
        let forms = terms.get(locale.search.term(word).as_str());
        let hits = forms.into_iter().flatten().filter(|((_, _, stand), _)| *stand != Stand::Compound).flat_map(|(_, hits)| hits);
        let here: BTreeMap<(u32, u32), u8> = hits.map(|(page, section, weight)| ((*page, *section), *weight)).collect();
        places = Some(match places {
            None => here,
            Some(before) => before.into_iter().filter_map(|(place, weight)| here.get(&place).map(|other| (place, weight.min(*other)))).collect(),
        });
    }
    places.unwrap_or_default().into_iter().map(|((page, section), weight)| (page, section, weight)).collect()
}

/// The heaviest place of each page, and of those the heaviest few; in order.
fn best(hits: Vec<Hit>, most: usize) -> Vec<Hit> {
    let mut pages: BTreeMap<u32, Hit> = BTreeMap::new();
    for hit in hits {
        let known = pages.entry(hit.0).or_insert(hit);
        if hit.2 > known.2 {
            *known = hit;
        }
    }
    let mut best: Vec<Hit> = pages.into_values().collect();
    best.sort_by_key(|(page, section, weight)| (std::cmp::Reverse(*weight), *page, *section));
    best.truncate(most);
    best.sort_unstable();
    best
}

/// A line of a shard with what it is found by.
struct Line {
    key: String,
    name: bool,
    json: String,
}

/// The beginning of a word by which its shard is found: without any accent.
fn shard_key(word: &str) -> String {
    fold::search_key(word, &[])
}

/// A word in over a fifth of the pages keeps its titles and headings and its best few other places; one that is nearly everywhere, only those.
fn term_line(term: &str, forms: &mut BTreeMap<Form<'_>, Vec<Hit>>, pages: usize, few: usize) -> Line {
    const ALWAYS_FEW: usize = 8;
    const WEIGHT_OF_HEADINGS: u8 = 3;
    let frequency = forms.values().flatten().map(|hit| hit.0).collect::<BTreeSet<u32>>().len();
    let common = frequency > few.max(ALWAYS_FEW);
    if common {
        let everywhere = frequency * 5 > pages * 3;
        for hits in forms.values_mut() {
            let all = std::mem::take(hits);
            let mut kept: BTreeSet<Hit> = all.iter().filter(|hit| hit.2 >= WEIGHT_OF_HEADINGS).copied().collect();
            if !everywhere {
                kept.extend(best(all, MOST_PLACES));
            }
            *hits = kept.into_iter().collect();
        }
    }
    let mut line: Vec<Value> = vec![json!(term), json!(if common { -1 } else { 1 } * i64::try_from(frequency).unwrap_or(i64::MAX))];
    for ((joined, surface, stand), hits) in forms.iter() {
        let mark = match stand {
            Stand::Own => "",
            Stand::Part => "-",
            Stand::Compound => "+",
        };
        let surface = surface.map_or(String::new(), |surface| format!("|{surface}"));
        line.push(json!(format!("{mark}{joined}{surface}")));
        line.push(json!(postings(hits)));
    }
    Line { key: shard_key(term), name: false, json: Value::Array(line).to_string() }
}

fn phrase_line((name, hits): (&String, &Vec<Hit>)) -> Line {
    let first = name.split(' ').next().unwrap_or_default();
    Line { key: shard_key(first), name: true, json: format!("{}:{}", json!(name), json!(postings(hits))) }
}

/// Pages as steps from the one before, each with its sections and their weight as last digit, in base 36: `3:c3.d1,1:01`.
fn postings(hits: &[Hit]) -> String {
    let mut out = String::new();
    let mut last: Option<u32> = None;
    for (page, section, weight) in hits {
        if last == Some(*page) {
            out.push('.');
        } else {
            let comma = if last.is_some() { "," } else { "" };
            let _ = write!(out, "{comma}{}:", base36(page - last.unwrap_or(0)));
            last = Some(*page);
        }
        if *section > 0 {
            out.push_str(&base36(*section));
        }
        out.push_str(&base36(u32::from(*weight)));
    }
    out
}

fn base36(mut n: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(n % 36, 36).expect("below 36"));
        n /= 36;
        if n == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// Lines by the beginning of their keys.
struct Shards {
    list: BTreeMap<String, Vec<Line>>,
}

impl Shards {
    /// Divides lines by their first character, and further as long as a shard is too heavy.
    fn new(lines: Vec<Line>) -> Shards {
        let mut shards = Shards { list: BTreeMap::new() };
        shards.divide(String::new(), lines);
        shards
    }

    fn divide(&mut self, prefix: String, lines: Vec<Line>) {
        // Aliases come on top.
        const LIMIT: usize = SHARD / 8 * 7;
        const DEEPEST: usize = 8;
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
    fn of(&self, word: &str) -> Option<&str> {
        let key = shard_key(word);
        let ends = key.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        ends.filter_map(|end| self.list.get_key_value(&key[..end])).map(|(prefix, _)| prefix.as_str()).next()
    }
}

/// Forms that are looked for in another shard than their term's: shard → (form, term).
fn aliases(terms: &Terms<'_>, shards: &Shards, locale: &Locale) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let mut aliases: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for (term, forms) in terms {
        let home = shards.of(term);
        for (joined, surface, stand) in forms.keys().filter(|(_, _, stand)| *stand != Stand::Compound) {
            let bare = surface.filter(|_| *stand == Stand::Own).and_then(|surface| locale.search.without_hamza(surface));
            for form in std::iter::once((*joined).to_owned()).chain(bare) {
                let Some(shard) = shards.of(&form).filter(|shard| Some(*shard) != home) else { continue };
                aliases.entry(shard.to_owned()).or_default().insert((form, (*term).to_owned()));
            }
        }
    }
    aliases
}

/// Terms, names and forms that live elsewhere.
fn shard_payload(lines: &[Line], aliases: Option<&BTreeSet<(String, String)>>) -> String {
    let join = |name: bool| lines.iter().filter(|line| line.name == name).map(|line| line.json.as_str()).collect::<Vec<_>>().join(",");
    format!("{{\"t\":[{}],\"n\":{{{}}},\"a\":{}}}", join(false), join(true), json!(aliases.into_iter().flatten().collect::<Vec<_>>()))
}
