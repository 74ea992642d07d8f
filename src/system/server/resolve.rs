//! From a request to a file of the snapshot. No path on disk is ever made from an address.

use super::files::Files;
use crate::base::files::Blob;
use std::sync::Arc;

/// What lies at an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Found<'a> {
    /// A file, and its path.
    File(&'a str, &'a Arc<Blob>),
    /// A folder that was asked for without its closing `/`.
    Folder,
    /// Nothing; the page that says so, if the site has one.
    Nothing(Option<(&'a str, &'a Arc<Blob>)>),
}

/// Decodes the path of a request, once; the result has no leading `/`. `None` when no file of a site can have that path.
pub fn decode(path: &str) -> Option<String> {
    let bytes = path.strip_prefix('/')?.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => decoded.push(hex(*rest.next()?)? << 4 | hex(*rest.next()?)?),
            other => decoded.push(*other),
        }
    }
    let text = String::from_utf8(decoded).ok()?;
    is_plain(&text).then_some(text)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// No control character, backslash, colon, and no part that is empty, `.` or `..`; only the last may be empty.
fn is_plain(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let is_name = |part: &str| part != "." && part != ".." && !part.chars().any(|c| c.is_control() || c == '\\' || c == ':');
    path.split('/').all(is_name) && (folders.is_empty() && !path.starts_with('/') || folders.split('/').all(|part| !part.is_empty()))
}

/// Looks a decoded path up.
pub fn find<'a>(files: &'a Files, path: &str) -> Found<'a> {
    let get = |path: &str| files.get(path).map(|(path, blob)| (&**path, blob));
    let is_folder = path.is_empty() || path.ends_with('/');
    let found = if is_folder { get(&format!("{path}index.html")) } else { get(path) };
    match found {
        Some((path, blob)) => Found::File(path, blob),
        None if !is_folder && get(&format!("{path}/index.html")).is_some() => Found::Folder,
        None => Found::Nothing(folders(path).find_map(|folder| get(&format!("{folder}404.html")))),
    }
}

/// The folders a path lies in, innermost first, each with its closing `/`; the root is empty.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.char_indices().rev().filter(|(_, c)| *c == '/').map(|(at, _)| &path[..=at]).chain([""])
}

/// An address for a `Location` header, from a decoded path.
pub fn encode(path: &str) -> String {
    let mut address = String::from("/");
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}
