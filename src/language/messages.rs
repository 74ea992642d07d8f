//! The strings of one language (Fluent): layers of files, of which the first that has a string gives it.
//!
//! Numbers and dates are written by the [`Locale`]; text from data is isolated, in HTML by `<bdi>`, in plain text by FSI and PDI.

mod layer;
mod script;
pub mod texts;
mod value;

pub use layer::Message;
pub use script::Template;
pub use value::{Sink, Value};

use super::locale::Locale;
use crate::base::diagnostic::{Code, Diagnostic};
use crate::base::escape::escaped;
use crate::base::source::Source;
use crate::base::suggest::did_you_mean;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Pattern};
use layer::Layer;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<Arc<FluentResource>>;

/// The strings of one language. `Send + Sync`.
pub struct Messages {
    locale: Arc<Locale>,
    html: Bundle,
    text: Bundle,
    messages: BTreeMap<String, Message>,
    resources: Vec<Arc<FluentResource>>,
}

/// Why a message cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageError {
    /// There is no such string.
    Unknown(String),
    /// It was written, but something is missing in it.
    Incomplete {
        /// What was written, with `{$name}` where an argument was missing.
        text: String,
        /// What is missing.
        problems: Vec<String>,
    },
}

impl fmt::Display for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MessageError::Unknown(key) => write!(f, "there is no string `{key}`"),
            MessageError::Incomplete { problems, .. } => f.write_str(&problems.join("; ")),
        }
    }
}

impl std::error::Error for MessageError {}

impl Messages {
    /// The strings of a language from its files, the most particular first: site, theme, embedded.
    ///
    /// What is wrong in one string leaves the others as they are.
    pub fn new(locale: Arc<Locale>, files: &[Source]) -> (Messages, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let mut messages: BTreeMap<String, Message> = BTreeMap::new();
        let mut resources = Vec::new();
        for file in files {
            let (layer, problems) = Layer::parse(file);
            found.extend(problems);
            resources.push(layer.resource);
            let above: BTreeSet<String> = messages.keys().map(|key| owner(key).to_owned()).collect();
            messages.extend(layer.messages.into_iter().filter(|(key, _)| !above.contains(owner(key))));
        }
        found.extend(lost_references(&messages));
        found.extend(follow_references(&mut messages));
        let (html, text) = (bundle(&locale, &resources, Sink::Html), bundle(&locale, &resources, Sink::Text));
        (Messages { locale, html, text, messages, resources }, found)
    }

    /// Writes a message, or an attribute of one by `message.attribute`.
    ///
    /// # Errors
    /// The string is not there, or takes an argument that was not given.
    pub fn format(&self, key: &str, arguments: &[(&str, Value)], sink: Sink) -> Result<String, MessageError> {
        let bundle = match sink {
            Sink::Html => &self.html,
            Sink::Text => &self.text,
        };
        let pattern = find(bundle, key).ok_or_else(|| MessageError::Unknown(key.into()))?;
        let mut named = FluentArgs::with_capacity(arguments.len());
        arguments.iter().for_each(|(name, value)| named.set(*name, value.fluent(&self.locale)));
        let mut errors = Vec::new();
        let mut written = String::new();
        // Writing to a `String` cannot fail; `format_pattern` would write the whole message as if it were an argument.
        let _infallible = bundle.write_pattern(&mut written, pattern, Some(&named), &mut errors);
        let text = value::finish(&written, &self.locale, sink);
        if errors.is_empty() { Ok(text) } else { Err(MessageError::Incomplete { text, problems: errors.iter().map(ToString::to_string).collect() }) }
    }

    /// A message for a script: its arguments stay as `{name}`, its plurals become a table.
    pub fn template(&self, key: &str) -> Option<Template> {
        let find = |key: &str| key.strip_prefix('-').map_or_else(|| find(&self.text, key), |term| self.term(term));
        script::template(find(key)?, &find, 0)
    }

    /// Whether there is a string of this name.
    pub fn has(&self, key: &str) -> bool {
        self.messages.contains_key(key)
    }

    /// All messages and their attributes by name, without terms, which only other strings use.
    pub fn messages(&self) -> impl Iterator<Item = (&str, &Message)> {
        self.messages.iter().filter(|(key, _)| !key.starts_with('-')).map(|(key, message)| (&**key, message))
    }

    /// What is known of one string.
    pub fn message(&self, key: &str) -> Option<&Message> {
        self.messages.get(key)
    }

    /// The language.
    pub fn locale(&self) -> &Arc<Locale> {
        &self.locale
    }

