//! Characters, digits, quotation marks, spaces and units.

use super::data::{Characters, Digits, Quotes, Spacing, Straight, Units};
use super::{Finding, Lint, Place, code, finding};
use crate::language::locale::Locale;
use std::ops::Range;

impl Lint {
    /// One walk over the characters.
    pub(super) fn signs(&self, text: &str, place: Place, locale: &Locale, found: &mut Vec<Finding>) {
        let mut skip = 0;
        for (at, c) in text.char_indices() {
            if at < skip || !self.may_matter(c) {
                continue;
            }
            if let Some(rule) = self.characters.get(&c) {
                skip = self.character(text, at, c, &self.data.characters[*rule], found);
            }
            if let Some(digits) = self.data.digits.as_ref().filter(|_| c.is_ascii_digit()) {
                skip = number(text, at, digits, found).max(skip);
            }
            if let Some(quotes) = &self.data.quotes {
                self.quote(text, at, c, quotes, place, found);
            }
            if let Some(spacing) = &self.data.spacing {
                self.space(text, at, c, spacing, found);
            }
            if let Some(units) = self.data.units.as_ref().filter(|_| c.is_ascii_digit()) {
                unit(text, at, units, place, locale, found);
            }
        }
    }

    /// A character of the list; gives the end of what has been dealt with.
    fn character(&self, text: &str, at: usize, c: char, rule: &Characters, found: &mut Vec<Finding>) -> usize {
        let mut range = at..at + c.len_utf8();
        let Some(right) = rule.replace.get(&c) else {
            let help = rule.help.clone().unwrap_or_else(|| "use another character".to_owned());
            found.push(Finding { code: code(&rule.code), message: rule.name.clone(), help, fix: None, range });
            return 0;
        };
        let (before, after) = (&text[..at], &text[range.end..]);
        let mut right = right.clone();
        if rule.beside {
            let digit = |c: Option<char>| c.is_some_and(|c| self.is_own(c) && c.is_numeric());
            if let Some(separator) = rule.in_numbers.as_ref().filter(|_| digit(before.chars().next_back()) && digit(after.chars().next())) {
                right.clone_from(separator);
            } else if !self.is_beside(before, after) {
                return 0;
            }
        }
        if right.is_empty() {
            range.end += after.len() - after.trim_start_matches(c).len();
        }
        let end = range.end;
        let mut one = finding(text, code(&rule.code), range, rule.name.clone(), &right);
        if !rule.beside && !right.is_empty() {
            // The whole word with all such letters mended is what an author looks for.
            let word = super::word_around(text, &one.range);
            let whole: String = text[word].chars().map(|c| rule.replace.get(&c).cloned().unwrap_or_else(|| c.to_string())).collect();
            one.help = format!("write `{}`", whole.trim());
        }
        found.push(one);
        end
    }

    /// Whether a sign stands beside the language's own letters: before it over closing marks, or, after a number or nothing at all, behind it.
    fn is_beside(&self, before: &str, after: &str) -> bool {
        let closes = |c: char| matches!(c, '»' | '›' | '”' | '’' | '"' | ')' | ']' | '\u{200C}' | '\u{64B}'..='\u{652}' | '\u{654}' | ' ');
        let last = before.trim_end_matches(closes).chars().next_back();
        let next = after.trim_start().chars().next();
        match last {
            Some(c) if self.is_own(c) => true,
            Some(c) if c.is_alphabetic() => false,
            _ => next.is_some_and(|c| self.is_own(c)),
        }
    }

