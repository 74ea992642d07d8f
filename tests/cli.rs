//! The program as its users meet it: exit codes, refusals, messages, and what it leaves alone.

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]

#[path = "common/site.rs"]
mod site;

use site::{program, put, run, said, tree};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    site::write(&folder.path().join("site"), 0);
    folder
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

#[test]
fn a_good_site_builds_and_checks_with_0() {
    let folder = project();
    let root = folder.path().join("site");
    let built = run(&root, &["build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    assert!(root.join("public/sv/guider/mål/index.html").is_file());
    let checked = run(&root, &["check", "--format", "short"]);
    assert_eq!(code(&checked), 0, "{}", said(&checked));
    let again = run(&root, &["build"]);
    assert!(said(&again).contains(" 0 files written"), "{}", said(&again));
    let elsewhere = program(&["-C", root.to_str().expect("UTF-8"), "build"]).current_dir("/").output().expect("it starts");
    assert_eq!(code(&elsewhere), 0, "{}", said(&elsewhere));
}

#[test]
fn errors_end_with_1_and_leave_the_old_site_as_it_was() {
    let folder = project();
    let root = folder.path().join("site");
    assert_eq!(code(&run(&root, &["build", "-q"])), 0);
    let before = tree(&root.join("public"));
    let breaks = [
        ("content/en/guides/goals.md", "+++\ntitle = \"Goals\"\n\nnever closed\n", "FMT001"),
        ("content/en/guides/goals.md", "# Goals\n\n[x](gaols.md)\n", "LNK001"),
        ("content/en/guides/channels.md", "+++\ntitel = \"x\"\n+++\n\n# X\n", "CFG002"),
        ("content/en/new/x.md", "# X\n", "SEC001"),
        ("themes/default/templates/page.html", "{{ page.title ", "TPL001"),
        ("site.toml", "languages = [\"en\"", "CFG001"),
    ];
    for (path, text, wanted) in breaks {
        let kept = fs::read(root.join(path)).ok();
        put(&root, path, text);
        let output = run(&root, &["build", "--format", "short"]);
        assert_eq!(code(&output), 1, "{path}: {}", said(&output));
        assert!(said(&output).contains(&format!("error[{wanted}]")), "{path}: {}", said(&output));
        assert_eq!(tree(&root.join("public")), before, "{path}");
        match kept {
            Some(bytes) => fs::write(root.join(path), bytes).expect("it can be written"),
            None => fs::remove_file(root.join(path)).expect("it can be removed"),
        }
    }
    fs::remove_dir_all(root.join("content/en/new")).expect("it can be removed");
    assert_eq!(code(&run(&root, &["build", "-q"])), 0, "all is mended");
}

#[test]
fn a_first_build_with_errors_leaves_nothing() {
    let folder = project();
    let root = folder.path().join("site");
    put(&root, "content/en/bad.md", "[x](nowhere.md)\n");
    assert_eq!(code(&run(&root, &["build", "-q"])), 1);
    let left: Vec<_> = fs::read_dir(&root).expect("it is there").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("stage") || name == "public"), "{left:?}");
}

