//! All that the body of a page needs to know of other pages: as long as this and its file stay the same, so does its HTML.

use super::links::is_optional;
use super::view::UserText;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::path::{Anchor, ItemId, SourcePath};
use crate::document::Document;
use crate::document::tree::Kind;
use crate::site::Site;
use crate::site::checklist::revision;
use crate::site::index::Resolution;
use crate::site::page::{Page, root};
use crate::site::translation::State;
use std::collections::{BTreeMap, BTreeSet};

/// Where a link leads, ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LinkTarget {
    /// Encoded, relative to the page.
    pub href: String,
    /// The target's title, for links without a text of their own.
    pub title: Option<UserText>,
    /// Language and direction of what it leads to, when it is another.
    pub lang: Option<(String, &'static str)>,
    /// The glossary term it explains.
    pub term: Option<String>,
    /// Whether it leads to another site.
    pub external: bool,
}

/// A picture, ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Picture {
    /// Encoded, relative to the page.
    pub src: String,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// The file, and its address from the root, of a picture that is also written in several widths.
    pub file: Option<(SourcePath, String)>,
}

/// Pictures with more pixels are not decoded.
pub const MOST_PIXELS: u64 = 50_000_000;

/// Widths in which pictures are written: for a phone, a phone with a fine screen, and a page on a fine screen.
const WIDTHS: [u32; 3] = [480, 960, 1600];

/// The widths in which a picture is written as WebP: those below its own, and its own up to the largest.
pub fn widths(path: &SourcePath, (width, _): (u32, u32)) -> Vec<u32> {
    let photo = matches!(path.extension().map(str::to_ascii_lowercase).as_deref(), Some("png" | "jpg" | "jpeg"));
    if !photo || width <= WIDTHS[0] {
        return Vec::new();
    }
    let own = width.min(WIDTHS[2]);
    WIDTHS.into_iter().filter(|known| *known < own).chain([own]).collect()
}

/// The address of a picture in one of its widths.
pub fn smaller(href: &str, width: u32) -> String {
    format!("{href}.{width}.webp")
}

/// A checklist item as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ItemView {
    /// Final id.
    pub id: ItemId,
    /// Hash of the original's text.
    pub revision: String,
    /// Whether it, or an item above it, is optional.
    pub optional: bool,
}

/// Everything about one page's body that is not in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// What leads to the root of the site.
    pub root: String,
    /// The guide's key in readers' storage.
    pub guide: String,
    /// Earlier keys.
    pub was: Vec<String>,
    /// Links in order.
    pub links: Vec<LinkTarget>,
    /// Pictures in order.
    pub pictures: Vec<Picture>,
    /// Items in order.
    pub items: Vec<ItemView>,
    /// Anchors that headings inherit from the original: number of the heading → anchor.
    pub inherited: BTreeMap<usize, Anchor>,
    /// Sections whose original has changed: anchor here → link to the place in the original.
    pub stale: BTreeMap<String, String>,
    /// Terms that already have been linked get no second popover; the first use of each, by number of the link.
    pub first_terms: BTreeSet<u32>,
}

impl Resolved {
    /// Its hash.
    pub fn hash(&self) -> Hash {
        Hash::of_value(self)
    }
}

/// What was resolved for a page.
#[derive(Clone, Debug)]
pub struct PageResolved {
    /// For its body.
    pub resolved: Resolved,
    /// What is wrong with its links.
    pub problems: Vec<Diagnostic>,
    /// The hash of the file, of what was resolved, and of how the page stands to its original.
    pub key: Hash,
}

/// Sizes of pictures by file.
pub type PictureSizes = BTreeMap<SourcePath, (u32, u32)>;

/// Resolves what a page's file refers to. Problems are those of links; they have their places.
pub fn resolve(site: &Site, page: &Page, document: &Document, sizes: &PictureSizes, state: &State) -> (Resolved, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let root = root(&page.address);
    let mut seen = BTreeSet::new();
    let mut first_terms = BTreeSet::new();
    let own: BTreeSet<&str> = page.summary.headings.iter().map(|heading| &*heading.anchor).collect();
    let mut links = Vec::with_capacity(document.links.len());
    for (number, reference) in document.links.iter().enumerate() {
        let Kind::Link(link) = &document.tree.nodes[reference.node as usize].kind else { continue };
        let resolution = site.resolve(page, &link.target);
        if let Resolution::Here(anchor) = &resolution
            && own.contains(&**anchor)
        {
            links.push(LinkTarget { href: format!("#{}", encode_fragment(anchor)), ..LinkTarget::default() });
            continue;
        }
        if let Resolution::Term(term) = &resolution
            && seen.insert(term.clone())
        {
            first_terms.insert(number as u32);
        }
        links.push(target(site, page, resolution, &root, |problem| {
            problems.push(problem.at(crate::base::diagnostic::Span::new(&page.path, reference.range.clone())));
        }));
    }
    let resolved = Resolved {
        guide: page.id.to_string(),
        was: page.summary.matter.was.clone(),
        links,
        pictures: pictures(site, page, document, sizes, &root),
        items: items(site, page),
        inherited: site.inherited_anchors(page).into_iter().collect(),
        stale: stale(site, page, state, &root),
        first_terms,
        root,
    };
    (resolved, problems)
}

