#![allow(clippy::unwrap_used, reason = "a test says where it fails")]
use super::*;
use crate::base::path::SourcePath;
use crate::base::world::World;
use crate::system::disk::{DiskWorld, Refresh};
use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// A watched project that is kept up to date the way the commands do it.
struct Bench {
    folder: TempDir,
    watcher: Watcher,
    world: DiskWorld,
}

impl Bench {
    fn new(mode: Mode) -> Bench {
        let folder = TempDir::new().unwrap();
        write(folder.path(), "site.toml", "");
        (0..5).for_each(|i| write(folder.path(), &format!("content/sv/{i}.md"), "old"));
        let watcher = Watcher::new(folder.path(), mode);
        let world = DiskWorld::watching(folder.path()).unwrap();
        Bench { folder, watcher, world }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn text(&self, path: &str) -> Option<String> {
        let file = self.world.read(&SourcePath::new(path)).ok()?;
        String::from_utf8(file.bytes.to_vec()).ok()
    }

    /// One turn of the watching loop; how often it would have built, `None` when nothing woke it.
    fn turn(&mut self, timeout: Duration) -> Option<usize> {
        let first = match self.watcher.wait(Some(timeout)) {
            Wake::Paths(paths) => self.world.refresh_only(&paths),
            Wake::Anything => self.world.refresh(),
            Wake::Nothing | Wake::Stop => return None,
        };
        let rest = self.world.refresh();
        Some([first, rest].iter().filter(|refreshed| **refreshed == Refresh::Changed).count())
    }

    /// Runs the loop until the world is as expected; how long that took. Fails when it takes longer than two seconds.
    fn until(&mut self, what: &str, is_done: impl Fn(&Bench) -> bool) -> Duration {
        let begun = Instant::now();
        while !is_done(self) {
            assert!(begun.elapsed() < Duration::from_secs(4), "{what} was not seen");
            self.turn(Duration::from_millis(100));
        }
        begun.elapsed()
    }

    fn until_text(&mut self, path: &str, text: &str) -> Duration {
        self.until(&format!("{text} in {path}"), |bench| bench.text(path).as_deref() == Some(text))
    }

    /// Runs the loop until nothing more comes.
    fn settle(&mut self) {
        while self.watcher.wait(Some(Duration::from_millis(60))) != Wake::Nothing {}
        self.world.refresh();
    }

    fn shell(&self, script: &str) {
        let output = Command::new("bash").args(["-ec", script]).current_dir(self.root()).output().unwrap();
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn b20_every_way_editors_save_is_seen_soon_and_again_the_next_time() {
    let mut bench = Bench::new(Mode::Native);
    assert!(!bench.watcher.is_polling(), "{:?}", bench.watcher.notes());
    let saves = [
        ("in place", "printf NEW > content/sv/1.md"),
        ("sed", "sed -i s/.*/NEW/ content/sv/1.md"),
        ("rename over", "printf NEW > content/sv/.1.md.abc && mv content/sv/.1.md.abc content/sv/1.md"),
        ("rename over from elsewhere", "printf NEW > outside && mv outside content/sv/1.md"),
        ("vim", "cd content/sv; touch 4913; rm 4913; mv 1.md 1.md~; printf NEW > 1.md; rm 1.md~"),
        ("vim with a swap file", "cd content/sv; touch .1.md.swp; cp 1.md 1.md~; printf NEW > 1.md; rm 1.md~ .1.md.swp"),
        ("jetbrains", "cd content/sv; printf NEW > 1.md___jb_tmp___; mv 1.md 1.md___jb_old___; mv 1.md___jb_tmp___ 1.md; rm 1.md___jb_old___"),
        ("delete and write", "rm content/sv/1.md; sleep 0.05; printf NEW > content/sv/1.md"),
        ("emptied first", ": > content/sv/1.md; sleep 0.002; printf NEW > content/sv/1.md"),
    ];
    for round in 0..3 {
        for (name, script) in saves {
            let text = format!("{name} {round}").replace(' ', "-");
            let script = script.replace("NEW", &text);
            bench.shell(&script);
            let took = bench.until_text("content/sv/1.md", &text);
            assert!(took < Duration::from_millis(500), "{name} took {took:?}");
        }
    }
}

#[test]
fn an_idle_project_wakes_nobody_and_reading_is_no_change() {
    let mut bench = Bench::new(Mode::Native);
    bench.settle();
    (0..20).for_each(|_| drop(fs::read(bench.root().join("content/sv/1.md")).unwrap()));
    write(bench.root(), "public/index.html", "ours");
    write(bench.root(), ".git/x", "git's");
    write(bench.root(), "content/sv/.1.md.swp", "vim's");
    write(bench.root(), "content/sv/1.md~", "emacs's");
    assert_eq!(bench.watcher.wait(Some(Duration::from_millis(150))), Wake::Nothing);
}

#[test]
fn folders_that_come_move_and_go_are_followed() {
    let mut bench = Bench::new(Mode::Native);
    bench.shell("mkdir -p content/fa/a/b/c/d && printf 1 > content/fa/a/b/c/d/x.md");
    bench.until_text("content/fa/a/b/c/d/x.md", "1");
    bench.shell("printf 2 > content/fa/a/b/c/d/x.md");
    bench.until_text("content/fa/a/b/c/d/x.md", "2");
    bench.shell("mv content/fa/a content/fa/moved && printf 3 > content/fa/moved/b/c/d/x.md");
    bench.until_text("content/fa/moved/b/c/d/x.md", "3");
    bench.shell("printf 4 > content/fa/moved/b/c/d/x.md");
    bench.until_text("content/fa/moved/b/c/d/x.md", "4");
    bench.shell("rm -r content/fa/moved && mkdir -p content/fa/moved/b && printf 5 > content/fa/moved/b/y.md");
    bench.until_text("content/fa/moved/b/y.md", "5");
    bench.shell("printf 6 > content/fa/moved/b/y.md");
    bench.until_text("content/fa/moved/b/y.md", "6");
    bench.shell("mkdir static; printf 7 > static/a.css");
    bench.until_text("static/a.css", "7");
    bench.shell("printf 8 > static/a.css; mkdir other; printf 9 > other/z.md; ln -s ../../other content/sv/link");
    bench.until_text("content/sv/link/z.md", "9");
    bench.shell("printf 10 > other/z.md");
    bench.until_text("content/sv/link/z.md", "10");
}

#[test]
fn b30_a_content_folder_that_goes_and_comes_back_is_attached_again() {
    let mut bench = Bench::new(Mode::Native);
    bench.shell("mv content x");
    bench.turn(Duration::from_millis(500));
    assert_eq!(bench.world.list("content").len(), 5, "nothing was deleted");
    bench.shell("mv x content; printf back > content/sv/1.md");
    bench.until_text("content/sv/1.md", "back");
    bench.shell("cp -r content y; rm -r content; mv y content; printf again > content/sv/1.md");
    bench.until_text("content/sv/1.md", "again");
    bench.settle();
    bench.shell("printf alive > content/sv/1.md");
    bench.until_text("content/sv/1.md", "alive");
}

#[test]
fn b30_a_project_that_goes_and_comes_back_is_attached_again() {
    let mut bench = Bench::new(Mode::Native);
    let away = bench.root().with_extension("away");
    fs::rename(bench.root(), &away).unwrap();
    bench.turn(Duration::from_millis(300));
    assert_eq!(bench.world.list("content").len(), 5);
    fs::create_dir(bench.root()).unwrap();
    for name in ["site.toml", "content"] {
        fs::rename(away.join(name), bench.root().join(name)).unwrap();
    }
    fs::remove_dir(away).unwrap();
    bench.shell("printf back > content/sv/1.md");
    bench.until_text("content/sv/1.md", "back");
    bench.settle();
    bench.shell("printf alive > content/sv/1.md");
    bench.until_text("content/sv/1.md", "alive");
}

#[test]
fn b21_switching_branches_ends_in_the_branch_with_few_builds() {
    let mut bench = Bench::new(Mode::Native);
    let many = "for i in $(seq 300); do printf $BRANCH > content/sv/p$i.md; done; git add -A; git commit -qm $BRANCH";
    let git = "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b GIT_CONFIG_GLOBAL=/dev/null;";
    let text = |branch: &str| many.replace("$BRANCH", branch);
    bench.shell(&format!(
        "{git} git init -qb one; {}; git checkout -qb two; {}; git rm -q content/sv/p7.md; git commit -qm x",
        text("one"),
        text("two")
    ));
    bench.settle();
    for round in 0..6 {
        let branch = ["one", "two"][round % 2];
        bench.shell(&format!("git checkout -q {branch}"));
        let mut builds = 0;
        while let Some(count) = bench.turn(Duration::from_millis(150)) {
            builds += count;
        }
        assert!((1..=3).contains(&builds), "{builds} builds");
        let right = (1..=300).all(|i| bench.text(&format!("content/sv/p{i}.md")).as_deref().unwrap_or("two") == branch);
        assert!(right, "everything is from {branch}");
        assert_eq!(bench.text("content/sv/p7.md").is_some(), branch == "one");
    }
}

#[test]
fn b21_while_git_holds_its_lock_nobody_is_woken() {
    let mut bench = Bench::new(Mode::Native);
    write(bench.root(), ".git/index.lock", "");
    let lock = bench.root().join(".git/index.lock");
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        fs::remove_file(lock).unwrap();
    });
    let begun = Instant::now();
    bench.shell("printf new > content/sv/1.md");
    bench.until_text("content/sv/1.md", "new");
    assert!(begun.elapsed() >= Duration::from_millis(290));
    release.join().unwrap();
    write(bench.root(), ".git/index.lock", "a killed git left this");
    let old = std::time::SystemTime::now() - Duration::from_mins(1);
    fs::File::options().write(true).open(bench.root().join(".git/index.lock")).unwrap().set_modified(old).unwrap();
    bench.shell("printf newer > content/sv/1.md");
    assert!(bench.until_text("content/sv/1.md", "newer") < Duration::from_millis(500));
}

#[test]
fn b21_a_burst_ends_in_the_right_state() {
    let mut bench = Bench::new(Mode::Native);
    bench.shell("for i in $(seq 1000); do printf $i > content/sv/$i.md; done");
    bench.until("the last file", |bench| bench.world.list("content").len() == 1001);
    bench.settle();
    assert!((1..=1000).all(|i| bench.text(&format!("content/sv/{i}.md")) == Some(i.to_string())));
}

#[test]
fn b31_looking_finds_edits_within_the_same_second() {
    let mut bench = Bench::new(Mode::Poll);
    assert!(bench.watcher.is_polling());
    for i in 0..4 {
        bench.shell(&format!("printf {i}{i}{i} > content/sv/1.md"));
        let took = bench.until_text("content/sv/1.md", &format!("{i}{i}{i}"));
        assert!(took < Duration::from_millis(900), "{took:?}");
    }
    bench.shell("mkdir content/fa; printf x > content/fa/x.md; rm content/sv/2.md");
    bench.until("a new and a removed file", |bench| bench.text("content/fa/x.md").is_some() && bench.text("content/sv/2.md").is_none());
}

#[test]
fn b26_lost_events_mean_looking_at_everything() {
    let shared = Arc::new(Shared::default());
    let root = Path::new("/p");
    native::hear(&shared, root, Ok(notify::Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan)));
    assert!(shared.lock().is_anything && shared.lock().places.contains(root));
}

