//! What a build makes: a path and bytes for each file of the site.

use super::hash::Hash;
use super::path::OutPath;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The bytes of one output file and their hash.
#[derive(Clone, Debug, PartialEq)]
pub struct Blob {
    /// The content.
    pub bytes: Vec<u8>,
    /// The hash of the content.
    pub hash: Hash,
}

impl Blob {
    /// Wraps bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Arc<Blob> {
        let bytes = bytes.into();
        Arc::new(Blob { hash: Hash::of(&bytes), bytes })
    }
}

/// Where finished files go: a folder, the development server, a test. Called from many threads, once for each path.
pub trait Sink: Sync {
    /// Takes one file.
    fn put(&self, path: OutPath, blob: Arc<Blob>);

    /// Takes several files, best in the order of their paths.
    fn put_all(&self, files: Vec<(OutPath, Arc<Blob>)>) {
        files.into_iter().for_each(|(path, blob)| self.put(path, blob));
    }

    /// Takes files that may be made when somebody asks for one of them; `false` when they are wanted at once.
    fn keep(&self, _later: &Arc<dyn Later>) -> bool {
        false
    }
}

/// Files that are made from the texts of all pages, so that they take longer than a page, and nobody who writes waits for them.
pub trait Later: Send + Sync {
    /// What their paths begin with.
    fn folder(&self) -> &'static str;

    /// Makes them.
    fn put(&self, sink: &dyn Sink);
}

/// Nowhere: for those who want to know what is wrong and no files.
pub struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: OutPath, _: Arc<Blob>) {}

    /// Nobody asks for them.
    fn keep(&self, _: &Arc<dyn Later>) -> bool {
        true
    }
}

/// All files of a site in memory.
#[derive(Debug, Default)]
pub struct Files(Mutex<Vec<(OutPath, Arc<Blob>)>>);

impl Files {
    /// The files, when all have been put, ordered by path.
    pub fn into_map(self) -> BTreeMap<OutPath, Arc<Blob>> {
        self.into_list().into_iter().collect()
    }

    fn list(&self) -> MutexGuard<'_, Vec<(OutPath, Arc<Blob>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files as they were put.
    pub fn into_list(self) -> Vec<(OutPath, Arc<Blob>)> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Files {
    fn put(&self, path: OutPath, blob: Arc<Blob>) {
        self.list().push((path, blob));
    }

    fn put_all(&self, files: Vec<(OutPath, Arc<Blob>)>) {
        self.list().extend(files);
    }
}

/// The media type of a file by the ending of its name, as a server sends it.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "speculationrules" => "application/speculationrules+json",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "pdf" => "application/pdf",
        "csv" => "text/csv; charset=utf-8",
        "zip" => "application/zip",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "vtt" => "text/vtt; charset=utf-8",
        _ => "application/octet-stream",
    }
}
