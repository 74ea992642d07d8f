//! `translations diff`: which blocks of the original changed since a page was translated, with their places and texts.

use super::position;
use crate::base::diagnostic::{Diagnostic, Level};
use crate::base::path::{PageId, SourcePath};
use crate::base::source::Source;
use crate::check::translations::parity;
use crate::document::fingerprint::Fingerprint;
use crate::document::{self, Settings};
use crate::pipeline::Known;
use crate::site::drift::What;
use crate::site::lock::shown;
use crate::site::page::LanguageIndex;
use crate::site::translation::State;
use crate::system::git;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// One block that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What became of it.
    pub what: What,
    /// Its section.
    pub section: String,
    /// Line and column in the original, unless it is gone.
    pub place: Option<(usize, usize)>,
    /// What it says now, as it is written.
    pub now: Option<String>,
    /// The fingerprint of what it said.
    pub was: Option<Fingerprint>,
    /// What it said, where git knows it.
    pub old: Option<String>,
}

/// A heading or an item that does not fit the original's.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// Line and column in the translation.
    pub place: (usize, usize),
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A translation and what changed in its original.
#[derive(Clone, Debug, PartialEq)]
pub struct PageDiff {
    /// Its language.
    pub tag: String,
    /// The page.
    pub id: PageId,
    /// The translation's file.
    pub path: SourcePath,
    /// The original's file.
    pub original: SourcePath,
    /// The language of the original.
    pub original_language: LanguageIndex,
    /// In words: `2 of 14 blocks changed`, or why there is nothing to show.
    pub summary: String,
    /// The blocks.
    pub entries: Vec<Entry>,
    /// Where headings, anchors and ids differ from the original's: until they are mended, nothing can be recorded.
    pub differences: Vec<Differing>,
    /// Whether some old text is unknown.
    pub is_without_git: bool,
}

/// What changed in the original of a translation; `None` when the page is not translated to that language.
pub fn entries(known: &Known, language: LanguageIndex, id: &PageId) -> Option<PageDiff> {
    let site = &known.site;
    let index = *site.by_id[language].get(id)?;
    let (page, state) = (&site.pages[index], &known.states[index]);
    let original = site.original(page);
    let document = &known.documents[original.document];
    let (summary, changes) = match state {
        State::Missing | State::Original => return None,
        State::Current => ("up to date".to_owned(), Vec::new()),
        State::Unrecorded => ("nobody has recorded what it was made from; if it is up to date: `rahnama translations accept`".to_owned(), Vec::new()),
        State::Stale(drift) => (drift.to_string(), drift.changes.clone()),
    };
    let entry = |change: crate::site::drift::Change| {
        let block = change.now.map(|now| &document.blocks()[now]);
        let text = block.map(|block| words(&document.source.text[block.range.clone()], &document.summary.title));
        Entry {
            what: change.what,
            section: change.section,
            place: block.map(|block| position(&document.source.text, block.range.start)),
            now: text,
            was: change.was,
            old: None,
        }
    };
    let own = &known.documents[page.document];
    let differing = |problem: Diagnostic| Differing {
        place: problem.span.map_or((1, 1), |span| position(&own.source.text, span.start as usize)),
        message: problem.message,
        help: problem.help.unwrap_or_default(),
    };
    Some(PageDiff {
        differences: parity(site, page, own, document, Level::Info).into_iter().map(differing).collect(),
        tag: site.languages[language].tag.to_string(),
        id: id.clone(),
        path: page.path.clone(),
        original: original.path.clone(),
        original_language: original.language,
        summary,
        entries: changes.into_iter().map(entry).collect(),
        is_without_git: false,
    })
}

/// A block's text on as few lines as it was written; a title may stand nowhere.
fn words(text: &str, title: &str) -> String {
    let text = text.trim();
    if text.is_empty() { title.to_owned() } else { text.to_owned() }
}

