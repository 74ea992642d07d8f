//! How much one page may hold: what no author writes by hand is a fault of some program.

use super::checklist::ItemPlace;
use super::parse::Parsed;
use super::tree::{Kind, Tree};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use std::ops::Range;

const MOST_HEADINGS: usize = 10_000;
const MOST_ITEMS: usize = 50_000;
const MOST_CELLS: usize = 1 << 18;

/// Reports what is more than allowed, at the first that is too many.
pub fn check(path: &SourcePath, parsed: &Parsed, items: &[ItemPlace], problems: &mut Vec<Diagnostic>) {
    let node = |at: usize| parsed.tree.nodes[at].start as usize..parsed.tree.nodes[at].start as usize + 1;
    let mut report = |place: Option<Range<usize>>, what: &str| {
        problems.extend(
            place.map(|place| Diagnostic::new(Code::FIL003, format!("more than {what}")).at(Span::new(path, place)).help("make several pages of it")),
        );
    };
    report(parsed.headings.get(MOST_HEADINGS).map(|heading| node(heading.node as usize)), "10,000 headings on one page");
    report(items.get(MOST_ITEMS).map(|item| item.item.start..item.item.start + 1), "50,000 checklist items on one page");
    report(cell_too_many(&parsed.tree).map(node), "262,144 cells in one table");
}

fn cell_too_many(tree: &Tree) -> Option<usize> {
    let mut cells = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        match node.kind {
            Kind::Table { .. } => cells = 0,
            Kind::TableCell { .. } if cells == MOST_CELLS => return Some(at),
            Kind::TableCell { .. } => cells += 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::config::HtmlMode;
    use crate::base::hash::Hash;
    use crate::base::path::LanguageTag;
    use crate::base::source::Source;
    use crate::document::{Settings, document};
    use crate::language::data::LanguageData;
    use crate::language::locale::Locale;
    use std::sync::Arc;

    #[test]
    fn a13_as_much_as_allowed_is_fine_and_one_more_is_not() {
        let locale = Arc::new(Locale::new("en", &LanguageData::default()).expect("a language"));
        let settings = Settings { html: HtmlMode::Escape, language: LanguageTag::new("en"), locale, hash: Hash::default() };
        let too_much = |text: String| {
            let read = document(Source::new(SourcePath::new("content/en/a.md"), format!("+++\ntitle = \"A\"\n+++\n\n{text}")), &settings);
            read.problems.iter().filter(|problem| problem.code == Code::FIL003).count()
        };
        for more in [0, 1] {
            assert_eq!(too_much("## x\n".repeat(MOST_HEADINGS + more)), more, "headings");
            assert_eq!(too_much("- [ ] x\n".repeat(MOST_ITEMS + more)), more, "items");
            assert_eq!(too_much(format!("|a|\n|-|\n{}", "|b|\n".repeat(MOST_CELLS - 1 + more))), more, "cells");
        }
    }
}
