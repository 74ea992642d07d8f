//! Which pages a site has, and where: what stays as it is while their texts change.

mod sections;

use super::address::{self, Addresses};
use super::page::{LanguageIndex, Place, href, out_path};
use super::translation::Set;
use super::unpublished::{Unpublished, Why};
use super::{Drafts, Head, Material, Profile};
use crate::base::config::Fallback;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::hash::Hash;
use crate::base::path::{Address, PageId};
use crate::base::reader::Located;
use crate::document::Summary;
use crate::document::front_matter::FrontMatter;
use crate::language::fold::nfc;
use crate::language::slug;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Templates that make a list of their own rather than show a text.
pub(super) const SPECIAL: &[&str] = &["home", "glossary", "tags", "plan", "paths"];

/// The pages of a site without what they say: made from their paths, the settings that decide whether and where a page stands
/// ([`FrontMatter::standing`]), and the site's own settings.
#[derive(Debug)]
pub struct Outline {
    /// Where each page stands: by language, then identity.
    pub(super) places: Vec<Arc<Place>>,
    /// Pages of each language by identity.
    pub by_id: Vec<BTreeMap<PageId, usize>>,
    /// Documents of each identity, by language: the file's index in the material.
    pub sets: BTreeMap<PageId, Set>,
    /// Identity of each file of content, by language: path without language and extension.
    pub identities: Vec<BTreeMap<String, PageId>>,
    /// Pages that readers do not get yet or any more, by identity.
    pub unpublished: BTreeMap<String, Unpublished>,
    /// Pages by decoded address.
    pub by_address: BTreeMap<Address, usize>,
    /// Pages that make a list of their own, by language and template.
    pub specials: Vec<BTreeMap<&'static str, usize>>,
    /// Pages that readers find at their address, in the order of their files.
    pub shown: Vec<usize>,
    /// Addresses of folders, by language, for files beside pages.
    pub folders: Vec<BTreeMap<String, Address>>,
    /// Pages of other languages that lists of each language lead to, where a translation is missing.
    pub(super) linked_originals: Vec<Vec<usize>>,
    /// The addresses that pages have.
    pub(super) addresses: Addresses<'static>,
    /// What stands for all of it.
    pub(super) key: Hash,
    problems: Vec<Problem>,
}

/// Something wrong with a setting of a document. Where it stands is asked when it is told: what is written above it may have moved it.
#[derive(Debug)]
struct Problem {
    problem: Diagnostic,
    /// Without a setting its place is known, or the top of the file.
    at: Option<(usize, Setting)>,
    /// The other document that it concerns.
    other: Option<(usize, Setting)>,
}

type Setting = fn(&FrontMatter) -> Option<&Located>;

impl From<Diagnostic> for Problem {
    fn from(problem: Diagnostic) -> Problem {
        Problem { problem, at: None, other: None }
    }
}

impl Problem {
    fn told(&self, documents: &[Head]) -> Diagnostic {
        let place = |(document, setting): (usize, Setting)| {
            let Head { path, summary, .. } = &documents[document];
            setting(&summary.matter).map_or_else(|| Span::new(path, 0..0), |setting| setting.span(path))
        };
        let mut problem = self.problem.clone();
        if let Some(at) = self.at {
            problem = problem.at(place(at));
        }
        match self.other {
            Some(other) => problem.label(place(other), "this one"),
            None => problem,
        }
    }
}

impl Outline {
    /// Outlines a site.
    pub(super) fn new(material: &Material, key: Hash) -> Outline {
        let count = material.languages.len();
        let mut draft = Draft {
            folders: vec![BTreeMap::new(); count],
            identities: vec![BTreeMap::new(); count],
            sets: BTreeMap::new(),
            rels: BTreeMap::new(),
            unpublished: BTreeMap::new(),
            material,
            problems: Vec::new(),
        };
        draft.find_sets();
        draft.check_sections();
        draft.choose_originals();
        draft.finish(key)
    }

    /// What is wrong with it, with places in the documents as they are now.
    pub(super) fn problems<'a>(&'a self, documents: &'a [Head]) -> impl Iterator<Item = Diagnostic> + 'a {
        self.problems.iter().map(|problem| problem.told(documents))
    }
}

/// The pages of one language.
#[derive(Default)]
struct Placed {
    places: Vec<Place>,
    /// Addresses of its folders.
    folders: BTreeMap<String, Address>,
    problems: Vec<Problem>,
}

