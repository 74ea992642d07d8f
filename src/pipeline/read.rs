//! Reading: from the world to settings, languages, theme and documents.

use super::memos::Memos;
use crate::base::caught::caught;
use crate::base::config::{self, Config};
use crate::base::diagnostic::{Code, Diagnostic, Level, Span};
use crate::base::embedded;
use crate::base::hash::Hash;
use crate::base::path::{LanguageTag, SourcePath};
use crate::base::rows::Before;
use crate::base::source::Source;
use crate::base::suggest::did_you_mean;
use crate::base::world::World;
use crate::document::{self, Document, Documents, Settings};
use crate::language::data::LanguageData;
use crate::language::embedded::language_data;
use crate::language::locale::Locale;
use crate::language::messages::Messages;
use crate::render::theme::Templates;
use crate::site::Language;
use crate::site::glossary::{Glossary, Tags};
use crate::site::lock::{self, Lock};
use crate::site::strings::Strings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// Reads a text file; what is wrong is reported.
pub fn text(world: &dyn World, path: &SourcePath, problems: &mut Vec<Diagnostic>) -> Option<Source> {
    let decoded = world.read(path).and_then(|file| Source::decode(path.clone(), &file.bytes));
    decoded.map_err(|problem| problems.push(*problem)).ok()
}

/// Reads `site.toml`.
pub fn config(world: &dyn World, problems: &mut Vec<Diagnostic>) -> Option<Config> {
    let path = SourcePath::new("site.toml");
    if !world.exists(&path) {
        problems.push(
            Diagnostic::new(Code::CFG005, "there is no `site.toml` here")
                .help("run this in the folder of a site, name one with -C, or make one with `rahnama init`"),
        );
        return None;
    }
    Config::read(&text(world, &path, problems)?, problems)
}

/// A language as it was read: for documents, for the site, for the interface.
pub struct Languages {
    /// Languages in the site's order.
    pub languages: Vec<Arc<Language>>,
    /// Their strings.
    pub strings: Vec<Arc<Strings>>,
    /// How their documents are read.
    pub settings: Vec<Settings>,
}

