//! `site.toml`: the settings of a site.

use super::data::{self, Node, Value};
use super::diagnostic::{Code, Diagnostic, Span};
use super::path::{LanguageTag, SourcePath};
use super::reader::Reader;
use super::source::Source;
use super::world::World;
use std::collections::BTreeMap;

/// Everything `site.toml` can say.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Config {
    /// Keeps readers' ticks apart from those of other sites on the same host.
    pub id: Option<String>,
    /// Where the site will live, with a closing `/`; `None` for a portable site.
    pub base_url: Option<String>,
    /// The languages in display order.
    pub languages: Vec<LanguageTag>,
    /// The language that translations come from.
    pub source: LanguageTag,
    /// The name of the theme.
    pub theme: String,
    /// What readers get where a translation is missing.
    pub fallback: Fallback,
    /// Whether there are pages for tags.
    pub tags: bool,
    /// Where a page can be edited, with `{path}`.
    pub edit_url: Option<String>,
    /// Where a problem can be reported.
    pub issue_url: Option<String>,
    /// SPDX identifier of the licence of the texts.
    pub licence: Option<String>,
    /// The site's title by language.
    pub title: BTreeMap<String, String>,
    /// The site's description by language.
    pub description: BTreeMap<String, String>,
    /// What happens to raw HTML in Markdown.
    pub html: HtmlMode,
    /// Whether code gets colours.
    pub highlight: bool,
    /// Codes of author lints that are not wanted.
    pub lint_ignore: Vec<String>,
    /// Files in which bidirectional controls are allowed.
    pub allow_bidi: Vec<String>,
    /// Files in the output folder that are not ours.
    pub keep: Vec<String>,
    /// Whether to write feeds.
    pub feeds: bool,
    /// Whether to write `llms.txt` and Markdown twins.
    pub llms: bool,
    /// Whether pictures are written in several widths.
    pub images: bool,
    /// Whether pages get a picture for sharing.
    pub cards: bool,
    /// Whether compressed variants are written beside texts.
    pub compress: bool,
    /// Whether browsers are told to fetch pages that readers are about to open.
    pub prefetch: bool,
    /// For which servers to write header files.
    pub headers: Vec<String>,
    /// Extra sources of the content security policy by directive.
    pub csp_extra: BTreeMap<String, Vec<String>>,
    /// Settings of the theme, as JSON.
    pub theme_settings: BTreeMap<String, String>,
}

/// What readers get where a translation is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fallback {
    /// The original's text in the reader's frame, with a notice.
    Notice,
    /// Lists link to the original.
    Link,
    /// Nothing.
    Hide,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HtmlMode {
    /// Shown as text, with a warning.
    Escape,
    /// Cleaned.
    Sanitize,
    /// Left as it is.
    Trusted,
}

/// The words for `fallback`.
pub const FALLBACKS: &[(&str, Fallback)] = &[("notice", Fallback::Notice), ("link", Fallback::Link), ("hide", Fallback::Hide)];

/// The servers that header files can be written for.
pub const SERVERS: &[&str] = &["netlify", "nginx", "caddy", "apache"];

impl Config {
    /// Reads `site.toml`. `None` when there is no language to build.
    pub fn read(source: &Source, problems: &mut Vec<Diagnostic>) -> Option<Config> {
        let node = data::toml(&source.path, &source.text, 0, problems);
        let mut reader = Reader::new(&source.path, &node, problems);
        let (languages, refused) = languages(&mut reader);
        let source_language = source_language(&mut reader, &languages);
        let markdown = reader.table("markdown", |t| {
            let html = t.choice("html", &[("escape", HtmlMode::Escape), ("sanitize", HtmlMode::Sanitize), ("trusted", HtmlMode::Trusted)]);
            (html, t.feature("highlight", "highlight", cfg!(feature = "highlight")))
        });
        let (html, highlight) = markdown.unwrap_or_default();
        let lint = reader.table("lint", |t| (t.lint_codes(), t.strings("allow_bidi")));
        let (lint_ignore, allow_bidi) = lint.unwrap_or_default();
        let output = reader.table("output", Output::read).unwrap_or_default();
        let config = Config {
            id: site_id(&mut reader),
            base_url: base_url(&mut reader),
            source: source_language?,
            theme: reader.string("theme").unwrap_or_else(|| "default".to_owned()),
            fallback: reader.choice("fallback", FALLBACKS).unwrap_or(Fallback::Notice),
            tags: reader.bool("tags").unwrap_or(true),
            edit_url: reader.string("edit_url").filter(|url| !url.is_empty()),
            issue_url: reader.string("issue_url").filter(|url| !url.is_empty()),
            licence: reader.string("licence"),
            title: by_language(&mut reader, "title", &languages, &refused),
            description: by_language(&mut reader, "description", &languages, &refused),
            html: html.unwrap_or(HtmlMode::Escape),
            highlight,
            lint_ignore,
            allow_bidi: allow_bidi.unwrap_or_default(),
            keep: output.keep.unwrap_or_default(),
            feeds: output.feeds.unwrap_or(true),
            llms: output.llms.unwrap_or(true),
            images: output.images,
            cards: output.cards,
            compress: output.compress,
            prefetch: output.prefetch.unwrap_or(false),
            headers: output.headers,
            csp_extra: reader.table("security", csp_extra).unwrap_or_default(),
            theme_settings: reader.free("theme_settings"),
            languages,
        };
        reader.finish();
        // With a language that cannot be one, every page and every string of it would be called wrong as well.
        refused.is_empty().then_some(config)
    }

