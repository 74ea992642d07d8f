//! Text of a paragraph: punctuation of its language, bare addresses, and what only looks like a footnote.

use super::{Builder, no_definition};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::document::tree::{Kind, Str};
use crate::document::{checklist, inline};
use pulldown_cmark::LinkType;
use std::ops::Range;

/// Text that has not become a node yet: adjacent pieces are one run.
pub(super) struct Piece {
    pub(super) text: Box<str>,
    pub(super) range: Range<usize>,
    pub(super) as_written: bool,
}

impl Builder<'_, '_> {
    /// Collects text; what belongs to braces is dropped.
    pub(super) fn text(&mut self, text: &str, mut range: Range<usize>) {
        if range.end <= self.skip_until && range.start < self.skip_until {
            return;
        }
        let mut text = text;
        let mut as_written = self.context.text.get(range.clone()) == Some(text);
        if range.start < self.skip_until && as_written {
            text = &text[self.skip_until - range.start..];
            range.start = self.skip_until;
        }
        let typed = self.context.text.get(range.clone()).unwrap_or("");
        let smart;
        if !as_written && matches!(typed, "\"" | "'" | "--" | "---" | "...") {
            smart = self.punctuation(typed, text, &range);
            text = &smart;
            as_written = typed == text;
        }
        self.text.push(Piece { text: text.into(), range, as_written });
    }

