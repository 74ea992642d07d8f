//! The same input gives the same bytes, whatever the machine is like.

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]
#![allow(dead_code, reason = "the site is shared with other tests")]

#[path = "common/site.rs"]
mod site;

use site::{said, tree};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const THREADS: &[&str] = &["1", "2", "7"];
const ZONES: &[&str] = &["UTC", "Asia/Tehran", "Pacific/Chatham"];
const LOCALES: &[&str] = &["C", "fa_IR.UTF-8", "tr_TR.UTF-8", "sv_SE.UTF-8"];
const UMASKS: &[&str] = &["022", "077"];

/// One way to build: every axis turns at its own speed, so that 24 ways meet every pair.
fn build(turn: usize) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let root = folder.path().join(["site", "en annan/مسیر"][turn / 3 % 2]);
    site::write(&root, turn);
    let out = folder.path().join("out");
    let threads = THREADS[turn % 3];
    let output = Command::new("sh")
        .args(["-c", "umask \"$1\"; shift; exec \"$@\"", "sh", UMASKS[turn / 2 % 2], env!("CARGO_BIN_EXE_rahnama")])
        .args(["build", "--today", "2026-03-21", "-q", "--jobs", threads, "-o"])
        .arg(&out)
        .current_dir(&root)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", "/nonexistent")
        .env("USER", format!("user{turn}"))
        .env("RAYON_NUM_THREADS", threads)
        .env("TZ", ZONES[turn / 3 % 3])
        .env("LC_ALL", LOCALES[turn / 2 % 4])
        .output()
        .expect("a shell starts");
    assert!(output.status.success(), "build {turn}: {}", said(&output));
    tree(&out)
}

/// The first file that differs, and where.
fn difference(a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>) -> Option<String> {
    let names: Vec<&Path> = a.keys().chain(b.keys()).map(PathBuf::as_path).collect();
    let name = names.into_iter().find(|name| a.get(*name) != b.get(*name))?;
    let (Some(left), Some(right)) = (a.get(name), b.get(name)) else { return Some(format!("`{}` is there once only", name.display())) };
    let at = left.iter().zip(right).position(|(l, r)| l != r).unwrap_or(left.len().min(right.len()));
    let around = |bytes: &[u8]| String::from_utf8_lossy(&bytes[at.saturating_sub(60)..(at + 60).min(bytes.len())]).into_owned();
    Some(format!("`{}` differs at byte {at}:\n{}\n{}", name.display(), around(left), around(right)))
}

#[test]
fn twenty_four_builds_give_the_same_bytes() {
    let first = build(0);
    assert!(first.len() > 20 && first.contains_key(Path::new("manifest.json")), "the site has its files: {:?}", first.keys());
    for turn in 1..24 {
        if let Some(difference) = difference(&first, &build(turn)) {
            panic!("build {turn}: {difference}");
        }
    }
}

#[test]
fn output_names_nothing_of_the_machine() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let root = folder.path().join("project-with-a-name");
    site::write(&root, 0);
    let output = site::run(&root, &["build", "-q"]);
    assert!(output.status.success(), "{}", said(&output));
    let secrets = ["project-with-a-name", folder.path().to_str().expect("UTF-8")];
    for (path, bytes) in tree(&root.join("public")) {
        let text = String::from_utf8_lossy(&bytes);
        for secret in secrets {
            assert!(!text.contains(secret), "`{}` holds `{secret}`", path.display());
        }
    }
}

#[test]
fn the_day_of_the_build_is_no_input_of_pages() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    site::write(folder.path(), 0);
    let on = |day: &str| {
        let out = folder.path().join(day);
        let output = site::run(folder.path(), &["build", "-q", "--today", day, "-o", out.to_str().expect("UTF-8")]);
        assert!(output.status.success(), "{}", said(&output));
        tree(&out)
    };
    assert_eq!(difference(&on("2026-03-21"), &on("2031-12-31")), None);
}

/// Values of the attributes of a page that name things, in order.
fn names(page: &str) -> Vec<&str> {
    let values = |name: &'static str| page.split(name).skip(1).filter_map(|rest| rest.split('"').next());
    [" id=\"", " for=\"", " data-item=\"", " data-rev=\"", " aria-labelledby=\"", " aria-describedby=\""].into_iter().flat_map(values).collect()
}

#[test]
fn c5_a_page_more_gives_no_other_page_another_id() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    site::write(folder.path(), 0);
    let build = || {
        let output = site::run(folder.path(), &["build", "-q", "--today", "2026-03-21"]);
        assert!(output.status.success(), "{}", said(&output));
        tree(&folder.path().join("public"))
    };
    let before = build();
    // It comes first in every order there is, and has everything that is counted.
    site::put(
        folder.path(),
        "content/en/aaa.md",
        "+++\ntitle = \"0\"\nweight = -9\nfallback = \"hide\"\n+++\n\n## Smart\n\nA note.[^1]\n\n- [ ] Write it down\n- [ ] Ask\n\n| a |\n|---|\n| 1 |\n\n```flow\ntitle: a\ndescription: b\n\n- c\n```\n\n[^1]: Note.\n",
    );
    let after = build();
    let mut pages = 0;
    // Files of the search are named by what is in them.
    for (path, old) in before.iter().filter(|(path, _)| !path.starts_with("search")) {
        let new = after.get(path).unwrap_or_else(|| panic!("`{}` is gone", path.display()));
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
        if path.extension().is_some_and(|extension| extension == "html") && !path.starts_with("en/plan") {
            assert_eq!(names(&old), names(&new), "`{}`", path.display());
            pages += 1;
        }
        // Another language's own pages stay as they are, to the byte: nothing is counted across the site.
        if path.starts_with("sv/guider/mål") {
            assert_eq!(old, new, "`{}`", path.display());
        }
    }
    assert!(pages > 10, "{pages} pages");
}
