//! Feeds: for each language an Atom feed (RFC 4287) and a JSON feed (version 1.1) of its dated pages.
//!
//! All dates are the authors'; a page that is another language's text stands in no feed.

use super::{Shared, put_unless_own};
use crate::base::diagnostic::Diagnostic;
use crate::base::escape::escaped;
use crate::base::files::Sink;
use crate::language::bidi::with_direction_mark;
use crate::language::date::Date;
use crate::site::Site;
use crate::site::page::{LanguageIndex, Page};
use serde_json::{Map, Value, json};
use std::cmp::Reverse;
use std::fmt::Write;

/// The most entries in a feed: readers ask again every day, and want what is new.
const LIMIT: usize = 50;

/// Where the Atom feed of a language is, from the root, if there is one.
pub fn href(site: &Site, language: LanguageIndex) -> Option<String> {
    (site.config.feeds && site.base_url().is_some() && dated(site, language).next().is_some()).then(|| site.in_language(language, "feed.atom"))
}

/// Writes the feeds of a hosted site.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    for language in 0..site.languages.len() {
        let (Some(href), Some(base)) = (href(site, language), site.base_url()) else { continue };
        let feed = Feed { site, language, base, entries: entries(site, language) };
        put_unless_own(site, sink, &href, || feed.atom(&href));
        let href = site.in_language(language, "feed.json");
        put_unless_own(site, sink, &href, || format!("{:#}\n", feed.json(&href)));
    }
    Vec::new()
}

/// The dated pages of a language, newest first, each with the day it last changed.
fn entries(site: &Site, language: LanguageIndex) -> Vec<(Date, &Page)> {
    let mut dated: Vec<(Date, &Page)> = dated(site, language).collect();
    dated.sort_by(|(a, one), (b, other)| Reverse(a).cmp(&Reverse(b)).then_with(|| one.id.cmp(&other.id)));
    dated.truncate(LIMIT);
    dated
}

fn dated(site: &Site, language: LanguageIndex) -> impl Iterator<Item = (Date, &Page)> {
    let pages = site.by_id[language].values().map(|page| &site.pages[*page]).filter(|page| !page.is_fallback());
    pages.filter_map(|page| {
        let matter = &page.summary.matter;
        matter.date.map(|date| (matter.updated.unwrap_or(date), page))
    })
}

/// Midnight, as RFC 3339 has it.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

struct Feed<'a> {
    site: &'a Site,
    language: LanguageIndex,
    base: &'a str,
    entries: Vec<(Date, &'a Page)>,
}

impl Feed<'_> {
    /// A text where no markup can say its direction.
    fn plain(&self, text: &str) -> String {
        with_direction_mark(text, self.site.languages[self.language].locale.direction).into_owned()
    }

    fn title(&self) -> String {
        self.plain(self.site.config.title_in(&self.site.languages[self.language].tag))
    }

    fn description(&self) -> String {
        self.plain(self.site.config.description_in(&self.site.languages[self.language].tag))
    }

    fn home(&self) -> String {
        format!("{}{}", self.base, self.site.home(self.language).map_or("", |home| &home.href))
    }

    fn atom(&self, href: &str) -> String {
        let tag = &self.site.languages[self.language].tag;
        let own = format!("{}{href}", self.base);
        let mut xml = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n");
        element(&mut xml, "id", &own);
        element(&mut xml, "title", &self.title());
        if !self.description().is_empty() {
            element(&mut xml, "subtitle", &self.description());
        }
        let _ = writeln!(xml, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escaped(&own));
        let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" hreflang=\"{tag}\" href=\"{}\"/>", escaped(&self.home()));
        if let Some((date, _)) = self.entries.first() {
            element(&mut xml, "updated", &moment(*date));
        }
        let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(&self.title()));
        for (updated, page) in &self.entries {
            self.entry(&mut xml, *updated, page);
        }
        xml.push_str("</feed>\n");
        xml
    }

    fn entry(&self, xml: &mut String, updated: Date, page: &Page) {
        let (matter, address) = (&page.summary.matter, format!("{}{}", self.base, page.href));
        xml.push_str("<entry>\n");
        element(xml, "id", &address);
        element(xml, "title", &self.plain(&page.summary.title));
        let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&address));
        element(xml, "updated", &moment(updated));
        if let Some(date) = matter.date {
            element(xml, "published", &moment(date));
        }
        for author in &matter.authors {
            let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(&self.plain(author)));
        }
        for tag in &matter.tags {
            let _ = writeln!(xml, "<category term=\"{}\"/>", escaped(&tag.text));
        }
        element(xml, "summary", &self.plain(matter.description.as_ref().unwrap_or(&page.summary.title)));
        xml.push_str("</entry>\n");
    }

    fn json(&self, href: &str) -> Value {
        let mut feed = Map::new();
        feed.insert("version".into(), "https://jsonfeed.org/version/1.1".into());
        feed.insert("title".into(), self.title().into());
        feed.insert("home_page_url".into(), self.home().into());
        feed.insert("feed_url".into(), format!("{}{href}", self.base).into());
        if !self.description().is_empty() {
            feed.insert("description".into(), self.description().into());
        }
        feed.insert("language".into(), (&*self.site.languages[self.language].tag).into());
        feed.insert("items".into(), self.entries.iter().map(|(updated, page)| self.item(*updated, page)).collect());
        Value::Object(feed)
    }

    fn item(&self, updated: Date, page: &Page) -> Value {
        let (matter, address) = (&page.summary.matter, format!("{}{}", self.base, page.href));
        let summary = self.plain(matter.description.as_ref().unwrap_or(&page.summary.title));
        let mut item = Map::new();
        item.insert("id".into(), address.as_str().into());
        item.insert("url".into(), address.as_str().into());
        item.insert("title".into(), self.plain(&page.summary.title).into());
        item.insert("content_text".into(), summary.into());
        if let Some(date) = matter.date {
            item.insert("date_published".into(), moment(date).into());
        }
        item.insert("date_modified".into(), moment(updated).into());
        if !matter.authors.is_empty() {
            item.insert("authors".into(), matter.authors.iter().map(|author| json!({ "name": self.plain(author) })).collect());
        }
        if !matter.tags.is_empty() {
            item.insert("tags".into(), matter.tags.iter().map(|tag| Value::from(tag.text.as_str())).collect());
        }
        Value::Object(item)
    }
}

/// One element with text; characters that XML cannot hold are left out (XML 1.0, section 2.2).
fn element(xml: &mut String, name: &str, text: &str) {
    let fine: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(&fine));
}
