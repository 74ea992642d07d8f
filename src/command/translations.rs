//! `rahnama translations`: what is translated, what has changed since, and recording that nothing more is needed.

pub(super) mod accept;
mod diff;
mod status;
#[cfg(test)]
mod tests;

pub use accept::{Accepted, Choice, accept};
pub use diff::{Entry, PageDiff, entries};
pub use status::{Coverage, Orphan, Status, percent};

use super::{Stop, build, exit_code, project_root, report, today};
use crate::base::diagnostic::{Code, Diagnostic};
use crate::base::path::{LanguageTag, PageId};
use crate::base::suggest::did_you_mean;
use crate::base::world::World;
use crate::cli::{Format, Global};
use crate::language::fold::nfc;
use crate::pipeline::{Goal, Known, Options, memos::Memos};
use crate::site::Drafts;
use crate::site::lock::shown;
use crate::site::outline::path_identity;
use crate::site::page::LanguageIndex;
use crate::system::disk::DiskWorld;
use crate::system::terminal::clean::visible;
use crate::system::terminal::place::Position;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `translations` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// What to do [default: status]
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// The verbs of `translations`.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Verb {
    /// Show for each language what is translated, and what is behind its original
    Status,
    /// Show what has changed in the original since a page was translated
    Diff {
        /// The page: strategy/goals-that-steer, or its file
        page: String,
        /// Only in this language
        #[arg(long, value_name = "LANG")]
        lang: Option<String>,
    },
    /// Record that translations are up to date with their originals as they are now
    #[command(group = clap::ArgGroup::new("which").required(true).args(["pages", "all", "orphans"]))]
    Accept {
        /// The pages: strategy/goals-that-steer, or their files
        pages: Vec<String>,
        /// Only in this language
        #[arg(long, value_name = "LANG")]
        lang: Option<String>,
        /// Every translation that is not a draft; records of pages that are gone are dropped
        #[arg(long)]
        all: bool,
        /// Only drop the records of pages that are gone; nothing is recorded
        #[arg(long)]
        orphans: bool,
    },
}

/// Runs a verb.
///
/// # Errors
/// Wrong invocation, or the machine.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode, Stop> {
    let project = match Project::open(global)? {
        Ok(project) => project,
        Err(code) => return Ok(code),
    };
    match args.verb.as_ref().unwrap_or(&Verb::Status) {
        Verb::Status => Ok(status(global, &project)),
        Verb::Diff { page, lang } => differences(global, &project, page, lang.as_deref()),
        Verb::Accept { pages, lang, all, orphans } => {
            let choice = match (all, orphans) {
                (true, _) => Choice::All,
                (_, true) => Choice::Orphans,
                _ => Choice::Pages(pages),
            };
            record(global, &project, choice, lang.as_deref())
        }
    }
}

/// A project as it was read, drafts included.
pub struct Project {
    /// Its root.
    pub root: PathBuf,
    /// Its files.
    pub world: DiskWorld,
    /// What is known of it.
    pub known: Known,
    /// What is wrong with the lock.
    pub lock_problems: Vec<Diagnostic>,
}

impl Project {
    /// Reads the project; without settings that can be read the problems are shown, and there is only the code to end with.
    ///
    /// # Errors
    /// Wrong invocation, or the machine.
    pub fn open(global: &Global) -> Result<Result<Project, ExitCode>, Stop> {
        let root = project_root(global)?;
        let world = DiskWorld::open(&root).map_err(Stop::fault)?;
        let options = Options { drafts: Drafts::Include, today: today(None)?, portable: false, base_url: None };
        let built = build(&world, &options, &Memos::off(), Goal::Check);
        let Some(known) = built.known else {
            report::diagnostics(global, &built.diagnostics, &world);
            return Ok(Err(exit_code(&built, false)));
        };
        let lock_problems = built.diagnostics.into_iter().filter(|problem| problem.code == Code::TRA003).collect();
        Ok(Ok(Project { root, world, known, lock_problems }))
    }

