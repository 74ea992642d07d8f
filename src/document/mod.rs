//! What one file says: no address, no neighbours, so it is parallel and remembered.

pub mod attributes;
pub mod checklist;
mod containers;
pub mod diagram;
pub mod fingerprint;
pub mod footnotes;
pub mod front_matter;
mod inline;
mod isolate;
mod limits;
pub mod parse;
pub mod raw_html;
pub mod tree;

use crate::base::config::HtmlMode;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::hash::Hash;
use crate::base::path::{Anchor, LanguageTag};
use crate::base::source::Source;
use crate::language::bidi_controls::{HiddenChar, hidden_characters};
use crate::language::locale::Locale;
use crate::language::slug::Anchors;
use crate::language::words::count_words;
use checklist::{Item, ItemPlace};
use fingerprint::{Block, Fingerprint};
use footnotes::Footnotes;
use front_matter::FrontMatter;
use parse::{Context, Parsed, Reference};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use tree::{Kind, Node, Tree};

/// What a document needs to know of the site's settings.
#[derive(Clone)]
pub struct Settings {
    /// What happens to raw HTML.
    pub html: HtmlMode,
    /// Its language.
    pub language: LanguageTag,
    /// What its language knows.
    pub locale: Arc<Locale>,
    /// The hash of the three, for the memo.
    pub hash: Hash,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id in the page.
    pub anchor: Anchor,
    /// Whether the author gave the id.
    pub explicit: bool,
    /// Its text without markup.
    pub text: String,
    /// Language of the text, where it is another.
    pub lang: Option<Box<str>>,
    /// Direction of the text, where it is said.
    pub dir: Option<&'static str>,
}

/// What other pages may see of a document: as long as it stays the same, they stay the same.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Summary {
    /// Settings in its front matter.
    pub matter: FrontMatter,
    /// Title: from the settings or the first level-one heading.
    pub title: String,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Checklist items in order.
    pub items: Vec<Item>,
    /// Glossary terms it links to, in order of first use.
    pub terms: Vec<String>,
}

/// One file of content.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// For all other pages.
    pub summary: Arc<Summary>,
    /// The hash of the summary, made once.
    pub summary_hash: Hash,
    /// The hash of its path and of [`FrontMatter::standing`].
    pub standing: Hash,
    /// The text.
    pub tree: Tree,
    /// Node of each heading.
    pub heading_nodes: Vec<u32>,
    /// Node of each author block.
    pub author_blocks: Vec<u32>,
    /// Links in order.
    pub links: Vec<Reference>,
    /// Images in order.
    pub images: Vec<Reference>,
    /// Words of prose and of code, for reading time.
    pub words: (usize, usize),
    /// Where each item stands.
    pub item_places: Vec<ItemPlace>,
    /// Footnotes in the order of their first reference.
    pub footnotes: Footnotes,
    /// See [`Document::blocks`].
    blocks: OnceLock<Vec<Block>>,
    /// Characters that make the text read otherwise than it is written.
    pub hidden: Vec<HiddenChar>,
    /// What is wrong in this file alone.
    pub problems: Vec<Diagnostic>,
    /// Hash of source and settings.
    pub hash: Hash,
}

/// Documents in the order of their paths.
#[derive(Debug, Default)]
pub struct Documents {
    documents: Vec<Arc<Document>>,
    hashes: Vec<Hash>,
}

impl Documents {
    /// Takes documents, sorted by path.
    pub fn new(documents: Vec<Arc<Document>>) -> Documents {
        Documents { hashes: documents.iter().map(|document| document.hash).collect(), documents }
    }

    /// All of them.
    pub fn all(&self) -> &[Arc<Document>] {
        &self.documents
    }

    /// The hash of each, side by side.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The document of a file.
    pub fn get(&self, path: &str) -> Option<&Arc<Document>> {
        let place = self.documents.binary_search_by(|document| (*document.source.path).cmp(path)).ok()?;
        Some(&self.documents[place])
    }
}

impl std::ops::Index<usize> for Documents {
    type Output = Arc<Document>;

    fn index(&self, index: usize) -> &Arc<Document> {
        &self.documents[index]
    }
}

impl Document {
    /// For pages with the same identity: what translations are made from. Made when it is first asked for, since only originals are.
    pub fn blocks(&self) -> &[Block] {
        self.blocks.get_or_init(|| {
            let Summary { title, matter, headings, .. } = &*self.summary;
            fingerprint::blocks(fingerprint::Text { tree: &self.tree, source: &self.source.text, title, matter, headings })
        })
    }

    /// What must be alike in all languages.
    pub fn structure(&self) -> Fingerprint {
        fingerprint::structure(&self.summary.headings, &self.summary.items)
    }

