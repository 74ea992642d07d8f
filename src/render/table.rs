//! Tables: alignment by class, scrolling inside a group with a name (a landmark for each would drown the others).

use super::body::Body;
use super::html::Html;
use crate::document::tree::{Alignment, Kind};

/// Writes a table.
pub fn table(body: &Body<'_>, node: usize, alignments: &[Alignment], html: &mut Html) {
    let label = body.strings.text("table-scroll-label", &[]);
    html.line().open("div", &[("class", Some("table-scroll")), ("role", Some("group")), ("tabindex", Some("0")), ("aria-label", Some(&label))]);
    html.line().open("table", &[]);
    let mut in_body = false;
    for row in body.tree.children(node) {
        let head = matches!(body.tree.nodes[row].kind, Kind::TableHead);
        if !head && !in_body {
            html.line().open("tbody", &[]);
            in_body = true;
        }
        if head {
            html.line().open("thead", &[]);
        }
        html.line().open("tr", &[]);
        for cell in body.tree.children(row) {
            self::cell(body, cell, head, alignments, html);
        }
        html.close("tr");
        if head {
            html.close("thead");
        }
    }
    if in_body {
        html.line().close("tbody");
    }
    html.close("table").close("div").line();
}

fn cell(body: &Body<'_>, node: usize, head: bool, alignments: &[Alignment], html: &mut Html) {
    let Kind::TableCell { column } = body.tree.nodes[node].kind else { return };
    let class = match alignments.get(column as usize) {
        Some(Alignment::Start) => Some("al-start"),
        Some(Alignment::Center) => Some("al-center"),
        Some(Alignment::End) => Some("al-end"),
        _ => None,
    };
    let (name, scope) = if head { ("th", Some("col")) } else { ("td", None) };
    html.open(name, &[("class", class), ("scope", scope)]);
    if head {
        body.heading_text(node, html);
    } else {
        body.children(node, html);
    }
    html.close(name);
}
