//! Answers: the right type, `ETag`, ranges, and the live client in every page.

use crate::base::files::{Blob, media_type};
use crate::base::hash::Hash;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Response, StatusCode};
use std::convert::Infallible;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// The body of an answer.
pub enum Content {
    /// All of it at once.
    Whole(Bytes),
    /// As it comes, until the other end is gone.
    Stream(mpsc::Receiver<Bytes>),
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Content::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Content::Stream(receiver) => receiver.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Content::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Content::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(_) => SizeHint::default(),
        }
    }
}

/// An answer.
pub type Answer = Response<Content>;

/// Begins an answer with what all of them carry.
pub fn answer(status: StatusCode, kind: &'static str, content: Content) -> Answer {
    let mut answer = Response::new(content);
    *answer.status_mut() = status;
    let mut set = |name: HeaderName, value: &'static str| drop(answer.headers_mut().insert(name, HeaderValue::from_static(value)));
    set(header::CONTENT_TYPE, kind);
    set(header::CACHE_CONTROL, "no-cache");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    answer
}

/// A short answer in words.
pub fn words(status: StatusCode) -> Answer {
    let text = format!("{status}\n");
    let mut answer = answer(status, "text/plain; charset=utf-8", Content::Whole(text.into()));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    answer
}

/// A redirect for this moment.
pub fn redirect(address: &str) -> Answer {
    let mut answer = words(StatusCode::FOUND);
    match HeaderValue::from_str(address) {
        Ok(address) => drop(answer.headers_mut().insert(header::LOCATION, address)),
        Err(_) => *answer.status_mut() = StatusCode::BAD_REQUEST,
    }
    answer
}

/// A file of the site, or the page that stands for a missing one.
pub fn file(status: StatusCode, path: &str, blob: &Arc<Blob>, run: &str, request: &HeaderMap) -> Answer {
    let kind = media_type(path);
    let (bytes, tag) = if kind.starts_with("text/html") {
        (Bytes::from(with_client(&blob.bytes, blob.hash, run)), format!("\"{}-{}\"", blob.hash, run.get(..8).unwrap_or(run)))
    } else {
        (Bytes::from_owner(Shared(blob.clone())), format!("\"{}\"", blob.hash))
    };
    let is_plain = status == StatusCode::OK;
    let mut answer = if is_plain && is_known(request, &tag) {
        answer(StatusCode::NOT_MODIFIED, kind, Content::Whole(Bytes::new()))
    } else {
        match range(request, &tag, bytes.len()).filter(|_| is_plain) {
            None => answer(status, kind, Content::Whole(bytes)),
            Some(None) => unsatisfiable(bytes.len()),
            Some(Some(range)) => partial(kind, &bytes, range),
        }
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    answer
}

/// Drops the body for `HEAD`, keeping its length.
pub fn for_method(method: &Method, mut answer: Answer) -> Answer {
    if let (Content::Whole(bytes), true) = (answer.body(), *method == Method::HEAD) {
        let length = HeaderValue::from(bytes.len());
        if answer.status() != StatusCode::NOT_MODIFIED {
            answer.headers_mut().insert(header::CONTENT_LENGTH, length);
        }
        *answer.body_mut() = Content::Whole(Bytes::new());
    }
    answer
}

/// Lends the bytes of a blob without copying them.
struct Shared(Arc<Blob>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

/// `If-None-Match`, RFC 9110, section 13.1.2.
fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let given = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|value| value.split(',')).map(str::trim).any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag)
}

/// The one range that is asked for; `Some(None)` when it lies outside. Several ranges, or those of another version, mean the whole file.
fn range(request: &HeaderMap, tag: &str, length: usize) -> Option<Option<Range<usize>>> {
    if request.get(header::IF_RANGE).is_some_and(|given| given != tag) {
        return None;
    }
    let (first, last) = request.get(header::RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let range = match (first.trim(), last.trim()) {
        ("", last) => length.saturating_sub(number(last)?)..length,
        (first, "") => number(first)?..length,
        (first, last) => number(first)?..number(last)?.saturating_add(1).min(length),
    };
    Some((range.start < range.end).then_some(range))
}

fn partial(kind: &'static str, bytes: &Bytes, range: Range<usize>) -> Answer {
    let place = format!("bytes {}-{}/{}", range.start, range.end - 1, bytes.len());
    let mut answer = answer(StatusCode::PARTIAL_CONTENT, kind, Content::Whole(bytes.slice(range)));
    if let Ok(place) = HeaderValue::from_str(&place) {
        answer.headers_mut().insert(header::CONTENT_RANGE, place);
    }
    answer
}

fn unsatisfiable(length: usize) -> Answer {
    let mut answer = words(StatusCode::RANGE_NOT_SATISFIABLE);
    if let Ok(place) = HeaderValue::from_str(&format!("bytes */{length}")) {
        answer.headers_mut().insert(header::CONTENT_RANGE, place);
    }
    answer
}

/// The page with the live client before the end of its head; a script of its own, so that a strict content security policy lets it run.
fn with_client(page: &[u8], hash: Hash, run: &str) -> Vec<u8> {
    let shape = shape(page).0;
    let client = format!("<script src=\"/_rahnama/live.js\" data-token=\"{run}\" data-page=\"{hash}\" data-shape=\"{shape}\" defer></script>");
    let at = find(page, b"</head>").or_else(|| find(page, b"<body")).unwrap_or(page.len());
    [&page[..at], client.as_bytes(), &page[at..]].concat()
}

/// The hash of a page without its links to style sheets, and where those lead.
pub fn shape(page: &[u8]) -> (Hash, Vec<String>) {
    let (mut rest, mut other, mut styles) = (page, Vec::with_capacity(page.len()), Vec::new());
    while let Some(start) = find(rest, b"<link ") {
        let end = rest[start..].iter().position(|byte| *byte == b'>').map_or(rest.len(), |length| start + length + 1);
        let tag = String::from_utf8_lossy(&rest[start..end]);
        if tag.contains("stylesheet") {
            styles.extend(attribute(&tag, "href"));
            other.extend_from_slice(&rest[..start]);
        } else {
            other.extend_from_slice(&rest[..end]);
        }
        rest = &rest[end..];
    }
    other.extend_from_slice(rest);
    (Hash::of(&other), styles)
}

/// The value of an attribute in a tag that our own writer made.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = &tag[tag.find(&format!(" {name}="))? + name.len() + 2..];
    let value = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest.split([' ', '>']).next()?,
    };
    Some(value.replace("&amp;", "&"))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
