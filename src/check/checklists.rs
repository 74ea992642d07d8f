//! Checklists: ids are unique, old ids do not clash, translations can share ticks.

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::ItemId;
use crate::document::Document;
use crate::document::checklist::is_item_id;
use crate::language::slug;
use crate::site::checklist::{first_difference, same_skeleton};
use crate::site::page::Page;
use std::collections::{BTreeMap, BTreeSet};

/// Looks at the checklists of a page.
pub fn page(subject: &Subject<'_>, page: &Page, document: &Document, problems: &mut Vec<Diagnostic>) {
    ids(document, problems);
    let original = subject.site.original(page);
    if original.path == page.path {
        missing_ids(subject, page, problems);
        return;
    }
    if document.misses_items() || subject.documents[original.document].misses_items() {
        return;
    }
    let explicit = document.summary.items.iter().chain(&original.summary.items).all(|item| item.id.is_some());
    if let Some(first) = first_difference(&document.summary.items, &original.summary.items).filter(|_| !explicit) {
        let place = document.item_places.get(first).or(document.item_places.last()).map_or(0..0, |place| place.item.clone());
        let problem = Diagnostic::new(
            Code::CLS006,
            "from this item on, the checklists differ from the original, so ticks are not shared between the languages",
        );
        let help = "make the lists alike, or write an id behind every item, the same in all languages: `<!-- #goal -->`";
        problems.push(problem.at(Span::new(&page.path, place)).help(help));
    }
}

/// Proposes ids for the items of a guide that have none, in all its languages at once; not where the lists differ.
fn missing_ids(subject: &Subject<'_>, original: &Page, problems: &mut Vec<Diagnostic>) {
    let documents: Vec<&Document> = subject.site.translations(original).map(|page| &*subject.documents[page.document]).collect();
    let items = &original.summary.items;
    if documents.iter().any(|document| !same_skeleton(&document.summary.items, items)) {
        return;
    }
    let lacks = |document: &Document, number: usize| document.summary.items[number].id.is_none() && document.item_places[number].id.is_empty();
    // Where a comment with an id could not be read, in any language, the author's own id is to come.
    let waits = |number: usize| documents.iter().any(|document| document.summary.items[number].id.is_none() && !lacks(document, number));
    let wanted: Vec<bool> = (0..items.len()).map(|number| documents.iter().any(|document| lacks(document, number)) && !waits(number)).collect();
    let Some(first) = wanted.iter().position(|wanted| *wanted) else { return };
    let taken: BTreeSet<&str> =
        documents.iter().flat_map(|document| &document.summary.items).flat_map(|item| item.id.iter().chain(&item.was)).map(|id| &**id).collect();
    let ids: Vec<String> = original
        .items
        .iter()
        .zip(items)
        .enumerate()
        .map(|(number, (automatic, item))| {
            let given = documents.iter().find_map(|document| document.summary.items[number].id.as_ref());
            given.map_or_else(|| readable(&item.text, automatic, &taken), ToString::to_string)
        })
        .scan(BTreeMap::new(), |seen: &mut BTreeMap<String, u32>, id| Some(unused(seen, id)))
        .collect();
    let place = subject.documents[original.document].item_places.get(first).map_or(0..0, |place| place.item.clone());
    let mut problem =
        Diagnostic::new(Code::CLS008, "these checklist items have no ids of their own, so a change of their words loses readers' ticks")
            .at(Span::new(&original.path, place));
    for document in documents {
        for number in (0..items.len()).filter(|number| wanted[*number] && lacks(document, *number)) {
            let at = document.item_places[number].id.start;
            problem = problem.fix(Span::new(&document.source.path, at..at), format!(" <!-- #{} -->", ids[number]));
        }
    }
    problems.push(problem.help("`rahnama check --fix --write` gives each item an id, in all languages at once"));
}

/// The longest id made of an item's words.
const LONGEST: usize = 40;

/// An id from the words of the original where those are ASCII, else the automatic one.
fn readable(text: &str, automatic: &ItemId, taken: &BTreeSet<&str>) -> String {
    let slug = slug::slug(text);
    let cut = if slug.len() <= LONGEST { slug.len() } else { slug[..slug.floor_char_boundary(LONGEST + 1)].rfind('-').unwrap_or(LONGEST) };
    let id = slug.get(..cut).unwrap_or("").trim_matches('-');
    let fine = slug.is_ascii() && is_item_id(id) && id.bytes().any(|b| b.is_ascii_lowercase());
    if fine && !taken.contains(id) { id.to_owned() } else { automatic.to_string() }
}

/// The id, with a number behind it where another item has it.
fn unused(seen: &mut BTreeMap<String, u32>, id: String) -> String {
    let Some(last) = seen.get(&id).copied() else {
        seen.insert(id.clone(), 1);
        return id;
    };
    let (number, free) =
        (last + 1..).map(|number| (number, format!("{id}-{number}"))).find(|(_, id)| !seen.contains_key(id)).expect("numbers do not end");
    seen.insert(id, number);
    seen.insert(free.clone(), 1);
    free
}

fn ids(document: &Document, problems: &mut Vec<Diagnostic>) {
    let path = &document.source.path;
    let mut seen: BTreeMap<&ItemId, usize> = BTreeMap::new();
    for (number, item) in document.summary.items.iter().enumerate() {
        let place = |number: usize| Span::new(path, document.item_places[number].id.clone());
        let Some(id) = &item.id else { continue };
        if let Some(first) = seen.insert(id, number) {
            let problem = Diagnostic::new(Code::CLS001, format!("the id `{id}` is used twice")).at(place(number));
            problems.push(problem.label(place(first), "first used here").help("give one of the items another id"));
        }
    }
    let mut claimed: BTreeMap<&ItemId, usize> = BTreeMap::new();
    for (number, item) in document.summary.items.iter().enumerate() {
        for old in &item.was {
            let holder = seen.get(old).or_else(|| claimed.get(old)).copied();
            if let Some(holder) = holder {
                let place = |number: usize| Span::new(path, document.item_places[number].id.clone());
                let problem = Diagnostic::new(Code::CLS005, format!("the old id `{old}` belongs to another item too")).at(place(number));
                problems.push(problem.label(place(holder), "this one").help("state can move to one item only"));
            }
            claimed.insert(old, number);
        }
    }
}
