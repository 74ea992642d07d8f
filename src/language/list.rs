//! Lists in a sentence: `a, b and c`.

use super::data::ListPatterns;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale::Locale as IcuLocale;

/// The lists of one language.
#[derive(Debug)]
pub struct Lists {
    cldr: ListFormatter,
    own: Option<(String, String, String)>,
}

impl Lists {
    pub(super) fn new(locale: &IcuLocale, patterns: Option<&ListPatterns>) -> Result<Lists, String> {
        let cldr = ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default()).map_err(|error| format!("no list format: {error}"))?;
        let own = match patterns {
            Some(ListPatterns::Separators { pair, middle, last }) => Some((pair.clone(), middle.clone(), last.clone())),
            Some(ListPatterns::Cldr) | None => None,
        };
        Ok(Lists { cldr, own })
    }

    /// The items as one text.
    pub fn join(&self, items: &[String]) -> String {
        let Some((pair, middle, last)) = &self.own else { return self.cldr.format(items.iter()).to_string() };
        match items {
            [one, other] => [one, pair.as_str(), other].concat(),
            [several @ .., end] if !several.is_empty() => [several.join(middle).as_str(), last, end].concat(),
            _ => items.concat(),
        }
    }
}
