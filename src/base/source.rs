//! One text file as it was read.

use super::diagnostic::{Code, Diagnostic, Span};
use super::hash::Hash;
use super::path::SourcePath;
use std::sync::Arc;

/// A text file: UTF-8, without byte order mark, lines ended by `\n`, so that all three spellings build the same site.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Where it lies in the project.
    pub path: SourcePath,
    /// The text; spans count bytes in it.
    pub text: Arc<str>,
    /// The hash of the text.
    pub hash: Hash,
}

impl Source {
    /// A source from text that is known to be well-formed.
    pub fn new(path: SourcePath, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        Source { hash: Hash::of(text.as_bytes()), path, text }
    }

    /// Decodes the bytes of a file.
    ///
    /// # Errors
    /// A diagnostic at the first wrong byte: UTF-16, invalid UTF-8 or NUL.
    pub fn decode(path: SourcePath, bytes: &[u8]) -> Result<Source, Box<Diagnostic>> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(Box::new(
                Diagnostic::new(Code::ENC001, "this file is UTF-16")
                    .at(Span::new(&path, 0..0))
                    .help("save it as UTF-8 (in most editors: “Save with encoding…”, “UTF-8”)"),
            ));
        }
        let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| Box::new(invalid_utf8(&path, bytes, error.valid_up_to())))?;
        if let Some(at) = text.find('\0') {
            let before = with_unix_lines(&text[..at]).len();
            return Err(Box::new(
                Diagnostic::new(Code::ENC002, "this file holds a NUL byte")
                    .at(Span::new(&path, before..before + 1))
                    .help("remove it; is this really a text file?"),
            ));
        }
        Ok(Source::new(path, with_unix_lines(text)))
    }
}

/// The text to show of bytes that may not be one: what is wrong in a text stands for itself. `None` where hardly any of it is text.
pub fn legible(path: &SourcePath, bytes: &[u8]) -> Option<Arc<str>> {
    match Source::decode(path.clone(), bytes) {
        Ok(source) => Some(source.text),
        Err(problem) if problem.span.as_ref().is_some_and(|span| span.start > 0) && TEXTS.contains(&path.extension().unwrap_or("")) => {
            let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
            Some(with_unix_lines(&String::from_utf8_lossy(bytes)))
        }
        Err(_) => None,
    }
}

/// What files of text end in.
const TEXTS: [&str; 5] = ["md", "toml", "ftl", "html", "lock"];

fn with_unix_lines(text: &str) -> Arc<str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

fn invalid_utf8(path: &SourcePath, bytes: &[u8], at: usize) -> Diagnostic {
    let before = with_unix_lines(&String::from_utf8_lossy(&bytes[..at])).len();
    Diagnostic::new(Code::ENC001, format!("this file is not UTF-8: here is the byte 0x{:02X}", bytes[at]))
        .at(Span::new(path, before..before + 1))
        .help("save it as UTF-8; the byte looks like Windows-1252 or ISO 8859-1 if the text is Swedish, Windows-1256 if it is Persian")
}
