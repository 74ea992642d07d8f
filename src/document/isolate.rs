//! Wraps runs of the other direction that would be painted in the wrong order (LANGUAGE.md A4; UAX #9).
//!
//! The text of a block is taken across its inline elements; what is isolated already counts as one neutral character.

use super::parse::Parsed;
use super::tree::{Kind, Node, Str, Tree, is_inline};
use crate::language::data::Direction;
use crate::language::isolation;
use std::ops::Range;

/// A place in the text of a block: a node and an offset in its text.
struct Piece {
    node: usize,
    /// Where the node's text begins in the text of the block.
    at: usize,
    length: usize,
    parent: usize,
}

/// A run to wrap: from an offset in one text node to an offset in the same or a later one with the same parent.
struct Wrap {
    first: usize,
    from: usize,
    last: usize,
    to: usize,
}

/// Finds the runs of a whole document and puts them into [`Kind::Isolate`] nodes.
pub fn isolate(parsed: &mut Parsed, text: &str, direction: Direction) {
    let mut wraps = Vec::new();
    for (at, node) in parsed.tree.nodes.iter().enumerate() {
        let base = match &node.kind {
            Kind::Heading { number, .. } => match parsed.headings.get(*number as usize).and_then(|heading| heading.dir) {
                Some("rtl") => Direction::Rtl,
                Some(_) => Direction::Ltr,
                None => direction,
            },
            Kind::Paragraph | Kind::TableCell { .. } | Kind::Item { .. } | Kind::DefinitionTitle | Kind::Definition => direction,
            _ => continue,
        };
        block(&parsed.tree, at, text, base, &mut wraps);
    }
    if !wraps.is_empty() {
        wraps.sort_by_key(|wrap| (wrap.first, wrap.from));
        rebuild(parsed, text, &wraps, direction);
    }
}

/// Whether a text holds characters of both directions, the only case in which anything can go wrong.
fn may_mix(text: &str, base: Direction) -> bool {
    match base {
        Direction::Ltr => text.bytes().any(|b| (0xD6..=0xDF).contains(&b) || b == 0xEF || b == 0xE0 || b == 0xF0),
        Direction::Rtl => text.bytes().any(|b| b.is_ascii_alphanumeric()),
    }
}

fn block(tree: &Tree, node: usize, text: &str, base: Direction, wraps: &mut Vec<Wrap>) {
    let inline: Vec<usize> = tree.children(node).take_while(|child| is_inline(&tree.nodes[*child].kind)).collect();
    let (Some(first), Some(last)) = (inline.first(), inline.last()) else { return };
    let range = *first..tree.nodes[*last].next as usize;
    let (start, end) = (tree.nodes[range.start].start as usize, tree.nodes[range.end - 1].end as usize);
    if !may_mix(text.get(start..end.max(start)).unwrap_or(""), base) {
        return;
    }
    let (words, pieces) = gather(tree, node, range, text);
    for run in isolation::isolate(&words, base) {
        if let Some(wrap) = locate(&pieces, &run) {
            wraps.push(wrap);
        }
    }
}

/// The text of a block and where its pieces come from.
fn gather(tree: &Tree, parent: usize, range: Range<usize>, text: &str) -> (String, Vec<Piece>) {
    let mut words = String::new();
    let mut pieces = Vec::new();
    let mut parents: Vec<(usize, usize)> = vec![(parent, range.end)];
    let mut at = range.start;
    while at < range.end {
        while parents.len() > 1 && parents[parents.len() - 1].1 <= at {
            parents.pop();
        }
        let node = &tree.nodes[at];
        match &node.kind {
            Kind::Text(piece) => {
                let piece = piece.get(text);
                pieces.push(Piece { node: at, at: words.len(), length: piece.len(), parent: parents[parents.len() - 1].0 });
                words.push_str(piece);
            }
            Kind::SoftBreak => words.push(' '),
            Kind::HardBreak => words.push('\n'),
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough => {}
            Kind::Link(link) if link.has_text && link.lang.is_none() => {}
            Kind::Span { lang: None, dir: None, .. } => {}
            Kind::Element { name, .. } if !matches!(*name, "bdi" | "br" | "kbd") => {}
            _ => {
                words.push('\u{FFFC}');
                at = node.next as usize;
                continue;
            }
        }
        if node.next as usize > at + 1 {
            parents.push((at, node.next as usize));
        }
        at += 1;
    }
    (words, pieces)
}

