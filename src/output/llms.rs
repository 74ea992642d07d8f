//! `llms.txt` of each language: what the site is about and where its Markdown is, for language models (llmstxt.org).

use super::{Shared, put_unless_own};
use crate::base::diagnostic::Diagnostic;
use crate::base::files::Sink;
use crate::base::hash::Hash;
use crate::base::rows::Before;
use crate::language::slug::encode_path;
use crate::site::Site;
use crate::site::page::{LanguageIndex, Page};
use rayon::prelude::*;
use std::fmt::Write;
use std::sync::Arc;

const NAME: &str = "llms.txt";

/// Writes them, and at the root one that names the languages.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    if !site.config.llms {
        return Vec::new();
    }
    let make = |page: usize, _: Before<'_, Arc<str>>| line(site, &site.pages[page]).into();
    let frame = Hash::of_value(&(shared.job.keys.structure, site.absolute()));
    let lines = shared.job.memos.llms.get(frame, site.pages.iter().map(|page| page.hash).collect(), |_| true, make);
    let list = List { site, lines: &lines };
    (0..site.languages.len()).into_par_iter().for_each(|language| {
        put_unless_own(site, sink, &site.in_language(language, NAME), || list.text(language));
    });
    if site.config.is_multilingual() {
        put_unless_own(site, sink, NAME, || languages(site));
    }
    Vec::new()
}

/// The head of the file: title and description.
fn head(site: &Site, tag: &str) -> String {
    let mut out = format!("# {}\n", site.config.title_in(tag));
    let description = site.config.description_in(tag);
    if !description.is_empty() {
        let _ = write!(out, "\n> {description}\n");
    }
    out
}

fn languages(site: &Site) -> String {
    let mut out = head(site, &site.config.source);
    out.push('\n');
    for (language, data) in site.languages.iter().enumerate() {
        let _ = writeln!(out, "- [{}]({}{})", data.locale.name, site.absolute(), site.in_language(language, NAME));
    }
    out
}

/// What is listed: each page's line, in the order of the site's pages.
struct List<'a> {
    site: &'a Site,
    lines: &'a [Arc<str>],
}

impl List<'_> {
    /// The pages of a language below the names of their sections.
    fn text(&self, language: LanguageIndex) -> String {
        let site = self.site;
        let mut out = head(site, &site.languages[language].tag);
        let Some(home) = site.by_id[language].get("").copied() else { return out };
        self.section(home, &mut out);
        let Some(top) = site.children(language, "") else { return out };
        for section in top.sections.iter().copied() {
            let _ = write!(out, "\n## {}\n", site.pages[section].summary.title);
            self.section(section, &mut out);
            self.below(section, 0, &mut out);
        }
        out
    }

    /// A section and its pages.
    fn section(&self, section: usize, out: &mut String) {
        out.push('\n');
        out.push_str(&self.lines[section]);
        let page = &self.site.pages[section];
        let children = self.site.children(page.language, &page.id);
        for page in children.into_iter().flat_map(|children| &children.pages) {
            out.push_str(&self.lines[*page]);
        }
    }

    /// The sections in a section; folders nest no deeper than addresses allow, circles are cut.
    fn below(&self, section: usize, depth: u8, out: &mut String) {
        let page = &self.site.pages[section];
        let children = self.site.children(page.language, &page.id).filter(|_| depth < 32);
        for inner in children.into_iter().flat_map(|children| &children.sections).copied() {
            self.section(inner, out);
            self.below(inner, depth + 1, out);
        }
    }
}

/// A page, where it has a twin.
fn line(site: &Site, page: &Page) -> String {
    if !page.has_twin() {
        return String::new();
    }
    let about = page.summary.matter.description.as_ref().map_or_else(String::new, |description| format!(": {description}"));
    format!("- [{}]({}{}){about}\n", page.summary.title, site.absolute(), encode_path(&page.twin()))
}
