use super::*;
use crate::base::diagnostic::Code;
use std::fs;
use std::os::unix::fs::symlink;
use tempfile::TempDir;

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn names(world: &DiskWorld, folder: &str) -> Vec<String> {
    world.list(folder).iter().map(std::string::ToString::to_string).collect()
}

fn text(world: &DiskWorld, path: &str) -> String {
    String::from_utf8(world.read(&SourcePath::new(path)).unwrap().bytes.to_vec()).unwrap()
}

#[test]
fn lists_what_belongs_to_a_site_sorted_and_nothing_else() {
    let folder = project(&[
        ("site.toml", "x"),
        ("content/sv/b.md", "b"),
        ("content/sv/a/index.md", "a"),
        ("content/sv/.b.md.swp", ""),
        ("content/sv/b.md~", ""),
        ("content/sv/4913", ""),
        ("content/.git/config", "CANARY"),
        ("content-old/x.md", ""),
        ("static/.well-known/security.txt", "s"),
        ("static/.env", "CANARY"),
        ("static/server.key", "CANARY"),
        ("static/deep/.well-known/x", "CANARY"),
        ("public/index.html", ""),
    ]);
    for world in [DiskWorld::open(folder.path()).unwrap(), DiskWorld::watching(folder.path()).unwrap()] {
        assert_eq!(names(&world, "content"), ["content/sv/a/index.md", "content/sv/b.md"]);
        assert_eq!(names(&world, "content/sv/a"), ["content/sv/a/index.md"]);
        assert_eq!(names(&world, "static"), ["static/.well-known/security.txt"]);
        assert!(world.exists("site.toml") && !world.exists("content/sv") && !world.exists("public/index.html"));
        assert_eq!(text(&world, "content/sv/b.md"), "b");
        assert_eq!(world.read(&SourcePath::new("content/sv/c.md")).unwrap_err().code, Code::FIL001);
        assert_eq!(world.read(&SourcePath::new("../etc/passwd")).unwrap_err().code, Code::FIL001);
        assert_eq!(world.problems(), []);
    }
}

#[test]
fn links_inside_are_followed_and_every_way_out_is_an_error() {
    let outside = project(&[("secret.md", "CANARY"), ("more/deep.md", "CANARY")]);
    let folder = project(&[("content/sv/index.md", "home"), ("shared/note.md", "note"), ("shared/sub/x.md", "x"), (".git/config", "CANARY")]);
    let root = folder.path();
    let at = |path: &str| root.join("content/sv").join(path);
    symlink(outside.path().join("secret.md"), at("absolute.md")).unwrap();
    symlink(outside.path(), at("folder")).unwrap();
    let up = format!("../../../{}/secret.md", outside.path().file_name().unwrap().to_str().unwrap());
    symlink(up, at("dots.md")).unwrap();
    symlink("absolute.md", at("chain.md")).unwrap();
    symlink("/proc/self/environ", at("environ.md")).unwrap();
    symlink("loop.md", at("loop.md")).unwrap();
    symlink(".", at("circle")).unwrap();
    symlink("../..", at("root")).unwrap();
    symlink("nowhere.md", at("dangling.md")).unwrap();
    symlink("../../.git", at("git")).unwrap();
    symlink("../../shared/note.md", at("note.md")).unwrap();
    symlink(root.join("shared/sub"), at("sub")).unwrap();
    symlink("../../content", root.join("shared/sub/back")).unwrap();
    let world = DiskWorld::open(root).unwrap();
    assert_eq!(names(&world, "content"), ["content/sv/index.md", "content/sv/note.md", "content/sv/sub/x.md"]);
    assert_eq!((text(&world, "content/sv/note.md"), text(&world, "content/sv/sub/x.md")), ("note".to_owned(), "x".to_owned()));
    assert_eq!(world.place(&SourcePath::new("content/sv/note.md")), root.canonicalize().unwrap().join("shared/note.md"));
    let problems = world.problems();
    assert!(problems.iter().all(|p| p.code == Code::FIL002), "{problems:?}");
    let places: BTreeSet<&str> = problems.iter().map(|p| &*p.span.as_ref().unwrap().path).collect();
    let expected = ["absolute", "chain", "dangling", "dots", "environ", "loop"].map(|name| format!("content/sv/{name}.md"));
    let folders = ["circle", "folder", "git", "root", "sub/back"].map(|name| format!("content/sv/{name}"));
    assert_eq!(places, expected.iter().chain(&folders).map(String::as_str).collect());
    let absolute = problems.iter().find(|p| p.message.contains("absolute.md")).unwrap();
    assert!(absolute.message.contains(&*outside.path().join("secret.md").to_string_lossy()), "both paths are named: {}", absolute.message);
}

