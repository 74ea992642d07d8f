//! What reaches readers: isolation, typography, layout.

use crate::{body, build, world};

/// The markup of one paragraph.
fn paragraph(tag: &str, text: &str) -> String {
    let page = body(tag, text);
    let start = page.find("<!-- -->").unwrap_or_else(|| page.find("class=\"prose").map_or(0, |at| at));
    let start = start + page[start..].find("<p>").expect("a paragraph") + 3;
    page[start..start + page[start..].find("</p>").unwrap()].to_owned()
}

/// Text nodes of a page, without scripts and styles.
fn text_nodes(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        texts.push(rest[..open].to_owned());
        let tag = &rest[open..];
        let skip = ["<script", "<style"].iter().find(|name| tag.starts_with(**name)).and_then(|name| tag.find(&format!("</{}", &name[1..])));
        let from = skip.unwrap_or(0);
        rest = &tag[from + tag[from..].find('>').map_or(tag.len() - from, |at| at + 1)..];
    }
    texts
}

#[test]
fn a1_language_and_direction_of_every_page() {
    for (path, text) in build(&world()) {
        if path.ends_with(".html") && !path.starts_with("404") {
            assert!(text.contains("<html lang=\"") || text.contains("http-equiv"), "{path}");
            for (tag, dir) in [("sv", "ltr"), ("fa", "rtl"), ("en", "ltr")] {
                if path.starts_with(&format!("{tag}/")) {
                    assert!(text.contains(&format!("<html lang=\"{tag}\" dir=\"{dir}\"")), "{path}");
                }
            }
        }
    }
}

#[test]
fn a2_language_of_parts() {
    assert_eq!(paragraph("fa", "واژهٔ [försäljning]{lang=sv}"), "واژهٔ <span lang=\"sv\" dir=\"ltr\">försäljning</span>");
    assert_eq!(paragraph("sv", "ordet [شبکه]{lang=fa}"), "ordet <span lang=\"fa\" dir=\"rtl\">شبکه</span>");
    assert_eq!(paragraph("en", "the term [lagom]{lang=sv}"), "the term <span lang=\"sv\">lagom</span>");
}

#[test]
fn a3_values_from_data_are_isolated() {
    let mut world = world();
    for (path, title) in [("a/index.md", "CPA"), ("a/b.md", "KPI")] {
        world.put(&format!("content/fa/{path}"), format!("+++\ntitle = \"{title}\"\n+++\n\nمتن\n"));
    }
    let page = &build(&world)["fa/a/b/index.html"];
    assert!(page.contains("<bdi>CPA</bdi>") && page.contains("<bdi>KPI</bdi>") && page.contains("<bdi>خانه</bdi>"));
    assert!(page.contains(">راهنماها</bdi>"), "the site's own title");
}

#[test]
fn a4_automatic_isolation() {
    for (text, right) in [
        ("زبان C++ آسان است", "زبان <bdi dir=\"ltr\">C++</bdi> آسان است"),
        ("چارچوب .NET را نصب کنید", "چارچوب <bdi dir=\"ltr\">.NET</bdi> را نصب کنید"),
        ("تلفن +46 8-123 456 است", "تلفن <bdi dir=\"ltr\">+46 8-123 456</bdi> است"),
        ("اول CPA, KPI دوم", "اول <bdi dir=\"ltr\">CPA</bdi>, <bdi dir=\"ltr\">KPI</bdi> دوم"),
        ("شاخص KPI:er (CPA)", "شاخص <bdi dir=\"ltr\">KPI:er</bdi> (<bdi dir=\"ltr\">CPA</bdi>)"),
        ("دما -5 درجه", "دما <bdi dir=\"ltr\">-5</bdi> درجه"),
        ("پرچم --help را بزنید", "پرچم <bdi dir=\"ltr\">--help</bdi> را بزنید"),
        ("واژهٔ CPA مهم است.", "واژهٔ CPA مهم است."),
        ("نسخهٔ v2.0.1-beta (قدیمی)", "نسخهٔ v2.0.1-beta (قدیمی)"),
        ("ابزار Google **Ads+** را", "ابزار <bdi dir=\"ltr\">Google <strong>Ads+</strong></bdi> را"),
    ] {
        assert_eq!(paragraph("fa", text), right);
    }
    assert_eq!(paragraph("sv", "Svenska först och sist"), "Svenska först och sist");
    assert_eq!(paragraph("sv", "orden شبکه, کتاب betyder"), "orden <bdi dir=\"rtl\">شبکه</bdi>, <bdi dir=\"rtl\">کتاب</bdi> betyder");
}

