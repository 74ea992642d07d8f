//! Explicit anchors that translations do not share: the language switcher cannot keep a reader's place.

use crate::base::diagnostic::{Code, Diagnostic};
use crate::check::Subject;
use crate::document::Document;
use crate::site::page::Page;
use std::collections::BTreeSet;

/// Looks at a page beside its translations.
pub fn page(subject: &Subject<'_>, page: &Page, document: &Document, problems: &mut Vec<Diagnostic>) {
    for (number, heading) in document.summary.headings.iter().enumerate().filter(|(_, heading)| heading.explicit) {
        let has = |other: &Page| other.summary.headings.iter().any(|theirs| theirs.explicit && theirs.anchor == heading.anchor);
        let lacking: BTreeSet<&str> = subject
            .site
            .translations(page)
            .filter(|other| !super::ignored(&other.summary.matter.lint_ignore, Code::I18N030) && !has(other))
            .map(|other| &*other.path)
            .collect();
        let first = || subject.site.translations(page).find(|other| has(other));
        if !lacking.is_empty() && first().is_some_and(|first| first.path == page.path) {
            let files: Vec<String> = lacking.iter().map(|path| format!("`{path}`")).collect();
            let problem = Diagnostic::new(Code::I18N030, format!("the anchor `{}` is missing in {}", heading.anchor, files.join(" and ")));
            problems.push(problem.at(document.heading_line(number)).help(format!("write `{{#{}}}` behind the same heading there", heading.anchor)));
        }
    }
}
