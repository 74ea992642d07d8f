//! `lint.toml`: what an editor of a language would mend, as data. Another language brings its own; a site adds to it.

use crate::base::embedded;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything a `lint.toml` can say. Every part is optional.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct LintData {
    /// Characters that the language does not use.
    pub characters: Vec<Characters>,
    /// Words that are written otherwise.
    pub words: Vec<Words>,
    /// Its own digits.
    pub digits: Option<Digits>,
    /// Its quotation marks.
    pub quotes: Option<Quotes>,
    /// Where no space stands.
    pub spacing: Option<Spacing>,
    /// Signs that a space separates from their number.
    pub units: Option<Units>,
    /// Suffixes and prefixes that a joiner separates from their word.
    pub affixes: Option<Affixes>,
}

/// Characters and what stands for them.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Characters {
    /// The code of the problem; one of a general kind where the program does not know it.
    pub code: String,
    /// What such a character is called.
    pub name: String,
    /// Each character with its replacement; an empty one removes it.
    pub replace: BTreeMap<char, String>,
    /// Characters for which no one replacement is right.
    pub avoid: Vec<char>,
    /// What to do about those.
    pub help: Option<String>,
    /// The replacement between two digits of the language.
    pub in_numbers: Option<String>,
    /// Only beside letters or digits of the language's script.
    pub beside: bool,
}

/// Words and what stands for them.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// The code of the problem.
    pub code: String,
    /// Each word with its replacement.
    pub replace: BTreeMap<String, String>,
}

/// Digits of the language.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Digits {
    /// The code of the problem.
    pub code: String,
    /// Its zero; the others follow it in Unicode.
    pub zero: char,
}

/// Quotation marks.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Quotes {
    /// The code of the problem.
    pub code: String,
    /// The opening mark.
    pub open: String,
    /// The closing mark.
    pub close: String,
    /// The apostrophe, where a straight one is a problem.
    #[serde(default)]
    pub apostrophe: Option<String>,
    /// Marks of other languages.
    #[serde(default)]
    pub foreign: Vec<char>,
    /// Where a typed `"` is a problem.
    #[serde(default)]
    pub straight: Straight,
}

/// Where a typed `"` is a problem.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Straight {
    /// Nowhere.
    #[default]
    Never,
    /// Where nothing turns it into the language's marks: titles, strings.
    Plain,
    /// Everywhere.
    Always,
}

/// Where no space stands.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Spacing {
    /// The code of the problem.
    pub code: String,
    /// No space before these.
    #[serde(default)]
    pub none_before: Vec<char>,
    /// No space after these.
    #[serde(default)]
    pub none_after: Vec<char>,
}

/// Signs behind numbers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// The code of the problem.
    pub code: String,
    /// What separates them from the number.
    pub space: String,
    /// The signs.
    pub signs: Vec<String>,
}

/// Suffixes and prefixes.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Affixes {
    /// Code: a joiner that does nothing.
    pub useless: String,
    /// Code: a space before a suffix.
    pub spaced_suffix: String,
    /// Code: a space after a prefix.
    pub spaced_prefix: String,
    /// Code: nothing before a suffix.
    pub joined_suffix: String,
    /// Code: nothing after a prefix.
    pub joined_prefix: String,
    /// The suffixes.
    pub suffixes: Vec<String>,
    /// The prefixes of verbs.
    pub prefixes: Vec<String>,
    /// Letters after which a missing joiner cannot be seen.
    pub not_joining: String,
    /// The shortest word that takes a suffix, in letters.
    pub shortest_stem: usize,
    /// What only looks like a word with a suffix, without the suffix.
    pub ok_stems: Vec<String>,
    /// Words that only look as if they had an affix.
    pub ok: Vec<String>,
    /// Words before which an affix is spoken of.
    pub speaking_of: Vec<String>,
    /// Verbs: stems and the endings they take.
    pub present_stems: Vec<String>,
    /// Endings of the present.
    pub present_endings: Vec<String>,
    /// Stems of the past.
    pub past_stems: Vec<String>,
    /// Endings of the past.
    pub past_endings: Vec<String>,
    /// Whole forms.
    pub verbs: Vec<String>,
}

impl LintData {
    /// Reads a `lint.toml`.
    ///
    /// # Errors
    /// What is wrong and where, as TOML says it.
    pub fn parse(text: &str) -> Result<LintData, toml::de::Error> {
        toml::from_str(text)
    }

    /// What the program knows about a language; nothing for most.
    pub fn embedded(tag: &str) -> LintData {
        let language = tag.split('-').next().unwrap_or(tag);
        let file = |tag: &str| embedded::below("locales").find(|(name, _)| name.strip_suffix("/lint.toml") == Some(tag));
        let text = file(tag).or_else(|| file(language)).and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
        text.and_then(|text| LintData::parse(text).ok()).unwrap_or_default()
    }

    /// A site's file on top of the embedded one: lists grow, single values win.
    #[must_use]
    pub fn over(self, mut below: LintData) -> LintData {
        below.characters.extend(self.characters);
        below.words.extend(self.words);
        LintData {
            characters: below.characters,
            words: below.words,
            digits: self.digits.or(below.digits),
            quotes: self.quotes.or(below.quotes),
            spacing: self.spacing.or(below.spacing),
            units: self.units.or(below.units),
            affixes: match (self.affixes, below.affixes) {
                (Some(own), Some(below)) => Some(own.over(below)),
                (own, below) => own.or(below),
            },
        }
    }
}

impl Affixes {
    fn over(self, below: Affixes) -> Affixes {
        let text = |own: String, below: String| if own.is_empty() { below } else { own };
        let list = |own: Vec<String>, mut below: Vec<String>| {
            below.extend(own);
            below
        };
        Affixes {
            useless: text(self.useless, below.useless),
            spaced_suffix: text(self.spaced_suffix, below.spaced_suffix),
            spaced_prefix: text(self.spaced_prefix, below.spaced_prefix),
            joined_suffix: text(self.joined_suffix, below.joined_suffix),
            joined_prefix: text(self.joined_prefix, below.joined_prefix),
            suffixes: list(self.suffixes, below.suffixes),
            prefixes: list(self.prefixes, below.prefixes),
            not_joining: text(self.not_joining, below.not_joining),
            shortest_stem: if self.shortest_stem == 0 { below.shortest_stem } else { self.shortest_stem },
            ok_stems: list(self.ok_stems, below.ok_stems),
            ok: list(self.ok, below.ok),
            speaking_of: list(self.speaking_of, below.speaking_of),
            present_stems: list(self.present_stems, below.present_stems),
            present_endings: list(self.present_endings, below.present_endings),
            past_stems: list(self.past_stems, below.past_stems),
            past_endings: list(self.past_endings, below.past_endings),
            verbs: list(self.verbs, below.verbs),
        }
    }
}
