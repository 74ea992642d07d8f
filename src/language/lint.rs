//! A second pair of eyes for authors: what an editor of the language would mend, as data of `lint.toml`.
//!
//! The text of a block runs across its inline elements: U+FFFC stands for code, pictures and other languages, a line feed for the end
//! of a line. Nothing shown is ever changed; every finding is a proposal for the source.

mod affixes;
pub mod data;
mod signs;

use super::bidi::{class, is_rtl};
use super::data::Direction;
use super::locale::Locale;
use crate::base::diagnostic::{Code, Level};
use affixes::Affixes;
use data::LintData;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unicode_bidi::BidiClass;

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In Markdown, where typed quotation marks become typographic and spaces before signs hold.
    Markdown,
    /// In a title, a name, a string of the interface, where nothing is changed.
    Plain,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its code.
    pub code: Code,
    /// What it is about.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do: the corrected word.
    pub help: String,
    /// What to put in place of which bytes.
    pub fix: Option<(Range<usize>, String)>,
}

/// The eyes for one language.
#[derive(Debug)]
pub struct Lint {
    direction: Direction,
    data: LintData,
    /// Rule of each character.
    characters: BTreeMap<char, usize>,
    words: BTreeMap<String, (Code, String)>,
    affixes: Option<Affixes>,
    /// Which of the characters up to General Punctuation any rule asks about.
    matters: Vec<bool>,
}

impl Lint {
    /// The eyes for a language with its data.
    pub fn new(locale: &Locale, data: LintData) -> Lint {
        let rules = data.characters.iter().enumerate();
        let characters: BTreeMap<char, usize> = rules.flat_map(|(rule, one)| one.replace.keys().chain(&one.avoid).map(move |c| (*c, rule))).collect();
        let words =
            data.words.iter().flat_map(|list| list.replace.iter().map(|(word, right)| (word.clone(), (code(&list.code), right.clone())))).collect();
        let quotes = data.quotes.iter().flat_map(|quotes| quotes.foreign.iter().copied()).chain(['"', '\'']);
        let spacing = data.spacing.iter().flat_map(|spacing| spacing.none_after.iter().chain(&spacing.none_before).copied());
        let asked: BTreeSet<char> = characters.keys().copied().chain(quotes).chain(spacing).chain('0'..='9').collect();
        let matters = ('\0'..'\u{2100}').map(|c| asked.contains(&c) && c != ' ' && !c.is_ascii_alphabetic()).collect();
        Lint { matters, direction: locale.direction, characters, words, affixes: data.affixes.clone().map(Affixes::new), data }
    }

    /// Everything to be said about a text, in order.
    pub fn findings(&self, text: &str, place: Place, locale: &Locale) -> Vec<Finding> {
        let mut found = Vec::new();
        self.signs(text, place, locale, &mut found);
        self.own_words(text, &mut found);
        if !text.is_ascii() {
            self.presentation_forms(text, &mut found);
            if let Some(affixes) = &self.affixes {
                affixes.look(text, &mut found);
            }
        }
        found.sort_by_key(|finding| (finding.range.start, finding.code.name));
        whole_words(text, &mut found);
        found
    }

    /// Whether a rule may say something about a character.
    fn may_matter(&self, c: char) -> bool {
        self.matters.get(c as usize).copied().unwrap_or(true)
    }

    /// Whether a character belongs to the language's script: a letter of its direction, or a digit of its own.
    fn is_own(&self, c: char) -> bool {
        match self.direction {
            Direction::Rtl => is_rtl(class(c)) || matches!(class(c), BidiClass::AN) || matches!(c, '۰'..='۹'),
            Direction::Ltr => c.is_alphabetic(),
        }
    }

