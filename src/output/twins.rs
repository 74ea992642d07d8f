//! The Markdown twin of each page, for those who read texts rather than pages: the source without settings and comments, links made absolute.

use super::Shared;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use crate::base::rows::Before;
use crate::document::Document;
use crate::render::resolved::Resolved;
use std::ops::Range;
use std::sync::Arc;

/// Where a twin is, and what is in it.
pub type Twin = (OutPath, Arc<Blob>);

/// Writes them.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    if !site.config.llms {
        return Vec::new();
    }
    let (documents, resolved) = (shared.job.documents, shared.job.resolved);
    let pages: Vec<usize> = site.shown.iter().copied().filter(|index| site.pages[*index].has_twin()).collect();
    let make = |row: usize, _: Before<'_, Twin>| {
        let page = &site.pages[pages[row]];
        let text = twin(&documents[page.document], &resolved[pages[row]].resolved, site.absolute());
        (OutPath::new(page.twin()), Blob::new(text))
    };
    let frame = Hash::of_value(&(shared.job.keys.structure, site.absolute()));
    let keys = pages.iter().map(|index| resolved[*index].key).collect();
    shared.job.memos.twins.each(frame, keys, |_| true, make, |_, (out, blob)| sink.put(out.clone(), blob.clone()));
    Vec::new()
}

fn twin(document: &Document, resolved: &Resolved, base: &str) -> String {
    let source = &*document.source.text;
    let body = crate::document::front_matter::split(&document.source, &mut Vec::new()).body;
    let mut text = String::with_capacity(source.len() - body + 80);
    if let Some(title) = &document.summary.matter.title {
        text.push_str(&format!("# {}\n\n", title.trim()));
    }
    let mut at = body;
    for (range, address) in edits(document, resolved, base) {
        if range.start >= at {
            text.push_str(&source[at..range.start]);
            text.push_str(&address);
            at = range.end;
        }
    }
    text.push_str(&source[at..]);
    let text = without_comments(&text);
    format!("{}\n", text.trim())
}

/// What to replace, in order: the addresses of links and pictures.
fn edits(document: &Document, resolved: &Resolved, base: &str) -> Vec<(Range<usize>, String)> {
    let source = &*document.source.text;
    let whole = |href: &str| href.strip_prefix(&resolved.root).map(|rest| format!("{base}{rest}"));
    let links = document.links.iter().zip(&resolved.links).filter(|(_, link)| !link.external).filter_map(|(reference, link)| {
        let href = whole(&link.href)?;
        edit(source, reference.range.clone(), &href, link.title.as_ref().map(|title| title.text.as_str()))
    });
    let pictures = document.images.iter().zip(&resolved.pictures).filter_map(|(reference, picture)| {
        let src = whole(&picture.src)?;
        edit(source, reference.range.clone(), &src, None)
    });
    let mut edits: Vec<(Range<usize>, String)> = links.chain(pictures).collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    edits
}

/// The edit that gives a link another address, as narrow as it can be; none for a form that needs no address.
fn edit(source: &str, range: Range<usize>, href: &str, title: Option<&str>) -> Option<(Range<usize>, String)> {
    let written = &source[range.clone()];
    if let Some(inside) = written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        let text = inside.split_once('|').map(|(_, text)| text).or(title).unwrap_or(inside);
        return Some((range, format!("[{text}]({href})")));
    }
    if written.ends_with(')') {
        let start = written.rfind("](")? + 2;
        let inside = &written[start..written.len() - 1];
        let end = if inside.starts_with('<') { inside.find('>')? + 1 } else { inside.find(char::is_whitespace).unwrap_or(inside.len()) };
        return Some((range.start + start..range.start + start + end, href.to_owned()));
    }
    if written.starts_with(['[', '!']) && written.ends_with(']') {
        let end = written.rfind("][").unwrap_or(written.len() - 1);
        return Some((range.start + end..range.end, format!("]({href})")));
    }
    None
}

/// A text without HTML comments; those in code are text.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut in_comment = false;
    for line in text.split_inclusive('\n') {
        let mark = line.trim_start().get(..3).filter(|mark| !in_comment && matches!(*mark, "```" | "~~~"));
        if let Some(mark) = mark {
            fence = match fence {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
        }
        if fence.is_some() || mark.is_some() {
            out.push_str(line);
            continue;
        }
        let kept = uncommented(line, &mut in_comment);
        if kept.len() == line.len() {
            out.push_str(line);
        } else if !kept.trim().is_empty() {
            out.push_str(kept.trim_end());
            out.push('\n');
        }
    }
    out
}

/// A line without its comments, which may begin or end on others.
fn uncommented(line: &str, in_comment: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        if *in_comment {
            let Some(end) = rest.find("-->") else { return out };
            rest = &rest[end + 3..];
            *in_comment = false;
        }
        match rest.find("<!--") {
            Some(start) if (out.matches('`').count() + rest[..start].matches('`').count()).is_multiple_of(2) => {
                out.push_str(&rest[..start]);
                rest = &rest[start + 4..];
                *in_comment = true;
            }
            Some(start) => {
                out.push_str(&rest[..start + 4]);
                rest = &rest[start + 4..];
            }
            None => {
                out.push_str(rest);
                return out;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_every_form_get_the_address() {
        for (written, then) in [
            ("[a](../b.md)", "[a](/x/)"),
            ("[a](<../b c.md> \"title\")", "[a](/x/ \"title\")"),
            ("[a][b]", "[a](/x/)"),
            ("[a]", "[a](/x/)"),
            ("[[b]]", "[B](/x/)"),
            ("[[b|c]]", "[c](/x/)"),
            ("![a](b.png)", "![a](/x/)"),
        ] {
            let (range, new) = edit(written, 0..written.len(), "/x/", Some("B")).unwrap();
            assert_eq!(format!("{}{new}{}", &written[..range.start], &written[range.end..]), then);
        }
        assert_eq!(edit("https://example.org", 0..19, "/x/", None), None);
    }

    #[test]
    fn comments_go_and_code_stays() {
        let text = "- [ ] Do it <!-- #do-it -->\n<!-- a\nb -->\nText `<!-- c -->`\n```\n<!-- d -->\n```\n";
        assert_eq!(without_comments(text), "- [ ] Do it\nText `<!-- c -->`\n```\n<!-- d -->\n```\n");
    }
}