struct Draft<'a> {
    material: &'a Material,
    /// Identity of each section's folder, by language.
    folders: Vec<BTreeMap<String, PageId>>,
    identities: Vec<BTreeMap<String, PageId>>,
    sets: BTreeMap<PageId, Set>,
    /// Path without language and extension of each identity.
    rels: BTreeMap<PageId, String>,
    unpublished: BTreeMap<String, Unpublished>,
    problems: Vec<Problem>,
}

/// `content/sv/strategi/mål.md` → its language, and the path below it without extension.
fn split_path(path: &str) -> Option<(&str, &str)> {
    let (language, rest) = path.strip_prefix("content/")?.split_once('/')?;
    Some((language, rest.strip_suffix(".md")?))
}

/// The identity a path gives: `index` is its folder.
pub fn path_identity(rel: &str) -> &str {
    match rel.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => rel,
    }
}

/// Whether a path below a language, without extension, is that of a folder's page.
pub fn is_index(rel: &str) -> bool {
    rel == "index" || rel.ends_with("/index")
}

fn folder_of(rel: &str) -> &str {
    rel.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Draft<'_> {
    fn language(&self, tag: &str) -> Option<LanguageIndex> {
        self.material.languages.iter().position(|language| &*language.tag == tag)
    }

    /// Groups documents by identity.
    fn find_sets(&mut self) {
        const ID: Setting = |matter| matter.id.as_ref();
        let count = self.material.languages.len();
        for (index, Head { path, summary, .. }) in self.material.documents.iter().enumerate() {
            let Some((tag, rel)) = split_path(path) else { continue };
            let Some(language) = self.language(tag) else { continue };
            let rel = nfc(rel).into_owned();
            // The home page is where everything begins; it has no other identity.
            let given = summary.matter.id.as_ref().filter(|_| rel != "index").map(|id| id.text.trim_matches('/'));
            let id = PageId::new(given.unwrap_or_else(|| path_identity(&rel)));
            if let Some(why) = self.why_unpublished(summary) {
                // Links find it by its file; where a published page has the same path, they mean that.
                self.identities[language].entry(path_identity(&rel).to_owned()).or_insert_with(|| id.clone());
                self.unpublished.entry(id.to_string()).or_insert_with(|| Unpublished { path: path.clone(), why });
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
                    let problem = Diagnostic::new(Code::ADR003, format!("the identity `{id}` belongs to another page"));
                    let problem = problem.help("change `id` in one of the two pages");
                    self.problems.push(Problem { problem, at: Some((index, ID)), other: Some((first, ID)) });
                }
            }
            self.rels.entry(id).or_insert(rel);
        }
    }

    /// Why readers do not get a page, when drafts are not wanted.
    fn why_unpublished(&self, summary: &Summary) -> Option<Why> {
        let options = &self.material.options;
        Why::of(&summary.matter, options.today).filter(|_| options.drafts == Drafts::Exclude)
    }

    /// The original is the source language's version, else the first in the site's order; a draft only where all are, as for readers.
    fn choose_originals(&mut self) {
        let source = self.language(&self.material.config.source).unwrap_or(0);
        let documents = &self.material.documents;
        let config = self.material.config.fallback;
        let mut chosen = BTreeMap::new();
        for (id, set) in &mut self.sets {
            let versions = set.documents.iter().enumerate().filter_map(|(language, document)| Some((language, (*document)?)));
            let first = versions.min_by_key(|(language, document)| (documents[*document].summary.matter.draft, *language != source, *language));
            set.original = first.map_or(0, |(language, _)| language);
            chosen.insert(id.clone(), set.documents[set.original].and_then(|document| documents[document].summary.matter.fallback));
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
    fn part(&self, document: Option<usize>, name: &str, problems: &mut Vec<Problem>) -> String {
        const SLUG: Setting = |matter| matter.slug.as_ref();
        let given = document.and_then(|document| Some((document, SLUG(&self.material.documents[document].summary.matter)?)));
        let Some((document, given)) = given else { return slug::slug(name) };
        let (part, problem) = address::part(&given.text);
        problems.extend(problem.map(|problem| Problem { problem, at: Some((document, SLUG)), other: None }));
        part
    }

    /// The places of a language.
    fn placed(&self, language: LanguageIndex) -> Placed {
        let mut placed = Placed::default();
        self.folder_address(language, "", &mut placed);
        for (id, set) in &self.sets {
            let place = self.place(language, id, set, &mut placed);
            placed.places.extend(place);
        }
        placed
    }

    fn place(&self, language: LanguageIndex, id: &PageId, set: &Set, placed: &mut Placed) -> Option<Place> {
        let (document, text_language) = self.document(set, language)?;
        let Head { path, summary, .. } = &self.material.documents[document];
        let rel = nfc(split_path(path)?.1).into_owned();
        let (is_section, folder) = (is_index(&rel), folder_of(&rel));
        let mut address = self.folder_address(language, folder, placed);
        if !is_section {
            let name = rel.rsplit('/').next().unwrap_or(&rel);
            let part = self.part(set.documents[language], name, &mut placed.problems);
            address = Address::new(format!("{address}{part}/"));
        }
        let above = if is_section { folder_of(folder) } else { folder };
        let parent = self.folders[language].get(above).or_else(|| self.folders.iter().find_map(|folders| folders.get(above))).cloned();
        let template = summary.matter.template.as_ref().map_or_else(|| default_template(id, is_section).to_owned(), |template| template.text.clone());
        let parent = parent.unwrap_or_else(|| PageId::new(""));
        let identity = (language, text_language, &**id, &**path, &*address, &*parent);
        Some(Place {
            hash: Hash::of_value(&(identity, is_section, &*template)),
            href: href(&address, self.material.options.profile == Profile::Portable),
            parent,
            id: id.clone(),
            language,
            text_language,
            path: path.clone(),
            out: out_path(&address),
            address,
            is_section,
            template,
            document,
            above: None,
            versions: Arc::default(),
            original: 0,
        })
    }

    fn finish(mut self, key: Hash) -> Outline {
        let count = self.material.languages.len();
        let placed: Vec<Placed> = (0..count).into_par_iter().map(|language| self.placed(language)).collect();
        let (mut places, mut folders) = (Vec::new(), Vec::new());
        for mut placed in placed {
            places.append(&mut placed.places);
            folders.push(placed.folders);
            self.problems.append(&mut placed.problems);
        }
        let mut by_id = vec![BTreeMap::new(); count];
        let mut by_address = BTreeMap::new();
        let mut specials = vec![BTreeMap::new(); count];
        let (mut addresses, mut taken) = (Addresses::default(), Vec::new());
        for (index, place) in places.iter_mut().enumerate() {
            by_id[place.language].insert(place.id.clone(), index);
            by_address.entry(place.address.clone()).or_insert(index);
            if let Some(template) = SPECIAL.iter().find(|special| **special == place.template) {
                specials[place.language].entry(*template).or_insert(index);
            }
            addresses.claim(&place.address, Span::new(&place.path, 0..0), &mut taken);
        }
        self.problems.extend(taken.into_iter().map(Problem::from));
        let versions = |id: &PageId| by_id.iter().map(|pages| pages.get(id).copied()).collect();
        let versions: BTreeMap<&PageId, Arc<[Option<usize>]>> = self.sets.keys().map(|id| (id, versions(id))).collect();
        for (index, place) in places.iter_mut().enumerate() {
            place.versions = versions[&place.id].clone();
            place.above = by_id[place.language].get(&place.parent).copied();
            place.original = place.versions[self.sets[&place.id].original].unwrap_or(index);
        }
        let missing = |language: usize| {
            let missing = self.sets.iter().filter(|(id, set)| set.fallback == Some(Fallback::Link) && !by_id[language].contains_key(*id));
            missing.filter_map(|(id, set)| by_id[set.original].get(id).copied()).collect()
        };
        // Where two pages claim an address, the first has it: the check on addresses tells of the other.
        let mut shown: Vec<usize> = by_address.values().copied().collect();
        shown.sort_by(|one, other| places[*one].out.cmp(&places[*other].out));
        Outline {
            shown,
            linked_originals: (0..count).map(missing).collect(),
            places: places.into_iter().map(Arc::new).collect(),
            by_id,
            identities: self.identities,
            unpublished: self.unpublished,
            by_address,
            specials,
            folders,
            addresses,
            key,
            problems: self.problems,
            sets: self.sets,
        }
    }
}

fn default_template(id: &str, is_section: bool) -> &'static str {
    match (id, is_section) {
        ("", _) => "home",
        (_, true) => "section",
        _ => "page",
    }
}
