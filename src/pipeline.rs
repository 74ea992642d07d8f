//! The whole journey: read, assemble, check, output. It returns files and diagnostics and knows no history.

pub mod memos;
pub mod mend;
mod read;

use crate::base::config::{Config, check_base_url};
use crate::base::diagnostic::{self, Diagnostic, Level};
use crate::base::files::{Later, Sink};
use crate::base::hash::Hash;
use crate::base::path::SourcePath;
use crate::base::rows::Before;
use crate::base::world::World;
use crate::check::{self, CHECKS};
use crate::document::{Document, Documents};
use crate::language::date::Date;
use crate::output::{self, Keys, OUTPUTS, assets::Assets, search::Search};
use crate::render::resolved::{self, PageResolved, PictureSizes};
use crate::render::terms::Definitions;
use crate::render::theme::{self, Theme};
use crate::site::lock::Lock;
use crate::site::strings::Strings;
use crate::site::translation::State;
use crate::site::{self, Drafts, Head, Material, Profile, Site};
use memos::Memos;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Choices of the command line.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether unfinished pages are wanted.
    pub drafts: Drafts,
    /// The day of the build.
    pub today: Date,
    /// The portable profile, whatever `base_url` says.
    pub portable: bool,
    /// Another `base_url`.
    pub base_url: Option<String>,
}

/// What a build knows of the site, for commands that tell about it.
#[derive(Debug)]
pub struct Known {
    /// The site.
    pub site: Arc<Site>,
    /// Its files.
    pub documents: Arc<Documents>,
    /// What translations were made from.
    pub lock: Arc<Lock>,
    /// How each page of the site stands to its original.
    pub states: Vec<State>,
    /// Strings of its languages, in its order.
    pub strings: Vec<Arc<Strings>>,
}

/// What came of a build, besides the files.
#[derive(Debug, Default)]
pub struct Built {
    /// Everything that is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages the site has.
    pub pages: usize,
    /// How many of them had to be made.
    pub made: usize,
    /// What the build knows, unless the settings could not be read.
    pub known: Option<Known>,
}

impl Built {
    /// Whether the site must not be published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|problem| problem.level == Level::Error)
    }
}

/// What is done with the site once it is put together.
#[derive(Clone, Copy)]
pub enum Goal<'a> {
    /// Files for a sink.
    Write(&'a dyn Sink),
    /// Nothing but checks.
    Check,
}

/// Builds a site from a world.
pub fn build(world: &dyn World, options: &Options, memos: &Memos, goal: Goal<'_>) -> Built {
    let mut problems = world.problems();
    let mut built = Built::default();
    if let Some(mut config) = read::config(world, &mut problems) {
        if let Some(base_url) = &options.base_url {
            config.base_url = check_base_url(base_url);
        }
        let known = compile(world, config, options, memos, goal, &mut problems);
        built.pages = known.site.pages.len();
        built.known = Some(known);
        // Without settings nothing was asked for, and nothing is forgotten: mending them is no clean build.
        built.made = memos.turn();
    }
    diagnostic::sort(&mut problems);
    built.diagnostics = problems;
    built
}

