//! Search as a reader meets it: indexes made by a build, asked by the theme's own script in node.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test stops where something fails, and node reads files")]

use rahnama::base::files::{Blob, Files, Later, Sink};
use rahnama::base::path::OutPath;
use rahnama::base::world::MemoryWorld;
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::memos::Memos;
use rahnama::pipeline::{Goal, Options, build};
use rahnama::site::Drafts;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

fn options() -> Options {
    Options { drafts: Drafts::Exclude, today: Date::parse("2026-11-21", Calendar::Gregory).unwrap(), portable: true, base_url: None }
}

/// Builds a world into a folder.
fn build_into(world: &MemoryWorld, folder: &Path) {
    let files = Files::default();
    let built = build(world, &options(), &Memos::off(), Goal::Write(&files as &dyn Sink));
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

/// The real site, built once for all tests.
fn real() -> &'static Path {
    static BUILT: std::sync::OnceLock<tempfile::TempDir> = std::sync::OnceLock::new();
    BUILT
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            build_into(&real_site(), folder.path());
            folder
        })
        .path()
}

#[test]
fn forms_that_no_guide_has_find_the_guides_with_the_word() {
    node("inflected.mjs", &[real(), &cases("inflected.json")]);
}

#[test]
fn what_marketers_type_finds_the_guide_they_mean() {
    node("query.mjs", &[real(), &cases("marketers.json")]);
}

#[test]
fn what_readers_asked_in_vain_is_answered() {
    node("query.mjs", &[real(), &cases("readers.json")]);
}

