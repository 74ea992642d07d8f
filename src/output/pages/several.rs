//! Pages that show several guides: printable paths, and My plan with its parts.

use super::super::{Rendered, Shared};
use super::Made;
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use crate::render::body::{Body, body, checklists, guide_prefix};
use crate::render::links;
use crate::render::view::{Group, GuideText, Link};
use crate::site::page::{Page, href, out_path, root};
use rayon::prelude::*;

impl Shared<'_> {
    /// What stands for the texts of pages in the memory of what is made from them.
    fn keys_of(&self, pages: &[usize]) -> Vec<(usize, Hash)> {
        pages.iter().map(|index| (*index, self.job.resolved[*index].key)).collect()
    }

    fn pages(&self, pages: &[usize]) -> Vec<&Page> {
        pages.iter().map(|index| &self.job.site.pages[*index]).collect()
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
    pub(super) fn print(&self, index: usize) -> Rendered {
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
        self.render(page.language, view, None, |view| {
            let root = view.root.clone();
            view.body = self.body_elsewhere(index, &root, 0, body)?;
            view.print = guides.iter().map(|guide| self.guide_text(page, *guide, &root, 1, body)).collect::<Made<_>>()?;
            Ok(())
        })
    }

    /// The guides of a path.
    fn steps(&self, page: &Page) -> Vec<usize> {
        self.views.steps(page).into_iter().filter_map(|(guide, _)| guide.versions[guide.language]).collect()
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

    /// My plan: every checklist of the site, or the list of its sections.
    pub(super) fn plan(&self, index: usize) -> Rendered {
        let page = &self.job.site.pages[index];
        let sections = self.job.site.plan_sections(page.language);
        let guides: Vec<usize> = sections.iter().flat_map(|(_, guides)| guides.iter().copied()).collect();
        let texts = if self.job.site.is_plan_split(&sections) { Vec::new() } else { self.keys_of(&guides) };
        self.unless_unchanged(page.language, ("plan", self.keys_of(&[index]), guides, texts), || self.planned(index))
    }

    fn planned(&self, index: usize) -> (Hash, Rendered) {
        let page = &self.job.site.pages[index];
        let sections = self.job.site.plan_sections(page.language);
        let mut view = self.view(index);
        let split = self.job.site.is_plan_split(&sections);
        let guides: Vec<usize> = sections.iter().flat_map(|(_, guides)| guides.iter().copied()).collect();
        view.body_key = Hash::of_value(&(self.body_key(index), if split { Vec::new() } else { self.keys(&guides) }));
        if split {
            view.plan_sections = sections.iter().map(|(section, guides)| self.plan_link(page, *section, guides)).collect();
        } else {
            (view.items, view.item_hrefs, view.item_count) = links::items(&self.pages(&guides));
        }
        self.render(page.language, view, None, |view| {
            view.body = self.body(index)?;
            if !split {
                let groups = sections.iter().map(|(section, guides)| self.plan_group(page, *section, guides, &view.root));
                view.plan = groups.collect::<Made<_>>()?;
            }
            Ok(())
        })
    }

    fn plan_link(&self, page: &Page, section: usize, guides: &[usize]) -> Link {
        let section = &self.job.site.pages[section];
        let mut link = links::with_items(links::bare(self.job.site, section, page.language), &self.pages(guides));
        link.href = href(&self.job.site.plan_address(page, section), self.job.site.is_portable()).to_string();
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
    pub(super) fn plan_parts(&self, index: usize) -> Vec<(OutPath, Rendered)> {
        let page = &self.job.site.pages[index];
        let sections = self.job.site.plan_sections(page.language);
        if !self.job.site.is_plan_split(&sections) {
            return Vec::new();
        }
        let part = |(section, guides): &(usize, Vec<usize>)| {
            let inputs = ("plan part", self.keys_of(&[index, *section]), self.keys_of(guides));
            let rendered = self.unless_unchanged(page.language, inputs, || self.plan_part(index, *section, guides));
            (out_path(&self.job.site.plan_address(page, &self.job.site.pages[*section])), rendered)
        };
        sections.par_iter().map(part).collect()
    }

    fn plan_part(&self, index: usize, section: usize, guides: &[usize]) -> (Hash, Rendered) {
        let page = &self.job.site.pages[index];
        let mut view = self.views.page(page);
        let address = self.job.site.plan_address(page, &self.job.site.pages[section]);
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
        self.render(page.language, view, None, |view| {
            view.plan = vec![self.plan_group(page, section, guides, &view.root)?];
            Ok(())
        })
    }
}
