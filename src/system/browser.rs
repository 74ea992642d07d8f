//! `serve --open`.

use crate::system::fault::Fault;
use std::process::{Command, Stdio};

/// Opens an address of this server in the reader's browser and does not wait for it.
///
/// # Errors
/// When the system has no program for that.
pub fn open(url: &str) -> Result<(), Fault> {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop).map_err(|error| Fault::new("start", program, error))
}
