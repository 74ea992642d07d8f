//! `content/translations.lock`: what each translation was made from, one sorted line a block.
//!
//! A line is language, page, place and fingerprint: `fa strategy/goals-that-steer smart:003 0123456789abcdef`. The home page is `/`; the
//! place `@structure` holds what must be alike in all languages. Only `rahnama translations accept` and `rahnama new` write the file.

use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::hash::Hash;
use crate::base::path::{LanguageTag, PageId, SourcePath};
use crate::base::source::Source;
use crate::document::Document;
use crate::document::fingerprint::Fingerprint;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

/// Where the file lies.
pub const PATH: &str = "content/translations.lock";

const HEADER: &str = "# What each translation was made from. Written by `rahnama translations accept`; no need to edit it.\n";
const STRUCTURE: &str = "@structure";
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// A block as it was when the translation was recorded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recorded {
    /// The anchor of the heading above it.
    pub section: String,
    /// Its number in the section.
    pub order: u32,
    /// Its words.
    pub hash: Fingerprint,
}

/// The original as one translation knows it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Record {
    /// Its blocks, by section and order.
    pub blocks: Vec<Recorded>,
    /// Its levels, anchors and ids.
    pub structure: Option<Fingerprint>,
}

impl Record {
    /// What is recorded of an original.
    pub fn of(original: &Document) -> Record {
        let block = |block: &crate::document::fingerprint::Block| Recorded { section: block.section.clone(), order: block.order, hash: block.hash };
        let mut blocks: Vec<Recorded> = original.blocks().iter().map(block).collect();
        blocks.sort();
        Record { blocks, structure: Some(original.structure()) }
    }
}

/// Language and page of a translation.
pub type Key = (LanguageTag, PageId);

/// All records, and what could not be read.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// The hash of the file.
    pub hash: Hash,
    /// Records by translation.
    pub records: BTreeMap<Key, Record>,
    /// What is wrong with the file.
    pub problems: Vec<Diagnostic>,
}

impl Lock {
    /// Reads the file; lines that are wrong are reported and left out.
    pub fn read(source: &Source) -> Lock {
        let mut lock = Lock { hash: source.hash, ..Lock::default() };
        let mut lines: Lines = BTreeMap::new();
        let mut last: Option<Key> = None;
        let mut at = 0;
        let mut ours = Conflict::None;
        for line in source.text.split_inclusive('\n') {
            let range = at..at + line.trim_end().len();
            at += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(marker) = MARKERS.iter().find(|marker| line.starts_with(**marker)) {
                ours = ours.step(marker, Span::new(&source.path, range), &mut lock.problems);
                continue;
            }
            if ours == Conflict::Theirs {
                continue;
            }
            match parse(line) {
                Ok((tag, page, place, hash)) => {
                    let known = last.take().filter(|(language, id)| **language == *tag && **id == *page);
                    let key = known.unwrap_or_else(|| (LanguageTag::new(tag), PageId::new(page)));
                    let (section, order) = place.parts();
                    let line = (Recorded { section: section.to_owned(), order, hash }, range);
                    match lines.get_mut(&key) {
                        Some(known) => known.push(line),
                        None => {
                            lines.insert(key.clone(), vec![line]);
                        }
                    }
                    last = Some(key);
                }
                Err(message) => lock.problems.push(
                    Diagnostic::new(Code::TRA003, message)
                        .at(Span::new(&source.path, range))
                        .help("a line is language, page, place and sixteen hexadecimal digits; remove the line and record the page again with `rahnama translations accept PAGE`"),
                ),
            }
        }
        for (key, lines) in lines {
            let record = lock.record(&source.path, &key, lines);
            lock.records.insert(key, record);
        }
        lock
    }

    /// The lines of one translation as a record; a place that is recorded twice counts as it stands first.
    fn record(&mut self, path: &SourcePath, key: &Key, mut lines: Vec<(Recorded, Range<usize>)>) -> Record {
        lines.sort_by(|(a, first), (b, second)| (&a.section, a.order, first.start).cmp(&(&b.section, b.order, second.start)));
        let mut record = Record::default();
        let mut last: Option<(String, u32, Range<usize>)> = None;
        for (line, range) in lines {
            if let Some((_, _, first)) = last.as_ref().filter(|(section, order, _)| *section == line.section && *order == line.order) {
                let place = Place::of(&line.section, line.order);
                self.problems.push(
                    Diagnostic::new(Code::TRA003, format!("`{place}` of `{}` is recorded twice for `{}`", shown(&key.1), key.0))
                        .at(Span::new(path, range))
                        .label(Span::new(path, first.clone()), "first recorded here")
                        .help("remove one of the two lines; if you do not know which, remove either and look at `rahnama translations diff`"),
                );
                continue;
            }
            last = Some((line.section.clone(), line.order, range));
            match Place::of(&line.section, line.order) {
                Place::Structure => record.structure = Some(line.hash),
                Place::Block(..) => record.blocks.push(line),
            }
        }
        record
    }

    /// The file for these records.
    pub fn to_text(&self) -> String {
        let mut text = HEADER.to_owned();
        for ((tag, page), record) in &self.records {
            let start = format!("{tag} {}", shown(page));
            if let Some(structure) = record.structure {
                let _infallible = writeln!(text, "{start} {STRUCTURE} {structure}");
            }
            for block in &record.blocks {
                let place = Place::Block(&block.section, block.order);
                let _infallible = writeln!(text, "{start} {place} {}", block.hash);
            }
        }
        text
    }
}

/// How a page is called in the file and in messages: the home page has an empty identity.
pub fn shown(page: &str) -> &str {
    if page.is_empty() { "/" } else { page }
}