/// The stages in order.
fn compile(world: &dyn World, config: Config, options: &Options, memos: &Memos, goal: Goal<'_>, problems: &mut Vec<Diagnostic>) -> Known {
    let config = Arc::new(config);
    let languages = read::languages(world, &config, memos, problems);
    let theme_files = read::theme(world, &config, memos, problems);
    let content = read::content(world, &languages, memos, problems);
    content.documents.all().iter().for_each(|document| problems.extend(document.problems.iter().cloned()));

    let theme = load_theme(&theme_files, &config, &languages, memos, problems);
    let (site, keys) = assemble(world, &config, &languages, &content, options, memos, problems);
    let definitions = definitions(&site, keys.site, &languages, memos, problems);
    let sizes = picture_sizes(world, &site, memos, problems);
    let lock = read::lock(world, memos, problems);
    let frame = Hash::of_value(&(keys.structure, lock.hash));
    let texts = text_hashes(&site, &content.documents);
    let states = states(&site, frame, &texts, &content.documents, &lock, memos);
    let resolved: Arc<[_]> = resolve(&site, frame, texts, &content.documents, &sizes, &states, memos).into();
    for (_, resolved) in site.pages.iter().zip(&*resolved).filter(|(page, _)| !page.is_fallback()) {
        problems.extend(resolved.problems.iter().cloned());
    }

    let settings = theme::settings::settings(theme_files.settings.as_ref(), &config.theme_settings, &site.static_files, world, problems);
    let checked = check::Subject {
        site: &site,
        documents: &content.documents,
        states: &states,
        languages: &languages.strings,
        theme: theme.as_deref(),
        templates: &theme_files.templates,
        sizes: &sizes,
        world,
        frame,
        pages: &memos.checks,
        lints: &memos.lints,
        other_lints: &memos.other_lints,
        eyes: &memos.eyes,
    };
    CHECKS.iter().for_each(|check| check(&checked, problems));
    if let (Goal::Write(sink), Some(theme)) = (goal, &theme) {
        let assets = assets(&theme_files, site.options.profile, memos, problems);
        let job = output::Job {
            site: &site,
            documents: &content.documents,
            states: &states,
            strings: &languages.strings,
            theme,
            theme_settings: &settings,
            definitions: &definitions,
            resolved: &resolved,
            assets: &assets,
            world,
            keys,
            memos: &memos.output,
        };
        write(job, sink, problems);
        let (documents, memos) = (content.documents.clone(), memos.output.search.clone());
        last(Arc::new(Search { site: site.clone(), site_key: keys.site, documents, resolved, memos }), sink);
    }
    Known { site, documents: content.documents, lock, states, strings: languages.strings }
}

/// Everything but the search.
fn write(job: output::Job<'_>, sink: &dyn Sink, problems: &mut Vec<Diagnostic>) {
    let job = output::Shared::new(job);
    let found: Vec<Vec<Diagnostic>> = OUTPUTS.par_iter().map(|output| output.write(&job, sink)).collect();
    problems.extend(found.into_iter().flatten());
}

/// The search, now or when somebody searches.
fn last(search: Arc<dyn Later>, sink: &dyn Sink) {
    if !sink.keep(&search) {
        search.put(sink);
    }
}

/// The hashes of each page, of its text and of its original's.
fn text_hashes(site: &Site, documents: &Documents) -> Vec<[Hash; 3]> {
    let hashes = documents.hashes();
    site.pages.iter().map(|page| [page.hash, hashes[page.document], hashes[site.original(page).document]]).collect()
}

/// How each page stands to its original: a function of the lock, the two summaries and the original's blocks.
fn states(site: &Site, frame: Hash, texts: &[[Hash; 3]], documents: &Documents, lock: &Lock, memos: &Memos) -> Vec<State> {
    let make = |index: usize, _: Before<'_, State>| {
        let page = &site.pages[index];
        site.state(page, lock, &documents[site.original(page).document])
    };
    let states = site.remember_rows(&memos.states, frame, texts.to_vec(), make);
    states.iter().map(|state| state.get().clone()).collect()
}

