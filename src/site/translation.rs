//! Translation sets: the pages with one identity.

use super::Site;
use super::page::{LanguageIndex, Page};
use crate::base::config::Fallback;

/// Which documents a page has, by language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    /// Index into the material's documents, for each language of the site.
    pub documents: Vec<Option<usize>>,
    /// The language of the original.
    pub original: LanguageIndex,
    /// What readers of other languages get.
    pub fallback: Option<Fallback>,
}

impl Site {
    /// The translations of a page that really are translated, itself included, in the site's order.
    pub fn translations<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a Page> {
        (0..self.languages.len()).filter_map(|language| self.page(language, &page.id)).filter(|other| !other.is_fallback())
    }

    /// The original of a page.
    pub fn original(&self, page: &Page) -> &Page {
        let language = self.sets.get(&page.id).map_or(page.text_language, |set| set.original);
        self.page(language, &page.id).unwrap_or_else(|| self.page(page.language, &page.id).expect("a page is in its own site"))
    }

    /// The nearest page in a language for the switcher: the page itself, else its section, else home.
    pub fn nearest(&self, page: &Page, language: LanguageIndex) -> Option<&Page> {
        let mut id = page.id.clone();
        loop {
            if let Some(found) = self.page(language, &id) {
                return Some(found);
            }
            if id.is_empty() {
                return None;
            }
            id = self.page(page.language, &id).map_or_else(|| crate::base::path::PageId::new(""), |page| page.parent.clone());
        }
    }
}
