//! The manual: Rahnama builds it, its examples build, and it names every key, option and code.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read their own files, and a failure is an answer")]

use clap::CommandFactory;
use rahnama::base::diagnostic::{Diagnostic, Level};
use rahnama::base::files::Files;
use rahnama::base::schema::{FRONT_MATTER, GLOSSARY, Key, Kind, SITE, TAGS};
use rahnama::base::world::MemoryWorld;
use rahnama::cli::Cli;
use rahnama::document::raw_html::{ELEMENTS, EVERYWHERE};
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::{Goal, Options, build, memos::Memos};
use rahnama::site::Drafts;
use std::collections::BTreeSet;
use std::path::Path;

const SETTINGS: &str = "id = \"manual\"\nlanguages = [\"en\"]\n[title]\nen = \"Manual\"\n";

/// Builds a project; gives its errors and how many files it became.
fn errors(world: &MemoryWorld) -> (Vec<Diagnostic>, usize) {
    let options = Options { drafts: Drafts::Exclude, today: Date::parse("2026-11-21", Calendar::Gregory).unwrap(), portable: false, base_url: None };
    let files = Files::default();
    let mut found = build(world, &options, &Memos::off(), Goal::Write(&files)).diagnostics;
    found.retain(|problem| problem.level == Level::Error);
    (found, files.into_map().len())
}

/// The manual's pages: path below `docs`, and text.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for folder in ["docs", "docs/diagnostics"] {
        for entry in std::fs::read_dir(folder).unwrap().flatten().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md")) {
            let path = Path::new(folder).join(entry.file_name());
            let name = path.strip_prefix("docs").unwrap().to_str().unwrap().to_owned();
            pages.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    pages
}

fn page(name: &str) -> String {
    std::fs::read_to_string(format!("docs/{name}.md")).unwrap()
}

#[test]
fn rahnama_builds_its_own_manual() {
    let mut world = MemoryWorld::default();
    world.put("site.toml", SETTINGS);
    for (name, text) in pages() {
        world.put(&format!("content/en/{name}"), text);
    }
    let (errors, files) = errors(&world);
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(files > 100);
}

/// The blocks of a page that say which file they are: `file=…` after the language.
fn examples(text: &str) -> Vec<(String, String)> {
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let fence: String = line.chars().take_while(|c| *c == '`').collect();
        if fence.len() < 3 {
            continue;
        }
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        match line.split_once("file=") {
            Some((_, path)) => examples.push((path.trim().to_owned(), inside.join("\n") + "\n")),
            None => assert!(
                !line.ends_with("toml") && !line.ends_with("markdown") && !line.ends_with("yaml"),
                "an example that says which file it is: {line}"
            ),
        }
    }
    examples
}

#[test]
fn every_example_of_the_manual_builds() {
    let mut count = 0;
    for (name, text) in pages() {
        let examples = examples(&text);
        if examples.is_empty() {
            continue;
        }
        let mut world = MemoryWorld::default();
        let languages = if text.contains("file=content/sv/") { SETTINGS.replace("[\"en\"]", "[\"en\", \"sv\"]") } else { SETTINGS.to_owned() };
        world.put("site.toml", languages);
        for language in if text.contains("file=content/sv/") { vec!["en", "sv"] } else { vec!["en"] } {
            world.put(&format!("content/{language}/index.md"), "# Home\n");
            world.put(&format!("content/{language}/guides/index.md"), "# Guides\n");
        }
        count += examples.len();
        for (path, text) in examples {
            world.put(&path, text);
        }
        let (errors, _) = errors(&world);
        assert!(errors.is_empty(), "docs/{name}: {errors:#?}");
    }
    assert!(count > 10);
}

#[test]
fn the_manual_names_every_key() {
    let text = page("settings");
    let mut missing = Vec::new();
    let mut look = |prefix: &str, key: &Key| {
        let name = format!("{prefix}{}", key.name);
        if !text.contains(&format!("`{name}`")) && !text.contains(&format!("`{}`", key.name)) {
            missing.push(name);
        }
    };
    for key in [SITE, FRONT_MATTER, GLOSSARY, TAGS].into_iter().flatten() {
        match key.kind {
            Kind::Table(keys) | Kind::Tables(keys) => keys.iter().for_each(|inner| look(&format!("{}.", key.name), inner)),
            _ => look("", key),
        }
    }
    assert!(missing.is_empty(), "docs/settings.md does not name {missing:?}");
}

#[test]
fn the_manual_lists_all_html_that_may_stay() {
    let text = page("writing");
    let always = text.lines().find(|line| line.contains("always allowed")).unwrap();
    let listed = text.lines().find(|line| line.starts_with("With `sanitize`")).unwrap();
    let names = |line: &str| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let attributes = ELEMENTS.iter().flat_map(|(_, own)| *own).chain(EVERYWHERE);
    let known: BTreeSet<String> = ELEMENTS.iter().map(|(name, _)| name).chain(attributes).map(ToString::to_string).collect();
    let mut written: BTreeSet<String> = names(always).union(&names(listed)).cloned().collect();
    for other in ["sanitize", "[markdown] html"] {
        written.remove(other);
    }
    assert_eq!(written, known);
}

#[test]
fn the_manual_names_every_command_and_option() {
    let text = page("command-line");
    let mut command = Cli::command();
    command.build();
    let mut missing = Vec::new();
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        if !text.contains(&format!("`rahnama {}", verb.get_name())) {
            missing.push(verb.get_name().to_owned());
        }
        let inner = verb.get_subcommands().flat_map(|inner| inner.get_arguments());
        for argument in verb.get_arguments().chain(inner) {
            missing.extend(argument.get_long().map(|long| format!("--{long}")).filter(|long| !text.contains(long.as_str())));
        }
    }
    assert!(missing.is_empty(), "docs/command-line.md does not name {missing:?}");
}
