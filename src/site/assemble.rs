//! From an outline and what its pages say to a site, in steps that each read what the one before made.

mod collected;

use super::outline::Outline;
use super::page::{Page, Place};
use super::pages::Pages;
use super::{Material, Site, checklist};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::memo::Memo;
use crate::base::path::ItemId;
use rayon::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// What assembling remembers.
#[derive(Default)]
pub struct Memos {
    /// The outline of paths and settings.
    pub outlines: Memo<Arc<Outline>>,
    /// The ids of a page's checklist items and its hash, of its place and its texts.
    pub pages: Memo<(Arc<[ItemId]>, Hash)>,
    /// The order of each language's pages in the last site, with the outline's key. Sorting begins with it; what comes out is the same.
    last: Mutex<(Hash, Vec<Vec<usize>>)>,
}

impl Memos {
    /// Tables that remember nothing, for a process that builds once.
    pub fn off() -> Memos {
        Memos { outlines: Memo::off(), pages: Memo::off(), last: Mutex::default() }
    }

    /// Forgets what the build that ends here did not need.
    pub fn turn(&self) {
        self.outlines.turn();
        self.pages.turn();
    }
}

/// Puts a site together. Everything that is wrong is reported; what can stand stands.
///
/// `frame` stands for all of the material but its documents.
pub fn assemble(material: Material, frame: Hash, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Site {
    let standing = || Hash::of_value(&(frame, material.documents.iter().map(|head| head.standing).collect::<Vec<_>>()));
    let key = memos.outlines.key(standing);
    let outline = memos.outlines.get(key, || Arc::new(Outline::new(&material, key)));
    problems.extend(outline.problems(&material.documents));
    let pages = outline.places.par_iter().map(|place| page(place, &material, memos)).collect();
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
    let mut last = memos.last.lock().unwrap_or_else(PoisonError::into_inner);
    if last.0 != key || !memos.outlines.remembers() {
        *last = (key, (0..count).map(|language| site.unordered(language)).collect());
    }
    last.1.par_iter_mut().enumerate().for_each(|(language, pages)| site.sort(language, pages));
    site.arrange(&last.1);
    site.collect_tags(&last.1, problems);
    site.collect_terms();
    site.collect_paths(problems);
    site.claim_addresses(problems);
    site
}

/// What stands at a place.
fn page(place: &Arc<Place>, material: &Material, memos: &Memos) -> Page {
    let (text, original) = (&material.documents[place.document], &material.documents[place.original_document]);
    let key = memos.pages.key(|| Hash::of_value(&(place.hash, text.hash, original.hash)));
    let (items, hash) = memos.pages.get(key, || {
        let items = checklist::item_ids(&text.summary.items, &original.summary.items);
        let hash = Hash::of_value(&(place.hash, &*items, text.hash));
        (items, hash)
    });
    Page { place: place.clone(), summary: text.summary.clone(), hash, items }
}
