//! Marks of Markdown that readers would see, digits that make no list, hidden direction marks, and texts that do not say their language.

use super::{Eyes, Gathered};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::source::Source;
use crate::language::bidi::first_strong;
use crate::language::data::{Direction, Script};
use crate::language::fold::ascii_digits;
use crate::language::words::is_prose;
use std::ops::Range;

/// U+200E, U+200F, U+061C: isolation does their work where everybody can see it.
pub fn direction_marks(gathered: &Gathered, source: &Source, problems: &mut Vec<Diagnostic>) {
    let mark = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}');
    for (at, c) in gathered.text.match_indices(mark) {
        let place = Span::new(&source.path, gathered.range(&(at..at + c.len())));
        let name = format!("U+{:04X}", c.chars().next().map_or(0, u32::from));
        let problem = Diagnostic::new(Code::BID005, format!("{name} steers the direction of the text unseen")).at(place.clone());
        problems.push(
            problem
                .help("remove it; runs of the other direction are isolated by themselves, and <bdi dir=\"ltr\">…</bdi> says a direction")
                .fix(place, ""),
        );
    }
}

/// `**` and `__` that `CommonMark` 6.2 does not take for emphasis, as before a quotation mark that touches a letter (MD002).
pub fn emphasis(gathered: &Gathered, source: &Source, problems: &mut Vec<Diagnostic>) {
    let text = &gathered.text;
    let mut found: Vec<(usize, char)> = Vec::new();
    for mark in ['*', '_'] {
        let pair: String = [mark, mark].iter().collect();
        for (at, _) in text.match_indices(&pair) {
            let (before, after) = (text[..at].chars().next_back(), text[at + 2..].chars().next());
            let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c != mark);
            if before != Some(mark) && after != Some(mark) && (touches(before) || touches(after)) {
                found.push((at, mark));
            }
        }
    }
    found.sort_unstable();
    for (number, (at, mark)) in found.iter().enumerate() {
        let problem =
            Diagnostic::new(Code::MD002, format!("readers see `{mark}{mark}` here")).at(Span::new(&source.path, gathered.range(&(*at..at + 2))));
        let problem = problem.help("put the marks inside the quotation marks, or write <strong>…</strong>");
        let partner = found.get(number + 1).filter(|(_, other)| other == mark && number % 2 == 0);
        problems.push(match partner.and_then(|(end, _)| inside(text, *at, *end)) {
            Some((open, close)) => {
                let marks = &text[*at..at + 2];
                let fix = |range: Range<usize>, right: String| (Span::new(&source.path, gathered.range(&range)), right);
                let (first, second) = (
                    fix(open.clone(), format!("{}{marks}", &text[open.start + 2..open.end])),
                    fix(close.clone(), format!("{marks}{}", &text[close.start..close.end - 2])),
                );
                if gathered.is_whole(&open) && gathered.is_whole(&close) { problem.fix(first.0, first.1).fix(second.0, second.1) } else { problem }
            }
            None => problem,
        });
    }
}

/// `**«` and `»**`, where the marks can move inside.
fn inside(text: &str, open: usize, close: usize) -> Option<(Range<usize>, Range<usize>)> {
    const QUOTES: &[char] = &['«', '»', '“', '”', '"', '‹', '›', '‘', '’', '(', ')'];
    let first = text[open + 2..].chars().next().filter(|c| QUOTES.contains(c))?;
    let last = text[open + 2..close].chars().next_back().filter(|c| QUOTES.contains(c))?;
    let (open, close) = (open..open + 2 + first.len_utf8(), close - last.len_utf8()..close + 2);
    (open.end < close.start).then_some((open, close))
}

