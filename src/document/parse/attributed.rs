//! What may carry attributes in braces: headings, links, images, spans.

use super::{Builder, RawHeading, Reference};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::document::attributes::{self, Attributes};
use crate::document::tree::{Image, Kind, Link, Node, Target};
use pulldown_cmark::{CowStr, LinkType};
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn heading(&mut self, level: u8, id: Option<CowStr<'_>>, attrs: Vec<(CowStr<'_>, Option<CowStr<'_>>)>, range: Range<usize>) {
        let mut attributes = Attributes::default();
        let line_end = self.context.text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
        let braces = self.context.text[range.start..line_end].rfind('{').map_or(range.clone(), |at| range.start + at..line_end);
        if let Some(id) = id {
            attributes.take("id", &id, braces.clone());
        }
        for (key, value) in attrs {
            attributes.take(&key, value.as_deref().unwrap_or(""), braces.clone());
        }
        self.refuse(&attributes);
        let number = self.out.headings.len() as u32;
        let Attributes { id, lang, dir, .. } = attributes;
        if let Some(node) = self.open(Kind::Heading { level, number }, range) {
            self.out.headings.push(RawHeading { node, level, id, lang, dir });
        }
    }

    fn refuse(&mut self, attributes: &Attributes) {
        for (message, range) in &attributes.refused {
            self.problems.push(Diagnostic::new(Code::MRK002, message.clone()).at(Span::new(self.context.path, range.clone())).help(
                "allowed are #id on headings and spans, lang=sv and dir=rtl on headings, spans and links; an id has letters, digits and hyphens",
            ));
        }
    }

    pub(super) fn link(&mut self, link_type: LinkType, address: &str, title: &str, range: Range<usize>) {
        if matches!(link_type, LinkType::ShortcutUnknown) {
            return self.span(range);
        }
        let (target, has_text) = match link_type {
            LinkType::WikiLink { has_pothole } => match address.strip_prefix('#') {
                Some(term) => (Target::Term(term.into()), has_pothole),
                None => (Target::Page(address.into()), has_pothole),
            },
            LinkType::Email => (Target::Address(format!("mailto:{address}").into()), true),
            _ => (Target::Address(address.into()), true),
        };
        let number = self.out.links.len() as u32;
        let title = (!title.is_empty()).then(|| title.into());
        let link = Link { target, title, has_text, lang: None, dir: None, number };
        if let Some(node) = self.open(Kind::Link(Box::new(link)), range.clone()) {
            self.out.links.push(Reference { node, range });
        }
    }

    pub(super) fn image(&mut self, address: &str, title: &str, range: Range<usize>) {
        let number = self.out.images.len() as u32;
        let title = (!title.is_empty()).then(|| title.into());
        if let Some(node) = self.open(Kind::Image(Box::new(Image { address: address.into(), title, number })), range.clone()) {
            self.out.images.push(Reference { node, range });
        }
    }

    /// `[text]{lang=sv}`: the callback for unknown references let it through because braces follow.
    pub(super) fn span(&mut self, range: Range<usize>) {
        let attributes = attributes::parse(&self.context.text[range.end..], range.end).map(|(attributes, _)| attributes).unwrap_or_default();
        self.refuse(&attributes);
        let Attributes { id, lang, dir, .. } = attributes;
        self.open(Kind::Span { lang, dir, id }, range);
    }

    /// A link that was just closed and shows nothing.
    pub(super) fn link_without_text(&mut self, node: usize, range: Range<usize>) {
        let tree = &self.out.tree;
        let shown = |node: &Node| match &node.kind {
            Kind::Text(text) | Kind::Code(text) => !text.get(self.context.text).trim().is_empty(),
            Kind::Image(_) | Kind::RawHtml(_) => true,
            _ => false,
        };
        if matches!(&tree.nodes[node].kind, Kind::Link(link) if link.has_text) && !tree.nodes[tree.below(node)].iter().any(shown) {
            let problem = Diagnostic::new(Code::LNK005, "this link has no text").at(Span::new(self.context.path, range));
            self.problems.push(problem.help("say in the brackets where it leads; `[[page]]` takes the page's title"));
        }
    }

    /// Braces behind a link, an image or a span.
    pub(super) fn trailing_attributes(&mut self, node: usize, end: usize) {
        let Some((mut attributes, length)) = attributes::parse(&self.context.text[end..], end) else {
            return;
        };
        self.skip_until = end + length;
        let lost = match &mut self.out.tree.nodes[node].kind {
            Kind::Link(link) => {
                (link.lang, link.dir) = (attributes.lang.clone(), attributes.dir);
                attributes.id.is_some().then_some("an id has no effect on a link")
            }
            Kind::Image(_) => attributes.says_something().then_some("attributes have no effect on a picture"),
            // A span has read its own.
            _ => return,
        };
        attributes.refused.extend(lost.map(|lost| (lost.to_owned(), end..end + length)));
        self.refuse(&attributes);
    }
}
