//! My plan: the guides with checklists by section, and the pages that it is split into.

use super::Site;
use super::page::{LanguageIndex, Page};
use crate::base::path::Address;

/// A plan with more items is split by section.
const LIMIT: usize = 500;

impl Site {
    /// Guides with checklists, by section, in reading order.
    pub fn plan_sections(&self, language: LanguageIndex) -> Vec<(usize, Vec<usize>)> {
        let mut sections: Vec<(usize, Vec<usize>)> = Vec::new();
        for index in self.reading_order[language].iter().copied() {
            let guide = &self.pages[index];
            let Some(section) = guide.above.filter(|_| !guide.items.is_empty()) else { continue };
            match sections.last_mut() {
                Some((last, guides)) if *last == section => guides.push(index),
                _ => sections.push((section, vec![index])),
            }
        }
        sections
    }

    /// Whether a plan of these sections has a page for each of them.
    pub fn is_plan_split(&self, sections: &[(usize, Vec<usize>)]) -> bool {
        sections.iter().flat_map(|(_, guides)| guides).map(|guide| self.pages[*guide].items.len()).sum::<usize>() > LIMIT
    }

    /// Where a section's part of the plan is: below the plan as the section is below the home page, so that no two parts have one address.
    pub fn plan_address(&self, plan: &Page, section: &Page) -> Address {
        let home = self.folders[plan.language].get("").map_or("/", |home| home);
        Address::new(format!("{}{}", plan.address, section.address.strip_prefix(home).unwrap_or(&section.address)))
    }
}