/// Reads everything about the languages of a site.
pub fn languages(world: &dyn World, config: &Config, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Languages {
    let locales: Vec<Arc<Locale>> = config.languages.iter().map(|tag| locale(world, tag, memos, problems)).collect();
    let source = config.languages.iter().position(|tag| *tag == config.source).unwrap_or(0);
    let reference = locales.get(source).map(|locale| {
        let last = last_resort(world, config, locale, memos);
        strings(world, config, locale, last, memos, problems)
    });
    let all: Vec<Arc<Strings>> = locales
        .iter()
        .enumerate()
        .map(|(index, locale)| match &reference {
            Some(reference) if index == source => reference.clone(),
            _ => strings(world, config, locale, reference.clone(), memos, problems),
        })
        .collect();
    let languages = config.languages.iter().zip(&locales).map(|(tag, locale)| language(world, tag, locale, memos, problems)).collect();
    let settings = config
        .languages
        .iter()
        .zip(&locales)
        .map(|(tag, locale)| Settings {
            html: config.html,
            language: tag.clone(),
            locale: locale.clone(),
            hash: Hash::of_value(&(config.html, config.highlight, &**tag, locale.hash)),
        })
        .collect();
    Languages { languages, strings: all, settings }
}

/// The strings of English, for a source language that the program does not speak; what is wrong with them is said where English is a language of the site.
fn last_resort(world: &dyn World, config: &Config, source: &Locale, memos: &Memos) -> Option<Arc<Strings>> {
    if source.tag == LAST_RESORT {
        return None;
    }
    let english = locale(world, &LanguageTag::new(LAST_RESORT), memos, &mut Vec::new());
    Some(strings(world, config, &english, None, memos, &mut Vec::new()))
}

/// The language whose strings the program holds for every theme of its own.
const LAST_RESORT: &str = "en";

fn locale(world: &dyn World, tag: &LanguageTag, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Arc<Locale> {
    let path = SourcePath::new(format!("locales/{tag}/language.toml"));
    let own = world.exists(&path).then(|| text(world, &path, problems)).flatten();
    let key = memos.locales.key(|| Hash::of_value(&(&**tag, own.as_ref().map(|source| source.hash))));
    memos.locales.get_telling(key, problems, |problems| make_locale(tag, own.as_ref(), &path, problems))
}

fn make_locale(tag: &LanguageTag, own: Option<&Source>, path: &SourcePath, problems: &mut Vec<Diagnostic>) -> Arc<Locale> {
    let own = own.map(|source| LanguageData::read(source, problems)).unwrap_or_default();
    let data = own.over(language_data(tag));
    let locale = Locale::new(tag, &data).or_else(|message| {
        problems.push(Diagnostic::new(Code::CFG004, message).at(Span::new(path, 0..0)).help("see the manual, “What a language knows”"));
        Locale::new(tag, &LanguageData::default())
    });
    let locale = locale.or_else(|_| Locale::new("en", &LanguageData::default())).expect("English is compiled in");
    Arc::new(locale)
}

/// Strings of a language: the site's, its theme's, then those in the binary.
fn strings(
    world: &dyn World,
    config: &Config,
    locale: &Arc<Locale>,
    reference: Option<Arc<Strings>>,
    memos: &Memos,
    problems: &mut Vec<Diagnostic>,
) -> Arc<Strings> {
    let tag = &locale.tag;
    let mut files: Vec<Source> = Vec::new();
    for folder in [format!("locales/{tag}"), format!("themes/{}/locales/{tag}", config.theme)] {
        let paths = world.list(&folder).into_iter().filter(|path| path.extension() == Some("ftl"));
        files.extend(paths.filter_map(|path| text(world, &path, problems)));
    }
    for folder in ["themes/default/locales", "locales"] {
        let folder = format!("{folder}/{tag}/");
        files.extend(BUILT_IN.iter().filter(|(name, _)| name.starts_with(&folder)).map(|(_, source)| source.clone()));
    }
    let key = memos.strings.key(|| {
        Hash::of_value(&(
            files.iter().map(|file| (file.hash, &*file.path)).collect::<Vec<_>>(),
            locale.hash,
            reference.as_ref().map(|strings| strings.hash()),
        ))
    });
    memos.strings.get_telling(key, problems, |problems| {
        let (own, found) = Messages::new(locale.clone(), &files);
        problems.extend(found);
        Arc::new(Strings::new(locale.clone(), &files, own, reference))
    })
}

/// The strings in the binary, by their path in the project.
static BUILT_IN: LazyLock<Vec<(&str, Source)>> = LazyLock::new(|| {
    let texts = embedded::FILES.iter().filter(|(name, _)| name.ends_with(".ftl"));
    texts.filter_map(|(name, bytes)| Some((*name, Source::decode(SourcePath::new(format!("built-in/{name}")), bytes).ok()?))).collect()
});

fn language(world: &dyn World, tag: &LanguageTag, locale: &Arc<Locale>, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Arc<Language> {
    let mut read = |name: &str| {
        let path = SourcePath::new(format!("content/{tag}/{name}"));
        world.exists(&path).then(|| text(world, &path, problems)).flatten().map(Arc::new)
    };
    let (glossary, tags) = (read("glossary.toml"), read("tags.toml"));
    let hash = |source: &Option<Arc<Source>>| source.as_ref().map(|source| source.hash);
    let key = memos.languages.key(|| Hash::of_value(&(&**tag, locale.hash, hash(&glossary), hash(&tags))));
    memos.languages.get_telling(key, problems, |problems| {
        let glossary = glossary.map(|source| Glossary::read(source, problems)).unwrap_or_default();
        let tags = tags.map(|source| Tags::read(source, problems)).unwrap_or_default();
        Arc::new(Language { tag: tag.clone(), locale: locale.clone(), glossary, tags })
    })
}

/// A theme as it was read.
#[derive(Default)]
pub struct ThemeFiles {
    /// What stands for it where builds remember: the hash of the site's own files, since the others are always the same.
    pub hash: Hash,
    /// Templates by name.
    pub templates: Templates,
    /// Files by name below `static/`.
    pub files: BTreeMap<String, (SourcePath, Arc<[u8]>)>,
    /// `theme.toml`.
    pub settings: Option<Source>,
}

/// Reads the theme: the default one in the binary, overridden file by file by the site's.
pub fn theme(world: &dyn World, config: &Config, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Arc<ThemeFiles> {
    let folder = format!("themes/{}", config.theme);
    let paths = world.list(&folder);
    if paths.is_empty() && config.theme != "default" {
        let folders: BTreeSet<String> = world.list("themes").iter().filter_map(|path| path.split('/').nth(1).map(str::to_owned)).collect();
        let help = did_you_mean(&config.theme, folders.iter().map(String::as_str))
            .unwrap_or_else(|| format!("make the folder `{folder}`, or use theme = \"default\""));
        problems.push(Diagnostic::new(Code::THM001, format!("there is no theme `{}`", config.theme)).at(config::place(world, &["theme"])).help(help));
    }
    let mut own = Vec::new();
    for path in paths {
        match world.read(&path) {
            Ok(file) => own.push((path, file)),
            Err(problem) => problems.push(*problem),
        }
    }
    let key = memos.theme_files.key(|| Hash::of_value(&own.iter().map(|(path, file)| (&**path, file.hash)).collect::<Vec<_>>()));
    memos.theme_files.get_telling(key, problems, |problems| {
        let mut theme = ThemeFiles { hash: key, ..ThemeFiles::default() };
        for (name, bytes) in embedded::below("themes/default") {
            theme.add(name, SourcePath::new(format!("built-in/themes/default/{name}")), bytes, problems);
        }
        for (path, file) in own {
            let name = path.strip_prefix(&folder).unwrap_or(&path).trim_start_matches('/').to_owned();
            theme.add(&name, path, &file.bytes, problems);
        }
        Arc::new(theme)
    })
}

impl ThemeFiles {
    fn add(&mut self, name: &str, path: SourcePath, bytes: &[u8], problems: &mut Vec<Diagnostic>) {
        if let Some(template) = name.strip_prefix("templates/") {
            match Source::decode(path, bytes) {
                Ok(source) => {
                    self.templates.insert(template.to_owned(), source);
                }
                Err(problem) => problems.push(*problem),
            }
        } else if let Some(file) = name.strip_prefix("static/") {
            self.files.insert(file.to_owned(), (path, bytes.into()));
        } else if name == "theme.toml" {
            self.settings = Source::decode(path, bytes).map_err(|problem| problems.push(*problem)).ok();
        }
    }
}

/// What lies below `content`.
pub struct Content {
    /// Pages, sorted by path.
    pub documents: Arc<Documents>,
    /// Other files that are published beside them.
    pub files: BTreeSet<SourcePath>,
}

/// Reads what translations were made from; without the file nothing is recorded.
pub fn lock(world: &dyn World, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Arc<Lock> {
    let path = SourcePath::new(lock::PATH);
    let Some(source) = world.exists(&path).then(|| text(world, &path, problems)).flatten() else { return Arc::default() };
    let lock = memos.locks.get(source.hash, || Arc::new(Lock::read(&source)));
    problems.extend(lock.problems.iter().cloned());
    lock
}

/// Reads all pages, in parallel.
pub fn content(world: &dyn World, languages: &Languages, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Content {
    let mut pages = Vec::new();
    let mut files = BTreeSet::new();
    let mut strangers = BTreeSet::new();
    let mut last = (String::new(), None);
    for (path, hash) in world.known("content") {
        let Some((folder, rest)) = path.strip_prefix("content/").and_then(|below| below.split_once('/')) else {
            problems.extend(is_text(&path).then(|| outside(&path, languages)));
            continue;
        };
        // Files of a folder come one after the other.
        if last.0 != folder {
            last = (folder.to_owned(), languages.languages.iter().position(|language| &*language.tag == folder));
        }
        match (last.1, rest) {
            (Some(language), _) if rest.ends_with(".md") => {
                let read = || Some(caught(|| world.read(&path)).ok()?.ok()?.hash);
                let hash = hash.or_else(|| memos.documents.remembers().then(read).flatten());
                pages.push((path, hash, languages.settings[language].hash, language));
            }
            (Some(_), "glossary.toml" | "tags.toml") => {}
            (Some(_), _) => {
                problems.extend(is_text(&path).then(|| misnamed(&path)));
                files.insert(path);
            }
            (None, _) if strangers.insert(folder.to_owned()) => problems.push(stranger(folder, &path, languages)),
            (None, _) => {}
        }
    }
    let make = |page: usize, _: Before<'_, Read>| {
        let (path, _, _, language) = &pages[page];
        whole_page(world, path, &languages.settings[*language])
    };
    // What could not be read has no hash, and is tried again.
    let read = memos.documents.get(Hash::default(), pages.clone(), Result::is_ok, make);
    let mut documents = Vec::with_capacity(read.len());
    for result in read.iter() {
        match result {
            Ok(document) => documents.push(document.clone()),
            Err(problem) => problems.push(Diagnostic::clone(problem)),
        }
    }
    Content { documents: Arc::new(Documents::new(documents)), files }
}

/// What reading a page gave.
pub type Read = Result<Arc<Document>, Box<Diagnostic>>;

/// A page, or the fault of our own in it.
fn whole_page(world: &dyn World, path: &SourcePath, settings: &Settings) -> Read {
    let page = || {
        let source = Source::decode(path.clone(), &world.read(path)?.bytes)?;
        Ok(Arc::new(document::document(source, settings)))
    };
    caught(page).unwrap_or_else(|fault| Err(Box::new(fault.at(Span::new(path, 0..0)))))
}

/// Whether a file is meant as a page, by its name.
fn is_text(path: &SourcePath) -> bool {
    path.extension().is_some_and(|extension| ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn misnamed(path: &SourcePath) -> Diagnostic {
    let name = path.rsplit_once('.').map_or("", |(name, _)| name);
    Diagnostic::new(Code::FIL004, "the name of this page does not end in `.md`")
        .at(Span::new(path, 0..0))
        .help(format!("name it `{name}.md`; a Markdown file that readers get as it is belongs below `static/`"))
}

fn outside(path: &SourcePath, languages: &Languages) -> Diagnostic {
    let folders: Vec<String> = languages.languages.iter().map(|language| format!("`content/{}/`", language.tag)).collect();
    Diagnostic::new(Code::LNG001, "this page lies in the folder of no language, and is not published")
        .level(Level::Warning)
        .at(Span::new(path, 0..0))
        .help(format!("move it to one of {}", folders.join(", ")))
}

fn stranger(folder: &str, path: &SourcePath, languages: &Languages) -> Diagnostic {
    let tags: Vec<&str> = languages.languages.iter().map(|language| &*language.tag).collect();
    let help = did_you_mean(folder, tags.iter().copied())
        .unwrap_or_else(|| format!("add it to `languages` in site.toml (now {}), or move the folder", tags.join(", ")));
    Diagnostic::new(Code::LNG001, format!("`{folder}` is not a language of this site")).at(Span::new(path, 0..0)).help(help)
}
