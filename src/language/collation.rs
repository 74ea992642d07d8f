//! Order and index letters (UTS #10).

use super::fold::base_letter;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale::Locale as IcuLocale;
use icu_locale::exemplar_chars::ExemplarCharacters;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The heading over titles that begin with a digit or a sign.
pub const OTHER: &str = "#";

/// The order of one language.
#[derive(Debug)]
pub struct Collation {
    full: CollatorBorrowed<'static>,
    primary: CollatorBorrowed<'static>,
    /// CLDR's index letters, in order, each with the heading it stands under.
    letters: Vec<(String, String)>,
}

impl Collation {
    pub(super) fn new(locale: &IcuLocale, under: Option<&BTreeMap<String, String>>) -> Result<Collation, String> {
        let primary = collator(locale, Strength::Primary)?;
        let mut letters = index_letters(locale);
        letters.sort_by(|a, b| primary.compare(a, b).then_with(|| a.cmp(b)));
        letters.dedup_by(|b, a| primary.compare(a, b) == Ordering::Equal);
        let heading = |letter: &String| under.and_then(|under| under.get(letter)).unwrap_or(letter).clone();
        let letters = letters.into_iter().map(|letter| (letter.clone(), heading(&letter))).collect();
        Ok(Collation { full: collator(locale, Strength::Tertiary)?, primary, letters })
    }

    /// Which comes first; numbers by their value. Equal does not mean identical: break ties by the identity.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.full.compare(a, b)
    }

    /// The heading under which an index lists a title: `Ä`, `ا`; [`OTHER`] for titles without a letter at the start.
    pub fn index_letter(&self, title: &str) -> String {
        let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
        match title.chars().next() {
            Some(first) if first.is_alphabetic() => self.heading(first, title).map_or_else(|| base_letter(first), str::to_owned),
            _ => OTHER.into(),
        }
    }

    /// The accented letters that are letters of their own, in lower case: å ä ö.
    pub(super) fn own_letters(&self) -> Vec<char> {
        let lower = self.letters.iter().flat_map(|(letter, _)| letter.chars()).flat_map(char::to_lowercase);
        lower.filter(|c| !c.is_ascii()).collect()
    }

    /// The heading of the last index letter that does not come after the title, unless the title is past the alphabet.
    fn heading(&self, first: char, title: &str) -> Option<&str> {
        let after = self.letters.partition_point(|(letter, _)| self.primary.compare(letter, title) != Ordering::Greater);
        let (letter, heading) = self.letters[..after].last()?;
        let inside = after < self.letters.len() || self.starts_with(letter, first, title);
        inside.then_some(heading)
    }

    fn starts_with(&self, letter: &str, first: char, title: &str) -> bool {
        let start: String = title.chars().take(letter.chars().count()).collect();
        self.primary.compare(letter, &start).is_eq() || self.primary.compare(letter, first.encode_utf8(&mut [0; 4])).is_eq()
    }
}

fn collator(locale: &IcuLocale, strength: Strength) -> Result<CollatorBorrowed<'static>, String> {
    let mut options = CollatorOptions::default();
    options.strength = Some(strength);
    let mut preferences = CollatorPreferences::from(locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, options).map_err(|error| format!("no collation: {error}"))
}

fn index_letters(locale: &IcuLocale) -> Vec<String> {
    let Ok(set) = ExemplarCharacters::try_new_index(&locale.into()) else { return Vec::new() };
    let letters = set.code_points().iter_chars().map(String::from);
    letters.chain(set.strings().iter().map(str::to_owned)).collect()
}
