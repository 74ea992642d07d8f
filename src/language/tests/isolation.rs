use crate::language::data::Direction::{self, Ltr, Rtl};
use crate::language::isolation::{first_strong, has_strong, isolate, isolate_plain, isolate_runs, painted_with, strip_bidi, with_direction_mark};

use proptest::prelude::*;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// The text with the wrapped runs in square brackets that no test text has.
fn wrapped(text: &str, base: Direction) -> String {
    let mut out = String::new();
    let mut done = 0;
    for range in isolate(text, base) {
        out.push_str(&format!("{}⟦{}⟧", &text[done..range.start], &text[range.clone()]));
        done = range.end;
    }
    out + &text[done..]
}

#[test]
fn a4_runs_that_are_wrapped() {
    for (bare, right) in [
        ("زبان C++ آسان است", "زبان ⟦C++⟧ آسان است"),
        ("چارچوب .NET را نصب کنید", "چارچوب ⟦.NET⟧ را نصب کنید"),
        ("تلفن +46 8-123 456 است", "تلفن ⟦+46 8-123 456⟧ است"),
        ("اول CPA, KPI دوم", "اول ⟦CPA⟧, ⟦KPI⟧ دوم"),
        ("شاخص KPI:er (CPA)", "شاخص ⟦KPI:er⟧ (⟦CPA⟧)"),
        ("دما -5 درجه", "دما ⟦-5⟧ درجه"),
        ("پرچم --help را بزنید", "پرچم ⟦--help⟧ را بزنید"),
        ("آدرس https://example.com/a/ را ببینید.", "آدرس ⟦https://example.com/a/⟧ را ببینید."),
    ] {
        assert_eq!(wrapped(bare, Rtl), right);
    }
}

#[test]
fn a4_runs_that_stand_by_themselves() {
    for text in [
        "واژهٔ CPA مهم است.",
        "نسخهٔ v2.0.1-beta (قدیمی)",
        "آدرس https://example.com/a/?q=1 را ببینید.",
        "متن فارسی بدون هیچ چیز دیگر.",
        "سال 2026 بود",
        "",
    ] {
        assert_eq!(wrapped(text, Rtl), text);
    }
}

#[test]
fn a4_left_to_right_pages() {
    for text in ["Svenska först och sist", "Plain English, 3.5 (three)", "ordet شبکه betyder nät", ""] {
        assert_eq!(wrapped(text, Ltr), text);
    }
    assert_eq!(wrapped("orden شبکه, کتاب betyder", Ltr), "orden ⟦شبکه⟧, ⟦کتاب⟧ betyder");
    assert_eq!(wrapped("ordet شبکه 123 gånger", Ltr), "ordet ⟦شبکه⟧ 123 gånger");
    assert_eq!(wrapped("frasen «کتاب، قلم» här", Ltr), "frasen «کتاب، قلم» här");
}

#[test]
fn a4_inline_elements_count_as_one_neutral() {
    assert_eq!(wrapped("کد \u{FFFC} و C++ را ببینید", Rtl), "کد \u{FFFC} و ⟦C++⟧ را ببینید");
    assert_eq!(wrapped("CPA, \u{FFFC} و", Rtl), "CPA, \u{FFFC} و");
}

#[test]
fn a4_line_ends_are_spaces() {
    assert_eq!(wrapped("اول CPA,\nKPI دوم", Rtl), "اول ⟦CPA⟧,\n⟦KPI⟧ دوم");
    assert_eq!(wrapped("تلفن +46\n8-123 است", Rtl), "تلفن ⟦+46\n8-123⟧ است");
}

#[test]
fn a8_plain_texts() {
    assert_eq!(with_direction_mark("KPI چیست؟", Rtl), "\u{200F}KPI چیست؟");
    assert_eq!(with_direction_mark("شبکه", Rtl), "شبکه");
    assert_eq!(with_direction_mark("KPI", Ltr), "KPI");
    assert_eq!(isolate_plain("KPI"), "\u{2068}KPI\u{2069}");
    assert_eq!(isolate_plain("12"), "12");
    assert_eq!(isolate_runs("زبان C++", Rtl), "زبان \u{2066}C++\u{2069}");
    assert_eq!(isolate_runs("orden شبکه, کتاب", Ltr), "orden \u{2067}شبکه\u{2069}, \u{2067}کتاب\u{2069}");
    assert_eq!(isolate_runs("Mål för KPI", Ltr), "Mål för KPI");
    assert_eq!(strip_bidi("\u{2068}KPI\u{2069}\u{200F}"), "KPI");
}

#[test]
fn a5_first_strong() {
    assert_eq!(first_strong("C++ چیست"), Some(Ltr));
    assert_eq!(first_strong("چیست C++"), Some(Rtl));
    assert_eq!(first_strong("123"), None);
    assert_eq!(first_strong("\u{2068}KPI\u{2069} چیست"), Some(Rtl));
    assert!(has_strong("12 kr") && !has_strong("12 %"));
}

/// The runs that change the painted order when each alone is isolated, by UAX #9 over the whole text and without any shortcut.
fn by_the_book(text: &str, base: Direction) -> Vec<Range<usize>> {
    let bare = painted(text, base);
    let mut found = crate::language::runs::runs(text, base.opposite());
    found.retain(|run| painted_with(text, std::slice::from_ref(run), base) != bare);
    found
}

fn painted(text: &str, base: Direction) -> Vec<usize> {
    let text = text.replace('\n', " ");
    let info = BidiInfo::new(&text, Some(if base == Rtl { Level::rtl() } else { Level::ltr() }));
    let Some(paragraph) = info.paragraphs.first() else { return Vec::new() };
    BidiInfo::reorder_visual(&info.reordered_levels_per_char(paragraph, paragraph.range.clone()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn d6_shortcuts_change_nothing(text in "([ابپکیی ]{1,3}|[aAbK]{1,2}|[0-9]{1,2}|[۰-۹٠-٩]|[-+.,:/#%*_()\\[\\]{}<>«»؟،٪'–\u{200C}\u{64E}\u{FFFC}\u{200E}\u{200F}\n€]| ){0,14}") {
        for base in [Rtl, Ltr] {
            let (wrapped, book) = (isolate(&text, base), by_the_book(&text, base));
            let order = painted_with(&text, &crate::language::runs::runs(&text, base.opposite()), base);
            prop_assert_eq!(&painted_with(&text, &wrapped, base), &order, "{:?} {:?}", base, text);
            if painted_with(&text, &book, base) == order {
                prop_assert_eq!(&wrapped, &book, "{:?} {:?}", base, text);
            }
        }
    }

    #[test]
    fn d6_any_text(text in "\\PC{0,40}") {
        for base in [Rtl, Ltr] {
            let mut end = 0;
            for range in isolate(&text, base) {
                prop_assert!(range.start >= end && range.end > range.start && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                end = range.end;
            }
        }
    }
}
