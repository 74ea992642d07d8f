//! From pulldown-cmark's events to our tree. Parsing cannot fail: what is wrong becomes a diagnostic, the rest stays.

mod attributed;
mod html;
mod kinds;
mod text;

use super::attributes;
use super::checklist::{Found, Options as ItemOptions};
use super::containers::{self, Fence};
use super::diagram;
use super::tree::{Kind, Node, Str, Tree};
use crate::base::config::HtmlMode;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use crate::language::locale::Locale;
use kinds::{alert_name, alignment, code_block};
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use text::Piece;

/// Blocks may nest this deep; what is deeper is shown flat.
const MAX_DEPTH: usize = 100;

/// What a parse needs besides the text.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// Its whole text; places count in it.
    pub text: &'a str,
    /// Its language, for quotation marks and dashes.
    pub locale: &'a Locale,
    /// What happens to raw HTML.
    pub html: HtmlMode,
}

/// A heading as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct RawHeading {
    /// Its node.
    pub node: u32,
    /// 1 to 6.
    pub level: u8,
    /// `{#id}`.
    pub id: Option<Box<str>>,
    /// `{lang=sv}`.
    pub lang: Option<Box<str>>,
    /// `{dir=rtl}`.
    pub dir: Option<&'static str>,
}

/// A link or image and where it stands, for checks.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Its node.
    pub node: u32,
    /// Where.
    pub range: Range<usize>,
}

/// What parsing finds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The tree.
    pub tree: Tree,
    /// Headings in order.
    pub headings: Vec<RawHeading>,
    /// Links in order.
    pub links: Vec<Reference>,
    /// Images in order.
    pub images: Vec<Reference>,
    /// Marks of task list items.
    pub tasks: Found,
    /// Labels of footnotes in the order in which they are first referred to.
    pub footnotes: Vec<Box<str>>,
}

/// The Markdown that authors write.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// Parses the Markdown in `context.text[range]`.
pub fn parse(context: Context<'_>, range: Range<usize>, problems: &mut Vec<Diagnostic>) -> Parsed {
    let mut builder = Builder {
        context,
        problems,
        out: Parsed::default(),
        stack: Vec::new(),
        skip_until: 0,
        text: Vec::new(),
        flat: 0,
        fences: BTreeMap::new(),
        html: None,
        seen: Seen::default(),
    };
    builder.markdown(range);
    builder.finish()
}

/// What is open while building.
struct Open {
    node: usize,
    /// Whether it came from an inline HTML tag, which may be left open.
    html: bool,
}

pub(super) struct Builder<'a, 'p> {
    pub(super) context: Context<'a>,
    pub(super) problems: &'p mut Vec<Diagnostic>,
    pub(super) out: Parsed,
    stack: Vec<Open>,
    /// Attributes in braces have been read up to here.
    skip_until: usize,
    text: Vec<Piece>,
    /// Depth of blocks beyond the limit, which get no nodes.
    flat: usize,
    fences: BTreeMap<usize, Fence>,
    /// Lines of an HTML block that are cleaned together, and where they stand.
    html: Option<(String, Range<usize>)>,
    seen: Seen,
}

/// What has been met, so that nobody has to look back: work grows with the text, not with its square.
#[derive(Default)]
struct Seen {
    /// Labels of footnotes.
    footnotes: BTreeSet<Box<str>>,
    /// Cells in the row that is open.
    cells: u32,
    /// Whether the last line of the HTML block left a comment open.
    in_comment: bool,
}

