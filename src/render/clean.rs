//! The last step where authors may write some HTML: the finished text is parsed as a browser does, and written out again with known
//! elements only. Elements that authors left open end here at the latest.

use crate::document::raw_html::{ELEMENTS, EVERYWHERE};
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What our own writer uses besides what authors may.
const OWN_ELEMENTS: &[&str] = &["button", "h1", "input", "label", "progress"];

/// Attributes that our own writer uses; those that authors write have been chosen before.
const OWN_ATTRIBUTES: &[&str] = &[
    "checked",
    "decoding",
    "for",
    "height",
    "hidden",
    "loading",
    "max",
    "maxlength",
    "name",
    "readonly",
    "rel",
    "role",
    "rows",
    "scope",
    "sizes",
    "srcset",
    "tabindex",
    "type",
    "value",
    "width",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let elements: HashSet<&str> = ELEMENTS.iter().map(|(name, _)| *name).chain(OWN_ELEMENTS.iter().copied()).collect();
    let attributes: HashMap<&str, HashSet<&str>> = ELEMENTS.iter().map(|(name, own)| (*name, own.iter().copied().collect())).collect();
    builder
        .tags(elements)
        .tag_attributes(attributes)
        .generic_attributes(EVERYWHERE.iter().chain(OWN_ATTRIBUTES).copied().collect())
        .generic_attribute_prefixes(HashSet::from(["aria-", "data-"]))
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

/// Parses a text and writes it with known elements and attributes.
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_with_what_it_opened_and_cleaning_it_again_changes_nothing() {
        for html in
            ["<div><p>a", "<b><i>a</b></i>", "<table>a<tr><td>b", "<p><ul><li>a</p>", "<a href=\"x\"><a href=\"y\">b</a></a>", "<details><summary>a"]
        {
            let once = clean(html);
            assert_eq!(clean(&once), once);
        }
        assert_eq!(clean("<div><p>a"), "<div><p>a</p></div>");
    }
}
