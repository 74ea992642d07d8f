//! Headings: one at the first level, none skipped, none empty (WCAG 1.3.1).

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::site::page::Page;

/// Looks at the levels of a page's headings.
pub fn page(_: &Subject<'_>, _: &Page, document: &Document, problems: &mut Vec<Diagnostic>) {
    let mut above = 1;
    for (number, heading) in document.summary.headings.iter().enumerate() {
        if heading.level == 1 {
            let problem = Diagnostic::new(Code::HDG003, "the title is the page's level-one heading already").at(document.heading_line(number));
            problems.push(problem.help("write `##`, or remove `title` from the front matter if this is the title"));
        } else if heading.level > above + 1 {
            let problem = Diagnostic::new(Code::HDG001, format!("a heading of level {} after one of level {above}", heading.level))
                .at(document.heading_line(number));
            problems.push(problem.help(format!("write `{}`; levels are for structure, not for size", "#".repeat(usize::from(above) + 1))));
        }
        if heading.text.is_empty() {
            let problem = Diagnostic::new(Code::HDG004, "this heading has no text").at(document.heading_line(number));
            problems.push(problem.help("write what the section is about, or remove the line; a line between sections is `---`"));
        }
        above = heading.level;
    }
}
