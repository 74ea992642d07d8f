//! From a document's tree to HTML: `CommonMark` and GFM by our own writer, so that no inline style, no unlabelled control and no
//! attribute of an author's slips through.

mod diagram;
mod footnotes;

pub use super::checklist::guide_prefix;
use super::html::Html;
use super::resolved::{Picture, Resolved, smaller, widths};
use super::{checklist, table};
use crate::document::Document;
use crate::document::tree::{Kind, Link, Str, Target, Tree};
use crate::language::locale::Locale;
use crate::language::slug::encode_path;
use crate::site::strings::{Arg, Strings};
use std::ops::Range;

/// How an author says that a picture is decoration only.
const DECORATIVE: &str = "![\"\"]";

/// How wide a picture is shown: browsers that can, measure it; the others take the column of the text.
const SIZES: &str = "auto, (min-width: 46rem) 41rem, 92vw";

/// Makes the body of one page.
pub struct Body<'a> {
    /// The file's tree and text.
    pub tree: &'a Tree,
    /// The text that places refer to.
    pub text: &'a str,
    /// The document, for its headings, items and footnotes.
    pub document: &'a Document,
    /// What it knows of other pages.
    pub resolved: &'a Resolved,
    /// Strings in the language of the text.
    pub strings: &'a Strings,
    /// The language of the text.
    pub locale: &'a Locale,
    /// Renders an author's block by its template: name, arguments, inner HTML.
    pub container: &'a (dyn Fn(&str, &[(Box<str>, Box<str>)], String) -> String + Sync),
    /// How ids of a page that shows several guides begin; empty on the guide itself.
    pub prefix: String,
    /// How far headings are moved down.
    pub shift: u8,
    /// Whether code gets colours.
    pub colours: bool,
}

/// The whole body of a document.
pub fn body(body: &Body<'_>) -> String {
    let mut html = Html::with_capacity(body.text.len() * 3 / 2).unclean(body.tree.unclean);
    for node in body.tree.roots() {
        body.block(node, &mut html);
    }
    body.footnotes(&mut html);
    html.line();
    html.finish()
}

/// Only the checklists of a document, each with the heading above it.
pub fn checklists(body: &Body<'_>) -> String {
    let mut html = Html::default().unclean(body.tree.unclean);
    let mut above = None;
    for (node, item) in body.tree.nodes.iter().enumerate() {
        let Kind::List { start, checklist: Some(number) } = item.kind else { continue };
        if checklist::is_outermost(body, node) {
            above = checklist::heading(body, node, above, &mut html);
            checklist::list(body, node, start, number, &mut html);
        }
    }
    html.finish()
}