#[test]
fn a6_code_is_left_to_right() {
    let page = body("fa", "کد `println!(\"سلام\")` و <kbd>Ctrl</kbd>\n\n```rust\nlet a = \"سلام\";\n```");
    assert!(page.contains("<code dir=\"ltr\">println!(&quot;سلام&quot;)</code>"));
    assert!(page.contains("<kbd dir=\"ltr\">Ctrl</kbd>"));
    assert!(page.contains("<pre dir=\"ltr\" tabindex=\"0\"><code"));
}

#[test]
fn a7_no_controls_in_the_text_of_pages() {
    let mut world = world();
    world.put("content/fa/page.md", "+++\ntitle = \"KPI چیست؟\"\ndate = 2026-11-21\ntags = [\"t\"]\n+++\n\n## C++ و .NET {#a}\n\nمتن[^۱] **CPA**, KPI و -5\n\n- [ ] یک\n- [ ] دو\n\n[^۱]: پانویس\n");
    world.put("content/fa/tags.toml", "[t]\nname = \"تگ\"\n");
    world.put("content/sv/page.md", "+++\ntitle = \"Sida\"\ndate = 2026-11-21\n+++\n\n## Rubrik\n\nText.\n\n- [ ] ett\n");
    for (path, html) in build(&world).iter().filter(|(path, _)| path.ends_with(".html")) {
        for text in text_nodes(html) {
            assert!(
                !text.contains([
                    '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{200E}',
                    '\u{200F}'
                ]),
                "{path}: {text:?}"
            );
        }
    }
}

#[test]
fn a8_cards_say_their_direction() {
    let mut world = world();
    world.put("content/fa/page.md", "+++\ntitle = \"KPI چیست؟\"\n+++\n\nمتن\n");
    world.put("content/fa/other.md", "+++\ntitle = \"شبکه\"\n+++\n\nمتن\n");
    world.put("content/sv/page.md", "+++\ntitle = \"KPI är?\"\n+++\n\nText\n");
    let files = build(&world);
    assert!(files["fa/page/index.html"].contains("og:title\" content=\"\u{200F}KPI چیست؟\""));
    assert!(files["fa/other/index.html"].contains("og:title\" content=\"شبکه\""));
    assert!(files["sv/page/index.html"].contains("og:title\" content=\"KPI är?\""));
    assert!(!files["fa/page/index.html"].contains("<title>\u{200F}"));
}

