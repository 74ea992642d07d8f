//! Search as a reader meets it: indexes made by a build, asked by the theme's own script in node.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the machine and say where they fail")]

use rahnama::base::files::{Files, Sink};
use rahnama::base::world::MemoryWorld;
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::memos::Memos;
use rahnama::pipeline::{Goal, Options, build};
use rahnama::site::Drafts;
use std::path::Path;
use std::process::Command;

/// Builds a world into a folder.
fn build_into(world: &MemoryWorld, folder: &Path) {
    let files = Files::default();
    let options = Options { drafts: Drafts::Exclude, today: Date::parse("2026-11-21", Calendar::Gregory).unwrap(), portable: true, base_url: None };
    let built = build(world, &options, &Memos::off(), Goal::Write(&files as &dyn Sink));
    assert!(!built.has_errors(), "{:#?}", built.diagnostics);
    for (path, blob) in files.into_map() {
        let path = folder.join(&*path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &blob.bytes).unwrap();
    }
}

/// A site in three languages with an empty home page each.
fn site() -> MemoryWorld {
    let mut world = MemoryWorld::default();
    world.put("site.toml", "id = \"search\"\nlanguages = [\"sv\", \"fa\", \"en\"]\nsource = \"en\"\n[title]\nen = \"Search\"\n");
    for tag in ["sv", "fa", "en"] {
        world.put(&format!("content/{tag}/index.md"), "+++\ntitle = \"Home\"\nsearch = false\n+++\n");
    }
    world
}

/// Every file of the real site.
#[allow(dead_code, reason = "some tests of the search need the real site")]
fn real_site() -> MemoryWorld {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut world = MemoryWorld::default();
    let mut folders = vec![root.join("content")];
    world.put("site.toml", std::fs::read(root.join("site.toml")).unwrap());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                world.put(&name, std::fs::read(&path).unwrap());
            }
        }
    }
    world
}

/// Runs a script of tests/search in node.
fn node(script: &str, arguments: &[&Path]) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search");
    let output = Command::new("node").arg(here.join(script)).args(arguments).output().expect("node runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    println!("{text}");
}

fn cases(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search").join(name)
}

#[test]
fn the_cases_of_the_language_contract() {
    let file = cases("cases.json");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let mut world = site();
    for (tag, documents) in json["documents"].as_object().unwrap() {
        for (name, text) in documents.as_object().unwrap() {
            let text = text.as_str().unwrap().replace('·', "\u{200C}");
            world.put(&format!("content/{tag}/{}.md", name.to_lowercase()), format!("+++\ntitle = \"{name}\"\n+++\n{text}\n"));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    build_into(&world, folder.path());
    node("query.mjs", &[folder.path(), &file]);
}
