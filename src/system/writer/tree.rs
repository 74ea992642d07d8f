//! What lies in the output folder now, and whether it is ours to change (B-6).

use super::manifest;
use super::{Place, Refusal};
use crate::system::fault::{Fault, cannot};
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The output folder as it was found.
#[derive(Debug, Default)]
pub struct Tree {
    /// Our files, without the manifest.
    pub files: BTreeSet<String>,
    /// The bytes of the manifest; empty when there is none.
    pub manifest: Vec<u8>,
    /// Files and folders that are kept for somebody else, as found.
    pub kept: Vec<PathBuf>,
    /// Whether the folder exists at all.
    pub exists: bool,
}

/// The most foreign files that a refusal names.
const NAMED: usize = 8;

impl Tree {
    /// Looks at the output folder.
    ///
    /// # Errors
    /// A refusal when it holds files that are neither listed in its manifest nor kept.
    pub fn look(place: &Place, keep: &[String]) -> Result<Tree, Refusal> {
        let mut tree = Tree { exists: place.out.exists(), ..Tree::default() };
        if !tree.exists {
            return Ok(tree);
        }
        tree.manifest = read_manifest(place)?;
        let listed = manifest::listed(&tree.manifest);
        let mut foreign = Vec::new();
        let mut entries = WalkDir::new(&place.out).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|error| Fault::new("look into", &place.shown, error.into()))?;
            let below = entry.path().strip_prefix(&place.out).unwrap_or(entry.path());
            if is_kept(below, keep) {
                tree.kept.push(below.to_path_buf());
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            } else if !entry.file_type().is_dir() {
                tree.take(below, entry.file_type().is_file(), listed.as_ref(), &mut foreign);
            }
        }
        if foreign.is_empty() { Ok(tree) } else { Err(refusal(place, listed.is_none(), foreign)) }
    }

    fn take(&mut self, below: &Path, is_file: bool, listed: Option<&HashSet<String>>, foreign: &mut Vec<String>) {
        let name = slashed(below);
        match listed {
            Some(_) if is_file && name == manifest::NAME => {}
            Some(listed) if is_file && listed.contains(&name) => drop(self.files.insert(name)),
            _ => foreign.push(name),
        }
    }
}

/// A path below the output folder as the manifest writes it.
fn slashed(below: &Path) -> String {
    let name = below.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}

/// Whether a path is, or lies in, something that `output.keep` names.
pub fn is_kept(below: &Path, keep: &[String]) -> bool {
    keep.iter().map(|name| name.trim_start_matches("./").trim_matches('/')).any(|name| !name.is_empty() && below.starts_with(name))
}

fn read_manifest(place: &Place) -> Result<Vec<u8>, Fault> {
    let path = place.out.join(manifest::NAME);
    match std::fs::read(&path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::IsADirectory) => Ok(Vec::new()),
        read => read.map_err(cannot("read", &place.show(manifest::NAME))),
    }
}

fn refusal(place: &Place, is_unlisted: bool, mut foreign: Vec<String>) -> Refusal {
    foreign.sort();
    let more = foreign.len().saturating_sub(NAMED);
    foreign.truncate(NAMED);
    let names = foreign.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let what = if is_unlisted { "it holds files that no build has written" } else { "it holds files that the last build has not written" };
    Refusal::Folder { path: place.shown.clone(), why: format!("{what}: {names}{more}; move them away, or name them in `output.keep` in site.toml") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeping_a_folder_keeps_what_is_in_it_and_nothing_of_a_like_name() {
        let keep = ["CNAME".to_owned(), "./.git/".to_owned(), "/downloads/old".to_owned(), "/".to_owned()];
        for path in ["CNAME", ".git", ".git/config", "downloads/old/a.pdf"] {
            assert!(is_kept(Path::new(path), &keep), "{path}");
        }
        for path in ["CNAME2", ".gitignore", "downloads", "downloads/older", "a/CNAME"] {
            assert!(!is_kept(Path::new(path), &keep), "{path}");
        }
    }
}
