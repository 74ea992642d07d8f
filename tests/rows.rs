//! The fault matrix of watching, one named test a row, with the real program and the real tools.
//! What concerns one part alone is tested beside it, under the same names: `grep -rn 'fn b2' src tests`.

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]
#![allow(dead_code, reason = "the running program is shared with other tests")]

#[path = "rows/process.rs"]
mod process;
#[path = "common/running.rs"]
mod running;
#[path = "common/site.rs"]
mod site;

use running::{Running, TODAY, Verb, pause};
use site::{program, put, run, said, tree};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const GOALS: &str = "content/en/guides/goals.md";
const GOALS_OUT: &str = "en/guides/goals/index.html";

/// A project that is being watched or served.
struct Bench {
    folder: TempDir,
    program: Running,
}

impl Bench {
    fn new(verb: Verb) -> Bench {
        let folder = project();
        let program = Running::start(&folder.path().join("site"), verb);
        Bench { folder, program }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.root(), path, text);
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_default()
    }

    /// What stands in the public folder.
    fn shown(&self, path: &str) -> String {
        self.text(&format!("public/{path}"))
    }

    fn until_shown(&mut self, path: &str, words: &str) {
        let file = self.root().join("public").join(path);
        self.program.until(&format!("`{words}` in {path}"), |_| fs::read_to_string(&file).is_ok_and(|text| text.contains(words)));
    }

    fn shell(&self, script: &str) {
        shell(&self.root(), script);
    }

    /// The public folder is what a clean build gives.
    fn is_clean(&mut self) {
        self.program.settle();
        let out = self.folder.path().join("clean");
        drop(fs::remove_dir_all(&out));
        let built = run(&self.root(), &["build", "-q", "--today", TODAY, "-o", out.to_str().expect("UTF-8")]);
        assert!(built.status.success(), "{}", said(&built));
        let (shown, clean) = (tree(&self.root().join("public")), tree(&out));
        let other = shown.keys().chain(clean.keys()).find(|path| shown.get(*path) != clean.get(*path));
        assert_eq!(other, None, "{}", self.program.said());
    }
}

fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    site::write(&folder.path().join("site"), 0);
    folder
}

fn shell(root: &Path, script: &str) -> Output {
    let output = Command::new("bash").args(["-ec", script]).current_dir(root).output().expect("a shell");
    assert!(output.status.success(), "{script}: {}", said(&output));
    output
}

/// Whether a tool is here; CI must have it.
fn has(tool: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().is_ok_and(|output| output.status.success());
    if !found {
        skip(&format!("no {tool}; bash tests/install.sh"));
    }
    found
}

fn skip(why: &str) {
    println!("SKIPPED: {why}");
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI skips nothing: {why}");
}

#[test]
fn b20_saves_of_real_editors() {
    let mut bench = Bench::new(Verb::Watch);
    let vim = |settings: &str| format!("vim -N -u NONE -i NONE -es -c '{settings}' -c '%s/Smart.*/NEW/' -c wq {GOALS} </dev/null");
    let mut saves = vec![
        ("sed".to_owned(), format!("sed -i 's/Smart.*/NEW/' {GOALS}")),
        ("perl".to_owned(), format!("perl -pi -e 's/Smart.*/NEW/' {GOALS}")),
        ("tee".to_owned(), format!("sed 's/Smart.*/NEW/' {GOALS} > /tmp/$$; tee {GOALS} < /tmp/$$ > /dev/null; rm /tmp/$$")),
        ("install".to_owned(), format!("sed 's/Smart.*/NEW/' {GOALS} > draft; install -m 644 draft {GOALS}; rm draft")),
    ];
    if has("vim") {
        for settings in ["set backupcopy=yes", "set backupcopy=no", "set backup", "set nowritebackup", "set noswapfile"] {
            saves.push((format!("vim, {settings}"), vim(settings)));
        }
    }
    for round in 0..2 {
        for (name, script) in &saves {
            let new = format!("Smart {}-{round}", name.replace([' ', ',', '='], ""));
            bench.shell(&script.replace("NEW", &new));
            bench.until_shown(GOALS_OUT, &new);
        }
    }
    bench.is_clean();
}

#[test]
fn b21_git_checkout_ends_in_the_branch_with_few_builds() {
    let mut bench = Bench::new(Verb::Watch);
    let git = "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b GIT_CONFIG_GLOBAL=/dev/null;";
    let many = "for i in $(seq 60); do printf \"# BRANCH $i\\n\" > content/en/guides/p$i.md; done; git add -A; git commit -qm BRANCH;";
    let script = format!(
        "{git} printf 'public\\n.public*\\n' > .gitignore; git init -qb one; {} git checkout -qb two; {} git rm -q content/en/guides/p7.md; git commit -qm x",
        many.replace("BRANCH", "one"),
        many.replace("BRANCH", "two")
    );
    bench.shell(&script);
    bench.program.settle();
    for round in 0..4 {
        let branch = ["one", "two"][round % 2];
        let before = bench.program.builds();
        bench.shell(&format!("git checkout -q {branch}"));
        bench.program.until("a build", |program| program.builds() > before);
        bench.until_shown("en/guides/p60/index.html", &format!("{branch} 60"));
        bench.program.settle();
        let builds = bench.program.builds() - before;
        assert!((1..=3).contains(&builds), "{builds} builds: {}", bench.program.said());
        let right = (1..=60).filter(|i| *i != 7).all(|i| bench.shown(&format!("en/guides/p{i}/index.html")).contains(&format!("{branch} {i}")));
        assert!(right, "everything is from {branch}");
        assert_eq!(bench.root().join("public/en/guides/p7").exists(), branch == "one");
    }
    bench.is_clean();
}

