//! Every state of a translation, and every way into it, on sites in memory.

use super::*;
use crate::base::diagnostic::Level;
use crate::base::files::Files;
use crate::base::world::MemoryWorld;
use crate::command::new;
use crate::language::data::Calendar;
use crate::language::date::Date;
use crate::pipeline::{self, Built};
use crate::site::lock::PATH;

const SITE: &str = "id = \"t\"\nlanguages = [\"en\", \"sv\", \"fa\"]\nsource = \"en\"\n[title]\nen = \"T\"\n";
const EN: &str = "+++\ntitle = \"Goals\"\nupdated = 2026-11-20\n+++\n\nIntro.\n\n## Why {#why}\n\nBecause.\n\n## How {#how}\n\nSlowly.\n\nThen fast.\n\n- [ ] Begin <!-- #begin -->\n";
const SV: &str =
    "+++\ntitle = \"Mål\"\n+++\n\nInledning.\n\n## Varför {#why}\n\nDärför.\n\n## Hur\n\nLångsamt.\n\nSedan fort.\n\n- [ ] Börja <!-- #begin -->\n";

fn site() -> MemoryWorld {
    let mut world = MemoryWorld::default();
    world.put("site.toml", SITE);
    for tag in ["en", "sv", "fa"] {
        world.put(&format!("content/{tag}/index.md"), "# Home\n");
    }
    world.put("content/en/goals.md", EN);
    world.put("content/sv/goals.md", SV);
    world
}

fn options() -> Options {
    Options { drafts: Drafts::Include, today: Date::parse("2026-11-21", Calendar::Gregory).expect("a date"), portable: true, base_url: None }
}

fn build(world: &MemoryWorld) -> Built {
    pipeline::build(world, &options(), &Memos::off(), Goal::Check)
}

fn known(world: &MemoryWorld) -> Known {
    build(world).known.expect("settings")
}

/// Records everything, as `accept --all`.
fn accept_all(world: &mut MemoryWorld) -> Accepted {
    let accepted = accept(&known(world), Choice::All, None).expect("accepted");
    world.put(PATH, accepted.text.clone());
    accepted
}

/// Codes and levels of what is said about translations.
fn said(world: &MemoryWorld) -> Vec<(&'static str, Level)> {
    build(world).diagnostics.iter().filter(|problem| problem.code.name.starts_with("TRA")).map(|problem| (problem.code.name, problem.level)).collect()
}

fn edit(world: &mut MemoryWorld, path: &str, from: &str, to: &str) {
    let old = world.read(&crate::base::path::SourcePath::new(path)).expect("a file");
    let old = String::from_utf8(old.bytes.to_vec()).expect("text");
    assert!(old.contains(from), "{path} has no {from:?}");
    world.put(path, old.replace(from, to));
}

fn swedish(world: &MemoryWorld) -> Coverage {
    Status::of(&known(world)).languages.swap_remove(1)
}

fn html(world: &MemoryWorld, path: &str) -> String {
    let files = Files::default();
    let built = pipeline::build(world, &options(), &Memos::off(), Goal::Write(&files));
    assert!(!built.has_errors(), "{:?}", built.diagnostics);
    let files = files.into_map();
    String::from_utf8(files.iter().find(|(out, _)| ***out == *path).unwrap_or_else(|| panic!("no {path}")).1.bytes.clone()).expect("text")
}

