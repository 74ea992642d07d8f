//! Publishing a site to a folder, whole or not at all.
//!
//! [`Publisher::open`] checks that the folder is ours, takes the lock and mends what a killed build left. Then it is a [`Sink`]: each file is
//! compared with the published one, and only what differs is written, at once, to a stage beside the folder. [`Publisher::finish`] writes
//! `manifest.json` and publishes; [`Publisher::abandon`], or dropping it, leaves the old site as it was. Files are never written in place.

pub mod journal;
pub mod lock;
pub mod manifest;
pub mod ops;
pub mod place;
pub mod publish;
pub mod recover;
pub mod refusal;
pub mod stage;
#[cfg(test)]
mod tests;
pub mod tree;
pub mod walk;

use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;
use crate::system::fault::{Fault, megabytes};
use crate::system::interrupt::Interrupt;
use lock::{Lock, Wait};
use manifest::Record;
use ops::{Disk, Ops};
use place::Place;
use publish::{Difference, Work};
pub use refusal::Refusal;
use stage::Stage;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tree::Tree;

/// What a build wants to publish to.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// The folder, as given by `-o`.
    pub out: &'a Path,
    /// Files and folders in it that are not ours (`output.keep`).
    pub keep: &'a [String],
    /// The root of the project.
    pub root: &'a Path,
    /// How long to wait for another build.
    pub wait: Wait,
}

/// What a publication did.
#[derive(Debug)]
pub struct Published {
    /// New and changed files, sorted, without the manifest.
    pub written: Vec<OutPath>,
    /// Files that are no longer part of the site, sorted.
    pub removed: Vec<OutPath>,
    /// How many files stayed as they were.
    pub unchanged: usize,
    /// For the next publication by this process.
    pub memory: Memory,
}

impl Published {
    /// Every file of the site, with the manifest.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.memory.files.keys().map(|path| &**path).chain([manifest::NAME])
    }
}

/// What a watching process remembers of its last publication, so that the next one need not read the folder again.
#[derive(Clone, Debug)]
pub struct Memory {
    files: BTreeMap<OutPath, Record>,
    manifest: Vec<u8>,
}

/// How much has to be survived. Being killed always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The end of the process.
    Kill,
    /// The end of electricity as well.
    PowerCut,
}

/// What is known of the published files.
#[derive(Debug)]
enum Old {
    /// Their names; contents are compared on disk.
    Seen(Tree),
    /// Their hashes.
    Remembered(Memory),
}

/// A publication under way.
#[derive(Debug)]
pub struct Publisher<O: Ops = Disk> {
    ops: O,
    place: Place,
    stage: Stage,
    old: Old,
    results: Mutex<Vec<(OutPath, Record, Outcome)>>,
    is_broken: AtomicBool,
    /// Folders above the output that were made for it.
    made: Vec<PathBuf>,
    is_done: bool,
    keep: Vec<String>,
    interrupt: Interrupt,
    lock: Lock,
}

#[derive(Debug)]
enum Outcome {
    Same,
    Staged,
    /// Not written, because something failed before.
    Skipped,
    Failed(io::Error),
}

impl Publisher {
    /// Begins a publication. `memory` is what the last one by this process left.
    ///
    /// # Errors
    /// A refusal; nothing has been touched then, except that what a killed build left may have been mended.
    pub fn open(target: &Target<'_>, memory: Option<Memory>) -> Result<Publisher, Refusal> {
        Publisher::open_with(Disk, target, memory)
    }
}

impl<O: Ops> Publisher<O> {
    /// Like [`Publisher::open`] on a disk of one's own.
    ///
    /// # Errors
    /// A refusal.
    pub fn open_with(ops: O, target: &Target<'_>, memory: Option<Memory>) -> Result<Publisher<O>, Refusal> {
        let place = Place::find(target.out, target.root)?;
        let made = place.make_parents()?;
        let lock = Lock::take(&place.lock(), target.wait).map_err(|error| Refusal::of(&place, error))?;
        recover::recover(&ops, &place)?;
        let memory = memory.filter(|memory| std::fs::read(place.out.join(manifest::NAME)).is_ok_and(|bytes| bytes == memory.manifest));
        let old = memory.map_or_else(|| Tree::look(&place, target.keep).map(Old::Seen), |memory| Ok(Old::Remembered(memory)))?;
        let (stage, results) = (Stage::new(&place), Mutex::default());
        Ok(Publisher {
            ops,
            place,
            stage,
            old,
            results,
            is_broken: AtomicBool::new(false),
            made,
            is_done: false,
            keep: target.keep.to_vec(),
            interrupt: Interrupt::default(),
            lock,
        })
    }

