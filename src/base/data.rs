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
    /// What could not be read, and was reported: whoever needs the key says nothing more.
    Wrong,
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

impl Node {
    /// Where the value of a key stands, or of a key in tables inside each other, or a text of a list by itself.
    pub fn place(&self, keys: &[&str]) -> Option<Range<usize>> {
        let Some((key, inner)) = keys.split_first() else { return Some(self.range.clone()) };
        match &self.value {
            Value::Table(entries) => entries.iter().find(|entry| entry.key == *key)?.node.place(inner),
            Value::List(items) => items.iter().find(|item| matches!(&item.value, Value::String(text) if text == key))?.place(inner),
            _ => None,
        }
    }

    /// Where a key of a table stands.
    pub fn key_place(&self, table: &str, key: &str) -> Option<Range<usize>> {
        let Value::Table(entries) = &self.value else { return None };
        let node = &entries.iter().find(|entry| entry.key == table)?.node;
        let Value::Table(entries) = &node.value else { return None };
        Some(entries.iter().find(|entry| entry.key == key)?.key_range.clone())
    }

    /// The value as JSON.
    pub fn json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null | Value::Wrong => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Integer(value) => (*value).into(),
            Value::Float(value) => (*value).into(),
            Value::String(text) | Value::Date(text) => text.clone().into(),
            Value::List(items) => items.iter().map(Node::json).collect(),
            Value::Table(entries) => entries.iter().map(|entry| (entry.key.clone(), entry.node.json())).collect(),
        }
    }
}

impl Value {
    /// What it is called in messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null | Value::Wrong => "nothing",
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
    let mut wrong: Vec<Range<usize>> = Vec::new();
    let mut twice = 0..0;
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        // What follows from a mistake on the same line is no news, nor that the keys of a table given twice are.
        let between = |last: usize| text.get(last.min(range.start)..last.max(range.start)).unwrap_or("\n");
        let is_duplicate = error.message().contains("duplicate key");
        if wrong.last().is_none_or(|last| between(last.start - offset).contains('\n')) && !(is_duplicate && twice.contains(&range.start)) {
            problems.push(toml_problem(path, text, offset, range.clone(), error.message()));
        }
        if is_duplicate && is_header(line_at(text, range.start)) {
            twice = range.start..table_around(text, range.start).end;
        }
        wrong.push(range.start + offset..range.end + offset);
    }
    let range = table.span();
    let mut value = toml_table(table.get_ref(), offset);
    drop_guesses(&mut value, &wrong);
    Node { value, range: range.start + offset..range.end + offset }
}

/// Drops the entries whose keys the parser had to guess, and the values: one problem for each of them is enough.
fn drop_guesses(value: &mut Value, wrong: &[Range<usize>]) {
    let Value::Table(entries) = value else { return };
    let guessed = |range: &Range<usize>| wrong.iter().any(|wrong| range.start <= wrong.end && wrong.start <= range.end);
    entries.retain(|entry| !guessed(&entry.key_range));
    for entry in entries {
        if guessed(&entry.node.range) && !matches!(entry.node.value, Value::Table(_)) {
            entry.node.value = Value::Wrong;
        }
        drop_guesses(&mut entry.node.value, wrong);
    }
}

fn toml_problem(path: &SourcePath, text: &str, offset: usize, range: Range<usize>, message: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::CFG001, format!("this is not valid TOML: {}", message.trim().replace('\n', "; ")))
        .at(Span::new(path, range.start + offset..range.end + offset));
    if message.contains("duplicate key") {
        let key = text.get(range.clone()).unwrap_or("").trim_matches(['[', ']', ' ']);
        // A table may stand anywhere before; a key, only in its own table.
        let place = if is_header(line_at(text, range.start)) { 0..range.start } else { table_around(text, range.start).start..range.start };
        let first = first_given(&text[place.clone()], key).map(|first| first.start + place.start + offset..first.end + place.start + offset);
        let problem = problem.help("keep one of the two");
        return match first {
            Some(first) => problem.label(Span::new(path, first), "first given here"),
            None => problem,
        };
    }
    problem.help(toml_help(text, &range, message))
}

/// The line on which a byte stands.
fn line_at(text: &str, at: usize) -> &str {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    &text[start..end]
}

