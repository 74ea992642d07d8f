//! Pages: of files, of tags, printable paths, the chooser and the pages for what is not there.

use super::{Rendered, Shared};
use crate::base::caught::caught;
use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::files::{Blob, Sink};
use crate::base::hash::Hash;
use crate::base::path::{OutPath, SourcePath};
use crate::render::body::{Body, body, checklists, guide_prefix};
use crate::render::explain::Inputs;
use crate::render::links;
use crate::render::view::{Group, GuideText, PageView, UserText, View};
use crate::site::page::{LanguageIndex, Page, href, out_path, root};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// A plan with more items is split by section.
const PLAN_LIMIT: usize = 500;

/// Writes all pages, in parallel.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    let problems = Mutex::new(Vec::new());
    let put = |out: OutPath, rendered: Rendered, source: &str| match rendered {
        Ok(blob) => sink.put(out, blob),
        Err(problem) => problems.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((source.to_owned(), *problem)),
    };
    (0..site.pages.len()).into_par_iter().for_each(|index| {
        let page = &site.pages[index];
        if site.by_address.get(&page.address) != Some(&index) {
            return; // Another page stands there; the check on addresses has said so.
        }
        put(page.out(), shared.page(index), &page.path);
        match page.template.as_str() {
            "path" => put(out_path(&format!("{}print/", page.address)), shared.print(index), &page.path),
            "plan" => shared.plan_parts(index).into_iter().for_each(|(out, rendered)| put(out, rendered, &page.path)),
            _ => {}
        }
    });
    let tags: Vec<(LanguageIndex, usize)> =
        site.tags.iter().enumerate().flat_map(|(language, tags)| (0..tags.len()).map(move |tag| (language, tag))).collect();
    tags.into_par_iter().for_each(|(language, tag)| {
        if let Some(rendered) = shared.tag(language, tag) {
            put(out_path(&site.tags[language][tag].address), rendered, &format!("content/{}/tags.toml", site.languages[language].tag));
        }
    });
    shared.generated().into_iter().for_each(|(out, rendered)| put(out, rendered, "site.toml"));
    once_each(problems.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// A template that fails fails on many pages: one problem for each place in it, with the first page that hit it and how many did.
fn once_each(found: Vec<(String, Diagnostic)>) -> Vec<Diagnostic> {
    let mut places: BTreeMap<(Option<Span>, String), (Diagnostic, BTreeSet<String>)> = BTreeMap::new();
    for (source, problem) in found {
        let place = places.entry((problem.span.clone(), problem.message.clone()));
        place.or_insert_with(|| (problem, BTreeSet::new())).1.insert(source);
    }
    let told = places.into_values().map(|(problem, pages)| {
        let Some(first) = pages.first() else { return problem };
        let others = if pages.len() > 1 { format!("on this page, and on {} more", pages.len() - 1) } else { "on this page".to_owned() };
        problem.label(Span::new(&SourcePath::new(first), 0..0), others)
    });
    told.collect()
}

/// Something made with templates of the theme, or what one of them did wrong.
type Made<T> = Result<T, Box<Diagnostic>>;

impl Shared<'_> {
    /// A page of which not even the view is made while `inputs`, the pages it looked at, the strings and the theme stay as they are.
    fn unless_unchanged(&self, language: LanguageIndex, inputs: impl std::hash::Hash, make: impl FnOnce() -> (Hash, Rendered)) -> Rendered {
        let (memo, structure, definitions) = (&self.job.memos.unchanged, self.job.keys.structure, self.job.definitions.hash);
        let key = memo.key(|| Hash::of_value(&(inputs, structure, definitions, self.sites[language].hash, self.theme_hash)));
        let seen = self.job.site.remember(memo, key, make);
        let (view, rendered) = seen.get();
        self.job.memos.pages.keep(*view, rendered.clone());
        rendered.clone()
    }

    /// Renders a view, or remembers it; gives its key as well. `fill` makes the parts that `body_key` stands for.
    fn render(&self, language: LanguageIndex, view: PageView, fill: impl FnOnce(&mut PageView) -> Made<()>) -> (Hash, Rendered) {
        let site = self.sites[language].clone();
        let key = self.job.memos.pages.key(|| Hash::of_value(&(&view, site.hash, self.theme_hash)));
        let rendered = self.job.memos.pages.get(key, || {
            self.job.memos.explain.made(&view.href, || self.inputs(language, &view));
            let mut page = view;
            fill(&mut page)?;
            crate::render::page(&View { site, page }, self.job.theme).map(Blob::new)
        });
        (key, rendered)
    }

    /// What stands for the texts of pages in the memory of what is made from them.
    fn keys_of(&self, pages: &[usize]) -> Vec<(usize, Hash)> {
        pages.iter().map(|index| (*index, self.job.resolved[*index].key)).collect()
    }

    fn pages(&self, pages: &[usize]) -> Vec<&Page> {
        pages.iter().map(|index| &self.job.site.pages[*index]).collect()
    }

    /// The page of a tag.
    fn tag(&self, language: LanguageIndex, tag: usize) -> Option<Rendered> {
        self.job.site.special(language, "tags")?;
        Some(self.unless_unchanged(language, ("tag", language, tag, &self.job.site.tags[language][tag].pages), || {
            let view = self.views.tag(language, &self.job.site.tags[language][tag]).unwrap_or_default();
            self.render(language, view, |_| Ok(()))
        }))
    }

    /// What a page is made from. The key of its body stands for file and links together, so those are told apart by the page's address.
    fn inputs(&self, language: LanguageIndex, view: &PageView) -> Inputs {
        let page = self.job.site.by_id[language].get(view.id.as_str()).copied();
        let file = page.map(|index| self.job.texts[index].hash).unwrap_or_default();
        let links = page.map(|index| self.job.resolved[index].resolved.hash()).unwrap_or_default();
        let frame = PageView { body_key: Hash::default(), ..view.clone() };
        Inputs { file, links, frame: Hash::of_value(&frame), shared: self.sites[language].hash, theme: self.theme_hash }
    }

    /// The page of a file.
    fn page(&self, index: usize) -> Rendered {
        let page = &self.job.site.pages[index];
        if page.template == "plan" {
            return self.plan(index);
        }
        // The glossary names all pages of each term.
        let site = (page.template == "glossary").then_some(self.job.keys.site);
        self.unless_unchanged(page.language, (index, self.job.resolved[index].key, site), || {
            let mut view = self.view(index);
            view.body_key = self.body_key(index);
            self.render(page.language, view, |view| {
                view.body = self.body(index)?;
                Ok(())
            })
        })
    }

    fn view(&self, index: usize) -> PageView {
        let page = &self.job.site.pages[index];
        let mut view = self.views.page(page);
        view.notice = self.job.states[index].drift().and_then(|drift| self.views.stale(page, drift)).or(view.notice);
        let (prose, code) = self.job.texts[index].words;
        view.reading_minutes = self.job.site.languages[page.text_language].locale.reading_minutes(prose, code);
        view
    }

    /// The hash of everything a page's text is made from.
    fn body_key(&self, index: usize) -> Hash {
        let page = &self.job.site.pages[index];
        Hash::of_value(&(
            self.job.texts[index].hash,
            self.job.resolved[index].resolved.hash(),
            self.job.strings[page.text_language].hash(),
            self.theme_hash,
        ))
    }

    fn body(&self, index: usize) -> Made<String> {
        self.with_body(index, String::new(), 0, body)
    }

    /// Makes a body, or a part of it; `prefix` and `shift` are for pages that show several guides.
    fn with_body(&self, index: usize, prefix: String, shift: u8, make: impl Fn(&Body<'_>) -> String) -> Made<String> {
        let page = &self.job.site.pages[index];
        let document = &self.job.texts[index];
        let strings = &self.job.strings[page.text_language];
        let lang = &strings.locale.tag;
        let failed = Mutex::new(None);
        let container = |name: &str, arguments: &[(Box<str>, Box<str>)], inner: String| {
            self.job.theme.block(name, arguments, &inner, lang).unwrap_or_else(|problem| {
                failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(problem);
                inner
            })
        };
        let body = Body {
            tree: &document.tree,
            text: &document.source.text,
            document,
            resolved: &self.job.resolved[index].resolved,
            strings,
            locale: &strings.locale,
            container: &container,
            prefix,
            shift,
            colours: self.job.site.config.highlight,
        };
        let made = caught(|| make(&body)).map_err(|fault| Box::new(fault.at(Span::new(&page.path, 0..0))))?;
        match failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
            None => Ok(made),
            Some(problem) => Err(problem),
        }
    }

    /// A body on another page than its own: links lead from there.
    fn body_elsewhere(&self, index: usize, root: &str, shift: u8, make: impl Fn(&Body<'_>) -> String) -> Made<String> {
        let page = &self.job.site.pages[index];
        let mut resolved = self.job.resolved[index].resolved.clone();
        let way = std::mem::replace(&mut resolved.root, root.to_owned());
        for link in &mut resolved.links {
            if let Some(rest) = link.href.strip_prefix(&way).filter(|_| !link.external) {
                link.href = format!("{root}{rest}");
            } else if link.href.starts_with('#') {
                link.href = format!("{root}{}{}", page.href, link.href);
            }
        }
        for href in resolved.stale.values_mut() {
            if let Some(rest) = href.strip_prefix(&way) {
                *href = format!("{root}{rest}");
            }
        }
        for picture in &mut resolved.pictures {
            if let Some(rest) = picture.src.strip_prefix(&way) {
                picture.src = format!("{root}{rest}");
            }
        }
        self.with_body(index, guide_prefix(&page.id), shift, |own| make(&Body { resolved: &resolved, prefix: own.prefix.clone(), ..*own }))
    }

    /// A path with its guides in full, to print.
    fn print(&self, index: usize) -> Rendered {
        let page = &self.job.site.pages[index];
        let guides = self.steps(page);
        self.unless_unchanged(page.language, ("print", self.keys_of(&[index]), self.keys_of(&guides)), || self.printed(index))
    }

    fn printed(&self, index: usize) -> (Hash, Rendered) {
        let page = &self.job.site.pages[index];
        let guides = self.steps(page);
        let address = format!("{}print/", page.address);
        let mut view = self.views.page(page);
        view.template = "print".to_owned();
        view.root = root(&address);
        view.href = href(&address, self.job.site.is_portable()).to_string();
        view.breadcrumbs.push(links::bare(self.job.site, page, page.language));
        view.print_href = Some(page.href.to_string());
        view.noindex = true;
        view.hreflang = Vec::new();
        view.canonical = None;
        view.json_ld = String::new();
        view.body_key = Hash::of_value(&(self.keys(&guides), self.body_key(index)));
        self.render(page.language, view, |view| {
            let root = view.root.clone();
            view.body = self.body_elsewhere(index, &root, 0, body)?;
            view.print = guides.iter().map(|guide| self.guide_text(page, *guide, &root, 1, body)).collect::<Made<_>>()?;
            Ok(())
        })
    }

    /// The guides of a path.
    fn steps(&self, page: &Page) -> Vec<usize> {
        let index = |guide: &Page| self.job.site.by_id[guide.language].get(&guide.id).copied();
        self.views.steps(page).into_iter().filter_map(|(guide, _)| index(guide)).collect()
    }

    /// A guide for a page of another, as `make` writes it.
    fn guide_text(&self, page: &Page, index: usize, root: &str, shift: u8, make: impl Fn(&Body<'_>) -> String) -> Made<GuideText> {
        let guide = &self.job.site.pages[index];
        let locale = &self.job.site.languages[guide.text_language].locale;
        Ok(GuideText {
            guide: links::for_reader(self.job.site, guide, page.language),
            html: self.body_elsewhere(index, root, shift, make)?,
            lang: locale.tag.clone(),
            dir: locale.direction.as_str(),
        })
    }

    fn keys(&self, guides: &[usize]) -> Vec<Hash> {
        guides.iter().map(|index| self.body_key(*index)).collect()
    }

    /// Guides with checklists, by section, in reading order.
    fn plan_sections(&self, language: LanguageIndex) -> Vec<(usize, Vec<usize>)> {
        let site = self.job.site;
        let mut sections: Vec<(usize, Vec<usize>)> = Vec::new();
        for index in site.reading_order[language].iter().copied() {
            let guide = &site.pages[index];
            let Some(section) = site.by_id[language].get(&guide.parent).copied().filter(|_| !guide.items.is_empty()) else { continue };
            match sections.last_mut() {
                Some((last, guides)) if *last == section => guides.push(index),
                _ => sections.push((section, vec![index])),
            }
        }
        sections
    }

    fn is_split(&self, sections: &[(usize, Vec<usize>)]) -> bool {
        sections.iter().flat_map(|(_, guides)| guides).map(|guide| self.job.site.pages[*guide].items.len()).sum::<usize>() > PLAN_LIMIT
    }

    /// My plan: every checklist of the site, or the list of its sections.
    fn plan(&self, index: usize) -> Rendered {
        let page = &self.job.site.pages[index];
        let sections = self.plan_sections(page.language);
        let guides: Vec<usize> = sections.iter().flat_map(|(_, guides)| guides.iter().copied()).collect();
        let texts = if self.is_split(&sections) { Vec::new() } else { self.keys_of(&guides) };
        self.unless_unchanged(page.language, ("plan", self.keys_of(&[index]), guides, texts), || self.planned(index))
    }

    fn planned(&self, index: usize) -> (Hash, Rendered) {
        let page = &self.job.site.pages[index];
        let sections = self.plan_sections(page.language);
        let mut view = self.view(index);
        let split = self.is_split(&sections);
        let guides: Vec<usize> = sections.iter().flat_map(|(_, guides)| guides.iter().copied()).collect();
        view.body_key = Hash::of_value(&(self.body_key(index), if split { Vec::new() } else { self.keys(&guides) }));
        if split {
            view.plan_sections = sections.iter().map(|(section, guides)| self.plan_link(page, *section, guides)).collect();
        } else {
            (view.items, view.item_hrefs, view.item_count) = links::items(&self.pages(&guides));
        }
        self.render(page.language, view, |view| {
            view.body = self.body(index)?;
            if !split {
                let groups = sections.iter().map(|(section, guides)| self.plan_group(page, *section, guides, &view.root));
                view.plan = groups.collect::<Made<_>>()?;
            }
            Ok(())
        })
    }

    fn plan_link(&self, page: &Page, section: usize, guides: &[usize]) -> crate::render::view::Link {
        let section = &self.job.site.pages[section];
        let mut link = links::with_items(links::bare(self.job.site, section, page.language), &self.pages(guides));
        link.href = href(&plan_address(page, section), self.job.site.is_portable()).to_string();
        link
    }

    fn plan_group(&self, page: &Page, section: usize, guides: &[usize], root: &str) -> Made<Group<GuideText>> {
        let section = &self.job.site.pages[section];
        let one = |guide: &usize| self.guide_text(page, *guide, root, 2, checklists);
        Ok(Group {
            title: links::title(self.job.site, section, page.language),
            anchor: guide_prefix(&section.id).trim_end_matches('-').to_owned(),
            entries: guides.iter().map(one).collect::<Made<_>>()?,
        })
    }

    /// The pages of a plan that is split.
    fn plan_parts(&self, index: usize) -> Vec<(OutPath, Rendered)> {
        let page = &self.job.site.pages[index];
        let sections = self.plan_sections(page.language);
        if !self.is_split(&sections) {
            return Vec::new();
        }
        let part = |(section, guides): &(usize, Vec<usize>)| {
            let inputs = ("plan part", self.keys_of(&[index, *section]), self.keys_of(guides));
            let rendered = self.unless_unchanged(page.language, inputs, || self.plan_part(index, *section, guides));
            (out_path(&plan_address(page, &self.job.site.pages[*section])), rendered)
        };
        sections.par_iter().map(part).collect()
    }

    fn plan_part(&self, index: usize, section: usize, guides: &[usize]) -> (Hash, Rendered) {
        let page = &self.job.site.pages[index];
        let mut view = self.views.page(page);
        let address = plan_address(page, &self.job.site.pages[section]);
        view.breadcrumbs.push(links::bare(self.job.site, page, page.language));
        view.root = root(&address);
        view.href = href(&address, self.job.site.is_portable()).to_string();
        view.title = links::title(self.job.site, &self.job.site.pages[section], page.language);
        view.hreflang = Vec::new();
        view.canonical = None;
        view.json_ld = String::new();
        view.noindex = true;
        (view.items, view.item_hrefs, view.item_count) = links::items(&self.pages(guides));
        view.body_key = Hash::of_value(&self.keys(guides));
        self.render(page.language, view, |view| {
            view.plan = vec![self.plan_group(page, section, guides, &view.root)?];
            Ok(())
        })
    }

    /// Chooser and 404 pages.
    fn generated(&self) -> Vec<(OutPath, Rendered)> {
        let site = self.job.site;
        let source = site.source_language();
        // A server shows these at any depth, so their links begin at the root of the host.
        let base = site
            .base_url()
            .map_or("/", |url| url.splitn(4, '/').nth(3).map_or("/", |_| &url[url.match_indices('/').nth(2).map_or(0, |(at, _)| at)..]));
        let mut pages = Vec::new();
        if site.config.is_multilingual() {
            let root_href = href("/", site.is_portable()).to_string();
            pages.extend(self.views.generated("chooser", source, "./", &root_href).map(|view| ("index.html".to_owned(), source, view)));
            for (language, data) in site.languages.iter().enumerate() {
                let view = self.views.generated("not-found", language, base, &format!("{}/404.html", data.tag));
                pages.extend(view.map(|view| (format!("{}/404.html", data.tag), language, view)));
            }
        }
        let template = if site.config.is_multilingual() { "not-found-all" } else { "not-found" };
        pages.extend(self.views.generated(template, source, base, "404.html").map(|view| ("404.html".to_owned(), source, view)));
        pages
            .into_iter()
            .map(|(out, language, mut view)| {
                let strings = &self.job.strings[language];
                if view.template != "chooser" {
                    view.title = UserText::new(strings.text("not-found-title", &[]), strings.direction());
                }
                (OutPath::new(out), self.render(language, view, |_| Ok(())).1)
            })
            .collect()
    }
}

/// Where a section's part of the plan is.
fn plan_address(page: &Page, section: &Page) -> String {
    let last = section.address.trim_end_matches('/').rsplit('/').next().unwrap_or("section").to_owned();
    format!("{}{last}/", page.address)
}