    fn quote(&self, text: &str, at: usize, c: char, quotes: &Quotes, place: Place, found: &mut Vec<Finding>) {
        let (before, after) = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
        let straight = match quotes.straight {
            Straight::Always => true,
            Straight::Plain => place == Place::Plain,
            Straight::Never => false,
        };
        let range = at..at + c.len_utf8();
        if c == '\'' {
            if let Some(apostrophe) = quotes.apostrophe.as_ref().filter(|_| straight && before.is_some_and(char::is_alphabetic)) {
                found.push(finding(text, code(&quotes.code), range, "a straight apostrophe", apostrophe));
            }
            return;
        }
        let opens = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '{' | '«' | '‹' | '–' | '—' | '-' | '/' | '>'))
            && after.is_some_and(|a| !a.is_whitespace());
        let typed =
            c == '"' && straight && before != Some('=') && !before.is_some_and(|b| b.is_ascii_digit() && after.is_none_or(char::is_whitespace));
        let foreign = quotes.foreign.contains(&c)
            && (self.direction == crate::language::data::Direction::Ltr
                || before.is_some_and(|c| self.is_own(c))
                || after.is_some_and(|c| self.is_own(c)));
        if typed || foreign {
            let right = if opens { &quotes.open } else { &quotes.close };
            let message = if typed { "a typewriter's quotation mark" } else { "a quotation mark of another language" };
            found.push(finding(text, code(&quotes.code), range, message, right));
        }
    }

    /// Spaces before closing signs and after opening ones.
    fn space(&self, text: &str, at: usize, c: char, spacing: &Spacing, found: &mut Vec<Finding>) {
        let after = &text[at + c.len_utf8()..];
        if spacing.none_after.contains(&c) && after.starts_with(' ') && !after.trim_start_matches(' ').is_empty() {
            let spaces = after.len() - after.trim_start_matches(' ').len();
            let range = at + c.len_utf8()..at + c.len_utf8() + spaces;
            found.push(finding(text, code(&spacing.code), range, format!("a space after `{c}`"), ""));
        }
        if !spacing.none_before.contains(&c) || !text[..at].ends_with(' ') {
            return;
        }
        let before = text[..at].trim_end_matches(' ');
        let last = before.chars().next_back();
        let says = last.is_some_and(|last| self.is_own(last) || matches!(last, '»' | ')' | '\u{FFFC}' | '\u{64B}'..='\u{652}' | '\u{654}'));
        let ends = !c.is_ascii() || after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '»' | ')'));
        let ratio = c == ':' && last.is_some_and(char::is_numeric);
        if says && ends && !ratio {
            let range = before.len()..at;
            let whole = super::word_around(text, &(before.len()..before.len()));
            let mut one = finding(text, code(&spacing.code), range, format!("a space before `{c}`"), "");
            one.help = format!("write `{}{c}`", &text[whole.start..before.len()]);
            found.push(one);
        }
    }
}

/// A number in European digits: only where it stands for itself, not in a version, an address or a name. Gives its end.
fn number(text: &str, at: usize, digits: &Digits, found: &mut Vec<Finding>) -> usize {
    let latin = |c: char| c.is_ascii_graphic() || c == ' ' || (c.is_alphabetic() && (c as u32) < 0x250);
    let start = text[..at].rfind(|c| !latin(c)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(|c| !latin(c)).map_or(text.len(), |length| at + length);
    let run = text[start..end].trim_end_matches([' ', '.', ',', ':', ';', '!', '?', ')', '"']).trim_start_matches([' ', '(', '"']);
    if run.is_empty()
        || !run.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '/' | ':' | '-' | '%' | '(' | ')' | ';' | '?' | '!'))
    {
        return end;
    }
    let length = text[at..].find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | ':' | '-'))).unwrap_or(text.len() - at);
    let range: Range<usize> = at..at + text[at..at + length].trim_end_matches(['.', ',', '/', ':', '-']).len();
    let one = &text[range.clone()];
    let own: String = one.chars().map(|c| c.to_digit(10).and_then(|digit| char::from_u32(digits.zero as u32 + digit)).unwrap_or(c)).collect();
    let only_digits = one.bytes().all(|b| b.is_ascii_digit());
    found.push(Finding {
        code: code(&digits.code),
        message: format!("`{one}` is written with digits of another script"),
        help: format!("write `{own}`, unless it is a code or a version"),
        fix: only_digits.then(|| (range.clone(), own)),
        range: range.clone(),
    });
    range.end
}

/// A number and the sign behind it: no space, or in a plain text one that breaks.
fn unit(text: &str, at: usize, units: &Units, place: Place, locale: &Locale, found: &mut Vec<Finding>) {
    let after = &text[at + 1..];
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let sign = |text: &str| units.signs.iter().find(|sign| text.strip_prefix(sign.as_str()).is_some_and(ends)).cloned();
    if let Some(sign) = sign(after) {
        let glued = text[..at]
            .rsplit(|c: char| c.is_whitespace() || c == '(')
            .next()
            .is_some_and(|word| word.contains(|c: char| c.is_alphabetic() || c == '%' || c == '/'));
        if !glued {
            let message = format!("no space before `{sign}`");
            found.push(finding(text, code(&units.code), at + 1..at + 1, message, &units.space));
        }
    } else if place == Place::Plain
        && after.starts_with(' ')
        && sign(&after[1..]).is_some()
        && locale.punctuation.no_break(&text[at..]).chars().nth(1) == Some('\u{A0}')
    {
        found.push(finding(text, code(&units.code), at + 1..at + 2, "a line may end between this number and its sign", &units.space));
    }
}