#[test]
fn a_name_of_the_glossary_shows_its_entry_first() {
    let mut names = Vec::new();
    for tag in ["sv", "fa", "en"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/{tag}/glossary.toml"));
        let terms: toml::Table = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for term in terms.values() {
            let also = term.get("also").and_then(toml::Value::as_array).into_iter().flatten();
            let all = [term.get("term"), term.get("abbreviation")].into_iter().flatten().chain(also);
            names.extend(all.map(|name| (tag, term["term"].as_str().unwrap().to_owned(), name.as_str().unwrap().to_owned())));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names.json");
    std::fs::write(&file, serde_json::to_vec(&names).unwrap()).unwrap();
    node("names.mjs", &[real(), &file]);
}

#[test]
fn script_shards_and_queries_stay_small() {
    node("sizes.mjs", &[real()]);
}

#[test]
fn the_script_cuts_and_folds_as_the_index_was_made() {
    use rahnama::language::embedded::language_data;
    use rahnama::language::locale::Locale;
    // Every letter alone and inside a word, then whole texts.
    let letters = (0x21..0x3100_u32)
        .chain(0xFB00..0xFFFE)
        .filter_map(char::from_u32)
        .filter(|c| c.is_alphanumeric() || c.is_ascii_punctuation() || rahnama::language::fold::is_ignorable(*c));
    let mut texts: Vec<String> = letters.flat_map(|c| [c.to_string(), format!("a{c}b"), format!("ب{c}ت")]).collect();
    for path in real_site().paths_and_texts() {
        texts.extend(path.lines().map(str::to_owned));
    }
    let mut expected = Vec::new();
    for tag in ["sv", "fa", "en"] {
        let locale = Locale::new(tag, &language_data(tag)).unwrap();
        for text in &texts {
            let tokens: Vec<_> = locale.search.tokens(text).into_iter().map(|token| (token.surface, token.joined, token.parts)).collect();
            expected.push((tag, text, tokens));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("words.json");
    std::fs::write(&file, serde_json::to_vec(&expected).unwrap()).unwrap();
    node("folding.mjs", &[real(), &file]);
}

/// The texts of a world's pages.
trait Texts {
    fn paths_and_texts(&self) -> Vec<String>;
}

impl Texts for MemoryWorld {
    fn paths_and_texts(&self) -> Vec<String> {
        use rahnama::base::world::World;
        let pages = self.paths().into_iter().filter(|path| path.ends_with(".md"));
        pages.map(|path| String::from_utf8(self.read(&path).unwrap().bytes.to_vec()).unwrap()).collect()
    }
}

/// Asks an index and gives the titles.
fn ask(site: &Path, lang: &str, query: &str) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/ask.mjs");
    let output = Command::new("node").arg(script).arg(site).arg(lang).arg(query).output().expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_page_is_found_in_the_language_it_is_written_in_and_only_if_it_wants_to() {
    let mut world = site();
    world.put("content/en/only.md", "+++\ntitle = \"Only English\"\n+++\nA peculiar zebra.\n");
    world.put("content/en/hidden.md", "+++\ntitle = \"Hidden\"\nsearch = false\n+++\nA peculiar zebra.\n");
    world.put("content/en/draft.md", "+++\ntitle = \"Draft\"\ndraft = true\n+++\nA peculiar zebra.\n");
    let folder = tempfile::tempdir().unwrap();
    build_into(&world, folder.path());
    assert_eq!(ask(folder.path(), "en", "zebra"), ["Only English"]);
    assert_eq!(ask(folder.path(), "sv", "zebra"), [""; 0]);
}

#[test]
fn names_of_the_glossary_in_any_language_find_the_guides() {
    let mut world = site();
    for (tag, term, also) in
        [("sv", "sökmotoroptimering", "sökoptimering"), ("fa", "سئو", "بهینه‌سازی سایت"), ("en", "search engine optimisation", "SEO")]
    {
        world.put(&format!("content/{tag}/glossary.toml"), format!("[seo]\nterm = \"{term}\"\nalso = [\"{also}\"]\ndefinition = \"…\"\n"));
    }
    world.put("content/fa/guide.md", "+++\ntitle = \"راهنما\"\n+++\nدربارهٔ سئو.\n");
    world.put("content/fa/other.md", "+++\ntitle = \"دیگر\"\n+++\nهیچ.\n");
    let folder = tempfile::tempdir().unwrap();
    build_into(&world, folder.path());
    for query in ["SEO", "seo", "search engine optimisation", "sökmotoroptimering", "بهینه سازی سایت", "سئو"] {
        assert_eq!(ask(folder.path(), "fa", query), ["راهنما"], "{query}");
    }
}

#[test]
fn stored_payloads_stay_texts_and_addresses_stay_ours() {
    let payload = "\"'><svg/onload=alert(1)>{{7*7}}{%x%}</script>\u{2028}";
    let mut world = site();
    world.put("content/en/evil.md", format!("+++\ntitle = '''{payload}'''\n+++\n# {payload}\n\nzebra {payload}\n\n- [ ] zebra {payload}\n"));
    let folder = tempfile::tempdir().unwrap();
    build_into(&world, folder.path());
    assert_eq!(ask(folder.path(), "en", "zebra").len(), 1);
    assert_eq!(ask(folder.path(), "en", payload).len(), 1);
}

#[test]
fn the_same_site_gives_the_same_index_and_an_edit_changes_only_its_own_files() {
    let files = |world: &MemoryWorld, memos: &Memos| {
        let files = Files::default();
        let options =
            Options { drafts: Drafts::Exclude, today: Date::parse("2026-11-21", Calendar::Gregory).unwrap(), portable: true, base_url: None };
        build(world, &options, memos, Goal::Write(&files as &dyn Sink));
        files.into_map().into_iter().filter(|(path, _)| path.starts_with("search/")).collect::<std::collections::BTreeMap<_, _>>()
    };
    let mut world = site();
    world.put("content/en/one.md", "+++\ntitle = \"One\"\n+++\nzebra apple\n");
    world.put("content/en/two.md", "+++\ntitle = \"Two\"\n+++\nbanana\n");
    let memos = Memos::default();
    let before = files(&world, &memos);
    assert_eq!(before, files(&world, &Memos::off()));
    assert_eq!(before, files(&world, &memos));
    world.put("content/en/two.md", "+++\ntitle = \"Two\"\n+++\nbanana banana\n");
    let after = files(&world, &memos);
    assert_eq!(after, files(&world, &Memos::off()));
    let changed: Vec<&str> =
        after.iter().filter(|(path, blob)| before.get(*path) != Some(blob)).map(|(path, _)| &path[.."search/en/w".len()]).collect();
    assert_eq!(changed, ["search/en/i", "search/en/p", "search/en/w"]);
}

/// As the development server does, keeps what makes the search for when somebody searches.
#[derive(Default)]
struct Waiting(Mutex<Option<Arc<dyn Later>>>);

impl Sink for Waiting {
    fn put(&self, _: OutPath, _: Arc<Blob>) {}

    fn keep(&self, later: &Arc<dyn Later>) -> bool {
        *self.0.lock().unwrap() = Some(later.clone());
        true
    }
}

/// The search of a site, not made yet.
fn later(site: &MemoryWorld, memos: &Memos) -> Arc<dyn Later> {
    let waiting = Waiting::default();
    build(site, &options(), memos, Goal::Write(&waiting));
    waiting.0.into_inner().unwrap().unwrap()
}

fn made(search: &dyn Later) -> BTreeMap<OutPath, Arc<Blob>> {
    let files = Files::default();
    search.put(&files);
    files.into_map()
}

/// After its first text, lets another search be made, and gives it time to end.
struct Meanwhile(Arc<dyn Later>, AtomicBool);

impl Sink for Meanwhile {
    fn put(&self, path: OutPath, _: Arc<Blob>) {
        if path.starts_with("search/en/p-") && !self.1.swap(true, Ordering::Relaxed) {
            let (other, (ended, end)) = (self.0.clone(), mpsc::channel());
            std::thread::spawn(move || {
                made(&*other);
                ended.send(())
            });
            let _waited = end.recv_timeout(Duration::from_secs(1));
        }
    }
}

#[test]
fn a_search_of_an_earlier_build_that_is_made_in_the_midst_of_another_spoils_nothing() {
    let memos = Memos::default();
    let mut site = site();
    site.put("content/en/one.md", "# One\n\nWords.\n");
    site.put("content/en/two.md", "# Two\n\nMore words.\n");
    let first = later(&site, &memos);
    site.put("content/en/one.md", "# One\n\nApples and pears.\n");
    let second = later(&site, &memos);
    second.put(&Meanwhile(first, AtomicBool::new(false)));
    site.put("content/en/one.md", "# One\n\nZebras.\n");
    let (third, clean) = (made(&*later(&site, &memos)), made(&*later(&site, &Memos::off())));
    assert!(third == clean, "the search differs from that of a clean build");
}
