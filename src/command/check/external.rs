//! Links to other sites: which there are, what is known of them, and what is wrong.

use super::super::Stop;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::document::tree::Kind;
use crate::language::data::Calendar;
use crate::language::date::Date;
use crate::pipeline::Known;
use crate::site::index::Resolution;
use crate::system::save;
use crate::system::visit::{Answer, is_nobodys};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Days for which an answer holds.
const HOLDS: i64 = 7;

/// Addresses on other sites, each with the places that link to it.
pub fn links(known: &Known) -> BTreeMap<String, Vec<Span>> {
    let mut links: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for page in known.site.pages.iter().filter(|page| !page.is_fallback()) {
        let document = &known.documents[page.document];
        for reference in document.links.iter().chain(&document.images) {
            let address = match &document.tree.nodes[reference.node as usize].kind {
                Kind::Link(link) => match known.site.resolve(page, &link.target) {
                    Resolution::External(address) => address,
                    _ => continue,
                },
                Kind::Image(image) => image.address.to_string(),
                _ => continue,
            };
            let address = address.split('#').next().unwrap_or_default();
            if address.starts_with("http") && !is_nobodys(address) {
                links.entry(address.to_owned()).or_default().push(Span::new(&page.path, reference.range.clone()));
            }
        }
    }
    links
}

/// Answers that earlier checks were given, by address.
#[derive(Debug, Default)]
pub struct Answers(BTreeMap<String, (Answer, Date)>);

impl Answers {
    /// Reads a file of answers; none, when there is no file.
    pub fn read(path: &Path) -> Result<Answers, Stop> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Answers::default()),
            Err(error) => return Err(Stop::fault(format!("cannot read `{}`: {error}", path.display()))),
        };
        let values: Map<String, Value> =
            serde_json::from_str(&text).map_err(|error| Stop::usage(format!("`{}` is no file of answers: {error}", path.display())))?;
        Ok(Answers(values.into_iter().filter_map(|(address, value)| Some((address, answer(&value)?))).collect()))
    }

    /// Writes them, one address a line.
    pub fn write(&self, path: &Path) -> Result<(), Stop> {
        let lines: Vec<String> = self.0.iter().map(|(address, known)| format!("{}: {}", Value::from(address.as_str()), value(known))).collect();
        let text = format!("{{\n{}\n}}\n", lines.join(",\n"));
        let written = if path.exists() { save::replace(path, text.as_bytes()) } else { save::create(path, text.as_bytes()) };
        written.map_err(Stop::fault)
    }

    /// What is known of an address; answers of long ago do not count when it can be asked again.
    pub fn of(&self, address: &str, today: Date, offline: bool) -> Option<&Answer> {
        let (answer, day) = self.0.get(address)?;
        let holds = matches!(answer, Answer::Found(_)) && (0..HOLDS).contains(&today.days_after(*day));
        (offline || holds).then_some(answer)
    }

    /// Keeps new answers.
    pub fn keep(&mut self, answers: BTreeMap<String, Answer>, today: Date) {
        self.0.extend(answers.into_iter().map(|(address, answer)| (address, (answer, today))));
    }
}

fn answer(value: &Value) -> Option<(Answer, Date)> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let day = Date::parse(&text("day")?, Calendar::Gregory).ok()?;
    let answer = match (text("gone"), text("unknown")) {
        (Some(why), _) => Answer::Gone(why),
        (_, Some(why)) => Answer::Unknown(why, None),
        _ => Answer::Found(text("moved")),
    };
    Some((answer, day))
}

fn value((answer, day): &(Answer, Date)) -> Value {
    let day = day.to_string();
    match answer {
        Answer::Found(None) => json!({ "day": day }),
        Answer::Found(Some(there)) => json!({ "day": day, "moved": there }),
        Answer::Gone(why) => json!({ "day": day, "gone": why }),
        Answer::Unknown(why, _) => json!({ "day": day, "unknown": why }),
    }
}

/// What is wrong with a link, at each place where it stands.
pub fn problems(address: &str, places: &[Span], answer: &Answer) -> Vec<Diagnostic> {
    let problem = match answer {
        Answer::Found(None) => return Vec::new(),
        Answer::Found(Some(there)) => Diagnostic::new(Code::EXT002, format!("`{address}` has moved")).help(format!("link to `{there}`")),
        Answer::Gone(why) => Diagnostic::new(Code::EXT001, format!("`{address}` leads nowhere: {why}"))
            .help("link to the page that took its place, or to a copy in a web archive"),
        Answer::Unknown(why, _) => Diagnostic::new(Code::EXT003, format!("`{address}` could not be checked: {why}"))
            .help("open it in a browser: some sites answer people only, others are busy or ill for a while"),
    };
    places.iter().map(|place| problem.clone().at(place.clone())).collect()
}