    /// The line of `title`, `description` or `result`; the beginning where the text stands nowhere.
    pub fn line_of(&self, key: &str) -> Range<usize> {
        fingerprint::line_of(&self.source.text, &self.summary.matter, key)
    }

    /// Whether a line was meant to be a checklist item and is none, so that there is no point in comparing items.
    pub fn misses_items(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == Code::CLS009)
    }

    /// The line of a heading.
    pub fn heading_line(&self, number: usize) -> Span {
        let node = &self.tree.nodes[self.heading_nodes[number] as usize];
        let text = &self.source.text[node.start as usize..node.end as usize];
        Span::new(&self.source.path, node.start as usize..node.start as usize + text.trim_end().lines().next().map_or(0, str::len))
    }
}

/// Reads a document. A pure function of its arguments.
pub fn document(source: Source, settings: &Settings) -> Document {
    let mut problems = Vec::new();
    let split = front_matter::split(&source, &mut problems);
    let matter = front_matter::read(&source, &split, &mut problems);
    let context = Context { path: &source.path, text: &source.text, locale: &settings.locale, html: settings.html };
    let mut parsed = parse::parse(context, split.body..source.text.len(), &mut problems);
    let title = title(&source, &matter, &mut parsed, &mut problems);
    let tasks = std::mem::take(&mut parsed.tasks);
    let (items, item_places) = checklist::collect(&mut parsed.tree, tasks, &source.text, &source.path, &mut problems);
    let headings = headings(&source, &parsed, &mut problems);
    isolate::isolate(&mut parsed, &source.text, settings.locale.direction);
    let summary = Summary { title, headings, items, terms: terms(&parsed.tree), matter };
    let standing = Hash::of_value(&(&*source.path, summary.matter.standing()));
    let words = words(&parsed.tree, &source.text);
    let footnotes = Footnotes::of(&parsed.footnotes, &parsed.tree, &source, &mut problems);
    limits::check(&source.path, &parsed, &item_places, &mut problems);
    Document {
        summary_hash: Hash::of_value(&summary),
        standing,
        summary: Arc::new(summary),
        hash: Hash::of_value(&(source.hash, settings.hash, &*source.path)),
        hidden: hidden_characters(&source.text),
        heading_nodes: parsed.headings.iter().map(|heading| heading.node).collect(),
        author_blocks: author_blocks(&parsed.tree),
        tree: parsed.tree,
        links: parsed.links,
        images: parsed.images,
        item_places,
        words,
        footnotes,
        blocks: OnceLock::new(),
        problems,
        source,
    }
}

/// The nodes of author blocks.
fn author_blocks(tree: &Tree) -> Vec<u32> {
    (0_u32..).zip(&tree.nodes).filter(|(_, node)| matches!(node.kind, tree::Kind::Container { .. })).map(|(number, _)| number).collect()
}

/// Reads a piece of Markdown inside another file, such as a definition of the glossary.
pub fn snippet(source: Source, range: Range<usize>, settings: &Settings) -> Document {
    let mut problems = Vec::new();
    let context = Context { path: &source.path, text: &source.text, locale: &settings.locale, html: settings.html };
    let mut parsed = parse::parse(context, range, &mut problems);
    isolate::isolate(&mut parsed, &source.text, settings.locale.direction);
    let summary = Summary { matter: FrontMatter::default(), title: String::new(), headings: Vec::new(), items: Vec::new(), terms: Vec::new() };
    Document {
        hidden: Vec::new(),
        summary_hash: Hash::default(),
        standing: Hash::default(),
        summary: Arc::new(summary),
        hash: source.hash,
        heading_nodes: Vec::new(),
        author_blocks: Vec::new(),
        tree: parsed.tree,
        links: parsed.links,
        images: parsed.images,
        item_places: Vec::new(),
        words: (0, 0),
        footnotes: Footnotes::default(),
        blocks: OnceLock::new(),
        problems,
        source,
    }
}

/// The title: from the settings, else the first level-one heading, which then leaves the text.
fn title(source: &Source, matter: &FrontMatter, parsed: &mut Parsed, problems: &mut Vec<Diagnostic>) -> String {
    let first = parsed.headings.iter().position(|heading| heading.level == 1);
    if let Some(title) = &matter.title {
        return title.trim().to_owned();
    }
    let (mut text, mut place) = (String::new(), 0..0);
    if let Some(first) = first {
        let node = parsed.headings[first].node as usize;
        let Node { start, end, next, .. } = parsed.tree.nodes[node];
        place = start as usize..end as usize;
        text = parsed.tree.plain_text(node + 1..next as usize, &source.text);
        remove_heading(parsed, first, node..next as usize);
    }
    if !text.trim().is_empty() {
        return text.trim().to_owned();
    }
    // What could not be read may well have held the title.
    if !problems.iter().any(|problem| matches!(problem.code, Code::CFG001 | Code::FMT001 | Code::FIL003)) {
        problems.push(
            Diagnostic::new(Code::FMT002, "this page has no title")
                .at(Span::new(&source.path, place))
                .help("write title = \"…\" between +++ lines at the top, or begin the text with `# Title`"),
        );
    }
    source.path.file_name().trim_end_matches(".md").to_owned()
}

