//! `rahnama new`: a new guide, or the beginning of a translation.

mod scaffold;

pub use scaffold::scaffold;

use super::translations::{Named, Project, find, language, write_lock};
use super::{Stop, report, today};
use crate::base::path::{PageId, SourcePath};
use crate::cli::Global;
use crate::document::Document;
use crate::language::date::Date;
use crate::language::fold::nfc;
use crate::language::slug;
use crate::pipeline::Known;
use crate::site::lock::{Lock, Record, shown};
use crate::site::outline::is_index;
use crate::site::page::LanguageIndex;
use crate::site::strings::Strings;
use crate::system::save;
use std::process::ExitCode;

/// What `new` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The page by its path below the language: strategy/goals-that-steer
    pub page: String,
    /// The language to write it in [default: the site's source language]
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// Begin a translation from this language: same headings and checklists, the text to translate in comments
    #[arg(long, value_name = "LANG")]
    pub from: Option<String>,
}

/// A file to make, and the lock that goes with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Where.
    pub path: SourcePath,
    /// What.
    pub text: String,
    /// The lock, when it changes.
    pub lock: Option<String>,
    /// What to tell the author.
    pub notes: Vec<String>,
}

/// Makes the file.
///
/// # Errors
/// Wrong invocation, a file that exists, or the machine.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode, Stop> {
    let project = match Project::open(global)? {
        Ok(project) => project,
        Err(code) => return Ok(code),
    };
    let day = today(None)?;
    let planned = match &args.from {
        Some(from) => translation(&project.known, &args.page, from, args.lang.as_deref())?,
        None => guide(&project.known, &args.page, args.lang.as_deref(), day)?,
    };
    if planned.lock.is_some() && !project.lock_problems.is_empty() {
        report::diagnostics(global, &project.lock_problems, &project.world);
        report::line(global, &format!("nothing was written: mend `{}` first", crate::site::lock::PATH));
        return Ok(ExitCode::from(1));
    }
    match save::create(&project.world.place(&planned.path), planned.text.as_bytes()) {
        Err(fault) if fault.error.kind() == std::io::ErrorKind::AlreadyExists => return Err(exists(&planned.path)),
        made => made.map_err(Stop::fault)?,
    }
    if let Some(lock) = &planned.lock {
        write_lock(&project, lock)?;
    }
    report::line(global, &format!("wrote `{}`", planned.path));
    planned.notes.iter().for_each(|note| report::line(global, note));
    Ok(ExitCode::SUCCESS)
}

fn exists(path: &SourcePath) -> Stop {
    Stop::usage(format!("`{path}` exists already; nothing was written"))
}

/// A new guide.
///
/// # Errors
/// A name that cannot be a page's, an unknown language, a file that exists.
pub fn guide(known: &Known, name: &str, lang: Option<&str>, day: Date) -> Result<Planned, Stop> {
    let site = &known.site;
    let index = language(known, lang)?.unwrap_or_else(|| site.source_language());
    let rel = rel(known, name)?;
    let tag = &site.languages[index].tag;
    let path = SourcePath::new(format!("content/{tag}/{rel}.md"));
    if known.documents.get(&path).is_some() {
        return Err(exists(&path));
    }
    let mut notes = vec!["It is a draft: readers see it when you remove `draft = true`. Until then `rahnama serve --drafts` shows it.".to_owned()];
    if let Ok(Named { id, .. }) = find(known, &rel) {
        let original = &site.languages[site.sets[&id].original].tag;
        notes.push(format!("The page exists in `{original}`. To begin with its headings and checklists, remove this file and run `rahnama new {rel} --lang {tag} --from {original}`."));
    }
    notes.extend(without_index(known, &rel, tag));
    Ok(Planned { text: blank(&known.strings[index], &rel, day), path, lock: None, notes })
}

/// A folder needs a page of its own.
fn without_index(known: &Known, rel: &str, tag: &str) -> Option<String> {
    let folder = rel.rsplit_once('/').map(|(folder, _)| folder)?;
    let missing = !is_index(rel) && known.site.identities.iter().all(|identities| !identities.contains_key(folder));
    missing.then(|| format!("The folder `{folder}` has no page of its own yet: run `rahnama new {folder}/index --lang {tag}` next."))
}

/// A guide with nothing in it but a title, a heading and a checklist.
fn blank(strings: &Strings, rel: &str, day: Date) -> String {
    let name = rel.strip_suffix("/index").unwrap_or(rel);
    let name = name.rsplit('/').next().unwrap_or(name).replace(['-', '_'], " ");
    let mut letters = name.chars();
    let title: String = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let front = format!(
        "+++\ntitle = \"{}\"\n# One sentence for lists and search engines.\ndescription = \"\"\ndate = {day}\ndraft = true\n+++\n",
        title.replace('"', "\\\"")
    );
    if is_index(rel) {
        return front;
    }
    let checklist = strings.text("checklist-title", &[]);
    format!(
        "{front}\n<!-- Who is this for, and what can they do afterwards? -->\n\n## {title} {{#steps}}\n\n## {checklist} {{#checklist}}\n\n- [ ] … <!-- #first-step -->\n"
    )
}

