//! Messages that a script fills in later: the arguments stay as `{name}`, plurals become a table.

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;
use std::collections::BTreeMap;

/// A message for a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Template {
    /// One text.
    Plain(String),
    /// A text by plural category, or by number as `=0`; there is always an `other`.
    Plural {
        /// The argument that chooses.
        by: String,
        /// The texts.
        forms: BTreeMap<String, String>,
    },
}

impl Template {
    /// The value of a `data-msg-…` attribute: the text, or the table as JSON.
    pub fn attribute(&self) -> String {
        match self {
            Template::Plain(text) => text.clone(),
            Template::Plural { forms, .. } => serde_json::to_string(forms).unwrap_or_default(),
        }
    }

    fn push(&mut self, more: &str) {
        match self {
            Template::Plain(text) => text.push_str(more),
            Template::Plural { forms, .. } => forms.values_mut().for_each(|text| text.push_str(more)),
        }
    }

    /// This text with another after it; `None` where both choose.
    fn then(mut self, next: Template) -> Option<Template> {
        match (&self, next) {
            (_, Template::Plain(text)) => {
                self.push(&text);
                Some(self)
            }
            (Template::Plain(before), Template::Plural { by, forms }) => {
                let forms = forms.into_iter().map(|(key, text)| (key, format!("{before}{text}"))).collect();
                Some(Template::Plural { by, forms })
            }
            _ => None,
        }
    }
}

/// Finds the pattern of a message, attribute or term.
pub(super) type Find<'a, 's> = &'a dyn Fn(&str) -> Option<&'s Pattern<&'s str>>;

/// Strings that refer to strings that refer to strings: further than this is a circle.
const FURTHEST: usize = 20;

/// The template of a pattern; `None` where it needs what a script does not have: dates, percentages, two choices at once.
pub(super) fn template<'s>(pattern: &Pattern<&'s str>, find: Find<'_, 's>, depth: usize) -> Option<Template> {
    let mut out = Template::Plain(String::new());
    for element in &pattern.elements {
        out = match element {
            PatternElement::TextElement { value } => out.then(Template::Plain((*value).to_owned()))?,
            PatternElement::Placeable { expression } => out.then(placeable(expression, find, depth)?)?,
        };
    }
    Some(out)
}

fn placeable<'s>(expression: &Expression<&'s str>, find: Find<'_, 's>, depth: usize) -> Option<Template> {
    let (selector, variants) = match expression {
        Expression::Inline(inline) => return inline_template(inline, find, depth),
        Expression::Select { selector, variants } => (selector, variants),
    };
    let by = argument(selector)?;
    let mut forms = BTreeMap::new();
    for variant in variants {
        let Template::Plain(text) = template(&variant.value, find, depth)? else { return None };
        if variant.default {
            forms.insert("other".to_owned(), text.clone());
        }
        match variant.key {
            VariantKey::Identifier { name } => forms.insert(name.to_owned(), text),
            VariantKey::NumberLiteral { value } => forms.insert(format!("={value}"), text),
        };
    }
    Some(Template::Plural { by: by.to_owned(), forms })
}

fn inline_template<'s>(inline: &InlineExpression<&'s str>, find: Find<'_, 's>, depth: usize) -> Option<Template> {
    let key = match inline {
        InlineExpression::StringLiteral { value } => return Some(Template::Plain(unescape_unicode_to_string(value).into_owned())),
        InlineExpression::NumberLiteral { value } => return Some(Template::Plain((*value).to_owned())),
        InlineExpression::Placeable { expression } => return placeable(expression, find, depth),
        InlineExpression::VariableReference { .. } | InlineExpression::FunctionReference { .. } => {
            return argument(inline).map(|name| Template::Plain(format!("{{{name}}}")));
        }
        InlineExpression::MessageReference { id, attribute } => super::key("", id.name, attribute.as_ref().map(|a| a.name)),
        InlineExpression::TermReference { id, attribute, .. } => super::key("-", id.name, attribute.as_ref().map(|a| a.name)),
    };
    let pattern = find(&key).filter(|_| depth < FURTHEST)?;
    template(pattern, find, depth + 1)
}

/// The argument behind `$n` or `NUMBER($n)`.
fn argument<'s>(inline: &InlineExpression<&'s str>) -> Option<&'s str> {
    match inline {
        InlineExpression::VariableReference { id } => Some(id.name),
        InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
            let percent = arguments.named.iter().any(|named| named.name.name == "style");
            arguments.positional.first().filter(|_| !percent).and_then(argument)
        }
        _ => None,
    }
}
