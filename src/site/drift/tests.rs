//! Random edits of an original: exactly the blocks they touch differ; white space, links and code touch none.

use super::*;
use crate::base::config::HtmlMode;
use crate::base::hash::Hash;
use crate::base::path::{LanguageTag, SourcePath};
use crate::base::source::Source;
use crate::document::{Document, Settings, document};
use crate::language::embedded::language_data;
use crate::language::locale::Locale;
use std::sync::Arc;

fn settings() -> Settings {
    let locale = Locale::new("en", &language_data("en")).unwrap();
    Settings { html: HtmlMode::Escape, language: LanguageTag::new("en"), locale: Arc::new(locale), hash: Hash::default() }
}

fn read(settings: &Settings, text: &str) -> Document {
    document(Source::new(SourcePath::new("content/en/a.md"), text), settings)
}

fn drift(old: &str, new: &str) -> Drift {
    let settings = settings();
    let (old, new) = (read(&settings, old), read(&settings, new));
    Drift { changes: compare(&Record::of(&old), new.blocks()), total: new.blocks().len(), structure: old.structure() != new.structure() }
}

fn said(old: &str, new: &str) -> String {
    drift(old, new).to_string()
}

const TEXT: &str = "# Title\n\nIntro.\n\n## One {#one}\n\nFirst paragraph. It has two sentences.\n\nSecond paragraph.\n\nThird paragraph.\n\n## Two\n\nFourth.\n\nFifth.\n\n| a | b |\n|---|---|\n| c | d |\n\n- [ ] do <!-- #do -->\n- [ ] act <!-- #act -->\n";

#[test]
fn one_new_paragraph_is_one_added_block_wherever_it_stands() {
    for place in ["Intro.", "First paragraph. It has two sentences.", "Second paragraph.", "Third paragraph.", "Fourth.", "Fifth."] {
        assert_eq!(said(TEXT, &TEXT.replace(place, &format!("New words.\n\n{place}"))), "1 of 14 blocks added", "before {place}");
    }
}

#[test]
fn a_block_that_moves_counts_once_and_tells_readers_nothing() {
    let moved = drift(
        TEXT,
        &TEXT.replace("First paragraph. It has two sentences.\n\n", "").replace("Fourth.\n", "Fourth.\n\nFirst paragraph. It has two sentences.\n"),
    );
    assert_eq!((moved.to_string().as_str(), moved.for_readers(), moved.sections().len()), ("1 of 13 blocks moved", 0, 0));
    assert_eq!(said(TEXT, &TEXT.replace("Second paragraph.\n\nThird paragraph.", "Third paragraph.\n\nSecond paragraph.")), "1 of 13 blocks moved");
}

#[test]
fn splitting_and_merging_paragraphs() {
    assert_eq!(said(TEXT, &TEXT.replace("First paragraph. It", "First paragraph.\n\nIt")), "1 of 14 blocks changed, 1 added");
    assert_eq!(said(TEXT, &TEXT.replace("Second paragraph.\n\nThird", "Second paragraph. Third")), "1 of 12 blocks changed, 1 removed");
}

#[test]
fn a_renamed_heading_is_one_changed_block_also_when_its_anchor_changes() {
    assert_eq!(said(TEXT, &TEXT.replace("## One", "## Eins")), "1 of 13 blocks changed");
    assert_eq!(said(TEXT, &TEXT.replace("## Two", "## Zwei")), "1 of 13 blocks changed");
    assert_eq!(drift(TEXT, &TEXT.replace("## Two", "## Zwei")).sections().into_iter().collect::<Vec<_>>(), ["zwei"]);
}

#[test]
fn rows_items_titles_and_descriptions_are_blocks() {
    assert_eq!(said(TEXT, &TEXT.replace("| c |", "| e |")), "1 of 13 blocks changed");
    assert_eq!(said(TEXT, &TEXT.replace("] act", "] wait")), "1 of 13 blocks changed");
    assert_eq!(said(TEXT, &TEXT.replace("# Title", "# Another")), "1 of 13 blocks changed");
    let front = |text: &str| format!("+++\ntitle = \"T\"\ndescription = \"{text}\"\n+++\nx\n");
    assert_eq!(said(&front("one"), &front("two")), "1 of 3 blocks changed");
    assert_eq!(said(TEXT, &TEXT.replace("Fourth.\n\nFifth.\n\n", "")), "2 blocks removed");
}

#[test]
fn typography_space_links_and_code_do_not_count() {
    let old = "# T\n\nSee \"this\" -- [here](a.md), `code`, <https://a.example/x> and so on...\n\n```\nlet x;\n```\n\n- one\n- two\n";
    let new = "# T\n\nSee “this” –  [here](../b.md#c),\n`other code`, <https://b.example/y> and so\u{A0}on…\n\n```\nlet y;\n```\n\n- one\n\n- two\n";
    assert_eq!(said(old, new), "");
    assert_eq!(said(old, &old.replace("here", "there")), "1 of 4 blocks changed");
    assert_eq!(said("# T\n\nمی‌شود\n", "# T\n\nمی شود\n"), "1 of 2 blocks changed");
}

#[test]
fn structure_stands_apart_from_words() {
    let changed = drift(TEXT, &TEXT.replace("## Two", "## Two {#two}").replace("#act", "#acting"));
    assert_eq!((changed.changes.len(), changed.structure), (0, true));
}

