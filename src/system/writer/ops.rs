//! The operations on disk that publishing is made of: one small trait, so that tests can let each of them fail.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What publishing does to a disk. The default methods are the real thing; a test overrides [`Ops::before`].
pub trait Ops: Sync {
    /// Called before each operation with its name and path; an error stands for the operation's own.
    ///
    /// # Errors
    /// Whatever the test wants to happen.
    fn before(&self, operation: &'static str, path: &Path) -> io::Result<()>;

    /// Makes one folder whose parent exists.
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.before("make the folder", path)?;
        fs::create_dir(path)
    }

    /// Writes a whole new file: an error of open, write or close is an error, and the size is looked at before closing.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.before("open", path)?;
        let mut file = File::create(path)?;
        if let Err(error) = self.before("write", path) {
            let _ = file.write_all(&bytes[..bytes.len() / 2]); // As far as the disk had room.
            return Err(error);
        }
        file.write_all(bytes)?;
        if file.metadata()?.len() != bytes.len() as u64 {
            return Err(io::Error::other("the file has another size than what was written"));
        }
        self.before("close", path)?;
        close(file)
    }

    /// Gives a file a second name; a copy where the file system knows no links.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.before("link", to)?;
        match fs::hard_link(from, to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound && !is_full(&error) => copy(from, to),
            done => done,
        }
    }

    /// Moves a file or folder over what is there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.before("rename", to)?;
        fs::rename(from, to)
    }

    /// Swaps two folders in one step; `Unsupported` where the system cannot.
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        self.before("exchange", b)?;
        exchange(a, b)
    }

    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.before("remove", path)?;
        fs::remove_file(path)
    }

    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.before("remove", path)?;
        fs::remove_dir(path)
    }

    /// Removes a folder with all that is in it; none is fine.
    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        self.before("remove", path)?;
        remove_by_many(path);
        match fs::remove_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// Makes everything on the file system of this open folder safe from a power cut.
    fn sync_all(&self, folder: &File, path: &Path) -> io::Result<()> {
        self.before("sync", path)?;
        sync_all(folder)
    }

    /// Makes one file, or the names in one folder, safe from a power cut.
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.before("sync", path)?;
        match File::open(path).and_then(|file| file.sync_all()) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()), // Folders on some file systems.
            done => done,
        }
    }
}

/// The real disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Ops for Disk {
    #[inline]
    fn before(&self, _: &'static str, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// How many threads remove a large tree: they wait for the disk, not for each other. Sixteen were eight times as fast as one.
const REMOVERS: usize = 16;
/// A tree with fewer folders than this is removed by one.
const LARGE: usize = 32;

/// Removes most of a large tree; what is left, and what goes wrong, is for whoever removes the rest.
fn remove_by_many(path: &Path) {
    let mut folders = vec![path.to_path_buf()];
    for _ in 0..3 {
        if folders.len() >= LARGE {
            break;
        }
        folders = folders.iter().flat_map(|folder| folders_in(folder)).collect();
    }
    if folders.len() < LARGE {
        return;
    }
    let next = AtomicUsize::new(0);
    let remove = || {
        while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
            let _ = fs::remove_dir_all(folder);
        }
    };
    std::thread::scope(|scope| {
        let others = (1..REMOVERS).map(|_| std::thread::Builder::new().spawn_scoped(scope, remove));
        let _started: Vec<_> = others.map_while(Result::ok).collect(); // With fewer threads, or none, it takes longer.
        remove();
    });
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(from)?.is_symlink() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "links cannot be copied here"));
    }
    let mut target = File::create(to)?;
    io::copy(&mut File::open(from)?, &mut target)?;
    close(target)
}

/// Closes a file and says what the system says: on network disks the last writes fail only here.
#[cfg(unix)]
#[allow(unsafe_code, reason = "the only way to hear what `close` says")]
fn close(file: File) -> io::Result<()> {
    use std::os::fd::IntoRawFd;
    // SAFETY: `into_raw_fd` gives up the only owner, so the handle is valid and nobody uses it afterwards.
    unsafe { rustix::io::try_close(file.into_raw_fd()) }.map_err(io::Error::from)
}

#[cfg(not(unix))]
fn close(file: File) -> io::Result<()> {
    drop(file);
    Ok(())
}

#[cfg(target_os = "linux")]
fn sync_all(folder: &File) -> io::Result<()> {
    rustix::fs::syncfs(folder).map_err(io::Error::from)
}

#[cfg(not(target_os = "linux"))]
fn sync_all(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(|error| match error {
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::PERM => io::ErrorKind::Unsupported.into(),
        other => other.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
