//! Reads settings from a tree of values: every wrong key is reported, not only the first.

use super::data::{Entry, Node, Value};
use super::diagnostic::{CODES, Code, Diagnostic, Span};
use super::path::SourcePath;
use super::suggest::did_you_mean;
use std::collections::BTreeMap;
use std::ops::Range;

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Located {
    /// The text.
    pub text: String,
    /// Where, in bytes of the file.
    pub range: Range<usize>,
}

impl Located {
    /// The place in a file.
    pub fn span(&self, path: &SourcePath) -> Span {
        Span::new(path, self.range.clone())
    }
}

/// One table being read: keys are asked for, and what nobody asked for is an error at the end.
pub struct Reader<'a> {
    path: &'a SourcePath,
    entries: &'a [Entry],
    range: Range<usize>,
    known: Vec<&'static str>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Reads a table; anything else is one error and an empty table.
    pub fn new(path: &'a SourcePath, node: &'a Node, problems: &'a mut Vec<Diagnostic>) -> Reader<'a> {
        let entries = match &node.value {
            Value::Table(entries) => entries.as_slice(),
            Value::Null | Value::Wrong => &[],
            other => {
                problems.push(wrong_kind(path, &node.range, other, "a table"));
                &[]
            }
        };
        Reader { path, entries, range: node.range.clone(), known: Vec::new(), problems }
    }

    /// The value of a key, if it is given and can be read.
    pub fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node).filter(|node| node.value != Value::Wrong)
    }

    /// All entries, when the keys are free; none of them is unknown then.
    pub fn all(&mut self) -> &'a [Entry] {
        let entries = self.entries;
        self.entries = &[];
        entries
    }

    /// The place of a node in the file.
    pub fn span(&self, node: &Node) -> Span {
        Span::new(self.path, node.range.clone())
    }

    /// Adds a problem.
    pub fn problem(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// A text with its place.
    pub fn located(&mut self, key: &'static str) -> Option<Located> {
        let node = self.take(key)?;
        match &node.value {
            Value::String(text) => Some(Located { text: text.clone(), range: node.range.clone() }),
            other => self.wrong(node, other, "a text"),
        }
    }

    /// A text.
    pub fn string(&mut self, key: &'static str) -> Option<String> {
        self.located(key).map(|located| located.text)
    }

    /// A text that may be left out, but not be empty; `help` tells how to mend it.
    pub fn filled(&mut self, key: &'static str, help: &str) -> Option<Located> {
        let given = self.located(key)?;
        if given.text.trim().is_empty() {
            let problem = Diagnostic::new(Code::CFG004, format!("`{key}` is empty"));
            self.problem(problem.at(given.span(self.path)).help(help));
        }
        Some(given)
    }

    /// A text that must be there and not be empty.
    pub fn required(&mut self, key: &'static str, help: &str) -> Option<Located> {
        let given = self.filled(key, help);
        if given.is_none() {
            self.missing(key, help);
        }
        given
    }

    /// `true` or `false`.
    pub fn bool(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match &node.value {
            Value::Bool(value) => Some(*value),
            other => self.wrong(node, other, "true or false"),
        }
    }

    /// `true` or `false`, where `true` needs a part of the program that can be left out.
    pub fn feature(&mut self, key: &'static str, feature: &'static str, built_in: bool) -> bool {
        let Some(node) = self.take(key) else { return false };
        match &node.value {
            Value::Bool(true) if !built_in => {
                let problem = Diagnostic::new(Code::FEA001, format!("`{key}` needs a program with the feature `{feature}`"));
                self.problems.push(problem.at(Span::new(self.path, node.range.clone())).help(feature_help(feature)));
                false
            }
            Value::Bool(value) => *value,
            other => self.wrong(node, other, "true or false").unwrap_or_default(),
        }
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<i64> {
        let node = self.take(key)?;
        match &node.value {
            Value::Integer(value) => Some(*value),
            other => self.wrong(node, other, "a whole number"),
        }
    }

    /// A whole number from `least` to `most`.
    pub fn number(&mut self, key: &'static str, least: u32, most: u32) -> Option<u32> {
        let number = self.integer(key)?;
        let found = u32::try_from(number).ok().filter(|number| (least..=most).contains(number));
        if found.is_none() {
            let range = self.entries.iter().find(|entry| entry.key == key).map_or(0..0, |entry| entry.node.range.clone());
            let problem = Diagnostic::new(Code::CFG004, format!("`{key}` cannot be {number}")).at(Span::new(self.path, range));
            self.problem(problem.help(format!("write a number from {least} to {most}")));
        }
        found
    }

    /// A date as it was written: a TOML date or a text.
    pub fn date(&mut self, key: &'static str) -> Option<Located> {
        let node = self.take(key)?;
        match &node.value {
            Value::Date(text) | Value::String(text) => Some(Located { text: text.clone(), range: node.range.clone() }),
            other => self.wrong(node, other, "a date such as 2026-03-21"),
        }
    }

    /// A list of texts with their places.
    pub fn located_list(&mut self, key: &'static str) -> Option<Vec<Located>> {
        let node = self.take(key)?;
        let Value::List(items) = &node.value else {
            return self.wrong(node, &node.value, "a list of texts");
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::String(text) => texts.push(Located { text: text.clone(), range: item.range.clone() }),
                other => {
                    let _: Option<()> = self.wrong(item, other, "a text");
                }
            }
        }
        Some(texts)
    }

    /// A list of texts.
    pub fn strings(&mut self, key: &'static str) -> Option<Vec<String>> {
        self.located_list(key).map(|list| list.into_iter().map(|located| located.text).collect())
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let located = self.located(key)?;
        let found = choices.iter().find(|(name, _)| *name == located.text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            let help =
                did_you_mean(&located.text, choices.iter().map(|(name, _)| *name)).unwrap_or_else(|| format!("it is one of {}", names.join(", ")));
            self.problems.push(Diagnostic::new(Code::CFG004, format!("`{key}` cannot be `{}`", located.text)).at(located.span(self.path)).help(help));
        }
        found
    }

    /// A table with free keys, its values as JSON texts.
    pub fn free(&mut self, key: &'static str) -> BTreeMap<String, String> {
        let Some(node) = self.take(key) else { return BTreeMap::new() };
        match &node.value {
            Value::Table(entries) => entries.iter().map(|entry| (entry.key.clone(), entry.node.json().to_string())).collect(),
            other => self.wrong(node, other, "a table").unwrap_or_default(),
        }
    }

    /// `ignore`: codes of what the author lint is not to say.
    pub fn lint_codes(&mut self) -> Vec<String> {
        let given = self.located_list("ignore").unwrap_or_default();
        for code in given.iter().filter(|code| !Code::named(&code.text).is_some_and(Code::can_be_ignored)) {
            let others = "BID005 and TRA006 can, and what begins with FA, SV, EN, TYP, I18N or MD";
            let lints = CODES.iter().filter(|code| code.can_be_ignored()).map(|code| code.name);
            let (message, help) = match Code::named(&code.text) {
                Some(known) => (format!("`{}` cannot be ignored: {}", known.name, known.summary), others.to_owned()),
                None => (format!("there is no code `{}`", code.text), did_you_mean(&code.text, lints).unwrap_or_else(|| others.to_owned())),
            };
            self.problem(Diagnostic::new(Code::CFG004, message).at(code.span(self.path)).help(help));
        }
        given.into_iter().map(|code| code.text).collect()
    }

    /// A table inside.
    pub fn table<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Reader<'_>) -> T) -> Option<T> {
        let node = self.take(key)?;
        let mut inner = Reader::new(self.path, node, self.problems);
        let value = read(&mut inner);
        inner.finish();
        Some(value)
    }

    /// Each table of a list.
    pub fn tables<T>(&mut self, key: &'static str, mut read: impl FnMut(&mut Reader<'_>) -> T) -> Option<Vec<T>> {
        let node = self.take(key)?;
        let Value::List(items) = &node.value else {
            return self.wrong(node, &node.value, "a list of tables");
        };
        let mut tables = Vec::new();
        for item in items {
            let mut inner = Reader::new(self.path, item, self.problems);
            tables.push(read(&mut inner));
            inner.finish();
        }
        Some(tables)
    }

    /// Reports that a required key is missing; one that is there has been reported, if it could not be used.
    pub fn missing(&mut self, key: &str, help: &str) {
        if self.entries.iter().any(|entry| entry.key == key) {
            return;
        }
        let at = Span::new(self.path, self.range.start..self.range.start);
        self.problems.push(Diagnostic::new(Code::CFG005, format!("`{key}` is missing")).at(at).help(help));
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.as_str())) {
            let help = did_you_mean(&entry.key, self.known.iter().copied()).unwrap_or_else(|| {
                let mut known = self.known.clone();
                known.sort_unstable();
                format!("the keys here are {}", known.join(", "))
            });
            self.problems.push(
                Diagnostic::new(Code::CFG002, format!("unknown key `{}`", entry.key)).at(Span::new(self.path, entry.key_range.clone())).help(help),
            );
        }
    }

    /// Reports a value that is not what is wanted, such as `"a text"`.
    pub fn wrong<T>(&mut self, node: &Node, found: &Value, wanted: &str) -> Option<T> {
        self.problems.push(wrong_kind(self.path, &node.range, found, wanted));
        None
    }
}

/// How a program gets a feature.
pub fn feature_help(feature: &str) -> String {
    format!("build it with `cargo build --release --features {feature}` (or `full`), or take the key out")
}

fn wrong_kind(path: &SourcePath, range: &Range<usize>, found: &Value, wanted: &str) -> Diagnostic {
    let help = match wanted {
        "a text" => "a text stands in quotation marks: \"…\"",
        "a list of texts" => "a list stands in brackets, its texts in quotation marks: [\"…\", \"…\"]",
        "a list of tables" => "a list of tables: steps = [{ guide = \"…\" }, { guide = \"…\" }]",
        "true or false" => "write true or false, without quotation marks",
        "a whole number" => "write digits only, without quotation marks: 10",
        "a table" => "a table: its name in brackets, and below it a line for each key",
        _ => "write year, month and day, without quotation marks: 2026-03-21",
    };
    Diagnostic::new(Code::CFG003, format!("expected {wanted}, found {}", found.kind())).at(Span::new(path, range.clone())).help(help)
}
