//! Makes text from outside harmless for a terminal: no control characters, no escapes, no change of writing direction.

use std::borrow::Cow;

/// Characters that steer a terminal or the order of the text around them, or that nobody can see.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Text with harmful characters written as `\u{202e}`; lines may end.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c != '\n' && is_harmful(c))
}

/// Text on one line with harmful characters written as `\u{202e}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, is_harmful)
}

fn replaced(text: &str, is_bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_bad) {
        return text.into();
    }
    let one = |c: char| match c {
        '\n' | '\t' if is_bad(c) => " ".to_owned(),
        c if is_bad(c) => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    text.chars().map(one).collect::<String>().into()
}

/// Lines of source with harmful characters replaced, and how far that moved what follows them.
pub struct Source {
    /// The lines.
    pub text: String,
    /// Place in the original and in the replaced text, after each replacement.
    moves: Vec<(usize, usize)>,
}

impl Source {
    /// Replaces.
    pub fn new(original: &str) -> Source {
        let mut source = Source { text: String::with_capacity(original.len()), moves: Vec::new() };
        for (at, c) in original.char_indices() {
            if c != '\n' && c != '\t' && is_harmful(c) {
                source.text.push('\u{FFFD}');
                source.moves.push((at + c.len_utf8(), source.text.len()));
            } else {
                source.text.push(c);
            }
        }
        source
    }

    /// Where a place of the original is now.
    pub fn moved(&self, at: usize) -> usize {
        let before = self.moves.partition_point(|(original, _)| *original <= at);
        let (original, now) = before.checked_sub(1).map_or((0, 0), |i| self.moves[i]);
        now + (at - original)
    }
}

/// Wraps what is written from right to left in each line with FSI and PDI, so that a terminal that orders text does not order the frame.
pub fn isolated(text: &str) -> String {
    if !text.contains(is_right_to_left) {
        return text.to_owned();
    }
    text.split_inclusive('\n').map(isolated_line).collect()
}

fn isolated_line(line: &str) -> Cow<'_, str> {
    let (Some(first), Some(last)) = (line.find(is_right_to_left), line.rfind(is_right_to_left)) else {
        return line.into();
    };
    let end = last + line[last..].chars().next().map_or(0, char::len_utf8);
    format!("{}\u{2068}{}\u{2069}{}", &line[..first], &line[first..end], &line[end..]).into()
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// JSON with harmful characters as `\u202e`: the same value, safe to look at.
pub fn json(text: &str) -> String {
    let one = |c: char| if is_harmful(c) { c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect() } else { c.to_string() };
    if text.contains(is_harmful) { text.chars().map(one).collect() } else { text.to_owned() }
}
