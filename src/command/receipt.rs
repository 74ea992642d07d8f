//! What a build leaves beside its output, so that the same build again has only to look.
//!
//! One hash stands for everything that the output was made from and for how each of its files lies on disk. It is compared whole: a
//! receipt that is missing, torn or of another program means nothing more than a full build.

use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::path::SourcePath;
use crate::base::world::{FileBytes, World};
use crate::pipeline::Options;
use crate::system::disk::read::Stamp;
use crate::system::disk::scan::INPUTS;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

const HEAD: &str = "rahnama receipt 1";

/// A world that notes what is read from it: what counts is what the build saw, not what lies there afterwards.
pub struct Noted<'w> {
    world: &'w dyn World,
    seen: Mutex<BTreeMap<SourcePath, Option<Hash>>>,
}

impl<'w> Noted<'w> {
    /// Nothing has been read yet.
    pub fn new(world: &'w dyn World) -> Noted<'w> {
        Noted { world, seen: Mutex::default() }
    }
}

impl World for Noted<'_> {
    fn list(&self, folder: &str) -> Vec<SourcePath> {
        self.world.list(folder)
    }

    fn read(&self, path: &SourcePath) -> Result<FileBytes, Box<Diagnostic>> {
        let file = self.world.read(path)?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known = seen.entry(path.clone()).or_insert(Some(file.hash));
        // Two readings of one build that differ cannot be compared with anything.
        *known = known.filter(|known| *known == file.hash);
        Ok(file)
    }

    fn exists(&self, path: &str) -> bool {
        self.world.exists(path)
    }

    fn problems(&self) -> Vec<Diagnostic> {
        self.world.problems()
    }
}

/// The hash of all inputs: the program, the choices, and each file as the build saw it or, where it did not look, as it lies there.
/// `None` when that cannot be said.
pub fn inputs(noted: &Noted<'_>, options: &Options) -> Option<Hash> {
    let program = std::env::current_exe().and_then(|program| program.metadata()).map(|found| Stamp::of(&found)).ok()?;
    let mut paths: Vec<SourcePath> = INPUTS.iter().flat_map(|folder| noted.world.list(folder)).collect();
    paths.push(SourcePath::new("site.toml"));
    let seen = noted.seen.lock().unwrap_or_else(PoisonError::into_inner);
    let hash = |path: &SourcePath| seen.get(path).copied().unwrap_or_else(|| noted.world.read(path).ok().map(|file| file.hash));
    let hashes: Option<Vec<Hash>> = paths.par_iter().map(hash).collect();
    noted.world.problems().is_empty().then_some(())?;
    Some(Hash::of_value(&(program, format!("{options:?}"), paths.iter().map(|path| &**path).collect::<Vec<_>>(), hashes?)))
}

/// The hash of the output as it lies on disk; `None` when a file is gone.
pub fn output(folder: &Path, mut files: Vec<&str>) -> Option<Hash> {
    files.sort_unstable();
    let stamp = |file: &&str| folder.join(file).symlink_metadata().ok().map(|found| Stamp::of(&found));
    let stamps: Option<Vec<Stamp>> = files.par_iter().map(stamp).collect();
    Some(Hash::of_value(&(&files, stamps?)))
}

/// Whether the receipt at a path says that these inputs have become this output; gives how many pages that were.
pub fn read(path: &Path, inputs: Hash, output: Hash) -> Option<usize> {
    let text = std::fs::read_to_string(path).ok()?;
    let pages = text.split_whitespace().next_back()?.parse().ok()?;
    (text == receipt(inputs, output, pages)).then_some(pages)
}

/// Leaves a receipt; without one the next build is a full one.
pub fn write(path: &Path, inputs: Hash, output: Hash, pages: usize) {
    let beside = path.with_extension("receipt.new");
    let written = std::fs::write(&beside, receipt(inputs, output, pages)).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(path);
    }
}

fn receipt(inputs: Hash, output: Hash, pages: usize) -> String {
    format!("{HEAD} {} {pages}\n", Hash::of_value(&(inputs, output, pages)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_with_any_byte_flipped_or_missing_says_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("public.receipt");
        let (inputs, output) = (Hash::of(b"inputs"), Hash::of(b"output"));
        write(&path, inputs, output, 102);
        assert_eq!(read(&path, inputs, output), Some(102));
        assert_eq!((read(&path, output, output), read(&path, inputs, inputs)), (None, None));
        let whole = std::fs::read(&path).expect("it has been written");
        for at in 0..whole.len() {
            std::fs::write(&path, &whole[..at]).expect("torn");
            assert_eq!(read(&path, inputs, output), None, "torn after {at} bytes");
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[at] ^= 1 << bit;
                std::fs::write(&path, &flipped).expect("flipped");
                assert_eq!(read(&path, inputs, output), None, "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn a_file_that_is_read_twice_and_differs_is_compared_with_nothing() {
        let mut world = crate::base::world::MemoryWorld::default();
        world.put("site.toml", "title = \"One\"\n");
        let options = Options {
            drafts: crate::site::Drafts::Exclude,
            today: crate::language::date::Date::parse("2026-01-01", crate::language::data::Calendar::Gregory).expect("a day"),
            portable: false,
            base_url: None,
        };
        let noted = Noted::new(&world);
        assert!(inputs(&noted, &options).is_some());
        noted.read(&SourcePath::new("site.toml")).expect("it is there");
        assert!(inputs(&noted, &options).is_some());
        noted.seen.lock().expect("alone").insert(SourcePath::new("site.toml"), Some(Hash::of(b"another")));
        noted.read(&SourcePath::new("site.toml")).expect("it is there");
        assert_eq!(inputs(&noted, &options), None);
    }
}
