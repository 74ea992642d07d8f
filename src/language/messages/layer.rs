//! One file of strings: what it defines, what each string uses, and what is wrong with it.

use super::value::{FUNCTIONS, Options};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::source::Source;
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, NamedArgument, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::parser::{ErrorKind, ParserError, parse_runtime};
use fluent_syntax::unicode::unescape_unicode_to_string;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// A string: a message, an attribute of one (`search.placeholder`) or a term (`-brand`).
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Where its name stands.
    pub span: Span,
    /// The arguments it takes, by itself and through strings it refers to.
    pub arguments: BTreeSet<String>,
    /// The strings it refers to.
    pub references: BTreeMap<String, Span>,
    /// Where it has a form for `one` and none for 0: a trap in languages whose `one` holds 0.
    pub one_without_zero: Option<Span>,
}

/// A parsed file.
pub(super) struct Layer {
    pub resource: Arc<FluentResource>,
    pub messages: BTreeMap<String, Message>,
}

/// Deeper nesting than any string needs, and than the parser's stack bears.
const DEEPEST: usize = 30;

/// Longest number in a string; longer ones are beyond plural rules.
const LONGEST_NUMBER: usize = 15;

impl Layer {
    /// Parses a file; the strings around a mistake still count.
    pub(super) fn parse(source: &Source) -> (Layer, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let text = readable(source, &mut found);
        let mut reader = Reader { source, text: &text, found, patched: text.as_bytes().to_vec(), messages: BTreeMap::new() };
        if let Some(at) = too_deep(&source.text) {
            reader.problem(Code::STR001, at..at + 1, "braces are nested too deep here", "close the braces before this place");
            let resource = FluentResource::try_new(String::new()).unwrap_or_else(|(resource, _)| resource);
            return (Layer { resource: resource.into(), messages: BTreeMap::new() }, reader.found);
        }
        let (resource, errors) = parse_runtime(&*text).map_or_else(|both| both, |resource| (resource, Vec::new()));
        errors.iter().for_each(|error| reader.syntax(error));
        resource.body.iter().for_each(|entry| reader.entry(entry));
        let patched = String::from_utf8(reader.patched).unwrap_or_default();
        let resource = FluentResource::try_new(patched).unwrap_or_else(|(resource, _)| resource);
        (Layer { resource: resource.into(), messages: reader.messages }, reader.found)
    }
}

/// Where brackets are nested deeper than [`DEEPEST`]; those in comments and string literals do not nest.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut quoted = false;
        let bytes = if line.starts_with('#') { &[] } else { line.as_bytes() };
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'"' if depth > 0 && (at == 0 || bytes[at - 1] != b'\\') => quoted = !quoted,
                b'{' if !quoted => depth += 1,
                b'(' if !quoted && depth > 0 => depth += 1,
                b'}' | b')' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return Some(start + at);
            }
        }
        start += line.len();
    }
    None
}

/// The text without escapes that fluent-syntax 0.12 panics on: `\\u` before a letter of several bytes. All offsets stay.
pub(super) fn readable<'a>(source: &'a Source, found: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    let bytes = source.text.as_bytes();
    let digits = |at: usize| match bytes.get(at + 1) {
        Some(b'u') => 4,
        Some(b'U') => 6,
        _ => 0,
    };
    let broken = |at: &usize| bytes.iter().skip(at + 2).take(digits(*at)).any(|byte| !byte.is_ascii());
    let places: Vec<usize> = source.text.match_indices('\\').map(|(at, _)| at).filter(broken).collect();
    let mut text = Cow::Borrowed(&*source.text);
    for at in places {
        text.to_mut().replace_range(at..=at, "?");
        let wrong = Diagnostic::new(Code::STR001, "this is not a character code").at(Span::new(&source.path, at..at + 2));
        found.push(wrong.help("write `\\u` and four digits or letters from a to f, such as `\\u00A0`"));
    }
    text
}

struct Reader<'a> {
    source: &'a Source,
    /// The readable text; the slices of the syntax tree point into it.
    text: &'a str,
    found: Vec<Diagnostic>,
    /// The text without what must never reach a page: long numbers, markup in string literals. All offsets stay.
    patched: Vec<u8>,
    messages: BTreeMap<String, Message>,
}

