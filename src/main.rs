//! The program: runs a command and turns its result into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    rahnama::command::run(std::env::args_os())
}
