//! The dashboard of a small site, in three languages.

use super::*;
use crate::base::path::SourcePath;
use crate::base::world::{MemoryWorld, World};
use crate::command::translations::{Choice, accept};
use crate::language::data::Calendar;
use crate::language::date::Date;
use crate::pipeline::{self, Built, Goal, Options, memos::Memos};
use crate::site::Drafts;

fn built(world: &MemoryWorld) -> Built {
    let today = Date::parse("2026-11-21", Calendar::Gregory).expect("a date");
    pipeline::build(world, &Options { drafts: Drafts::Include, today, portable: false, base_url: None }, &Memos::off(), Goal::Check)
}

fn site() -> MemoryWorld {
    let mut world = MemoryWorld::default();
    world.put("site.toml", "id = \"t\"\nlanguages = [\"sv\", \"fa\", \"en\"]\nsource = \"en\"\n[title]\nen = \"T\"\n");
    for tag in ["en", "sv", "fa"] {
        world.put(&format!("content/{tag}/index.md"), "# Home\n");
        world.put(&format!("content/{tag}/goals.md"), "+++\ntitle = \"<Goals>\"\nreview_by = 2026-11-20\n+++\n\nOne.\n\n## Why {#why}\n\nTwo.\n");
    }
    world.remove("content/fa/goals.md");
    let lock = accept(built(&world).known.as_ref().expect("settings"), Choice::All, None).expect("accepted").text;
    world.put("content/translations.lock", lock);
    world.put("content/en/goals.md", "+++\ntitle = \"<Goals>\"\nreview_by = 2026-11-20\n+++\n\nOne.\n\n## Why {#why}\n\nThree.\n\n[x](nothing.md)\n");
    world
}

fn shown(world: &MemoryWorld, editor: Option<&str>) -> BTreeMap<String, String> {
    let built = built(world);
    let texts = |path: &str| world.read(&SourcePath::new(path)).ok().and_then(|file| std::str::from_utf8(&file.bytes).ok().map(Arc::from));
    let dashboard = Dashboard { known: built.known.as_ref().expect("settings"), diagnostics: &built.diagnostics, texts: &texts, editor };
    files(&dashboard).into_iter().map(|(path, blob)| (path, String::from_utf8(blob.bytes.clone()).expect("text"))).collect()
}

#[test]
fn every_language_and_a_style_sheet() {
    let files = shown(&site(), None);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["dashboard.css", "en/index.html", "fa/index.html", "index.html", "sv/index.html"]);
    assert_eq!(files["index.html"], files["en/index.html"]);
    assert!(files["fa/index.html"].contains("<html lang=\"fa\" dir=\"rtl\">"));
    for (path, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!html.contains("<script") && !html.contains("style=") && !html.contains("<style"), "{path}");
        assert!(!html.contains("<span lang="), "{path}: a string is not translated\n{html}");
        assert!(!html.contains(">dashboard-"), "{path}: a string is missing");
        assert_eq!(html.matches("<tr>").count(), html.matches("</tr>").count());
        assert_eq!(
            html.matches("<th scope=\"col\">").count(),
            html.matches("<th").count() - html.matches("<th scope=\"row\"").count() - html.matches("<thead").count()
        );
    }
}

#[test]
fn coverage_drift_problems_and_reviews_have_places() {
    let html = &shown(&site(), None)["en/index.html"];
    for part in [
        "2 of 2 (<bdi>100%</bdi>)",
        "1 of 2 (<bdi>50%</bdi>)",
        "<td class=\"state-stale\"><a href=\"/sv/goals/index.html\">Changed since</a></td>",
        "<td class=\"state-missing\"><a href=\"/fa/goals/index.html\">Missing</a></td>",
        "<li>1 changed</li><li>1 added</li>",
        "<code dir=\"ltr\">content/en/goals.md:10:1</code>",
        "<td class=\"level-error\">Error <code dir=\"ltr\">LNK001</code></td>",
        "<code dir=\"ltr\">content/en/goals.md:12:1</code>",
        "<bdi>&lt;Goals&gt;</bdi>",
        "<td class=\"passed\">The day has passed</td>",
        "<code dir=\"ltr\">content/sv/goals.md:3:13</code>",
    ] {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
}

#[test]
fn an_editor_opens_places() {
    let html = &shown(&site(), Some("vscode://file/home/me/{path}:{line}:{column}"))["sv/index.html"];
    assert!(
        html.contains("<a href=\"vscode://file/home/me/content/en/goals.md:10:1\"><code dir=\"ltr\">content/en/goals.md:10:1</code></a>"),
        "{html}"
    );
}

#[test]
fn numbers_and_dates_are_the_languages_own() {
    let html = &shown(&site(), None)["fa/index.html"];
    assert!(html.contains("۲۹ آبان ۱۴۰۵"), "{html}");
    assert!(html.contains("۱ از ۲") || html.contains("۱</bdi> از"), "{html}");
}
