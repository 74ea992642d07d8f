//! `rahnama serve`: build in memory on every change, with a development server, live reload and an overlay for problems.

use super::build::{explain, set_jobs};
use super::dashboard::{self, Dashboard};
use super::watching::{Change, Project, WatcherMode, status};
use super::{Stop, drafts, project_root, report, today};
use crate::base::diagnostic::{self, Diagnostic, Level};
use crate::base::files::{Blob, Files, Later, Sink};
use crate::base::path::{OutPath, SourcePath};
use crate::cli::Global;
use crate::pipeline::{Built, Goal, Options};
use crate::system::browser;
use crate::system::server::files::File;
use crate::system::server::{self, Late, Problem, Server, Snapshot};
use crate::system::terminal::framed;
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

/// What `serve` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The first port to try
    #[arg(long, value_name = "PORT", default_value_t = 1111)]
    pub port: u16,
    /// Another address to listen on, so that other computers reach the site
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// Another name this server answers to
    #[arg(long = "allow-host", value_name = "NAME")]
    pub allow_hosts: Vec<String>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Show pages with `draft = true` and those before their day as well
    #[arg(long)]
    pub drafts: bool,
    /// How many threads [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// The day of the build, for publish_at, expires_at and review_by [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    /// How the dashboard opens a place in your editor, such as `vscode://file/home/me/site/{path}:{line}:{column}`
    #[arg(long, value_name = "URL")]
    pub editor: Option<String>,
    /// Say for each page why it was made
    #[arg(long)]
    pub explain: bool,
    /// How changes are noticed
    #[arg(long, value_enum, default_value_t = WatcherMode::Auto)]
    pub watcher: WatcherMode,
}

/// Serves until it is told to stop.
///
/// # Errors
/// Wrong invocation, or the machine.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode, Stop> {
    set_jobs(args.jobs)?;
    let root = project_root(global)?;
    let options = Options { drafts: drafts(args.drafts), today: today(args.today.as_deref())?, portable: false, base_url: None };
    let mut project = Project::open(global, &root, options, args.today.clone(), args.watcher)?;
    explain(&mut project.memos, args.explain);
    let began = Instant::now();
    let mut shown = Shown::default();
    let (built, snapshot) = shown.build(&mut project)?;
    let count = snapshot.files.len();
    let settings = server::Options { port: args.port, host: args.host.clone(), allow_hosts: args.allow_hosts.clone() };
    shown.report_new(global, &built, &project);
    report::reasons(global, &project.memos);
    let status = status(None, &built, count, began.elapsed());
    let desk = Arc::new(Desk { latest: Mutex::new(Latest::new(built, &project)), editor: args.editor.clone() });
    let pages = desk.clone();
    let server = Server::start(&settings, Arc::new(snapshot), Box::new(move |path: &str| pages.file(path))).map_err(Stop::fault)?;
    server.notes().iter().for_each(|note| report::line(global, note));
    report::line(global, &status);
    report::line(global, &format!("open {} (Ctrl+C ends it)", server.url()));
    if args.open {
        open(global, &server.url());
    }
    while let Some(change) = project.next(global, None) {
        rebuild(global, &mut project, &mut shown, &server, &desk, &change)?;
    }
    Ok(ExitCode::from(project.signal()))
}

fn rebuild(global: &Global, project: &mut Project, shown: &mut Shown, server: &Server, desk: &Desk, change: &Change) -> Result<(), Stop> {
    let (built, snapshot) = shown.build(project)?;
    let changed = server.publish(Arc::new(snapshot));
    shown.report_new(global, &built, project);
    report::reasons(global, &project.memos);
    report::line(global, &status(Some(change), &built, changed, change.since.elapsed()));
    desk.update(Latest::new(built, project));
    server.nudge();
    Ok(())
}

/// What the dashboard tells of: the last build, with the texts that its problems point at.
struct Latest {
    built: Built,
    /// As they were then; read as texts when somebody looks.
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Latest {
    fn new(built: Built, project: &Project) -> Latest {
        let paths: BTreeSet<String> =
            built.diagnostics.iter().filter_map(|problem| problem.span.as_ref()).map(|span| span.path.to_string()).collect();
        let files = paths.into_iter().filter_map(|path| report::bytes(&project.world, &path).map(|bytes| (path, bytes))).collect();
        Latest { built, files }
    }
}

/// The author's desk at `/_rahnama/`: made when somebody looks.
struct Desk {
    latest: Mutex<Latest>,
    editor: Option<String>,
}

impl Desk {
    fn update(&self, latest: Latest) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = latest;
    }

