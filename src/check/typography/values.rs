//! Texts outside of Markdown: titles and descriptions, glossary, tags, strings of the interface, the site's own name.

use super::{Eyes, Gathered, look, prose};
use crate::base::config::HtmlMode;
use crate::base::data::{self, Node, Value};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::path::LanguageTag;
use crate::base::source::Source;
use crate::document::{self, Settings, front_matter};
use crate::language::lint::Place;
use crate::language::messages::texts;
use std::ops::Range;

/// `title`, `description` and `result` of a page.
pub fn front_matter(source: &Source, eyes: &Eyes, problems: &mut Vec<Diagnostic>) {
    let split = front_matter::split(source, &mut Vec::new());
    if split.matter.is_empty() {
        return;
    }
    let parse = if split.yaml { data::yaml } else { data::toml };
    let node = parse(&source.path, &source.text[split.matter.clone()], split.matter.start, &mut Vec::new());
    for (key, value) in entries(&node) {
        if matches!(key, "title" | "description" | "result") {
            plain(value, source, eyes, problems);
        }
    }
}

/// Terms, their other names, and definitions, which are Markdown.
pub fn glossary(source: &Source, eyes: &Eyes) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let node = data::toml(&source.path, &source.text, 0, &mut Vec::new());
    let settings =
        Settings { html: HtmlMode::Escape, language: LanguageTag::new(eyes.locale.tag.as_str()), locale: eyes.locale.clone(), hash: Hash::default() };
    for (key, value) in entries(&node).flat_map(|(_, term)| entries(term)) {
        match (key, &value.value) {
            ("term", _) => plain(value, source, eyes, &mut problems),
            ("also", Value::List(names)) => names.iter().for_each(|name| plain(name, source, eyes, &mut problems)),
            ("definition", Value::String(text)) => match range(text, &value.range, source) {
                Some(range) => {
                    let snippet = document::snippet(source.clone(), range, &settings);
                    prose::document(&snippet, eyes, &mut problems);
                }
                None => plain(value, source, eyes, &mut problems),
            },
            _ => {}
        }
    }
    problems
}

/// Names of tags.
pub fn tags(source: &Source, eyes: &Eyes) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let node = data::toml(&source.path, &source.text, 0, &mut Vec::new());
    for (_, value) in entries(&node).flat_map(|(_, tag)| entries(tag)).filter(|(key, _)| *key == "name") {
        plain(value, source, eyes, &mut problems);
    }
    problems
}

/// The site's title and description in the language.
pub fn site(source: &Source, eyes: &Eyes) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let node = data::toml(&source.path, &source.text, 0, &mut Vec::new());
    for (_, table) in entries(&node).filter(|(key, _)| matches!(*key, "title" | "description")) {
        for (_, value) in entries(table).filter(|(tag, _)| *tag == eyes.locale.tag) {
            plain(value, source, eyes, &mut problems);
        }
    }
    problems
}

/// Strings of the interface that the site itself brings.
pub fn strings(source: &Source, eyes: &Eyes) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for pattern in texts::patterns(source) {
        // What a language is called in its own tongue is in another language by nature.
        if pattern.key.starts_with("language-own") || pattern.key.starts_with("language-suggest") {
            continue;
        }
        let mut gathered = Gathered::default();
        for piece in pattern.pieces {
            match piece {
                Some(range) => gathered.piece(&source.text, range),
                None => gathered.stands_for('\u{FFFC}', gathered.source(gathered.text.len(), true)),
            }
        }
        look(&gathered, source, Place::Plain, eyes, &mut problems);
    }
    problems
}

fn entries(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let entries = if let Value::Table(entries) = &node.value { entries.as_slice() } else { &[] };
    entries.iter().map(|entry| (entry.key.as_str(), &entry.node))
}

/// A text that is shown as it is.
fn plain(node: &Node, source: &Source, eyes: &Eyes, problems: &mut Vec<Diagnostic>) {
    let Value::String(text) = &node.value else { return };
    let mut gathered = Gathered::default();
    match range(text, &node.range, source) {
        Some(range) => gathered.piece(&source.text, range),
        // Escapes stand in between: there is a place, but nothing that could be replaced there.
        None => text.chars().for_each(|c| gathered.stands_for(c, node.range.start)),
    }
    look(&gathered, source, Place::Plain, eyes, problems);
}

/// Where a text stands in its value without the quotation marks, when it stands there as it is.
fn range(text: &str, range: &Range<usize>, source: &Source) -> Option<Range<usize>> {
    let at = source.text.get(range.clone())?.find(text)?;
    Some(range.start + at..range.start + at + text.len())
}