/// Whether a line gives a table its name.
fn is_header(line: &str) -> bool {
    line.trim_start().starts_with('[')
}

/// The lines of the table in which a byte stands, its name included.
fn table_around(text: &str, at: usize) -> Range<usize> {
    let (mut start, mut around) = (0, 0..text.len());
    for line in text.split_inclusive('\n') {
        if is_header(line) && start <= at {
            around.start = start;
        } else if is_header(line) {
            around.end = start;
            break;
        }
        start += line.len();
    }
    around
}

/// What to do about the line on which TOML stops making sense, by what authors write there.
fn toml_help(text: &str, range: &Range<usize>, message: &str) -> String {
    let line = line_at(text, range.start);
    let (key, value) = line.split_once('=').map_or((line, ""), |(key, value)| (key.trim(), value.trim()));
    let is_word = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    let name = if is_word && !value.is_empty() { key } else { "title" };
    let is_date = matches!(key, "date" | "updated" | "publish_at" | "expires_at" | "review_by") || message.starts_with("invalid date");
    if is_date {
        "write year, month and day in the digits 0 to 9, without quotation marks: 2026-03-21".to_owned()
    } else if message.contains("key") && key.contains(':') {
        "a key and its value are joined by an equals sign: title = \"…\"".to_owned()
    } else if message.starts_with("invalid unquoted key") {
        "keys are words in the letters a to z, such as title or description".to_owned()
    } else if value.starts_with(['“', '”', '„', '«', '»', '‘', '’']) {
        format!("texts stand in straight quotation marks: {name} = \"…\"")
    } else {
        format!("texts stand in quotation marks: {name} = \"…\"; lists in brackets: [\"…\", \"…\"]")
    }
}

/// The first line that gives a key.
fn first_given(text: &str, key: &str) -> Option<Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let rest = line.trim_start().trim_start_matches(['[', ' ']).strip_prefix(key)?;
        rest.trim_start().starts_with(['=', ':', ']']).then(|| start..start + line.trim_end().len())
    })
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

/// Parses YAML 1.2 without aliases' bombs; `offset` as for [`toml()`].
pub fn yaml(path: &SourcePath, text: &str, offset: usize, problems: &mut Vec<Diagnostic>) -> Node {
    let empty = Node { value: Value::Table(Vec::new()), range: offset..offset };
    if text.trim().is_empty() {
        return empty;
    }
    let options = serde_saphyr::options! {
        strict_booleans: true,
        budget: serde_saphyr::budget! { max_depth: YAML_DEPTH, max_nodes: YAML_NODES },
    };
    match serde_saphyr::from_str_with_options::<Spanned<YamlValue>>(text, options) {
        Ok(node) => yaml_node(node, text, offset),
        Err(error) => {
            problems.push(yaml_problem(path, text, offset, error.without_snippet()));
            empty
        }
    }
}

/// The deepest nesting of YAML.
const YAML_DEPTH: usize = 32;

/// The most values that YAML may hold, those that aliases repeat included.
const YAML_NODES: usize = 20_000;

fn yaml_problem(path: &SourcePath, text: &str, offset: usize, error: &serde_saphyr::Error) -> Diagnostic {
    let range = error.location().map_or(0..0, |location| byte_range(&location, text));
    let place = Span::new(path, range.start + offset..range.end + offset);
    let problem = |message: String| Diagnostic::new(Code::CFG001, format!("this is not valid YAML: {message}")).at(place);
    if let serde_saphyr::Error::DuplicateMappingKey { key: Some(key), .. } = error {
        let problem = problem(format!("the key `{key}` is given twice")).help("keep one of the two");
        match first_given(text, key) {
            Some(first) => problem.label(Span::new(path, first.start + offset..first.end + offset), "first given here"),
            None => problem,
        }
    } else {
        let message = error.to_string();
        let message = message.lines().next().unwrap_or("").split(" at line ").next().unwrap_or("");
        if message.starts_with("budget breached") {
            return problem(format!("it nests deeper than {YAML_DEPTH} levels, or aliases make more than {YAML_NODES} values of it"))
                .help("write it flatter and without aliases");
        }
        problem(message.to_owned()).help("a text with a colon or a quotation mark stands in quotation marks: title: \"…\"")
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
