//! Wraps runs of the other direction that would be painted in the wrong order (UAX #9).
//!
//! The text of a block is taken across its inline elements; what is isolated already counts as one neutral character. A run may begin
//! in one element and end in another: emphasis is then divided, so that one isolate holds the whole run. A link, or what has an id or
//! an attribute, cannot be divided; a run that crosses its edge is taken as two.

#[cfg(test)]
mod tests;

use super::parse::Parsed;
use super::tree::{Kind, Node, Str, Tree, is_inline};
use crate::language::data::Direction;
use crate::language::isolation;
use crate::language::locale::direction_of;
use std::collections::BTreeMap;
use std::ops::Range;

/// Finds the runs of a whole document and puts them into [`Kind::Isolate`] nodes.
pub fn isolate(parsed: &mut Parsed, text: &str, direction: Direction) {
    let mut plans = BTreeMap::new();
    for (at, node) in parsed.tree.nodes.iter().enumerate() {
        if let Some(base) = base(parsed, &node.kind, direction)
            && let Some(plan) = plan(&parsed.tree, at, text, base)
        {
            plans.insert(at, plan);
        }
    }
    if !plans.is_empty() {
        rebuild(parsed, text, plans);
    }
}

/// The direction of what stands in a node, when its text is a paragraph of its own to the bidirectional algorithm.
fn base(parsed: &Parsed, kind: &Kind, direction: Direction) -> Option<Direction> {
    let said = |dir: Option<&str>, lang: Option<&str>| match dir {
        Some("rtl") => Some(Direction::Rtl),
        Some("ltr") => Some(Direction::Ltr),
        _ => lang.map(|lang| direction_of(lang).unwrap_or(direction)),
    };
    match kind {
        Kind::Heading { number, .. } => {
            let heading = parsed.headings.get(*number as usize)?;
            Some(said(heading.dir, heading.lang.as_deref()).unwrap_or(direction))
        }
        Kind::Paragraph | Kind::TableCell { .. } | Kind::Item { .. } | Kind::DefinitionTitle | Kind::Definition => Some(direction),
        Kind::Span { lang, dir, .. } => said(*dir, lang.as_deref()),
        Kind::Link(link) => said(link.dir, link.lang.as_deref()),
        Kind::Element { name: "bdi", attribute: Some((_, dir)) } => said(Some(dir), None),
        _ => None,
    }
}

/// Whether a text holds characters of both directions, the only case in which anything can go wrong.
fn may_mix(text: &str, base: Direction) -> bool {
    match base {
        Direction::Ltr => text.bytes().any(|b| (0xD6..=0xDF).contains(&b) || b == 0xEF || b == 0xE0 || b == 0xF0),
        Direction::Rtl => text.bytes().any(|b| b.is_ascii_alphanumeric() || matches!(b, 0xC3..=0xD5 | 0xE1 | 0xE3..=0xEE)),
    }
}

/// A text node, or one that counts as a single character (or none), with the inline elements around it.
struct Leaf {
    node: usize,
    /// Where it begins in the text of the block.
    at: usize,
    length: usize,
    /// Elements around it below the block, outermost first.
    path: Vec<usize>,
}

/// What is to be done in one block.
struct Plan {
    leaves: Vec<Leaf>,
    runs: Vec<Range<usize>>,
    dir: &'static str,
    /// The first node after the block's inline nodes.
    end: usize,
}

fn plan(tree: &Tree, node: usize, text: &str, base: Direction) -> Option<Plan> {
    let last = tree.children(node).take_while(|child| is_inline(&tree.nodes[*child].kind)).last()?;
    let (start, end) = (tree.nodes[node + 1].start as usize, tree.nodes[last].end as usize);
    if !may_mix(text.get(start..end.max(start)).unwrap_or(""), base) {
        return None;
    }
    let end = tree.nodes[last].next as usize;
    let (words, leaves) = gather(tree, node + 1..end, text);
    let edges = edges(undividable(tree, &leaves));
    let runs = isolation::isolate_cut(&words, base, |run| cut(&words, run, &edges));
    (!runs.is_empty()).then(|| Plan { leaves, runs, dir: base.opposite().as_str(), end })
}

