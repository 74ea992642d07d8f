//! While git writes a branch to disk it holds `index.lock`; a site built in the middle would be half of each branch.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest wait, and the age from which a lock is taken for one that a killed git left.
const LONGEST: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(10);

/// Waits until git is done, or until `is_stopped`.
pub fn wait_for_lock(root: &Path, is_stopped: impl Fn() -> bool) {
    let Some(lock) = folder(root).map(|folder| folder.join("index.lock")) else {
        return;
    };
    while is_held(&lock) && !is_stopped() {
        std::thread::sleep(PAUSE);
    }
}

fn is_held(lock: &Path) -> bool {
    let made = lock.symlink_metadata().and_then(|found| found.modified());
    made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age < LONGEST))
}

/// The folder git keeps its index in; a worktree has a file that names it.
fn folder(root: &Path) -> Option<PathBuf> {
    let git = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    if git.is_dir() {
        return Some(git);
    }
    let text = std::fs::read_to_string(&git).ok()?;
    let named = text.lines().find_map(|line| line.strip_prefix("gitdir:"))?.trim();
    Some(git.parent()?.join(named))
}
