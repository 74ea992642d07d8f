//! Where a link leads.

use super::Site;
use super::outline::path_identity;
use super::page::{LanguageIndex, Page, asked_for};
use crate::base::diagnostic::{Code, Diagnostic};
use crate::base::path::{Anchor, PageId, SourcePath, join};
use crate::base::suggest::{did_you_mean, nearest_path};
use crate::document::tree::Target;
use crate::language::slug::decode_path;
use std::collections::BTreeSet;

/// What a link turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// A page in the reader's language, or what stands for it.
    Page {
        /// Its index in the site.
        page: usize,
        /// A place on it.
        anchor: Option<Anchor>,
    },
    /// A place on the same page.
    Here(Anchor),
    /// A file of the site, by its encoded address from the root.
    File(String),
    /// Another site, or mail.
    External(String),
    /// A term of the glossary.
    Term(String),
    /// Nothing: the problem without its place.
    Broken(Box<Diagnostic>),
}

impl Site {
    /// Where a link in the text of `page` leads.
    pub fn resolve(&self, page: &Page, target: &Target) -> Resolution {
        match target {
            Target::Address(address) => self.resolve_address(page, address),
            Target::Page(name) => self.resolve_identity(page, name),
            Target::Term(id) => self.resolve_term(page, id),
        }
    }

    fn resolve_term(&self, page: &Page, id: &str) -> Resolution {
        if self.term(page.language, id).is_some() {
            return Resolution::Term(id.to_owned());
        }
        let known = self.languages.iter().flat_map(|language| language.glossary.terms.keys()).map(String::as_str);
        let help = did_you_mean(id, known).unwrap_or_else(|| format!("add [{id}] to content/{}/glossary.toml", self.languages[page.language].tag));
        broken(Code::TRM001, format!("no term `{id}` in the glossary"), help)
    }

    fn resolve_identity(&self, page: &Page, name: &str) -> Resolution {
        let (id, anchor) = name.split_once('#').map_or((name, None), |(id, anchor)| (id, Some(anchor)));
        let id = id.trim().trim_matches('/');
        if let Some(found) = self.reader_page(page.language, id) {
            self.with_anchor(found, anchor)
        } else {
            let (message, help) = self.no_page(id);
            broken(Code::LNK001, message, help)
        }
    }

    /// The page of an identity for readers of a language: their own, a fallback, or the original where lists link to it.
    pub fn reader_page(&self, language: LanguageIndex, id: &str) -> Option<usize> {
        self.by_id[language].get(id).copied().or_else(|| {
            let set = self.sets.get(id)?;
            self.by_id[set.original].get(id).copied()
        })
    }

