//! The verbs of the command line, one a file.

#![allow(clippy::disallowed_methods, reason = "commands read the clock, the environment and the current folder, once")]

pub mod build;
pub mod check;
pub mod completions;
pub mod explain;
pub mod init;
#[cfg(feature = "serve")]
pub mod dashboard;
pub mod new;
mod receipt;
mod report;
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
pub mod watching;
pub mod translations;

use crate::base::caught::caught;
use crate::base::diagnostic::{Code, Level};
use crate::base::world::World;
use crate::cli::{Cli, Global, Verb};
use crate::language::data::Calendar;
use crate::language::date::Date;
use crate::pipeline::memos::Memos;
use crate::pipeline::{self, Built, Goal, Options};
use crate::site::Drafts;
use clap::Parser;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Why a command stopped: a sentence and its exit code.
#[derive(Debug)]
pub struct Stop {
    /// What to tell the user.
    pub message: String,
    /// 2 wrong invocation, 3 the machine, 4 locked.
    pub code: u8,
}

impl Stop {
    /// A wrong invocation.
    pub fn usage(message: impl Into<String>) -> Stop {
        Stop { message: message.into(), code: 2 }
    }

    /// A failure of the machine.
    pub fn fault(message: impl ToString) -> Stop {
        Stop { message: message.to_string(), code: 3 }
    }
}

/// Runs the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe is no failure of ours.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let result = match cli.verb {
        Verb::Build(args) => build::run(&cli.global, &args),
        Verb::Check(args) => check::run(&cli.global, &args),
        #[cfg(feature = "serve")]
        Verb::Serve(args) => serve::run(&cli.global, &args),
        Verb::Init(args) => init::run(&cli.global, &args),
        Verb::Schema(args) => schema::run(&args),
        Verb::Explain(args) => explain::run(&args),
        Verb::Completions(args) => completions::run(&args),
        Verb::Man => completions::man(),
        Verb::New(args) => new::run(&cli.global, &args),
        Verb::Translations(args) => translations::run(&cli.global, &args),
    };
    match result {
        Ok(code) => code,
        Err(stop) => {
            report::error(&cli.global, &stop.message);
            ExitCode::from(stop.code)
        }
    }
}

/// Prints what was asked for; a reader who has seen enough may close the pipe.
fn print(text: &str) -> Result<ExitCode, Stop> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Stop::fault(format!("cannot print: {error}"))),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The root of the project: `-C`, else the nearest folder above with a `site.toml`.
pub fn project_root(global: &Global) -> Result<PathBuf, Stop> {
    if let Some(directory) = &global.directory {
        return Ok(directory.clone());
    }
    let here = std::env::current_dir().map_err(|error| Stop::fault(format!("cannot find the current folder: {error}")))?;
    let found = here.ancestors().find(|folder| folder.join("site.toml").is_file()).map(std::path::Path::to_path_buf);
    found.ok_or_else(|| Stop::usage("there is no site.toml here or above; name the folder of the site with -C, or make one with `rahnama init`"))
}

/// The day of the build: `--today`, else `SOURCE_DATE_EPOCH`, else the UTC date. The only clock there is.
pub fn today(given: Option<&str>) -> Result<Date, Stop> {
    if let Some(text) = given {
        return Date::parse(text, Calendar::Gregory).map_err(|error| Stop::usage(format!("--today: {error}")));
    }
    if let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") {
        let seconds = epoch.to_str().and_then(|text| text.trim().parse::<i64>().ok());
        return seconds.map(Date::from_unix_seconds).ok_or_else(|| Stop::usage("SOURCE_DATE_EPOCH is a number of seconds"));
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Ok(Date::from_unix_seconds(i64::try_from(seconds).unwrap_or(0)))
}

/// `--drafts`.
pub fn drafts(wanted: bool) -> Drafts {
    if wanted { Drafts::Include } else { Drafts::Exclude }
}

/// Builds; a fault of our own is a problem like others, so that what was published stays and watching goes on.
pub fn build(world: &dyn World, options: &Options, memos: &Memos, goal: Goal<'_>) -> Built {
    let built = caught(|| pipeline::build(world, options, memos, goal));
    built.unwrap_or_else(|fault| Built { diagnostics: vec![*fault], ..Built::default() })
}

/// 101 with a fault of our own, 1 with errors, or with warnings where those count.
pub fn exit_code(built: &Built, strict: bool) -> ExitCode {
    if built.diagnostics.iter().any(|problem| problem.code == Code::INT999) {
        return ExitCode::from(101);
    }
    let counts = |level: Level| level == Level::Error || strict && level == Level::Warning;
    if built.diagnostics.iter().any(|problem| counts(problem.level)) { ExitCode::from(1) } else { ExitCode::SUCCESS }
}
