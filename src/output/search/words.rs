//! What search keeps of one text: its sections as they read, and the words in each. A pure function of the file and its language.

use super::lexicon::Cutter;
use crate::base::hash::Hash;
use crate::document::Document;
use crate::document::tree::{Kind, Tree};

/// Where a section begins on its page.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Place {
    /// At the top.
    Start,
    /// At a heading, by number.
    Heading(usize),
    /// At a checklist item, by number.
    Item(usize),
    /// At an id of the page.
    Anchor(String),
}

/// A piece of a page that a result can lead to.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Section {
    /// Where it begins.
    pub place: Place,
    /// Its heading; the number of the section whose heading stands above an item.
    pub heading: Result<String, usize>,
    /// Its text as it reads, a line for each block.
    pub text: String,
}

/// A line of a text: in which section it stands, what a word weighs there, and where its words end.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Line {
    /// The number of the section; of as many as a place can name.
    pub section: u16,
    /// Title 6, heading 3, text 1.
    pub weight: u8,
    /// The place among the words after its last one.
    pub end: u32,
}

/// All that is read from a text.
#[derive(Debug, Default)]
pub struct Words {
    /// Its sections in reading order.
    pub sections: Vec<Section>,
    /// Its words in reading order, as numbers of the language's lexicon.
    pub tokens: Vec<u32>,
    /// The lines that they stand in.
    pub lines: Vec<Line>,
}

/// All that an index keeps of a text.
#[derive(Debug)]
pub struct Text {
    /// The name of the file with its sections.
    pub name: String,
    /// As in [`Words`].
    pub tokens: Vec<u32>,
    /// As in [`Words`].
    pub lines: Vec<Line>,
    /// The hash of everything above, where builds remember.
    pub hash: Hash,
}

impl Text {
    /// The words of each line.
    pub fn lines(&self) -> impl Iterator<Item = (&Line, &[u32])> {
        let mut start = 0;
        self.lines.iter().map(move |line| {
            let tokens = &self.tokens[start..line.end as usize];
            start = line.end as usize;
            (line, tokens)
        })
    }
}

/// What a word weighs in a title.
pub const TITLE: u8 = 6;
const HEADING: u8 = 3;
const TEXT: u8 = 1;

/// Reads a document. `link_texts` are those of its links that show their target's title, by number.
pub fn of_document(document: &Document, link_texts: &[Option<&str>], cutter: &mut Cutter<'_>) -> Words {
    let summary = &document.summary;
    let mut texts = Texts { document, link_texts, sections: Vec::new(), above: 0 };
    texts.open(Place::Start, Ok(String::new()));
    if let Some(description) = &summary.matter.description {
        texts.push(0, description);
        texts.line(0);
    }
    texts.walk();
    let mut collected = Collector { cutter, words: Words { tokens: Vec::with_capacity(document.source.text.len() / 8), ..Words::default() } };
    collected.add(&summary.title, TITLE);
    for section in texts.sections {
        if let Ok(heading) = &section.heading {
            collected.add(heading, HEADING);
        }
        collected.section(section);
    }
    collected.words
}

/// Entries of a list such as the glossary: id, name, further words, and text.
pub fn of_entries(title: &str, entries: impl Iterator<Item = (String, String, Vec<String>, String)>, cutter: &mut Cutter<'_>) -> Words {
    let mut collected = Collector { cutter, words: Words::default() };
    collected.add(title, TITLE);
    collected.section(Section { place: Place::Start, heading: Ok(String::new()), text: String::new() });
    for (id, name, others, text) in entries {
        collected.add(&name, TITLE);
        others.iter().for_each(|other| collected.add(other, HEADING));
        collected.section(Section { place: Place::Anchor(id), heading: Ok(name), text });
    }
    collected.words
}

