//! From an outline and what its pages say to a site, in steps that each read what the one before made.

mod collected;

use super::outline::Outline;
use super::page::{Page, Place};
use super::pages::Pages;
use super::{Material, Site, checklist};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::path::ItemId;
use crate::base::rows::{Before, Rows};
use collected::Carriers;
use rayon::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// What assembling remembers of the last site.
#[derive(Default)]
pub struct Memos {
    /// Its outline, by paths and settings: one row.
    outline: Rows<Hash, Arc<Outline>>,
    /// What comes of each page, by its place and its texts.
    pages: Rows<[Hash; 3], Made>,
    /// Which pages carry a tag or use a term, by the outline and what each page carries and uses: one row.
    carriers: Rows<Hash, Arc<Carriers>>,
    /// The order of each language's pages, with the outline's key. Sorting begins with it; what comes out is the same.
    order: Mutex<(Hash, Vec<Vec<usize>>)>,
}

impl Memos {
    /// Tables that remember nothing, for a process that builds once.
    pub fn off() -> Memos {
        Memos { outline: Rows::off(), pages: Rows::off(), carriers: Rows::off(), order: Mutex::default() }
    }
}

/// What comes of a page and its texts.
#[derive(Clone)]
struct Made {
    /// The ids of its checklist items.
    items: Arc<[ItemId]>,
    /// The hash of everything that other pages may see of it.
    hash: Hash,
    /// The hash of its tags and terms.
    carries: Hash,
}

/// Puts a site together. Everything that is wrong is reported; what can stand stands.
///
/// `frame` stands for all of the material but its documents.
pub fn assemble(material: Material, frame: Hash, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Site {
    let key = Hash::of_value(&(frame, material.documents.iter().map(|head| head.standing).collect::<Vec<_>>()));
    let outline = memos.outline.get(key, vec![key], |_| true, |_, _| Arc::new(Outline::new(&material, key)))[0].clone();
    problems.extend(outline.problems(&material.documents));
    let (pages, carries) = pages(&outline, &material, memos);
    let count = material.languages.len();
    let mut site = Site {
        config: material.config,
        options: material.options,
        languages: material.languages,
        pages: Pages::new(pages),
        children: Vec::new(),
        reading_order: Vec::new(),
        reading_place: vec![None; outline.places.len()],
        tags: Vec::new(),
        term_pages: Vec::new(),
        paths_of: std::collections::BTreeMap::new(),
        files: material.files,
        static_files: material.static_files,
        outline,
    };
    let mut order = memos.order.lock().unwrap_or_else(PoisonError::into_inner);
    if order.0 != key {
        *order = (key, (0..count).map(|language| site.unordered(language)).collect());
    }
    order.1.par_iter_mut().enumerate().for_each(|(language, pages)| site.sort(language, pages));
    site.arrange(&order.1);
    let key = Hash::of_value(&(key, carries));
    let carriers = memos.carriers.get(key, vec![key], |_| true, |_, _| Arc::new(Carriers::of(&site)))[0].clone();
    site.collect_tags(&carriers, &order.1, problems);
    site.collect_terms(&carriers);
    site.collect_paths(problems);
    site.claim_addresses(problems);
    site
}

/// What stands at each place, and the hash of all that pages carry.
fn pages(outline: &Outline, material: &Material, memos: &Memos) -> (Vec<Page>, Hash) {
    let texts = |place: &Place| [place.document, outline.places[place.original].document].map(|document| &material.documents[document]);
    let key = |place: &Arc<Place>| [place.hash, texts(place)[0].hash, texts(place)[1].hash];
    let make = |page: usize, _: Before<'_, Made>| {
        let place = &outline.places[page];
        let [text, original] = texts(place);
        let items = checklist::item_ids(&text.summary.items, &original.summary.items);
        let hash = Hash::of_value(&(place.hash, &*items, text.hash));
        let tags: Vec<&str> = text.summary.matter.tags.iter().map(|tag| &*tag.text).collect();
        Made { items, hash, carries: Hash::of_value(&(tags, &text.summary.terms)) }
    };
    let made = memos.pages.get(Hash::default(), outline.places.iter().map(key).collect(), |_| true, make);
    let page = |(place, made): (&Arc<Place>, &Made)| {
        let summary = material.documents[place.document].summary.clone();
        Page { place: place.clone(), summary, hash: made.hash, items: made.items.clone() }
    };
    (outline.places.iter().zip(made.iter()).map(page).collect(), Hash::join(made.iter().map(|made| made.carries)))
}