/// `۱. یک`: `CommonMark` 5.2 knows ASCII digits only (MD001).
pub fn list_digits(gathered: &Gathered, source: &Source, problems: &mut Vec<Diagnostic>) {
    let mut at = 0;
    for line in gathered.text.split_inclusive('\n') {
        let digits = line.find(|c: char| !(matches!(c, '۰'..='۹' | '٠'..='٩'))).unwrap_or(line.len());
        let rest = &line[digits..];
        if (2..=6).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
            let place = Span::new(&source.path, gathered.range(&(at..at + digits)));
            let right = ascii_digits(&line[..digits]).into_owned();
            let problem = Diagnostic::new(Code::MD001, "Markdown makes no list of these digits").at(place.clone());
            problems.push(problem.help(format!("write `{right}.`; readers see the digits of their language")).fix(place, right));
        }
        at += line.len();
    }
}

/// Words of another script without their language (WCAG 3.1.2): any in the other direction, sentences where names are usual.
pub fn other_scripts(gathered: &Gathered, source: &Source, eyes: &Eyes, problems: &mut Vec<Diagnostic>) {
    let text = &gathered.text;
    let base = eyes.locale.direction;
    let may_hold = if base == Direction::Rtl { text.contains(|c: char| c.is_ascii_alphabetic()) } else { !text.is_ascii() };
    for run in if may_hold { runs(text, base) } else { Vec::new() } {
        let words = &text[run.clone()];
        // `KPI, ROI, CAC, LTV and NPS` is no sentence.
        let is_text = if base == Direction::Rtl { is_prose(words, 5, 3) } else { words.split_whitespace().any(is_word) };
        if is_text {
            let place = Span::new(&source.path, gathered.range(&run));
            let problem = Diagnostic::new(Code::I18N020, "this text does not say its language, so it is read aloud with the wrong voice").at(place);
            problems.push(problem.help(proposal(&words.replace('\n', " "), eyes)));
        }
    }
}

/// Single letters of the other script are mostly spoken of.
fn is_word(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

/// What to write. Where several languages of the site have the script, or none, only the author knows which it is.
fn proposal(text: &str, eyes: &Eyes) -> String {
    let script = text.chars().find(|c| c.is_alphabetic()).map(Script::of);
    let tags: Vec<&str> = eyes.others.iter().filter(|(_, other)| script.as_ref() == Some(other)).map(|(tag, _)| tag.as_str()).collect();
    match tags.as_slice() {
        [only] => format!("write `[{text}]{{lang={only}}}`"),
        [] => "translate it, or mark it with its language: `[…]{lang=…}`".to_owned(),
        several => {
            let marks: Vec<String> = several.iter().map(|tag| format!("`[…]{{lang={tag}}}`")).collect();
            format!("translate it, or mark it with its language: {}", marks.join(" or "))
        }
    }
}

/// The runs of words in the other direction, with spaces and punctuation between them.
fn runs(text: &str, base: Direction) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, word) in words(text) {
        let strong = first_strong(word);
        match strong {
            Some(direction) if direction != base && !word.contains('\u{FFFC}') => {
                match runs.last_mut().filter(|_| open) {
                    Some(run) => run.end = at + word.len(),
                    None => runs.push(at..at + word.len()),
                }
                open = true;
            }
            None if !word.contains('\u{FFFC}') => {}
            _ => open = false,
        }
    }
    for run in &mut runs {
        let inner = text[run.clone()].trim_matches(|c: char| !c.is_alphanumeric());
        let start = run.start + text[run.clone()].find(inner).unwrap_or(0);
        *run = whole(text, start..start + inner.len());
    }
    runs
}

/// A run with the bracket or quotation mark beside it whose partner lies inside.
fn whole(text: &str, mut run: Range<usize>) -> Range<usize> {
    for (open, close) in [('(', ')'), ('[', ']'), ('«', '»'), ('“', '”')] {
        let (opened, closed) = (text[run.clone()].matches(open).count(), text[run.clone()].matches(close).count());
        if opened > closed && text[run.end..].starts_with(close) {
            run.end += close.len_utf8();
        } else if closed > opened && text[..run.start].ends_with(open) {
            run.start -= open.len_utf8();
        }
    }
    run
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive(char::is_whitespace).scan(0, |at, word| {
        let start = *at;
        *at += word.len();
        Some((start, word.trim_end()))
    })
}
