//! The sections of the dashboard, in their order.

use super::Writer;
use crate::base::diagnostic::{Diagnostic, Level};
use crate::base::path::PageId;
use crate::check::unfinished;
use crate::command::translations::{Coverage, PageDiff, entries, percent, position};
use crate::language::date::Date;
use crate::language::date_format::DateStyle;
use crate::pipeline::Known;
use crate::site::drift::{Drift, What};
use crate::site::lock::shown;
use crate::site::page::Page;
use crate::site::translation::State;

/// So many problems are listed.
const PROBLEMS: usize = 300;
/// So many places of one page.
const PLACES: usize = 30;

/// Id, title and writer of each section.
pub(super) const SECTIONS: &[(&str, &str, fn(&mut Writer<'_>))] = &[
    ("coverage", "dashboard-coverage", coverage),
    ("pages", "dashboard-pages", pages),
    ("drift", "dashboard-drift", drift),
    ("problems", "dashboard-problems", problems),
    ("strings", "dashboard-strings", strings),
    ("reviews", "dashboard-reviews", reviews),
];

fn coverage(writer: &mut Writer<'_>) {
    let status = std::mem::take(&mut writer.status);
    let heads = [
        "dashboard-language",
        "dashboard-covered",
        "dashboard-original",
        "dashboard-current",
        "dashboard-stale",
        "dashboard-unfinished",
        "dashboard-unrecorded",
        "dashboard-draft",
        "dashboard-missing",
        "dashboard-orphaned",
    ];
    writer.table("coverage", &heads, status.languages.len(), |writer| {
        status.languages.iter().for_each(|language| coverage_row(writer, language, status.pages));
    });
    writer.status = status;
}

fn coverage_row(writer: &mut Writer<'_>, language: &Coverage, pages: usize) {
    let locale = &writer.strings.locale;
    #[expect(clippy::cast_precision_loss, reason = "at most a hundred")]
    let share = locale.percent(percent(language.covered(), pages) as f64 / 100.0);
    writer.html.open("tr", &[]).open("th", &[("scope", Some("row")), ("lang", Some(&language.tag))]);
    writer.data(&language.name);
    writer.html.close("th").open("td", &[("class", Some("number"))]);
    writer.string("dashboard-covered-value", &[("part", language.covered().into()), ("whole", pages.into()), ("percent", share.into())]);
    writer.html.close("td");
    let counts = [
        language.originals.len(),
        language.current.len(),
        language.stale.len(),
        language.unfinished.len(),
        language.unrecorded.len(),
        language.drafts.len(),
        language.missing.len(),
        language.orphaned.len(),
    ];
    counts.into_iter().for_each(|count| writer.number(count));
    writer.html.close("tr").line();
}

/// How a page stands, as a class and a string.
fn state_name(known: &Known, index: Option<usize>) -> &'static str {
    let page = index.map(|index| &known.site.pages[index]);
    match (page, index.map_or(&State::Missing, |index| &known.states[index])) {
        (None, _) | (_, State::Missing) => "missing",
        (_, State::Original) => "original",
        (Some(page), _) if page.summary.matter.draft => "draft",
        (Some(page), State::Current | State::Unrecorded) if !unfinished::places(&known.site, page, &known.documents).is_empty() => "unfinished",
        (_, State::Current) => "current",
        (_, State::Stale(_)) => "stale",
        (_, State::Unrecorded) => "unrecorded",
    }
}

/// Pages that need something first; the others can be opened below.
fn pages(writer: &mut Writer<'_>) {
    let known = writer.dashboard.known;
    let site = &known.site;
    let is_done = |id: &PageId| {
        (0..site.languages.len()).all(|language| {
            let index = site.by_id[language].get(id);
            matches!(state_name(known, index.copied()), "original" | "current")
        })
    };
    let (done, open): (Vec<&PageId>, Vec<&PageId>) = site.sets.keys().partition(|id| is_done(id));
    matrix(writer, "pages", &open);
    if !done.is_empty() {
        writer.html.open("details", &[]).open("summary", &[("id", Some("done"))]);
        writer.string("dashboard-pages-done", &[("count", done.len().into())]);
        writer.html.close("summary").line();
        matrix(writer, "done", &done);
        writer.html.close("details").line();
    }
}

fn matrix(writer: &mut Writer<'_>, id: &str, pages: &[&PageId]) {
    let known = writer.dashboard.known;
    let site = &known.site;
    let names: Vec<String> = site.languages.iter().map(|language| format!("lang:{}", language.locale.name)).collect();
    let heads: Vec<&str> = std::iter::once("dashboard-page").chain(names.iter().map(String::as_str)).collect();
    writer.table(id, &heads, pages.len(), |writer| {
        for page in pages {
            writer.html.open("tr", &[]).open("th", &[("scope", Some("row"))]);
            writer.data(shown(page));
            writer.html.close("th");
            for language in 0..site.languages.len() {
                let index = site.by_id[language].get(*page).copied();
                let found = index.map(|index| &site.pages[index]);
                let name = state_name(known, index);
                writer.html.open("td", &[("class", Some(&format!("state-{name}")))]);
                if let Some(found) = found {
                    writer.html.open("a", &[("href", Some(&format!("/{}", found.href)))]);
                }
                writer.string(&format!("dashboard-{name}"), &[]);
                if found.is_some() {
                    writer.html.close("a");
                }
                writer.html.close("td");
            }
            writer.html.close("tr").line();
        }
    });
}

fn drift(writer: &mut Writer<'_>) {
    let known = writer.dashboard.known;
    let stale: Vec<(&Page, &Drift)> = known.site.pages.iter().zip(&known.states).filter_map(|(page, state)| Some((page, state.drift()?))).collect();
    let heads = ["dashboard-page", "dashboard-language", "dashboard-what", "dashboard-translation", "dashboard-places"];
    writer.table("drift", &heads, stale.len(), |writer| {
        for (page, drift) in stale {
            let Some(diff) = entries(known, page.language, &page.id) else { continue };
            writer.html.open("tr", &[]).open("th", &[("scope", Some("row"))]);
            writer.data(shown(&page.id));
            writer.html.close("th").open("td", &[]);
            writer.data(&known.site.languages[page.language].locale.name);
            writer.html.close("td").open("td", &[]);
            what(writer, drift);
            writer.html.close("td").open("td", &[]);
            writer.place(&page.path, None);
            writer.html.close("td").open("td", &[]);
            places(writer, &diff);
            writer.html.close("td").close("tr").line();
        }
    });
}

/// `2 changed, 1 added` in the language of the dashboard.
fn what(writer: &mut Writer<'_>, drift: &Drift) {
    let names = [
        (What::Changed, "dashboard-blocks-changed"),
        (What::Added, "dashboard-blocks-added"),
        (What::Removed, "dashboard-blocks-removed"),
        (What::Moved, "dashboard-blocks-moved"),
    ];
    let counts = names.into_iter().filter(|(what, _)| drift.count(*what) > 0);
    let mut parts: Vec<String> = counts.map(|(what, key)| writer.strings.html(key, &[("count", drift.count(what).into())])).collect();
    if drift.structure {
        parts.push(writer.strings.html("dashboard-structure", &[]));
    }
    writer.html.open("ul", &[]);
    for part in parts {
        writer.html.open("li", &[]).html(&part).close("li");
    }
    writer.html.close("ul");
}

fn places(writer: &mut Writer<'_>, diff: &PageDiff) {
    let places: Vec<(usize, usize)> = diff.entries.iter().filter_map(|entry| entry.place).collect();
    if places.is_empty() {
        return writer.place(&diff.original, None);
    }
    writer.html.open("ul", &[]);
    for place in places.iter().take(PLACES) {
        writer.html.open("li", &[]);
        writer.place(&diff.original, Some(*place));
        writer.html.close("li");
    }
    writer.html.close("ul");
    more(writer, places.len().saturating_sub(PLACES));
}

fn more(writer: &mut Writer<'_>, count: usize) {
    if count > 0 {
        writer.html.open("p", &[]);
        writer.string("dashboard-more", &[("count", count.into())]);
        writer.html.close("p").line();
    }
}

fn is_about_strings(problem: &Diagnostic) -> bool {
    problem.code.name.starts_with("STR")
}

fn problems(writer: &mut Writer<'_>) {
    list(writer, "problems", |problem| !is_about_strings(problem));
}

fn strings(writer: &mut Writer<'_>) {
    list(writer, "strings", is_about_strings);
}

/// Problems, the worst first. They are written in English, like the terminal's.
fn list(writer: &mut Writer<'_>, id: &str, is_wanted: impl Fn(&Diagnostic) -> bool) {
    let mut found: Vec<&Diagnostic> = writer.dashboard.diagnostics.iter().filter(|problem| is_wanted(problem)).collect();
    found.sort_by_key(|problem| problem.level);
    let heads = ["dashboard-level", "dashboard-message", "dashboard-place"];
    writer.table(id, &heads, found.len(), |writer| found.iter().take(PROBLEMS).for_each(|problem| row(writer, problem)));
    more(writer, found.len().saturating_sub(PROBLEMS));
}

fn row(writer: &mut Writer<'_>, problem: &Diagnostic) {
    let (name, key) = match problem.level {
        Level::Error => ("level-error", "dashboard-level-error"),
        Level::Warning => ("level-warning", "dashboard-level-warning"),
        Level::Info => ("level-info", "dashboard-level-info"),
    };
    writer.html.open("tr", &[]).open("td", &[("class", Some(name))]);
    writer.string(key, &[]);
    writer.html.text(" ").open("code", &[("dir", Some("ltr"))]).text(problem.code.name).close("code").close("td");
    writer.html.open("td", &[("lang", Some("en")), ("dir", Some("ltr"))]).text(&problem.message);
    if let Some(help) = &problem.help {
        writer.html.open("br", &[]).text(help);
    }
    writer.html.close("td").open("td", &[]);
    if let Some(span) = &problem.span {
        let place = (writer.dashboard.texts)(&span.path).map(|text| position(&text, span.start as usize));
        writer.place(&span.path, place);
    }
    writer.html.close("td").close("tr").line();
}

fn reviews(writer: &mut Writer<'_>) {
    let site = &writer.dashboard.known.site;
    let today = site.options.today;
    let mut waiting: Vec<(Date, &Page, usize)> = site
        .pages
        .iter()
        .filter(|page| !page.is_fallback())
        .filter_map(|page| page.summary.matter.review_by.as_ref().map(|(day, range)| (*day, page, range.start)))
        .collect();
    waiting.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    writer.table("reviews", &["dashboard-page", "dashboard-review-by", "dashboard-what", "dashboard-place"], waiting.len(), |writer| {
        for (day, page, at) in waiting {
            let passed = day < today;
            let text = writer.strings.locale.date(&day, DateStyle::Long);
            writer.html.open("tr", &[]).open("th", &[("scope", Some("row"))]);
            writer.data(&page.summary.title);
            writer.html.close("th").open("td", &[]).open("time", &[("datetime", Some(&day.to_string()))]).text(&text).close("time").close("td");
            writer.html.open("td", &[("class", passed.then_some("passed"))]);
            writer.string(if passed { "dashboard-review-passed" } else { "dashboard-review-waits" }, &[]);
            writer.html.close("td").open("td", &[]);
            let place = (writer.dashboard.texts)(&page.path).map(|text| position(&text, at));
            writer.place(&page.path, place);
            writer.html.close("td").close("tr").line();
        }
    });
}
