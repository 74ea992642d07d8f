//! Printing problems: framed source for people, one line each for editors, JSON for programs.
//!
//! Whatever comes from the site's texts and file names is made harmless on the way.

pub mod clean;
mod json;
pub mod place;
#[cfg(test)]
mod tests;

use crate::base::diagnostic::{Diagnostic, Level, Span};
use annotate_snippets::{AnnotationKind, Group, Level as Style, Origin, Renderer, Snippet};
use clean::{escaped, isolated, visible};
use place::Position;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::sync::Arc;

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Framed source.
    Human,
    /// `path:line:col: error[LNK001]: text`.
    Short,
    /// One object a line, on standard output.
    Json,
}

/// `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volume {
    /// Errors and warnings, no news (`-q`).
    Quiet,
    /// Errors, warnings and news.
    Normal,
    /// What is only information as well (`-v`).
    Verbose,
}

/// Finds the text of a file by its path, decoded as its spans count it.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// The most errors, and the most warnings, that are printed in full.
const MOST: usize = 100;

/// Where problems and news are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// The form of problems.
    pub format: Format,
    /// How much of them.
    pub volume: Volume,
    /// Whether to colour.
    pub is_colored: bool,
    /// Whether a person looks at it directly.
    pub is_terminal: bool,
}

/// How many problems there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Counts {
    /// Counts by level.
    pub fn of(diagnostics: &[Diagnostic]) -> Counts {
        let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
        Counts { errors: count(Level::Error), warnings: count(Level::Warning) }
    }
}

impl fmt::Display for Counts {
    /// `2 errors, 1 warning`, or `no problems`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.errors, self.warnings) {
            (0, 0) => f.write_str("no problems"),
            (errors, 0) => f.write_str(&plural(errors, "error")),
            (0, warnings) => f.write_str(&plural(warnings, "warning")),
            (errors, warnings) => write!(f, "{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        }
    }
}

/// `1 page`, `2 pages`.
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

impl Terminal {
    /// Looks at where the program was started.
    pub fn new(format: Format, color: Color, volume: Volume) -> Terminal {
        let is_terminal = std::io::stderr().is_terminal();
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_plain = is_set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let is_colored = match color {
            Color::Auto => is_terminal && !is_plain,
            Color::Always => true,
            Color::Never => false,
        };
        Terminal { format, volume, is_colored, is_terminal }
    }

    /// Prints problems, which are sorted, and counts them.
    pub fn report(&self, diagnostics: &[Diagnostic], texts: Texts<'_>) -> Counts {
        let text = self.render(diagnostics, texts);
        if self.format == Format::Json {
            write_all(&mut std::io::stdout().lock(), &text);
        } else {
            write_all(&mut std::io::stderr().lock(), &text);
        }
        Counts::of(diagnostics)
    }

    /// What [`report`](Terminal::report) prints.
    pub fn render(&self, diagnostics: &[Diagnostic], texts: Texts<'_>) -> String {
        if self.format == Format::Json {
            return diagnostics.iter().map(|diagnostic| json::line(diagnostic, texts)).collect();
        }
        let (mut text, mut printed, mut left) = (String::new(), Counts::default(), Counts::default());
        for diagnostic in diagnostics.iter().filter(|diagnostic| self.volume == Volume::Verbose || diagnostic.level != Level::Info) {
            let count = match diagnostic.level {
                Level::Error => Some((&mut printed.errors, &mut left.errors)),
                Level::Warning => Some((&mut printed.warnings, &mut left.warnings)),
                Level::Info => None,
            };
            match count {
                Some((printed, left)) if *printed == MOST => *left += 1,
                Some((printed, _)) => {
                    *printed += 1;
                    text.push_str(&self.one(diagnostic, texts));
                }
                None => text.push_str(&self.one(diagnostic, texts)),
            }
        }
        if left != Counts::default() {
            text.push_str(&format!("… and {left} more\n"));
        }
        text
    }

    fn one(&self, diagnostic: &Diagnostic, texts: Texts<'_>) -> String {
        let text = match self.format {
            Format::Short => short(diagnostic, texts),
            _ => framed(diagnostic, texts, self.is_colored) + "\n",
        };
        if self.is_terminal { isolated(&text) } else { text }
    }

    /// Prints a line of news on standard error, unless quiet.
    pub fn say(&self, line: &str) {
        if self.volume != Volume::Quiet {
            self.print("", line);
        }
    }