impl Builder<'_, '_> {
    /// Adds the nodes of a piece of Markdown.
    pub(super) fn markdown(&mut self, range: Range<usize>) {
        let offset = range.start;
        let (text, fences) = containers::split(&self.context.text[range], offset);
        self.fences.extend(fences);
        let broken = RefCell::new(Vec::new());
        let callback = |link: BrokenLink<'_>| broken_link(&text, &link, &broken);
        for (event, range) in Parser::new_with_broken_link_callback(&text, options(), Some(callback)).into_offset_iter() {
            self.event(event, range.start + offset..range.end + offset);
        }
        for (message, range) in broken.into_inner() {
            let place = Span::new(self.context.path, range.start + offset..range.end + offset);
            self.problems.push(no_definition(Code::LNK004, message).at(place));
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Start(tag) => {
                self.flush();
                self.start(tag, range);
            }
            Event::End(tag) => {
                self.flush();
                self.end(tag, range);
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::Html(html) => self.html_block(&html, range),
            other => {
                self.flush();
                self.leaf(other, range);
            }
        }
    }

    fn leaf(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Code(code) => {
                let text = self.str(&code, &range);
                self.push(Kind::Code(text), range);
            }
            Event::FootnoteReference(label) => {
                let label: Box<str> = label.to_lowercase().into();
                if self.seen.footnotes.insert(label.clone()) {
                    self.out.footnotes.push(label.clone());
                }
                self.push(Kind::FootnoteReference { label }, range);
            }
            Event::SoftBreak => self.push(Kind::SoftBreak, range),
            Event::HardBreak => self.push(Kind::HardBreak, range),
            Event::Rule => self.push(Kind::ThematicBreak, range),
            Event::TaskListMarker(done) => self.task(done, range),
            _ => {}
        }
    }

    /// A task marker; in a setext heading it is text (GFM 5.3).
    fn task(&mut self, done: bool, range: Range<usize>) {
        let item = self.stack.iter().rev().map(|open| open.node).find(|node| !matches!(self.out.tree.nodes[*node].kind, Kind::Paragraph));
        match item {
            // Beyond the limit the nearest item is not the one with the box.
            Some(node) if self.flat == 0 && matches!(self.out.tree.nodes[node].kind, Kind::Item { .. }) => {
                self.out.tasks.marks.push((node, done, ItemOptions::default(), None));
            }
            _ => self.text(if done { "[x] " } else { "[ ] " }, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let classes = classes.into_iter().map(|class| (CowStr::Borrowed("class"), Some(class)));
                return self.heading(level as u8, id, classes.chain(attrs).collect(), range);
            }
            Tag::CodeBlock(kind) => code_block(&kind),
            Tag::HtmlBlock => {
                self.seen.in_comment = false;
                return;
            }
            Tag::MetadataBlock(_) => return,
            Tag::Link { link_type, dest_url, title, .. } => return self.link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => return self.image(&dest_url, &title, range),
            Tag::BlockQuote(None) => Kind::BlockQuote,
            Tag::BlockQuote(Some(alert)) => Kind::Alert(alert_name(alert)),
            Tag::Paragraph => Kind::Paragraph,
            Tag::List(start) => Kind::List { start, checklist: None },
            Tag::Item => Kind::Item { item: None },
            Tag::FootnoteDefinition(label) => Kind::FootnoteDefinition { label: label.to_lowercase().into() },
            Tag::Table(alignments) => Kind::Table { alignments: alignments.iter().map(|a| alignment(*a)).collect() },
            Tag::TableHead => self.row(Kind::TableHead),
            Tag::TableRow => self.row(Kind::TableRow),
            Tag::TableCell => self.cell(),
            Tag::DefinitionList => Kind::DefinitionList,
            Tag::DefinitionListTitle => Kind::DefinitionTitle,
            Tag::DefinitionListDefinition => Kind::Definition,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Superscript | Tag::Subscript => return,
        };
        self.open(kind, range);
    }

    fn row(&mut self, row: Kind) -> Kind {
        self.seen.cells = 0;
        row
    }

    /// The next cell of the row that is open.
    fn cell(&mut self) -> Kind {
        self.seen.cells += 1;
        Kind::TableCell { column: self.seen.cells - 1 }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::CodeBlock => {
                if let Some(node) = self.close() {
                    diagram::replace(self, node);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some(node) = self.close() {
                    self.link_without_text(node, range.clone());
                    self.trailing_attributes(node, range.end);
                }
            }
            _ => {
                self.close();
            }
        }
    }

