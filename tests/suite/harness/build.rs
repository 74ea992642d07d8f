//! A case's project as a world in memory, built.

use crate::case::Case;
use rahnama::base::config::{Config, HtmlMode};
use rahnama::base::diagnostic::{Diagnostic, Span};
use rahnama::base::embedded;
use rahnama::base::files::Files;
use rahnama::base::hash::Hash;
use rahnama::base::path::{LanguageTag, PageId, SourcePath};
use rahnama::base::source::{Source, legible};
use rahnama::base::world::{MemoryWorld, World};
use rahnama::document::{Settings, document};
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::language::embedded::language_data;
use rahnama::language::locale::Locale;
use rahnama::pipeline::memos::Memos;
use rahnama::pipeline::{self, Goal, Options};
use rahnama::site::Drafts;
use rahnama::site::lock::{Lock, Record};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// What came of a case.
pub struct Built {
    /// Files by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Problems, as they are printed in short form, with help and further places.
    pub problems: String,
    /// Whether any of them is an error.
    pub broken: bool,
    /// The settings, where they can be read.
    pub config: Option<Config>,
}

/// Builds the project of a case.
pub fn build(case: &Case) -> Built {
    let world = world(case);
    let options = Options {
        drafts: if case.option("drafts") == Some("true") { Drafts::Include } else { Drafts::Exclude },
        today: Date::parse(case.option("today").unwrap_or("2026-03-21"), Calendar::Gregory).expect("`today` is a date"),
        portable: case.option("portable") == Some("true"),
        base_url: case.option("base_url").map(str::to_owned),
    };
    let files = Files::default();
    let built = pipeline::build(&world, &options, &Memos::off(), Goal::Write(&files));
    let left_out: Vec<&str> = case.option("leave_out").unwrap_or("").split_whitespace().collect();
    let mut problems = String::new();
    for problem in built.diagnostics.iter().filter(|problem| !left_out.contains(&problem.code.name)) {
        short(&world, problem, &mut problems);
    }
    let text = world.read(&SourcePath::new("site.toml")).ok().and_then(|file| Source::decode(SourcePath::new("site.toml"), &file.bytes).ok());
    let files = files.into_map().into_iter().map(|(path, blob)| (path.to_string(), blob.bytes.clone())).collect();
    Built { files, problems, broken: built.has_errors(), config: text.and_then(|source| Config::read(&source, &mut Vec::new())) }
}

/// The files of a case, and defaults for what it does not care about.
fn world(case: &Case) -> MemoryWorld {
    let mut world = MemoryWorld::default();
    theme(&mut world);
    let mut languages: Vec<&str> = Vec::new();
    for (path, _) in &case.files {
        if let Some((tag, _)) = path.strip_prefix("content/").and_then(|rest| rest.split_once('/'))
            && !languages.contains(&tag)
        {
            languages.push(tag);
        }
    }
    let source = if languages.contains(&"en") { "en" } else { languages.first().unwrap_or(&"en") };
    let title: String = languages.iter().map(|tag| format!("{tag} = \"Site\"\n")).collect();
    world.put("site.toml", format!("id = \"test\"\ntheme = \"test\"\nlanguages = {languages:?}\nsource = \"{source}\"\n[title]\n{title}"));
    for tag in languages {
        world.put(&format!("content/{tag}/index.md"), format!("# Home {tag}\n"));
    }
    for (path, bytes) in case.files.iter().filter(|(path, _)| !path.starts_with("was/")) {
        world.put(path, bytes.clone());
    }
    if let Some(lock) = lock(case) {
        world.put("content/translations.lock", lock);
    }
    case.option("without").unwrap_or("").split_whitespace().for_each(|path| world.remove(path));
    world
}

/// The lock, where the case says that translations were accepted: `accepted = fa:en:goals`, language, its original's, page.
/// The original is the file below `was/`, where there is one.
fn lock(case: &Case) -> Option<String> {
    let mut lock = Lock::default();
    for one in case.option("accepted")?.split_whitespace() {
        let [tag, source, page] = one.splitn(3, ':').collect::<Vec<_>>()[..] else { panic!("accepted = language:original:page") };
        let path = format!("content/{source}/{page}.md");
        let file = [format!("was/{path}"), path.clone()].into_iter().find_map(|path| case.files.iter().find(|(known, _)| *known == path));
        let text = std::str::from_utf8(&file.expect("the original is in the case").1).expect("UTF-8");
        let locale = Arc::new(Locale::new(source, &language_data(source)).expect("a language"));
        let settings = Settings { html: HtmlMode::Escape, language: LanguageTag::new(source), locale, hash: Hash::default() };
        let original = document(Source::new(SourcePath::new(path), text), &settings);
        lock.records.insert((LanguageTag::new(tag), PageId::new(page)), Record::of(&original));
    }
    Some(lock.to_text())
}

/// The tiny theme, which prints the fields of a page and nothing else.
fn theme(world: &mut MemoryWorld) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/theme/templates");
    for folder in ["", "parts", "blocks"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the theme is there") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.strip_prefix(&root).expect("below it").to_string_lossy().replace('\\', "/");
                world.put(&format!("themes/test/templates/{name}"), std::fs::read(&path).expect("a template"));
            }
        }
    }
    for kind in ["home", "section", "page", "glossary", "tags", "tag", "path", "paths", "plan", "print", "chooser", "not-found", "not-found-all"] {
        world.put(&format!("themes/test/templates/{kind}.html"), "{% include \"parts/tiny.html\" %}\n");
    }
}

fn short(world: &MemoryWorld, problem: &Diagnostic, out: &mut String) {
    let place = problem.span.as_ref().map_or_else(String::new, |span| format!("{}: ", place(world, span)));
    let _ = writeln!(out, "{place}{}[{}]: {}", problem.level.name(), problem.code.name, visible(&problem.message));
    for label in &problem.labels {
        let _ = writeln!(out, "  {}: {}", self::place(world, &label.span), visible(&label.message));
    }
    if let Some(help) = &problem.help {
        let _ = writeln!(out, "  help: {}", visible(help));
    }
}

/// Hidden characters are shown, so that cases can be read.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c) { c.escape_unicode().to_string() } else { c.to_string() })
        .collect()
}

/// `path:line:column`, both from 1, columns in scalar values.
fn place(world: &MemoryWorld, span: &Span) -> String {
    let text = text(world, &span.path);
    let start = text.floor_char_boundary((span.start as usize).min(text.len()));
    let before = &text[..start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("{}:{line}:{column}", visible(&span.path))
}

fn text(world: &MemoryWorld, path: &SourcePath) -> String {
    let built_in =
        path.strip_prefix("built-in/").and_then(|name| embedded::FILES.iter().find(|(known, _)| *known == name)).map(|(_, bytes)| bytes.to_vec());
    let bytes = built_in.or_else(|| world.read(path).ok().map(|file| file.bytes.to_vec())).unwrap_or_default();
    legible(path, &bytes).map_or_else(String::new, |text| text.to_string())
}
