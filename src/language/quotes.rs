//! Smart punctuation by language (CLDR delimiters).
//!
//! pulldown-cmark only knows English, but tells which characters were typed: those are mapped here. Authored marks never change.

use super::data::{Dashes, LanguageData, NoBreak};
use std::borrow::Cow;

/// The marks of one language.
#[derive(Clone, Debug)]
pub struct Punctuation {
    quotes: [String; 4],
    dashes: Dashes,
    no_break: NoBreak,
}

impl Punctuation {
    /// The marks of a language; English ones where it says nothing.
    pub fn new(data: &LanguageData) -> Punctuation {
        Punctuation {
            quotes: data.quotes.clone().unwrap_or_else(|| ["“", "”", "‘", "’"].map(String::from)),
            dashes: data.dashes.clone().unwrap_or_default(),
            no_break: data.no_break.clone().unwrap_or_default(),
        }
    }

    /// What stands for a typed mark: `typed` is the source (`"`, `'`, `--`, `---`, `...`), `smart` what pulldown-cmark made of it.
    ///
    /// Everything else comes back as `smart`.
    pub fn quote<'a>(&'a self, typed: &str, smart: &'a str, before: Option<char>, after: Option<char>) -> &'a str {
        match (typed, smart) {
            ("'", "’" | "‘") if is_letter(before) && is_letter(after) => "’",
            ("\"", "“") => &self.quotes[0],
            ("\"", "”") => &self.quotes[1],
            ("'", "‘") => &self.quotes[2],
            ("'", "’") => &self.quotes[3],
            // `--help` is an option of a program, not a dash.
            ("--", "–") if before.is_none_or(|c| c.is_whitespace() || c == '(') && after.is_some_and(|c| c.is_ascii_alphabetic()) => "--",
            ("--", "–") => &self.dashes.two,
            ("---", "—") => &self.dashes.three,
            _ => smart,
        }
    }

    /// The text with no-break spaces where the language wants them; borrowed when nothing changes.
    pub fn no_break<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.no_break == NoBreak::default() {
            return Cow::Borrowed(text);
        }
        let sticky = |at: &usize| self.is_sticky(&text[..*at], &text[at + 1..]);
        let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).filter(sticky).collect();
        if spaces.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + spaces.len());
        let mut done = 0;
        for at in spaces {
            out.push_str(&text[done..at]);
            out.push('\u{A0}');
            done = at + 1;
        }
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }

    /// Whether the space between two texts must hold.
    fn is_sticky(&self, before: &str, after: &str) -> bool {
        let Some(next) = after.chars().next() else { return false };
        let last = before.chars().next_back();
        match next {
            '–' | '—' => self.no_break.dash && after[next.len_utf8()..].starts_with(' ') && last.is_some_and(|c| !c.is_whitespace()),
            '0'..='9' => self.no_break.before_numbers.iter().any(|word| ends_with_word(before, word)),
            _ => last.is_some_and(|c| c.is_ascii_digit()) && self.no_break.units.iter().any(|unit| starts_with_word(after, unit)),
        }
    }
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}
