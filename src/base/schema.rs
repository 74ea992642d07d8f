//! Every key that settings and front matter may have, described once: the JSON Schema that editors complete and check with.
//!
//! A test compares the table with what the readers take.

use super::config::{FALLBACKS, SERVERS};
use serde_json::{Map, Value, json};

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// A list of texts.
    Texts,
    /// A text that follows a pattern.
    Pattern(&'static str),
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// Some of a few words.
    Choices(&'static [&'static str]),
    /// A text for each language.
    ByLanguage,
    /// Anything.
    Free,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys.
    Tables(&'static [Key]),
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Whether it must be there.
    pub required: bool,
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, about, required: false }
}

const fn required(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, about, required: true }
}

const IGNORE: Key = key("ignore", Kind::Texts, "Codes of author lints that are not wanted");
const LINT: &[Key] = &[IGNORE];

/// `site.toml`.
pub const SITE: &[Key] = &[
    key("id", Kind::Pattern("^[a-z0-9-]{1,64}$"), "Keeps readers' ticks apart from other sites on the same host; never change it"),
    key("base_url", Kind::Text, "Where the site will live; empty for a site that opens from disk"),
    required("languages", Kind::Texts, "The languages, in the order readers see them"),
    key("source", Kind::Text, "The language that translations come from"),
    key("theme", Kind::Text, "The name of the theme"),
    key("fallback", Kind::Choice(FALLBACK_WORDS), "What readers get where a translation is missing"),
    key("tags", Kind::Flag, "Whether there are pages for tags"),
    key("edit_url", Kind::Text, "Where a page can be edited, with {path}"),
    key("issue_url", Kind::Text, "Where a problem can be reported"),
    key("licence", Kind::Text, "SPDX identifier of the licence of the texts"),
    key("title", Kind::ByLanguage, "The site's title in each language"),
    key("description", Kind::ByLanguage, "The site's description in each language"),
    key(
        "markdown",
        Kind::Table(&[
            key("html", Kind::Choice(&["escape", "sanitize", "trusted"]), "What happens to raw HTML in Markdown"),
            key("highlight", Kind::Flag, "Whether code gets colours; needs the feature highlight"),
        ]),
        "How Markdown is read",
    ),
    key(
        "lint",
        Kind::Table(&[IGNORE, key("allow_bidi", Kind::Texts, "Files in which bidirectional controls are allowed")]),
        "What the author lints let pass",
    ),
    key(
        "output",
        Kind::Table(&[
            key("keep", Kind::Texts, "Files in the output folder that are not ours"),
            key("feeds", Kind::Flag, "Whether to write feeds"),
            key("llms", Kind::Flag, "Whether to write llms.txt and Markdown twins"),
            key("images", Kind::Flag, "Whether pictures are written in several widths; needs the feature images"),
            key("cards", Kind::Flag, "Whether pages get a picture for sharing; needs the feature cards"),
            key("compress", Kind::Flag, "Whether .br and .gz are written beside texts; needs the feature compress"),
            key("prefetch", Kind::Flag, "Whether browsers fetch a page when a reader is about to open it"),
            key("headers", Kind::Choices(SERVERS), "For which servers to write header files"),
        ]),
        "What a build writes",
    ),
    key(
        "security",
        Kind::Table(&[key(
            "csp_extra",
            Kind::Table(&[
                key("script-src", Kind::Texts, "Further sources of scripts"),
                key("style-src", Kind::Texts, "Further sources of style sheets"),
                key("img-src", Kind::Texts, "Further sources of pictures"),
                key("font-src", Kind::Texts, "Further sources of fonts"),
                key("connect-src", Kind::Texts, "Further addresses that scripts may ask"),
                key("media-src", Kind::Texts, "Sources of sound and film"),
                key("frame-src", Kind::Texts, "Sources of frames"),
                key("form-action", Kind::Texts, "Where forms may be sent"),
            ]),
            "Extra sources of the content security policy",
        )]),
        "What browsers may load",
    ),
    key("theme_settings", Kind::Free, "What the theme's theme.toml documents"),
];

