use super::locale;
use crate::language::data::{Calendar, LanguageData};
use crate::language::date::{Date, DateError};
use crate::language::date_format::DateStyle;
use crate::language::locale::Locale;

fn date(text: &str) -> Date {
    Date::parse(text, Calendar::Gregory).unwrap()
}

fn formatted_by(tag: &str) -> Locale {
    Locale::new(tag, &LanguageData::default()).unwrap()
}

#[test]
fn e1_dates_long() {
    let day = date("2026-03-21");
    assert_eq!(locale("sv").date(&day, DateStyle::Long), "21 mars 2026");
    assert_eq!(locale("fa").date(&day, DateStyle::Long), "۱ فروردین ۱۴۰۵");
    assert_eq!(locale("en").date(&day, DateStyle::Long), "21 March 2026");
    assert_eq!(formatted_by("en").date(&day, DateStyle::Long), "March 21, 2026");
}

#[test]
fn e1_dates_full() {
    let day = date("2026-03-21");
    assert_eq!(locale("sv").date(&day, DateStyle::Full), "lördag 21 mars 2026");
    assert_eq!(locale("fa").date(&day, DateStyle::Full), "شنبه ۱ فروردین ۱۴۰۵");
    assert_eq!(locale("en").date(&day, DateStyle::Full), "Saturday, 21 March 2026");
    assert_eq!(formatted_by("en").date(&day, DateStyle::Full), "Saturday, March 21, 2026");
}

#[test]
fn e1_dates_short() {
    let day = date("2026-03-21");
    assert_eq!(locale("sv").date(&day, DateStyle::Short), "2026-03-21");
    assert_eq!(locale("fa").date(&day, DateStyle::Short), "۱۴۰۵/۱/۱");
    assert_eq!(locale("en").date(&day, DateStyle::Short), "21/03/2026");
    assert_eq!(formatted_by("en").date(&day, DateStyle::Short), "3/21/26");
}

#[test]
fn e1_gregorian_in_persian() {
    assert_eq!(locale("fa").dates.date(date("2026-03-21"), DateStyle::Long, Calendar::Gregory), "۲۱ مارس ۲۰۲۶");
    assert_eq!(locale("sv").dates.date(date("2026-03-21"), DateStyle::Long, Calendar::Gregory), "21 mars 2026");
}

#[test]
fn e1_month_and_year() {
    let day = date("2026-03-21");
    assert_eq!(locale("sv").month_year(&day), "mars 2026");
    assert_eq!(locale("fa").month_year(&day), "فروردین ۱۴۰۵");
    assert_eq!(locale("en").month_year(&day), "March 2026");
}

#[test]
fn e1_edges_of_the_persian_calendar() {
    let fa = locale("fa");
    for (gregorian, persian) in [
        ("2025-03-20", "۳۰ اسفند ۱۴۰۳"),
        ("2025-03-21", "۱ فروردین ۱۴۰۴"),
        ("2026-03-20", "۲۹ اسفند ۱۴۰۴"),
        ("2024-03-20", "۱ فروردین ۱۴۰۳"),
        ("1979-02-11", "۲۲ بهمن ۱۳۵۷"),
        ("2026-11-21", "۳۰ آبان ۱۴۰۵"),
    ] {
        assert_eq!(fa.date(&date(gregorian), DateStyle::Long), persian);
    }
}

#[test]
fn e1_dari_months() {
    assert_eq!(formatted_by("fa-AF").date(&date("2026-03-21"), DateStyle::Long), "۱ حمل ۱۴۰۵");
}

#[test]
fn e1_the_calendar_of_a_region_comes_from_cldr() {
    assert_eq!(formatted_by("fa").dates.calendar(), Calendar::Persian);
    assert_eq!(formatted_by("ckb-IR").dates.calendar(), Calendar::Persian);
    assert_eq!(formatted_by("ar").dates.calendar(), Calendar::Gregory);
    assert_eq!(formatted_by("th").dates.calendar(), Calendar::Gregory);
}

#[test]
fn e1_a_persian_date_among_gregorian_ones() {
    let error = Date::parse("1405-01-01", Calendar::Gregory).unwrap_err();
    assert_eq!(error, DateError::LooksPersian("1405-01-01".into()));
    assert!(error.to_string().contains("looks like a Solar Hijri date"));
    assert_eq!(Date::parse("1405-01-01", Calendar::Persian).unwrap(), date("2026-03-21"));
    assert_eq!(Date::parse("۱۴۰۵-۰۱-۰۱", Calendar::Persian).unwrap().to_string(), "2026-03-21");
    assert_eq!(Date::parse("2026-03-21", Calendar::Persian).unwrap_err(), DateError::LooksGregorian("2026-03-21".into()));
}

#[test]
fn e1_wrong_dates_say_why() {
    let error = |text, calendar| Date::parse(text, calendar).unwrap_err().to_string();
    assert_eq!(error("21/3 2026", Calendar::Gregory), "`21/3 2026` is not a date; write year-month-day, such as 2026-03-21");
    assert_eq!(error("2026-3-1", Calendar::Gregory), "`2026-3-1` is not a date; write year-month-day, such as 2026-03-21");
    assert_eq!(error("2026-02-29", Calendar::Gregory), "there is no day 2026-02-29 in the Gregorian calendar");
    assert_eq!(error("1404-12-30", Calendar::Persian), "there is no day 1404-12-30 in the Solar Hijri calendar");
    assert_eq!(error("2026-03-21T10:00:00Z", Calendar::Gregory), "a date has no time of day here; write only 2026-03-21");
    assert_eq!(error("", Calendar::Gregory), "`` is not a date; write year-month-day, such as 2026-03-21");
}

#[test]
fn dates_are_ordered_and_counted() {
    let day = date("2026-03-21");
    assert!(day > date("2025-12-31"));
    assert_eq!(day.days_after(date("2026-03-01")), 20);
    assert_eq!(Date::from_unix_seconds(0).to_string(), "1970-01-01");
    assert_eq!(Date::from_unix_seconds(-1).to_string(), "1969-12-31");
    assert_eq!(Date::from_unix_seconds(1_774_051_200).to_string(), "2026-03-21");
    assert_eq!(Date::from_unix_seconds(i64::MAX).to_string(), "9999-12-31");
    assert_eq!(Date::from_unix_seconds(i64::MIN).to_string(), "0001-01-01");
    assert_eq!(day.parts(Calendar::Persian), (1405, 1, 1));
}
