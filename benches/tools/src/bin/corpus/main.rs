//! Makes the benchmark's corpus: a whole site of guides in English, Swedish and Persian.
//!
//! The same words come out on every machine. There is no `--lock` yet: `content/translations.lock` is written by the
//! generator itself, and this tool does not imitate its fingerprints.

mod flavour;
mod guide;
mod language;
mod project;
mod random;
mod skeleton;
mod words;

use flavour::Flavour;
use guide::Guides;
use language::Language;
use project::Project;
use skeleton::{identity, skeleton};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const USAGE: &str = "corpus --out DIR --pages N [--flavour rahnama|hugo] [--base-url URL]
  N pages are N/3 guides in three languages (300, 3000, 9999, 30000, 99999); DIR must be new or empty";

/// What the command line says.
struct Arguments {
    out: PathBuf,
    guides: usize,
    flavour: Flavour,
    base_url: String,
}

/// What was written.
#[derive(Default)]
struct Totals {
    pages: AtomicUsize,
    words: AtomicUsize,
    bytes: AtomicUsize,
}

fn main() -> ExitCode {
    match arguments().ok_or_else(|| format!("usage: {USAGE}")).and_then(|arguments| make(&arguments)) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Option<Arguments> {
    let mut words = std::env::args().skip(1);
    let (mut out, mut pages, mut flavour, mut base_url) = (None, None, Flavour::Rahnama, "https://example.org/".to_owned());
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--out" => out = Some(PathBuf::from(value)),
            "--pages" => pages = value.parse::<usize>().ok(),
            "--flavour" => flavour = Flavour::named(&value)?,
            "--base-url" => base_url = value,
            _ => return None,
        }
    }
    Some(Arguments { out: out?, guides: pages.filter(|pages| *pages >= 3)? / 3, flavour, base_url })
}

fn make(arguments: &Arguments) -> Result<String, String> {
    if std::fs::read_dir(&arguments.out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{} is not empty", arguments.out.display()));
    }
    let languages = language::languages();
    let project = Project { flavour: arguments.flavour, guides: arguments.guides, base_url: &arguments.base_url, languages: &languages };
    for (path, text) in project.files() {
        write(&arguments.out.join(path), &text)?;
    }
    let totals = Totals::default();
    guides(arguments, &languages, &totals)?;
    let [pages, words, bytes] = [totals.pages, totals.words, totals.bytes].map(AtomicUsize::into_inner);
    Ok(format!("{pages} pages, {} words and {} bytes a page", words / pages, bytes / pages))
}

/// Writes the guides, each thread taking the next one.
fn guides(arguments: &Arguments, languages: &[Language], totals: &Totals) -> Result<(), String> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<(), String> {
        loop {
            let number = next.fetch_add(1, Relaxed);
            if number >= arguments.guides {
                return Ok(());
            }
            guide(arguments, languages, number, totals)?;
        }
    };
    std::thread::scope(|scope| {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("a thread that writes guides does not panic"))
    })
}

fn guide(arguments: &Arguments, languages: &[Language], number: usize, totals: &Totals) -> Result<(), String> {
    let skeleton = skeleton(number, arguments.guides);
    for language in languages {
        let text = Guides { language, flavour: arguments.flavour }.file(&skeleton);
        totals.pages.fetch_add(1, Relaxed);
        totals.words.fetch_add(text.split_whitespace().count(), Relaxed);
        totals.bytes.fetch_add(text.len(), Relaxed);
        write(&arguments.out.join(format!("content/{}/{}.md", language.tag, identity(number))), &text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let put = || {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)
    };
    put().map_err(|error| format!("cannot write {}: {error}", path.display()))
}
