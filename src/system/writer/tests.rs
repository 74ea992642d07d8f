use super::*;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use tempfile::TempDir;

mod disks;
mod faults;

type Site = BTreeMap<String, String>;

/// A project with an output folder, as tests see it.
pub struct Project {
    pub folder: TempDir,
    pub keep: Vec<String>,
}

impl Project {
    pub fn new() -> Project {
        // In memory where there is such a disk: writing out a busy real one takes minutes over thousands of publications.
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
        for input in ["content/sv", "static", "themes", "locales"] {
            fs::create_dir_all(folder.path().join(input)).unwrap();
        }
        fs::write(folder.path().join("site.toml"), "").unwrap();
        Project { folder, keep: Vec::new() }
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    pub fn open(&self) -> Result<Publisher, Refusal> {
        self.open_with(Disk, &self.out(), None)
    }

    pub fn open_with<O: Ops>(&self, ops: O, out: &Path, memory: Option<Memory>) -> Result<Publisher<O>, Refusal> {
        Publisher::open_with(ops, &Target { out, keep: &self.keep, root: &self.root(), wait: Wait::Briefly }, memory)
    }

    pub fn publish(&self, site: &Site) -> Published {
        put_all(self.open().unwrap(), site).unwrap()
    }

    /// The published files without the manifest.
    pub fn published(&self) -> Site {
        read_tree(&self.out())
    }

    /// Names in the project folder that a publication left behind.
    pub fn leftovers(&self) -> Vec<String> {
        let names = fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.')).collect()
    }
}

pub fn put_all<O: Ops>(publisher: Publisher<O>, site: &Site) -> Result<Published, Fault> {
    site.par_iter().for_each(|(path, text)| publisher.put(OutPath::new(path), Blob::new(text.as_str())));
    publisher.finish()
}

/// All files below a folder; fails when the manifest does not fit them.
pub fn read_tree(out: &Path) -> Site {
    let files = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    let below = |path: &Path| path.strip_prefix(out).unwrap().to_str().unwrap().to_owned();
    let mut site: Site = files.map(|entry| (below(entry.path()), fs::read_to_string(entry.path()).unwrap())).collect();
    if let Some(text) = site.remove(manifest::NAME) {
        let records = site.iter().map(|(path, text)| (OutPath::new(path), Record::of(&Blob::new(text.as_str())))).collect();
        assert_eq!(text.as_bytes(), manifest::manifest(&records), "the manifest fits the files");
    } else {
        assert_eq!(site, Site::new(), "there is a manifest");
    }
    site
}

/// A site of `pages` pages with the edition in those named by `changed`.
pub fn site(pages: usize, edition: &str, changed: impl Fn(usize) -> bool) -> Site {
    let text = |i: usize| format!("page {i} {}", if changed(i) { edition } else { "" });
    let pages = (0..pages).map(|i| (format!("sv/strategi/sida-{i}/index.html"), text(i)));
    pages.chain([("style.css".to_owned(), "css".to_owned()), ("sitemap.xml".to_owned(), edition.to_owned())]).collect()
}

fn names(paths: &[OutPath]) -> Vec<&str> {
    paths.iter().map(|path| &**path).collect()
}

#[test]
fn publishes_what_was_put_and_says_what_it_did() {
    let project = Project::new();
    let first = project.publish(&site(3, "a", |_| true));
    assert_eq!((first.written.len(), first.removed.len(), first.unchanged), (5, 0, 0));
    assert_eq!(project.published(), site(3, "a", |_| true));
    let second = project.publish(&site(2, "a", |i| i == 0));
    assert_eq!(names(&second.written), ["sv/strategi/sida-1/index.html"]);
    assert_eq!(names(&second.removed), ["sv/strategi/sida-2/index.html"]);
    assert_eq!(second.unchanged, 3);
    assert_eq!(project.published(), site(2, "a", |i| i == 0));
    assert!(!project.out().join("sv/strategi/sida-2").exists(), "empty folders go");
    assert_eq!(project.leftovers(), Vec::<String>::new());
}

/// Inode, time of change and of content of every file and folder.
fn stamps(out: &Path) -> Vec<(PathBuf, u64, i64, i64)> {
    let entries = walkdir::WalkDir::new(out).sort_by_file_name().into_iter().map(Result::unwrap);
    entries
        .map(|entry| (entry.path().to_owned(), entry.metadata().unwrap()))
        .map(|(path, m)| (path, m.ino(), m.mtime_nsec(), m.ctime_nsec()))
        .collect()
}

#[test]
fn nothing_changed_means_nothing_written() {
    let project = Project::new();
    let memory = project.publish(&site(30, "a", |_| true)).memory;
    let before = stamps(&project.out());
    project.publish(&site(30, "a", |_| true));
    let again = put_all(project.open_with(Disk, &project.out(), Some(memory)).unwrap(), &site(30, "a", |_| true)).unwrap();
    assert_eq!((again.written.len(), again.removed.len(), again.unchanged), (0, 0, 32));
    assert_eq!(stamps(&project.out()), before);
}

#[test]
fn few_changes_touch_only_the_changed_files() {
    let project = Project::new();
    let memory = project.publish(&site(100, "a", |i| i == 7)).memory;
    let folder = fs::metadata(project.out()).unwrap().ino();
    let before = stamps(&project.out());
    let published = put_all(project.open_with(Disk, &project.out(), Some(memory)).unwrap(), &site(100, "b", |i| i == 7)).unwrap();
    assert_eq!(names(&published.written), ["sitemap.xml", "sv/strategi/sida-7/index.html"]);
    let changed: Vec<String> =
        before.iter().zip(stamps(&project.out())).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0.display().to_string()).collect();
    assert_eq!(changed.len(), 3, "a page, the sitemap, the manifest: {changed:?}");
    assert_eq!(fs::metadata(project.out()).unwrap().ino(), folder);
    assert_eq!(project.published(), site(100, "b", |i| i == 7));
}

