//! The form that views have in templates: maps with the names of the fields.

use super::html::isolated;
use super::view::{
    Alternate, BodyLang, DateView, Frame, Group, GuideText, Link, Notice, PageView, PathPosition, SectionView, Shared, SiteView, TermView, TocEntry,
    UserText,
};
use crate::language::bidi::with_direction_mark;
use crate::language::data::Direction;
use crate::language::isolation::{isolate_runs, isolate_whole};
use std::sync::Arc;
use tera::{Map, Value};

/// The form a value has in templates.
pub trait ToValue {
    /// Makes it.
    fn to_value(&self) -> Value;
}

/// A map under construction.
struct Object(Map);

impl Object {
    fn new() -> Object {
        Object(Map::new())
    }

    fn set(mut self, key: &'static str, value: Value) -> Object {
        self.0.insert(key.into(), value);
        self
    }

    fn plain(self, key: &'static str, text: &str) -> Object {
        self.set(key, Value::normal_string(text))
    }

    fn safe(self, key: &'static str, html: &str) -> Object {
        self.set(key, Value::safe_string(html))
    }

    fn number(self, key: &'static str, number: usize) -> Object {
        self.set(key, Value::from(number as u64))
    }

    fn flag(self, key: &'static str, flag: bool) -> Object {
        self.set(key, Value::from(flag))
    }

    /// A text twice: as isolated HTML under `key`, as plain text under `key_text`.
    fn user_text(self, key: &'static str, plain: &'static str, text: &UserText) -> Object {
        self.safe(key, &text.isolated()).plain(plain, &text.text)
    }

    fn optional(self, key: &'static str, text: Option<&str>) -> Object {
        self.set(key, text.map_or_else(Value::none, Value::normal_string))
    }

    fn done(self) -> Value {
        Value::from(self.0)
    }
}

impl UserText {
    /// HTML in an isolating element.
    pub fn isolated(&self) -> String {
        isolated(self)
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(Value::none, ToValue::to_value)
    }
}

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(&self) -> Value {
        Value::from(self.iter().map(ToValue::to_value).collect::<Vec<_>>())
    }
}

