//! Cards: a picture of each page's title for those who share it, drawn with the theme's faces, Persian shaped and from right to left.

use super::Shared;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::escape::escaped;
use crate::base::files::{Blob, Sink};
use crate::base::hash::Hash;
use crate::base::path::{OutPath, SourcePath};
use crate::language::data::Direction;
use crate::language::isolation::{isolate_runs, isolate_whole};
use crate::render::card::Card;
use rayon::prelude::*;
use resvg::usvg::{Node, Options, Tree, fontdb};
use resvg::{tiny_skia, usvg};
use skrifa::MetadataProvider;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

const LATIN: &[u8] = include_bytes!("cards/familjen-grotesk.ttf");
const ARABIC: &[u8] = include_bytes!("cards/vazirmatn.ttf");

const WIDTH: f32 = 1200.0;
const HEIGHT: f32 = 630.0;
const MARGIN: f32 = 84.0;

/// Sizes of a title, the largest that fits; how many lines each may have.
const SIZES: &[(f32, usize)] = &[(92.0, 2), (78.0, 3), (66.0, 4), (54.0, 5), (44.0, 6)];

/// Writes the card of every page that has one.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    let mut cards: BTreeMap<Card, &SourcePath> = BTreeMap::new();
    for page in &site.pages {
        if let Some(card) = Card::of(site, page) {
            cards.entry(card).or_insert(&page.path);
        }
    }
    if cards.is_empty() {
        return Vec::new();
    }
    let (pen, problems) = (Pen::new(), Mutex::new(Vec::new()));
    cards.into_par_iter().for_each(|(card, path)| {
        if let Some(missing) = pen.missing(&card) {
            let problem = Diagnostic::new(Code::IMG005, format!("the card of this page lacks `{missing}`: no face of the cards has it"));
            let help = "give the page a picture of its own: image = \"…\"";
            problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem.at(Span::new(path, 0..0)).help(help));
        }
        if let Some(blob) = shared.job.memos.cards.get(Hash::of_value(&card), || pen.draw(&card)) {
            sink.put(OutPath::new(card.href()), blob);
        }
    });
    problems.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Draws cards.
pub struct Pen {
    options: Options<'static>,
}

impl Pen {
    /// With the faces of the default theme.
    pub fn new() -> Pen {
        let mut faces = fontdb::Database::new();
        faces.load_font_data(LATIN.to_vec());
        faces.load_font_data(ARABIC.to_vec());
        Pen { options: Options { fontdb: Arc::new(faces), font_family: "Familjen Grotesk".to_owned(), ..Options::default() } }
    }

