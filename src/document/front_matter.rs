//! Front matter: what stands between `+++` (TOML) or `---` (YAML) at the top of a page.

use crate::base::config::{FALLBACKS, Fallback};
use crate::base::data::{self, Node};
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use crate::base::reader::{Located, Reader};
use crate::base::source::Source;
use crate::language::data::Calendar;
use crate::language::date::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest front matter, in bytes.
const LIMIT: usize = 64 * 1024;

/// What a page says about itself. Places are bytes of the file.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct FrontMatter {
    /// Title; else the first level-one heading.
    pub title: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// Identity, when it is not the path.
    pub id: Option<Located>,
    /// Earlier identities, from which readers' state moves.
    pub was: Vec<String>,
    /// The last part of its address.
    pub slug: Option<Located>,
    /// First published.
    pub date: Option<Date>,
    /// Last updated.
    pub updated: Option<Date>,
    /// Order among its neighbours.
    pub weight: Option<i64>,
    /// Tags, by id.
    pub tags: Vec<Located>,
    /// Authors.
    pub authors: Vec<String>,
    /// Only with `--drafts`.
    pub draft: bool,
    /// Not before this day.
    pub publish_at: Option<Date>,
    /// Not from this day on.
    pub expires_at: Option<Date>,
    /// When somebody should look at it again.
    pub review_by: Option<(Date, Range<usize>)>,
    /// Old addresses from the root of the site.
    pub aliases: Vec<Located>,
    /// Template.
    pub template: Option<Located>,
    /// Picture for sharing.
    pub image: Option<Located>,
    /// What readers of other languages get.
    pub fallback: Option<Fallback>,
    /// Pages to read next, by identity.
    pub related: Vec<Located>,
    /// Whether a table of contents is wanted.
    pub toc: Option<bool>,
    /// Whether search finds the page.
    pub search: Option<bool>,
    /// Codes of author lints that are not wanted here.
    pub lint_ignore: Vec<String>,
    /// Free values, as JSON texts.
    pub extra: BTreeMap<String, String>,
    /// Steps of a learning path.
    pub steps: Vec<Step>,
    /// What the reader has after a path.
    pub result: Option<String>,
}

impl FrontMatter {
    /// The settings that decide whether and where a page stands, wherever in the file they are.
    pub fn standing(&self) -> impl std::hash::Hash {
        let [id, slug, template] = [&self.id, &self.slug, &self.template].map(|setting| setting.as_ref().map(|setting| &*setting.text));
        (id, slug, template, self.draft, self.publish_at, self.expires_at, self.fallback)
    }
}

/// A step of a learning path.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Step {
    /// The guide, by identity.
    pub guide: Located,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// Where the front matter stands and where the text begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The settings, without the fences.
    pub matter: Range<usize>,
    /// Whether they are YAML.
    pub yaml: bool,
    /// Where the Markdown begins.
    pub body: usize,
}

/// Finds the front matter. Without one, the whole text is the body.
pub fn split(source: &Source, problems: &mut Vec<Diagnostic>) -> Split {
    let text = &*source.text;
    let none = Split { matter: 0..0, yaml: false, body: 0 };
    let first = text.lines().next().unwrap_or("").trim_end();
    let fence = match first {
        "+++" => "+++",
        "---" => "---",
        _ => return none,
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let (mut at, mut empty) = (start, None);
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return limited(Split { matter: start..at, yaml: fence == "---", body: at + line.len() }, source, problems);
        }
        if line.trim().is_empty() {
            empty.get_or_insert(at);
        }
        at += line.len();
    }
    problems.push(
        Diagnostic::new(Code::FMT001, "the front matter is not closed")
            .at(Span::new(&source.path, 0..first.len()))
            .help(format!("write a line `{fence}` between the settings and the text")),
    );
    // The text begins at the first empty line, most likely: links to its headings are no mistakes of their own then.
    let body = empty.unwrap_or(text.len());
    limited(Split { matter: start..empty.unwrap_or(start), yaml: fence == "---", body }, source, problems)
}

fn limited(split: Split, source: &Source, problems: &mut Vec<Diagnostic>) -> Split {
    if split.matter.len() <= LIMIT {
        return split;
    }
    let place = Span::new(&source.path, 0..3);
    problems.push(Diagnostic::new(Code::FIL003, "the front matter is larger than 64 KB").at(place).help("move the data to a file of its own"));
    Split { matter: 0..0, ..split }
}

