use super::locale;
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::language::data::{Calendar, LanguageData};
use crate::language::date::Date;
use crate::language::locale::Locale;
use crate::language::messages::{MessageError, Messages, Sink, Template, Value};
use proptest::prelude::*;
use std::sync::Arc;

const FA: &str = "
items = { $n ->
    [0] هیچ راهنمایی نیست
    [one] { $n } راهنما
   *[other] { $n } راهنما
}
pct = { NUMBER($n, style: \"percent\") } کامل
year = { NUMBER($n, useGrouping: \"false\") }
updated = به‌روزرسانی: { DATETIME($iso) } ({ DATETIME($iso, calendar: \"gregorian\") })
title = راهنمای { $title }
";
const SV: &str = "
items = { $n ->
    [one] { $n } guide
   *[other] { $n } guider
}
pct = { NUMBER($n, style: \"percent\") } klart
updated = Uppdaterad { DATETIME($iso) }
title = Guide till { $title }
";
const EN: &str = "
items = { $n ->
    [one] { $n } guide
   *[other] { $n } guides
}
pct = { NUMBER($n, style: \"percent\") } done
";

fn source(name: &str, text: &str) -> Source {
    Source::new(SourcePath::new(name), text)
}

fn messages(tag: &str, text: &str) -> Messages {
    let (messages, problems) = Messages::new(Arc::new(locale(tag)), &[source("a.ftl", text)]);
    assert_eq!(problems, []);
    messages
}

fn text(tag: &str, ftl: &str, key: &str, arguments: &[(&str, Value)]) -> String {
    messages(tag, ftl).format(key, arguments, Sink::Text).unwrap().replace('\u{2068}', "⟨").replace('\u{2069}', "⟩")
}

fn html(tag: &str, ftl: &str, key: &str, arguments: &[(&str, Value)]) -> String {
    messages(tag, ftl).format(key, arguments, Sink::Html).unwrap()
}

fn number(n: f64) -> [(&'static str, Value<'static>); 1] {
    [("n", Value::Number(n))]
}

fn nowruz() -> [(&'static str, Value<'static>); 1] {
    [("iso", Value::Date(Date::parse("2026-03-21", Calendar::Gregory).unwrap()))]
}

#[test]
fn f4_persian() {
    assert_eq!(text("fa", FA, "items", &number(0.0)), "هیچ راهنمایی نیست");
    assert_eq!(text("fa", FA, "items", &number(1.0)), "⟨۱⟩ راهنما");
    assert_eq!(text("fa", FA, "items", &number(1234.0)), "⟨۱٬۲۳۴⟩ راهنما");
    assert_eq!(text("fa", FA, "pct", &number(0.45)), "⟨۴۵٪⟩ کامل");
    assert_eq!(text("fa", FA, "year", &number(1405.0)), "۱۴۰۵");
    assert_eq!(text("fa", FA, "updated", &nowruz()), "به‌روزرسانی: ⟨۱ فروردین ۱۴۰۵⟩ (⟨۲۱ مارس ۲۰۲۶⟩)");
}

#[test]
fn f4_swedish_and_english() {
    assert_eq!(text("sv", SV, "items", &number(1.0)), "1 guide");
    assert_eq!(text("sv", SV, "items", &number(1234.0)), "1\u{A0}234 guider");
    assert_eq!(text("sv", SV, "pct", &number(0.45)), "45\u{A0}% klart");
    assert_eq!(text("sv", SV, "updated", &nowruz()), "Uppdaterad 21 mars 2026");
    assert_eq!(text("en", EN, "items", &number(0.0)), "0 guides");
    assert_eq!(text("en", EN, "items", &number(1234.0)), "1,234 guides");
    assert_eq!(text("en", EN, "pct", &number(0.45)), "45% done");
}

#[test]
fn f1_bare_numbers_options_and_literals_follow_the_language() {
    assert_eq!(text("fa", "a = { $n }", "a", &number(12345.67)), "۱۲٬۳۴۵٫۶۷");
    assert_eq!(text("sv", "a = { $n }", "a", &number(12345.67)), "12\u{A0}345,67");
    assert_eq!(text("fa", "a = { 1234 }", "a", &[]), "۱٬۲۳۴");
    assert_eq!(text("fa", "a = { NUMBER($n, maximumFractionDigits: 1) }", "a", &number(2.26)), "۲٫۳");
    assert_eq!(text("en", "a = { NUMBER($n, minimumFractionDigits: 2) }", "a", &number(2.5)), "2.50");
    assert_eq!(text("en", "a = { NUMBER($n, style: \"percent\", maximumFractionDigits: 1) }", "a", &number(0.125)), "12.5%");
    let ranks = "a = { NUMBER($n, type: \"ordinal\") ->\n [one] { $n }st\n [two] { $n }nd\n *[other] { $n }th\n }";
    assert_eq!(text("en", ranks, "a", &number(22.0)), "22nd");
    let latin = Locale::new("fa", &LanguageData { digits: Some("latn".into()), ..LanguageData::default() }).unwrap();
    let (messages, _) = Messages::new(Arc::new(latin), &[source("a.ftl", "a = { $n }")]);
    assert_eq!(messages.format("a", &number(12.0), Sink::Text).unwrap(), "12");
}

#[test]
fn f1_any_number_is_written() {
    for n in [f64::NAN, f64::INFINITY, -1e300, 1e15, 1e-300, 0.1 + 0.2, -0.0, f64::MAX, f64::MIN_POSITIVE] {
        assert!(!text("sv", SV, "items", &number(n)).is_empty());
        assert!(!text("fa", FA, "pct", &number(n)).is_empty());
    }
}

#[test]
fn f2_dates() {
    for (options, shown) in [
        ("", "۱ فروردین ۱۴۰۵"),
        (", style: \"full\"", "شنبه ۱ فروردین ۱۴۰۵"),
        (", style: \"short\"", "۱۴۰۵/۱/۱"),
        (", style: \"month-year\"", "فروردین ۱۴۰۵"),
        (", calendar: \"gregory\"", "۲۱ مارس ۲۰۲۶"),
    ] {
        assert_eq!(text("fa", &format!("a = {{ DATETIME($iso{options}) }}"), "a", &nowruz()), shown);
    }
    assert_eq!(html("fa", "a = { DATETIME($iso) }", "a", &nowruz()), "۱ فروردین ۱۴۰۵");
    let wrong = messages("sv", "a = { DATETIME($iso) }").format("a", &[("iso", "soon".into())], Sink::Text);
    assert_eq!(wrong.unwrap(), "DATETIME()");
}

#[test]
fn f2_messages_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Messages>();
}

#[test]
fn f3_arguments_are_isolated_by_the_sink() {
    let title = |text: &'static str| [("title", Value::from(text))];
    assert_eq!(text("fa", FA, "title", &title("KPI")), "راهنمای ⟨KPI⟩");
    assert_eq!(text("sv", SV, "title", &title("KPI")), "Guide till KPI");
    assert_eq!(text("sv", SV, "title", &title("شبکه")), "Guide till ⟨شبکه⟩");
    assert_eq!(html("fa", FA, "title", &title("KPI")), "راهنمای <bdi>KPI</bdi>");
    assert_eq!(html("fa", FA, "items", &number(1234.0)), "۱٬۲۳۴ راهنما");
    assert_eq!(html("fa", FA, "updated", &nowruz()), "به‌روزرسانی: ۱ فروردین ۱۴۰۵ (۲۱ مارس ۲۰۲۶)");
}

#[test]
fn f3_html_is_safe() {
    let attack = [("title", Value::from("<script>\u{FDD2}\u{FDD0}1|||\u{FDD1}&\"'"))];
    assert_eq!(html("sv", SV, "title", &attack), "Guide till <bdi>&lt;script&gt;1|||&amp;&quot;&#39;</bdi>");
    let safe = [("title", Value::Html("<bdi lang=\"en\">KPI</bdi>".into()))];
    assert_eq!(html("sv", SV, "title", &safe), "Guide till <bdi lang=\"en\">KPI</bdi>");
    assert_eq!(html("sv", "a = Tom & \"Jerry\"", "a", &[]), "Tom &amp; &quot;Jerry&quot;");
    assert_eq!(text("sv", "a = Tom & \"Jerry\"", "a", &[]), "Tom & \"Jerry\"");
}

#[test]
fn f3_text_arguments_still_select() {
    let ftl = "a = { $kind ->\n [note] Obs\n *[other] Annat\n }";
    assert_eq!(html("sv", ftl, "a", &[("kind", "note".into())]), "Obs");
}

#[test]
fn a7_negative_numbers_in_html_hold_no_controls() {
    assert_eq!(html("fa", "a = دما { $n }", "a", &number(-5.0)), "دما <bdi dir=\"ltr\">\u{2212}۵</bdi>");
}

fn problems(text: &str) -> Vec<String> {
    let (_, problems) = Messages::new(Arc::new(locale("sv")), &[source("a.ftl", text)]);
    problems.iter().map(|p| format!("{:?} {}: {}", p.code, p.span.as_ref().map_or(0, |s| s.start), p.message)).collect()
}

#[test]
fn f3_strings_hold_no_markup() {
    assert_eq!(problems("a = En <b>fet</b>"), ["STR005 7: strings hold no markup"]);
    assert_eq!(problems("a = { \"<b>\" }"), ["STR005 7: strings hold no markup"]);
    assert_eq!(problems("a = { \"\\u003Cb>\" }"), ["STR005 7: strings hold no markup"]);
    let (messages, _) = Messages::new(Arc::new(locale("sv")), &[source("a.ftl", "a = <b>{ \"<i>\" }")]);
    assert_eq!(messages.format("a", &[], Sink::Html).unwrap(), "&lt;b&gt;   ");
}

#[test]
fn f4_what_is_wrong_has_a_place() {
    assert_eq!(problems("å = x"), ["STR001 0: this string cannot be read: expected one of \"a-zA-Z\""]);
    assert_eq!(problems("a = { $n ->\n [one] x\n }"), ["STR001 22: this string cannot be read: none of its forms holds for all other numbers"]);
    assert_eq!(problems("a = { $n\nb = x"), ["STR001 7: this string cannot be read: a brace is not closed"]);
    assert_eq!(problems("a =\nb = x"), ["STR001 0: this string cannot be read: `a` has no text"]);
    assert_eq!(problems("a = x\na = y"), ["STR001 6: `a` is written twice"]);
    assert_eq!(problems("a = { b }"), ["STR002 6: there is no string `b`"]);
    assert_eq!(problems("a = { b }\nb = { a }"), ["STR001 0: `a` refers to itself", "STR001 10: `b` refers to itself"]);
    assert_eq!(problems("a = { DATE($d) }"), ["STR001 6: there is no function `DATE`"]);
    assert_eq!(problems("a = { NUMBER($n, digits: 2) }"), ["STR001 17: `NUMBER` has no option `digits`"]);
    assert_eq!(problems("a = { NUMBER($n, minimumFractionDigits: 400) }"), ["STR001 17: a value that `minimumFractionDigits` does not take"]);
    assert_eq!(problems("a = { DATETIME($n, style: \"huge\") }"), ["STR001 19: a value that `style` does not take"]);
    assert_eq!(problems("a = { NUMBER() }"), ["STR001 6: `NUMBER` takes one value and named options"]);
    assert_eq!(problems("a = { 1234567890123456789012 ->\n [1] x\n *[other] y\n }"), ["STR001 6: this number is too long"]);
    assert_eq!(problems(&format!("a = {}", "{".repeat(100_000))), ["STR001 34: braces are nested too deep here"]);
    assert_eq!(problems(&format!("a = {{ {}", "A(\n".repeat(100_000))).len(), 1);
    assert_eq!(problems("a = { \"\\uی\" }"), ["STR001 7: this is not a character code"]);
    let braces: String = (0..50).map(|n| format!("a{} = {{ \"{{\" }} (\n# {{{{\n", "b".repeat(n))).collect();
    assert_eq!(problems(&braces), [""; 0]);
}

#[test]
fn f4_the_rest_of_a_broken_file_works() {
    let (messages, problems) = Messages::new(Arc::new(locale("sv")), &[source("a.ftl", "a = x\nb = { $ }\nc = z")]);
    assert_eq!(problems.len(), 1);
    assert_eq!(messages.format("a", &[], Sink::Text).unwrap(), "x");
    assert_eq!(messages.format("c", &[], Sink::Text).unwrap(), "z");
}

#[test]
fn f4_layers() {
    let site = source("site.ftl", "title = Min sajt\nsearch = Leta");
    let theme = source(
        "theme.ftl",
        "title = Tema\nnext = Nästa { -brand }\n-brand = Rahnama\nsearch = Sök\n .hint = Skriv ett ord\nmenu = Meny\n .hint = Öppna",
    );
    let (messages, problems) = Messages::new(Arc::new(locale("sv")), &[site, theme]);
    assert_eq!(problems, []);
    let format = |key| messages.format(key, &[], Sink::Text);
    assert_eq!(format("title").unwrap(), "Min sajt");
    assert_eq!(format("next").unwrap(), "Nästa Rahnama");
    assert_eq!(format("menu.hint").unwrap(), "Öppna");
    assert_eq!(format("search.hint"), Err(MessageError::Unknown("search.hint".into())));
    assert_eq!(messages.messages().map(|(key, _)| key).collect::<Vec<_>>(), ["menu", "menu.hint", "next", "search", "title"]);
    assert_eq!(&*messages.message("title").unwrap().span.path, "site.ftl");
}

#[test]
fn f4_arguments_are_known() {
    let messages = messages("sv", "a = { $x } { b } { -t(p: 1) }\nb = { NUMBER($y) ->\n *[other] { $z }\n }\n-t = { $p }");
    let names = |key: &str| messages.message(key).unwrap().arguments.iter().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(names("a"), "x y z");
    assert_eq!(names("b"), "y z");
    assert_eq!(messages.message("a").unwrap().references.keys().collect::<Vec<_>>(), ["-t", "b"]);
    let missing = messages.format("b", &[("y", Value::Number(1.0))], Sink::Text).unwrap_err();
    let problems = vec!["Resolver error: Unknown variable: $z".to_owned()];
    assert_eq!(missing, MessageError::Incomplete { text: "{$z}".into(), problems });
}

#[test]
fn f4_one_without_zero() {
    let messages = messages("fa", &format!("{FA}\nb = {{ $n ->\n [one] x\n *[other] y\n }}"));
    assert!(messages.message("items").unwrap().one_without_zero.is_none());
    assert!(messages.message("b").unwrap().one_without_zero.is_some());
}

#[test]
fn templates_for_scripts() {
    let messages = messages("fa", &format!("{FA}\nplain = سلام {{ $name }} { }\n", "{ \"!\" }"));
    assert_eq!(messages.template("plain"), Some(Template::Plain("سلام {name} !".into())));
    let items = messages.template("items").unwrap();
    assert_eq!(items.attribute(), "{\"=0\":\"هیچ راهنمایی نیست\",\"one\":\"{n} راهنما\",\"other\":\"{n} راهنما\"}");
    assert_eq!(messages.template("updated"), None);
    assert_eq!(messages.template("missing"), None);
}

#[test]
fn the_theme_strings_of_this_repository_are_good() {
    for (tag, text) in [
        ("sv", include_str!("../../../locales/sv/theme.ftl")),
        ("fa", include_str!("../../../locales/fa/theme.ftl")),
        ("en", include_str!("../../../locales/en/theme.ftl")),
    ] {
        let messages = messages(tag, text);
        assert!(messages.messages().count() > 50);
        let traps: Vec<&str> = messages.messages().filter(|(_, m)| tag == "fa" && m.one_without_zero.is_some()).map(|(key, _)| key).collect();
        assert_eq!(traps, [""; 0], "{tag}");
    }
}

proptest! {
    #[test]
    fn any_file_of_strings_is_read_without_panic(text in "([a-c]|-| = |\\{ |\\}|\\$n|->|\\n |\\n|\\[one\\]|\\*\\[other\\]|NUMBER\\(|DATETIME\\(|\\)|\"|[0-9]{1,3}|, style: |\\\\u0{0,4}|<|ی|\\PC){0,40}") {
        let (messages, _) = Messages::new(Arc::new(locale("fa")), &[source("a.ftl", &format!("a = {text}"))]);
        for (key, _) in messages.messages() {
            for sink in [Sink::Html, Sink::Text] {
                let (Ok(out) | Err(MessageError::Incomplete { text: out, .. })) = messages.format(key, &number(2.0), sink) else { continue };
                prop_assert!(sink == Sink::Text || !["<bdi>", "<bdi dir=\"ltr\">", "</bdi>"].iter().fold(out.clone(), |out, tag| out.replace(tag, "")).contains('<'), "{}", out);
            }
            messages.template(key);
        }
    }
}