fn locate(pieces: &[Piece], run: &Range<usize>) -> Option<Wrap> {
    let inside = |at: usize| pieces.iter().position(|piece| piece.at <= at && at < piece.at + piece.length);
    let first = &pieces[inside(run.start)?];
    let last = &pieces[inside(run.end - 1)?];
    (first.parent == last.parent).then(|| Wrap { first: first.node, from: run.start - first.at, last: last.node, to: run.end - last.at })
}

/// Makes the nodes anew with the wrapping nodes among them.
fn rebuild(parsed: &mut Parsed, text: &str, wraps: &[Wrap], direction: Direction) {
    let old = std::mem::take(&mut parsed.tree.nodes);
    let mut build = Rebuild { nodes: Vec::with_capacity(old.len() + wraps.len() * 3), moved: Vec::with_capacity(old.len() + 1), open: Vec::new() };
    let mut wraps = wraps.iter().peekable();
    let mut current: Option<&Wrap> = None;
    let dir = direction.opposite().as_str();
    for (at, node) in old.into_iter().enumerate() {
        build.close_until(at as u32);
        build.moved.push(build.nodes.len() as u32);
        let Kind::Text(piece) = &node.kind else {
            build.begin(node, at);
            continue;
        };
        let length = piece.get(text).len();
        let mut from = 0;
        loop {
            if current.is_none() {
                current = wraps.next_if(|wrap| wrap.first == at);
                match current {
                    Some(wrap) => {
                        build.text(&node, piece, text, from..wrap.from);
                        from = wrap.from;
                        build.open.push((build.nodes.len(), u32::MAX));
                        build.nodes.push(Node { kind: Kind::Isolate { dir }, start: node.start, end: node.end, next: 0 });
                    }
                    None => break,
                }
            }
            match current {
                Some(wrap) if wrap.last == at => {
                    build.text(&node, piece, text, from..wrap.to);
                    from = wrap.to;
                    build.close();
                    current = None;
                }
                _ => break,
            }
        }
        build.text(&node, piece, text, from..length);
    }
    build.close_until(u32::MAX);
    build.moved.push(build.nodes.len() as u32);
    let moved = |at: &mut u32| *at = build.moved[*at as usize];
    parsed.headings.iter_mut().for_each(|heading| moved(&mut heading.node));
    parsed.links.iter_mut().chain(&mut parsed.images).for_each(|reference| moved(&mut reference.node));
    parsed.tree.nodes = build.nodes;
}

struct Rebuild {
    nodes: Vec<Node>,
    /// New index of each old node.
    moved: Vec<u32>,
    /// Open nodes: new index and the old index that ends them.
    open: Vec<(usize, u32)>,
}

impl Rebuild {
    fn begin(&mut self, node: Node, at: usize) {
        let old_next = node.next;
        let new = self.nodes.len();
        self.nodes.push(Node { next: new as u32 + 1, ..node });
        if old_next as usize > at + 1 {
            self.open.push((new, old_next));
        }
    }

    fn text(&mut self, node: &Node, piece: &Str, text: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let part = match piece {
            Str::Source(start, _) => Str::Source(start + range.start as u32, start + range.end as u32),
            Str::Own(_) => Str::Own(piece.get(text)[range].into()),
        };
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { kind: Kind::Text(part), start: node.start, end: node.end, next });
    }

    fn close(&mut self) {
        if let Some((node, _)) = self.open.pop() {
            self.nodes[node].next = self.nodes.len() as u32;
        }
    }

    fn close_until(&mut self, at: u32) {
        while self.open.last().is_some_and(|(_, end)| *end <= at && *end != u32::MAX || at == u32::MAX) {
            self.close();
        }
    }
}
