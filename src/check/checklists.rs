//! Checklists: ids are unique, old ids do not clash, translations can share ticks (CHECKLISTS.md E-2 … E-4).

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::ItemId;
use crate::document::Document;
use crate::site::checklist::first_difference;
use std::collections::BTreeMap;

/// Looks at every checklist.
pub fn run(subject: &Subject<'_>, problems: &mut Vec<Diagnostic>) {
    for (page, document) in subject.pages() {
        ids(document, problems);
        let original = subject.site.original(page);
        let explicit = document.summary.items.iter().all(|item| item.id.is_some()) && original.summary.items.iter().all(|item| item.id.is_some());
        if original.path == page.path || explicit {
            continue;
        }
        if let Some(first) = first_difference(&document.summary.items, &original.summary.items) {
            let place = document.item_places.get(first).or(document.item_places.last()).map_or(0..0, |place| place.item.clone());
            let problem = Diagnostic::new(
                Code::CLS006,
                "from this item on, the checklists differ from the original, so ticks are not shared between the languages",
            );
            problems.push(
                problem.at(Span::new(&page.path, place)).help("make the lists alike, or give the items ids with `rahnama check --fix --write`"),
            );
        }
    }
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
