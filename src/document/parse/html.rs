//! HTML in Markdown: the elements that are always allowed, options of checklist items in comments, and what the site says of the rest.

use super::Builder;
use super::text::Piece;
use crate::base::config::HtmlMode;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::document::inline::{self, HtmlTag};
use crate::document::tree::{Kind, Str};
use crate::document::{checklist, raw_html};
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        match inline::html_tag(html) {
            HtmlTag::Comment(comment) => self.comment(comment, range),
            HtmlTag::Open(name, attribute) => {
                self.flush();
                if matches!(name, "br" | "wbr") {
                    return self.push(Kind::Element { name, attribute: None }, range);
                }
                let added = self.open(Kind::Element { name, attribute }, range).is_some();
                match self.stack.last_mut() {
                    Some(open) if added => open.html = true,
                    // Nothing in Markdown closes an element that is not there.
                    _ => self.flat -= 1,
                }
            }
            HtmlTag::Close(name) if self.closes(name) => {
                self.flush();
                self.pop();
            }
            HtmlTag::Close(_) | HtmlTag::Other => self.raw_html(html, range),
        }
    }

    fn closes(&self, name: &str) -> bool {
        self.flat == 0
            && self.stack.last().is_some_and(|open| {
                open.html && matches!(self.out.tree.nodes[open.node].kind, Kind::Element { name: open_name, .. } if open_name == name)
            })
    }

    /// The options of a checklist item; any other comment vanishes.
    fn comment(&mut self, comment: &str, range: Range<usize>) {
        let Some(options) = checklist::parse_options(comment) else { return };
        let item = self.stack.iter().rev().find(|open| matches!(self.out.tree.nodes[open.node].kind, Kind::Item { .. })).map(|open| open.node);
        let marks = &mut self.out.tasks.marks;
        let mark = item.and_then(|item| marks.binary_search_by_key(&item, |mark| mark.0).ok()).map(|at| &mut marks[at]);
        let Some(mark) = mark else { return };
        let (first, place) = (mark.3.get_or_insert(range.clone()).clone(), Span::new(self.context.path, range.clone()));
        let problem = match options {
            _ if first != range => return self.second_id(first, range),
            Ok(options) => {
                mark.2 = options;
                return self.trim_text();
            }
            Err(message) => Diagnostic::new(Code::CLS002, message),
        };
        let help = "write `<!-- #id optional answer was:old-id -->`; ids have lower-case ASCII letters, digits and hyphens, at most 64";
        self.problems.push(problem.at(place).help(help));
    }

    /// An item has had its comment; the next one is an error, unless a box before it shows that another item was meant.
    fn second_id(&mut self, first: Range<usize>, second: Range<usize>) {
        self.trim_text();
        self.flush();
        if self.out.tasks.mistaken.last().is_some_and(|at| *at > first.start) {
            return;
        }
        let id = |range: &Range<usize>| self.context.text[range.clone()].split_whitespace().find_map(|word| word.strip_prefix('#')).unwrap_or("");
        let problem = Diagnostic::new(Code::CLS002, checklist::two_ids(id(&first), id(&second))).at(Span::new(self.context.path, second));
        self.problems.push(
            problem.label(Span::new(self.context.path, first), "the first").help("keep one; an id that the item had before is written `was:old-id`"),
        );
    }

    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        match self.context.html {
            HtmlMode::Escape => {}
            HtmlMode::Sanitize => return self.allowed_html(html, range),
            HtmlMode::Trusted => {
                self.flush();
                let text = self.str(html, &range);
                return self.push(Kind::RawHtml(text), range);
            }
        }
        self.problems.push(
            Diagnostic::new(Code::MRK001, "raw HTML is shown as text")
                .at(Span::new(self.context.path, range.start..range.start + html.trim_end().len()))
                .help("use Markdown instead; abbr, bdi, br, kbd, mark, strong, em, sub, sup and wbr are always allowed"),
        );
        self.text.push(Piece { text: html.trim_end_matches('\n').into(), range, as_written: false });
    }

    /// What may stay of a piece of HTML.
    fn allowed_html(&mut self, html: &str, range: Range<usize>) {
        self.flush();
        let (allowed, refused) = raw_html::keep_allowed(html);
        if !refused.is_empty() {
            let place = Span::new(self.context.path, range.start..range.start + html.trim_end().len());
            self.problems.push(
                Diagnostic::new(Code::MRK008, format!("taken out: {}", refused.join(", ")))
                    .at(place)
                    .help("use Markdown; the manual lists what may stay, under “HTML”"),
            );
        }
        self.out.tree.unclean = true;
        self.push(Kind::RawHtml(Str::Own(allowed.into())), range);
    }

    /// The end of the lines that are cleaned together.
    pub(super) fn end_html(&mut self) {
        if let Some((html, range)) = self.html.take() {
            self.raw_html(&html, range);
        }
    }

    /// A line of an HTML block: a comment, one of our fences, or raw HTML.
    pub(super) fn html_block(&mut self, html: &str, range: Range<usize>) {
        if let Some(fence) = self.fences.remove(&range.start) {
            self.end_html();
            self.flush();
            return self.fence(fence);
        }
        let in_comment = self.seen.in_comment;
        self.seen.in_comment = inline::is_comment_open(html, in_comment);
        match inline::html_tag(html.trim()) {
            HtmlTag::Comment(comment) => self.comment(comment, range),
            _ if html.trim().is_empty() => {}
            _ if in_comment => {}
            _ if self.context.html == HtmlMode::Escape => {
                self.open(Kind::Paragraph, range.clone());
                self.raw_html(html, range);
                self.flush();
                self.close();
            }
            _ if self.context.html == HtmlMode::Sanitize => {
                let (lines, place) = self.html.get_or_insert((String::new(), range.clone()));
                lines.push_str(html);
                place.end = range.end;
            }
            _ => self.raw_html(html, range),
        }
    }
}
