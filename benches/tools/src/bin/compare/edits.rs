//! From the write returning to the new bytes being served.

use crate::http::Client;
use crate::process::Server;
use crate::projects::{Projects, remove};
use crate::table::{Table, figure, median};
use crate::tools::{Serving, Tool};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a server may take for anything.
const PATIENCE: Duration = Duration::from_secs(120);
/// Time between two questions: a hundredth of what is measured, and the processor stays free for the server.
const PAUSE: Duration = Duration::from_micros(300);
/// The kinds of edit, in the order of the table.
const KINDS: [&str; 4] = ["body", "title, seen in a menu", "template", "string"];

/// An edit of one file: a mark that nobody has seen before comes in.
struct Edit {
    file: PathBuf,
    /// The text at which the mark is put, the first time it occurs.
    find: &'static str,
    place: Place,
    /// Where the mark is to be seen.
    address: String,
}

/// On which side of the text that was found.
enum Place {
    Before,
    After,
}

/// What one way of serving took.
struct Row {
    name: &'static str,
    /// Milliseconds from starting the program to the first page.
    start: f64,
    /// Milliseconds and processor milliseconds of the edits of each kind.
    kinds: Vec<Option<(Vec<f64>, f64)>>,
    /// Percent of a processor.
    idle: Option<f64>,
    /// Megabytes.
    memory: Option<f64>,
}

/// Measures every server at one size, one after the other.
pub fn table(projects: &Projects, tools: &[Tool], pages: usize, rounds: usize) -> Result<Table, String> {
    let title = format!("{pages} pages, ms (least–most), CPU ms an edit");
    let mut head = vec![title.as_str(), "start"];
    head.extend(KINDS);
    head.extend(["idle CPU %", "peak MB"]);
    let mut table = Table::new(&head);
    for tool in tools {
        for serving in tool.servings() {
            table.row(measure(projects, tool, serving, pages, rounds)?.cells());
        }
    }
    Ok(table)
}

fn measure(projects: &Projects, tool: &Tool, serving: &Serving, pages: usize, rounds: usize) -> Result<Row, String> {
    let project = projects.copy(tool.flavour(), pages, tool.flavour())?;
    let guides = guides(&project)?;
    let port = free_port()?;
    let began = Instant::now();
    let mut server = Server::start(tool.serve(&project, port, serving))?;
    let mut client = Client::new(port);
    let first = address(&guides[0]);
    until(&mut server, || client.get(&first).is_some()).ok_or_else(|| format!("{} does not serve {first}", serving.name))?;
    let start = began.elapsed().as_secs_f64() * 1e3;
    std::thread::sleep(Duration::from_secs(1));
    let mut row = Row { name: serving.name, start, kinds: Vec::new(), idle: None, memory: None };
    for (number, kind) in KINDS.iter().enumerate() {
        let edits = (0..rounds).map(|round| edit(tool, &project, &guides, number, round));
        let taken = edits.collect::<Option<Vec<Edit>>>().and_then(|edits| perform(&mut server, &mut client, &edits, number));
        eprintln!("{pages} pages, {}: {kind} {} ms", serving.name, figure(taken.as_ref().map(|(times, _)| median(times.clone()))));
        row.kinds.push(taken);
    }
    row.idle = server.idle(Duration::from_secs(5));
    row.memory = server.memory();
    drop(server);
    remove(&project)?;
    Ok(row)
}

