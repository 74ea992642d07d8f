//! A case: fenced blocks with file names, then fenced blocks with what is expected.

use crate::build::Built;
use crate::html;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// One case file.
pub struct Case {
    /// Room and name, without `.md`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// The whole file.
    pub text: String,
    /// Files of the project.
    pub files: Vec<(String, Vec<u8>)>,
    /// `key = value` lines of the block `options`.
    pub options: Vec<(String, String)>,
}

/// A fenced block.
struct Block<'a> {
    /// What follows the backticks.
    info: &'a str,
    /// What lies between the fences.
    body: &'a str,
}

enum Part<'a> {
    Prose(&'a str),
    Block(&'a str, Block<'a>, &'a str),
}

/// All cases, in order.
pub fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let mut cases = Vec::new();
    for room in folders(&root) {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&room).expect("a room can be read").map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        cases.extend(files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")).map(|path| read(&root, path)));
    }
    cases
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root).expect("the suite is there").map(|entry| entry.expect("an entry").path()).collect();
    folders.retain(|path| path.is_dir() && !path.ends_with("harness") && !path.ends_with("theme"));
    folders.sort();
    folders
}

fn read(root: &Path, path: PathBuf) -> Case {
    let text = std::fs::read_to_string(&path).expect("a case is UTF-8");
    let name = path.strip_prefix(root).expect("below the suite").with_extension("").to_string_lossy().replace('\\', "/");
    let (mut files, mut options) = (Vec::new(), Vec::new());
    for part in parts(&text) {
        let Part::Block(_, block, _) = part else { continue };
        match block.info.split_once(' ').unwrap_or((block.info, "")) {
            ("=" | "", _) => {}
            ("options", _) => options.extend(
                block.body.lines().filter_map(|line| line.split_once('=')).map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())),
            ),
            (file, how) => files.push((unescaped_text(file), bytes(block.body, how))),
        }
    }
    Case { name, path, text, files, options }
}

/// The bytes of a file: as it stands, `escaped`, or a picture such as `png=40x30`.
fn bytes(body: &str, how: &str) -> Vec<u8> {
    match how.split_once('=') {
        Some(("png", size)) => {
            let (width, height) = size.split_once('x').expect("png=WIDTHxHEIGHT");
            png(width.parse().expect("a width"), height.parse().expect("a height"))
        }
        _ if how == "escaped" => unescaped(body),
        _ => body.as_bytes().to_vec(),
    }
}

fn unescaped_text(text: &str) -> String {
    String::from_utf8(unescaped(text)).expect("a file name is UTF-8")
}

/// `\r \n \t \0 \s \\ \xFF \u{202E}`, a backslash at the end of a line, and `\*{100}{text}` for a hundred times the text.
fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let (kind, after) = rest[at + 1..].split_at(1);
        rest = after;
        match kind {
            "r" => out.push(b'\r'),
            "n" => out.push(b'\n'),
            "t" => out.push(b'\t'),
            "s" => out.push(b' '),
            "0" => out.push(0),
            "\n" => {}
            "x" => {
                out.push(u8::from_str_radix(&rest[..2], 16).expect("two hexadecimal digits"));
                rest = &rest[2..];
            }
            "u" => {
                let (digits, after) = braces(rest);
                let c = char::from_u32(u32::from_str_radix(digits, 16).expect("hexadecimal")).expect("a character");
                out.extend_from_slice(c.to_string().as_bytes());
                rest = after;
            }
            "*" => {
                let (count, after) = braces(rest);
                let (piece, after) = braces(after);
                out.extend_from_slice(&unescaped(piece).repeat(count.parse().expect("a number")));
                rest = after;
            }
            other => out.extend_from_slice(other.as_bytes()),
        }
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

fn braces(text: &str) -> (&str, &str) {
    text.strip_prefix('{').and_then(|rest| rest.split_once('}')).expect("{…}")
}

/// The head of a PNG: enough to know its size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend_from_slice(&width.to_be_bytes());
    bytes.extend_from_slice(&height.to_be_bytes());
    bytes.extend_from_slice(b"\x08\x06\0\0\0\0\0\0\0");
    bytes
}

/// Prose and blocks in order; together they are the file.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut prose_from, mut at) = (0, 0);
    let mut open: Option<(usize, &str, usize, &str)> = None;
    for line in text.split_inclusive('\n') {
        let ticks = line.len() - line.trim_start_matches('`').len();
        let end = at + line.len();
        match open {
            None if ticks >= 4 => open = Some((at, &line[..ticks], end, line[ticks..].trim())),
            Some((from, fence, body, info)) if ticks == fence.len() && line[ticks..].trim().is_empty() => {
                parts.push(Part::Prose(&text[prose_from..from]));
                parts.push(Part::Block(&text[from..body], Block { info, body: &text[body..at] }, line));
                (prose_from, open) = (end, None);
            }
            _ => {}
        }
        at = end;
    }
    assert!(open.is_none(), "a block is not closed");
    parts.push(Part::Prose(&text[prose_from..]));
    parts
}

impl Case {
    /// The value of an option.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The file with everything that is expected replaced by what came out.
    pub fn filled_with(&self, built: &Built) -> String {
        let mut out = String::new();
        let mut said_problems = false;
        for part in parts(&self.text) {
            match part {
                Part::Prose(prose) => out.push_str(prose),
                Part::Block(open, block, close) => {
                    let wanted = block.info.strip_prefix("= ");
                    said_problems |= wanted == Some("problems");
                    let body = wanted.map_or_else(|| block.body.to_owned(), |wanted| expected(wanted, block.body, built));
                    let _ = write!(out, "{open}{body}{close}");
                }
            }
        }
        if !said_problems && !built.problems.is_empty() {
            let _ = write!(out, "\n````= problems\n{}````\n", built.problems);
        }
        out
    }

    /// Codes that the expected problems name.
    pub fn codes(&self) -> BTreeSet<String> {
        let mut codes = BTreeSet::new();
        for part in parts(&self.text) {
            let Part::Block(_, Block { info: "= problems", body }, _) = part else { continue };
            codes.extend(
                body.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| Some(line.split_once('[')?.1.split_once("]: ")?.0.to_owned())),
            );
        }
        codes
    }
}

/// What came out in the place of a block.
fn expected(wanted: &str, body: &str, built: &Built) -> String {
    let (file, selector) = wanted.split_once(' ').unwrap_or((wanted, ""));
    match file {
        "problems" => built.problems.clone(),
        "files" => {
            built.files.keys().filter(|path| path.starts_with(selector) && !path.starts_with("assets/")).map(|path| format!("{path}\n")).collect()
        }
        "absent" => {
            body.lines().map(|line| if built.files.contains_key(line) { format!("{line} IS THERE\n") } else { format!("{line}\n") }).collect()
        }
        _ => match built.files.get(file) {
            None => format!("THERE IS NO {file}\n"),
            Some(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                let found = if selector.is_empty() { text.into_owned() } else { html::select(&text, selector) };
                let end = if found.is_empty() || found.ends_with('\n') { "" } else { "\n" };
                format!("{found}{end}")
            }
        },
    }
}
