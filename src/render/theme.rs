//! A theme: templates, files, settings. What a site's theme does not have comes from the default one, file by file.

mod functions;
mod problems;
pub mod settings;

use self::problems::{located, problems};
use super::view::View;
use crate::base::diagnostic::{Code, Diagnostic};
use crate::base::hash::Hash;
use crate::base::source::Source;
use crate::site::strings::Strings;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use tera::{Context, Error, ErrorKind, Map, Tera, TeraResult, Value};

/// What pages share of one build: the templates of the folder `shared`, by language, site, root and, where a menu may name the page, its address.
#[derive(Default)]
pub struct SharedParts(RwLock<HashMap<(String, Hash, String, Option<String>), Value>>);

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
        functions::register(&mut tera, strings);
        match tera.add_raw_templates(templates.iter().map(|(name, source)| (name.as_str(), &*source.text))) {
            Ok(()) => Ok(Theme { tera, sources: templates.clone(), hash }),
            Err(error) => {
                let help =
                    "templates are Tera: `{{ page.title }}` shows a value; `{% if … %}`, `{% for … %}` and `{% block … %}` each need their end";
                let found = problems(&error, templates, Code::TPL001).into_iter();
                Err(found.map(|problem| if problem.help.is_none() { problem.help(help) } else { problem }).collect())
            }
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

    /// Renders a page; `shared` are the parts of this build.
    ///
    /// # Errors
    /// What the template did wrong, with its place.
    pub fn render(&self, view: &View, shared: &SharedParts) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("lang", Value::normal_string(&view.page.lang));
        context.insert_value("site", view.site.value.clone());
        context.insert_value("page", super::values::ToValue::to_value(&view.page));
        context.insert_value("shared", self.shared(view, shared)?);
        // A check reports a template that the theme does not have, at the page that names it.
        let name = if self.has(&view.page.template) { format!("{}.html", view.page.template) } else { "page.html".to_owned() };
        self.run(&name, &context).map_err(|error| self.failed(&name, &error))
    }

    /// The parts that a page shares with others, made for the first of them.
    fn shared(&self, view: &View, known: &SharedParts) -> Result<Value, Box<Diagnostic>> {
        let page = &view.page;
        // A guide in a section and a tag are in no menu, so no menu says of them that they are what is being read.
        let in_menus = if page.template == "page" { page.section.is_none() } else { page.template != "tag" };
        let href = in_menus.then(|| page.href.clone());
        let key = (page.lang.clone(), view.site.hash, page.root.clone(), href);
        if let Some(parts) = known.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(parts.clone());
        }
        let mut place = Map::new();
        place.insert("root".into(), Value::normal_string(&page.root));
        place.insert("href".into(), key.3.as_deref().map_or_else(Value::none, Value::normal_string));
        let mut context = Context::new();
        context.insert_value("lang", Value::normal_string(&page.lang));
        context.insert_value("site", view.site.value.clone());
        context.insert_value("page", Value::from(place));
        let mut parts = Map::new();
        for name in self.sources.keys() {
            let Some(part) = name.strip_prefix("shared/").and_then(|name| name.strip_suffix(".html")) else { continue };
            let html = self.text(name, &context)?;
            parts.insert(part.to_owned().into(), Value::safe_string(html.trim_end()));
        }
        let parts = Value::from(parts);
        known.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, parts.clone());
        Ok(parts)
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
        self.text(&name, &context)
    }

    /// Renders a template.
    fn text(&self, name: &str, context: &Context) -> Result<String, Box<Diagnostic>> {
        let html = self.run(name, context).map_err(|error| self.failed(name, &error))?;
        Ok(String::from_utf8(html).expect("templates are text and are given texts"))
    }

    /// What went wrong, at least with the template that was asked for as its place.
    fn failed(&self, name: &str, error: &Error) -> Box<Diagnostic> {
        let problem = problems(error, &self.sources, Code::TPL002).swap_remove(0);
        if problem.span.is_some() {
            let help = "what many pages share sees only `page.root` and `page.href` of a page, and all of `site`";
            return Box::new(if name.starts_with("shared/") { problem.help(help) } else { problem });
        }
        let endless = matches!(error.kind(), ErrorKind::Io(_)).then_some("this template writes more than 32 MB for one page");
        let problem = located(&self.sources, name, endless.unwrap_or(&problem.message), None, Code::TPL002);
        Box::new(problem.help("is there a loop or a component in it, or in what it includes, that never ends?"))
    }

    fn run(&self, name: &str, context: &Context) -> TeraResult<Vec<u8>> {
        let mut out = Limited(Vec::with_capacity(32 * 1024));
        self.tera.render_to(name, context, &mut out)?;
        Ok(out.0)
    }
}

/// The largest page in bytes: a template that writes more is in an endless loop.
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
