//! Checklists of one document: task list items with their ids and options.

use super::tree::{Kind, Tree, is_inline};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::hash::Hash;
use crate::base::path::{ItemId, SourcePath};
use std::ops::Range;

/// A task list item as its document tells it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Item {
    /// The id the author gave.
    pub id: Option<ItemId>,
    /// Earlier ids, from which state moves.
    pub was: Vec<ItemId>,
    /// Not counted in totals.
    pub optional: bool,
    /// Asks for words.
    pub answer: bool,
    /// `[x]`.
    pub done: bool,
    /// Its first paragraph as plain text.
    pub text: String,
    /// The hash of the text's letters and digits in lower case: what its automatic id and its revision are made of.
    pub text_hash: Hash,
    /// Position in the tree of lists, such as `1.0.2`: list, item, item of the nested list.
    pub place: String,
    /// Which checklist of the document it belongs to.
    pub list: u32,
    /// The item above, when it stands in a nested list.
    pub parent: Option<u32>,
    /// Whether items stand below it, so that its state is derived.
    pub has_children: bool,
}

/// What the comment behind an item says: `<!-- #id optional answer was:old -->`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// `#id`.
    pub id: Option<ItemId>,
    /// `was:old`.
    pub was: Vec<ItemId>,
    /// `optional`.
    pub optional: bool,
    /// `answer`.
    pub answer: bool,
}

/// Where things about an item stand, for messages.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemPlace {
    /// The item's first line.
    pub item: Range<usize>,
    /// The comment or braces with its id; empty at the place where an id would be written.
    pub id: Range<usize>,
}

/// `[a-z0-9][a-z0-9-]{0,63}`.
pub fn is_item_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Reads the inside of a trailing comment. `None` when it is an ordinary comment.
///
/// # Errors
/// A sentence about the first word that is wrong.
pub fn parse_options(comment: &str) -> Option<Result<Options, String>> {
    let comment = comment.trim();
    if !comment.starts_with('#') {
        return None;
    }
    let mut options = Options::default();
    for word in comment.split_whitespace() {
        let id = word.strip_prefix('#').or_else(|| word.strip_prefix("was:"));
        match (word, id) {
            ("optional", _) => options.optional = true,
            ("answer", _) => options.answer = true,
            (_, Some(id)) if !is_item_id(id) => return Some(Err(format!("`{id}` is not a checklist id"))),
            (_, Some(id)) if word.starts_with('#') => {
                if let Some(first) = options.id.replace(ItemId::new(id)) {
                    return Some(Err(two_ids(&first, id)));
                }
            }
            (_, Some(id)) => options.was.push(ItemId::new(id)),
            _ => return Some(Err(format!("unknown option `{word}`"))),
        }
    }
    Some(Ok(options))
}

/// What is said of an item with a second id.
pub fn two_ids(first: &str, second: &str) -> String {
    format!("this checklist item has two ids, `{first}` and `{second}`")
}

/// The box that a line of text begins with, where Markdown sees none: its length, and what was meant. `in_item` says whether a list's mark
/// stands before the text.
pub fn mistaken_box(text: &str, in_item: bool) -> Option<(usize, String)> {
    let (mark, rest) = if in_item { ("", text) } else { text.split_at_checked(1).filter(|(mark, _)| matches!(*mark, "-" | "*" | "+"))? };
    let (inside, after) = rest.strip_prefix('[')?.split_once(']')?;
    let apart = after.is_empty() || after.starts_with(char::is_whitespace);
    // `- [ ]Do it`; where there is a space behind the box, Markdown has seen it.
    let glued = in_item && inside == " " && !apart;
    let meant = match inside {
        _ if !apart && !glued => return None,
        "" | " " => "[ ]",
        "x" | "X" if !in_item => "[x]",
        _ => return None,
    };
    let space = if in_item { "" } else { " " };
    Some((mark.len() + inside.len() + 2, format!("{mark}{space}{meant}{}", if glued { " " } else { "" })))
}

/// Items found while parsing, by node, before the lists are known.
#[derive(Debug, Default)]
pub struct Found {
    /// Node of the item, whether it is ticked, its options and the place of the id.
    pub marks: Vec<(usize, bool, Options, Option<Range<usize>>)>,
    /// Where boxes stand that make no item; they have been reported.
    pub mistaken: Vec<usize>,
}

/// Decides which lists are checklists and numbers their items; writes both into the tree.
pub fn collect(tree: &mut Tree, found: Found, text: &str, path: &SourcePath, problems: &mut Vec<Diagnostic>) -> (Vec<Item>, Vec<ItemPlace>) {
    let mut collector = Collector { text, path, items: Vec::new(), places: Vec::new(), lists: 0, found, problems };
    let lists: Vec<usize> = (0..tree.nodes.len()).filter(|i| matches!(tree.nodes[*i].kind, Kind::List { .. })).collect();
    let mut done_until = 0;
    for list in lists {
        if list >= done_until {
            done_until = tree.nodes[list].next as usize;
            collector.list(tree, list, None, &collector.lists.to_string());
        }
    }
    (collector.items, collector.places)
}

