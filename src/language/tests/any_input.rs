//! Nothing on this floor panics, whatever the text.

use super::locale;
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::language::bidi_controls::hidden_characters;
use crate::language::data::{Calendar, LanguageData};
use crate::language::date::Date;
use crate::language::fold::{collision_key, nfkc};
use crate::language::isolation::{isolate_plain, strip_bidi};
use crate::language::locale::Locale;
use crate::language::slug::{decode_path, is_reserved};
use crate::language::words::words;
use proptest::prelude::*;

proptest! {
    #[test]
    fn texts(text in "\\PC{0,60}|[ 0-9%–.a-zåäöء-ی۰-۹\u{200C}\u{AD}\u{202E}\u{2066}-\u{2069}\u{E0041}\n]{0,60}") {
        for tag in ["sv", "fa", "ja"] {
            let locale = locale(tag);
            prop_assert_eq!(locale.soft_hyphens(&text).replace('\u{AD}', ""), text.replace('\u{AD}', ""));
            prop_assert_eq!(locale.punctuation.no_break(&text).replace('\u{A0}', " "), text.replace('\u{A0}', " "));
            let key = locale.search_key(&text);
            prop_assert_eq!(locale.search_key(&key), key);
            locale.search_key_without_hamza(&text);
            locale.index_letter(&text);
            locale.compare(&text, "a");
            locale.stems.stem(&text);
            locale.join(&[text.clone(), text.clone(), text.clone()]);
        }
        for range in words(&text) {
            prop_assert!(!text[range].is_empty());
        }
        for found in hidden_characters(&text) {
            prop_assert!(text[found.range].starts_with(found.character));
        }
        let _ = (Date::parse(&text, Calendar::Gregory), collision_key(&text), nfkc(&text), strip_bidi(&text), isolate_plain(&text));
        let _ = (decode_path(&text), is_reserved(&text), Locale::new(&text, &LanguageData::default()), LanguageData::read(&Source::new(SourcePath::new("language.toml"), &*text), &mut Vec::new()));
    }

    #[test]
    fn dates(year in -20_000_i32..20_000, month in 0_u8..15, day in 0_u8..35) {
        let (sv, fa) = (locale("sv"), locale("fa"));
        for calendar in [Calendar::Gregory, Calendar::Persian] {
            let Some(date) = Date::in_calendar(year, month, day, calendar) else { continue };
            prop_assert_eq!(date.parts(calendar), (year, month, day));
            for locale in [&sv, &fa] {
                locale.month_year(&date);
                locale.date(&date, crate::language::date_format::DateStyle::Full);
            }
        }
    }

    #[test]
    fn data(percent in "\\PC{0,6}", digits in "[a-z]{0,9}", month_year in "\\PC{0,3}\\{month\\}\\PC{0,3}") {
        let data = LanguageData { percent: Some(percent), digits: Some(digits), month_year: Some(month_year), ..LanguageData::default() };
        if let Ok(locale) = Locale::new("fa", &data) {
            let _ = (locale.percent(0.5), locale.number(12), locale.month_year(&Date::from_unix_seconds(0)));
        }
    }
}
