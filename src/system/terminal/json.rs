//! One problem as one line of JSON.

use super::Texts;
use super::clean;
use super::place::Position;
use crate::base::diagnostic::{Diagnostic, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
    fixes: Vec<Fix<'a>>,
}

/// Lines and columns are missing when the text of the file is not there.
#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    #[serde(flatten)]
    start: At,
    end: At,
}

#[derive(Serialize)]
struct At {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    utf16_column: Option<usize>,
    offset: u32,
}

#[derive(Serialize)]
struct Label<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Fix<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// The line, with its end.
pub fn line(diagnostic: &Diagnostic, texts: Texts<'_>) -> String {
    let line = Line {
        level: diagnostic.level.name(),
        code: diagnostic.code.name,
        message: &diagnostic.message,
        place: diagnostic.span.as_ref().map(|span| place(span, texts)),
        help: diagnostic.help.as_deref(),
        labels: diagnostic.labels.iter().map(|label| Label { message: &label.message, place: place(&label.span, texts) }).collect(),
        fixes: diagnostic.fixes.iter().map(|fix| Fix { replacement: &fix.replacement, place: place(&fix.span, texts) }).collect(),
    };
    clean::json(&serde_json::to_string(&line).unwrap_or_default()) + "\n"
}

fn place<'a>(span: &'a Span, texts: Texts<'_>) -> Place<'a> {
    let text = texts(&span.path);
    let at = |offset: u32| {
        let position = text.as_deref().map(|text| Position::of(text, offset as usize));
        At { line: position.map(|p| p.line), column: position.map(|p| p.column), utf16_column: position.map(|p| p.utf16_column), offset }
    };
    Place { path: &span.path, start: at(span.start), end: at(span.end) }
}
