//! Figures for BENCHMARK.md: `cargo test --lib system::measure -- --ignored --nocapture --test-threads 1`.

use crate::base::world::World;
use crate::system::disk::DiskWorld;
use rayon::prelude::*;
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
