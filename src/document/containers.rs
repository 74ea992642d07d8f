//! Blocks of authors: `:::name key=value` … `:::`.
//!
//! pulldown-cmark does not know them, so their lines are replaced by HTML blocks of the same length (`<?>`, `CommonMark` 4.6, kind 3)
//! before parsing; every place in the text stays where it was.

use super::parse::options;
use pulldown_cmark::{Event, Parser, Tag};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// One `:::` line.
#[derive(Clone, Debug, PartialEq)]
pub enum Fence {
    /// `:::name key=value`.
    Open { name: Box<str>, arguments: Box<[(Box<str>, Box<str>)]>, range: Range<usize> },
    /// `:::`.
    Close { range: Range<usize> },
}

/// Finds the fences outside of code and returns the text to parse, with the fences by their place in the file, where the text begins at
/// `offset`.
pub fn split(text: &str, offset: usize) -> (Cow<'_, str>, BTreeMap<usize, Fence>) {
    let mut fences = BTreeMap::new();
    if !text.starts_with(":::") && !text.contains("\n:::") {
        return (Cow::Borrowed(text), fences);
    }
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        match content.strip_prefix(":::") {
            Some(rest) => {
                let place = offset + at;
                fences.insert(place, fence(rest.trim_start_matches(':').trim(), place..place + content.len()));
                replaced.push_str("<?>");
                replaced.extend(std::iter::repeat_n(' ', content.len() - 3));
                replaced.push_str(&line[content.len()..]);
            }
            None => replaced.push_str(line),
        }
        at += line.len();
    }
    for code in code_blocks(&replaced) {
        for (_, fence) in fences.extract_if(offset + code.start..offset + code.end, |_, _| true) {
            let (Fence::Open { range, .. } | Fence::Close { range }) = fence;
            let place = range.start - offset..range.end - offset;
            replaced.replace_range(place.clone(), &text[place]);
        }
    }
    (Cow::Owned(replaced), fences)
}

/// Where fenced code stands: only Markdown's own parser knows, for a fence may begin behind a list's mark and end with the list. Whether
/// a line in it is a fence of ours changes nothing of that.
fn code_blocks(text: &str) -> Vec<Range<usize>> {
    if !text.contains("```") && !text.contains("~~~") {
        return Vec::new();
    }
    let events = Parser::new_ext(text, options()).into_offset_iter();
    events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)))).map(|(_, range)| range).collect()
}

fn fence(rest: &str, range: Range<usize>) -> Fence {
    if rest.is_empty() {
        return Fence::Close { range };
    }
    let (name, arguments) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    Fence::Open { name: name.into(), arguments: parse_arguments(arguments).into(), range }
}

/// `key=value key="two words"`.
fn parse_arguments(mut text: &str) -> Vec<(Box<str>, Box<str>)> {
    let mut arguments = Vec::new();
    while let Some((key, rest)) = text.trim_start().split_once('=') {
        let (value, after) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((value, after)) => (value, after),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        arguments.push((key.trim().into(), value.into()));
        text = after;
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_fences_and_keeps_every_offset() {
        let text = "a\n\n:::aside title=\"två ord\" kind=tip\nb\n:::\n\n```\n:::no\n```\n";
        let (parsed, fences) = split(text, 0);
        assert_eq!(parsed.len(), text.len());
        assert_eq!(fences.len(), 2);
        assert!(parsed.contains("\n:::no\n"));
        let Some(Fence::Open { name, arguments, .. }) = fences.get(&3) else { panic!("no fence") };
        assert_eq!(&**name, "aside");
        assert_eq!(arguments.iter().map(|(k, v)| format!("{k}:{v}")).collect::<Vec<_>>(), ["title:två ord", "kind:tip"]);
    }
}
