//! Soft hyphens for languages whose patterns browsers lack; stripped from ids, titles, search and `aria`.

use super::words::words;
use hypher::Lang;
use std::borrow::Cow;

/// Only words of at least so many letters are softened.
const LONG: usize = 14;

/// The soft hyphens of one language.
#[derive(Clone, Copy, Debug)]
pub struct Hyphens(Option<Lang>);

impl Hyphens {
    /// Hyphens for a tag, if they are wanted and the program has its patterns.
    pub fn new(tag: &str, wanted: bool) -> Hyphens {
        let code = tag.split('-').next().and_then(|language| <[u8; 2]>::try_from(language.as_bytes()).ok());
        Hyphens(code.filter(|_| wanted).and_then(Lang::from_iso))
    }

    /// The text with U+00AD in its long words; borrowed when nothing changes.
    pub fn soften(self, text: &str) -> Cow<'_, str> {
        let Some(language) = self.0.filter(|_| text.len() >= LONG && !text.contains(SOFT_HYPHEN)) else { return Cow::Borrowed(text) };
        let mut out = String::new();
        let mut done = 0;
        for word in words(text).into_iter().filter(|word| is_long(&text[word.clone()])) {
            out.push_str(&text[done..word.start]);
            out.push_str(&hypher::hyphenate(&text[word.clone()], language).join("\u{AD}"));
            done = word.end;
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }
}

const SOFT_HYPHEN: char = '\u{AD}';

fn is_long(word: &str) -> bool {
    word.len() >= LONG && word.chars().filter(|c| c.is_alphabetic()).count() >= LONG
}
