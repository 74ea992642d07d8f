//! Footnotes of a document: which reference is which, found once.

use super::tree::{Kind, Tree};
use std::collections::BTreeMap;

/// Footnotes in the order of their first reference (LANGUAGE.md B6).
#[derive(Clone, Debug, Default)]
pub struct Footnotes {
    /// For each reference, by its node: the number of the footnote and which of its references it is, both from 0.
    pub references: BTreeMap<u32, (u32, u32)>,
    /// The node of each footnote's text, where there is one.
    pub definitions: Vec<Option<usize>>,
}

impl Footnotes {
    /// Finds the footnotes with these labels.
    pub fn of(labels: &[Box<str>], tree: &Tree) -> Footnotes {
        let numbers: BTreeMap<&str, usize> = labels.iter().enumerate().map(|(number, label)| (&**label, number)).collect();
        let mut footnotes = Footnotes { references: BTreeMap::new(), definitions: vec![None; labels.len()] };
        let mut counts = vec![0; labels.len()];
        for (at, node) in tree.nodes.iter().enumerate() {
            match &node.kind {
                Kind::FootnoteReference { label } => {
                    let Some(number) = numbers.get(&**label) else { continue };
                    footnotes.references.insert(at as u32, (*number as u32, counts[*number]));
                    counts[*number] += 1;
                }
                Kind::FootnoteDefinition { label } => {
                    if let Some(number) = numbers.get(&**label) {
                        footnotes.definitions[*number].get_or_insert(at);
                    }
                }
                _ => {}
            }
        }
        footnotes
    }
}
