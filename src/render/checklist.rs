//! Checklists: real, labelled boxes that a script makes remember.

use super::body::Body;
use super::html::Html;
use crate::document::checklist::label_nodes;
use crate::document::tree::Kind;
use crate::site::strings::Arg;

/// Writes a list of items; the outermost one with its tools.
pub fn list(body: &Body<'_>, node: usize, start: Option<u64>, number: u32, html: &mut Html) {
    let outermost = is_outermost(body, node);
    if outermost {
        open_section(body, node, number, html);
    }
    let name = if start.is_some() { "ol" } else { "ul" };
    html.line().open(name, &[("class", Some("cl-list"))]);
    body.children(node, html);
    html.line().close(name).line();
    if outermost {
        html.close("section").line();
    }
}

/// Whether a checklist stands in no other one.
pub fn is_outermost(body: &Body<'_>, node: usize) -> bool {
    body.tree.children(node).find_map(|item| item_number(body, item)).is_none_or(|item| body.document.summary.items[item].parent.is_none())
}

/// Writes the heading above a list once more, on a page that shows only lists; not where the list before stands under it too. Gives its number.
pub fn heading(body: &Body<'_>, node: usize, before: Option<usize>, html: &mut Html) -> Option<usize> {
    let number = heading_above(body, node)?;
    let nodes = &body.document.heading_nodes;
    if before != Some(number) && matches!(body.tree.nodes[nodes[number] as usize].kind, Kind::Heading { .. }) {
        body.heading(nodes[number] as usize, 2, number, html);
    }
    Some(number)
}

fn item_number(body: &Body<'_>, node: usize) -> Option<usize> {
    match body.tree.nodes[node].kind {
        Kind::Item { item } => item.map(|item| item as usize),
        _ => None,
    }
}

/// The heading above a list names it: its number among the document's headings.
fn heading_above(body: &Body<'_>, node: usize) -> Option<usize> {
    body.document.heading_nodes.partition_point(|heading| (*heading as usize) < node).checked_sub(1)
}

fn open_section(body: &Body<'_>, node: usize, number: u32, html: &mut Html) {
    let heading = heading_above(body, node).and_then(|heading| body.document.summary.headings.get(heading));
    let labelled = heading.map(|heading| body.id(&heading.anchor));
    let label = labelled.is_none().then(|| body.strings.text("checklist-title", &[]));
    let was: Vec<String> = body.resolved.was.iter().map(|key| crate::language::slug::encode_path(key)).collect();
    html.line().open(
        "section",
        &[
            ("class", Some("cl")),
            ("role", Some("group")),
            ("aria-labelledby", labelled.as_deref()),
            ("aria-label", label.as_deref()),
            ("data-guide", Some(&body.resolved.guide)),
            ("data-was", (!was.is_empty()).then(|| was.join(" ")).as_deref()),
        ],
    );
    tools(body, node, number, html);
}

