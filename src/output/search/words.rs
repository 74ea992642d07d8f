//! What search keeps of one text: its sections as they read, and the words in each. A pure function of the file and its language.

use crate::document::Document;
use crate::document::tree::{Kind, Tree};
use crate::language::search::{SearchRules, Token};
use std::collections::BTreeMap;

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

/// How a word stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// By itself.
    Own,
    /// As a piece between breaks: the `KPI` of `KPI:er`.
    Part,
    /// As half of a compound.
    Compound,
}

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Word {
    /// Folded, without joiners.
    pub joined: String,
    /// As written, where that differs.
    pub surface: Option<String>,
    /// How it stands.
    pub stand: Stand,
    /// Its stem.
    pub term: String,
    /// Sections, each with its weight there: title 6, heading 3, text 1 for each time; without the title at most 5.
    pub hits: Vec<(u32, u8)>,
}

/// All that search keeps of a text.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Words {
    /// Its sections in reading order.
    pub sections: Vec<Section>,
    /// Its words.
    pub words: Vec<Word>,
    /// Neighbours that may be one word: both together, with a space, and where they stand.
    pub pairs: Vec<(String, String, Vec<u32>)>,
    /// How many words it has.
    pub length: u32,
}

const TITLE: u8 = 6;
const HEADING: u8 = 3;
const TEXT: u8 = 1;

/// Reads a document. `link_texts` are those of its links that show their target's title, by number.
pub fn of_document(document: &Document, link_texts: &[Option<&str>], rules: &SearchRules) -> Words {
    let summary = &document.summary;
    let mut collected = Collector::new(rules);
    let start = collected.section(Place::Start, Ok(String::new()));
    collected.add(start, &summary.title, TITLE);
    let mut texts = Texts { document, link_texts, sections: Vec::new(), above: 0 };
    texts.open(Place::Start, Ok(String::new()));
    if let Some(description) = &summary.matter.description {
        texts.push(0, description);
        texts.line(0);
    }
    texts.walk();
    for (number, section) in texts.sections.into_iter().enumerate() {
        if number > 0 {
            collected.section(section.place, section.heading);
        }
        if let Ok(heading) = collected.words.sections[number].heading.clone() {
            collected.add(number, &heading, HEADING);
        }
        collected.text(number, &section.text);
    }
    collected.finish()
}

/// Entries of a list such as the glossary: id, name, further words, and text.
pub fn of_entries(title: &str, entries: impl Iterator<Item = (String, String, Vec<String>, String)>, rules: &SearchRules) -> Words {
    let mut collected = Collector::new(rules);
    let start = collected.section(Place::Start, Ok(String::new()));
    collected.add(start, title, TITLE);
    for (id, name, others, text) in entries {
        let number = collected.section(Place::Anchor(id), Ok(name.clone()));
        collected.add(number, &name, TITLE);
        others.iter().for_each(|other| collected.add(number, other, HEADING));
        collected.text(number, &text);
    }
    collected.finish()
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
        out.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
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

/// Counts the words of sections.
struct Collector<'a> {
    rules: &'a SearchRules,
    words: Words,
    found: BTreeMap<(String, Option<String>, Stand), Vec<(u32, u8)>>,
    pairs: BTreeMap<(String, String), Vec<u32>>,
}

impl<'a> Collector<'a> {
    fn new(rules: &'a SearchRules) -> Collector<'a> {
        Collector { rules, words: Words::default(), found: BTreeMap::new(), pairs: BTreeMap::new() }
    }

    fn section(&mut self, place: Place, heading: Result<String, usize>) -> usize {
        self.words.sections.push(Section { place, heading, text: String::new() });
        self.words.sections.len() - 1
    }

    fn text(&mut self, section: usize, text: &str) {
        let text = text.trim();
        text.lines().for_each(|line| self.add(section, line, TEXT));
        self.words.sections[section].text = text.to_owned();
    }

    fn add(&mut self, section: usize, line: &str, weight: u8) {
        let section = u32::try_from(section).unwrap_or(u32::MAX);
        let tokens = self.rules.tokens(line);
        if self.rules.data.adjacent {
            for pair in tokens.windows(2) {
                self.pair(section, &pair[0], &pair[1]);
            }
        }
        self.words.length += u32::try_from(tokens.len()).unwrap_or(u32::MAX);
        for token in tokens {
            for part in token.parts {
                self.hit((part, None, Stand::Part), section, weight);
            }
            let surface = (token.surface != token.joined).then_some(token.surface);
            self.hit((token.joined, surface, Stand::Own), section, weight);
        }
    }

    fn pair(&mut self, section: u32, first: &Token, second: &Token) {
        const SHORTEST: usize = 5;
        let both = format!("{}{}", first.joined, second.joined);
        if both.chars().nth(SHORTEST - 1).is_some() {
            let sections = self.pairs.entry((both, format!("{} {}", first.surface, second.surface))).or_default();
            if sections.last() != Some(&section) {
                sections.push(section);
            }
        }
    }

    fn hit(&mut self, word: (String, Option<String>, Stand), section: u32, weight: u8) {
        // Titles come first, and only they get beyond five: the script tells them by that.
        let most = |before: u8| if before < TITLE { TITLE - 1 } else { 35 };
        let hits = self.found.entry(word).or_default();
        match hits.iter_mut().rev().find(|(known, _)| *known == section) {
            Some((_, sum)) => *sum = sum.saturating_add(weight).min(most(*sum)),
            None => hits.push((section, weight)),
        }
    }

    fn finish(mut self) -> Words {
        let rules = self.rules;
        let word = |((joined, surface, stand), hits): ((String, Option<String>, Stand), Vec<(u32, u8)>)| Word {
            term: rules.term(&joined),
            joined,
            surface,
            stand,
            hits,
        };
        self.words.words = self.found.into_iter().map(word).collect();
        self.words.words.iter_mut().for_each(|word| word.hits.sort_unstable());
        self.words.pairs = self.pairs.into_iter().map(|((joined, surface), sections)| (joined, surface, sections)).collect();
        self.words
    }
}