    /// Words of the list.
    fn own_words(&self, text: &str, found: &mut Vec<Finding>) {
        if self.words.is_empty() {
            return;
        }
        for word in super::words::words(text) {
            if let Some((code, right)) = self.words.get(&text[word.clone()]) {
                let message = format!("`{}` is written otherwise", &text[word.clone()]);
                found.push(Finding { code: *code, range: word.clone(), message, help: format!("write `{right}`"), fix: Some((word, right.clone())) });
            }
        }
    }

    /// U+FB50–FDFF and U+FE70–FEFC, which are shapes and not letters; signs of their own (﷼, ﷲ and honorifics) stay.
    fn presentation_forms(&self, text: &str, found: &mut Vec<Finding>) {
        for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '\u{FB50}'..='\u{FDEF}' | '\u{FE70}'..='\u{FEFC}')) {
            let letter = super::fold::nfkc(c.encode_utf8(&mut [0; 4])).into_owned();
            if !letter.starts_with(c) {
                found.push(finding(
                    text,
                    Code::I18N013,
                    at..at + c.len_utf8(),
                    format!("U+{:04X} is the shape of a letter, not the letter", u32::from(c)),
                    &letter,
                ));
            }
        }
    }
}

/// The code of a name; a general one where the program does not know it.
fn code(name: &str) -> Code {
    Code::named(name).unwrap_or(Code::TYP001)
}

/// A finding that a replacement mends; `help` shows the whole word as it becomes.
fn finding(text: &str, code: Code, range: Range<usize>, message: impl Into<String>, right: &str) -> Finding {
    let word = word_around(text, &range);
    let whole = [&text[word.start..range.start], right, &text[range.end..word.end]].concat();
    let whole = whole.trim();
    let help = if whole.is_empty() { "remove it".to_owned() } else { format!("write `{whole}`") };
    Finding { code, message: message.into(), help, fix: Some((range.clone(), right.to_owned())), range }
}

/// Where several things are to be mended in one word, each of them shows the word with all of them mended.
fn whole_words(text: &str, found: &mut [Finding]) {
    let mut words: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    // What is only good to know may well be right as it is.
    let is_sure = |finding: &Finding| finding.code.level != Level::Info && finding.help.starts_with("write `");
    for (index, finding) in found.iter().enumerate().filter(|(_, finding)| is_sure(finding)) {
        if let Some((range, _)) = &finding.fix {
            let word = word_around(text, range);
            words.entry((word.start, word.end)).or_default().push(index);
        }
    }
    for ((start, end), indexes) in words.into_iter().filter(|(_, indexes)| indexes.len() > 1) {
        let (mut whole, mut at) = (String::new(), start);
        for (range, right) in indexes.iter().filter_map(|index| found[*index].fix.as_ref()) {
            if range.start >= at {
                whole.extend([&text[at..range.start], right]);
                at = range.end;
            }
        }
        whole.push_str(&text[at..end]);
        indexes.into_iter().for_each(|index| found[index].help = format!("write `{}`", whole.trim()));
    }
}

/// The bytes of the words that a range touches.
fn word_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let ends = |c: char| c.is_whitespace() || c == '\u{FFFC}';
    let start = text[..range.start].rfind(ends).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..].find(ends).map_or(text.len(), |at| range.end + at);
    start..end
}

/// Every code that a language's data may use.
pub fn codes(data: &LintData) -> BTreeSet<&str> {
    let affixes = data.affixes.iter().flat_map(|a| [&a.useless, &a.spaced_suffix, &a.spaced_prefix, &a.joined_suffix, &a.joined_prefix]);
    let single = [
        data.digits.as_ref().map(|part| &part.code),
        data.quotes.as_ref().map(|part| &part.code),
        data.spacing.as_ref().map(|part| &part.code),
        data.units.as_ref().map(|part| &part.code),
    ];
    let lists = data.characters.iter().map(|rule| &rule.code).chain(data.words.iter().map(|list| &list.code));
    lists.chain(affixes).chain(single.into_iter().flatten()).map(String::as_str).collect()
}