/// The text of a block and where its pieces come from.
fn gather(tree: &Tree, range: Range<usize>, text: &str) -> (String, Vec<Leaf>) {
    let mut words = String::new();
    let mut leaves = Vec::new();
    let mut path: Vec<usize> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        while path.last().is_some_and(|open| tree.nodes[*open].next as usize <= at) {
            path.pop();
        }
        let node = &tree.nodes[at];
        let shown = match &node.kind {
            Kind::Text(piece) => Some(piece.get(text)),
            Kind::SoftBreak => Some(" "),
            Kind::HardBreak => Some("\n"),
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough => None,
            Kind::Link(link) if link.has_text && link.lang.is_none() && link.dir.is_none() => None,
            Kind::Span { lang: None, dir: None, .. } => None,
            Kind::Element { name: "wbr", .. } => Some(""),
            Kind::Element { name, .. } if !matches!(*name, "bdi" | "br" | "kbd") => None,
            _ => Some("\u{FFFC}"),
        };
        let empty = node.next as usize == at + 1;
        if let Some(shown) = shown.or(empty.then_some("")) {
            leaves.push(Leaf { node: at, at: words.len(), length: shown.len(), path: path.clone() });
            words.push_str(shown);
            at = node.next as usize;
        } else {
            path.push(at);
            at += 1;
        }
    }
    (words, leaves)
}

/// The places of elements that there can be only one of.
fn undividable(tree: &Tree, leaves: &[Leaf]) -> Vec<Range<usize>> {
    let mut places: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for leaf in leaves {
        for element in &leaf.path {
            let one = match &tree.nodes[*element].kind {
                Kind::Emphasis | Kind::Strong | Kind::Strikethrough => false,
                Kind::Element { attribute, .. } => attribute.is_some(),
                _ => true,
            };
            if one {
                let end = leaf.at + leaf.length;
                places.entry(*element).and_modify(|place| place.end = end).or_insert(leaf.at..end);
            }
        }
    }
    places.into_values().collect()
}

/// Both ends of some places, each with its place, in order.
fn edges(places: Vec<Range<usize>>) -> Vec<(usize, Range<usize>)> {
    let mut edges: Vec<(usize, Range<usize>)> = places.into_iter().flat_map(|place| [(place.start, place.clone()), (place.end, place)]).collect();
    edges.sort_unstable_by_key(|(edge, place)| (*edge, place.start));
    edges
}

/// A run in pieces that begin and end on the same side of every element that cannot be divided.
fn cut(words: &str, run: Range<usize>, edges: &[(usize, Range<usize>)]) -> Vec<Range<usize>> {
    let first = edges.partition_point(|(edge, _)| *edge <= run.start);
    let inside = edges[first..].iter().take_while(|(edge, _)| *edge < run.end);
    let crosses = |place: &Range<usize>| place.start < run.start || run.end < place.end;
    let mut edges: Vec<usize> = inside.filter(|(_, place)| crosses(place)).map(|(edge, _)| *edge).collect();
    edges.push(run.end);
    let mut from = run.start;
    let mut pieces = Vec::new();
    for edge in edges {
        let piece = &words[from..edge];
        let start = from + piece.len() - piece.trim_start().len();
        let end = start + piece.trim().len();
        if start < end {
            pieces.push(start..end);
        }
        from = edge;
    }
    pieces
}

/// Makes the nodes anew with the wrapping nodes among them.
fn rebuild(parsed: &mut Parsed, text: &str, plans: BTreeMap<usize, Plan>) {
    let old = std::mem::take(&mut parsed.tree.nodes);
    let moved = vec![u32::MAX; old.len()];
    let mut build = Rebuild { text, nodes: Vec::with_capacity(old.len() + plans.len() * 4), moved, plans, old };
    let mut at = 0;
    while at < build.old.len() {
        build.copy(at);
        at = build.old[at].next as usize;
    }
    let Rebuild { nodes, moved, .. } = build;
    let new = |at: &mut u32| *at = moved[*at as usize];
    parsed.headings.iter_mut().for_each(|heading| new(&mut heading.node));
    parsed.links.iter_mut().chain(&mut parsed.images).for_each(|reference| new(&mut reference.node));
    parsed.tree.nodes = nodes;
}

struct Rebuild<'a> {
    text: &'a str,
    old: Vec<Node>,
    plans: BTreeMap<usize, Plan>,
    nodes: Vec<Node>,
    /// New index of each old node.
    moved: Vec<u32>,
}

/// An element that is open while a block is made anew.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Element(usize),
    Run(usize),
}

