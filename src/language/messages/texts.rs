//! The words of strings with their places, for those who read them as texts.

use super::layer::readable;
use crate::base::source::Source;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse_runtime;
use std::ops::Range;

/// One pattern: of a message, an attribute, or a form of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The message.
    pub key: String,
    /// Places of its words in the file; `None` for a value.
    pub pieces: Vec<Option<Range<usize>>>,
}

/// Every pattern of a file.
pub fn patterns(source: &Source) -> Vec<Words> {
    let text = readable(source, &mut Vec::new());
    let resource = parse_runtime(&*text).unwrap_or_else(|(resource, _)| resource);
    let mut reader = Reader { text: &text, found: Vec::new() };
    for entry in &resource.body {
        let (key, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name, message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (term.id.name, Some(&term.value), &term.attributes),
            _ => continue,
        };
        value.into_iter().chain(attributes.iter().map(|attribute| &attribute.value)).for_each(|pattern| reader.pattern(key, pattern, 0));
    }
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    found: Vec<Words>,
}

impl Reader<'_> {
    fn pattern(&mut self, key: &str, pattern: &Pattern<&str>, depth: usize) {
        let mut pieces = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    let start = (value.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
                    pieces.push(Some(start..start + value.len()));
                }
                PatternElement::Placeable { expression } => {
                    pieces.push(None);
                    self.choice(key, expression, depth);
                }
            }
        }
        self.found.push(Words { key: key.to_owned(), pieces });
    }

    fn choice(&mut self, key: &str, expression: &Expression<&str>, depth: usize) {
        match expression {
            Expression::Select { variants, .. } if depth < 30 => variants.iter().for_each(|variant| self.pattern(key, &variant.value, depth + 1)),
            Expression::Inline(InlineExpression::Placeable { expression }) if depth < 30 => self.choice(key, expression, depth + 1),
            _ => {}
        }
    }
}