/// Reads the settings of a page.
pub fn read(source: &Source, split: &Split, problems: &mut Vec<Diagnostic>) -> FrontMatter {
    if split.matter.is_empty() {
        return FrontMatter::default();
    }
    let text = &source.text[split.matter.clone()];
    let parse = if split.yaml { data::yaml } else { data::toml };
    let node = parse(&source.path, text, split.matter.start, problems);
    fields(&source.path, &node, problems)
}

fn fields(path: &SourcePath, node: &Node, problems: &mut Vec<Diagnostic>) -> FrontMatter {
    let mut reader = Reader::new(path, node, problems);
    let calendars = [("gregory", Calendar::Gregory), ("persian", Calendar::Persian)];
    let calendar = reader.choice("calendar", &calendars).unwrap_or(Calendar::Gregory);
    let mut dates = Dates { reader: &mut reader, path, calendar };
    let (date, updated) = (dates.read("date"), dates.read("updated"));
    let (publish_at, expires_at, review_by) = (dates.read("publish_at"), dates.read("expires_at"), dates.read("review_by"));
    let matter = FrontMatter {
        title: reader.string("title").filter(|title| !title.trim().is_empty()),
        description: reader.string("description").filter(|text| !text.trim().is_empty()),
        id: reader.located("id"),
        was: reader.strings("was").unwrap_or_default(),
        slug: reader.located("slug"),
        date: date.map(|(date, _)| date),
        updated: updated.map(|(date, _)| date),
        weight: reader.integer("weight"),
        tags: reader.located_list("tags").unwrap_or_default(),
        authors: reader.strings("authors").unwrap_or_default(),
        draft: reader.bool("draft").unwrap_or(false),
        publish_at: publish_at.map(|(date, _)| date),
        expires_at: expires_at.map(|(date, _)| date),
        review_by,
        aliases: reader.located_list("aliases").unwrap_or_default(),
        template: reader.located("template"),
        image: reader.located("image"),
        fallback: reader.choice("fallback", FALLBACKS),
        related: reader.located_list("related").unwrap_or_default(),
        toc: reader.bool("toc"),
        search: reader.bool("search"),
        lint_ignore: reader.table("lint", |lint| lint.lint_codes()).unwrap_or_default(),
        extra: reader.free("extra"),
        steps: reader.tables("steps", step).unwrap_or_default().into_iter().flatten().collect(),
        result: reader.string("result"),
    };
    reader.finish();
    matter
}

fn step(reader: &mut Reader<'_>) -> Option<Step> {
    let minutes = reader.number("minutes", 1, 100_000);
    let guide = reader.located("guide");
    if guide.is_none() {
        reader.missing("guide", "name the guide by its path: guide = \"strategy/goals-that-steer\"");
    }
    Some(Step { guide: guide?, minutes })
}

struct Dates<'r, 'a> {
    reader: &'r mut Reader<'a>,
    path: &'r SourcePath,
    calendar: Calendar,
}

impl Dates<'_, '_> {
    fn read(&mut self, key: &'static str) -> Option<(Date, Range<usize>)> {
        let located = self.reader.date(key)?;
        match Date::parse(&located.text, self.calendar) {
            Ok(date) => Some((date, located.range)),
            Err(error) => {
                let problem = Diagnostic::new(Code::FMT003, format!("`{key}`: {error}")).at(located.span(self.path));
                self.reader.problem(problem.help("write year, month and day: 2026-03-21; Solar Hijri dates need calendar = \"persian\""));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::schema::{FRONT_MATTER, Kind};

    /// The keys that are taken, as the reader lists them.
    fn taken(matter: &str) -> String {
        let source = Source::new(SourcePath::new("content/en/a.md"), format!("+++\n{matter}+++\n").as_str());
        let mut problems = Vec::new();
        read(&source, &split(&source, &mut Vec::new()), &mut problems);
        problems.into_iter().find(|problem| problem.code == Code::CFG002).and_then(|problem| problem.help).unwrap()
    }

    #[test]
    fn the_table_of_the_schema_has_the_keys_that_are_taken() {
        let names = |keys: &[crate::base::schema::Key]| {
            let mut names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            names.sort_unstable();
            format!("the keys here are {}", names.join(", "))
        };
        assert_eq!(taken("zzzzzzzzzzzzzz = 1\n"), names(FRONT_MATTER));
        for key in FRONT_MATTER {
            match key.kind {
                Kind::Table(keys) => assert_eq!(taken(&format!("[{}]\nzzzzzzzzzzzzzz = 1\n", key.name)), names(keys)),
                Kind::Tables(keys) => assert_eq!(taken(&format!("[[{}]]\nguide = \"a\"\nzzzzzzzzzzzzzz = 1\n", key.name)), names(keys)),
                _ => {}
            }
        }
    }
}
