//! A theme: templates, files, settings. What a site's theme does not have comes from the default one, file by file.

use super::view::View;
use crate::base::data;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::hash::Hash;
use crate::base::path::SourcePath;
use crate::base::reader::Reader;
use crate::base::source::Source;
use crate::site::strings::{Arg, Strings};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::{Arc, PoisonError, RwLock};
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// The templates of a theme as they were read, by name below `templates/`.
pub type Templates = BTreeMap<String, Source>;

/// A theme ready to render.
pub struct Theme {
    tera: Tera,
    sources: Templates,
    /// The hash of its templates and of all strings.
    pub hash: Hash,
}

impl Theme {
    /// Parses all templates. `strings` are those of the site's languages, by tag.
    ///
    /// # Errors
    /// All that is wrong with the templates together.
    pub fn new(templates: &Templates, strings: Vec<(String, Arc<Strings>)>) -> Result<Theme, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        let hash = Hash::of_value(&(
            templates.iter().map(|(name, source)| (name.as_str(), source.hash)).collect::<Vec<_>>(),
            strings.iter().map(|(tag, strings)| (tag.as_str(), strings.hash())).collect::<Vec<_>>(),
        ));
        register(&mut tera, strings);
        match tera.add_raw_templates(templates.iter().map(|(name, source)| (name.as_str(), &*source.text))) {
            Ok(()) => Ok(Theme { tera, sources: templates.clone(), hash }),
            Err(error) => Err(problems(&error, templates, Code::TPL001)),
        }
    }

    /// Whether there is a template for pages of this kind.
    pub fn has(&self, template: &str) -> bool {
        self.sources.contains_key(&format!("{template}.html"))
    }

    /// Names that `template` in the front matter may have.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().filter(|name| !name.contains('/') && *name != "base.html").filter_map(|name| name.strip_suffix(".html"))
    }

    /// Names of author blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().filter_map(|name| name.strip_prefix("blocks/")?.strip_suffix(".html"))
    }

    /// Renders a page.
    ///
    /// # Errors
    /// What the template did wrong, with its place.
    pub fn render(&self, view: &View) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("lang", Value::normal_string(&view.page.lang));
        context.insert_value("site", view.site.value.clone());
        context.insert_value("page", super::values::ToValue::to_value(&view.page));
        // A check reports a template that the theme does not have, at the page that names it.
        let name = if self.has(&view.page.template) { format!("{}.html", view.page.template) } else { "page.html".to_owned() };
        self.run(&name, &context).map_err(|error| self.failed(&name, &error))
    }

    /// Renders an author's block.
    ///
    /// # Errors
    /// What the template did wrong, with its place.
    pub fn block(&self, name: &str, arguments: &[(Box<str>, Box<str>)], body: &str, lang: &str) -> Result<String, Box<Diagnostic>> {
        if !self.sources.contains_key(&format!("blocks/{name}.html")) {
            return Ok(body.to_owned()); // A check reports it at its place.
        }
        let mut args = tera::Map::new();
        for (key, value) in arguments {
            args.insert(key.to_string().into(), Value::normal_string(value));
        }
        let mut context = Context::new();
        context.insert_value("lang", Value::normal_string(lang));
        context.insert_value("args", Value::from(args));
        context.insert_value("body", Value::safe_string(body));
        let name = format!("blocks/{name}.html");
        self.run(&name, &context).map_err(|error| self.failed(&name, &error))
    }

    /// What went wrong, at least with the template that was asked for as its place.
    fn failed(&self, name: &str, error: &Error) -> Box<Diagnostic> {
        let problem = problems(error, &self.sources, Code::TPL002).swap_remove(0);
        if problem.span.is_some() {
            return Box::new(problem);
        }
        let endless = matches!(error.kind(), ErrorKind::Io(_)).then_some("this template writes more than 32 MB for one page");
        let problem = located(&self.sources, name, endless.unwrap_or(&problem.message), None, Code::TPL002);
        Box::new(problem.help("is there a loop or a component in it, or in what it includes, that never ends?"))
    }

    fn run(&self, name: &str, context: &Context) -> TeraResult<String> {
        let mut out = Limited(Vec::with_capacity(32 * 1024));
        self.tera.render_to(name, context, &mut out)?;
        String::from_utf8(out.0).map_err(|error| Error::message(error.to_string()))
    }
}

/// The largest page in bytes: a template that writes more is in an endless loop (RELIABILITY.md A-12).
const LARGEST_PAGE: usize = 32 * 1024 * 1024;