    /// A character that no face has.
    fn missing(&self, card: &Card) -> Option<char> {
        let faces = [LATIN, ARABIC].map(|data| skrifa::FontRef::new(data).ok().map(|face| face.charmap()));
        let known = |c: char| faces.iter().flatten().any(|face| face.map(c).is_some());
        let seen = |c: &char| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}' | '\u{AD}');
        [&card.title, &card.section, &card.site].into_iter().flat_map(|text| text.chars()).filter(seen).find(|c| !known(*c))
    }

    /// The card as PNG.
    pub fn draw(&self, card: &Card) -> Option<Arc<Blob>> {
        let tree = Tree::from_str(&self.svg(card), &self.options).ok()?;
        let mut pixels = tiny_skia::Pixmap::new(WIDTH as u32, HEIGHT as u32)?;
        resvg::render(&tree, usvg::Transform::default(), &mut pixels.as_mut());
        pixels.encode_png().ok().map(Blob::new)
    }

    fn svg(&self, card: &Card) -> String {
        let (size, lines) = self.lines(card);
        let leading = if card.rtl { 1.36 } else { 1.14 };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" font-weight=\"700\">\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#0f3d38\"/>"
        );
        // The path of the theme: drawn as far as here, dotted on.
        let (from, here, to) = if card.rtl { (WIDTH, 810.0, 0.0) } else { (0.0, 390.0, WIDTH) };
        let _ = write!(
            svg,
            "<path d=\"M{from} 500H{here}\" stroke=\"#8fd6c5\" stroke-width=\"6\"/>\
             <path d=\"M{here} 500H{to}\" stroke=\"#8fd6c5\" stroke-width=\"6\" stroke-linecap=\"round\" stroke-dasharray=\"0 22\"/>\
             <path d=\"M{here} 476l24 24-24 24-24-24z\" fill=\"#ff7a45\" stroke=\"#0f3d38\" stroke-width=\"8\"/>"
        );
        text(&mut svg, card.rtl, 108.0, 34.0, "#a9dccf", &card.section);
        let height = size * leading;
        let middle = if card.section.is_empty() { 264.0 } else { 296.0 };
        let first = middle - height * (lines.len() as f32 - 1.0) / 2.0 + size * 0.3;
        for (number, line) in lines.iter().enumerate() {
            text(&mut svg, card.rtl, first + height * number as f32, size, "#f4f8f5", line);
        }
        text(&mut svg, card.rtl, 574.0, 34.0, "#f4f8f5", &card.site);
        svg.push_str("</svg>");
        svg
    }

    /// The title in the largest size in which it fits, cut at the end where it fits in none.
    fn lines(&self, card: &Card) -> (f32, Vec<String>) {
        let words: Vec<&str> = card.title.split_whitespace().collect();
        let widths = self.widths(card.rtl, &words);
        let mut last = (44.0, Vec::new());
        for (size, most) in SIZES {
            // Vazirmatn stands taller than its size says.
            let size = if card.rtl { size * 0.9 } else { *size };
            let (lines, wide) = fill(&words, &widths, (WIDTH - 2.0 * MARGIN) / size);
            if lines.len() <= *most && !wide {
                return (size, lines);
            }
            last = (size, lines);
        }
        let most = SIZES.last().map_or(1, |(_, most)| *most);
        if last.1.len() > most {
            last.1.truncate(most);
            if let Some(line) = last.1.last_mut() {
                line.push('…');
            }
        }
        last
    }

    /// Widths of words in parts of the size.
    fn widths(&self, rtl: bool, words: &[&str]) -> Vec<f32> {
        let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" font-weight=\"700\">");
        for word in words {
            text(&mut svg, rtl, 0.0, 100.0, "#000", word);
        }
        svg.push_str("</svg>");
        let measured: Vec<f32> = Tree::from_str(&svg, &self.options).map(|tree| measure(&tree)).unwrap_or_default();
        // A word that is not drawn has no width; without the count being right, guess.
        if measured.len() == words.len() { measured } else { words.iter().map(|word| word.chars().count() as f32 * 0.55).collect() }
    }
}

impl Default for Pen {
    fn default() -> Pen {
        Pen::new()
    }
}

fn measure(tree: &Tree) -> Vec<f32> {
    let width = |node: &Node| match node {
        Node::Text(text) => Some(text.bounding_box().width() / 100.0),
        _ => None,
    };
    tree.root().children().iter().filter_map(width).collect()
}

/// Words in lines of a width; whether a single word is wider.
fn fill(words: &[&str], widths: &[f32], room: f32) -> (Vec<String>, bool) {
    const SPACE: f32 = 0.26;
    let mut lines: Vec<(String, f32)> = Vec::new();
    for (word, width) in words.iter().zip(widths) {
        match lines.last_mut() {
            Some((line, used)) if *used + SPACE + width <= room => {
                line.push(' ');
                line.push_str(word);
                *used += SPACE + width;
            }
            _ => lines.push(((*word).to_owned(), *width)),
        }
    }
    let wide = widths.iter().any(|width| *width > room);
    (lines.into_iter().map(|(line, _)| line).collect(), wide)
}