    fn punctuation(&self, typed: &str, smart: &str, range: &Range<usize>) -> String {
        let lang = self.stack.iter().rev().find_map(|open| match &self.out.tree.nodes[open.node].kind {
            Kind::Span { lang: Some(lang), .. } => Some(lang.clone()),
            _ => None,
        });
        let before = self.context.text[..range.start].chars().next_back();
        let after = self.context.text[range.end..].chars().next();
        // `--help` is a flag, not a dash.
        if typed == "--" && before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphabetic) {
            return typed.to_owned();
        }
        inline::punctuation(self.context.locale, lang.as_deref(), typed, smart, before, after)
    }

    /// Turns collected text into nodes; bare addresses become links (GFM 6.9).
    pub(in crate::document) fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let pieces = std::mem::take(&mut self.text);
        let start = pieces[0].range.start;
        let end = pieces[pieces.len() - 1].range.end;
        self.lost_footnotes(start..end);
        self.mistaken_box(start..end);
        self.lost_links(start..end);
        let contiguous = pieces.windows(2).all(|pair| pair[0].range.end == pair[1].range.start);
        if contiguous && pieces.iter().all(|piece| piece.as_written) {
            return self.linked_text(start..end);
        }
        let mut text = String::new();
        for piece in &pieces {
            text.push_str(&piece.text);
        }
        self.push(Kind::Text(Str::Own(text.into())), start..end);
    }

    fn in_code(&self) -> bool {
        self.stack.iter().any(|open| matches!(self.out.tree.nodes[open.node].kind, Kind::CodeBlock { .. }))
    }

    /// What looks like a link or a picture and stayed text: its address has a space, or it names no page.
    fn lost_links(&mut self, range: Range<usize>) {
        /// How far back the bracket is looked for that the text of a link begins with.
        const FAR: usize = 400;
        let (source, text) = (self.context.text, &self.context.text[range.clone()]);
        if !text.contains("](") && !text.contains("[[") || self.in_code() {
            return;
        }
        let mut report = |place: Range<usize>, why: &str, help: &str| {
            if !source[..place.start].ends_with('\\') {
                let problem = Diagnostic::new(Code::LNK005, format!("readers see this as it is written, because {why}"));
                let help = format!("{help}; where no link is meant, put a backslash before the bracket");
                self.problems.push(problem.at(Span::new(self.context.path, place)).help(help));
            }
        };
        let end = |at: usize, stop: char| text[at..].find(['[', ']', ')', '\n']).map(|end| at + end).filter(|end| text[*end..].starts_with(stop));
        for (at, _) in text.match_indices("](") {
            let Some(end) = end(at + 2, ')').filter(|end| text[at + 2..*end].trim().contains([' ', '\t'])) else { continue };
            let (from, to) = (source.floor_char_boundary((range.start + at).saturating_sub(FAR)), range.start + at);
            if let Some(bracket) = source[from..to].rfind('[') {
                let why = "there is a space in the address";
                report(
                    from + bracket..range.start + end + 1,
                    why,
                    "put the address between angle brackets, `(<my file.pdf>)`, or write %20 for the space",
                );
            }
        }
        for (at, _) in text.match_indices("[[") {
            if let Some(end) = end(at + 2, ']').filter(|end| *end == at + 2 || text[at + 2..].starts_with('|')) {
                report(
                    range.start + at..range.start + end + 1,
                    "it names no page",
                    "write the page's identity: `[[guides]]`, `[[guides|other words]]`",
                );
            }
        }
    }

    /// What looks like a footnote and stayed text has no definition.
    fn lost_footnotes(&mut self, range: Range<usize>) {
        let text = &self.context.text[range.clone()];
        if !text.contains("[^") || self.in_code() {
            return;
        }
        for (at, _) in text.match_indices("[^") {
            let label =
                text[at + 2..].split([']', '[', ' ', '\n']).next().filter(|label| text[at + 2 + label.len()..].starts_with(']')).unwrap_or("");
            let escaped = self.context.text[..range.start + at].ends_with('\\');
            if !label.is_empty() && !escaped && !label.contains(char::is_whitespace) {
                let place = range.start + at..range.start + at + label.len() + 3;
                self.problems
                    .push(no_definition(Code::MRK007, format!("footnote `{label}` has no definition")).at(Span::new(self.context.path, place)));
            }
        }
    }

    /// A box at the beginning of a line that Markdown has not seen.
    fn mistaken_box(&mut self, range: Range<usize>) {
        let nodes = &self.out.tree.nodes;
        let is_item = |node: &usize| matches!(nodes[*node].kind, Kind::Item { .. });
        let last = nodes.len().saturating_sub(1);
        let item = match nodes.last().map(|node| &node.kind) {
            Some(Kind::Item { .. }) => Some(last),
            Some(Kind::Paragraph) => last.checked_sub(1).filter(is_item),
            Some(Kind::SoftBreak | Kind::HardBreak) => None,
            _ => return,
        };
        let has_box = item.is_some() && self.out.tasks.marks.last().map(|mark| mark.0) == item;
        let text = &self.context.text[range.clone()];
        let found = checklist::mistaken_box(text, item.is_some()).or_else(|| checklist::mistaken_box(text, false));
        let Some((length, meant)) = found.filter(|_| !has_box && !self.context.text[..range.start].ends_with('\\')) else { return };
        self.out.tasks.mistaken.push(range.start);
        let place = Span::new(self.context.path, range.start..range.start + length);
        let problem =
            Diagnostic::new(Code::CLS009, format!("Markdown shows `{}` as text, not as a checklist item", &text[..length])).at(place.clone());
        let help =
            format!("write `{}` with a space behind it; where the brackets are meant, put a backslash before the first: `\\[`", meant.trim_end());
        self.problems.push(problem.fix(place, meant).help(help));
    }

    fn linked_text(&mut self, range: Range<usize>) {
        let inside_link = self.stack.iter().any(|open| matches!(self.out.tree.nodes[open.node].kind, Kind::Link(_) | Kind::CodeBlock { .. }));
        let mut at = range.start;
        if !inside_link {
            for (found, address) in inline::bare_links(&self.context.text[range.clone()]) {
                let found = range.start + found.start..range.start + found.end;
                self.source_text(at..found.start);
                self.link(LinkType::Autolink, &address, "", found.clone());
                self.source_text(found.clone());
                self.close();
                at = found.end;
            }
        }
        self.source_text(at..range.end);
    }

    fn source_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.push(Kind::Text(Str::Source(range.start as u32, range.end as u32)), range);
        }
    }

    /// Drops the space at the end of the text that is being collected.
    pub(super) fn trim_text(&mut self) {
        if let Some(piece) = self.text.last_mut() {
            let length = piece.text.trim_end().len();
            piece.range.end -= piece.text.len() - length;
            piece.text = piece.text[..length].into();
        }
    }
}