/// A page being written.
struct Limited(Vec<u8>);

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_PAGE {
            return Err(std::io::Error::other("a page is too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The strings of a language, with what they said without arguments or about numbers: the same on many pages.
struct Speaker {
    tag: String,
    strings: Arc<Strings>,
    said: [RwLock<HashMap<Box<str>, Value>>; 3],
}

/// How a template asks for a string.
#[derive(Clone, Copy)]
enum Manner {
    Html,
    Text,
    Script,
}

impl Speaker {
    fn say(&self, manner: Manner, arguments: &Kwargs) -> TeraResult<Value> {
        let key = arguments.must_get::<&str>("key")?;
        let Some(asked) = question(key, arguments) else { return Ok(self.make(manner, key, arguments)) };
        let said = &self.said[manner as usize];
        if let Some(known) = said.read().unwrap_or_else(PoisonError::into_inner).get(&*asked) {
            return Ok(known.clone());
        }
        let value = self.make(manner, key, arguments);
        said.write().unwrap_or_else(PoisonError::into_inner).insert(asked.into(), value.clone());
        Ok(value)
    }

    fn make(&self, manner: Manner, key: &str, arguments: &Kwargs) -> Value {
        let given: Vec<(&str, Arg<'_>)> =
            arguments.iter().filter_map(|(name, value)| Some((name.as_str().filter(|name| *name != "key")?, argument(value)))).collect();
        match manner {
            Manner::Html => Value::safe_string(&self.strings.html(key, &given)),
            Manner::Text => Value::normal_string(&self.strings.text(key, &given)),
            Manner::Script => Value::normal_string(&self.strings.script(key)),
        }
    }
}

/// What is asked of a string, where many pages may ask the same: its name, and no arguments but numbers.
fn question<'k>(key: &'k str, arguments: &Kwargs) -> Option<Cow<'k, str>> {
    let mut asked = Cow::Borrowed(key);
    for (name, value) in arguments.iter().filter(|(name, _)| name.as_str() != Some("key")) {
        let number = value.as_f64().filter(|_| value.as_str().is_none())?;
        let _ = write!(asked.to_mut(), " {}={number}", name.as_str()?);
    }
    Some(asked)
}

/// The most numbers that `range` makes. Tera has no limit of work, and its own `range` makes 100,000: two loops inside each other would
/// never end, and say nothing (RELIABILITY.md A-12).
const LONGEST_RANGE: usize = 1000;

/// `range(start=0, end, step_by=1)`.
fn range(arguments: &Kwargs) -> TeraResult<Vec<i64>> {
    let (mut at, end) = (arguments.get::<i64>("start")?.unwrap_or(0), arguments.must_get::<i64>("end")?);
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    let mut numbers = Vec::new();
    while if step < 0 { at > end } else { at < end } {
        if numbers.len() == LONGEST_RANGE || step == 0 {
            return Err(Error::message(format!("`range` makes at most {LONGEST_RANGE} numbers")));
        }
        numbers.push(at);
        at = at.saturating_add(step);
    }
    Ok(numbers)
}

/// Makes the functions of templates known.
fn register(tera: &mut Tera, strings: Vec<(String, Arc<Strings>)>) {
    let speaker = |(tag, strings)| Speaker { tag, strings, said: Default::default() };
    let speakers: Arc<Vec<Speaker>> = Arc::new(strings.into_iter().map(speaker).collect());
    for (name, manner) in [("t", Manner::Html), ("tt", Manner::Text), ("msg", Manner::Script)] {
        let speakers = speakers.clone();
        tera.register_function(name, move |arguments: Kwargs, state: &State| speaking(&speakers, state)?.say(manner, &arguments));
    }
    let all = speakers.clone();
    tera.register_function("language_name", move |arguments: Kwargs, state: &State| {
        Ok::<_, Error>(Value::normal_string(&speaking(&all, state)?.strings.language_name(arguments.must_get::<&str>("tag")?)))
    });
    let all = speakers.clone();
    tera.register_function("number", move |arguments: Kwargs, state: &State| {
        Ok::<_, Error>(Value::normal_string(&speaking(&all, state)?.strings.locale.number(arguments.must_get::<i64>("n")?)))
    });
    tera.register_function("range", |arguments: Kwargs, _: &State| range(&arguments));
    tera.register_function("percent", move |arguments: Kwargs, state: &State| {
        Ok::<_, Error>(Value::normal_string(&speaking(&speakers, state)?.strings.locale.percent(arguments.must_get::<f64>("n")?)))
    });
}

/// The strings of the page's language.
fn speaking<'s>(speakers: &'s [Speaker], state: &State<'_>) -> TeraResult<&'s Speaker> {
    let lang = state.get::<String>("lang")?.unwrap_or_default();
    let known = speakers.iter().find(|speaker| speaker.tag == lang);
    known.ok_or_else(|| Error::message(format!("`lang` is `{lang}`, which is not a language of this site")))
}

fn argument(value: &Value) -> Arg<'_> {
    match (value.as_str(), value.as_f64()) {
        (Some(text), _) if value.is_safe() => Arg::Html(text.into()),
        (Some(text), _) => Arg::Text(text.into()),
        (_, Some(number)) => Arg::Number(number),
        _ => value.as_i64().map_or_else(|| Arg::Text(value.to_string().into()), |number| Arg::Number(number as f64)),
    }
}

/// What Tera reports, as diagnostics with places in our files.
fn problems(error: &Error, templates: &Templates, code: Code) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            vec![located(templates, report.filename(), report.message(), Some(range), code)]
        }
        ErrorKind::MissingParent { current, parent } => {
            vec![located(templates, current, &format!("it extends `{parent}`, which does not exist"), None, code)]
        }
        _ => {
            let text = error.to_string();
            circle(&text, templates, code).map_or_else(|| several(&text, templates, code), |problem| vec![problem])
        }
    }
}

