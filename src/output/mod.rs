//! What a site becomes: a list, each part of which writes its files and reports what went wrong.

pub mod assets;
#[cfg(feature = "cards")]
pub mod cards;
#[cfg(feature = "compress")]
pub mod compress;
mod feed;
mod files;
mod headers;
#[cfg(feature = "images")]
pub mod images;
mod integrity;
mod llms;
mod manifest;
mod pages;
mod prefetch;
mod redirects;
mod robots;
pub mod search;
mod sitemap;
mod twins;

use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Files, Sink};
use crate::base::hash::Hash;
use crate::base::memo::Memo;
use crate::base::path::OutPath;
use crate::base::rows::Rows;
use crate::base::world::World;
use crate::document::Documents;
use crate::render::explain::Explain;
use crate::render::resolved::PageResolved;
use crate::render::terms::Definitions;
use crate::render::theme::{SharedParts, Theme};
use crate::render::view;
use crate::render::views::glossary::{self, TermRows, Terms};
use crate::render::views::{self, Sections, Views};
use crate::site::Site;
use crate::site::pages::{Seen, SeenRows};
use crate::site::strings::Strings;
pub use assets::{Assets, FOLDER as ASSETS};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One part of what a build writes.
pub struct Output {
    /// What it is called.
    pub name: &'static str,
    /// Writes it.
    pub emit: fn(&Shared<'_>, &dyn Sink) -> Vec<Diagnostic>,
    /// What it is made from.
    pub scope: Scope,
}

/// What an output is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What the site knows of its pages, the settings, strings and theme: it stays while only texts change.
    Site,
    /// Texts of pages, or files of the project.
    Texts,
}

/// Everything a build writes, beside each other; what is wrong is told in this order. [`search::Search`] comes after all of them, since nobody
/// who writes waits for it.
pub const OUTPUTS: &[Output] = &[
    Output { name: "assets", emit: assets::emit, scope: Scope::Texts },
    #[cfg(feature = "cards")]
    Output { name: "cards", emit: cards::emit, scope: Scope::Texts },
    Output { name: "feeds", emit: feed::emit, scope: Scope::Site },
    Output { name: "files", emit: files::emit, scope: Scope::Texts },
    Output { name: "headers", emit: headers::emit, scope: Scope::Site },
    #[cfg(feature = "images")]
    Output { name: "images", emit: images::emit, scope: Scope::Texts },
    Output { name: "llms", emit: llms::emit, scope: Scope::Site },
    Output { name: "manifest", emit: manifest::emit, scope: Scope::Site },
    Output { name: "pages", emit: pages::emit, scope: Scope::Texts },
    Output { name: "prefetch", emit: prefetch::emit, scope: Scope::Site },
    Output { name: "redirects", emit: redirects::emit, scope: Scope::Site },
    Output { name: "robots", emit: robots::emit, scope: Scope::Site },
    Output { name: "sitemap", emit: sitemap::emit, scope: Scope::Site },
    Output { name: "twins", emit: twins::emit, scope: Scope::Texts },
];

/// Writes a file, unless the author wrote one in its place.
fn put_unless_own(site: &Site, sink: &dyn Sink, path: &str, text: impl FnOnce() -> String) {
    if !site.is_own(path) {
        sink.put(OutPath::new(path), Blob::new(text()));
    }
}

/// A page with what was wrong in making it.
pub type Rendered = Result<Arc<Blob>, Box<Diagnostic>>;

/// Files of an output, in order, with what was wrong in making them.
type Emitted = Arc<(Vec<(OutPath, Arc<Blob>)>, Vec<Diagnostic>)>;

/// What outputs remember from build to build.
#[derive(Default)]
pub struct Memos {
    /// What pages share, by the site, the assets and the theme's settings.
    pub parts: Memo<Arc<Parts>>,
    /// Sections, by the site's structure and the pages in them.
    pub sections: views::SectionRows,
    /// Entries of the glossaries, by the pages that use the term.
    pub terms: TermRows,
    /// HTML of a page with the key of its view, by its file, the site's structure and the pages it looked at: as long as those stay, the
    /// view need not be made.
    pub rows: SeenRows<[Hash; 3], (Hash, Rendered)>,
    /// The same of other pages, by what they are made from.
    pub unchanged: Memo<Seen<(Hash, Rendered)>>,
    /// HTML of a view and the theme.
    pub pages: Memo<Rendered>,
    /// Files of an output of the site's scope, with what was wrong.
    pub outputs: Memo<Emitted>,
    /// Lines of `llms.txt`, by page.
    pub llms: Rows<Hash, Arc<str>>,
    /// Entries of the sitemap, by page.
    pub sitemap: Rows<Hash, Arc<str>>,
    /// Markdown twins, by file and site.
    pub twins: Rows<Hash, twins::Twin>,
    /// Pictures in their widths, by file.
    pub images: Memo<Result<Vec<Arc<Blob>>, String>>,
    /// Drawn cards.
    pub cards: Memo<Option<Arc<Blob>>>,
    /// Words of a text, files of a language's index; theirs are the builds in which an index is made.
    pub search: Arc<search::Memos>,
    /// Why pages were made, for those who ask.
    pub explain: Explain,
}

