//! The typed HTML writer: what elements, attributes and text are made of is escaped by it.

use super::view::UserText;
use crate::base::escape::{escape, escaped};
use crate::language::bidi::first_strong;
use crate::language::data::Direction;
use crate::language::isolation;
use crate::language::locale::Locale;
use std::borrow::Cow;
use std::fmt::Write;

/// HTML under construction.
#[derive(Debug, Default)]
pub struct Html {
    out: String,
    /// Whether what was written is cleaned at the end.
    unclean: bool,
    /// What stands in the text without being cleaned with it, and where: see [`Html::apart`].
    apart: Vec<(usize, String)>,
}

/// Stands for a piece that is kept apart while the text around it is cleaned: no character (Unicode 23.7), so no text needs it.
const APART: char = '\u{FDD4}';

impl Html {
    /// An empty piece with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Html {
        Html { out: String::with_capacity(bytes), ..Html::default() }
    }

    /// Says whether authors' HTML may come in that has to be cleaned at the end.
    #[must_use]
    pub fn unclean(self, unclean: bool) -> Html {
        Html { unclean, ..self }
    }

    /// HTML of templates, or of our own with elements that authors may not use: it is not cleaned with the text around it.
    pub fn apart(&mut self, html: String) -> &mut Html {
        if self.unclean {
            self.apart.push((self.out.len(), html));
            self
        } else {
            self.html(&html)
        }
    }

    /// Opens an element with attributes; a `None` value leaves the attribute out, an empty one writes its name alone.
    pub fn open(&mut self, name: &'static str, attributes: &[(&'static str, Option<&str>)]) -> &mut Html {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            let Some(value) = value else { continue };
            self.out.push(' ');
            self.out.push_str(attribute);
            if !value.is_empty() || *attribute == "alt" || *attribute == "href" {
                self.out.push_str("=\"");
                escape(&mut self.out, value);
                self.out.push('"');
            }
        }
        self.out.push('>');
        self
    }

    /// Closes an element.
    pub fn close(&mut self, name: &'static str) -> &mut Html {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self
    }

    /// Text, escaped; no character that changes direction unseen stays in it.
    pub fn text(&mut self, text: &str) -> &mut Html {
        let mut rest = text;
        let mut open = 0_usize;
        while let Some((at, control)) = first_control(rest) {
            escape(&mut self.out, &rest[..at]);
            rest = &rest[at + control.len_utf8()..];
            let closes = open > 0 && control == '\u{2069}';
            match isolate_element(control) {
                Some(element) if closes_later(rest) => {
                    self.out.push_str(element);
                    open += 1;
                }
                _ if closes => {
                    self.out.push_str("</bdi>");
                    open -= 1;
                }
                _ => {
                    let _ = write!(self.out, "<span class=\"bidi-ctl\">U+{:04X}</span>", u32::from(control));
                }
            }
        }
        escape(&mut self.out, rest);
        self
    }

    /// HTML that was made by this writer or by Fluent's HTML sink.
    pub fn html(&mut self, html: &str) -> &mut Html {
        self.out.push_str(html);
        self
    }

    /// A line break between blocks, for people who read the source.
    pub fn line(&mut self) -> &mut Html {
        if !self.out.ends_with('\n') && !self.out.is_empty() {
            self.out.push('\n');
        }
        self
    }

    /// What has been written.
    pub fn finish(self) -> String {
        if !self.unclean {
            return self.out;
        }
        // Authors may have typed the mark, in an attribute for instance; only ours may stay.
        let mut marked = String::with_capacity(self.out.len() + 4 * self.apart.len());
        let mut from = 0;
        for (at, _) in &self.apart {
            marked.push_str(&self.out[from..*at].replace(APART, ""));
            marked.push(APART);
            from = *at;
        }
        marked.push_str(&self.out[from..].replace(APART, ""));
        let clean = super::clean::clean(&marked);
        let mut apart = self.apart.iter().map(|(_, html)| html.as_str());
        let mut pieces = clean.split(APART);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            out.push_str(apart.next().unwrap_or_default());
            out.push_str(piece);
        }
        out
    }
}

/// The first embedding, override or isolate of a text.
fn first_control(text: &str) -> Option<(usize, char)> {
    if text.is_ascii() {
        return None;
    }
    text.char_indices().find(|(_, c)| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
}

/// The element that says visibly what an isolate says unseen.
fn isolate_element(control: char) -> Option<&'static str> {
    match control {
        '\u{2066}' => Some("<bdi dir=\"ltr\">"),
        '\u{2067}' => Some("<bdi dir=\"rtl\">"),
        '\u{2068}' => Some("<bdi>"),
        _ => None,
    }
}

/// Whether an isolate that was just opened is closed in the rest of its text.
fn closes_later(rest: &str) -> bool {
    let mut depth = 1_usize;
    for c in rest.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return true;
        }
    }
    false
}

/// A text as HTML with its runs of the other direction isolated.
pub fn with_isolates(text: &str, direction: Direction) -> String {
    let runs = isolation::isolate(text, direction);
    let mut html = Html::with_capacity(text.len() + 32);
    let mut at = 0;
    for run in runs {
        html.text(&text[at..run.start]).open("bdi", &[("dir", Some(direction.opposite().as_str()))]).text(&text[run.clone()]).close("bdi");
        at = run.end;
    }
    html.text(&text[at..]);
    html.finish()
}

/// A name in `<bdi>`, with its language where that is another, and its direction where the first strong
/// character would give the wrong one.
pub fn isolated(text: &UserText) -> String {
    if text.text.is_empty() && text.html.is_empty() {
        return String::new();
    }
    let inner = if text.html.is_empty() { escaped(&text.text).into_owned() } else { text.html.clone() };
    let (lang, dir) = match &text.lang {
        Some((tag, dir)) => (Some(tag.as_str()), Some(*dir)),
        None => (None, text.dir),
    };
    let mut html = Html::with_capacity(inner.len() + 32);
    html.open("bdi", &[("lang", lang), ("dir", dir)]).html(&inner).close("bdi");
    html.finish()
}

impl UserText {
    /// A text in a known direction: runs of the other direction are isolated, and the direction is said where it cannot be guessed.
    pub fn new(text: impl Into<String>, direction: Direction) -> UserText {
        let text = text.into();
        let html = with_isolates(&text, direction);
        let guess_is_wrong =
            first_strong(&text).is_some_and(|first| first != direction) && text.split_whitespace().any(|word| first_strong(word) == Some(direction));
        UserText { html, lang: None, dir: guess_is_wrong.then(|| direction.as_str()), text }
    }

    /// The same with soft hyphens in long words, where the language has them; the plain text stays without.
    #[must_use]
    pub fn softened(self, locale: &Locale) -> UserText {
        match locale.soft_hyphens(&self.text) {
            Cow::Borrowed(_) => self,
            Cow::Owned(soft) => UserText { html: with_isolates(&soft, locale.direction), ..self },
        }
    }

    /// A text in another language than the page's.
    pub fn in_language(text: impl Into<String>, tag: &str, direction: Direction) -> UserText {
        let text = text.into();
        UserText { html: with_isolates(&text, direction), lang: Some((tag.to_owned(), direction.as_str())), dir: None, text }
    }
}
