use super::*;
use crate::base::config::HtmlMode;
use crate::base::path::SourcePath;
use crate::document::parse::{Context, parse};
use crate::language::embedded::language_data;
use crate::language::isolation::painted_with;
use crate::language::locale::Locale;
use proptest::prelude::*;

/// The tree of a text before and after isolation, with the text.
fn trees(tag: &str, text: &str) -> (Parsed, Parsed) {
    let locale = Locale::new(tag, &language_data(tag)).unwrap();
    let path = SourcePath::new("content/x/page.md");
    let parsed = || parse(Context { path: &path, text, locale: &locale, html: HtmlMode::Escape }, 0..text.len(), &mut Vec::new());
    let (before, mut after) = (parsed(), parsed());
    isolate(&mut after, text, locale.direction);
    (before, after)
}

/// A tree in one line: elements by a letter, isolates in square brackets that no test text has.
fn shown(parsed: &Parsed, text: &str) -> String {
    fn walk(tree: &Tree, nodes: impl Iterator<Item = usize>, text: &str, out: &mut String) {
        for at in nodes {
            let (open, close) = match &tree.nodes[at].kind {
                Kind::Text(piece) => (piece.get(text).to_owned(), ""),
                Kind::Isolate { .. } => ("⟦".into(), "⟧"),
                Kind::Emphasis => ("<i>".into(), "</i>"),
                Kind::Strong => ("<b>".into(), "</b>"),
                Kind::Link(_) => ("<a>".into(), "</a>"),
                Kind::Code(code) => (format!("`{}`", code.get(text)), ""),
                Kind::SoftBreak => (" ".into(), ""),
                _ => (String::new(), ""),
            };
            out.push_str(&open);
            walk(tree, tree.children(at), text, out);
            out.push_str(close);
        }
    }
    let mut out = String::new();
    walk(&parsed.tree, parsed.tree.roots(), text, &mut out);
    out
}

fn wrapped(tag: &str, text: &str) -> String {
    shown(&trees(tag, text).1, text)
}

#[test]
fn a4_runs_across_elements() {
    for (text, right) in [
        ("زبان **C++** آسان است", "زبان <b>⟦C++⟧</b> آسان است"),
        ("ابزار Google **Ads+** را", "ابزار ⟦Google <b>Ads+</b>⟧ را"),
        ("ابزار **Google** *Ads+* را", "ابزار ⟦<b>Google</b> <i>Ads+</i>⟧ را"),
        ("ابزار **نو Google** Ads+ را", "ابزار <b>نو </b>⟦<b>Google</b> Ads+⟧ را"),
        ("ابزار [C++](/x/) و [.NET](/y/) را", "ابزار <a>⟦C++⟧</a> و <a>⟦.NET⟧</a> را"),
        ("ابزار Google [Ads+](/x/) را", "ابزار ⟦Google <a>Ads+</a>⟧ را"),
        ("اول **CPA**, *KPI* دوم", "اول <b>⟦CPA⟧</b>, <i>⟦KPI⟧</i> دوم"),
        ("واژهٔ **CPA** مهم است", "واژهٔ <b>CPA</b> مهم است"),
    ] {
        assert_eq!(wrapped("fa", text), right);
    }
}

#[test]
fn a4_a_link_is_never_divided() {
    assert_eq!(wrapped("fa", "ابزار [نو C#](/x/) Ads+ را"), "ابزار <a>نو ⟦C#⟧</a> ⟦Ads+⟧ را");
}

#[test]
fn a4_parts_in_another_language_are_texts_of_their_own() {
    assert_eq!(wrapped("fa", "او گفت [see «متن, کتاب» now](/x/){lang=en} و رفت"), "او گفت <a>see «⟦متن⟧, ⟦کتاب⟧» now</a> و رفت");
    let (_, after) = trees("sv", "## خانه C++ {#a lang=fa}\n");
    assert!(after.tree.nodes.iter().any(|node| node.kind == Kind::Isolate { dir: "ltr" }));
}

#[test]
fn a4_references_follow_their_nodes() {
    let text = "# عنوان C++\n\nیک **C++ و** ![تصویر](a.png) [پیوند](/x/)\n\n## دو .NET\n\nسه\n";
    let (_, after) = trees("fa", text);
    assert!(matches!(after.tree.nodes[after.images[0].node as usize].kind, Kind::Image(_)));
    assert!(matches!(after.tree.nodes[after.links[0].node as usize].kind, Kind::Link(_)));
    assert!(after.headings.iter().all(|heading| matches!(after.tree.nodes[heading.node as usize].kind, Kind::Heading { .. })));
}

/// Text and isolates of a finished tree's first block.
fn isolates(parsed: &Parsed, text: &str) -> (String, Vec<Range<usize>>) {
    let (mut words, mut runs, mut open) = (String::new(), Vec::new(), Vec::<(usize, usize)>::new());
    let mut at = 1;
    while at < parsed.tree.nodes.len() {
        while open.last().is_some_and(|(_, end)| *end <= at) {
            let (start, _) = open.pop().unwrap();
            runs.push(start..words.len());
        }
        let node = &parsed.tree.nodes[at];
        at += 1;
        match &node.kind {
            Kind::Text(piece) => words.push_str(piece.get(text)),
            Kind::SoftBreak => words.push(' '),
            Kind::HardBreak => words.push('\n'),
            Kind::Isolate { .. } => open.push((words.len(), node.next as usize)),
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Link(_) => {}
            _ => {
                words.push('\u{FFFC}');
                at = node.next as usize;
            }
        }
    }
    runs.extend(open.into_iter().rev().map(|(start, _)| start..words.len()));
    (words, runs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn a4_painted_as_if_every_candidate_were_isolated(text in "متن ([ابپ]{1,2}|[abC]{1,2}|[0-9]{1,2}|C\\+\\+|\\.NET|, | |\\*\\*|\\*|~~|`x`|\\[|\\]\\(/x/\\)|\\(|\\)|«|»|:|%|-5){0,14} پایان") {
        for (tag, base) in [("fa", Direction::Rtl), ("sv", Direction::Ltr)] {
            let (before, after) = trees(tag, &text);
            if before.tree.roots().count() != 1 || !matches!(before.tree.nodes[0].kind, Kind::Paragraph) {
                continue;
            }
            let (words, leaves) = gather(&before.tree, 1..before.tree.nodes.len(), &text);
            let edges = edges(undividable(&before.tree, &leaves));
            let all: Vec<Range<usize>> = isolation::candidates(&words, base).into_iter().flat_map(|run| cut(&words, run, &edges)).collect();
            let (shown, wrapped) = isolates(&after, &text);
            prop_assert_eq!(&shown, &words, "the words stay");
            prop_assert!(wrapped.iter().all(|run| all.contains(run)), "{} {:?} {:?}", text, wrapped, all);
            prop_assert_eq!(painted_with(&words, &wrapped, base), painted_with(&words, &all, base), "{} {:?}", tag, text);
            prop_assert_eq!(before.links.len(), after.tree.nodes.iter().filter(|node| matches!(node.kind, Kind::Link(_))).count(), "no link is divided");
        }
    }
}
