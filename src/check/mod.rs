//! What may be wrong with a site: a list of checks that know nothing of each other.

pub mod characters;
pub mod checklists;
pub mod headings;
pub mod images;
pub mod pages;
pub mod strings;
pub mod translations;
pub mod typography;

use crate::base::diagnostic::Diagnostic;
use crate::base::memo::Memo;
use crate::base::path::SourcePath;
use crate::base::world::World;
use crate::document::Document;
use crate::render::resolved::PictureSizes;
use crate::render::theme::{Templates, Theme};
use crate::site::Site;
use crate::site::strings::Strings;
use crate::site::translation::State;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One check.
pub struct Check {
    /// What it is called.
    pub name: &'static str,
    /// Looks, and reports.
    pub run: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

/// Every check, besides what reading, assembling and resolving links report by themselves.
pub const CHECKS: &[Check] = &[
    Check { name: "pages", run: pages::run },
    Check { name: "headings", run: headings::run },
    Check { name: "images", run: images::run },
    Check { name: "checklists", run: checklists::run },
    Check { name: "translations", run: translations::run },
    Check { name: "characters", run: characters::run },
    Check { name: "strings", run: strings::run },
    Check { name: "typography", run: typography::run },
];

/// What is looked at.
pub struct Subject<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its files.
    pub documents: &'a BTreeMap<SourcePath, Arc<Document>>,
    /// How each page stands to its original.
    pub states: &'a [State],
    /// Strings of its languages, in its order.
    pub languages: &'a [Arc<Strings>],
    /// Its theme, unless that could not be parsed.
    pub theme: Option<&'a Theme>,
    /// The theme's templates.
    pub templates: &'a Templates,
    /// Sizes of pictures.
    pub sizes: &'a PictureSizes,
    /// Where other files are read from.
    pub world: &'a dyn World,
    /// What the author lint said about files that are as they were.
    pub lints: &'a Memo<Arc<Vec<Diagnostic>>>,
}

impl Subject<'_> {
    /// How a page stands to its original.
    pub fn state(&self, page: &crate::site::page::Page) -> &State {
        let index = self.site.by_id[page.language].get(&page.id);
        index.map_or(&State::Original, |index| &self.states[*index])
    }

    /// Pages with their documents, without those that show another language's text.
    pub fn pages(&self) -> impl Iterator<Item = (&crate::site::page::Page, &Document)> {
        self.site.pages.iter().filter(|page| !page.is_fallback()).filter_map(|page| Some((page, &**self.documents.get(&page.path)?)))
    }
}
