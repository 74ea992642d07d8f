//! The dashboard of authors at `/_rahnama/`: coverage, drift, problems and reviews of the site as it was built last.
//!
//! A pure function of what a build knows. The pages need no script and no inline style, so the strictest policy lets them through; places
//! are texts that can be copied, and links where an editor takes them.

mod sections;
#[cfg(test)]
mod tests;

use super::translations::Status;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::Blob;
use crate::pipeline::Known;
use crate::render::html::Html;
use crate::render::view::UserText;
use crate::site::page::LanguageIndex;
use crate::site::strings::{Arg, Strings};
use sections::SECTIONS;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the pages stand.
pub const PREFIX: &str = "/_rahnama/";

/// What the dashboard shows.
pub struct Dashboard<'a> {
    /// What the build knows.
    pub known: &'a Known,
    /// What it found, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// The text of a file that a problem points at.
    pub texts: &'a dyn Fn(&str) -> Option<Arc<str>>,
    /// How an editor opens a place, such as `vscode://file/home/me/site/{path}:{line}:{column}`.
    pub editor: Option<&'a str>,
}

/// The files below the prefix: `index.html` in the source language, `<language>/index.html`, `dashboard.css`.
pub fn files(dashboard: &Dashboard<'_>) -> BTreeMap<String, Arc<Blob>> {
    let site = &dashboard.known.site;
    let mut files = BTreeMap::from([("dashboard.css".to_owned(), Blob::new(include_bytes!("dashboard.css").as_slice()))]);
    for (index, language) in site.languages.iter().enumerate() {
        let blob = Blob::new(page(dashboard, index));
        if index == site.source_language() {
            files.insert("index.html".to_owned(), blob.clone());
        }
        files.insert(format!("{}/index.html", language.tag), blob);
    }
    files
}

/// The dashboard in one language.
pub fn page(dashboard: &Dashboard<'_>, language: LanguageIndex) -> Vec<u8> {
    let strings = &dashboard.known.strings[language];
    let mut writer = Writer { dashboard, strings, status: Status::of(dashboard.known), html: Html::with_capacity(16 * 1024) };
    writer.head();
    writer.top(language);
    writer.html.open("main", &[("id", Some("main"))]).line();
    for (id, title, write) in SECTIONS {
        writer.html.open("section", &[("aria-labelledby", Some(id))]).line().open("h2", &[("id", Some(id))]);
        writer.string(title, &[]);
        writer.html.close("h2").line();
        write(&mut writer);
        writer.html.close("section").line();
    }
    writer.html.close("main").line().close("body").line().close("html").line();
    writer.html.finish().into_bytes()
}

/// A page under construction.
struct Writer<'a> {
    dashboard: &'a Dashboard<'a>,
    strings: &'a Strings,
    status: Status,
    html: Html,
}

