//! Watching by looking: for disks that do not tell of changes, and when the system has no watches left.

use crate::base::path::SourcePath;
use crate::system::disk::read::Stamp;
use crate::system::disk::scan::Scan;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// The least time between two looks.
const LEAST: Duration = Duration::from_millis(200);
/// Looking may take one part in so many of the time.
const SHARE: u32 = 10;

type Look = Vec<(SourcePath, Option<PathBuf>, Option<Stamp>)>;

/// What was seen last.
pub struct Poll {
    seen: Look,
    problems: usize,
    cost: Duration,
    /// Whether some file was so fresh that a further edit might not have shown.
    was_fresh: bool,
}

impl Poll {
    /// Looks for the first time.
    pub fn new(root: &Path) -> Poll {
        let mut poll = Poll { seen: Vec::new(), problems: 0, cost: Duration::ZERO, was_fresh: false };
        poll.has_changed(root);
        poll
    }

    /// How long to wait until the next look.
    pub fn pause(&self) -> Duration {
        LEAST.max(self.cost * SHARE)
    }

    /// Looks again; whether anything differs from the last time, or may differ without showing.
    pub fn has_changed(&mut self, root: &Path) -> bool {
        let (begun, now) = (Instant::now(), SystemTime::now());
        let scan = Scan::of(root);
        let files: Vec<(SourcePath, Option<PathBuf>)> = scan.files.into_iter().collect();
        let stamp = |path: &SourcePath, place: Option<&Path>| {
            std::fs::symlink_metadata(root.join(place.unwrap_or(Path::new(&**path)))).ok().map(|found| Stamp::of(&found))
        };
        let look = |(path, place): (SourcePath, Option<PathBuf>)| {
            let stamp = stamp(&path, place.as_deref());
            (path, place, stamp)
        };
        let seen: Look = files.into_par_iter().map(look).collect();
        let is_fresh = seen.iter().any(|(.., stamp)| stamp.is_some_and(|stamp| !stamp.is_settled(now)));
        let has_changed = self.was_fresh || seen != self.seen || scan.problems.len() != self.problems;
        *self = Poll { seen, problems: scan.problems.len(), cost: begun.elapsed(), was_fresh: is_fresh };
        has_changed
    }
}
