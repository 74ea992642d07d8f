//! Old addresses: a page for each alias that leads to the new one, without script; servers that can, answer before it is read.

use super::Shared;
use super::headers::base_path;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;
use crate::language::fold::nfc;
use crate::language::slug::encode_path;
use crate::render::html::Html;
use crate::site::Site;
use crate::site::page::{Page, root};

/// An old address and the new one, encoded, as paths on the host.
pub struct Redirect {
    /// What readers may still ask for.
    pub from: String,
    /// Where it is now.
    pub to: String,
}

/// Writes a page for each alias.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    for (page, out) in aliases(shared.job.site) {
        sink.put(OutPath::new(&out), Blob::new(redirect(shared, page, &out)));
    }
    Vec::new()
}

/// Pages with the file of each of their aliases, sorted by that.
fn aliases(site: &Site) -> Vec<(&Page, String)> {
    let file = |address: &str| match address.trim_start_matches('/') {
        file if file.ends_with(".html") => file.to_owned(),
        folder => format!("{}/index.html", folder.trim_end_matches('/')),
    };
    let pages = site.pages.iter().filter(|page| !page.is_fallback());
    let mut aliases: Vec<(&Page, String)> =
        pages.flat_map(|page| page.summary.matter.aliases.iter().map(move |alias| (page, file(&nfc(&alias.text))))).collect();
    aliases.sort_by(|(_, one), (_, other)| one.cmp(other));
    aliases
}

/// All redirects, for servers that can do better than a page.
pub fn list(site: &Site) -> Vec<Redirect> {
    let base = base_path(site);
    let one = |(page, out): (&Page, String)| {
        let from = out.strip_suffix("index.html").unwrap_or(&out);
        Redirect { from: format!("{base}{}", encode_path(from)), to: format!("{base}{}", page.href) }
    };
    aliases(site).into_iter().map(one).collect()
}

fn redirect(shared: &Shared<'_>, page: &Page, out: &str) -> String {
    let site = shared.job.site;
    let locale = &site.languages[page.language].locale;
    let target = format!("{}{}", root(&format!("/{out}")), page.href);
    let title = links_title(shared, page);
    let mut html = Html::default();
    html.html("<!doctype html>\n").open("html", &[("lang", Some(&locale.tag)), ("dir", Some(locale.direction.as_str()))]).line();
    html.open("meta", &[("charset", Some("utf-8"))]).open("title", &[]).text(&page.summary.title).close("title").line();
    html.open("meta", &[("name", Some("robots")), ("content", Some("noindex"))]);
    if let Some(base) = site.base_url() {
        html.open("link", &[("rel", Some("canonical")), ("href", Some(&format!("{base}{}", page.href)))]);
    }
    html.open("meta", &[("http-equiv", Some("refresh")), ("content", Some(&format!("0; url={target}")))]).line();
    html.open("p", &[]).open("a", &[("href", Some(&target))]).html(&title).close("a").close("p").close("html").line();
    html.finish()
}

fn links_title(shared: &Shared<'_>, page: &Page) -> String {
    crate::render::links::title(shared.job.site, page, page.language).isolated()
}
