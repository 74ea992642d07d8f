//! From summaries to a site, in steps that each read what the one before made.

mod collected;

use super::address::{mixed_word, part_problem};
use super::page::{LanguageIndex, Page, href};
use super::pages::Pages;
use super::translation::Set;
use super::unpublished::{Unpublished, Why};
use super::{Drafts, Material, Site, checklist};
use crate::base::config::Fallback;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::hash::Hash;
use crate::base::path::{Address, PageId};
use crate::language::fold::nfc;
use crate::language::slug;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Templates that make a list of their own rather than show a text.
const SPECIAL: &[&str] = &["home", "glossary", "tags", "plan", "paths"];

/// Puts a site together. Everything that is wrong is reported; what can stand stands.
pub fn assemble(material: Material, problems: &mut Vec<Diagnostic>) -> Site {
    let count = material.languages.len();
    let mut assembly = Assembly {
        folders: vec![BTreeMap::new(); count],
        identities: vec![BTreeMap::new(); count],
        sets: BTreeMap::new(),
        rels: BTreeMap::new(),
        unpublished: BTreeMap::new(),
        material,
        problems,
    };
    assembly.find_sets();
    assembly.check_sections();
    assembly.choose_originals();
    let pages = assembly.pages();
    assembly.finish(pages)
}

/// The pages of one language.
#[derive(Default)]
struct Placed {
    pages: Vec<Page>,
    /// Addresses of its folders.
    folders: BTreeMap<String, Address>,
    problems: Vec<Diagnostic>,
}

struct Assembly<'p> {
    material: Material,
    /// Identity of each section's folder, by language.
    folders: Vec<BTreeMap<String, PageId>>,
    identities: Vec<BTreeMap<String, PageId>>,
    sets: BTreeMap<PageId, Set>,
    /// Path without language and extension of each identity.
    rels: BTreeMap<PageId, String>,
    unpublished: BTreeMap<String, Unpublished>,
    problems: &'p mut Vec<Diagnostic>,
}

/// `content/sv/strategi/mål.md` → its language, and the path below it without extension.
fn split_path(path: &str) -> Option<(&str, &str)> {
    let (language, rest) = path.strip_prefix("content/")?.split_once('/')?;
    Some((language, rest.strip_suffix(".md")?))
}

/// The identity a path gives: `index` is its folder.
fn path_identity(rel: &str) -> &str {
    match rel.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => rel,
    }
}

fn is_index(rel: &str) -> bool {
    rel == "index" || rel.ends_with("/index")
}

