//! Generated numbers in the reader's digits; numbers in an author's text are never changed.

use fixed_decimal::{Decimal, FloatPrecision, Sign};
use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale::Locale as IcuLocale;

/// Whether the digits of a number stand in groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// `1 234 567`, as the language groups.
    Auto,
    /// `1234567`: years, versions, ids.
    Never,
}

/// How many digits stand after the decimal mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// At least so many, with zeros.
    pub min: Option<u8>,
    /// At most so many, rounded half to even.
    pub max: Option<u8>,
}

/// The number formats of one language.
#[derive(Debug)]
pub struct Numbers {
    grouped: DecimalFormatter,
    plain: DecimalFormatter,
    percent: String,
}

impl Numbers {
    pub(super) fn new(locale: &IcuLocale, percent: Option<&str>) -> Result<Numbers, String> {
        Ok(Numbers {
            grouped: formatter(locale, GroupingStrategy::Auto)?,
            plain: formatter(locale, GroupingStrategy::Never)?,
            percent: percent.filter(|pattern| pattern.contains("{n}")).unwrap_or("{n}%").into(),
        })
    }

    /// A whole number.
    pub fn integer(&self, n: i64, grouping: Grouping) -> String {
        self.with(grouping).format_to_string(&Decimal::from(n))
    }

    /// Any number; infinite ones and NaN as Rust writes them.
    pub fn decimal(&self, n: f64, grouping: Grouping, fraction: Fraction) -> String {
        rounded(n, fraction).map_or_else(|| n.to_string(), |decimal| self.with(grouping).format_to_string(&decimal))
    }

    /// A ratio as a percentage: 0.45 as `45 %`; no fraction digits unless they are asked for.
    pub fn percent(&self, ratio: f64, grouping: Grouping, fraction: Fraction) -> String {
        let max = fraction.max.or(Some(fraction.min.unwrap_or(0)));
        self.percent.replace("{n}", &self.decimal(ratio * 100.0, grouping, Fraction { max, ..fraction }))
    }

    fn with(&self, grouping: Grouping) -> &DecimalFormatter {
        match grouping {
            Grouping::Auto => &self.grouped,
            Grouping::Never => &self.plain,
        }
    }
}

fn formatter(locale: &IcuLocale, strategy: GroupingStrategy) -> Result<DecimalFormatter, String> {
    let mut options = DecimalFormatterOptions::default();
    options.grouping_strategy = Some(strategy);
    DecimalFormatter::try_new(locale.into(), options).map_err(|error| format!("no number format: {error}"))
}

/// The decimal digits of a number, rounded and filled up; `None` if it has none.
pub(super) fn rounded(n: f64, fraction: Fraction) -> Option<Decimal> {
    let mut decimal = Decimal::try_from_f64(n, FloatPrecision::RoundTrip).ok()?;
    if let Some(max) = fraction.max {
        decimal.round(-i16::from(max));
        decimal.absolute.trim_end();
    }
    if decimal.absolute.is_zero() {
        decimal.set_sign(Sign::None);
    }
    if let Some(min) = fraction.min {
        decimal.absolute.pad_end(-i16::from(min));
    }
    Some(decimal)
}
