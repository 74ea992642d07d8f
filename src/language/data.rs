//! What a `locales/<lang>/language.toml` says: everything about a language that CLDR (ICU4X, stable parts) does not give.

mod read;

use icu_properties::{CodePointMapData, PropertyNamesShort, props};
use std::collections::BTreeMap;

/// The contents of a `language.toml`; every key is optional, and an empty file is a language too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LanguageData {
    /// The language's name for itself: `Svenska`.
    pub name: Option<String>,
    /// The locale that numbers and dates follow, where the tag alone means another: `en-GB`.
    pub formatting: Option<String>,
    /// The calendar of shown dates.
    pub calendar: Option<Calendar>,
    /// CLDR numbering system of generated numbers: `arabext`, `latn`.
    pub digits: Option<String>,
    /// Pattern of a percentage: `{n} %`.
    pub percent: Option<String>,
    /// Pattern of a month with its year: `{month} {year}`.
    pub month_year: Option<String>,
    /// Quotation marks: outer opening and closing, inner opening and closing (CLDR delimiters).
    pub quotes: Option<[String; 4]>,
    /// What `--` and `---` become.
    pub dashes: Option<Dashes>,
    /// Where a space must not break the line.
    pub no_break: Option<NoBreak>,
    /// What stands between the items of a list.
    pub list: Option<ListPatterns>,
    /// Letters that stand under another one in an index: `آ` under `ا`.
    pub index: Option<BTreeMap<String, String>>,
    /// How fast people read prose.
    pub words_per_minute: Option<u16>,
    /// Whether long words in headings get soft hyphens.
    pub hyphenate: Option<bool>,
    /// The script, which chooses the type styles.
    pub script: Option<Script>,
    /// What search has to know of its words.
    pub search: Option<SearchData>,
}

/// What search has to know of a language's words, beyond its stemmer; every key is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchData {
    /// Words that belong to the one after them, also when a space stands between: `می`.
    pub prefixes: Vec<String>,
    /// Words that belong to the one before them, also when a space stands between: `های`.
    pub affixes: Vec<String>,
    /// Endings after a colon or hyphen that are no words: `KPI:er`.
    pub endings: Vec<String>,
    /// Endings by which a form that the site does not have finds one that it has, besides those the site shows.
    pub suffixes: Vec<String>,
    /// What stands between the halves of a compound; none in a language that writes none.
    pub links: Vec<String>,
    /// Whether two words with a space between them may be one: «دانش آموز».
    pub adjacent: bool,
    /// Words that say nothing of what is looked for, unless a query has no others: `hur`, `the`.
    pub stop: Vec<String>,
    /// Forms that no ending leads back from: `böcker` = `bok`. A word that is its own has no other stem: `lager` = `lager`, not that of `lagen`.
    pub irregular: BTreeMap<String, String>,
}

impl LanguageData {
    /// These keys, and another file's where these say nothing (a site's file over the embedded one).
    #[must_use]
    pub fn over(self, below: LanguageData) -> LanguageData {
        LanguageData {
            name: self.name.or(below.name),
            formatting: self.formatting.or(below.formatting),
            calendar: self.calendar.or(below.calendar),
            digits: self.digits.or(below.digits),
            percent: self.percent.or(below.percent),
            month_year: self.month_year.or(below.month_year),
            quotes: self.quotes.or(below.quotes),
            dashes: self.dashes.or(below.dashes),
            no_break: self.no_break.or(below.no_break),
            list: self.list.or(below.list),
            index: self.index.or(below.index),
            words_per_minute: self.words_per_minute.or(below.words_per_minute),
            hyphenate: self.hyphenate.or(below.hyphenate),
            script: self.script.or(below.script),
            search: self.search.or(below.search),
        }
    }
}

/// A calendar that dates are written or shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// The Gregorian calendar.
    #[default]
    Gregory,
    /// The Solar Hijri calendar of Iran and Afghanistan.
    Persian,
}

impl Calendar {
    /// For messages to authors.
    pub fn english_name(self) -> &'static str {
        match self {
            Calendar::Gregory => "Gregorian",
            Calendar::Persian => "Solar Hijri",
        }
    }

    /// The name it has in settings and in CLDR: `gregory`, `persian`.
    pub fn as_str(self) -> &'static str {
        match self {
            Calendar::Gregory => "gregory",
            Calendar::Persian => "persian",
        }
    }
}

/// The direction of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }

    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Direction {
        match self {
            Direction::Ltr => Direction::Rtl,
            Direction::Rtl => Direction::Ltr,
        }
    }
}

/// A script, as far as type styles care.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Latin.
    Latin,
    /// Arabic, whatever the language.
    Arabic,
    /// Any other, by a lower-case name.
    Other(String),
}

impl Script {
    /// The script of a character (UAX #24).
    pub fn of(c: char) -> Script {
        let script = CodePointMapData::<props::Script>::new().get(c);
        Script::named(PropertyNamesShort::<props::Script>::new().get(script).unwrap_or("zzzz"))
    }

    /// The script of a name in a settings file, or of an ISO 15924 code.
    pub fn named(name: &str) -> Script {
        match &*name.to_lowercase() {
            "latin" | "latn" => Script::Latin,
            "arabic" | "arab" | "aran" => Script::Arabic,
            other => Script::Other(other.into()),
        }
    }

    /// The name used in CSS classes: `latin`, `arabic`.
    pub fn as_str(&self) -> &str {
        match self {
            Script::Latin => "latin",
            Script::Arabic => "arabic",
            Script::Other(name) => name,
        }
    }
}

/// The dashes that two and three typed hyphens become.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dashes {
    /// For `--`.
    pub two: String,
    /// For `---`.
    pub three: String,
}

impl Default for Dashes {
    fn default() -> Dashes {
        Dashes { two: "–".into(), three: "—".into() }
    }
}

/// Where a typed space becomes a no-break space.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NoBreak {
    /// Between a number and one of these: `%`, `km`.
    pub units: Vec<String>,
    /// Between one of these and a number: `s.`, `kap.`.
    pub before_numbers: Vec<String>,
    /// Before a dash with spaces on both sides.
    pub dash: bool,
}

/// What stands between the items of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ListPatterns {
    /// What CLDR says, also where the embedded file says something else: `list = "cldr"`.
    Cldr,
    /// Own separators.
    Separators {
        /// Between two items.
        pair: String,
        /// Between the items of a longer list.
        middle: String,
        /// Before the last item of a longer list.
        last: String,
    },
}
