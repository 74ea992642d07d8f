//! Links of navigation, made from pages.

use super::view::{Link, UserText};
use crate::language::slug::encode_path;
use crate::site::page::{LanguageIndex, Page};
use crate::site::{Site, Tag};

/// The name of a page for readers of `language`.
pub fn title(site: &Site, page: &Page, language: LanguageIndex) -> UserText {
    text(site, page, language, &page.summary.title).softened(&site.languages[page.text_language].locale)
}

/// A text of a page for readers of `language`.
pub fn text(site: &Site, page: &Page, language: LanguageIndex, text: &str) -> UserText {
    name(site, page.text_language, language, text)
}

/// A text in one language for readers of another.
pub fn name(site: &Site, own: LanguageIndex, reader: LanguageIndex, text: &str) -> UserText {
    let locale = &site.languages[own].locale;
    if own == reader { UserText::new(text, locale.direction) } else { UserText::in_language(text, &locale.tag, locale.direction) }
}

/// A link to a page for readers of its language.
pub fn to(site: &Site, page: &Page) -> Link {
    for_reader(site, page, page.language)
}

/// A link to a page for readers of `language`, who may be led to another language's page.
pub fn for_reader(site: &Site, page: &Page, language: LanguageIndex) -> Link {
    let mut link = bare(site, page, language);
    link.description = page.summary.matter.description.as_ref().map(|description| text(site, page, language, description));
    let mut guides: Vec<&Page> = if page.is_section { guides_below(site, page) } else { vec![page] };
    if page.is_section {
        link.count = guides.len();
        // Progress knows no order; so a title that moves its guide in a list is no news for pages that show the section.
        guides.sort_by(|a, b| a.id.cmp(&b.id));
    }
    with_items(link, &guides)
}

/// A link without description and progress.
pub fn bare(site: &Site, page: &Page, language: LanguageIndex) -> Link {
    Link { id: page.id.to_string(), title: title(site, page, language), href: page.href.to_string(), ..Link::default() }
}

/// Adds the checklist items of some guides.
pub fn with_items(mut link: Link, guides: &[&Page]) -> Link {
    let (items, hrefs, count) = items(guides);
    (link.items, link.item_hrefs, link.item_count) = (items, hrefs, count);
    link
}

/// The guides of a section and of the sections in it, in order.
pub fn guides_below<'a>(site: &'a Site, section: &'a Page) -> Vec<&'a Page> {
    let mut guides = Vec::new();
    let mut open = vec![section];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(section) = open.pop() {
        if !seen.insert(&section.id) {
            continue; // Two folders claim one identity: reported, and no circle here.
        }
        let Some(children) = site.children(section.language, &section.id) else { continue };
        guides.extend(children.pages.iter().map(|page| &site.pages[*page]));
        open.extend(children.sections.iter().rev().map(|page| &site.pages[*page]));
    }
    guides
}

/// `guide:item item;guide2:item`, the addresses of those guides, and how many items.
pub fn items(guides: &[&Page]) -> (String, String, usize) {
    let (mut items, mut hrefs, mut count) = (String::new(), String::new(), 0);
    for page in guides {
        let mut separator = ':';
        for (number, id) in page.items.iter().enumerate() {
            let item = &page.summary.items[number];
            if item.has_children || is_optional(page, number) {
                continue;
            }
            if separator == ':' {
                if !items.is_empty() {
                    items.push(';');
                    hrefs.push(' ');
                }
                items.push_str(&encode_path(&page.id));
                hrefs.push_str(&page.href);
            }
            items.push(separator);
            items.push_str(id);
            if item.done {
                items.push('+');
            }
            separator = ' ';
            count += 1;
        }
    }
    (items, hrefs, count)
}

/// Whether an item or one above it is optional.
pub fn is_optional(page: &Page, mut number: usize) -> bool {
    loop {
        let item = &page.summary.items[number];
        if item.optional {
            return true;
        }
        match item.parent {
            Some(parent) => number = parent as usize,
            None => return false,
        }
    }
}

/// A link to a tag's page.
pub fn to_tag(site: &Site, language: LanguageIndex, tag: &Tag) -> Link {
    let direction = site.languages[language].locale.direction;
    Link {
        id: tag.id.clone(),
        title: UserText::new(tag.name.as_str(), direction),
        href: tag.href.to_string(),
        count: tag.pages.len(),
        ..Link::default()
    }
}
