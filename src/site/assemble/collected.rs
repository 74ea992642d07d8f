//! What is collected from all pages of a site: tags, the pages of terms, the paths of guides, and addresses that only one may have.

use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::{Address, PageId, SourcePath};
use crate::base::suggest::did_you_mean;
use crate::language::fold::nfc;
use crate::language::slug;
use crate::site::address::{Addresses, part_problem};
use crate::site::page::{LanguageIndex, Page, href};
use crate::site::{Site, Tag};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Which pages carry each tag and use each term, by language, in order of their identity.
pub(super) struct Carriers {
    tags: Vec<PagesOf>,
    terms: Vec<PagesOf>,
}

type PagesOf = BTreeMap<String, Vec<usize>>;

impl Carriers {
    /// Looks at the pages of a site.
    pub(super) fn of(site: &Site) -> Carriers {
        let by_language =
            |names: fn(&Page) -> Vec<&str>| (0..site.languages.len()).into_par_iter().map(|language| pages_of(site, language, names)).collect();
        Carriers {
            tags: by_language(|page| page.summary.matter.tags.iter().map(|tag| &*tag.text).collect()),
            terms: by_language(|page| page.summary.terms.iter().map(String::as_str).collect()),
        }
    }
}

/// The pages of a language by each of their names, each once.
fn pages_of(site: &Site, language: LanguageIndex, names: fn(&Page) -> Vec<&str>) -> PagesOf {
    let mut pages_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in site.by_id[language].values() {
        for name in names(&site.pages[*index]) {
            let pages = pages_of.entry(name).or_default();
            if pages.last() != Some(index) {
                pages.push(*index);
            }
        }
    }
    pages_of.into_iter().map(|(name, pages)| (name.to_owned(), pages)).collect()
}

impl Site {
    /// `ordered` has the pages of each language in the order of its lists.
    pub(super) fn collect_tags(&mut self, carriers: &Carriers, ordered: &[Vec<usize>], problems: &mut Vec<Diagnostic>) {
        let mut found = Vec::new();
        let one = |language: LanguageIndex| self.tags_of(language, &carriers.tags[language], &ordered[language], &mut found);
        self.tags = (0..self.languages.len()).map(one).collect();
        problems.extend(found);
    }

    fn tags_of(&self, language: LanguageIndex, pages_of: &PagesOf, ordered: &[usize], problems: &mut Vec<Diagnostic>) -> Vec<Tag> {
        let base = self.special(language, "tags").map(|page| page.address.clone());
        let Some(base) = base.filter(|_| self.config.tags) else { return Vec::new() };
        let mut places = vec![0; self.pages.len()];
        ordered.iter().enumerate().for_each(|(place, page)| places[*page] = place);
        let names = &self.languages[language].tags.tags;
        let mut tags: Vec<Tag> = Vec::new();
        for (id, pages) in pages_of {
            let mut pages = pages.clone();
            pages.sort_by_key(|page| places[*page]);
            let known = names.get(id).or_else(|| self.languages[self.source_language()].tags.tags.get(id));
            if !names.contains_key(id) {
                self.report_tag(id, &pages, known.map(|tag| &*tag.name.text), names.keys().map(String::as_str), problems);
            }
            let name = known.map_or_else(|| id.clone(), |tag| tag.name.text.clone());
            let part = names.get(id).and_then(|tag| tag.slug.as_ref()).map_or_else(|| slug::slug(&name), |slug| slug.text.clone());
            let address = Address::new(format!("{base}{part}/"));
            tags.push(Tag { href: href(&address, self.is_portable()), id: id.clone(), name, address, pages });
        }
        let locale = self.languages[language].locale.clone();
        tags.sort_by(|a, b| locale.compare(&a.name, &b.name).then_with(|| a.id.cmp(&b.id)));
        tags
    }

