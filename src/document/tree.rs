//! The tree of a Markdown text: nodes in reading order, each with its place in the source.
//!
//! A node knows where its subtree ends, so walking is a loop over a slice and dropping needs no recursion.

use std::ops::Range;

/// A text: a piece of the source, or its own when it differs from what was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Str {
    /// Bytes of the source.
    Source(u32, u32),
    /// Another text than was written: an entity, a typographic quotation mark.
    Own(Box<str>),
}

impl Str {
    /// The text itself.
    pub fn get<'a>(&'a self, source: &'a str) -> &'a str {
        match self {
            Str::Source(start, end) => &source[*start as usize..*end as usize],
            Str::Own(text) => text,
        }
    }
}

/// Alignment of a table's column (GFM tables).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Alignment {
    /// Not said.
    None,
    /// `:--`: where lines start.
    Start,
    /// `:-:`.
    Center,
    /// `--:`: where lines end.
    End,
}

/// Where a link leads, as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `[text](address)`, decoded by nobody yet.
    Address(Box<str>),
    /// `[[page#anchor]]`.
    Page(Box<str>),
    /// `[[#term]]`.
    Term(Box<str>),
}

/// A link and what it carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where to.
    pub target: Target,
    /// A title in the link's own quotation marks.
    pub title: Option<Box<str>>,
    /// Whether the author gave a text; else the target's title is used.
    pub has_text: bool,
    /// Language of the text, when the author says so.
    pub lang: Option<Box<str>>,
    /// Its direction, when the author says so.
    pub dir: Option<&'static str>,
    /// Which link of the document this is, in reading order.
    pub number: u32,
}

/// An image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Address as written.
    pub address: Box<str>,
    /// Title.
    pub title: Option<Box<str>>,
    /// Which image of the document this is, in reading order.
    pub number: u32,
}

/// What a node is. `CommonMark` and GFM names.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Counts into the document's headings.
        number: u32,
    },
    /// `>`.
    BlockQuote,
    /// `> [!NOTE]`: `note`, `tip`, `important`, `warning`, `caution`.
    Alert(&'static str),
    /// A fenced or indented code block.
    CodeBlock {
        /// The first word of the info string.
        language: Box<str>,
    },
    /// A list.
    List {
        /// The first number, of an ordered list.
        start: Option<u64>,
        /// Which checklist of the document it is, or is part of.
        checklist: Option<u32>,
    },
    /// An item of a list.
    Item {
        /// Counts into the document's checklist items when it has a box.
        item: Option<u32>,
    },
    /// `[^label]: …`.
    FootnoteDefinition {
        /// In lower case: Markdown does not tell `[^A]` from `[^a]`.
        label: Box<str>,
    },
    /// A table.
    Table {
        /// Of its columns.
        alignments: Box<[Alignment]>,
    },
    /// The row of headings of a table.
    TableHead,
    /// Another row.
    TableRow,
    /// A cell of either.
    TableCell {
        /// From 0.
        column: u32,
    },
    /// A list of definitions.
    DefinitionList,
    /// What is defined.
    DefinitionTitle,
    /// `: …`.
    Definition,
    /// `---`.
    ThematicBreak,
    /// A diagram block; the list is inside.
    Diagram {
        /// One of the kinds there are.
        kind: &'static str,
        /// What it is called.
        title: Box<str>,
        /// What it shows, in a sentence.
        description: Box<str>,
    },
    /// `:::name key=value`.
    Container {
        /// The name of the block's template.
        name: Box<str>,
        /// Keys and values.
        arguments: Box<[(Box<str>, Box<str>)]>,
    },
    /// Raw HTML that the site trusts, or what may stay of it.
    RawHtml(Str),

    /// Text.
    Text(Str),
    /// Code inside a line.
    Code(Str),
    /// `*…*`.
    Emphasis,
    /// `**…**`.
    Strong,
    /// `~~…~~`.
    Strikethrough,
    /// A link of any kind.
    Link(Box<Link>),
    /// An image.
    Image(Box<Image>),
    /// The end of a line in the source.
    SoftBreak,
    /// A line break that the author wants.
    HardBreak,
    /// `[^label]`.
    FootnoteReference {
        /// In lower case.
        label: Box<str>,
    },
    /// `[text]{lang=sv}`.
    Span {
        /// Its language.
        lang: Option<Box<str>>,
        /// Its direction, where the author says it.
        dir: Option<&'static str>,
        /// Its id.
        id: Option<Box<str>>,
    },
    /// One of the inline elements that are always allowed.
    Element {
        /// Its name.
        name: &'static str,
        /// Its one allowed attribute, if it carries it.
        attribute: Option<(&'static str, Box<str>)>,
    },
    /// A run that would be painted in the wrong order without isolation (UAX #9).
    Isolate {
        /// The direction of the run.
        dir: &'static str,
    },
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// First byte in the source.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Index of the first node after its subtree.
    pub next: u32,
}

/// All nodes in reading order (preorder).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// Whether authors' HTML stands in it that nobody vouches for, so that what is made of it is cleaned.
    pub unclean: bool,
}

impl Tree {
    /// The nodes directly below the root.
    pub fn roots(&self) -> Children<'_> {
        Children { tree: self, at: 0, end: self.nodes.len() }
    }

    /// Whether a block is the same in all languages of a page but for its words: headings, checklists and code, or what holds one.
    pub fn is_skeleton(&self, root: usize) -> bool {
        let is_part = |kind: &Kind| {
            matches!(
                kind,
                Kind::Heading { .. }
                    | Kind::List { checklist: Some(_), .. }
                    | Kind::CodeBlock { .. }
                    | Kind::ThematicBreak
                    | Kind::FootnoteDefinition { .. }
            )
        };
        self.nodes[root..self.nodes[root].next as usize].iter().any(|node| is_part(&node.kind))
    }

    /// The nodes directly below a node.
    pub fn children(&self, node: usize) -> Children<'_> {
        Children { tree: self, at: node + 1, end: self.nodes[node].next as usize }
    }

    /// Indices of the nodes of a subtree without its root.
    pub fn below(&self, node: usize) -> Range<usize> {
        node + 1..self.nodes[node].next as usize
    }

    /// The text of some nodes without any markup: what a reader would read aloud.
    pub fn plain_text(&self, nodes: Range<usize>, source: &str) -> String {
        let mut text = String::new();
        let mut at = nodes.start;
        while at < nodes.end {
            let node = &self.nodes[at];
            match &node.kind {
                Kind::Text(piece) | Kind::Code(piece) => text.push_str(piece.get(source)),
                Kind::SoftBreak | Kind::HardBreak => text.push(' '),
                Kind::FootnoteReference { .. } => {}
                Kind::Link(link) if !link.has_text => {
                    if let Target::Page(name) | Target::Term(name) = &link.target {
                        text.push_str(name);
                    }
                    at = node.next as usize;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        text
    }
}

/// Iterates over siblings; yields indices.
#[derive(Clone, Debug)]
pub struct Children<'a> {
    tree: &'a Tree,
    at: usize,
    end: usize,
}

impl Iterator for Children<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        (self.at < self.end).then(|| {
            let here = self.at;
            self.at = self.tree.nodes[here].next as usize;
            here
        })
    }
}

/// Whether the node stands inside a line of text.
pub fn is_inline(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Text(_)
            | Kind::Code(_)
            | Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link(_)
            | Kind::Image(_)
            | Kind::SoftBreak
            | Kind::HardBreak
            | Kind::FootnoteReference { .. }
            | Kind::Span { .. }
            | Kind::Element { .. }
            | Kind::Isolate { .. }
    )
}