/// Whatever a build refuses, the check before it has said, each problem once.
#[test]
fn a_check_says_what_a_build_of_the_same_day_would_refuse() {
    let folder = project();
    let root = folder.path().join("site");
    let draft = |key: &str| format!("+++\ntitle = \"Goals\"\n{key}\n+++\n\n[nowhere](nowhere.md)\n");
    let late = draft("publish_at = 2027-01-01");
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "content/en/guides/goals.md",
            &late,
            &["content/en/index.md:3:5: error[LNK001]: the page `guides/goals` is not published before 2027-01-01"],
        ),
        ("content/en/guides/goals.md", &draft("expires_at = 2025-01-01"), &["has not been published since 2025-01-01"]),
        ("content/en/guides/goals.md", &draft("draft = true"), &["the page `guides/goals` is a draft"]),
        ("themes/default/templates/page.html", "{{ page.nothing.here }}", &["error[TPL002]"]),
        ("themes/default/static/css/99-own.css", "a { background: url(none.svg) }", &["error[IMG001]: the theme has no file"]),
    ];
    fs::remove_file(root.join("content/sv/guides/goals.md")).expect("one page in one language");
    for (path, text, wanted) in cases {
        let kept = fs::read(root.join(path)).ok();
        put(&root, path, text);
        let checked = run(&root, &["check", "--format", "short", "--today", "2026-04-01"]);
        let built = run(&root, &["build", "--format", "short", "--today", "2026-04-01"]);
        assert_eq!((code(&checked), code(&built)), (1, 1), "{path}: {}{}", said(&checked), said(&built));
        for line in said(&built).lines().filter(|line| line.contains(": error[")) {
            assert_eq!(said(&checked).matches(line).count(), 1, "{line}: {}", said(&checked));
        }
        assert!(wanted.iter().all(|wanted| said(&checked).contains(wanted)), "{path}: {}", said(&checked));
        assert_eq!(said(&checked).contains("`nowhere.md`"), text.contains("nowhere.md"), "drafts are checked too: {}", said(&checked));
        match kept {
            Some(bytes) => fs::write(root.join(path), bytes).expect("as it was"),
            None => fs::remove_file(root.join(path)).expect("as it was"),
        }
    }
    put(&root, "content/en/guides/goals.md", &late.replace("[nowhere](nowhere.md)", "Text."));
    let arguments = ["check", "--format", "short", "--today", "2027-01-01"];
    assert_eq!(code(&run(&root, &arguments)), 0, "on its day it is published: {}", said(&run(&root, &arguments)));
}

#[test]
fn strict_checks_count_warnings() {
    let folder = project();
    let root = folder.path().join("site");
    put(&root, "content/en/guides/channels.md", "# Channels\n\n### Too deep\n");
    for (arguments, wanted) in [(&["check", "-q", "--format", "short"][..], 0), (&["check", "-q", "--format", "short", "--strict"], 1)] {
        let output = run(&root, arguments);
        assert_eq!(code(&output), wanted);
        let said = said(&output);
        assert!(said.starts_with("content/en/guides/channels.md:3:1: warning[HDG001]: "), "{said}");
    }
}

#[test]
fn quiet_keeps_problems_and_drops_news() {
    let folder = project();
    let root = folder.path().join("site");
    for verb in ["check", "build"] {
        let [all, quiet] = [&["--format", "short"][..], &["--format", "short", "-q"]].map(|more| said(&run(&root, &[&[verb], more].concat())));
        let problems: Vec<&str> = all.lines().filter(|line| line.contains(": warning[")).collect();
        assert_eq!(quiet.lines().collect::<Vec<_>>(), problems, "{verb}");
        assert!(!problems.is_empty() && all.lines().count() > problems.len(), "{verb}: {all}");
    }
}