#[test]
fn a_link_put_in_the_way_after_the_look_is_not_followed() {
    let outside = project(&[("a.md", "CANARY")]);
    let folder = project(&[("content/sv/a.md", "good"), ("content/en/a.md", "good")]);
    let world = DiskWorld::open(folder.path()).unwrap();
    fs::remove_file(folder.path().join("content/sv/a.md")).unwrap();
    symlink(outside.path().join("a.md"), folder.path().join("content/sv/a.md")).unwrap();
    fs::remove_dir_all(folder.path().join("content/en")).unwrap();
    symlink(outside.path(), folder.path().join("content/en")).unwrap();
    for path in ["content/sv/a.md", "content/en/a.md"] {
        assert_eq!(world.read(&SourcePath::new(path)).unwrap_err().code, Code::FIL001);
    }
}

#[test]
fn names_that_cannot_be_are_reported() {
    let folder = project(&[("content/sv/bad\nname.md", ""), ("static/a:b.png", ""), ("static/ok.png", ""), ("content/sv/a\\b.md", "")]);
    let world = DiskWorld::open(folder.path()).unwrap();
    let problems = world.problems();
    assert_eq!(problems.iter().filter(|p| p.code == Code::FIL004).count(), 3, "{problems:?}");
    assert_eq!(names(&world, "content"), Vec::<String>::new());
    assert_eq!(names(&world, "static"), ["static/a:b.png", "static/ok.png"]);
}

#[test]
fn decomposed_names_are_seen_composed() {
    let folder = project(&[("content/sv/ma\u{30A}l.md", "mål")]);
    for world in [DiskWorld::open(folder.path()).unwrap(), DiskWorld::watching(folder.path()).unwrap()] {
        assert_eq!(names(&world, "content"), ["content/sv/mål.md"]);
        assert_eq!(text(&world, "content/sv/mål.md"), "mål");
    }
}

#[test]
fn a_file_over_the_limit_is_an_error_before_it_is_read() {
    let folder = project(&[("content/sv/a.md", ""), ("content/sv/b.md", "")]);
    for (name, size) in [("a.md", 8 << 20), ("b.md", (8 << 20) + 1)] {
        fs::File::options().write(true).open(folder.path().join("content/sv").join(name)).unwrap().set_len(size).unwrap();
    }
    let world = DiskWorld::open(folder.path()).unwrap();
    assert_eq!(world.read(&SourcePath::new("content/sv/a.md")).unwrap().bytes.len(), 8 << 20);
    let problem = world.read(&SourcePath::new("content/sv/b.md")).unwrap_err();
    assert_eq!((problem.code, problem.message.as_str()), (Code::FIL003, "this file has 8.1 MB, at most 8.0 MB are allowed"));
}

#[test]
fn a_pipe_does_not_stop_the_build() {
    let folder = project(&[("content/sv/a.md", "")]);
    let pipe = folder.path().join("content/sv/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let world = DiskWorld::watching(folder.path()).unwrap();
    assert_eq!(world.problems().len(), 1);
    assert!(!world.exists("content/sv/pipe.md"));
}

#[test]
fn a_root_that_is_no_folder_is_a_fault_with_its_path() {
    assert_eq!(DiskWorld::open(Path::new("/nowhere/at/all")).unwrap_err().to_string(), "cannot open `/nowhere/at/all`: no such file or folder");
}

#[test]
fn refreshing_sees_every_kind_of_change_and_nothing_else() {
    let folder = project(&[("site.toml", "1"), ("content/sv/a.md", "a"), ("content/sv/b.md", "b"), ("static/x.css", "x")]);
    let root = folder.path();
    let mut world = DiskWorld::watching(root).unwrap();
    let see = |world: &mut DiskWorld, expected: Refresh, what: &str| {
        assert_eq!(world.refresh(), expected, "{what}");
        assert_eq!(world.refresh(), Refresh::Same, "{what}, again");
    };
    see(&mut world, Refresh::Same, "nothing");
    write(root, "content/sv/a.md", "A");
    see(&mut world, Refresh::Changed, "an edit of the same size");
    write(root, "content/sv/a.md", "A");
    see(&mut world, Refresh::Same, "saving without a change");
    write(root, "content/sv/c/d.md", "d");
    see(&mut world, Refresh::Changed, "a new file in a new folder");
    fs::rename(root.join("content/sv/c"), root.join("content/sv/e")).unwrap();
    see(&mut world, Refresh::Changed, "a folder with another name");
    assert_eq!(names(&world, "content"), ["content/sv/a.md", "content/sv/b.md", "content/sv/e/d.md"]);
    write(root, "content/sv/swap", "");
    fs::rename(root.join("content/sv/a.md"), root.join("content/sv/swap")).unwrap();
    fs::rename(root.join("content/sv/b.md"), root.join("content/sv/a.md")).unwrap();
    fs::rename(root.join("content/sv/swap"), root.join("content/sv/b.md")).unwrap();
    see(&mut world, Refresh::Changed, "two files that swap names");
    assert_eq!((text(&world, "content/sv/a.md"), text(&world, "content/sv/b.md")), ("b".to_owned(), "A".to_owned()));
    fs::remove_file(root.join("content/sv/b.md")).unwrap();
    see(&mut world, Refresh::Changed, "a file that is gone");
    write(root, "content/sv/.a.md.swp", "x");
    write(root, "public/index.html", "x");
    see(&mut world, Refresh::Same, "files that do not belong to the site");
    symlink("/etc", root.join("content/sv/out")).unwrap();
    see(&mut world, Refresh::Changed, "a new problem");
}

#[test]
fn b25_edits_within_one_tick_and_with_false_times_are_seen() {
    let folder = project(&[("content/sv/a.md", "0000"), ("content/sv/b.md", "b")]);
    let root = folder.path().canonicalize().unwrap();
    let path = root.join("content/sv/a.md");
    let mut world = DiskWorld::watching(&root).unwrap();
    for i in 1..500 {
        fs::write(&path, format!("{i:04}")).unwrap();
        if i % 3 == 0 {
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(if i % 2 == 0 { 7 } else { 4_000_000_000 })).unwrap();
        }
        let refreshed = if i % 2 == 0 { world.refresh() } else { world.refresh_only(std::slice::from_ref(&path)) };
        assert_eq!(refreshed, Refresh::Changed, "edit {i}");
        assert_eq!(text(&world, "content/sv/a.md"), format!("{i:04}"));
    }
}

