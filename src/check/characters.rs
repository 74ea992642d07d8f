//! Hidden characters that make a text read otherwise than it is written (CVE-2021-42574).

use super::Subject;
use crate::base::config;
use crate::base::diagnostic::{Code, Diagnostic, Level, Span};
use crate::base::source::Source;
use crate::base::suggest::nearest_path;
use crate::document::tree::Kind;
use crate::language::bidi_controls::{Hidden, HiddenChar, hidden_characters};
use std::collections::BTreeSet;
use std::ops::Range;

/// Looks at every file of text.
pub fn run(subject: &Subject<'_>, problems: &mut Vec<Diagnostic>) {
    let allowed = &subject.site.config.allow_bidi;
    let is_allowed = |source: &Source| allowed.iter().any(|path| **path == *source.path);
    for document in subject.documents.all() {
        if !document.hidden.is_empty() && !is_allowed(&document.source) {
            let code: Vec<Range<usize>> = code_ranges(document);
            // The places of code follow each other, and none lies in another.
            look(
                &document.source,
                &document.hidden,
                &|at| code[..code.partition_point(|range| range.start <= at)].last().is_some_and(|range| at < range.end),
                problems,
            );
        }
    }
    let data = || subject.site.languages.iter().flat_map(|language| [&language.glossary.source, &language.tags.source]).flatten();
    for source in data().filter(|source| !is_allowed(source)) {
        look(source, &hidden_characters(&source.text), &|_| false, problems);
    }
    if !allowed.is_empty() {
        let files = subject.documents.all().iter().map(|document| &*document.source.path).chain(data().map(|source| &*source.path));
        lost(subject, allowed, &files.collect(), problems);
    }
}

/// Files of `lint.allow_bidi` that nobody looks at.
fn lost(subject: &Subject<'_>, allowed: &[String], files: &BTreeSet<&str>, problems: &mut Vec<Diagnostic>) {
    for path in allowed.iter().filter(|path| !files.contains(path.as_str())) {
        let help = nearest_path(path, files.iter().copied()).map_or_else(
            || "name a page, a glossary.toml or a tags.toml from the root of the project, such as `content/en/index.md`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let problem = Diagnostic::new(Code::CFG004, format!("there is no text `{path}` in which hidden characters could be allowed"));
        problems.push(problem.at(config::place(subject.world, &["lint", "allow_bidi", path])).help(help));
    }
}

/// Where a text is read by machines: code, front matter.
fn code_ranges(document: &crate::document::Document) -> Vec<Range<usize>> {
    let tree = &document.tree;
    let front = 0..tree.nodes.first().map_or(document.source.text.len(), |node| node.start as usize);
    let nodes = tree.nodes.iter().filter(|node| matches!(node.kind, Kind::Code(_) | Kind::CodeBlock { .. }));
    std::iter::once(front).chain(nodes.map(|node| node.start as usize..node.end as usize)).collect()
}

fn look(source: &Source, hidden: &[HiddenChar], in_code: &dyn Fn(usize) -> bool, problems: &mut Vec<Diagnostic>) {
    for hidden in hidden {
        let name = hidden.name();
        let place = Span::new(&source.path, hidden.range.clone());
        let code = in_code(hidden.range.start);
        let problem = match hidden.kind {
            Hidden::Override => Diagnostic::new(Code::BID001, format!("{name} changes the direction of text unseen"))
                .help("remove it; write <bdi dir=\"ltr\">…</bdi> where a direction must be said"),
            Hidden::UnbalancedIsolate => Diagnostic::new(Code::BID002, format!("{name} opens or closes a direction that nothing matches"))
                .level(Level::Error)
                .help("remove it"),
            Hidden::Isolate => {
                let level = if code { Level::Error } else { Level::Warning };
                Diagnostic::new(Code::BID002, format!("{name} isolates text unseen"))
                    .level(level)
                    .help("write <bdi dir=\"ltr\">…</bdi> instead, which everybody can see")
            }
            Hidden::Tag => Diagnostic::new(Code::BID003, format!("{name} is a hidden tag character")).help("remove it"),
            Hidden::InsideWord => {
                Diagnostic::new(Code::BID004, format!("{name} stands unseen inside a word")).help("remove it; a word break in Persian is U+200C")
            }
        };
        let problem = problem.at(place.clone());
        problems.push(if hidden.kind == Hidden::Isolate { problem } else { problem.fix(place, "") });
    }
}
