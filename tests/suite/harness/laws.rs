//! What holds for every page of every case: no markup that the writer did not mean, no attribute or address that runs anything,
//! language and direction said, no hidden characters, and in a site without errors every internal link leads somewhere and alternates are mutual.

use crate::build::Built;
use crate::case::Case;
use crate::html::{Token, tokens};
use rahnama::language::slug::decode_path;
use std::collections::{BTreeMap, BTreeSet};

/// Attributes that any element may have, besides `aria-…` and `data-…`.
const ANYWHERE: &[&str] = &["id", "class", "lang", "dir", "title", "hidden", "role", "tabindex"];

/// Attributes by element.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel"]),
    ("button", &["type", "popovertarget", "disabled"]),
    ("details", &["open", "name"]),
    ("dialog", &["popover"]),
    ("div", &["popover"]),
    ("form", &["action", "method"]),
    ("html", &[]),
    ("img", &["src", "alt", "width", "height", "loading", "decoding"]),
    (
        "input",
        &[
            "type",
            "checked",
            "name",
            "value",
            "readonly",
            "placeholder",
            "autocomplete",
            "disabled",
            "inputmode",
            "accept",
            "spellcheck",
            "autocapitalize",
            "enterkeyhint",
            "maxlength",
        ],
    ),
    ("label", &["for"]),
    ("link", &["rel", "href", "hreflang", "integrity", "crossorigin", "as", "type", "media"]),
    ("meta", &["charset", "name", "content", "property", "http-equiv", "media"]),
    ("ol", &["start"]),
    ("progress", &["max", "value"]),
    ("script", &["src", "type", "defer", "blocking", "integrity", "crossorigin"]),
    ("select", &["name", "disabled"]),
    ("option", &["value", "selected", "disabled"]),
    ("span", &["popover"]),
    ("textarea", &["rows", "name", "readonly", "maxlength"]),
    ("th", &["scope"]),
    ("time", &["datetime"]),
    ("template", &[]),
];

/// Attributes of the theme's own drawings.
const DRAWING: &[&str] = &[
    "viewBox",
    "width",
    "height",
    "fill",
    "d",
    "cx",
    "cy",
    "r",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "rx",
    "ry",
    "points",
    "transform",
    "focusable",
    "xmlns",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "href",
    "opacity",
    "preserveAspectRatio",
    "fill-rule",
    "clip-rule",
];

/// One page, read.
struct Page<'a> {
    path: &'a str,
    tokens: Vec<Token<'a>>,
}

/// The laws that a case breaks.
pub fn broken(case: &Case, built: &Built) -> Vec<String> {
    let mut found = Vec::new();
    let trusted = case.option("html") == Some("trusted");
    let mut pages = Vec::new();
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html") && !trusted) {
        let text = std::str::from_utf8(bytes).expect("pages are UTF-8");
        match tokens(text) {
            Ok(tokens) => pages.push(Page { path, tokens }),
            Err(why) => found.push(format!("  {path}: {why}")),
        }
    }
    for page in &pages {
        markup(page, built, &mut found);
    }
    if !built.broken {
        links(&pages, built, &mut found);
        mutual(&pages, &mut found);
    }
    if let Some(bytes) = built.files.get("sitemap.xml").filter(|bytes| !bytes.is_ascii()) {
        found.push(format!("  sitemap.xml is not ASCII ({} bytes)", bytes.len()));
    }
    found
}

