//! A strict reader of the HTML that Rahnama writes: whatever its writer cannot have made is an error.

/// Elements without content.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// `<name attribute="value">`, values as they stand.
    Open { name: &'a str, attributes: Vec<(&'a str, &'a str)>, start: usize, end: usize },
    /// `</name>`.
    Close { name: &'a str, end: usize },
    /// What stands between.
    Text(&'a str),
}

/// Reads a page.
///
/// # Errors
/// What is not as Rahnama writes it, with the text there.
pub fn tokens(html: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let here = || rest.lines().next().unwrap_or("").chars().take(80).collect::<String>();
        if let Some(name) = open.last().filter(|name| matches!(**name, "script" | "title" | "textarea")) {
            let end = rest.find(&format!("</{name}>")).ok_or_else(|| format!("`{name}` is not closed: {}", here()))?;
            if end > 0 {
                tokens.push(Token::Text(&rest[..end]));
            }
            at += end;
        } else if !rest.starts_with('<') {
            let end = rest.find('<').unwrap_or(rest.len());
            tokens.push(Token::Text(&rest[..end]));
            at += end;
            continue;
        }
        let rest = &html[at..];
        if let Some(doctype) = rest.strip_prefix("<!doctype html>") {
            at += rest.len() - doctype.len();
        } else if let Some(close) = rest.strip_prefix("</") {
            let end = close.find('>').ok_or_else(|| format!("an end tag is not closed: {}", here()))?;
            let name = &close[..end];
            match open.pop() {
                Some(opened) if opened == name => {}
                other => return Err(format!("</{name}> closes {other:?}")),
            }
            at += 3 + end;
            tokens.push(Token::Close { name, end: at });
        } else {
            let (name, attributes, length) = tag(rest).ok_or_else(|| format!("not a tag of ours: {}", here()))?;
            let self_closed = rest[..length].ends_with("/>");
            tokens.push(Token::Open { name, attributes, start: at, end: at + length });
            at += length;
            if self_closed {
                tokens.push(Token::Close { name, end: at });
            } else if !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    if open.is_empty() { Ok(tokens) } else { Err(format!("not closed: {open:?}")) }
}

type Tag<'a> = (&'a str, Vec<(&'a str, &'a str)>, usize);

fn tag(text: &str) -> Option<Tag<'_>> {
    let name_end = 1 + text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let name = &text[1..name_end];
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if trimmed.starts_with("/>") {
            return Some((name, attributes, at + 2));
        }
        if trimmed.starts_with('>') {
            return Some((name, attributes, at + 1));
        }
        if trimmed.len() == rest.len() {
            return None;
        }
        let key_end = trimmed.find(|c: char| !c.is_ascii_alphanumeric() && !"-:_".contains(c))?;
        let key = &trimmed[..key_end];
        if key.is_empty() {
            return None;
        }
        at += key_end;
        match text[at..].strip_prefix("=\"") {
            Some(value) => {
                let end = value.find('"')?;
                if value[..end].contains(['<', '>']) {
                    return None;
                }
                attributes.push((key, &value[..end]));
                at += 2 + end + 1;
            }
            None => attributes.push((key, "")),
        }
    }
}

/// The pieces of a page that a selector names, one after another: `name`, `.class`, `#id`, `[attribute]`, `[attribute=value]`
/// and their combinations as `a.term[href]`; `main` and `body` without their own tags; `<name>` the opening tags alone.
pub fn select(html: &str, selector: &str) -> String {
    let tokens = match tokens(html) {
        Ok(tokens) => tokens,
        Err(why) => return format!("NOT READABLE: {why}\n{html}"),
    };
    let tags_only = selector.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let wanted = tags_only.unwrap_or(selector);
    let mut found = Vec::new();
    let mut until = 0;
    for (number, token) in tokens.iter().enumerate() {
        let Token::Open { name, attributes, start, end } = token else { continue };
        if *start < until || !matches(wanted, name, attributes) {
            continue;
        }
        let (inner_end, outer_end) = close_of(html, &tokens, number);
        until = if tags_only.is_some() { *end } else { outer_end };
        found.push(match (tags_only, *name) {
            (Some(_), _) => &html[*start..*end],
            (None, "main" | "body") => html[*end..inner_end].trim_matches('\n'),
            (None, _) => &html[*start..outer_end],
        });
    }
    if found.is_empty() { format!("NOTHING IS {selector}") } else { found.join("\n") }
}

/// Where the element that a token opens ends: inside and outside its end tag.
fn close_of(html: &str, tokens: &[Token<'_>], number: usize) -> (usize, usize) {
    let Token::Open { name, end, .. } = &tokens[number] else { return (0, 0) };
    if VOID.contains(name) {
        return (*end, *end);
    }
    let mut depth = 0_usize;
    for token in &tokens[number..] {
        match token {
            Token::Open { name, .. } if !VOID.contains(name) => depth += 1,
            Token::Close { name, end } => {
                depth -= 1;
                if depth == 0 {
                    return (end - name.len() - 3, *end);
                }
            }
            _ => {}
        }
    }
    (html.len(), html.len())
}

fn matches(selector: &str, name: &str, attributes: &[(&str, &str)]) -> bool {
    let value = |key: &str| attributes.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
    let element_end = selector.find(['.', '#', '[']).unwrap_or(selector.len());
    let (element, mut rest) = selector.split_at(element_end);
    if !element.is_empty() && element != name {
        return false;
    }
    while let Some(kind) = rest.chars().next() {
        let after = &rest[1..];
        let fits = if kind == '[' {
            let (inner, next) = after.split_once(']').expect("a selector closes its brackets");
            rest = next;
            match inner.split_once('=') {
                Some((key, wanted)) => value(key) == Some(wanted),
                None => value(inner).is_some(),
            }
        } else {
            let end = after.find(['.', '#', '[']).unwrap_or(after.len());
            rest = &after[end..];
            let wanted = &after[..end];
            if kind == '#' {
                value("id") == Some(wanted)
            } else {
                value("class").is_some_and(|classes| classes.split(' ').any(|class| class == wanted))
            }
        };
        if !fits {
            return false;
        }
    }
    true
}
