//! The files of the corpus: language, section, guide.

use crate::Problem;
use std::path::{Path, PathBuf};

/// The languages of the corpus.
pub const LANGUAGES: [&str; 3] = ["en", "sv", "fa"];

/// A guide's file.
pub struct Guide {
    /// Where it is.
    pub path: PathBuf,
    /// Its language.
    pub language: &'static str,
    /// Its folder.
    pub section: String,
    /// Its name without `.md`.
    pub name: String,
}

/// A guide that has been read.
pub struct Text<'a> {
    /// Whose text.
    pub guide: &'a Guide,
    text: String,
    /// Where the body begins.
    body: usize,
}

/// All guides, sorted by path; the files of sections are not among them.
pub fn guides(project: &Path) -> Result<Vec<Guide>, Problem> {
    let mut guides = Vec::new();
    for language in LANGUAGES {
        for folder in std::fs::read_dir(project.join("content").join(language))? {
            let folder = folder?;
            if folder.file_type()?.is_dir() {
                section(&folder.path(), language, &mut guides)?;
            }
        }
    }
    guides.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(guides)
}

fn section(folder: &Path, language: &'static str, guides: &mut Vec<Guide>) -> Result<(), Problem> {
    let section = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        match name.strip_suffix(".md") {
            Some(name) if name != "index" && section != "paths" => {
                guides.push(Guide { path: file.path(), language, section: section.clone(), name: name.to_owned() });
            }
            _ => {}
        }
    }
    Ok(())
}

impl Guide {
    /// Reads the file and finds where its body begins.
    pub fn read(&self) -> Result<Text<'_>, Problem> {
        let text = std::fs::read_to_string(&self.path)?;
        let body = text.find("\n+++\n").map_or(0, |end| end + 5);
        Ok(Text { guide: self, text, body })
    }

    /// Its address.
    pub fn address(&self, language: &str) -> String {
        format!("/{language}/{}/{}/", self.section, self.name)
    }
}

impl Text<'_> {
    /// The Markdown.
    pub fn body(&self) -> &str {
        &self.text[self.body..]
    }

    /// A value of the front matter as it is written, without quotation marks.
    pub fn value(&self, key: &str) -> &str {
        let mut lines = self.text[..self.body].lines().filter_map(|line| line.split_once(" = "));
        lines.find(|(name, _)| *name == key).map_or("", |(_, value)| value.trim_matches('"'))
    }
}