/// The text of a piece of Markdown with the names of what it links to.
pub fn plain_text(tree: &Tree, source: &str, name: impl Fn(&crate::document::tree::Link) -> Option<String>) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(node) = tree.nodes.get(at) {
        at += 1;
        match &node.kind {
            Kind::Text(piece) | Kind::Code(piece) => text.push_str(piece.get(source)),
            Kind::SoftBreak | Kind::HardBreak => text.push(' '),
            Kind::Link(link) if !link.has_text => {
                text.push_str(&name(link).unwrap_or_default());
                at = node.next as usize;
            }
            _ => {}
        }
    }
    text
}

/// Cuts a document into sections.
struct Texts<'a> {
    document: &'a Document,
    link_texts: &'a [Option<&'a str>],
    sections: Vec<Section>,
    /// The section of the heading above.
    above: usize,
}

impl Texts<'_> {
    fn open(&mut self, place: Place, heading: Result<String, usize>) -> usize {
        self.sections.push(Section { place, heading, text: String::new() });
        self.sections.len() - 1
    }

    fn push(&mut self, section: usize, text: &str) {
        // Line breaks inside a code block are spaces here: a line is a block.
        let out = &mut self.sections[section].text;
        let mut lines = text.split('\n');
        out.push_str(lines.next().unwrap_or_default());
        for line in lines {
            out.push(' ');
            out.push_str(line);
        }
    }

    fn line(&mut self, section: usize) {
        let out = &mut self.sections[section].text;
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }

    fn walk(&mut self) {
        let document = self.document;
        let (mut here, mut at) = (0, 0);
        let mut around: Vec<(usize, usize)> = Vec::new();
        while let Some(node) = document.tree.nodes.get(at) {
            while let Some((_, outer)) = around.pop_if(|(end, _)| at >= *end) {
                here = outer;
                self.line(here);
            }
            match &node.kind {
                Kind::Heading { number, .. } => {
                    let text = document.summary.headings.get(*number as usize).map_or(String::new(), |heading| heading.text.clone());
                    here = self.open(Place::Heading(*number as usize), Ok(text));
                    self.above = here;
                    at = node.next as usize;
                    continue;
                }
                Kind::Item { item: Some(item) } => {
                    around.push((node.next as usize, here));
                    here = self.open(Place::Item(*item as usize), Err(self.above));
                }
                Kind::Link(link) if !link.has_text => {
                    // What stands inside is an identity, not a text.
                    let text = self.link_texts.get(link.number as usize).copied().flatten();
                    self.push(here, text.unwrap_or_default());
                    at = node.next as usize;
                    continue;
                }
                kind => self.node(here, kind),
            }
            at += 1;
        }
    }

    fn node(&mut self, here: usize, kind: &Kind) {
        let source = &self.document.source.text;
        match kind {
            Kind::Text(piece) | Kind::Code(piece) => self.push(here, piece.get(source)),
            Kind::SoftBreak | Kind::HardBreak => self.push(here, " "),
            Kind::Diagram { title, description, .. } => {
                self.line(here);
                self.push(here, title);
                self.push(here, " ");
                self.push(here, description);
                self.line(here);
            }
            kind if !crate::document::tree::is_inline(kind) => self.line(here),
            _ => {}
        }
    }
}

/// Gathers the words of sections.
struct Collector<'c, 'l> {
    cutter: &'c mut Cutter<'l>,
    words: Words,
}

impl Collector<'_, '_> {
    /// Takes a line of the section that comes next.
    fn add(&mut self, line: &str, weight: u8) {
        self.cutter.line(line, &mut self.words.tokens);
        let section = u16::try_from(self.words.sections.len()).unwrap_or(u16::MAX);
        let end = u32::try_from(self.words.tokens.len()).unwrap_or(u32::MAX);
        self.words.lines.push(Line { section, weight, end });
    }

    /// Takes a section with its text.
    fn section(&mut self, mut section: Section) {
        section.text.truncate(section.text.trim_end().len());
        section.text.drain(..section.text.len() - section.text.trim_start().len());
        section.text.lines().for_each(|line| self.add(line, TEXT));
        self.words.sections.push(section);
    }
}
