use super::locale;
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::language::data::{Direction, LanguageData, Script};
use crate::language::embedded::LANGUAGES;
use crate::language::locale::Locale;
use crate::language::stem::Stems;
use crate::language::words::{count_words, words};
use std::cmp::Ordering;

fn sorted(tag: &str, words: &str) -> String {
    let locale = locale(tag);
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_unstable();
    words.sort_by(|a, b| locale.compare(a, b));
    words.join(" ")
}

#[test]
fn e5_swedish_order() {
    let right = "apa đ é ek Úlf vas Vivaldi vy Wagner weber wok Ü-båt ylle yxa zebra ål Åre æ Ängel ära ø öl östgöte";
    assert_eq!(sorted("sv", right), right);
}

#[test]
fn e5_persian_order() {
    let letters = "آ ا ء أ ؤ ئ ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی";
    assert_eq!(sorted("fa", letters), letters);
    let words = "آب اسب بابا پدر جان چای زن ژاله شبکه قلم کتاب گل میز می\u{200C}شود مینا نان وام هدف یاد KPI";
    assert_eq!(sorted("fa", words), words);
}

#[test]
fn e5_numbers_by_value() {
    assert_eq!(locale("sv").compare("Del 9", "Del 10"), Ordering::Less);
    assert_eq!(locale("fa").compare("بخش ۹", "بخش ۱۰"), Ordering::Less);
}

#[test]
fn e5_index_letters() {
    let letters = |tag, titles: &[&str]| titles.iter().map(|title| locale(tag).index_letter(title)).collect::<Vec<_>>().join(" ");
    assert_eq!(letters("sv", &["apa", "Ål", "ärlig", "ö", "é", "Übåt", "đ", "ø", "æ", "wok", "zebra", "žal"]), "A Å Ä Ö E Y D Ö Ä W Z Z");
    assert_eq!(letters("sv", &["”citat”", "12 steg", "", "شبکه", "Ωmega", "+46"]), "C # # ش Ω #");
    assert_eq!(letters("fa", &["آب", "اسب", "أب", "كتاب", "علي", "یاد", "هدف", "خانة", "مسئول"]), "ا ا ا ک ع ی ه خ م");
    assert_eq!(letters("fa", &["KPI", "«گل»", "۱۲ گام", "é"]), "K گ # E");
    assert_eq!(letters("en", &["Ångström", "naïve", "zoo"]), "A N Z");
    assert_eq!(letters("ja", &["かき", "キリン", "わ"]), "か か わ");
}

#[test]
fn e6_words() {
    let one = ["کتاب\u{200C}های", "KPI\u{200C}های", "KPI:er", "CPA:n", "Don't", "Don’t", "3,5", "۳٫۵"];
    for word in one {
        assert_eq!(count_words(word), 1, "{word}");
    }
    assert_eq!(count_words("Ett, två – tre!"), 3);
    assert_eq!(count_words("本を読む"), 4);
    let text = "سلام KPI!";
    assert_eq!(words(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>(), ["سلام", "KPI"]);
}

#[test]
fn e6_reading_time() {
    assert_eq!(locale("en").reading_minutes(231, 0), 2);
    assert_eq!(locale("sv").reading_minutes(200, 0), 1);
    assert_eq!(locale("fa").reading_minutes(180, 4), 2);
    assert_eq!(locale("fa").reading_minutes(0, 0), 1);
    assert_eq!(locale("fa").reading_minutes(usize::MAX, usize::MAX), u32::MAX);
}

#[test]
fn a1_direction_script_and_names() {
    let facts = |tag: &str| {
        let locale = locale(tag);
        (locale.direction, locale.script.as_str().to_owned(), locale.og, locale.name)
    };
    let of = |direction, script: &str, og: &str, name: &str| (direction, script.to_owned(), og.to_owned(), name.to_owned());
    assert_eq!(facts("sv"), of(Direction::Ltr, "latin", "sv_SE", "Svenska"));
    assert_eq!(facts("fa"), of(Direction::Rtl, "arabic", "fa_IR", "فارسی"));
    assert_eq!(facts("en"), of(Direction::Ltr, "latin", "en_GB", "English"));
    assert_eq!(facts("he"), of(Direction::Rtl, "hebrew", "he_IL", "עברית"));
    assert_eq!(facts("ckb"), of(Direction::Rtl, "arabic", "ckb_IQ", "ckb"));
    assert_eq!(facts("en-US"), of(Direction::Ltr, "latin", "en_US", "English"));
    assert_eq!(facts("ru"), of(Direction::Ltr, "cyrl", "ru_RU", "ru"));
}

#[test]
fn a1_tags_that_are_none() {
    assert_eq!(
        Locale::new("not a tag", &LanguageData::default()).unwrap_err(),
        "`not a tag` is not a language tag (BCP 47), such as `sv` or `pt-BR`"
    );
    let data = LanguageData { formatting: Some("?".into()), ..LanguageData::default() };
    assert!(Locale::new("sv", &data).unwrap_err().contains("`formatting = \"?\"`"));
    for tag in ["tlh", "und", "zxx", "qaa", "en-x-pirate"] {
        assert_eq!(Locale::new(tag, &LanguageData::default()).unwrap().number(2), "2");
    }
}

fn read(text: &str) -> (LanguageData, Vec<String>) {
    let mut problems = Vec::new();
    let data = LanguageData::read(&Source::new(SourcePath::new("language.toml"), text), &mut problems);
    (data, problems.into_iter().map(|problem| format!("{}; {}", problem.message, problem.help.unwrap_or_default())).collect())
}

#[test]
fn embedded_files_are_good() {
    for (tag, text) in LANGUAGES {
        let (data, problems) = read(text);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(Locale::new(tag, &data).unwrap().tag, *tag);
        assert_eq!(LanguageData::default().over(data.clone()), data);
    }
}

#[test]
fn data_says_what_is_wrong() {
    let wrong = |text| read(text).1.join("\n");
    assert!(wrong("calender = 'persian'").contains("unknown key `calender`; did you mean `calendar`?"));
    assert!(wrong("list = 'oxford'").contains("it is one of `cldr`"));
    assert!(wrong("list = { pair = ' & ' }").contains("`middle` is missing"));
    assert!(wrong("script = 'a b'").contains("letters a to z"));
    assert!(wrong("formatting = 'qq-QQ'").contains("`formatting` cannot be `qq-QQ`"));
    assert_eq!(read("script = 'Arab'").0.script, Some(Script::Arabic));
}

#[test]
fn locale_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Locale>();
}

#[test]
fn stems() {
    assert_eq!(Stems::new("sv").stem("flickorna"), "flick");
    assert_eq!(Stems::new("en").stem("networks"), "network");
    assert_eq!(Stems::new("fa").stem("درختان"), "درخت");
    assert_eq!(Stems::new("fa").stem("میزها"), "میز");
    assert_eq!(Stems::new("ja").stem("本"), "本");
}
