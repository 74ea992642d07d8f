//! What may stay of authors' HTML where the site says `html = "sanitize"`: whole tags of these elements with these attributes.
//!
//! What is left is sound tag by tag only; elements that are not closed or nest wrongly are mended on the finished text
//! (`render/clean.rs`), which is parsed as a browser parses it.

use crate::base::escape::escape;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

/// Elements, with the attributes that each may have besides [`EVERYWHERE`].
pub const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("abbr", &[]),
    ("aside", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &["cite"]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["alt", "height", "src", "width"]),
    ("ins", &["cite", "datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["reversed", "start"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &["cite"]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("section", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Attributes of every element.
pub const EVERYWHERE: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Elements that go with everything inside them.
const WITH_CONTENT: &[&str] = &[
    "applet",
    "embed",
    "form",
    "frameset",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// A piece of HTML without what is not allowed, and what that was.
pub fn keep_allowed(html: &str) -> (String, Vec<String>) {
    let tokenizer = Tokenizer::new(Kept::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // The tokenizer stops for scripts only, and nothing here asks it to.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let State { out, refused, .. } = tokenizer.sink.0.into_inner();
    (out, refused)
}

#[derive(Default)]
struct Kept(RefCell<State>);

#[derive(Default)]
struct State {
    out: String,
    refused: Vec<String>,
    /// The element whose content is being left out, and how many of its kind are open.
    inside: Option<(String, usize)>,
}

impl TokenSink for Kept {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => state.tag(&tag),
            Token::CharacterTokens(text) if state.inside.is_none() => escape(&mut state.out, &text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some((skipped, depth)) = &mut self.inside {
            if name == skipped {
                *depth = if opens { *depth + 1 } else { *depth - 1 };
                if *depth == 0 {
                    self.inside = None;
                }
            }
            return;
        }
        let Some((_, own)) = ELEMENTS.iter().find(|(known, _)| *known == name) else {
            if opens {
                self.refused.push(format!("`<{name}>`"));
                if WITH_CONTENT.contains(&name) && !tag.self_closing {
                    self.inside = Some((name.to_owned(), 1));
                }
            }
            return;
        };
        self.out.push_str(if opens { "<" } else { "</" });
        self.out.push_str(name);
        if opens {
            self.attributes(tag, own);
        }
        self.out.push('>');
    }

    fn attributes(&mut self, tag: &Tag, own: &[&str]) {
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            let known = EVERYWHERE.contains(&name) || own.contains(&name);
            let address = matches!(name, "href" | "src" | "cite");
            if !known || (address && !is_safe(&attribute.value, name == "src")) {
                self.refused.push(format!("`{name}` of `<{}>`", &*tag.name));
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&mut self.out, &attribute.value);
            self.out.push('"');
        }
    }
}

/// Addresses as in Markdown: of this site, `https`, and for links `http`, `mailto` and `tel`.
fn is_safe(address: &str, picture: bool) -> bool {
    let plain: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let slashes = plain.starts_with(['/', '\\']) && plain[1..].starts_with(['/', '\\']);
    let scheme = plain.split(['/', '?', '#']).next().unwrap_or("").split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        None => !slashes,
        Some("https") => true,
        Some("http" | "mailto" | "tel") => !picture,
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(html: &str) -> String {
        keep_allowed(html).0
    }

    #[test]
    fn allowed_tags_stay_one_by_one_even_when_they_are_not_closed() {
        assert_eq!(kept("<details open><summary>More</summary>"), "<details open=\"\"><summary>More</summary>");
        assert_eq!(kept("</div>"), "</div>");
        assert_eq!(kept("<p class=\"a\" title='b\"c'>1 < 2 & 3"), "<p class=\"a\" title=\"b&quot;c\">1 &lt; 2 &amp; 3");
    }

    #[test]
    fn what_could_run_goes_and_is_named() {
        assert_eq!(keep_allowed("<b onclick=\"x()\">b</b>"), ("<b>b</b>".to_owned(), vec!["`onclick` of `<b>`".to_owned()]));
        assert_eq!(keep_allowed("a<script>if (1 < 2) x()</script>b"), ("ab".to_owned(), vec!["`<script>`".to_owned()]));
        assert_eq!(kept("<svg><svg></svg><p>x</p></svg>y"), "y");
        assert_eq!(kept("<a href=\" java\tscript:x()\">a</a><a href=\"&#106;avascript:x()\">b</a>"), "<a>a</a><a>b</a>");
        assert_eq!(kept("<img src=\"//elsewhere.example/x.png\" alt=\"\"><img src=\"x:y.png\">"), "<img alt=\"\"><img>");
        assert_eq!(kept("<a href=\"a/b:c\">a</a>"), "<a href=\"a/b:c\">a</a>");
        assert_eq!(kept("<div title=\"not closed"), "");
    }
}
