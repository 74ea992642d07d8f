//! `rahnama check`: every check, no output.

use super::{Stop, exit_code, project_root, report, today};
use crate::cli::Global;
use crate::pipeline::{self, Goal, Options, memos::Memos};
use crate::site::Drafts;
use crate::system::disk::DiskWorld;
use std::process::ExitCode;

/// What `check` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// The day of the check, for `publish_at`, `expires_at` and `review_by` [default: today in UTC]
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
    let built = pipeline::build(&world, &options, &Memos::off(), Goal::Check);
    report::diagnostics(global, &built.diagnostics, &world);
    report::line(global, &format!("{} pages checked", built.pages));
    Ok(exit_code(&built, args.strict))
}