    /// Where the lock lies.
    pub fn lock_path(&self) -> PathBuf {
        self.world.place(&crate::base::path::SourcePath::new(crate::site::lock::PATH))
    }
}

fn status(global: &Global, project: &Project) -> ExitCode {
    let status = Status::of(&project.known);
    report::diagnostics(global, &project.lock_problems, &project.world);
    show(&if global.format == Format::Json { format!("{}\n", status.json()) } else { visible(&status.text(global.verbose)).into_owned() });
    ExitCode::from(u8::from(!project.lock_problems.is_empty()))
}

fn differences(global: &Global, project: &Project, page: &str, lang: Option<&str>) -> Result<ExitCode, Stop> {
    let named = find(&project.known, page)?;
    let language = only(&project.known, page, &named, language(&project.known, lang)?)?;
    let languages: Vec<LanguageIndex> = (0..project.known.site.languages.len()).filter(|index| language.is_none_or(|only| only == *index)).collect();
    let mut found: Vec<diff::PageDiff> = languages.into_iter().filter_map(|index| entries(&project.known, index, &named.id)).collect();
    if found.is_empty() {
        return Err(untranslated(&project.known, page, &named.id, language));
    }
    found.iter_mut().for_each(|page| page.find_old_texts(&project.root, &project.known));
    found.iter().for_each(|page| match global.format {
        Format::Json => show(&format!("{}\n", page.json())),
        Format::Short => show(&visible(&page.short())),
        Format::Human => show(&visible(&page.text())),
    });
    Ok(ExitCode::SUCCESS)
}

fn record(global: &Global, project: &Project, choice: Choice<'_>, lang: Option<&str>) -> Result<ExitCode, Stop> {
    if !project.lock_problems.is_empty() {
        report::diagnostics(global, &project.lock_problems, &project.world);
        report::line(global, &format!("nothing was recorded: mend `{}` first", crate::site::lock::PATH));
        return Ok(ExitCode::from(1));
    }
    let accepted = accept(&project.known, choice, language(&project.known, lang)?)?;
    write_lock(project, &accepted.text)?;
    report::diagnostics(global, &accepted.refused, &project.world);
    accepted.lines().iter().for_each(|line| report::line(global, line));
    Ok(ExitCode::from(u8::from(!accepted.refused.is_empty())))
}

/// Prints an answer; a reader that has gone away is no reason to fail.
fn show(text: &str) {
    let _gone = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes the lock, unless it is the same.
pub(super) fn write_lock(project: &Project, text: &str) -> Result<(), Stop> {
    let path = crate::base::path::SourcePath::new(crate::site::lock::PATH);
    let old = project.world.exists(&path).then(|| project.world.read(&path).ok()).flatten();
    if old.is_none_or(|old| *old.bytes != *text.as_bytes()) {
        crate::system::save::replace(&project.lock_path(), text.as_bytes()).map_err(Stop::fault)?;
    }
    Ok(())
}

/// A page somebody named.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Its identity.
    pub id: PageId,
    /// The language, when a file was named.
    pub language: Option<LanguageIndex>,
}

/// The page of a name: an identity, or the path of a file.
///
/// # Errors
/// There is none.
pub fn find(known: &Known, name: &str) -> Result<Named, Stop> {
    let site = &known.site;
    let wanted = nfc(name.trim().trim_start_matches("./")).into_owned();
    let (language, rel) = match wanted.strip_prefix("content/").and_then(|rest| rest.split_once('/')) {
        Some((tag, rel)) => (site.language(tag), rel),
        None => (None, wanted.as_str()),
    };
    let rel = rel.strip_suffix(".md").unwrap_or(rel).trim_matches('/');
    let rel = path_identity(rel);
    let by_file =
        language.and_then(|language| site.identities[language].get(rel)).or_else(|| site.identities.iter().find_map(|known| known.get(rel)));
    let id = site.sets.contains_key(rel).then(|| PageId::new(rel)).filter(|_| language.is_none()).or_else(|| by_file.cloned());
    id.map(|id| Named { id, language }).ok_or_else(|| {
        if known.lock.records.keys().any(|(_, page)| **page == *rel) {
            return Stop::usage(format!("there is no page `{name}` any more; `rahnama translations accept --orphans` drops what is recorded of it"));
        }
        let help = did_you_mean(rel, site.sets.keys().map(|id| &**id))
            .unwrap_or_else(|| "name a page by its path below the language: strategy/goals-that-steer".to_owned());
        Stop::usage(format!("there is no page `{name}`; {help}"))
    })
}