impl Memos {
    /// Tables that remember nothing, for a process that builds once.
    pub fn off() -> Memos {
        Memos {
            parts: Memo::off(),
            sections: SeenRows::off(),
            terms: SeenRows::off(),
            rows: SeenRows::off(),
            unchanged: Memo::off(),
            pages: Memo::off(),
            outputs: Memo::off(),
            llms: Rows::off(),
            sitemap: Rows::off(),
            twins: Rows::off(),
            images: Memo::off(),
            cards: Memo::off(),
            search: Arc::new(search::Memos::off()),
            explain: Explain::default(),
        }
    }

    /// Forgets what the build that ends here did not need; gives how many pages it made.
    pub fn turn(&self) -> usize {
        self.parts.turn();
        self.unchanged.turn();
        self.outputs.turn();
        self.images.turn();
        self.cards.turn();
        self.pages.turn()
    }
}

/// Hashes that stand for a site.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// Everything the site is made from.
    pub site: Hash,
    /// What it knows besides what each page says.
    pub structure: Hash,
}

/// What outputs are made from.
pub struct Job<'a> {
    /// The site.
    pub site: &'a Site,
    /// How each page stands to its original.
    pub states: &'a [crate::site::translation::State],
    /// The files of its pages.
    pub documents: &'a Documents,
    /// Strings of its languages, in its order.
    pub strings: &'a [Arc<Strings>],
    /// Its templates.
    pub theme: &'a Theme,
    /// Settings of the theme, as JSON texts.
    pub theme_settings: &'a BTreeMap<String, String>,
    /// Definitions of its terms.
    pub definitions: &'a Definitions,
    /// What each page knows of others, in the order of the site's pages.
    pub resolved: &'a [Arc<PageResolved>],
    /// Its theme's files.
    pub assets: &'a Assets,
    /// Where other files are read from.
    pub world: &'a dyn World,
    /// What stands for it.
    pub keys: Keys,
    /// What was made before.
    pub memos: &'a Memos,
}

/// A job with the parts that its pages share.
pub struct Shared<'a> {
    /// The job.
    pub job: Job<'a>,
    /// Makes views.
    pub views: Views<'a>,
    /// What all pages of a language share.
    pub sites: Vec<Arc<view::Shared<view::SiteView>>>,
    /// What the theme made for many pages at once.
    pub parts: SharedParts,
}

impl<'a> Shared<'a> {
    /// Makes what pages share.
    pub fn new(job: Job<'a>) -> Shared<'a> {
        let list = job.assets.list();
        let key = job.memos.parts.key(|| Hash::of_value(&(job.keys.site, job.definitions.hash, list, job.theme_settings)));
        let parts = job.memos.parts.get(key, || Arc::new(Parts::new(&job, list)));
        let views = Views::new(job.site, job.definitions, parts.sections.clone(), parts.terms.clone());
        Shared { views, sites: parts.sites.clone(), parts: SharedParts::default(), job }
    }
}

impl Output {
    /// Writes it, from memory where nothing that it is made from has changed; gives what was wrong.
    pub fn write(&self, shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
        let memo = &shared.job.memos.outputs;
        if !memo.remembers() {
            return (self.emit)(shared, sink);
        }
        // All at once, so that files which come in order stay so: the next ones are compared with them.
        let files = Files::default();
        if self.scope != Scope::Site {
            let problems = (self.emit)(shared, &files);
            sink.put_all(files.into_list());
            return problems;
        }
        let views: Vec<Hash> = shared.sites.iter().map(|site| site.hash).collect();
        let key = memo.key(|| Hash::of_value(&(self.name, shared.job.keys.site, shared.job.theme.hash, views)));
        let emitted = memo.get(key, || {
            let problems = (self.emit)(shared, &files);
            Arc::new((files.into_list(), problems))
        });
        sink.put_all(emitted.0.clone());
        emitted.1.clone()
    }
}

/// What all pages share of the site, made once for as long as it stays the same.
#[derive(Debug)]
pub struct Parts {
    sections: Arc<Sections>,
    terms: Arc<Terms>,
    sites: Vec<Arc<view::Shared<view::SiteView>>>,
}

impl Parts {
    fn new(job: &Job<'_>, assets: &[(String, String, String)]) -> Parts {
        let (sections, terms) = rayon::join(
            || Arc::new(views::sections(job.site, job.keys.structure, &job.memos.sections)),
            || Arc::new(glossary::terms(job.site, job.keys.structure, job.definitions, &job.memos.terms)),
        );
        let views = Views::new(job.site, job.definitions, sections.clone(), terms.clone());
        let one = |language: usize| {
            let mut site = views.site(language, assets);
            site.feed = feed::href(job.site, language);
            site.manifest = manifest::href(job.site, language);
            site.csp = headers::meta(job.site);
            site.search = Some(search::begin(&job.site.languages[language].tag));
            site.theme_settings = job.theme_settings.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            Arc::new(view::Shared::new(site))
        };
        Parts { sections, terms, sites: (0..job.site.languages.len()).into_par_iter().map(one).collect() }
    }
}
