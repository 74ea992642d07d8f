//! Publishing in place: what is going to happen is written down first, so that a killed build is finished by the next one.

use super::ops::Ops;
use super::stage::is_writable;
use super::{Place, manifest};
use crate::base::hash::Hash;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

const FORMAT: &str = "rahnama-journal-1";

/// One step of a publication in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// A file moves from the stage to its place.
    Put(String),
    /// A file goes.
    Remove(String),
}

impl Step {
    /// The file, below the output folder.
    pub fn path(&self) -> &str {
        match self {
            Step::Put(path) | Step::Remove(path) => path,
        }
    }
}

/// The steps in the order they are taken.
#[derive(Debug, Serialize, Deserialize)]
pub struct Journal {
    format: String,
    stage: String,
    /// What to do.
    pub steps: Vec<Step>,
}

impl Journal {
    /// A journal for a stage.
    pub fn new(stage: &str, steps: Vec<Step>) -> Journal {
        Journal { format: FORMAT.to_owned(), stage: stage.to_owned(), steps }
    }

    /// Puts it where the next build looks for it, whole or not at all.
    pub fn write(&self, ops: &impl Ops, place: &Place) -> io::Result<()> {
        let draft = self.stage_path(place).join("journal");
        ops.write(&draft, &self.bytes())?;
        ops.rename(&draft, &place.journal())
    }

    fn bytes(&self) -> Vec<u8> {
        let line = serde_json::to_string(self).unwrap_or_default();
        format!("{line}\n{}\n", Hash::of(line.as_bytes())).into_bytes()
    }

    /// Reads what a killed build left; `None` when there is nothing, or nothing whole.
    pub fn read(place: &Place) -> io::Result<Option<Journal>> {
        let text = match std::fs::read(place.journal()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => String::from_utf8(read?).unwrap_or_default(),
        };
        Ok(Journal::parse(&text))
    }

    fn parse(text: &str) -> Option<Journal> {
        let (line, sum) = text.trim_end().split_once('\n')?;
        if Hash::parse(sum)? != Hash::of(line.as_bytes()) {
            return None;
        }
        let journal: Journal = serde_json::from_str(line).ok()?;
        let fine = |step: &Step| step.path() == manifest::NAME || is_writable(step.path());
        let plain = journal.stage.bytes().all(|b| b.is_ascii_alphanumeric());
        (journal.format == FORMAT && plain && journal.steps.iter().all(fine)).then_some(journal)
    }

    /// Finishes what it says, from wherever the killed build came to.
    ///
    /// # Errors
    /// The path and the error of the step that failed.
    pub fn redo(&self, ops: &impl Ops, place: &Place) -> Result<(), (PathBuf, io::Error)> {
        let stage = self.stage_path(place);
        for step in &self.steps {
            redo_step(ops, place, &stage, step).map_err(|error| (place.show(step.path()), error))?;
        }
        Ok(())
    }

    fn stage_path(&self, place: &Place) -> PathBuf {
        place.stage(&self.stage)
    }
}

fn redo_step(ops: &impl Ops, place: &Place, stage: &Path, step: &Step) -> io::Result<()> {
    let target = place.out.join(step.path());
    match step {
        Step::Put(path) => {
            let staged = stage.join("new").join(path);
            if staged.symlink_metadata().is_ok() { put(ops, place, &staged, &target) } else { Ok(()) }
        }
        Step::Remove(_) => {
            match ops.remove_file(&target) {
                Err(error) if error.kind() != io::ErrorKind::NotFound && error.kind() != io::ErrorKind::NotADirectory => return Err(error),
                _ => {}
            }
            prune(ops, place, &target);
            Ok(())
        }
    }
}

/// Moves a staged file to its place, making the folders it needs.
pub fn put(ops: &impl Ops, place: &Place, staged: &Path, target: &Path) -> io::Result<()> {
    match ops.rename(staged, target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_parents(ops, place, target)?;
            ops.rename(staged, target)
        }
        done => done,
    }
}

/// Makes the folders below the output folder that a file lies in.
pub fn make_parents(ops: &impl Ops, place: &Place, target: &Path) -> io::Result<()> {
    let Some(folder) = target.parent().filter(|folder| folder.starts_with(&place.out)) else {
        return Ok(());
    };
    if folder.is_dir() {
        return Ok(());
    }
    make_parents(ops, place, folder)?;
    ops.make_folder(folder)
}

/// Removes the folders that a removed file leaves empty.
pub fn prune(ops: &impl Ops, place: &Place, target: &Path) {
    let folders = target.ancestors().skip(1).take_while(|folder| *folder != place.out && folder.starts_with(&place.out));
    for folder in folders {
        match ops.remove_folder(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return, // Not empty.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_read_back_and_a_damaged_or_strange_one_is_nothing() {
        let steps = vec![Step::Put("sv/å b\".html".to_owned()), Step::Remove("x".to_owned()), Step::Put("manifest.json".to_owned())];
        let text = String::from_utf8(Journal::new("1a", steps.clone()).bytes()).unwrap();
        assert_eq!(Journal::parse(&text).unwrap().steps, steps);
        for end in 0..text.len() - 2 {
            assert!(text.get(..end).and_then(Journal::parse).is_none(), "cut at {end}");
        }
        for (stage, path) in [("../x", "a"), ("1", "../a"), ("1", "/etc/passwd"), ("1", "a//b"), ("1", "")] {
            let text = String::from_utf8(Journal::new(stage, vec![Step::Put(path.to_owned())]).bytes()).unwrap();
            assert!(Journal::parse(&text).is_none(), "{stage} {path}");
        }
    }
}
