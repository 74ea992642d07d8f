//! Every file below a folder, looked for by all threads: an output folder has a folder for each page.

use rayon::prelude::*;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// One file, or one folder that was not entered.
#[derive(Debug)]
pub struct Found {
    /// Its path below the folder.
    pub below: PathBuf,
    /// What it is.
    pub kind: FileType,
}

/// Lists all files, in no order; folders for which `stop` says so are listed themselves.
///
/// # Errors
/// When a folder cannot be read.
pub fn walk(folder: &Path, stop: &(dyn Fn(&Path) -> bool + Sync)) -> io::Result<Vec<Found>> {
    into(folder, Path::new(""), stop)
}

fn into(folder: &Path, below: &Path, stop: &(dyn Fn(&Path) -> bool + Sync)) -> io::Result<Vec<Found>> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let (kind, below) = (entry.file_type()?, below.join(entry.file_name()));
        if kind.is_dir() && !stop(&below) { folders.push(below) } else { files.push(Found { below, kind }) }
    }
    let deeper: Vec<Vec<Found>> = folders.par_iter().map(|below| into(folder, below, stop)).collect::<io::Result<_>>()?;
    files.extend(deeper.into_iter().flatten());
    Ok(files)
}
