//! Diagrams: ordered and unordered lists that a style sheet draws, so that they read well as what they are.

use super::Body;
use crate::document::tree::Kind;
use crate::render::html::{Html, with_isolates};

impl Body<'_> {
    pub(super) fn diagram(&self, node: usize, kind: &str, title: &str, description: &str, html: &mut Html) {
        let id = self.id(&format!("diagram-{node}"));
        html.line().open("figure", &[("class", Some(&format!("diagram diagram-{kind}"))), ("aria-labelledby", Some(&id))]);
        html.line().open("figcaption", &[]).open("strong", &[("class", Some("diagram-title")), ("id", Some(&id))]);
        html.html(&with_isolates(title, self.locale.direction)).close("strong").text(" ");
        html.open("span", &[("class", Some("diagram-description"))]).html(&with_isolates(description, self.locale.direction)).close("span");
        html.close("figcaption").line();
        let name = if matches!(kind, "matrix" | "lanes") { "ul" } else { "ol" };
        for list in self.tree.children(node).filter(|child| matches!(self.tree.nodes[*child].kind, Kind::List { .. })) {
            html.open(name, &[("class", Some("diagram-body"))]);
            for item in self.tree.children(list) {
                self.diagram_item(item, html);
            }
            html.line().close(name).line();
        }
        html.close("figure").line();
    }

    /// An item whose leading bold text is its label.
    fn diagram_item(&self, item: usize, html: &mut Html) {
        html.line().open("li", &[]);
        let mut first = true;
        for child in self.tree.children(item) {
            match &self.tree.nodes[child].kind {
                Kind::Strong if first => {
                    html.open("strong", &[("class", Some("label"))]);
                    self.children(child, html);
                    html.close("strong");
                }
                Kind::List { .. } => {
                    html.line().open("ul", &[]);
                    for inner in self.tree.children(child) {
                        self.diagram_item(inner, html);
                    }
                    html.line().close("ul");
                }
                _ => self.block(child, html),
            }
            first = false;
        }
        html.close("li");
    }
}
