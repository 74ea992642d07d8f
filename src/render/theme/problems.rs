//! What Tera reports, as diagnostics with places in files.

use super::Templates;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use crate::base::suggest::did_you_mean;
use tera::{Error, ErrorKind};

/// What Tera reports, as diagnostics with places in our files.
pub(super) fn problems(error: &Error, templates: &Templates, code: Code) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            vec![located(templates, report.filename(), report.message(), Some(range), code)]
        }
        ErrorKind::MissingParent { current, parent } => {
            let near = did_you_mean(parent, templates.keys().map(String::as_str));
            let help = near.unwrap_or_else(|| format!("write `templates/{parent}`, or extend `base.html`"));
            vec![located(templates, current, &format!("it extends `{parent}`, which does not exist"), None, code).help(help)]
        }
        _ => {
            let text = error.to_string();
            circle(&text, templates, code).map_or_else(|| several(&text, templates, code), |problem| vec![problem])
        }
    }
}

/// Templates that include each other in a circle, at the line that closes it. Tera names the templates on the way in a list.
fn circle(text: &str, templates: &Templates, code: Code) -> Option<Diagnostic> {
    let (_, chain) = text.strip_prefix("Circular include")?.split_once('[')?;
    let names: Vec<&str> = chain.split('"').skip(1).step_by(2).collect();
    let [.., from, to] = names.as_slice() else { return None };
    let source = templates.get(*from)?;
    let at =
        source.text.match_indices("include").map(|(at, _)| at).find(|at| source.text[*at..].lines().next().is_some_and(|line| line.contains(to)));
    let range = at.map(|at| at..at + "include".len());
    Some(located(templates, from, "templates include each other in a circle", range, code).help(names.join(" → ")))
}

/// Tera joins problems of several templates into one text; each begins with `error:` and names its place in a line `--> file:line:column`.
fn several(text: &str, templates: &Templates, code: Code) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some((_, place)) = line.split_once("--> ") {
            let mut parts = place.trim_matches([' ', ']']).rsplitn(3, ':');
            let column = parts.next().and_then(|number| number.trim().parse::<usize>().ok());
            let row = parts.next().and_then(|number| number.trim().parse::<usize>().ok());
            let file = parts.next().unwrap_or("").trim_matches(['[', ' ']);
            let range = templates.get(file).and_then(|source| offset(&source.text, row?, column?)).map(|at| at..at + 1);
            found.push(located(templates, file, message, range, code));
        } else if !line.trim().is_empty()
            && !line.trim_start().starts_with(['|', '-', '='])
            && !line.trim_start().starts_with(|c: char| c.is_ascii_digit())
        {
            message = line.trim().trim_start_matches("error:").trim();
        }
    }
    if found.is_empty() {
        found.push(Diagnostic::new(code, text.lines().next().unwrap_or("a template failed").to_owned()));
    }
    found
}

fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    Some((start + column.saturating_sub(1)).min(text.len()))
}

pub(super) fn located(templates: &Templates, file: &str, message: &str, range: Option<std::ops::Range<usize>>, code: Code) -> Diagnostic {
    let path = templates.get(file).map_or_else(|| SourcePath::new(format!("built-in/themes/default/templates/{file}")), |source| source.path.clone());
    Diagnostic::new(code, message.to_owned()).at(Span::new(&path, range.unwrap_or(0..0)))
}
