//! What the machine refused to do: the operation, the path, the reason in words.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A failure of the computer, not of the site: ends a command with exit code 3.
#[derive(Debug)]
pub struct Fault {
    /// What was tried, as a verb: `write`.
    pub operation: &'static str,
    /// On what.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
    /// What would help, if something is known.
    pub hint: Option<String>,
}

impl Fault {
    /// The exit code of every fault.
    pub const EXIT_CODE: u8 = 3;

    /// Says what was tried and on which path.
    pub fn new(operation: &'static str, path: impl Into<PathBuf>, error: io::Error) -> Fault {
        Fault { operation, path: path.into(), error, hint: None }
    }

    /// Adds what would help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the disk or a quota is full.
    pub fn is_full(&self) -> bool {
        matches!(self.error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.operation, self.path.display(), reason(&self.error))?;
        self.hint.iter().try_for_each(|hint| write!(f, " ({hint})"))
    }
}

impl std::error::Error for Fault {}

/// Says in a closure what an operation was, for `map_err`.
pub fn cannot(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Fault {
    move |error| Fault::new(operation, path, error)
}

/// The reason of an error in plain words, the same on every system.
pub fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::StorageFull => "disk full",
        io::ErrorKind::QuotaExceeded => "your disk quota is used up",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        io::ErrorKind::AlreadyExists => "it exists already",
        io::ErrorKind::NotADirectory => "a part of the path is not a folder",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::DirectoryNotEmpty => "the folder is not empty",
        io::ErrorKind::InvalidFilename => "the name is too long or not allowed here",
        io::ErrorKind::AddrInUse => "the port is in use",
        io::ErrorKind::AddrNotAvailable => "this computer does not have that address",
        _ => return other_reason(error),
    };
    words.to_owned()
}

/// Whether a path has links that lead in a circle.
pub fn is_circle(error: &io::Error) -> bool {
    is(error, &errors::CIRCLE)
}

/// Whether the process or the system has no file handle left.
pub fn is_out_of_handles(error: &io::Error) -> bool {
    is(error, &errors::HANDLES)
}

fn is(error: &io::Error, any: &[i32]) -> bool {
    error.raw_os_error().is_some_and(|number| any.contains(&number))
}

/// Errors that the standard library has no stable name for.
#[cfg(unix)]
mod errors {
    use rustix::io::Errno;
    pub const CIRCLE: [i32; 1] = [Errno::LOOP.raw_os_error()];
    pub const HANDLES: [i32; 2] = [Errno::MFILE.raw_os_error(), Errno::NFILE.raw_os_error()];
    pub const DISK: [i32; 1] = [Errno::IO.raw_os_error()];
}

#[cfg(not(unix))]
mod errors {
    pub const CIRCLE: [i32; 1] = [1921]; // ERROR_CANT_RESOLVE_FILENAME
    pub const HANDLES: [i32; 1] = [4]; // ERROR_TOO_MANY_OPEN_FILES
    pub const DISK: [i32; 1] = [1117]; // ERROR_IO_DEVICE
}

fn other_reason(error: &io::Error) -> String {
    if is(error, &errors::DISK) {
        "input/output error: the disk may be failing".to_owned()
    } else if is_out_of_handles(error) {
        "too many open files".to_owned()
    } else if is_circle(error) {
        "it is a link that leads in a circle".to_owned()
    } else {
        error.to_string()
    }
}

/// A size with one digit after the point, rounded up so that it never looks like the limit itself.
pub fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
