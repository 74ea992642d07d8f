//! What a child process used: seconds, processor seconds, memory.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a finished process used.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of processor, user and system.
    pub cpu: f64,
    /// Peak memory in megabytes (10⁶ bytes).
    pub memory: f64,
}

/// Runs a command to its end without its output; it must succeed.
pub fn run(mut command: Command) -> Result<Used, String> {
    let told = format!("{command:?}");
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().map_err(|error| format!("cannot start {told}: {error}"))?;
    let (status, usage) = wait(&child).map_err(|error| format!("cannot wait for {told}: {error}"))?;
    if !status.success() {
        return Err(format!("{told} failed: {status}"));
    }
    let wall = start.elapsed().as_secs_f64();
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    Ok(Used { wall, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), memory: usage.ru_maxrss as f64 * MEMORY_UNIT / 1e6 })
}

/// Linux counts in kibibytes, macOS in bytes.
const MEMORY_UNIT: f64 = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };

/// Waits for one child and takes its own usage, not that of all children so far.
fn wait(child: &Child) -> io::Result<(ExitStatus, libc::rusage)> {
    use std::os::unix::process::ExitStatusExt;
    let mut status = 0;
    // SAFETY: `rusage` is plain numbers, for which zero is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to live locals, and the child has not been waited for.
    let waited = unsafe { libc::wait4(child.id() as libc::pid_t, &raw mut status, 0, &raw mut usage) };
    if waited < 0 { Err(io::Error::last_os_error()) } else { Ok((ExitStatus::from_raw(status), usage)) }
}

/// Lets the disk finish what earlier runs wrote, so that nobody pays for another.
pub fn settle() {
    // SAFETY: takes nothing and cannot fail.
    unsafe { libc::sync() };
}

/// A server that ends with this value.
pub struct Server(Child);

impl Server {
    /// Starts it.
    pub fn start(mut command: Command) -> Result<Server, String> {
        let told = format!("{command:?}");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        child.map(Server).map_err(|error| format!("cannot start {told}: {error}"))
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// Processor seconds so far; `None` where there is no `/proc`.
    pub fn cpu(&self) -> Option<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        // SAFETY: only reads a constant of the system.
        Some(ticks / unsafe { libc::sysconf(libc::_SC_CLK_TCK) } as f64)
    }

    /// Peak memory in megabytes so far; `None` where there is no `/proc`.
    pub fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kib| kib * 1024.0 / 1e6)
    }

    /// Processor time while nothing happens, in percent of one processor.
    pub fn idle(&self, time: Duration) -> Option<f64> {
        let before = self.cpu()?;
        std::thread::sleep(time);
        Some((self.cpu()? - before) / time.as_secs_f64() * 100.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is our child and serves from memory: there is nothing to lose.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
