//! Runs of the other direction that belong together: `C++`, `+46 8-123 456`, `git commit -m`.

use super::bidi::{class, is_control, is_rtl};
use super::data::Direction;
use std::ops::Range;
use unicode_bidi::BidiClass;

/// The runs of one direction in a text, in order: tokens joined across single spaces.
pub(super) fn runs(text: &str, direction: Direction) -> Vec<Range<usize>> {
    let grammar = Grammar { text, direction };
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(c) = grammar.at(at) {
        if let Some(core) = grammar.token_start(at, c, before) {
            let end = grammar.run_end(at, core);
            found.push(at..end);
            before = text[..end].chars().next_back();
            at = end;
        } else {
            before = Some(c);
            at += c.len_utf8();
        }
    }
    found
}

struct Grammar<'a> {
    text: &'a str,
    direction: Direction,
}

impl Grammar<'_> {
    fn at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Letters of the direction, and the digits written with them.
    fn is_core(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.direction == Direction::Ltr && c.is_ascii_alphanumeric();
        }
        match self.direction {
            Direction::Ltr => class(c) == BidiClass::L && !is_control(c),
            Direction::Rtl => matches!(class(c), BidiClass::AN | BidiClass::EN) || is_rtl(class(c)) && !is_control(c),
        }
    }

    /// Marks and joiners, which belong to the letter before them.
    fn is_attached(&self, c: char) -> bool {
        !c.is_ascii() && (matches!(class(c), BidiClass::NSM) || matches!(c, '\u{200C}' | '\u{200D}' | '\u{AD}'))
    }

    /// Signs that belong to the token after them, at the start of a word: `.NET`, `--help`, `-5`, `#tag`.
    fn is_lead(&self, c: char) -> bool {
        self.direction == Direction::Ltr
            && matches!(c, '.' | '+' | '-' | '−' | '#' | '@' | '/' | '~' | '$' | '€' | '£' | '¥' | '%' | '_' | '*' | '{' | '[' | '<')
    }

    /// Signs that belong to the token before them: `C++`, `C#`, `50%`, `a/`.
    fn is_trail(&self, c: char) -> bool {
        match self.direction {
            Direction::Ltr => matches!(c, '+' | '#' | '/' | '%' | '*' | '_' | '€' | '£' | '¥'),
            Direction::Rtl => c == '٪',
        }
    }

    /// Signs that may stand between two characters of a token.
    fn is_inner(&self, c: char) -> bool {
        match self.direction {
            Direction::Ltr => (c.is_ascii_punctuation() && c != '"') || matches!(c, '’' | '–' | '−' | '·' | '×' | '°' | '€' | '£' | '¥'),
            Direction::Rtl => matches!(c, '-' | '–' | '.' | ':' | '/' | '_' | '،' | '٪' | '’'),
        }
    }

    /// Where the first letter or digit of the token that starts here is, if one starts here.
    fn token_start(&self, at: usize, c: char, before: Option<char>) -> Option<usize> {
        if self.is_core(c) {
            return Some(at);
        }
        if !self.is_lead(c) || !before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '{' | '<' | '«' | '“' | '"')) {
            return None;
        }
        let rest = &self.text[at..];
        let signs = rest.find(|c| !self.is_lead(c))?;
        rest[signs..].starts_with(|c| self.is_core(c)).then_some(at + signs)
    }

    /// The end of the run whose first token starts here.
    fn run_end(&self, start: usize, core: usize) -> usize {
        let mut end = self.token_end(start, core);
        while let Some((start, core)) = self.joined(end) {
            end = self.token_end(start, core);
        }
        end
    }

    /// The token after a single space, if there is one; Persian lists also join over their comma.
    fn joined(&self, end: usize) -> Option<(usize, usize)> {
        let mut at = end;
        let mut c = self.at(at)?;
        if self.direction == Direction::Rtl && matches!(c, '،' | '؛') {
            at += c.len_utf8();
            c = self.at(at)?;
        }
        if !c.is_whitespace() {
            return None;
        }
        let next = at + c.len_utf8();
        self.token_start(next, self.at(next)?, Some(c)).map(|core| (next, core))
    }

    fn token_end(&self, start: usize, core: usize) -> usize {
        let mut depth = self.text[start..core].chars().filter(|c| opens(*c)).count();
        let mut end = core;
        while let Some(next) = self.core_end(end).or_else(|| self.inner_end(end, &mut depth)) {
            end = next;
        }
        self.trail_end(end, depth)
    }

    /// Over one letter or digit, or what is attached to one.
    fn core_end(&self, at: usize) -> Option<usize> {
        let c = self.at(at)?;
        (self.is_core(c) || self.is_attached(c)).then_some(at + c.len_utf8())
    }

    /// Over signs that stand before another letter or digit; closing brackets only where the token opened them.
    fn inner_end(&self, at: usize, depth: &mut usize) -> Option<usize> {
        let mut open = *depth;
        for (offset, c) in self.text[at..].char_indices() {
            if self.is_core(c) {
                *depth = open;
                return (offset > 0).then_some(at + offset);
            }
            open = match c {
                _ if !self.is_inner(c) => return None,
                _ if closes(c) => open.checked_sub(1)?,
                _ => open + usize::from(opens(c)),
            };
        }
        None
    }

    /// Over signs that end the token, the brackets it opened, and the empty ones of a call.
    fn trail_end(&self, at: usize, mut depth: usize) -> usize {
        let mut end = at;
        while let Some(c) = self.at(end) {
            if self.is_trail(c) {
                end += c.len_utf8();
            } else if closes(c) && depth > 0 {
                depth -= 1;
                end += 1;
            } else if self.direction == Direction::Ltr && self.text[end..].starts_with("()") {
                end += 2;
            } else {
                break;
            }
        }
        end
    }
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '>')
}
