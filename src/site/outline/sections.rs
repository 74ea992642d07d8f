//! Folders with pages, which need a page of their own.

use super::{Draft, folder_of, is_index, split_path};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::language::fold::nfc;
use crate::site::Head;
use std::collections::BTreeSet;

impl Draft<'_> {
    /// A folder with pages needs an `index.md` in some language.
    pub(super) fn check_sections(&mut self) {
        let known: BTreeSet<String> = self.folders.iter().flat_map(|folders| folders.keys().cloned()).collect();
        let mut reported = BTreeSet::new();
        for Head { path, summary, .. } in &self.material.documents {
            let Some((tag, rel)) = split_path(path) else { continue };
            if self.why_unpublished(summary).is_some() {
                continue;
            }
            let mut folder = folder_of(rel);
            loop {
                if !known.contains(&*nfc(folder)) && reported.insert(folder.to_owned()) {
                    let (message, help) = self.no_index(tag, folder);
                    self.problems.push(Diagnostic::new(Code::SEC001, message).at(Span::new(path, 0..0)).help(help).into());
                }
                match folder.rsplit_once('/') {
                    Some((above, _)) => folder = above,
                    None if folder.is_empty() => break,
                    None => folder = "",
                }
            }
        }
    }

    /// What to say of a folder whose page no reader gets: it is not written, or not published.
    fn no_index(&self, tag: &str, folder: &str) -> (String, String) {
        let names_folder = |path: &str| split_path(path).is_some_and(|(_, rel)| is_index(rel) && *nfc(folder_of(rel)) == *nfc(folder));
        let indexes: Vec<&Head> = self.material.documents.iter().filter(|head| names_folder(&head.path)).collect();
        // The one in the page's own language, if there is one.
        let own = format!("content/{tag}/");
        let index = indexes.iter().find(|head| head.path.starts_with(&own)).or(indexes.first());
        if let Some((index, why)) = index.and_then(|index| Some((index, self.why_unpublished(&index.summary)?))) {
            let what = if folder.is_empty() { "home page of this language" } else { "index.md of this page's folder" };
            return (format!("the {what} {}", why.said()), why.mended(&index.path));
        }
        if folder.is_empty() {
            ("this page's language has no home page".to_owned(), format!("write `content/{tag}/index.md` with at least a title"))
        } else {
            ("this page's folder has no index.md".to_owned(), format!("write `content/{tag}/{folder}/index.md` with at least a title"))
        }
    }
}
