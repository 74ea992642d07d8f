//! Every single operation fails, once or for good.

use super::*;
use std::sync::atomic::AtomicUsize;

/// A disk on which the n-th operation goes wrong.
#[derive(Debug)]
struct Faulty {
    /// Operations before the fault.
    left: AtomicUsize,
    how: How,
    exchanges: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    Once(io::ErrorKind),
    /// As if the process had been killed: nothing is done any more.
    Killed,
}

impl Faulty {
    fn new(n: usize, how: How, exchanges: bool) -> Faulty {
        Faulty { left: AtomicUsize::new(n), how, exchanges }
    }
}

impl Ops for &Faulty {
    fn before(&self, operation: &'static str, _: &Path) -> io::Result<()> {
        if operation == "exchange" && !self.exchanges {
            return Err(io::ErrorKind::Unsupported.into());
        }
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => match self.how {
                How::Once(kind) => {
                    self.left.store(usize::MAX, Ordering::SeqCst);
                    Err(kind.into())
                }
                How::Killed => Err(io::Error::other("killed")),
            },
        }
    }
}

/// Lets each operation of a publication fail in turn, and looks at the folder after each.
fn every_operation(old: Option<&Site>, new: &Site, how: How, exchanges: bool, remembered: bool) {
    let mut seen = [0, 0];
    for n in 0.. {
        let project = Project::new();
        let memory = old.map(|site| project.publish(site).memory).filter(|_| remembered);
        let disk = Faulty::new(n, how, exchanges);
        let opened = project.open_with(&disk, &project.out(), memory);
        let result = opened.map_err(|refusal| refusal.to_string()).and_then(|publisher| put_all(publisher, new).map_err(|fault| fault.to_string()));
        let is_whole = how != How::Killed;
        let what = format!("{how:?} at {n}: {result:?}");
        let is_through = disk.left.load(Ordering::SeqCst) > 0 && disk.left.load(Ordering::SeqCst) < usize::MAX / 2;
        if is_whole {
            check(&project, old, new, &mut seen, &what);
            assert!(result.is_err() || project.published() == *new, "{what}: said to be done");
        }
        project.open().unwrap().abandon();
        check(&project, old, new, &mut seen, &what);
        assert_eq!(project.leftovers(), Vec::<String>::new(), "{what}");
        project.publish(new);
        assert_eq!(project.published(), *new, "{what}");
        if is_through {
            assert!(result.is_ok(), "{what}");
            assert!(seen[1] > 0 && (seen[0] > 0 || old.is_none()), "both outcomes were seen: {seen:?}");
            return;
        }
    }
}

/// The folder holds the old or the new site, whole.
fn check(project: &Project, old: Option<&Site>, new: &Site, seen: &mut [usize; 2], what: &str) {
    let site = if project.out().exists() { Some(project.published()) } else { None };
    assert!(site.as_ref() == old || site.as_ref() == Some(new), "{what}: neither the old site nor the new one: {site:?}");
    seen[usize::from(site.as_ref() == Some(new))] += 1;
}

fn ways() -> Vec<How> {
    use io::ErrorKind::{Other, PermissionDenied, StorageFull};
    [StorageFull, PermissionDenied, Other].into_iter().map(How::Once).chain([How::Killed]).collect()
}

#[test]
fn the_first_publication() {
    ways().into_iter().for_each(|how| every_operation(None, &site(4, "a", |_| true), how, true, false));
}

/// Two sites near enough to be changed in place: a page and the sitemap differ, a page goes, a page comes.
fn neighbours() -> (Site, Site) {
    let (old, mut new) = (site(80, "a", |i| i == 5), site(80, "b", |i| i == 5));
    new.remove("sv/strategi/sida-9/index.html");
    new.insert("en/new/page/index.html".to_owned(), "new".to_owned());
    let project = Project::new();
    project.publish(&old);
    let folder = fs::metadata(project.out()).unwrap().ino();
    project.publish(&new);
    assert_eq!(fs::metadata(project.out()).unwrap().ino(), folder, "in place");
    (old, new)
}

#[test]
fn a_publication_in_place() {
    let (old, new) = neighbours();
    every_operation(Some(&old), &new, How::Once(io::ErrorKind::StorageFull), true, false);
    every_operation(Some(&old), &new, How::Once(io::ErrorKind::Other), true, true);
    every_operation(Some(&old), &new, How::Killed, true, false);
}

#[test]
fn a_publication_by_exchange() {
    let (old, new) = (site(6, "a", |_| true), site(7, "b", |i| i != 2));
    ways().into_iter().for_each(|how| every_operation(Some(&old), &new, how, true, false));
}

