//! What commands tell the user.

use crate::base::diagnostic::Diagnostic;
use crate::base::embedded;
use crate::base::path::SourcePath;
use crate::base::source;
use crate::base::world::World;
use crate::cli::{Color, Format, Global};
use crate::pipeline::memos::Memos;
use crate::system::terminal::{self, Terminal, Volume};
use std::sync::Arc;

/// The terminal that the command line asks for.
pub fn terminal(global: &Global) -> Terminal {
    let format = match global.format {
        Format::Human => terminal::Format::Human,
        Format::Short => terminal::Format::Short,
        Format::Json => terminal::Format::Json,
    };
    let color = match global.color {
        Color::Auto => terminal::Color::Auto,
        Color::Always => terminal::Color::Always,
        Color::Never => terminal::Color::Never,
    };
    let volume = match (global.quiet, global.verbose) {
        (true, _) => Volume::Quiet,
        (_, true) => Volume::Verbose,
        _ => Volume::Normal,
    };
    Terminal::new(format, color, volume)
}

/// The text of a file that a problem points at, also of those inside the program.
pub fn text(world: &dyn World, path: &str) -> Option<Arc<str>> {
    decoded(path, &bytes(world, path)?)
}

/// The bytes of a file that a problem points at.
pub fn bytes(world: &dyn World, path: &str) -> Option<Arc<[u8]>> {
    match path.strip_prefix("built-in/") {
        Some(name) => Some(embedded::FILES.iter().find(|(known, _)| *known == name)?.1.into()),
        None => Some(world.read(&SourcePath::new(path)).ok()?.bytes),
    }
}

/// The text that bytes are, to show places in it.
pub fn decoded(path: &str, bytes: &[u8]) -> Option<Arc<str>> {
    source::legible(&SourcePath::new(path), bytes)
}

/// Prints problems.
pub fn diagnostics(global: &Global, diagnostics: &[Diagnostic], world: &dyn World) {
    terminal(global).report(diagnostics, &|path| text(world, path));
}

/// Prints a line of success, unless quiet.
pub fn line(global: &Global, text: &str) {
    terminal(global).say(text);
}

/// Prints why pages were made since the last time, where that is wanted.
pub fn reasons(global: &Global, memos: &Memos) {
    memos.output.explain.told().iter().for_each(|reason| line(global, reason));
}

/// Prints why a command stopped.
pub fn error(global: &Global, message: &str) {
    terminal(global).complain(message);
}
