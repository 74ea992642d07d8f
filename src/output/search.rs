//! Search without a server: for each language an index that a script loads piece by piece.
//!
//! Words are counted text by text and remembered; a page whose text is another language's is found in that language only.

mod file;
mod index;
mod lexicon;
mod shards;
mod tables;
mod terms;
mod words;

use crate::base::files::{Blob, Later, Sink};
use crate::base::hash::Hash;
use crate::base::memo::Memo;
use crate::base::path::OutPath;
use crate::base::source::Source;
use crate::document::tree::{Link, Target};
use crate::document::{Documents, Settings, snippet};
use crate::render::resolved::PageResolved;
use crate::site::Site;
use crate::site::glossary::{DEFINITION_HTML, Term};
use crate::site::page::{LanguageIndex, Page};
use lexicon::{Cutter, Lexicon};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use words::Text;

/// What search remembers from build to build.
#[derive(Default)]
pub struct Memos {
    /// The words of a language, which those of its texts are numbers of.
    lexicons: Memo<Arc<Lexicon>>,
    /// The words of a page, and its file.
    texts: Memo<(Arc<Text>, (OutPath, Arc<Blob>))>,
    /// The files of a language.
    files: Memo<Made>,
    /// Held while an index is made: a build that is made later may be asked for meanwhile, and what one forgets is not the other's.
    making: Mutex<()>,
}

/// Files of an index.
type Made = Arc<Vec<(OutPath, Arc<Blob>)>>;

impl Memos {
    /// Tables that remember nothing.
    pub fn off() -> Memos {
        Memos { lexicons: Memo::off(), texts: Memo::off(), files: Memo::off(), making: Mutex::default() }
    }

    /// Forgets what the build that ends here did not need.
    pub fn turn(&self) {
        self.lexicons.turn();
        self.texts.turn();
        self.files.turn();
    }
}

/// The folder of all indexes.
pub const FOLDER: &str = "search/";

/// Where the index of a language begins, from the root of the site. The name does not change with the content, so pages do not either.
pub fn begin(tag: &str) -> String {
    format!("{FOLDER}{tag}/index.js")
}

/// How many texts are read by one thread in a row.
const TOGETHER: usize = 32;

/// What the indexes of a site are made from.
pub struct Search {
    /// The site.
    pub site: Arc<Site>,
    /// The hash of everything it is made from.
    pub site_key: Hash,
    /// The files of its pages.
    pub documents: Arc<Documents>,
    /// What each page knows of others, in the order of the site's pages.
    pub resolved: Arc<[Arc<PageResolved>]>,
    /// What was made before.
    pub memos: Arc<Memos>,
}

impl Later for Search {
    fn folder(&self) -> &'static str {
        FOLDER
    }

    /// Writes the index of each language.
    fn put(&self, sink: &dyn Sink) {
        let _alone = self.memos.making.lock().unwrap_or_else(PoisonError::into_inner);
        (0..self.site.languages.len()).into_par_iter().for_each(|language| {
            for (path, blob) in self.index(language, sink).iter() {
                sink.put(path.clone(), blob.clone());
            }
        });
        self.memos.turn();
    }
}

impl Search {
    /// Writes the texts of a language; gives the files of its words, remembered as long as no text, title, address or name changes.
    fn index(&self, language: LanguageIndex, sink: &dyn Sink) -> Made {
        let (site, memos) = (&self.site, &self.memos);
        let locale = &site.languages[language].locale;
        let lexicon = memos.lexicons.get(locale.hash, Arc::default);
        let found: Vec<usize> = site.by_id[language].values().copied().filter(|page| is_found(&site.pages[*page])).collect();
        // A cutter knows the words that it has met: there are as many as threads, not more.
        let cutters = Mutex::new(Vec::new());
        let free = || cutters.lock().unwrap_or_else(PoisonError::into_inner);
        let some = |pages: &[usize]| {
            let waiting = free().pop();
            let mut cutter = waiting.unwrap_or_else(|| Cutter::new(&lexicon, &locale.search));
            let write = |page: &usize| {
                let (text, (path, blob)) = self.text(*page, &mut cutter);
                sink.put(path, blob);
                text
            };
            let texts = pages.iter().map(write).collect::<Vec<_>>();
            free().push(cutter);
            texts
        };
        let texts: Vec<Arc<Text>> = found.par_chunks(TOGETHER).flat_map_iter(some).collect();
        let key = memos.files.key(|| {
            let glossaries: Vec<_> = site.languages.iter().map(|language| language.glossary.source.as_ref().map(|source| source.hash)).collect();
            let texts: Vec<Hash> = texts.iter().map(|text| text.hash).collect();
            Hash::of_value(&(texts, glossaries, locale.hash))
        });
        memos.files.get(key, || {
            let glossary = found.iter().position(|page| site.pages[*page].template == "glossary").and_then(|page| u32::try_from(page).ok());
            Arc::new(index::files(&texts, &self.names(language, glossary), &lexicon, locale))
        })
    }

