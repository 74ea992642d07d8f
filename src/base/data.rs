//! TOML and YAML as one tree of values with places, read by [`super::reader::Reader`].

use super::diagnostic::{Code, Diagnostic, Span};
use super::path::SourcePath;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A value and where it stands, in bytes of the parsed text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it is.
    pub range: Range<usize>,
}

/// What both notations can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// YAML's empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    String(String),
    /// A date or time as it was written; only TOML has them.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table in the order it was written.
    Table(Vec<Entry>),
}

/// One `key = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_range: Range<usize>,
    /// The value.
    pub node: Node,
}

impl Value {
    /// What it is called in messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::String(_) => "a text",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Parses TOML. `offset` is where `text` begins in the file `path`; all problems are reported, and what could be read is returned.
pub fn toml(path: &SourcePath, text: &str, offset: usize, problems: &mut Vec<Diagnostic>) -> Node {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        problems.push(toml_problem(path, text, offset, range, error.message()));
    }
    let range = table.span();
    Node { value: toml_table(table.get_ref(), offset), range: range.start + offset..range.end + offset }
}

fn toml_problem(path: &SourcePath, text: &str, offset: usize, range: Range<usize>, message: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::CFG001, format!("this is not valid TOML: {}", message.trim().replace('\n', "; ")))
        .at(Span::new(path, range.start + offset..range.end + offset));
    let word = text.get(range).unwrap_or("").trim().to_owned();
    if message.contains("duplicate key") {
        let first = text.lines().scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        });
        let key = word.trim_matches(['[', ']', ' ']).to_owned();
        if let Some((start, line)) = first.into_iter().find(|(_, line)| line.trim_start().trim_start_matches('[').starts_with(&key)) {
            return problem.label(Span::new(path, start + offset..start + offset + line.len()), "first given here").help("keep one of the two");
        }
    }
    problem.help("texts stand in quotation marks: title = \"…\"; lists in brackets: tags = [\"…\"]")
}

fn toml_table(table: &DeTable<'_>, offset: usize) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_range: key.span().start + offset..key.span().end + offset,
            node: toml_node(value, offset),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_range.start);
    Value::Table(entries)
}

fn toml_node(value: &toml::Spanned<DeValue<'_>>, offset: usize) -> Node {
    let range = value.span().start + offset..value.span().end + offset;
    let value = match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::Integer),
        DeValue::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Float),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| toml_node(item, offset)).collect()),
        DeValue::Table(table) => toml_table(table, offset),
    };
    Node { value, range }
}

/// Parses YAML 1.2 without aliases' bombs; `offset` as for [`toml`].
pub fn yaml(path: &SourcePath, text: &str, offset: usize, problems: &mut Vec<Diagnostic>) -> Node {
    let empty = Node { value: Value::Table(Vec::new()), range: offset..offset };
    if text.trim().is_empty() {
        return empty;
    }
    let options = serde_saphyr::options! { strict_booleans: true };
    match serde_saphyr::from_str_with_options::<Spanned<YamlValue>>(text, options) {
        Ok(node) => yaml_node(node, text, offset),
        Err(error) => {
            let range = error.location().map_or(0..0, |location| byte_range(&location, text));
            let message = error.without_snippet().to_string();
            problems.push(
                Diagnostic::new(Code::CFG001, format!("this is not valid YAML: {}", message.lines().next().unwrap_or("")))
                    .at(Span::new(path, range.start + offset..range.end + offset))
                    .help("a text with a colon or a quotation mark stands in quotation marks: title: \"…\""),
            );
            empty
        }
    }
}

fn byte_range(location: &serde_saphyr::Location, text: &str) -> Range<usize> {
    let span = location.span();
    let to_byte = |chars: u64| text.char_indices().nth(usize::try_from(chars).unwrap_or(usize::MAX)).map_or(text.len(), |(at, _)| at);
    match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(len)) => start as usize..(start + len) as usize,
        _ => to_byte(span.offset())..to_byte(span.offset() + span.len()),
    }
}

fn yaml_node(node: Spanned<YamlValue>, text: &str, offset: usize) -> Node {
    let range = byte_range(&node.referenced, text);
    let value = match node.value {
        YamlValue::Plain(value) => value,
        YamlValue::List(items) => Value::List(items.into_iter().map(|item| yaml_node(item, text, offset)).collect()),
        YamlValue::Table(entries) => Value::Table(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let key_range = byte_range(&key.referenced, text);
                    Entry { key: key.value, key_range: key_range.start + offset..key_range.end + offset, node: yaml_node(value, text, offset) }
                })
                .collect(),
        ),
    };
    Node { value, range: range.start + offset..range.end + offset }
}

enum YamlValue {
    Plain(Value),
    List(Vec<Spanned<YamlValue>>),
    Table(Vec<(Spanned<String>, Spanned<YamlValue>)>),
}

impl<'de> Deserialize<'de> for YamlValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = YamlValue;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<YamlValue, E> {
        Ok(YamlValue::Plain(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<YamlValue, E> {
        Ok(YamlValue::Plain(Value::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<YamlValue, E> {
        Ok(YamlValue::Plain(i64::try_from(value).map_or(Value::Null, Value::Integer)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<YamlValue, E> {
        Ok(YamlValue::Plain(Value::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<YamlValue, E> {
        Ok(YamlValue::Plain(Value::String(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<YamlValue, E> {
        Ok(YamlValue::Plain(Value::Null))
    }

    fn visit_none<E>(self) -> Result<YamlValue, E> {
        Ok(YamlValue::Plain(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<YamlValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(YamlValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<YamlValue, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(YamlValue::Table(table))
    }
}