    /// The pattern of a term or of its attribute, in the first file that has it.
    fn term(&self, key: &str) -> Option<&Pattern<&str>> {
        let (name, attribute) = split(key);
        let term = self.resources.iter().flat_map(|resource| resource.entries()).find_map(|entry| match entry {
            Entry::Term(term) if term.id.name == name => Some(term),
            _ => None,
        })?;
        match attribute {
            Some(attribute) => term.attributes.iter().find(|a| a.id.name == attribute).map(|a| &a.value),
            None => Some(&term.value),
        }
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages").field("language", &self.locale.tag).field("messages", &self.messages.len()).finish_non_exhaustive()
    }
}

/// The name of a string from its parts.
fn key(prefix: &str, name: &str, attribute: Option<&str>) -> String {
    attribute.map_or_else(|| format!("{prefix}{name}"), |attribute| format!("{prefix}{name}.{attribute}"))
}

fn split(key: &str) -> (&str, Option<&str>) {
    key.split_once('.').map_or((key, None), |(name, attribute)| (name, Some(attribute)))
}

/// The message or term that an attribute belongs to: files replace it as a whole.
fn owner(key: &str) -> &str {
    split(key).0
}

fn find<'b>(bundle: &'b Bundle, key: &str) -> Option<&'b Pattern<&'b str>> {
    let (name, attribute) = split(key);
    let message = bundle.get_message(name)?;
    match attribute {
        Some(attribute) => message.get_attribute(attribute).map(|attribute| attribute.value()),
        None => message.value(),
    }
}

fn bundle(locale: &Arc<Locale>, resources: &[Arc<FluentResource>], sink: Sink) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language(&locale.tag)]);
    match sink {
        Sink::Html => {
            bundle.set_use_isolating(false);
            bundle.set_transform(Some(escaped));
            bundle.set_formatter(Some(value::for_html));
        }
        Sink::Text => bundle.set_formatter(Some(value::for_text)),
    }
    for resource in resources {
        // Errors only say that a string of a lower layer is hidden: that is what layers are for.
        let _hidden = bundle.add_resource(Arc::clone(resource));
    }
    let shared = Arc::clone(locale);
    // Fails only for a name that is taken, and the bundle is new.
    let _new = bundle.add_builtins().and_then(|()| bundle.add_function("DATETIME", move |values, options| value::datetime(values, options, &shared)));
    bundle
}

/// The tag for fluent-bundle, which asks it for plural rules only.
fn language(tag: &str) -> LanguageIdentifier {
    let short = tag.split('-').next().unwrap_or(tag);
    tag.parse().or_else(|_| short.parse()).unwrap_or_default()
}

fn lost_references(messages: &BTreeMap<String, Message>) -> Vec<Diagnostic> {
    let uses = messages.values().flat_map(|message| &message.references);
    let lost = uses.filter(|(key, _)| !messages.contains_key(*key));
    lost.map(|(key, span)| {
        let names = messages.keys().map(String::as_str);
        Diagnostic::new(Code::STR002, format!("there is no string `{key}`")).at(span.clone()).maybe_help(did_you_mean(key, names))
    })
    .collect()
}

/// Gives each string the arguments of the strings it refers to, and finds those that refer to themselves.
fn follow_references(messages: &mut BTreeMap<String, Message>) -> Vec<Diagnostic> {
    let mut circles = Vec::new();
    let mut all = Vec::new();
    for (key, message) in messages.iter() {
        let (reached, arguments) = reach(messages, message);
        if reached.contains(key.as_str()) {
            let circle = Diagnostic::new(Code::STR001, format!("`{key}` refers to itself")).at(message.span.clone());
            circles.push(circle.help("a string may refer to others only if none of them leads back"));
        }
        all.push(arguments);
    }
    messages.values_mut().zip(all).for_each(|(message, arguments)| message.arguments = arguments);
    circles
}

/// The strings behind a string, and all arguments on the way; a term has only the arguments that are written at its use.
fn reach<'m>(messages: &'m BTreeMap<String, Message>, message: &'m Message) -> (BTreeSet<&'m str>, BTreeSet<String>) {
    let mut arguments = message.arguments.clone();
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = message.references.keys().map(String::as_str).collect();
    while let Some(key) = open.pop() {
        if let (true, Some(next)) = (reached.insert(key), messages.get(key)) {
            open.extend(next.references.keys().map(String::as_str));
            if !key.starts_with('-') {
                arguments.extend(next.arguments.iter().cloned());
            }
        }
    }
    (reached, arguments)
}
