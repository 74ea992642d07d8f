//! One look at the input folders: which files there are, which folders to watch, what is wrong with them.

use super::names;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use crate::system::fault;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The folders a site is made from.
pub const INPUTS: &[&str] = &["content", "locales", "themes", "static"];

/// The settings of a site.
pub const SETTINGS: &str = "site.toml";

/// How many links to folders may lie inside each other.
const DEEPEST: usize = 8;

/// What one look found.
#[derive(Debug, Default)]
pub struct Scan {
    /// Every file, with its place below the root where that is another than its name.
    pub files: BTreeMap<SourcePath, Option<PathBuf>>,
    /// Every folder that was looked into, and those of linked files: all that must be watched besides the root.
    pub folders: BTreeSet<PathBuf>,
    /// Links that lead out or in a circle, names that cannot be, folders that cannot be read.
    pub problems: Vec<Diagnostic>,
}

impl Scan {
    /// Looks at the settings and the input folders below `root`, which is canonical.
    pub fn of(root: &Path) -> Scan {
        let mut walk = Walk { root, scan: Scan::default(), inside: Vec::new() };
        walk.start(SETTINGS);
        INPUTS.iter().for_each(|folder| walk.start(folder));
        walk.scan
    }
}

struct Walk<'a> {
    root: &'a Path,
    scan: Scan,
    /// The real folders whose links led here.
    inside: Vec<PathBuf>,
}

