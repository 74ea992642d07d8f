//! `rahnama check`: every check, no output.

use super::{Stop, exit_code, project_root, report, today};
use crate::base::diagnostic::{self, Code, Diagnostic};
use crate::base::files::Files;
use crate::base::patch;
use crate::cli::Global;
use crate::pipeline::{self, Goal, Options, memos::Memos, mend};
use crate::site::Drafts;
use crate::system::disk::DiskWorld;
use crate::system::save;
use crate::system::writer::manifest;
use std::io::Write;
use std::path::{Path, PathBuf};
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
    /// The manifest.json of the published site: report its addresses that would be gone
    #[arg(long, value_name = "MANIFEST")]
    pub published: Option<PathBuf>,
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
    let mut built = pipeline::build(&world, &options, &Memos::off(), Goal::Check);
    if let Some(manifest) = &args.published {
        built.diagnostics.extend(gone(&world, options, manifest)?);
        diagnostic::sort(&mut built.diagnostics);
    }
    report::diagnostics(global, &built.diagnostics, &world);
    report::line(global, &format!("{} pages checked", built.pages));
    Ok(exit_code(&built, args.strict))
}

/// Pages of the published site for which a build would write nothing, not even a page for an alias.
fn gone(world: &DiskWorld, options: Options, manifest: &Path) -> Result<Vec<Diagnostic>, Stop> {
    let Some(published) = manifest::read(manifest).map_err(Stop::fault)? else {
        return Err(Stop::usage(format!("--published: `{}` is no manifest of a site", manifest.display())));
    };
    let files = Files::default();
    pipeline::build(world, &Options { drafts: Drafts::Exclude, ..options }, &Memos::off(), Goal::Write(&files));
    let files = files.into_map();
    let pages = published.iter().filter(|path| path.ends_with(".html") && !files.contains_key(path.as_str()));
    let one = |path: &String| {
        let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        Diagnostic::new(Code::ADR005, format!("the published address `{address}` is gone"))
            .help(format!("add aliases = [\"{address}\"] to the page that took its place"))
    };
    Ok(pages.map(one).collect())
}

/// Shows or writes what can be mended, then reports what is left.
fn fix(global: &Global, args: &Args, world: &DiskWorld, options: &Options) -> Result<ExitCode, Stop> {
    let (changes, left) = mend::mend(world, options);
    if !args.write {
        // The patch alone goes to standard output, so that `git apply` takes it; a closed pipe is no failure of ours.
        let _ = std::io::stdout().write_all(patch::unified(world, &changes).as_bytes());
        if !global.quiet {
            eprintln!("{} files can be mended with --fix --write", changes.len());
        }
        let built = pipeline::build(world, options, &Memos::off(), Goal::Check);
        return Ok(exit_code(&built, args.strict));
    }
    for (path, bytes) in &changes {
        save::replace(&world.place(path), bytes).map_err(Stop::fault)?;
    }
    report::diagnostics(global, &left.diagnostics, &patch::Changed { world, changes: &changes });
    report::line(global, &format!("{} files mended, {} pages checked", changes.len(), left.pages));
    Ok(exit_code(&left, args.strict))
}
