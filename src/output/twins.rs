//! The Markdown twin of each page, for those who read texts rather than pages: the source without settings and comments, links made absolute.

use super::Shared;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use crate::base::rows::Before;
use crate::document::Document;
use crate::document::tree::{Kind, Node};
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
    let mut edits = edits(document, resolved, base);
    edits.extend(comments(source, body, &code(document)).into_iter().map(|range| (range, String::new())));
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut at = body;
    for (range, then) in edits {
        if range.start >= at {
            text.push_str(&source[at..range.start]);
            text.push_str(&then);
            at = range.end;
        }
    }
    text.push_str(&source[at..]);
    format!("{}\n", text.trim())
}

/// Where code stands, in order.
fn code(document: &Document) -> Vec<Range<usize>> {
    let is_code = |node: &&Node| matches!(node.kind, Kind::CodeBlock { .. } | Kind::Code(_));
    document.tree.nodes.iter().filter(is_code).map(|node| node.start as usize..node.end as usize).collect()
}

/// What to replace: the addresses of links and pictures.
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
    links.chain(pictures).collect()
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

/// The HTML comments of a text from `at` on, each with the blank that it leaves at the end of its line, or with its line. In code they are text.
fn comments(source: &str, mut at: usize, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    while let Some(start) = source[at..].find("<!--").map(|start| at + start) {
        let before = code.partition_point(|code| code.start <= start);
        if let Some(code) = code[..before].last().filter(|code| code.end > start) {
            at = code.end;
            continue;
        }
        let end = source[start..].find("-->").map_or(source.len(), |end| start + end + 3);
        let (kept, line_end) =
            (source[..start].trim_end_matches([' ', '\t']), end + source[end..].find('\n').map_or(source.len() - end, |at| at + 1));
        at = end;
        found.push(if !source[end..line_end].trim().is_empty() {
            start..end
        } else if kept.is_empty() || kept.ends_with('\n') {
            at = line_end;
            kept.len()..line_end
        } else {
            kept.len()..line_end - usize::from(source[end..line_end].ends_with('\n'))
        });
    }
    found
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
        let text = "- [ ] Do it <!-- #do-it -->\n  <!-- a\nb -->\nText `<!-- c -->`, <!-- e --> more\r\n";
        let code = text.find('`').unwrap();
        let mut kept = text.to_owned();
        for range in comments(text, 0, std::slice::from_ref(&(code..code + 14))).into_iter().rev() {
            kept.replace_range(range, "");
        }
        assert_eq!(kept, "- [ ] Do it\nText `<!-- c -->`,  more\r\n");
    }
}
