//! What each stage of a build costs: one stage is made anew while everything else is remembered, so that its cost is the difference to
//! `nothing changed`. `cargo bench --manifest-path benches/tools/Cargo.toml [-- STAGE]`, on the corpus of 300 pages,
//! or as many as `PAGES` says, in memory.

#![allow(clippy::expect_used, reason = "a bench that cannot begin has nothing to measure")]

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use rahnama::base::files::{Blob, Files, Sink};
use rahnama::base::memo::Memo;
use rahnama::base::path::OutPath;
use rahnama::base::rows::Rows;
use rahnama::base::world::MemoryWorld;
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::output::search;
use rahnama::pipeline::{Goal, Options, build, memos::Memos};
use rahnama::site::Drafts;
use rahnama::site::pages::SeenRows;
use rahnama::system::writer::lock::Wait;
use rahnama::system::writer::{Publisher, Target};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

fn pages() -> String {
    std::env::var("PAGES").unwrap_or_else(|_| "300".to_owned())
}

/// The project, its files by path.
fn corpus() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    let _ = fs::remove_dir_all(&folder);
    let made = Command::new(env!("CARGO_BIN_EXE_corpus")).args(["--pages", &pages(), "--out"]).arg(&folder).output().expect("the corpus");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut files = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let name = entry.strip_prefix(&folder).expect("below the corpus").to_string_lossy().into_owned();
                files.insert(name, fs::read(&entry).expect("a file"));
            }
        }
    }
    files
}

fn world(files: &BTreeMap<String, Vec<u8>>) -> MemoryWorld {
    let mut world = MemoryWorld::default();
    files.iter().for_each(|(path, bytes)| world.put(path, bytes.clone()));
    world
}

fn options() -> Options {
    let today = Date::parse("2026-11-21", Calendar::Gregory).expect("a date");
    Options { drafts: Drafts::Exclude, today, portable: false, base_url: None }
}

fn made(world: &MemoryWorld, memos: &Memos) -> BTreeMap<OutPath, Arc<Blob>> {
    let files = Files::default();
    let built = build(world, &options(), memos, Goal::Write(&files));
    assert!(!built.has_errors(), "the corpus has errors");
    files.into_map()
}

/// Tables that a build has filled, but for one stage's.
fn all_but(world: &MemoryWorld, forget: impl Fn(&mut Memos)) -> Memos {
    let mut memos = Memos::default();
    forget(&mut memos);
    made(world, &memos);
    memos
}

fn stages(criterion: &mut Criterion) {
    let files = corpus();
    let before = world(&files);
    let mut group = criterion.benchmark_group(format!("{} pages", pages()));
    group.sample_size(10);
    let mut stage = |name: &str, forget: &dyn Fn(&mut Memos)| {
        group.bench_function(name, |bencher| {
            let memos = all_but(&before, forget);
            bencher.iter(|| made(&before, &memos));
        });
    };
    stage("nothing changed", &|_| {});
    stage("parse", &|memos| memos.documents = Rows::off());
    stage("link", &|memos| {
        memos.sites = Memo::off();
        memos.resolved = SeenRows::off();
        memos.definitions = Memo::off();
    });
    stage("check", &|memos| {
        memos.checks = SeenRows::off();
        memos.lints = Rows::off();
    });
    stage("render", &|memos| {
        memos.output.rows = SeenRows::off();
        memos.output.unchanged = Memo::off();
        memos.output.pages = Memo::off();
        memos.output.twins = Rows::off();
    });
    stage("search index", &|memos| memos.output.search = Arc::new(search::Memos::off()));
    stage("everything", &|memos| *memos = Memos::off());

    one_edit(&mut group, &files, &before);
    write(&mut group, &before);
    group.finish();
}

/// One sentence more in one guide, and back again.
fn one_edit(group: &mut BenchmarkGroup<'_, WallTime>, files: &BTreeMap<String, Vec<u8>>, before: &MemoryWorld) {
    let guide = files.keys().find(|path| path.starts_with("content/en/") && path.matches('/').count() == 3 && !path.ends_with("index.md"));
    let guide = guide.expect("a guide").clone();
    let mut after = before.clone();
    after.put(&guide, [&files[&guide], b"\nOne more sentence.\n".as_slice()].concat());
    group.bench_function("one edit", |bencher| {
        let memos = all_but(before, |_| {});
        let mut turn = 0;
        bencher.iter(|| {
            turn += 1;
            made(if turn % 2 == 1 { &after } else { before }, &memos)
        });
    });
}

/// A whole site into a new folder.
fn write(group: &mut BenchmarkGroup<'_, WallTime>, before: &MemoryWorld) {
    group.bench_function("write", |bencher| {
        let site = made(before, &Memos::off());
        let new_folder = || tempfile::tempdir().expect("a folder");
        bencher.iter_batched(
            new_folder,
            |folder| {
                let target = Target { out: &folder.path().join("public"), keep: &[], root: folder.path(), wait: Wait::Briefly };
                let publisher = Publisher::open(&target, None).unwrap_or_else(|refusal| panic!("{refusal}"));
                site.iter().for_each(|(path, blob)| publisher.put(path.clone(), blob.clone()));
                publisher.finish().expect("published");
                folder
            },
            BatchSize::PerIteration,
        );
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);
