//! Terms: under a guide, and all of them in the glossary.

use super::Views;
use crate::base::hash::Hash;
use crate::base::rows::Before;
use crate::render::html::Html;
use crate::render::links::{self, name};
use crate::render::terms::Definitions;
use crate::render::view::{Group, Shared, TermView, UserText};
use crate::site::Site;
use crate::site::page::{LanguageIndex, Page, root};
use crate::site::pages::{Seen, SeenRows};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The entries of each language's glossary, in order of their ids.
pub type Terms = Vec<Vec<Seen<Entry>>>;

/// An entry, as all glossary pages of a language show it.
pub type Entry = Arc<Shared<TermView>>;

/// What is remembered of entries, by language, id, and the pages that use the term.
pub type TermRows = SeenRows<(LanguageIndex, String, Hash), Entry>;

/// The ids of all terms.
fn ids(site: &Site) -> BTreeSet<&String> {
    site.languages.iter().flat_map(|language| language.glossary.terms.keys()).collect()
}

/// Makes the entries of all glossaries, or remembers them. None where nothing is remembered: a glossary makes its own then, and holds them no
/// longer than it needs them.
pub fn terms(site: &Site, structure: Hash, definitions: &Definitions, rows: &TermRows) -> Terms {
    let first = |language: LanguageIndex| site.special(language, "glossary").filter(|_| rows.remembers());
    let pages: Vec<Option<&Page>> = (0..site.languages.len()).map(first).collect();
    let key = |page: &Page, id: &String| (page.language, id.clone(), Hash::of_value(&site.term_pages[page.language].get(id)));
    let keys: Vec<_> = pages.iter().flatten().flat_map(|page| ids(site).into_iter().map(|id| key(page, id))).collect();
    // Entries are made from neither sections nor other entries.
    let views = Views::new(site, definitions, Arc::default(), Arc::default());
    let make = |row: usize, _: Before<'_, Entry>| {
        let (language, id, _) = &keys[row];
        views.entry(pages[*language].expect("keys are those of pages"), id)
    };
    let made = site.remember_rows(rows, Hash::of_value(&(structure, definitions.hash)), keys.clone(), make);
    let mut terms: Terms = vec![Vec::new(); site.languages.len()];
    keys.iter().zip(made.iter()).for_each(|((language, ..), entry)| terms[*language].push(entry.clone()));
    terms
}

impl Views<'_> {
    /// A term for readers of a language; `page` is the address of the page it stands on.
    pub fn term(&self, language: LanguageIndex, id: &str, root: &str, page: &str) -> Option<TermView> {
        let site = self.site;
        let (own, term) = site.term(language, id)?;
        let name = |text: &str| name(site, own, language, text);
        let href = site.special(language, "glossary").map(|glossary| glossary.href.to_string()).filter(|href| href != page).unwrap_or_default();
        Some(TermView {
            id: id.to_owned(),
            term: name(&term.term),
            abbreviation: term.abbreviation.as_deref().map(name),
            also: term.also.iter().map(|also| name(also)).collect(),
            definition: self.definition(own, language, id, root),
            href: if href.is_empty() { String::new() } else { format!("{href}#{id}") },
            ..TermView::default()
        })
    }

    /// A definition, marked with its language where that is not the reader's.
    fn definition(&self, own: LanguageIndex, reader: LanguageIndex, id: &str, root: &str) -> String {
        let html = self.definitions.html(own, id, root);
        if own == reader || html.is_empty() {
            return html;
        }
        let locale = &self.site.languages[own].locale;
        let element = if html.contains("<p") { "div" } else { "span" };
        let mut marked = Html::default();
        marked.open(element, &[("lang", Some(&locale.tag)), ("dir", Some(locale.direction.as_str()))]).html(&html).close(element);
        marked.finish()
    }

    /// The entries of a page's glossary, below their letters.
    pub(super) fn glossary(&self, page: &Page) -> Vec<Group<Entry>> {
        let locale = &self.site.languages[page.language].locale;
        let is_first = self.site.special(page.language, "glossary").is_some_and(|first| first.address == page.address);
        let mut terms: Vec<Entry> = self.terms[page.language].iter().filter(|_| is_first).map(|entry| entry.get().clone()).collect();
        if terms.is_empty() {
            terms = ids(self.site).into_iter().map(|id| self.entry(page, id)).collect();
        }
        terms.sort_by(|a, b| {
            let (a, b) = (&a.plain, &b.plain);
            locale.compare(&a.term.text, &b.term.text).then_with(|| a.id.cmp(&b.id))
        });
        let mut groups: Vec<Group<Entry>> = Vec::new();
        for term in terms {
            let letter = locale.index_letter(&term.plain.term.text);
            match groups.iter_mut().find(|group| group.title.text == letter) {
                Some(group) => group.entries.push(term),
                None => groups.push(Group {
                    anchor: format!("letter-{}", groups.len() + 1),
                    title: UserText { text: letter, ..UserText::default() },
                    entries: vec![term],
                }),
            }
        }
        groups
    }

    /// What stands for the entries of a language's glossary.
    pub fn terms_key(&self, language: LanguageIndex) -> Hash {
        Hash::join(self.terms[language].iter().map(|entry| entry.get().hash))
    }

    fn entry(&self, page: &Page, id: &str) -> Entry {
        let (site, language) = (self.site, page.language);
        let mut view = self.term(language, id, &root(&page.address), &page.href).unwrap_or_default();
        let shown = site.term(language, id).map(|(own, _)| own);
        let others = site.languages.iter().enumerate().filter(|(other, _)| *other != language && Some(*other) != shown);
        // The same word in two languages is said once.
        let mut said = BTreeSet::new();
        let words = others.filter_map(|(other, data)| Some((other, &data.glossary.terms.get(id)?.term))).filter(|(_, word)| said.insert(*word));
        view.translations = words.map(|(other, word)| name(site, other, language, word)).collect();
        view.used_in = site.term_pages[language].get(id).into_iter().flatten().map(|page| links::bare(site, &site.pages[*page], language)).collect();
        Arc::new(Shared::new(view))
    }
}
