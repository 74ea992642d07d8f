//! Dates in the reader's calendar, words and digits (CLDR through ICU4X).

use super::data::Calendar;
use super::date::Date;
use icu_calendar::cal::{Gregorian, Persian};
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{M, Y, YM, YMD, YMDE};
use icu_locale::Locale as IcuLocale;

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// `21 March 2026`.
    Long,
    /// `Saturday, 21 March 2026`.
    Full,
    /// `21/03/2026`.
    Short,
}

/// The date formats of one language.
#[derive(Debug)]
pub struct Dates {
    calendar: Calendar,
    gregorian: GregorianDates,
    persian: PersianDates,
    month_year: Option<String>,
}

/// One set of formats for each calendar: ICU4X makes the calendar a type.
macro_rules! formats {
    ($name:ident, $calendar:ident) => {
        #[derive(Debug)]
        struct $name {
            long: Formatter<$calendar, YMD>,
            full: Formatter<$calendar, YMDE>,
            short: Formatter<$calendar, YMD>,
            month_year: Formatter<$calendar, YM>,
            month: Formatter<$calendar, M>,
            year: Formatter<$calendar, Y>,
        }

        impl $name {
            fn new(locale: &IcuLocale) -> Result<$name, icu_datetime::DateTimeFormatterLoadError> {
                Ok($name {
                    long: Formatter::try_new(locale.into(), YMD::long())?,
                    full: Formatter::try_new(locale.into(), YMDE::long())?,
                    short: Formatter::try_new(locale.into(), YMD::short())?,
                    month_year: Formatter::try_new(locale.into(), YM::long())?,
                    month: Formatter::try_new(locale.into(), M::long())?,
                    year: Formatter::try_new(locale.into(), Y::long())?,
                })
            }

            fn date(&self, date: Date, style: DateStyle) -> String {
                let date = date.icu().to_calendar($calendar);
                match style {
                    DateStyle::Long => self.long.format(&date).to_string(),
                    DateStyle::Full => self.full.format(&date).to_string(),
                    DateStyle::Short => self.short.format(&date).to_string(),
                }
            }

            fn month_year(&self, date: Date, pattern: Option<&str>) -> String {
                let date = date.icu().to_calendar($calendar);
                let Some(pattern) = pattern else { return self.month_year.format(&date).to_string() };
                pattern.replace("{month}", &self.month.format(&date).to_string()).replace("{year}", &self.year.format(&date).to_string())
            }
        }
    };
}

formats!(GregorianDates, Gregorian);
formats!(PersianDates, Persian);

impl Dates {
    pub(super) fn new(locale: &IcuLocale, calendar: Calendar, month_year: Option<&str>) -> Result<Dates, String> {
        let wrong = |error| format!("no date format: {error}");
        Ok(Dates {
            calendar,
            gregorian: GregorianDates::new(locale).map_err(wrong)?,
            persian: PersianDates::new(locale).map_err(wrong)?,
            month_year: month_year.filter(|pattern| pattern.contains("{month}") && pattern.contains("{year}")).map(str::to_owned),
        })
    }

    /// The calendar of the reader.
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// A date in one of the calendars.
    pub fn date(&self, date: Date, style: DateStyle, calendar: Calendar) -> String {
        match calendar {
            Calendar::Gregory => self.gregorian.date(date, style),
            Calendar::Persian => self.persian.date(date, style),
        }
    }

    /// `March 2026`, in the reader's calendar.
    pub fn month_year(&self, date: Date) -> String {
        match self.calendar {
            Calendar::Gregory => self.gregorian.month_year(date, self.month_year.as_deref()),
            Calendar::Persian => self.persian.month_year(date, self.month_year.as_deref()),
        }
    }
}
