//! Figures of the machine: `cargo test --lib system::measure -- --ignored --nocapture --test-threads 1`.

use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;
use crate::base::world::World;
use crate::system::disk::DiskWorld;
use crate::system::writer::lock::Wait;
use crate::system::writer::{Memory, Published, Publisher, Target};
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const FILES: usize = 10_000;

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), cpu());
    let result = work();
    println!("{what:<44} {:>7.1} ms wall {:>7.1} ms cpu", millis(start.elapsed()), millis(cpu().saturating_sub(before)));
    result
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// User and system time of this process, in ticks of ten milliseconds.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

fn body(i: usize, bytes: usize) -> String {
    format!("{i} راهنما ").repeat(bytes / 12).chars().take(bytes).collect()
}

#[test]
#[ignore = "measures"]
fn reading_a_project() {
    let folder = TempDir::new().unwrap();
    for i in 0..FILES {
        let path = folder.path().join(format!("content/sv/s{}/g{i}.md", i / 25));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, body(i, 4000)).unwrap();
    }
    let world = timed("open (walk)", || DiskWorld::open(folder.path()).unwrap());
    let paths = world.list("content");
    timed("read all", || paths.par_iter().for_each(|path| drop(world.read(path).unwrap())));
    let mut world = timed("watching (walk and read)", || DiskWorld::watching(folder.path()).unwrap());
    std::thread::sleep(Duration::from_millis(2100));
    timed("refresh, all unsettled", || world.refresh());
    timed("refresh, settled", || world.refresh());
    timed("refresh, settled", || world.refresh());
    let path = world.place(&paths[500]);
    std::fs::write(&path, "x").unwrap();
    timed("refresh only one", || world.refresh_only(&[path]));
}

fn pages() -> Vec<(OutPath, Arc<Blob>)> {
    (0..FILES).map(|i| (OutPath::new(format!("sv/s{}/g{i}/index.html", i / 25)), Blob::new(body(i, 12_000)))).collect()
}

fn publish(root: &Path, pages: &[(OutPath, Arc<Blob>)], memory: Option<Memory>) -> Published {
    let target = Target { out: &root.join("public"), keep: &[], root, wait: Wait::Briefly };
    let publisher = timed("  open", || Publisher::open(&target, memory).unwrap());
    timed("  put", || pages.par_iter().for_each(|(path, blob)| publisher.put(path.clone(), blob.clone())));
    timed("  finish", || publisher.finish().unwrap())
}

#[test]
#[ignore = "measures"]
fn writing_a_site() {
    let folder = TempDir::new_in(std::env::var_os("MEASURE_IN").unwrap_or("/tmp".into())).unwrap();
    let root = folder.path();
    let mut pages = pages();
    println!("{} bytes a file", pages[0].1.bytes.len());
    timed("floor: folders and files, nothing else", || {
        pages.par_iter().for_each(|(path, blob)| {
            let path = root.join("floor").join(&**path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &blob.bytes).unwrap();
        });
    });
    timed("sync", rustix::fs::sync);
    timed("clean", || publish(root, &pages, None));
    timed("unchanged", || publish(root, &pages, None));
    pages[17].1 = Blob::new("new");
    let published = timed("one changed", || publish(root, &pages, None));
    pages[18].1 = Blob::new("new");
    timed("one changed, watching", || publish(root, &pages, Some(published.memory)));
    pages.iter_mut().step_by(2).for_each(|(_, blob)| *blob = Blob::new([&blob.bytes[..], b"."].concat()));
    timed("half changed", || publish(root, &pages, None));
    pages.iter_mut().for_each(|(_, blob)| *blob = Blob::new([&blob.bytes[..], b"."].concat()));
    timed("all changed", || publish(root, &pages, None));
}
