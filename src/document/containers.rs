//! Blocks of authors: `:::name key=value` … `:::`.
//!
//! pulldown-cmark does not know them, so their lines are replaced by HTML blocks of the same length (`<?>`, `CommonMark` 4.6, kind 3)
//! before parsing; every place in the text stays where it was.

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

/// Finds the fences outside of code and returns the text to parse, with the fences by their offset.
pub fn split(text: &str) -> (Cow<'_, str>, BTreeMap<usize, Fence>) {
    let mut fences = BTreeMap::new();
    if !text.starts_with(":::") && !text.contains("\n:::") {
        return (Cow::Borrowed(text), fences);
    }
    let mut replaced = String::with_capacity(text.len());
    let mut code: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        match (code, code_fence(content)) {
            (None, Some(fence)) => code = Some(fence),
            (Some(open), Some(fence)) if fence.starts_with(open) && content.trim_start().len() == fence.len() => code = None,
            _ => {}
        }
        match content.strip_prefix(":::").filter(|_| code.is_none()) {
            Some(rest) => {
                fences.insert(at, fence(rest.trim_start_matches(':').trim(), at..at + content.len()));
                replaced.push_str("<?>");
                replaced.extend(std::iter::repeat_n(' ', content.len() - 3));
                replaced.push_str(&line[content.len()..]);
            }
            None => replaced.push_str(line),
        }
        at += line.len();
    }
    (Cow::Owned(replaced), fences)
}

/// The run of backticks or tildes that opens or closes a code block (`CommonMark` 4.5).
fn code_fence(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let run = &line[..line.len() - line.trim_start_matches(first).len()];
    (run.len() >= 3).then_some(run)
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
        let (parsed, fences) = split(text);
        assert_eq!(parsed.len(), text.len());
        assert_eq!(fences.len(), 2);
        assert!(parsed.contains("\n:::no\n"));
        let Some(Fence::Open { name, arguments, .. }) = fences.get(&3) else { panic!("no fence") };
        assert_eq!(&**name, "aside");
        assert_eq!(arguments.iter().map(|(k, v)| format!("{k}:{v}")).collect::<Vec<_>>(), ["title:två ord", "kind:tip"]);
    }
}
