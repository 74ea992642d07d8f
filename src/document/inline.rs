//! What happens inside a line: the few HTML elements that are always allowed, bare addresses, quotation marks.

use crate::language::embedded::language_data;
use crate::language::locale::Locale;
use crate::language::quotes::Punctuation;
use std::ops::Range;

/// A piece of inline HTML.
#[derive(Debug, PartialEq)]
pub enum HtmlTag<'a> {
    /// `<!-- … -->`, the inside.
    Comment(&'a str),
    /// An allowed element.
    Open(&'static str, Option<(&'static str, Box<str>)>),
    /// The end of one.
    Close(&'static str),
    /// Anything else.
    Other,
}

/// The elements authors may always write, with the one attribute each may carry.
const ELEMENTS: &[(&str, Option<&str>)] = &[
    ("abbr", Some("title")),
    ("bdi", Some("dir")),
    ("br", None),
    ("kbd", None),
    ("mark", None),
    ("strong", None),
    ("em", None),
    ("sub", None),
    ("sup", None),
    ("wbr", None),
];

/// What a piece of inline HTML is.
pub fn html_tag(html: &str) -> HtmlTag<'_> {
    if let Some(inside) = html.strip_prefix("<!--") {
        return HtmlTag::Comment(inside.strip_suffix("-->").unwrap_or(inside));
    }
    let Some(inside) = html.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
        return HtmlTag::Other;
    };
    if let Some(name) = inside.strip_prefix('/') {
        return element(name.trim()).map_or(HtmlTag::Other, |(name, _)| HtmlTag::Close(name));
    }
    let inside = inside.strip_suffix('/').unwrap_or(inside).trim_end();
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    match (element(name), attributes.trim()) {
        (Some((name, _)), "") => HtmlTag::Open(name, None),
        (Some((name, Some(allowed))), attributes) => match attribute(attributes, allowed) {
            Some(value) => HtmlTag::Open(name, Some((allowed, value))),
            None => HtmlTag::Other,
        },
        _ => HtmlTag::Other,
    }
}

fn element(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    ELEMENTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).copied()
}

/// The value of the one attribute `name="value"`; `None` when there is anything else.
fn attribute(text: &str, name: &str) -> Option<Box<str>> {
    let (key, value) = text.split_once('=')?;
    let value = value.trim();
    let inner = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).or_else(|| value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')))?;
    let plain = !inner.contains(['"', '\'', '<', '&']);
    let allowed = name != "dir" || matches!(inner, "ltr" | "rtl" | "auto");
    (key.trim() == name && plain && allowed).then(|| inner.into())
}

/// Whether a comment is open after a line of an HTML block, when one was or was not before it.
pub fn is_comment_open(line: &str, before: bool) -> bool {
    match (line.rfind("<!--"), line.rfind("-->")) {
        (None, None) => before,
        (open, close) => open > close,
    }
}

/// Addresses written without brackets: GFM 6.9, extended autolinks. Gives place and address.
pub fn bare_links(text: &str) -> Vec<(Range<usize>, String)> {
    let mut links = Vec::new();
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return links;
    }
    let (mut at, mut word_end) = (0, 0);
    while at < text.len() {
        if word_end <= at {
            let ends_word = |c: char| c.is_whitespace() || c == '<';
            word_end = match text[at..].find(ends_word) {
                Some(0) => at + text[at..].chars().next().map_or(1, char::len_utf8),
                Some(length) => at + length,
                None => text.len(),
            };
        }
        let boundary = at == 0 || text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '«' | '“' | '”'));
        match boundary.then(|| bare_link(&text[at..word_end])).flatten() {
            Some((length, address)) => {
                links.push((at..at + length, address));
                at += length;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    links
}

/// The link that a word begins with. What cannot be one is seen at its beginning: many words have many beginnings.
fn bare_link(word: &str) -> Option<(usize, String)> {
    let scheme = ["https://", "http://", "www."].into_iter().find(|scheme| word.starts_with(scheme));
    if let Some(scheme) = scheme {
        let host = |word: &str| word[scheme.len()..].find(['/', '?', '#', ':']).map_or(word.len(), |end| scheme.len() + end);
        let is_host = |host: &str| !host.is_empty() && (scheme == "www." || host.contains('.') || host == "localhost");
        if !is_host(&word[scheme.len()..host(word)]) {
            return None;
        }
        let word = trim_punctuation(word);
        let fine = word.len() > scheme.len() && is_host(&word[scheme.len()..host(word)]);
        return fine.then(|| (word.len(), if scheme == "www." { format!("https://{word}") } else { word.to_owned() }));
    }
    // RFC 5321, 4.5.3.1: at most 64 octets before the sign, 255 after it; some may be punctuation.
    let sign = word.bytes().take(65).position(|b| b == b'@')?;
    if word.len() - sign > 300 { None } else { email(trim_punctuation(word)) }
}

fn email(word: &str) -> Option<(usize, String)> {
    let (name, host) = word.split_once('@')?;
    let fine = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b))
        && host.contains('.')
        && host.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    fine.then(|| (word.len(), format!("mailto:{word}")))
}

/// Punctuation at the end belongs to the sentence; so does a closing parenthesis without its partner.
fn trim_punctuation(mut word: &str) -> &str {
    let count = |bracket: u8| word.bytes().filter(|b| *b == bracket).count();
    let mut unbalanced = count(b')').saturating_sub(count(b'('));
    loop {
        let shorter = word.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '"', '»', '”', '“', '،', '؛', '؟']);
        let shorter = match shorter.strip_suffix(')') {
            Some(before) if unbalanced > 0 => {
                unbalanced -= 1;
                before
            }
            _ => shorter,
        };
        if shorter.len() == word.len() {
            return word;
        }
        word = shorter;
    }
}

/// A typed quotation mark, dash or ellipsis in its language: `lang` is that of the nearest span, else the document's.
///
/// `smart` is what pulldown-cmark made of it, which tells opening from closing.
pub fn punctuation(locale: &Locale, lang: Option<&str>, typed: &str, smart: &str, before: Option<char>, after: Option<char>) -> String {
    match lang.filter(|lang| *lang != locale.tag) {
        Some(lang) => Punctuation::new(&language_data(lang)).quote(typed, smart, before, after).to_owned(),
        None => locale.punctuation.quote(typed, smart, before, after).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_links_end_before_the_punctuation_of_the_sentence() {
        let found = |text: &str| bare_links(text).into_iter().map(|(range, address)| format!("{}→{address}", &text[range])).collect::<Vec<_>>();
        assert_eq!(found("see https://example.org/a_(b)."), ["https://example.org/a_(b)→https://example.org/a_(b)"]);
        assert_eq!(found("(www.example.org)"), ["www.example.org→https://www.example.org"]);
        assert_eq!(found("skriv till anna@example.se!"), ["anna@example.se→mailto:anna@example.se"]);
        assert_eq!(found("xhttps://example.org and a@b"), Vec::<String>::new());
    }

    #[test]
    fn only_known_elements_and_their_one_attribute_are_allowed() {
        assert_eq!(html_tag("<abbr title=\"a b\">"), HtmlTag::Open("abbr", Some(("title", "a b".into()))));
        assert_eq!(html_tag("<abbr onclick=\"x\">"), HtmlTag::Other);
        assert_eq!(html_tag("<br/>"), HtmlTag::Open("br", None));
        assert_eq!(html_tag("<script>"), HtmlTag::Other);
    }
}
