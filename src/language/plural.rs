//! Plural categories (LANGUAGE.md E3; CLDR plural rules, UTS #35 part 3).

use super::number::{Fraction, rounded};
use fixed_decimal::Decimal;
use icu_locale::Locale as IcuLocale;
use icu_plurals::{PluralCategory, PluralRules};

/// A number as it is shown: `1` and `1.0` may have different categories.
#[derive(Clone, Debug)]
pub struct Quantity(Decimal);

impl Quantity {
    /// A number with so many fraction digits; whole where it has no digits.
    pub fn new(n: f64, fraction: Fraction) -> Quantity {
        Quantity(rounded(n, fraction).unwrap_or_default())
    }
}

impl From<f64> for Quantity {
    fn from(n: f64) -> Quantity {
        Quantity::new(n, Fraction::default())
    }
}

impl From<i64> for Quantity {
    fn from(n: i64) -> Quantity {
        Quantity(n.into())
    }
}

impl From<usize> for Quantity {
    fn from(n: usize) -> Quantity {
        Quantity(n.into())
    }
}

/// The plural rules of one language.
#[derive(Debug)]
pub struct Plurals {
    cardinal: PluralRules,
    ordinal: PluralRules,
}

impl Plurals {
    pub(super) fn new(locale: &IcuLocale) -> Result<Plurals, String> {
        let wrong = |error| format!("no plural rules: {error}");
        Ok(Plurals {
            cardinal: PluralRules::try_new_cardinal(locale.into()).map_err(wrong)?,
            ordinal: PluralRules::try_new_ordinal(locale.into()).map_err(wrong)?,
        })
    }

    /// The category of a count: `one`, `other`, ….
    pub fn cardinal(&self, n: impl Into<Quantity>) -> &'static str {
        name(self.cardinal.category_for(&n.into().0))
    }

    /// The category of a rank: `one` for 1st and 21st in English.
    pub fn ordinal(&self, n: impl Into<Quantity>) -> &'static str {
        name(self.ordinal.category_for(&n.into().0))
    }

    /// All categories of counts.
    pub fn cardinals(&self) -> Vec<&'static str> {
        self.cardinal.categories().map(name).collect()
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