    /// A tag that the language of its pages has no name for; `shown` is the source language's.
    fn report_tag<'a>(&self, id: &str, pages: &[usize], shown: Option<&str>, names: impl Iterator<Item = &'a str>, problems: &mut Vec<Diagnostic>) {
        // The first by identity, which a new title does not change.
        let Some(page) = pages.iter().filter(|page| !self.pages[**page].is_fallback()).min().map(|page| &self.pages[*page]) else { return };
        let Some(tag) = page.summary.matter.tags.iter().find(|tag| tag.text == id) else { return };
        let language = &self.languages[page.language].tag;
        let message = shown.map_or_else(
            || format!("the tag `{id}` has no name"),
            |shown| format!("the tag `{id}` has no name in `{language}`; readers see “{shown}”"),
        );
        let near = if shown.is_none() { did_you_mean(id, names) } else { None };
        let help = near.unwrap_or_else(|| format!("give it a name in `content/{language}/tags.toml`: [{id}] and below it name = \"…\""));
        problems.push(Diagnostic::new(Code::TAG001, message).at(tag.span(&page.path)).help(help));
    }

    /// In reading order, then those that are no guides.
    pub(super) fn collect_terms(&mut self, carriers: &Carriers) {
        self.term_pages = carriers.terms.clone();
        for pages in self.term_pages.iter_mut().flat_map(BTreeMap::values_mut) {
            pages.sort_by_key(|page| self.reading_place[*page].unwrap_or(usize::MAX));
        }
    }

    pub(super) fn collect_paths(&mut self, problems: &mut Vec<Diagnostic>) {
        let mut paths_of: BTreeMap<PageId, Vec<(PageId, usize)>> = BTreeMap::new();
        for (index, page) in self.pages.iter().enumerate().filter(|(_, page)| !page.is_fallback()) {
            let original = page.original == index;
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

    /// All addresses in the order of the reader's importance: pages, which have theirs, then what is generated, then aliases and files.
    pub(super) fn claim_addresses(&self, problems: &mut Vec<Diagnostic>) {
        let mut addresses = Addresses::after(&self.addresses);
        (0..self.tags.len()).for_each(|language| self.claim_tags(language, &mut addresses, problems));
        for page in &self.pages {
            let made = match page.template.as_str() {
                "path" => vec![Address::new(format!("{}print/", page.address))],
                "plan" => self.plan_parts(page),
                _ => Vec::new(),
            };
            made.iter().for_each(|address| addresses.claim(address, Span::new(&page.path, 0..0), problems));
        }
        for path in self.generated().iter().filter(|path| *path == "manifest.json" || !self.is_own(path)) {
            addresses.claim(&Address::new(format!("/{path}")), Span::new(&SourcePath::new("site.toml"), 0..0), problems);
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

    fn claim_tags(&self, language: LanguageIndex, addresses: &mut Addresses<'_>, problems: &mut Vec<Diagnostic>) {
        let mut before: BTreeMap<&Address, &Tag> = BTreeMap::new();
        for tag in &self.tags[language] {
            let told = problems.len();
            addresses.claim(&tag.address, self.tag_place(language, &tag.id), problems);
            if let (Some(other), Some(problem)) = (before.insert(&tag.address, tag), problems.get_mut(told)) {
                problem.labels.iter_mut().for_each(|label| label.message = format!("that of `{}`", other.id));
                problem.message = format!("the tags `{}` and `{}` have one address: `{}`", other.id, tag.id, tag.address);
            }
        }
    }

    /// Where it is said what a tag's address is made from: in the language's file, or in the source language's.
    fn tag_place(&self, language: LanguageIndex, id: &str) -> Span {
        let file = |language: LanguageIndex| SourcePath::new(format!("content/{}/tags.toml", self.languages[language].tag));
        let place = |language: LanguageIndex| Some(self.languages[language].tags.tags.get(id)?.place().span(&file(language)));
        place(language).or_else(|| place(self.source_language())).unwrap_or_else(|| Span::new(&file(language), 0..0))
    }

    /// The pages that a plan is split into.
    fn plan_parts(&self, plan: &Page) -> Vec<Address> {
        let sections = self.plan_sections(plan.language);
        let parts = sections.iter().filter(|_| self.is_plan_split(&sections));
        parts.map(|(section, _)| self.plan_address(plan, &self.pages[*section])).collect()
    }

    /// The files that are made for a site whatever it holds, by their path from the root. The author's own stand in the place of all but
    /// `manifest.json`, by which a build knows the files of the last.
    fn generated(&self) -> BTreeSet<String> {
        const ROOT: &[&str] = &["404.html", "llms.txt", "manifest.json", "robots.txt", "sitemap.xml"];
        const EACH: &[&str] = &["feed.atom", "feed.json", "llms.txt", "manifest.webmanifest"];
        let own = |language| EACH.iter().map(move |name| self.in_language(language, name));
        let mut paths: BTreeSet<String> = (0..self.languages.len()).flat_map(own).chain(ROOT.iter().map(|name| (*name).to_owned())).collect();
        if self.config.is_multilingual() {
            paths.extend((0..self.languages.len()).map(|language| self.in_language(language, "404.html")));
            paths.insert("index.html".to_owned());
        }
        paths
    }

    fn claim_alias(&self, page: &Page, alias: &crate::base::reader::Located, addresses: &mut Addresses<'_>, problems: &mut Vec<Diagnostic>) {
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
}
