//! The suite: each case is a small project in one Markdown file under `tests/suite/<room>/`, with the exact HTML and the exact
//! diagnostics that must come of it. How a case is written: `tests/suite/README.md`.
//!
//! `UPDATE_SUITE=1 cargo test --test suite` writes what comes out now into the cases; a person reads the diff.
//! `CASE=links cargo test --test suite` runs the cases whose path holds `links`.

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]

#[path = "suite/harness/build.rs"]
mod build;
#[path = "suite/harness/case.rs"]
mod case;
#[path = "suite/harness/diff.rs"]
mod diff;
#[path = "suite/harness/html.rs"]
mod html;
#[path = "suite/harness/laws.rs"]
mod laws;

use case::Case;
use rahnama::base::diagnostic::CODES;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Codes that no case can produce, each with the reason.
const WITHOUT_CASE: &[(&str, &str)] = &[
    ("ADR005", "needs the manifest of a published site: tests/commands.rs"),
    ("FIL001", "needs a file that the machine cannot read: src/system/disk/tests.rs"),
    ("FIL002", "needs links on a disk: src/system/disk/tests.rs"),
    ("INT999", "needs a fault of our own"),
    ("FEA001", "needs a program without the feature: tests/features.rs"),
    ("IMG004", "needs the feature images: src/output/images.rs"),
    ("IMG005", "needs the feature cards: tests/features.rs"),
    ("EXT001", "needs answers of other sites: tests/external.rs"),
    ("EXT002", "needs answers of other sites: tests/external.rs"),
    ("EXT003", "needs answers of other sites: tests/external.rs"),
];

#[test]
fn cases_give_exactly_what_they_say() {
    let update = std::env::var_os("UPDATE_SUITE").is_some();
    let filter = std::env::var("CASE").unwrap_or_default();
    let cases: Vec<Case> = case::all().into_iter().filter(|case| case.name.contains(&filter)).collect();
    assert!(!cases.is_empty(), "no case holds `{filter}` in its path");
    let mut failures: Vec<(String, String)> =
        cases.par_iter().filter_map(|case| run(case, update).err().map(|why| (case.name.clone(), why))).collect();
    failures.sort();
    let report: Vec<String> = failures.iter().map(|(name, why)| format!("\n━━ {name}\n{why}")).collect();
    assert!(failures.is_empty(), "{} of {} cases differ{}\n", failures.len(), cases.len(), report.join("\n"));
}

/// Runs one case; what differs is the error.
fn run(case: &Case, update: bool) -> Result<(), String> {
    let built = build::build(case);
    let lawless = laws::broken(case, &built);
    if !lawless.is_empty() {
        return Err(lawless.join("\n"));
    }
    let filled = case.filled_with(&built);
    if filled == case.text {
        return Ok(());
    }
    if update {
        std::fs::write(&case.path, filled).map_err(|error| error.to_string())?;
        return Ok(());
    }
    Err(diff::lines(&case.text, &filled))
}

#[test]
fn every_code_appears_in_a_case() {
    let shown: BTreeSet<String> = case::all().iter().flat_map(case::Case::codes).collect();
    let excused: BTreeSet<&str> = WITHOUT_CASE.iter().map(|(code, _)| *code).collect();
    let missing: Vec<&str> = CODES.iter().map(|code| code.name).filter(|name| !shown.contains(*name) && !excused.contains(name)).collect();
    assert!(missing.is_empty(), "no case shows {}", missing.join(", "));
    let needless: Vec<&&str> = excused.iter().filter(|code| shown.contains(**code) || CODES.iter().all(|known| known.name != **code)).collect();
    assert!(needless.is_empty(), "these have a case now, or are gone: {needless:?}");
}

#[test]
fn case_names_are_sentences_in_rooms() {
    for case in case::all() {
        let plain = case.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c));
        assert!(plain && case.name.matches('/').count() == 1, "`{}` is not <room>/<what-a-reader-sees>", case.name);
        assert!(case.text.starts_with("# "), "`{}` does not begin with a title", case.name);
    }
}
