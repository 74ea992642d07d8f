//! Building again on every change: what `build --watch` and `serve` share.

use super::{Stop, build, report, today};
use crate::cli::Global;
use crate::pipeline::{Built, Goal, Options, memos::Memos};
use crate::system::disk::{DiskWorld, Refresh};
use crate::system::terminal::plural;
use crate::system::watch::{Mode, Stopper, Wake, Watcher};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

/// After the files that were named, everything is looked at once it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(300);

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum WatcherMode {
    /// The system tells of changes
    Native,
    /// Files are looked at
    Poll,
    /// Looked at on network disks, else told
    Auto,
}

/// A project that is built again and again.
pub struct Project {
    /// Its files.
    pub world: DiskWorld,
    /// What is remembered from build to build.
    pub memos: Memos,
    watcher: Watcher,
    options: Options,
    /// The day, when it was given; else it is today's at each build.
    day: Option<String>,
    stop: Arc<AtomicU8>,
    /// Whether everything has to be looked at before the next long wait.
    owes_full_look: bool,
}

/// Why a build is made.
pub struct Change {
    /// What changed, in words for the status line.
    pub what: String,
    /// When it was noticed.
    pub since: Instant,
}

impl Project {
    /// Opens a project and reads all of it.
    ///
    /// # Errors
    /// The machine.
    pub fn open(global: &Global, root: &Path, options: Options, day: Option<String>, mode: WatcherMode) -> Result<Project, Stop> {
        let mode = match mode {
            WatcherMode::Native => Mode::Native,
            WatcherMode::Poll => Mode::Poll,
            WatcherMode::Auto => Mode::Auto,
        };
        let mut watcher = Watcher::new(root, mode);
        let world = DiskWorld::watching(root).map_err(Stop::fault)?;
        watcher.notes().iter().for_each(|note| report::line(global, note));
        let stop = Arc::new(AtomicU8::new(0));
        on_signal(watcher.stopper(), stop.clone());
        Ok(Project { world, memos: Memos::default(), watcher, options, day, stop, owes_full_look: false })
    }

    /// Builds what the world is now.
    ///
    /// # Errors
    /// `--today` is no date.
    pub fn build(&mut self, goal: Goal<'_>) -> Result<Built, Stop> {
        self.options.today = today(self.day.as_deref())?;
        Ok(build(&self.world, &self.options, &self.memos, goal))
    }

    /// Waits until the world is another one, or until it is time to try again. `None` when the program is to end.
    pub fn next(&mut self, global: &Global, retry: Option<Duration>) -> Option<Change> {
        let until = retry.map(|retry| Instant::now() + retry);
        loop {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let wake = self.watcher.wait(self.owes_full_look.then_some(QUIET).into_iter().chain(left).min());
            let since = Instant::now();
            self.watcher.notes().iter().for_each(|note| report::line(global, note));
            let (refresh, what) = match wake {
                Wake::Stop => return None,
                Wake::Paths(paths) => {
                    self.owes_full_look = true;
                    (self.world.refresh_only(&paths), names(&paths, self.world.root()))
                }
                Wake::Anything | Wake::Nothing => {
                    self.owes_full_look = false;
                    (self.world.refresh(), "files".to_owned())
                }
            };
            match refresh {
                Refresh::Changed => return Some(Change { what, since }),
                Refresh::Same if until.is_some_and(|until| until <= Instant::now()) => return Some(Change { what: "once more".to_owned(), since }),
                Refresh::Same => {}
                Refresh::Doubtful(pause, message) => {
                    report::line(global, &message);
                    std::thread::sleep(pause);
                    self.owes_full_look = true;
                }
            }
        }
    }

    /// The exit code of the signal that ended the program.
    pub fn signal(&self) -> u8 {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Changed files in few words.
fn names(paths: &[std::path::PathBuf], root: &Path) -> String {
    let name = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    match paths {
        [] => "files".to_owned(),
        [one] => name(one),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
    }
}

/// `2 pages made, 5 files changed in 12 ms`, for the status line.
pub fn status(change: Option<&Change>, built: &Built, changed: usize, took: Duration) -> String {
    let counts = crate::system::terminal::Counts::of(&built.diagnostics);
    let what = change.map_or("the whole site", |change| &change.what);
    let (made, changed) = (plural(built.made, "page"), plural(changed, "file"));
    let problems = if counts.errors + counts.warnings == 0 { String::new() } else { format!("; {counts}") };
    format!("{what}: {made} made, {changed} changed in {} ms{problems}", took.as_millis())
}

/// Ends the wait on the first signal and the program on the second.
#[cfg(feature = "serve")]
fn on_signal(stopper: Stopper, code: Arc<AtomicU8>) {
    use tokio::signal::unix::{SignalKind, signal};
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async move {
            let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
            let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = kinds else { return };
            loop {
                let number = tokio::select! {
                    _ = interrupt.recv() => 130,
                    _ = terminate.recv() => 143,
                    _ = hangup.recv() => 129,
                };
                if code.swap(number, Ordering::Relaxed) != 0 {
                    std::process::exit(i32::from(number));
                }
                stopper.stop();
            }
        });
    });
}

#[cfg(not(feature = "serve"))]
fn on_signal(_: Stopper, _: Arc<AtomicU8>) {}