    fn fence(&mut self, fence: Fence) {
        match fence {
            Fence::Open { name, arguments, range } => {
                self.open(Kind::Container { name, arguments }, range);
            }
            Fence::Close { range } => {
                let open = self.stack.last().is_some_and(|open| matches!(self.out.tree.nodes[open.node].kind, Kind::Container { .. }));
                if open {
                    let node = self.stack[self.stack.len() - 1].node;
                    self.out.tree.nodes[node].end = range.end as u32;
                    self.close();
                } else {
                    self.problems.push(
                        Diagnostic::new(Code::MRK004, "this closes a block that is not open")
                            .at(Span::new(self.context.path, range))
                            .help("remove the line, or open the block with `:::name`"),
                    );
                }
            }
        }
    }

    /// A text as a piece of the source where it is one.
    fn str(&self, text: &str, range: &Range<usize>) -> Str {
        let source = &self.context.text[range.clone()];
        match source.find(text) {
            Some(at) if !text.is_empty() => Str::Source((range.start + at) as u32, (range.start + at + text.len()) as u32),
            _ => Str::Own(text.into()),
        }
    }

    /// Adds a node that others stand in, and says which one it is; none beyond the limit.
    pub(super) fn open(&mut self, kind: Kind, range: Range<usize>) -> Option<u32> {
        if self.stack.len() >= MAX_DEPTH {
            if self.flat == 0 {
                let place = Span::new(self.context.path, range.start..range.start + 1);
                self.problems
                    .push(Diagnostic::new(Code::MRK005, format!("more than {MAX_DEPTH} blocks inside each other")).at(place).help("split the text"));
            }
            self.flat += 1;
            return None;
        }
        let node = self.out.tree.nodes.len();
        self.stack.push(Open { node, html: false });
        self.push(kind, range);
        Some(node as u32)
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        let next = self.out.tree.nodes.len() as u32 + 1;
        self.out.tree.nodes.push(Node { kind, start: range.start as u32, end: range.end as u32, next });
    }

    /// Closes what Markdown closes; HTML elements left open inside are closed with a warning.
    pub(super) fn close(&mut self) -> Option<usize> {
        if self.flat > 0 {
            self.flat -= 1;
            return None;
        }
        while let Some(open) = self.pop() {
            if !open.html {
                return Some(open.node);
            }
            let node = &self.out.tree.nodes[open.node];
            let place = Span::new(self.context.path, node.start as usize..node.end as usize);
            self.problems.push(Diagnostic::new(Code::MRK001, "this element is not closed").at(place).help("close it in the same paragraph"));
        }
        None
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        self.out.tree.nodes[open.node].next = self.out.tree.nodes.len() as u32;
        Some(open)
    }

    fn finish(mut self) -> Parsed {
        self.flush();
        while let Some(open) = self.stack.pop() {
            let end = self.out.tree.nodes.len() as u32;
            let node = &mut self.out.tree.nodes[open.node];
            node.next = end;
            if let Kind::Container { name, .. } = &node.kind {
                let place = Span::new(self.context.path, node.start as usize..node.end as usize);
                self.problems
                    .push(Diagnostic::new(Code::MRK004, format!("the block `{name}` is not closed")).at(place).help("close it with a line `:::`"));
            }
        }
        self.out
    }
}

fn no_definition(code: Code, message: String) -> Diagnostic {
    Diagnostic::new(code, message).help("add its definition below the text, or escape the bracket: `\\[`")
}

/// Lets `[text]{…}` through as a link without a target, and remembers references that nobody defined.
fn broken_link<'t>(text: &str, link: &BrokenLink<'_>, broken: &RefCell<Vec<(String, Range<usize>)>>) -> Option<(CowStr<'t>, CowStr<'t>)> {
    match link.link_type {
        LinkType::ShortcutUnknown | LinkType::Shortcut => {
            attributes::parse(&text[link.span.end..], 0).map(|_| (CowStr::Borrowed(""), CowStr::Borrowed("")))
        }
        _ => {
            broken.borrow_mut().push((format!("the reference `{}` has no definition", link.reference), link.span.clone()));
            None
        }
    }
}
