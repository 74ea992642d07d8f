//! Earlier texts of a file, where the project is kept with git. Only `rahnama translations diff` asks for them.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// So many versions are looked at.
const LIMIT: &str = "200";

/// A version of a file: a commit, and the file's path at that time from the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    commit: String,
    path: String,
}

/// The versions of a file, the newest first; none without git or outside of a repository.
pub fn versions(root: &Path, path: &str) -> Vec<Version> {
    let output = git(root, &["log", "--format=%x00%H", "--name-only", "--follow", "--no-ext-diff", "--no-textconv", "-n", LIMIT, "--", path]);
    let Some(output) = output else { return Vec::new() };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = |entry: &str| {
        let mut lines = entry.lines().filter(|line| !line.is_empty());
        Some(Version { commit: lines.next()?.to_owned(), path: lines.next()?.to_owned() })
    };
    text.split('\0').filter_map(version).collect()
}

/// The bytes of a version.
pub fn content(root: &Path, version: &Version) -> Option<Vec<u8>> {
    git(root, &["cat-file", "blob", &format!("{}:{}", version.commit, version.path)]).map(|output| output.stdout)
}

/// Runs git without what a repository's settings could make it start.
fn git(root: &Path, arguments: &[&str]) -> Option<Output> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "--literal-pathspecs", "--no-pager"]).args(arguments);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").stdin(Stdio::null()).stderr(Stdio::null());
    command.output().ok().filter(|output| output.status.success())
}
