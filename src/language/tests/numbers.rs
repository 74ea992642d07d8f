use super::locale;
use crate::language::data::{LanguageData, ListPatterns};
use crate::language::isolation::strip_bidi;
use crate::language::locale::Locale;

#[test]
fn e2_numbers() {
    let (sv, fa, en) = (locale("sv"), locale("fa"), locale("en"));
    assert_eq!(fa.number(1_234_567), "۱٬۲۳۴٬۵۶۷");
    assert_eq!(fa.decimal(12345.67), "۱۲٬۳۴۵٫۶۷");
    assert_eq!(sv.number(1_234_567), "1\u{A0}234\u{A0}567");
    assert_eq!(sv.decimal(12345.67), "12\u{A0}345,67");
    assert_eq!(sv.number(-5), "\u{2212}5");
    assert_eq!(en.number(1_234_567), "1,234,567");
}

#[test]
fn e2_years_are_not_grouped() {
    assert_eq!(locale("fa").plain_number(1405), "۱۴۰۵");
    assert_eq!(locale("sv").plain_number(2026), "2026");
    assert_eq!(locale("en").plain_number(2026), "2026");
}

#[test]
fn e2_percent() {
    for (ratio, fa, sv, en) in [(0.45, "۴۵٪", "45\u{A0}%", "45%"), (0.29, "۲۹٪", "29\u{A0}%", "29%"), (1.0, "۱۰۰٪", "100\u{A0}%", "100%")] {
        assert_eq!(locale("fa").percent(ratio), fa);
        assert_eq!(locale("sv").percent(ratio), sv);
        assert_eq!(locale("en").percent(ratio), en);
    }
}

#[test]
fn e2_numbers_without_digits_do_not_panic() {
    assert_eq!(locale("sv").decimal(f64::INFINITY), "inf");
    assert_eq!(locale("sv").decimal(f64::NAN), "NaN");
    assert_eq!(locale("sv").decimal(-0.0), "0");
    assert_eq!(locale("sv").percent(-0.001), "0\u{A0}%");
    assert!(locale("sv").decimal(1e300).ends_with("000"));
}

#[test]
fn e2_digits_are_data() {
    let latin = LanguageData { digits: Some("latn".into()), ..LanguageData::default() };
    assert_eq!(Locale::new("fa", &latin).unwrap().number(1234), "1,234");
    assert_eq!(locale("ar").number(1234), "١٬٢٣٤");
    let wrong = LanguageData { digits: Some("no such".into()), ..LanguageData::default() };
    assert_eq!(Locale::new("fa", &wrong).unwrap_err(), "`digits = \"no such\"` is not a numbering system, such as `arabext`");
}

#[test]
fn a7_negative_persian_numbers_carry_a_mark_that_isolates_make_needless() {
    assert_eq!(locale("fa").decimal(-0.5), "\u{200E}\u{2212}۰\u{66B}۵");
    assert_eq!(strip_bidi(&locale("fa").decimal(-0.5)), "\u{2212}۰٫۵");
}

fn list(tag: &str, items: &[&str]) -> String {
    locale(tag).join(&items.iter().map(ToString::to_string).collect::<Vec<_>>())
}

#[test]
fn e4_lists() {
    assert_eq!(list("en", &["a", "b", "c"]), "a, b and c");
    assert_eq!(list("sv", &["a", "b", "c"]), "a, b och c");
    assert_eq!(list("fa", &["الف", "ب", "پ"]), "الف، ب و پ");
    assert_eq!(list("fa", &["الف", "ب"]), "الف و ب");
    assert_eq!(list("fa", &["الف"]), "الف");
    assert_eq!(list("fa", &[]), "");
    let american = Locale::new("en-US", &LanguageData::default()).unwrap();
    assert_eq!(american.join(&["a", "b", "c"].map(String::from)), "a, b, and c");
}

#[test]
fn e4_lists_by_cldr() {
    let data = LanguageData { list: Some(ListPatterns::Cldr), ..LanguageData::default() };
    let fa = Locale::new("fa", &data).unwrap();
    assert_eq!(fa.join(&["الف", "ب", "پ"].map(String::from)), "الف،\u{200F} ب، و پ");
}
