//! Auto-isolation: which runs of the other direction need a `<bdi dir>` to be painted as they read.
//!
//! A run is wrapped only where UAX #9 says that the painted order changes: minimal markup, and no rule of thumb that a reader could
//! see fail. The question is asked of a window around each run, not of the whole text: a strong character of the text's own
//! direction shields what is beyond it, unless a pair of brackets reaches across.

pub use super::bidi::{first_strong, has_strong, isolate_plain, strip_bidi, with_direction_mark};

use super::bidi::{class, is_rtl};
use super::data::Direction;
use super::runs::runs;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_bidi::data_source::BidiMatchedOpeningBracket;
use unicode_bidi::{BidiClass, BidiDataSource, BidiInfo, HardcodedBidiData, Level};

/// How many characters may be looked at around runs, for each byte of a text and for any.
const MOST_EFFORT: usize = 16;
const LEAST_EFFORT: usize = 1 << 16;

/// The byte ranges of a block's text to wrap in `<bdi dir=…>` of the opposite direction of `base`, in order.
///
/// The text runs across inline elements; U+FFFC stands for each that is already isolated (code, links, images).
pub fn isolate(text: &str, base: Direction) -> Vec<Range<usize>> {
    isolate_cut(text, base, |run| vec![run])
}

/// A text for a place without markup, such as the title of a window: the same runs between isolating characters.
pub fn isolate_runs(text: &str, base: Direction) -> Cow<'_, str> {
    let runs = isolate(text, base);
    if runs.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut done) = (String::with_capacity(text.len() + runs.len() * 6), 0);
    for run in runs {
        out.push_str(&text[done..run.start]);
        out.push_str(&isolate_whole(&text[run.clone()], base.opposite()));
        done = run.end;
    }
    Cow::Owned(out + &text[done..])
}

/// A text between the isolating characters of its direction.
pub fn isolate_whole(text: &str, direction: Direction) -> String {
    format!("{}{text}\u{2069}", if direction == Direction::Rtl { '\u{2067}' } else { '\u{2066}' })
}

/// [`isolate`], with each run cut into the pieces that can be wrapped.
pub fn isolate_cut(text: &str, base: Direction, cut: impl Fn(Range<usize>) -> Vec<Range<usize>>) -> Vec<Range<usize>> {
    let runs: Vec<Range<usize>> = match base {
        Direction::Rtl if !may_hold_ltr(text) => return Vec::new(),
        Direction::Ltr if !may_hold_rtl(text) => return Vec::new(),
        _ => runs(text, base.opposite()).into_iter().flat_map(cut).filter(|run| !is_shielded(text, run, base)).collect(),
    };
    let pairs = if runs.is_empty() { return runs } else { Pairs::of(text) };
    // More looking around than this is for no text of a person's; wrapping every run is right too.
    let mut effort = LEAST_EFFORT + MOST_EFFORT * text.len();
    let mut wrapped: Vec<Range<usize>> = Vec::new();
    for run in &runs {
        let window = pairs.window(text, run, base);
        let Some(left) = effort.checked_sub(window.len() + pairs.pairs.len()) else { return runs };
        effort = left;
        if changes(text, run, base, window) {
            wrapped.push(run.clone());
        }
    }
    // Each run was asked about alone. Where two of them hold each other in place, or push each other out of it, all are wrapped.
    let settled =
        wrapped.len() == runs.len() || are_apart(text, &runs, base, &pairs) || painted_with(text, &wrapped, base) == painted_with(text, &runs, base);
    if settled { wrapped } else { runs }
}

/// Whether no run lies in what another one can see.
fn are_apart(text: &str, runs: &[Range<usize>], base: Direction, pairs: &Pairs) -> bool {
    runs.iter().enumerate().all(|(number, run)| {
        let window = pairs.window(text, run, base);
        runs[..number].last().is_none_or(|before| before.end <= window.start) && runs.get(number + 1).is_none_or(|after| window.end <= after.start)
    })
}

/// Every run that may need an isolate.
#[cfg(test)]
pub(crate) fn candidates(text: &str, base: Direction) -> Vec<Range<usize>> {
    runs(text, base.opposite())
}