    /// The site's title in a language, else in the source language.
    pub fn title_in(&self, language: &str) -> &str {
        self.title.get(language).or_else(|| self.title.get(&*self.source)).map_or("", String::as_str)
    }

    /// The site's description in a language, else in the source language.
    pub fn description_in(&self, language: &str) -> &str {
        self.description.get(language).or_else(|| self.description.get(&*self.source)).map_or("", String::as_str)
    }

    /// Whether there is more than one language, so that addresses begin with one.
    pub fn is_multilingual(&self) -> bool {
        self.languages.len() > 1
    }
}

/// `[output]`.
#[derive(Default)]
struct Output {
    keep: Option<Vec<String>>,
    feeds: Option<bool>,
    llms: Option<bool>,
    prefetch: Option<bool>,
    images: bool,
    cards: bool,
    compress: bool,
    headers: Vec<String>,
}

impl Output {
    fn read(table: &mut Reader<'_>) -> Output {
        Output {
            keep: table.strings("keep"),
            feeds: table.bool("feeds"),
            llms: table.bool("llms"),
            prefetch: table.bool("prefetch"),
            images: table.feature("images", "images", cfg!(feature = "images")),
            cards: table.feature("cards", "cards", cfg!(feature = "cards")),
            compress: table.feature("compress", "compress", cfg!(feature = "compress")),
            headers: headers(table),
        }
    }
}

/// The languages, and what was named and cannot be one.
fn languages(reader: &mut Reader<'_>) -> (Vec<LanguageTag>, Vec<String>) {
    let given = reader.located_list("languages").unwrap_or_default();
    if given.is_empty() {
        reader.missing("languages", "name the languages of the site, in the order readers see them: languages = [\"sv\", \"fa\", \"en\"]");
    }
    let mut tags: Vec<LanguageTag> = Vec::new();
    let mut refused = Vec::new();
    for located in given {
        if !is_language_tag(&located.text) {
            let node = Node { value: Value::Null, range: located.range.clone() };
            let problem = Diagnostic::new(Code::CFG004, format!("`{}` is not a BCP 47 language tag", located.text)).at(reader.span(&node));
            reader.problem(problem.help(format!("a language is named by its tag: {TAGS}")));
            refused.push(located.text);
        } else if tags.iter().all(|tag| **tag != *located.text) {
            tags.push(LanguageTag::new(&located.text));
        }
    }
    (tags, refused)
}

/// What tags of languages look like, for messages.
pub const TAGS: &str = "two or three letters, and a script or region where it matters: sv, fa, en, pt-BR";

/// Whether a text is a tag of BCP 47 that dates, numbers and order can follow; the name of a folder as well.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && text.parse::<icu_locale::Locale>().is_ok()
}

fn source_language(reader: &mut Reader<'_>, languages: &[LanguageTag]) -> Option<LanguageTag> {
    let choices: Vec<(&str, usize)> = languages.iter().enumerate().map(|(i, tag)| (&**tag, i)).collect();
    if languages.is_empty() {
        reader.take("source");
        return None;
    }
    let chosen = reader.choice("source", &choices).unwrap_or(0);
    languages.get(chosen).cloned()
}

fn site_id(reader: &mut Reader<'_>) -> Option<String> {
    let located = reader.located("id")?;
    let fine = (1..=64).contains(&located.text.len()) && located.text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !fine {
        let node = Node { value: Value::Null, range: located.range.clone() };
        let problem = Diagnostic::new(Code::CFG004, "a site id has lower-case letters, digits and hyphens, at most 64").at(reader.span(&node));
        reader.problem(problem.help("for example `marketing-guides`"));
    }
    Some(located.text)
}

