//! Each rule that has rows of tests is shown where it can be shown: in a case of the suite, and what only a browser sees, there.

use std::path::Path;

/// Rules with a case of the suite named by them.
const IN_THE_SUITE: &[&str] =
    &["a3", "a4", "a7", "a8", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9", "b10", "b13", "c", "c1", "c2", "g1", "g2", "g3", "g4", "h1", "h2"];

/// Rules about what a browser paints or does, each with a browser test named by it.
const IN_A_BROWSER: &[&str] = &[
    "A3", "A4", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11", "B12", "B13", "B14", "B15", "G1", "G2", "G4", "H1", "H2", "H3", "H4",
    "H5", "H6", "H7",
];

/// Rules about the theme's own files, each with a test here.
const OF_THE_THEME: &[&str] = &["b1"];

fn texts(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("node_modules")) {
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(extension) {
                found.push((path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// Whether a name begins with a rule, alone or among others: `b3-b4-neighbours`, `B3, B6 arrows`.
fn names(name: &str, rule: &str, is_end: impl Fn(char) -> bool) -> bool {
    let is_rule =
        |word: &str| word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_alphabetic()) && word[1..].bytes().all(|b| b.is_ascii_digit());
    name.split(is_end).filter(|word| !word.is_empty()).take_while(|word| is_rule(word)).any(|word| word == rule)
}

#[test]
fn every_rule_has_a_test_named_by_it() {
    let cases = texts("tests/suite", ".md");
    let browser = texts("tests/browser", ".test.mjs");
    let titles: Vec<&str> = browser.iter().flat_map(|(_, text)| text.split("test('").skip(1).chain(text.split("test(`").skip(1))).collect();
    let here = texts("tests/language", ".rs");
    let in_suite = |rule: &str| cases.iter().any(|(name, _)| names(name, rule, |c| c == '-'));
    let in_browser = |rule: &str| titles.iter().any(|title| names(title, rule, |c| c == ' ' || c == ','));
    let in_theme = |rule: &str| here.iter().any(|(_, text)| text.contains(&format!("fn {rule}_")));
    let missing: Vec<&&str> = IN_THE_SUITE
        .iter()
        .filter(|rule| !in_suite(rule))
        .chain(IN_A_BROWSER.iter().filter(|rule| !in_browser(rule)))
        .chain(OF_THE_THEME.iter().filter(|rule| !in_theme(rule)))
        .collect();
    assert!(missing.is_empty(), "no test is named by {missing:?}");
}
