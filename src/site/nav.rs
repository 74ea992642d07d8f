//! Order among pages: sections, neighbours, the way home.

use super::Site;
use super::page::{LanguageIndex, Page};
use crate::base::path::PageId;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What lies directly below a section, in order.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Children {
    /// Pages.
    pub pages: Vec<usize>,
    /// Sections.
    pub sections: Vec<usize>,
}

impl Site {
    /// All pages that lists of a language lead to, in any order.
    pub(super) fn unordered(&self, language: LanguageIndex) -> Vec<usize> {
        self.by_id[language].values().chain(&self.linked_originals[language]).copied().collect()
    }

    /// Puts pages in the order of a language's lists: by weight, then title in the language's order, then identity.
    pub(super) fn sort(&self, language: LanguageIndex, pages: &mut [usize]) {
        let weight = |page: &Page| page.summary.matter.weight.unwrap_or(i64::MAX);
        pages.sort_by(|a, b| {
            let (a, b) = (&self.pages[*a], &self.pages[*b]);
            let by_title = || self.languages[language].locale.compare(&a.summary.title, &b.summary.title);
            weight(a).cmp(&weight(b)).then_with(by_title).then_with(|| a.id.cmp(&b.id))
        });
    }

    /// Groups pages by section; `ordered` has those of each language in order.
    pub(super) fn arrange(&mut self, ordered: &[Vec<usize>]) {
        let arranged: Vec<_> = ordered.par_iter().enumerate().map(|(language, pages)| self.arranged(language, pages)).collect();
        for (children, order) in arranged {
            order.iter().enumerate().for_each(|(place, page)| self.reading_place[*page] = Some(place));
            self.children.push(children);
            self.reading_order.push(order);
        }
    }

    /// The children of each section of a language, and its guides in reading order.
    fn arranged(&self, language: LanguageIndex, ordered: &[usize]) -> (BTreeMap<PageId, Children>, Vec<usize>) {
        let mut children: HashMap<&PageId, Children> = HashMap::new();
        for index in ordered {
            let page = &self.pages[*index];
            if page.id.is_empty() && page.language == language {
                continue;
            }
            let here = children.entry(&page.parent).or_default();
            if page.is_section { here.sections.push(*index) } else { here.pages.push(*index) }
        }
        let children = children.into_iter().map(|(section, children)| (section.clone(), children)).collect();
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
            let Some(parent) = here.above.map(|above| &self.pages[above]) else { break };
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
