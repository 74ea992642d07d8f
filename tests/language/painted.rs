//! The painted order of the HTML that readers get, by the Unicode bidirectional algorithm over its text and its `<bdi>`.

use crate::{body, build, world};
use proptest::prelude::*;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// The text of a piece of a page, and what its `<bdi>` isolate.
fn read(html: &str) -> (Vec<char>, Vec<Range<usize>>) {
    let (mut text, mut isolates, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.extend(rest[..at].chars());
        let end = at + rest[at..].find('>').unwrap();
        match &rest[at + 1..end] {
            tag if tag.starts_with("bdi") => open.push(text.len()),
            "/bdi" => isolates.push(open.pop().unwrap()..text.len()),
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    text.extend(rest.chars());
    (text, isolates)
}

fn order(text: &str, level: Level) -> Vec<usize> {
    let info = BidiInfo::new(text, Some(level));
    let Some(paragraph) = info.paragraphs.first() else { return Vec::new() };
    BidiInfo::reorder_visual(&info.reordered_levels_per_char(paragraph, paragraph.range.clone()))
}

/// Characters by their place in the text, from left to right: an isolate is one neutral outside and a text of its own inside.
fn painted(text: &[char], isolates: &[Range<usize>], base: Level) -> Vec<usize> {
    let (mut around, mut places, mut at) = (String::new(), Vec::new(), 0);
    while at < text.len() {
        let isolate = isolates.iter().find(|isolate| isolate.start == at);
        around.push(if isolate.is_some() { '\u{FFFC}' } else { text[at] });
        places.push(isolate.cloned().unwrap_or(at..at + 1));
        at = places.last().unwrap().end;
    }
    let inside = if base.is_rtl() { Level::ltr() } else { Level::rtl() };
    let inner = |place: &Range<usize>| {
        order(&text[place.clone()].iter().collect::<String>(), inside).into_iter().map(|at| at + place.start).collect::<Vec<_>>()
    };
    order(&around, base).into_iter().flat_map(|place| inner(&places[place])).collect()
}

/// What a reader sees from left to right.
fn seen(html: &str, base: Level) -> String {
    let (text, isolates) = read(html);
    painted(&text, &isolates, base).into_iter().map(|at| text[at]).collect()
}

#[test]
fn a3_a_breadcrumb_reads_on_in_the_direction_of_the_page() {
    let crumbs = |tag: &str, above: [&str; 2]| {
        let mut world = world();
        for (path, title) in [("a/index.md", above[0]), ("a/b/index.md", above[1]), ("a/b/c.md", "x")] {
            world.put(&format!("content/{tag}/{path}"), format!("# {title}\n"));
        }
        let page = build(&world).remove(&format!("{tag}/a/b/c/index.html")).unwrap();
        let nav = page.split("class=\"crumbs\"").nth(1).unwrap().split("</nav>").next().unwrap();
        nav.split("<bdi>").skip(1).map(|rest| format!("<bdi>{}", &rest[..rest.find("</a>").unwrap()])).collect::<Vec<_>>().join(" › ")
    };
    // Persian letters stand here in painted order, so from the last to the first.
    assert_eq!(seen("خانه › CPA › KPI", Level::rtl()), "CPA › KPI › هناخ", "bare, the second is read as the first");
    assert_eq!(seen(&crumbs("fa", ["CPA", "KPI"]), Level::rtl()), "KPI › CPA › هناخ");
    assert_eq!(seen(&crumbs("sv", ["شاخص", "CPA"]), Level::ltr()), "Hem › صخاش › CPA");
    assert_eq!(seen(&crumbs("en", ["شاخص", "هدف"]), Level::ltr()), "Home › صخاش › فده");
}

#[test]
fn a4_what_readers_see_of_the_rows() {
    for (source, part) in [
        ("زبان C++ آسان است", "C++"),
        ("چارچوب .NET را نصب کنید", ".NET"),
        ("تلفن +46 8-123 456 است", "+46 8-123 456"),
        ("اول CPA, KPI دوم", "KPI ,CPA"),
        ("شاخص KPI:er (CPA)", ")CPA( KPI:er"),
        ("دما -5 درجه", "-5"),
        ("پرچم --help را بزنید", "--help"),
        ("واژهٔ CPA مهم است.", "CPA"),
        ("آدرس https://example.com/a/?q=1 را ببینید.", "https://example.com/a/?q=1"),
        ("آدرس https://example.com/a/ را ببینید.", "https://example.com/a/"),
    ] {
        let page = body("fa", source);
        let seen = seen(&paragraphs(&page)[0], Level::rtl());
        assert!(seen.contains(part), "{source}: {seen}");
    }
}

/// The paragraphs of a page's text.
fn paragraphs(page: &str) -> Vec<String> {
    let prose = &page[page.find("class=\"prose").unwrap()..];
    prose.split("<p>").skip(1).map(|rest| rest[..rest.find("</p>").unwrap()].to_owned()).collect()
}

/// A paragraph made of words, runs of the other direction, and what stands between.
#[derive(Clone, Debug)]
struct Made {
    source: String,
    /// Every run, by its characters in the text that is shown.
    runs: Vec<Range<usize>>,
}

/// Puts a paragraph together; runs that a single space divides are one.
fn made(words: [&str; 2], pieces: &[(&str, bool, bool, &str)]) -> Made {
    let mut made = Made { source: words[0].to_owned(), runs: Vec::new() };
    let mut shown = words[0].chars().count();
    let mut joins = false;
    for (piece, is_run, bold, between) in pieces {
        let marks = if *bold { "**" } else { "" };
        made.source.push_str(&format!("{between}{marks}{piece}{marks}"));
        shown += between.chars().count();
        let end = shown + piece.chars().count();
        match made.runs.last_mut().filter(|_| *is_run && joins && *between == " ") {
            Some(run) => run.end = end,
            None if *is_run => made.runs.push(shown..end),
            None => {}
        }
        (shown, joins) = (end, *is_run);
    }
    made.source.push(' ');
    made.source.push_str(words[1]);
    made
}

const BETWEEN: &[&str] = &[" ", " ", ", ", ": ", " / ", " – ", " «", "» ", " (", ") ", " “", "” "];

fn paragraph(words: [&'static str; 2], others: &'static [&'static str], runs: &'static [&'static str]) -> impl Strategy<Value = Made> {
    let run = prop::sample::select(runs).prop_map(|run| (run, true));
    let other = prop::sample::select(others).prop_map(|word| (word, false));
    let piece = (prop_oneof![3 => run, 1 => other], any::<bool>(), prop::sample::select(BETWEEN));
    prop::collection::vec(piece.prop_map(|((piece, is_run), bold, between)| (piece, is_run, bold, between)), 1..9)
        .prop_map(move |pieces| made(words, &pieces))
}

/// Builds the paragraphs as one page and compares what is painted.
fn compare(tag: &str, base: Level, all: &[Made]) -> Result<(), TestCaseError> {
    let mut world = world();
    let text: Vec<&str> = all.iter().map(|made| made.source.as_str()).collect();
    world.put(&format!("content/{tag}/page.md"), format!("+++\ntitle = \"x\"\n+++\n\n{}\n", text.join("\n\n")));
    let page = build(&world).remove(&format!("{tag}/page/index.html")).unwrap();
    for (made, html) in all.iter().zip(paragraphs(&page)) {
        let (text, wrapped) = read(&html);
        let every = painted(&text, &made.runs, base);
        prop_assert_eq!(painted(&text, &wrapped, base), &*every, "painted as if every run were isolated: {} {}", made.source, html);
        let bare = painted(&text, &[], base);
        let needed: Vec<_> = made.runs.iter().filter(|run| painted(&text, std::slice::from_ref(*run), base) != bare).cloned().collect();
        // Only where runs hold each other in place are there more than those that need it alone.
        if painted(&text, &needed, base) == every {
            prop_assert_eq!(&wrapped, &needed, "none could be left bare: {} {}", made.source, html);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn a4_persian_pages_are_painted_as_if_every_run_were_isolated(all in prop::collection::vec(paragraph(
        ["متن", "پایان"],
        &["هدف", "شبکه\u{200C}ها", "۴۵٪", "۱۲"],
        &["C++", ".NET", "KPI", "CPA", "-5", "+46 8-123 456", "v2.0.1-beta", "KPI:er", "50%", "C#", "12", "a/b/", "f()"],
    ), 60)) {
        compare("fa", Level::rtl(), &all)?;
    }

    #[test]
    fn a4_swedish_pages_are_painted_as_if_every_run_were_isolated(all in prop::collection::vec(paragraph(
        ["text", "slut"],
        &["mål", "C++", "12", "45%"],
        &["شبکه", "کتاب\u{200C}ها", "هدف", "سال ۱۴۰۵"],
    ), 60)) {
        compare("sv", Level::ltr(), &all)?;
    }
}
