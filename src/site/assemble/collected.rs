//! What is collected from all pages of a site: tags, the pages of terms, the paths of guides, and addresses that only one may have.

use super::SPECIAL;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::{Address, PageId, SourcePath};
use crate::base::suggest::did_you_mean;
use crate::language::fold::nfc;
use crate::language::slug;
use crate::site::address::{Addresses, part_problem};
use crate::site::page::{Page, href};
use crate::site::{Site, Tag};
use std::collections::{BTreeMap, BTreeSet};

impl Site {
    pub(super) fn collect_tags(&mut self, ranks: &[Vec<usize>], problems: &mut Vec<Diagnostic>) {
        if !self.config.tags {
            return;
        }
        for (language, ranks) in ranks.iter().enumerate() {
            let mut pages_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for page in self.by_id[language].values().copied() {
                for tag in &self.pages[page].summary.matter.tags {
                    let list = pages_of.entry(&tag.text).or_default();
                    if list.last() != Some(&page) {
                        list.push(page);
                    }
                }
            }
            let Some(base) = self.special(language, "tags").map(|page| page.address.clone()) else { continue };
            let names = &self.languages[language].tags.tags;
            let mut tags: Vec<Tag> = Vec::new();
            for (id, mut pages) in pages_of {
                let known = names.get(id).or_else(|| self.languages[self.source_language()].tags.tags.get(id));
                if known.is_none() {
                    self.report_tag(id, &pages, names.keys().map(String::as_str), problems);
                }
                let name = known.map_or_else(|| id.to_owned(), |tag| tag.name.clone());
                let part = names.get(id).and_then(|tag| tag.slug.as_ref()).map_or_else(|| slug::slug(&name), |slug| slug.text.clone());
                let address = Address::new(format!("{base}{part}/"));
                pages.sort_by_key(|page| ranks[*page]);
                tags.push(Tag { href: href(&address, self.is_portable()), id: id.to_owned(), name, address, pages });
            }
            let locale = self.languages[language].locale.clone();
            tags.sort_by(|a, b| locale.compare(&a.name, &b.name).then_with(|| a.id.cmp(&b.id)));
            self.tags[language] = tags;
        }
    }

    fn report_tag<'a>(&self, id: &str, pages: &[usize], names: impl Iterator<Item = &'a str>, problems: &mut Vec<Diagnostic>) {
        let Some(page) = pages.iter().map(|page| &self.pages[*page]).find(|page| !page.is_fallback()) else { return };
        let Some(tag) = page.summary.matter.tags.iter().find(|tag| tag.text == id) else { return };
        let tag_file = format!("content/{}/tags.toml", self.languages[page.language].tag);
        let help = did_you_mean(id, names).unwrap_or_else(|| format!("give it a name in `{tag_file}`: [{id}] and below it name = \"…\""));
        problems.push(Diagnostic::new(Code::TAG001, format!("the tag `{id}` has no name")).at(tag.span(&page.path)).help(help));
    }

    pub(super) fn collect_terms(&mut self) {
        for language in 0..self.languages.len() {
            let mut used: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            let guides: BTreeSet<usize> = self.reading_order[language].iter().copied().collect();
            let others = self.by_id[language].values().copied().filter(|page| !guides.contains(page));
            for page in self.reading_order[language].iter().copied().chain(others) {
                for term in &self.pages[page].summary.terms {
                    used.entry(term).or_default().push(page);
                }
            }
            self.term_pages[language] = used.into_iter().map(|(term, pages)| (term.to_owned(), pages)).collect();
        }
    }

    pub(super) fn collect_paths(&mut self, problems: &mut Vec<Diagnostic>) {
        let mut paths_of: BTreeMap<PageId, Vec<(PageId, usize)>> = BTreeMap::new();
        for (index, page) in self.pages.iter().enumerate().filter(|(_, page)| !page.is_fallback()) {
            let original = self.sets.get(&page.id).is_some_and(|set| set.original == page.language);
            for (number, step) in page.summary.matter.steps.iter().enumerate() {
                let id = step.guide.text.trim_matches('/');
                if !self.sets.contains_key(id) {
                    let (message, help) = self.no_page(id);
                    problems.push(Diagnostic::new(Code::PTH001, message).at(step.guide.span(&self.pages[index].path)).help(help));
                } else if original {
                    paths_of.entry(PageId::new(id)).or_default().push((page.id.clone(), number));
                }
            }
        }
        self.paths_of = paths_of;
    }

    /// All addresses in the order of the reader's importance: pages, then what is generated, then aliases and files.
    pub(super) fn claim_addresses(&self, problems: &mut Vec<Diagnostic>) {
        let mut addresses = Addresses::default();
        for page in &self.pages {
            addresses.claim(&page.address, Span::new(&page.path, 0..0), problems);
        }
        for (language, tags) in self.tags.iter().enumerate() {
            let holder = SourcePath::new(format!("content/{}/tags.toml", self.languages[language].tag));
            tags.iter().for_each(|tag| addresses.claim(&tag.address, Span::new(&holder, 0..0), problems));
        }
        for page in self.pages.iter().filter(|page| page.template == "path") {
            addresses.claim(&Address::new(format!("{}print/", page.address)), Span::new(&page.path, 0..0), problems);
        }
        for page in self.pages.iter().filter(|page| !page.is_fallback()) {
            for alias in &page.summary.matter.aliases {
                self.claim_alias(page, alias, &mut addresses, problems);
            }
        }
        for file in &self.files {
            let place = file.strip_prefix("content/").and_then(|rest| rest.split_once('/'));
            let address = place.and_then(|(tag, rel)| slug::decode_path(&self.file_href(self.language(tag)?, rel)));
            if let Some(address) = address {
                addresses.claim(&Address::new(format!("/{address}")), Span::new(file, 0..0), problems);
            }
        }
        for file in &self.static_files {
            let address = Address::new(file.trim_start_matches("static"));
            addresses.claim(&address, Span::new(file, 0..0), problems);
        }
    }

    fn claim_alias(&self, page: &Page, alias: &crate::base::reader::Located, addresses: &mut Addresses, problems: &mut Vec<Diagnostic>) {
        let place = alias.span(&page.path);
        let fine = alias.text.starts_with('/') && alias.text.trim_matches('/').split('/').all(|part| part_problem(part).is_none());
        if !fine {
            let problem = Diagnostic::new(Code::ADR004, "an alias is a whole address on this site").at(place);
            return problems.push(problem.help("for example \"/en/old-name/\""));
        }
        let closing = if alias.text.ends_with('/') || alias.text.ends_with(".html") { "" } else { "/" };
        let address = Address::new(format!("{}{closing}", nfc(&alias.text)));
        if address == page.address {
            let problem = Diagnostic::new(Code::ADR004, "this alias is the page's own address").at(place);
            return problems.push(problem.help("remove it"));
        }
        let before = problems.len();
        addresses.claim(&address, place, problems);
        for problem in &mut problems[before..] {
            problem.help = Some("remove the alias, or write the address that the page once had".to_owned());
        }
    }

    /// Templates that make a list of their own.
    pub fn is_special(template: &str) -> bool {
        SPECIAL.contains(&template)
    }
}
