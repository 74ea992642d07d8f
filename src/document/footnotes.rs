//! Footnotes of a document: which reference is which, found once.

use super::tree::{Kind, Tree};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// Footnotes in the order of their first reference.
#[derive(Clone, Debug, Default)]
pub struct Footnotes {
    /// For each reference, by its node: the number of the footnote and which of its references it is, both from 0.
    pub references: BTreeMap<u32, (u32, u32)>,
    /// The node of each footnote's text, where there is one.
    pub definitions: Vec<Option<usize>>,
}

impl Footnotes {
    /// Finds the footnotes with these labels; texts that no reader comes to are problems.
    pub fn of(labels: &[Box<str>], tree: &Tree, source: &Source, problems: &mut Vec<Diagnostic>) -> Footnotes {
        let reached = reached(tree);
        let labels = labels.iter().map(|label| &**label).filter(|label| reached.contains(label));
        let numbers: BTreeMap<&str, usize> = labels.enumerate().map(|(number, label)| (label, number)).collect();
        let mut footnotes = Footnotes { references: BTreeMap::new(), definitions: vec![None; numbers.len()] };
        let mut counts = vec![0; numbers.len()];
        let place = |node: usize| {
            let (start, end) = (tree.nodes[node].start as usize, tree.nodes[node].end as usize);
            Span::new(&source.path, start..start + source.text[start..end].lines().next().map_or(0, str::len))
        };
        for (at, node) in tree.nodes.iter().enumerate() {
            match &node.kind {
                Kind::FootnoteReference { label } => {
                    let Some(number) = numbers.get(&**label) else { continue };
                    footnotes.references.insert(at as u32, (*number as u32, counts[*number]));
                    counts[*number] += 1;
                }
                Kind::FootnoteDefinition { label } => match numbers.get(&**label).map(|number| &mut footnotes.definitions[*number]) {
                    Some(none @ None) => *none = Some(at),
                    Some(Some(first)) => {
                        let problem = Diagnostic::new(Code::MRK009, format!("the footnote `{label}` has a text already")).at(place(at));
                        problems
                            .push(problem.label(place(*first), "the text that readers see").help("give one of the two another name, or remove it"));
                    }
                    None => {
                        let problem = Diagnostic::new(Code::MRK009, "nothing that readers see refers to this footnote").at(place(at));
                        problems.push(problem.help(format!("write `[^{label}]` where it belongs, or remove it")));
                    }
                },
                _ => {}
            }
        }
        footnotes
    }
}

/// The labels that readers come to: from the text, or from a footnote that they come to.
fn reached(tree: &Tree) -> BTreeSet<&str> {
    // What stands in the text of which footnote; of two with one label, the second is not shown.
    let mut inside: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut open: Vec<(u32, &str)> = Vec::new();
    for (at, node) in (0..).zip(&tree.nodes) {
        while open.last().is_some_and(|(end, _)| *end <= at) {
            open.pop();
        }
        match &node.kind {
            Kind::FootnoteReference { label } => inside.entry(open.last().map(|(_, label)| *label)).or_default().push(label),
            Kind::FootnoteDefinition { label } => open.push((node.next, if known.insert(&**label) { label } else { "" })),
            _ => {}
        }
    }
    let mut reached = BTreeSet::new();
    let mut waiting = inside.remove(&None).unwrap_or_default();
    while let Some(label) = waiting.pop() {
        if reached.insert(label) {
            waiting.extend(inside.remove(&Some(label)).unwrap_or_default());
        }
    }
    reached
}
