//! The only door to the machine: everything the core needs from outside comes through [`World`].

use super::diagnostic::Diagnostic;
use super::hash::Hash;
use super::path::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The bytes of one file and their hash.
#[derive(Clone, Debug, PartialEq)]
pub struct FileBytes {
    /// What was read.
    pub bytes: Arc<[u8]>,
    /// The hash of exactly these bytes.
    pub hash: Hash,
}

impl FileBytes {
    /// Wraps bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> FileBytes {
        let bytes = bytes.into();
        FileBytes { hash: Hash::of(&bytes), bytes }
    }
}

/// A project as the core sees it: a fixed picture of its files.
pub trait World: Sync {
    /// All files below a folder (no closing `/`), sorted by path; none when there is no such folder.
    fn list(&self, folder: &str) -> Vec<SourcePath>;

    /// The same, each with the hash of its bytes where that is known without reading it.
    fn known(&self, folder: &str) -> Vec<(SourcePath, Option<Hash>)> {
        self.list(folder).into_iter().map(|path| (path, None)).collect()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A diagnostic that names the file: not there, not readable, too large.
    fn read(&self, path: &SourcePath) -> Result<FileBytes, Box<Diagnostic>>;

    /// Whether the file exists.
    fn exists(&self, path: &str) -> bool;

    /// What was wrong with the files themselves: links that leave the project, loops, unreadable folders.
    fn problems(&self) -> Vec<Diagnostic>;
}

/// A project in memory, for tests and examples.
#[derive(Clone, Debug, Default)]
pub struct MemoryWorld {
    files: BTreeMap<SourcePath, FileBytes>,
}

impl MemoryWorld {
    /// Adds or replaces a file.
    pub fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(SourcePath::new(path), FileBytes::new(bytes.into()));
    }

    /// Removes a file if it is there.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> Vec<SourcePath> {
        self.files.keys().cloned().collect()
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &str) -> Vec<SourcePath> {
        let prefix = format!("{folder}/");
        self.files.keys().filter(|path| path.starts_with(&prefix)).cloned().collect()
    }

    fn read(&self, path: &SourcePath) -> Result<FileBytes, Box<Diagnostic>> {
        self.files.get(path).cloned().ok_or_else(|| Box::new(Diagnostic::unreadable(path, "no such file")))
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn problems(&self) -> Vec<Diagnostic> {
        Vec::new()
    }
}
