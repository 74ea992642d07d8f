//! From the stage to the output folder: few changes in place, many by exchanging the whole tree.

use super::journal::{self, Journal, Step};
use super::manifest;
use super::ops::Ops;
use super::stage::Stage;
use super::walk::walk;
use super::{Place, Safety};
use crate::system::fault::{Fault, cannot};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// All that a publication works with.
pub struct Work<'a, O> {
    /// The calls to the machine.
    pub ops: &'a O,
    /// The folder and what lies beside it.
    pub place: &'a Place,
    /// Where the new files are.
    pub stage: &'a Stage,
}

/// What differs between the folder and the new site.
#[derive(Debug, Default)]
pub struct Difference {
    /// Files in the stage, sorted; the manifest is not among them.
    pub written: Vec<String>,
    /// Files that are in the folder as they should be.
    pub unchanged: Vec<String>,
    /// Files that go.
    pub removed: Vec<String>,
    /// What is kept for somebody else.
    pub kept: Vec<PathBuf>,
}

/// The most files changed in place.
const FEW: usize = 2_000;

impl Difference {
    /// At most one file in twenty, and two thousand.
    pub fn is_small(&self) -> bool {
        let changes = self.written.len() + self.removed.len();
        let all = self.written.len() + self.unchanged.len();
        changes <= FEW && changes * 20 <= all
    }

    /// Whether a file stands where a folder has to be, or the other way round: no order of single steps keeps the site whole then.
    pub fn is_crossing(&self) -> bool {
        let removed: BTreeSet<&str> = self.removed.iter().map(String::as_str).collect();
        let below = |path: &str| removed.range(format!("{path}/").as_str()..).next().is_some_and(|other| other.starts_with(&format!("{path}/")));
        let above = |path: &str| Path::new(path).ancestors().skip(1).any(|folder| folder.to_str().is_some_and(|folder| removed.contains(folder)));
        !removed.is_empty() && self.written.iter().any(|path| below(path) || above(path))
    }

    /// The steps in the order that never shows a page without what it needs.
    fn steps(&self) -> Vec<Step> {
        let mut puts: Vec<&String> = self.written.iter().collect();
        puts.sort_by_key(|path| (rank(path), *path));
        let puts = puts.into_iter().cloned().chain([manifest::NAME.to_owned()]).map(Step::Put);
        let removes = self.removed.iter().cloned().map(Step::Remove);
        if self.is_crossing() { removes.chain(puts).collect() } else { puts.chain(removes).collect() }
    }
}

/// Assets first, then the pages that need them, then what lists the pages.
fn rank(path: &str) -> u8 {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => 1,
        "xml" | "atom" | "txt" | "json" | "md" => 2,
        _ if name.starts_with('_') => 2,
        _ => 0,
    }
}

