//! Measures generators on the same corpus, in turns, in one run, and prints Markdown tables.
//!
//! `compare.sh` builds what is needed and calls this program.

mod builds;
mod edits;
mod http;
mod process;
mod projects;
mod table;
mod tools;

use projects::Projects;
use std::path::PathBuf;
use std::process::ExitCode;
use tools::Tool;

const USAGE: &str = "compare builds|edits --work DIR --rahnama FILE [--hugo FILE] [--sizes 300,3000,9999] [--rounds N]
  builds: clean builds and builds with nothing changed, N of each (5)
  edits: from a write to the new bytes over HTTP, N of each kind (20)";

/// What the command line says.
struct Arguments {
    what: String,
    work: PathBuf,
    tools: Vec<Tool>,
    sizes: Vec<usize>,
    rounds: Option<usize>,
}

fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Option<Arguments> {
    let mut words = std::env::args().skip(1);
    let what = words.next().filter(|what| matches!(what.as_str(), "builds" | "edits"))?;
    let (mut work, mut tools, mut sizes, mut rounds) = (None, Vec::new(), vec![300, 3_000, 9_999], None);
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            // Absolute: Hugo takes a relative output for one below its project.
            "--work" => work = std::path::absolute(value).ok(),
            "--rahnama" => tools.push(Tool::Rahnama(PathBuf::from(value))),
            "--hugo" => tools.push(Tool::Hugo(PathBuf::from(value))),
            "--sizes" => sizes = value.split(',').map(|size| size.parse().ok()).collect::<Option<Vec<usize>>>()?,
            "--rounds" => rounds = Some(value.parse().ok().filter(|rounds| *rounds > 0)?),
            _ => return None,
        }
    }
    Some(Arguments { what, work: work?, tools, sizes, rounds })
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let projects = Projects::new(&arguments.work)?;
    for size in &arguments.sizes {
        let table = match arguments.what.as_str() {
            "builds" => builds::table(&projects, &arguments.tools, *size, arguments.rounds.unwrap_or(5))?,
            _ => edits::table(&projects, &arguments.tools, *size, arguments.rounds.unwrap_or(20))?,
        };
        println!("{table}");
    }
    Ok(())
}
