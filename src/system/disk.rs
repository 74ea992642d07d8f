//! A project on disk as a [`World`].
//!
//! A build looks once ([`DiskWorld::open`]): files are read when somebody asks, in parallel, and not kept. A watching process holds the whole
//! project in memory ([`DiskWorld::watching`]) and brings it up to date with [`DiskWorld::refresh`], which looks at every file's size, times and
//! inode and reads again what differs; the hash of the bytes decides whether anything changed.

pub mod names;
pub mod read;
pub mod scan;
#[cfg(test)]
mod tests;

use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::path::SourcePath;
use crate::base::world::{FileBytes, World};
use crate::system::fault::{Fault, cannot};
use rayon::prelude::*;
use read::{Door, PAUSE, Stamp, Trouble};
use scan::Scan;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// Pictures and films above this size are read when asked for, not held in memory.
const HELD: usize = 1 << 20;
/// How long most of a project has to be gone before it is believed.
const CONFIRM: Duration = Duration::from_secs(3);
/// Fewer files than this may vanish at once without a question.
const MANY: usize = 4;

/// A project folder: `site.toml`, `content`, `locales`, `themes` and `static` below one root.
#[derive(Debug)]
pub struct DiskWorld {
    door: Door,
    files: BTreeMap<SourcePath, Entry>,
    problems: Vec<Diagnostic>,
    /// Whether any file lies elsewhere than its name says.
    has_links: bool,
    /// Since when most of the project is gone.
    gone_since: Option<Instant>,
}

#[derive(Clone, Debug)]
struct Entry {
    /// Where it lies below the root, when not under its own name.
    place: Option<PathBuf>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// Read when asked for.
    Unread,
    /// As it was read last.
    Held { stamp: Stamp, settled: bool, file: Result<FileBytes, Box<Diagnostic>> },
    /// Too big to hold: what tells that it is still the same.
    Large { stamp: Stamp, settled: bool, hash: Hash },
}

/// What a look at the disk brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// The world is what it was.
    Same,
    /// The world has changed.
    Changed,
    /// Most of the project is gone; the world is what it was. Look again after this time, and say this.
    Doubtful(Duration, String),
}

impl DiskWorld {
    /// Looks at a project for one build.
    ///
    /// # Errors
    /// When the root is not a folder that can be read.
    pub fn open(root: &Path) -> Result<DiskWorld, Fault> {
        let canonical = root.canonicalize().map_err(cannot("open", root))?;
        let door = Door::new(canonical).map_err(cannot("open", root))?;
        let scan = Scan::of(door.root());
        let has_links = scan.files.values().any(Option::is_some);
        let files = scan.files.into_iter().map(|(path, place)| (path, Entry { place, content: Content::Unread })).collect();
        Ok(DiskWorld { door, files, problems: scan.problems, has_links, gone_since: None })
    }

    /// Looks at a project and reads all of it, for a process that watches.
    ///
    /// # Errors
    /// When the root is not a folder that can be read.
    pub fn watching(root: &Path) -> Result<DiskWorld, Fault> {
        let mut world = DiskWorld::open(root)?;
        world.refresh();
        Ok(world)
    }

    /// The canonical root.
    pub fn root(&self) -> &Path {
        self.door.root()
    }

    /// Where a file really lies, to write it.
    pub fn place(&self, path: &SourcePath) -> PathBuf {
        let place = self.files.get(path).and_then(|entry| entry.place.as_deref());
        self.root().join(place.unwrap_or(Path::new(&**path)))
    }

    /// Brings the world up to date with the disk.
    pub fn refresh(&mut self) -> Refresh {
        self.door.renew();
        let scan = Scan::of(self.root());
        if let Some(doubt) = self.doubt(&scan) {
            return doubt;
        }
        let now = SystemTime::now();
        self.has_links = scan.files.values().any(Option::is_some);
        let found: Vec<(SourcePath, Option<PathBuf>)> = scan.files.into_iter().collect();
        let mut entries: Vec<Option<Entry>> = found.par_iter().map(|(path, place)| self.look(path, place.as_ref(), now)).collect();
        self.look_twice(&found, &mut entries, now);
        let files: BTreeMap<_, _> = found.into_iter().zip(entries).filter_map(|((path, _), entry)| Some((path, entry?))).collect();
        let same = self.problems == scan.problems && same_files(&self.files, &files);
        self.files = files;
        self.problems = scan.problems;
        if same { Refresh::Same } else { Refresh::Changed }
    }