    /// Where the output is, and what lies beside it.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The files that are published now, when the folder was looked at.
    pub fn published(&self) -> Option<&Tree> {
        match &self.old {
            Old::Seen(tree) => Some(tree),
            Old::Remembered(_) => None,
        }
    }

    /// When this interrupt is set, nothing more is written, and the stage is removed.
    #[must_use]
    pub fn until(mut self, interrupt: &Interrupt) -> Publisher<O> {
        interrupt.note([self.stage.path.clone(), self.place.lock()]);
        self.interrupt = interrupt.clone();
        self
    }

    fn store(&self, path: &OutPath, blob: &Blob) -> Outcome {
        if !stage::is_writable(path) {
            return Outcome::Failed(io::Error::new(io::ErrorKind::InvalidInput, "this is not a path for a file of the site"));
        }
        if self.is_published(path, blob) {
            return Outcome::Same;
        }
        if self.interrupt.is_set() {
            return Outcome::Failed(io::ErrorKind::Interrupted.into());
        }
        if self.is_broken.load(Ordering::Relaxed) {
            return Outcome::Skipped;
        }
        match self.stage.write(&self.ops, path, &blob.bytes) {
            Ok(()) => Outcome::Staged,
            Err(error) => {
                self.is_broken.store(true, Ordering::Relaxed);
                Outcome::Failed(error)
            }
        }
    }

    fn is_published(&self, path: &OutPath, blob: &Blob) -> bool {
        match &self.old {
            Old::Seen(tree) => tree.files.contains(&**path) && holds(&self.place.out.join(&**path), &blob.bytes).unwrap_or(false),
            Old::Remembered(memory) => memory.files.get(path) == Some(&Record::of(blob)),
        }
    }

    /// Publishes what was put.
    ///
    /// # Errors
    /// The first fault by path; the old site stays then.
    pub fn finish(mut self) -> Result<Published, Fault> {
        let mut results = std::mem::take(&mut *self.results.lock().unwrap_or_else(PoisonError::into_inner));
        results.sort_by(|a, b| a.0.cmp(&b.0));
        if let Some(fault) = self.first_fault(&mut results).or_else(|| self.twice(&results)) {
            return Err(fault);
        }
        let mut difference = Difference::default();
        let mut files = BTreeMap::new();
        for (path, record, outcome) in results {
            let list = if matches!(outcome, Outcome::Same) { &mut difference.unchanged } else { &mut difference.written };
            list.push(path.to_string());
            files.insert(path, record);
        }
        difference.removed = self.old_paths().into_iter().filter(|path| !files.contains_key(path.as_str())).collect();
        difference.removed.sort();
        let manifest = manifest::manifest(&files);
        self.publish(&mut difference, &manifest)?;
        self.is_done = true;
        let [written, removed] = [difference.written, difference.removed].map(|list| list.iter().map(OutPath::new).collect());
        let memory = Memory { files, manifest };
        Ok(Published { written, removed, unchanged: difference.unchanged.len(), memory })
    }

    fn publish(&self, difference: &mut Difference, manifest: &[u8]) -> Result<(), Fault> {
        let _held = self.interrupt.hold();
        if self.interrupt.is_set() {
            return Err(Fault::new("publish to", &self.place.shown, io::ErrorKind::Interrupted.into()));
        }
        if difference.written.is_empty() && difference.removed.is_empty() && self.old_manifest() == manifest {
            return Ok(());
        }
        let work = Work { ops: &self.ops, place: &self.place, stage: &self.stage };
        let staged = self.stage.write(&self.ops, manifest::NAME, manifest);
        staged.map_err(|error| self.full(Fault::new("write", self.place.show(manifest::NAME), error), 0))?;
        let stays = self.place.out.is_dir() && (self.place.is_mount || difference.is_small() && !difference.is_crossing());
        if !stays {
            difference.kept = self.kept()?;
            return work.exchange(difference);
        }
        let safety = if matches!(self.old, Old::Seen(_)) { Safety::PowerCut } else { Safety::Kill };
        work.in_place(difference, safety)
    }

