//! `rahnama check`: everything that is wrong, with drafts and without; no output.

mod external;

use super::{Stop, build, exit_code, project_root, report, today};
use crate::base::caught::caught;
use crate::base::diagnostic::{self, Code, Diagnostic};
use crate::base::files::{Files, Nowhere};
use crate::base::patch;
use crate::base::world::World;
use crate::cli::Global;
use crate::pipeline::{Built, Goal, Options, memos::Memos, mend};
use crate::site::Drafts;
use crate::site::page::asked_for;
use crate::site::unpublished::Why;
use crate::system::disk::DiskWorld;
use crate::system::save;
use crate::system::terminal::{Counts, plural};
use crate::system::visit::Answer;
use crate::system::writer::manifest;
use external::Answers;
use std::collections::{BTreeMap, BTreeSet};
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
    /// Try links to other sites as well: politely, one question at a time to each host
    #[arg(long, conflicts_with = "fix")]
    pub external: bool,
    /// Ask no other site: use what earlier checks were told
    #[arg(long, requires = "external")]
    pub offline: bool,
    /// Where answers of other sites are kept [default: .rahnama/answers.json in the project]
    #[arg(long, value_name = "FILE", requires = "external")]
    pub answers: Option<PathBuf>,
    /// The manifest.json of the published site: report its addresses that would be gone
    #[arg(long, value_name = "MANIFEST", conflicts_with = "fix")]
    pub published: Option<PathBuf>,
    /// The day of the check, for publish_at, expires_at and review_by [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// Checks the site, with drafts and as it would be published.
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
    let mut built = judged(&world, &options);
    if let Some(manifest) = &args.published {
        built.diagnostics.extend(gone(&world, options.clone(), manifest)?);
    }
    if args.external {
        let found = others(global, args, &root, &options, &built)?;
        built.diagnostics.extend(found);
    }
    diagnostic::sort(&mut built.diagnostics);
    report::diagnostics(global, &built.diagnostics, &world);
    report::line(global, &format!("{} pages checked: {}", built.pages, Counts::of(&built.diagnostics)));
    Ok(exit_code(&built, args.strict))
}

/// What is wrong with the site, drafts included, and what would be wrong with it without the pages that a build leaves out: each once.
///
/// Pages are made, and kept nowhere, since a template may fail on any of them.
fn judged(world: &dyn World, options: &Options) -> Built {
    let mut built = build(world, options, &Memos::off(), Goal::Write(&Nowhere));
    let documents = built.known.iter().flat_map(|known| known.documents.all());
    if documents.into_iter().any(|document| Why::of(&document.summary.matter, options.today).is_some()) {
        let published = build(world, &Options { drafts: Drafts::Exclude, ..options.clone() }, &Memos::off(), Goal::Write(&Nowhere));
        // What to do about a problem may be said in other words, where there are fewer pages to name.
        let told: BTreeSet<_> = built.diagnostics.iter().map(|problem| (problem.code.name, problem.span.clone(), problem.message.clone())).collect();
        let is_new = |problem: &Diagnostic| !told.contains(&(problem.code.name, problem.span.clone(), problem.message.clone()));
        built.diagnostics.extend(published.diagnostics.into_iter().filter(is_new));
        diagnostic::sort(&mut built.diagnostics);
    }
    built
}

/// Pages of the published site for which a build would write nothing, not even a page for an alias.
fn gone(world: &DiskWorld, options: Options, manifest: &Path) -> Result<Vec<Diagnostic>, Stop> {
    let Some(published) = manifest::read(manifest).map_err(Stop::fault)? else {
        return Err(Stop::usage(format!("--published: `{}` is no manifest of a site", manifest.display())));
    };
    let files = Files::default();
    build(world, &Options { drafts: Drafts::Exclude, ..options }, &Memos::off(), Goal::Write(&files));
    let files = files.into_map();
    let pages = published.iter().filter(|path| path.ends_with(".html") && !files.contains_key(path.as_str()));
    let one = |path: &String| {
        let address = format!("/{}", asked_for(path));
        Diagnostic::new(Code::ADR005, format!("the published address `{address}` is gone"))
            .help(format!("add aliases = [\"{address}\"] to the page that took its place"))
    };
    Ok(pages.map(one).collect())
}

/// What is wrong with links to other sites.
fn others(global: &Global, args: &Args, root: &Path, options: &Options, built: &Built) -> Result<Vec<Diagnostic>, Stop> {
    let links = built.known.as_ref().map(external::links).unwrap_or_default();
    let path = args.answers.clone().unwrap_or_else(|| root.join(".rahnama/answers.json"));
    let mut answers = Answers::read(&path)?;
    let unknown = |answers: &Answers| links.keys().filter(|address| answers.of(address, options.today, args.offline).is_none()).cloned().collect();
    let asked: BTreeSet<String> = unknown(&answers);
    if !args.offline && !asked.is_empty() {
        answers.keep(ask(global, &asked)?, options.today);
        answers.write(&path)?;
    }
    let mut problems = Vec::new();
    for (address, places) in &links {
        if let Some(answer) = answers.of(address, options.today, true) {
            problems.extend(external::problems(address, places, answer));
        }
    }
    let silent = links.keys().filter(|address| answers.of(address, options.today, true).is_none()).count();
    let left = if silent > 0 { format!("; {silent} without an answer in `{}`", path.display()) } else { String::new() };
    report::line(global, &format!("{} addresses on other sites, {} asked now{left}", links.len(), if args.offline { 0 } else { asked.len() }));
    Ok(problems)
}

#[cfg(feature = "external")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature it is an error")]
fn ask(global: &Global, addresses: &BTreeSet<String>) -> Result<BTreeMap<String, Answer>, Stop> {
    use crate::system::visit::{Manners, visit, web::Web};
    let done = std::sync::atomic::AtomicUsize::new(0);
    let told = |address: &str| {
        if global.verbose {
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            report::line(global, &format!("{done} of {}: {address}", addresses.len()));
        }
    };
    Ok(visit(addresses, &Web::new(std::time::Duration::from_secs(20), false), Manners::default(), &told))
}

#[cfg(not(feature = "external"))]
fn ask(_: &Global, _: &BTreeSet<String>) -> Result<BTreeMap<String, Answer>, Stop> {
    let help = crate::base::reader::feature_help("external").replace("take the key out", "use --offline with answers of another program");
    Err(Stop::usage(format!("asking other sites needs a program with the feature `external`; {help}")))
}

/// Shows or writes what can be mended, then reports what is left.
fn fix(global: &Global, args: &Args, world: &DiskWorld, options: &Options) -> Result<ExitCode, Stop> {
    // A fault of our own is told by the check that follows.
    let changes = caught(|| mend::mend(world, options).0).unwrap_or_default();
    if !args.write {
        // The patch alone goes to standard output, so that `git apply` takes it; a closed pipe is no failure of ours.
        let _ = std::io::stdout().write_all(patch::unified(world, &changes).as_bytes());
        if !global.quiet {
            eprintln!("{} files can be mended with --fix --write", changes.len());
        }
        return Ok(exit_code(&judged(world, options), args.strict));
    }
    for (path, bytes) in &changes {
        save::replace(&world.place(path), bytes).map_err(Stop::fault)?;
    }
    let changed = patch::Changed { world, changes: &changes };
    let left = judged(&changed, options);
    report::diagnostics(global, &left.diagnostics, &changed);
    report::line(global, &format!("{} mended, {} checked", plural(changes.len(), "file"), plural(left.pages, "page")));
    Ok(exit_code(&left, args.strict))
}
