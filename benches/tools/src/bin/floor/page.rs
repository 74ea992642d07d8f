//! The page around the text.

use crate::Problem;
use crate::corpus::{LANGUAGES, Text};
use crate::markdown;
use std::collections::HashMap;
use tera::{Context, Tera, Value};

const TEMPLATE: &str = include_str!("page.html");

/// The template and the menu of each section.
pub struct Theme {
    tera: Tera,
    menus: HashMap<(&'static str, String), Value>,
}

/// A link of a menu.
#[derive(serde::Serialize)]
struct Link {
    title: String,
    url: String,
}

/// Writes the text into a page that is the same for all.
pub fn shell(text: &Text<'_>, out: &mut Vec<u8>) {
    let (before, after) = TEMPLATE.split_once("{{ content }}").unwrap_or((TEMPLATE, ""));
    for part in [before, &markdown::html(text.body()), after] {
        out.extend_from_slice(part.as_bytes());
    }
}

impl Theme {
    /// Reads the template and makes the menus.
    pub fn new(texts: &[Text<'_>]) -> Result<Theme, Problem> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.add_raw_template("page.html", TEMPLATE)?;
        let mut menus: HashMap<(&'static str, String), Vec<(u32, Link)>> = HashMap::new();
        for text in texts {
            let link = Link { title: text.value("title").to_owned(), url: text.guide.address(text.guide.language) };
            let menu = menus.entry((text.guide.language, text.guide.section.clone())).or_default();
            menu.push((text.value("weight").parse().unwrap_or(0), link));
        }
        Ok(Theme { tera, menus: menus.into_iter().map(|(section, links)| (section, menu(links))).collect() })
    }

    /// Writes the page.
    pub fn page(&self, text: &Text<'_>, out: &mut Vec<u8>) -> Result<(), Problem> {
        let guide = text.guide;
        let (content, toc) = markdown::html_and_headings(text.body());
        let tags: Vec<&str> = text.value("tags").split('"').skip(1).step_by(2).collect();
        let alternates = LANGUAGES.map(|language| Link { title: language.to_owned(), url: guide.address(language) });
        let mut context = Context::new();
        for key in ["title", "description", "date", "updated"] {
            context.insert(key, text.value(key));
        }
        context.insert("lang", guide.language);
        context.insert("dir", if guide.language == "fa" { "rtl" } else { "ltr" });
        context.insert("url", &guide.address(guide.language));
        context.insert("alternates", &alternates);
        context.insert("tags", &tags);
        context.insert("toc", &toc);
        let menu = self.menus.get(&(guide.language, guide.section.clone())).ok_or("a guide of no section")?;
        context.insert_value("nav", menu.clone());
        context.insert_value("content", Value::safe_string(&content));
        Ok(self.tera.render_to("page.html", &context, out)?)
    }
}

fn menu(mut links: Vec<(u32, Link)>) -> Value {
    links.sort_by_key(|(weight, _)| *weight);
    Value::from_serializable(&links.into_iter().map(|(_, link)| link).collect::<Vec<Link>>())
}
