//! Diagrams: a fenced block with a title, a description and one nested list.

use super::parse::Builder;
use super::tree::Kind;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::suggest::did_you_mean;
use std::ops::Range;

/// The kinds there are; the info string of the fence.
pub const KINDS: &[&str] = &["flow", "cycle", "funnel", "matrix", "lanes", "ladder", "timeline", "scale"];

/// When the code block that was just closed is a diagram, puts the diagram in its place.
pub(super) fn replace(builder: &mut Builder<'_, '_>, node: usize) {
    let nodes = &builder.out.tree.nodes;
    let Kind::CodeBlock { language } = &nodes[node].kind else { return };
    let Some(kind) = KINDS.iter().find(|kind| **kind == &**language).copied() else { return };
    let fence = nodes[node].start as usize..nodes[node].end as usize;
    let text = builder.context.text;
    let Some(inside) = inside_fence(text, &fence) else { return };
    builder.out.tree.nodes.truncate(node);
    let head = head(text, inside.clone());
    report_head(builder, &head, &fence, text);
    builder.open(Kind::Diagram { kind, title: head.title.into(), description: head.description.into() }, fence.clone());
    let before = builder.out.tree.nodes.len();
    builder.markdown(head.list.start..inside.end);
    builder.flush();
    let one_list = matches!(builder.out.tree.nodes.get(before), Some(first) if matches!(first.kind, Kind::List { .. }) && first.next as usize == builder.out.tree.nodes.len());
    builder.close();
    if !one_list {
        problem(builder, "a diagram holds one list and nothing else", fence, "write `title:`, `description:`, an empty line and a list with `- `");
    }
}

/// What lies between the fences; they must begin at the start of their lines.
fn inside_fence(text: &str, fence: &Range<usize>) -> Option<Range<usize>> {
    let start = fence.start + text[fence.clone()].find('\n')? + 1;
    let body = &text[start..fence.end];
    let end = body.trim_end().rfind('\n').map_or(start, |at| start + at + 1);
    Some(start..end)
}

struct Head {
    title: String,
    description: String,
    unknown: Option<Range<usize>>,
    list: Range<usize>,
}

fn head(text: &str, inside: Range<usize>) -> Head {
    let mut head = Head { title: String::new(), description: String::new(), unknown: None, list: inside.clone() };
    for line in text[inside.clone()].split_inclusive('\n') {
        let content = line.trim();
        match content.split_once(':') {
            _ if content.is_empty() && head.title.is_empty() && head.description.is_empty() => {}
            Some(("title", value)) => head.title = value.trim().to_owned(),
            Some(("description", value)) => head.description = value.trim().to_owned(),
            Some((word, _)) if !content.starts_with(['-', '*', '+']) && word.chars().all(char::is_alphanumeric) => {
                head.unknown = Some(head.list.start..head.list.start + word.len());
            }
            _ => break,
        }
        head.list.start += line.len();
    }
    head
}

fn report_head(builder: &mut Builder<'_, '_>, head: &Head, fence: &Range<usize>, text: &str) {
    if let Some(range) = &head.unknown {
        let help =
            did_you_mean(&text[range.clone()], ["title", "description"]).unwrap_or_else(|| "a diagram has a title and a description".to_owned());
        problem(builder, &format!("unknown key `{}`", &text[range.clone()]), range.clone(), &help);
    }
    if head.title.is_empty() || head.description.is_empty() {
        let missing = if head.title.is_empty() { "title" } else { "description" };
        let line = fence.start..fence.start + text[fence.clone()].find('\n').unwrap_or(0);
        problem(
            builder,
            &format!("this diagram has no {missing}"),
            line,
            &format!("add a line `{missing}: …`; it is read aloud to those who do not see the diagram"),
        );
    }
}

fn problem(builder: &mut Builder<'_, '_>, message: &str, range: Range<usize>, help: &str) {
    let place = Span::new(builder.context.path, range);
    builder.problems.push(Diagnostic::new(Code::MRK006, message).at(place).help(help));
}
