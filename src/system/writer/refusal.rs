//! Why nothing is published, and the exit code for it.

use super::lock::NotLocked;
use super::place::Place;
use crate::system::fault::Fault;
use std::fmt;
use std::path::PathBuf;

/// Why nothing can be published.
#[derive(Debug)]
pub enum Refusal {
    /// The folder is not ours to write to.
    Folder {
        /// As it was given.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// Another build is publishing there.
    Locked {
        /// As it was given.
        path: PathBuf,
        /// The process, if it said so.
        pid: Option<u32>,
    },
    /// The machine failed.
    Fault(Fault),
}

impl Refusal {
    /// Why the lock was not taken.
    pub(super) fn of(place: &Place, error: NotLocked) -> Refusal {
        match error {
            NotLocked::Held(pid) => Refusal::Locked { path: place.shown.clone(), pid },
            NotLocked::Io(error) => Fault::new("lock", place.lock(), error).into(),
        }
    }

    /// The exit code of a command that is refused.
    pub fn exit_code(&self) -> u8 {
        match self {
            Refusal::Folder { .. } => 2,
            Refusal::Fault(_) => Fault::EXIT_CODE,
            Refusal::Locked { .. } => 4,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Folder { path, why } => write!(f, "cannot publish to `{}`: {why}", path.display()),
            Refusal::Locked { path, pid: Some(pid) } => write!(f, "another build is publishing to `{}`: process {pid}", path.display()),
            Refusal::Locked { path, pid: None } => write!(f, "another build is publishing to `{}`", path.display()),
            Refusal::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal::Fault(fault)
    }
}
