//! The rules of writing in each language, over sites in memory; tests of one subject share the letter that they begin with.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test stops at what it did not expect, and reads this repository")]

#[path = "language/corpus.rs"]
mod corpus;
#[path = "language/fixes.rs"]
mod fixes;
#[path = "language/html.rs"]
mod html;
#[path = "language/lint.rs"]
mod lint;
#[path = "language/painted.rs"]
mod painted;
#[path = "language/rows.rs"]
mod rows;

use rahnama::base::diagnostic::Diagnostic;
use rahnama::base::files::Files;
use rahnama::base::world::MemoryWorld;
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::{self, Goal, Options, memos::Memos};
use rahnama::site::Drafts;
use std::collections::BTreeMap;

/// A site with a home page in each of three languages.
pub fn world() -> MemoryWorld {
    let mut world = MemoryWorld::default();
    world.put(
        "site.toml",
        "id = \"test\"\nlanguages = [\"sv\", \"fa\", \"en\"]\nsource = \"en\"\n[title]\nsv = \"Guider\"\nfa = \"راهنماها\"\nen = \"Guides\"\n",
    );
    for (tag, title) in [("sv", "Hem"), ("fa", "خانه"), ("en", "Home")] {
        world.put(&format!("content/{tag}/index.md"), format!("+++\ntitle = \"{title}\"\n+++\n"));
    }
    world
}

/// How the sites of these tests are built.
pub fn options() -> Options {
    Options {
        drafts: Drafts::Include,
        today: Date::parse("2026-11-21", Calendar::Gregory).unwrap(),
        portable: false,
        base_url: Some("https://example.org/".into()),
    }
}

/// What `check` says about a site, without what is no concern of the language.
pub fn check(world: &MemoryWorld) -> Vec<Diagnostic> {
    let built = pipeline::build(world, &options(), &Memos::off(), Goal::Check);
    built.diagnostics.into_iter().filter(|problem| !problem.code.name.starts_with("STR") && !problem.code.name.starts_with("TRA")).collect()
}

/// What `check` says about one page of a language.
pub fn check_page(tag: &str, body: &str) -> Vec<Diagnostic> {
    let mut world = world();
    let text = format!("+++\ntitle = \"x\"\n+++\n\n{body}\n");
    world.put(&format!("content/{tag}/page.md"), text);
    check(&world).into_iter().filter(|problem| problem.span.as_ref().is_some_and(|span| span.path.ends_with("page.md"))).collect()
}

/// Codes of the problems of a page, in order.
pub fn codes(tag: &str, body: &str) -> Vec<&'static str> {
    check_page(tag, body).iter().map(|problem| problem.code.name).collect()
}

/// All files of a built site.
pub fn build(world: &MemoryWorld) -> BTreeMap<String, String> {
    let files = Files::default();
    let built = pipeline::build(world, &options(), &Memos::off(), Goal::Write(&files));
    let errors: Vec<_> = built.diagnostics.iter().filter(|problem| problem.level == rahnama::base::diagnostic::Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    files.into_map().into_iter().map(|(path, blob)| (path.to_string(), String::from_utf8_lossy(&blob.bytes).into_owned())).collect()
}

/// The body of one built page: what stands in its article.
pub fn body(tag: &str, text: &str) -> String {
    let mut world = world();
    world.put(&format!("content/{tag}/page.md"), format!("+++\ntitle = \"x\"\n+++\n\n{text}\n"));
    build(&world).remove(&format!("{tag}/page/index.html")).expect("the page is built")
}
