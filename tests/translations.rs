//! A translator's day with the real program: begin a translation, see what changed, record it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and read files")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const EN: &str = "+++\ntitle = \"Goals\"\n+++\n\nIntro.\n\n## Why {#why}\n\nBecause.\n\n- [ ] Begin <!-- #begin -->\n";

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| write(folder.path(), path, text);
    put("site.toml", "id = \"t\"\nlanguages = [\"en\", \"fa\"]\nsource = \"en\"\n[title]\nen = \"T\"\n");
    put("content/en/index.md", "# Home\n");
    put("content/fa/index.md", "# خانه\n");
    put("content/en/goals.md", EN);
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn rahnama(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_rahnama"))
        .arg("-C")
        .arg(root)
        .args(arguments)
        .env("SOURCE_DATE_EPOCH", "1795219200")
        .output()
        .expect("the program runs");
    let Output { status, stdout, stderr } = output;
    (status.code().unwrap_or(-1), String::from_utf8(stdout).expect("text"), String::from_utf8(stderr).expect("text"))
}

fn git(root: &Path, arguments: &[&str]) -> bool {
    let who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
    Command::new("git").arg("-C").arg(root).args(who).args(arguments).output().is_ok_and(|output| output.status.success())
}

#[test]
fn a_translators_day() {
    let folder = site();
    let root = folder.path();
    let (code, _, err) = rahnama(root, &["new", "goals", "--from", "en", "--lang", "fa"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.starts_with("wrote `content/fa/goals.md`\n"), "{err}");
    let scaffold = fs::read_to_string(root.join("content/fa/goals.md")).expect("written");
    assert!(scaffold.contains("## Why {#why}\n\n<!--\nBecause.\n-->\n\n- [ ] Begin <!-- #begin -->\n"), "{scaffold}");
    let lock = fs::read_to_string(root.join("content/translations.lock")).expect("written");
    assert_eq!(lock.lines().filter(|line| line.starts_with("fa goals ")).count(), 6, "{lock}");

    let (code, _, err) = rahnama(root, &["new", "goals", "--from", "en", "--lang", "fa"]);
    assert_eq!((code, fs::read_to_string(root.join("content/fa/goals.md")).expect("there") == scaffold), (2, true), "{err}");

    let translated = scaffold.replace("draft = true\n", "").replace("## Why", "## چرا");
    let translated = translated.replace("Intro.\n-->\n", "Intro.\n-->\n\nمقدمه.\n").replace("Because.\n-->\n", "Because.\n-->\n\nزیرا.\n");
    write(root, "content/fa/goals.md", &translated);
    let versioned = git(root, &["init", "-q"]) && git(root, &["add", "."]) && git(root, &["commit", "-qm", "x"]);
    write(root, "content/en/goals.md", &EN.replace("Because.", "Because of you."));

    let (code, out, _) = rahnama(root, &["translations"]);
    assert_eq!(code, 0);
    assert!(out.contains("fa  goals  1 of 5 blocks changed  (content/fa/goals.md)"), "{out}");
    let (_, out, _) = rahnama(root, &["translations", "status", "--format", "json"]);
    assert!(out.contains("\"stale\":[{\"drift\":\"1 of 5 blocks changed\",\"page\":\"goals\""), "{out}");

    let (code, out, _) = rahnama(root, &["translations", "diff", "goals"]);
    assert_eq!(code, 0);
    assert!(out.contains("changed  content/en/goals.md:9:1\n"), "{out}");
    assert!(out.contains("now  Because of you.\n"), "{out}");
    assert_eq!(out.contains("was  Because.\n"), versioned, "{out}");

    let (code, _, err) = rahnama(root, &["build", "-o", root.join("public").to_str().expect("text")]);
    assert_eq!(
        (code, fs::read_to_string(root.join("content/translations.lock")).expect("there") == lock),
        (0, true),
        "build leaves the lock alone: {err}"
    );
    let page = fs::read_to_string(root.join("public/fa/goals/index.html")).expect("built");
    assert!(page.contains("notice-stale") && page.contains("stale-section"), "{page}");

    let (code, _, err) = rahnama(root, &["translations", "accept", "goals", "--lang", "fa"]);
    assert_eq!((code, err.as_str()), (0, "recorded  fa  goals  taken as translated: 1 of 5 blocks changed\n"));
    let accepted = fs::read_to_string(root.join("content/translations.lock")).expect("there");
    let changed = accepted.lines().filter(|line| !lock.contains(line)).count();
    assert_eq!(changed, 1, "one line a block:\n{lock}\n{accepted}");
    let (_, _, err) = rahnama(root, &["translations", "accept", "goals"]);
    assert_eq!(err, "nothing to record: the lock says already that it was made from the original as it is now\n");
}

#[test]
fn wrong_names_and_a_broken_lock() {
    let folder = site();
    let root = folder.path();
    let (code, _, err) = rahnama(root, &["translations", "diff", "gaols"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `goals`?"), "{err}");
    let (code, _, err) = rahnama(root, &["translations", "accept", "goals", "--lang", "fa"]);
    assert_eq!(code, 2);
    assert!(err.contains("is not translated to fa"), "{err}");
    assert_eq!(rahnama(root, &["translations", "accept"]).0, 2);
    write(root, "content/fa/goals.md", "# هدف‌ها\n");
    for verb in ["diff", "accept"] {
        let (code, _, err) = rahnama(root, &["translations", verb, "content/fa/goals.md", "--lang", "en"]);
        assert_eq!(code, 2);
        let wanted = "`content/fa/goals.md` is the page in `fa`, but --lang says `en`; leave out --lang, or name the page `goals`";
        assert!(err.contains(wanted), "{verb}: {err}");
        let (code, _, err) = rahnama(root, &["translations", verb, "content/en/goals.md", "--lang", "fa"]);
        assert!(!err.contains("--lang") && !err.contains("not translated"), "{verb} of the original's file: {code}, {err}");
    }
    fs::remove_file(root.join("content/fa/goals.md")).expect("it can be removed");
    write(root, "content/translations.lock", "<<<<<<< HEAD\n=======\n>>>>>>> other\n");
    let (code, _, err) = rahnama(root, &["translations", "accept", "--all"]);
    assert!(code == 1 && err.ends_with("nothing was recorded: mend `content/translations.lock` first\n"), "{err}");
    assert!(err.contains("TRA003"), "{err}");
    assert_eq!(rahnama(root, &["translations"]).0, 1);
    assert_eq!(rahnama(root, &["new", "goals", "--from", "en"]).0, 1);
    assert!(!root.join("content/fa/goals.md").exists());
    assert_eq!(rahnama(root, &["new", "strategy/index"]).0, 0);
    assert!(root.join("content/en/strategy/index.md").exists());
}