#[test]
fn unrecorded_then_current_then_stale_then_current_again() {
    let mut world = site();
    assert_eq!(swedish(&world).unrecorded, ["/", "goals"]);
    assert_eq!(Status::of(&known(&world)).languages[2].missing, ["goals"]);
    assert_eq!(accept_all(&mut world).recorded.len(), 3);
    assert_eq!((swedish(&world).current.len(), said(&world)), (2, vec![]));
    let again = accept_all(&mut world);
    assert_eq!((again.recorded.len(), again.unchanged, again.text == known(&world).lock.to_text()), (0, 3, true));

    edit(&mut world, "content/en/goals.md", "Slowly.", "Very slowly.\n\nWith care.");
    assert_eq!(swedish(&world).stale, [("goals".to_owned(), "1 of 9 blocks changed, 1 added".to_owned(), "content/sv/goals.md".to_owned())]);
    assert_eq!(said(&world), [("TRA005", Level::Info)]);
    let status = Status::of(&known(&world));
    assert_eq!(status.json()["languages"][1]["stale"][0]["page"], "goals");
    assert!(status.text(false).contains("sv  2 of 2 (100 %)          0        1      1"), "{}", status.text(false));

    let recorded = accept(&known(&world), Choice::Pages(&["content/sv/goals.md".to_owned()]), None).expect("accepted");
    assert_eq!(recorded.recorded.len(), 1);
    world.put(PATH, recorded.text);
    assert_eq!(said(&world), []);
}

#[test]
fn readers_are_told_on_the_page_and_at_the_section() {
    let mut world = site();
    accept_all(&mut world);
    assert!(!html(&world, "sv/goals/index.html").contains("notice-stale"));
    edit(&mut world, "content/en/goals.md", "Slowly.", "Very `slowly`.");
    let page = html(&world, "sv/goals/index.html");
    assert!(page.contains("notice-stale") && page.contains("20 november 2026"), "{page}");
    assert_eq!(page.matches("class=\"stale-section\"").count(), 1);
    assert!(page.contains("href=\"../../en/goals/index.html#how\""), "{page}");
    let after = page.find("stale-section").expect("marked");
    assert!(page[..after].contains("Därför.") && !page[..after].contains("Långsamt."));
    assert!(!html(&world, "fa/goals/index.html").contains("stale-section"), "a fallback shows the original itself");
}

#[test]
fn white_space_code_links_and_moves_tell_readers_nothing() {
    let mut world = site();
    edit(&mut world, "content/en/goals.md", "Slowly.", "Slowly, with `a` and [b](https://a.example/).");
    edit(&mut world, "content/sv/goals.md", "Långsamt.", "Långsamt, med [b](https://a.example/).");
    accept_all(&mut world);
    let before = html(&world, "sv/goals/index.html");
    edit(&mut world, "content/en/goals.md", "with `a` and [b](https://a.example/)", "with\n`c`   and [b](https://c.example/)");
    assert_eq!((said(&world), html(&world, "sv/goals/index.html") == before), (vec![], true));
    edit(&mut world, "content/en/goals.md", "Then fast.\n\n", "");
    edit(&mut world, "content/en/goals.md", "Because.\n", "Because.\n\nThen fast.\n");
    assert_eq!(swedish(&world).stale[0].1, "1 of 8 blocks moved");
    assert!(!html(&world, "sv/goals/index.html").contains("notice-stale"));
}

#[test]
fn a_body_edit_makes_only_its_page_and_its_translations_again() {
    let mut world = site();
    world.put("content/en/other.md", "# Other\n\nText.\n");
    world.put("content/sv/other.md", "# Annan\n\nText.\n");
    accept_all(&mut world);
    let memos = Memos::default();
    let made = |world: &MemoryWorld| pipeline::build(world, &options(), &memos, Goal::Write(&Files::default())).made;
    assert!(made(&world) > 4);
    assert_eq!(made(&world), 0);
    edit(&mut world, "content/en/goals.md", "Because.", "Because of that.");
    assert_eq!(made(&world), 3, "the original, its fallback in Persian and the Swedish translation");
}