fn remove_heading(parsed: &mut Parsed, number: usize, nodes: Range<usize>) {
    let (from, count) = (nodes.start as u32, nodes.len() as u32);
    let inside = |reference: &Reference| nodes.contains(&(reference.node as usize));
    parsed.links.retain(|link| !inside(link));
    parsed.images.retain(|image| !inside(image));
    parsed.tree.nodes.drain(nodes);
    parsed.headings.remove(number);
    let moved = |at: &mut u32| {
        if *at > from {
            *at -= count;
        }
    };
    for node in &mut parsed.tree.nodes {
        moved(&mut node.next);
        if let Kind::Heading { number: other, .. } = &mut node.kind
            && *other as usize > number
        {
            *other -= 1;
        }
    }
    parsed.headings.iter_mut().for_each(|heading| moved(&mut heading.node));
    parsed.links.iter_mut().chain(&mut parsed.images).for_each(|reference| moved(&mut reference.node));
    for mark in &mut parsed.tasks.marks {
        if mark.0 as u32 > from {
            mark.0 -= count as usize;
        }
    }
    renumber(parsed);
}

/// Counts links, images and footnotes anew, after some have gone with the title.
fn renumber(parsed: &mut Parsed) {
    for (number, reference) in parsed.links.iter().enumerate() {
        if let Kind::Link(link) = &mut parsed.tree.nodes[reference.node as usize].kind {
            link.number = number as u32;
        }
    }
    for (number, reference) in parsed.images.iter().enumerate() {
        if let Kind::Image(image) = &mut parsed.tree.nodes[reference.node as usize].kind {
            image.number = number as u32;
        }
    }
    let label = |node: &tree::Node| if let Kind::FootnoteReference { label } = &node.kind { Some(label.clone()) } else { None };
    let used: BTreeSet<Box<str>> = parsed.tree.nodes.iter().filter_map(label).collect();
    parsed.footnotes.retain(|label| used.contains(label));
}

/// Headings with their anchors; explicit ones must be unique, automatic ones are made so.
fn headings(source: &Source, parsed: &Parsed, problems: &mut Vec<Diagnostic>) -> Vec<Heading> {
    let mut anchors = Anchors::default();
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for heading in &parsed.headings {
        let Some(id) = heading.id.as_deref() else { continue };
        let node = &parsed.tree.nodes[heading.node as usize];
        let place = Span::new(
            &source.path,
            node.start as usize
                ..(node.end as usize).min(source.text[node.start as usize..].find('\n').map_or(node.end as usize, |at| node.start as usize + at)),
        );
        if anchors.claim(id) {
            first.insert(id, place);
        } else if let Some(earlier) = first.get(id) {
            let problem =
                Diagnostic::new(Code::HDG002, format!("the anchor `{id}` is used twice")).at(place).label(earlier.clone(), "first used here");
            problems.push(problem.help("give one of them another id, and mend the links to it"));
        }
    }
    let one = |heading: &parse::RawHeading| {
        let node = &parsed.tree.nodes[heading.node as usize];
        let text = parsed.tree.plain_text(heading.node as usize + 1..node.next as usize, &source.text).trim().to_owned();
        let anchor = heading.id.as_deref().map_or_else(|| anchors.make(&text), str::to_owned);
        Heading {
            level: heading.level,
            anchor: Anchor::new(anchor),
            explicit: heading.id.is_some(),
            text,
            lang: heading.lang.clone(),
            dir: heading.dir,
        }
    };
    parsed.headings.iter().map(one).collect()
}

fn terms(tree: &Tree) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for node in &tree.nodes {
        if let Kind::Link(link) = &node.kind
            && let tree::Target::Term(term) = &link.target
            && known.insert(term)
        {
            terms.push(term.to_string());
        }
    }
    terms
}

fn words(tree: &Tree, text: &str) -> (usize, usize) {
    let (mut prose, mut code) = (0, 0);
    let mut code_until = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        match &node.kind {
            Kind::CodeBlock { .. } => code_until = node.next as usize,
            Kind::Text(piece) if at < code_until => code += count_words(piece.get(text)),
            Kind::Text(piece) => prose += count_words(piece.get(text)),
            _ => {}
        }
    }
    (prose, code)
}
