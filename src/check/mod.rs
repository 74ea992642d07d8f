//! What may be wrong with a site: a list of checks that know nothing of each other.

pub mod characters;
pub mod checklists;
pub mod headings;
pub mod images;
pub mod pages;
pub mod strings;
pub mod translations;
pub mod typography;
pub mod unfinished;

use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::memo::Memo;
use crate::base::rows::{Before, Rows};
use crate::base::world::World;
use crate::document::{Document, Documents};
use crate::render::resolved::PictureSizes;
use crate::render::theme::{Templates, Theme};
use crate::site::Site;
use crate::site::page::Page;
use crate::site::pages::SeenRows;
use crate::site::strings::Strings;
use crate::site::translation::State;
use std::sync::Arc;

/// One check: looks, and reports.
pub type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

/// Every check, besides what reading, assembling and resolving links report by themselves.
pub const CHECKS: &[Check] = &[pages::run, images::run, translations, characters::run, strings::run, typography::run];

/// What concerns a page and its translations only, so that it is said again from memory while those and the site stay as they are.
const BETWEEN_TRANSLATIONS: &[fn(&Subject<'_>, &Page, &Document, &mut Vec<Diagnostic>)] =
    &[headings::page, checklists::page, translations::page, unfinished::page, typography::anchors];

/// Looks at each page beside its translations.
fn translations(subject: &Subject<'_>, problems: &mut Vec<Diagnostic>) {
    let site = subject.site;
    let own: Vec<usize> = site.pages.iter().enumerate().filter(|(_, page)| !page.is_fallback()).map(|(index, _)| index).collect();
    let hashes = subject.documents.hashes();
    let key = |index: &usize| {
        let page = &site.pages[*index];
        let versions = page.versions.iter().flatten();
        [page.hash, Hash::join(versions.map(|version| hashes[site.pages[*version].document]))]
    };
    let look = |row: usize, _: Before<'_, Vec<Diagnostic>>| {
        let (page, mut found) = (&site.pages[own[row]], Vec::new());
        BETWEEN_TRANSLATIONS.iter().for_each(|look| look(subject, page, &subject.documents[page.document], &mut found));
        found
    };
    let found = site.remember_rows(subject.pages, subject.frame, own.iter().map(key).collect(), look);
    problems.extend(found.iter().flat_map(|found| found.get().iter().cloned()));
}

/// What is looked at.
pub struct Subject<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its files.
    pub documents: &'a Documents,
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
    /// The hash of what the site knows besides what each page says, and of what translations were made from.
    pub frame: Hash,
    /// What was said about pages beside their translations.
    pub pages: &'a SeenRows<[Hash; 2], Vec<Diagnostic>>,
    /// What the author lint said about documents.
    pub lints: &'a Rows<Hash, Vec<Diagnostic>>,
    /// What it said about other files that are as they were.
    pub other_lints: &'a Memo<Arc<Vec<Diagnostic>>>,
    /// What it goes by in each language.
    pub eyes: &'a Memo<(Arc<typography::Eyes>, Vec<Diagnostic>)>,
}

impl Subject<'_> {
    /// How a page stands to its original.
    pub fn state(&self, page: &Page) -> &State {
        page.versions[page.language].map_or(&State::Original, |index| &self.states[index])
    }

    /// Pages with their documents, without those that show another language's text.
    pub fn pages(&self) -> impl Iterator<Item = (&Page, &Document)> {
        self.site.pages.iter().filter(|page| !page.is_fallback()).map(|page| (page, &*self.documents[page.document]))
    }
}
