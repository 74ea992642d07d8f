//! How two generators spell the same thing.

use crate::skeleton::{LinkKind, identity, term_id};

/// For which generator the project is.
#[derive(Clone, Copy, PartialEq)]
pub enum Flavour {
    /// This one.
    Rahnama,
    /// Hugo.
    Hugo,
}

impl Flavour {
    /// By its name on the command line.
    pub fn named(name: &str) -> Option<Flavour> {
        [("rahnama", Flavour::Rahnama), ("hugo", Flavour::Hugo)].into_iter().find(|(known, _)| *known == name).map(|(_, flavour)| flavour)
    }

    /// The key of the date of the last change.
    pub fn updated(self) -> &'static str {
        match self {
            Flavour::Rahnama => "updated",
            Flavour::Hugo => "lastmod",
        }
    }

    /// The file of a section.
    pub fn section_file(self) -> &'static str {
        match self {
            Flavour::Rahnama => "index.md",
            Flavour::Hugo => "_index.md",
        }
    }

    /// A link to a guide; `title` is its text.
    pub fn link(self, guide: usize, title: &str, kind: LinkKind) -> String {
        let identity = identity(guide);
        match (self, kind) {
            (Flavour::Rahnama, LinkKind::File) => format!("[{title}](../{identity}.md)"),
            (Flavour::Rahnama, LinkKind::Wiki) => format!("[[{identity}]]"),
            (Flavour::Hugo, _) => format!("[{title}](/{identity}.md)"),
        }
    }

    /// A link to a term; every third shows the term itself.
    pub fn term(self, term: usize, text: &str) -> String {
        let id = term_id(term);
        match self {
            Flavour::Rahnama if term.is_multiple_of(3) => format!("[[#{id}]]"),
            Flavour::Rahnama => format!("[[#{id}|{text}]]"),
            Flavour::Hugo => format!("[{text}](/glossary.md#{id})"),
        }
    }

    /// What follows the text of a checklist item.
    pub fn item(self, id: &str) -> String {
        match self {
            Flavour::Rahnama => format!(" <!-- #{id} -->"),
            Flavour::Hugo => String::new(),
        }
    }

    /// One entry of the glossary: of `glossary.toml`, or of a page.
    pub fn glossary_entry(self, term: usize, name: &str, definition: &str) -> String {
        let id = term_id(term);
        match self {
            Flavour::Rahnama => format!("[{id}]\nterm = \"{name}\"\ndefinition = \"{definition}\"\n\n"),
            Flavour::Hugo => format!("\n## {name} {{#{id}}}\n\n{definition}\n"),
        }
    }
}
