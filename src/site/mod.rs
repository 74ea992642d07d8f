//! Many documents: addresses, translations, navigation. Assembled once, then fixed.

mod address;
mod assemble;
pub mod checklist;
pub mod drift;
pub mod glossary;
pub mod index;
pub mod lock;
pub mod nav;
pub mod outline;
pub mod page;
pub mod pages;
pub mod parity;
mod plan;
pub mod redirects;
pub mod strings;
pub mod translation;
pub mod unpublished;

pub use assemble::{Memos, assemble};

use crate::base::config::Config;
use crate::base::hash::Hash;
use crate::base::path::{Address, LanguageTag, PageId, SourcePath};
use crate::document::Summary;
use crate::language::date::Date;
use crate::language::locale::Locale;
use glossary::{Glossary, Tags};
use outline::Outline;
use page::{LanguageIndex, Page};
use pages::Pages;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A language of the site and what stands in its folder besides pages.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: LanguageTag,
    /// What it knows.
    pub locale: Arc<Locale>,
    /// Its terms.
    pub glossary: Glossary,
    /// Its tags.
    pub tags: Tags,
}

/// What a site is made of.
pub struct Material {
    /// The settings.
    pub config: Arc<Config>,
    /// Languages in the site's order.
    pub languages: Vec<Arc<Language>>,
    /// The pages' files, sorted by path.
    pub documents: Vec<Head>,
    /// Other files below `content`, sorted.
    pub files: BTreeSet<SourcePath>,
    /// Files below `static`, sorted.
    pub static_files: BTreeSet<SourcePath>,
    /// How to build.
    pub options: Options,
}

/// What a site knows of a file.
#[derive(Debug)]
pub struct Head {
    /// Where it is.
    pub path: SourcePath,
    /// What it says for other pages.
    pub summary: Arc<Summary>,
    /// The hash of that.
    pub hash: Hash,
    /// The hash of its path and what decides whether and where its page stands.
    pub standing: Hash,
}

/// Choices of the command line that change the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Whether unfinished pages are wanted.
    pub drafts: Drafts,
    /// Today, for `publish_at`, `expires_at` and `review_by`.
    pub today: Date,
    /// Which profile.
    pub profile: Profile,
}

/// Whether unfinished pages are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drafts {
    /// They are.
    Include,
    /// They are not.
    Exclude,
}

/// Where the site will be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// At `base_url`.
    Hosted,
    /// Anywhere, also from disk.
    Portable,
}

/// A tag in one language.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Tag {
    /// Its id.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// Where its page is.
    pub address: Address,
    /// The same, encoded.
    pub href: Arc<str>,
    /// Pages that carry it, in the language's order.
    pub pages: Vec<usize>,
}

/// The whole site.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// How it is built.
    pub options: Options,
    /// Languages in the site's order.
    pub languages: Vec<Arc<Language>>,
    /// All pages, by language, then identity.
    pub pages: Pages,
    /// Which pages there are.
    outline: Arc<Outline>,
    /// Children of each section, by language. Their order is that of what the pages in them say.
    children: Vec<BTreeMap<PageId, nav::Children>>,
    /// Guides of each language in reading order.
    pub reading_order: Vec<Vec<usize>>,
    /// Where each page stands in it.
    reading_place: Vec<Option<usize>>,
    /// Tags of each language, in its order.
    pub tags: Vec<Vec<Tag>>,
    /// Guides that use a term, by language.
    pub term_pages: Vec<BTreeMap<String, Vec<usize>>>,
    /// Learning paths that a guide is on, by identity of the guide: (path, step from 0).
    pub paths_of: BTreeMap<PageId, Vec<(PageId, usize)>>,
    /// Other files below `content`.
    pub files: BTreeSet<SourcePath>,
    /// Files below `static`.
    pub static_files: BTreeSet<SourcePath>,
}

impl std::ops::Deref for Site {
    type Target = Outline;

    fn deref(&self) -> &Outline {
        &self.outline
    }
}

impl Site {
    /// The hash of what the site knows besides what each page says: which pages there are, and where. Orders that hang on titles, and the
    /// lists of pages by tag and term, are not in it.
    pub fn structure(&self) -> Hash {
        let tags: Vec<_> = self.tags.iter().flatten().map(|tag| (&tag.id, &tag.name, &tag.address, tag.pages.len())).collect();
        Hash::of_value(&(self.outline.key, tags, &self.paths_of))
    }

    /// What lies directly below a section, in order: who shows it looks at each of its pages, so that no other order goes unseen.
    pub fn children(&self, language: LanguageIndex, section: &str) -> Option<&nav::Children> {
        self.children[language].get(section)
    }

    /// The sections of a language, in order of their identity.
    pub fn sections(&self, language: LanguageIndex) -> impl Iterator<Item = &PageId> {
        self.children[language].keys().filter(move |id| self.by_id[language].contains_key(*id))
    }

    /// The page of an identity in a language, its own or a fallback.
    pub fn page(&self, language: LanguageIndex, id: &str) -> Option<&Page> {
        self.by_id[language].get(id).map(|page| &self.pages[*page])
    }

    /// The page with a template in a language: glossary, plan, tags, paths.
    pub fn special(&self, language: LanguageIndex, template: &str) -> Option<&Page> {
        self.specials[language].get(template).map(|page| &self.pages[*page])
    }

    /// The home page of a language.
    pub fn home(&self, language: LanguageIndex) -> Option<&Page> {
        self.page(language, "")
    }

    /// Index of a language by its tag.
    pub fn language(&self, tag: &str) -> Option<LanguageIndex> {
        self.languages.iter().position(|language| &*language.tag == tag)
    }

    /// Index of the source language.
    pub fn source_language(&self) -> LanguageIndex {
        self.language(&self.config.source).unwrap_or(0)
    }

    /// Whether addresses are relative files that open from disk.
    pub fn is_portable(&self) -> bool {
        self.options.profile == Profile::Portable
    }

    /// The address where the site will live, for absolute links; `None` in the portable profile.
    pub fn base_url(&self) -> Option<&str> {
        self.config.base_url.as_deref().filter(|_| !self.is_portable())
    }

    /// The address of a file that each language has, from the root: `fa/feed.atom`; without the folder where there is one language.
    pub fn in_language(&self, language: LanguageIndex, file: &str) -> String {
        if self.config.is_multilingual() { format!("{}/{file}", self.languages[language].tag) } else { file.to_owned() }
    }

    /// Whether the author wrote this file, by its path from the root: then it stands in the place of the one that would be made.
    pub fn is_own(&self, path: &str) -> bool {
        let beside = match self.languages.as_slice() {
            [only] => format!("content/{}/{path}", only.tag),
            _ => format!("content/{path}"),
        };
        self.static_files.contains(format!("static/{path}").as_str()) || self.files.contains(beside.as_str())
    }

    /// The path of the site on its host, with a slash at both ends.
    pub fn base_path(&self) -> &str {
        let path = self.base_url().and_then(|base| base.split_once("://")).and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        path.unwrap_or("/")
    }

    /// What stands before an address from the root in a text that is read elsewhere: the whole address of the site, or its root.
    pub fn absolute(&self) -> &str {
        self.base_url().unwrap_or_else(|| self.base_path())
    }

    /// The term in a language, else in the source language; with the language it is in.
    pub fn term(&self, language: LanguageIndex, id: &str) -> Option<(LanguageIndex, &glossary::Term)> {
        [language, self.source_language()]
            .into_iter()
            .chain(0..self.languages.len())
            .find_map(|index| self.languages[index].glossary.terms.get(id).map(|term| (index, term)))
    }
}