    /// Like [`refresh`](DiskWorld::refresh), but looks only at these absolute paths when they are files known before; everything else is for
    /// a full refresh, which has to follow some time later, because what is said to have changed is seldom all.
    pub fn refresh_only(&mut self, paths: &[PathBuf]) -> Refresh {
        let Some(known) = self.known(paths) else {
            return self.refresh();
        };
        let now = SystemTime::now();
        let found: Vec<(SourcePath, Option<PathBuf>)> = known.into_iter().map(|path| (path, None)).collect();
        let mut entries: Vec<Option<Entry>> = found.iter().map(|(path, place)| self.look(path, place.as_ref(), now)).collect();
        self.look_twice(&found, &mut entries, now);
        if entries.iter().any(Option::is_none) {
            return self.refresh();
        }
        let mut changed = Refresh::Same;
        for ((path, _), entry) in found.into_iter().zip(entries) {
            let (Some(entry), Some(old)) = (entry, self.files.get_mut(&path)) else { continue };
            if !old.content.is_same(&entry.content) {
                changed = Refresh::Changed;
            }
            *old = entry;
        }
        changed
    }

    /// The files behind absolute paths, without those that are no part of a site; `None` when that cannot be said without a full look.
    fn known(&self, paths: &[PathBuf]) -> Option<BTreeSet<SourcePath>> {
        if self.gone_since.is_some() || self.has_links {
            return None;
        }
        let mut known = BTreeSet::new();
        for path in paths {
            let below = path.strip_prefix(self.root()).ok().and_then(Path::to_str);
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            match below.and_then(|below| self.files.get_key_value(below)) {
                Some((path, _)) => drop(known.insert(path.clone())),
                None if below.is_some_and(|below| names::is_private_file(name) || self.is_nothing(below)) => {}
                None => return None,
            }
        }
        Some(known)
    }

    /// The files below a folder, in order.
    fn below(&self, folder: &str) -> impl Iterator<Item = (&SourcePath, &Entry)> {
        let prefix = format!("{folder}/");
        let from = self.files.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
        from.take_while(move |(path, _)| path.starts_with(&prefix))
    }

    /// Whether a path below the root is neither on disk nor a folder known before: a draft that has taken its file's place.
    fn is_nothing(&self, below: &str) -> bool {
        self.list(below).is_empty() && self.root().join(below).symlink_metadata().is_err()
    }

    /// The state of one file now: what is known if the stamp says so, else read anew. `None` when it is gone.
    fn look(&self, path: &SourcePath, place: Option<&PathBuf>, now: SystemTime) -> Option<Entry> {
        let below = place.map_or(Path::new(&**path), PathBuf::as_path);
        let known = self.files.get(path).filter(|entry| entry.place.as_ref() == place);
        if let Some((old, true)) = known.and_then(|entry| entry.content.stamp()) {
            let stamp = std::fs::symlink_metadata(self.root().join(below)).map(|found| Stamp::of(&found));
            if stamp.is_ok_and(|stamp| stamp == old) {
                return known.cloned();
            }
        }
        Some(Entry { place: place.cloned(), content: self.take(path, below, now)? })
    }

    /// Reads a file to hold it.
    fn take(&self, path: &SourcePath, below: &Path, now: SystemTime) -> Option<Content> {
        match read::stable(&self.door, path, below) {
            Ok((file, stamp)) if file.bytes.len() > HELD && !names::is_text(path) => {
                Some(Content::Large { stamp, settled: stamp.is_settled(now), hash: file.hash })
            }
            Ok((file, stamp)) => Some(Content::Held { stamp, settled: stamp.is_settled(now), file: Ok(file) }),
            Err(Trouble::Io(error)) if error.kind() == io::ErrorKind::NotFound => None,
            Err(trouble) => {
                let found = std::fs::symlink_metadata(self.root().join(below)).ok()?;
                Some(Content::Held { stamp: Stamp::of(&found), settled: false, file: Err(Box::new(trouble.diagnostic(path))) })
            }
        }
    }

