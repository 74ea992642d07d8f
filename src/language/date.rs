//! A day, whatever calendar it was written in.

use super::data::Calendar;
use icu_calendar::{Date as IcuDate, Iso, types::RataDie};
use std::fmt;

/// One day. Kept as ISO 8601; shown by [`Locale::date`](super::locale::Locale::date).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// Why a text is not a date; `Display` says it to an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Not three numbers with hyphens.
    NotADate(String),
    /// A time stands after the day.
    HasTime(String),
    /// A day that its calendar does not have.
    NoSuchDay(String, Calendar),
    /// A year before 1700 in a Gregorian date.
    LooksPersian(String),
    /// A year from 1700 in a Persian date.
    LooksGregorian(String),
}

/// Years below this are hardly Gregorian, years from it are hardly Persian.
const CALENDAR_BORDER: i32 = 1700;

impl Date {
    /// A day of the Gregorian calendar from year 1 to 9999, if there is such a day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        IcuDate::try_new_iso(year, month, day).ok().filter(|_| (1..=9999).contains(&year)).map(Date::from_icu)
    }

    /// Reads `2026-03-21`, or `1405-01-01` where the file says that its dates are Persian; digits of any of the three scripts.
    ///
    /// # Errors
    /// Says what is wrong, and names the other calendar where the year belongs to it.
    pub fn parse(text: &str, calendar: Calendar) -> Result<Date, DateError> {
        let text = text.trim();
        let (year, month, day) = numbers(text)?;
        match calendar {
            Calendar::Gregory if year < CALENDAR_BORDER => Err(DateError::LooksPersian(text.into())),
            Calendar::Persian if year >= CALENDAR_BORDER => Err(DateError::LooksGregorian(text.into())),
            _ => Date::in_calendar(year, month, day, calendar).ok_or_else(|| DateError::NoSuchDay(text.into(), calendar)),
        }
    }

    /// A day of either calendar, if there is such a day.
    pub fn in_calendar(year: i32, month: u8, day: u8, calendar: Calendar) -> Option<Date> {
        match calendar {
            Calendar::Gregory => Date::new(year, month, day),
            Calendar::Persian => {
                let date = Date::from_icu(IcuDate::try_new_persian(year, month, day).ok()?.to_calendar(Iso));
                Date::new(date.year, date.month, date.day)
            }
        }
    }

    /// The UTC day of a Unix time in seconds (`SOURCE_DATE_EPOCH`).
    pub fn from_unix_seconds(seconds: i64) -> Date {
        Date::from_days(seconds.div_euclid(86_400).saturating_add(UNIX_EPOCH.to_i64_date()))
    }

    /// How many days this day comes after another; negative when before.
    pub fn days_after(self, other: Date) -> i64 {
        self.icu().to_rata_die().to_i64_date() - other.icu().to_rata_die().to_i64_date()
    }

    /// Year, month and day as the calendar counts them.
    pub fn parts(self, calendar: Calendar) -> (i32, u8, u8) {
        match calendar {
            Calendar::Gregory => (self.year, self.month, self.day),
            Calendar::Persian => {
                let date = self.icu().to_calendar(icu_calendar::cal::Persian);
                (date.era_year().extended_year, date.month().ordinal, date.day_of_month().0)
            }
        }
    }

    /// The same day for ICU4X.
    pub(super) fn icu(self) -> IcuDate<Iso> {
        IcuDate::try_new_iso(self.year, self.month, self.day).unwrap_or_else(|_| IcuDate::from_rata_die(UNIX_EPOCH, Iso))
    }

    /// The day with this number, or the first or last day there is.
    fn from_days(days: i64) -> Date {
        Date::from_icu(IcuDate::from_rata_die(RataDie::new(days.clamp(1, LAST_DAY)), Iso))
    }

    fn from_icu(date: IcuDate<Iso>) -> Date {
        Date { year: date.era_year().extended_year, month: date.month().ordinal, day: date.day_of_month().0 }
    }
}

/// 1970-01-01, counted in days from 0001-01-01.
const UNIX_EPOCH: RataDie = RataDie::new(719_163);

/// 9999-12-31, counted the same way.
const LAST_DAY: i64 = 3_652_059;

fn numbers(text: &str) -> Result<(i32, u8, u8), DateError> {
    let wrong = || DateError::NotADate(text.into());
    let ascii = super::fold::ascii_digits(text);
    let day = ascii.find(['T', 't', ' ']).map_or(&*ascii, |at| &ascii[..at]);
    let mut parts = day.split('-');
    let (Some(y), Some(m), Some(d), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { return Err(wrong()) };
    let shape = y.len() == 4 && m.len() == 2 && d.len() == 2;
    let digits = [y, m, d].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !shape || !digits {
        return Err(wrong());
    }
    if day.len() < ascii.len() {
        return Err(DateError::HasTime(day.into()));
    }
    Ok((y.parse().map_err(|_| wrong())?, m.parse().map_err(|_| wrong())?, d.parse().map_err(|_| wrong())?))
}

/// ISO 8601, for `datetime` attributes, feeds and sitemaps.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::NotADate(text) => write!(f, "`{text}` is not a date; write year-month-day, such as 2026-03-21"),
            DateError::HasTime(day) => write!(f, "a date has no time of day here; write only {day}"),
            DateError::NoSuchDay(text, calendar) => write!(f, "there is no day {text} in the {} calendar", calendar.english_name()),
            DateError::LooksPersian(text) => {
                write!(f, "`{text}` looks like a Solar Hijri date; write the Gregorian date, or `calendar = \"persian\"` for the dates of this file")
            }
            DateError::LooksGregorian(text) => {
                write!(f, "`{text}` looks like a Gregorian date, but this file says `calendar = \"persian\"`")
            }
        }
    }
}

impl std::error::Error for DateError {}
