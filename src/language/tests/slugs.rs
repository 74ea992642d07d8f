use super::locale;
use crate::language::fold::{ascii_digits, collision_key, is_nfc, nfc};
use crate::language::slug::{Anchors, decode_path, encode_path, is_reserved, slug};
use proptest::prelude::*;

const NETWORKS: &str = "شبکه\u{200C}های عصبی";

#[test]
fn d1_slugs_in_persian() {
    assert_eq!(slug(NETWORKS), "شبکه-های-عصبی");
    assert_eq!(slug("شبكه های عصبي"), "شبکه-های-عصبی");
    assert_eq!(slug("راهنمای KPI:ها (نسخهٔ ۲)"), "راهنمای-kpiها-نسخه-2");
    assert_eq!(slug("چرا CPA مهم است؟"), "چرا-cpa-مهم-است");
}

#[test]
fn d1_slugs_in_swedish_and_english() {
    assert_eq!(slug("Försäljning på nätet"), "försäljning-på-nätet");
    assert_eq!(slug("KPI:er och CPA:n – så funkar det"), "kpier-och-cpan-så-funkar-det");
    assert_eq!(slug("A\u{30A}ngstro\u{308}m"), "ångström");
    assert_eq!(slug("What’s new in v2.0?"), "whats-new-in-v2-0");
    assert_eq!(slug("???"), "section");
    assert_eq!(slug(""), "section");
}

#[test]
fn c_what_slugs_drop_and_keep() {
    assert_eq!(slug("مُحَمَّد"), "محمد");
    assert_eq!(slug("سـلام"), "سلام");
    assert_eq!(slug("أحمد إبراهیم ٱلله"), "احمد-ابراهیم-الله");
    assert_eq!(slug("آب"), "آب");
    assert_eq!(slug("مسئول مؤثر"), "مسئول-مؤثر");
    assert_eq!(slug("خانۀ ما"), slug("خانهٔ ما"));
    assert_eq!(slug("١٢ ۱۲ 12"), "12-12-12");
    assert_eq!(slug("مدرسة"), "مدرسة");
    assert_eq!(slug("a\u{200D}b\u{200E}c\u{202E}d\u{FEFF}e\u{200B}f\u{AD}g"), "abcdefg");
    assert_eq!(slug("ﻛﺘﺎﺏ"), "کتاب");
    assert_eq!(slug("چرا؟ «نقل»، ۴۵٪"), "چرا-نقل-45");
}

#[test]
fn c_nfc() {
    assert_eq!(nfc("ا\u{653}"), "آ");
    assert_eq!(nfc("ه\u{654}"), "ه\u{654}");
    assert_eq!(nfc("\u{6D5}\u{654}"), "\u{6C0}");
    assert!(!is_nfc("A\u{30A}"));
}

#[test]
fn d2_sixty_code_points_at_a_word() {
    assert_eq!(slug(&"lång ".repeat(20)), ["lång"; 12].join("-"));
    assert_eq!(slug(&"ش".repeat(200)).chars().count(), 60);
    assert!(slug(&"𠮷".repeat(200)).len() <= 200);
    assert_eq!(slug(&format!("{} {}", "a".repeat(60), "b")), "a".repeat(60));
    assert_eq!(slug(&format!("{} {}", "a".repeat(59), "bc")), "a".repeat(59));
}

#[test]
fn d2_paths_are_encoded_alike_everywhere() {
    assert_eq!(encode_path("/fa/شبکه/"), "/fa/%D8%B4%D8%A8%DA%A9%D9%87/");
    assert_eq!(encode_path("/sv/nätverk/"), "/sv/n%C3%A4tverk/");
    assert_eq!(encode_path("/sv/na\u{308}tverk/"), "/sv/n%C3%A4tverk/");
    assert_eq!(decode_path("/fa/%D8%B4%D8%A8%DA%A9%D9%87/").as_deref(), Some("/fa/شبکه/"));
    assert_eq!(decode_path("/fa/شبکه/").as_deref(), Some("/fa/شبکه/"));
    assert_eq!(decode_path("%FF"), None);
}

