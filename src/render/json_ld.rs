//! What a page says to search engines in their own words (schema.org, as JSON-LD).

use super::view::{Link, PageView};
use crate::site::Site;
use crate::site::page::Page;
use serde_json::{Map, Value, json};

/// The text for the script element; empty where addresses are not known or the page is not to be found.
pub fn json_ld(site: &Site, page: &Page, view: &PageView) -> String {
    let Some(base) = site.base_url().filter(|_| !view.noindex) else { return String::new() };
    let mut graph = vec![subject(site, page, view, base)];
    if !view.breadcrumbs.is_empty() {
        graph.push(breadcrumbs(view, base));
    }
    // `<` would let a title end the element.
    json!({ "@context": "https://schema.org", "@graph": graph }).to_string().replace('<', "\\u003c")
}

/// What the page is.
fn subject(site: &Site, page: &Page, view: &PageView, base: &str) -> Value {
    let kind = match view.template.as_str() {
        "home" => "WebSite",
        "section" | "paths" | "path" | "tag" | "tags" => "CollectionPage",
        "page" => "Article",
        _ => "WebPage",
    };
    let mut thing = Map::new();
    thing.insert("@type".into(), kind.into());
    let title = if kind == "WebSite" { site.config.title_in(&view.lang) } else { view.title.text.as_str() };
    thing.insert(if kind == "Article" { "headline" } else { "name" }.into(), title.into());
    if let Some(description) = &view.description {
        thing.insert("description".into(), description.text.as_str().into());
    }
    thing.insert("inLanguage".into(), view.lang.as_str().into());
    thing.insert("url".into(), format!("{base}{}", view.href).into());
    if kind == "Article" {
        article(page, view, &mut thing);
    }
    if !view.entries.is_empty() {
        thing.insert("mainEntity".into(), list(&view.entries, base));
    }
    Value::Object(thing)
}

fn article(page: &Page, view: &PageView, thing: &mut Map<String, Value>) {
    let matter = &page.summary.matter;
    if let Some(date) = matter.date {
        thing.insert("datePublished".into(), date.to_string().into());
    }
    if let Some(date) = matter.updated.or(matter.date) {
        thing.insert("dateModified".into(), date.to_string().into());
    }
    if !matter.authors.is_empty() {
        thing.insert("author".into(), matter.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect());
    }
    if let Some(image) = &view.image {
        thing.insert("image".into(), image.as_str().into());
    }
}

fn list(entries: &[Link], base: &str) -> Value {
    let item = |(number, link): (usize, &Link)| json!({ "@type": "ListItem", "position": number + 1, "name": link.title.text, "url": format!("{base}{}", link.href) });
    json!({ "@type": "ItemList", "itemListElement": entries.iter().enumerate().map(item).collect::<Vec<_>>() })
}

fn breadcrumbs(view: &PageView, base: &str) -> Value {
    let above = view.breadcrumbs.iter().map(|link| (link.title.text.as_str(), link.href.as_str()));
    let steps = above.chain([(view.title.text.as_str(), view.href.as_str())]);
    let item = |(number, (name, href)): (usize, (&str, &str))| json!({ "@type": "ListItem", "position": number + 1, "name": name, "item": format!("{base}{href}") });
    json!({ "@type": "BreadcrumbList", "itemListElement": steps.enumerate().map(item).collect::<Vec<_>>() })
}
