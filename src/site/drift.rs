//! What has changed in an original since a translation was made from it: two sequences of fingerprints, aligned.

#[cfg(test)]
mod tests;

use super::lock::{Record, Recorded};
use crate::document::fingerprint::{Block, Fingerprint};
use std::collections::{BTreeMap, BTreeSet};

/// Sections of more than this many blocks are aligned by their ends only.
const LIMIT: usize = 2_000;

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Its words are others.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere.
    Moved,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// What became of it.
    pub what: What,
    /// The section it is in, or was in.
    pub section: String,
    /// The block in the original now.
    pub now: Option<usize>,
    /// Its words when the translation was made.
    pub was: Option<Fingerprint>,
}

/// All differences, in the order of the original; what is gone stands at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Drift {
    /// The differences.
    pub changes: Vec<Change>,
    /// How many blocks the original has now.
    pub total: usize,
    /// Whether levels, anchors or ids changed, so that the translation no longer fits.
    pub structure: bool,
}

impl Drift {
    /// How many blocks became this.
    pub fn count(&self, what: What) -> usize {
        self.changes.iter().filter(|change| change.what == what).count()
    }

    /// How many blocks say something else to readers.
    pub fn for_readers(&self) -> usize {
        self.changes.len() - self.count(What::Moved)
    }

    /// Sections of the original in which readers would find something else.
    pub fn sections(&self) -> BTreeSet<&str> {
        self.changes.iter().filter(|change| change.what != What::Moved).map(|change| change.section.as_str()).collect()
    }
}

impl std::fmt::Display for Drift {
    /// `2 of 14 blocks changed, 1 added`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = [(What::Changed, "changed"), (What::Added, "added"), (What::Removed, "removed"), (What::Moved, "moved")];
        let mut first = true;
        for (what, name) in names {
            let count = self.count(what);
            if count > 0 {
                if first {
                    let of = if what == What::Removed { String::new() } else { format!(" of {}", self.total) };
                    let blocks = if count == 1 && of.is_empty() { "block" } else { "blocks" };
                    write!(f, "{count}{of} {blocks} {name}")?;
                } else {
                    write!(f, ", {count} {name}")?;
                }
                first = false;
            }
        }
        if first && self.structure { f.write_str("headings, anchors or checklist ids changed") } else { Ok(()) }
    }
}

/// The differences between what was recorded and the original's blocks now.
pub fn compare(record: &Record, blocks: &[Block]) -> Vec<Change> {
    let old = sections(&record.blocks, |block| &block.section);
    let new = sections(blocks, |block| &block.section);
    let mut gaps = Gaps::default();
    for (was, now) in pairs(&record.blocks, &old, blocks, &new) {
        align(was.map_or(&[], |range| &record.blocks[range.0..range.1]), was.map_or(0, |range| range.0), blocks, now.unwrap_or((0, 0)), &mut gaps);
    }
    gaps.changes(&record.blocks, blocks)
}

type Bounds = (usize, usize);

