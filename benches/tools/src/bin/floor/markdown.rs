//! Markdown to HTML with pulldown-cmark's own writer.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A heading of the table of contents.
#[derive(serde::Serialize)]
pub struct Heading {
    level: usize,
    id: String,
    title: String,
}

/// What GitHub has, and anchors of headings.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Only the HTML.
pub fn html(body: &str) -> String {
    let mut out = String::with_capacity(body.len() * 5 / 4);
    html::push_html(&mut out, Parser::new_ext(body, options()));
    out
}

/// The HTML and its headings.
pub fn html_and_headings(body: &str) -> (String, Vec<Heading>) {
    let mut events: Vec<Event> = Vec::with_capacity(body.len() / 24);
    let mut headings = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for mut event in Parser::new_ext(body, options()) {
        match &mut event {
            Event::Start(Tag::Heading { .. }) => open = Some((events.len(), String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some((start, title)) = open.take() {
                    headings.push(heading(&mut events[start], *level, title));
                }
            }
            _ => {}
        }
        events.push(event);
    }
    let mut out = String::with_capacity(body.len() * 5 / 4);
    html::push_html(&mut out, events.into_iter());
    (out, headings)
}

/// Gives the heading an id where the author gave none.
fn heading(start: &mut Event<'_>, level: HeadingLevel, title: String) -> Heading {
    let mut anchor = title.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
    if let Event::Start(Tag::Heading { id, .. }) = start {
        match id {
            Some(given) => anchor = given.to_string(),
            None => *id = Some(CowStr::from(anchor.clone())),
        }
    }
    Heading { level: level as usize, id: anchor, title }
}