/// Front matter of a page.
pub const FRONT_MATTER: &[Key] = &[
    key("title", Kind::Text, "Title; else the first level-one heading"),
    key("description", Kind::Text, "One sentence for lists, search engines and feeds"),
    key("id", Kind::Text, "Identity shared by translations, when it is not the path"),
    key("was", Kind::Texts, "Earlier identities, from which readers' ticks move"),
    key("slug", Kind::Text, "The last part of the address"),
    key("date", Kind::Date, "First published"),
    key("updated", Kind::Date, "Last updated"),
    key("calendar", Kind::Choice(&["gregory", "persian"]), "The calendar of the dates in this file"),
    key("weight", Kind::Number, "Order among its neighbours, smallest first"),
    key("tags", Kind::Texts, "Tags, by id"),
    key("authors", Kind::Texts, "Names of the authors"),
    key("draft", Kind::Flag, "Published with --drafts only"),
    key("publish_at", Kind::Date, "Not before this day"),
    key("expires_at", Kind::Date, "Not from this day on"),
    key("review_by", Kind::Date, "When somebody should look at it again"),
    key("aliases", Kind::Texts, "Old addresses, as paths from the root of the site"),
    key("template", Kind::Text, "Template, without .html"),
    key("image", Kind::Text, "Picture for sharing"),
    key("fallback", Kind::Choice(FALLBACK_WORDS), "What readers of other languages get"),
    key("related", Kind::Texts, "Pages to read next, by identity"),
    key("toc", Kind::Flag, "Whether a table of contents is wanted"),
    key("search", Kind::Flag, "Whether search finds the page"),
    key("lint", Kind::Table(LINT), "What the author lints let pass here"),
    key("extra", Kind::Free, "Free values for templates"),
    key(
        "steps",
        Kind::Tables(&[required("guide", Kind::Text, "The guide, by identity"), key("minutes", Kind::Number, "How long it takes")]),
        "Steps of a learning path",
    ),
    key("result", Kind::Text, "What the reader has after a path"),
];

/// A term of `glossary.toml`.
pub const GLOSSARY: &[Key] = &[
    required("term", Kind::Text, "The term"),
    required("definition", Kind::Text, "What it means, in Markdown"),
    key("also", Kind::Texts, "Other names"),
    key("abbreviation", Kind::Text, "Short form"),
];

/// A tag of `tags.toml`.
pub const TAGS: &[Key] = &[required("name", Kind::Text, "What readers see"), key("slug", Kind::Text, "The last part of its address")];

/// A file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `site.toml`.
    Site,
    /// Front matter of a page.
    FrontMatter,
    /// `glossary.toml`.
    Glossary,
    /// `tags.toml`.
    Tags,
}

/// The JSON Schema (draft 2020-12) of a file.
pub fn schema(file: File) -> Value {
    let (title, mut schema) = match file {
        File::Site => ("site.toml", table(SITE)),
        File::FrontMatter => ("Front matter of a page", table(FRONT_MATTER)),
        File::Glossary => ("glossary.toml", json!({ "type": "object", "additionalProperties": table(GLOSSARY) })),
        File::Tags => ("tags.toml", json!({ "type": "object", "additionalProperties": table(TAGS) })),
    };
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    schema
}

fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(key: &Key) -> Value {
    let mut schema = match key.kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number => json!({ "type": "integer" }),
        Kind::Date => json!({ "type": "string" }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Choices(words) => json!({ "type": "array", "items": { "enum": words } }),
        Kind::ByLanguage => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Kind::Free => json!({ "type": "object" }),
        Kind::Table(keys) => table(keys),
        Kind::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
    };
    schema["description"] = key.about.into();
    schema
}

/// The words for `fallback`, all that its reader takes.
const FALLBACK_WORDS: &[&str] = &[FALLBACKS[0].0, FALLBACKS[1].0, FALLBACKS[2].0];
const _: () = assert!(FALLBACKS.len() == FALLBACK_WORDS.len());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::config::Config;
    use crate::base::diagnostic::Code;
    use crate::base::path::SourcePath;
    use crate::base::source::Source;

    fn names(keys: &[Key]) -> String {
        let mut names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        names.sort_unstable();
        format!("the keys here are {}", names.join(", "))
    }

    /// The keys that `site.toml` takes in a table, as its reader lists them.
    fn taken(table: &str) -> String {
        let text = format!("languages = [\"en\"]\n{table}zzzzzzzzzzzzzz = 1\n");
        let mut problems = Vec::new();
        Config::read(&Source::new(SourcePath::new("site.toml"), text.as_str()), &mut problems);
        problems.into_iter().find(|problem| problem.code == Code::CFG002).and_then(|problem| problem.help).unwrap()
    }

    #[test]
    fn the_table_has_the_keys_that_the_reader_of_settings_takes() {
        assert_eq!(taken(""), names(SITE));
        for key in SITE {
            if let Kind::Table(keys) = key.kind {
                assert_eq!(taken(&format!("[{}]\n", key.name)), names(keys));
                for inner in keys {
                    if let Kind::Table(keys) = inner.kind {
                        assert_eq!(taken(&format!("[{}.{}]\n", key.name, inner.name)), names(keys));
                    }
                }
            }
        }
    }
}
