//! The beginning of a translation: the same skeleton, with the text to translate in comments.

use crate::document::Document;
use crate::document::front_matter::split;
use std::fmt::Write;

/// Keys whose values a translator writes anew; the original's stand there until then.
const TEXTS: &[&str] = &["title", "description", "result"];
/// Keys that belong to one language or one version only.
const OWN: &[&str] = &["slug", "aliases", "draft", "updated", "review_by", "publish_at", "expires_at", "authors"];

/// The file a translator begins with.
pub fn scaffold(document: &Document) -> String {
    let source = &document.source;
    let split = split(source, &mut Vec::new());
    let mut text = front_matter(&source.text[split.matter.clone()], split.yaml);
    let mut at = split.body;
    for root in document.tree.roots() {
        let node = &document.tree.nodes[root];
        let range = node.start as usize..node.end as usize;
        if range.start >= at {
            // What is no block, such as definitions of links, is needed as it is.
            piece(&mut text, &source.text[at..range.start], Keep::AsItIs);
        }
        piece(&mut text, &source.text[range.start.max(at)..range.end.max(at)], keep(document, root));
        at = at.max(range.end);
    }
    piece(&mut text, &source.text[at..], Keep::AsItIs);
    text
}

/// What becomes of a block.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    /// Headings, checklists and code stay, so that page and original fit each other from the start.
    AsItIs,
    /// The rest goes into a comment.
    InComment,
}

fn keep(document: &Document, root: usize) -> Keep {
    if document.tree.is_skeleton(root) { Keep::AsItIs } else { Keep::InComment }
}

fn piece(text: &mut String, source: &str, keep: Keep) {
    let source = source.trim_matches('\n').trim_end();
    if source.trim().is_empty() {
        return;
    }
    let _infallible = match keep {
        Keep::AsItIs => write!(text, "\n{source}\n"),
        // A comment ends at the first `-->` and may not hold another one.
        Keep::InComment => write!(text, "\n<!--\n{}\n-->\n", source.replace("-->", "--&gt;")),
    };
}

fn front_matter(matter: &str, yaml: bool) -> String {
    let (fence, is) = if yaml { ("---", ": ") } else { ("+++", " = ") };
    let mut text = format!("{fence}\n");
    let mut tables = String::new();
    for (key, lines) in chunks(matter, yaml) {
        match key {
            Some(key) if OWN.contains(&key) => {}
            Some(key) if TEXTS.contains(&key) => {
                lines.lines().filter(|line| !line.starts_with('#')).for_each(|line| {
                    let _infallible = writeln!(text, "# {line}");
                });
                text.push_str(lines);
            }
            Some(_) => text.push_str(lines),
            None => tables.push_str(lines),
        }
    }
    let _infallible = writeln!(text, "# The last part of the address in this language; else the file's name.\n# slug{is}\"…\"\ndraft{is}true");
    text.push_str(&tables);
    text.push_str(fence);
    text.push('\n');
    text
}

/// The settings by key, each with its whole text; what comes from the first table on has no key.
fn chunks(matter: &str, yaml: bool) -> Vec<(Option<&str>, &str)> {
    let mut starts: Vec<(Option<&str>, usize)> = Vec::new();
    let mut at = 0;
    for line in matter.split_inclusive('\n') {
        if !yaml && line.starts_with('[') && starts.last().is_none_or(|(key, _)| key.is_some()) {
            starts.push((None, at));
        }
        let in_table = starts.last().is_some_and(|(key, _)| key.is_none());
        if !in_table && let Some(key) = key_of(line, yaml) {
            starts.push((Some(key), at));
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|(_, at)| *at).chain([matter.len()]).collect();
    starts.into_iter().zip(ends).map(|((key, start), end)| (key, &matter[start..end])).collect()
}

fn key_of(line: &str, yaml: bool) -> Option<&str> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-' && c != '.')?;
    let rest = line[end..].trim_start();
    (end > 0 && rest.starts_with(if yaml { ':' } else { '=' })).then(|| &line[..end])
}
