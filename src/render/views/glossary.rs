//! Terms: under a guide, and all of them in the glossary.

use super::{Views, name};
use crate::render::html::Html;
use crate::render::links;
use crate::render::view::{Group, TermView, UserText};
use crate::site::page::{LanguageIndex, Page, root};
use std::collections::BTreeSet;

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

    pub(super) fn glossary(&self, page: &Page) -> Vec<Group<TermView>> {
        let (site, language) = (self.site, page.language);
        let locale = &site.languages[language].locale;
        let ids: BTreeSet<&String> = site.languages.iter().flat_map(|language| language.glossary.terms.keys()).collect();
        let root = root(&page.address);
        let mut terms: Vec<TermView> = ids.into_iter().filter_map(|id| self.glossary_term(language, id, &root, &page.href)).collect();
        terms.sort_by(|a, b| locale.compare(&a.term.text, &b.term.text).then_with(|| a.id.cmp(&b.id)));
        let mut groups: Vec<Group<TermView>> = Vec::new();
        for term in terms {
            let letter = locale.index_letter(&term.term.text);
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

    fn glossary_term(&self, language: LanguageIndex, id: &str, root: &str, page: &str) -> Option<TermView> {
        let site = self.site;
        let mut view = self.term(language, id, root, page)?;
        let shown = site.term(language, id).map(|(own, _)| own);
        let others = site.languages.iter().enumerate().filter(|(other, _)| *other != language && Some(*other) != shown);
        // The same word in two languages is said once.
        let mut said = BTreeSet::new();
        let words = others.filter_map(|(other, data)| Some((other, &data.glossary.terms.get(id)?.term))).filter(|(_, word)| said.insert(*word));
        view.translations = words.map(|(other, word)| name(site, other, language, word)).collect();
        view.used_in = site.term_pages[language].get(id).into_iter().flatten().map(|page| links::bare(site, &site.pages[*page], language)).collect();
        Some(view)
    }
}