#[test]
fn d3_anchors_are_handed_out_once() {
    let mut anchors = Anchors::default();
    let made = ["مقدمه", "مقدمه", "مقدمه-2", "مقدمه"].map(|heading| anchors.make(heading));
    assert_eq!(made, ["مقدمه", "مقدمه-2", "مقدمه-2-2", "مقدمه-3"]);
    assert!(!anchors.claim("مقدمه"));
    assert!(!anchors.make(NETWORKS).contains('\u{200C}'));
}

#[test]
fn d5_names_that_cannot_be_files() {
    assert_eq!(slug("CON"), "section-con");
    assert_eq!(slug("COM1"), "section-com1");
    assert_eq!(slug(".hidden"), "hidden");
    assert!(is_reserved("nul.txt") && is_reserved("LPT9") && !is_reserved("com10") && !is_reserved("console"));
}

#[test]
fn d5_collisions() {
    for (a, b) in [
        ("Guide", "guide"),
        ("ångström", "A\u{30A}NGSTRO\u{308}M"),
        (NETWORKS, "شبکههای عصبی"),
        ("كتاب علي", "کتاب علی"),
        ("guide.", "guide"),
        ("guide ", "guide"),
        ("STRASSE", "straße"),
        ("ΣΟΦΟΣ", "σοφος"),
    ] {
        assert_eq!(collision_key(a), collision_key(b), "{a} {b}");
    }
    for (a, b) in [("lan", "län"), ("اب", "آب"), ("fil", "fıl"), ("خانه", "خانة")] {
        assert_ne!(collision_key(a), collision_key(b), "{a} {b}");
    }
}

#[test]
fn c_search_keys() {
    let fa = locale("fa");
    for (a, b) in [
        ("كتاب", "کتاب"),
        ("علي", "علی"),
        ("شبکه\u{200C}های", "شبکههای"),
        ("خانهٔ", "خانه"),
        ("خانۀ", "خانه"),
        ("قرآن", "قران"),
        ("سـلام", "سلام"),
        ("١٤٠٥", "1405"),
        ("۱۴۰۵", "1405"),
        ("KPI", "kpi"),
        ("مُحَمَّد", "محمد"),
        ("ﻛﺘﺎﺏ", "کتاب"),
        ("مؤثر", "موثر"),
        ("مسأله", "مساله"),
    ] {
        assert_eq!(fa.search_key(a), fa.search_key(b), "{a} {b}");
    }
    let bare = |word| fa.search_key_without_hamza(word);
    assert_eq!(bare("مسئول"), "مسول");
    assert_eq!(bare("مسؤول"), "مسول");
}

#[test]
fn c_search_keeps_the_letters_of_the_language() {
    assert_eq!(locale("sv").search_key("Lån"), "lån");
    assert_eq!(locale("sv").search_key("Län Éclair Müller"), "län eclair muller");
    assert_eq!(locale("en").search_key("Naïve café résumé Ångström"), "naive cafe resume angstrom");
    assert_eq!(locale("fi").search_key("Ääkköset"), "ääkköset");
    assert_eq!(locale("sv").search_key("Smørrebrød"), "smorrebrod");
    assert_eq!(locale("ja").search_key("がぎ"), "がぎ");
    assert_eq!(locale("sv").own_letters(), ['å', 'ä', 'ö']);
}

#[test]
fn c_digits() {
    assert_eq!(ascii_digits("۱۲ ١٢ 12"), "12 12 12");
}

proptest! {
    #[test]
    fn d1_a_slug_is_its_own_slug(text in "\\PC{0,40}|[\\u{600}-\\u{6FF}a-zåäö \\u{200C}:.'’-]{0,80}") {
        let once = slug(&text);
        prop_assert_eq!(slug(&once), once.clone());
        prop_assert!(is_nfc(&once) && !once.is_empty() && once.chars().count() <= 68 && !once.starts_with(['.', '-']) && !once.ends_with('-'));
        prop_assert_eq!(collision_key(&collision_key(&text)), collision_key(&text));
        let path = encode_path(&once);
        prop_assert!(path.is_ascii());
        prop_assert_eq!(decode_path(&path), Some(once));
    }
}
