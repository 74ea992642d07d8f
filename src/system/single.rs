//! Single files that commands write into the project: whole or not at all.

use super::fault::{Fault, cannot};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces a file, or makes it.
///
/// # Errors
/// The machine refused; the file is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let stage = stage(path, bytes)?;
    fs::rename(&stage, path).map_err(|error| {
        let _left_behind = fs::remove_file(&stage);
        Fault::new("write", path, error)
    })
}

/// Makes a file where there is none, with the folders above it. `false` when something stands there already.
///
/// # Errors
/// The machine refused; nothing was made.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool, Fault> {
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let stage = stage(path, bytes)?;
    let made = match fs::hard_link(&stage, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        // Some file systems know no links.
        Err(_) if path.symlink_metadata().is_err() => return fs::rename(&stage, path).map(|()| true).map_err(cannot("write", path)),
        Err(error) => Err(Fault::new("write", path, error)),
        Ok(()) => Ok(true),
    };
    let _left_behind = fs::remove_file(&stage);
    made
}

/// Writes the bytes to a hidden file beside the place they are for.
fn stage(path: &Path, bytes: &[u8]) -> Result<PathBuf, Fault> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(cannot("make the folder", folder))?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let stage = folder.join(format!(".{name}.stage-{}", std::process::id()));
    let write = || {
        let mut file = File::create(&stage)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| {
        let _left_behind = fs::remove_file(&stage);
        Fault::new("write", path, error)
    })?;
    if let Ok(old) = fs::metadata(path) {
        let _same_permissions = fs::set_permissions(&stage, old.permissions());
    }
    Ok(stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_never_overwritten_by_create() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/b.md");
        assert!(create(&path, b"one").expect("made"));
        assert!(!create(&path, b"two").expect("refused"));
        assert_eq!(fs::read(&path).expect("read"), b"one");
        replace(&path, b"three").expect("replaced");
        assert_eq!(fs::read(&path).expect("read"), b"three");
        assert_eq!(fs::read_dir(folder.path().join("a")).expect("list").count(), 1);
    }
}
