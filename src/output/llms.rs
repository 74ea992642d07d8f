//! `llms.txt` of each language: what the site is about and where its Markdown is, for language models (llmstxt.org).

use super::Shared;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;
use crate::language::slug::encode_path;
use crate::site::Site;
use crate::site::page::{LanguageIndex, Page};
use rayon::prelude::*;
use std::fmt::Write;

const NAME: &str = "llms.txt";

/// Writes them, and at the root one that names the languages.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    if !site.config.llms {
        return Vec::new();
    }
    let put = |path: String, text: String| {
        if !site.static_files.contains(format!("static/{path}").as_str()) {
            sink.put(OutPath::new(path), Blob::new(text));
        }
    };
    (0..site.languages.len()).into_par_iter().for_each(|language| put(site.in_language(language, NAME), text(site, language)));
    if site.config.is_multilingual() {
        put(NAME.to_owned(), languages(site));
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

/// The pages of a language below the names of their sections.
fn text(site: &Site, language: LanguageIndex) -> String {
    let mut out = head(site, &site.languages[language].tag);
    let Some(home) = site.home(language) else { return out };
    list(site, home, &mut out);
    let Some(top) = site.children(language, "") else { return out };
    for section in top.sections.iter().map(|page| &site.pages[*page]) {
        let _ = write!(out, "\n## {}\n", section.summary.title);
        list(site, section, &mut out);
        below(site, section, 0, &mut out);
    }
    out
}

/// A section and its pages.
fn list(site: &Site, section: &Page, out: &mut String) {
    out.push('\n');
    line(site, section, out);
    let children = site.children(section.language, &section.id);
    for page in children.into_iter().flat_map(|children| &children.pages) {
        line(site, &site.pages[*page], out);
    }
}

/// The sections in a section; folders nest no deeper than addresses allow, circles are cut.
fn below(site: &Site, section: &Page, depth: u8, out: &mut String) {
    let children = site.children(section.language, &section.id).filter(|_| depth < 32);
    for inner in children.into_iter().flat_map(|children| &children.sections).map(|page| &site.pages[*page]) {
        list(site, inner, out);
        below(site, inner, depth + 1, out);
    }
}

fn line(site: &Site, page: &Page, out: &mut String) {
    if !page.has_twin() {
        return;
    }
    let _ = write!(out, "- [{}]({}{})", page.summary.title, site.absolute(), encode_path(&page.twin()));
    let _ = match &page.summary.matter.description {
        Some(description) => writeln!(out, ": {description}"),
        None => writeln!(out),
    };
}