    /// What went wrong first by path, with the room that is needed if it was the disk.
    fn first_fault(&self, results: &mut [(OutPath, Record, Outcome)]) -> Option<Fault> {
        let needed = results.iter().filter(|(.., outcome)| !matches!(outcome, Outcome::Same)).map(|(_, record, _)| record.size).sum();
        let (path, error) = results.iter_mut().find_map(|(path, _, outcome)| match std::mem::replace(outcome, Outcome::Skipped) {
            Outcome::Failed(error) => Some((path.clone(), error)),
            other => {
                *outcome = other;
                None
            }
        })?;
        Some(self.full(Fault::new("write", self.place.show(&path), error), needed))
    }

    /// Two files of one path would publish either, by chance.
    fn twice(&self, results: &[(OutPath, Record, Outcome)]) -> Option<Fault> {
        let pair = results.windows(2).find(|pair| pair[0].0 == pair[1].0)?;
        Some(Fault::new("write", self.place.show(&pair[0].0), io::Error::other("two files of the site have this path")))
    }

    /// Adds how much room there is to a fault about a full disk.
    fn full(&self, fault: Fault, needed: u64) -> Fault {
        match free(&self.place.workshop) {
            Some(free) if fault.is_full() && needed > 0 => {
                fault.hint(format!("the site needs about {}, {} are free", megabytes(needed), megabytes(free)))
            }
            _ => fault,
        }
    }

    fn old_paths(&self) -> Vec<String> {
        match &self.old {
            Old::Seen(tree) => tree.files.iter().cloned().collect(),
            Old::Remembered(memory) => memory.files.keys().map(std::string::ToString::to_string).collect(),
        }
    }

    fn old_manifest(&self) -> &[u8] {
        match &self.old {
            Old::Seen(tree) => &tree.manifest,
            Old::Remembered(memory) => &memory.manifest,
        }
    }

    /// What somebody else keeps in the folder now; whoever watches looks again, because the old folder is going to be removed.
    fn kept(&self) -> Result<Vec<PathBuf>, Fault> {
        match &self.old {
            Old::Seen(tree) => Ok(tree.kept.clone()),
            Old::Remembered(_) => Tree::look(&self.place, &self.keep).map(|tree| tree.kept).map_err(|refusal| match refusal {
                Refusal::Fault(fault) => fault,
                other => Fault::new("replace", &self.place.shown, io::Error::other(other.to_string())),
            }),
        }
    }

    /// Gives up: the old site stays, the stage goes.
    pub fn abandon(self) {}
}

impl<O: Ops> Drop for Publisher<O> {
    /// Clears up; what cannot be removed now is removed by the next build. A journal that is still there needs the stage.
    fn drop(&mut self) {
        self.interrupt.forget();
        if !self.place.journal().exists() {
            let _ = self.stage.remove(&self.ops);
        }
        self.lock.release();
        if !self.is_done {
            self.made.iter().rev().for_each(|folder| drop(std::fs::remove_dir(folder)));
        }
    }
}

impl<O: Ops> Sink for Publisher<O> {
    fn put(&self, path: OutPath, blob: Arc<Blob>) {
        let outcome = self.store(&path, &blob);
        self.results.lock().unwrap_or_else(PoisonError::into_inner).push((path, Record::of(&blob), outcome));
    }
}

/// Whether a file holds exactly these bytes.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut buffer = [0; 1 << 15];
    let mut rest = bytes;
    while !rest.is_empty() {
        let count = file.read(&mut buffer)?;
        match rest.split_at_checked(count) {
            Some((head, tail)) if count > 0 && head == &buffer[..count] => rest = tail,
            _ => return Ok(false),
        }
    }
    Ok(true)
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}
