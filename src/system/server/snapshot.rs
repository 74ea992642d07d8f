//! What is being served: one fixed site, and what changed since earlier ones.

use super::files::Files;
use crate::base::diagnostic::Level;
use crate::base::files::{self, Later};
use crate::base::path::OutPath;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// A whole site with the problems that its authors should see.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The files; for a page with errors its last good bytes.
    pub files: Files,
    /// Files that are made when somebody asks for one of them.
    pub late: Option<Arc<Late>>,
    /// What the overlay shows.
    pub problems: Vec<Problem>,
}

/// Files that are made at the first request for one of them.
pub struct Late {
    later: Arc<dyn Later>,
    made: OnceLock<Files>,
}

impl Late {
    /// Not made yet.
    pub fn new(later: Arc<dyn Later>) -> Arc<Late> {
        Arc::new(Late { later, made: OnceLock::new() })
    }

    /// Whether a decoded path without its leading `/` is one of these.
    pub fn has(&self, path: &str) -> bool {
        path.starts_with(self.later.folder())
    }

    /// The files, which takes as long as they take to make the first time.
    pub fn files(&self) -> &Files {
        self.made.get_or_init(|| {
            let files = files::Files::default();
            self.later.put(&files);
            files.into_list().into_iter().collect()
        })
    }
}

impl std::fmt::Debug for Late {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Late({})", self.later.folder())
    }
}

/// A problem as the overlay shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// How bad; only errors open the overlay.
    pub level: Level,
    /// With its frame of source, as the terminal shows it.
    pub text: String,
    /// The pages it concerns; none means all of them.
    pub pages: Vec<OutPath>,
}

impl Problem {
    /// Whether it concerns a file of the site.
    pub fn is_about(&self, path: &str) -> bool {
        self.pages.is_empty() || self.pages.iter().any(|page| **page == *path)
    }
}

/// How many publications back it is known what changed.
const REMEMBERED: usize = 64;

/// The snapshot served now, swapped by one pointer, so that nobody sees half of one and half of another.
#[derive(Debug)]
pub struct Stage {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    current: Current,
    /// The number of each publication with the files that it changed.
    history: VecDeque<(u64, Arc<BTreeSet<OutPath>>)>,
}

/// A snapshot and its number.
#[derive(Clone, Debug)]
pub struct Current {
    /// Counts publications of this run, from 1.
    pub number: u64,
    /// What was published.
    pub snapshot: Arc<Snapshot>,
}

impl Stage {
    /// Begins with a first snapshot.
    pub fn new(snapshot: Arc<Snapshot>) -> Stage {
        Stage { state: Mutex::new(State { current: Current { number: 1, snapshot }, history: VecDeque::new() }) }
    }

    /// What is served now.
    pub fn current(&self) -> Current {
        self.lock().current.clone()
    }

    /// Puts a snapshot in place of the last one. Returns its number and how many files differ; `None` when nothing does, problems included.
    pub fn publish(&self, snapshot: Arc<Snapshot>) -> Option<(u64, usize)> {
        let _last; // Taken apart when the lock is open again.
        let mut state = self.lock();
        let old = &state.current.snapshot;
        let changed = old.files.changed(&snapshot.files);
        if changed.is_empty() && old.problems == snapshot.problems {
            state.current.snapshot = snapshot;
            return None;
        }
        let (number, count) = (state.current.number + 1, changed.len());
        _last = std::mem::replace(&mut state.current, Current { number, snapshot });
        state.history.push_back((number, Arc::new(changed)));
        if state.history.len() > REMEMBERED {
            state.history.pop_front();
        }
        Some((number, count))
    }

    /// The files that changed after a publication; `None` when that is too long ago, or from another run.
    pub fn changed_since(&self, number: u64) -> Option<BTreeSet<OutPath>> {
        let state = self.lock();
        let known = state.history.front().map_or(state.current.number, |(first, _)| first - 1);
        let later = state.history.iter().filter(|(later, _)| *later > number);
        (known..=state.current.number).contains(&number).then(|| later.flat_map(|(_, paths)| paths.iter().cloned()).collect())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