/// One line. usvg knows no base direction: a line from right to left is isolated as such, and ends at its right side.
fn text(svg: &mut String, rtl: bool, y: f32, size: f32, fill: &str, line: &str) {
    let plain: String = line.chars().filter(|c| !c.is_control()).collect();
    let (x, anchor, face, direction) =
        if rtl { (WIDTH - MARGIN, "end", "Vazirmatn NL", Direction::Rtl) } else { (MARGIN, "start", "Familjen Grotesk", Direction::Ltr) };
    let runs = isolate_runs(&plain, direction);
    let line = if rtl { isolate_whole(&runs, direction).into() } else { runs };
    let line = escaped(&line);
    let _ =
        write!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-family=\"{face}\" font-size=\"{size}\" fill=\"{fill}\">{line}</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str, rtl: bool) -> Card {
        Card { title: title.to_owned(), section: "S".to_owned(), site: "Site".to_owned(), rtl }
    }

    #[test]
    fn titles_take_the_size_in_which_they_fit_and_stay_inside() {
        let pen = Pen::new();
        for (title, rtl) in [
            ("KPI", false),
            ("Så väljer du nyckeltal som faktiskt säger något om marknadsföringen", false),
            ("شاخص‌های کلیدی عملکرد (KPI) را چگونه انتخاب کنیم؟", true),
            ("Personuppgiftsbehandlingsansvarsfördelning i marknadsföringsorganisationen", false),
        ] {
            let (size, lines) = pen.lines(&card(title, rtl));
            assert_eq!(lines.join(" "), title);
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            assert!(pen.widths(rtl, &lines).iter().all(|width| width * size <= WIDTH - 2.0 * MARGIN + 1.0), "{lines:?}");
        }
        assert!(pen.lines(&card(&"word ".repeat(200), false)).1.last().is_some_and(|line| line.ends_with('…')));
    }

    #[test]
    fn a_mixed_line_from_right_to_left_keeps_its_order() {
        // What is read first stands on the right: the Latin word of «با Rust شروع کنید» is left of «با».
        let pen = Pen::new();
        let at = |text_: &str| {
            let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 630\" font-weight=\"700\">");
            text(&mut svg, true, 300.0, 60.0, "#000", text_);
            svg.push_str("</svg>");
            let tree = Tree::from_str(&svg, &pen.options).unwrap();
            let Node::Text(found) = &tree.root().children()[0] else { panic!("a text") };
            let clusters: Vec<(f32, bool)> = found
                .layouted()
                .iter()
                .flat_map(|span| &span.positioned_glyphs)
                .filter(|glyph| glyph.text.chars().any(char::is_alphabetic))
                .map(|glyph| (glyph.outline_transform().tx, glyph.text.is_ascii()))
                .collect();
            let latin: Vec<f32> = clusters.iter().filter(|(_, latin)| *latin).map(|(x, _)| *x).collect();
            let persian: Vec<f32> = clusters.iter().filter(|(_, latin)| !*latin).map(|(x, _)| *x).collect();
            (latin, persian)
        };
        let (latin, persian) = at("Rust را بیاموزید");
        assert!(latin.iter().all(|x| persian.iter().all(|other| other < x)), "the Latin word is read first: {latin:?} {persian:?}");
        let (latin, persian) = at("آموختن Rust");
        assert!(latin.iter().all(|x| persian.iter().all(|other| other > x)), "the Latin word is read last: {latin:?} {persian:?}");
    }

    #[test]
    fn signs_stay_at_their_side_of_latin_words_in_persian() {
        assert_eq!(isolate_runs("از C++ تا .NET", Direction::Rtl), "از \u{2066}C++\u{2069} تا \u{2066}.NET\u{2069}");
        assert_eq!(isolate_runs("Goals (KPI)", Direction::Ltr), "Goals (KPI)");
    }

    #[test]
    fn characters_that_no_face_has_are_named() {
        let pen = Pen::new();
        assert_eq!(pen.missing(&card("Åäö é «شبکه‌های» ۱۴۰۵", true)), None);
        assert_eq!(pen.missing(&card("日本", false)), Some('日'));
    }
}