impl Rebuild<'_> {
    /// A node with all that is below it. Depth is bounded by the parser.
    fn copy(&mut self, at: usize) {
        let new = self.push(at);
        let mut child = at + 1;
        if let Some(plan) = self.plans.remove(&at) {
            child = plan.end;
            self.block(&plan);
        }
        while child < self.old[at].next as usize {
            self.copy(child);
            child = self.old[child].next as usize;
        }
        self.nodes[new].next = self.nodes.len() as u32;
    }

    fn push(&mut self, at: usize) -> usize {
        let new = self.nodes.len();
        if self.moved[at] == u32::MAX {
            self.moved[at] = new as u32;
        }
        self.nodes.push(Node { next: new as u32 + 1, ..self.old[at].clone() });
        new
    }

    /// The inline nodes of a block: its leaves, cut at the edges of runs, each inside the elements and the isolate it belongs to.
    fn block(&mut self, plan: &Plan) {
        let mut open: Vec<(Open, usize)> = Vec::new();
        for leaf in &plan.leaves {
            for (part, run) in parts(leaf, &plan.runs) {
                let mut wanted: Vec<Open> = leaf.path.iter().map(|element| Open::Element(*element)).collect();
                if let Some(run) = run {
                    wanted.insert(common(&plan.leaves, &plan.runs[run]), Open::Run(run));
                }
                let kept = open.iter().zip(&wanted).take_while(|((open, _), wanted)| open == *wanted).count();
                self.close(&mut open, kept);
                for one in &wanted[kept..] {
                    let new = match one {
                        Open::Element(element) => self.push(*element),
                        Open::Run(_) => {
                            let place = &self.old[leaf.node];
                            let node = Node { kind: Kind::Isolate { dir: plan.dir }, start: place.start, end: place.end, next: 0 };
                            self.nodes.push(node);
                            self.nodes.len() - 1
                        }
                    };
                    open.push((*one, new));
                }
                match &self.old[leaf.node].kind {
                    Kind::Text(piece) => self.words(leaf.node, &piece.clone(), part),
                    _ => self.copy(leaf.node),
                }
            }
        }
        self.close(&mut open, 0);
    }

    fn close(&mut self, open: &mut Vec<(Open, usize)>, kept: usize) {
        for (_, node) in open.drain(kept..).rev() {
            self.nodes[node].next = self.nodes.len() as u32;
        }
    }

    /// A part of a text, with its own place where it is a piece of the source.
    fn words(&mut self, at: usize, piece: &Str, part: Range<usize>) {
        let (mut start, mut end) = (self.old[at].start, self.old[at].end);
        let part = match piece {
            Str::Source(from, _) => {
                (start, end) = (from + part.start as u32, from + part.end as u32);
                Str::Source(start, end)
            }
            Str::Own(_) => Str::Own(piece.get(self.text)[part].into()),
        };
        let new = self.nodes.len() as u32;
        if self.moved[at] == u32::MAX {
            self.moved[at] = new;
        }
        self.nodes.push(Node { kind: Kind::Text(part), start, end, next: new + 1 });
    }
}

/// The parts of a leaf, in bytes of its own, with the run each belongs to.
fn parts(leaf: &Leaf, runs: &[Range<usize>]) -> Vec<(Range<usize>, Option<usize>)> {
    let first = runs.partition_point(|run| run.end <= leaf.at);
    if leaf.length == 0 {
        return vec![(0..0, runs.get(first).filter(|run| run.start < leaf.at).map(|_| first))];
    }
    let (start, end) = (leaf.at, leaf.at + leaf.length);
    let mut parts = Vec::new();
    let mut at = start;
    for (number, run) in runs.iter().enumerate().skip(first).take_while(|(_, run)| run.start < end) {
        if at < run.start {
            parts.push((at - start..run.start - start, None));
        }
        let (from, to) = (run.start.max(start), run.end.min(end));
        parts.push((from - start..to - start, Some(number)));
        at = to;
    }
    if at < end {
        parts.push((at - start..end - start, None));
    }
    parts
}

/// How many elements all leaves of a run have in common.
fn common(leaves: &[Leaf], run: &Range<usize>) -> usize {
    let first = leaves.partition_point(|leaf| leaf.at + leaf.length <= run.start);
    let inside = leaves[first..].iter().take_while(|leaf| leaf.at < run.end);
    let mut paths = inside.filter(|leaf| leaf.length > 0).map(|leaf| &leaf.path);
    let Some(first) = paths.next() else { return 0 };
    paths.fold(first.len(), |common, path| first.iter().zip(path).take(common).take_while(|(a, b)| a == b).count())
}
