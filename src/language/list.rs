//! Lists in a sentence: `a, b and c` (LANGUAGE.md E4).

use super::data::ListPatterns;
use super::isolation::strip_bidi;
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
        if self.own.is_none() {
            return self.cldr.format(items.iter()).to_string();
        }
        let separators = self.separators(items.len());
        let mut out = String::new();
        for (at, item) in items.iter().enumerate() {
            out.push_str(item);
            out.push_str(separators.get(at).map_or("", |separator| separator));
        }
        out
    }

    /// What stands after each item but the last, for items that are markup: one less than there are items.
    ///
    /// Without marks of direction: each item stands in its own `<bdi>` (LANGUAGE.md A7).
    pub fn separators(&self, items: usize) -> Vec<String> {
        if items < 2 {
            return Vec::new();
        }
        match &self.own {
            Some((pair, _, _)) if items == 2 => vec![pair.clone()],
            Some((_, middle, last)) => (2..items).map(|_| middle.clone()).chain([last.clone()]).collect(),
            None => self.by_cldr(items),
        }
    }

    fn by_cldr(&self, items: usize) -> Vec<String> {
        let joined = self.cldr.format(std::iter::repeat_n(ITEM, items)).to_string();
        joined.split(ITEM).skip(1).take(items - 1).map(|separator| strip_bidi(separator).into_owned()).collect()
    }
}

/// Stands for an item; never part of a separator.
const ITEM: &str = "\u{FDD0}";
