//! Fixes of diagnostics applied to the bytes of files, and the difference shown as a patch.
//!
//! Places count in decoded text; a byte order mark and the line ends of a file stay as they are.

use super::diagnostic::{Diagnostic, Fix};
use super::path::SourcePath;
use super::world::{FileBytes, World};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// New bytes by file.
pub type Changes = BTreeMap<SourcePath, Vec<u8>>;

/// The files of a world with all fixes applied that do not touch each other; of two that do, the first wins.
pub fn apply(world: &dyn World, problems: &[Diagnostic]) -> Changes {
    let mut fixes: BTreeMap<&SourcePath, Vec<&[Fix]>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| !problem.fixes.is_empty()) {
        for path in problem.fixes.iter().map(|fix| &fix.span.path).collect::<BTreeSet<_>>() {
            fixes.entry(path).or_default().push(&problem.fixes);
        }
    }
    let mut changes = Changes::new();
    for (path, groups) in fixes {
        let Some(file) = world.exists(path).then(|| world.read(path).ok()).flatten() else { continue };
        let chosen = chosen(path, &groups);
        let bytes = replaced(&file.bytes, &chosen);
        if *bytes != *file.bytes {
            changes.insert(path.clone(), bytes);
        }
    }
    changes
}

/// The fixes of one file in the order of their places; of those that one problem has in this file, all or none.
fn chosen<'f>(path: &SourcePath, groups: &[&'f [Fix]]) -> Vec<&'f Fix> {
    let mut chosen: Vec<&Fix> = Vec::new();
    for group in groups {
        let here: Vec<&Fix> = group.iter().filter(|fix| fix.span.path == *path).collect();
        let touches = |a: &Fix, b: &Fix| a.span.start == b.span.start || a.span.start < b.span.end && b.span.start < a.span.end;
        if here.iter().all(|fix| chosen.iter().all(|other| !touches(fix, other))) {
            chosen.extend(here);
        }
    }
    chosen.sort_by_key(|fix| (fix.span.start, fix.span.end));
    chosen
}

/// The bytes of a file with pieces of its decoded text replaced.
fn replaced(raw: &[u8], fixes: &[&Fix]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + 64);
    let start = if raw.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    out.extend_from_slice(&raw[..start]);
    let (mut at, mut decoded) = (start, 0_usize);
    for fix in fixes {
        let from = advance(raw, &mut at, &mut decoded, fix.span.start as usize);
        out.extend_from_slice(from);
        advance(raw, &mut at, &mut decoded, fix.span.end as usize);
        out.extend_from_slice(fix.replacement.as_bytes());
    }
    out.extend_from_slice(&raw[at..]);
    out
}

/// Walks to a place of the decoded text, in which CR LF is one line end; gives the raw bytes on the way.
fn advance<'r>(raw: &'r [u8], at: &mut usize, decoded: &mut usize, target: usize) -> &'r [u8] {
    let start = *at;
    while *decoded < target && *at < raw.len() {
        *at += if raw[*at..].starts_with(b"\r\n") { 2 } else { 1 };
        *decoded += 1;
    }
    &raw[start..*at]
}

/// A world in which some files have changed.
pub struct Changed<'w> {
    /// The others.
    pub world: &'w dyn World,
    /// The new bytes.
    pub changes: &'w Changes,
}

impl World for Changed<'_> {
    fn list(&self, folder: &str) -> Vec<SourcePath> {
        self.world.list(folder)
    }

    fn read(&self, path: &SourcePath) -> Result<FileBytes, Box<Diagnostic>> {
        match self.changes.get(path) {
            Some(bytes) => Ok(FileBytes::new(bytes.clone())),
            None => self.world.read(path),
        }
    }

    fn exists(&self, path: &str) -> bool {
        self.world.exists(path)
    }

    fn problems(&self) -> Vec<Diagnostic> {
        self.world.problems()
    }
}

/// The changes as a unified patch, which `git apply` and `patch -p1` take.
pub fn unified(world: &dyn World, changes: &Changes) -> String {
    let mut out = String::new();
    for (path, new) in changes {
        let Ok(old) = world.read(path) else { continue };
        let (old, new) = (String::from_utf8_lossy(&old.bytes), String::from_utf8_lossy(new));
        let _ = writeln!(out, "--- a/{path}\n+++ b/{path}");
        hunks(&old.split_inclusive('\n').collect::<Vec<_>>(), &new.split_inclusive('\n').collect::<Vec<_>>(), &mut out);
    }
    out
}

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// Fixes change lines and add none, so lines are compared one by one; where their number differs, everything is one change.
fn hunks(old: &[&str], new: &[&str], out: &mut String) {
    let same_count = old.len() == new.len();
    let differs = |line: usize| !same_count || old[line] != new[line];
    let mut line = 0;
    while let Some(first) = (line..old.len()).find(|line| differs(*line)) {
        let mut last = first;
        while let Some(next) = (last + 1..(last + 2 + 2 * CONTEXT).min(old.len())).find(|next| differs(*next)) {
            last = next;
        }
        let (start, end) = (first.saturating_sub(CONTEXT), (last + 1 + CONTEXT).min(old.len()));
        let new_end = if same_count { end } else { new.len() };
        let _ = writeln!(out, "@@ -{},{} +{},{} @@", start + 1, end - start, start + 1, new_end - start);
        let mut at = start;
        while at < end {
            let run = (at..end).find(|line| differs(*line) != differs(at)).unwrap_or(end);
            if differs(at) {
                old[at..run].iter().for_each(|line| push(out, '-', line));
                new[at..if same_count { run } else { new.len() }].iter().for_each(|line| push(out, '+', line));
            } else {
                old[at..run].iter().for_each(|line| push(out, ' ', line));
            }
            at = run;
        }
        line = end;
    }
}

fn push(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}
