//! Strings of the interface in one language; what is not translated yet comes from the source language and says so.

use crate::base::hash::Hash;
use crate::base::source::Source;
use crate::language::data::Direction;
use crate::language::locale::Locale;
pub use crate::language::messages::Value as Arg;
use crate::language::messages::{MessageError, Messages, Sink};
use std::sync::Arc;

/// The strings of one language.
#[derive(Debug)]
pub struct Strings {
    /// The language.
    pub locale: Arc<Locale>,
    own: Messages,
    source: Option<Arc<Strings>>,
    hash: Hash,
}

impl Strings {
    /// Strings from their files, the most particular first; `source` are those of the source language.
    pub fn new(locale: Arc<Locale>, files: &[Source], own: Messages, source: Option<Arc<Strings>>) -> Strings {
        let below = source.as_ref().map(|source| source.hash);
        let hash = Hash::of_value(&(files.iter().map(|file| file.hash).collect::<Vec<_>>(), locale.hash, below));
        Strings { locale, own, source, hash }
    }

    /// The hash of everything that the strings are made from.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// What is known of the strings of the language itself.
    pub fn own(&self) -> &Messages {
        &self.own
    }

    /// A message as HTML. From another language it stands in an element with its `lang`; unknown, its key is shown.
    pub fn html(&self, key: &str, arguments: &[(&str, Arg<'_>)]) -> String {
        let mut speaker = self;
        loop {
            let said = speaker.own_text(key, arguments, Sink::Html);
            match (said, &speaker.source) {
                (Some(text), _) if speaker.locale.tag == self.locale.tag => return text,
                (Some(text), _) => {
                    let direction = speaker.locale.direction;
                    let dir = if direction == self.locale.direction { String::new() } else { format!(" dir=\"{}\"", direction.as_str()) };
                    return format!("<span lang=\"{}\"{dir}>{text}</span>", speaker.locale.tag);
                }
                (None, Some(source)) => speaker = source,
                (None, None) => return key.to_owned(),
            }
        }
    }

    /// A message as plain text, for attributes, titles and feeds.
    pub fn text(&self, key: &str, arguments: &[(&str, Arg<'_>)]) -> String {
        self.own_text(key, arguments, Sink::Text)
            .unwrap_or_else(|| self.source.as_ref().map_or_else(|| key.to_owned(), |source| source.text(key, arguments)))
    }

    fn own_text(&self, key: &str, arguments: &[(&str, Arg<'_>)], sink: Sink) -> Option<String> {
        match self.own.format(key, arguments, sink) {
            Ok(text) | Err(MessageError::Incomplete { text, .. }) => Some(text),
            Err(MessageError::Unknown(_)) => None,
        }
    }

    /// A message for a script: a text with `{name}` for arguments, or a table of plurals as JSON.
    pub fn script(&self, key: &str) -> String {
        match self.own.template(key) {
            Some(template) => template.attribute(),
            None => self.source.as_ref().map_or_else(String::new, |source| source.script(key)),
        }
    }

    /// The name of a language inside a sentence, else the tag.
    pub fn language_name(&self, tag: &str) -> String {
        let key = format!("language-name-{tag}");
        if self.has(&key) { self.text(&key, &[]) } else { tag.to_owned() }
    }

    /// Whether the string exists, here or in the source language.
    pub fn has(&self, key: &str) -> bool {
        self.own.has(key) || self.source.as_ref().is_some_and(|source| source.has(key))
    }

    /// The direction of the language.
    pub fn direction(&self) -> Direction {
        self.locale.direction
    }
}
