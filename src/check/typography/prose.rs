//! Prose: the text of each block as it was typed, across its inline elements.

use super::{Eyes, Gathered, look, marks};
use crate::base::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::tree::{Kind, Node, Target, Tree, is_inline};
use crate::language::lint::Place;
use std::ops::Range;

/// Looks at every block.
pub fn document(document: &Document, eyes: &Eyes, problems: &mut Vec<Diagnostic>) {
    let (tree, text) = (&document.tree, &*document.source.text);
    for (at, node) in tree.nodes.iter().enumerate() {
        let nodes = match &node.kind {
            Kind::Heading { number, .. } if document.summary.headings.get(*number as usize).is_some_and(|heading| heading.lang.is_some()) => continue,
            Kind::Paragraph | Kind::Heading { .. } | Kind::TableCell { .. } | Kind::Item { .. } | Kind::DefinitionTitle | Kind::Definition => {
                inline(tree, at)
            }
            Kind::Image(_) => tree.below(at),
            Kind::Diagram { title, description, .. } => {
                diagram(document, node, &[title, description], eyes, problems);
                continue;
            }
            _ => continue,
        };
        if nodes.is_empty() {
            continue;
        }
        let gathered = gather(tree, text, nodes);
        look(&gathered, &document.source, Place::Markdown, eyes, problems);
        if !matches!(node.kind, Kind::Image(_)) {
            marks::emphasis(&gathered, &document.source, problems);
            // What is not translated yet stands in a draft as it is in the original.
            if !document.summary.matter.draft {
                marks::other_scripts(&gathered, &document.source, eyes, problems);
            }
        }
        if matches!(node.kind, Kind::Paragraph) {
            marks::list_digits(&gathered, &document.source, problems);
        }
    }
    title(document, eyes, problems);
}

/// The title where it is the first heading, which the tree does not hold any more.
fn title(document: &Document, eyes: &Eyes, problems: &mut Vec<Diagnostic>) {
    if document.summary.matter.title.is_some() {
        return;
    }
    let text = &document.source.text;
    let line = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    if let Some((start, line)) = line.into_iter().find(|(_, line)| line.starts_with("# ")) {
        let inner = line[2..].trim_end();
        let inner = inner.rfind(" {#").map_or(inner, |at| &inner[..at]);
        if !inner.contains(['`', '[', '<', '&', '\\']) {
            let mut gathered = Gathered::default();
            gathered.piece(text, start + 2..start + 2 + inner.len());
            look(&gathered, &document.source, Place::Markdown, eyes, problems);
        }
    }
}

/// Title and description of a diagram, where they stand in its block.
fn diagram(document: &Document, node: &Node, values: &[&str], eyes: &Eyes, problems: &mut Vec<Diagnostic>) {
    let (start, end) = (node.start as usize, node.end as usize);
    for value in values.iter().filter(|value| !value.is_empty()) {
        if let Some(at) = document.source.text[start..end].find(*value) {
            let mut gathered = Gathered::default();
            gathered.piece(&document.source.text, start + at..start + at + value.len());
            look(&gathered, &document.source, Place::Plain, eyes, problems);
        }
    }
}

fn inline(tree: &Tree, node: usize) -> Range<usize> {
    let last = tree.children(node).take_while(|child| is_inline(&tree.nodes[*child].kind)).last();
    node + 1..last.map_or(node + 1, |last| tree.nodes[last].next as usize)
}

/// The text of some inline nodes as it was typed.
pub(super) fn gather(tree: &Tree, text: &str, nodes: Range<usize>) -> Gathered {
    let mut gathered = Gathered::default();
    let mut at = nodes.start;
    let mut done = 0;
    while at < nodes.end {
        let node = &tree.nodes[at];
        let (start, end) = (node.start as usize, node.end as usize);
        match &node.kind {
            // A text that isolation has cut into parts still has the place of the whole, which is taken once.
            Kind::Text(_) if start >= done => {
                typed(&mut gathered, text, start..end);
                done = end;
            }
            Kind::Text(_) => {}
            Kind::SoftBreak | Kind::HardBreak => gathered.stands_for('\n', start),
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Isolate { .. } => {}
            Kind::Link(link) if link.has_text && link.lang.is_none() && !is_address(&link.target, text, start..end) => {}
            Kind::Span { lang: None, .. } => {}
            Kind::Element { name, .. } if !matches!(*name, "kbd" | "br" | "wbr") => {}
            _ => {
                gathered.stands_for('\u{FFFC}', start);
                at = node.next as usize;
                continue;
            }
        }
        at += 1;
    }
    gathered
}

/// Whether a link shows its own address.
fn is_address(target: &Target, text: &str, range: Range<usize>) -> bool {
    let shown = text[range].trim_start_matches('<');
    matches!(target, Target::Address(_)) && !shown.starts_with('[')
}

/// Characters as typed; escapes and entities stand for something else.
fn typed(gathered: &mut Gathered, text: &str, range: Range<usize>) {
    let mut from = range.start;
    let mut at = range.start;
    while let Some(offset) = text[at..range.end].find(['\\', '&']) {
        at += offset;
        let rest = &text[at..range.end];
        let length = match rest.strip_prefix('\\') {
            Some(next) if next.starts_with(|c: char| c.is_ascii_punctuation()) => 2,
            Some(_) => 0,
            None => entity(rest),
        };
        if length == 0 {
            at += 1;
            continue;
        }
        if from < at {
            gathered.piece(text, from..at);
        }
        gathered.stands_for('\u{FFFC}', at);
        at += length;
        from = at;
    }
    if from < range.end {
        gathered.piece(text, from..range.end);
    }
}

/// The length of `&name;` or `&#1234;`, 0 when there is none.
fn entity(text: &str) -> usize {
    match text.find(';') {
        Some(end) if end > 1 && end < 32 && text[1..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') => end + 1,
        _ => 0,
    }
}
