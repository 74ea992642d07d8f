//! Search without a server: for each language an index that a script loads piece by piece (LANGUAGE.md §4).
//!
//! Words are counted text by text and remembered; a page whose text is another language's is found in that language only.

mod index;
mod tables;
mod words;

use super::Shared;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::hash::Hash;
use crate::base::memo::Memo;
use crate::base::path::OutPath;
use crate::base::source::Source;
use crate::document::tree::{Link, Target};
use crate::document::{Settings, snippet};
use crate::site::glossary::{DEFINITION_HTML, Term};
use crate::site::page::{LanguageIndex, Page};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use words::Words;

/// What search remembers from build to build.
#[derive(Default)]
pub struct Memos {
    /// The words of a text.
    words: Memo<(Arc<Words>, Hash)>,
    /// The files of a language.
    files: Memo<Made>,
}

/// Files of an index.
type Made = Arc<Vec<(OutPath, Arc<Blob>)>>;

impl Memos {
    /// Tables that remember nothing.
    pub fn off() -> Memos {
        Memos { words: Memo::off(), files: Memo::off() }
    }

    /// Forgets what the build that ends here did not need.
    pub fn turn(&self) {
        self.words.turn();
        self.files.turn();
    }
}

/// Where the index of a language begins, from the root of the site. The name does not change with the content, so pages do not either.
pub fn begin(tag: &str) -> String {
    format!("search/{tag}/index.js")
}

/// Writes the index of each language.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    (0..shared.job.site.languages.len()).into_par_iter().for_each(|language| {
        for (path, blob) in shared.index(language).iter() {
            sink.put(path.clone(), blob.clone());
        }
    });
    Vec::new()
}

impl Shared<'_> {
    /// The files of a language, remembered as long as no text, title, address or name changes.
    fn index(&self, language: LanguageIndex) -> Made {
        let site = self.job.site;
        let found: Vec<usize> = site.by_id[language].values().copied().filter(|page| is_found(&site.pages[*page])).collect();
        let words: Vec<(Arc<Words>, Hash)> = found.par_iter().map(|page| self.words(*page)).collect();
        let pages: Vec<&Page> = found.iter().map(|page| &site.pages[*page]).collect();
        let memo = &self.job.memos.search.files;
        let key = memo.key(|| {
            let one = |(page, (_, hash)): (&&Page, &(Arc<Words>, Hash))| {
                let anchors: Vec<&str> = page.summary.headings.iter().map(|heading| &*heading.anchor).collect();
                Hash::of_value(&(&page.href, &page.summary.title, self.section_of(page), anchors, &page.items, hash))
            };
            let pages: Vec<Hash> = pages.iter().zip(&words).map(one).collect();
            let glossaries: Vec<_> = site.languages.iter().map(|language| language.glossary.source.as_ref().map(|source| source.hash)).collect();
            Hash::of_value(&(pages, glossaries, self.job.strings[language].hash(), format!("{:?}", site.languages[language].locale.search)))
        });
        memo.get(key, || {
            let names = self.names(language, &pages);
            let pages: Vec<index::Page<'_>> = pages.into_iter().zip(words).map(|(page, (words, _))| self.page_of_index(page, words)).collect();
            Arc::new(index::files(&pages, &names, &site.languages[language].locale))
        })
    }

    fn section_of(&self, page: &Page) -> &str {
        self.job
            .site
            .page(page.language, &page.parent)
            .filter(|section| !section.id.is_empty() && section.id != page.id)
            .map_or("", |section| &section.summary.title)
    }

    fn page_of_index<'p>(&'p self, page: &'p Page, words: Arc<Words>) -> index::Page<'p> {
        index::Page {
            href: &page.href,
            title: &page.summary.title,
            section: self.section_of(page),
            words,
            headings: page.summary.headings.iter().map(|heading| &*heading.anchor).collect(),
            items: page.items.iter().map(|item| &**item).collect(),
        }
    }

    /// The words of a page; those of the glossary are its terms.
    fn words(&self, index: usize) -> (Arc<Words>, Hash) {
        let page = &self.job.site.pages[index];
        let (site, document) = (self.job.site, &self.job.documents[&page.path]);
        let locale = &site.languages[page.language].locale;
        let links: Vec<Option<&str>> =
            self.job.resolved[index].resolved.links.iter().map(|link| link.title.as_ref().map(|title| title.text.as_str())).collect();
        // Definitions name terms and pages of the whole site.
        let glossary = (page.template == "glossary").then_some(self.job.site_key);
        let memo = &self.job.memos.search.words;
        // The document's hash covers its language and the rules of that.
        let key = memo.key(|| Hash::of_value(&(document.hash, &links, &glossary)));
        memo.get(key, || {
            let words = if glossary.is_some() {
                words::of_entries(&page.summary.title, self.entries(page.language), &locale.search)
            } else {
                words::of_document(document, &links, &locale.search)
            };
            let hash = if memo.remembers() { Hash::of_value(&words) } else { Hash::default() };
            (Arc::new(words), hash)
        })
    }

    /// The terms of a language's own glossary: id, name, other names in all languages, definition.
    fn entries(&self, language: LanguageIndex) -> impl Iterator<Item = (String, String, Vec<String>, String)> {
        let site = self.job.site;
        site.languages[language].glossary.terms.iter().map(move |(id, term)| {
            let others = site.languages.iter().filter_map(|other| other.glossary.terms.get(id)).flat_map(names_of);
            let others: BTreeSet<String> = others.filter(|name| *name != term.term).collect();
            (id.clone(), term.term.clone(), others.into_iter().collect(), self.definition(language, term))
        })
    }

    /// A definition as it reads.
    fn definition(&self, language: LanguageIndex, term: &Term) -> String {
        let own = &self.job.site.languages[language];
        let Some(source) = &own.glossary.source else { return String::new() };
        let text = Source::new(source.path.clone(), term.definition.text.as_str());
        let settings = Settings { html: DEFINITION_HTML, language: own.tag.clone(), locale: own.locale.clone(), hash: Hash::default() };
        let length = text.text.len();
        let piece = snippet(text, 0..length, &settings);
        let name = |link: &Link| match &link.target {
            Target::Term(id) => self.job.site.term(language, id).map(|(_, term)| term.term.clone()),
            Target::Page(id) => self.job.site.page(language, id).map(|page| page.summary.title.clone()),
            Target::Address(_) => None,
        };
        words::plain_text(&piece.tree, &piece.source.text, name)
    }

    /// The names of every term that the language has, for those who know it by another.
    fn names(&self, language: LanguageIndex, pages: &[&Page]) -> Vec<index::Names> {
        let site = self.job.site;
        let glossary = pages.iter().position(|page| page.template == "glossary").and_then(|page| u32::try_from(page).ok());
        let terms = site.languages[language].glossary.terms.iter();
        terms
            .zip(1_u32..)
            .map(|((id, term), number)| index::Names {
                own: names_of(term).collect(),
                others: site.languages.iter().filter_map(|other| other.glossary.terms.get(id)).flat_map(names_of).collect(),
                entry: glossary.map(|page| (page, number)),
            })
            .collect()
    }
}

fn names_of(term: &Term) -> impl Iterator<Item = String> {
    std::iter::once(&term.term).chain(&term.also).chain(&term.abbreviation).cloned()
}

/// Whether search finds a page: its own text, unless it says not to.
fn is_found(page: &Page) -> bool {
    !page.is_fallback() && page.summary.matter.search != Some(false)
}