fn folder_of(rel: &str) -> &str {
    rel.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Assembly<'_> {
    fn language(&self, tag: &str) -> Option<LanguageIndex> {
        self.material.languages.iter().position(|language| &*language.tag == tag)
    }

    /// Groups documents by identity.
    fn find_sets(&mut self) {
        let count = self.material.languages.len();
        for index in 0..self.material.documents.len() {
            let (path, summary, _) = self.material.documents[index].clone();
            let Some((tag, rel)) = split_path(&path) else { continue };
            let Some(language) = self.language(tag) else { continue };
            let rel = nfc(rel).into_owned();
            // The home page is where everything begins; it has no other identity.
            let given = summary.matter.id.as_ref().filter(|_| rel != "index").map(|id| id.text.trim_matches('/'));
            let id = PageId::new(given.unwrap_or_else(|| path_identity(&rel)));
            let options = &self.material.options;
            if let Some(why) = Why::of(&summary.matter, options.today).filter(|_| options.drafts == Drafts::Exclude) {
                self.unpublished.entry(id.to_string()).or_insert(Unpublished { path, why });
                continue;
            }
            self.identities[language].insert(path_identity(&rel).to_owned(), id.clone());
            if is_index(&rel) {
                self.folders[language].insert(folder_of(&rel).to_owned(), id.clone());
            }
            let set = self.sets.entry(id.clone()).or_insert_with(|| Set { documents: vec![None; count], ..Set::default() });
            match set.documents[language] {
                None => set.documents[language] = Some(index),
                Some(first) => {
                    let first = &self.material.documents[first];
                    let place = summary.matter.id.as_ref().map_or(Span::new(&path, 0..0), |id| id.span(&path));
                    let other = first.1.matter.id.as_ref().map_or(Span::new(&first.0, 0..0), |id| id.span(&first.0));
                    let problem = Diagnostic::new(Code::ADR003, format!("the identity `{id}` belongs to another page")).at(place);
                    self.problems.push(problem.label(other, "this one").help("change `id` in one of the two pages"));
                }
            }
            self.rels.entry(id).or_insert(rel);
        }
    }

    /// A folder with pages needs an `index.md` in some language.
    fn check_sections(&mut self) {
        let known: BTreeSet<String> = self.folders.iter().flat_map(|folders| folders.keys().cloned()).collect();
        let mut reported = BTreeSet::new();
        for (path, ..) in &self.material.documents {
            let Some((tag, rel)) = split_path(path) else { continue };
            let mut folder = folder_of(rel);
            loop {
                if !known.contains(&*nfc(folder)) && reported.insert(folder.to_owned()) {
                    let (what, file) = if folder.is_empty() {
                        ("language has no home page", format!("content/{tag}/index.md"))
                    } else {
                        ("folder has no index.md", format!("content/{tag}/{folder}/index.md"))
                    };
                    let problem = Diagnostic::new(Code::SEC001, format!("this page's {what}")).at(Span::new(path, 0..0));
                    self.problems.push(problem.help(format!("write `{file}` with at least a title")));
                }
                match folder.rsplit_once('/') {
                    Some((above, _)) => folder = above,
                    None if folder.is_empty() => break,
                    None => folder = "",
                }
            }
        }
    }

    /// The original is the source language's version, else the first in the site's order.
    fn choose_originals(&mut self) {
        let source = self.language(&self.material.config.source).unwrap_or(0);
        let documents = &self.material.documents;
        let config = self.material.config.fallback;
        let mut chosen = BTreeMap::new();
        for (id, set) in &mut self.sets {
            set.original = if set.documents[source].is_some() { source } else { set.documents.iter().position(Option::is_some).unwrap_or(0) };
            chosen.insert(id.clone(), set.documents[set.original].and_then(|document| documents[document].1.matter.fallback));
        }
        let rels = &self.rels;
        for (id, set) in &mut self.sets {
            let mut folder = folder_of(rels.get(id).map_or("", String::as_str));
            let mut fallback = chosen.get(id).copied().flatten();
            while fallback.is_none() && !folder.is_empty() {
                fallback = self.folders.iter().find_map(|folders| folders.get(folder)).and_then(|section| chosen.get(section).copied().flatten());
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
            set.fallback = Some(fallback.unwrap_or(config));
        }
    }

    /// The document of a page in a language: its own, or the original's when readers get that.
    fn document(&self, set: &Set, language: LanguageIndex) -> Option<(usize, LanguageIndex)> {
        set.documents[language].map(|own| (own, language)).or_else(|| {
            let shown = set.fallback == Some(Fallback::Notice);
            set.documents[set.original].filter(|_| shown).map(|original| (original, set.original))
        })
    }

    /// Decoded address of a folder in a language, with a closing `/`.
    fn folder_address(&self, language: LanguageIndex, folder: &str, placed: &mut Placed) -> Address {
        if let Some(known) = placed.folders.get(folder) {
            return known.clone();
        }
        let address = if folder.is_empty() {
            let many = self.material.config.is_multilingual();
            Address::new(if many { format!("/{}/", self.material.languages[language].tag) } else { "/".to_owned() })
        } else {
            let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let above = self.folder_address(language, above, placed);
            let id = self.folders[language].get(folder).cloned();
            let own = id.and_then(|id| self.sets.get(&id)?.documents[language]);
            let part = self.part(own, name, &mut placed.problems);
            Address::new(format!("{above}{part}/"))
        };
        placed.folders.insert(folder.to_owned(), address.clone());
        address
    }

    /// The last part of an address: the document's `slug`, else the slug of its name.
    fn part(&self, document: Option<usize>, name: &str, problems: &mut Vec<Diagnostic>) -> String {
        let given = document.and_then(|document| {
            let (path, summary, _) = &self.material.documents[document];
            summary.matter.slug.as_ref().map(|slug| (nfc(&slug.text).into_owned(), slug.span(path)))
        });
        match given {
            Some((part, place)) => match part_problem(&part) {
                None => {
                    if let Some(word) = mixed_word(&part) {
                        let problem = Diagnostic::new(Code::ADR006, format!("the word `{word}` of this slug mixes scripts")).at(place);
                        problems.push(problem.help("letters of different scripts look alike; write each word in one of them, with hyphens between"));
                    }
                    part
                }
                Some(reason) => {
                    let problem = Diagnostic::new(Code::FIL004, format!("this slug cannot be used: {reason}")).at(place);
                    problems.push(problem.help(format!("for example `{}`", slug::slug(&part))));
                    slug::slug(&part)
                }
            },
            None => slug::slug(name),
        }
    }

    /// The pages of each language, language by language in parallel.
    fn pages(&self) -> Vec<Placed> {
        let one = |language: LanguageIndex| {
            let mut placed = Placed::default();
            self.folder_address(language, "", &mut placed);
            for (id, set) in &self.sets {
                let page = self.page(language, id, set, &mut placed);
                placed.pages.extend(page);
            }
            placed
        };
        (0..self.material.languages.len()).into_par_iter().map(one).collect()
    }

    fn page(&self, language: LanguageIndex, id: &PageId, set: &Set, placed: &mut Placed) -> Option<Page> {
        let (document, text_language) = self.document(set, language)?;
        let (path, summary, summary_hash) = self.material.documents[document].clone();
        let rel = nfc(split_path(&path)?.1).into_owned();
        let (is_section, folder) = (is_index(&rel), folder_of(&rel).to_owned());
        let address = if is_section {
            self.folder_address(language, &folder, placed)
        } else {
            let above = self.folder_address(language, &folder, placed);
            let name = rel.rsplit('/').next().unwrap_or(&rel).to_owned();
            let part = self.part(set.documents[language], &name, &mut placed.problems);
            Address::new(format!("{above}{part}/"))
        };
        let above = if is_section { folder_of(&folder).to_owned() } else { folder.clone() };
        let parent = self.folders[language].get(&above).or_else(|| self.folders.iter().find_map(|folders| folders.get(&above))).cloned();
        let original = set.documents[set.original].map(|original| self.material.documents[original].1.clone());
        let items = checklist::item_ids(&summary.items, original.as_ref().map_or(&summary.items, |original| &original.items));
        let template = summary.matter.template.as_ref().map_or_else(|| default_template(id, is_section).to_owned(), |template| template.text.clone());
        let parent = parent.unwrap_or_else(|| PageId::new(""));
        let place = (language, text_language, &**id, &*path, &*address, &*parent);
        Some(Page {
            hash: Hash::of_value(&(place, is_section, &*template, &*items, summary_hash)),
            href: href(&address, self.material.options.profile == super::Profile::Portable),
            parent,
            id: id.clone(),
            language,
            text_language,
            path,
            summary,
            address,
            is_section,
            template,
            items,
        })
    }

    fn finish(self, placed: Vec<Placed>) -> Site {
        let count = self.material.languages.len();
        let (mut pages, mut folders) = (Vec::new(), Vec::new());
        for mut placed in placed {
            pages.append(&mut placed.pages);
            folders.push(placed.folders);
            self.problems.append(&mut placed.problems);
        }
        let Material { config, languages, files, static_files, options, .. } = self.material;
        let mut by_id = vec![BTreeMap::new(); count];
        let mut by_address = BTreeMap::new();
        let mut specials = vec![BTreeMap::new(); count];
        for (index, page) in pages.iter().enumerate() {
            by_id[page.language].insert(page.id.clone(), index);
            by_address.entry(page.address.clone()).or_insert(index);
            if let Some(template) = SPECIAL.iter().find(|special| **special == page.template) {
                specials[page.language].entry(*template).or_insert(index);
            }
        }
        let mut site = Site {
            config,
            options,
            languages,
            pages: Pages::new(pages),
            by_id,
            sets: self.sets,
            identities: self.identities,
            unpublished: self.unpublished,
            by_address,
            children: vec![BTreeMap::new(); count],
            reading_order: vec![Vec::new(); count],
            reading_place: vec![BTreeMap::new(); count],
            specials,
            tags: vec![Vec::new(); count],
            term_pages: vec![BTreeMap::new(); count],
            paths_of: BTreeMap::new(),
            folders,
            files,
            static_files,
        };
        let ranks: Vec<Vec<usize>> = (0..count).into_par_iter().map(|language| site.ranks(language)).collect();
        site.arrange(&ranks);
        site.collect_tags(&ranks, self.problems);
        site.collect_terms();
        site.collect_paths(self.problems);
        site.claim_addresses(self.problems);
        site
    }
}

fn default_template(id: &str, is_section: bool) -> &'static str {
    match (id, is_section) {
        ("", _) => "home",
        (_, true) => "section",
        _ => "page",
    }
}
