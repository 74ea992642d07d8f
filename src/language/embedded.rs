//! The `language.toml` files that every build of the program carries.

use super::data::LanguageData;
use crate::base::path::SourcePath;
use crate::base::source::Source;

/// Tag and text; the files of this repository's `locales/`.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("ar", include_str!("../../locales/ar/language.toml")),
    ("en", include_str!("../../locales/en/language.toml")),
    ("fa", include_str!("../../locales/fa/language.toml")),
    ("fi", include_str!("../../locales/fi/language.toml")),
    ("he", include_str!("../../locales/he/language.toml")),
    ("ja", include_str!("../../locales/ja/language.toml")),
    ("sv", include_str!("../../locales/sv/language.toml")),
];

/// What the program knows about a language; a regional tag (`en-US`) takes what holds for its language, but formats by its own region.
pub fn language_data(tag: &str) -> LanguageData {
    if let Some(data) = exact(tag) {
        return data;
    }
    let language = tag.split('-').next().unwrap_or(tag);
    let data = exact(language).unwrap_or_default();
    LanguageData { formatting: None, calendar: None, ..data }
}

fn exact(tag: &str) -> Option<LanguageData> {
    let (tag, text) = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag))?;
    Some(LanguageData::read(&Source::new(SourcePath::new(format!("built-in/locales/{tag}/language.toml")), *text), &mut Vec::new()))
}
