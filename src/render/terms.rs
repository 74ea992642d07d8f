//! Definitions of the glossary as HTML, made once for all pages that show them.

use super::body::{Body, fragment};
use super::resolved::{self, PictureSizes};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Hash;
use crate::base::source::Source;
use crate::document::{self, Settings};
use crate::site::Site;
use crate::site::page::{LanguageIndex, Page};
use crate::site::strings::Strings;
use crate::site::translation::State;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Stands for the way to the root in a definition until it is known on which page it is shown.
const ROOT: &str = "\u{FDD3}";

/// Definitions by language and term.
#[derive(Debug, Default)]
pub struct Definitions {
    html: Vec<BTreeMap<String, String>>,
    /// The hash of all of them.
    pub hash: Hash,
}

impl Definitions {
    /// Renders all definitions.
    pub fn new(site: &Site, settings: &[Settings], strings: &[Arc<Strings>], problems: &mut Vec<Diagnostic>) -> Definitions {
        let mut html = Vec::new();
        for (language, data) in site.languages.iter().enumerate() {
            let mut terms = BTreeMap::new();
            let page = site.special(language, "glossary").or_else(|| site.home(language));
            if let (Some(source), Some(page)) = (&data.glossary.source, page) {
                for (id, term) in &data.glossary.terms {
                    let in_file = source.text.get(term.definition.range.clone()) == Some(term.definition.text.as_str());
                    let (text, range) = if in_file {
                        (source.as_ref().clone(), term.definition.range.clone())
                    } else {
                        (Source::new(source.path.clone(), term.definition.text.as_str()), 0..term.definition.text.len())
                    };
                    let piece = document::snippet(text, range, &settings[language]);
                    terms.insert(id.clone(), definition(site, page, &piece, &strings[language], problems));
                }
            }
            html.push(terms);
        }
        Definitions { hash: Hash::of_value(&html), html }
    }

    /// A definition as it stands on a page from which `root` leads to the root.
    pub fn html(&self, language: LanguageIndex, id: &str, root: &str) -> String {
        self.html.get(language).and_then(|terms| terms.get(id)).map(|html| html.replace(ROOT, root)).unwrap_or_default()
    }
}

fn definition(site: &Site, page: &Page, piece: &document::Document, strings: &Strings, problems: &mut Vec<Diagnostic>) -> String {
    let at_home = page.from_file(piece.source.path.clone());
    let (mut resolved, broken) = resolved::resolve(site, &at_home, piece, &PictureSizes::new(), &State::Original);
    let way = std::mem::take(&mut resolved.root);
    for link in &mut resolved.links {
        if let Some(rest) = link.href.strip_prefix(&way).filter(|_| !link.external) {
            link.href = format!("{ROOT}{rest}");
        }
    }
    resolved.first_terms.clear();
    problems.extend(broken);
    problems.extend(piece.problems.iter().cloned());
    fragment(&Body {
        tree: &piece.tree,
        text: &piece.source.text,
        document: piece,
        resolved: &resolved,
        strings,
        locale: &strings.locale,
        container: &|_, _, inner| inner,
        prefix: String::new(),
        shift: 0,
        colours: site.config.highlight,
    })
}
