//! `rahnama build`: compile the site into a folder.

use super::receipt::{self, Noted};
use super::watching::{Change, Project, WatcherMode, status};
use super::{Stop, drafts, exit_code, project_root, report, today};
use crate::base::config::Config;
use crate::base::diagnostic::Level;
use crate::base::source::Source;
use crate::base::world::World;
use crate::cli::{Format, Global};
use crate::pipeline::{Built, Goal, Options, memos::Memos};
use crate::render::explain::Explain;
use crate::system::disk::DiskWorld;
use crate::system::interrupt::{self, Interrupt};
use crate::system::terminal::Counts;
use crate::system::writer::place::Place;
use crate::system::writer::{Memory, Published, Publisher, Refusal, Target, lock::Wait, manifest};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What `build` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Where to write the site [default: public in the project]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Where the site will live, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Write pages with `draft = true` and those before their day as well
    #[arg(long)]
    pub drafts: bool,
    /// Relative links to files, so that the site opens from disk
    #[arg(long)]
    pub portable: bool,
    /// How many threads [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// The day of the build, for publish_at, expires_at and review_by [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    /// Wait for another build of the same folder instead of stopping
    #[arg(long)]
    pub wait: bool,
    /// Say for each page why it was made
    #[arg(long)]
    pub explain: bool,
    /// Build again on every change
    #[arg(long)]
    pub watch: bool,
    /// How changes are noticed, with --watch
    #[arg(long, value_enum, default_value_t = WatcherMode::Auto)]
    pub watcher: WatcherMode,
}

/// Compiles once.
///
/// # Errors
/// Wrong invocation, a refused folder, a lock, or the machine.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode, Stop> {
    set_jobs(args.jobs)?;
    let root = project_root(global)?;
    let options =
        Options { drafts: drafts(args.drafts), today: today(args.today.as_deref())?, portable: args.portable, base_url: args.base_url.clone() };
    check_base_url(&options)?;
    let out = args.output.clone().unwrap_or_else(|| root.join("public"));
    let wait = if args.wait { Wait::Forever } else { Wait::Briefly };
    if args.watch {
        return watch(global, args, &root, options, &out, wait);
    }
    let world = DiskWorld::open(&root).map_err(Stop::fault)?;
    let settings = settings(&world);
    let keep = settings.as_ref().map(|config| config.keep.clone()).unwrap_or_default();
    let interrupt = Interrupt::default();
    interrupt::listen(&interrupt).map_err(Stop::fault)?;
    let publisher = Publisher::open(&Target { out: &out, keep: &keep, root: &root, wait }, None).map_err(|refusal| refused(&refusal))?;
    let publisher = publisher.until(&interrupt);
    if !args.explain
        && !global.verbose
        && global.format == Format::Human
        && let Some((pages, files)) = unchanged(&world, &options, &publisher)
    {
        publisher.abandon();
        report::line(global, &format!("{pages} pages; 0 files written, 0 removed, {files} as they were in `{}`", out.display()));
        return Ok(ExitCode::SUCCESS);
    }
    publish(global, args, &options, settings.as_ref(), &world, publisher)
}

/// Compiles everything and publishes it, unless there are errors.
fn publish(
    global: &Global,
    args: &Args,
    options: &Options,
    settings: Option<&Config>,
    world: &DiskWorld,
    publisher: Publisher,
) -> Result<ExitCode, Stop> {
    let place = publisher.place().clone();
    let noted = Noted::new(world);
    let mut memos = Memos::off();
    explain(&mut memos, args.explain);
    let built = match settings {
        #[cfg(feature = "compress")]
        Some(config) if config.compress => super::build(&noted, options, &memos, Goal::Write(&crate::output::compress::Compressing(&publisher))),
        _ => super::build(&noted, options, &memos, Goal::Write(&publisher)),
    };
    report::diagnostics(global, &built.diagnostics, world);
    report::reasons(global, &memos);
    // The process ends here: taking the whole site apart piece by piece would only take time.
    let built = std::mem::ManuallyDrop::new(built);
    if built.has_errors() {
        publisher.abandon();
        let rest = if place.out.exists() { format!("; `{}` is as it was", place.shown.display()) } else { String::new() };
        report::line(global, &format!("{}; nothing was published{rest}", Counts::of(&built.diagnostics)));
        return Ok(exit_code(&built, false));
    }
    let published = publisher.finish().map_err(Stop::fault)?;
    leave_receipt(&built, &noted, options, &place, &published);
    let (written, removed) = (published.written.len(), published.removed.len());
    report::line(
        global,
        &format!(
            "{} pages; {written} files written, {removed} removed, {} as they were in `{}`",
            built.pages,
            published.unchanged,
            place.shown.display()
        ),
    );
    Ok(exit_code(&built, false))
}

