//! What a message takes and how it is written into each sink.
//!
//! Fluent asks a plain `fn` to write numbers, which knows no language. So the `fn` only notes the number down, between two characters
//! that Unicode keeps for the inside of programs, and [`finish`] writes it by the language's rules.

use crate::base::escape::escaped;
use crate::language::data::{Calendar, Direction};
use crate::language::date::Date;
use crate::language::date_format::DateStyle;
use crate::language::isolation::strip_bidi;
use crate::language::locale::Locale;
use crate::language::number::{Fraction, Grouping};
use fluent_bundle::types::{FluentNumber, FluentNumberStyle};
use fluent_bundle::{FluentArgs, FluentValue};
use std::borrow::Cow;

/// Where a message is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sink {
    /// HTML: the message is escaped, text arguments are escaped and stand in `<bdi>`.
    Html,
    /// Plain text (titles, attributes, feeds, JSON): arguments stand between FSI and PDI where that can matter.
    Text,
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text from data.
    Text(Cow<'a, str>),
    /// Safe HTML, already isolated where it must be; only for [`Sink::Html`].
    Html(Cow<'a, str>),
    /// A number, for counting and showing.
    Number(f64),
    /// A day, for `DATETIME`.
    Date(Date),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Value<'static> {
        Value::Text(text.into())
    }
}

impl From<f64> for Value<'_> {
    fn from(n: f64) -> Value<'static> {
        Value::Number(n)
    }
}

impl From<usize> for Value<'_> {
    #[expect(clippy::cast_precision_loss, reason = "counts of a site are far below 2^53")]
    fn from(n: usize) -> Value<'static> {
        Value::Number(n as f64)
    }
}

impl From<Date> for Value<'_> {
    fn from(date: Date) -> Value<'static> {
        Value::Date(date)
    }
}

/// Numbers from here on have no plural rules in fluent-bundle; they are written as text.
const LARGEST: f64 = 1e15;

const NUMBER: char = '\u{FDD0}';
const END: char = '\u{FDD1}';
const SAFE: char = '\u{FDD2}';

impl Value<'_> {
    pub(super) fn fluent(&self, locale: &Locale) -> FluentValue<'_> {
        match self {
            Value::Text(text) if text.contains([NUMBER, END, SAFE]) => FluentValue::String(text.replace([NUMBER, END, SAFE], "").into()),
            Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Value::Html(html) => FluentValue::String(format!("{SAFE}{html}").into()),
            Value::Number(n) if n.abs() < LARGEST => FluentValue::from(*n),
            Value::Number(n) => FluentValue::String(locale.decimal(*n).into()),
            Value::Date(date) => FluentValue::String(date.to_string().into()),
        }
    }
}

/// Writes values for [`Sink::Html`].
pub(super) fn for_html<M>(value: &FluentValue, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(noted(number)),
        FluentValue::String(text) => Some(match text.strip_prefix(SAFE) {
            Some(safe) => safe.to_owned(),
            None => format!("<bdi>{}</bdi>", escaped(text)),
        }),
        _ => None,
    }
}

/// Writes values for [`Sink::Text`].
pub(super) fn for_text<M>(value: &FluentValue, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(noted(number)),
        FluentValue::String(text) => text.strip_prefix(SAFE).map(str::to_owned),
        _ => None,
    }
}

fn noted(number: &FluentNumber) -> String {
    let options = &number.options;
    let style = if options.style == FluentNumberStyle::Percent { "percent" } else { "" };
    let grouping = if options.use_grouping { "grouped" } else { "" };
    let digits = |n: Option<usize>| n.map_or_else(String::new, |n| n.to_string());
    let (min, max) = (digits(options.minimum_fraction_digits), digits(options.maximum_fraction_digits));
    format!("{NUMBER}{}|{style}|{grouping}|{min}|{max}{END}", number.value)
}

/// Writes the noted numbers of a formatted message.
pub(super) fn finish(text: &str, locale: &Locale, sink: Sink) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(NUMBER) {
        let (note, after) = after.split_once(END).unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&number(note, locale, sink));
        rest = after;
    }
    out.push_str(rest);
    match (sink, locale.direction) {
        (Sink::Text, Direction::Ltr)
            if !out.chars().any(|c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..)) =>
        {
            out.replace(['\u{2068}', '\u{2069}'], "")
        }
        _ => out,
    }
}

fn number(note: &str, locale: &Locale, sink: Sink) -> String {
    let mut parts = note.split('|');
    let value = parts.next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
    let percent = parts.next() == Some("percent");
    let grouping = if parts.next() == Some("grouped") { Grouping::Auto } else { Grouping::Never };
    let mut digits = || parts.next().and_then(|n| n.parse().ok());
    let fraction = Fraction { min: digits(), max: digits() };
    let shown = if percent { locale.numbers.percent(value, grouping, fraction) } else { locale.numbers.decimal(value, grouping, fraction) };
    match (sink, strip_bidi(&shown)) {
        (Sink::Html, Cow::Owned(bare)) => format!("<bdi dir=\"ltr\">{bare}</bdi>"),
        _ => shown,
    }
}

/// `DATETIME($iso, calendar: "gregory", style: "full")`.
pub(super) fn datetime(positional: &[FluentValue], named: &FluentArgs, locale: &Locale) -> FluentValue<'static> {
    let Some(FluentValue::String(iso)) = positional.first() else { return FluentValue::Error };
    let Ok(date) = Date::parse(iso, Calendar::Gregory) else { return FluentValue::Error };
    let option = |name| match named.get(name) {
        Some(FluentValue::String(value)) => Some(&**value),
        _ => None,
    };
    let calendar = match option("calendar") {
        Some("gregory" | "gregorian") => Calendar::Gregory,
        Some("persian") => Calendar::Persian,
        _ => locale.dates.calendar(),
    };
    let shown = match option("style") {
        Some("full") => locale.dates.date(date, DateStyle::Full, calendar),
        Some("short") => locale.dates.date(date, DateStyle::Short, calendar),
        Some("month-year") => locale.month_year(&date),
        _ => locale.dates.date(date, DateStyle::Long, calendar),
    };
    FluentValue::String(format!("{SAFE}{shown}").into())
}

/// Options of a function with their values; an option without values takes a whole number from 0 to 9.
pub(super) type Options = &'static [(&'static str, &'static [&'static str])];

/// The functions that strings may call.
pub(super) const FUNCTIONS: &[(&str, Options)] = &[
    (
        "NUMBER",
        &[
            ("type", &["cardinal", "ordinal"]),
            ("style", &["decimal", "percent"]),
            ("useGrouping", &["true", "false"]),
            ("minimumFractionDigits", &[]),
            ("maximumFractionDigits", &[]),
        ],
    ),
    ("DATETIME", &[("calendar", &["gregory", "gregorian", "persian"]), ("style", &["long", "full", "short", "month-year"])]),
];
