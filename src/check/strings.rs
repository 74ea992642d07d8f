//! Strings: those that templates and pages use exist, with the same arguments in every language.

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use crate::base::suggest::did_you_mean;
use crate::language::messages::Messages;
use std::collections::BTreeMap;

/// Strings that pages use without a template's asking.
const WRITER: &[&str] = &[
    "heading-link",
    "footnote-label",
    "footnote-back",
    "footnotes-title",
    "table-scroll-label",
    "note-label",
    "tip-label",
    "important-label",
    "warning-label",
    "caution-label",
    "checklist-title",
    "checklist-progress-label",
    "checklist-progress",
    "checklist-reset",
    "checklist-undo",
    "share-button",
    "progress-export",
    "share-link-label",
    "checklist-not-saved",
    "answer-label",
    "not-found-title",
    "translation-stale-section",
];

/// Looks at the strings of every language.
pub fn run(subject: &Subject<'_>, problems: &mut Vec<Diagnostic>) {
    let used = used(subject);
    let reference = subject.site.source_language();
    let Some(source) = subject.languages.get(reference) else { return };
    for (key, place) in &used {
        if !source.has(key) {
            let known = source.own().messages().map(|(key, _)| key);
            let problem = Diagnostic::new(Code::STR002, format!("there is no string `{key}`")).at(place.clone());
            let tag = &source.locale.tag;
            problems.push(problem.help(did_you_mean(key, known).unwrap_or_else(|| format!("add `{key} = …` to a file in locales/{tag}/"))));
        }
    }
    for (index, strings) in subject.languages.iter().enumerate() {
        missing(&used, strings, source, problems);
        if index != reference {
            arguments(strings.own(), source.own(), problems);
        }
        unused(&used, strings.own(), problems);
    }
}

/// Keys in templates (`t(key="…")`) and in the writer, each with one place.
fn used(subject: &Subject<'_>) -> BTreeMap<String, Span> {
    let mut used: BTreeMap<String, Span> = BTreeMap::new();
    for source in subject.templates.values() {
        for (at, _) in source.text.match_indices("key=\"") {
            let start = at + 5;
            let Some(length) = source.text[start..].find('"') else { continue };
            used.entry(source.text[start..start + length].to_owned()).or_insert_with(|| Span::new(&source.path, start..start + length));
        }
    }
    let writer = Span::new(&SourcePath::new("site.toml"), 0..0);
    for key in WRITER {
        used.entry((*key).to_owned()).or_insert_with(|| writer.clone());
    }
    used
}

fn missing(
    used: &BTreeMap<String, Span>,
    strings: &crate::site::strings::Strings,
    source: &crate::site::strings::Strings,
    problems: &mut Vec<Diagnostic>,
) {
    let lost: Vec<&str> = used.keys().filter(|key| !strings.own().has(key) && source.has(key)).map(String::as_str).collect();
    let Some(first) = lost.first() else { return };
    let tag = &strings.locale.tag;
    let what = match lost.len() {
        1 => format!("the string `{first}` is"),
        count => format!("the strings `{first}` and {} more are", count - 1),
    };
    let problem = Diagnostic::new(Code::STR006, format!("{what} not translated to `{tag}`; another language's text is shown"));
    let place = Span::new(&SourcePath::new(format!("locales/{tag}/")), 0..0);
    problems.push(problem.at(place).help(format!("add to a file in locales/{tag}/: {}", lost.join(", "))));
}

fn arguments(own: &Messages, source: &Messages, problems: &mut Vec<Diagnostic>) {
    for (key, message) in own.messages() {
        let Some(other) = source.message(key) else { continue };
        if let Some(extra) = message.arguments.difference(&other.arguments).next() {
            let problem = Diagnostic::new(Code::STR003, format!("`{key}` takes `${extra}`, which the source language's string does not"))
                .at(message.span.clone());
            problems.push(
                problem.label(other.span.clone(), "in the source language").maybe_help(
                    did_you_mean(extra, other.arguments.iter().map(String::as_str)).or_else(|| Some("nothing gives it a value".to_owned())),
                ),
            );
        }
    }
}

/// Strings that nothing uses; names of languages and what themes of other sites may use are left out.
fn unused(used: &BTreeMap<String, Span>, own: &Messages, problems: &mut Vec<Diagnostic>) {
    for (key, message) in own.messages() {
        let in_site = message.span.path.starts_with("locales/");
        if in_site && !used.contains_key(key) && !key.starts_with("language-") && !key.contains('.') {
            let near = did_you_mean(key, used.keys().map(String::as_str));
            let help = near.map_or_else(|| "remove it, or use it in a template".to_owned(), |near| format!("{near} Otherwise remove it"));
            problems.push(Diagnostic::new(Code::STR004, format!("nothing uses the string `{key}`")).at(message.span.clone()).help(help));
        }
    }
}