/// The beginning of a translation, recorded as made from today's original.
///
/// # Errors
/// A page, a language or a version that does not exist, or a file that does.
pub fn translation(known: &Known, name: &str, from: &str, lang: Option<&str>) -> Result<Planned, Stop> {
    let site = &known.site;
    let id = find(known, name)?.id;
    let from_index = language(known, Some(from))?.unwrap_or_default();
    let source = site.page(from_index, &id).filter(|page| !page.is_fallback());
    let Some(source) = source else {
        let original = &site.languages[site.sets[&id].original].tag;
        return Err(Stop::usage(format!("`{}` does not exist in `{from}`; the original is in `{original}`: --from {original}", shown(&id))));
    };
    let to = match language(known, lang)? {
        Some(to) => to,
        None => only_missing(known, &id, name, from)?,
    };
    if to == from_index {
        return Err(Stop::usage(format!("--lang and --from are both `{from}`; --lang is the language you translate to")));
    }
    if let Some(own) = site.page(to, &id).filter(|page| !page.is_fallback()) {
        return Err(exists(&own.path));
    }
    let tag = &site.languages[to].tag;
    let rel = source.path.strip_prefix(&format!("content/{from}/")).unwrap_or(&source.path).to_owned();
    let path = SourcePath::new(format!("content/{tag}/{rel}"));
    if known.documents.get(&path).is_some() {
        return Err(exists(&path));
    }
    let document = &known.documents[source.document];
    let mut notes = vec![
        "Translate title, headings and checklists where they stand, and write each other text below the comment that holds it. It is a draft: readers get the original until you remove `draft = true`.".to_owned(),
        format!("When the original changes meanwhile, `rahnama translations diff {} --lang {tag}` shows what.", shown(&id)),
    ];
    let original = site.sets[&id].original;
    let source_language = site.source_language();
    if original != source_language && (to == source_language || to < original) {
        let was = &site.languages[original].tag;
        notes.push(format!(
            "Once it is no draft, this is the original of the page: `{tag}` goes before `{was}` in this site. Then record the `{was}` text as its translation with `rahnama translations accept {} --lang {was}`.", shown(&id)
        ));
    }
    let record = record(known, &id, document, from_index);
    if record.is_none() {
        notes.push(format!("Nobody has recorded what the `{from}` text was made from, so this translation is not recorded either."));
    }
    let lock = record.map(|record| {
        let mut lock = Lock { records: known.lock.records.clone(), ..Lock::default() };
        lock.records.insert((tag.clone(), id.clone()), record);
        lock.to_text()
    });
    Ok(Planned { path, text: scaffold(document), lock, notes })
}

/// What a translation of this text is made from: the original, or what the text itself was made from.
fn record(known: &Known, id: &PageId, document: &Document, from: LanguageIndex) -> Option<Record> {
    let site = &known.site;
    let page = site.page(from, id)?;
    if site.original(page).path == page.path {
        return Some(Record::of(document));
    }
    known.lock.records.get(&site.record_key(page, &known.lock)?).cloned()
}

/// The one language that lacks the page.
fn only_missing(known: &Known, id: &PageId, name: &str, from: &str) -> Result<LanguageIndex, Stop> {
    let site = &known.site;
    let missing: Vec<LanguageIndex> = (0..site.languages.len()).filter(|index| site.page(*index, id).is_none_or(|page| page.is_fallback())).collect();
    let tags: Vec<&str> = missing.iter().map(|index| &*site.languages[*index].tag).collect();
    match missing.as_slice() {
        [only] => Ok(*only),
        [] => Err(Stop::usage(format!("`{name}` exists in every language of the site already"))),
        _ => Err(Stop::usage(format!(
            "to which language? `rahnama new {name} --from {from} --lang {}`; it is missing in {}",
            tags[0],
            tags.join(", ")
        ))),
    }
}

/// The path of a new page below its language, without extension.
fn rel(known: &Known, name: &str) -> Result<String, Stop> {
    let name = nfc(name.trim().trim_start_matches("./")).into_owned();
    let rel = name.strip_suffix(".md").unwrap_or(&name).trim_matches('/').to_owned();
    let wrong = |why: &str| Err(Stop::usage(format!("`{name}` cannot be a page: {why}; for example strategy/goals-that-steer")));
    if rel.starts_with("content/") {
        return wrong("leave out `content/` and the language, and say the language with --lang");
    }
    for part in rel.split('/') {
        if part.is_empty() || slug::slug(part).is_empty() {
            return wrong("a part of it is empty");
        }
        if part.starts_with('.') || part.len() > 200 || part.chars().any(|c| c.is_control() || "\\:*?\"<>|#%".contains(c)) {
            return wrong(&format!("`{part}` is no good name for a file"));
        }
    }
    let first = rel.split('/').next().unwrap_or("");
    if known.site.language(first).is_some() && rel.contains('/') {
        let rest = rel.split_once('/').map_or("", |(_, rest)| rest);
        return wrong(&format!("say the language with --lang: `rahnama new {rest} --lang {first}`"));
    }
    Ok(rel)
}