impl Writer<'_> {
    fn string(&mut self, key: &str, arguments: &[(&str, Arg<'_>)]) {
        self.html.html(&self.strings.html(key, arguments));
    }

    fn head(&mut self) {
        let (lang, dir) = (&self.strings.locale.tag, self.strings.direction().as_str());
        let title = self.strings.text("dashboard-title", &[]);
        self.html.html("<!DOCTYPE html>").line().open("html", &[("lang", Some(lang)), ("dir", Some(dir))]).line().open("head", &[]).line();
        self.html.open("meta", &[("charset", Some("utf-8"))]).line();
        self.html.open("meta", &[("name", Some("viewport")), ("content", Some("width=device-width, initial-scale=1"))]).line();
        self.html.open("title", &[]).text(&title).close("title").line();
        self.html.open("link", &[("rel", Some("stylesheet")), ("href", Some(&format!("{PREFIX}dashboard.css")))]).line();
        self.html.close("head").line().open("body", &[]).line();
    }

    /// Title, languages and contents.
    fn top(&mut self, here: LanguageIndex) {
        let skip = self.strings.html("skip-to-content", &[]);
        self.html
            .open("a", &[("class", Some("skip")), ("href", Some("#main"))])
            .html(&skip)
            .close("a")
            .line()
            .open("header", &[])
            .line()
            .open("h1", &[]);
        self.string("dashboard-title", &[]);
        self.html.close("h1").line().open("p", &[]);
        self.string("dashboard-intro", &[]);
        self.html.text(" ").open("a", &[("href", Some("/"))]);
        self.string("dashboard-back", &[]);
        self.html.close("a").close("p").line();
        self.languages(here);
        let label = self.strings.text("dashboard-contents", &[]);
        self.html.open("nav", &[("aria-label", Some(&label))]).open("ul", &[]);
        for (id, title, _) in SECTIONS {
            self.html.open("li", &[]).open("a", &[("href", Some(&format!("#{id}")))]);
            self.string(title, &[]);
            self.html.close("a").close("li");
        }
        self.html.close("ul").close("nav").line().close("header").line();
    }

    fn languages(&mut self, here: LanguageIndex) {
        let site = &self.dashboard.known.site;
        if site.languages.len() < 2 {
            return;
        }
        let label = self.strings.text("dashboard-languages", &[]);
        self.html.open("nav", &[("aria-label", Some(&label))]).open("ul", &[]);
        for (index, language) in site.languages.iter().enumerate() {
            let (tag, dir) = (&*language.tag, language.locale.direction.as_str());
            let href = format!("{PREFIX}{tag}/");
            let current = (index == here).then_some("page");
            let attributes =
                [("href", Some(href.as_str())), ("hreflang", Some(tag)), ("lang", Some(tag)), ("dir", Some(dir)), ("aria-current", current)];
            self.html.open("li", &[]).open("a", &attributes).text(&language.locale.name).close("a").close("li");
        }
        self.html.close("ul").close("nav").line();
    }

    /// A table with a heading for each column, in a region that scrolls by keyboard; without rows a sentence.
    fn table(&mut self, id: &str, heads: &[&str], rows: usize, write: impl FnOnce(&mut Self)) {
        if rows == 0 {
            self.html.open("p", &[]);
            self.string("dashboard-nothing", &[]);
            self.html.close("p").line();
            return;
        }
        self.html.open("div", &[("class", Some("scroll")), ("role", Some("region")), ("tabindex", Some("0")), ("aria-labelledby", Some(id))]).line();
        self.html.open("table", &[]).open("thead", &[]).open("tr", &[]);
        for head in heads {
            self.html.open("th", &[("scope", Some("col"))]);
            match head.strip_prefix("lang:") {
                Some(name) => self.html.text(name),
                None => self.html.html(&self.strings.html(head, &[])),
            };
            self.html.close("th");
        }
        self.html.close("tr").close("thead").line().open("tbody", &[]).line();
        write(self);
        self.html.close("tbody").close("table").close("div").line();
    }

    /// A text from data, isolated.
    fn data(&mut self, text: &str) {
        let isolated = UserText { text: text.to_owned(), ..UserText::default() }.isolated();
        self.html.html(&isolated);
    }

    /// A place as `path:line:column`, linked where an editor is known.
    fn place(&mut self, path: &str, place: Option<(usize, usize)>) {
        let text = place.map_or_else(|| path.to_owned(), |(line, column)| format!("{path}:{line}:{column}"));
        let (line, column) = place.unwrap_or((1, 1));
        let editor = self.dashboard.editor.filter(|_| !path.starts_with("built-in/"));
        let href = editor.map(|editor| {
            let path = crate::language::slug::encode_path(path);
            editor.replace("{path}", &path).replace("{line}", &line.to_string()).replace("{column}", &column.to_string())
        });
        if let Some(href) = &href {
            self.html.open("a", &[("href", Some(href))]);
        }
        self.html.open("code", &[("dir", Some("ltr"))]).text(&text).close("code");
        if href.is_some() {
            self.html.close("a");
        }
    }

    fn number(&mut self, number: usize) {
        let text = self.strings.locale.number(i64::try_from(number).unwrap_or(i64::MAX));
        self.html.open("td", &[("class", Some("number"))]).text(&text).close("td");
    }
}
