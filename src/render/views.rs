//! From the site to what a template may see of each page.

pub mod glossary;
mod tags;

use self::glossary::Terms;
use super::card::Card;
use super::json_ld::json_ld;
use super::links;
use super::terms::Definitions;
use super::view::{Alternate, BodyLang, DateView, Frame, Link, Notice, PageView, PathPosition, SectionView, Shared, SiteView, TocEntry, UserText};
use crate::base::hash::Hash;
use crate::base::path::PageId;
use crate::base::rows::Before;
use crate::document::Heading;
use crate::language::date::Date;
use crate::language::date_format::DateStyle;
use crate::language::slug::encode_path;
use crate::site::Site;
use crate::site::drift::Drift;
use crate::site::page::{LanguageIndex, Page, root};
use crate::site::pages::{Seen, SeenRows};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Makes views. Shared parts are made once.
pub struct Views<'a> {
    site: &'a Site,
    definitions: &'a Definitions,
    sections: Arc<Sections>,
    terms: Arc<Terms>,
}

/// Sections with their pages, by language and identity.
pub type Sections = Vec<BTreeMap<PageId, Seen<Arc<Shared<SectionView>>>>>;

/// What is remembered of the sections of a site, by language and identity.
pub type SectionRows = SeenRows<(LanguageIndex, PageId), Arc<Shared<SectionView>>>;

/// Makes the sections of a site, or remembers them; all pages in them share them.
pub fn sections(site: &Site, structure: Hash, rows: &SectionRows) -> Sections {
    let below = |language: LanguageIndex| site.sections(language).map(move |id| (language, id.clone()));
    // Pages below home belong to none.
    let keys: Vec<_> = (0..site.languages.len()).flat_map(below).filter(|(_, id)| !id.is_empty()).collect();
    let make = |row: usize, _: Before<'_, Arc<Shared<SectionView>>>| {
        let (language, id) = &keys[row];
        Arc::new(section(site, &site.pages[site.by_id[*language][id]]))
    };
    let made = site.remember_rows(rows, structure, keys.clone(), make);
    let mut sections: Sections = vec![BTreeMap::new(); site.languages.len()];
    for ((language, id), section) in keys.into_iter().zip(made.iter()) {
        sections[language].insert(id, section.clone());
    }
    sections
}

/// A date for people and machines.
pub fn date(site: &Site, language: LanguageIndex, date: Date) -> DateView {
    DateView { iso: date.to_string(), text: site.languages[language].locale.date(&date, DateStyle::Long) }
}

