//! What a killed build left behind is finished or thrown away before the next one begins.

use super::Place;
use super::journal::Journal;
use super::ops::Ops;
use crate::system::fault::{Fault, cannot};
use std::io;

/// Brings the output folder to the old or the new site, whole, and removes every leftover. Called under the lock.
pub fn recover(ops: &impl Ops, place: &Place) -> Result<(), Fault> {
    if let Some(journal) = Journal::read(place).map_err(cannot("read the journal of", &place.shown))? {
        journal.redo(ops, place).map_err(|(path, error)| Fault::new("finish", path, error))?;
    }
    match ops.remove_file(&place.journal()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Fault::new("remove the journal of", &place.shown, error)),
        _ => {}
    }
    place.stages().iter().try_for_each(|id| recover_stage(ops, place, id))
}

fn recover_stage(ops: &impl Ops, place: &Place, id: &str) -> Result<(), Fault> {
    let stage = place.stage(id);
    let (new, was) = (stage.join("new"), stage.join("was"));
    if !place.out.exists() && was.is_dir() {
        let whole = if new.is_dir() { new } else { was };
        ops.rename(&whole, &place.out).map_err(cannot("bring back", &place.shown))?;
    }
    ops.remove_tree(&stage).map_err(cannot("remove", &stage))
}