#[test]
fn many_changes_exchange_the_folder_and_link_what_is_unchanged() {
    let project = Project::new();
    project.publish(&site(20, "a", |_| true));
    let inode = |i: usize| fs::metadata(project.out().join(format!("sv/strategi/sida-{i}/index.html"))).unwrap().ino();
    let (folder, page) = (fs::metadata(project.out()).unwrap().ino(), inode(3));
    project.publish(&site(20, "a", |i| i < 10));
    assert_ne!(fs::metadata(project.out()).unwrap().ino(), folder);
    assert_eq!(inode(3), page);
    assert_eq!(project.published(), site(20, "a", |i| i < 10));
    assert_eq!(project.leftovers(), Vec::<String>::new());
}

#[test]
fn files_and_folders_may_take_each_others_places() {
    let project = Project::new();
    let mut one = site(100, "", |_| false);
    let mut two = one.clone();
    one.extend([("a".to_owned(), "file".to_owned()), ("b/c/d".to_owned(), "below".to_owned())]);
    two.extend([("a/x".to_owned(), "below".to_owned()), ("b".to_owned(), "file".to_owned())]);
    for site in [&one, &two, &one] {
        project.publish(site);
        assert_eq!(project.published(), *site);
    }
}

#[test]
fn what_is_kept_survives_every_way_of_publishing() {
    let mut project = Project::new();
    project.keep = vec![".git".to_owned(), "CNAME".to_owned()];
    fs::create_dir_all(project.out().join(".git/refs")).unwrap();
    fs::write(project.out().join(".git/refs/main"), "abc").unwrap();
    fs::write(project.out().join("CNAME"), "example.org").unwrap();
    for (pages, edition) in [(40, "a"), (40, "b"), (2, "c")] {
        project.publish(&site(pages, edition, |_| true));
        assert_eq!(fs::read_to_string(project.out().join(".git/refs/main")).unwrap(), "abc");
        assert_eq!(fs::read_to_string(project.out().join("CNAME")).unwrap(), "example.org");
    }
}

#[test]
fn a_folder_with_other_files_is_refused_and_not_touched() {
    let project = Project::new();
    fs::create_dir(project.out()).unwrap();
    fs::write(project.out().join("thesis.txt"), "years of work").unwrap();
    let before = stamps(&project.root());
    let refusal = project.open().unwrap_err();
    assert_eq!(refusal.exit_code(), 2);
    assert!(refusal.to_string().contains("`thesis.txt`"), "{refusal}");
    let names = |stamps: &[(PathBuf, u64, i64, i64)]| stamps.iter().map(|s| s.0.clone()).collect::<Vec<_>>();
    assert_eq!(names(&stamps(&project.root())), names(&before));
    fs::remove_file(project.out().join("thesis.txt")).unwrap();
    let memory = project.publish(&site(3, "a", |_| true)).memory;
    fs::write(project.out().join("sv/notes.txt"), "mine").unwrap();
    assert!(project.open().unwrap_err().to_string().contains("`sv/notes.txt`"));
    let watching = project.open_with(Disk, &project.out(), Some(memory)).unwrap();
    let fault = put_all(watching, &site(3, "b", |_| true)).unwrap_err().to_string();
    assert!(fault.contains("`sv/notes.txt`"), "while watching, an exchange looks again: {fault}");
    assert!(project.out().join("sv/notes.txt").exists());
}

