//! Pages: of files, of tags, the chooser and the pages for what is not there.

mod several;

use super::{Rendered, Shared};
use crate::base::caught::caught;
use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::files::{Blob, Sink};
use crate::base::hash::Hash;
use crate::base::path::{OutPath, SourcePath};
use crate::base::rows::Before;
use crate::document::Document;
use crate::render::body::{Body, body};
use crate::render::explain::Inputs;
use crate::render::view::{PageView, UserText, View};
use crate::site::page::{LanguageIndex, href, out_path};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// Templates of pages that are made from more than a text and other pages: the glossary from its terms, My plan from all guides.
const LISTS: &[&str] = &["glossary", "plan"];

/// Writes all pages, in parallel.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    let problems = Mutex::new(Vec::new());
    let put = |out: OutPath, rendered: Rendered, source: &str| match rendered {
        Ok(blob) => sink.put(out, blob),
        Err(problem) => problems.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((source.to_owned(), *problem)),
    };
    let (lists, pages): (Vec<usize>, Vec<usize>) = site.shown.iter().partition(|index| LISTS.contains(&&*site.pages[**index].template));
    let tags: Vec<(LanguageIndex, usize)> =
        site.tags.iter().enumerate().flat_map(|(language, tags)| (0..tags.len()).map(move |tag| (language, tag))).collect();
    // Beside each other: a long list is made while the pages are.
    rayon::scope(|scope| {
        scope.spawn(|_| {
            lists.par_iter().for_each(|index| {
                let page = &site.pages[*index];
                put(page.out.clone(), shared.list(*index), &page.path);
                if page.template == "plan" {
                    shared.plan_parts(*index).into_iter().for_each(|(out, rendered)| put(out, rendered, &page.path));
                }
            });
        });
        scope.spawn(|_| {
            tags.par_iter().for_each(|(language, tag)| {
                if let Some(rendered) = shared.tag(*language, *tag) {
                    put(out_path(&site.tags[*language][*tag].address), rendered, &format!("content/{}/tags.toml", site.languages[*language].tag));
                }
            });
        });
        scope.spawn(|_| {
            pages.par_iter().filter(|index| site.pages[**index].template == "path").for_each(|index| {
                let page = &site.pages[*index];
                put(out_path(&format!("{}print/", page.address)), shared.print(*index), &page.path);
            });
        });
        shared.each_page(&pages, |index, rendered| {
            let page = &site.pages[index];
            put(page.out.clone(), rendered.clone(), &page.path);
        });
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
        let key = memo.key(|| Hash::of_value(&(inputs, structure, definitions, self.sites[language].hash, self.job.theme.hash)));
        let seen = self.job.site.remember(memo, key, make);
        let (view, rendered) = seen.get();
        self.job.memos.pages.keep(*view, rendered.clone());
        rendered.clone()
    }

    /// Renders a view, or remembers it: by its key, or as it was made before. `fill` makes the parts that `body_key` stands for.
    fn render(
        &self,
        language: LanguageIndex,
        view: PageView,
        before: Before<'_, (Hash, Rendered)>,
        fill: impl FnOnce(&mut PageView) -> Made<()>,
    ) -> (Hash, Rendered) {
        let (site, memo) = (self.sites[language].clone(), &self.job.memos.pages);
        let key = memo.key(|| Hash::of_value(&(&view, site.hash, self.job.theme.hash)));
        if let Some(before) = before.filter(|before| before.0 == key) {
            return before.clone();
        }
        let rendered = memo.get(key, || {
            self.job.memos.explain.made(&view.href, || self.inputs(language, &view));
            let mut page = view;
            fill(&mut page)?;
            self.job.theme.render(&View { site, page }, &self.parts).map(Blob::new)
        });
        (key, rendered)
    }

    /// The page of a tag.
    fn tag(&self, language: LanguageIndex, tag: usize) -> Option<Rendered> {
        self.job.site.special(language, "tags")?;
        Some(self.unless_unchanged(language, ("tag", language, tag, &self.job.site.tags[language][tag].pages), || {
            let view = self.views.tag(language, &self.job.site.tags[language][tag]).unwrap_or_default();
            self.render(language, view, None, |_| Ok(()))
        }))
    }

    /// What a page is made from. The key of its body stands for file and links together, so those are told apart by the page's address.
    fn inputs(&self, language: LanguageIndex, view: &PageView) -> Inputs {
        let page = self.job.site.by_id[language].get(view.id.as_str()).copied();
        let file = page.map(|index| self.document(index).hash).unwrap_or_default();
        let links = page.map(|index| self.job.resolved[index].resolved.hash()).unwrap_or_default();
        let frame = PageView { body_key: Hash::default(), ..view.clone() };
        Inputs { file, links, frame: Hash::of_value(&frame), shared: self.sites[language].hash, theme: self.job.theme.hash }
    }

    /// The pages of files, of which not even the view is made while what they are made from, the pages they looked at and the theme stay as they are.
    fn each_page(&self, pages: &[usize], then: impl Fn(usize, &Rendered) + Sync) {
        let (job, site) = (&self.job, self.job.site);
        let key = |index: &usize| [site.pages[*index].hash, job.resolved[*index].key, self.sites[site.pages[*index].language].hash];
        let frame = Hash::of_value(&(job.keys.structure, job.definitions.hash, self.job.theme.hash));
        let make = |row: usize, before: Before<'_, (Hash, Rendered)>| self.page(pages[row], before);
        site.each_row(&job.memos.rows, frame, pages.iter().map(key).collect(), make, |row, (_, rendered)| then(pages[row], rendered));
    }

    /// A page that lists others.
    fn list(&self, index: usize) -> Rendered {
        let page = &self.job.site.pages[index];
        match page.template.as_str() {
            "plan" => self.plan(index),
            _ => {
                let inputs = (index, self.job.resolved[index].key, self.views.terms_key(page.language));
                self.unless_unchanged(page.language, inputs, || self.page(index, None))
            }
        }
    }

    fn page(&self, index: usize, before: Before<'_, (Hash, Rendered)>) -> (Hash, Rendered) {
        let mut view = self.view(index);
        view.body_key = self.body_key(index);
        self.render(self.job.site.pages[index].language, view, before, |view| {
            view.body = self.body(index)?;
            Ok(())
        })
    }

    /// The file of a page.
    fn document(&self, index: usize) -> &Document {
        &self.job.documents[self.job.site.pages[index].document]
    }

    fn view(&self, index: usize) -> PageView {
        let page = &self.job.site.pages[index];
        let mut view = self.views.page(page);
        view.notice = self.job.states[index].drift().and_then(|drift| self.views.stale(page, drift)).or(view.notice);
        let (prose, code) = self.document(index).words;
        view.reading_minutes = self.job.site.languages[page.text_language].locale.reading_minutes(prose, code);
        view
    }

    /// The hash of everything a page's text is made from.
    fn body_key(&self, index: usize) -> Hash {
        let page = &self.job.site.pages[index];
        Hash::of_value(&(
            self.document(index).hash,
            self.job.resolved[index].resolved.hash(),
            self.job.strings[page.text_language].hash(),
            self.job.theme.hash,
        ))
    }

    fn body(&self, index: usize) -> Made<String> {
        self.with_body(index, String::new(), 0, body)
    }

    /// Makes a body, or a part of it; `prefix` and `shift` are for pages that show several guides.
    fn with_body(&self, index: usize, prefix: String, shift: u8, make: impl Fn(&Body<'_>) -> String) -> Made<String> {
        let page = &self.job.site.pages[index];
        let document = self.document(index);
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

    /// Chooser and 404 pages.
    fn generated(&self) -> Vec<(OutPath, Rendered)> {
        let site = self.job.site;
        let source = site.source_language();
        // A server shows these at any depth, so their links begin at the root of the host.
        let base = site.base_path();
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
            .filter(|(out, ..)| !site.is_own(out))
            .map(|(out, language, mut view)| {
                let strings = &self.job.strings[language];
                if view.template != "chooser" {
                    view.title = UserText::new(strings.text("not-found-title", &[]), strings.direction());
                }
                (OutPath::new(out), self.render(language, view, None, |_| Ok(())).1)
            })
            .collect()
    }
}
