//! `check --external --offline`: what earlier checks were told of other sites, without asking anybody.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests run the program, and a failure is an answer")]

use std::path::Path;
use std::process::{Command, Output};

const ANSWERS: &str = r#"{
"https://fine.se/": { "day": "2020-01-01" },
"https://gone.se/report": { "day": "2026-11-20", "gone": "404 Not Found" },
"https://moved.se/": { "day": "2026-11-20", "moved": "https://moved.se/here" },
"https://busy.se/": { "day": "2026-11-20", "unknown": "503 Service Unavailable" }
}
"#;

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rahnama"));
    command.args(["check", "--format", "short", "--today", "2026-11-21", "-C"]).arg(folder).args(arguments).output().unwrap()
}

fn project(text: &str) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("content/en")).unwrap();
    std::fs::create_dir_all(folder.path().join(".rahnama")).unwrap();
    std::fs::write(folder.path().join("site.toml"), "languages = [\"en\"]\n[title]\nen = \"T\"\n").unwrap();
    std::fs::write(folder.path().join("content/en/index.md"), text).unwrap();
    std::fs::write(folder.path().join(".rahnama/answers.json"), ANSWERS).unwrap();
    folder
}

#[test]
fn answers_become_messages_at_their_links() {
    let folder = project(
        "# T\n\n[a](https://fine.se/#x) [b](https://gone.se/report) [c](https://moved.se/) [d](https://busy.se/)\n\n[e](https://gone.se/report) [f](http://localhost/x) [g](https://new.se/)\n",
    );
    let output = check(folder.path(), &["--external", "--offline", "-v"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    for wanted in [
        "content/en/index.md:3:25: warning[EXT001]: `https://gone.se/report` leads nowhere: 404 Not Found",
        "content/en/index.md:5:1: warning[EXT001]",
        "info[EXT002]: `https://moved.se/` has moved",
        "info[EXT003]: `https://busy.se/` could not be checked: 503 Service Unavailable",
        "5 addresses on other sites, 0 asked now; 1 without an answer in",
    ] {
        assert!(said.contains(wanted), "no {wanted} in\n{said}");
    }
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(check(folder.path(), &["--external", "--offline", "--strict"]).status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&check(folder.path(), &[]).stderr).contains("EXT"), "nobody asked for it");
}

#[test]
fn a_file_that_holds_no_answers_and_options_alone_are_wrong_invocations() {
    let folder = project("# T\n");
    assert_eq!(check(folder.path(), &["--offline"]).status.code(), Some(2));
    std::fs::write(folder.path().join("broken.json"), "{").unwrap();
    let broken = folder.path().join("broken.json");
    assert_eq!(check(folder.path(), &["--external", "--offline", "--answers", broken.to_str().unwrap()]).status.code(), Some(2));
}

/// Asking is part of the program only with its feature; without, the message says how to get it.
#[test]
#[cfg(not(feature = "external"))]
fn a_program_that_cannot_ask_says_so() {
    let folder = project("# T\n\n[g](https://new.se/)\n");
    let output = check(folder.path(), &["--external"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--features external"), "{said}");
}
