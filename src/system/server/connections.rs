//! Connections: none of them, and no number of them, keeps the others from being served.

use super::{Shared, handle, make_late};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// How long a request may take to arrive, and a kept connection to stay quiet.
const PATIENCE: Duration = Duration::from_secs(10);
/// A pause when the system has no handle left.
const BREATH: Duration = Duration::from_millis(20);

/// What a connection has come to; the earlier, the sooner it makes room for a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// It has not asked for anything yet.
    Silent,
    /// It has been answered.
    Served,
    /// It is a reload channel.
    Channel,
}

/// All open connections.
#[derive(Debug)]
pub struct Connections {
    open: Mutex<BTreeMap<u64, (Progress, AbortHandle)>>,
    most: usize,
}

impl Connections {
    /// As many as the handles of the process allow.
    pub fn new() -> Connections {
        Connections { open: Mutex::default(), most: most() }
    }

    /// Makes room: the longest silent one goes first.
    fn make_room(&self, most: usize) {
        let mut open = self.lock();
        while open.len() >= most.max(1) {
            let Some(id) = open.iter().min_by_key(|(id, (progress, _))| (*progress, **id)).map(|(id, _)| *id) else {
                return;
            };
            if let Some((_, task)) = open.remove(&id) {
                task.abort();
            }
        }
    }

    /// Notes what a connection has come to.
    pub fn note(&self, id: u64, progress: Progress) {
        if let Some(connection) = self.lock().get_mut(&id) {
            connection.0 = connection.0.max(progress);
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, (Progress, AbortHandle)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
fn most() -> usize {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current.unwrap_or(1024);
    usize::try_from(limit).unwrap_or(1024).saturating_sub(32).div_ceil(2).clamp(8, 400)
}

#[cfg(not(unix))]
fn most() -> usize {
    400
}

/// Takes connections until the program ends.
pub async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => open(stream, &shared),
            Err(_) => {
                let open = shared.connections.lock().len();
                shared.connections.make_room(open);
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

fn open(stream: TcpStream, shared: &Arc<Shared>) {
    let connections = &shared.connections;
    connections.make_room(connections.most);
    let id = shared.next_id();
    let (shared, waiting) = (shared.clone(), shared.clone());
    let task = tokio::spawn(async move {
        let answer = shared.clone();
        let service = service_fn(move |request| {
            let shared = answer.clone();
            async move {
                make_late(&request, &shared).await;
                Ok::<_, Infallible>(handle(&request, id, &shared))
            }
        });
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_headers(64).max_buf_size(16 << 10);
        let _ = builder.serve_connection(TokioIo::new(stream), service).await; // Whatever the other end did is its own affair.
        shared.connections.lock().remove(&id);
    });
    waiting.connections.lock().insert(id, (Progress::Silent, task.abort_handle()));
}