impl Reader<'_> {
    fn problem(&mut self, code: Code, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::new(code, message).at(Span::new(&self.source.path, range)).help(help));
    }

    /// Where a slice of the source stands in it.
    fn range(&self, slice: &str) -> Range<usize> {
        let start = (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        start..(start + slice.len()).min(self.text.len())
    }

    fn span(&self, slice: &str) -> Span {
        Span::new(&self.source.path, self.range(slice))
    }

    fn syntax(&mut self, error: &ParserError) {
        let text = self.text;
        let start = text.floor_char_boundary(error.pos.start.min(text.len()));
        let end = text.ceil_char_boundary(error.pos.end.min(text.len())).max(start);
        // What is missing at the end of a string is noticed on the line of the next one.
        let written = text[..start].trim_end();
        let before = written.char_indices().next_back().map_or(0, |(at, _)| at);
        let is_missing = matches!(
            error.kind,
            ErrorKind::ExpectedToken('}') | ErrorKind::ExpectedInlineExpression | ErrorKind::MissingValue | ErrorKind::UnterminatedStringLiteral
        );
        let range = if is_missing && text[written.len()..start].contains('\n') { before..written.len() } else { start..end };
        let (message, help) = advice(&error.kind);
        self.problem(Code::STR001, range, format!("this string cannot be read: {message}"), help);
    }

    fn entry(&mut self, entry: &Entry<&str>) {
        match entry {
            Entry::Message(message) => {
                if let Some(value) = &message.value {
                    self.define(message.id.name.to_owned(), message.id.name, value);
                }
                message.attributes.iter().for_each(|a| self.define(format!("{}.{}", message.id.name, a.id.name), a.id.name, &a.value));
            }
            Entry::Term(term) => {
                self.define(format!("-{}", term.id.name), term.id.name, &term.value);
                term.attributes.iter().for_each(|a| self.define(format!("-{}.{}", term.id.name, a.id.name), a.id.name, &a.value));
            }
            _ => {}
        }
    }

    fn define(&mut self, key: String, name: &str, value: &Pattern<&str>) {
        let span = self.span(name);
        if let Some(first) = self.messages.get(&key) {
            let twice = Diagnostic::new(Code::STR001, format!("`{key}` is written twice")).at(span).help("keep one of them");
            self.found.push(twice.label(first.span.clone(), "first here"));
            return;
        }
        let mut message = Message { span, arguments: BTreeSet::new(), references: BTreeMap::new(), one_without_zero: None };
        self.pattern(value, &mut message);
        self.messages.insert(key, message);
    }

    fn pattern(&mut self, pattern: &Pattern<&str>, message: &mut Message) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text(value),
                PatternElement::Placeable { expression } => self.expression(expression, message),
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(at) = text.find('<') {
            let start = self.range(text).start + at;
            self.problem(Code::STR005, start..start + 1, "strings hold no markup", "write plain text; the theme adds the elements");
        }
    }

    fn expression(&mut self, expression: &Expression<&str>, message: &mut Message) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, message),
            Expression::Select { selector, variants } => {
                self.inline(selector, message);
                self.zero(variants, message);
                for variant in variants {
                    if let VariantKey::NumberLiteral { value } = variant.key {
                        self.number(value);
                    }
                    self.pattern(&variant.value, message);
                }
            }
        }
    }

    fn zero(&self, variants: &[Variant<&str>], message: &mut Message) {
        let mut one = None;
        for variant in variants {
            match variant.key {
                VariantKey::NumberLiteral { value: "0" } => return,
                VariantKey::Identifier { name: name @ "one" } => one = Some(self.span(name)),
                _ => {}
            }
        }
        message.one_without_zero = message.one_without_zero.take().or(one);
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, message: &mut Message) {
        match inline {
            InlineExpression::StringLiteral { value } => self.literal(value),
            InlineExpression::NumberLiteral { value } => self.number(value),
            InlineExpression::VariableReference { id } => drop(message.arguments.insert(id.name.to_owned())),
            InlineExpression::MessageReference { id, attribute } => self.refer(String::new(), id.name, attribute.as_ref().map(|a| a.name), message),
            InlineExpression::TermReference { id, attribute, arguments } => {
                self.refer("-".into(), id.name, attribute.as_ref().map(|a| a.name), message);
                arguments.iter().for_each(|arguments| self.arguments(arguments, message));
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.function(id.name, arguments);
                self.arguments(arguments, message);
            }
            InlineExpression::Placeable { expression } => self.expression(expression, message),
        }
    }

    fn refer(&self, prefix: String, name: &str, attribute: Option<&str>, message: &mut Message) {
        let key = attribute.map_or_else(|| format!("{prefix}{name}"), |attribute| format!("{prefix}{name}.{attribute}"));
        message.references.entry(key).or_insert_with(|| self.span(name));
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>, message: &mut Message) {
        arguments.positional.iter().for_each(|argument| self.inline(argument, message));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value, message));
    }

    fn literal(&mut self, literal: &str) {
        if unescape_unicode_to_string(literal).contains(['<', '&']) {
            let range = self.range(literal);
            self.patched[range.clone()].fill(b' ');
            self.problem(Code::STR005, range, "strings hold no markup", "write plain text; the theme adds the elements");
        }
    }

    fn number(&mut self, literal: &str) {
        if literal.len() > LONGEST_NUMBER {
            let range = self.range(literal);
            self.patched[range.clone()].fill(b'0');
            self.problem(Code::STR001, range, "this number is too long", "strings count and show numbers of at most 15 digits");
        }
    }

    fn function(&mut self, name: &str, arguments: &CallArguments<&str>) {
        let Some((_, options)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            let range = self.range(name);
            return self.problem(Code::STR001, range, format!("there is no function `{name}`"), "the functions are NUMBER and DATETIME");
        };
        if arguments.positional.len() != 1 {
            let range = self.range(name);
            self.problem(Code::STR001, range, format!("`{name}` takes one value and named options"), format!("write `{name}($value)`"));
        }
        arguments.named.iter().for_each(|argument| self.option(name, argument, options));
    }

    fn option(&mut self, function: &str, argument: &NamedArgument<&str>, options: Options) {
        let Some((_, values)) = options.iter().find(|(known, _)| *known == argument.name.name) else {
            let range = self.range(argument.name.name);
            let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
            let help = format!("its options are {}", names.join(", "));
            return self.problem(Code::STR001, range, format!("`{function}` has no option `{}`", argument.name.name), help);
        };
        let range = self.range(argument.name.name);
        let refused = format!("a value that `{}` does not take", argument.name.name);
        match argument.value {
            InlineExpression::StringLiteral { value } if values.contains(&value) => {}
            InlineExpression::NumberLiteral { value } if values.is_empty() && matches!(value.as_bytes(), [b'0'..=b'9']) => {}
            InlineExpression::NumberLiteral { value } if values.is_empty() => {
                let digits = self.range(value);
                self.patched[digits].fill(b'0');
                self.problem(Code::STR001, range, refused, "write a number from 0 to 9");
            }
            _ => {
                let help =
                    if values.is_empty() { "write a number from 0 to 9".into() } else { format!("write one of \"{}\"", values.join("\", \"")) };
                self.problem(Code::STR001, range, refused, help);
            }
        }
    }
}