/// Runs of blocks with the same section.
fn sections<T>(blocks: &[T], section: impl Fn(&T) -> &String) -> Vec<Bounds> {
    let mut runs: Vec<Bounds> = Vec::new();
    for at in 0..blocks.len() {
        match runs.last_mut() {
            Some((start, end)) if section(&blocks[*start]) == section(&blocks[at]) => *end = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

/// Which section became which: those with the same anchor and words, then those that share most; a renamed heading has another anchor.
fn pairs(old: &[Recorded], was: &[Bounds], new: &[Block], now: &[Bounds]) -> Vec<(Option<Bounds>, Option<Bounds>)> {
    let mut pairs = Vec::new();
    let by_name: BTreeMap<&str, Bounds> = was.iter().map(|bounds| (old[bounds.0].section.as_str(), *bounds)).collect();
    let mut open_old: BTreeSet<Bounds> = was.iter().copied().collect();
    let mut open_new: BTreeSet<Bounds> = BTreeSet::new();
    for here in now {
        let same = by_name.get(new[here.0].section.as_str()).filter(|there| {
            open_old.contains(*there)
                && here.1 - here.0 == there.1 - there.0
                && (0..here.1 - here.0).all(|at| new[here.0 + at].hash == old[there.0 + at].hash)
        });
        match same {
            Some(there) => {
                open_old.remove(there);
            }
            None => {
                open_new.insert(*here);
            }
        }
    }
    let mut scores = Vec::new();
    for here in &open_new {
        let words: BTreeSet<Fingerprint> = new[here.0..here.1].iter().map(|block| block.hash).collect();
        for there in &open_old {
            let shared = old[there.0..there.1].iter().filter(|block| words.contains(&block.hash)).count();
            let score = 2 * shared + usize::from(old[there.0].section == new[here.0].section);
            if score > 0 {
                scores.push((std::cmp::Reverse(score), *here, *there));
            }
        }
    }
    scores.sort();
    for (_, here, there) in scores {
        if open_new.contains(&here) && open_old.remove(&there) {
            open_new.remove(&here);
            pairs.push((Some(there), Some(here)));
        }
    }
    pairs.extend(open_old.into_iter().map(|there| (Some(there), None)));
    pairs.extend(open_new.into_iter().map(|here| (None, Some(here))));
    pairs
}

/// Blocks without a counterpart, between the same neighbours that have one.
#[derive(Default)]
struct Gaps(Vec<(Vec<usize>, Vec<usize>)>);

/// Aligns one section by the longest common subsequence.
fn align(old: &[Recorded], first_old: usize, all: &[Block], now: Bounds, gaps: &mut Gaps) {
    let new = &all[now.0..now.1];
    let same = |i: usize, j: usize| old[i].hash == new[j].hash;
    let (mut start, mut end_old, mut end_new) = (0, old.len(), new.len());
    while start < end_old.min(end_new) && same(start, start) {
        start += 1;
    }
    while start < end_old.min(end_new) && same(end_old - 1, end_new - 1) {
        (end_old, end_new) = (end_old - 1, end_new - 1);
    }
    let (rows, columns) = (end_old - start, end_new - start);
    let (mut i, mut j) = (0, 0);
    let mut gap = (Vec::new(), Vec::new());
    if rows.max(columns) <= LIMIT {
        let lengths = common_lengths(rows, columns, |i, j| same(start + i, start + j));
        let length = |i: usize, j: usize| lengths[i * (columns + 1) + j];
        while i < rows && j < columns {
            if same(start + i, start + j) {
                gaps.0.push(std::mem::take(&mut gap));
                (i, j) = (i + 1, j + 1);
            } else if length(i + 1, j) >= length(i, j + 1) {
                gap.0.push(first_old + start + i);
                i += 1;
            } else {
                gap.1.push(now.0 + start + j);
                j += 1;
            }
        }
    }
    gap.0.extend((i..rows).map(|i| first_old + start + i));
    gap.1.extend((j..columns).map(|j| now.0 + start + j));
    gaps.0.push(gap);
}

/// Length of the longest common subsequence of what follows each pair of places.
fn common_lengths(rows: usize, columns: usize, same: impl Fn(usize, usize) -> bool) -> Vec<u16> {
    let width = columns + 1;
    let mut lengths = vec![0_u16; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            lengths[i * width + j] =
                if same(i, j) { lengths[(i + 1) * width + j + 1] + 1 } else { lengths[(i + 1) * width + j].max(lengths[i * width + j + 1]) };
        }
    }
    lengths
}

impl Gaps {
    /// The same words elsewhere have moved; what is left in a gap became each other, in order.
    fn changes(mut self, old: &[Recorded], new: &[Block]) -> Vec<Change> {
        let mut lost: BTreeMap<Fingerprint, Vec<usize>> = BTreeMap::new();
        for at in self.0.iter().flat_map(|(was, _)| was).rev() {
            lost.entry(old[*at].hash).or_default().push(*at);
        }
        let mut moved = BTreeSet::new();
        let mut changes = Vec::new();
        for at in self.0.iter().flat_map(|(_, now)| now) {
            if let Some(from) = lost.get_mut(&new[*at].hash).and_then(Vec::pop) {
                moved.insert((from, *at));
                changes.push(Change { what: What::Moved, section: new[*at].section.clone(), now: Some(*at), was: Some(new[*at].hash) });
            }
        }
        let (from, to): (BTreeSet<usize>, BTreeSet<usize>) = moved.into_iter().unzip();
        for (was, now) in &mut self.0 {
            was.retain(|at| !from.contains(at));
            now.retain(|at| !to.contains(at));
            for number in 0..was.len().max(now.len()) {
                let (before, after) = (was.get(number).map(|at| &old[*at]), now.get(number).copied());
                let what = match (before, after) {
                    (Some(_), Some(_)) => What::Changed,
                    (None, _) => What::Added,
                    (_, None) => What::Removed,
                };
                let section = after.map_or_else(|| before.map(|block| block.section.clone()), |at| Some(new[at].section.clone()));
                changes.push(Change { what, section: section.unwrap_or_default(), now: after, was: before.map(|block| block.hash) });
            }
        }
        changes.sort_by_key(|change| (change.now.is_none(), change.now));
        changes
    }
}
