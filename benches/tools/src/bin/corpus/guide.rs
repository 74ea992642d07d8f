//! The words of a guide: its skeleton, filled in one language.

use crate::flavour::Flavour;
use crate::language::{Language, slug};
use crate::random::Random;
use crate::skeleton::{Block, LinkKind, Paragraph, SECTION_SIZE, Skeleton, TERMS};
use std::fmt::Write;

/// A writer of guides in one language.
pub struct Guides<'a> {
    /// The language.
    pub language: &'a Language,
    /// How links, items and front matter are spelt.
    pub flavour: Flavour,
}

impl Guides<'_> {
    /// The whole file.
    pub fn file(&self, skeleton: &Skeleton) -> String {
        let random = &mut self.language.random(22, skeleton.number);
        let mut text = self.front_matter(skeleton, random);
        for block in &skeleton.blocks {
            text.push('\n');
            self.block(&mut text, block, random);
            text.push('\n');
        }
        text
    }

    fn front_matter(&self, skeleton: &Skeleton, random: &mut Random) -> String {
        let title = self.language.guide_title(skeleton.number);
        let updated = self.flavour.updated();
        let mut text = format!("+++\ntitle = \"{title}\"\ndescription = \"{}\"\n", self.description(random));
        if self.language.tag != "en" {
            let _ = writeln!(text, "slug = \"{}\"", slug(&title, skeleton.number));
        }
        let weight = (skeleton.number % SECTION_SIZE + 1) * 10;
        let _ = writeln!(text, "date = {}\n{updated} = {}\nweight = {weight}\ntags = {:?}\n+++", skeleton.date, skeleton.updated, skeleton.tags);
        text
    }

    fn description(&self, random: &mut Random) -> String {
        let text = self.language.sentence(random, 16);
        text.char_indices().nth(150).map_or(text.as_str(), |(cut, _)| &text[..cut]).to_owned()
    }

    fn block(&self, text: &mut String, block: &Block, random: &mut Random) {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(text, paragraph, random),
            Block::Heading(level, anchor) => {
                let count = random.between(3, 6);
                let _ = write!(text, "{} {} {{#{anchor}}}", "#".repeat(*level), self.language.name(random, count));
            }
            Block::Link(guide, kind) => self.link(text, *guide, *kind),
            Block::Checklist(items) => self.checklist(text, items, random),
            Block::Table(rows) => self.table(text, rows, random),
            Block::Code(language, code) => {
                let _ = write!(text, "```{language}\n{code}\n```");
            }
            Block::Footnote => {
                let _ = write!(text, "[^1]: {}", self.language.sentence(random, 14));
            }
        }
    }

    fn paragraph(&self, text: &mut String, paragraph: &Paragraph, random: &mut Random) {
        let mut words: Vec<String> = Vec::new();
        for count in &paragraph.sentences {
            words.extend(self.language.words_of_sentence(random, *count));
        }
        self.dress(&mut words, paragraph, random);
        if self.language.is_persian() {
            for run in self.language.latin(random) {
                words.insert(random.between(1, words.len() - 1), run.to_owned());
            }
        }
        text.push_str(&words.join(" "));
        text.push_str(if paragraph.footnote { "[^1]" } else { "" });
    }

    /// Emphasis, quotation, code and the term, each around whole words.
    fn dress(&self, words: &mut Vec<String>, paragraph: &Paragraph, random: &mut Random) {
        let quarter = words.len() / 4;
        let mut place = |part: usize| part * quarter + random.below(quarter.saturating_sub(1).max(1));
        if paragraph.strong {
            let word = &mut words[place(0)];
            *word = around("**", word, "**");
        }
        if paragraph.emphasis {
            let word = &mut words[place(1)];
            *word = around("*", word, "*");
        }
        if paragraph.quotation {
            let (open, close) = self.language.phrases.quotes;
            let word = &mut words[place(2)];
            *word = around(open, word, close);
        }
        if let Some(code) = &paragraph.code {
            words.insert(place(3), format!("`{code}`"));
        }
        if let Some(term) = paragraph.term {
            words.insert(place(3), self.flavour.term(term, &self.language.term(term)));
        }
    }

    fn link(&self, text: &mut String, guide: usize, kind: LinkKind) {
        let (before, after) = self.language.phrases.see;
        let title = self.language.guide_title(guide);
        let _ = write!(text, "{before}{}{after}", self.flavour.link(guide, &title, kind));
    }

    fn checklist(&self, text: &mut String, items: &[(String, bool)], random: &mut Random) {
        for (number, (id, done)) in items.iter().enumerate() {
            let (start, mark) = (if number > 0 { "\n" } else { "" }, if *done { 'x' } else { ' ' });
            let words = random.between(6, 11);
            let _ = write!(text, "{start}- [{mark}] {}{}", self.language.sentence(random, words), self.flavour.item(id));
        }
    }

    fn table(&self, text: &mut String, rows: &[(usize, usize)], random: &mut Random) {
        let phrases = self.language.phrases;
        let _ = write!(text, "| {} |\n| ---: | --- | :---: | ---: |", phrases.table.join(" | "));
        for (number, (days, price)) in rows.iter().enumerate() {
            let [number, days, price] = [number + 1, *days, *price].map(|number| self.language.digits(number));
            let what = self.language.name(random, 6);
            let _ = write!(text, "\n| {number} | {what} | {} | {} |", phrases.days.replace("{}", &days), phrases.price.replace("{}", &price));
        }
    }
}

/// Puts marks around a word but not around what follows it.
fn around(open: &str, word: &str, close: &str) -> String {
    let bare = word.trim_end_matches(['.', ',', '،']);
    format!("{open}{bare}{close}{}", &word[bare.len()..])
}

/// The file of a glossary with every term.
pub fn glossary(language: &Language, flavour: Flavour) -> String {
    let mut text = String::new();
    for term in 0..TERMS {
        let definition = language.sentence(&mut language.random(23, term), 15);
        text.push_str(&flavour.glossary_entry(term, &language.term(term), &definition));
    }
    text
}