/// What is wrong with a string, and what to write.
fn advice(kind: &ErrorKind) -> (String, &'static str) {
    let shape = "a string is `name = text`; lines that continue it begin with a space";
    let empty = "write its text after `=`, or remove the string: another language's is shown then";
    match kind {
        ErrorKind::ExpectedToken('}') => ("a brace is not closed".to_owned(), "close it: `{ $name }`"),
        ErrorKind::UnbalancedClosingBrace => ("this brace closes nothing".to_owned(), "remove it; a brace that is shown is written `{\"}\"}`"),
        ErrorKind::MissingDefaultVariant => {
            ("none of its forms holds for all other numbers".to_owned(), "begin the line of the last form with a star: `*[other] …`")
        }
        ErrorKind::MultipleDefaultVariants => ("two of its forms have a star".to_owned(), "leave the star at one of them: `*[other] …`"),
        ErrorKind::ExpectedMessageField { entry_id } | ErrorKind::ExpectedTermField { entry_id } => (format!("`{entry_id}` has no text"), empty),
        ErrorKind::MissingValue => ("it has no text".to_owned(), empty),
        ErrorKind::UnterminatedStringLiteral => ("a quotation mark is not closed".to_owned(), "close it: `{\"…\"}`"),
        ErrorKind::ExpectedInlineExpression => {
            ("nothing that can be shown stands in the braces".to_owned(), "write the name of a value: `{ $name }`")
        }
        other => (lower_first(&other.to_string()), shape),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