/// Identities of the guides, in the order of their folders.
fn guides(project: &Path) -> Result<Vec<String>, String> {
    let root = project.join("content/en");
    let names = |folder: &Path| -> Result<Vec<String>, String> {
        let entries = std::fs::read_dir(folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        Ok(names)
    };
    let mut guides = Vec::new();
    for section in names(&root)?.iter().filter(|name| name.ends_with(|c: char| c.is_ascii_digit())) {
        let files = names(&root.join(section))?;
        guides.extend(files.iter().filter(|file| !file.contains("index")).map(|file| format!("{section}/{}", file.trim_end_matches(".md"))));
    }
    Ok(guides)
}

fn address(guide: &str) -> String {
    format!("/en/{guide}/")
}

/// The edit of a kind; `None` where the project has no such file.
fn edit(tool: &Tool, project: &Path, guides: &[String], kind: usize, round: usize) -> Option<Edit> {
    let at = round * 7_919 % guides.len();
    let guide = &guides[at];
    let section = guide.split('/').next()?;
    let page = project.join(format!("content/en/{guide}.md"));
    let neighbours = || guides.iter().filter(|other| *other != guide && other.split('/').next() == Some(section));
    let [template, strings] = tool.template_and_string();
    let seen = address(guide);
    Some(match kind {
        0 => Edit { file: page, find: "[^1]\n", place: Place::Before, address: seen },
        1 => {
            let neighbour = neighbours().nth(round % 20).or_else(|| neighbours().next())?;
            Edit { file: page, find: "title = \"", place: Place::After, address: address(neighbour) }
        }
        2 => Edit { file: project.join(template.0), find: template.1, place: Place::Before, address: seen },
        _ => Edit { file: project.join(strings.0), find: strings.1, place: Place::Before, address: seen },
    })
}

impl Edit {
    /// The file with the mark in it; `None` when there is no such file or text.
    fn marked(&self, mark: &str) -> Option<String> {
        let text = std::fs::read_to_string(&self.file).ok()?;
        let at = text.find(self.find)?;
        let at = if matches!(self.place, Place::Before) { at } else { at + self.find.len() };
        Some(format!("{}{mark} {}", &text[..at], &text[at..]))
    }
}

/// Milliseconds of each edit, and processor milliseconds of one.
fn perform(server: &mut Server, client: &mut Client, edits: &[Edit], kind: usize) -> Option<(Vec<f64>, f64)> {
    let before = server.cpu();
    let mut taken = Vec::new();
    for (round, edit) in edits.iter().enumerate() {
        let mark = format!("Mark{kind}x{round}x");
        let changed = edit.marked(&mark)?;
        client.get(&edit.address)?;
        std::fs::write(&edit.file, changed).ok()?;
        let start = Instant::now();
        until(server, || client.get(&edit.address).is_some_and(|page| contains(&page, mark.as_bytes())))?;
        taken.push(start.elapsed().as_secs_f64() * 1e3);
        std::thread::sleep(Duration::from_millis(250));
    }
    let cpu = server.cpu().zip(before).map_or(f64::NAN, |(after, before)| after - before);
    Some((taken, cpu * 1e3 / edits.len() as f64))
}

fn contains(page: &[u8], mark: &[u8]) -> bool {
    page.windows(mark.len()).any(|window| window == mark)
}

/// Asks until the answer is yes; `None` when the server died or patience ended.
fn until(server: &mut Server, mut question: impl FnMut() -> bool) -> Option<()> {
    let start = Instant::now();
    while !question() {
        if start.elapsed() > PATIENCE || !server.is_alive() {
            return None;
        }
        std::thread::sleep(PAUSE);
    }
    Some(())
}

fn free_port() -> Result<u16, String> {
    let found = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    found.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}

impl Row {
    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.name.to_owned(), figure(Some(self.start))];
        cells.extend(self.kinds.iter().map(|kind| kind.as_ref().map_or_else(|| "–".to_owned(), |(times, cpu)| spread(times, *cpu))));
        cells.extend([figure(self.idle), figure(self.memory)]);
        cells
    }
}

fn spread(times: &[f64], cpu: f64) -> String {
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let most = times.iter().copied().fold(0.0, f64::max);
    format!("**{}** ({}–{}), {}", figure(Some(median(times.to_vec()))), figure(Some(least)), figure(Some(most)), figure(Some(cpu)))
}
