//! The reload channel below `/_rahnama/`: event numbers, and on asking what they mean.

use super::guard;
use super::resolve::{self, Found};
use super::respond::{Answer, Content, answer, file, words};
use super::snapshot::Current;
use super::{Shared, respond};
use crate::base::diagnostic::Level;
use crate::base::files::Blob;
use hyper::body::Bytes;
use hyper::{Request, StatusCode};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Where the server's own pages live, decoded, without the leading `/`.
pub const PREFIX: &str = "_rahnama/";

/// How often a quiet channel says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// The most files named as changed; above it the client takes everything for changed.
const NAMED: usize = 2_000;

/// Answers a request below the prefix.
pub fn handle<B>(request: &Request<B>, path: &str, shared: &Arc<Shared>) -> Answer {
    match path {
        "live.js" => asset(request, path, include_bytes!("../live.js"), shared),
        "live.css" => asset(request, path, include_bytes!("../live.css"), shared),
        "events" | "state" if !guard::is_own(request, &shared.token) => words(StatusCode::FORBIDDEN),
        "events" => events(shared),
        "state" => state(request, shared),
        _ => match extra(path, shared) {
            Some((path, blob)) => file(StatusCode::OK, &path, &blob, &shared.token, request.headers()),
            None => words(StatusCode::NOT_FOUND),
        },
    }
}

fn asset<B>(request: &Request<B>, path: &str, bytes: &[u8], shared: &Shared) -> Answer {
    file(StatusCode::OK, path, &Blob::new(bytes), &shared.token, request.headers())
}

/// A page of the program's own, the dashboard for one.
fn extra(path: &str, shared: &Shared) -> Option<(String, Arc<Blob>)> {
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    shared.extra.extra(&path).map(|blob| (path, blob))
}

/// The channel: the number of the current publication now and of each later one.
fn events(shared: &Arc<Shared>) -> Answer {
    let (sender, receiver) = mpsc::channel(4);
    let mut numbers = shared.numbers.subscribe();
    tokio::spawn(async move {
        let mut text = String::from("retry: 500\n");
        loop {
            let number = *numbers.borrow_and_update();
            text.push_str(&format!("id: {number}\ndata: {number}\n\n"));
            if sender.send(Bytes::from(std::mem::take(&mut text))).await.is_err() {
                return;
            }
            loop {
                tokio::select! {
                    changed = numbers.changed() => match changed {
                        Ok(()) => break,
                        Err(_) => return,
                    },
                    () = sender.closed() => return,
                    () = tokio::time::sleep(HEARTBEAT) => {
                        if sender.send(Bytes::from_static(b": \n\n")).await.is_err() {
                            return;
                        }
                    }
                }
            }
        }
    });
    answer(StatusCode::OK, "text/event-stream; charset=utf-8", Content::Stream(receiver))
}

/// What has changed since a publication, as far as one page is concerned.
fn state<B>(request: &Request<B>, shared: &Shared) -> Answer {
    let query = request.uri().query().unwrap_or("");
    let Current { number, snapshot } = shared.stage.current();
    let since = guard::parameter(query, "since").and_then(|text| text.parse().ok()).unwrap_or(number);
    let changed = shared.stage.changed_since(since).filter(|paths| paths.len() <= NAMED);
    let page = guard::parameter(query, "page").and_then(resolve::decode).unwrap_or_default();
    let shown = shown(&page, &snapshot.files, shared);
    let (path, hash) = shown.as_ref().map_or(("", None), |(path, blob)| (path.as_str(), Some(blob.hash.to_string())));
    let (shape, styles) = shown.as_ref().map_or_else(Default::default, |(_, blob)| respond::shape(&blob.bytes));
    let problem = |problem: &super::Problem| json!({"level": problem.level.name(), "text": problem.text, "here": problem.is_about(path)});
    let problems: Vec<_> = snapshot.problems.iter().filter(|problem| problem.level != Level::Info).map(problem).collect();
    let changed = changed.map(|paths| paths.iter().map(|path| resolve::encode(path)).collect::<Vec<_>>());
    let body = json!({"number": number, "changed": changed, "page": hash, "shape": shape.to_string(), "styles": styles, "problems": problems});
    answer(StatusCode::OK, "application/json; charset=utf-8", Content::Whole(body.to_string().into()))
}

/// The file behind an address, the page for missing ones included.
fn shown(page: &str, files: &super::Files, shared: &Shared) -> Option<(String, Arc<Blob>)> {
    if let Some(own) = page.strip_prefix(PREFIX) {
        return extra(own, shared);
    }
    match resolve::find(files, page) {
        Found::File(path, blob) | Found::Nothing(Some((path, blob))) => Some((path.to_owned(), blob.clone())),
        Found::Folder | Found::Nothing(None) => None,
    }
}