/// How many pages and files there are, when the output is what these inputs make of it, and nothing was wrong with them.
fn unchanged(world: &DiskWorld, options: &Options, publisher: &Publisher) -> Option<(usize, usize)> {
    let place = publisher.place();
    let tree = publisher.published().filter(|tree| !tree.manifest.is_empty() && place.receipt().exists())?;
    let files: Vec<&str> = tree.files.iter().map(String::as_str).chain([manifest::NAME]).collect();
    let (count, output) = (tree.files.len(), receipt::output(&place.out, files)?);
    Some((receipt::read(&place.receipt(), receipt::inputs(&Noted::new(world), options)?, output)?, count))
}

/// Says for the next build how this one came about, unless there is something that it has to say again.
fn leave_receipt(built: &Built, noted: &Noted<'_>, options: &Options, place: &Place, published: &Published) {
    // What is only information is said with `-v`, which asks for a full build.
    let is_silent = built.diagnostics.iter().all(|problem| problem.level == Level::Info);
    let made = || Some((receipt::inputs(noted, options)?, receipt::output(&place.out, published.files().collect())?));
    if let Some((inputs, output)) = is_silent.then(made).flatten() {
        receipt::write(&place.receipt(), inputs, output, built.pages);
    }
}

/// Compiles on every change, until it is told to stop.
fn watch(global: &Global, args: &Args, root: &Path, options: Options, out: &Path, wait: Wait) -> Result<ExitCode, Stop> {
    let mut project = Project::open(global, root, options, args.today.clone(), args.watcher)?;
    explain(&mut project.memos, args.explain);
    let mut memory: Option<Memory> = None;
    let mut change: Option<Change> = None;
    let mut refused_before = String::new();
    loop {
        let began = change.as_ref().map_or_else(Instant::now, |change| change.since);
        let keep = keep(&project.world);
        let target = Target { out, keep: &keep, root, wait };
        let mut retry = None;
        match Publisher::open(&target, memory.clone()) {
            Ok(publisher) => {
                refused_before.clear();
                let built = project.build(Goal::Write(&publisher))?;
                report::diagnostics(global, &built.diagnostics, &project.world);
                report::reasons(global, &project.memos);
                let mut changed = 0;
                if built.has_errors() {
                    publisher.abandon();
                } else {
                    match publisher.finish() {
                        Ok(published) => {
                            changed = published.written.len() + published.removed.len();
                            memory = Some(published.memory);
                        }
                        Err(fault) => {
                            report::line(global, &fault.to_string());
                            retry = Some(AFTER_A_FAULT);
                        }
                    }
                }
                report::line(global, &status(change.as_ref(), &built, changed, began.elapsed()));
            }
            Err(refusal) if memory.is_some() => {
                // Somebody else is publishing, or the disk is full: what was published stays until that is over.
                retry = Some(if matches!(refusal, Refusal::Locked { .. }) { WHILE_LOCKED } else { AFTER_A_FAULT });
                let words = refusal.to_string();
                if refused_before != words {
                    report::line(global, &words);
                    refused_before = words;
                }
            }
            Err(refusal) => return Err(refused(&refusal)),
        }
        match project.next(global, retry) {
            Some(next) => change = Some(next),
            None => return Ok(ExitCode::from(project.signal())),
        }
    }
}

/// How soon publishing is tried again while another build holds the folder.
const WHILE_LOCKED: Duration = Duration::from_secs(1);
/// How soon it is tried again after the machine failed.
const AFTER_A_FAULT: Duration = Duration::from_secs(30);

/// Switches on the reasons, when they are wanted.
pub fn explain(memos: &mut Memos, wanted: bool) {
    if wanted {
        memos.output.explain = Explain::on();
    }
}

/// Limits the threads that pages are made with.
pub fn set_jobs(jobs: Option<usize>) -> Result<(), Stop> {
    let Some(jobs) = jobs else { return Ok(()) };
    if jobs == 0 {
        return Err(Stop::usage("--jobs is at least 1"));
    }
    // Fails only when the threads have been started already.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    Ok(())
}

/// `--base-url` must be a whole address.
pub fn check_base_url(options: &Options) -> Result<(), Stop> {
    match &options.base_url {
        Some(url) if crate::base::config::check_base_url(url).is_none() => {
            Err(Stop::usage(format!("--base-url: `{url}` is not a whole address such as https://example.org/guides/")))
        }
        _ => Ok(()),
    }
}

/// `output.keep`, before the rest of the settings is looked at.
pub fn keep(world: &dyn World) -> Vec<String> {
    settings(world).map(|config| config.keep).unwrap_or_default()
}

/// The settings, for what a command needs of them before it builds; the build reports what is wrong with them.
fn settings(world: &dyn World) -> Option<Config> {
    let path = crate::base::path::SourcePath::new("site.toml");
    let source = world.read(&path).ok().and_then(|file| Source::decode(path, &file.bytes).ok());
    source.and_then(|source| Config::read(&source, &mut Vec::new()))
}

/// A refusal as the end of the command.
pub fn refused(refusal: &Refusal) -> Stop {
    Stop { message: refusal.to_string(), code: refusal.exit_code() }
}
