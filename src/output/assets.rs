//! The theme's files, named by their content so that they can be kept for ever.

use super::{Shared, integrity};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::files::{Blob, Sink};
use crate::base::path::{OutPath, SourcePath};
use crate::site::Profile;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where they are published.
pub const FOLDER: &str = "assets";

/// Fingerprinted files by the name that templates use.
#[derive(Default)]
pub struct Assets {
    files: BTreeMap<String, (String, Arc<Blob>)>,
    list: Vec<(String, String, String)>,
}

impl Assets {
    /// Joins style sheets, puts fingerprints into names and into `url(…)`.
    pub fn new(files: &BTreeMap<String, (SourcePath, Arc<[u8]>)>, profile: Profile, problems: &mut Vec<Diagnostic>) -> Assets {
        let mut assets = Assets::default();
        let mut sheet = String::new();
        let mut sheets: Vec<(&str, &SourcePath, String)> = Vec::new();
        for (name, (path, bytes)) in files {
            match name.strip_prefix("css/").filter(|name| name.ends_with(".css")) {
                Some(_) => sheets.push((name, path, String::from_utf8_lossy(bytes).into_owned())),
                None if name.ends_with(".css") => sheets.push((name, path, String::from_utf8_lossy(bytes).into_owned())),
                None => assets.add(name, bytes.to_vec()),
            }
        }
        for (name, path, text) in sheets {
            let text = slim(&assets.fingerprint_urls(&text, path, problems));
            if name.starts_with("css/") {
                sheet.push_str(&text);
            } else {
                assets.add(name, text.into_bytes());
            }
        }
        if !sheet.is_empty() {
            assets.add("main.css", sheet.into_bytes());
        }
        let integrity = |name: &str, blob: &Blob| match profile {
            Profile::Hosted if name.ends_with(".js") || name.ends_with(".css") => integrity::sha384(&blob.bytes),
            _ => String::new(),
        };
        assets.list = assets.files.iter().map(|(name, (href, blob))| (name.clone(), href.clone(), integrity(name, blob))).collect();
        assets
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let blob = Blob::new(bytes);
        let file = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let dot = if extension.is_empty() { "" } else { "." };
        let href = format!("{FOLDER}/{stem}.{}{dot}{extension}", blob.hash.short());
        self.files.insert(name.to_owned(), (href, blob));
    }

    /// Puts published names into `url(…)`; data and absolute addresses stay.
    fn fingerprint_urls(&self, css: &str, path: &SourcePath, problems: &mut Vec<Diagnostic>) -> String {
        let mut out = String::with_capacity(css.len());
        let mut at = 0;
        while let Some(found) = css[at..].find("url(") {
            let start = at + found + 4;
            let Some(length) = css[start..].find(')') else { break };
            let inside = css[start..start + length].trim().trim_matches(['"', '\'']);
            out.push_str(&css[at..start]);
            if let Some((href, _)) = self.files.get(inside.trim_start_matches("../")) {
                out.push_str(href.trim_start_matches(FOLDER).trim_start_matches('/'));
            } else {
                if !inside.starts_with("data:") && !inside.starts_with('#') {
                    let place = Span::new(path, start..start + length);
                    problems.push(
                        Diagnostic::new(Code::IMG001, format!("the theme has no file `{inside}`"))
                            .at(place)
                            .help("put it below `static/` of the theme"),
                    );
                }
                out.push_str(&css[start..start + length]);
            }
            at = start + length;
        }
        out.push_str(&css[at..]);
        out
    }

    /// Name, address from the root, and integrity of each; the portable profile has none, since browsers cannot check files on a disk.
    pub fn list(&self) -> &[(String, String, String)] {
        &self.list
    }

    /// Where a file is, from the root.
    pub fn href(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|(href, _)| href.as_str())
    }
}

/// A style sheet without comments and without white space beside the signs that divide it: browsers need none of it. Strings stay as they
/// are, and so does a comment between two words, since it divides them.
fn slim(css: &str) -> String {
    let divides = |c: char| c.is_ascii_whitespace() || "{};,".contains(c);
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(|c: char| c.is_ascii_whitespace() || "\"'/\\".contains(c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let first = rest.as_bytes()[0];
        let end = match first {
            b'/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
            b'/' => 1,
            b'\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            quote @ (b'"' | b'\'') => string_end(rest, quote),
            _ => rest.len() - rest.trim_ascii_start().len(),
        };
        let (before, after) = (out.chars().next_back(), rest[end..].chars().next());
        let is_space = first.is_ascii_whitespace();
        let is_needless = match first {
            b'/' if end > 1 => before.is_none_or(divides) || after.is_none_or(divides),
            _ if is_space => before.is_none_or(|c| divides(c) || c == ':') || after.is_none_or(|c| "{}".contains(c)),
            _ => false,
        };
        if !is_needless {
            out.push_str(if is_space { " " } else { &rest[..end] });
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where a string ends that begins here, past its quote.
fn string_end(css: &str, quote: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in css.bytes().enumerate().skip(1) {
        if !escaped && byte == quote {
            return at + 1;
        }
        escaped = !escaped && byte == b'\\';
    }
    css.len()
}

/// Writes the theme's files.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    for (href, blob) in shared.job.assets.files.values() {
        sink.put(OutPath::new(href), blob.clone());
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::slim;

    #[test]
    fn a_style_sheet_loses_what_browsers_need_not() {
        for (written, served) in [
            ("/* why */\n:root {\n  --a: 1px;\n\n  /* b */ --b: 2px; /* c */\n}\n", ":root{--a:1px;--b:2px;}"),
            ("q { quotes: \"/* no */\" '\\'/*\n  ' }", "q{quotes:\"/* no */\" '\\'/*\n  '}"),
            (".a/**/.b { margin: 1px/**/2px }", ".a/**/.b{margin:1px/**/2px}"),
            ("a { content: \"\\\"\" } /* never ends", "a{content:\"\\\"\"}"),
            (".\\31 b\\\"c { font: 1em/2 x }", ".\\31 b\\\"c{font:1em/2 x}"),
            (
                ".a :is( > b,\n.c)  :hover\n{ margin: 0 1px }\n@media (width >= 9rem) {}",
                ".a :is( > b,.c) :hover{margin:0 1px}@media (width >= 9rem){}",
            ),
        ] {
            assert_eq!(slim(written), served);
        }
    }
}
