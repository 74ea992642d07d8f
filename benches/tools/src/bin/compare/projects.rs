//! The projects that are measured, and the tools beside this program that make them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where projects and outputs lie.
pub struct Projects {
    /// Everything is below it.
    work: PathBuf,
    /// The program `corpus`.
    corpus: PathBuf,
    /// The program `floor`.
    pub floor: PathBuf,
    /// Changes when the corpus does.
    version: String,
}

impl Projects {
    /// Finds the tools.
    pub fn new(work: &Path) -> Result<Projects, String> {
        let here = std::env::current_exe().map_err(|error| format!("cannot find the tools: {error}"))?;
        let corpus = here.with_file_name("corpus");
        let program = std::fs::read(&corpus).map_err(|error| format!("cannot read {}: {error}", corpus.display()))?;
        let mut hasher = DefaultHasher::new();
        program.hash(&mut hasher);
        Ok(Projects { work: work.to_owned(), floor: here.with_file_name("floor"), corpus, version: format!("{:08x}", hasher.finish() >> 32) })
    }

    /// The project of a flavour, made when it is not there.
    pub fn corpus(&self, flavour: &str, pages: usize) -> Result<PathBuf, String> {
        let folder = self.work.join(format!("corpus-{}/{flavour}-{pages}", self.version));
        if !folder.exists() {
            let unfinished = folder.with_extension("new");
            remove(&unfinished)?;
            self.make(&unfinished, flavour, pages)?;
            std::fs::rename(&unfinished, &folder).map_err(|error| format!("cannot rename {}: {error}", unfinished.display()))?;
        }
        Ok(folder)
    }

    /// A project of one's own, to be changed.
    pub fn copy(&self, flavour: &str, pages: usize, name: &str) -> Result<PathBuf, String> {
        let folder = self.work.join(format!("edit-{name}-{pages}"));
        remove(&folder)?;
        self.make(&folder, flavour, pages)?;
        Ok(folder)
    }

    /// A new folder for one run of one tool; the tool makes the folder itself.
    pub fn output(&self, pages: usize, name: &str) -> Result<PathBuf, String> {
        let folder = self.outputs().join(pages.to_string());
        std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        Ok(folder.join(name.replace(' ', "-")))
    }

    /// Where all outputs lie; removed before and after a run, never during it: on ext4, deleting many files makes creating
    /// many within the next minutes up to ten times dearer.
    pub fn outputs(&self) -> PathBuf {
        self.work.join("out")
    }

    fn make(&self, folder: &Path, flavour: &str, pages: usize) -> Result<(), String> {
        let mut command = Command::new(&self.corpus);
        command.arg("--out").arg(folder).args(["--flavour", flavour, "--pages", &pages.to_string()]);
        crate::process::run(command).map(|_| ())
    }
}

/// Removes a folder if it is there.
pub fn remove(folder: &Path) -> Result<(), String> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("cannot remove {}: {error}", folder.display())),
        _ => Ok(()),
    }
}
