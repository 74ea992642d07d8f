//! One language of a site: everything that is written or ordered by its rules.

use super::collation::Collation;
use super::data::{Calendar, Direction, LanguageData, Script};
use super::date::Date;
use super::date_format::{DateStyle, Dates};
use super::fold;
use super::hyphens::Hyphens;
use super::list::Lists;
use super::number::{Fraction, Grouping, Numbers};
use super::quotes::Punctuation;
use super::search::SearchRules;
use super::stem::Stems;
use crate::base::hash::Hash;
use icu_calendar::AnyCalendarKind;
use icu_locale::extensions::unicode::{Value, key};
use icu_locale::{Direction as IcuDirection, LanguageIdentifier, Locale as IcuLocale, LocaleDirectionality, LocaleExpander};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A language with everything it knows. `Send + Sync`; make it once and share it in an `Arc`.
#[derive(Debug)]
pub struct Locale {
    /// The BCP 47 tag, as in `lang`, `hreflang` and the first folder of an address: `fa`.
    pub tag: String,
    /// The direction of its pages.
    pub direction: Direction,
    /// The hash of everything that it is made from.
    pub hash: Hash,
    /// Its name for itself; the tag where that is not known.
    pub name: String,
    /// Its script, which chooses the type styles.
    pub script: Script,
    /// The value of `og:locale`: `fa_IR`.
    pub og: String,
    /// The locale that numbers and dates follow: `en-GB`, perhaps with `-u-nu-…`.
    pub formatting: String,
    /// Quotation marks, dashes and no-break spaces.
    pub punctuation: Punctuation,
    /// The number formats.
    pub numbers: Numbers,
    /// The date formats.
    pub dates: Dates,
    /// The lists.
    pub lists: Lists,
    /// The order.
    pub collation: Collation,
    /// The stemmer.
    pub stems: Stems,
    /// What search knows of its words.
    pub search: SearchRules,
    hyphens: Hyphens,
    words_per_minute: u16,
    own_letters: Vec<char>,
}

/// The reading speed of a language that does not say its own.
const WORDS_PER_MINUTE: u16 = 200;

/// The numbering systems that numbers can be written with: those of CLDR with ten digits of their own, as ICU4X has them.
pub const DIGITS: &[&str] = &[
    "latn", "arabext", "arab", "adlm", "beng", "cakm", "deva", "gujr", "guru", "hanidec", "khmr", "knda", "laoo", "mlym", "mymr", "nkoo", "olck",
    "orya", "tamldec", "telu", "thai", "tibt", "vaii",
];

impl Locale {
    /// The language of a tag; what `data` does not say comes from CLDR.
    ///
    /// # Errors
    /// A sentence for the author: the tag, `formatting` or `digits` is not one.
    pub fn new(tag: &str, data: &LanguageData) -> Result<Locale, String> {
        let IcuLocale { id, .. } = tag.parse().map_err(|_| format!("`{tag}` is not a language tag (BCP 47), such as `sv` or `pt-BR`"))?;
        let icu = formatting(tag, data)?;
        let likely = likely(&icu.id);
        let collation = Collation::new(&icu, data.index.as_ref())?;
        let own_letters = collation.own_letters();
        let stems = Stems::new(tag);
        Ok(Locale {
            hash: Hash::of_value(&(tag, format!("{data:?}"))),
            direction: direction(&id),
            name: data.name.clone().unwrap_or_else(|| tag.into()),
            script: data.script.clone().unwrap_or_else(|| script(&id)),
            og: open_graph(&likely),
            formatting: icu.to_string(),
            punctuation: Punctuation::new(data),
            numbers: Numbers::new(&icu, data.percent.as_deref())?,
            dates: Dates::new(&icu, data.calendar.unwrap_or_else(|| calendar(&icu)), data.month_year.as_deref())?,
            lists: Lists::new(&icu, data.list.as_ref())?,
            search: SearchRules::new(&data.search.clone().unwrap_or_default(), &own_letters, stems),
            stems,
            hyphens: Hyphens::new(tag, data.hyphenate.unwrap_or(false)),
            words_per_minute: data.words_per_minute.filter(|speed| *speed > 0).unwrap_or(WORDS_PER_MINUTE),
            own_letters,
            collation,
            tag: tag.into(),
        })
    }

    /// A whole number with grouped digits.
    pub fn number(&self, n: i64) -> String {
        self.numbers.integer(n, Grouping::Auto)
    }

