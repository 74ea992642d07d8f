//! The floor: the least work that still turns the corpus into pages. It checks nothing, links nothing and knows no
//! language, so no honest generator can be faster; everything is judged as a ratio to it in the same run.
//!
//! `shell` puts the Markdown's HTML into a fixed page; `tera` fills a template with the section's menu, contents, tags and
//! languages; `edit` measures one page alone in a warm process.

mod corpus;
mod markdown;
mod page;

use corpus::{Guide, Text};
use page::Theme;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "floor shell|tera CORPUS OUT [--if-changed]
  floor edit CORPUS OUT TIMES
  CORPUS is a project of `corpus --flavour rahnama`; --if-changed leaves files alone that are the same already";

/// Why it stopped.
type Problem = Box<dyn std::error::Error + Send + Sync>;

/// How a page is made.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// In a fixed page.
    Shell,
    /// With the template.
    Tera,
}

/// How a page is written.
#[derive(Clone, Copy, PartialEq)]
enum Writing {
    /// Always.
    Always,
    /// Unless the file is the same already.
    IfChanged,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words[..] {
        ["shell", corpus, out] => build(Mode::Shell, corpus, out, Writing::Always),
        ["tera", corpus, out] => build(Mode::Tera, corpus, out, Writing::Always),
        ["shell", corpus, out, "--if-changed"] => build(Mode::Shell, corpus, out, Writing::IfChanged),
        ["tera", corpus, out, "--if-changed"] => build(Mode::Tera, corpus, out, Writing::IfChanged),
        ["edit", corpus, out, times] => times.parse().map_err(Problem::from).and_then(|times| edit(corpus, out, times)),
        _ => Err(format!("usage: {USAGE}").into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn build(mode: Mode, corpus: &str, out: &str, writing: Writing) -> Result<(), Problem> {
    let start = Instant::now();
    let guides = corpus::guides(Path::new(corpus))?;
    let texts = guides.par_iter().map(Guide::read).collect::<Result<Vec<Text>, _>>()?;
    let theme = Theme::new(if mode == Mode::Tera { texts.as_slice() } else { &[] })?;
    let make = |buffer: &mut Vec<u8>, text: &Text| -> Result<(), Problem> {
        buffer.clear();
        match mode {
            Mode::Shell => page::shell(text, buffer),
            Mode::Tera => theme.page(text, buffer)?,
        }
        write(&target(out, text.guide), buffer, writing)
    };
    texts.par_iter().try_for_each_init(Vec::new, make)?;
    println!("{} pages in {:.3} s", texts.len(), start.elapsed().as_secs_f64());
    Ok(())
}

/// One page, again and again: what an edit costs when nothing is looked for.
fn edit(corpus: &str, out: &str, times: usize) -> Result<(), Problem> {
    let guides = corpus::guides(Path::new(corpus))?;
    let texts = guides.iter().map(Guide::read).collect::<Result<Vec<Text>, _>>()?;
    let theme = Theme::new(&texts)?;
    let mut taken: Vec<f64> = Vec::new();
    for number in 0..times {
        let start = Instant::now();
        let text = guides[number * 7_919 % guides.len()].read()?;
        let mut buffer = Vec::new();
        theme.page(&text, &mut buffer)?;
        write(&target(out, text.guide), &buffer, Writing::IfChanged)?;
        taken.push(start.elapsed().as_secs_f64() * 1e6);
    }
    taken.sort_by(f64::total_cmp);
    let middle = taken.get(times / 2).ok_or("no edits were asked for")?;
    println!("median {middle:.0} µs to read, render and write one page");
    Ok(())
}

fn target(out: &str, guide: &Guide) -> PathBuf {
    let mut path = Path::new(out).join(guide.language);
    path.extend([&guide.section, &guide.name]);
    path.join("index.html")
}

fn write(path: &Path, bytes: &[u8], writing: Writing) -> Result<(), Problem> {
    if writing == Writing::IfChanged && std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if std::fs::write(path, bytes).is_err() {
        std::fs::create_dir_all(path.parent().ok_or("a page has a folder")?)?;
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