/// The painted order of a text in which some runs are isolates, which are one neutral outside and a text of their own inside.
pub(crate) fn painted_with(text: &str, isolates: &[Range<usize>], base: Direction) -> Vec<usize> {
    let mut around = String::with_capacity(text.len());
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut lengths = Vec::new();
    let (mut at, mut count) = (0, 0);
    for isolate in isolates {
        let before = &text[at..isolate.start];
        around.push_str(before);
        lengths.extend(std::iter::repeat_n(1, before.chars().count()));
        inside.insert(lengths.len(), painted(&text[isolate.clone()], base.opposite()));
        around.push('\u{FFFC}');
        lengths.push(text[isolate.clone()].chars().count());
        at = isolate.end;
    }
    around.push_str(&text[at..]);
    lengths.extend(std::iter::repeat_n(1, text[at..].chars().count()));
    let mut starts = Vec::with_capacity(lengths.len());
    for length in lengths {
        starts.push(count);
        count += length;
    }
    let order = painted(&around, base);
    order
        .into_iter()
        .flat_map(|place| match inside.get(&place) {
            Some(inner) => inner.iter().map(|offset| starts[place] + offset).collect(),
            None => vec![starts[place]],
        })
        .collect()
}

/// Whether some byte can belong to an ASCII letter or digit, or to a letter beyond Latin-1 punctuation that is not Arabic or Hebrew.
fn may_hold_ltr(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_alphanumeric() || matches!(b, 0xC3..=0xD5 | 0xE0 | 0xE1 | 0xE3..=0xEE | 0xF0..))
}

/// Whether some byte can begin a right-to-left letter: U+0590–08FF, U+FB1D–FEFC, U+10800–1EFFF.
fn may_hold_rtl(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, b)| match b {
        0xD6..=0xDF | 0xE0 | 0xF0 => true,
        0xEF => bytes.get(at + 1).is_some_and(|next| (0xAC..=0xBB).contains(next)),
        _ => false,
    })
}

/// The common case, decided at sight: letters at both ends of the run, no brackets in it, and on both sides nothing but spaces and
/// punctuation before a letter of the base direction. Then the run stands alone either way (UAX #9 N1, N2).
fn is_shielded(text: &str, run: &Range<usize>, base: Direction) -> bool {
    let inner = &text[run.clone()];
    let ends_in_letters =
        inner.chars().next().is_some_and(|c| is_run_letter(c, base)) && inner.chars().next_back().is_some_and(|c| is_run_letter(c, base));
    ends_in_letters
        && !inner.contains(is_bracket)
        && reaches_base(text[..run.start].chars().rev(), base)
        && reaches_base(text[run.end..].chars(), base)
}

fn is_run_letter(c: char, base: Direction) -> bool {
    match base {
        Direction::Rtl => class(c) == BidiClass::L,
        Direction::Ltr => is_rtl(class(c)),
    }
}

/// Whether the next strong character in this direction, or the edge of the text, is of the base direction, over neutrals only.
fn reaches_base(chars: impl Iterator<Item = char>, base: Direction) -> bool {
    for c in chars {
        match class(c) {
            BidiClass::R | BidiClass::AL => return base == Direction::Rtl,
            BidiClass::L => return base == Direction::Ltr,
            BidiClass::WS | BidiClass::B | BidiClass::S | BidiClass::CS | BidiClass::ES => {}
            BidiClass::ON if !is_bracket(c) => {}
            _ => return false,
        }
    }
    true
}

/// Whether a character may be one of a pair (UAX #9 BD14, BD15).
fn is_bracket(c: char) -> bool {
    opening(c).is_some()
}

/// The opening bracket of a bracket, and whether it is one itself.
fn opening(c: char) -> Option<(char, bool)> {
    match c {
        '(' | ')' => Some(('(', c == '(')),
        '[' | ']' => Some(('[', c == '[')),
        '{' | '}' => Some(('{', c == '{')),
        _ if c < '\u{F3A}' => None,
        _ => HardcodedBidiData.bidi_matched_opening_bracket(c).map(|bracket| (bracket.opening, bracket.is_open)),
    }
}