#[test]
fn b1_no_physical_property_in_the_theme() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/css");
    let mut files: Vec<_> = std::fs::read_dir(root).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files {
        let css = std::fs::read_to_string(&file).unwrap();
        for (number, line) in css.lines().enumerate() {
            if let Some(property) = physical(line) {
                wrong.push(format!("{}:{}: {property}", file.file_name().unwrap().to_string_lossy(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The first physical property or value of a line of CSS.
fn physical(line: &str) -> Option<String> {
    let declarations = line.split(['{', ';', '}']).filter_map(|part| part.split_once(':'));
    for (property, value) in declarations {
        let (property, value) = (property.trim(), value.trim());
        let sided = ["margin", "padding", "border", "inset", "scroll-margin", "scroll-padding"].iter().any(|name| {
            property
                .strip_prefix(name)
                .is_some_and(|rest| ["-left", "-right"].iter().any(|side| rest == *side || rest.starts_with(&format!("{side}-"))))
        });
        let corner = property.starts_with("border-") && property.ends_with("-radius") && (property.contains("left") || property.contains("right"));
        let placed = matches!(property, "left" | "right");
        let valued =
            matches!(property, "float" | "clear" | "text-align" | "background-position" | "object-position" | "transform-origin" | "justify-content")
                && value.split_whitespace().any(|word| matches!(word, "left" | "right"));
        let sides = four_values(value).is_some_and(|[top, right, bottom, left]| match property {
            "margin" | "padding" | "inset" | "border-width" | "border-style" | "border-color" | "scroll-margin" | "scroll-padding" => right != left,
            "border-radius" => top != right || bottom != left,
            _ => false,
        });
        if sided || corner || placed || valued || sides {
            return Some(format!("{property}: {value}"));
        }
        if value.contains("translateX(") && !value.contains("var(--flip") {
            return Some(format!("{property}: {value}"));
        }
    }
    None
}

/// The values of a shorthand that names all sides.
fn four_values(value: &str) -> Option<[&str; 4]> {
    let mut depth = 0_usize;
    let outside = |c: char| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0 && c == ' '
    };
    value.split(outside).collect::<Vec<_>>().try_into().ok()
}

#[test]
fn b1_the_test_sees_physical_properties() {
    for wrong in [
        "a { margin-left: 1rem; }",
        "p{float:right}",
        "td { text-align: left }",
        "pre { text-align: left; }",
        "a{border-top-left-radius:1px}",
        ".x { left: 0 }",
        "a{transform:translateX(2px)}",
        "a { margin: 0 1rem 0 2rem }",
        "a { padding: 0 calc(1rem + 2px) 0 0 }",
        "a { border-radius: 50% 50% 50% 0 }",
    ] {
        assert!(physical(wrong).is_some(), "{wrong}");
    }
    for right in [
        "a { margin-inline-start: 1rem; }",
        "pre { text-align: start; }",
        "a{border-start-start-radius:1px}",
        "a{transform:translateX(calc(2px * var(--flip)))}",
        "a { margin: 0 calc(1rem + 2px) 1px calc(1rem + 2px) }",
        "a { border-radius: 3px 3px 1rem 1rem }",
    ] {
        assert!(physical(right).is_none(), "{right}");
    }
}

#[test]
fn b2_tables_align_by_class() {
    let table = "| الف | ب | پ |\n|:--|--:|:-:|\n| ۱ | ۲ | ۳ |";
    let page = body("fa", table);
    for wanted in [
        "<th class=\"al-start\" scope=\"col\">الف</th>",
        "<th class=\"al-end\" scope=\"col\">ب</th>",
        "<td class=\"al-center\">۳</td>",
        "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\"",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    assert!(!page.contains("style=\"text-align"));
}

#[test]
fn b6_footnotes() {
    let many: String = (1..=12).map(|n| format!("[^{n}]")).collect();
    let notes: String = (1..=12).map(|n| format!("[^{n}]: x\n\n")).collect();
    let (fa, sv) = (body("fa", &format!("متن{many}\n\n{notes}")), body("sv", &format!("Text{many}\n\n{notes}")));
    assert!(fa.contains("<sup class=\"fn\" id=\"fnref-12\"><a href=\"#fn-12\" role=\"doc-noteref\"") && fa.contains(">۱۲</a></sup>"));
    assert!(sv.contains("<sup class=\"fn\" id=\"fnref-12\"><a href=\"#fn-12\" role=\"doc-noteref\"") && sv.contains(">12</a></sup>"));
    assert!(
        fa.contains("<li id=\"fn-12\">")
            && fa.contains("<span class=\"icon-dir\" aria-hidden=\"true\">↩\u{FE0E}</span>")
            && fa.contains("role=\"doc-backlink\"")
    );
    let persian = body("fa", "متن[^۱]\n\n[^۱]: پانویس");
    assert!(persian.contains("id=\"fnref-1\"") && persian.contains(">۱</a></sup>"));
}

#[test]
fn b7_ordered_lists() {
    let page = body("fa", "9. یک\n10. دو");
    assert!(page.contains("<ol start=\"9\">"));
    let css = css();
    assert!(css.contains("list-style-type: persian"));
}

fn css() -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/css");
    let mut files: Vec<_> = std::fs::read_dir(root).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn b3_b5_h4_h5_h6_the_theme_keeps_them() {
    let css = css();
    for wanted in [
        ".icon-dir",
        "scale: var(--flip, 1) 1",
        "border-inline-start",
        "font-synthesis-style: none",
        ":where(em, i, cite, dfn):lang(fa) { font-style: normal",
        "letter-spacing: 0",
        "text-underline-offset: .35em",
        "input[dir=\"auto\"]:placeholder-shown { direction: inherit; }",
        "hyphens: none",
    ] {
        assert!(css.contains(wanted), "{wanted}");
    }
    assert!(!css.contains("justify;") && !css.contains("text-align: justify"));
}

#[test]
fn b12_shortcuts_compare_keys_by_place_and_arrows_by_direction() {
    let script = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/scripts/main/index.js")).unwrap();
    assert!(!script.contains(".key === \"k\"") && !script.contains(".key === 'k'"), "a Persian keyboard gives another letter");
}

#[test]
fn e1_solar_hijri_dates_as_input() {
    let mut world = world();
    world.put("content/fa/page.md", "+++\ntitle = \"x\"\ncalendar = \"persian\"\ndate = 1405-08-30\n+++\n\nمتن\n");
    world.put("content/sv/page.md", "+++\ntitle = \"x\"\ndate = 2026-11-21\n+++\n\nText\n");
    let files = build(&world);
    assert!(files["fa/page/index.html"].contains("<time datetime=\"2026-11-21\">"), "the same day");
    assert!(files["fa/page/index.html"].contains("۳۰ آبان ۱۴۰۵"));
    assert!(files["sv/page/index.html"].contains("21 november 2026"));
    world.put("content/fa/page.md", "+++\ntitle = \"x\"\ndate = 1405-08-30\n+++\n\nمتن\n");
    assert!(crate::check(&world).iter().any(|problem| problem.code.name == "FMT003"));
}

#[test]
fn g1_quotation_marks_and_dashes() {
    assert_eq!(
        paragraph("sv", "Han sa \"hej\" -- 'då' --- it's `\"x\"`..."),
        "Han sa ”hej”\u{A0}– ’då’\u{A0}– it’s <code dir=\"ltr\">&quot;x&quot;</code>…"
    );
    assert_eq!(paragraph("fa", "او گفت \"سلام\" و 'don't' رفت..."), "او گفت «سلام» و ‹don’t› رفت…");
    assert_eq!(paragraph("en", "She said \"hi\" -- 'ok' --- it's"), "She said “hi”\u{A0}– ‘ok’\u{A0}— it’s");
    assert_eq!(paragraph("sv", "Han sa “hej”"), "Han sa “hej”", "authored marks stay");
}

#[test]
fn g2_soft_hyphens_in_swedish_headings_and_nowhere_in_persian() {
    let soft = "för\u{AD}sälj\u{AD}nings\u{AD}rap\u{AD}por\u{AD}te\u{AD}ring\u{AD}en";
    let mut world = world();
    world.put("content/sv/page.md", "+++\ntitle = \"Försäljningsrapporteringen\"\n+++\n\n## Om försäljningsrapporteringen\n\n### *försäljningsrapporteringen*\n\n| försäljningsrapporteringen |\n|---|\n| försäljningsrapporteringen |\n");
    let page = build(&world).remove("sv/page/index.html").unwrap();
    assert!(
        page.contains(&format!("Om {soft}"))
            && page.contains(&format!("<em>{soft}</em>"))
            && page.contains(&format!("<th scope=\"col\">{soft}</th>"))
    );
    assert!(
        page.contains("<td>försäljningsrapporteringen</td>")
            && page.contains("id=\"om-försäljningsrapporteringen\"")
            && page.contains("<title>Försäljningsrapporteringen")
    );
    assert!(page.contains(&format!("F{}", &soft["f".len()..])), "the title and navigation");
    assert!(!body("fa", "## برنامه‌ریزی‌های‌بلندمدت‌سازمانی").contains('\u{AD}'));
}

#[test]
fn g3_spaces_that_hold() {
    assert_eq!(paragraph("sv", "Se s. 5, kap. 3: 45 % och 10 kg"), "Se s.\u{A0}5, kap.\u{A0}3: 45\u{A0}% och 10\u{A0}kg");
    assert_eq!(paragraph("fa", "حدود ۴۵ درصد و 10 kg"), "حدود ۴۵ درصد و <bdi dir=\"ltr\">10 kg</bdi>");
}

#[test]
fn b4_previous_and_next_point_outward_by_direction() {
    let mut world = world();
    world.put("content/fa/s/index.md", "+++\ntitle = \"s\"\n+++\n");
    for (tag, weight) in [("a", 1), ("b", 2), ("c", 3)] {
        world.put(&format!("content/fa/s/{tag}.md"), format!("+++\ntitle = \"{tag}\"\nweight = {weight}\n+++\n\nمتن\n"));
    }
    let page = &build(&world)["fa/s/b/index.html"];
    assert!(page.contains("rel=\"prev\"") && page.contains("rel=\"next\"") && page.contains("icon-next icon-dir"));
}

#[test]
fn b8_boxes_are_enabled_and_labelled() {
    let page = body("fa", "- [ ] یک\n- [x] دو");
    assert!(page.contains("type=\"checkbox\"") && page.contains("<label for="));
    assert!(!page.contains("type=\"checkbox\" disabled") && !page.contains("disabled type=\"checkbox\""));
}

#[test]
fn b9_progress_is_native() {
    let page = body("fa", "- [ ] یک\n- [ ] دو");
    assert!(page.contains("<progress") && !page.contains("style=\"width"));
}

#[test]
fn b14_print_has_no_sides() {
    let css = css();
    let print = &css[css.find("@media print").expect("a print style")..];
    assert!(!print.contains("margin-left") && !print.contains("margin-right"));
}