    /// Reads files again that came up empty: many editors empty a file before they write it.
    fn look_twice(&self, found: &[(SourcePath, Option<PathBuf>)], entries: &mut [Option<Entry>], now: SystemTime) {
        let emptied: Vec<usize> =
            (0..found.len()).filter(|i| entries[*i].as_ref().is_some_and(|entry| self.is_emptied(&found[*i].0, entry))).collect();
        if emptied.is_empty() {
            return;
        }
        std::thread::sleep(PAUSE);
        for i in emptied {
            entries[i] = self.look(&found[i].0, found[i].1.as_ref(), now);
        }
    }

    fn is_emptied(&self, path: &SourcePath, entry: &Entry) -> bool {
        let is_empty = |entry: &Entry| matches!(&entry.content, Content::Held { file: Ok(file), .. } if file.bytes.is_empty());
        is_empty(entry) && !self.files.get(path).is_some_and(is_empty)
    }

    /// Whether so much is gone that it is rather an unmounted disk or a folder being moved than a wish.
    fn doubt(&mut self, scan: &Scan) -> Option<Refresh> {
        let gone = self.files.keys().filter(|path| !scan.files.contains_key(&**path)).count();
        let is_folder_gone = self.files.keys().any(|path| path.starts_with("content/")) && !self.root().join("content").is_dir();
        if !is_folder_gone && (gone < MANY || gone * 2 <= self.files.len()) {
            self.gone_since = None;
            return None;
        }
        let waited = self.gone_since.get_or_insert_with(Instant::now).elapsed();
        if is_folder_gone {
            return Some(Refresh::Doubtful(CONFIRM, "the folder `content` is gone; the last site stays until it is back".to_owned()));
        }
        if waited < CONFIRM {
            let words = format!("{gone} of {} files vanished at once; looking again in a moment before believing it", self.files.len());
            return Some(Refresh::Doubtful(CONFIRM.saturating_sub(waited), words));
        }
        self.gone_since = None;
        None
    }
}

impl Content {
    /// The hash of the bytes, where they were read.
    fn hash(&self) -> Option<Hash> {
        match self {
            Content::Held { file: Ok(file), .. } => Some(file.hash),
            Content::Large { hash, .. } => Some(*hash),
            Content::Unread | Content::Held { .. } => None,
        }
    }

    /// The stamp, and whether it can be trusted.
    fn stamp(&self) -> Option<(Stamp, bool)> {
        match self {
            Content::Unread => None,
            Content::Held { stamp, settled, .. } | Content::Large { stamp, settled, .. } => Some((*stamp, *settled)),
        }
    }

    fn is_same(&self, other: &Content) -> bool {
        match (self, other) {
            (Content::Unread, Content::Unread) => true,
            (Content::Held { file: Ok(a), .. }, Content::Held { file: Ok(b), .. }) => a.hash == b.hash,
            (Content::Held { file: Err(a), .. }, Content::Held { file: Err(b), .. }) => a == b,
            (Content::Large { hash: a, .. }, Content::Large { hash: b, .. }) => a == b,
            _ => false,
        }
    }
}

fn same_files(old: &BTreeMap<SourcePath, Entry>, new: &BTreeMap<SourcePath, Entry>) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|((a, old), (b, new))| a == b && old.content.is_same(&new.content))
}

impl World for DiskWorld {
    fn list(&self, folder: &str) -> Vec<SourcePath> {
        self.below(folder).map(|(path, _)| path.clone()).collect()
    }

    fn known(&self, folder: &str) -> Vec<(SourcePath, Option<Hash>)> {
        self.below(folder).map(|(path, entry)| (path.clone(), entry.content.hash())).collect()
    }

    fn read(&self, path: &SourcePath) -> Result<FileBytes, Box<Diagnostic>> {
        let entry = self.files.get(path).ok_or_else(|| Box::new(Diagnostic::unreadable(path, "no such file")))?;
        if let Content::Held { file, .. } = &entry.content {
            return file.clone();
        }
        let below = entry.place.as_deref().unwrap_or(Path::new(&**path));
        read::stable(&self.door, path, below).map(|(file, _)| file).map_err(|trouble| Box::new(trouble.diagnostic(path)))
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn problems(&self) -> Vec<Diagnostic> {
        self.problems.clone()
    }
}
