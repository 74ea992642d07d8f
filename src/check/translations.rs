//! Translations: the same headings, items and anchors as the original, how far they are behind it, pages that wait for a review.
//!
//! A difference is an error where the lock says that the translation is current: then nobody knows of it.

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Level, Span};
use crate::document::Document;
use crate::document::tree::Kind;
use crate::site::Site;
use crate::site::page::Page;
use crate::site::parity::Difference;
use crate::site::translation::State;

/// Looks at a page beside its original, and at its review date.
pub fn page(subject: &Subject<'_>, page: &Page, document: &Document, problems: &mut Vec<Diagnostic>) {
    let site = subject.site;
    if let Some((day, place)) = &page.summary.matter.review_by
        && *day < site.options.today
    {
        let problem = Diagnostic::new(Code::TRA004, "this page waits for a review").at(Span::new(&page.path, place.clone()));
        problems.push(problem.help("read it again, mend what is no longer true, and write the next day in `review_by`"));
    }
    let state = subject.state(page);
    let original = site.original(page);
    if original.path == page.path {
        return;
    }
    let other = &*subject.documents[original.document];
    let pair = Pair { own: document, original: other };
    let level = if *state == State::Current { Level::Error } else { Level::Info };
    let misread = document.misses_items() || other.misses_items();
    let differences = site.differences(page);
    let told = differences.iter().filter(|what| !misread || !matches!(what, Difference::MissingItem { .. } | Difference::ExtraItem { .. }));
    problems.extend(told.map(|difference| pair.difference(difference).level(level)));
    if let State::Stale(drift) = state {
        let problem = Diagnostic::new(Code::TRA005, format!("the original has changed since this was translated: {drift}")).at(pair.top());
        let tag = &site.languages[page.language].tag;
        problems.push(problem.help(format!(
            "see what with `rahnama translations diff {} --lang {tag}`, then record it with `rahnama translations accept {0} --lang {tag}`",
            crate::site::lock::shown(&page.id)
        )));
    } else if !page.summary.matter.draft {
        problems.extend(pair.counts());
    }
}

/// The differences between a translation and its original, as problems of a level.
pub fn parity(site: &Site, page: &Page, own: &Document, original: &Document, level: Level) -> Vec<Diagnostic> {
    let pair = Pair { own, original };
    site.differences(page).iter().map(|difference| pair.difference(difference).level(level)).collect()
}

struct Pair<'a> {
    own: &'a Document,
    original: &'a Document,
}

impl Pair<'_> {
    /// Where something that concerns the whole page is reported.
    fn top(&self) -> Span {
        Span::new(&self.own.source.path, 0..0)
    }

    /// Where something that is missing would follow: a heading of this page, else its top.
    fn after_heading(&self, number: Option<usize>) -> Span {
        number.map_or_else(|| self.top(), |number| self.own.heading_line(number))
    }

    fn item(document: &Document, number: usize) -> Span {
        Span::new(&document.source.path, document.item_places[number].item.clone())
    }

    /// A difference as a problem with both places.
    fn difference(&self, difference: &Difference) -> Diagnostic {
        let (own, original) = (&self.own.summary, &self.original.summary);
        let new = |message: String| Diagnostic::new(Code::TRA001, message);
        match *difference {
            Difference::MissingAnchor { original: number, after } => {
                let heading = &original.headings[number];
                new(format!("the original has a section here that this translation lacks: “{}”", heading.text))
                    .at(self.after_heading(after))
                    .label(self.original.heading_line(number), "in the original")
                    .help(format!("translate the section, or give the heading that stands for it the anchor {{#{}}}", heading.anchor))
            }
            Difference::ExtraAnchor { own: number } => new(format!("the original has no heading with the anchor `#{}`", own.headings[number].anchor))
                .at(self.own.heading_line(number))
                .label(Span::new(&self.original.source.path, 0..0), "the original")
                .help("give the same heading the same anchor in all languages, or remove it here"),
            Difference::Level { own: here, original: there } => {
                let level = original.headings[there].level;
                new(format!("this heading has level {}, the original’s has level {level}", own.headings[here].level))
                    .at(self.own.heading_line(here))
                    .label(self.original.heading_line(there), "in the original")
                    .help(format!("write `{}` before it in both, or the other level in both", "#".repeat(usize::from(level))))
            }
            Difference::MissingHeading { original: number, after } => {
                new(format!("the original has a heading that this translation lacks: “{}”", original.headings[number].text))
                    .at(self.after_heading(after))
                    .label(self.original.heading_line(number), "in the original")
                    .help("translate the section; anchors such as {#goals} show which headings belong together")
            }
            Difference::ExtraHeading { own: number } => new("the original has no heading for this one".to_owned())
                .at(self.own.heading_line(number))
                .label(Span::new(&self.original.source.path, 0..0), "the original")
                .help("add the section to the original, or remove it here"),
            Difference::MissingItem { original: number, after } => {
                let item = &original.items[number];
                new(format!("the original’s checklist has an item that this translation lacks: “{}”", item.text))
                    .at(after.map_or_else(|| self.top(), |after| Self::item(self.own, after)))
                    .label(Self::item(self.original, number), "in the original")
                    .help(format!("translate it, and write its id behind it: <!-- #{} -->", item.id.as_deref().unwrap_or("id")))
            }
            Difference::ExtraItem { own: number } => {
                new(format!("the original has no checklist item with the id `{}`", own.items[number].id.as_deref().unwrap_or("")))
                    .at(Self::item(self.own, number))
                    .label(Span::new(&self.original.source.path, 0..0), "the original")
                    .help("an item has the same id in all languages, so that ticks are shared")
            }
        }
    }

    /// How many links, images and code blocks there are.
    fn counts(&self) -> Option<Diagnostic> {
        let code = |document: &Document| document.tree.nodes.iter().filter(|node| matches!(node.kind, Kind::CodeBlock { .. })).count();
        let counts = [
            ("links", self.own.links.len(), self.original.links.len()),
            ("images", self.own.images.len(), self.original.images.len()),
            ("code blocks", code(self.own), code(self.original)),
        ];
        let differ: Vec<String> =
            counts.into_iter().filter(|(_, here, there)| here != there).map(|(name, here, there)| format!("{here} {name} (there {there})")).collect();
        if differ.is_empty() {
            return None;
        }
        let problem =
            Diagnostic::new(Code::TRA002, format!("this translation has other numbers than the original: {}", differ.join(", "))).at(self.top());
        Some(
            problem
                .label(Span::new(&self.original.source.path, 0..0), "the original")
                .help("see whether one was forgotten; it may well be right as it is"),
        )
    }
}