impl<T: ToValue> ToValue for std::sync::Arc<T> {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl ToValue for UserText {
    fn to_value(&self) -> Value {
        Object::new().safe("html", &self.isolated()).plain("text", &self.text).done()
    }
}

impl ToValue for Link {
    fn to_value(&self) -> Value {
        link(self).done()
    }
}

fn link(link: &Link) -> Object {
    let description = link.description.clone().unwrap_or_default();
    Object::new()
        .plain("id", &link.id)
        .user_text("title", "title_text", &link.title)
        .plain("href", &link.href)
        .set("description", link.description.as_ref().map_or_else(Value::none, |text| Value::safe_string(&text.isolated())))
        .plain("description_text", &description.text)
        .plain("items", &link.items)
        .number("item_count", link.item_count)
        .plain("item_hrefs", &link.item_hrefs)
        .set("minutes", link.minutes.map_or_else(Value::none, |minutes| Value::from(u64::from(minutes))))
        .number("count", link.count)
        .set("lang", link.title.lang.as_ref().map_or_else(Value::none, |(tag, _)| Value::normal_string(tag)))
}

impl ToValue for TocEntry {
    fn to_value(&self) -> Value {
        Object::new().plain("anchor", &self.anchor).user_text("title", "title_text", &self.title).set("children", self.children.to_value()).done()
    }
}

impl ToValue for Alternate {
    fn to_value(&self) -> Value {
        Object::new()
            .plain("tag", &self.tag)
            .plain("dir", self.dir)
            .plain("name", &self.name)
            .plain("og_locale", &self.og_locale)
            .plain("href", &self.href)
            .flag("current", self.current)
            .flag("translated", self.translated)
            .done()
    }
}

impl ToValue for BodyLang {
    fn to_value(&self) -> Value {
        Object::new().plain("tag", &self.tag).plain("dir", self.dir).plain("script", &self.script).done()
    }
}

impl ToValue for DateView {
    fn to_value(&self) -> Value {
        Object::new().plain("iso", &self.iso).plain("text", &self.text).done()
    }
}

impl<T> ToValue for Arc<Shared<T>> {
    fn to_value(&self) -> Value {
        self.value.clone()
    }
}

impl<T: ToValue> ToValue for Group<T> {
    fn to_value(&self) -> Value {
        Object::new().user_text("title", "title_text", &self.title).plain("anchor", &self.anchor).set("entries", self.entries.to_value()).done()
    }
}

impl ToValue for TermView {
    fn to_value(&self) -> Value {
        Object::new()
            .plain("id", &self.id)
            .user_text("term", "term_text", &self.term)
            .set("abbreviation", self.abbreviation.to_value())
            .set("also", self.also.to_value())
            .safe("definition", &self.definition)
            .plain("href", &self.href)
            .set("translations", self.translations.to_value())
            .set("used_in", self.used_in.to_value())
            .done()
    }
}

impl ToValue for GuideText {
    fn to_value(&self) -> Value {
        Object::new().set("guide", self.guide.to_value()).safe("html", &self.html).plain("lang", &self.lang).plain("dir", self.dir).done()
    }
}

impl ToValue for PathPosition {
    fn to_value(&self) -> Value {
        Object::new().set("path", self.path.to_value()).number("step", self.step).number("total", self.total).set("next", self.next.to_value()).done()
    }
}

impl ToValue for Notice {
    fn to_value(&self) -> Value {
        match self {
            Notice::Missing { language, shown, href } => Object::new()
                .plain("kind", "missing")
                .plain("language", language)
                .plain("shown", shown)
                .plain("source", shown)
                .plain("href", href)
                .set("date", Value::none())
                .number("changed", 0)
                .done(),
            Notice::Stale { source, date, href, changed } => Object::new()
                .plain("kind", "stale")
                .plain("language", "")
                .plain("shown", "")
                .plain("source", source)
                .plain("href", href)
                .set("date", date.to_value())
                .number("changed", *changed)
                .done(),
        }
    }
}

impl ToValue for SectionView {
    fn to_value(&self) -> Value {
        link(&self.link).set("pages", self.pages.to_value()).set("sections", self.sections.to_value()).done()
    }
}

impl ToValue for Frame {
    fn to_value(&self) -> Value {
        Object::new()
            .plain("tag", &self.tag)
            .plain("dir", self.dir)
            .plain("name", &self.name)
            .user_text("title", "title_text", &self.title)
            .user_text("description", "description_text", &self.description)
            .plain("href", &self.href)
            .done()
    }
}

/// A map of free values that are kept as JSON texts.
fn json_map(entries: &[(String, String)]) -> Value {
    let mut map = Map::new();
    for (key, text) in entries {
        let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        map.insert(key.clone().into(), Value::from_serializable(&value));
    }
    Value::from(map)
}

impl ToValue for SiteView {
    fn to_value(&self) -> Value {
        let mut assets = Map::new();
        for (name, href, integrity) in &self.assets {
            assets.insert(name.clone().into(), Object::new().plain("href", href).plain("integrity", integrity).done());
        }
        let mut special = Map::new();
        for (name, link) in &self.special {
            special.insert(name.clone().into(), link.to_value());
        }
        Object::new()
            .plain("id", &self.id)
            .user_text("title", "title_text", &self.title)
            // Says its own direction where that cannot be guessed.
            .plain("title_card", &card(&self.title, "ltr"))
            .user_text("description", "description_text", &self.description)
            .set("home", self.home.to_value())
            .set("sections", self.sections.to_value())
            .set("special", Value::from(special))
            .set("pages", self.pages.to_value())
            .set("paths", self.paths.to_value())
            .set("assets", Value::from(assets))
            .optional("licence", self.licence.as_deref())
            .optional("issue_url", self.issue_url.as_deref())
            .set("theme_settings", json_map(&self.theme_settings))
            .number("language_count", self.language_count)
            .optional("feed", self.feed.as_deref())
            .optional("manifest", self.manifest.as_deref())
            .optional("csp", self.csp.as_deref())
            .flag("hosted", self.hosted)
            .optional("search", self.search.as_deref())
            .set("languages", self.languages.to_value())
            .done()
    }
}

impl ToValue for PageView {
    fn to_value(&self) -> Value {
        let hreflang = self.hreflang.iter().map(|(tag, url)| Object::new().plain("hreflang", tag).plain("href", url).done()).collect::<Vec<_>>();
        page_texts(self)
            .set("body_lang", self.body_lang.to_value())
            .set("section", self.section.to_value())
            .set("toc", self.toc.to_value())
            .set("breadcrumbs", self.breadcrumbs.to_value())
            .set("previous", self.previous.to_value())
            .set("next", self.next.to_value())
            .set("alternates", self.alternates.to_value())
            .set("date", self.date.to_value())
            .set("updated", self.updated.to_value())
            .number("reading_minutes", self.reading_minutes as usize)
            .set("tags", self.tags.to_value())
            .set("authors", self.authors.to_value())
            .set("related", self.related.to_value())
            .set("terms", self.terms.to_value())
            .set("notice", self.notice.to_value())
            .set("hreflang", Value::from(hreflang))
            .flag("noindex", self.noindex)
            .set("on_paths", self.on_paths.to_value())
            .set("entries", self.entries.to_value())
            .number("minutes", self.minutes as usize)
            .set("glossary", self.glossary.to_value())
            .set("plan", self.plan.to_value())
            .set("plan_sections", self.plan_sections.to_value())
            .set("print", self.print.to_value())
            .set("frames", self.frames.to_value())
            .set("extra", json_map(&self.extra))
            .flag("show_toc", self.show_toc)
            .done()
    }
}

fn page_texts(page: &PageView) -> Object {
    let description = page.description.clone().unwrap_or_default();
    let result = page.result.clone().unwrap_or_default();
    Object::new()
        .plain("template", &page.template)
        .plain("id", &page.id)
        .plain("lang", &page.lang)
        .plain("dir", page.dir)
        .plain("script", &page.script)
        .plain("og_locale", &page.og_locale)
        .plain("root", &page.root)
        .plain("href", &page.href)
        .safe("title", &page.title.isolated())
        .plain("title_text", &window_title(&page.title, page.dir))
        .plain("title_card", &card(&page.title, page.dir))
        .set("description", page.description.as_ref().map_or_else(Value::none, |text| Value::safe_string(&text.isolated())))
        .plain("description_text", &description.text)
        .plain("description_card", &card(&description, page.dir))
        .set("result", page.result.as_ref().map_or_else(Value::none, |text| Value::safe_string(&text.isolated())))
        .plain("result_text", &result.text)
        .safe("body", &page.body)
        .plain("items", &page.items)
        .number("item_count", page.item_count)
        .plain("item_hrefs", &page.item_hrefs)
        .optional("edit_url", page.edit_url.as_deref())
        .optional("canonical", page.canonical.as_deref())
        .optional("image", page.image.as_deref())
        .optional("print_href", page.print_href.as_deref())
        .safe("json_ld", &page.json_ld)
}

/// A text for a card that other sites show, where nothing says its direction.
fn card(text: &UserText, page: &str) -> String {
    with_direction_mark(&text.text, direction(text, page)).into_owned()
}

/// A title beside others in the title of a window, which has the direction of the page.
fn window_title(text: &UserText, page: &str) -> String {
    let direction = direction(text, page);
    let runs = isolate_runs(&text.text, direction);
    if direction.as_str() == page { runs.into_owned() } else { isolate_whole(&runs, direction) }
}

/// The direction of a text on a page.
fn direction(text: &UserText, page: &str) -> Direction {
    let dir = text.lang.as_ref().map(|(_, dir)| *dir).or(text.dir).unwrap_or(page);
    if dir == "rtl" { Direction::Rtl } else { Direction::Ltr }
}
