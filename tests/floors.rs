//! The law of the house: a floor imports only from floors below it (the map at the top of ARCHITECTURE.md).

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]

use std::collections::BTreeSet;
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

/// Who knows whom in those rooms all the same, each with the reason.
const ACQUAINTED: &[(&str, &str, &str)] = &[
    ("assets", "integrity", "a file's hash is made with the file"),
    ("headers", "feed", "headers name the files that they are for"),
    ("headers", "manifest", "headers name the files that they are for"),
    ("headers", "prefetch", "headers name the files that they are for"),
];

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
        let code = text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
        for (at, word) in code.match_indices("crate::").chain(code.match_indices("super::")) {
            if code[..at].ends_with("super::") {
                continue; // Counted with the first of them.
            }
            let mut rest = code[at..].strip_prefix("crate::").unwrap_or(&code[at..]);
            let mut above = if word == "super::" { module(&file, &code[..at]) } else { Vec::new() };
            while let Some(next) = rest.strip_prefix("super::") {
                above.pop();
                rest = next;
            }
            let line = code[..at].matches('\n').count() + 1;
            let full = |name: &String| above.iter().copied().chain([name.as_str()]).collect::<Vec<_>>().join("::");
            imports.extend(expanded(rest).iter().map(|name| Import { file: file.clone(), line, path: full(name) }));
        }
    }
    imports
}

/// The names of the module that a piece of code stands in; a module inside a file is its last.
fn module<'f>(file: &'f str, before: &str) -> Vec<&'f str> {
    let mut names: Vec<&str> = file.trim_end_matches(".rs").split('/').filter(|name| *name != "mod").collect();
    if before.lines().any(|line| line.starts_with("mod ") && line.ends_with('{')) {
        names.push("tests");
    }
    names
}

/// The paths that a path means: `a::{b, c::{d, e}}` are three.
fn expanded(rest: &str) -> Vec<String> {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(rest.len());
    let (path, after) = rest.split_at(end);
    let Some(group) = after.strip_prefix('{').filter(|_| path.is_empty() || path.ends_with("::")) else { return vec![path.to_owned()] };
    let (mut pieces, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                pieces.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        if c == '}' && start == at + 1 {
            break;
        }
    }
    pieces.into_iter().filter(|piece| !piece.is_empty()).flat_map(expanded).map(|name| format!("{path}{name}")).collect()
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
fn paths_are_read_as_the_compiler_reads_them() {
    assert_eq!(expanded("base::{path::{self, join},\n    hash::Hash};"), ["base::path::self", "base::path::join", "base::hash::Hash"]);
    assert_eq!(expanded("base::path::Address<'_>"), ["base::path::Address"]);
    assert_eq!(module("output/search/index.rs", ""), ["output", "search", "index"]);
    assert_eq!(module("check/mod.rs", "mod tests {\n"), ["check", "tests"]);
}

#[test]
fn the_files_of_some_rooms_are_strangers() {
    let imports = imports();
    let rooms: BTreeSet<(&str, &str)> = imports.iter().filter_map(|import| room(&import.file)).collect();
    let mut found = Vec::new();
    for import in &imports {
        let Some((floor, own)) = room(&import.file).filter(|(floor, _)| STRANGERS.contains(floor)) else { continue };
        let mut names = import.path.split("::");
        let (at, other) = (names.next(), names.next().unwrap_or(""));
        let acquainted = ACQUAINTED.iter().any(|(user, used, _)| *user == own && *used == other);
        if at == Some(floor) && other != own && rooms.contains(&(floor, other)) && !acquainted {
            found.push(format!("src/{}:{}: `{own}` may not know `{other}`", import.file, import.line));
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