impl Body<'_> {
    /// Writes what lies below a node.
    pub fn children(&self, node: usize, html: &mut Html) {
        for child in self.tree.children(node) {
            self.block(child, html);
        }
    }

    fn element(&self, name: &'static str, node: usize, html: &mut Html) {
        html.line().open(name, &[]);
        self.children(node, html);
        html.close(name).line();
    }

    /// Writes a node. Depth is bounded by the parser.
    pub fn block(&self, node: usize, html: &mut Html) {
        match &self.tree.nodes[node].kind {
            Kind::Paragraph => self.element("p", node, html),
            Kind::Heading { level, number } => self.heading(node, *level, *number as usize, html),
            Kind::BlockQuote => self.element("blockquote", node, html),
            Kind::Alert(kind) => self.alert(node, kind, html),
            Kind::CodeBlock { language } => self.code_block(node, language, html),
            Kind::List { start, checklist } => self.list(node, *start, *checklist, html),
            Kind::Item { item: Some(item) } => checklist::item(self, node, *item as usize, html),
            Kind::Item { item: None } => self.item(node, html),
            Kind::FootnoteDefinition { .. } => {}
            Kind::Table { alignments } => table::table(self, node, alignments, html),
            Kind::TableHead | Kind::TableRow | Kind::TableCell { .. } => self.children(node, html),
            Kind::DefinitionList => self.element("dl", node, html),
            Kind::DefinitionTitle => self.element("dt", node, html),
            Kind::Definition => self.element("dd", node, html),
            Kind::ThematicBreak => {
                html.line().open("hr", &[]).line();
            }
            Kind::Diagram { kind, title, description } => self.diagram(node, kind, title, description, html),
            Kind::Container { name, arguments } => {
                let mut inner = Html::default().unclean(self.tree.unclean);
                self.children(node, &mut inner);
                html.line().apart((self.container)(name, arguments, inner.finish())).line();
            }
            Kind::RawHtml(raw) => {
                html.html(raw.get(self.text));
            }
            _ => self.inline(node, html),
        }
    }

    fn inline(&self, node: usize, html: &mut Html) {
        match &self.tree.nodes[node].kind {
            Kind::Text(text) => self.write_text(text, html),
            Kind::Code(code) => {
                html.open("code", &[("dir", Some("ltr"))]).text(code.get(self.text)).close("code");
            }
            Kind::Emphasis => self.wrap("em", node, html),
            Kind::Strong => self.wrap("strong", node, html),
            Kind::Strikethrough => self.wrap("del", node, html),
            Kind::Link(link) => self.link(node, link, html),
            Kind::Image(image) => self.image(node, image.number as usize, image.title.as_deref(), html),
            Kind::SoftBreak => {
                html.text("\n");
            }
            Kind::HardBreak => {
                html.open("br", &[]).line();
            }
            Kind::FootnoteReference { .. } => self.footnote_reference(node, html),
            Kind::Span { lang, dir, id } => {
                let dir = dir.or_else(|| lang.as_deref().and_then(|lang| self.other_direction(lang)));
                html.open("span", &[("id", id.as_deref()), ("lang", lang.as_deref()), ("dir", dir)]);
                self.children(node, html);
                html.close("span");
            }
            Kind::Element { name, attribute } => {
                let attribute = attribute.as_ref().map(|(name, value)| (*name, Some(&**value)));
                // Keys are named in Latin letters: isolated like code.
                let attribute = if *name == "kbd" { Some(("dir", Some("ltr"))) } else { attribute };
                html.open(name, attribute.as_slice());
                if !matches!(*name, "br" | "wbr") {
                    self.children(node, html);
                    html.close(name);
                }
            }
            Kind::Isolate { dir } => {
                html.open("bdi", &[("dir", Some(dir))]);
                self.children(node, html);
                html.close("bdi");
            }
            _ => self.children(node, html),
        }
    }

    fn wrap(&self, name: &'static str, node: usize, html: &mut Html) {
        html.open(name, &[]);
        self.children(node, html);
        html.close(name);
    }

    /// Text with the no-break spaces of its language.
    fn write_text(&self, text: &Str, html: &mut Html) {
        html.text(&self.locale.punctuation.no_break(text.get(self.text)));
    }

    /// The direction of a language, when it is not that of the text.
    fn other_direction(&self, lang: &str) -> Option<&'static str> {
        let direction = crate::language::locale::direction_of(lang)?;
        (direction != self.locale.direction).then(|| direction.as_str())
    }

    /// An id of this page, or of this guide on a page that shows several.
    pub fn id(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }

    /// A link to an id of this page, encoded.
    fn link_to(&self, id: &str) -> String {
        format!("#{}", encode_path(&self.id(id)))
    }

    pub(super) fn heading(&self, node: usize, level: u8, number: usize, html: &mut Html) {
        const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let Some(heading) = self.document.summary.headings.get(number) else { return };
        let name = NAMES[usize::from((level + self.shift).clamp(1, 6)) - 1];
        let dir = heading.dir.or_else(|| heading.lang.as_deref().and_then(|lang| self.other_direction(lang)));
        let id = self.id(&heading.anchor);
        html.line().open(name, &[("id", Some(&id)), ("lang", heading.lang.as_deref()), ("dir", dir)]);
        if let Some(inherited) = self.resolved.inherited.get(&number) {
            html.open("span", &[("id", Some(&self.id(inherited)))]).close("span");
        }
        self.heading_text(node, html);
        if self.prefix.is_empty() {
            let label = self.strings.text("heading-link", &[("heading", Arg::Text(heading.text.as_str().into()))]);
            html.text(" ")
                .open("a", &[("class", Some("heading-link")), ("href", Some(&self.link_to(&heading.anchor))), ("aria-label", Some(&label))])
                .close("a");
        }
        html.close(name).line();
        if let Some(original) = self.resolved.stale.get(&*heading.anchor) {
            html.open("p", &[("class", Some("stale-section")), ("role", Some("note"))]).open("a", &[("href", Some(original))]);
            html.html(&self.strings.html("translation-stale-section", &[])).close("a").close("p").line();
        }
    }

    /// A heading's text, or a table head's, with soft hyphens in long words where the language has them.
    pub(super) fn heading_text(&self, node: usize, html: &mut Html) {
        for child in self.tree.children(node) {
            let name = match &self.tree.nodes[child].kind {
                Kind::Text(text) => {
                    html.text(&self.locale.soft_hyphens(&self.locale.punctuation.no_break(text.get(self.text))));
                    continue;
                }
                Kind::Emphasis => "em",
                Kind::Strong => "strong",
                _ => {
                    self.inline(child, html);
                    continue;
                }
            };
            html.open(name, &[]);
            self.heading_text(child, html);
            html.close(name);
        }
    }

    fn alert(&self, node: usize, kind: &'static str, html: &mut Html) {
        html.line().open("aside", &[("class", Some(&format!("alert alert-{kind}"))), ("role", Some("note"))]);
        html.line().open("p", &[("class", Some("alert-title"))]).html(&self.strings.html(&format!("{kind}-label"), &[])).close("p");
        self.children(node, html);
        html.close("aside").line();
    }

    /// Code is always left to right and isolated.
    fn code_block(&self, node: usize, language: &str, html: &mut Html) {
        let class = (!language.is_empty()).then(|| format!("language-{language}"));
        html.line().open("pre", &[("dir", Some("ltr")), ("tabindex", Some("0"))]).open("code", &[("class", class.as_deref())]);
        let pieces = self.tree.below(node).filter_map(|child| match &self.tree.nodes[child].kind {
            Kind::Text(text) => Some(text.get(self.text)),
            _ => None,
        });
        #[cfg(feature = "highlight")]
        if self.colours {
            let code: String = pieces.clone().collect();
            if let Some(coloured) = super::highlight::highlight(language, &code) {
                html.html(&coloured).close("code").close("pre").line();
                return;
            }
        }
        for text in pieces {
            html.text(text);
        }
        html.close("code").close("pre").line();
    }

    fn list(&self, node: usize, start: Option<u64>, checklist: Option<u32>, html: &mut Html) {
        if let Some(number) = checklist {
            return checklist::list(self, node, start, number, html);
        }
        let name = if start.is_some() { "ol" } else { "ul" };
        let from = start.filter(|start| *start != 1).map(|start| start.to_string());
        html.line().open(name, &[("start", from.as_deref())]);
        self.children(node, html);
        html.line().close(name).line();
    }

    fn item(&self, node: usize, html: &mut Html) {
        html.line().open("li", &[]);
        self.children(node, html);
        html.close("li").line();
    }

    fn link(&self, node: usize, link: &Link, html: &mut Html) {
        let Some(target) = self.resolved.links.get(link.number as usize) else { return self.children(node, html) };
        let term = target.term.as_deref();
        let first = term.is_some() && self.resolved.first_terms.contains(&link.number) && self.prefix.is_empty();
        if target.href.is_empty() || (term.is_some() && !first && matches!(link.target, Target::Term(_))) {
            return self.link_text(node, link, html);
        }
        let described = term.filter(|_| first).map(|term| format!("term-{term}"));
        let lang = link.lang.as_deref().or(target.lang.as_ref().filter(|_| !link.has_text).map(|(tag, _)| tag.as_str()));
        let dir = link.dir.or_else(|| lang.and_then(|lang| self.other_direction(lang)));
        let hreflang = target.lang.as_ref().map(|(tag, _)| tag.as_str());
        html.open(
            "a",
            &[
                ("class", term.map(|_| "term")),
                ("href", Some(&target.href)),
                ("title", link.title.as_deref()),
                ("lang", lang),
                ("dir", dir),
                ("hreflang", hreflang),
                ("rel", target.external.then_some("noopener")),
                ("data-term", term),
                ("aria-describedby", described.as_deref()),
            ],
        );
        self.link_text(node, link, html);
        html.close("a");
    }

    fn link_text(&self, node: usize, link: &Link, html: &mut Html) {
        let title = self.resolved.links.get(link.number as usize).and_then(|target| target.title.as_ref());
        match title.filter(|_| !link.has_text) {
            Some(title) => {
                html.html(&title.isolated());
            }
            None => self.children(node, html),
        }
    }

    fn image(&self, node: usize, number: usize, title: Option<&str>, html: &mut Html) {
        let Some(picture) = self.resolved.pictures.get(number) else { return };
        let written = &self.text[self.tree.nodes[node].start as usize..];
        let alt = if written.starts_with(DECORATIVE) { String::new() } else { self.tree.plain_text(self.tree.below(node), self.text) };
        let srcset = srcset(picture);
        let (width, height) = picture.size.map_or((None, None), |(width, height)| (Some(width.to_string()), Some(height.to_string())));
        html.open(
            "img",
            &[
                ("src", Some(&picture.src)),
                ("srcset", srcset.as_deref()),
                ("sizes", srcset.as_ref().map(|_| SIZES)),
                ("alt", Some(&alt)),
                ("title", title),
                ("width", width.as_deref()),
                ("height", height.as_deref()),
                ("loading", Some("lazy")),
                ("decoding", Some("async")),
            ],
        );
    }

    /// Writes a run of inline nodes.
    pub fn inline_range(&self, nodes: Range<usize>, html: &mut Html) {
        let mut at = nodes.start;
        while at < nodes.end {
            self.block(at, html);
            at = self.tree.nodes[at].next as usize;
        }
    }
}

/// The widths in which a picture is written.
fn srcset(picture: &Picture) -> Option<String> {
    let (path, _) = picture.file.as_ref()?;
    let widths = widths(path, picture.size?);
    let one = |width: &u32| format!("{} {width}w", smaller(&picture.src, *width));
    (!widths.is_empty()).then(|| widths.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// Text of a definition or another small piece of Markdown, as inline HTML where it is one paragraph.
pub fn fragment(body: &Body<'_>) -> String {
    let mut html = Html::default().unclean(body.tree.unclean);
    let roots: Vec<usize> = body.tree.roots().collect();
    match roots.as_slice() {
        [only] if matches!(body.tree.nodes[*only].kind, Kind::Paragraph) => body.children(*only, &mut html),
        _ => roots.iter().for_each(|node| body.block(*node, &mut html)),
    }
    html.finish()
}
