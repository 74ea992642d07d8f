//! Whatever an author writes: no panic, and no page that breaks the laws of the suite.

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]
#![allow(dead_code, reason = "the harness is shared with the suite")]

#[path = "suite/harness/build.rs"]
mod build;
#[path = "suite/harness/case.rs"]
mod case;
#[path = "suite/harness/html.rs"]
mod html;
#[path = "suite/harness/laws.rs"]
mod laws;

use case::Case;
use proptest::prelude::*;
use std::path::PathBuf;

/// Pieces of Markdown that mean something to somebody.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "# ", "## ", "### ", "\n", "\n\n", "\r\n", " ", "    ", "\t", "- ", "- [ ] ", "- [x] ", "1. ", "9) ", "> ", "> [!NOTE]\n> ", "---\n", "+++\n", "title: x\n", "title = \"x\"\n",
    "```\n", "```flow\n", "```matrix\ntitle: t\ndescription: d\n\n", "~~~\n", ":::aside\n", ":::aside title=\"x\"\n", ":::\n", "::: \n", "[a](", "(b.md)", "](b.md#x)", ")", "[", "]", "{#x}", "{#y lang=fa}", "{lang=sv}", "{dir=rtl}", "{onclick=x}", "{", "}",
    "![", "![a](p.png)", "![\"\"](p.png)", "[[", "]]", "[[b]]", "[[b#x|y]]", "[[#kpi]]", "[[#nope]]", "|", "<!-- #id -->", "<!-- #id2 optional answer was:old -->", "<!--", "-->", "<b>", "</b>", "<mark>", "</mark>", "<br>", "<kbd>", "</kbd>", "<bdi dir=\"rtl\">", "</bdi>", "<script>", "<div>\n", "</div>\n",
    "|a|b|\n|:-|-:|\n|1|2|\n", "| x | y |\n|---|---|\n", "*", "**", "_", "__", "`", "``", "~~", "سلام", "می\u{200C}شود", "C++", "KPI:er", "(CPA)", "۱۲", "-5", "\u{2066}", "\u{2069}", "\u{202E}", "\u{200B}", "\"", "'", "--", "---", "...", "[^1]", "[^1]: ", "[^۲]", "\n[r]: b.md\n", "[r]", "[r][s]", ": def\n", "Term\n",
    "&amp;", "&#106;", "\\", "🎯", "å", "a\u{30A}", "https://a.b/c_(d)", "www.x.yz.", "a@b.cd", "$5", "javascript:x", "<https://x.y>", "<javascript:x>", "word", "Försäljningsrapporteringen", "\u{FEFF}", "\u{0}",
];

fn page() -> impl Strategy<Value = String> {
    prop::collection::vec((0..PIECES.len()).prop_map(|at| PIECES[at]), 0..60).prop_map(|pieces| pieces.concat())
}

/// A text deeper than blocks may nest, or nearly: what stands there has no place in the tree.
fn deep_page() -> impl Strategy<Value = String> {
    (98..103_usize, prop::sample::select(&["> ", "- ", "1. "][..]), page()).prop_map(|(depth, mark, text)| mark.repeat(depth) + &text)
}

/// The site that a text is a page of.
fn site(text: &str, tag: &str) -> Case {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = vec![
        file(&format!("content/{tag}/a.md"), text),
        // One of the two is the original of the other, which has been recorded: its blocks are compared.
        file(&format!("content/{}/a.md", if tag == "fa" { "sv" } else { "fa" }), "# A\n"),
        file("content/translations.lock", "fa a @structure 0123456789abcdef\nfa a :000 0123456789abcdef\n"),
        file("content/fa/b.md", "# ب\n\n## بخش\n"),
        file("content/sv/b.md", "# B\n\n## Del {#x}\n"),
        file("content/sv/glossary.toml", "[kpi]\nterm = \"KPI\"\ndefinition = \"Ett *tal*.\"\n"),
        file("content/sv/glossary.md", "+++\ntitle = \"Ord\"\ntemplate = \"glossary\"\n+++\n"),
        file("content/sv/plan.md", "+++\ntitle = \"Plan\"\ntemplate = \"plan\"\n+++\n"),
        file("content/sv/p.png", "no picture"),
    ];
    Case { name: "any input".to_owned(), path: PathBuf::new(), text: String::new(), files, options: Vec::new() }
}

fn cases() -> u32 {
    std::env::var("ANY_INPUT_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_makes_a_lawful_page(text in page(), persian in any::<bool>()) {
        let case = site(&text, if persian { "fa" } else { "sv" });
        let found = laws::broken(&case, &build::build(&case));
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn any_text_at_the_limit_of_nesting_is_read_without_a_panic(text in deep_page(), with_title in any::<bool>()) {
        let text = if with_title { format!("# A\n\n{text}") } else { text };
        build::build(&site(&text, "sv"));
    }

    #[test]
    fn any_settings_are_read_without_a_panic(text in page(), front in page()) {
        let case = site(&format!("+++\n{front}\n+++\n{text}"), "sv");
        build::build(&case);
        let case = site(&format!("---\n{front}\n---\n{text}"), "fa");
        build::build(&case);
    }
}
