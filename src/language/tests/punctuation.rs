use super::locale;
use crate::language::bidi_controls::{Hidden, hidden_characters};
use crate::language::data::LanguageData;
use crate::language::quotes::Punctuation;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The way a writer of pages uses `quote`.
fn smart(tag: &str, source: &str) -> String {
    let locale = locale(tag);
    let mut out = String::new();
    let mut code = 0;
    for (event, range) in Parser::new_ext(source, Options::ENABLE_SMART_PUNCTUATION).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code -= 1,
            Event::Text(text) if code == 0 => {
                let after = source[range.end..].chars().next();
                out.push_str(locale.punctuation.quote(&source[range.clone()], &text, source[..range.start].chars().next_back(), after));
            }
            Event::Text(text) => out.push_str(&text),
            Event::Code(text) => out.push_str(&format!("<code>{text}</code>")),
            _ => {}
        }
    }
    out
}

#[test]
fn g1_swedish() {
    assert_eq!(smart("sv", "Han sa \"hej\" -- 'då' --- it's `\"x\"`..."), "Han sa ”hej” – ’då’ – it’s <code>\"x\"</code>…");
}

#[test]
fn g1_persian() {
    assert_eq!(smart("fa", "او گفت \"سلام\" و 'don't' رفت..."), "او گفت «سلام» و ‹don’t› رفت…");
}

#[test]
fn g1_english() {
    assert_eq!(smart("en", "She said \"hi\" -- 'ok' --- it's"), "She said “hi” – ‘ok’ — it’s");
}

#[test]
fn g1_authored_marks_never_change() {
    assert_eq!(smart("sv", "“så” „så” – — ‘a’"), "“så” „så” – — ‘a’");
    assert_eq!(smart("fa", "“سلام” — ‘a’"), "“سلام” — ‘a’");
}

#[test]
fn g1_marks_of_other_languages() {
    assert_eq!(smart("fi", "\"moi\""), "”moi”");
    let unknown = Punctuation::new(&LanguageData::default());
    assert_eq!(unknown.quote("\"", "“", None, Some('a')), "“");
}

#[test]
fn g2_soft_hyphens_in_long_swedish_words() {
    let sv = locale("sv");
    assert_eq!(sv.soft_hyphens("En försäljningsrapporteringen idag"), "En för·sälj·nings·rap·por·te·ring·en idag".replace('·', "\u{AD}"));
    assert_eq!(sv.soft_hyphens("En rapport idag om ingenting alls"), "En rapport idag om ingenting alls");
    assert_eq!(locale("fa").soft_hyphens("شبکه\u{200C}هایشانراهنمایی"), "شبکه\u{200C}هایشانراهنمایی");
    assert_eq!(locale("en").soft_hyphens("internationalisation"), "internationalisation");
}

#[test]
fn g3_no_break_spaces() {
    let (sv, en, fa) = (locale("sv"), locale("en"), locale("fa"));
    assert_eq!(sv.punctuation.no_break("45 % av 5 km, s. 5 och kap. 3 – sedan"), "45\u{A0}% av 5\u{A0}km, s.\u{A0}5 och kap.\u{A0}3\u{A0}– sedan");
    assert_eq!(sv.punctuation.no_break("5 kmx, as. 5, a –b"), "5 kmx, as. 5, a –b");
    assert_eq!(en.punctuation.no_break("10 km"), "10\u{A0}km");
    assert_eq!(fa.punctuation.no_break("۵ km 5 km – متن"), "۵ km 5 km – متن");
    assert_eq!(sv.punctuation.no_break(" – "), " – ");
}

fn hidden(text: &str) -> Vec<(Hidden, usize)> {
    hidden_characters(text).into_iter().map(|found| (found.kind, found.range.start)).collect()
}

#[test]
fn c1_overrides_with_their_bytes() {
    assert_eq!(hidden("متن \u{202E}abc\u{202C}"), [(Hidden::Override, 7), (Hidden::Override, 13)]);
    assert_eq!(hidden_characters("\u{202E}")[0].name(), "U+202E");
}

#[test]
fn c1_isolates() {
    assert_eq!(hidden("x\u{2066}y\u{2069}"), [(Hidden::Isolate, 1), (Hidden::Isolate, 5)]);
    assert_eq!(hidden("x\u{2066}y"), [(Hidden::UnbalancedIsolate, 1)]);
    assert_eq!(hidden("x\u{2066}y\n\u{2069}"), [(Hidden::UnbalancedIsolate, 1), (Hidden::UnbalancedIsolate, 6)]);
}

#[test]
fn c1_hidden_text_and_spaces() {
    assert_eq!(hidden("a\u{E0041}b"), [(Hidden::Tag, 1)]);
    assert_eq!(hidden("a\u{200B}b \u{200B} c\u{FEFF}d e\u{2060}f"), [(Hidden::InsideWord, 1), (Hidden::InsideWord, 11), (Hidden::InsideWord, 17)]);
}

#[test]
fn c1_ordinary_persian_has_none() {
    assert!(hidden("شبکه\u{200C}های عصبی «خوب» – KPI:er…").is_empty());
    assert!(hidden("").is_empty());
}