    /// Prints an error that has no place in a file: a refusal, a fault.
    pub fn complain(&self, line: &str) {
        let word = if self.is_colored { "\u{1b}[1m\u{1b}[91merror\u{1b}[0m\u{1b}[1m:\u{1b}[0m " } else { "error: " };
        self.print(word, line);
    }

    fn print(&self, before: &str, line: &str) {
        let line = visible(line);
        let line = if self.is_terminal { isolated(&line) } else { line.into_owned() };
        write_all(&mut std::io::stderr().lock(), &format!("{before}{line}\n"));
    }
}

/// A reader that has gone away is no reason to fail.
fn write_all(target: &mut impl Write, text: &str) {
    let _ = target.write_all(text.as_bytes()).and_then(|()| target.flush());
}

/// `path:line:col: error[LNK001]: text`, with the help after it.
fn short(diagnostic: &Diagnostic, texts: Texts<'_>) -> String {
    let place = diagnostic.span.as_ref().map_or(String::new(), |span| {
        let path = escaped(&span.path);
        match texts(&span.path) {
            Some(text) => {
                let at = Position::of(&text, span.start as usize);
                format!("{path}:{}:{}: ", at.line, at.column)
            }
            None => format!("{path}: "),
        }
    });
    let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("; help: {}", escaped(help)));
    format!("{place}{}[{}]: {}{help}\n", diagnostic.level.name(), diagnostic.code.name, escaped(&diagnostic.message))
}

/// The problem in its frame of source, as `rustc` draws it, without a closing line end.
pub fn framed(diagnostic: &Diagnostic, texts: Texts<'_>, is_colored: bool) -> String {
    let style = match diagnostic.level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Info => Style::INFO,
    };
    let title = style.primary_title(visible(&diagnostic.message)).id(diagnostic.code.name);
    let frames = frames(diagnostic, texts);
    let mut group = Group::with_title(title);
    for frame in &frames {
        group = match &frame.source {
            Some(source) => group.element(
                Snippet::source(source.text.as_str())
                    .line_start(source.line)
                    .path(frame.path.as_str())
                    .annotations(source.marks.iter().map(|mark| mark.kind.span(mark.start..mark.end).label(mark.label.as_deref()))),
            ),
            None => group.element(Origin::path(frame.path.as_str())),
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Style::HELP.message(visible(help)));
    }
    let renderer = if is_colored { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.render(&[group]);
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// One file with all its marks.
struct Frame {
    path: String,
    source: Option<Excerpt>,
}

/// Whole lines of a file.
struct Excerpt {
    text: String,
    line: usize,
    marks: Vec<Mark>,
}

struct Mark {
    kind: AnnotationKind,
    start: usize,
    end: usize,
    label: Option<String>,
}

fn frames(diagnostic: &Diagnostic, texts: Texts<'_>) -> Vec<Frame> {
    let primary = diagnostic.span.iter().map(|span| (span, AnnotationKind::Primary, None));
    let labels = diagnostic.labels.iter().map(|label| (&label.span, AnnotationKind::Context, Some(visible(&label.message).into_owned())));
    let marks: Vec<(&Span, AnnotationKind, Option<String>)> = primary.chain(labels).collect();
    let mut paths: Vec<&str> = Vec::new();
    for (span, ..) in &marks {
        if !paths.contains(&&*span.path) {
            paths.push(&span.path);
        }
    }
    let of = |path: &str| marks.iter().filter(|(span, ..)| &*span.path == path).cloned().collect::<Vec<_>>();
    paths.into_iter().map(|path| Frame { path: escaped(path).into_owned(), source: texts(path).map(|text| excerpt(&text, of(path))) }).collect()
}

/// Cuts out the lines between the first and the last mark; marks are moved along, within the text and between its characters.
fn excerpt(text: &str, marks: Vec<(&Span, AnnotationKind, Option<String>)>) -> Excerpt {
    let range = |span: &Span| place::within(text, span.start as usize)..place::within(text, span.end.max(span.start) as usize);
    let first = marks.iter().map(|(span, ..)| range(span).start).min().unwrap_or(0);
    let last = marks.iter().map(|(span, ..)| range(span).end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let line = Position::of(text, start).line;
    let cut = clean::Source::new(&text[start..end]);
    let mark = |(span, kind, label)| {
        let range = range(span);
        Mark { kind, start: cut.moved(range.start - start), end: cut.moved(range.end - start), label }
    };
    let marks = marks.into_iter().map(mark).collect();
    Excerpt { text: cut.text, line, marks }
}
