//! Watching never shows anything old: sequences of edits against the running program, with pauses between them and kills in the midst,
//! end in what a clean build gives: the same bytes, the same absent files, the same messages.
//!
//! `LIVE_SEQUENCES=1000` runs more than the sequences of every day; a failing seed is printed and belongs into `SEEDS`.

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]
#![allow(dead_code, reason = "the model and the running program are shared with other tests")]

#[path = "common/model.rs"]
mod model;
#[path = "common/running.rs"]
mod running;
#[path = "common/site.rs"]
mod site;

use model::{Random, Site, edit, start};
use rayon::prelude::*;
use running::{Running, Verb, pause};
use site::{program, put, run, said, tree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Seeds that found something once.
const SEEDS: &[u64] = &[];

/// How long a change may take to be seen on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(30);

/// The project on disk, and what is known of it.
struct Bench {
    folder: TempDir,
    verb: Verb,
    program: Running,
    /// As it was written last.
    written: Site,
    /// Every file that was published at some time.
    seen: BTreeSet<PathBuf>,
}

impl Bench {
    fn new(verb: Verb) -> Bench {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let root = folder.path().join("site");
        let written = start();
        written.0.iter().for_each(|(path, bytes)| put(&root, path, &String::from_utf8_lossy(bytes)));
        let program = Running::start(&root, verb);
        Bench { folder, verb, program, written, seen: BTreeSet::new() }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Brings the disk to a state, each file in a way that some editor has.
    fn write(&mut self, wanted: &Site, random: &mut Random) {
        let root = self.root();
        for path in self.written.0.keys().filter(|path| !wanted.0.contains_key(*path)) {
            fs::remove_file(root.join(path)).expect("it is there");
        }
        for (path, bytes) in wanted.0.iter().filter(|(path, bytes)| self.written.0.get(*path) != Some(bytes)) {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            match random.below(4) {
                0 => fs::write(&file, bytes).expect("written"),
                1 => {
                    let draft = file.with_extension("swp");
                    fs::write(&draft, bytes).expect("written");
                    fs::rename(&draft, &file).expect("renamed");
                }
                2 => {
                    drop(fs::write(&file, ""));
                    pause(random.below(4) as u64);
                    fs::write(&file, bytes).expect("written");
                }
                _ => {
                    drop(fs::remove_file(&file));
                    fs::write(&file, bytes).expect("written");
                }
            }
        }
        self.written = wanted.clone();
    }

    /// What a clean build in another folder gives.
    fn clean(&self) -> (Output, BTreeMap<PathBuf, Vec<u8>>) {
        let out = self.folder.path().join("clean");
        drop(fs::remove_dir_all(&out));
        let output = run(&self.root(), &["build", "--today", running::TODAY, "--format", "short", "-o", out.to_str().expect("UTF-8")]);
        let files = tree(&out);
        (output, files)
    }

    /// Waits until the program shows what a clean build gives; what still differs is the error.
    fn settles(&mut self) -> Result<(), String> {
        let (output, files) = self.clean();
        let wanted = Wanted { is_good: output.status.success(), problems: problems(&said(&output)), files };
        self.seen.extend(wanted.files.keys().cloned());
        let begun = Instant::now();
        loop {
            let difference = self.difference(&wanted);
            if difference.is_none() || begun.elapsed() > PATIENCE {
                return difference.map_or(Ok(()), |what| Err(format!("{what}\n{}", self.program.said())));
            }
            pause(30);
        }
    }

    fn difference(&mut self, wanted: &Wanted) -> Option<String> {
        if !self.program.is_running() {
            return Some("the program has ended".to_owned());
        }
        if self.verb == Verb::Watch {
            let problems = problems(&self.program.last_report());
            if problems != wanted.problems {
                return Some(format!("the messages differ: {problems:#?} where a clean build says {:#?}", wanted.problems));
            }
        }
        if !wanted.is_good {
            return None;
        }
        let shown = match self.verb {
            Verb::Watch => tree(&self.root().join("public")),
            Verb::Serve => self.served(wanted),
        };
        let names: BTreeSet<&PathBuf> = shown.keys().chain(wanted.files.keys()).collect();
        let other = names.into_iter().find(|name| shown.get(*name) != wanted.files.get(*name))?;
        let text = |files: &BTreeMap<PathBuf, Vec<u8>>| files.get(other).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        Some(format!("`{}` differs:\n{:?}\nwhere a clean build has\n{:?}", other.display(), text(&shown), text(&wanted.files)))
    }

    /// Every file that was ever there, as the server gives it; the manifest is for folders only.
    fn served(&self, wanted: &Wanted) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut shown = BTreeMap::new();
        for path in &self.seen {
            if path == Path::new("manifest.json") {
                shown.extend(wanted.files.get(path).map(|bytes| (path.clone(), bytes.clone())));
            } else if let Some(bytes) = self.program.get(&path.to_string_lossy()) {
                shown.insert(path.clone(), bytes);
            }
        }
        shown
    }

    /// Ends the program as a power cut does, and starts it anew.
    fn kill(&mut self) {
        self.program.kill();
        self.program = Running::start(&self.root(), self.verb);
    }
}

/// What a clean build gives.
struct Wanted {
    is_good: bool,
    problems: Vec<String>,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

/// The lines that are messages, in order.
fn problems(said: &str) -> Vec<String> {
    said.lines().filter(|line| ["error[", "warning[", "info["].iter().any(|level| line.contains(level))).map(str::to_owned).collect()
}

/// One sequence; what went wrong is the error.
fn sequence(seed: u64) -> Result<(), String> {
    let mut random = Random::new(seed);
    let verb = if seed.is_multiple_of(2) { Verb::Watch } else { Verb::Serve };
    let mut bench = Bench::new(verb);
    let mut wanted = start();
    for step in 0..5 {
        let mut names = Vec::new();
        for _ in 0..=random.below(3) {
            names.push(edit(&mut wanted, &mut random));
            bench.write(&wanted, &mut random);
            pause(random.below(300) as u64);
        }
        if random.below(5) == 0 {
            bench.kill();
        }
        bench.settles().map_err(|what| format!("seed {seed} ({verb:?}), step {step}, after editing {names:?}: {what}"))?;
    }
    Ok(())
}

#[test]
fn watching_and_serving_equal_clean_builds() {
    let count = std::env::var("LIVE_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(8_u64);
    let seeds: Vec<u64> = SEEDS.iter().copied().chain(1..=count).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(4).build().expect("threads");
    let failures: Vec<String> = pool.install(|| seeds.par_iter().filter_map(|seed| sequence(*seed).err()).collect());
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn reasons_are_told_with_the_build_that_they_are_of() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let root = folder.path().join("site");
    start().0.iter().for_each(|(path, bytes)| put(&root, path, &String::from_utf8_lossy(bytes)));
    let mut command = program(&["serve", "--port", "0", "--explain", "--today", running::TODAY]);
    command.env("HOME", "/nonexistent");
    let mut program = Running::spawn(&root, command);
    assert!(program.said().contains("en/b/three/: it is new"), "{}", program.said());
    put(&root, "content/en/b/three.md", "+++\ntitle = \"Three en\"\nrelated = [\"a/one\"]\n+++\nOther text.\n");
    program.until("another build", |program| program.builds() > 1);
    let report = program.last_report();
    assert!(report.contains("en/b/three/: its file") && !report.contains("it is new"), "{report}");
}

/// Memory in kilobytes and open files of a process.
fn size(process: u32) -> (usize, usize) {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
    (memory.unwrap_or(0), fs::read_dir(format!("/proc/{process}/fd")).map_or(0, Iterator::count))
}

fn median(numbers: &mut [usize]) -> usize {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0)
}

/// Edits, breaks, switches of branches and readers for many minutes: memory and open files stay as they are.
#[test]
#[ignore = "SOAK_MINUTES=10 cargo test --test live -- --ignored --nocapture"]
fn soak() {
    let minutes = std::env::var("SOAK_MINUTES").ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(10_u64);
    let mut random = Random::new(7);
    let mut bench = Bench::new(Verb::Serve);
    let (begun, mut edits, mut told) = (Instant::now(), 0, 0);
    let mut wanted = start();
    let mut sizes: Vec<(usize, usize)> = Vec::new();
    while begun.elapsed() < Duration::from_secs(60 * minutes) {
        if random.below(20) == 0 {
            wanted = start(); // Back to the branch that everything began with.
        } else {
            edit(&mut wanted, &mut random);
        }
        bench.write(&wanted, &mut random);
        edits += 1;
        pause(50 + random.below(400) as u64);
        for path in ["sv/index.html", "en/a/one/index.html", "nowhere", "_rahnama/index.html"] {
            bench.program.get(path);
        }
        assert!(bench.program.is_running(), "{}", bench.program.said());
        if begun.elapsed().as_secs() / 10 > told {
            told = begun.elapsed().as_secs() / 10;
            sizes.push(size(bench.program.id()));
            let (memory, files) = sizes[sizes.len() - 1];
            println!("{:4} s: {edits} edits, {} builds, {memory} kB, {files} files", begun.elapsed().as_secs(), bench.program.builds());
        }
    }
    bench.write(&start(), &mut random);
    bench.settles().expect("in the end it is what a clean build gives");
    let third = sizes.len() / 3;
    let of = |sizes: &[(usize, usize)]| {
        (median(&mut sizes.iter().map(|size| size.0).collect::<Vec<_>>()), median(&mut sizes.iter().map(|size| size.1).collect::<Vec<_>>()))
    };
    let (early, late) = (of(&sizes[third..2 * third]), of(&sizes[2 * third..]));
    println!("second third {early:?}, last third {late:?}");
    assert!(late.0 < early.0 + early.0 / 5 && late.1 <= early.1 + 2, "{early:?} grew to {late:?}");
}