#[test]
fn a_fix_compares_nothing_with_the_published_site() {
    let folder = project();
    let root = folder.path().join("site");
    let output = run(&root, &["check", "--fix", "--published", "public/manifest.json"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("'--published <MANIFEST>'") && said(&output).contains("'--fix'"), "{}", said(&output));
}

#[test]
fn wrong_invocations_end_with_2() {
    let folder = project();
    let root = folder.path().join("site");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    for arguments in [
        &["build", "--no-such-flag"][..],
        &["fly"],
        &[],
        &["build", "--today", "tomorrow"],
        &["build", "--base-url", "example.org"],
        &["build", "--jobs", "0"],
        &["build", "--format", "xml"],
    ] {
        let output = run(&root, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", said(&output));
    }
    let output = run(&empty, &["build"]);
    assert_eq!(code(&output), 2, "no site: {}", said(&output));
    assert!(said(&output).contains("site.toml"), "{}", said(&output));
    assert_eq!(code(&run(&root, &["--help"])), 0);
    assert_eq!(code(&run(&root, &["--version"])), 0);
}

#[test]
fn folders_that_are_not_ours_are_refused_with_2_and_not_touched() {
    let folder = project();
    let root = folder.path().join("site");
    put(folder.path(), "foreign/holiday.jpg", "mine");
    put(folder.path(), "a-file", "mine");
    put(&root, "themes/own/theme.toml", "");
    std::os::unix::fs::symlink(root.join("content"), folder.path().join("link")).expect("a link");
    let before = tree(folder.path());
    let places =
        [".", "..", "content", "content/en/out", "themes", "static", "/", "../foreign", "../a-file", "../link", "../link/sub", "content/../content"];
    for place in places {
        let output = run(&root, &["build", "-o", place]);
        assert_eq!(code(&output), 2, "-o {place}: {}", said(&output));
        let after = tree(folder.path());
        let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path) && !path.to_string_lossy().ends_with(".lock")).collect();
        assert!(new.is_empty() && before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "-o {place} left {new:?}");
    }
    let home =
        program(&["build", "-o", folder.path().to_str().expect("UTF-8")]).env("HOME", folder.path()).current_dir(&root).output().expect("it starts");
    assert_eq!(code(&home), 2, "{}", said(&home));
}

#[test]
fn what_the_machine_refuses_ends_with_3_and_names_the_path() {
    let folder = project();
    let root = folder.path().join("site");
    put(folder.path(), "a-file", "mine");
    let output = run(&root, &["build", "-o", "../a-file/public"]);
    assert_eq!(code(&output), 3, "{}", said(&output));
    assert!(said(&output).contains("a-file"), "{}", said(&output));
}

/// Runs a shell script in a mount space of its own; `None` where that is not possible here.
fn in_own_mounts(script: &str, arguments: &[&Path]) -> Option<Output> {
    let possible = Command::new("unshare").args(["-rm", "true"]).output().is_ok_and(|output| output.status.success());
    if !possible {
        println!("SKIPPED: no mount spaces here (unshare -rm)");
        return None;
    }
    Command::new("unshare").args(["-rm", "sh", "-c", script, "sh"]).args(arguments).output().ok()
}

#[test]
fn a_full_disk_and_a_read_only_one_end_with_3_and_lose_nothing() {
    let folder = project();
    let root = folder.path().join("site");
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let program = Path::new(env!("CARGO_BIN_EXE_rahnama"));
    let full = "mount -t tmpfs -o size=96k none \"$2\" || exit 99; mkdir \"$2/in\"; cd \"$1\"; \"$3\" build -o \"$2/in/public\"; echo \"code $?\"; ls -A \"$2/in\"";
    if let Some(output) = in_own_mounts(full, &[&root, &disk, program]) {
        let said = said(&output);
        assert!(said.contains("code 3"), "{said}");
        assert!(said.contains("public"), "the path is named: {said}");
        assert!(!said.contains("stage"), "nothing is left: {said}");
    }
    let read_only = "mount -t tmpfs -o size=4m none \"$2\" || exit 99; cd \"$1\"; \"$3\" build -q -o \"$2/public\" || exit 98; cp -r \"$2/public\" \"$2/kept\"; mount -o remount,ro \"$2\"; echo >> content/en/index.md; echo more >> content/en/index.md; \"$3\" build -o \"$2/public\"; echo \"code $?\"; diff -r \"$2/public\" \"$2/kept\" && echo same";
    if let Some(output) = in_own_mounts(read_only, &[&root, &disk, program]) {
        let said = said(&output);
        assert!(said.contains("code 3") && said.contains("same"), "{said}");
    }
}