    fn resolve_address(&self, page: &Page, address: &str) -> Resolution {
        if let Some(scheme) = scheme(address) {
            return match scheme.as_str() {
                "https" | "http" | "mailto" | "tel" => Resolution::External(address.trim().to_owned()),
                _ => broken(Code::LNK003, format!("links of the kind `{scheme}:` are not allowed"), "https, http, mailto and tel are"),
            };
        }
        if address.starts_with("//") {
            return broken(Code::LNK003, "a link without its scheme is not allowed", "begin it with https:");
        }
        let (path, anchor) = address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor)));
        let path = path.split('?').next().unwrap_or(path);
        if address.trim().is_empty() {
            let help = "write in the parentheses where it leads: a file, a heading such as `#goals`, an https address";
            return broken(Code::LNK001, "this link has no address", help);
        }
        if path.is_empty() {
            return Resolution::Here(Anchor::new(anchor.and_then(decode_path).unwrap_or_default()));
        }
        let Some(path) = decode_path(path) else {
            return broken(Code::LNK001, "this address is not UTF-8", "write it as it is read, or percent-encoded in UTF-8");
        };
        if path.starts_with('/') { self.resolve_absolute(&path, anchor) } else { self.resolve_relative(page, &path, anchor) }
    }

    fn resolve_absolute(&self, path: &str, anchor: Option<&str>) -> Resolution {
        let with_slash = format!("{}/", asked_for(path).trim_end_matches('/'));
        if let Some(page) = self.by_address.get(with_slash.replace("//", "/").as_str()) {
            return self.with_anchor(*page, anchor);
        }
        let tag = self.tags.iter().flatten().find(|tag| *tag.address == *with_slash);
        if let Some(tag) = tag {
            return Resolution::File(tag.href.to_string());
        }
        if self.static_files.contains(format!("static{path}").as_str()) {
            return Resolution::File(crate::language::slug::encode_path(path.trim_start_matches('/')));
        }
        let known = self.by_address.keys().map(|address| &**address);
        let help =
            did_you_mean(&with_slash, known).unwrap_or_else(|| "link to the page's file instead: it is checked and follows the page".to_owned());
        broken(Code::LNK001, format!("nothing stands at `{path}`"), help)
    }

    fn resolve_relative(&self, page: &Page, path: &str, anchor: Option<&str>) -> Resolution {
        let Some(target) = join(page.path.folder(), path) else {
            return broken(Code::LNK001, format!("`{path}` leads out of the project"), "stay below `content`");
        };
        let in_language = target.strip_prefix("content/").and_then(|rest| rest.split_once('/'));
        if let Some((tag, rel)) = in_language {
            let id = self.identity(tag, rel, path.ends_with('/'));
            if let Some(found) = id.as_ref().and_then(|id| self.reader_page(page.language, id)) {
                return self.with_anchor(found, anchor);
            }
            if let Some(found) = self.beside(page, &target) {
                return Resolution::File(found);
            }
            if let Some(hidden) = id.and_then(|id| self.unpublished.get(&*id)) {
                let (message, help) = hidden.words(path);
                return broken(Code::LNK001, message, help);
            }
        }
        self.missing_file(page, path, &target)
    }

    /// The identity behind a path below a language's folder, in that language or any other.
    fn identity(&self, tag: &str, rel: &str, folder: bool) -> Option<PageId> {
        let rel = match rel.strip_suffix(".md") {
            Some(rel) => path_identity(rel),
            None if folder => rel,
            None => return None,
        };
        let own = self.language(tag).and_then(|language| self.identities[language].get(rel));
        own.or_else(|| self.identities.iter().find_map(|known| known.get(rel))).cloned()
    }

    /// A file beside the page; missing in its language, the original's is taken. Gives its encoded address.
    pub fn beside(&self, page: &Page, target: &str) -> Option<String> {
        let (_, rel) = target.strip_prefix("content/")?.split_once('/')?;
        let text = page.text_language;
        let original = self.sets.get(&page.id).map_or(text, |set| set.original);
        let languages = [text, original].into_iter().chain(0..self.languages.len());
        languages.into_iter().find_map(|language| {
            let file = SourcePath::new(format!("content/{}/{rel}", self.languages[language].tag));
            self.files.contains(&file).then(|| self.file_href(language, rel))
        })
    }

    /// The file a picture's address means, if there is one.
    pub fn picture(&self, page: &Page, address: &str) -> Option<(SourcePath, String)> {
        let decoded = decode_path(address.split(['?', '#']).next()?)?;
        if decoded.starts_with('/') {
            let file = SourcePath::new(format!("static{decoded}"));
            return self.static_files.contains(&file).then(|| (file, crate::language::slug::encode_path(decoded.trim_start_matches('/'))));
        }
        let target = join(page.path.folder(), &decoded)?;
        let (_, rel) = target.strip_prefix("content/")?.split_once('/')?;
        let href = self.beside(page, &target)?;
        let file = (0..self.languages.len()).map(|language| (language, SourcePath::new(format!("content/{}/{rel}", self.languages[language].tag))));
        file.into_iter().find(|(language, file)| self.files.contains(file) && self.file_href(*language, rel) == href).map(|(_, file)| (file, href))
    }

    /// Encoded address of a file beside pages; folders without pages keep their names below the nearest one that has pages.
    pub fn file_href(&self, language: LanguageIndex, rel: &str) -> String {
        let mut folder = rel.rsplit_once('/').map_or("", |(folder, _)| folder);
        loop {
            if let Some(address) = self.folders[language].get(folder) {
                let rest = rel[folder.len()..].trim_start_matches('/');
                return crate::language::slug::encode_path(format!("{address}{rest}").trim_start_matches('/'));
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    fn missing_file(&self, page: &Page, path: &str, target: &str) -> Resolution {
        let folder = page.path.folder();
        let pages = self.pages.iter().filter(|other| other.language == page.text_language && !other.is_fallback()).map(|other| &*other.path);
        let files = self.files.iter().map(|file| &**file);
        let near = nearest_path(target, pages.chain(files)).map(|near| relative(folder, near));
        let help = near.map_or_else(
            || "link to a Markdown file of the same language, or to a file beside the page".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let what = if target.ends_with(".md") { "page" } else { "page or file" };
        broken(Code::LNK001, format!("no {what} `{path}`"), help)
    }

    fn with_anchor(&self, page: usize, anchor: Option<&str>) -> Resolution {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
            return Resolution::Page { page, anchor: None };
        };
        let anchor = decode_path(anchor).unwrap_or_default();
        match self.check_anchor(&self.pages[page], &anchor) {
            Ok(()) => Resolution::Page { page, anchor: Some(Anchor::new(anchor)) },
            Err(problem) => Resolution::Broken(problem),
        }
    }

    /// Whether a page has an anchor.
    ///
    /// # Errors
    /// The problem without its place.
    pub fn check_anchor(&self, page: &Page, anchor: &str) -> Result<(), Box<Diagnostic>> {
        let own = page.summary.headings.iter().any(|heading| *heading.anchor == *anchor);
        let item = || anchor.strip_prefix("item-").is_some_and(|id| page.items.iter().any(|item| **item == *id));
        if anchor.is_empty() || own || item() || anchor.starts_with("fn-") || anchor.starts_with("fnref-") {
            return Ok(());
        }
        let anchors = self.anchors(page);
        if anchors.contains(anchor) {
            return Ok(());
        }
        // A glossary shows the terms of all languages.
        if page.template == "glossary" && self.term(page.language, anchor).is_some() {
            return Ok(());
        }
        let help = did_you_mean(anchor, anchors.iter().map(String::as_str)).unwrap_or_else(|| {
            let known: Vec<&str> = page.summary.headings.iter().map(|heading| &*heading.anchor).take(8).collect();
            if known.is_empty() { "that page has no headings".to_owned() } else { format!("its headings are {}", known.join(", ")) }
        });
        let message = format!("no heading `#{anchor}` on the page `{}`", page.summary.title);
        Err(Box::new(Diagnostic::new(Code::LNK002, message).help(help)))
    }

    /// All anchors of a page: headings, those inherited from the original, checklist items.
    pub fn anchors(&self, page: &Page) -> BTreeSet<String> {
        let mut anchors: BTreeSet<String> = page.summary.headings.iter().map(|heading| heading.anchor.to_string()).collect();
        anchors.extend(self.inherited_anchors(page).into_iter().map(|(_, anchor)| anchor.to_string()));
        anchors.extend(page.items.iter().map(|item| format!("item-{item}")));
        anchors
    }

    /// Explicit anchors of the original at headings that have none here: (number of the heading, anchor).
    ///
    /// Headings correspond as long as their levels do.
    pub fn inherited_anchors(&self, page: &Page) -> Vec<(usize, Anchor)> {
        let original = self.original(page);
        if original.path == page.path {
            return Vec::new();
        }
        let pairs = page.summary.headings.iter().zip(&original.summary.headings).take_while(|(own, other)| own.level == other.level);
        let own: BTreeSet<&str> = page.summary.headings.iter().map(|heading| &*heading.anchor).collect();
        pairs
            .enumerate()
            .filter(|(_, (heading, other))| !heading.explicit && other.explicit && !own.contains(&*other.anchor))
            .map(|(number, (_, other))| (number, other.anchor.clone()))
            .collect()
    }
}

fn broken(code: Code, message: impl Into<String>, help: impl Into<String>) -> Resolution {
    Resolution::Broken(Box::new(Diagnostic::new(code, message).help(help)))
}

/// The scheme of an address, as a browser finds it: white space and control characters do not count.
fn scheme(address: &str) -> Option<String> {
    let plain: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = plain.split_once(':')?;
    let fine = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    fine.then(|| scheme.to_ascii_lowercase())
}

/// A path as seen from a folder.
fn relative(folder: &str, path: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.split('/').collect(), path.split('/').collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - common);
    format!("{up}{}", to[common..].join("/"))
}
