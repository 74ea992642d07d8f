//! What the pipeline remembers from build to build. Each table is a pure function's; none of them knows what changed.

use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::memo::Memo;
use crate::base::path::SourcePath;
use crate::base::rows::Rows;
use crate::check::typography::Eyes;
use crate::language::locale::Locale;
use crate::output::{self, Assets};
use crate::pipeline::read::{Read, ThemeFiles};
use crate::render::resolved::PageResolved;
use crate::render::terms::Definitions;
use crate::render::theme::Theme;
use crate::site::lock::Lock;
use crate::site::page::LanguageIndex;
use crate::site::pages::SeenRows;
use crate::site::strings::Strings;
use crate::site::translation::State;
use crate::site::{self, Language, Site};
use std::sync::Arc;

/// The tables.
#[derive(Default)]
pub struct Memos {
    /// Locale of a tag and its `language.toml`.
    pub locales: Memo<(Arc<Locale>, Vec<Diagnostic>)>,
    /// A language of its locale, glossary and tags.
    pub languages: Memo<(Arc<Language>, Vec<Diagnostic>)>,
    /// Strings of a language's files.
    pub strings: Memo<(Arc<Strings>, Vec<Diagnostic>)>,
    /// Files of a theme, by the site's own.
    pub theme_files: Memo<(Arc<ThemeFiles>, Vec<Diagnostic>)>,
    /// What is published of them, by profile.
    pub assets: Memo<(Arc<Assets>, Vec<Diagnostic>)>,
    /// Theme of its templates and all strings.
    pub themes: Memo<Result<Arc<Theme>, Vec<Diagnostic>>>,
    /// Document of a file's text and its language.
    pub documents: Rows<(SourcePath, Option<Hash>, Hash, LanguageIndex), Read>,
    /// What translations were made from, of the lock's text.
    pub locks: Memo<Arc<Lock>>,
    /// Site of all summaries and settings, with the hash of its structure.
    pub sites: Memo<((Arc<Site>, Hash), Vec<Diagnostic>)>,
    /// What assembling a site remembers.
    pub assembly: site::Memos,
    /// What a page's body needs of other pages, by its file, the site's structure and the pages it looked at.
    pub resolved: SeenRows<[Hash; 3], Arc<PageResolved>>,
    /// How each page stands to its original, by their files.
    pub states: SeenRows<[Hash; 3], State>,
    /// Definitions of the glossary, by the site and the strings.
    pub definitions: Memo<(Arc<Definitions>, Vec<Diagnostic>)>,
    /// What is wrong with a page beside its translations, by their files, the site's structure and the pages it looked at.
    pub checks: SeenRows<[Hash; 2], Vec<Diagnostic>>,
    /// What the author lint said of each document.
    pub lints: Rows<Hash, Vec<Diagnostic>>,
    /// The same of the other texts of a language.
    pub other_lints: Memo<Arc<Vec<Diagnostic>>>,
    /// What the author lint of a language goes by, of its `lint.toml`.
    pub eyes: Memo<(Arc<Eyes>, Vec<Diagnostic>)>,
    /// Size of a picture.
    pub sizes: Memo<Option<(u32, u32)>>,
    /// What outputs remember.
    pub output: output::Memos,
}

impl Memos {
    /// Tables that remember nothing, for a process that builds once.
    pub fn off() -> Memos {
        Memos {
            locales: Memo::off(),
            languages: Memo::off(),
            strings: Memo::off(),
            theme_files: Memo::off(),
            assets: Memo::off(),
            themes: Memo::off(),
            documents: Rows::off(),
            locks: Memo::off(),
            checks: SeenRows::off(),
            lints: Rows::off(),
            other_lints: Memo::off(),
            eyes: Memo::off(),
            sites: Memo::off(),
            assembly: site::Memos::off(),
            resolved: SeenRows::off(),
            states: SeenRows::off(),
            definitions: Memo::off(),
            sizes: Memo::off(),
            output: output::Memos::off(),
        }
    }

    /// Forgets what the build that ends here did not need; gives how many pages it made.
    pub fn turn(&self) -> usize {
        self.locales.turn();
        self.languages.turn();
        self.strings.turn();
        self.theme_files.turn();
        self.assets.turn();
        self.themes.turn();
        self.locks.turn();
        self.sites.turn();
        self.definitions.turn();
        self.sizes.turn();
        self.other_lints.turn();
        self.eyes.turn();
        self.output.turn()
    }
}