#[test]
fn parity_is_an_error_only_where_the_lock_says_current() {
    let mut world = site();
    edit(&mut world, "content/sv/goals.md", "## Hur\n", "## Hur {#how}\n");
    edit(&mut world, "content/sv/goals.md", "## Varför {#why}", "### Varför {#why}");
    edit(&mut world, "content/sv/goals.md", "#begin", "#start");
    assert_eq!(said(&world), [("TRA001", Level::Info), ("TRA001", Level::Info), ("TRA001", Level::Info)]);
    let refused = accept(&known(&world), Choice::All, None).expect("an answer");
    assert_eq!((refused.refused.len(), refused.refused_pages.len(), refused.recorded.len()), (3, 1, 2));
    let places: Vec<bool> = refused.refused.iter().map(|problem| problem.span.is_some() && problem.labels.len() == 1).collect();
    assert_eq!(places, [true; 3]);

    let mut world = site();
    accept_all(&mut world);
    edit(&mut world, "content/sv/goals.md", "## Hur\n", "### Hur\n");
    assert_eq!(said(&world), [("TRA001", Level::Error)]);
}

#[test]
fn structure_that_changes_in_the_original_is_no_error_of_the_translation() {
    let mut world = site();
    accept_all(&mut world);
    edit(&mut world, "content/en/goals.md", "#begin", "#start");
    assert_eq!(said(&world).iter().map(|(_, level)| *level).collect::<Vec<_>>(), [Level::Info; 3]);
    assert_eq!(swedish(&world).stale[0].1, "headings, anchors or checklist ids changed");
    assert!(!html(&world, "sv/goals/index.html").contains("notice-stale"));
    let diff = entries(&known(&world), 1, &PageId::new("goals")).expect("a translation").text();
    assert!(diff.contains("differs  content/sv/goals.md:17:1  the original has no checklist item with the id `begin`"), "{diff}");
    edit(&mut world, "content/sv/goals.md", "#begin", "#start");
    assert_eq!(said(&world), [], "both have the new id: nothing to accept");
}

#[test]
fn an_anchor_that_is_inherited_is_there_and_one_that_is_lost_is_not() {
    let mut world = site();
    accept_all(&mut world);
    edit(&mut world, "content/sv/goals.md", "{#why}", "");
    assert_eq!(said(&world), [], "by place it answers to the original's anchor");
    edit(&mut world, "content/sv/goals.md", "## Varför", "## Varför {#varfor}");
    assert_eq!(said(&world), [("TRA001", Level::Error), ("TRA001", Level::Error)]);
}

#[test]
fn a_new_section_is_missing_in_the_translation() {
    let mut world = site();
    edit(&mut world, "content/sv/goals.md", "## Hur\n", "## Hur {#how}\n");
    accept_all(&mut world);
    edit(&mut world, "content/en/goals.md", "## How", "## When {#when}\n\nNow.\n\n## How");
    assert_eq!(swedish(&world).stale[0].1, "2 of 10 blocks added");
    let problems = build(&world).diagnostics;
    let parity = problems.iter().find(|problem| problem.code.name == "TRA001").expect("a difference");
    assert_eq!((parity.level, parity.message.as_str()), (Level::Info, "the original has a section here that this translation lacks: “When”"));
    assert_eq!(&SV[parity.span.as_ref().expect("a place").start as usize..][..9], "## Varfö");
}

#[test]
fn a_page_that_is_renamed_keeps_its_record_by_id_or_was() {
    let mut world = site();
    accept_all(&mut world);
    for (tag, text) in [("en", EN), ("sv", SV)] {
        world.remove(&format!("content/{tag}/goals.md"));
        world.put(&format!("content/{tag}/aims.md"), text.replace("+++\ntitle", "+++\nid = \"goals\"\ntitle"));
    }
    assert_eq!((swedish(&world).current.len(), said(&world)), (2, vec![]));
    for (tag, text) in [("en", EN), ("sv", SV)] {
        world.put(&format!("content/{tag}/aims.md"), text.replace("+++\ntitle", "+++\nwas = [\"goals\"]\ntitle"));
    }
    assert_eq!((swedish(&world).current, swedish(&world).orphaned.len()), (vec!["/".to_owned(), "aims".to_owned()], 0));
    let accepted = accept_all(&mut world);
    assert!(accepted.text.contains("\nsv aims ") && !accepted.text.contains(" goals "));

    let mut world = site();
    accept_all(&mut world);
    world.remove("content/sv/goals.md");
    world.put("content/sv/aims.md", SV);
    let swedish = swedish(&world);
    assert_eq!((swedish.originals, swedish.orphaned[0].why), (vec!["aims".to_owned()], "it is not translated"));
}

