//! `rahnama check`: every check, no output.

use super::{Stop, exit_code, project_root, report, today};
use crate::base::patch;
use crate::cli::Global;
use crate::pipeline::{self, Goal, Options, memos::Memos, mend};
use crate::site::Drafts;
use crate::system::disk::DiskWorld;
use crate::system::save;
use std::process::ExitCode;

/// What `check` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Show how problems can be mended, as a patch
    #[arg(long)]
    pub fix: bool,
    /// Mend the files
    #[arg(long, requires = "fix")]
    pub write: bool,
    /// The day of the check, for publish_at, expires_at and review_by [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// Checks the site, drafts included.
///
/// # Errors
/// Wrong invocation, or the machine.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode, Stop> {
    let root = project_root(global)?;
    let world = DiskWorld::open(&root).map_err(Stop::fault)?;
    let options = Options { drafts: Drafts::Include, today: today(args.today.as_deref())?, portable: false, base_url: None };
    if args.fix {
        return fix(global, args, &world, &options);
    }
    let built = pipeline::build(&world, &options, &Memos::off(), Goal::Check);
    report::diagnostics(global, &built.diagnostics, &world);
    report::line(global, &format!("{} pages checked", built.pages));
    Ok(exit_code(&built, args.strict))
}

/// Shows or writes what can be mended, then reports what is left.
fn fix(global: &Global, args: &Args, world: &DiskWorld, options: &Options) -> Result<ExitCode, Stop> {
    let (changes, left) = mend::mend(world, options);
    if !args.write {
        print!("{}", patch::unified(world, &changes));
        let built = pipeline::build(world, options, &Memos::off(), Goal::Check);
        report::line(global, &format!("{} files can be mended with --fix --write", changes.len()));
        return Ok(exit_code(&built, args.strict));
    }
    for (path, bytes) in &changes {
        save::replace(&world.place(path), bytes).map_err(Stop::fault)?;
    }
    report::diagnostics(global, &left.diagnostics, &patch::Changed { world, changes: &changes });
    report::line(global, &format!("{} files mended, {} pages checked", changes.len(), left.pages));
    Ok(exit_code(&left, args.strict))
}