#[test]
fn a_publication_by_two_renames() {
    let (old, new) = (site(4, "a", |_| true), site(5, "b", |_| true));
    ways().into_iter().for_each(|how| every_operation(Some(&old), &new, how, false, false));
}

#[test]
fn two_kills_in_a_row() {
    let (old, new) = neighbours();
    for first in (10..36).step_by(2) {
        for second in 0..8 {
            let project = Project::new();
            project.publish(&old);
            let disk = Faulty::new(first, How::Killed, true);
            let _ = project.open_with(&disk, &project.out(), None).map(|publisher| put_all(publisher, &new));
            let disk = Faulty::new(second, How::Killed, true);
            drop(project.open_with(&disk, &project.out(), None));
            project.open().unwrap().abandon();
            check(&project, Some(&old), &new, &mut [0, 0], &format!("killed at {first}, then at {second}"));
            assert_eq!(project.leftovers(), Vec::<String>::new());
        }
    }
}

#[test]
fn messages_name_the_file_and_the_reason() {
    let project = Project::new();
    let out = project.out();
    let disk = Faulty::new(5, How::Once(io::ErrorKind::StorageFull), true);
    let publisher = project.open_with(&disk, &out, None).unwrap();
    publisher.put(OutPath::new("index.html"), Blob::new("x".repeat(3 << 20)));
    let fault = publisher.finish().unwrap_err();
    let begins = format!("cannot write `{}`: disk full (the site needs about 3.0 MB, ", out.join("index.html").display());
    assert!(fault.to_string().starts_with(&begins), "{fault}");
}

#[test]
fn an_interrupt_stops_writing_and_clears_up() {
    let project = Project::new();
    project.publish(&site(3, "a", |_| true));
    let interrupt = Interrupt::default();
    let publisher = project.open().unwrap().until(&interrupt);
    publisher.put(OutPath::new("x.html"), Blob::new("x"));
    assert!(!project.leftovers().is_empty());
    interrupt.set();
    assert_eq!(project.leftovers(), Vec::<String>::new(), "at once, without the publisher's help");
    publisher.put(OutPath::new("y.html"), Blob::new("y"));
    assert!(publisher.finish().is_err());
    assert_eq!(project.published(), site(3, "a", |_| true));
    assert_eq!(project.leftovers(), Vec::<String>::new());
    assert!(put_all(project.open().unwrap().until(&interrupt), &site(3, "b", |_| true)).is_err());
    assert_eq!(project.published(), site(3, "a", |_| true));
}

/// Publishes one edition after the other until it is killed: small changes, large ones, files that come and go.
#[test]
#[ignore = "run by the test below"]
fn publishes_until_killed() {
    let project = Project::new();
    println!("at {}", project.root().display());
    for i in 0.. {
        project.publish(&edition(i));
    }
}

fn edition(i: usize) -> Site {
    let mut site = site(90, &format!("edition {i}"), |page| if i.is_multiple_of(3) { page.is_multiple_of(2) } else { page == i % 90 });
    site.insert(format!("came/{}/index.html", i % 2), "x".to_owned());
    site
}

#[test]
fn fifty_real_kills() {
    use std::io::BufRead;
    for round in 0..50_u64 {
        let test = "system::writer::tests::faults::publishes_until_killed";
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", test, "--nocapture"]).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        let lines = io::BufReader::new(child.stdout.take().unwrap()).lines();
        let root = lines.map(Result::unwrap).find_map(|line| line.split("at ").nth(1).map(PathBuf::from)).unwrap();
        std::thread::sleep(std::time::Duration::from_micros(3_000 + round * 1_931 % 40_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let out = root.join("public");
        let target = Target { out: &out, keep: &[], root: &root, wait: Wait::Briefly };
        Publisher::open(&target, None).unwrap().abandon();
        let site = if out.exists() { read_tree(&out) } else { Site::new() };
        let number = site.get("sitemap.xml").and_then(|text| text.strip_prefix("edition ")).map(|number| number.parse().unwrap());
        assert!(number.map_or(site.is_empty(), |number: usize| site == edition(number)), "round {round}: one edition, whole");
        let hidden = fs::read_dir(&root).unwrap().filter(|entry| entry.as_ref().unwrap().file_name().as_encoded_bytes().starts_with(b"."));
        assert_eq!(hidden.count(), 0, "no leftovers");
        fs::remove_dir_all(root).unwrap();
    }
}
