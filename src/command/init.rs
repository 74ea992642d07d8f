//! `rahnama init`: a working site to begin with. It asks nothing and never overwrites.

use super::translations::accept::{Choice, accept};
use super::{Stop, report};
use crate::base::config::{Config, TAGS, is_language_tag};
use crate::base::embedded;
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::base::world::MemoryWorld;
use crate::cli::Global;
use crate::language::date::Date;
use crate::pipeline::{self, Goal, Options, memos::Memos};
use crate::site::{Drafts, lock};
use crate::system::save;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `init` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The folder of the new site
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Its languages, in the order readers see them
    #[arg(long, value_name = "TAGS", value_delimiter = ',', default_value = "sv,fa,en")]
    pub languages: Vec<String>,
}

/// Titles of the starter; other languages begin with the English one.
const TITLES: &[(&str, &str)] = &[("sv", "Våra guider"), ("fa", "راهنماهای ما"), ("en", "Our guides")];

/// Writes the site.
///
/// # Errors
/// A tag that is none, a file that is there already, or the machine.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode, Stop> {
    let mut args = args.clone();
    let mut named = BTreeSet::new();
    args.languages.retain(|tag| named.insert(tag.clone()));
    let files = files(&args)?;
    let taken: Vec<String> = files
        .iter()
        .map(|(path, _)| args.folder.join(path))
        .filter(|path| path.symlink_metadata().is_ok())
        .map(|path| format!("`{}`", path.display()))
        .collect();
    if !taken.is_empty() {
        return Err(Stop::usage(format!("nothing was written: {} there already; name another folder", are(&taken))));
    }
    for (path, bytes) in &files {
        save::create(&args.folder.join(path), bytes).map_err(Stop::fault)?;
    }
    let folder = args.folder.display();
    report::line(global, &format!("{} files written to `{folder}`. See the site with: rahnama serve -C {folder}", files.len()));
    Ok(ExitCode::SUCCESS)
}

fn are(taken: &[String]) -> String {
    match taken {
        [one] => format!("{one} is"),
        [one, rest @ ..] => format!("{one} and {} more are", rest.len()),
        [] => String::new(),
    }
}

/// Paths below the folder of the site, and what stands there.
fn files(args: &Args) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let settings = settings(args)?;
    let mut files = vec![
        ("site.toml".to_owned(), settings.into_bytes()),
        (".gitignore".to_owned(), b"/public\n/.public.*\n/.rahnama\n".to_vec()),
        ("themes/own/static/css/99-own.css".to_owned(), starter("theme/99-own.css").to_vec()),
    ];
    for tag in &args.languages {
        let known = TITLES.iter().any(|(known, _)| known == tag);
        let folder = if known { tag.as_str() } else { "en" };
        for (name, bytes) in embedded::below("starter").filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?.strip_prefix('/')?, bytes))) {
            if name.ends_with(".md") {
                files.push((format!("content/{tag}/{name}"), bytes.to_vec()));
            } else if known {
                files.push((format!("locales/{tag}/{name}"), bytes.to_vec()));
            }
        }
    }
    if args.languages.iter().all(|tag| TITLES.iter().any(|(known, _)| known == tag)) {
        files.extend(recorded(&files).map(|lock| (lock::PATH.to_owned(), lock.into_bytes())));
    }
    Ok(files)
}

/// What the translations of the starter were made from: they are up to date.
fn recorded(files: &[(String, Vec<u8>)]) -> Option<String> {
    let mut world = MemoryWorld::default();
    files.iter().for_each(|(path, bytes)| world.put(path, bytes.clone()));
    let options = Options { drafts: Drafts::Exclude, today: Date::from_unix_seconds(0), portable: true, base_url: None };
    let built = pipeline::build(&world, &options, &Memos::off(), Goal::Check);
    let accepted = accept(&built.known?, Choice::All, None).ok()?;
    (!accepted.recorded.is_empty()).then_some(accepted.text)
}

fn starter(name: &str) -> &'static [u8] {
    embedded::below("starter").find(|(path, _)| *path == name).map_or(&[], |(_, bytes)| bytes)
}

/// `site.toml`, read once by its own reader so that no site begins with an error.
fn settings(args: &Args) -> Result<String, Stop> {
    let tags = &args.languages;
    if let Some(tag) = tags.iter().find(|tag| !is_language_tag(tag)) {
        return Err(Stop::usage(format!("nothing was written: --languages has `{tag}`, which is no language tag; a tag is {TAGS}")));
    }
    let source = tags.iter().find(|tag| *tag == "en").or_else(|| tags.first()).map_or("", String::as_str);
    let title = |tag: &String| TITLES.iter().find(|(known, _)| known == tag).or(TITLES.last()).map_or("", |(_, title)| *title);
    let titles: Vec<String> = tags.iter().map(|tag| format!("{tag} = \"{}\"", title(tag))).collect();
    let quoted: Vec<String> = tags.iter().map(|tag| format!("\"{tag}\"")).collect();
    let text = String::from_utf8_lossy(starter("site.toml"))
        .replace("{id}", &id(args))
        .replace("{languages}", &quoted.join(", "))
        .replace("{source}", source)
        .replace("{titles}", &titles.join("\n"));
    let mut problems = Vec::new();
    Config::read(&Source::new(SourcePath::new("site.toml"), text.as_str()), &mut problems);
    match problems.first() {
        Some(problem) => Err(Stop::usage(format!("nothing was written: {}", problem.message))),
        None => Ok(text),
    }
}

/// The site's id: the name of its folder, as far as an id may hold it.
fn id(args: &Args) -> String {
    let name = args.folder.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain: String = name.chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' }).take(64).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "my-guides".to_owned() } else { plain.to_owned() }
}
