//! Order among pages: sections, neighbours, the way home.

use super::Site;
use super::page::{LanguageIndex, Page};
use crate::base::config::Fallback;
use crate::base::path::PageId;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What lies directly below a section, in order.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Children {
    /// Pages.
    pub pages: Vec<usize>,
    /// Sections.
    pub sections: Vec<usize>,
}

impl Site {
    /// By weight, then title in the language's order, then identity.
    pub(super) fn order(&self, language: LanguageIndex, a: usize, b: usize) -> Ordering {
        let (a, b) = (&self.pages[a], &self.pages[b]);
        let weight = |page: &Page| page.summary.matter.weight.unwrap_or(i64::MAX);
        weight(a)
            .cmp(&weight(b))
            .then_with(|| self.languages[language].locale.compare(&a.summary.title, &b.summary.title))
            .then_with(|| a.id.cmp(&b.id))
    }

    /// Pages of other languages that lists of this one lead to, where a translation is missing.
    fn linked_originals(&self, language: LanguageIndex) -> Vec<usize> {
        let missing = self.sets.iter().filter(|(id, set)| set.fallback == Some(Fallback::Link) && !self.by_id[language].contains_key(*id));
        missing.filter_map(|(id, set)| self.by_id[set.original].get(id).copied()).collect()
    }

    /// Groups pages by section and puts them in order.
    pub(super) fn arrange(&mut self) {
        for language in 0..self.languages.len() {
            let mut children: BTreeMap<PageId, Children> = BTreeMap::new();
            for page in self.by_id[language].values().filter(|page| !self.pages[**page].id.is_empty()) {
                let here = children.entry(self.pages[*page].parent.clone()).or_default();
                if self.pages[*page].is_section { here.sections.push(*page) } else { here.pages.push(*page) }
            }
            for original in self.linked_originals(language) {
                let page = &self.pages[original];
                let here = children.entry(page.parent.clone()).or_default();
                if page.is_section { here.sections.push(original) } else { here.pages.push(original) }
            }
            for here in children.values_mut() {
                here.pages.sort_by(|a, b| self.order(language, *a, *b));
                here.sections.sort_by(|a, b| self.order(language, *a, *b));
            }
            let mut order = Vec::new();
            collect(self, &children, &PageId::new(""), &mut BTreeSet::new(), &mut order);
            order.retain(|page| self.pages[*page].language == language);
            for (place, page) in order.iter().enumerate() {
                self.reading_place.insert((language, self.pages[*page].id.clone()), place);
            }
            self.children[language] = children;
            self.reading_order[language] = order;
        }
    }

    /// From home to the section a page lies in.
    pub fn ancestors<'a>(&'a self, page: &'a Page) -> Vec<&'a Page> {
        let mut above = Vec::new();
        let mut here = page;
        while !here.id.is_empty() {
            let Some(parent) = self.page(page.language, &here.parent) else { break };
            above.push(parent);
            here = parent;
            if above.len() > 64 {
                break;
            }
        }
        above.reverse();
        above
    }

    /// The guides before and after one, in reading order.
    pub fn neighbours(&self, page: &Page) -> (Option<&Page>, Option<&Page>) {
        let (Some(here), order) = (self.reading_place.get(&(page.language, page.id.clone())), &self.reading_order[page.language]) else {
            return (None, None);
        };
        let at = |place: usize| order.get(place).map(|page| &self.pages[*page]);
        (here.checked_sub(1).and_then(at), at(here + 1))
    }
}

/// Guides in sections, section by section; each section once, even where two folders claim one identity.
fn collect(site: &Site, children: &BTreeMap<PageId, Children>, section: &PageId, seen: &mut BTreeSet<PageId>, order: &mut Vec<usize>) {
    let Some(here) = children.get(section).filter(|_| seen.insert(section.clone())) else { return };
    if !section.is_empty() {
        order.extend(here.pages.iter().copied().filter(|page| site.pages[*page].is_guide()));
    }
    for sub in &here.sections {
        if site.pages[*sub].template == "section" {
            collect(site, children, &site.pages[*sub].id, seen, order);
        }
    }
}
