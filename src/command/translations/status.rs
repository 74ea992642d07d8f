//! `translations status`: coverage and drift of each language, and which pages.

use crate::check::unfinished;
use crate::pipeline::Known;
use crate::site::lock::{Key, shown};
use crate::site::page::{LanguageIndex, Page};
use crate::site::translation::State;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// So many pages of a kind are listed unless more are wanted.
const LISTED: usize = 20;

/// What is recorded for nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Orphan {
    /// Language and page of the record.
    pub key: Key,
    /// Why nothing belongs to it.
    pub why: &'static str,
}

/// One language. Pages are given by identity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Its tag.
    pub tag: String,
    /// Its own name.
    pub name: String,
    /// Originals in this language.
    pub originals: Vec<String>,
    /// Translations of the original as it is.
    pub current: Vec<String>,
    /// Translations of an earlier original, with what changed and their file.
    pub stale: Vec<(String, String, String)>,
    /// Translations that readers get, but that are not translated throughout.
    pub unfinished: Vec<String>,
    /// Translations nobody has recorded.
    pub unrecorded: Vec<String>,
    /// Translations in the making.
    pub drafts: Vec<String>,
    /// Pages that are not translated.
    pub missing: Vec<String>,
    /// Records without a translation.
    pub orphaned: Vec<Orphan>,
}

impl Coverage {
    /// How many pages readers find in the language.
    pub fn covered(&self) -> usize {
        self.originals.len() + self.current.len() + self.stale.len() + self.unrecorded.len()
    }
}

/// All languages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// How many pages the site has, counted once.
    pub pages: usize,
    /// Its languages, in its order.
    pub languages: Vec<Coverage>,
    /// Records in languages that the site does not have.
    pub strangers: Vec<Orphan>,
}

impl Status {
    /// Looks at every page.
    pub fn of(known: &Known) -> Status {
        let site = &known.site;
        let mut languages: Vec<Coverage> = (0..site.languages.len()).map(|language| coverage(known, language)).collect();
        let mut strangers = Vec::new();
        for key in site.orphans(&known.lock) {
            match site.language(&key.0) {
                None => strangers.push(Orphan { key, why: "the site has no such language" }),
                Some(language) => {
                    let why = match site.page(language, &key.1) {
                        None => "there is no such page",
                        Some(page) if page.is_fallback() => "it is not translated",
                        Some(_) => "it is the original itself",
                    };
                    languages[language].orphaned.push(Orphan { key, why });
                }
            }
        }
        Status { pages: site.sets.len(), languages, strangers }
    }