/// On which side of a git conflict a line stands; the first side counts.
#[derive(Clone, Copy, PartialEq)]
enum Conflict {
    None,
    Ours,
    Theirs,
}

impl Conflict {
    fn step(self, marker: &str, place: Span, problems: &mut Vec<Diagnostic>) -> Conflict {
        match marker {
            "<<<<<<<" => {
                problems.push(
                    Diagnostic::new(Code::TRA003, "git could not merge this file by itself")
                        .at(place)
                        .help("remove the lines that begin with <<<<<<<, ======= and >>>>>>> and keep the lines between them from both sides, but each place of a page once (either line will do); then `rahnama translations status` shows what to look at"),
                );
                Conflict::Ours
            }
            ">>>>>>>" => Conflict::None,
            _ if self == Conflict::None => self,
            _ => Conflict::Theirs,
        }
    }
}

/// The lines of each translation.
type Lines = BTreeMap<Key, Vec<(Recorded, Range<usize>)>>;

#[derive(Clone, Copy)]
enum Place<'a> {
    Structure,
    Block(&'a str, u32),
}

impl<'a> Place<'a> {
    fn of(section: &'a str, order: u32) -> Place<'a> {
        if section == STRUCTURE { Place::Structure } else { Place::Block(section, order) }
    }

    fn parts(self) -> (&'a str, u32) {
        match self {
            Place::Structure => (STRUCTURE, 0),
            Place::Block(section, order) => (section, order),
        }
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Structure => f.write_str(STRUCTURE),
            Place::Block(section, order) => write!(f, "{section}:{order:03}"),
        }
    }
}

/// Language, page, place, fingerprint. The page may hold spaces, the others do not.
fn parse(line: &str) -> Result<(&str, &str, Place<'_>, Fingerprint), String> {
    let (tag, rest) = line.split_once(' ').ok_or("this line is too short")?;
    let (rest, hash) = rest.rsplit_once(' ').ok_or("this line has no fingerprint")?;
    let (page, place) = rest.rsplit_once(' ').ok_or("this line has no place")?;
    let hash = Fingerprint::parse(hash).ok_or_else(|| format!("`{hash}` is not a fingerprint"))?;
    let place = if place == STRUCTURE {
        Place::Structure
    } else {
        let parts = place.rsplit_once(':').and_then(|(section, order)| Some((section, order.parse().ok()?)));
        let (section, order) = parts.ok_or_else(|| format!("`{place}` is not a place"))?;
        Place::Block(section, order)
    };
    if page.is_empty() {
        return Err("this line names no page".to_owned());
    }
    Ok((tag, page.trim_matches('/'), place, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Lock {
        Lock::read(&Source::new(SourcePath::new(PATH), text))
    }

    fn messages(lock: &Lock) -> Vec<&str> {
        lock.problems.iter().map(|problem| problem.message.as_str()).collect()
    }

    const GOOD: &str = "fa / :000 00000000000000aa\nfa my page/two words @structure 00000000000000bb\nfa my page/two words smart:001 00000000000000cc\nsv a smart:1000 00000000000000dd\n";

    #[test]
    fn what_was_written_is_read_again() {
        let lock = read(GOOD);
        assert_eq!(messages(&lock), Vec::<&str>::new());
        assert_eq!(lock.records.len(), 3);
        assert_eq!(lock.to_text(), format!("{HEADER}{GOOD}"));
        let shuffled: String = GOOD.lines().rev().map(|line| format!("{line}\r\n")).collect();
        assert_eq!(Lock::read(&Source::decode(SourcePath::new(PATH), shuffled.as_bytes()).expect("text")).to_text(), lock.to_text());
    }

    #[test]
    fn wrong_lines_have_places_and_the_others_count() {
        let lock = read(
            "# comment\n\nfa\nfa a x:0 zz\nfa a nowhere 00000000000000aa\nfa a x:000 00000000000000AA\nfa a x:000 00000000000000aa\nfa  x:000 00000000000000aa\n",
        );
        assert_eq!(
            messages(&lock),
            [
                "this line is too short",
                "`zz` is not a fingerprint",
                "`nowhere` is not a place",
                "`00000000000000AA` is not a fingerprint",
                "this line names no page"
            ]
        );
        assert_eq!(lock.problems[1].span.as_ref().map(|span| (span.start, span.end)), Some((14, 25)));
        assert_eq!(lock.records.len(), 1);
    }

    #[test]
    fn conflict_markers_say_what_to_do_and_the_first_side_counts() {
        let lock = read(
            "<<<<<<< ours\nfa a x:000 00000000000000aa\n||||||| base\nfa a x:000 00000000000000cc\n=======\nfa a x:000 00000000000000bb\n>>>>>>> theirs\nfa b x:000 00000000000000dd\n",
        );
        assert_eq!(messages(&lock), ["git could not merge this file by itself"]);
        assert!(lock.problems[0].help.as_deref().is_some_and(|help| help.contains("<<<<<<<")));
        let hashes: Vec<String> = lock.records.values().flat_map(|record| &record.blocks).map(|block| block.hash.to_string()).collect();
        assert_eq!(hashes, ["00000000000000aa", "00000000000000dd"]);
    }

    #[test]
    fn both_sides_kept_is_a_place_recorded_twice() {
        let lock = read("fa a x:000 00000000000000aa\nfa a x:000 00000000000000bb\n");
        assert_eq!(messages(&lock), ["`x:000` of `a` is recorded twice for `fa`"]);
        assert_eq!(lock.problems[0].labels.len(), 1);
    }
}
