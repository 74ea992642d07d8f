//! Reading one file: never outside the root, never half of it, never more than allowed.

use super::names;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use crate::base::world::FileBytes;
use crate::system::fault;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The most bytes of a text file.
const LARGEST_TEXT: u64 = 8 << 20;
/// The most bytes of any other file.
const LARGEST_OTHER: u64 = 512 << 20;
/// How often a file that changes while being read is tried again.
const ATTEMPTS: usize = 4;
/// The pause before that.
pub const PAUSE: Duration = Duration::from_millis(5);
/// Two edits within this time may carry the same time stamp; FAT counts in two seconds.
const GRAIN: Duration = Duration::from_secs(2);

/// What tells that a file is still the one that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    changed: i128,
    inode: u64,
}

impl Stamp {
    /// The stamp of an open or named file.
    pub fn of(found: &Metadata) -> Stamp {
        let (changed, inode) = identity(found);
        Stamp { size: found.len(), modified: found.modified().ok(), changed, inode }
    }

    /// Whether a later edit must show in the stamp, so that it can be trusted from `now` on.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let horizon = now.checked_sub(GRAIN).unwrap_or(SystemTime::UNIX_EPOCH);
        let edge = horizon.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |past| past.as_nanos().cast_signed());
        self.modified.is_some_and(|modified| modified < horizon) && self.changed < edge
    }
}

#[cfg(unix)]
fn identity(found: &Metadata) -> (i128, u64) {
    use std::os::unix::fs::MetadataExt;
    (i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec()), found.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (i128, u64) {
    (0, 0)
}

/// Opens files below one folder.
#[derive(Debug)]
pub struct Door {
    root: PathBuf,
    #[cfg(target_os = "linux")]
    handle: std::os::fd::OwnedFd,
}

impl Door {
    /// A door to a canonical folder.
    ///
    /// # Errors
    /// When it cannot be opened as a folder.
    pub fn new(root: PathBuf) -> io::Result<Door> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags};
            let handle = rustix::fs::open(&root, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
            Ok(Door { root, handle })
        }
        #[cfg(not(target_os = "linux"))]
        {
            std::fs::read_dir(&root)?;
            Ok(Door { root })
        }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Opens the folder again when another one has taken its place: moved away and made anew.
    pub fn renew(&mut self) {
        #[cfg(target_os = "linux")]
        if let (Ok(held), Ok(named)) = (rustix::fs::fstat(&self.handle), rustix::fs::stat(&self.root))
            && (held.st_dev, held.st_ino) != (named.st_dev, named.st_ino)
            && let Ok(door) = Door::new(self.root.clone())
        {
            *self = door;
        }
    }

    /// Opens a file whose path holds no links; one that was put in its way meanwhile is an error, not a way out.
    fn open(&self, below: &Path) -> io::Result<File> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags, ResolveFlags};
            let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
            let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
            match rustix::fs::openat2(&self.handle, below, flags, Mode::empty(), resolve) {
                Ok(handle) => return Ok(File::from(handle)),
                // An old kernel or a container without the call.
                Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.open_checked(below)
    }

    /// Without the system's help: the canonical path before and after opening must lie inside.
    fn open_checked(&self, below: &Path) -> io::Result<File> {
        let path = self.root.join(below);
        let inside = |path: &Path| path.canonicalize().map(|real| real.starts_with(&self.root));
        if inside(&path)? {
            let file = File::open(&path)?;
            if inside(&path)? && Stamp::of(&std::fs::metadata(&path)?).inode == Stamp::of(&file.metadata()?).inode {
                return Ok(file);
            }
        }
        Err(io::Error::new(io::ErrorKind::PermissionDenied, "it leads out of the project"))
    }
}

/// Why a file could not be read.
#[derive(Debug)]
pub enum Trouble {
    /// The system said no.
    Io(io::Error),
    /// It has this many bytes; the other is the limit.
    TooLarge(u64, u64),
    /// It never stood still.
    Restless,
}

impl Trouble {
    /// As a problem of the site.
    pub fn diagnostic(&self, path: &SourcePath) -> Diagnostic {
        match self {
            Trouble::Io(error) => {
                let help = (error.kind() == io::ErrorKind::PermissionDenied).then(|| "check who may read it".to_owned());
                Diagnostic::unreadable(path, &fault::reason(error)).maybe_help(help)
            }
            Trouble::TooLarge(size, limit) => {
                let wrong = format!("this file has {}, at most {} are allowed", fault::megabytes(*size), fault::megabytes(*limit));
                Diagnostic::new(Code::FIL003, wrong).at(Span::new(path, 0..0)).help("split it, or keep it outside the site and link to it")
            }
            Trouble::Restless => Diagnostic::unreadable(path, "it keeps changing while it is read").help("wait until the other program is done"),
        }
    }
}

/// Reads a whole file as it stood at one moment: open, look, read, look again.
///
/// # Errors
/// When it cannot be opened or read, is too large, or changed in every attempt.
pub fn stable(door: &Door, path: &SourcePath, below: &Path) -> Result<(FileBytes, Stamp), Trouble> {
    let limit = if names::is_text(path) { LARGEST_TEXT } else { LARGEST_OTHER };
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            std::thread::sleep(PAUSE);
        }
        if let Some((bytes, stamp)) = once(door, below, limit)? {
            return Ok((FileBytes::new(bytes), stamp));
        }
    }
    Err(Trouble::Restless)
}

/// One attempt; `None` when the file changed meanwhile.
fn once(door: &Door, below: &Path, limit: u64) -> Result<Option<(Vec<u8>, Stamp)>, Trouble> {
    let mut file = door.open(below).map_err(Trouble::Io)?;
    let found = file.metadata().map_err(Trouble::Io)?;
    if !found.is_file() {
        return Err(Trouble::Io(io::Error::other("it is no ordinary file")));
    }
    if found.len() > limit {
        return Err(Trouble::TooLarge(found.len(), limit));
    }
    let before = Stamp::of(&found);
    let mut bytes = vec![0; usize::try_from(found.len()).unwrap_or(usize::MAX)];
    let whole = fill(&mut file, &mut bytes).map_err(Trouble::Io)?;
    let after = Stamp::of(&file.metadata().map_err(Trouble::Io)?);
    Ok((whole && before == after).then_some((bytes, after)))
}

/// Fills the buffer; `false` when the file ended before it was full.
fn fill(file: &mut File, bytes: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