/// Templates that include each other in a circle, at the line that closes it. Tera names the templates on the way in a list.
fn circle(text: &str, templates: &Templates, code: Code) -> Option<Diagnostic> {
    let (_, chain) = text.strip_prefix("Circular include")?.split_once('[')?;
    let names: Vec<&str> = chain.split('"').skip(1).step_by(2).collect();
    let [.., from, to] = names.as_slice() else { return None };
    let source = templates.get(*from)?;
    let at =
        source.text.match_indices("include").map(|(at, _)| at).find(|at| source.text[*at..].lines().next().is_some_and(|line| line.contains(to)));
    let range = at.map(|at| at..at + "include".len());
    Some(located(templates, from, "templates include each other in a circle", range, code).help(names.join(" → ")))
}

/// Tera joins problems of several templates into one text; each begins with `error:` and names its place in a line `--> file:line:column`.
fn several(text: &str, templates: &Templates, code: Code) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some((_, place)) = line.split_once("--> ") {
            let mut parts = place.trim_matches([' ', ']']).rsplitn(3, ':');
            let column = parts.next().and_then(|number| number.trim().parse::<usize>().ok());
            let row = parts.next().and_then(|number| number.trim().parse::<usize>().ok());
            let file = parts.next().unwrap_or("").trim_matches(['[', ' ']);
            let range = templates.get(file).and_then(|source| offset(&source.text, row?, column?)).map(|at| at..at + 1);
            found.push(located(templates, file, message, range, code));
        } else if !line.trim().is_empty()
            && !line.trim_start().starts_with(['|', '-', '='])
            && !line.trim_start().starts_with(|c: char| c.is_ascii_digit())
        {
            message = line.trim().trim_start_matches("error:").trim();
        }
    }
    if found.is_empty() {
        found.push(Diagnostic::new(code, text.lines().next().unwrap_or("a template failed").to_owned()));
    }
    found
}

fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    Some((start + column.saturating_sub(1)).min(text.len()))
}

fn located(templates: &Templates, file: &str, message: &str, range: Option<std::ops::Range<usize>>, code: Code) -> Diagnostic {
    let path = templates.get(file).map_or_else(|| SourcePath::new(format!("built-in/themes/default/templates/{file}")), |source| source.path.clone());
    Diagnostic::new(code, message.to_owned()).at(Span::new(&path, range.unwrap_or(0..0)))
}

/// Settings of a theme with their defaults, by name, as JSON texts: `[settings]` of `theme.toml`, overridden by the site.
pub fn settings(
    source: Option<&Source>,
    site: &BTreeMap<String, String>,
    place: &dyn Fn(&str) -> Span,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let Some(source) = source else { return site.clone() };
    let node = data::toml(&source.path, &source.text, 0, problems);
    let mut reader = Reader::new(&source.path, &node, problems);
    let _ = (reader.string("name"), reader.string("description"));
    let mut settings: BTreeMap<String, String> = match reader.take("settings").map(|node| &node.value) {
        Some(data::Value::Table(entries)) => {
            entries.iter().map(|entry| (entry.key.clone(), crate::base::config::json(&entry.node).to_string())).collect()
        }
        _ => BTreeMap::new(),
    };
    reader.finish();
    for (key, value) in site {
        if settings.contains_key(key) {
            settings.insert(key.clone(), value.clone());
        } else {
            let help = crate::base::suggest::did_you_mean(key, settings.keys().map(String::as_str))
                .unwrap_or_else(|| format!("its settings are {}", settings.keys().cloned().collect::<Vec<_>>().join(", ")));
            problems.push(Diagnostic::new(Code::CFG002, format!("the theme has no setting `{key}`")).at(place(key)).help(help));
        }
    }
    settings
}
