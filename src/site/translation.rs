//! Translation sets: the pages with one identity.

use super::Site;
use super::drift::{Drift, compare};
use super::lock::{Key, Lock};
use super::page::{LanguageIndex, Page};
use crate::base::config::Fallback;
use crate::base::path::PageId;
use crate::document::Document;

/// Which documents a page has, by language.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Set {
    /// Index into the material's documents, for each language of the site.
    pub documents: Vec<Option<usize>>,
    /// The language of the original.
    pub original: LanguageIndex,
    /// What readers of other languages get.
    pub fallback: Option<Fallback>,
}

/// How a page stands to its original.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It is the original.
    Original,
    /// It shows another language's text.
    Missing,
    /// Made from the original as it is now.
    Current,
    /// The original has changed since.
    Stale(Drift),
    /// Nobody has said what it was made from.
    Unrecorded,
}

impl State {
    /// What has changed, if anything.
    pub fn drift(&self) -> Option<&Drift> {
        match self {
            State::Stale(drift) => Some(drift),
            _ => None,
        }
    }
}

impl Site {
    /// How a page stands to its original, of which the text is given.
    pub fn state(&self, page: &Page, lock: &Lock, original: &Document) -> State {
        if page.is_fallback() {
            return State::Missing;
        }
        if self.original(page).path == page.path {
            return State::Original;
        }
        let Some(key) = self.record_key(page, lock) else { return State::Unrecorded };
        let record = &lock.records[&key];
        let changes = compare(record, original.blocks());
        let structure = record.structure != Some(original.structure()) && !self.differences(page).is_empty();
        if changes.is_empty() && !structure { State::Current } else { State::Stale(Drift { changes, total: original.blocks().len(), structure }) }
    }

    /// Under which name a translation is recorded: its identity, or an earlier one.
    pub fn record_key(&self, page: &Page, lock: &Lock) -> Option<Key> {
        let tag = &self.languages[page.language].tag;
        let was = page.summary.matter.was.iter().chain(&self.original(page).summary.matter.was).map(|id| PageId::new(id.trim_matches('/')));
        std::iter::once(page.id.clone()).chain(was).map(|id| (tag.clone(), id)).find(|key| lock.records.contains_key(key))
    }

    /// Records that belong to no translation of this site: the language or the page is gone, or it is an original now.
    pub fn orphans(&self, lock: &Lock) -> Vec<Key> {
        let used: std::collections::BTreeSet<Key> = self
            .pages
            .iter()
            .filter(|page| !page.is_fallback() && self.original(page).path != page.path)
            .filter_map(|page| self.record_key(page, lock))
            .collect();
        lock.records.keys().filter(|key| !used.contains(*key)).cloned().collect()
    }

    /// The translations of a page that really are translated, itself included, in the site's order.
    pub fn translations<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a Page> {
        page.versions.iter().flatten().map(|other| &self.pages[*other]).filter(|other| !other.is_fallback())
    }

    /// The original of a page.
    pub fn original(&self, page: &Page) -> &Page {
        &self.pages[page.original]
    }

    /// The nearest page in a language for the switcher: the page itself, else its section, else home.
    pub fn nearest(&self, page: &Page, language: LanguageIndex) -> Option<&Page> {
        let above = self.ancestors(page);
        std::iter::once(page).chain(above.into_iter().rev()).find_map(|near| Some(&self.pages[near.versions[language]?]))
    }
}