/// Headings here whose section has changed in the original, with links to the place there.
fn stale(site: &Site, page: &Page, state: &State, root: &str) -> BTreeMap<String, String> {
    let Some(drift) = state.drift() else { return BTreeMap::new() };
    let original = site.original(page);
    let here = |section: &str| {
        let heading = &page.summary.headings[site.counterpart(page, section)?];
        Some((heading.anchor.to_string(), format!("{root}{}#{}", original.href, encode_fragment(section))))
    };
    drift.sections().into_iter().filter(|section| !section.is_empty()).filter_map(here).collect()
}

fn target(site: &Site, page: &Page, resolution: Resolution, root: &str, problem: impl FnOnce(Diagnostic)) -> LinkTarget {
    match resolution {
        Resolution::Page { page: found, anchor } => page_target(site, page, &site.pages[found], anchor.as_deref(), root),
        Resolution::Here(anchor) => match site.check_anchor(page, &anchor) {
            Ok(()) => LinkTarget { href: format!("#{}", encode_fragment(&anchor)), ..LinkTarget::default() },
            Err(broken) => {
                problem(*broken);
                LinkTarget::default()
            }
        },
        Resolution::File(file) => LinkTarget { href: format!("{root}{file}"), ..LinkTarget::default() },
        Resolution::External(address) => LinkTarget { href: address, external: true, ..LinkTarget::default() },
        Resolution::Term(id) => term_target(site, page, &id, root),
        Resolution::Broken(broken) => {
            problem(*broken);
            LinkTarget::default()
        }
    }
}

fn encode_fragment(anchor: &str) -> String {
    crate::language::slug::encode_path(anchor)
}

fn page_target(site: &Site, page: &Page, found: &Page, anchor: Option<&str>, root: &str) -> LinkTarget {
    let fragment = anchor.map(|anchor| format!("#{}", encode_fragment(anchor))).unwrap_or_default();
    let text = &site.languages[found.text_language].locale;
    let other = found.text_language != page.text_language;
    let heading = anchor.and_then(|anchor| found.summary.headings.iter().find(|heading| *heading.anchor == *anchor));
    let title = heading.map_or(&found.summary.title, |heading| &heading.text);
    LinkTarget {
        href: format!("{root}{}{fragment}", found.href),
        title: Some(UserText::new(title.as_str(), text.direction)),
        lang: other.then(|| (text.tag.clone(), text.direction.as_str())),
        term: None,
        external: false,
    }
}

fn term_target(site: &Site, page: &Page, id: &str, root: &str) -> LinkTarget {
    // Terms are those of the text: an English text in a Persian frame links to English words, but to the reader's glossary.
    let Some((language, term)) = site.term(page.text_language, id) else { return LinkTarget::default() };
    let locale = &site.languages[language].locale;
    let glossary = site.special(page.language, "glossary").map(|glossary| format!("{root}{}#{id}", glossary.href));
    LinkTarget {
        href: glossary.unwrap_or_default(),
        title: Some(UserText::new(term.term.as_str(), locale.direction)),
        lang: (language != page.text_language).then(|| (locale.tag.clone(), locale.direction.as_str())),
        term: Some(id.to_owned()),
        external: false,
    }
}

fn pictures(site: &Site, page: &Page, document: &Document, sizes: &PictureSizes, root: &str) -> Vec<Picture> {
    let one = |node: u32| {
        let Kind::Image(image) = &document.tree.nodes[node as usize].kind else { return Picture::default() };
        if image.address.starts_with("https://") {
            return Picture { src: image.address.to_string(), ..Picture::default() };
        }
        match site.picture(page, &image.address) {
            Some((file, href)) => {
                Picture { src: format!("{root}{href}"), size: sizes.get(&file).copied(), file: site.config.images.then_some((file, href)) }
            }
            None => Picture::default(),
        }
    };
    document.images.iter().map(|reference| one(reference.node)).collect()
}

fn items(site: &Site, page: &Page) -> Vec<ItemView> {
    let original = site.original(page);
    let own = &page.summary.items;
    let text_of: BTreeMap<&ItemId, String> = original.items.iter().zip(&original.summary.items).map(|(id, item)| (id, revision(item))).collect();
    page.items
        .iter()
        .enumerate()
        .map(|(number, id)| ItemView {
            id: id.clone(),
            revision: text_of.get(id).cloned().unwrap_or_else(|| revision(&own[number])),
            optional: is_optional(page, number),
        })
        .collect()
}
