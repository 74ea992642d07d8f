//! A small site in three languages on disk, and the built program run over it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The files of the site.
pub const FILES: &[(&str, &str)] = &[
    (
        "site.toml",
        "id = \"fixture\"\nbase_url = \"https://example.org/\"\nlanguages = [\"sv\", \"fa\", \"en\"]\nsource = \"en\"\n[title]\nsv = \"Webbplats\"\nfa = \"وبگاه\"\nen = \"Site\"\n",
    ),
    ("content/en/index.md", "# Home\n\nSee [[guides/goals]].\n"),
    ("content/sv/index.md", "# Hem\n"),
    ("content/fa/index.md", "# خانه\n"),
    ("content/en/guides/index.md", "# Guides\n"),
    ("content/sv/guides/index.md", "+++\ntitle = \"Guider\"\nslug = \"guider\"\n+++\n"),
    ("content/fa/guides/index.md", "# راهنماها\n"),
    (
        "content/en/guides/goals.md",
        "+++\ntitle = \"Goals\"\ntags = [\"basics\", \"plan\"]\ndate = 2026-03-21\nauthors = [\"Anna\", \"Reza\"]\n+++\n\n## Smart {#smart}\n\nA [[#kpi]] and [[#cpa]].[^1]\n\n- [ ] Write it down\n- [ ] Ask <!-- #ask answer -->\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n![A map](map.svg)\n\n[^1]: Note.\n",
    ),
    ("content/en/guides/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"></svg>"),
    (
        "content/sv/guides/goals.md",
        "+++\ntitle = \"Mål som styr\"\nslug = \"mål\"\ntags = [\"basics\"]\n+++\n\n## Smarta\n\n- [ ] Skriv ned\n- [ ] Fråga <!-- #ask answer -->\n",
    ),
    ("content/en/guides/channels.md", "+++\ntitle = \"Channels\"\ntags = [\"plan\"]\naliases = [\"/en/old/\"]\n+++\n\nText.\n"),
    ("content/fa/guides/channels.md", "+++\ntitle = \"کانال‌ها\"\n+++\n\nزبان C++ آسان است.\n"),
    ("content/en/glossary.toml", "[kpi]\nterm = \"KPI\"\ndefinition = \"A number.\"\n[cpa]\nterm = \"CPA\"\ndefinition = \"A cost.\"\n"),
    ("content/en/glossary.md", "+++\ntitle = \"Glossary\"\ntemplate = \"glossary\"\n+++\n"),
    ("content/en/tags.toml", "[basics]\nname = \"Basics\"\n[plan]\nname = \"Plan\"\n"),
    ("content/en/tags.md", "+++\ntitle = \"Tags\"\ntemplate = \"tags\"\n+++\n"),
    ("content/en/plan.md", "+++\ntitle = \"My plan\"\ntemplate = \"plan\"\n+++\n"),
    ("static/robots.txt", "User-agent: *\n"),
    ("static/.well-known/security.txt", "Contact: mailto:x@example.org\n"),
];

/// Writes files in the order of `turn`, so that folders list them in other orders.
pub fn write(root: &Path, turn: usize) {
    for step in 0..FILES.len() {
        let (path, text) = FILES[(step * 7 + turn * 5) % FILES.len()];
        put(root, path, text);
    }
}

/// Writes one file.
pub fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder can be made");
    fs::write(file, text).expect("a file can be written");
}

/// The program, with a clean environment.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rahnama"));
    command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", "/nonexistent");
    command
}

/// Runs the program in a folder.
pub fn run(root: &Path, arguments: &[&str]) -> Output {
    program(arguments).current_dir(root).output().expect("the program starts")
}

/// What the program said, on both channels.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Every file below a folder with its bytes.
pub fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(root).expect("below it").to_path_buf(), fs::read(&path).unwrap_or_default());
            }
        }
    }
    found
}
