//! Waiting until something in the project may have changed; what has changed, the [`DiskWorld`] finds out.
//!
//! The system tells of changes in folders (files are not watched: editors replace them). The first event wakes at once, those that follow
//! collect until the next wait. Where the system cannot tell, every file's stamp is looked at a few times a second.
//!
//! Make the watcher before the world, so that no change falls between the two.
//!
//! [`DiskWorld`]: crate::system::disk::DiskWorld

mod git;
#[cfg(feature = "serve")]
mod native;
mod poll;
#[cfg(all(test, feature = "serve"))]
mod tests;

use poll::Poll;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// `--watcher`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Told by the system.
    Native,
    /// By looking.
    Poll,
    /// By looking on network disks, else told.
    Auto,
}

/// Why the wait ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// These files may have changed: look at them now, at everything when there is time.
    Paths(Vec<PathBuf>),
    /// Anything may have changed: look at everything.
    Anything,
    /// Nothing is known to have changed in the time that was given.
    Nothing,
    /// Somebody called [`Stopper::stop`].
    Stop,
}

/// More paths than this are "anything": in a burst many more are to come.
const MOST: usize = 40;
/// How often a root that is gone is looked for.
const SEARCH: Duration = Duration::from_millis(500);

/// What has been told since the last wait.
#[derive(Debug, Default)]
struct Pending {
    paths: BTreeSet<PathBuf>,
    /// What came, went or got another name: perhaps folders.
    places: BTreeSet<PathBuf>,
    is_anything: bool,
    is_stopped: bool,
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.places.is_empty() && !self.is_anything && !self.is_stopped
    }
}

#[derive(Debug, Default)]
struct Shared {
    pending: Mutex<Pending>,
    told: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds to what is pending and wakes the waiter.
    fn tell(&self, add: impl FnOnce(&mut Pending)) {
        let mut pending = self.lock();
        add(&mut pending);
        if pending.paths.len() + pending.places.len() > MOST {
            pending.is_anything = true;
            pending.paths.clear();
        }
        self.told.notify_all();
    }

    /// Sleeps until something is pending or the time is over.
    fn sleep(&self, time: Option<Duration>) {
        let pending = self.lock();
        match time {
            None => drop(self.told.wait_while(pending, |pending| pending.is_empty())),
            Some(time) => drop(self.told.wait_timeout_while(pending, time, |pending| pending.is_empty())),
        }
    }
}

/// Ends a wait from another thread.
#[derive(Clone, Debug)]
pub struct Stopper(Arc<Shared>);

impl Stopper {
    /// This wait and all later ones end with [`Wake::Stop`].
    pub fn stop(&self) {
        self.0.tell(|pending| pending.is_stopped = true);
    }

    /// Ends one wait with [`Wake::Anything`].
    pub fn nudge(&self) {
        self.0.tell(|pending| pending.is_anything = true);
    }
}

/// Where the news comes from.
enum Source {
    #[cfg(feature = "serve")]
    Native(native::Native),
    Poll(Poll),
}

/// Watches one project.
pub struct Watcher {
    root: PathBuf,
    shared: Arc<Shared>,
    source: Source,
    notes: Vec<String>,
    /// Whether the root was gone at the last wait.
    is_lost: bool,
}

impl Watcher {
    /// Begins to watch a project folder. Where the system cannot tell of changes, [`Watcher::notes`] says so and files are looked at instead.
    pub fn new(root: &Path, mode: Mode) -> Watcher {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let shared = Arc::new(Shared::default());
        let mut notes = Vec::new();
        let source = source(&root, mode, &shared, &mut notes);
        Watcher { root, shared, source, notes, is_lost: false }
    }

    /// What the author should know about how the project is watched; each note once.
    pub fn notes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notes)
    }

    /// Whether files are looked at, because the system does not tell of changes.
    pub fn is_polling(&self) -> bool {
        matches!(self.source, Source::Poll(_))
    }

    /// A handle that ends waits.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.shared.clone())
    }

    /// Waits until something may have changed, or for this time.
    pub fn wait(&mut self, timeout: Option<Duration>) -> Wake {
        let until = timeout.map(|timeout| Instant::now() + timeout);
        loop {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if let Some(wake) = self.wait_once(left) {
                return wake;
            }
            if left.is_some_and(|left| left.is_zero()) {
                return Wake::Nothing;
            }
        }
    }

    /// One sleep; `None` when it brought nothing.
    fn wait_once(&mut self, left: Option<Duration>) -> Option<Wake> {
        let shared = self.shared.clone();
        let pause = match &self.source {
            _ if self.is_lost => Some(SEARCH),
            Source::Poll(poll) => Some(poll.pause()),
            #[cfg(feature = "serve")]
            Source::Native(_) => None,
        };
        shared.sleep([left, pause].into_iter().flatten().min());
        if !shared.lock().is_empty() {
            git::wait_for_lock(&self.root, || shared.lock().is_stopped);
        }
        let pending = std::mem::take(&mut *shared.lock());
        if pending.is_stopped {
            shared.tell(|pending| pending.is_stopped = true);
            return Some(Wake::Stop);
        }
        self.judge(pending)
    }

    fn judge(&mut self, pending: Pending) -> Option<Wake> {
        if self.is_lost == self.root.is_dir() {
            self.is_lost = !self.is_lost;
            self.follow(&[self.root.clone()].into());
            return Some(Wake::Anything);
        }
        let is_structural = self.follow(&pending.places);
        if let Source::Poll(poll) = &mut self.source
            && poll.has_changed(&self.root)
        {
            git::wait_for_lock(&self.root, || false);
            return Some(Wake::Anything);
        }
        if pending.is_anything || is_structural {
            return Some(Wake::Anything);
        }
        let paths: Vec<PathBuf> = pending.paths.into_iter().chain(pending.places).collect::<BTreeSet<_>>().into_iter().collect();
        (!paths.is_empty()).then_some(Wake::Paths(paths))
    }

    /// Watches new folders and forgets those that went; whether there were any.
    #[cfg(feature = "serve")]
    fn follow(&mut self, places: &BTreeSet<PathBuf>) -> bool {
        let Source::Native(native) = &mut self.source else {
            return false;
        };
        match native.follow(&self.root, places) {
            Ok(is_structural) => is_structural,
            Err(note) => {
                self.notes.push(note);
                self.source = Source::Poll(Poll::new(&self.root));
                true
            }
        }
    }

    #[cfg(not(feature = "serve"))]
    fn follow(&mut self, _: &BTreeSet<PathBuf>) -> bool {
        false
    }
}

#[cfg(feature = "serve")]
fn source(root: &Path, mode: Mode, shared: &Arc<Shared>, notes: &mut Vec<String>) -> Source {
    if mode == Mode::Auto && native::is_remote(root) {
        notes.push("this disk does not tell of changes; looking at the files a few times a second instead".to_owned());
    } else if mode != Mode::Poll {
        match native::Native::new(root, shared) {
            Ok(native) => return Source::Native(native),
            Err(note) => notes.push(note),
        }
    }
    Source::Poll(Poll::new(root))
}

#[cfg(not(feature = "serve"))]
fn source(root: &Path, _: Mode, _: &Arc<Shared>, _: &mut Vec<String>) -> Source {
    Source::Poll(Poll::new(root))
}