#[test]
fn a_language_that_is_removed_leaves_orphans_which_accept_all_drops() {
    let mut world = site();
    accept_all(&mut world);
    world.put("site.toml", SITE.replace(", \"sv\"", ""));
    for page in ["index", "goals"] {
        world.remove(&format!("content/sv/{page}.md"));
    }
    let status = Status::of(&known(&world));
    assert_eq!(status.strangers.iter().map(|orphan| orphan.why).collect::<Vec<_>>(), ["the site has no such language"; 2]);
    assert_eq!(said(&world), []);
    let accepted = accept_all(&mut world);
    assert_eq!((accepted.dropped.len(), accepted.text.contains("\nsv ")), (2, false));
}

#[test]
fn records_of_a_page_that_is_gone_are_dropped_without_signing_off_what_is_behind() {
    let mut world = site();
    world.put("content/en/gone.md", "# Gone\n");
    world.put("content/sv/gone.md", "# Borta\n");
    let before = accept_all(&mut world).text;
    world.remove("content/sv/gone.md");
    edit(&mut world, "content/en/goals.md", "Slowly.", "Fast.");
    assert!(Status::of(&known(&world)).text(false).contains("`rahnama translations accept --orphans`"));

    let dropped = accept(&known(&world), Choice::Orphans, None).expect("accepted");
    assert_eq!((dropped.lines(), dropped.recorded.len()), (vec!["dropped   sv  gone".to_owned()], 0));
    let rest: String = before.lines().filter(|line| !line.starts_with("sv gone ")).map(|line| format!("{line}\n")).collect();
    assert_eq!(dropped.text, rest);
    world.put(PATH, dropped.text);
    assert_eq!(swedish(&world).stale.len(), 1, "what is behind is still behind");
    assert_eq!(accept(&known(&world), Choice::Orphans, None).expect("accepted").lines(), ["nothing to record, and nothing to drop"]);

    let all = accept_all(&mut world);
    assert_eq!(all.lines(), ["recorded  sv  goals  taken as translated: 1 of 8 blocks changed"], "what `--all` signs off is said");
}

#[test]
fn a_lock_that_git_could_not_merge_or_somebody_changed() {
    let mut world = site();
    let text = accept_all(&mut world).text;
    world.put(PATH, format!("{text}<<<<<<< HEAD\n=======\n>>>>>>> x\n"));
    let built = build(&world);
    let problem = built.diagnostics.iter().find(|problem| problem.code.name == "TRA003").expect("a problem");
    let at = problem.span.as_ref().map(|span| (&*span.path, span.start as usize));
    assert_eq!((at, built.has_errors()), (Some((PATH, text.len())), true));

    let line = text.lines().find(|line| line.starts_with("sv goals how:001")).expect("a line");
    world.put(PATH, text.replace(&format!("{line}\n"), ""));
    assert_eq!(swedish(&world).stale[0].1, "1 of 8 blocks added");
    world.put(PATH, text.replace(line, "sv goals how:001 0000000000000000"));
    assert_eq!(swedish(&world).stale[0].1, "1 of 8 blocks changed");
    let shuffled: String = text.lines().rev().map(|line| format!("{line}\n")).collect();
    world.put(PATH, shuffled);
    assert_eq!((said(&world), accept(&known(&world), Choice::All, None).expect("accepted").text), (vec![], text));
}

