//! The rows about the process itself: signals, pipes, limits, a fault of its own, a port that is taken.

use super::running::{Running, TODAY, Verb, pause};
use super::site::{self, program, put, run, said, tree};
use super::{GOALS, project};
use rahnama::base::diagnostic::Diagnostic;
use rahnama::base::files::Files;
use rahnama::base::path::SourcePath;
use rahnama::base::world::{FileBytes, MemoryWorld, World};
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::{Goal, Options, build, memos::Memos};
use rahnama::site::Drafts;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn b28_signals_end_it_cleanly_at_any_moment() {
    let folder = project();
    let root = folder.path().join("site");
    put(&root, GOALS, "# Goals\n\nturn 99\n"); // A number as later, which has a file of its own in the index.
    assert!(run(&root, &["build", "-q"]).status.success());
    let before = tree(&root.join("public"));
    for (turn, (signal, code)) in [("INT", 130), ("TERM", 143), ("HUP", 129)].into_iter().cycle().take(24).enumerate() {
        put(&root, GOALS, &format!("# Goals\n\nturn {turn}\n"));
        let mut child = program(&["build", "-q"]).current_dir(&root).stderr(Stdio::null()).spawn().expect("it starts");
        pause(turn as u64 * 23 % 400);
        drop(Command::new("kill").args(["-s", signal, &child.id().to_string()]).stderr(Stdio::null()).status());
        let begun = Instant::now();
        let status = child.wait().expect("it ends");
        assert!(begun.elapsed() < Duration::from_secs(5), "{signal}: it ends soon");
        // Before it listens the system ends it; after its work it has ended by itself.
        let ended = status.code().is_none() || status.code() == Some(code) || status.success();
        assert!(ended, "{signal}: {status:?}");
        let now = tree(&root.join("public"));
        assert_eq!(now.len(), before.len(), "{signal}: the old site or the new one");
    }
    assert!(run(&root, &["build", "-q"]).status.success());
    // One that was told to end in the midst of publishing may leave the old tree; the next build clears up.
    let left: Vec<_> = fs::read_dir(&root).expect("read").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    assert!(!left.iter().any(|name| name.contains("stage")), "{left:?}");
    for (verb, signal, code) in [(Verb::Watch, "TERM", 143), (Verb::Serve, "INT", 130), (Verb::Serve, "HUP", 129)] {
        let mut running = Running::start(&root, verb);
        running.signal(signal);
        assert_eq!(running.end().code(), Some(code), "{verb:?} {signal}");
    }
}

#[test]
fn b28_a_closed_pipe_is_no_panic() {
    let folder = project();
    let root = folder.path().join("site");
    put(&root, "content/en/bad.md", "[x](nowhere.md) <b>\n\n### x\n");
    for verb in ["build", "check", "translations", "schema"] {
        let script = format!("\"$0\" {verb} --format json 2>err | head -c 1 >/dev/null; cat err; \"$0\" {verb} 2>&1 | true");
        let output = Command::new("bash").args(["-c", &script, env!("CARGO_BIN_EXE_rahnama")]).current_dir(&root).output().expect("a shell");
        assert!(!said(&output).contains("panicked"), "{verb}: {}", said(&output));
    }
}

#[test]
fn b29_few_handles_and_little_memory() {
    let folder = project();
    let root = folder.path().join("site");
    let limited = |limits: &str| {
        let script = format!("{limits}; exec \"$0\" build -q --today {TODAY}");
        Command::new("bash").args(["-c", &script, env!("CARGO_BIN_EXE_rahnama")]).current_dir(&root).output().expect("a shell")
    };
    put(&root, GOALS, "# Goals\n");
    let output = limited("ulimit -n 64");
    assert!(output.status.success(), "{}", said(&output));
    for megabytes in [20, 60, 120, 200, 400] {
        let before = tree(&root.join("public"));
        put(&root, GOALS, &format!("# Goals\n\nwith {megabytes}\n"));
        let output = limited(&format!("ulimit -v {}", megabytes * 1024));
        let now = tree(&root.join("public"));
        let whole = if output.status.success() { now.contains_key(Path::new("manifest.json")) } else { now == before };
        assert!(whole, "{megabytes} MB: {:?} {}", output.status, said(&output));
    }
    assert!(limited(":").status.success());
}

/// A world in which a page makes the program panic.
struct Panics(MemoryWorld);

impl World for Panics {
    fn list(&self, folder: &str) -> Vec<SourcePath> {
        self.0.list(folder)
    }

    fn read(&self, path: &SourcePath) -> Result<FileBytes, Box<Diagnostic>> {
        assert!(&**path != GOALS, "a fault of our own");
        self.0.read(path)
    }

    fn exists(&self, path: &str) -> bool {
        self.0.exists(path)
    }

    fn problems(&self) -> Vec<Diagnostic> {
        self.0.problems()
    }
}

#[test]
fn b32_a_panic_in_one_page_is_a_problem_of_that_page() {
    let mut world = MemoryWorld::default();
    site::FILES.iter().for_each(|(path, text)| world.put(path, *text));
    let today = Date::parse(TODAY, Calendar::Gregory).expect("a date");
    let options = Options { drafts: Drafts::Exclude, today, portable: false, base_url: None };
    let memos = Memos::default();
    let broken = Panics(world.clone());
    for _ in 0..2 {
        let files = Files::default();
        let built = build(&broken, &options, &memos, Goal::Write(&files));
        let fault = built.diagnostics.iter().find(|problem| problem.code.name == "INT999").expect("it is reported");
        assert!(fault.message.contains("a fault of our own"), "{}", fault.message);
        assert_eq!(fault.span.as_ref().map(|span| &*span.path), Some(&SourcePath::new(GOALS)).map(|path| &**path));
        assert!(files.into_map().keys().any(|path| path.ends_with("en/guides/channels/index.html")), "other pages are made");
    }
    let built = build(&world, &options, &memos, Goal::Write(&Files::default()));
    assert!(!built.has_errors(), "mended: {:?}", built.diagnostics);
}

#[test]
fn b33_the_next_port_is_taken_and_said() {
    let folder = project();
    let root = folder.path().join("site");
    let serve = |port: &str| {
        let mut command = program(&["serve", "--port", port, "--today", TODAY]);
        command.env("HOME", "/nonexistent");
        Running::spawn(&root, command)
    };
    let first = serve("0");
    let port = first.said().split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).expect("a port").to_owned();
    let second = serve(&port);
    assert!(second.said().contains(&format!("port {port} is in use")), "{}", second.said());
    assert!(first.text("en/index.html").contains("Home") && second.text("en/index.html").contains("Home"));
}
