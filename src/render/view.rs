//! All that a template may see of a page: plain values, so that a page is a pure function of its view and the theme.
//!
//! Names of people, pages and things come as [`UserText`], which a template meets twice: `title` is HTML inside `<bdi>`,
//! `title_text` is plain text for attributes and `<title>` (UAX #9, isolates).

use crate::base::hash::Hash;
use std::sync::Arc;
use tera::Value;

pub use super::values::ToValue;

/// A text that comes from an author, in a known or unknown direction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UserText {
    /// As plain text.
    pub text: String,
    /// As HTML with its inline markup, without the isolating element; empty when it is the escaped text.
    pub html: String,
    /// The language and its direction, where it is not the page's.
    pub lang: Option<(String, &'static str)>,
    /// The direction, where the first strong character would give the wrong one.
    pub dir: Option<&'static str>,
}

/// A link in navigation: to a page, a tag, a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Link {
    /// Identity of the page (or id of the tag or term).
    pub id: String,
    /// What it is called.
    pub title: UserText,
    /// Address from the root of the site, encoded, without a leading `/`; templates write `{{ root }}{{ link.href }}`.
    pub href: String,
    /// A sentence about it.
    pub description: Option<UserText>,
    /// Checklist items, as `guide:item item …`, for progress (`data-items`); empty when there are none.
    pub items: String,
    /// How many items.
    pub item_count: usize,
    /// Addresses of the guides in `items`, in the same order.
    pub item_hrefs: String,
    /// Minutes, on a learning path.
    pub minutes: Option<u32>,
    /// How many pages a section or tag has.
    pub count: usize,
}

/// One heading of the table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TocEntry {
    /// Its id, encoded as it stands behind `#`.
    pub anchor: String,
    /// Its text.
    pub title: UserText,
    /// The headings below it.
    pub children: Vec<TocEntry>,
}

/// One language in the switcher.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alternate {
    /// BCP 47 tag.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The language's own name.
    pub name: String,
    /// Its `og:locale`.
    pub og_locale: String,
    /// Where the page is in that language, or its nearest neighbour.
    pub href: String,
    /// Whether this is the page being read.
    pub current: bool,
    /// Whether the page has been translated (else the link leads to its fallback).
    pub translated: bool,
}

/// A date, for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateView {
    /// `2026-03-21`.
    pub iso: String,
    /// `21 mars 2026`, «۱ فروردین ۱۴۰۵».
    pub text: String,
}

/// Part of a list that is grouped: letters of the glossary, years, sections of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Group<T> {
    /// What it is called.
    pub title: UserText,
    /// An id for links.
    pub anchor: String,
    /// What is in it.
    pub entries: Vec<T>,
}

/// The language of a text that is not its page's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BodyLang {
    /// BCP 47 tag.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The script, in lower case: `arabic`.
    pub script: String,
}

/// A term of the glossary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TermView {
    /// Its id.
    pub id: String,
    /// The term.
    pub term: UserText,
    /// Its abbreviation.
    pub abbreviation: Option<UserText>,
    /// Other names.
    pub also: Vec<UserText>,
    /// The definition, as HTML of the content part.
    pub definition: String,
    /// Where it stands in the glossary.
    pub href: String,
    /// The same term in the other languages.
    pub translations: Vec<UserText>,
    /// Guides that use it.
    pub used_in: Vec<Link>,
}

/// A guide on another page: in full as a part of a printed path, or its checklists on My plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct GuideText {
    /// The guide.
    pub guide: Link,
    /// Its text, as HTML in the markup of a guide.
    pub html: String,
    /// The language of the text.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
}

/// A learning path that a guide is on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathPosition {
    /// The path.
    pub path: Link,
    /// Which step this is, from 1.
    pub step: usize,
    /// How many steps there are.
    pub total: usize,
    /// The next step.
    pub next: Option<Link>,
}

/// Why the text is not the reader's language, or not up to date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Notice {
    /// Shown in another language.
    Missing {
        /// Tag of the reader's language.
        language: String,
        /// Tag of the language that is shown.
        shown: String,
        /// Where the original is.
        href: String,
    },
    /// Translated from an earlier original.
    Stale {
        /// Tag of the original's language.
        source: String,
        /// When the original was updated, if it says so.
        date: Option<DateView>,
        /// Where the original is.
        href: String,
        /// How many blocks changed or were added.
        changed: usize,
    },
}

