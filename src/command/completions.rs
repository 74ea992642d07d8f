//! `rahnama completions` and `rahnama man`: the command line for shells and for `man`, made from the same data as `--help`.

use super::Stop;
use crate::cli::Cli;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use std::fmt::Write;
use std::process::ExitCode;

/// What `completions` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// For which shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints a script that completes commands and options.
///
/// # Errors
/// The machine.
pub fn run(args: &Args) -> Result<ExitCode, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "rahnama", &mut script);
    super::print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page.
///
/// # Errors
/// The machine.
pub fn man() -> Result<ExitCode, Stop> {
    super::print(&roff(&mut Cli::command()))
}

/// The command line as a manual page (roff with the man macros).
fn roff(command: &mut Command) -> String {
    command.build();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut out = format!(".TH RAHNAMA 1\n.SH NAME\nrahnama \\- {}\n.SH SYNOPSIS\n.B rahnama\nCOMMAND [OPTIONS]\n.SH OPTIONS\n", text(&about));
    options(&mut out, command, false);
    out.push_str(".SH COMMANDS\n");
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let _ = writeln!(out, ".SS {}", text(verb.get_name()));
        let _ = writeln!(out, "{}", text(&verb.get_about().map(ToString::to_string).unwrap_or_default()));
        options(&mut out, verb, true);
        for inner in verb.get_subcommands().filter(|inner| inner.get_name() != "help") {
            let _ = writeln!(
                out,
                ".TP\n.B {} {}\n{}",
                text(verb.get_name()),
                text(inner.get_name()),
                text(&inner.get_about().map(ToString::to_string).unwrap_or_default())
            );
        }
    }
    out
}

/// The options of a command; those that every command has stand once.
fn options(out: &mut String, command: &Command, own_only: bool) {
    let named = |argument: &&Arg| !matches!(argument.get_id().as_str(), "help" | "version");
    let wanted = |argument: &&Arg| !own_only || !argument.is_global_set();
    for argument in command.get_arguments().filter(named).filter(wanted) {
        let _ = writeln!(out, ".TP\n.B {}\n{}", text(&form(argument)), text(&argument.get_help().map(ToString::to_string).unwrap_or_default()));
    }
}

/// How an option is written.
fn form(argument: &Arg) -> String {
    let value = argument
        .get_value_names()
        .filter(|_| argument.get_action().takes_values())
        .map(|names| names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" "));
    let names: Vec<String> =
        [argument.get_short().map(|short| format!("-{short}")), argument.get_long().map(|long| format!("--{long}"))].into_iter().flatten().collect();
    match (names.is_empty(), value) {
        (true, value) => value.unwrap_or_else(|| argument.get_id().to_string().to_uppercase()),
        (false, Some(value)) => format!("{} {value}", names.join(", ")),
        (false, None) => names.join(", "),
    }
}

/// Text that roff takes as it is.
fn text(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