#[test]
fn b22_broken_settings_and_templates_leave_the_last_good_site() {
    let mut bench = Bench::new(Verb::Serve);
    let good = bench.program.text(GOALS_OUT);
    assert!(good.contains("Smart"));
    let settings = bench.text("site.toml");
    let template = "themes/default/templates/page.html";
    for (turn, (path, broken, code, mended)) in [
        ("site.toml", "languages = [\"en\"", "CFG001", settings.as_str()),
        (template, "{{ page.title ", "TPL001", "{% extends \"base.html\" %}{% block main %}<p>mended</p>{{ page.body }}{% endblock main %}"),
        (template, "{{ page.nothing.here }}", "TPL002", "{% extends \"base.html\" %}{% block main %}<p>again</p>{{ page.body }}{% endblock main %}"),
    ]
    .into_iter()
    .enumerate()
    {
        let before = bench.program.text(GOALS_OUT);
        let said = bench.program.said().len();
        bench.put(path, broken);
        bench.program.until(code, |program| program.said()[said..].contains(&format!("error[{code}]")));
        assert_eq!(bench.program.text(GOALS_OUT), before, "the last good page stays while {path} is broken");
        let lines = bench.program.said()[said..].matches(&format!("error[{code}]")).count();
        bench.put("content/en/guides/channels.md", &format!("# Channels\n\nwritten meanwhile, {turn}\n"));
        bench.program.settle();
        assert_eq!(bench.program.said()[said..].matches(&format!("error[{code}]")).count(), lines, "it is said once");
        bench.put(path, mended);
        let words = ["mended", "again", "Smart"].into_iter().find(|word| mended.contains(word)).unwrap_or("Smart");
        bench.program.until("the mended page", |program| {
            let meanwhile = program.text("en/guides/channels/index.html").contains(&format!("written meanwhile, {turn}"));
            meanwhile && program.text(GOALS_OUT).contains(words)
        });
    }
    assert!(bench.program.is_running());
}

#[test]
fn b23_mending_either_of_two_pages_with_one_address_recovers() {
    let mut bench = Bench::new(Verb::Watch);
    for mended in ["content/en/guides/first.md", "content/en/guides/second.md"] {
        for name in ["first", "second"] {
            bench.put(&format!("content/en/guides/{name}.md"), &format!("+++\ntitle = \"{name}\"\nslug = \"one-place\"\n+++\n"));
        }
        bench.program.until("the problem", |program| program.last_report().contains("error[ADR001]"));
        let slug = Path::new(mended).file_stem().expect("a name").to_string_lossy().into_owned();
        bench.put(mended, &format!("+++\ntitle = \"{slug} mended\"\nslug = \"{slug}-place\"\n+++\n"));
        bench.until_shown(&format!("en/guides/{slug}-place/index.html"), "mended");
        bench.shell("rm content/en/guides/first.md content/en/guides/second.md");
        bench.program.settle();
    }
    bench.is_clean();
}

#[test]
fn b24_names_with_spaces_persian_and_emoji_are_served_and_others_refused() {
    let mut bench = Bench::new(Verb::Serve);
    for name in ["två ord", "نام فارسی", "راه‌نما", "-rf", "100% ja", "a🎯b", "Å"] {
        bench.put(&format!("content/en/guides/{name}.md"), &format!("# Named {name}\n"));
        bench.put(&format!("content/en/guides/{name}.txt"), "a file");
    }
    for (address, words) in [
        ("en/guides/två-ord/index.html", "Named"),
        ("en/guides/نام-فارسی/index.html", "Named"),
        ("en/guides/rf/index.html", "Named"),
        ("en/guides/å/index.html", "Named"),
        ("en/guides/två ord.txt", "a file"),
        ("en/guides/نام فارسی.txt", "a file"),
        ("en/guides/a🎯b.txt", "a file"),
    ] {
        bench.program.until(address, |program| program.text(address).contains(words));
    }
    bench.put("content/en/guides/a\nb.md", "# A line end\n");
    bench.program.until("the refusal", |program| program.said().contains("error[FIL004]"));
    bench.shell("rm content/en/guides/$'a\\nb.md'");
    let before = bench.program.builds();
    bench.put(GOALS, "# Goals\n\nafter the bad name\n");
    bench.program.until("the next edit", |program| program.builds() > before && program.text(GOALS_OUT).contains("after the bad name"));
}

