//! The files being served: a new site is made from the last one in the time of what differs.

use crate::base::files::Blob;
use crate::base::path::OutPath;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Parts that are shared or copied as a whole: few enough to go through, and each small enough to copy.
const SHELVES: usize = 256;

/// A file of a site.
pub type File = (OutPath, Arc<Blob>);

/// The files of a site, by path.
#[derive(Clone, Debug)]
pub struct Files {
    /// Each file is on the shelf of its path's hash.
    shelves: Vec<Arc<HashMap<OutPath, Arc<Blob>>>>,
    /// All of them in the order of their paths' places in memory, where what two builds share is found without reading a path.
    all: Arc<[File]>,
}

impl Default for Files {
    fn default() -> Files {
        Files { shelves: vec![Arc::default(); SHELVES], all: Arc::default() }
    }
}

impl Files {
    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<(&OutPath, &Arc<Blob>)> {
        self.shelves[shelf(path)].get_key_value(path)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// These files in place of the ones there are; each path is there once.
    #[must_use]
    pub fn replaced(&self, mut files: Vec<File>) -> Files {
        files.sort_unstable_by_key(|(path, _)| OutPath::place(path));
        let (mut gone, mut came) = (Vec::new(), Vec::new());
        let mut old = self.all.iter().peekable();
        for file in &files {
            let place = OutPath::place(&file.0);
            while let Some((path, _)) = old.next_if(|(path, _)| OutPath::place(path) < place) {
                gone.push(path);
            }
            let before = old.next_if(|(path, _)| OutPath::place(path) == place);
            if before.is_none_or(|(_, before)| !Arc::ptr_eq(before, &file.1)) {
                came.push(file);
            }
        }
        gone.extend(old.map(|(path, _)| path));
        let mut shelves = self.shelves.clone();
        for path in gone {
            Arc::make_mut(&mut shelves[shelf(path)]).remove(path);
        }
        for (path, blob) in came {
            Arc::make_mut(&mut shelves[shelf(path)]).insert(path.clone(), blob.clone());
        }
        Files { shelves, all: files.into() }
    }

    /// The paths of files that came, went, or have other bytes in a later site.
    pub fn changed(&self, later: &Files) -> BTreeSet<OutPath> {
        let mut changed = BTreeSet::new();
        for (old, new) in self.shelves.iter().zip(&later.shelves).filter(|(old, new)| !Arc::ptr_eq(old, new)) {
            let came = new.iter().filter(|(path, blob)| old.get(*path).is_none_or(|before| before.hash != blob.hash)).map(|(path, _)| path);
            let gone = old.keys().filter(|path| !new.contains_key(*path));
            changed.extend(came.chain(gone).cloned());
        }
        changed
    }
}

impl FromIterator<File> for Files {
    fn from_iter<I: IntoIterator<Item = File>>(files: I) -> Files {
        Files::default().replaced(files.into_iter().collect())
    }
}

fn shelf(path: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish() as usize % SHELVES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        (OutPath::new(path), Blob::new(text))
    }

    /// What lies at `a` to `e`.
    fn texts(files: &Files) -> String {
        let text = |path: &str| files.get(path).map_or("-".into(), |(_, blob)| String::from_utf8_lossy(&blob.bytes).into_owned());
        ["a", "b", "c", "d", "e"].map(text).concat()
    }

    #[test]
    fn a_site_takes_the_place_of_another() {
        let [stays, same, moved] = [file("a", "1"), file("b", "1"), file("c", "1")];
        let first: Files = [stays.clone(), same.clone(), moved.clone(), file("d", "1")].into_iter().collect();
        let second = first.replaced(vec![(moved.0.clone(), Blob::new("2")), stays, file("b", "1"), file("e", "1")]);
        assert_eq!(texts(&first), "1111-");
        assert_eq!(texts(&second), "112-1");
        assert_eq!((first.len(), second.len()), (4, 4));
        let changed: Vec<String> = first.changed(&second).iter().map(|path| path.to_string()).collect();
        assert_eq!(changed, ["c", "d", "e"], "equal bytes under a new name in memory are no change");
        assert_eq!(Files::default().changed(&first).len(), 4);
        assert_eq!(first.changed(&Files::default()).len(), 4);
    }
}
