//! What commands tell the user.

use crate::base::diagnostic::Diagnostic;
use crate::base::world::World;
use crate::cli::Global;

/// Prints problems.
pub fn diagnostics(_global: &Global, diagnostics: &[Diagnostic], _world: &dyn World) {
    for d in diagnostics {
        eprintln!("{:?}[{:?}] {} {:?} {:?}", d.level, d.code, d.message, d.span.as_ref().map(|s| format!("{}:{}", s.path, s.start)), d.help);
    }
}

/// Prints a line of success, unless quiet.
pub fn line(global: &Global, text: &str) {
    if !global.quiet {
        println!("{text}");
    }
}

/// Prints why a command stopped.
pub fn error(_global: &Global, message: &str) {
    eprintln!("error: {message}");
}