#[test]
fn looking_at_named_paths_only_falls_back_to_a_full_look() {
    let folder = project(&[("content/sv/a.md", "a"), ("content/sv/b.md", "b")]);
    let root = folder.path().canonicalize().unwrap();
    let mut world = DiskWorld::watching(&root).unwrap();
    write(&root, "content/sv/a.md", "A");
    write(&root, "content/sv/b.md", "B");
    let paths = [root.join("content/sv/a.md"), root.join("content/sv/.a.md.swp"), root.join("content/sv/sedA1b2C3")];
    assert_eq!(world.refresh_only(&paths), Refresh::Changed);
    assert_eq!((text(&world, "content/sv/a.md"), text(&world, "content/sv/b.md")), ("A".to_owned(), "b".to_owned()));
    assert_eq!(world.refresh_only(&paths), Refresh::Same);
    write(&root, "content/sv/new.md", "");
    assert_eq!(world.refresh_only(&[root.join("content/sv/new.md")]), Refresh::Changed, "an unknown name means looking at everything");
    assert_eq!(text(&world, "content/sv/b.md"), "B");
    assert_eq!(world.refresh_only(&[root.join("content/sv/draft"), root.join("content/sv/b.md")]), Refresh::Same, "a draft that is gone");
    fs::remove_file(root.join("content/sv/a.md")).unwrap();
    assert_eq!(world.refresh_only(&paths[..1]), Refresh::Changed);
    assert!(!world.exists("content/sv/a.md"));
}

#[test]
fn b30_a_project_that_vanishes_is_not_a_wish_to_delete_it() {
    let folder = project(&[("site.toml", "")]);
    let root = folder.path();
    (0..10).for_each(|i| write(root, &format!("content/sv/{i}.md"), "x"));
    let mut world = DiskWorld::watching(root).unwrap();
    fs::rename(root.join("content"), root.join("x")).unwrap();
    assert!(matches!(world.refresh(), Refresh::Doubtful(..)));
    assert_eq!(world.list("content").len(), 10);
    fs::rename(root.join("x"), root.join("content")).unwrap();
    assert_eq!(world.refresh(), Refresh::Same);
    (0..8).for_each(|i| fs::remove_file(root.join(format!("content/sv/{i}.md"))).unwrap());
    assert!(matches!(world.refresh(), Refresh::Doubtful(..)));
    world.gone_since = world.gone_since.map(|since| since.checked_sub(CONFIRM).unwrap());
    assert_eq!(world.refresh(), Refresh::Changed, "after three seconds it is believed");
    assert_eq!(world.list("content").len(), 2);
}

#[test]
fn a_project_made_anew_at_the_same_place_is_read_from_there() {
    let folder = project(&[("p/content/sv/a.md", "old")]);
    let root = folder.path().join("p");
    let mut world = DiskWorld::watching(&root).unwrap();
    fs::rename(&root, folder.path().join("q")).unwrap();
    assert!(matches!(world.refresh(), Refresh::Doubtful(..)));
    write(&root, "content/sv/a.md", "new");
    assert_eq!(world.refresh(), Refresh::Changed);
    assert_eq!(text(&world, "content/sv/a.md"), "new");
}

#[test]
fn reading_while_another_program_writes_ends_with_what_it_wrote() {
    let folder = project(&[("content/sv/a.md", "start")]);
    let path = folder.path().join("content/sv/a.md");
    let mut world = DiskWorld::watching(folder.path()).unwrap();
    let writer = std::thread::spawn(move || {
        for i in 0..300 {
            fs::write(&path, "line\n".repeat(i * 10)).unwrap();
            if i % 7 == 0 {
                fs::remove_file(&path).unwrap();
            }
        }
        fs::write(&path, "end").unwrap();
    });
    while !writer.is_finished() {
        world.refresh();
        let _ = world.read(&SourcePath::new("content/sv/a.md"));
    }
    writer.join().unwrap();
    world.refresh();
    assert_eq!(text(&world, "content/sv/a.md"), "end");
}