/// Whether the painted order changes when the run becomes an isolate.
///
/// An isolate is one neutral to what is around it, and a text of its own inside (UAX #9 BD13, N1). Painting the two apart also keeps
/// clear of unicode-bidi 0.3.18, which looks for the context of brackets in the wrong order across isolates (servo/unicode-bidi#141).
fn changes(text: &str, run: &Range<usize>, base: Direction, window: Range<usize>) -> bool {
    let (before, inner, after) = (&text[window.start..run.start], &text[run.clone()], &text[run.end..window.end]);
    let (start, length) = (before.chars().count(), inner.chars().count());
    let isolated = painted(inner, base.opposite());
    let around = painted(&[before, "\u{FFFC}", after].concat(), base);
    let mut with_isolate = Vec::with_capacity(around.len() + length);
    for place in around {
        match place.cmp(&start) {
            Ordering::Less => with_isolate.push(place),
            Ordering::Equal => with_isolate.extend(isolated.iter().map(|inside| start + inside)),
            Ordering::Greater => with_isolate.push(place - 1 + length),
        }
    }
    painted(&text[window], base) != with_isolate
}

/// The characters of a text in painted order, by their place. Line ends count as the spaces that HTML makes of them.
fn painted(text: &str, base: Direction) -> Vec<usize> {
    let text: String = text.chars().map(|c| if class(c) == BidiClass::B { ' ' } else { c }).collect();
    let default = if base == Direction::Rtl { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new_with_data_source(&Classes, &text, Some(default));
    let Some(paragraph) = info.paragraphs.first() else { return Vec::new() };
    BidiInfo::reorder_visual(&info.reordered_levels_per_char(paragraph, paragraph.range.clone()))
}

/// What the bidirectional algorithm asks about characters.
struct Classes;

impl BidiDataSource for Classes {
    fn bidi_class(&self, c: char) -> BidiClass {
        class(c)
    }

    fn bidi_matched_opening_bracket(&self, c: char) -> Option<BidiMatchedOpeningBracket> {
        if is_bracket(c) { HardcodedBidiData.bidi_matched_opening_bracket(c) } else { None }
    }
}

/// The pairs of brackets in a text (UAX #9 BD16), by the bytes of their ends.
struct Pairs {
    pairs: Vec<(usize, usize)>,
    /// Explicit embeddings and isolates reach anywhere: then the window is the whole text.
    has_controls: bool,
}

impl Pairs {
    fn of(text: &str) -> Pairs {
        let mut found = Pairs { pairs: Vec::new(), has_controls: false };
        let mut open: Vec<(char, usize)> = Vec::new();
        for (at, c) in text.char_indices() {
            found.has_controls |= matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            match opening(c) {
                Some((bracket, true)) => open.push((bracket, at)),
                Some((bracket, false)) => {
                    if let Some(matching) = open.iter().rposition(|(other, _)| *other == bracket) {
                        found.pairs.push((open[matching].1, at));
                        open.truncate(matching);
                    }
                }
                None => {}
            }
        }
        found
    }

    /// The part of the text that can see the run: from the base-direction letter before it to the one after it, and further where a
    /// pair of brackets has only one end inside.
    fn window(&self, text: &str, run: &Range<usize>, base: Direction) -> Range<usize> {
        if self.has_controls || self.pairs.iter().any(|(open, close)| run.contains(open) != run.contains(close)) {
            return 0..text.len();
        }
        let mut window = shield_before(text, run.start, base)..shield_after(text, run.end, base);
        while let Some((open, close)) = self.pairs.iter().find(|(open, close)| window.contains(open) != window.contains(close)) {
            window = shield_before(text, window.start.min(*open), base)..shield_after(text, window.end.max(close + 1), base);
        }
        window
    }
}

fn shields(c: char, base: Direction) -> bool {
    match base {
        Direction::Rtl => is_rtl(class(c)),
        Direction::Ltr => class(c) == BidiClass::L,
    }
}

fn shield_before(text: &str, at: usize, base: Direction) -> usize {
    text[..at].char_indices().rev().find(|(_, c)| shields(*c, base)).map_or(0, |(at, _)| at)
}

fn shield_after(text: &str, at: usize, base: Direction) -> usize {
    let at = text.ceil_char_boundary(at);
    text[at..].char_indices().find(|(_, c)| shields(*c, base)).map_or(text.len(), |(offset, c)| at + offset + c.len_utf8())
}
