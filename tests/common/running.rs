//! The program while it watches or serves.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The day of every build here.
pub const TODAY: &str = "2026-11-21";

/// How long the program may take to say or do something.
const PATIENCE: Duration = Duration::from_secs(30);

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `build --watch`.
    Watch,
    /// `serve`.
    Serve,
}

/// The running program; it ends with this value.
pub struct Running {
    child: Child,
    log: PathBuf,
    url: Option<String>,
}

/// Does nothing for some milliseconds.
pub fn pause(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

impl Running {
    /// Starts in a project and waits for the first build.
    pub fn start(root: &Path, verb: Verb) -> Running {
        let arguments: &[&str] = match verb {
            Verb::Watch => &["build", "--watch"],
            Verb::Serve => &["serve", "--port", "0"],
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_rahnama"));
        command.args(arguments).args(["--today", TODAY, "--format", "short"]);
        Running::spawn(root, command)
    }

    /// Starts any command line of the program, and waits for the first build.
    pub fn spawn(root: &Path, mut command: Command) -> Running {
        let log = root.with_extension(format!("log{}", fs::read_dir(root.parent().expect("a folder")).expect("read").count()));
        let out = File::create(&log).expect("a file");
        let err = out.try_clone().expect("the same file");
        let child = command.current_dir(root).env("HOME", "/nonexistent").stdin(Stdio::null()).stdout(out).stderr(err).spawn().expect("it starts");
        let mut running = Running { child, log, url: None };
        running.until("the first build", |running| running.builds() > 0 || !running.is_running());
        if running.said().contains("open http") || command.get_args().any(|argument| argument == "serve") {
            running.until("an address", |running| running.said().contains("open http"));
            let said = running.said();
            running.url = said.split("open ").nth(1).and_then(|rest| rest.split_whitespace().next()).map(str::to_owned);
        }
        running
    }

    /// Everything it has said.
    pub fn said(&self) -> String {
        fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// How many builds it has told of.
    pub fn builds(&self) -> usize {
        self.said().lines().filter(|line| is_status(line)).count()
    }

    /// What it said about the last build, with its status line.
    pub fn last_report(&self) -> String {
        let said = self.said();
        let lines: Vec<&str> = said.lines().collect();
        let Some(end) = lines.iter().rposition(|line| is_status(line)) else { return String::new() };
        let begin = lines[..end].iter().rposition(|line| is_status(line)).map_or(0, |at| at + 1);
        lines[begin..=end].join("\n")
    }

    /// Whether it has not ended.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("asked").is_none()
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until something is so; how long that took.
    pub fn until(&mut self, what: &str, mut is_so: impl FnMut(&mut Running) -> bool) -> Duration {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < PATIENCE, "{what} did not come:\n{}", self.said());
            pause(5);
        }
        begun.elapsed()
    }

    /// Waits until nothing has been said for a moment.
    pub fn settle(&mut self) {
        let mut said = String::new();
        self.until("quiet", |running| {
            pause(600);
            let now = running.said();
            std::mem::replace(&mut said, now.clone()) == now
        });
    }

    /// The body of an answer with 200, without the script that the server puts into pages.
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let host = self.url.as_deref().expect("it serves").trim_start_matches("http://").trim_end_matches('/');
        let target: String = path
            .bytes()
            .map(|b| if b.is_ascii_alphanumeric() || b"/.-_~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect();
        let mut stream = TcpStream::connect(host).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        write!(stream, "GET /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").ok()?;
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).ok()?;
        let end = reply.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
        if !reply.starts_with(b"HTTP/1.1 200 ") {
            return None;
        }
        let body = reply.split_off(end + 4);
        let begin = b"<script src=\"/_rahnama/live.js\"";
        let Some(at) = body.windows(begin.len()).position(|bytes| bytes == begin) else { return Some(body) };
        let end = body[at..].windows(9).position(|bytes| bytes == b"</script>")? + at + 9;
        Some([&body[..at], &body[end..]].concat())
    }

    /// The text of an answer.
    pub fn text(&self, path: &str) -> String {
        self.get(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        assert!(Command::new("kill").args(["-s", name, &self.id().to_string()]).status().expect("it starts").success());
    }

    /// Ends it at once, as the kernel does.
    pub fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// Waits for its end.
    pub fn end(&mut self) -> ExitStatus {
        let mut status = None;
        self.until("its end", |running| {
            status = running.child.try_wait().expect("asked");
            status.is_some()
        });
        status.expect("it has ended")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// `…: 2 of 30 pages made, 5 files changed in 12 ms`.
fn is_status(line: &str) -> bool {
    line.contains(" made, ") && line.contains(" changed in ")
}