    /// For people.
    pub fn text(&self, all: bool) -> String {
        let mut text = String::new();
        let heads = ["", "covered", "originals", "current", "stale", "unfinished", "unrecorded", "drafts", "missing", "orphaned"];
        let rows: Vec<Vec<String>> = self.languages.iter().map(|language| self.row(language)).collect();
        let widths: Vec<usize> =
            (0..heads.len()).map(|at| rows.iter().map(|row| row[at].len()).chain([heads[at].len()]).max().unwrap_or(0)).collect();
        for row in std::iter::once(heads.iter().map(|head| (*head).to_owned()).collect()).chain(rows) {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .enumerate()
                .map(|(at, (cell, width))| if at == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") })
                .collect();
            let _infallible = writeln!(text, "{}", cells.join("  ").trim_end());
        }
        let mut list = |title: &str, lines: Vec<String>| {
            if lines.is_empty() {
                return;
            }
            let _infallible = writeln!(text, "\n{title}");
            let shown = if all { lines.len() } else { LISTED };
            lines.iter().take(shown).for_each(|line| text.push_str(&format!("  {line}\n")));
            if lines.len() > shown {
                let _infallible = writeln!(text, "  and {} more (-v shows all)", lines.len() - shown);
            }
        };
        let each = |pages: fn(&Coverage) -> &Vec<String>| {
            self.languages.iter().flat_map(move |language| pages(language).iter().map(move |page| format!("{}  {page}", language.tag))).collect()
        };
        list(
            "Stale: the original has changed since. See what with `rahnama translations diff PAGE`.",
            self.languages
                .iter()
                .flat_map(|language| language.stale.iter().map(move |(page, drift, path)| format!("{}  {page}  {drift}  ({path})", language.tag)))
                .collect(),
        );
        list(
            "Unfinished: published, but parts are not translated. See where with `rahnama check`; `draft = true` keeps a page back.",
            each(|language| &language.unfinished),
        );
        list(
            "Unrecorded: nobody has said that these are up to date. If they are: `rahnama translations accept PAGE`.",
            each(|language| &language.unrecorded),
        );
        list("Drafts: not published until `draft = true` is removed.", each(|language| &language.drafts));
        let originals: BTreeMap<&String, &String> =
            self.languages.iter().flat_map(|language| language.originals.iter().map(|page| (page, &language.tag))).collect();
        let missing = |language: &Coverage, page: &String| {
            let from = originals.get(page).map_or_else(String::new, |from| format!("  --from {from}"));
            format!("{}  {page}{from}", language.tag)
        };
        list(
            "Missing: readers get the original. Begin with `rahnama new PAGE --from LANG --lang LANG`.",
            self.languages.iter().flat_map(|language| language.missing.iter().map(|page| missing(language, page))).collect(),
        );
        let orphans = self.languages.iter().flat_map(|language| &language.orphaned).chain(&self.strangers);
        list(
            "Orphaned: recorded, but nothing belongs to it. Where a page has moved, write `was = [\"its/old/path\"]` in it; `rahnama translations accept --orphans` drops the other records.",
            orphans.map(|orphan| format!("{}  {}  {}", orphan.key.0, shown(&orphan.key.1), orphan.why)).collect(),
        );
        text
    }

    fn row(&self, language: &Coverage) -> Vec<String> {
        let covered = format!("{} of {} ({} %)", language.covered(), self.pages, percent(language.covered(), self.pages));
        let counts = [
            language.originals.len(),
            language.current.len(),
            language.stale.len(),
            language.unfinished.len(),
            language.unrecorded.len(),
            language.drafts.len(),
            language.missing.len(),
            language.orphaned.len(),
        ];
        [language.tag.clone(), covered].into_iter().chain(counts.iter().map(ToString::to_string)).collect()
    }

    /// For programs: one object.
    pub fn json(&self) -> Value {
        let orphan = |orphan: &Orphan| json!({ "page": shown(&orphan.key.1), "language": &*orphan.key.0, "why": orphan.why });
        let language = |language: &Coverage| {
            json!({
                "language": language.tag,
                "covered": language.covered(),
                "percent": percent(language.covered(), self.pages),
                "originals": language.originals,
                "current": language.current,
                "stale": language.stale.iter().map(|(page, drift, path)| json!({ "page": page, "drift": drift, "path": path })).collect::<Vec<_>>(),
                "unfinished": language.unfinished,
                "unrecorded": language.unrecorded,
                "drafts": language.drafts,
                "missing": language.missing,
                "orphaned": language.orphaned.iter().map(orphan).collect::<Vec<_>>(),
            })
        };
        json!({ "pages": self.pages, "languages": self.languages.iter().map(language).collect::<Vec<_>>(), "strangers": self.strangers.iter().map(orphan).collect::<Vec<_>>() })
    }
}

/// Whole percent, downwards, so that 100 means all.
pub fn percent(part: usize, whole: usize) -> usize {
    (100 * part).checked_div(whole).unwrap_or(100)
}

fn coverage(known: &Known, language: LanguageIndex) -> Coverage {
    let site = &known.site;
    let mut coverage =
        Coverage { tag: site.languages[language].tag.to_string(), name: site.languages[language].locale.name.clone(), ..Coverage::default() };
    for id in site.sets.keys() {
        let name = shown(id).to_owned();
        let found = site.by_id[language].get(id).map(|index| (&site.pages[*index], &known.states[*index]));
        match found {
            None | Some((_, State::Missing)) => coverage.missing.push(name),
            Some((_, State::Original)) => coverage.originals.push(name),
            Some((page, _)) if page.summary.matter.draft => coverage.drafts.push(name),
            Some((page, State::Current | State::Unrecorded)) if !unfinished::places(site, page, &known.documents).is_empty() => {
                coverage.unfinished.push(name);
            }
            Some((_, State::Current)) => coverage.current.push(name),
            Some((_, State::Unrecorded)) => coverage.unrecorded.push(name),
            Some((page, State::Stale(drift))) => coverage.stale.push((name, drift.to_string(), path(page))),
        }
    }
    coverage
}

fn path(page: &Page) -> String {
    page.path.to_string()
}