#[test]
fn every_line_of_json_can_be_parsed() {
    let folder = project();
    let root = folder.path().join("site");
    put(&root, "content/fa/guides/channels.md", "+++\ntitle = \"الف\"\n+++\n\nمتن می‌شود 🎯 [x](nowhere.md) <b>\n\n### x\n");
    let output = run(&root, &["check", "--format", "json"]);
    assert_eq!(code(&output), 1);
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    let link = lines.iter().find(|line| line["code"] == "LNK001").unwrap_or_else(|| panic!("the link is reported: {text}"));
    assert_eq!(link["path"], "content/fa/guides/channels.md", "{link}");
    assert_eq!((link["line"].as_u64(), link["column"].as_u64()), (Some(5), Some(14)), "{link}");
}

#[test]
fn short_messages_are_one_line_each() {
    let folder = project();
    let root = folder.path().join("site");
    put(&root, "content/fa/guides/channels.md", "# الف\n\nمتن می‌شود 🎯 [x](nowhere.md)\n");
    let text = said(&run(&root, &["check", "--format", "short", "-q"]));
    assert!(text.lines().any(|line| line.starts_with("content/fa/guides/channels.md:3:14: error[LNK001]: ")), "{text}");
}

#[test]
fn nothing_in_content_or_names_speaks_to_the_terminal() {
    let folder = project();
    let root = folder.path().join("site");
    put(&root, "content/en/\u{1b}[2J\u{202E}x.md", "+++\ntitle = \"\u{1b}[31m\u{202E}abc\"\ntitel\u{7} = 1\n+++\n\n[a\u{1b}](now\u{202E}here.md)\n");
    for format in ["human", "short", "json"] {
        let text = said(&run(&root, &["check", "--color", "never", "--format", format]));
        let bad: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n' || ('\u{202A}'..='\u{202E}').contains(c)).collect();
        assert!(bad.is_empty(), "{format}: {bad:?} in {text:?}");
    }
}

#[test]
fn private_files_and_ways_out_are_never_published() {
    let folder = project();
    let root = folder.path().join("site");
    let private = [
        "content/en/.env",
        "content/en/a.md.bak",
        "content/en/a.md~",
        "content/en/key.pem",
        "content/en/.git/config",
        "static/.env",
        "static/id.key",
        "static/.git/HEAD",
    ];
    private.iter().for_each(|path| put(&root, path, "CANARY"));
    let output = run(&root, &["build", "-q"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(root.join("public/.well-known/security.txt").is_file());
    let holders = |out: &Path| {
        tree(out).into_iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("CANARY")).map(|(path, _)| path).collect::<Vec<_>>()
    };
    assert!(holders(&root.join("public")).is_empty());
    put(folder.path(), "secret.txt", "CANARY");
    std::os::unix::fs::symlink("../../secret.txt", root.join("static/out.txt")).expect("a link");
    let output = run(&root, &["build", "--format", "short"]);
    assert_eq!(code(&output), 1, "{}", said(&output));
    assert!(said(&output).contains("FIL002"), "{}", said(&output));
    assert!(holders(&root.join("public")).is_empty());
}

#[test]
fn building_and_checking_start_nothing_and_open_no_socket() {
    let folder = project();
    let root = folder.path().join("site");
    let trace = folder.path().join("trace");
    for verb in ["build", "check"] {
        let traced = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=execve,connect,socket", "-o"])
            .arg(&trace)
            .args([env!("CARGO_BIN_EXE_rahnama"), verb, "-q"])
            .current_dir(&root)
            .output();
        let text = fs::read_to_string(&trace).unwrap_or_default();
        if !traced.is_ok_and(|output| output.status.success()) || !text.contains("execve") {
            println!("SKIPPED: strace is not here, or may not trace");
            let installable = Command::new("apt-get").arg("--version").output().is_ok();
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true") || !installable, "CI runs tests/install.sh, which installs strace");
            return;
        }
        let calls: Vec<&str> = text.lines().filter(|line| ["execve(", "connect(", "socket("].iter().any(|call| line.contains(call))).collect();
        assert_eq!(calls.len(), 1, "{verb}: only its own start: {calls:#?}");
    }
}
