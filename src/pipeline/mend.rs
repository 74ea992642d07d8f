//! All fixes of a site at once: applied, looked at again, until nothing is left to apply.

use super::memos::Memos;
use super::{Built, Goal, Options, build};
use crate::base::patch::{Changed, Changes, apply};
use crate::base::world::World;

/// Fixes may lie inside each other; more rounds than this none of them needs.
const ROUNDS: usize = 8;

/// The changed files, and what a check says about the site with them.
pub fn mend(world: &dyn World, options: &Options) -> (Changes, Built) {
    let memos = Memos::default();
    let mut changes = Changes::new();
    let mut built = build(world, options, &memos, Goal::Check);
    for _ in 0..ROUNDS {
        let changed = Changed { world, changes: &changes };
        let more = apply(&changed, &built.diagnostics);
        if more.is_empty() {
            break;
        }
        changes.extend(more);
        built = build(&Changed { world, changes: &changes }, options, &memos, Goal::Check);
    }
    changes.retain(|path, bytes| world.read(path).is_ok_and(|file| *file.bytes != **bytes));
    (changes, built)
}