fn tools(body: &Body<'_>, node: usize, number: u32, html: &mut Html) {
    let below = body.tree.below(node).filter_map(|node| item_number(body, node));
    let items = below.filter_map(|item| body.document.summary.items.get(item).zip(body.resolved.items.get(item)));
    let counted: Vec<bool> =
        items.filter(|(item, view)| item.list == number && !item.has_children && !view.optional).map(|(item, _)| item.done).collect();
    let done = counted.iter().filter(|done| **done).count();
    let id = body.id(&format!("pr-{number}"));
    let text = |key: &str| body.strings.text(key, &[]);
    html.line().open("div", &[("class", Some("cl-tools"))]);
    html.open("label", &[("for", Some(&id))]).html(&body.strings.html("checklist-progress-label", &[])).close("label").text(" ");
    html.open("progress", &[("id", Some(&id)), ("max", Some(&counted.len().max(1).to_string())), ("value", Some(&done.to_string()))])
        .close("progress")
        .text(" ");
    let count = body.strings.html("checklist-progress", &[("done", Arg::Number(done as f64)), ("total", Arg::Number(counted.len() as f64))]);
    html.open("span", &[("class", Some("cl-count"))]).html(&count).close("span");
    if body.prefix.is_empty() {
        for (act, key) in [("reset", "checklist-reset"), ("undo", "checklist-undo"), ("share", "share-button"), ("export", "progress-export")] {
            let hidden = (act == "undo").then_some("");
            html.line()
                .open("button", &[("type", Some("button")), ("data-act", Some(act)), ("hidden", hidden)])
                .html(&body.strings.html(key, &[]))
                .close("button");
        }
    }
    html.close("div").line();
    if body.prefix.is_empty() {
        html.open(
            "input",
            &[
                ("class", Some("cl-link")),
                ("readonly", Some("")),
                ("hidden", Some("")),
                ("dir", Some("ltr")),
                ("aria-label", Some(&text("share-link-label"))),
            ],
        );
        html.line().open("p", &[("class", Some("cl-status")), ("role", Some("status")), ("aria-live", Some("polite"))]).close("p");
        html.line().open("p", &[("class", Some("cl-note")), ("hidden", Some(""))]).html(&body.strings.html("checklist-not-saved", &[])).close("p");
    }
}

/// Writes an item: box, label around the first paragraph only, the rest outside it.
pub fn item(body: &Body<'_>, node: usize, number: usize, html: &mut Html) {
    let (Some(view), Some(item)) = (body.resolved.items.get(number), body.document.summary.items.get(number)) else { return };
    let id = |kind: &str| item_id(body, kind, &view.id);
    let was: Vec<&str> = item.was.iter().map(|id| &**id).collect();
    html.line().open("li", &[("class", Some("cl-item")), ("id", Some(&id("item")))]);
    html.open(
        "input",
        &[
            ("type", Some("checkbox")),
            ("id", Some(&id("cb"))),
            ("data-item", Some(&view.id)),
            ("data-rev", Some(&view.revision)),
            ("data-was", (!was.is_empty()).then(|| was.join(" ")).as_deref()),
            ("data-optional", (view.optional && !item.has_children).then_some("")),
            ("checked", item.done.then_some("")),
        ],
    );
    let label = label_nodes(body.tree, node);
    html.text(" ").open("label", &[("for", Some(&id("cb")))]);
    body.inline_range(label.clone(), html);
    html.close("label");
    let first_paragraph = matches!(body.tree.nodes.get(node + 1), Some(first) if matches!(first.kind, Kind::Paragraph));
    for child in body.tree.children(node).filter(|child| *child >= label.end && !(first_paragraph && *child == node + 1)) {
        body.block(child, html);
    }
    if item.answer {
        html.line().open("div", &[("class", Some("cl-answer"))]).open("label", &[("for", Some(&id("an")))]);
        html.html(&body.strings.html("answer-label", &[]))
            .open("span", &[("class", Some("visually-hidden"))])
            .text(": ")
            .text(&item.text)
            .close("span")
            .close("label");
        let mut answer = Html::default();
        answer.open(
            "textarea",
            &[("id", Some(&id("an"))), ("data-answer", Some(&view.id)), ("rows", Some("2")), ("maxlength", Some("4000")), ("dir", Some("auto"))],
        );
        answer.close("textarea");
        html.apart(answer.finish()).close("div");
    }
    html.close("li");
}

fn item_id(body: &Body<'_>, kind: &str, id: &str) -> String {
    format!("{kind}-{}{id}", body.prefix)
}

/// The beginning of ids for a guide on a page that shows several: injective, without `--` inside.
pub fn guide_prefix(guide: &str) -> String {
    let mut prefix = String::with_capacity(guide.len() + 2);
    let mut characters = guide.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '/' => prefix.push('.'),
            '-' if !prefix.ends_with('-') && characters.peek().is_some() => prefix.push('-'),
            c if c.is_alphanumeric() => prefix.push(c),
            c => prefix.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    prefix.push_str("--");
    prefix
}