#[test]
fn pages_are_named_by_identity_or_file() {
    let known = known(&site());
    let id = |name: &str| find(&known, name).map(|named| (named.id.to_string(), named.language)).map_err(|stop| stop.message);
    assert_eq!(id("goals"), Ok(("goals".to_owned(), None)));
    assert_eq!(id("content/sv/goals.md"), Ok(("goals".to_owned(), Some(1))));
    assert_eq!(id("/"), Ok((String::new(), None)));
    assert_eq!(id("content/fa/index.md"), Ok((String::new(), Some(2))));
    assert_eq!(id("gaols").unwrap_err(), "there is no page `gaols`; did you mean `goals`?");
    let message = |result: Result<Accepted, Stop>| result.expect_err("refused").message;
    assert!(message(accept(&known, Choice::Pages(&["goals".to_owned()]), Some(0))).contains("is the original itself"));
    assert!(message(accept(&known, Choice::Pages(&["goals".to_owned()]), Some(2))).contains("is not translated to fa"));
}

#[test]
fn a_diff_says_where_and_what() {
    let mut world = site();
    accept_all(&mut world);
    edit(&mut world, "content/en/goals.md", "Slowly.\n\nThen fast.", "Very slowly.");
    let diff = entries(&known(&world), 1, &PageId::new("goals")).expect("a translation");
    assert_eq!(diff.summary, "1 of 7 blocks changed, 1 removed");
    assert_eq!((diff.entries[0].place, diff.entries[0].now.as_deref()), (Some((14, 1)), Some("Very slowly.")));
    assert!(diff.text().contains("changed  content/en/goals.md:14:1"), "{}", diff.text());
    assert!(diff.short().starts_with("content/en/goals.md:14:1: sv: changed: Very slowly.\n"));
    assert_eq!(diff.json()["blocks"][1]["what"], "removed");
    assert!(entries(&known(&world), 2, &PageId::new("goals")).is_none());
}

#[test]
fn a_scaffold_fits_its_original_and_is_recorded() {
    let mut world = site();
    edit(
        &mut world,
        "content/en/goals.md",
        "Then fast.",
        "Then [fast][f] <!-- quick -->.\n\n```flow\ntitle: a\ndescription: b\n\n- c\n```\n\n| a |\n|---|\n| b |\n\n[f]: https://a.example/\n",
    );
    accept_all(&mut world);
    let planned = new::translation(&known(&world), "goals", "en", None).expect("only Persian lacks it");
    assert_eq!(&*planned.path, "content/fa/goals.md");
    assert!(
        planned.text.starts_with("+++\n# title = \"Goals\"\ntitle = \"Goals\"\n# The last part of the address in this language; else the file's name.\n# slug = \"…\"\ndraft = true\n+++\n\n<!--\nIntro.\n-->\n\n## Why {#why}\n"),
        "{}",
        planned.text
    );
    assert!(planned.text.contains("\n- [ ] Begin <!-- #begin -->\n") && planned.text.contains("\n[f]: https://a.example/\n"), "{}", planned.text);
    world.put(&planned.path, planned.text.clone());
    world.put(PATH, planned.lock.expect("recorded"));
    let built = build(&world);
    assert!(!built.has_errors() && said(&world) == [("TRA002", Level::Info)], "{:?}", built.diagnostics);
    assert_eq!(Status::of(&known(&world)).languages[2].drafts, ["goals"]);
    let refused = new::translation(&known(&world), "goals", "en", Some("fa")).expect_err("it exists");
    assert_eq!((refused.code, refused.message.as_str()), (2, "`content/fa/goals.md` exists already; nothing was written"));
    let again = accept(&known(&world), Choice::Pages(&["goals".to_owned()]), Some(2)).expect("accepted").lines();
    assert!(again[0].ends_with("6 texts in it are not translated yet") && again[1].starts_with("draft "), "{again:?}");

    edit(&mut world, "content/fa/goals.md", "draft = true\n", "");
    let persian = Status::of(&known(&world)).languages.swap_remove(2);
    assert_eq!((persian.covered(), persian.current, persian.unfinished), (1, vec!["/".to_owned()], vec!["goals".to_owned()]));
    for text in ["Intro.", "Because.", "Slowly.", "Then [fast][f] <!-- quick --&gt;.", "- c\n```", "| a |\n|---|\n| b |"] {
        edit(&mut world, "content/fa/goals.md", &format!("\n{text}\n-->\n"), &format!("\n{text}\n-->\n\nترجمه\n"));
    }
    assert_eq!(Status::of(&known(&world)).languages[2].current, ["/", "goals"], "what stays of the comments says what each text was");
}

