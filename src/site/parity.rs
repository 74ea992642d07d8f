//! What must be alike in all languages of a page: levels and explicit anchors of headings, ids of checklist items.

use super::Site;
use super::page::Page;
use crate::base::path::{Anchor, ItemId};
use std::collections::{BTreeMap, BTreeSet};

/// A difference between a translation and its original. Headings and items are given by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The original has an anchor that nothing here answers to.
    MissingAnchor {
        /// The heading in the original.
        original: usize,
        /// The heading here that it would follow.
        after: Option<usize>,
    },
    /// A heading here has an anchor that the original does not know.
    ExtraAnchor {
        /// The heading here.
        own: usize,
    },
    /// Headings that belong together have different levels.
    Level {
        /// The heading here.
        own: usize,
        /// The heading in the original.
        original: usize,
    },
    /// The original has more headings, from this one on.
    MissingHeading {
        /// The heading in the original.
        original: usize,
        /// The heading here that it would follow.
        after: Option<usize>,
    },
    /// There are more headings here, from this one on.
    ExtraHeading {
        /// The heading here.
        own: usize,
    },
    /// The original has an item with an id that is missing here.
    MissingItem {
        /// The item in the original.
        original: usize,
        /// The item here that it would follow.
        after: Option<usize>,
    },
    /// An item here has an id that the original does not know.
    ExtraItem {
        /// The item here.
        own: usize,
    },
}

impl Site {
    /// All differences between a translation and its original.
    pub fn differences(&self, page: &Page) -> Vec<Difference> {
        let original = self.original(page);
        if original.path == page.path {
            return Vec::new();
        }
        let mut found = self.anchor_differences(page, original);
        if found.is_empty() {
            found.extend(heading_difference(page, original));
        } else {
            found.extend(level_differences(page, original));
        }
        found.extend(item_differences(page, original));
        found
    }

    fn anchor_differences(&self, page: &Page, original: &Page) -> Vec<Difference> {
        let (own, others) = (&page.summary.headings, &original.summary.headings);
        let inherited: BTreeMap<Anchor, usize> = self.inherited_anchors(page).into_iter().map(|(number, anchor)| (anchor, number)).collect();
        let here: BTreeMap<&str, usize> = own.iter().enumerate().map(|(number, heading)| (&*heading.anchor, number)).collect();
        let find = |anchor: &Anchor| here.get(&**anchor).copied().or_else(|| inherited.get(anchor).copied());
        let mut found = Vec::new();
        let mut after = None;
        for (number, heading) in others.iter().enumerate() {
            match find(&heading.anchor) {
                Some(at) => after = Some(at),
                None if heading.explicit => found.push(Difference::MissingAnchor { original: number, after }),
                None => {}
            }
        }
        let known: BTreeSet<&str> = others.iter().map(|heading| &*heading.anchor).collect();
        found.extend(
            (0..own.len())
                .filter(|number| own[*number].explicit && !known.contains(&*own[*number].anchor))
                .map(|own| Difference::ExtraAnchor { own }),
        );
        found
    }

    /// The heading here that belongs to one of the original: the same anchor, else the same place.
    pub fn counterpart(&self, page: &Page, anchor: &str) -> Option<usize> {
        let original = self.original(page);
        let (own, others) = (&page.summary.headings, &original.summary.headings);
        if let Some(same) = own.iter().position(|heading| &*heading.anchor == anchor) {
            return Some(same);
        }
        let number = others.iter().position(|heading| &*heading.anchor == anchor)?;
        let alike = own.iter().zip(others).take_while(|(own, other)| own.level == other.level).count();
        (number < alike && !(own[number].explicit && others.iter().any(|other| other.anchor == own[number].anchor))).then_some(number)
    }
}

/// The first heading at which two texts part, by place.
fn heading_difference(page: &Page, original: &Page) -> Option<Difference> {
    let (own, others) = (&page.summary.headings, &original.summary.headings);
    let number = own.iter().zip(others).position(|(own, other)| own.level != other.level).unwrap_or(own.len().min(others.len()));
    match (number < own.len(), number < others.len()) {
        (true, true) if own.len() == others.len() => Some(Difference::Level { own: number, original: number }),
        (true, _) if own.len() > others.len() => Some(Difference::ExtraHeading { own: number }),
        (_, true) => Some(Difference::MissingHeading { original: number, after: number.checked_sub(1) }),
        _ => None,
    }
}

/// Levels of headings with the same explicit anchor.
fn level_differences(page: &Page, original: &Page) -> Vec<Difference> {
    let others = &original.summary.headings;
    let same = |(own, heading): (usize, &crate::document::Heading)| {
        let number = others.iter().position(|other| heading.explicit && other.anchor == heading.anchor)?;
        (others[number].level != heading.level).then_some(Difference::Level { own, original: number })
    };
    page.summary.headings.iter().enumerate().filter_map(same).collect()
}

fn item_differences(page: &Page, original: &Page) -> Vec<Difference> {
    let ids = |page: &Page| -> BTreeMap<ItemId, usize> {
        page.summary.items.iter().enumerate().filter_map(|(number, item)| Some((item.id.clone()?, number))).collect()
    };
    let (own, others) = (ids(page), ids(original));
    let mut found = Vec::new();
    let mut after = None;
    for (number, item) in original.summary.items.iter().enumerate() {
        match item.id.as_ref().map(|id| own.get(id)) {
            Some(Some(at)) => after = Some(*at),
            Some(None) => found.push(Difference::MissingItem { original: number, after }),
            None => {}
        }
    }
    let mut extra: Vec<usize> = own.iter().filter(|(id, _)| !others.contains_key(*id)).map(|(_, number)| *number).collect();
    extra.sort_unstable();
    found.extend(extra.into_iter().map(|own| Difference::ExtraItem { own }));
    found
}
