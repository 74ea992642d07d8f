//! Reads `language.toml`: every mistake with its place, and what can be read.

use super::{Calendar, Dashes, LanguageData, ListPatterns, NoBreak, Script, SearchData};
use crate::base::data::{self, Value};
use crate::base::diagnostic::{Code, Diagnostic};
use crate::base::reader::{Located, Reader};
use crate::base::source::Source;
use crate::language::locale::{DIGITS, is_known};
use std::collections::BTreeMap;

impl LanguageData {
    /// Reads a `language.toml`.
    pub fn read(source: &Source, problems: &mut Vec<Diagnostic>) -> LanguageData {
        let node = data::toml(&source.path, &source.text, 0, problems);
        let mut reader = Reader::new(&source.path, &node, problems);
        let mut texts = Texts { source, reader: &mut reader };
        let language = LanguageData {
            name: texts.reader.filled("name", "write what the language calls itself: name = \"Svenska\"").map(|name| name.text),
            formatting: texts.fitting("formatting", is_known, "write the tag of a language and its region, such as `en-GB`"),
            percent: texts.fitting("percent", |text| text.contains("{n}"), "`{n}` stands for the number: percent = \"{n} %\""),
            month_year: texts.fitting(
                "month_year",
                |text| text.contains("{month}") && text.contains("{year}"),
                "`{month}` and `{year}` stand for the two: month_year = \"{month} {year}\"",
            ),
            script: texts
                .fitting("script", is_word, "a script is a word of the letters a to z, such as `latin` or `arabic`")
                .map(|name| Script::named(&name)),
            quotes: texts.quotes(),
            list: texts.list(),
            calendar: reader.choice("calendar", &[Calendar::Gregory, Calendar::Persian].map(|calendar| (calendar.as_str(), calendar))),
            digits: reader.choice("digits", &DIGITS.iter().map(|name| (*name, *name)).collect::<Vec<_>>()).map(str::to_owned),
            dashes: reader.table("dashes", |dashes| {
                let mut sign = |key, help| dashes.required(key, help).map(|sign| sign.text);
                let (two, three) = (sign("two", "say what `--` becomes: two = \"–\""), sign("three", "say what `---` becomes: three = \"—\""));
                Dashes { two: two.unwrap_or_default(), three: three.unwrap_or_default() }
            }),
            no_break: reader.table("no_break", |no_break| NoBreak {
                units: no_break.strings("units").unwrap_or_default(),
                before_numbers: no_break.strings("before_numbers").unwrap_or_default(),
                dash: no_break.bool("dash").unwrap_or_default(),
            }),
            index: reader.table("index", words),
            words_per_minute: reader.number("words_per_minute", 1, u32::from(u16::MAX)).and_then(|speed| u16::try_from(speed).ok()),
            hyphenate: reader.bool("hyphenate"),
            search: reader.table("search", search),
        };
        reader.finish();
        language
    }
}

fn search(reader: &mut Reader<'_>) -> SearchData {
    let mut list = |key| reader.strings(key).unwrap_or_default();
    SearchData {
        prefixes: list("prefixes"),
        affixes: list("affixes"),
        endings: list("endings"),
        suffixes: list("suffixes"),
        links: list("links"),
        stop: list("stop"),
        adjacent: reader.bool("adjacent").unwrap_or_default(),
        irregular: reader.table("irregular", words).unwrap_or_default(),
    }
}

/// A table of texts with free keys.
fn words(reader: &mut Reader<'_>) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for entry in reader.all() {
        match &entry.node.value {
            Value::String(text) => drop(words.insert(entry.key.clone(), text.clone())),
            Value::Wrong => {}
            other => {
                reader.wrong::<()>(&entry.node, other, "a text");
            }
        }
    }
    words
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Texts that must have a form.
struct Texts<'r, 'a> {
    source: &'r Source,
    reader: &'r mut Reader<'a>,
}

impl Texts<'_, '_> {
    fn fitting(&mut self, key: &'static str, fits: fn(&str) -> bool, help: &str) -> Option<String> {
        let Located { text, range } = self.reader.located(key)?;
        if fits(&text) {
            return Some(text);
        }
        let problem = Diagnostic::new(Code::CFG004, format!("`{key}` cannot be `{text}`"));
        self.reader.problem(problem.at(Located { text, range }.span(&self.source.path)).help(help));
        None
    }

    fn quotes(&mut self) -> Option<[String; 4]> {
        let place = self.reader.take("quotes").map(|node| self.reader.span(node))?;
        let marks: Result<[String; 4], _> = self.reader.strings("quotes")?.try_into();
        if marks.is_err() {
            let problem = Diagnostic::new(Code::CFG004, "`quotes` has four marks").at(place);
            self.reader.problem(problem.help("write the outer pair, then the inner one: quotes = [\"“\", \"”\", \"‘\", \"’\"]"));
        }
        marks.ok()
    }

    fn list(&mut self) -> Option<ListPatterns> {
        if matches!(self.reader.take("list")?.value, Value::String(_)) {
            return self.reader.choice("list", &[("cldr", ())]).map(|()| ListPatterns::Cldr);
        }
        self.reader.table("list", |list| {
            let [pair, middle, last] = ["pair", "middle", "last"].map(|key| {
                let part = list.string(key);
                if part.is_none() {
                    list.missing(key, "a list needs all three: list = { pair = \" and \", middle = \", \", last = \" and \" }");
                }
                part.unwrap_or_default()
            });
            ListPatterns::Separators { pair, middle, last }
        })
    }
}