struct Collector<'a> {
    text: &'a str,
    path: &'a SourcePath,
    items: Vec<Item>,
    places: Vec<ItemPlace>,
    lists: u32,
    found: Found,
    problems: &'a mut Vec<Diagnostic>,
}

impl Collector<'_> {
    /// Takes a list and the lists inside it. Depth is bounded by the parser's limit on nesting.
    fn list(&mut self, tree: &mut Tree, list: usize, parent: Option<u32>, place: &str) {
        let items: Vec<usize> = tree.children(list).collect();
        let marked = items.iter().filter(|item| self.mark(**item).is_some()).count();
        let plain = items.iter().find(|item| self.mark(**item).is_none() && !self.is_mistaken(tree, **item));
        if let Some(plain) = plain.filter(|_| marked > 0).copied() {
            self.problems.push(
                Diagnostic::new(Code::CLS004, "this item has no box, but others in the list have")
                    .at(self.first_line(tree, plain))
                    .help("begin it with `[ ]`, or move it out of the list"),
            );
        }
        let number = (marked > 0).then(|| if parent.is_some() { self.lists.saturating_sub(1) } else { self.lists });
        if let Kind::List { checklist, .. } = &mut tree.nodes[list].kind {
            *checklist = number;
        }
        if marked > 0 && parent.is_none() {
            self.lists += 1;
        }
        for (position, item) in items.into_iter().enumerate() {
            let here = format!("{place}.{position}");
            let own = number.and_then(|list| self.item(tree, item, list, parent, &here));
            let nested: Vec<usize> = tree.children(item).filter(|i| matches!(tree.nodes[*i].kind, Kind::List { .. })).collect();
            let before = self.items.len();
            for inner in nested {
                self.list(tree, inner, own, &here);
            }
            if let Some(own) = own {
                self.items[own as usize].has_children = self.items.len() > before;
            }
        }
    }

    fn mark(&self, item: usize) -> Option<usize> {
        self.found.marks.binary_search_by_key(&item, |mark| mark.0).ok()
    }

    /// Whether the item's line holds a box that Markdown has not seen.
    fn is_mistaken(&self, tree: &Tree, item: usize) -> bool {
        let line = self.first_line(tree, item);
        let next = self.found.mistaken.partition_point(|at| *at < line.start as usize);
        self.found.mistaken.get(next).is_some_and(|at| *at < line.end as usize)
    }

    fn item(&mut self, tree: &mut Tree, node: usize, list: u32, parent: Option<u32>, place: &str) -> Option<u32> {
        let mark = self.mark(node)?;
        let (_, done, options, id_range) = self.found.marks[mark].clone();
        let label = label_nodes(tree, node);
        let text = tree.plain_text(label.clone(), self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let line = self.first_line(tree, node);
        if text.is_empty() {
            self.problems.push(
                Diagnostic::new(Code::CLS003, "this checklist item has no text").at(line.clone()).help("say what is to be done, or remove the line"),
            );
        }
        // The last node may lie inside emphasis that ends after it.
        let end_of_label = tree.nodes[label].iter().map(|node| node.end as usize).max().unwrap_or(line.end as usize);
        let number = u32::try_from(self.items.len()).ok()?;
        let Options { id, was, optional, answer } = options;
        let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let (text_hash, place) = (Hash::of(letters.as_bytes()), place.to_owned());
        self.items.push(Item { id, was, optional, answer, done, text, text_hash, place, list, parent, has_children: false });
        self.places.push(ItemPlace { item: line.start as usize..line.end as usize, id: id_range.unwrap_or(end_of_label..end_of_label) });
        tree.nodes[node].kind = Kind::Item { item: Some(number) };
        Some(number)
    }

    fn first_line(&self, tree: &Tree, node: usize) -> Span {
        let (start, end) = (tree.nodes[node].start as usize, tree.nodes[node].end as usize);
        let line = self.text[start..end].lines().next().map_or(0, str::len);
        Span::new(self.path, start..start + line)
    }
}

/// The nodes of an item's label: its first paragraph, or the inline nodes it begins with.
pub fn label_nodes(tree: &Tree, item: usize) -> Range<usize> {
    let first = item + 1;
    let end = tree.nodes[item].next as usize;
    if first >= end {
        return first..first;
    }
    if matches!(tree.nodes[first].kind, Kind::Paragraph) {
        return first + 1..tree.nodes[first].next as usize;
    }
    let last = tree.children(item).take_while(|child| is_inline(&tree.nodes[*child].kind)).last();
    first..last.map_or(first, |last| tree.nodes[last].next as usize)
}
