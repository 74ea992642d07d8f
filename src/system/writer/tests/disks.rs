//! Publishing on real small disks, mounted in a name space of their own: no rights are needed for it, only a kernel that allows it.

use super::*;
use std::process::Command;

/// Runs an ignored test of this file again in a process that sees a new disk of `size` at the path in `DISK`.
fn on_a_disk(size: &str, test: &str) {
    let folder = TempDir::new().unwrap();
    let script =
        format!("mount -t tmpfs -o size={size} none \"$DISK\" && exec \"$0\" --ignored --exact system::writer::tests::disks::{test} --nocapture");
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new("unshare");
    command.args(["-Urm", "sh", "-c", &script]).arg(program).env("DISK", folder.path());
    match command.output() {
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            let is_forbidden = text.contains("unshare:") || text.contains("mount:");
            assert!(output.status.success() && text.contains("1 passed") || is_forbidden, "{text}");
            if is_forbidden {
                println!("SKIPPED: {text}");
            }
        }
        Err(error) => println!("SKIPPED: {error}"),
    }
}

fn disk() -> PathBuf {
    std::env::var_os("DISK").unwrap().into()
}

#[test]
fn an_output_folder_may_be_a_disk_of_its_own() {
    on_a_disk("4m", "inside_an_output_on_its_own_disk");
}

#[test]
#[ignore = "run by the test above"]
fn inside_an_output_on_its_own_disk() {
    let project = Project::new();
    let inode = |path: &Path| fs::metadata(path).unwrap().ino();
    let folder = inode(&disk());
    let crossing = Site::from([("sv".to_owned(), "a file where a folder was".to_owned())]);
    let mut memory = None;
    for site in [site(5, "a", |_| true), site(50, "b", |i| i > 3), crossing, site(3, "c", |_| false), Site::new()] {
        let published = put_all(project.open_with(Disk, &disk(), memory.take()).unwrap(), &site).unwrap();
        assert_eq!(read_tree(&disk()), site);
        memory = Some(published.memory).filter(|_| site.len() % 2 == 0);
        assert_eq!(fs::read_dir(disk()).unwrap().filter(|entry| entry.as_ref().unwrap().file_name().as_encoded_bytes()[0] == b'.').count(), 0);
    }
    assert_eq!(inode(&disk()), folder);
}

#[test]
fn a_full_disk_leaves_the_old_site_and_says_how_much_is_missing() {
    on_a_disk("600k", "inside_a_full_disk");
}

#[test]
#[ignore = "run by the test above"]
fn inside_a_full_disk() {
    let project = Project::new();
    let out = disk().join("public");
    let small = site(10, "a", |_| true);
    put_all(project.open_with(Disk, &out, None).unwrap(), &small).unwrap();
    let sizes = (10..120).step_by(10);
    let mut failed = 0;
    for kilobytes in sizes {
        let big: Site = (0..10).map(|i| (format!("p{i}/index.html"), "x".repeat(kilobytes * 1024))).collect();
        match put_all(project.open_with(Disk, &out, None).unwrap(), &big) {
            Ok(_) => assert_eq!(read_tree(&out), big),
            Err(fault) => {
                failed += 1;
                assert!(fault.to_string().contains(": disk full (the site needs about "), "{fault}");
            }
        }
        put_all(project.open_with(Disk, &out, None).unwrap(), &small).unwrap();
        assert_eq!(read_tree(&out), small);
        assert_eq!(fs::read_dir(disk()).unwrap().count(), 1, "no leftovers");
    }
    assert!(failed > 3);
}