fn assets(files: &read::ThemeFiles, profile: Profile, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Arc<Assets> {
    let key = memos.assets.key(|| Hash::of_value(&(files.hash, profile)));
    memos.assets.get_telling(key, problems, |problems| Arc::new(Assets::new(&files.files, profile, problems)))
}

fn load_theme(
    files: &read::ThemeFiles,
    config: &Config,
    languages: &read::Languages,
    memos: &Memos,
    problems: &mut Vec<Diagnostic>,
) -> Option<Arc<Theme>> {
    let tags = config.languages.iter().map(ToString::to_string);
    let strings: Vec<_> = tags.zip(languages.strings.iter().cloned()).collect();
    let key = memos.themes.key(|| {
        Hash::of_value(&(
            files.templates.iter().map(|(name, source)| (name.as_str(), source.hash, &*source.path)).collect::<Vec<_>>(),
            strings.iter().map(|(tag, strings)| (tag.as_str(), strings.hash())).collect::<Vec<_>>(),
        ))
    });
    memos.themes.get(key, || Theme::new(&files.templates, strings).map(Arc::new)).map_err(|found| problems.extend(found)).ok()
}

/// The site, remembered as long as no summary, setting or list of files changes.
fn assemble(
    world: &dyn World,
    config: &Arc<Config>,
    languages: &read::Languages,
    content: &read::Content,
    options: &Options,
    memos: &Memos,
    problems: &mut Vec<Diagnostic>,
) -> (Arc<Site>, Keys) {
    let static_files: BTreeSet<SourcePath> = world.list("static").into_iter().collect();
    let profile = if options.portable || config.base_url.is_none() { Profile::Portable } else { Profile::Hosted };
    let options = site::Options { drafts: options.drafts, today: options.today, profile };
    let data = languages
        .languages
        .iter()
        .map(|language| (language.glossary.source.as_ref().map(|source| source.hash), language.tags.source.as_ref().map(|source| source.hash)));
    let frame = memos.sites.key(|| {
        let languages: Vec<Hash> = languages.settings.iter().map(|settings| settings.hash).collect();
        Hash::of_value(&(config, options, languages, data.collect::<Vec<_>>(), &content.files, &static_files))
    });
    let key = memos.sites.key(|| {
        Hash::of_value(&(frame, content.documents.all().iter().map(|document| (document.standing, document.summary_hash)).collect::<Vec<_>>()))
    });
    let (site, structure) = memos.sites.get_telling(key, problems, |problems| {
        let material = Material {
            config: config.clone(),
            languages: languages.languages.clone(),
            documents: content.documents.all().iter().map(head).collect(),
            files: content.files.clone(),
            static_files,
            options,
        };
        let site = site::assemble(material, frame, &memos.assembly, problems);
        let structure = memos.sites.key(|| Hash::of_value(&(frame, site.structure())));
        (Arc::new(site), structure)
    });
    (site, Keys { site: key, structure })
}

/// What a site knows of a file.
fn head(document: &Arc<Document>) -> Head {
    Head { path: document.source.path.clone(), summary: document.summary.clone(), hash: document.summary_hash, standing: document.standing }
}

fn definitions(site: &Site, site_key: Hash, languages: &read::Languages, memos: &Memos, problems: &mut Vec<Diagnostic>) -> Arc<Definitions> {
    let key = memos.definitions.key(|| Hash::of_value(&(site_key, languages.strings.iter().map(|strings| strings.hash()).collect::<Vec<_>>())));
    memos.definitions.get_telling(key, problems, |problems| Arc::new(Definitions::new(site, &languages.settings, &languages.strings, problems)))
}

/// Width and height of every picture beside pages or below `static`.
fn picture_sizes(world: &dyn World, site: &Site, memos: &Memos, problems: &mut Vec<Diagnostic>) -> PictureSizes {
    let mut sizes = PictureSizes::new();
    for path in site.files.iter().chain(&site.static_files).filter(|path| check::images::is_picture(path)) {
        match world.read(path) {
            Ok(file) => {
                // What a file is read as depends on the ending of its name.
                let key = memos.sizes.key(|| Hash::of_value(&(file.hash, path.extension())));
                if let Some(size) = memos.sizes.get(key, || check::images::size(path, &file.bytes)) {
                    sizes.insert(path.clone(), size);
                }
            }
            Err(problem) => problems.push(*problem),
        }
    }
    sizes
}

/// What each page's body needs to know of other pages, in the order of the site's pages. `frame` stands for the site's structure and the lock.
fn resolve(
    site: &Site,
    frame: Hash,
    texts: Vec<[Hash; 3]>,
    documents: &Documents,
    sizes: &PictureSizes,
    states: &[State],
    memos: &Memos,
) -> Vec<Arc<PageResolved>> {
    let make = |index: usize, _: Before<'_, Arc<PageResolved>>| {
        let (page, state) = (&site.pages[index], &states[index]);
        let document = &documents[page.document];
        let (resolved, problems) = resolved::resolve(site, page, document, sizes, state);
        let key = Hash::of_value(&(document.hash, &resolved, state));
        Arc::new(PageResolved { resolved, problems, key })
    };
    let resolved = site.remember_rows(&memos.resolved, Hash::of_value(&(frame, sizes)), texts, make);
    resolved.iter().map(|resolved| resolved.get().clone()).collect()
}
