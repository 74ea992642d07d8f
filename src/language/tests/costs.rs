//! What the floor costs: `CARGO_PROFILE_DEV_OPT_LEVEL=3 cargo test --lib language::tests::costs -- --ignored --nocapture`.

use super::locale;
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::language::data::Calendar;
use crate::language::data::Direction::{Ltr, Rtl};
use crate::language::date::Date;
use crate::language::date_format::DateStyle;
use crate::language::fold::{collision_key, nfc};
use crate::language::isolation::isolate;
use crate::language::messages::{Messages, Sink};
use crate::language::slug::slug;
use crate::language::words::count_words;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

const PERSIAN: &str = "برای رسیدن به هدف\u{200C}های بازاریابی، نخست باید شاخص\u{200C}های کلیدی عملکرد یا KPI را بشناسید و بدانید که هر کدام چه چیزی را می\u{200C}سنجند. \
    یکی از رایج\u{200C}ترین آن\u{200C}ها CPA است که هزینهٔ جذب هر مشتری را نشان می\u{200C}دهد؛ اگر این عدد بالا برود، باید کمپین را در Google Ads بازبینی کنید. \
    سپس بودجه را میان کانال\u{200C}ها تقسیم کنید و نتیجه را هر هفته بنویسید.";
const HARD: &str = "زبان C++ آسان است و تلفن +46 8-123 456 در «شاخص KPI:er (CPA)» آمده، سپس اول CPA, KPI و بعد --help را بزنید و متن فارسی ادامه دارد تا به پایان برسد، که باید سیصد نویسه باشد.";
const SWEDISH: &str = "För att nå målen för marknadsföringen behöver du först förstå nyckeltalen, det vill säga KPI:erna, och veta vad vart och ett mäter. Ett av de vanligaste är CPA.";

fn time<T>(name: &str, mut work: impl FnMut() -> T) {
    let rounds = 2000_u32;
    (0..100).for_each(|_| drop(black_box(work())));
    let start = Instant::now();
    (0..rounds).for_each(|_| drop(black_box(work())));
    println!("{name:40} {:9.2} µs", start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds));
}

#[test]
#[ignore = "measures, proves nothing"]
fn costs() {
    let (fa, sv) = (locale("fa"), locale("sv"));
    println!("{} characters, {} runs wrapped", PERSIAN.chars().count(), isolate(PERSIAN, Rtl).len());
    println!("{} characters, {} runs wrapped", HARD.chars().count(), isolate(HARD, Rtl).len());
    let day = Date::parse("2026-03-21", Calendar::Gregory).unwrap();
    time("isolate, Persian paragraph", || isolate(PERSIAN, Rtl));
    time("isolate, hard Persian paragraph", || isolate(HARD, Rtl));
    time("isolate, Swedish paragraph", || isolate(SWEDISH, Ltr));
    time("nfc, Persian paragraph", || nfc(PERSIAN).len());
    time("count_words, Persian paragraph", || count_words(PERSIAN));
    time("count_words, Swedish paragraph", || count_words(SWEDISH));
    time("no_break, Swedish paragraph", || sv.punctuation.no_break(SWEDISH).len());
    time("search_key, word", || fa.search_key("هدف\u{200C}های"));
    time("slug, heading", || slug("راهنمای KPI:ها (نسخهٔ ۲)"));
    time("collision_key", || collision_key("راهنمای-kpiها-نسخه-2"));
    time("number", || fa.number(1_234_567));
    time("date long", || fa.date(&day, DateStyle::Long));
    time("compare", || fa.compare("شبکه\u{200C}های عصبی", "شبکه\u{200C}های اجتماعی"));
    time("index_letter", || fa.index_letter("شبکه"));
    time("soft_hyphens", || sv.soft_hyphens("Försäljningsrapporteringen idag").len());
    let shared = Arc::new(locale("fa"));
    let source = Source::new(SourcePath::new("theme.ftl"), include_str!("../../../locales/fa/theme.ftl"));
    let (messages, _) = Messages::new(Arc::clone(&shared), std::slice::from_ref(&source));
    time("message, plain", || messages.format("toc-title", &[], Sink::Html));
    time("message, plural", || messages.format("guide-count", &[("count", 12_usize.into())], Sink::Html));
    time("message, plural, text", || messages.format("guide-count", &[("count", 12_usize.into())], Sink::Text));
    time("Messages::new, the theme's strings", || Messages::new(Arc::clone(&shared), std::slice::from_ref(&source)));
    time("Locale::new", || locale("fa"));
}