impl Walk<'_> {
    fn start(&mut self, name: &str) {
        let real = self.root.join(name);
        match std::fs::symlink_metadata(&real) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.unreadable(name, &error),
            Ok(found) if found.is_symlink() => self.link(&real, name),
            Ok(found) if found.is_dir() && name != SETTINGS => self.folder(&real, name),
            Ok(found) if found.is_file() && name == SETTINGS => self.file(&real, name),
            Ok(_) => self.problem(Code::FIL001, name, "this is neither a file nor a folder that can be read".to_owned(), "replace it"),
        }
    }

    /// Walks a real folder that the site sees as `name`.
    fn folder(&mut self, real: &Path, name: &str) {
        let walker = WalkDir::new(real).follow_links(false).sort_by_file_name();
        let mut entries = walker.into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.depth() == 0 => drop(self.scan.folders.insert(real.to_path_buf())),
                Ok(entry) => {
                    let is_folder = entry.file_type().is_dir();
                    if !self.entry(&entry, real, name) && is_folder {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.walk_error(real, name, &error),
            }
        }
    }

    /// Takes one entry; `false` when it is not part of the site.
    fn entry(&mut self, entry: &DirEntry, real: &Path, name: &str) -> bool {
        let Some(file_name) = entry.file_name().to_str().filter(|name| names::is_nameable(name)) else {
            self.unnameable(entry);
            return false;
        };
        let Some(logical) = logical(entry.path(), real, name) else {
            return false; // A parent was unnameable and has been reported.
        };
        let kind = entry.file_type();
        let private = if kind.is_dir() { names::is_private_folder(file_name) } else { names::is_private_file(file_name) };
        if private && !names::is_well_known(&logical) {
            return false;
        }
        if kind.is_dir() {
            self.scan.folders.insert(entry.path().to_path_buf());
        } else if kind.is_symlink() {
            self.link(entry.path(), &logical);
        } else if kind.is_file() {
            self.file(entry.path(), &logical);
        } else {
            self.problem(Code::FIL001, &logical, "this is no ordinary file but a pipe, socket or device".to_owned(), "remove it");
        }
        true
    }

    fn file(&mut self, real: &Path, logical: &str) {
        let path = SourcePath::new(composed(logical));
        if names::keeps_its_name(&path)
            && let Some((wrong, help)) = names::unpublishable(&path)
        {
            self.problem(Code::FIL004, &path, wrong, &help);
        }
        let below = real.strip_prefix(self.root).unwrap_or(real);
        let place = (below != Path::new(&*path)).then(|| below.to_path_buf());
        let wrong = "two files have this name, written with different code points".to_owned();
        match self.scan.files.entry(path) {
            Entry::Vacant(free) => drop(free.insert(place)),
            Entry::Occupied(_) => self.problem(Code::FIL004, logical, wrong, "rename one of them; they look the same to readers"),
        }
    }

    /// Follows a link as long as it stays inside the project.
    fn link(&mut self, real: &Path, logical: &str) {
        let target = match real.canonicalize() {
            Ok(target) => target,
            Err(error) => return self.broken_link(real, logical, &error),
        };
        let Ok(below) = target.strip_prefix(self.root) else {
            let wrong = format!("this link leads out of the project: `{logical}` points to `{}`", target.display());
            return self.problem(Code::FIL002, logical, wrong, "copy the file into the project instead");
        };
        let hidden = below.iter().any(|part| part.to_str().is_none_or(names::is_private_folder)) || below.as_os_str().is_empty();
        let here = real.parent().unwrap_or(real).to_path_buf();
        if self.inside.iter().chain([&here]).any(|folder| folder.starts_with(&target)) {
            self.circle(&here, &target, logical);
        } else if hidden {
            let wrong = format!("this link leads to `{}`, which is never published", below.display());
            self.problem(Code::FIL002, logical, wrong, "copy the file instead");
        } else if self.inside.len() >= DEEPEST {
            self.problem(Code::FIL002, logical, format!("more than {DEEPEST} links to folders lie inside each other"), "use fewer links");
        } else if target.is_dir() {
            self.inside.push(here);
            self.folder(&target, logical);
            self.inside.pop();
        } else {
            self.scan.folders.extend(target.parent().map(Path::to_path_buf));
            self.linked_file(&target, logical);
        }
    }

    fn linked_file(&mut self, target: &Path, logical: &str) {
        let name = target.file_name().and_then(|name| name.to_str()).unwrap_or("~");
        if names::is_private_file(name) {
            let wrong = format!("this link leads to `{name}`, which is never published");
            self.problem(Code::FIL002, logical, wrong, "copy the file instead");
        } else if target.is_file() {
            self.file(target, logical);
        } else {
            self.problem(Code::FIL001, logical, "this link leads to a pipe, socket or device".to_owned(), "remove it");
        }
    }

    fn circle(&mut self, here: &Path, target: &Path, logical: &str) {
        let mut chain: Vec<String> = self.inside.iter().map(|folder| self.shown(folder)).collect();
        chain.extend([self.shown(here), self.shown(target)]);
        let wrong = format!("this link leads in a circle: `{}`", chain.join("` → `"));
        self.problem(Code::FIL002, logical, wrong, "remove the link");
    }

    fn broken_link(&mut self, real: &Path, logical: &str, error: &io::Error) {
        let target = std::fs::read_link(real).map(|target| target.display().to_string()).unwrap_or_default();
        let wrong = match error.kind() {
            io::ErrorKind::NotFound => format!("this link points to `{target}`, which does not exist"),
            _ if fault::is_circle(error) => format!("this link leads in a circle: `{logical}` points to `{target}`"),
            _ => format!("this link to `{target}` cannot be followed: {}", fault::reason(error)),
        };
        self.problem(Code::FIL002, logical, wrong, "mend or remove the link");
    }

    fn walk_error(&mut self, real: &Path, name: &str, error: &walkdir::Error) {
        let place = error.path().and_then(|path| logical(path, real, name)).unwrap_or_else(|| name.to_owned());
        match error.io_error() {
            Some(error) if error.kind() == io::ErrorKind::NotFound => {} // It went away while we looked.
            Some(error) => self.unreadable(&place, error),
            None => self.unreadable(&place, &io::Error::other(error.to_string())),
        }
    }

    fn unnameable(&mut self, entry: &DirEntry) {
        let shown = self.shown(entry.path());
        let wrong = "this name holds control characters, a backslash or bytes that are not UTF-8".to_owned();
        self.problem(Code::FIL004, &shown, wrong, "rename it");
    }

    fn unreadable(&mut self, path: &str, error: &io::Error) {
        self.scan.problems.push(Diagnostic::unreadable(&SourcePath::new(path), &fault::reason(error)));
    }

    fn problem(&mut self, code: Code, path: &str, wrong: String, help: &str) {
        let problem = Diagnostic::new(code, wrong).at(Span::new(&SourcePath::new(path), 0..0)).help(help);
        self.scan.problems.push(problem);
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.root).unwrap_or(path).display().to_string()
    }
}

/// The name the site knows a real path by.
fn logical(path: &Path, real: &Path, name: &str) -> Option<String> {
    let below = path.strip_prefix(real).ok()?.to_str()?;
    let below = if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() };
    Some(if below.is_empty() { name.to_owned() } else { format!("{name}/{below}") })
}

/// The name in NFC, so that a file system that decomposes names builds the same site.
fn composed(name: &str) -> std::borrow::Cow<'_, str> {
    if name.is_ascii() { name.into() } else { icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(name) }
}
