//! Footnotes, with their way back.

use super::Body;
use crate::document::tree::Kind;
use crate::render::html::Html;
use crate::site::strings::Arg;

impl Body<'_> {
    pub(super) fn footnote_reference(&self, node: usize, html: &mut Html) {
        let Some((number, which)) = self.document.footnotes.references.get(&(node as u32)).copied() else { return };
        let text = self.locale.plain_number(i64::from(number) + 1);
        let id = if which == 0 { format!("fnref-{}", number + 1) } else { format!("fnref-{}-{}", number + 1, which + 1) };
        let name = self.strings.text("footnote-label", &[("number", Arg::Number(f64::from(number) + 1.0))]);
        html.open("sup", &[("class", Some("fn")), ("id", Some(&self.id(&id)))]);
        let target = self.link_to(&format!("fn-{}", number + 1));
        html.open("a", &[("href", Some(&target)), ("role", Some("doc-noteref")), ("aria-label", Some(&name))]).text(&text).close("a").close("sup");
    }

    /// Footnotes in the order of their first reference.
    pub(super) fn footnotes(&self, html: &mut Html) {
        if self.document.footnotes.definitions.is_empty() {
            return;
        }
        let heading = self.strings.text("footnotes-title", &[]);
        html.line()
            .open("section", &[("class", Some("footnotes")), ("role", Some("doc-endnotes")), ("aria-label", Some(&heading))])
            .line()
            .open("ol", &[]);
        for (number, definition) in self.document.footnotes.definitions.iter().enumerate() {
            html.line().open("li", &[("id", Some(&self.id(&format!("fn-{}", number + 1))))]);
            if let Some(definition) = definition {
                self.footnote(*definition, number, html);
            }
            html.close("li");
        }
        html.line().close("ol").close("section");
    }

    /// A footnote with its way back inside its last paragraph.
    fn footnote(&self, definition: usize, number: usize, html: &mut Html) {
        let children: Vec<usize> = self.tree.children(definition).collect();
        for (place, child) in children.iter().enumerate() {
            let last = place + 1 == children.len();
            if last && matches!(self.tree.nodes[*child].kind, Kind::Paragraph) {
                html.open("p", &[]);
                self.children(*child, html);
                self.back_link(number, html);
                html.close("p");
            } else {
                self.block(*child, html);
                if last {
                    self.back_link(number, html);
                }
            }
        }
    }

    fn back_link(&self, number: usize, html: &mut Html) {
        let label = self.strings.text("footnote-back", &[("number", Arg::Number(number as f64 + 1.0))]);
        let target = self.link_to(&format!("fnref-{}", number + 1));
        html.text(" ")
            .open("a", &[("href", Some(&target)), ("class", Some("fn-back")), ("role", Some("doc-backlink")), ("aria-label", Some(&label))]);
        html.open("span", &[("class", Some("icon-dir")), ("aria-hidden", Some("true"))]).text("↩\u{FE0E}").close("span").close("a");
    }
}