    fn file(&self, path: &str) -> Option<Arc<Blob>> {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let known = latest.built.known.as_ref()?;
        let texts = |path: &str| report::decoded(path, latest.files.get(path)?);
        let dashboard = Dashboard { known, diagnostics: &latest.built.diagnostics, texts: &texts, editor: self.editor.as_deref() };
        dashboard::files(&dashboard).remove(path)
    }
}

/// What readers of the server see: the last good bytes of every page. This memory lives here, never in the pipeline.
#[derive(Default)]
struct Shown {
    files: server::Files,
    /// The last search, which is made when somebody searches.
    search: Option<Arc<Late>>,
    /// Problems that have been printed and are still there.
    told: Vec<Diagnostic>,
}

impl Shown {
    fn build(&mut self, project: &mut Project) -> Result<(Built, Snapshot), Stop> {
        let waiting = Waiting::default();
        let built = project.build(Goal::Write(&waiting))?;
        if let Some(later) = waiting.search.into_inner() {
            self.search = Some(Late::new(later));
        }
        let snapshot = self.snapshot(&built, waiting.files.into_list(), project);
        Ok((built, snapshot))
    }

    /// Prints the problems that were not there before.
    fn report_new(&mut self, global: &Global, built: &Built, project: &Project) {
        let new = diagnostic::not_in(&built.diagnostics, &self.told);
        report::diagnostics(global, &new, &project.world);
        self.told.clone_from(&built.diagnostics);
    }

    /// What was made, with the last good bytes of pages that have errors; when nothing could be made, all of the last ones.
    fn snapshot(&mut self, built: &Built, made: Vec<File>, project: &Project) -> Snapshot {
        let outputs = if built.has_errors() { outputs(built) } else { BTreeMap::new() };
        if !made.is_empty() {
            let made = if built.has_errors() { self.with_last_good(made, built, &outputs) } else { made };
            self.files = self.files.replaced(made);
        }
        let texts = |path: &str| report::text(&project.world, path);
        let problem = |problem: &Diagnostic| Problem {
            level: problem.level,
            text: framed(problem, &texts, false),
            pages: problem.span.as_ref().and_then(|span| outputs.get(&span.path)).cloned().unwrap_or_default(),
        };
        Snapshot { files: self.files.clone(), late: self.search.clone(), problems: errors(&built.diagnostics).take(20).map(problem).collect() }
    }

    /// Files of a build with errors, and in place of pages with errors and of those that are missing their last ones.
    fn with_last_good(&self, made: Vec<File>, built: &Built, outputs: &BTreeMap<SourcePath, Vec<OutPath>>) -> Vec<File> {
        let broken: BTreeSet<&SourcePath> = errors(&built.diagnostics).filter_map(|problem| problem.span.as_ref()).map(|span| &span.path).collect();
        let mut files: BTreeMap<OutPath, Arc<Blob>> = made.into_iter().collect();
        let keep = outputs.iter().filter(|(path, _)| broken.contains(path)).flat_map(|(_, outs)| outs);
        let lost = outputs.values().flatten().filter(|out| !files.contains_key(*out));
        let old: Vec<File> = keep.chain(lost).filter_map(|out| self.files.get(out)).map(|(path, blob)| (path.clone(), blob.clone())).collect();
        files.extend(old);
        files.into_iter().collect()
    }
}

/// Files of a build, without those that can wait until somebody asks for them.
#[derive(Default)]
struct Waiting {
    files: Files,
    search: OnceLock<Arc<dyn Later>>,
}

impl Sink for Waiting {
    fn put(&self, path: OutPath, blob: Arc<Blob>) {
        self.files.put(path, blob);
    }

    fn put_all(&self, files: Vec<(OutPath, Arc<Blob>)>) {
        self.files.put_all(files);
    }

    fn keep(&self, later: &Arc<dyn Later>) -> bool {
        self.search.set(later.clone()).is_ok()
    }
}

/// What becomes of each page's file.
fn outputs(built: &Built) -> BTreeMap<SourcePath, Vec<OutPath>> {
    let mut outputs: BTreeMap<SourcePath, Vec<OutPath>> = BTreeMap::new();
    for page in built.known.iter().flat_map(|known| &known.site.pages) {
        outputs.entry(page.path.clone()).or_default().push(page.out.clone());
    }
    outputs
}

fn errors(diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(|problem| problem.level == Level::Error)
}

/// Asks the desktop to open an address.
fn open(global: &Global, url: &str) {
    if browser::open(url).is_err() {
        report::line(global, &format!("no browser could be opened; go to {url}"));
    }
}