impl<'a> Views<'a> {
    /// Views of a site; `sections` and `terms` are made once for all of them.
    pub fn new(site: &'a Site, definitions: &'a Definitions, sections: Arc<Sections>, terms: Arc<Terms>) -> Views<'a> {
        Views { site, definitions, sections, terms }
    }

    /// The view of a page without its text.
    pub fn page(&self, page: &Page) -> PageView {
        let mut view = self.frame(page);
        self.describe(page, &mut view);
        match page.template.as_str() {
            "home" | "section" => view.entries = self.below(page),
            "paths" => view.entries = self.paths(page.language),
            "path" => self.path(page, &mut view),
            "glossary" => view.glossary = self.glossary(page),
            "tags" => view.entries = self.site.tags[page.language].iter().map(|tag| links::to_tag(self.site, page.language, tag)).collect(),
            _ => self.guide(page, &mut view),
        }
        view.json_ld = json_ld(self.site, page, &view);
        view
    }

    /// What every page has.
    fn frame(&self, page: &Page) -> PageView {
        let (site, locale) = (self.site, &self.site.languages[page.language].locale);
        PageView {
            template: page.template.clone(),
            id: page.id.to_string(),
            lang: locale.tag.clone(),
            dir: locale.direction.as_str(),
            script: locale.script.as_str().to_owned(),
            og_locale: locale.og.clone(),
            root: root(&page.address),
            href: page.href.to_string(),
            title: links::title(site, page, page.language),
            description: page.summary.matter.description.as_ref().map(|text| links::text(site, page, page.language, text)),
            breadcrumbs: site.ancestors(page).into_iter().map(|above| links::bare(site, above, page.language)).collect(),
            alternates: self.alternates(page),
            section: self.section_of(page),
            noindex: page.is_fallback(),
            extra: page.summary.matter.extra.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            body_lang: page.is_fallback().then(|| {
                let text = &site.languages[page.text_language].locale;
                BodyLang { tag: text.tag.clone(), dir: text.direction.as_str(), script: text.script.as_str().to_owned() }
            }),
            ..PageView::default()
        }
    }

    /// A link to a page for readers of `language`; those to sections are made already.
    fn link(&self, page: &Page, language: LanguageIndex) -> Link {
        let section = self.sections[language].get(&page.id).filter(|_| page.is_section && page.language == language);
        section.map_or_else(|| links::for_reader(self.site, page, language), |section| section.get().plain.link.clone())
    }

    fn section_of(&self, page: &Page) -> Option<Arc<Shared<SectionView>>> {
        let id = if page.is_section { &page.id } else { &page.parent };
        self.sections[page.language].get(id).filter(|_| !id.is_empty()).map(|section| section.get().clone())
    }

    /// What an author says of a page.
    fn describe(&self, page: &Page, view: &mut PageView) {
        let (site, language, matter) = (self.site, page.language, &page.summary.matter);
        view.date = matter.date.map(|day| date(site, language, day));
        view.updated = matter.updated.or(matter.date).map(|day| date(site, language, day));
        view.authors = matter.authors.iter().map(|author| UserText { text: author.clone(), ..UserText::default() }).collect();
        view.tags = matter
            .tags
            .iter()
            .filter_map(|tag| site.tags[language].iter().find(|known| known.id == tag.text))
            .map(|tag| links::to_tag(site, language, tag))
            .collect();
        view.related = matter
            .related
            .iter()
            .filter_map(|id| site.reader_page(language, id.text.trim_matches('/')))
            .map(|page| links::for_reader(site, &site.pages[page], language))
            .collect();
        view.edit_url = site.config.edit_url.as_ref().map(|url| url.replace("{path}", &crate::language::slug::encode_path(&page.path)));
        view.notice = self.missing(page);
        if let Some(base) = site.base_url() {
            let shown = if page.is_fallback() { site.original(page) } else { page };
            view.canonical = Some(format!("{base}{}", shown.href));
            view.hreflang = self.hreflang(page, base);
            let image = matter.image.as_ref().and_then(|image| site.picture(page, &image.text)).map(|(_, href)| href);
            view.image = image.or_else(|| Card::of(site, page).map(|card| card.href())).map(|href| format!("{base}{href}"));
        }
    }

    /// The notice on a page whose text is another language's.
    fn missing(&self, page: &Page) -> Option<Notice> {
        let site = self.site;
        page.is_fallback().then(|| Notice::Missing {
            language: site.languages[page.language].tag.to_string(),
            shown: site.languages[page.text_language].tag.to_string(),
            href: site.original(page).href.to_string(),
        })
    }

    /// The notice on a translation whose original says something else now.
    pub fn stale(&self, page: &Page, drift: &Drift) -> Option<Notice> {
        let original = self.site.original(page);
        let day = original.summary.matter.updated.or(original.summary.matter.date);
        (drift.for_readers() > 0).then(|| Notice::Stale {
            source: self.site.languages[original.language].tag.to_string(),
            date: day.map(|day| date(self.site, page.language, day)),
            href: original.href.to_string(),
            changed: drift.for_readers(),
        })
    }

    /// All translations and `x-default`, in the order of the site; none for a fallback.
    pub fn hreflang(&self, page: &Page, base: &str) -> Vec<(String, String)> {
        if page.is_fallback() || !self.site.config.is_multilingual() {
            return Vec::new();
        }
        let mut alternates: Vec<(String, String)> = self
            .site
            .translations(page)
            .map(|other| (self.site.languages[other.language].tag.to_string(), format!("{base}{}", other.href)))
            .collect();
        let default = if page.id.is_empty() { base.to_owned() } else { format!("{base}{}", self.site.original(page).href) };
        alternates.push(("x-default".to_owned(), default));
        alternates
    }

    fn alternates(&self, page: &Page) -> Vec<Alternate> {
        let site = self.site;
        let one = |(index, language): (usize, &Arc<crate::site::Language>)| {
            let other = site.nearest(page, index)?;
            Some(Alternate {
                tag: language.tag.to_string(),
                dir: language.locale.direction.as_str(),
                name: language.locale.name.clone(),
                og_locale: language.locale.og.clone(),
                href: other.href.to_string(),
                current: index == page.language,
                translated: other.id == page.id && !other.is_fallback(),
            })
        };
        site.languages.iter().enumerate().filter_map(one).collect()
    }

    fn guide(&self, page: &Page, view: &mut PageView) {
        let (site, language) = (self.site, page.language);
        view.show_toc = page.summary.matter.toc.unwrap_or(true);
        view.toc = toc(site, page);
        (view.items, view.item_hrefs, view.item_count) = links::items(&[page]);
        let (previous, next) = site.neighbours(page);
        view.previous = previous.map(|other| links::bare(site, other, language));
        view.next = next.map(|other| links::bare(site, other, language));
        view.terms = page.summary.terms.iter().filter_map(|id| self.term(language, id, &view.root, &view.href)).collect();
        view.on_paths = site.paths_of.get(&page.id).into_iter().flatten().filter_map(|(path, step)| self.position(language, path, *step)).collect();
    }

    fn position(&self, language: LanguageIndex, path: &PageId, step: usize) -> Option<PathPosition> {
        let page = self.site.page(language, path)?;
        let steps = &self.site.original(page).summary.matter.steps;
        let next = steps.get(step + 1).and_then(|next| self.site.reader_page(language, next.guide.text.trim_matches('/')));
        Some(PathPosition {
            path: links::bare(self.site, page, language),
            step: step + 1,
            total: steps.len(),
            next: next.map(|next| links::bare(self.site, &self.site.pages[next], language)),
        })
    }

    fn below(&self, page: &Page) -> Vec<Link> {
        let Some(children) = self.site.children(page.language, &page.id) else { return Vec::new() };
        let pages = children.pages.iter().map(|page| &self.site.pages[*page]).filter(|child| child.is_guide() && !page.id.is_empty());
        let sections = children.sections.iter().map(|page| &self.site.pages[*page]).filter(|section| section.template == "section");
        pages.chain(sections).map(|child| self.link(child, page.language)).collect()
    }

    /// Learning paths with the items of their guides.
    pub fn paths(&self, language: LanguageIndex) -> Vec<Link> {
        let mut paths: Vec<&Page> =
            self.site.by_id[language].values().map(|page| &self.site.pages[*page]).filter(|page| page.template == "path").collect();
        paths.sort_by_key(|page| (page.summary.matter.weight.unwrap_or(i64::MAX), page.id.clone()));
        let one = |page: &Page| {
            let guides: Vec<&Page> = self.steps(page).into_iter().map(|(guide, _)| guide).collect();
            let mut link = links::with_items(links::to(self.site, page), &guides);
            link.minutes = Some(self.steps(page).iter().filter_map(|(_, minutes)| *minutes).sum());
            link.count = guides.len();
            link
        };
        paths.into_iter().map(one).collect()
    }

    /// The guides of a path, with their minutes.
    pub fn steps(&self, page: &Page) -> Vec<(&'a Page, Option<u32>)> {
        let steps = &page.summary.matter.steps;
        steps
            .iter()
            .filter_map(|step| Some((&self.site.pages[self.site.reader_page(page.language, step.guide.text.trim_matches('/'))?], step.minutes)))
            .collect()
    }

    fn path(&self, page: &Page, view: &mut PageView) {
        let steps = self.steps(page);
        view.entries =
            steps.iter().map(|(guide, minutes)| Link { minutes: *minutes, ..links::for_reader(self.site, guide, page.language) }).collect();
        view.minutes = steps.iter().filter_map(|(_, minutes)| *minutes).sum();
        view.result = page.summary.matter.result.as_ref().map(|text| links::text(self.site, page, page.language, text));
        let guides: Vec<&Page> = steps.into_iter().map(|(guide, _)| guide).collect();
        (view.items, view.item_hrefs, view.item_count) = links::items(&guides);
        view.print_href = Some(crate::site::page::href(&format!("{}print/", page.address), self.site.is_portable()).to_string());
    }

    /// A page that belongs to no file: chooser and 404 pages. `language` is that of its frame.
    pub fn generated(&self, template: &str, language: LanguageIndex, root: &str, href: &str) -> Option<PageView> {
        let home = self.site.home(language)?;
        let mut view = self.frame(home);
        view.template = template.to_owned();
        view.root = root.to_owned();
        view.href = href.to_owned();
        view.breadcrumbs = Vec::new();
        view.noindex = template != "chooser";
        view.body_lang = None;
        view.description = None;
        view.title = UserText::default();
        view.frames = self.frames();
        if let Some(base) = self.site.base_url().filter(|_| template == "chooser") {
            view.canonical = Some(base.to_owned());
            view.hreflang = self.hreflang(home, base);
        }
        Some(view)
    }

    fn frames(&self) -> Vec<Frame> {
        let site = self.site;
        let one = |(index, language): (usize, &Arc<crate::site::Language>)| {
            let locale = &language.locale;
            Some(Frame {
                tag: language.tag.to_string(),
                dir: locale.direction.as_str(),
                name: locale.name.clone(),
                title: UserText::new(site.config.title_in(&language.tag), locale.direction),
                description: UserText::new(site.config.description_in(&language.tag), locale.direction),
                href: site.home(index)?.href.to_string(),
            })
        };
        site.languages.iter().enumerate().filter_map(one).collect()
    }

    /// What all pages of a language share. `assets` are name, address and integrity.
    pub fn site(&self, language: LanguageIndex, assets: &[(String, String, String)]) -> SiteView {
        let (site, config) = (self.site, &self.site.config);
        let tag = &*site.languages[language].tag;
        let direction = site.languages[language].locale.direction;
        let top = site.children(language, "");
        let home = site.home(language);
        let pages = top.map(|top| {
            top.pages.iter().map(|page| &site.pages[*page]).filter(|page| page.is_guide()).map(|page| links::bare(site, page, language)).collect()
        });
        let sections = top.map(|top| {
            top.sections
                .iter()
                .map(|page| &site.pages[*page])
                .filter(|page| page.template == "section")
                .map(|page| self.link(page, language))
                .collect()
        });
        SiteView {
            id: config.id.clone().unwrap_or_default(),
            title: UserText::new(config.title_in(tag), direction),
            description: UserText::new(config.description_in(tag), direction),
            home: home.map(|home| links::bare(site, home, language)).unwrap_or_default(),
            sections: sections.unwrap_or_default(),
            special: ["glossary", "tags", "plan", "paths"]
                .iter()
                .filter_map(|name| Some(((*name).to_owned(), links::bare(site, site.special(language, name)?, language))))
                .collect(),
            pages: pages.unwrap_or_default(),
            paths: self.paths(language),
            assets: assets.to_vec(),
            licence: config.licence.clone(),
            issue_url: config.issue_url.clone(),
            theme_settings: config.theme_settings.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            language_count: site.languages.len(),
            feed: None,
            manifest: None,
            csp: None,
            hosted: !site.is_portable(),
            search: None,
            languages: home.map(|home| self.alternates(home)).unwrap_or_default(),
        }
    }
}

fn section(site: &Site, page: &Page) -> Shared<SectionView> {
    let list = |pages: &[usize]| pages.iter().map(|child| links::for_reader(site, &site.pages[*child], page.language)).collect();
    let (pages, sections) =
        site.children(page.language, &page.id).map_or_else(Default::default, |children| (list(&children.pages), list(&children.sections)));
    Shared::new(SectionView { link: links::to(site, page), pages, sections })
}

/// Headings of the second and third level, nested.
fn toc(site: &Site, page: &Page) -> Vec<TocEntry> {
    let entry = |heading: &Heading| TocEntry {
        anchor: encode_path(&heading.anchor),
        title: links::text(site, page, page.language, &heading.text),
        children: Vec::new(),
    };
    let mut toc: Vec<TocEntry> = Vec::new();
    for heading in &page.summary.headings {
        match (heading.level, toc.last_mut()) {
            (2, _) => toc.push(entry(heading)),
            (3, Some(above)) => above.children.push(entry(heading)),
            _ => {}
        }
    }
    toc
}
