//! What the script is told of a language, so that it cuts, folds and strips words exactly as the index was made.

use crate::language::fold::{self, is_ignorable};
use crate::language::search::{ALONE, ARABIC, BREAKS, INNER_CARRIER, JOINERS, LATIN, SearchRules};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

/// The tables of a language. `forms` are the site's words with their terms, `has` tells whether it has a term.
pub fn tables<'f>(rules: &SearchRules, forms: impl Iterator<Item = (&'f str, &'f str)>, has: impl Fn(&str) -> bool) -> Value {
    let irregular: BTreeMap<&str, String> =
        rules.data.irregular.keys().map(|form| (form.as_str(), rules.term(form))).filter(|(form, term)| form == term || has(term)).collect();
    let (inside, alone) = (&*INSIDE, ranges(ALONE));
    let (joiners, breaks) = (class(JOINERS.iter().filter(|c| **c != fold::ZWNJ)), class(BREAKS));
    let (latin, arabic) = (ranges(LATIN), ranges(ARABIC));
    json!({
        "word": format!("[{alone}]|(?:(?![{alone}{joiners}\\u200c])[{inside}])+(?:(?:\\u200c+|[{joiners}])(?:(?![{alone}{joiners}\\u200c])[{inside}])+)*"),
        "breaks": format!("[{breaks}]+|(?<=[{latin}])(?=[{arabic}])|(?<=[{arabic}])(?=[{latin}])"),
        "joiners": format!("[{} ]", class(JOINERS)),
        "drop": *DROPPED,
        "map": letters(),
        "carriers": format!("[{}]|(?<=.){INNER_CARRIER}", class(fold::CARRIERS)),
        "letters": own_letters(rules),
        "prefixes": rules.data.prefixes,
        "affixes": rules.data.affixes,
        "endings": rules.data.endings,
        "links": rules.data.links,
        "adjacent": rules.data.adjacent,
        "stop": rules.data.stop,
        "irregular": irregular,
        "suffixes": suffixes(rules, forms),
    })
}

/// What words are made of, as the inside of a class of a regular expression.
static INSIDE: LazyLock<String> = LazyLock::new(|| format!("\\p{{Alphabetic}}\\p{{N}}\\u0300-\\u036f{}", class_where(is_ignorable)));

fn class<'c>(chars: impl IntoIterator<Item = &'c char>) -> String {
    chars.into_iter().map(|c| escape(*c)).collect()
}

fn ranges(ranges: &[(char, char)]) -> String {
    ranges.iter().map(|(from, to)| format!("{}-{}", escape(*from), escape(*to))).collect()
}

fn escape(c: char) -> String {
    format!("\\u{{{:x}}}", c as u32)
}

/// All characters of the Basic Multilingual Plane with a property, as ranges.
fn class_where(holds: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    let mut start: Option<char> = None;
    let mut last = '\0';
    for c in ('\u{80}'..'\u{FFFF}').filter(|c| holds(*c)) {
        if start.is_none() || c as u32 != last as u32 + 1 {
            if let Some(start) = start {
                let _ = write!(out, "{}-{}", escape(start), escape(last));
            }
            start = Some(c);
        }
        last = c;
    }
    if let Some(start) = start {
        let _ = write!(out, "{}-{}", escape(start), escape(last));
    }
    out
}

/// What folding drops: invisible characters and the marks of Arabic and Hebrew that people leave out.
static DROPPED: LazyLock<String> = LazyLock::new(|| {
    // Marks end with Arabic; behind it there is only what nobody sees.
    let empty = |c: char| is_ignorable(c) || c < '\u{780}' && fold::search_key(c.encode_utf8(&mut [0; 4]), &[]).is_empty();
    format!("[{}]", class_where(empty))
});

/// Letters that folding turns into others, in pairs: from, to. Accents are the script's own business (NFD).
fn letters() -> BTreeMap<String, String> {
    let changed = fold::LETTERS.iter().chain(fold::SEARCH_LETTERS).filter_map(|(from, to)| to.map(|_| *from));
    let digits = ('٠'..='٩').chain('۰'..='۹');
    let folded = |c: char| (c.to_string(), fold::search_key(c.encode_utf8(&mut [0; 4]), &[]).into_owned());
    changed.chain(digits).chain(fold::STROKES.iter().map(|(from, _)| *from)).map(folded).collect()
}

/// Letters that keep their accents; one that folding turns into another (آ) does not, though it is a letter of the alphabet.
fn own_letters(rules: &SearchRules) -> String {
    let is_folded = |c: &char| fold::LETTERS.iter().chain(fold::SEARCH_LETTERS).any(|(from, _)| from == c);
    rules.letters().iter().filter(|c| !is_folded(c)).collect()
}

/// Endings that lead from a form to its term: the language's own and those that the site's words show, as `ending` or `ending>instead`.
fn suffixes<'f>(rules: &SearchRules, forms: impl Iterator<Item = (&'f str, &'f str)>) -> Vec<String> {
    const MOST: usize = 200;
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (form, term) in forms.filter(|(form, term)| form != term && !rules.data.irregular.contains_key(*form)) {
        let common = form.char_indices().zip(term.chars()).find(|((_, a), b)| a != b).map_or(form.len().min(term.len()), |((at, _), _)| at);
        let (ending, instead) = (&form[common..], &term[common..]);
        if form[..common].chars().nth(1).is_some() && ending.chars().count() <= 8 && instead.chars().count() <= 2 {
            *seen.entry((ending, instead)).or_default() += 1;
        }
    }
    let mut seen: Vec<((&str, &str), usize)> = seen.into_iter().filter(|(_, count)| *count > 1).collect();
    seen.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let shown =
        seen.into_iter().take(MOST).map(|((ending, instead), _)| if instead.is_empty() { ending.to_owned() } else { format!("{ending}>{instead}") });
    shown.chain(rules.data.suffixes.iter().cloned()).collect::<BTreeSet<String>>().into_iter().collect()
}
