//! Where to publish: `-o` resolved, with the folders that are never written to.

use super::Refusal;
use crate::system::disk::scan::INPUTS;
use crate::system::fault::{Fault, cannot};
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The output folder and what lies beside it.
#[derive(Clone, Debug)]
pub struct Place {
    /// As it was given, for messages.
    pub shown: PathBuf,
    /// Where it really is.
    pub out: PathBuf,
    /// The folder it lies in.
    pub parent: PathBuf,
    /// Where stage and journal lie: beside the output, or in it when it is a file system of its own.
    pub workshop: PathBuf,
    /// Whether it is a file system of its own, so that it cannot be exchanged.
    pub is_mount: bool,
    name: OsString,
}

impl Place {
    /// Finds out where `-o` leads, touching nothing.
    ///
    /// # Errors
    /// A refusal when the folder is, holds or lies in something that is not ours.
    pub fn find(shown: &Path, root: &Path) -> Result<Place, Refusal> {
        let refuse = |why: &str| Refusal::Folder { path: shown.to_path_buf(), why: why.to_owned() };
        let out = resolve(shown).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput => refuse(&error.to_string()),
            _ => Refusal::Fault(Fault::new("open", shown, error)),
        })?;
        if let Some(why) = forbidden(&out, root) {
            return Err(refuse(&why));
        }
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(refuse("it is the root of the file system"));
        };
        if out.exists() && !out.is_dir() {
            return Err(refuse("it is a file"));
        }
        let is_mount = is_mount(&out);
        let workshop = if is_mount { out.clone() } else { parent.to_path_buf() };
        Ok(Place { shown: shown.to_path_buf(), parent: parent.to_path_buf(), name: name.to_owned(), workshop, is_mount, out: out.clone() })
    }

    /// The lock file.
    pub fn lock(&self) -> PathBuf {
        self.beside(&self.parent, ".lock")
    }

    /// What the last build left for the next one.
    pub fn receipt(&self) -> PathBuf {
        self.beside(&self.parent, ".receipt")
    }

    /// The journal of a publication in place.
    pub fn journal(&self) -> PathBuf {
        self.beside(&self.workshop, ".journal")
    }

    /// The stage of a build by its id.
    pub fn stage(&self, id: &str) -> PathBuf {
        self.beside(&self.workshop, &format!(".stage-{id}"))
    }

    /// The ids of all stages, of this build or left behind by others.
    pub fn stages(&self) -> Vec<String> {
        let prefix = self.beside(Path::new(""), ".stage-").into_os_string().into_encoded_bytes();
        let names = std::fs::read_dir(&self.workshop).into_iter().flatten().flatten().map(|entry| entry.file_name().into_encoded_bytes());
        names.filter_map(|name| String::from_utf8(name.strip_prefix(&prefix[..])?.to_vec()).ok()).collect()
    }

    /// A path as messages show it.
    pub fn show(&self, path: &str) -> PathBuf {
        self.shown.join(path)
    }

    fn beside(&self, folder: &Path, ending: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(ending);
        folder.join(name)
    }

    /// Makes the folders above the output; returns those that were missing, outermost first.
    ///
    /// # Errors
    /// When one cannot be made.
    pub fn make_parents(&self) -> Result<Vec<PathBuf>, Fault> {
        let mut missing: Vec<PathBuf> = self.parent.ancestors().take_while(|path| !path.exists()).map(Path::to_path_buf).collect();
        missing.reverse();
        missing.iter().try_for_each(|path| std::fs::create_dir(path).map_err(cannot("make the folder", path)))?;
        Ok(missing)
    }
}

/// The canonical path, of which the last parts need not exist.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut known = absolute.as_path();
    let mut missing: Vec<Component<'_>> = Vec::new();
    loop {
        match known.canonicalize() {
            Ok(real) => return Ok(missing.iter().rev().fold(real, |path, part| path.join(part))),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) if known.is_symlink() => return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link that leads nowhere")),
            Err(error) => {
                let last = known.components().next_back().ok_or(error)?;
                if last == Component::ParentDir {
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, "it goes through a folder that does not exist"));
                }
                missing.push(last);
                known = known.parent().unwrap_or(Path::new("/"));
            }
        }
    }
}

/// Why nothing may be written there, if so.
fn forbidden(out: &Path, root: &Path) -> Option<String> {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    if out.parent().is_none() {
        return Some("it is the root of the file system".to_owned());
    }
    if out == root {
        return Some("it is the project itself".to_owned());
    }
    if root.starts_with(out) {
        return Some("the project lies in it".to_owned());
    }
    let home = std::env::var_os("HOME").map(PathBuf::from).and_then(|home| home.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(out)) {
        return Some("your home folder is there".to_owned());
    }
    if out.components().any(|part| part.as_os_str() == ".git") {
        return Some("it belongs to git".to_owned());
    }
    INPUTS.iter().find_map(|input| {
        let folder = root.join(input).canonicalize().unwrap_or_else(|_| root.join(input));
        (out.starts_with(&folder) || folder.starts_with(out)).then(|| format!("the site is made from the folder `{input}`"))
    })
}

/// Whether the folder is the root of a file system: a mounted disk, a container's volume.
#[cfg(target_os = "linux")]
fn is_mount(out: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, out, AtFlags::empty(), StatxFlags::TYPE).is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount(out: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|found| found.dev()).ok();
    out.parent().is_some_and(|parent| out.exists() && device(out) != device(parent))
}

#[cfg(not(unix))]
fn is_mount(_: &Path) -> bool {
    false
}