impl<O: Ops> Work<'_, O> {
    /// Changes single files, with a journal that the next start finishes if this one is killed.
    pub fn in_place(&self, difference: &Difference, safety: Safety) -> Result<(), Fault> {
        let steps = difference.steps();
        self.keep_old(&steps)?;
        if safety == Safety::PowerCut {
            self.stage.sync(self.ops, self.place)?;
        }
        let journal = Journal::new(&self.stage.id, steps);
        journal.write(self.ops, self.place).map_err(cannot("write the journal of", &self.place.shown))?;
        if safety == Safety::PowerCut {
            self.ops.sync(&self.place.journal()).map_err(cannot("write the journal of", &self.place.shown))?;
        }
        for (done, step) in journal.steps.iter().enumerate() {
            if let Err(error) = self.take(step) {
                return Err(self.give_up(&journal.steps[..done], step, error));
            }
        }
        let _ = self.ops.remove_file(&self.place.journal()); // If it stays, the next start finds every step done.
        Ok(())
    }

    /// Gives every file that will be replaced a second name in the stage, for the way back.
    fn keep_old(&self, steps: &[Step]) -> Result<(), Fault> {
        for step in steps {
            let (current, old) = (self.place.out.join(step.path()), self.stage.old_file(step.path()));
            let is_there = current.symlink_metadata().is_ok_and(|found| !found.is_dir());
            let kept = match step {
                Step::Put(_) if !is_there => Ok(()),
                Step::Put(_) => self.stage.make_parent(self.ops, &old).and_then(|()| self.ops.link(&current, &old)),
                Step::Remove(_) => self.stage.make_parent(self.ops, &old),
            };
            kept.map_err(cannot("replace", &self.place.show(step.path())))?;
        }
        Ok(())
    }

    fn take(&self, step: &Step) -> io::Result<()> {
        let target = self.place.out.join(step.path());
        match step {
            Step::Put(path) => journal::put(self.ops, self.place, &self.stage.new_file(path), &target),
            Step::Remove(path) => {
                self.ops.rename(&target, &self.stage.old_file(path))?;
                journal::prune(self.ops, self.place, &target);
                Ok(())
            }
        }
    }

    /// Takes the steps back, last first. Where even that fails, the journal stays, and the next build finishes the new site instead.
    fn give_up(&self, done: &[Step], failed: &Step, error: io::Error) -> Fault {
        let fault = Fault::new("write", self.place.show(failed.path()), error);
        journal::prune(self.ops, self.place, &self.place.out.join(failed.path()));
        match done.iter().rev().try_for_each(|step| self.take_back(step)).and_then(|()| self.ops.remove_file(&self.place.journal())) {
            Ok(()) => fault,
            Err(_) => fault.hint("part of the new site is in place; the next build finishes it"),
        }
    }

    /// At any moment the journal can still be followed forwards: the new file is in the stage before the old one is back.
    fn take_back(&self, step: &Step) -> io::Result<()> {
        let (target, old) = (self.place.out.join(step.path()), self.stage.old_file(step.path()));
        match step {
            Step::Put(path) if old.symlink_metadata().is_ok() => {
                self.ops.link(&target, &self.stage.new_file(path))?;
                self.ops.rename(&old, &target)
            }
            Step::Put(path) => {
                self.ops.rename(&target, &self.stage.new_file(path))?;
                journal::prune(self.ops, self.place, &target);
                Ok(())
            }
            Step::Remove(_) => journal::put(self.ops, self.place, &old, &target),
        }
    }

    /// Completes the stage with what is unchanged and puts it in the place of the old tree in one step.
    pub fn exchange(&self, difference: &Difference) -> Result<(), Fault> {
        difference.unchanged.par_iter().try_for_each(|path| self.link(Path::new(path)))?;
        let kept = difference.kept.iter().try_fold(0, |sum, path| self.link_tree(path, difference).map(|count| sum + count))?;
        self.verify(difference.written.len() + difference.unchanged.len() + 1 + kept)?;
        self.stage.sync(self.ops, self.place)?;
        self.swap().map_err(cannot("replace", &self.place.shown))?;
        let _ = self.ops.sync(&self.place.parent); // The new tree is in place; a power cut now brings back the old one, whole.
        Ok(())
    }

    fn link(&self, path: &Path) -> Result<(), Fault> {
        let target = self.stage.path.join("new").join(path);
        let linked = self.stage.make_parent(self.ops, &target).and_then(|()| self.ops.link(&self.place.out.join(path), &target));
        linked.map_err(cannot("keep", &self.place.shown.join(path)))
    }

    /// Takes a kept file or folder over, as far as the site has no file of that name; returns how many files.
    fn link_tree(&self, path: &Path, difference: &Difference) -> Result<usize, Fault> {
        let mut count = 0;
        let from = self.place.out.join(path);
        let is_there = from.symlink_metadata().is_ok(); // Else somebody took it away meanwhile.
        for entry in WalkDir::new(from).into_iter().take_while(|_| is_there) {
            let entry = entry.map_err(|error| Fault::new("look into", self.place.shown.join(path), error.into()))?;
            let below = entry.path().strip_prefix(&self.place.out).unwrap_or(entry.path());
            let is_ours = below.to_str().is_some_and(|name| difference.written.binary_search_by(|other| other.as_str().cmp(name)).is_ok());
            if entry.file_type().is_dir() {
                let made = self.stage.make_folder(self.ops, &self.stage.path.join("new").join(below));
                made.map_err(cannot("keep", &self.place.shown.join(below)))?;
            } else if !is_ours {
                self.link(below)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// The stage holds as many files as it should; their sizes were looked at when they were written.
    fn verify(&self, expected: usize) -> Result<(), Fault> {
        let found = walk(&self.stage.path.join("new"), &|_| false).map_err(cannot("publish", &self.place.shown))?.len();
        if found == expected {
            return Ok(());
        }
        let error = io::Error::other(format!("{found} files are ready where {expected} should be"));
        Err(Fault::new("publish", &self.place.shown, error))
    }

    fn swap(&self) -> io::Result<()> {
        let (new, was) = (self.stage.path.join("new"), self.stage.path.join("was"));
        let Ok(found) = std::fs::metadata(&self.place.out) else {
            return self.ops.rename(&new, &self.place.out);
        };
        let _ = std::fs::set_permissions(&new, found.permissions());
        match self.ops.exchange(&new, &self.place.out) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            done => return done,
        }
        self.ops.rename(&self.place.out, &was)?;
        self.ops.rename(&new, &self.place.out).inspect_err(|_| drop(self.ops.rename(&was, &self.place.out)))
    }
}
