//! The workshop of one build: a folder beside the output, where new files are written and old ones wait until all is well.
//!
//! `new/` is the tree to publish (or its changed part), `old/` what a publication in place replaced, `was/` the whole old tree while two
//! renames stand in for an exchange.

use super::ops::Ops;
use super::{Place, manifest};
use crate::system::fault::{Fault, cannot};
use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// A stage; made on the disk when the first file is written.
#[derive(Debug)]
pub struct Stage {
    /// What the journal calls it.
    pub id: String,
    /// Where it is.
    pub path: PathBuf,
    /// Opened before the first write, so that the system reports every later error of this disk to it.
    handle: OnceLock<File>,
    /// Folders known to exist.
    made: Mutex<HashSet<PathBuf>>,
}

impl Stage {
    /// A stage that is not on the disk yet. Under the lock the number of the process is name enough.
    pub fn new(place: &Place) -> Stage {
        let id = format!("{:x}", std::process::id());
        Stage { path: place.stage(&id), id, handle: OnceLock::new(), made: Mutex::default() }
    }

    /// Where a file of the new tree is written.
    pub fn new_file(&self, path: &str) -> PathBuf {
        self.path.join("new").join(path)
    }

    /// Where a replaced file waits.
    pub fn old_file(&self, path: &str) -> PathBuf {
        self.path.join("old").join(path)
    }

    /// Whether anything has been made on the disk.
    pub fn is_made(&self) -> bool {
        self.handle.get().is_some()
    }

    /// Writes a file of the new tree.
    pub fn write(&self, ops: &impl Ops, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.new_file(path);
        self.make_parent(ops, &file)?;
        ops.write(&file, bytes)
    }

    /// Makes the folder a path in the stage lies in, and those above it; asks the disk once for each.
    pub fn make_parent(&self, ops: &impl Ops, path: &Path) -> io::Result<()> {
        path.parent().map_or(Ok(()), |folder| self.make_folder(ops, folder))
    }

    /// Makes a folder in the stage.
    pub fn make_folder(&self, ops: &impl Ops, folder: &Path) -> io::Result<()> {
        if self.made().contains(folder) {
            return Ok(());
        }
        if let Some(above) = folder.parent().filter(|above| above.starts_with(&self.path)) {
            self.make_folder(ops, above)?;
        }
        match ops.make_folder(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        if folder == self.path && !self.is_made() {
            let _ = self.handle.set(File::open(folder)?);
        }
        self.made().insert(folder.to_path_buf());
        Ok(())
    }

    /// One call that makes the whole stage safe from a power cut.
    pub fn sync(&self, ops: &impl Ops, place: &Place) -> Result<(), Fault> {
        self.handle.get().map_or(Ok(()), |handle| ops.sync_all(handle, &self.path)).map_err(cannot("write out", &place.shown))
    }

    /// Removes it from the disk.
    pub fn remove(&self, ops: &impl Ops) -> io::Result<()> {
        if self.is_made() || self.path.exists() { ops.remove_tree(&self.path) } else { Ok(()) }
    }

    fn made(&self) -> std::sync::MutexGuard<'_, HashSet<PathBuf>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a path may be written below the output folder: plain parts, nothing hidden in it, not the manifest.
pub fn is_writable(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.chars().any(|c| c.is_control() || c == '\\');
    path != manifest::NAME && path.split('/').all(plain)
}
