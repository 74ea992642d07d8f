//! Ctrl-C and its relatives: a clean end within a moment, with nothing left behind.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// The longest that the end is put off while a site is being published.
const PATIENCE: Duration = Duration::from_millis(150);

/// What has to be removed when the process is told to end. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    is_set: AtomicBool,
    /// Folders and files to remove. Held locked while a site is being published, which is safe to kill but better not disturbed.
    leftovers: Mutex<Vec<PathBuf>>,
}

impl Interrupt {
    /// Whether the process has been told to end.
    pub fn is_set(&self) -> bool {
        self.0.is_set.load(Ordering::Relaxed)
    }

    /// Notes what to remove, until [`Interrupt::forget`].
    pub fn note(&self, paths: impl IntoIterator<Item = PathBuf>) {
        self.hold().extend(paths);
    }

    /// There is nothing to remove any more.
    pub fn forget(&self) {
        self.hold().clear();
    }

    /// Puts off the end, for a short time, while this is held.
    pub fn hold(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.0.leftovers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops all writing and clears up.
    pub fn set(&self) {
        self.0.is_set.store(true, Ordering::SeqCst);
        let begun = Instant::now();
        loop {
            match self.0.leftovers.try_lock() {
                Ok(leftovers) => return leftovers.iter().for_each(remove),
                Err(TryLockError::Poisoned(leftovers)) => return leftovers.get_ref().iter().for_each(remove),
                Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => return, // The next build clears up.
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
            }
        }
    }
}

/// Files may still come into a folder while it is being removed, from threads that have not seen yet that they are to stop.
fn remove(path: &PathBuf) {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let done = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        if done.is_ok() || !path.exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// From now on a signal to end clears up and ends the process with 128 and its number: 130 for Ctrl-C, 143 for SIGTERM. A second one ends it
/// at once.
///
/// # Errors
/// When the system does not let this process listen for signals; they end it at once then.
#[cfg(feature = "serve")]
pub fn listen(interrupt: &Interrupt) -> Result<(), crate::system::fault::Fault> {
    let fault = |error| crate::system::fault::Fault::new("listen for", "signals", error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(fault)?;
    let mut signals = runtime.block_on(async { Signals::new() }).map_err(fault)?;
    let interrupt = interrupt.clone();
    let work = move || {
        let code = runtime.block_on(signals.next());
        std::thread::spawn(move || {
            interrupt.set();
            std::process::exit(code);
        });
        std::process::exit(runtime.block_on(signals.next()));
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(work).map(drop).map_err(fault)
}

/// Without the feature `serve` signals end the process at once; what it leaves, the next build removes.
///
/// # Errors
/// Never.
#[cfg(not(feature = "serve"))]
pub fn listen(_: &Interrupt) -> Result<(), crate::system::fault::Fault> {
    Ok(())
}

#[cfg(all(feature = "serve", unix))]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

#[cfg(all(feature = "serve", unix))]
impl Signals {
    fn new() -> std::io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// The exit code of the next signal.
    async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.interrupt.recv() => 130,
            _ = self.terminate.recv() => 143,
            _ = self.hangup.recv() => 129,
        }
    }
}

#[cfg(all(feature = "serve", not(unix)))]
struct Signals;

#[cfg(all(feature = "serve", not(unix)))]
impl Signals {
    fn new() -> std::io::Result<Signals> {
        Ok(Signals)
    }

    async fn next(&mut self) -> i32 {
        let _ = tokio::signal::ctrl_c().await;
        130
    }
}
