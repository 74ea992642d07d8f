//! Commands as a new author meets them: a site from nothing, explanations, schemas.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read their own files, and a failure is an answer")]

use std::path::Path;
use std::process::{Command, Output};

fn rahnama(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rahnama")).args(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn init(folder: &Path, languages: &str) -> Output {
    rahnama(&["init", folder.to_str().unwrap(), "--languages", languages])
}

#[test]
fn a_new_site_is_not_begun_in_a_language_that_is_none() {
    let folder = tempfile::TempDir::new().unwrap();
    let site = folder.path().join("guides");
    for (languages, word) in [("sv,klingon", "`klingon`"), ("", "``"), ("xx-yy-zz", "`xx-yy-zz`")] {
        let output = init(&site, languages);
        let said = text(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(word) && !said.contains("TOML"), "{languages}: {said}");
        assert!(!site.exists(), "{languages}");
    }
}

#[test]
fn a_new_site_has_nothing_to_mend_and_builds() {
    let folder = tempfile::TempDir::new().unwrap();
    let site = folder.path().join("guides");
    assert!(init(&site, "sv,fa,en").status.success());
    let root = site.to_str().unwrap();
    let checked = rahnama(&["check", "--strict", "--format", "short", "-C", root]);
    assert!(checked.status.success(), "{}{}", text(&checked.stdout), text(&checked.stderr));
    assert!(rahnama(&["build", "-q", "-C", root]).status.success());
    for page in ["sv/guider/din-första-guide/index.html", "fa/راهنماها/نخستین-راهنما/index.html", "en/guides/first-guide/index.html"]
    {
        assert!(std::fs::read_to_string(site.join("public").join(page)).unwrap().contains("tried"), "{page}");
    }
}

#[test]
fn init_never_overwrites_and_takes_any_language() {
    let folder = tempfile::TempDir::new().unwrap();
    let site = folder.path().join("one");
    assert!(init(&site, "en").status.success());
    let again = init(&site, "en");
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("nothing was written"), "{}", text(&again.stderr));
    assert_eq!(init(&folder.path().join("none"), "Sw_edish").status.code(), Some(2));
    assert!(!folder.path().join("none").exists());
    let other = folder.path().join("other");
    assert!(init(&other, "de,en").status.success());
    assert!(rahnama(&["check", "-q", "-C", other.to_str().unwrap()]).status.success());
}

#[test]
fn a_language_that_is_named_twice_is_there_once() {
    let folder = tempfile::TempDir::new().unwrap();
    let (once, twice) = (folder.path().join("1/guides"), folder.path().join("2/guides"));
    let made = [init(&once, "sv,en"), init(&twice, "sv,en,sv")];
    made.iter().for_each(|made| assert!(made.status.success(), "{}", text(&made.stderr)));
    for file in ["site.toml", "content/translations.lock"] {
        assert_eq!(std::fs::read_to_string(once.join(file)).unwrap(), std::fs::read_to_string(twice.join(file)).unwrap());
    }
}

#[test]
fn published_addresses_that_would_be_gone_are_reported() {
    let folder = tempfile::TempDir::new().unwrap();
    let site = folder.path().join("guides");
    let (root, guide) = (site.to_str().unwrap(), site.join("content/en/guides/first-guide.md"));
    assert!(init(&site, "en").status.success());
    assert!(rahnama(&["build", "-q", "-C", root]).status.success());
    let manifest = site.join("public/manifest.json");
    let check = || rahnama(&["check", "--strict", "--format", "short", "-C", root, "--published", manifest.to_str().unwrap()]);
    assert!(check().status.success());
    let text_of_guide = std::fs::read_to_string(&guide).unwrap();
    std::fs::write(&guide, text_of_guide.replacen("weight", "slug = \"other\"\nweight", 1)).unwrap();
    let gone = check();
    assert_eq!(gone.status.code(), Some(1));
    let said = text(&gone.stdout) + &text(&gone.stderr);
    assert!(said.contains("warning[ADR005]: the published address `/guides/first-guide/` is gone"), "{said}");
    std::fs::write(&guide, text_of_guide.replacen("weight", "slug = \"other\"\naliases = [\"/guides/first-guide/\"]\nweight", 1)).unwrap();
    assert!(check().status.success());
}

#[test]
fn explanations_completions_and_the_manual_page_are_printed() {
    assert!(text(&rahnama(&["explain", "lnk001"]).stdout).starts_with("# LNK001: "));
    assert!(text(&rahnama(&["explain"]).stdout).contains("INT999"));
    let unknown = rahnama(&["explain", "LNK01"]);
    assert_eq!(unknown.status.code(), Some(2));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(text(&rahnama(&["completions", shell]).stdout).contains("base-url"), "{shell}");
    }
    let page = text(&rahnama(&["man"]).stdout);
    for wanted in [".TH RAHNAMA 1", ".SS build", "\\-\\-base\\-url URL", ".SS init"] {
        assert!(page.contains(wanted), "{wanted} in\n{page}");
    }
}

/// The same build again looks and writes nothing; whatever has changed on either side is built and mended.
#[test]
fn building_again_is_as_good_as_building_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    init(&site, "en,sv");
    let build = || {
        let built = rahnama(&["-C", &site.to_string_lossy(), "build"]);
        assert!(built.status.success(), "{}", text(&built.stderr));
        text(&built.stdout) + &text(&built.stderr)
    };
    let page = |path: &str| std::fs::read_to_string(site.join("public").join(path)).expect("a page");
    build();
    assert!(site.join(".public.receipt").exists(), "nothing was wrong, so there is a receipt");
    let first = page("en/index.html");
    assert!(build().contains(" 0 files written, 0 removed"));
    std::fs::write(site.join("public/en/index.html"), first.replace("<h1", "<H1")).expect("somebody edits the output");
    assert!(build().contains(" 1 files written"));
    assert_eq!(page("en/index.html"), first);
    std::fs::remove_file(site.join("public/en/index.html")).expect("somebody removes a file");
    build();
    assert_eq!(page("en/index.html"), first);
    let settings = std::fs::read_to_string(site.join("site.toml")).expect("settings");
    std::fs::write(site.join("site.toml"), settings.replace("theme", "# theme")).expect("other settings");
    build();
    std::fs::write(site.join("content/en/new.md"), "# A new page\n").expect("a new page");
    build();
    assert!(page("en/new/index.html").contains("A new page"));
    std::fs::remove_file(site.join("content/en/new.md")).expect("it goes again");
    std::fs::write(site.join("site.toml"), settings).expect("the settings of before");
    build();
    assert!(!site.join("public/en/new").exists());
    assert_eq!(page("en/index.html"), first);
}