#[test]
fn a_scaffold_from_a_stale_translation_is_as_stale_as_that() {
    let mut world = site();
    accept_all(&mut world);
    edit(&mut world, "content/en/goals.md", "Slowly.", "Fast.");
    let planned = new::translation(&known(&world), "goals", "sv", Some("fa")).expect("planned");
    world.put(&planned.path, planned.text.replace("draft = true\n", ""));
    world.put(PATH, planned.lock.expect("recorded"));
    assert_eq!(Status::of(&known(&world)).languages[2].stale.len(), 1);
}

#[test]
fn a_draft_takes_no_original_s_place() {
    let mut world = site();
    world.put("content/fa/own.md", "# یک متن فارسی است\n\nمتن.\n");
    let planned = new::translation(&known(&world), "own", "fa", Some("sv")).expect("planned");
    assert!(planned.notes.iter().any(|note| note.contains("`rahnama translations accept own --lang fa`")), "{:?}", planned.notes);
    world.put(&planned.path, planned.text);
    world.put(PATH, planned.lock.expect("recorded"));
    let [_, sv, fa] = Status::of(&known(&world)).languages.try_into().expect("three languages");
    assert_eq!((fa.originals, sv.drafts, sv.orphaned), (vec!["own".to_owned()], vec!["own".to_owned()], vec![]));
    let refused = accept(&known(&world), Choice::Pages(&["own".to_owned()]), Some(2)).expect_err("the original").message;
    assert_eq!(refused, "`own` is the original itself in `fa`; name a translation of it: --lang sv");
    let refused = accept(&known(&world), Choice::Pages(&["own".to_owned()]), Some(0)).expect_err("no English").message;
    assert_eq!(refused, "`own` is not translated to en; begin with `rahnama new own --from fa --lang en`");
}

#[test]
fn a_new_guide_is_a_draft_and_names_are_looked_at() {
    let mut world = site();
    let day = Date::parse("2026-11-21", Calendar::Gregory).expect("a date");
    let planned = new::guide(&known(&world), "strategy/first-steps", Some("sv"), day).expect("planned");
    assert_eq!(&*planned.path, "content/sv/strategy/first-steps.md");
    assert!(planned.text.contains("title = \"First steps\"") && planned.text.contains("date = 2026-11-21\ndraft = true"), "{}", planned.text);
    assert!(planned.notes.iter().any(|note| note.contains("rahnama new strategy/index --lang sv")));
    world.put(&planned.path, planned.text);
    let index = new::guide(&known(&world), "strategy/index", Some("sv"), day).expect("planned");
    world.put(&index.path, index.text);
    assert!(!build(&world).has_errors(), "{:?}", build(&world).diagnostics);
    let body = |name: &str| new::guide(&known(&world), name, None, day).expect("planned").text.contains("- [ ]");
    assert!(body("guides/price-index") && body("reindex") && !body("guides/index"), "the page of a folder is a title, other names are guides");
    for wrong in ["", "a//b", "../x", ".x", "content/sv/x", "sv/x", "a:b"] {
        assert_eq!(new::guide(&known(&world), wrong, None, day).expect_err(wrong).code, 2, "{wrong}");
    }
    assert!(new::guide(&known(&world), "goals", None, day).is_err());
    assert!(new::translation(&known(&world), "goals", "fa", Some("sv")).expect_err("no Persian text").message.contains("--from en"));
}

#[test]
fn a_review_date_that_has_passed_is_information() {
    let mut world = site();
    edit(&mut world, "content/en/goals.md", "updated = 2026-11-20", "review_by = 2026-11-20");
    assert!(said(&world).contains(&("TRA004", Level::Info)));
    edit(&mut world, "content/en/goals.md", "review_by = 2026-11-20", "review_by = 2026-11-21");
    assert!(!said(&world).contains(&("TRA004", Level::Info)));
}