    /// A year, version or id: without groups.
    pub fn plain_number(&self, n: i64) -> String {
        self.numbers.integer(n, Grouping::Never)
    }

    /// A number with fraction digits.
    pub fn decimal(&self, n: f64) -> String {
        self.numbers.decimal(n, Grouping::Auto, Fraction::default())
    }

    /// A ratio as a percentage without fraction digits: 0.45 as `۴۵٪`.
    pub fn percent(&self, ratio: f64) -> String {
        self.numbers.percent(ratio, Grouping::Auto, Fraction::default())
    }

    /// A date in the reader's calendar.
    pub fn date(&self, date: &Date, style: DateStyle) -> String {
        self.dates.date(*date, style, self.dates.calendar())
    }

    /// Month and year in the reader's calendar.
    pub fn month_year(&self, date: &Date) -> String {
        self.dates.month_year(*date)
    }

    /// Items as one plain text.
    pub fn join(&self, items: &[String]) -> String {
        self.lists.join(items)
    }

    /// The order of two titles, numbers by value.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collation.compare(a, b)
    }

    /// The heading of a title in an index: `Å`, `ا`, `#`.
    pub fn index_letter(&self, title: &str) -> String {
        self.collation.index_letter(title)
    }

    /// Minutes to read so many words of prose and of code, which counts a quarter; at least 1.
    pub fn reading_minutes(&self, words: usize, code_words: usize) -> u32 {
        let words = words.saturating_add(code_words / 4);
        u32::try_from(words.div_ceil(usize::from(self.words_per_minute))).unwrap_or(u32::MAX).max(1)
    }

    /// The search key of a word: folded, without the accents that are not letters of this language.
    pub fn search_key(&self, word: &str) -> String {
        fold::search_key(word, &self.own_letters).into_owned()
    }

    /// The second search key, without hamza and its carriers.
    pub fn search_key_without_hamza(&self, word: &str) -> String {
        fold::search_key_without_hamza(word, &self.own_letters)
    }

    /// The non-ASCII letters of the alphabet, in lower case: å ä ö.
    pub fn own_letters(&self) -> &[char] {
        &self.own_letters
    }

    /// A heading with soft hyphens in its long words.
    pub fn soft_hyphens<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.hyphens.soften(text)
    }
}

fn formatting(tag: &str, data: &LanguageData) -> Result<IcuLocale, String> {
    let name = data.formatting.as_deref().unwrap_or(tag);
    let mut locale: IcuLocale = name.parse().map_err(|_| format!("`formatting = \"{name}\"` is not a locale, such as `en-GB`"))?;
    if let Some(digits) = &data.digits {
        let value = Value::try_from_str(digits).map_err(|_| format!("`digits = \"{digits}\"` is not a numbering system, such as `arabext`"))?;
        locale.extensions.unicode.keywords.set(key!("nu"), value);
    }
    Ok(locale)
}

/// Whether dates and numbers are known for the language of a tag.
pub fn is_known(tag: &str) -> bool {
    let id = tag.parse().map(|locale: IcuLocale| LanguageIdentifier { language: locale.id.language, ..LanguageIdentifier::UNKNOWN });
    id.is_ok_and(|id| likely(&id).script.is_some())
}

fn likely(id: &LanguageIdentifier) -> LanguageIdentifier {
    let mut likely = id.clone();
    LocaleExpander::new_extended().maximize(&mut likely);
    likely
}

/// The direction of the language of a tag; `None` when it is not a tag.
pub fn direction_of(tag: &str) -> Option<Direction> {
    tag.parse().ok().map(|id| direction(&id))
}

fn direction(id: &LanguageIdentifier) -> Direction {
    match LocaleDirectionality::new_extended().get(id) {
        Some(IcuDirection::RightToLeft) => Direction::Rtl,
        _ => Direction::Ltr,
    }
}

fn script(id: &LanguageIdentifier) -> Script {
    likely(id).script.map_or(Script::Latin, |script| Script::named(script.as_str()))
}

fn open_graph(likely: &LanguageIdentifier) -> String {
    likely.region.map_or_else(|| likely.language.to_string(), |region| format!("{}_{region}", likely.language))
}

/// The calendar of the region, where this program has it.
fn calendar(locale: &IcuLocale) -> Calendar {
    match AnyCalendarKind::try_new(locale.into()) {
        Ok(AnyCalendarKind::Persian) => Calendar::Persian,
        _ => Calendar::Gregory,
    }
}
