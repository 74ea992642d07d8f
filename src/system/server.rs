//! The development server: the site in memory, on this computer only, for this site's pages only.
//!
//! It runs on a thread of its own and serves one [`Snapshot`]; [`Server::publish`] puts another in its place in one step and tells every open
//! page the number of the new one. The client (`live.js`) asks what that number means for its page, and reloads, swaps style sheets or shows
//! problems. Nothing a client sends is used for more than looking up a file of the snapshot.

mod connections;
pub mod files;
pub mod guard;
mod listen;
mod live;
pub mod resolve;
mod respond;
pub mod snapshot;
#[cfg(test)]
mod tests;

use crate::base::files::Blob;
use crate::system::fault::Fault;
use connections::{Connections, Progress};
pub use files::Files;
use guard::Hosts;
use hyper::{Request, StatusCode};
use resolve::Found;
use respond::Answer;
use snapshot::Stage;
pub use snapshot::{Late, Problem, Snapshot};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use tokio::sync::watch;

/// How to serve.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The first port to try.
    pub port: u16,
    /// A further address to listen on, besides the loopback ones (`--host`).
    pub host: Option<String>,
    /// Further names this server answers to (`--allow-host`).
    pub allow_hosts: Vec<String>,
}

/// Pages of the program's own below `/_rahnama/`.
pub trait Extra: Send + Sync {
    /// The page at a path below it: `index.html` for `/_rahnama/` itself.
    fn extra(&self, path: &str) -> Option<Arc<Blob>>;
}

impl<F: Fn(&str) -> Option<Arc<Blob>> + Send + Sync> Extra for F {
    fn extra(&self, path: &str) -> Option<Arc<Blob>> {
        self(path)
    }
}

/// What every connection shares.
struct Shared {
    stage: Stage,
    hosts: Hosts,
    /// What the pages of this run know and nobody else.
    token: String,
    numbers: watch::Sender<u64>,
    extra: Box<dyn Extra>,
    connections: Connections,
    ids: AtomicU64,
}

impl Shared {
    fn next_id(&self) -> u64 {
        self.ids.fetch_add(1, Ordering::Relaxed)
    }
}

/// A running server; it ends when dropped.
pub struct Server {
    shared: Arc<Shared>,
    addresses: Vec<SocketAddr>,
    notes: Vec<String>,
    stop: Option<watch::Sender<bool>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Begins to serve.
    ///
    /// # Errors
    /// When no port is free or the host is not an address of this computer.
    pub fn start(options: &Options, first: Arc<Snapshot>, extra: Box<dyn Extra>) -> Result<Server, Fault> {
        let mut notes = Vec::new();
        let listeners = listen::listen(options, &mut notes)?;
        let addresses: Vec<SocketAddr> = listeners.iter().filter_map(|listener| listener.local_addr().ok()).collect();
        let shared = Arc::new(Shared {
            stage: Stage::new(first),
            hosts: Hosts::new(options.host.as_deref(), &options.allow_hosts),
            token: token(),
            numbers: watch::Sender::new(1),
            extra,
            connections: Connections::new(),
            ids: AtomicU64::new(0),
        });
        let (stop, stopped) = watch::channel(false);
        let serving = shared.clone();
        let fault = |error: io::Error| Fault::new("start", "the server", error);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(fault)?;
        let run = move || runtime.block_on(run(listeners, serving, stopped));
        let thread = std::thread::Builder::new().name("server".to_owned()).spawn(run).map_err(fault)?;
        Ok(Server { shared, addresses, notes, stop: Some(stop), thread: Some(thread) })
    }

    /// The address to open.
    pub fn url(&self) -> String {
        self.addresses.first().map(listen::url).unwrap_or_default()
    }

    /// Every address it listens on.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// What the author should know: another port than asked for, who can reach the site.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Serves another snapshot from now on and tells the open pages. Returns how many files differ.
    pub fn publish(&self, snapshot: Arc<Snapshot>) -> usize {
        let Some((number, count)) = self.shared.stage.publish(snapshot) else {
            return 0;
        };
        self.shared.numbers.send_replace(number);
        count
    }

    /// Tells the open pages to ask again, when a page of the program's own has changed.
    pub fn nudge(&self) {
        self.shared.numbers.send_modify(|_| {});
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn run(listeners: Vec<std::net::TcpListener>, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    for listener in listeners {
        if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
            tokio::spawn(connections::accept(listener, shared.clone()));
        }
    }
    while stopped.changed().await.is_ok() {}
}

/// Answers one request.
fn handle<B>(request: &Request<B>, id: u64, shared: &Arc<Shared>) -> Answer {
    let answer = match guard::refuse(request, &shared.hosts) {
        Some(status) => respond::words(status),
        None => allowed(request, shared),
    };
    let is_channel = matches!(answer.body(), respond::Content::Stream(_));
    shared.connections.note(id, if is_channel { Progress::Channel } else { Progress::Served });
    respond::for_method(request.method(), answer)
}

/// Makes files that are made on request, on another thread: other requests are answered meanwhile.
async fn make_late<B>(request: &Request<B>, shared: &Arc<Shared>) {
    let late = shared.stage.current().snapshot.late.clone();
    let is_asked = |late: &Arc<Late>| late.has(request.uri().path().trim_start_matches('/'));
    if let Some(late) = late.filter(is_asked).filter(|_| guard::refuse(request, &shared.hosts).is_none()) {
        let _ = tokio::task::spawn_blocking(move || late.files().len()).await; // A panic there is one here, when the file is asked for.
    }
}

fn allowed<B>(request: &Request<B>, shared: &Arc<Shared>) -> Answer {
    let Some(path) = resolve::decode(request.uri().path()) else {
        return respond::words(StatusCode::BAD_REQUEST);
    };
    if let Some(own) = path.strip_prefix(live::PREFIX) {
        return live::handle(request, own, shared);
    }
    if path == live::PREFIX.trim_end_matches('/') {
        return respond::redirect("/_rahnama/");
    }
    let snapshot = shared.stage.current().snapshot;
    let file = |status, path, blob| respond::file(status, path, blob, &shared.token, request.headers());
    let late = snapshot.late.as_ref().filter(|late| late.has(&path)).map(|late| late.files());
    let file_of_late = late.and_then(|files| files.get(path.as_str()));
    if let Some((path, blob)) = file_of_late {
        return file(StatusCode::OK, path, blob);
    }
    match resolve::find(&snapshot.files, &path) {
        Found::File(path, blob) => file(StatusCode::OK, path, blob),
        Found::Nothing(Some((path, blob))) => file(StatusCode::NOT_FOUND, path, blob),
        Found::Nothing(None) => respond::words(StatusCode::NOT_FOUND),
        Found::Folder => {
            let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
            respond::redirect(&format!("{}/{query}", resolve::encode(&path)))
        }
    }
}

/// A secret for this run: the standard library seeds its hashers from the system's randomness.
fn token() -> String {
    let random = |i: u8| RandomState::new().hash_one((i, std::process::id()));
    (0..2).map(|i| format!("{:016x}", random(i))).collect()
}