    fn section_of(&self, page: &Page) -> &str {
        let section = page.above.map(|above| &self.site.pages[above]);
        section.filter(|section| !section.id.is_empty() && section.id != page.id).map_or("", |section| &section.summary.title)
    }

    /// What the index knows of a page, with the page's own file; the words of the glossary are its terms.
    fn text(&self, index: usize, cutter: &mut Cutter<'_>) -> (Arc<Text>, (OutPath, Arc<Blob>)) {
        let page = &self.site.pages[index];
        let (site, document) = (&self.site, &self.documents[page.document]);
        let locale = &site.languages[page.language].locale;
        let links: Vec<Option<&str>> =
            self.resolved[index].resolved.links.iter().map(|link| link.title.as_ref().map(|title| title.text.as_str())).collect();
        // Definitions name terms and pages of the whole site.
        let glossary = (page.template == "glossary").then_some(self.site_key);
        let memo = &self.memos.texts;
        // The document's hash covers its language and the rules of that.
        let key = memo.key(|| {
            let anchors: Vec<&str> = page.summary.headings.iter().map(|heading| &*heading.anchor).collect();
            Hash::of_value(&(document.hash, &links, &glossary, &page.href, &page.summary.title, self.section_of(page), anchors, &page.items))
        });
        memo.get(key, || {
            let words = if glossary.is_some() {
                words::of_entries(&page.summary.title, self.entries(page.language), cutter)
            } else {
                words::of_document(document, &links, cutter)
            };
            let place = index::Address { href: &page.href, title: &page.summary.title, section: self.section_of(page), page };
            let (name, path, blob) = index::fragment(&locale.tag, &place, &words.sections);
            let hash = if memo.remembers() { Hash::of_value(&(&name, &words.tokens, &words.lines)) } else { Hash::default() };
            (Arc::new(Text { name, tokens: words.tokens, lines: words.lines, hash }), (path, blob))
        })
    }

    /// The terms of a language's own glossary: id, name, other names in all languages, definition.
    fn entries(&self, language: LanguageIndex) -> impl Iterator<Item = (String, String, Vec<String>, String)> {
        let site = &self.site;
        site.languages[language].glossary.terms.iter().map(move |(id, term)| {
            let others = site.languages.iter().filter_map(|other| other.glossary.terms.get(id)).flat_map(names_of);
            let others: BTreeSet<String> = others.filter(|name| *name != term.term).collect();
            (id.clone(), term.term.clone(), others.into_iter().collect(), self.definition(language, term))
        })
    }

    /// A definition as it reads.
    fn definition(&self, language: LanguageIndex, term: &Term) -> String {
        let own = &self.site.languages[language];
        let Some(source) = &own.glossary.source else { return String::new() };
        let text = Source::new(source.path.clone(), term.definition.text.as_str());
        let settings = Settings { html: DEFINITION_HTML, language: own.tag.clone(), locale: own.locale.clone(), hash: Hash::default() };
        let length = text.text.len();
        let piece = snippet(text, 0..length, &settings);
        let name = |link: &Link| match &link.target {
            Target::Term(id) => self.site.term(language, id).map(|(_, term)| term.term.clone()),
            Target::Page(id) => self.site.page(language, id).map(|page| page.summary.title.clone()),
            Target::Address(_) => None,
        };
        words::plain_text(&piece.tree, &piece.source.text, name)
    }

    /// The names of every term that the language has, for those who know it by another; `glossary` is the number of the page with them.
    fn names(&self, language: LanguageIndex, glossary: Option<u32>) -> Vec<index::Names> {
        let site = &self.site;
        let terms = site.languages[language].glossary.terms.iter();
        terms
            .zip(1_u16..)
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
