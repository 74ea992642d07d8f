//! Terms and tags of one language: `glossary.toml` and `tags.toml`.

use super::address;
use crate::base::config::HtmlMode;
use crate::base::data::{self, Entry, Node, Value};
use crate::base::diagnostic::{Diagnostic, Level};
use crate::base::reader::{Located, Reader};
use crate::base::source::Source;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A term of the glossary in one language.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Other names.
    pub also: Vec<String>,
    /// Short form.
    pub abbreviation: Option<String>,
    /// What it means, as Markdown, with its place in the file.
    pub definition: Located,
}

/// The glossary of one language.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Glossary {
    /// The file, if there is one.
    pub source: Option<Arc<Source>>,
    /// Terms by id.
    pub terms: BTreeMap<String, Term>,
}

impl Glossary {
    /// Reads `glossary.toml`.
    pub fn read(source: Arc<Source>, problems: &mut Vec<Diagnostic>) -> Glossary {
        let node = data::toml(&source.path, &source.text, 0, problems);
        let mut terms = BTreeMap::new();
        each_table(&source, &node, problems, |entry, reader| {
            let term = reader.required("term", "write the term itself: term = \"…\"").map_or_else(|| entry.key.clone(), |term| term.text);
            let definition = reader.required("definition", "say in a sentence what it means: definition = \"…\"");
            let definition = definition.unwrap_or_else(|| Located { text: String::new(), range: 0..0 });
            let also = reader.strings("also").unwrap_or_default();
            let abbreviation = reader.string("abbreviation");
            terms.insert(entry.key.clone(), Term { term, also, abbreviation, definition: inner(definition, &source.text) });
        });
        Glossary { source: Some(source), terms }
    }
}

/// The place of a definition without its quotation marks, where the text stands there as it is.
fn inner(definition: Located, text: &str) -> Located {
    let quoted = &text[definition.range.clone()];
    match quoted.find(&definition.text) {
        Some(at) => {
            let start = definition.range.start + at;
            Located { range: start..start + definition.text.len(), ..definition }
        }
        None => definition,
    }
}

/// The name and slug of a tag in one language.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct TagName {
    /// What readers see.
    pub name: Located,
    /// Last part of its address; else made from the name.
    pub slug: Option<Located>,
}

impl TagName {
    /// What its address is made from.
    pub fn place(&self) -> &Located {
        self.slug.as_ref().unwrap_or(&self.name)
    }
}

/// The tags of one language.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tags {
    /// The file, if there is one.
    pub source: Option<Arc<Source>>,
    /// Tags by id.
    pub tags: BTreeMap<String, TagName>,
}

impl Tags {
    /// Reads `tags.toml`.
    pub fn read(source: Arc<Source>, problems: &mut Vec<Diagnostic>) -> Tags {
        let node = data::toml(&source.path, &source.text, 0, problems);
        let (mut tags, mut found) = (BTreeMap::new(), Vec::new());
        each_table(&source, &node, problems, |entry, reader| {
            let slug = reader.located("slug").and_then(|slug| {
                let (text, problem) = address::part(&slug.text);
                let is_bad = problem.as_ref().is_some_and(|problem| problem.level == Level::Error);
                found.extend(problem.map(|problem| problem.at(slug.span(&source.path))));
                // Without it the address is made from the name, which is no other tag's.
                (!is_bad).then_some(Located { text, ..slug })
            });
            let name = reader.required("name", "write what readers see: name = \"…\"");
            let name = name.unwrap_or_else(|| Located { text: entry.key.clone(), range: entry.key_range.clone() });
            tags.insert(entry.key.clone(), TagName { name, slug });
        });
        problems.append(&mut found);
        Tags { source: Some(source), tags }
    }
}

/// Reads each `[id]` of a file; one with a mistake is there all the same, so that nobody calls it unknown as well.
fn each_table(source: &Source, node: &Node, problems: &mut Vec<Diagnostic>, mut read: impl FnMut(&Entry, &mut Reader<'_>)) {
    let Value::Table(entries) = &node.value else { return };
    for entry in entries {
        let mut reader = Reader::new(&source.path, &entry.node, problems);
        read(entry, &mut reader);
        reader.finish();
    }
}

/// Raw HTML is never allowed in definitions.
pub const DEFINITION_HTML: HtmlMode = HtmlMode::Escape;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;
    use crate::base::schema::{GLOSSARY, Key, TAGS};

    #[test]
    fn the_tables_of_the_schemas_have_the_keys_that_are_taken() {
        let source = || Arc::new(Source::new(SourcePath::new("x.toml"), "[x]\nterm = \"a\"\nname = \"a\"\ndefinition = \"a\"\nzzzzzzzzzzzzzz = 1\n"));
        let names = |keys: &[Key]| {
            let mut names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            names.sort_unstable();
            Some(format!("the keys here are {}", names.join(", ")))
        };
        let (mut of_terms, mut of_tags) = (Vec::new(), Vec::new());
        Glossary::read(source(), &mut of_terms);
        Tags::read(source(), &mut of_tags);
        assert_eq!(of_terms.pop().and_then(|problem| problem.help), names(GLOSSARY));
        assert_eq!(of_tags.pop().and_then(|problem| problem.help), names(TAGS));
    }
}
