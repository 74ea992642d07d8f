//! A page: what stands at an address in a language.

use crate::base::hash::Hash;
use crate::base::path::{Address, ItemId, OutPath, PageId, SourcePath};
use crate::document::Summary;
use crate::language::slug;
use std::sync::Arc;

/// Index of a language in the site's order.
pub type LanguageIndex = usize;

/// Where a page stands, and under which names: all of a page that its text does not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Shared by its translations.
    pub id: PageId,
    /// The reader's language.
    pub language: LanguageIndex,
    /// The language of the text.
    pub text_language: LanguageIndex,
    /// The file of the text.
    pub path: SourcePath,
    /// Decoded address.
    pub address: Address,
    /// Encoded address from the root, as it stands in links.
    pub href: Arc<str>,
    /// Identity of the section it lies in; for a section, the one above. The home page is its own.
    pub parent: PageId,
    /// The page of that section in its language.
    pub above: Option<usize>,
    /// Whether it is the `index.md` of a folder.
    pub is_section: bool,
    /// Template, without `.html`.
    pub template: String,
    /// The page of this identity in each language.
    pub versions: Arc<[Option<usize>]>,
    /// The page in the language of the original; where that has none, this one.
    pub original: usize,
    /// Its text's number among the documents.
    pub document: usize,
    /// The file it becomes.
    pub out: OutPath,
    /// The hash of all this, without numbers of pages and files.
    pub(super) hash: Hash,
}

/// A page in one language: its own, or another language's text in this language's frame.
#[derive(Clone, Debug)]
pub struct Page {
    pub(super) place: Arc<Place>,
    /// What its file says.
    pub summary: Arc<Summary>,
    /// The hash of everything that other pages may see of this one.
    pub hash: Hash,
    /// Final ids of its checklist items, in order.
    pub items: Arc<[ItemId]>,
}

impl std::ops::Deref for Page {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

impl Page {
    /// The page with a text from another file.
    #[must_use]
    pub fn from_file(&self, path: SourcePath) -> Page {
        Page { place: Arc::new(Place { path, ..Place::clone(&self.place) }), ..self.clone() }
    }
}

impl Place {
    /// Whether the text is another language's.
    pub fn is_fallback(&self) -> bool {
        self.language != self.text_language
    }

    /// A guide or plain page: not a section, not a generated list.
    pub fn is_guide(&self) -> bool {
        self.template == "page"
    }

    /// Whether it has a Markdown twin: with a text of its own, not a list that is made.
    pub fn has_twin(&self) -> bool {
        !self.is_fallback() && !matches!(self.template.as_str(), "plan" | "tags")
    }

    /// Where its twin is, decoded, from the root.
    pub fn twin(&self) -> String {
        format!("{}index.md", self.address.trim_start_matches('/'))
    }
}

/// The file behind an address that ends in `/`.
pub fn out_path(address: &str) -> OutPath {
    OutPath::new(format!("{}index.html", address.trim_start_matches('/')))
}

/// What readers ask for to get a file: its folder, where it is the `index.html` of that.
pub fn asked_for(out: &str) -> &str {
    out.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(out)
}

/// The encoded link to an address from the root; the portable profile names the file.
pub fn href(address: &str, portable: bool) -> Arc<str> {
    let mut href = slug::encode_path(address.trim_start_matches('/'));
    if portable && (href.is_empty() || href.ends_with('/')) {
        href.push_str("index.html");
    }
    href.into()
}

/// What leads from an address to the root of the site: `../` for each folder, `./` at the root.
pub fn root(address: &str) -> String {
    match address.trim_start_matches('/').matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}