#[test]
fn a_long_section_is_aligned_too() {
    let old: String = (0..3_000).map(|n| format!("paragraph {n}\n\n")).collect();
    let new = old.replace("paragraph 1500\n", "another one\n").replace("paragraph 2000\n", "paragraph 2000\n\nmore\n");
    assert_eq!(said(&format!("# T\n\n{old}"), &format!("# T\n\n{new}")), "1 of 3002 blocks changed, 1 added");
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

#[derive(Clone)]
enum Shape {
    Heading(usize),
    Paragraph,
    Item,
    Task(usize),
}

#[derive(Clone)]
struct Piece {
    shape: Shape,
    words: Vec<String>,
    touched: bool,
}

struct Model {
    pieces: Vec<Piece>,
    names: usize,
}

impl Model {
    fn words(&mut self, dice: &mut Dice) -> Vec<String> {
        (0..3 + dice.roll(6))
            .map(|_| {
                self.names += 1;
                format!("w{}", self.names)
            })
            .collect()
    }

    fn piece(&mut self, dice: &mut Dice) -> Piece {
        self.names += 1;
        let shape = match dice.roll(6) {
            0 => Shape::Heading(self.names),
            1 => Shape::Item,
            2 => Shape::Task(self.names),
            _ => Shape::Paragraph,
        };
        Piece { shape, words: self.words(dice), touched: false }
    }

    /// The text; white space, links and code as the dice fall.
    fn render(&self, dice: &mut Dice) -> String {
        let mut text = "# Title\n".to_owned();
        let mut after_item = false;
        for piece in &self.pieces {
            let is_heading = matches!(piece.shape, Shape::Heading(_));
            let is_item = matches!(piece.shape, Shape::Item | Shape::Task(_));
            let mut line = String::new();
            for (number, word) in piece.words.iter().enumerate() {
                if number > 0 {
                    line.push_str(if is_heading || is_item { [" ", "  "][dice.roll(2)] } else { [" ", "\n", "  "][dice.roll(3)] });
                }
                match number {
                    1 => line.push_str(&format!("[{word}](https://example.org/{})", dice.roll(1000))),
                    2 => line.push_str(&format!("{word} `code {}`", dice.roll(1000))),
                    _ => line.push_str(word),
                }
            }
            text.push_str(if after_item && is_item { ["\n", "\n\n"][dice.roll(2)] } else { "\n\n" });
            match piece.shape {
                Shape::Heading(name) => text.push_str(&format!("## {line} {{#h{name}}}")),
                Shape::Item => text.push_str(&format!("- {line}")),
                Shape::Task(name) => text.push_str(&format!("* [ ] {line} <!-- #t{name} -->")),
                Shape::Paragraph => text.push_str(&line),
            }
            if dice.roll(10) == 0 {
                text.push_str(&format!("\n\n```\ncode {}\n```", dice.roll(1000)));
                after_item = false;
            } else {
                after_item = is_item;
            }
        }
        text.push('\n');
        text
    }

    /// One edit; gives how many recorded blocks it took away.
    fn edit(&mut self, dice: &mut Dice) -> usize {
        match dice.roll(3) {
            0 => {
                let at = dice.roll(self.pieces.len());
                self.pieces[at].words = self.words(dice);
                usize::from(!std::mem::replace(&mut self.pieces[at].touched, true))
            }
            1 => {
                let piece = Piece { touched: true, ..self.piece(dice) };
                let at = dice.roll(self.pieces.len() + 1);
                // A new heading would put the blocks below it into a section of its own: they move.
                if !matches!(piece.shape, Shape::Heading(_)) {
                    self.pieces.insert(at, piece);
                }
                0
            }
            _ => {
                let at = dice.roll(self.pieces.len());
                if self.pieces.len() < 4 || matches!(self.pieces[at].shape, Shape::Heading(_)) {
                    return 0;
                }
                usize::from(!self.pieces.remove(at).touched)
            }
        }
    }
}

#[test]
fn random_edits_touch_exactly_their_blocks_and_neutral_ones_none() {
    let settings = settings();
    for seed in 0..400 {
        let mut dice = Dice(seed);
        let mut model = Model { pieces: Vec::new(), names: 0 };
        for _ in 0..4 + dice.roll(30) {
            let piece = model.piece(&mut dice);
            model.pieces.push(piece);
        }
        let old = model.render(&mut dice);
        let record = Record::of(&read(&settings, &old));
        let same = model.render(&mut dice);
        assert_eq!(compare(&record, read(&settings, &same).blocks()), [], "seed {seed}:\n{old}\n---\n{same}");
        let lost: usize = (0..dice.roll(6)).map(|_| model.edit(&mut dice)).sum();
        let new = model.render(&mut dice);
        let document = read(&settings, &new);
        assert_eq!(document.blocks().len(), model.pieces.len() + 1, "seed {seed}:\n{new}");
        let changes = compare(&record, document.blocks());
        let flipped: BTreeSet<usize> = changes.iter().filter_map(|change| change.now).collect();
        let touched: BTreeSet<usize> = (0..model.pieces.len()).filter(|at| model.pieces[*at].touched).map(|at| at + 1).collect();
        assert_eq!(flipped, touched, "seed {seed}:\n{old}\n---\n{new}");
        assert_eq!(changes.iter().filter(|change| change.was.is_some()).count(), lost, "seed {seed}");
        assert!(changes.iter().all(|change| change.what != What::Moved), "seed {seed}");
        assert_eq!(compare(&Record::of(&document), document.blocks()), [], "accepted, seed {seed}");
    }
}
