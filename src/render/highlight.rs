//! Colours in code, by classes.

use arborium::{Config, Highlighter, HtmlFormat};
use std::cell::RefCell;

/// Longer code stays as it is.
const LONGEST: usize = 64 << 10;

thread_local! {
    /// Grammars are read once for each thread.
    static HIGHLIGHTER: RefCell<Highlighter> = RefCell::new(Highlighter::with_config(Config {
        html_format: HtmlFormat::ClassNamesWithPrefix("hl".to_owned()),
        ..Config::default()
    }));
}

/// Code as HTML with classes; `None` for languages that the program does not know, and for very long code.
pub fn highlight(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST {
        return None;
    }
    HIGHLIGHTER.with(|highlighter| highlighter.try_borrow_mut().ok()?.highlight(&language.to_lowercase(), code).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_get_classes_and_the_text_stays() {
        let html = highlight("js", "const a = \"<b>\"; // kommentar\n").unwrap();
        assert!(html.contains("<span class=\"hl-keyword\">const</span>") && html.contains("&lt;b&gt;") && !html.contains("style="), "{html}");
        assert_eq!(highlight("nonsense", "x"), None);
        assert_eq!(highlight("json", &"1".repeat(LONGEST + 1)), None);
    }
}