/// Why nothing can be done with the translations of a page, in one language or in all, and how to begin one.
fn untranslated(known: &Known, name: &str, id: &PageId, only: Option<LanguageIndex>) -> Stop {
    let site = &known.site;
    let tag = |index: LanguageIndex| &*site.languages[index].tag;
    let original = site.sets[id].original;
    let translated = |index: &LanguageIndex| site.page(*index, id).is_some_and(|page| !page.is_fallback());
    let (there, missing): (Vec<LanguageIndex>, Vec<LanguageIndex>) =
        (0..site.languages.len()).filter(|index| *index != original).partition(translated);
    if only == Some(original) && !there.is_empty() {
        let tags: Vec<String> = there.into_iter().map(|index| format!("--lang {}", tag(index))).collect();
        return Stop::usage(format!("`{name}` is the original itself in `{}`; name a translation of it: {}", tag(original), tags.join(" or ")));
    }
    let wanted = only.filter(|only| *only != original);
    let to = wanted.map_or_else(String::new, |only| format!(" to {}", tag(only)));
    let begin: Vec<String> = missing
        .into_iter()
        .filter(|index| wanted.is_none_or(|wanted| wanted == *index))
        .map(|index| format!("`rahnama new {} --from {} --lang {}`", shown(id), tag(original), tag(index)))
        .collect();
    let begin = if begin.is_empty() { "the site has one language".to_owned() } else { format!("begin with {}", begin.join(" or ")) };
    let recorded = known.lock.records.keys().any(|(language, page)| page == id && only.is_none_or(|only| *tag(only) == **language));
    let dropped = if recorded { "; what is recorded of an earlier one is dropped by `rahnama translations accept --orphans`" } else { "" };
    Stop::usage(format!("`{name}` is not translated{to}; {begin}{dropped}"))
}

/// The language that somebody wants to hear of: that of `--lang`, else that of the file they named.
///
/// # Errors
/// They named a translation in one language and said another.
pub fn only(known: &Known, name: &str, named: &Named, lang: Option<LanguageIndex>) -> Result<Option<LanguageIndex>, Stop> {
    let site = &known.site;
    let is_original = |language| site.sets.get(&named.id).is_some_and(|set| set.original == language);
    match (named.language, lang) {
        (Some(file), Some(lang)) if file != lang && !is_original(file) => {
            let [file, lang] = [file, lang].map(|index| &site.languages[index].tag);
            let id = shown(&named.id);
            Err(Stop::usage(format!("`{name}` is the page in `{file}`, but --lang says `{lang}`; leave out --lang, or name the page `{id}`")))
        }
        (file, lang) => Ok(lang.or(file)),
    }
}

/// The language of a tag on the command line.
///
/// # Errors
/// The site has none of that name.
pub fn language(known: &Known, tag: Option<&str>) -> Result<Option<LanguageIndex>, Stop> {
    let Some(tag) = tag else { return Ok(None) };
    let tags: Vec<&LanguageTag> = known.site.languages.iter().map(|language| &language.tag).collect();
    known.site.language(tag).map(Some).ok_or_else(|| {
        let names: Vec<&str> = tags.iter().map(|tag| &***tag).collect();
        Stop::usage(format!("`{tag}` is not a language of this site; the languages are {}", names.join(", ")))
    })
}

/// Line and column of a byte, both from 1; columns count characters.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let Position { line, column, .. } = Position::of(text, at);
    (line, column)
}