#[test]
fn b25_edits_of_one_size_in_one_tick_and_false_times_are_seen() {
    let mut bench = Bench::new(Verb::Watch);
    bench.put(GOALS, "# Goals\n\nnumber 000\n");
    bench.until_shown(GOALS_OUT, "number 000");
    for i in 1..=100 {
        bench.put(GOALS, &format!("# Goals\n\nnumber {i:03}\n"));
    }
    bench.until_shown(GOALS_OUT, "number 100");
    for (i, time) in ["1970-01-01", "2100-01-01", "now"].iter().enumerate() {
        bench.put(GOALS, &format!("# Goals\n\nnumber {}\n", 200 + i));
        bench.shell(&format!("touch -d '{time}' {GOALS}"));
        bench.until_shown(GOALS_OUT, &format!("number {}", 200 + i));
    }
    bench.is_clean();
}

#[test]
fn b26_without_watches_left_the_files_are_looked_at() {
    let folder = project();
    let root = folder.path().join("site");
    let script = "echo 3 > /proc/sys/user/max_inotify_watches || exit 99; exec \"$0\" build --watch --today 2026-11-21 --format short";
    let possible = Command::new("unshare").args(["-Ur", "sh", "-c", "echo 3 > /proc/sys/user/max_inotify_watches"]).output();
    if !possible.is_ok_and(|output| output.status.success()) {
        return skip("no user spaces here (unshare -Ur)");
    }
    let mut command = Command::new("unshare");
    command.args(["-Ur", "sh", "-c", script, env!("CARGO_BIN_EXE_rahnama")]);
    let mut bench = Bench { program: Running::spawn(&root, command), folder };
    assert!(bench.program.said().contains("sudo sysctl fs.inotify.max_user_watches"), "{}", bench.program.said());
    for words in ["seen by looking", "seen again"] {
        bench.put(GOALS, &format!("# Goals\n\n{words}\n"));
        bench.until_shown(GOALS_OUT, words);
    }
}

#[test]
fn b26_events_that_were_lost_are_made_good_by_a_look() {
    let mut bench = Bench::new(Verb::Watch);
    bench.program.signal("STOP");
    // More than fs.inotify.max_queued_events, which is 16384 by default.
    bench.shell("for i in $(seq 12000); do echo $i > content/en/guides/new.txt; done; printf '# Goals\\n\\nafter the flood\\n' > content/en/guides/goals.md; mkdir content/en/late; printf '# Late\\n' > content/en/late/index.md");
    bench.program.signal("CONT");
    bench.until_shown(GOALS_OUT, "after the flood");
    bench.until_shown("en/late/index.html", "Late");
    bench.put("content/en/late/x.md", "# In a folder made during the flood\n");
    bench.until_shown("en/late/x/index.html", "In a folder");
    bench.is_clean();
}

#[test]
fn b27_watching_waits_while_another_build_publishes_and_goes_on_by_itself() {
    let mut bench = Bench::new(Verb::Watch);
    let lock = bench.root().join(".public.lock");
    let mut holder = Command::new("flock").args(["-x"]).arg(&lock).args(["sleep", "3"]).spawn().expect("flock starts");
    pause(300);
    bench.put(GOALS, "# Goals\n\nwritten meanwhile\n");
    bench.program.until("who publishes", |program| program.said().contains("another build is publishing to"));
    assert!(!bench.shown(GOALS_OUT).contains("written meanwhile"));
    drop(holder.wait());
    bench.until_shown(GOALS_OUT, "written meanwhile");
    assert_eq!(bench.program.said().matches("another build is publishing").count(), 1, "{}", bench.program.said());
    for _ in 0..3 {
        assert!(run(&bench.root(), &["build", "-q", "--wait", "--today", TODAY]).status.success());
    }
    bench.put(GOALS, "# Goals\n\nbeside other builds\n");
    bench.until_shown(GOALS_OUT, "beside other builds");
}

#[test]
fn b30_a_content_folder_that_goes_away_deletes_nothing() {
    let mut bench = Bench::new(Verb::Watch);
    let before = tree(&bench.root().join("public"));
    bench.shell("mv content away");
    bench.program.until("a word about it", |program| program.said().contains("the folder `content` is gone"));
    assert_eq!(tree(&bench.root().join("public")), before);
    bench.shell(&format!("mv away content; printf '# Goals\\n\\nback again\\n' > {GOALS}"));
    bench.until_shown(GOALS_OUT, "back again");
    bench.is_clean();
}

#[test]
fn b31_without_events_the_files_are_looked_at() {
    let folder = project();
    let root = folder.path().join("site");
    let mut command = program(&["build", "--watch", "--watcher", "poll", "--today", TODAY, "--format", "short"]);
    command.env("HOME", "/nonexistent");
    let mut bench = Bench { program: Running::spawn(&root, command), folder };
    bench.put(GOALS, "# Goals\n\nseen by looking\n");
    bench.until_shown(GOALS_OUT, "seen by looking");
    bench.shell("mkdir content/en/more; printf '# More\\n' > content/en/more/index.md; rm content/fa/guides/channels.md");
    bench.until_shown("en/more/index.html", "More");
    bench.is_clean();
}