fn markup(page: &Page<'_>, built: &Built, found: &mut Vec<String>) {
    let mut say = |what: String| found.push(format!("  {}: {what}", page.path));
    let mut ids = BTreeSet::new();
    let mut inside_title = false;
    for token in &page.tokens {
        match token {
            Token::Text(text)
                if !built.broken
                    && !inside_title
                    && text.contains(|c| ('\u{202A}'..='\u{202E}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)) =>
            {
                say(format!("hidden characters in the text: {text:?}"));
            }
            Token::Text(_) => {}
            Token::Close { .. } => inside_title = false,
            Token::Open { name, attributes, .. } => {
                inside_title = *name == "title";
                let value = |key: &str| attributes.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
                if *name == "html" && (value("lang").is_none_or(str::is_empty) || !matches!(value("dir"), Some("ltr" | "rtl"))) {
                    say("`html` says no language or no direction".to_owned());
                }
                if *name == "script" && value("src").is_none() && value("type") != Some("application/ld+json") {
                    say("a script inside the page".to_owned());
                }
                if *name == "style" || *name == "iframe" || *name == "object" || *name == "embed" || *name == "base" {
                    say(format!("an element `{name}`"));
                }
                if let Some(id) = value("id")
                    && !ids.insert(id)
                    && !built.broken
                {
                    say(format!("the id `{id}` is there twice"));
                }
                let mut keys = BTreeSet::new();
                for (key, value) in attributes {
                    if !keys.insert(*key) {
                        say(format!("`{key}` is said twice on `{name}`"));
                    }
                    if !allowed(name, key) {
                        say(format!("the attribute `{key}=\"{value}\"` on `{name}`"));
                    }
                    if matches!(*key, "href" | "src" | "action") && !safe(value) {
                        say(format!("the address `{value}` on `{name}`"));
                    }
                }
            }
        }
    }
}

fn allowed(element: &str, attribute: &str) -> bool {
    let drawing =
        matches!(element, "svg" | "path" | "circle" | "rect" | "line" | "polyline" | "polygon" | "g" | "ellipse" | "use" | "symbol" | "defs");
    ANYWHERE.contains(&attribute)
        || attribute.starts_with("aria-")
        || attribute.starts_with("data-")
        || drawing && DRAWING.contains(&attribute)
        || ATTRIBUTES.iter().any(|(name, known)| *name == element && known.contains(&attribute))
}

/// Whether a browser would run nothing: white space and control characters do not count in schemes.
fn safe(address: &str) -> bool {
    let plain = decode_entities(address);
    let plain: String = plain.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    match plain.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => matches!(scheme.to_ascii_lowercase().as_str(), "https" | "http" | "mailto" | "tel"),
        _ => true,
    }
}

fn decode_entities(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}

fn links(pages: &[Page<'_>], built: &Built, found: &mut Vec<String>) {
    let ids: BTreeMap<&str, BTreeSet<String>> = pages.iter().map(|page| (page.path, ids(page))).collect();
    for page in pages {
        // A page for what is not there is shown at any depth, so its links begin at the root of the host.
        if page.path.ends_with("404.html") {
            continue;
        }
        for token in &page.tokens {
            let Token::Open { name, attributes, .. } = token else { continue };
            for (key, value) in attributes.iter().filter(|(key, _)| matches!(*key, "href" | "src")) {
                if let Some(why) = lost(page.path, &decode_entities(value), built, &ids) {
                    found.push(format!("  {}: {key}=\"{value}\" on `{name}`: {why}", page.path));
                }
            }
        }
    }
}

fn ids(page: &Page<'_>) -> BTreeSet<String> {
    let opened = page.tokens.iter().filter_map(|token| match token {
        Token::Open { attributes, .. } => attributes.iter().find(|(key, _)| *key == "id").map(|(_, value)| decode_entities(value)),
        _ => None,
    });
    opened.collect()
}

/// Why an address leads nowhere.
fn lost(from: &str, address: &str, built: &Built, ids: &BTreeMap<&str, BTreeSet<String>>) -> Option<String> {
    let base = built.config.as_ref().and_then(|config| config.base_url.clone()).unwrap_or_default();
    let absolute = (!base.is_empty()).then(|| address.strip_prefix(&base)).flatten().map(|rest| format!("/{rest}"));
    let address = absolute.as_deref().unwrap_or(address);
    if address.contains(':') && absolute.is_none() {
        return None;
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = decode_path(path.split('?').next().unwrap_or(path))?;
    let target = if path.is_empty() { from.to_owned() } else { join(from, &path)? };
    let file = if target.is_empty() || target.ends_with('/') { format!("{target}index.html") } else { target };
    if !built.files.contains_key(&file) {
        return Some(format!("there is no {file}"));
    }
    let fragment = decode_path(fragment)?;
    let known = ids.get(file.as_str())?;
    (!fragment.is_empty() && !known.contains(&fragment)).then(|| format!("no id `{fragment}` in {file}"))
}

/// A path from the folder of a file; a closing slash stays.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    if !path.starts_with('/') {
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let closing = if (path.ends_with('/') || path.ends_with("..") || path == ".") && !parts.is_empty() { "/" } else { "" };
    Some(format!("{}{closing}", parts.join("/")))
}

/// Alternates are mutual: whoever names a page is named by it.
fn mutual(pages: &[Page<'_>], found: &mut Vec<String>) {
    let mut sets: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for page in pages {
        let (mut canonical, mut alternates) = (None, BTreeSet::new());
        for token in &page.tokens {
            let Token::Open { name: "link", attributes, .. } = token else { continue };
            let value = |key: &str| attributes.iter().find(|(known, _)| *known == key).map_or("", |(_, value)| *value);
            match value("rel") {
                "canonical" => canonical = Some(value("href").to_owned()),
                "alternate" if !matches!(value("hreflang"), "" | "x-default") => {
                    alternates.insert(value("href").to_owned());
                }
                _ => {}
            }
        }
        if let Some(canonical) = canonical.filter(|_| !alternates.is_empty()) {
            sets.insert(canonical, (page.path.to_owned(), alternates));
        }
    }
    for (canonical, (path, alternates)) in &sets {
        for other in alternates {
            match sets.get(other) {
                Some((_, back)) if back.contains(canonical) || path == "index.html" => {}
                Some(_) => found.push(format!("  {path}: {other} does not name it as its alternate")),
                None => found.push(format!("  {path}: its alternate {other} is no page with alternates")),
            }
        }
    }
}
