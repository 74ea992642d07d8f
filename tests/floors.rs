//! The law of the house: a floor imports only from floors below it (ARCHITECTURE.md, "The floors").

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up; floors of one line stand beside each other.
const FLOORS: &[&[&str]] =
    &[&["base"], &["language", "system"], &["document"], &["site"], &["render", "check"], &["output"], &["pipeline"], &["command", "cli"]];

/// What neighbours and uppermost floors may see besides what lies below them, each with the reason.
const DOORS: &[(&str, &str, &str)] = &[
    ("check", "render", "checks ask what was resolved and what the theme has"),
    ("command", "cli", "a command takes its arguments"),
    ("cli", "command", "the command line lists the arguments of the verbs"),
];

/// Floors that only some others may use.
const ONLY_BY: &[(&str, &[&str])] = &[("system", &["command"]), ("check", &["pipeline", "command"]), ("output", &["pipeline", "command"])];

/// Rooms whose files do not know each other; what several need stands in `mod.rs`.
const STRANGERS: &[&str] = &["output", "check"];

/// One import: file, line, and the path after `crate::`.
struct Import {
    file: String,
    line: usize,
    path: String,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("src can be read").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every `crate::…` in the code, in `use` lines and elsewhere, and every `super::…` as what it means.
fn imports() -> Vec<Import> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let mut imports = Vec::new();
    for path in paths {
        let file = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("source is UTF-8");
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for (at, _) in code.match_indices("crate::") {
                let rest = &code[at + "crate::".len()..];
                if let Some(group) = rest.strip_prefix('{') {
                    let names = group.split('}').next().unwrap_or(group).split(',').map(str::trim).filter(|name| !name.is_empty());
                    imports.extend(names.map(|name| Import { file: file.clone(), line: number + 1, path: name.to_owned() }));
                } else {
                    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(rest.len());
                    imports.push(Import { file: file.clone(), line: number + 1, path: rest[..end].to_owned() });
                }
            }
        }
    }
    imports
}

/// The floor a file or a path belongs to: its first part.
fn floor(path: &str) -> &str {
    path.split(['/', ':']).next().unwrap_or(path).trim_end_matches(".rs")
}

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|names| names.contains(&floor))
}

/// Why an import breaks the law.
fn broken(import: &Import) -> Option<String> {
    let (from, to) = (floor(&import.file), floor(&import.path));
    if from == to || matches!(from, "main" | "lib") {
        return None;
    }
    let (Some(here), Some(there)) = (height(from), height(to)) else { return Some(format!("`{from}` or `{to}` is no floor")) };
    let door = DOORS.iter().any(|(user, used, _)| *user == from && *used == to);
    if there >= here && !door {
        return Some(format!("`{from}` may not look up, or beside it, at `{to}`"));
    }
    let reserved = ONLY_BY.iter().find(|(name, _)| *name == to).filter(|(_, users)| !users.contains(&from));
    if let Some((_, users)) = reserved {
        return Some(format!("`{to}` is used by {} only", users.join(" and ")));
    }
    (from == "system" && to != "base").then(|| "`system` uses `base` only".to_owned())
}

/// `output/pages.rs` → `output`, `pages`; `output/mod.rs` has no room of its own.
fn room(file: &str) -> Option<(&str, &str)> {
    let (floor, rest) = file.split_once('/')?;
    let name = rest.split('/').next()?.trim_end_matches(".rs");
    (name != "mod").then_some((floor, name))
}

#[test]
fn floors_look_down_only() {
    let found: Vec<String> =
        imports().iter().filter_map(|import| Some(format!("src/{}:{}: {}", import.file, import.line, broken(import)?))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_files_of_some_rooms_are_strangers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    STRANGERS.iter().for_each(|folder| files(&root.join(folder), &mut paths));
    let rooms: Vec<String> = paths.iter().map(|path| path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/")).collect();
    let mut found = Vec::new();
    for (path, file) in paths.iter().zip(&rooms) {
        let Some((floor, own)) = room(file) else { continue };
        let text = fs::read_to_string(path).expect("source is UTF-8");
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            let others = rooms.iter().filter_map(|other| room(other)).filter(|(at, other)| *at == floor && *other != own);
            for (_, other) in others {
                let names = [format!("crate::{floor}::{other}::"), format!("super::{other}::"), format!("super::{{{other}")];
                if names.iter().any(|name| code.contains(name.as_str())) {
                    found.push(format!("src/{file}:{}: `{own}` may not know `{other}`", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_floor_is_in_the_list_and_in_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = fs::read_to_string(root.join("lib.rs")).expect("the map is there");
    let listed: Vec<&str> = map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let ours: Vec<&str> = FLOORS.iter().flat_map(|names| names.iter().copied()).collect();
    for name in &listed {
        assert!(ours.contains(name), "`{name}` has no floor");
    }
    let heights: Vec<usize> = listed.iter().filter_map(|name| height(name)).collect();
    assert!(heights.is_sorted(), "lib.rs lists its floors from the ground up");
}
