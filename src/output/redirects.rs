//! Old addresses: a page for each alias that leads to the new one, without script; servers that can, answer before it is read.

use super::Shared;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;
use crate::render::html::Html;
use crate::site::page::{Page, root};
use crate::site::redirects::aliases;

/// Writes a page for each alias.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    for (page, out) in aliases(shared.job.site) {
        sink.put(OutPath::new(&out), Blob::new(redirect(shared, page, &out)));
    }
    Vec::new()
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
