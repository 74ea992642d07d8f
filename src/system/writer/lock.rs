//! One writer at a time: a lock beside the output folder, held by the kernel and freed by it when a process dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long another build is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// At most a second.
    Briefly,
    /// As long as it takes (`--wait`).
    Forever,
}

const BRIEFLY: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(20);

/// The lock while it is held.
#[derive(Debug)]
pub struct Lock {
    /// Until it has been removed.
    path: Option<PathBuf>,
    /// Closing it frees the lock.
    _file: File,
}

/// Why the lock was not taken.
#[derive(Debug)]
pub enum NotLocked {
    /// Another process holds it, this one if it said so.
    Held(Option<u32>),
    /// The lock file cannot be made or locked.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock and writes down who holds it.
    ///
    /// # Errors
    /// When another process keeps it, or the file cannot be made.
    pub fn take(path: &Path, wait: Wait) -> Result<Lock, NotLocked> {
        let begun = Instant::now();
        loop {
            let mut file = open(path).map_err(NotLocked::Io)?;
            match file.try_lock() {
                Ok(()) if is_still(&file, path) => {
                    sign(&mut file).map_err(NotLocked::Io)?;
                    return Ok(Lock { path: Some(path.to_path_buf()), _file: file });
                }
                Ok(()) => continue, // The last holder removed this file; lock the new one.
                Err(TryLockError::WouldBlock) if wait == Wait::Briefly && begun.elapsed() >= BRIEFLY => {
                    return Err(NotLocked::Held(holder(&mut file)));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(NotLocked::Io(error)),
            }
        }
    }
}

impl Lock {
    /// Removes the lock file. It goes while the lock is still held, so that nobody locks a file that is no longer there without seeing it.
    pub fn release(&mut self) {
        if let Some(path) = self.path.take() {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.release();
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().and_then(|()| file.take(32).read_to_string(&mut text)).ok()?;
    text.trim().parse().ok()
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(held), Ok(named)) = (file.metadata(), std::fs::symlink_metadata(path)) else {
        return false;
    };
    (held.dev(), held.ino()) == (named.dev(), named.ino())
}

#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    path.exists()
}