fn base_url(reader: &mut Reader<'_>) -> Option<String> {
    let located = reader.located("base_url")?;
    if located.text.is_empty() {
        return None;
    }
    let checked = check_base_url(&located.text);
    if checked.is_none() {
        let node = Node { value: Value::Null, range: located.range.clone() };
        let problem = Diagnostic::new(Code::CFG004, "`base_url` is a whole address").at(reader.span(&node));
        reader.problem(problem.help("for example https://example.org/guides/ ; leave it empty for a site that opens from disk"));
    }
    checked
}

/// A base address with a closing `/`, or `None` when it is not one.
pub fn check_base_url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or("");
    let plain = !host.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic() && !b"?#\"'<>\\".contains(&b));
    plain.then(|| if text.ends_with('/') { text.to_owned() } else { format!("{text}/") })
}

fn by_language(reader: &mut Reader<'_>, key: &'static str, languages: &[LanguageTag], refused: &[String]) -> BTreeMap<String, String> {
    let Some(node) = reader.take(key) else {
        return BTreeMap::new();
    };
    let Value::Table(entries) = &node.value else {
        let help = format!("write it for each language: [{key}] and below it en = \"…\"");
        let problem = Diagnostic::new(Code::CFG003, format!("expected a table, found {}", node.value.kind())).at(reader.span(node));
        reader.problem(problem.help(help));
        return BTreeMap::new();
    };
    let mut texts = BTreeMap::new();
    for entry in entries {
        match &entry.node.value {
            Value::String(text) if languages.iter().any(|tag| **tag == *entry.key) => {
                if key == "title" && text.trim().is_empty() {
                    let problem = Diagnostic::new(Code::CFG004, format!("the title in `{}` is empty", entry.key)).at(reader.span(&entry.node));
                    reader.problem(problem.help("write what the site is called; every window and every list of results shows it"));
                }
                texts.insert(entry.key.clone(), text.clone());
            }
            Value::String(_) if refused.contains(&entry.key) => {}
            Value::String(_) => {
                let at = Node { value: Value::Null, range: entry.key_range.clone() };
                let names: Vec<&str> = languages.iter().map(|tag| &**tag).collect();
                let problem = Diagnostic::new(Code::CFG002, format!("`{}` is not a language of this site", entry.key)).at(reader.span(&at));
                reader.problem(problem.help(format!("the languages are {}", names.join(", "))));
            }
            Value::Wrong => {}
            other => {
                reader.wrong::<()>(&entry.node, other, "a text");
            }
        }
    }
    texts
}

fn headers(reader: &mut Reader<'_>) -> Vec<String> {
    let given = reader.located_list("headers").unwrap_or_default();
    let mut servers = Vec::new();
    for located in given {
        if SERVERS.contains(&located.text.as_str()) {
            servers.push(located.text);
        } else {
            let node = Node { value: Value::Null, range: located.range.clone() };
            let problem =
                Diagnostic::new(Code::CFG004, format!("`{}` is not a server that headers are written for", located.text)).at(reader.span(&node));
            reader.problem(problem.help(format!("the servers are {}", SERVERS.join(", "))));
        }
    }
    servers
}

fn csp_extra(reader: &mut Reader<'_>) -> BTreeMap<String, Vec<String>> {
    const DIRECTIVES: &[&str] = &["script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src", "form-action"];
    reader
        .table("csp_extra", |t| DIRECTIVES.iter().filter_map(|name| t.strings(name).map(|sources| ((*name).to_owned(), sources))).collect())
        .unwrap_or_default()
}

/// `site.toml` as it stands, for places of settings; an empty table, when it cannot be read.
pub fn tree(world: &dyn World) -> (SourcePath, Node) {
    let path = SourcePath::new("site.toml");
    let source = world.read(&path).and_then(|file| Source::decode(path.clone(), &file.bytes));
    let text = source.map(|source| source.text).unwrap_or_default();
    let node = data::toml(&path, &text, 0, &mut Vec::new());
    (path, node)
}

/// Where a setting stands in `site.toml`; its beginning, when it does not.
pub fn place(world: &dyn World, keys: &[&str]) -> Span {
    let (path, node) = tree(world);
    Span::new(&path, node.place(keys).unwrap_or(0..0))
}