/// What all pages of one language share; made once for each language.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct SiteView {
    /// The site's id in readers' storage.
    pub id: String,
    /// Its title.
    pub title: UserText,
    /// Its description.
    pub description: UserText,
    /// The home page.
    pub home: Link,
    /// Top-level sections.
    pub sections: Vec<Link>,
    /// `glossary`, `tags`, `plan`, `paths` by template, where the site has them.
    pub special: Vec<(String, Link)>,
    /// Other top-level pages, such as "about".
    pub pages: Vec<Link>,
    /// Learning paths.
    pub paths: Vec<Link>,
    /// Fingerprinted assets: name → (href, integrity).
    pub assets: Vec<(String, String, String)>,
    /// SPDX licence of the texts.
    pub licence: Option<String>,
    /// Where problems are reported.
    pub issue_url: Option<String>,
    /// Settings of the theme, as JSON texts.
    pub theme_settings: Vec<(String, String)>,
    /// How many languages.
    pub language_count: usize,
    /// Feed of the language.
    pub feed: Option<String>,
    /// Web manifest of the language.
    pub manifest: Option<String>,
    /// Content security policy for a `<meta>` at the top of each page, where no server sends it.
    pub csp: Option<String>,
    /// Whether pages carry `integrity` (hosted profile).
    pub hosted: bool,
    /// Where the search index of the language begins.
    pub search: Option<String>,
    /// The languages of the site, each with its own name and its home page.
    pub languages: Vec<Alternate>,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct PageView {
    /// Name of the template, without `.html`.
    pub template: String,
    /// Identity.
    pub id: String,
    /// The language of the frame.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Class of the script: `latin`, `arabic` …
    pub script: String,
    /// `fa_IR`.
    pub og_locale: String,
    /// What leads from this page to the root of the site: `../../../`.
    pub root: String,
    /// Its own address from the root.
    pub href: String,
    /// Title.
    pub title: UserText,
    /// One sentence about it.
    pub description: Option<UserText>,
    /// The text, as HTML; filled in last.
    pub body: String,
    /// The hash of everything the text is made from, which stands for it when views are compared.
    pub body_key: Hash,
    /// Language of the text, when it is another than the frame's.
    pub body_lang: Option<BodyLang>,
    /// Headings.
    pub toc: Vec<TocEntry>,
    /// From home to the page above.
    pub breadcrumbs: Vec<Link>,
    /// The section it belongs to, with its pages.
    pub section: Option<Arc<Shared<SectionView>>>,
    /// The page before.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// Language switcher, in the site's order.
    pub alternates: Vec<Alternate>,
    /// First published.
    pub date: Option<DateView>,
    /// Last updated.
    pub updated: Option<DateView>,
    /// Reading time in minutes.
    pub reading_minutes: u32,
    /// Tags.
    pub tags: Vec<Link>,
    /// Authors.
    pub authors: Vec<UserText>,
    /// Read next.
    pub related: Vec<Link>,
    /// Terms in this guide.
    pub terms: Vec<TermView>,
    /// Its own checklist items, as in [`Link::items`].
    pub items: String,
    /// How many items.
    pub item_count: usize,
    /// Addresses of the guides in `items`.
    pub item_hrefs: String,
    /// Notice above the text.
    pub notice: Option<Notice>,
    /// Where the file can be edited.
    pub edit_url: Option<String>,
    /// Absolute canonical address.
    pub canonical: Option<String>,
    /// Absolute alternates, with `x-default`: (hreflang, address).
    pub hreflang: Vec<(String, String)>,
    /// Not to be indexed by search engines.
    pub noindex: bool,
    /// Absolute address of the picture for sharing.
    pub image: Option<String>,
    /// JSON-LD, ready to stand in its script element.
    pub json_ld: String,
    /// Paths this guide is on.
    pub on_paths: Vec<PathPosition>,
    /// Pages of a section, of a tag; steps of a path; paths of the site.
    pub entries: Vec<Link>,
    /// What the reader has after a path.
    pub result: Option<UserText>,
    /// Minutes of a path in all.
    pub minutes: u32,
    /// Printable page of a path, or the path of a print page.
    pub print_href: Option<String>,
    /// Terms of the glossary by letter.
    pub glossary: Vec<Group<Arc<Shared<TermView>>>>,
    /// Checklists of the plan by section.
    pub plan: Vec<Group<GuideText>>,
    /// Sections of the plan when it is split over several pages.
    pub plan_sections: Vec<Link>,
    /// Guides of a print page.
    pub print: Vec<GuideText>,
    /// Frames in other languages, on the chooser and the common 404 page.
    pub frames: Vec<Frame>,
    /// Free values from `extra` in the front matter, as JSON texts.
    pub extra: Vec<(String, String)>,
    /// Whether a table of contents is wanted.
    pub show_toc: bool,
}

/// What the chooser says in one language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Frame {
    /// BCP 47 tag.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The language's own name.
    pub name: String,
    /// The site's title in it.
    pub title: UserText,
    /// The site's description in it.
    pub description: UserText,
    /// Its home page.
    pub href: String,
}

/// A section with its pages; shared by all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SectionView {
    /// The section.
    pub link: Link,
    /// Its pages in order.
    pub pages: Vec<Link>,
    /// Its sections in order.
    pub sections: Vec<Link>,
}

/// A page together with what it shares.
#[derive(Clone, Debug)]
pub struct View {
    /// Shared by all pages of a language.
    pub site: Arc<Shared<SiteView>>,
    /// The page.
    pub page: PageView,
}

/// A value with its hash and its form for templates, both made once.
#[derive(Clone, Debug)]
pub struct Shared<T> {
    /// The value.
    pub plain: T,
    /// Its hash.
    pub hash: Hash,
    /// What templates see.
    pub value: Value,
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Shared<T>) -> bool {
        self.hash == other.hash
    }
}

impl<T> std::hash::Hash for Shared<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl<T: std::hash::Hash + ToValue> Shared<T> {
    /// Computes hash and template value.
    pub fn new(plain: T) -> Shared<T> {
        Shared { hash: Hash::of_value(&plain), value: plain.to_value(), plain }
    }
}