#[test]
fn another_programs_manifest_does_not_make_a_folder_ours() {
    let project = Project::new();
    fs::create_dir(project.out()).unwrap();
    fs::write(project.out().join("manifest.json"), "{\"name\": \"app\"}").unwrap();
    assert_eq!(project.open().unwrap_err().exit_code(), 2);
}

#[test]
fn the_project_its_parents_and_its_sources_are_refused_in_every_spelling() {
    let project = Project::new();
    let root = project.root();
    let at = |path: &str| root.join(path);
    fs::create_dir_all(at(".git")).unwrap();
    symlink(".", at("dot")).unwrap();
    symlink("..", at("up")).unwrap();
    symlink("/", at("slash")).unwrap();
    symlink("content", at("linked")).unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    fs::write(at("file"), "").unwrap();
    let home = PathBuf::from(std::env::var_os("HOME").unwrap());
    let mut corpus =
        vec![PathBuf::from("/"), home.clone(), home.join("."), home.parent().unwrap().to_path_buf(), root.parent().unwrap().to_path_buf()];
    let inside = [
        "",
        ".",
        "./",
        "content/..",
        "..",
        "../..",
        "content",
        "content/",
        "content/sv",
        "content/sv/public",
        "./content/../content",
        "locales",
        "themes",
        "static",
        "static/x/y",
        "dot",
        "up",
        "slash",
        "linked",
        "linked/sv",
        "dot/content",
        "dot/dot/linked/new",
        "dangling",
        "dangling/x",
        "file",
        "file/x",
        ".git",
        ".git/public",
        "new/../content",
    ];
    corpus.extend(inside.map(at));
    let before = stamps(&root);
    for out in corpus {
        let refusal = project.open_with(Disk, &out, None).map(drop).expect_err(&out.display().to_string());
        let is_file = out.ends_with("file/x");
        assert_eq!(refusal.exit_code(), if is_file { 3 } else { 2 }, "{}: {refusal}", out.display());
    }
    assert_eq!(stamps(&root), before, "nothing was touched");
}

#[test]
fn folders_above_the_output_are_made_and_go_again_when_given_up() {
    let project = Project::new();
    let out = project.root().join("a/b/public");
    let publisher = project.open_with(Disk, &out, None).unwrap();
    publisher.put(OutPath::new("x.html"), Blob::new("x"));
    publisher.abandon();
    assert!(!project.root().join("a").exists());
    put_all(project.open_with(Disk, &out, None).unwrap(), &site(1, "", |_| false)).unwrap();
    assert_eq!(read_tree(&out), site(1, "", |_| false));
}

#[test]
fn a_link_to_the_output_is_followed() {
    let project = Project::new();
    fs::create_dir(project.root().join("real")).unwrap();
    symlink("real", project.out()).unwrap();
    for edition in ["a", "b"] {
        project.publish(&site(3, edition, |_| true));
        assert_eq!(read_tree(&project.root().join("real")), site(3, edition, |_| true));
        assert!(project.out().is_symlink());
    }
}

#[test]
fn one_writer_at_a_time() {
    let project = Project::new();
    let first = project.open().unwrap();
    let refusal = project.open().map(drop).unwrap_err();
    assert_eq!(refusal.exit_code(), 4);
    assert!(refusal.to_string().ends_with(&format!("process {}", std::process::id())), "{refusal}");
    first.abandon();
    assert_eq!(project.leftovers(), Vec::<String>::new());
    let sites: Vec<Site> = (0..20).map(|i| site(30, &format!("edition {i}"), |_| true)).collect();
    let results: Vec<bool> = std::thread::scope(|scope| {
        let builds: Vec<_> =
            sites.iter().map(|site| scope.spawn(|| project.open().is_ok_and(|publisher| put_all(publisher, site).is_ok()))).collect();
        builds.into_iter().map(|build| build.join().unwrap()).collect()
    });
    assert!(results.iter().any(|done| *done));
    assert!(sites.contains(&project.published()), "exactly one result, whole");
    assert_eq!(project.leftovers(), Vec::<String>::new());
}

#[test]
fn paths_that_lead_elsewhere_are_faults() {
    for path in ["", "/etc/x", "../x", "a/../../x", "a//b", "a/./b", "a\\b", "a\nb", "manifest.json"] {
        let project = Project::new();
        let publisher = project.open().unwrap();
        publisher.put(OutPath::new(path), Blob::new("x"));
        assert!(publisher.finish().is_err(), "{path:?}");
        assert_eq!(project.leftovers(), Vec::<String>::new());
    }
    let project = Project::new();
    let publisher = project.open().unwrap();
    (0..2).for_each(|i| publisher.put(OutPath::new("a"), Blob::new(format!("{i}"))));
    assert!(publisher.finish().unwrap_err().to_string().contains("two files"));
    assert!(!project.out().exists());
}
