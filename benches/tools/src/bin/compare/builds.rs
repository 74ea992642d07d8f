//! Clean builds, and builds with nothing changed.

use crate::process::{self, Used};
use crate::projects::{Projects, remove};
use crate::table::{Table, figure, median};
use crate::tools::Tool;
use std::path::Path;
use std::process::Command;

/// Makes a command for an output folder.
type Build<'a> = Box<dyn Fn(&Path) -> Command + 'a>;

/// One row of the table.
struct Contender<'a> {
    name: &'static str,
    clean: Build<'a>,
    again: Build<'a>,
    /// What each clean build used.
    cleans: Vec<Used>,
    /// What each build with nothing changed used.
    agains: Vec<Used>,
    files: usize,
}

/// Measures every tool at one size, in turns.
pub fn table(projects: &Projects, tools: &[Tool], pages: usize, rounds: usize) -> Result<Table, String> {
    let mut contenders = contenders(projects, tools, pages)?;
    remove(&projects.outputs())?;
    for round in 0..rounds {
        for contender in &mut contenders {
            contender.measure(projects, pages, round)?;
        }
    }
    remove(&projects.outputs())?;
    Ok(report(&contenders, pages))
}

fn contenders<'a>(projects: &'a Projects, tools: &'a [Tool], pages: usize) -> Result<Vec<Contender<'a>>, String> {
    let corpus = projects.corpus("rahnama", pages)?;
    let floor = |mode: &'static str, again: &'static [&'static str]| -> Build<'a> {
        let corpus = corpus.clone();
        Box::new(move |out| {
            let mut command = Command::new(&projects.floor);
            command.arg(mode).arg(&corpus).arg(out).args(again);
            command
        })
    };
    let mut contenders = vec![
        Contender::new("floor, fixed page", floor("shell", &[]), floor("shell", &["--if-changed"])),
        Contender::new(FLOOR, floor("tera", &[]), floor("tera", &["--if-changed"])),
    ];
    for tool in tools {
        let project = projects.corpus(tool.flavour(), pages)?;
        let build = |project: std::path::PathBuf| -> Build<'a> { Box::new(move |out| tool.build(&project, out)) };
        contenders.push(Contender::new(tool.name(), build(project.clone()), build(project)));
    }
    Ok(contenders)
}

/// What everything is compared with.
const FLOOR: &str = "floor, Tera";

impl<'a> Contender<'a> {
    fn new(name: &'static str, clean: Build<'a>, again: Build<'a>) -> Contender<'a> {
        Contender { name, clean, again, cleans: Vec::new(), agains: Vec::new(), files: 0 }
    }

    fn measure(&mut self, projects: &Projects, pages: usize, round: usize) -> Result<(), String> {
        let out = projects.output(pages, &format!("{}-{round}", self.name))?;
        process::settle();
        self.cleans.push(process::run((self.clean)(&out))?);
        process::settle();
        self.agains.push(process::run((self.again)(&out))?);
        self.files = count(&out);
        eprintln!("{pages} pages, round {}: {} {:.2} s, again {:.2} s", round + 1, self.name, self.cleans[round].wall, self.agains[round].wall);
        Ok(())
    }

    fn clean(&self, value: impl Fn(&Used) -> f64) -> f64 {
        median(self.cleans.iter().map(value).collect())
    }

    fn again(&self, value: impl Fn(&Used) -> f64) -> f64 {
        median(self.agains.iter().map(value).collect())
    }
}

/// All files below a folder.
fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.file_type().is_ok_and(|kind| kind.is_dir()) { count(&entry.path()) } else { 1 }).sum()
}

fn report(contenders: &[Contender<'_>], pages: usize) -> Table {
    let title = format!("{pages} pages");
    let mut table = Table::new(&[
        &title,
        "wall s",
        "CPU s",
        "peak MB",
        "files",
        "CPU ÷ floor",
        "CPU of Hugo ÷ this",
        "again: wall s",
        "again: CPU s",
        "again ÷ clean, CPU",
    ]);
    let cpu = |name: &str| contenders.iter().find(|contender| contender.name == name).map(|contender| contender.clean(|used| used.cpu));
    for contender in contenders {
        let (clean, again) = (contender.clean(|used| used.cpu), contender.again(|used| used.cpu));
        table.row(vec![
            contender.name.to_owned(),
            figure(Some(contender.clean(|used| used.wall))),
            figure(Some(clean)),
            figure(Some(contender.clean(|used| used.memory))),
            contender.files.to_string(),
            figure(cpu(FLOOR).map(|floor| clean / floor)),
            figure(cpu("Hugo").map(|hugo| hugo / clean)),
            figure(Some(contender.again(|used| used.wall))),
            figure(Some(again)),
            figure(Some(again / clean)),
        ]);
    }
    for absent in ["Rahnama", "Hugo"].iter().filter(|name| cpu(name).is_none()) {
        table.row(vec![format!("{absent}: not installed")]);
    }
    table
}
