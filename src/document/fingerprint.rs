//! Fingerprints of blocks: what a translation was made from.
//!
//! A block's place is the path of headings above it and its order among blocks of its kind there, so a paragraph added
//! elsewhere moves no other block. Code, link targets, white space and typography do not count.

use super::tree::{Kind, Tree};
use crate::base::hash::Hash;
use std::collections::BTreeMap;
use std::ops::Range;

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Block {
    /// Where it is: anchors of the headings above it and its kind and order below them: `smart/measurable:p2`.
    pub place: String,
    /// The anchor of the nearest heading above (or its own); empty before the first.
    pub section: String,
    /// The hash of its normalised text.
    pub hash: Hash,
    /// Where it stands in the file.
    pub range: Range<usize>,
}

/// The blocks of a document in reading order. `anchors` are those of the headings, by number.
pub fn blocks(tree: &Tree, text: &str, title: &str, anchors: &[String]) -> Vec<Block> {
    let mut blocks = vec![Block { place: "title".to_owned(), section: String::new(), hash: hash(title), range: 0..0 }];
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut orders: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
    let mut at = 0;
    while at < tree.nodes.len() {
        let node = &tree.nodes[at];
        let (letter, inside) = match &node.kind {
            Kind::Heading { level, number } => {
                above.retain(|(other, _)| other < level);
                above.push((*level, anchors.get(*number as usize).map_or("", String::as_str)));
                ("h", at + 1..node.next as usize)
            }
            Kind::Paragraph => ("p", at + 1..node.next as usize),
            Kind::Item { .. } => ("i", first_line(tree, at)),
            Kind::TableRow | Kind::TableHead => ("r", at + 1..node.next as usize),
            Kind::DefinitionTitle | Kind::Definition => ("d", at + 1..node.next as usize),
            Kind::Diagram { .. } => ("g", at..at),
            _ => {
                at += 1;
                continue;
            }
        };
        let mut words = plain(tree, inside.clone(), text);
        if let Kind::Diagram { title, description, .. } = &node.kind {
            words = format!("{title} {description}");
        }
        let section: Vec<&str> = above.iter().map(|(_, anchor)| *anchor).collect();
        let order = orders.entry((section.join("/"), letter)).or_default();
        *order += 1;
        if !words.trim().is_empty() {
            let place = format!("{}:{letter}{order}", section.join("/"));
            let range = node.start as usize..node.end as usize;
            blocks.push(Block { place, section: section.last().map_or("", |anchor| anchor).to_owned(), hash: hash(&words), range });
        }
        at = if inside.is_empty() { at + 1 } else { inside.end.max(at + 1) };
    }
    blocks
}

/// The inline nodes an item begins with; a paragraph inside is a block of its own.
fn first_line(tree: &Tree, item: usize) -> Range<usize> {
    match tree.nodes.get(item + 1) {
        Some(first) if matches!(first.kind, Kind::Paragraph) => item + 1..item + 1,
        _ => super::checklist::label_nodes(tree, item),
    }
}

/// Text without code.
fn plain(tree: &Tree, nodes: Range<usize>, text: &str) -> String {
    let mut words = String::new();
    for node in &tree.nodes[nodes] {
        match &node.kind {
            Kind::Text(piece) => words.push_str(piece.get(text)),
            Kind::SoftBreak | Kind::HardBreak | Kind::TableCell { .. } => words.push(' '),
            _ => {}
        }
    }
    words
}

/// White space, quotation marks, dashes and case of typography do not count.
fn hash(words: &str) -> Hash {
    let mut normal = String::with_capacity(words.len());
    for word in words.split(|c: char| c.is_whitespace() || c == '\u{A0}' || c == '\u{202F}').filter(|word| !word.is_empty()) {
        normal.extend(word.chars().filter_map(|c| match c {
            '“' | '”' | '„' | '«' | '»' | '"' => Some('"'),
            '‘' | '’' | '‹' | '›' | '\'' => Some('\''),
            '–' | '—' => Some('-'),
            '…' => Some('.'),
            '\u{AD}' => None,
            other => Some(other),
        }));
        normal.push(' ');
    }
    Hash::of(normal.replace("...", ".").trim_end().as_bytes())
}
