//! Translations that readers get although parts of them are not translated yet, as where a skeleton of `rahnama new` was published.

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::document::{Document, Documents};
use crate::language::words::is_prose;
use crate::site::Site;
use crate::site::page::Page;
use std::collections::BTreeSet;
use std::ops::Range;

/// One problem a page (TRA006), at the first place.
pub fn page(subject: &Subject<'_>, page: &Page, _: &Document, problems: &mut Vec<Diagnostic>) {
    if page.summary.matter.draft {
        return;
    }
    let places = places(subject.site, page, subject.documents);
    let Some(first) = places.first() else { return };
    let message = match places.len() {
        1 => "readers get this translation, but this text is not translated yet".to_owned(),
        many => format!("readers get this translation, but {many} texts are not translated yet; this is the first"),
    };
    let help = "translate what is still as in the original, and write below each comment what it says; `draft = true` keeps the page back until then";
    problems.push(Diagnostic::new(Code::TRA006, message).at(first.clone()).help(help));
}

/// Where a translation, draft or not, still says what its original says, or has nothing below a comment with a text to translate; in order.
pub fn places(site: &Site, page: &Page, documents: &Documents) -> Vec<Span> {
    let original = site.original(page);
    let is_meant = [&site.config.lint_ignore, &page.summary.matter.lint_ignore].into_iter().flatten().any(|code| code == Code::TRA006.name);
    if page.is_fallback() || original.path == page.path || is_meant {
        return Vec::new();
    }
    let own = &*documents[page.document];
    // A dialect may say the same.
    let primary = |page: &Page| site.languages[page.language].tag.split('-').next().map(str::to_owned);
    let mut places = if primary(page) == primary(original) { Vec::new() } else { same_texts(own, &documents[original.document]) };
    // A skeleton may be made from any version.
    let others = site.translations(page).filter(|other| other.path != page.path).map(|other| &*documents[other.document]);
    places.extend(unanswered(own, others));
    places.sort_by_key(|place| place.start);
    places
}

/// Title, description, result, headings and checklist items that are the original's word for word; a name such as `Objectives and Key
/// Results` may be.
fn same_texts(own: &Document, original: &Document) -> Vec<Span> {
    let theirs: BTreeSet<&str> = texts(original).into_iter().map(|(text, _)| text).filter(|text| is_prose(text, 3, 2)).collect();
    texts(own).into_iter().filter(|(text, _)| theirs.contains(text)).map(|(_, place)| place).collect()
}

/// The texts that the summary holds, with their places; what says its language is meant to be in it.
fn texts(document: &Document) -> Vec<(&str, Span)> {
    let summary = &document.summary;
    let front =
        [("title", Some(&*summary.title)), ("description", summary.matter.description.as_deref()), ("result", summary.matter.result.as_deref())];
    let span = |range| Span::new(&document.source.path, range);
    let front = front.into_iter().filter_map(|(key, text)| Some((text?, span(document.line_of(key)))));
    let headings = summary.headings.iter().enumerate().map(|(number, heading)| (&*heading.text, document.heading_line(number)));
    let items = summary.items.iter().zip(&document.item_places).map(|(item, place)| (&*item.text, span(place.item.clone())));
    let says_its_language = |place: &Span| document.source.text[place.start as usize..place.end as usize].contains("lang=");
    front.chain(headings).chain(items).filter(|(_, place)| !says_its_language(place)).collect()
}

/// Comments with a block of another version that are followed by the next part of the skeleton.
fn unanswered<'a>(own: &Document, others: impl Iterator<Item = &'a Document>) -> Vec<Span> {
    const OPEN: &str = "\n<!--\n";
    let text = &*own.source.text;
    if !text.contains(OPEN) {
        return Vec::new();
    }
    let theirs: BTreeSet<&str> = others.flat_map(|other| blocks(other).map(|(_, range)| other.source.text[range].trim())).collect();
    let blocks: Vec<(usize, Range<usize>)> = blocks(own).collect();
    let block = |at: usize| blocks[..blocks.partition_point(|(_, range)| range.start <= at)].last().filter(|(_, range)| at < range.end);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(OPEN) {
        let start = at + offset + 1;
        let inner = start + OPEN.len() - 1;
        let Some(length) = text[inner..].find("-->") else { break };
        at = inner + length + "-->".len();
        let next = text.len() - text[at..].trim_start().len();
        let is_answered = block(next).is_some_and(|(root, _)| !own.tree.is_skeleton(*root));
        if !is_answered && block(start).is_none() && theirs.contains(text[inner..inner + length].replace("--&gt;", "-->").trim()) {
            found.push(Span::new(&own.source.path, start..start + "<!--".len()));
        }
    }
    found
}

/// The outermost blocks and where they stand.
fn blocks(document: &Document) -> impl Iterator<Item = (usize, Range<usize>)> {
    let nodes = &document.tree.nodes;
    document.tree.roots().map(|root| (root, nodes[root].start as usize..nodes[root].end as usize))
}
