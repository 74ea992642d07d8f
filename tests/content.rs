//! The site of this repository keeps what readers' saved progress depends on: every checklist item, in every language, in one order.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads this repository and stops where something fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const LANGUAGES: [&str; 3] = ["en", "sv", "fa"];

/// Guides and items that one language does not have, on purpose: they show what readers get then.
const MISSING_GUIDES: [(&str, &str); 1] = [("fa", "conversion-optimisation")];
const MISSING_ITEMS: [(&str, &str); 1] = [("sv", "channels-attribution-noted")];

type Plan = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn plan() -> Plan {
    serde_json::from_str(include_str!("data/checklists.json")).unwrap()
}

fn guide(language: &str, name: &str) -> Option<PathBuf> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(language);
    let folders = std::fs::read_dir(content).unwrap().flatten();
    folders.map(|folder| folder.path().join(format!("{name}.md"))).find(|path| path.is_file())
}

/// Ids in trailing comments, in the order of the text.
fn ids(text: &str) -> Vec<&str> {
    text.split("<!-- #").skip(1).map(|rest| rest.split(|c: char| c.is_whitespace()).next().unwrap_or("")).collect()
}

#[test]
fn every_planned_item_is_in_every_language() {
    let mut problems = Vec::new();
    let mut count = 0;
    for (name, lists) in plan() {
        for language in LANGUAGES {
            let path = guide(language, &name);
            if MISSING_GUIDES.contains(&(language, &name)) {
                assert!(path.is_none(), "{name} is translated to {language} now: remove it from MISSING_GUIDES");
                continue;
            }
            let Some(path) = path else {
                problems.push(format!("{language}: no guide {name}"));
                continue;
            };
            let text = std::fs::read_to_string(path).unwrap();
            let found = ids(&text);
            for (list, items) in &lists {
                if !text.contains(&format!("{{#{list}}}")) {
                    problems.push(format!("{language}/{name}: no heading {{#{list}}}"));
                }
                let wanted: Vec<&str> = items.iter().map(String::as_str).filter(|item| !MISSING_ITEMS.contains(&(language, item))).collect();
                let here: Vec<&str> = found.iter().copied().filter(|id| items.iter().any(|item| item == id)).collect();
                count += here.len();
                if here != wanted {
                    problems.push(format!("{language}/{name}: the list {list} has {here:?}, not {wanted:?}"));
                }
            }
        }
    }
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(count, 255 * 3 - 7 - 1, "items in three languages");
}

#[test]
fn every_term_is_in_every_language() {
    let terms: Vec<String> = serde_json::from_str(include_str!("data/terms.json")).unwrap();
    assert_eq!(terms.len(), 126);
    for language in LANGUAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(language).join("glossary.toml");
        let glossary: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let missing: Vec<&String> = terms.iter().filter(|term| !glossary.contains_key(*term)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}
