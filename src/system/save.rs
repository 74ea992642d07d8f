//! Writing files of the project itself: what `new`, `init`, `translations accept` and `check --fix --write` change.

use crate::system::fault::{Fault, cannot};
use crate::system::writer::ops::{Disk, Ops};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a new file, with the folders it needs; never over one that exists.
///
/// # Errors
/// When it exists already or cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(cannot("make the folder", folder))?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(cannot("write", path))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        let _ = fs::remove_file(path);
        Fault::new("write", path, error)
    })
}

/// Replaces a file whole or not at all; its permissions stay. Make sure that the path is no link: [`DiskWorld::place`] gives the real one.
///
/// [`DiskWorld::place`]: crate::system::disk::DiskWorld::place
///
/// # Errors
/// When it cannot be written; the old file is as it was then.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let draft = draft(path);
    let permissions = fs::metadata(path).map(|found| found.permissions()).ok();
    let keep = || permissions.map_or(Ok(()), |permissions| fs::set_permissions(&draft, permissions));
    let done = Disk.write(&draft, bytes).and_then(|()| keep()).and_then(|()| Disk.sync(&draft)).and_then(|()| fs::rename(&draft, path));
    done.map_err(|error: io::Error| {
        let _ = fs::remove_file(&draft);
        Fault::new("write", path, error)
    })
}

/// A hidden name beside the file, which no watcher looks at.
fn draft(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{}.{}.tmp", name.chars().take(40).collect::<String>(), std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn creating_never_overwrites_and_replacing_keeps_permissions() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("content/fa/راهنما.md");
        create(&path, b"one").unwrap();
        assert_eq!(create(&path, b"two").unwrap_err().to_string(), format!("cannot write `{}`: it exists already", path.display()));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(replace(&folder.path().join("nowhere/x"), b"").is_err());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