impl PageDiff {
    /// Asks git for what blocks said when the translation was recorded.
    pub fn find_old_texts(&mut self, root: &Path, known: &Known) {
        let mut wanted: BTreeMap<Fingerprint, Option<String>> =
            self.entries.iter().filter(|entry| entry.what != What::Moved).filter_map(|entry| Some((entry.was?, None))).collect();
        let language = &known.site.languages[self.original_language];
        let settings =
            Settings { html: known.site.config.html, language: language.tag.clone(), locale: language.locale.clone(), hash: Default::default() };
        let mut open = wanted.len();
        for version in if open == 0 { Vec::new() } else { git::versions(root, &self.original) } {
            let text = git::content(root, &version).and_then(|bytes| Source::decode(self.original.clone(), &bytes).ok());
            let Some(text) = text else { continue };
            let document = document::document(text, &settings);
            for block in document.blocks() {
                if let Some(old @ None) = wanted.get_mut(&block.hash) {
                    *old = Some(words(&document.source.text[block.range.clone()], &document.summary.title));
                    open -= 1;
                }
            }
            if open == 0 {
                break;
            }
        }
        self.is_without_git = open > 0;
        for entry in self.entries.iter_mut().filter(|entry| entry.what != What::Moved) {
            entry.old = entry.was.and_then(|was| wanted.get(&was).cloned().flatten());
        }
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let _infallible = writeln!(text, "{}  {}: {}  ({})", self.tag, shown(&self.id), self.summary, self.path);
        for Differing { place: (line, column), message, help } in &self.differences {
            let _infallible = writeln!(text, "\n  differs  {}:{line}:{column}  {message}\n    help {help}", self.path);
        }
        for entry in &self.entries {
            let place = entry
                .place
                .map_or_else(|| format!("was in {}", section(&entry.section)), |(line, column)| format!("{}:{line}:{column}", self.original));
            let _infallible = writeln!(text, "\n  {}  {place}", name(entry.what));
            indented(&mut text, "was  ", entry.old.as_deref());
            indented(&mut text, "now  ", entry.now.as_deref());
            if entry.what == What::Removed && entry.old.is_none() {
                text.push_str("    (git does not know what it said)\n");
            }
        }
        if !self.entries.is_empty() {
            if self.is_without_git {
                text.push_str("\n  What some blocks said before is not known: git does not have that version of the file.\n");
            }
            let _infallible =
                writeln!(text, "\n  When the translation says the same again: rahnama translations accept {} --lang {}", shown(&self.id), self.tag);
        }
        text
    }

    /// One line a block.
    pub fn short(&self) -> String {
        let line = |entry: &Entry| {
            let (line, column) = entry.place.unwrap_or((1, 1));
            let words = entry.now.as_deref().or(entry.old.as_deref()).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{}:{line}:{column}: {}: {}: {words}\n", self.original, self.tag, name(entry.what).trim_end())
        };
        let differing = |Differing { place: (line, column), message, .. }: &Differing| {
            format!("{}:{line}:{column}: {}: differs: {message}\n", self.path, self.tag)
        };
        self.differences.iter().map(differing).chain(self.entries.iter().map(line)).collect()
    }

    /// For programs: one object.
    pub fn json(&self) -> Value {
        let entry = |entry: &Entry| json!({ "what": name(entry.what).trim_end(), "section": entry.section, "line": entry.place.map(|place| place.0), "column": entry.place.map(|place| place.1), "now": entry.now, "was": entry.old });
        let differing = |found: &Differing| json!({ "line": found.place.0, "column": found.place.1, "message": found.message, "help": found.help });
        json!({ "language": self.tag, "page": shown(&self.id), "path": &*self.path, "original": &*self.original, "summary": self.summary, "differences": self.differences.iter().map(differing).collect::<Vec<_>>(), "blocks": self.entries.iter().map(entry).collect::<Vec<_>>() })
    }
}

fn name(what: What) -> &'static str {
    match what {
        What::Changed => "changed",
        What::Added => "added  ",
        What::Removed => "removed",
        What::Moved => "moved  ",
    }
}

fn section(anchor: &str) -> String {
    if anchor.is_empty() { "the beginning".to_owned() } else { format!("the section #{anchor}") }
}

fn indented(text: &mut String, label: &str, words: Option<&str>) {
    for (number, line) in words.into_iter().flat_map(str::lines).enumerate() {
        let _infallible = writeln!(text, "    {}{line}", if number == 0 { label } else { "     " });
    }
}
