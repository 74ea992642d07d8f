//! What lies in the output folder now, and whether it is ours to change.

use super::walk::{Found, walk};
use super::{Place, Refusal, manifest};
use crate::system::fault::{Fault, cannot};
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// The output folder as it was found.
#[derive(Debug, Default)]
pub struct Tree {
    /// Our files, without the manifest.
    pub files: HashSet<String>,
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
        let mut listed = manifest::listed(&tree.manifest);
        let mut foreign = Vec::new();
        let found = walk(&place.out, &|below| is_kept(below, keep)).map_err(cannot("look into", &place.shown))?;
        for Found { below, kind } in found {
            if is_kept(&below, keep) {
                tree.kept.push(below);
            } else if let Some(name) = tree.foreign(&below, kind.is_file(), listed.as_mut()) {
                foreign.push(name);
            }
        }
        tree.kept.sort();
        if foreign.is_empty() { Ok(tree) } else { Err(refusal(place, listed.is_none(), foreign)) }
    }

    /// Takes a file that is ours; the name of one that is not.
    fn foreign(&mut self, below: &Path, is_file: bool, listed: Option<&mut HashSet<String>>) -> Option<String> {
        let name = slashed(below);
        let Some(listed) = listed.filter(|_| is_file) else {
            return Some(name);
        };
        match listed.take(&name) {
            Some(ours) => drop(self.files.insert(ours)),
            None if name == manifest::NAME => {}
            None => return Some(name),
        }
        None
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
