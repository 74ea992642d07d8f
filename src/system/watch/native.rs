//! Watching by being told: every folder of the project has a watch of its own.
//!
//! The library's own recursion misses folders made inside folders just made, and goes where links lead; the list of folders comes from the
//! same [`Scan`] that lists the files, and is brought up to date whenever a folder comes, goes or moves.

use super::{Pending, Shared};
use crate::system::disk::names;
use crate::system::disk::scan::{INPUTS, SETTINGS, Scan};
use notify::event::{EventKind, ModifyKind, RemoveKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How often the folders are listed again while new ones appear.
const ROUNDS: usize = 20;

/// The watches.
pub struct Native {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Native {
    /// Watches every folder of the project.
    ///
    /// # Errors
    /// A note for the author: the system has no watches left, or none at all.
    pub fn new(root: &Path, shared: &Arc<Shared>) -> Result<Native, String> {
        let (shared, place) = (shared.clone(), root.to_path_buf());
        let handler = move |event: notify::Result<Event>| hear(&shared, &place, event);
        let watcher = RecommendedWatcher::new(handler, Config::default()).map_err(|error| note(&error))?;
        let mut native = Native { watcher, watched: BTreeSet::new() };
        native.watch_all(root)?;
        Ok(native)
    }

    /// After something came, went or got another name at these places: watches what is new, forgets what is gone; whether folders were meant.
    pub fn follow(&mut self, root: &Path, places: &BTreeSet<PathBuf>) -> Result<bool, String> {
        let is_folder = |place: &PathBuf| self.watched.contains(place) || place.metadata().is_ok_and(|found| found.is_dir()) || place.is_symlink();
        let meant: Vec<&PathBuf> = places.iter().filter(|place| is_folder(place)).collect();
        if meant.is_empty() {
            return Ok(false);
        }
        for place in meant {
            self.forget(place);
        }
        self.watch_all(root)?;
        Ok(true)
    }

    /// A folder of the same name may be another one by now, so its watches and all below are made anew.
    fn forget(&mut self, place: &Path) {
        let below: Vec<PathBuf> = self.watched.range(place.to_path_buf()..).take_while(|path| path.starts_with(place)).cloned().collect();
        for path in below {
            let _ = self.watcher.unwatch(&path); // Gone with its folder, most likely.
            self.watched.remove(&path);
        }
    }

    /// Watches every folder that is not watched yet, until a look finds no more: folders may be made while we look.
    fn watch_all(&mut self, root: &Path) -> Result<(), String> {
        for _ in 0..ROUNDS {
            let found: BTreeSet<PathBuf> = Scan::of(root).folders.into_iter().chain([root.to_path_buf()]).collect();
            let before = self.watched.len();
            found.into_iter().try_for_each(|folder| self.watch(folder, root))?;
            if self.watched.len() == before {
                break;
            }
        }
        Ok(())
    }

    fn watch(&mut self, folder: PathBuf, root: &Path) -> Result<(), String> {
        if self.is_covered(&folder, root) {
            return Ok(());
        }
        let is_deep = !cfg!(target_os = "linux") && folder != root;
        let mode = if is_deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        match self.watcher.watch(&folder, mode) {
            Err(error) if !is_gone(&error) => return Err(note(&error)),
            Err(_) => {} // It went away meanwhile, and its parent tells when it is back.
            Ok(()) => drop(self.watched.insert(folder)),
        }
        Ok(())
    }

    /// Whether a folder is watched: by itself, or elsewhere than on Linux by one above it.
    fn is_covered(&self, folder: &Path, root: &Path) -> bool {
        let is_above = |above: &Path| above != root && self.watched.contains(above);
        self.watched.contains(folder) || !cfg!(target_os = "linux") && folder.ancestors().skip(1).any(is_above)
    }
}

fn is_gone(error: &notify::Error) -> bool {
    use notify::ErrorKind;
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory),
        _ => false,
    }
}

/// Why being told does not work here, and what would help.
fn note(error: &notify::Error) -> String {
    let instead = "looking at the files a few times a second instead";
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            format!("the system watches no more folders; {instead}. To allow more: sudo sysctl fs.inotify.max_user_watches=524288")
        }
        notify::ErrorKind::Io(error) if crate::system::fault::is_out_of_handles(error) => {
            format!("too many programs watch files; {instead}. To allow more: sudo sysctl fs.inotify.max_user_instances=512")
        }
        _ => format!("the system does not tell of changes ({error}); {instead}"),
    }
}

/// Takes one event; reading a file is none.
pub fn hear(shared: &Shared, root: &Path, event: notify::Result<Event>) {
    let Ok(event) = event else {
        return shared.tell(|pending| pending.is_anything = true);
    };
    if event.need_rescan() {
        // Some events were lost, so any folder may be new.
        return shared.tell(|pending| {
            pending.is_anything = true;
            pending.places.insert(root.to_path_buf());
        });
    }
    let is_place = match event.kind {
        EventKind::Access(_) => return,
        EventKind::Remove(RemoveKind::File) => false,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => true, // A new link counts as a file.
        _ => false,
    };
    let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| is_ours(path, root)).collect();
    if !paths.is_empty() {
        shared.tell(|pending: &mut Pending| if is_place { pending.places.extend(paths) } else { pending.paths.extend(paths) });
    }
}

/// Whether a path may belong to the site: not what editors leave for a moment, not what else lies in the root.
fn is_ours(path: &Path, root: &Path) -> bool {
    if path == root {
        return true;
    }
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return true; // Not a name that a site can have, but a problem to report.
    };
    if path.parent() == Some(root) {
        return name == SETTINGS || INPUTS.contains(&name);
    }
    name == ".well-known" || !names::is_private_file(name)
}

/// Whether a folder lies on a disk of another computer, or of the host of a container or virtual machine.
#[cfg(target_os = "linux")]
pub fn is_remote(root: &Path) -> bool {
    const REMOTE: &[u32] = &[
        0x6969,      // NFS
        0x517B,      // SMB
        0xFE53_4D42, // SMB 2
        0xFF53_4D42, // CIFS
        0x0102_1997, // 9P: WSL, virtual machines
        0x6573_5546, // FUSE: sshfs, virtiofs, Docker Desktop
        0x786F_4256, // VirtualBox
        0xBACB_ACBC, // VMware
        0x7C7C_6673, // Parallels
        0x5346_414F, // AFS
        0x00C3_6400, // Ceph
    ];
    rustix::fs::statfs(root).is_ok_and(|found| u32::try_from(found.f_type & 0xFFFF_FFFF).is_ok_and(|kind| REMOTE.contains(&kind)))
}

#[cfg(not(target_os = "linux"))]
pub fn is_remote(_: &Path) -> bool {
    false
}