#[test]
fn a_stopper_ends_every_wait() {
    for mode in [Mode::Native, Mode::Poll] {
        let mut bench = Bench::new(mode);
        bench.settle();
        let stopper = bench.watcher.stopper();
        stopper.nudge();
        assert_eq!(bench.watcher.wait(None), Wake::Anything);
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            stopper.stop();
        });
        assert!((0..100).any(|_| bench.watcher.wait(None) == Wake::Stop));
        assert_eq!(bench.watcher.wait(None), Wake::Stop);
        thread.join().unwrap();
    }
}

#[test]
fn b26_without_watches_left_the_files_are_looked_at() {
    let script =
        "echo 3 > /proc/sys/user/max_inotify_watches && exec \"$0\" --ignored --exact system::watch::tests::inside_a_system_with_three_watches";
    let output = Command::new("unshare").args(["-Ur", "sh", "-c", script]).arg(std::env::current_exe().unwrap()).output();
    let Ok(output) = output else { return println!("SKIPPED: no unshare") };
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if text.contains("unshare:") || text.contains("ermission denied") {
        return println!("SKIPPED: {text}");
    }
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[test]
#[ignore = "run by the test above"]
fn inside_a_system_with_three_watches() {
    let mut bench = Bench::new(Mode::Native);
    (0..5).for_each(|i| write(bench.root(), &format!("content/sv/{i}/x.md"), ""));
    let mut watcher = Watcher::new(bench.root(), Mode::Auto);
    assert!(watcher.is_polling());
    assert!(watcher.notes()[0].contains("sudo sysctl fs.inotify.max_user_watches"));
    bench.until("polling takes over in the middle of a wait", |bench| bench.watcher.is_polling());
    bench.shell("printf seen > content/sv/3/x.md");
    bench.until_text("content/sv/3/x.md", "seen");
}
