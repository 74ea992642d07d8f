//! Fingerprints of blocks: what a translation was made from.
//!
//! A block's place is the anchor of the heading above it, which is unique in a page, and its order below that heading. Two versions of a
//! text are compared by aligning these sequences (`site/drift.rs`), so that one new paragraph is one added block. Code, link targets,
//! white space and typography do not count; levels, anchors and ids are the business of [`structure`].

use super::Heading;
use super::checklist::{Item, label_nodes};
use super::front_matter::FrontMatter;
use super::tree::{Kind, Target, Tree};
use crate::base::hash::Hash;
use crate::language::fold::nfc;
use std::fmt;
use std::ops::Range;

/// Stands for a normalised text. Equal fingerprints are taken to mean the same words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// That of some words.
    pub fn of(words: &str) -> Fingerprint {
        Fingerprint(u64::from_be_bytes(Hash::of(normal(words).as_bytes()).bytes()[..8].try_into().expect("eight bytes")))
    }

    /// Reads what `Display` wrote: sixteen lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let fine = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fine.then(|| u64::from_str_radix(text, 16).ok().map(Fingerprint))?
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Block {
    /// The anchor of the nearest heading above, or its own; empty before the first.
    pub section: String,
    /// Its number in the section, from 0.
    pub order: u32,
    /// The fingerprint of its words.
    pub hash: Fingerprint,
    /// Where it stands in the file.
    pub range: Range<usize>,
}

/// What blocks are made from.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// The text as a tree.
    pub tree: &'a Tree,
    /// The file.
    pub source: &'a str,
    /// The page's title.
    pub title: &'a str,
    /// What the page says about itself; its sentences count too.
    pub matter: &'a FrontMatter,
    /// The headings by number.
    pub headings: &'a [Heading],
}

/// The blocks of a document in reading order: title, description, result, then the text.
pub fn blocks(text: Text<'_>) -> Vec<Block> {
    let mut blocks = Blocks { blocks: Vec::new(), section: String::new(), order: 0 };
    blocks.push(text.title, line_of(text.source, text.matter, "title"));
    for (key, value) in [("description", &text.matter.description), ("result", &text.matter.result)] {
        blocks.push(value.as_deref().unwrap_or(""), line_of(text.source, text.matter, key));
    }
    let nodes = &text.tree.nodes;
    let mut at = 0;
    while at < nodes.len() {
        let node = &nodes[at];
        let (words, next) = match &node.kind {
            Kind::Heading { number, .. } => {
                blocks.begin(text.headings.get(*number as usize).map_or("", |heading| &heading.anchor));
                (plain(text, at + 1..node.next as usize), node.next as usize)
            }
            Kind::Paragraph | Kind::TableRow | Kind::TableHead | Kind::DefinitionTitle => {
                (plain(text, at + 1..node.next as usize), node.next as usize)
            }
            Kind::Item { .. } | Kind::Definition => {
                let label = label_nodes(text.tree, at);
                (plain(text, label.clone()), label.end.max(at + 1))
            }
            Kind::Diagram { title, description, .. } => (format!("{title} {description}"), at + 1),
            Kind::CodeBlock { .. } => (String::new(), node.next as usize),
            _ => (String::new(), at + 1),
        };
        blocks.push(&words, node.start as usize..end_of_block(text, at));
        at = next;
    }
    blocks.blocks
}

struct Blocks {
    blocks: Vec<Block>,
    section: String,
    order: u32,
}

impl Blocks {
    fn begin(&mut self, section: &str) {
        section.clone_into(&mut self.section);
        self.order = 0;
    }

    fn push(&mut self, words: &str, range: Range<usize>) {
        if !words.trim().is_empty() {
            self.blocks.push(Block { section: self.section.clone(), order: self.order, hash: Fingerprint::of(words), range });
            self.order += 1;
        }
    }
}

/// Where a key of the front matter stands, or the first level-one heading for a title that is not there.
pub(super) fn line_of(source: &str, matter: &FrontMatter, key: &str) -> Range<usize> {
    let is_heading = key == "title" && matter.title.is_none();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let is_key = line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ':']));
        let is_it = if is_heading { line.starts_with("# ") } else { is_key };
        if is_it {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    0..0
}

/// An item and a definition end where what is nested in them begins.
fn end_of_block(text: Text<'_>, at: usize) -> usize {
    let node = &text.tree.nodes[at];
    if !matches!(node.kind, Kind::Item { .. } | Kind::Definition) {
        return node.end as usize;
    }
    let label = label_nodes(text.tree, at);
    let nested = text.tree.nodes.get(label.end).filter(|_| label.end < node.next as usize);
    nested.map_or(node.end, |nested| nested.start) as usize
}

/// Text without code; an address that stands for itself is a link target.
fn plain(text: Text<'_>, nodes: Range<usize>) -> String {
    let mut words = String::new();
    let mut at = nodes.start;
    while at < nodes.end {
        let node = &text.tree.nodes[at];
        at += 1;
        match &node.kind {
            Kind::Text(piece) => words.push_str(piece.get(text.source)),
            Kind::SoftBreak | Kind::HardBreak | Kind::TableCell { .. } => words.push(' '),
            Kind::CodeBlock { .. } => at = node.next as usize,
            Kind::Link(link) => {
                if let Target::Address(address) = &link.target
                    && is_bare(address, &text.tree.plain_text(at..node.next as usize, text.source))
                {
                    at = node.next as usize;
                }
            }
            _ => {}
        }
    }
    words
}

/// Whether a link's text is its own address: `<https://…>`, `www.…`.
fn is_bare(address: &str, text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && (address == text || address.ends_with(text) && (address.starts_with("mailto:") || address.starts_with("http") && text.contains('.')))
}

/// White space, quotation marks, dashes and composition do not count.
fn normal(words: &str) -> String {
    let mut normal = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        // What is dropped or replaced begins with one of these bytes in UTF-8; letters do not.
        if !word.bytes().any(|byte| matches!(byte, 0xC2 | 0xE2 | 0xEF)) {
            normal.push_str(word);
            normal.push(' ');
            continue;
        }
        normal.extend(word.chars().filter_map(|c| match c {
            '“' | '”' | '„' | '«' | '»' | '"' => Some('"'),
            '‘' | '’' | '‹' | '›' | '\'' => Some('\''),
            '–' | '—' => Some('-'),
            '…' => Some('.'),
            '\u{AD}' | '\u{FEFF}' => None,
            other => Some(other),
        }));
        normal.push(' ');
    }
    let normal = if normal.contains("...") { normal.replace("...", ".") } else { normal };
    nfc(normal.trim_end()).into_owned()
}

/// What must be alike in all languages: levels and explicit anchors of headings, ids of checklist items.
pub fn structure(headings: &[Heading], items: &[Item]) -> Fingerprint {
    let mut words = String::new();
    for heading in headings {
        words.push_str(&format!("h{}#{} ", heading.level, if heading.explicit { &*heading.anchor } else { "" }));
    }
    for item in items {
        words.push_str(&format!("i#{} ", item.id.as_deref().unwrap_or("")));
    }
    Fingerprint::of(&words)
}
