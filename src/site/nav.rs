//! Order among pages: sections, neighbours, the way home.

use super::Site;
use super::page::{LanguageIndex, Page};
use crate::base::config::Fallback;
use crate::base::path::PageId;
use rayon::prelude::*;
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
    /// The place of each page among all that lists of a language lead to; pages that they do not lead to come last.
    pub(super) fn ranks(&self, language: LanguageIndex) -> Vec<usize> {
        let mut pages: Vec<usize> = self.by_id[language].values().copied().chain(self.linked_originals(language)).collect();
        pages.sort_by(|a, b| self.order(language, *a, *b));
        let mut ranks = vec![usize::MAX; self.pages.len()];
        pages.into_iter().enumerate().for_each(|(rank, page)| ranks[page] = rank);
        ranks
    }

    /// By weight, then title in the language's order, then identity.
    fn order(&self, language: LanguageIndex, a: usize, b: usize) -> Ordering {
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
    pub(super) fn arrange(&mut self, ranks: &[Vec<usize>]) {
        let arranged: Vec<_> = (0..self.languages.len()).into_par_iter().map(|language| self.arranged(language, &ranks[language])).collect();
        for (language, (children, order)) in arranged.into_iter().enumerate() {
            for (place, page) in order.iter().enumerate() {
                self.reading_place[language].insert(self.pages[*page].id.clone(), place);
            }
            self.children[language] = children;
            self.reading_order[language] = order;
        }
    }

    /// The children of each section of a language, and its guides in reading order.
    fn arranged(&self, language: LanguageIndex, ranks: &[usize]) -> (BTreeMap<PageId, Children>, Vec<usize>) {
        let mut children: BTreeMap<PageId, Children> = BTreeMap::new();
        let own = self.by_id[language].values().copied().filter(|page| !self.pages[*page].id.is_empty());
        for index in own.chain(self.linked_originals(language)) {
            let page = &self.pages[index];
            let here = children.entry(page.parent.clone()).or_default();
            if page.is_section { here.sections.push(index) } else { here.pages.push(index) }
        }
        for here in children.values_mut() {
            here.pages.sort_by_key(|page| ranks[*page]);
            here.sections.sort_by_key(|page| ranks[*page]);
        }
        let mut order = Vec::new();
        collect(self, &children, &PageId::new(""), &mut BTreeSet::new(), &mut order);
        order.retain(|page| self.pages[*page].language == language);
        (children, order)
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
