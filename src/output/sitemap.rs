//! `sitemap.xml` with the alternates that pages carry: one function makes both.

use super::{Shared, put_unless_own};
use crate::base::diagnostic::Diagnostic;
use crate::base::escape::escaped;
use crate::base::files::Sink;
use crate::base::hash::Hash;
use crate::base::rows::Before;
use crate::site::page::Page;
use std::fmt::Write;
use std::sync::Arc;

/// Writes the sitemap of a hosted site.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    let Some(base) = site.base_url() else { return Vec::new() };
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    if site.config.is_multilingual()
        && let Some(home) = site.home(site.source_language())
    {
        entry(&mut xml, base, None, &shared.views.hreflang(home, base));
    }
    let own: Vec<&Page> = site.pages.iter().filter(|page| !page.is_fallback()).collect();
    let make = |row: usize, _: Before<'_, Arc<str>>| {
        let (page, mut xml) = (own[row], String::new());
        let changed = page.summary.matter.updated.or(page.summary.matter.date).map(|date| date.to_string());
        entry(&mut xml, &format!("{base}{}", page.href), changed, &shared.views.hreflang(page, base));
        xml.into()
    };
    let keys = own.iter().map(|page| page.hash).collect();
    let frame = Hash::of_value(&(shared.job.keys.structure, base));
    shared.job.memos.sitemap.get(frame, keys, |_| true, make).iter().for_each(|entry| xml.push_str(entry));
    for tag in site.tags.iter().flatten() {
        entry(&mut xml, &format!("{base}{}", tag.href), None, &shared.views.tag_hreflang(tag, base));
    }
    xml.push_str("</urlset>\n");
    put_unless_own(site, sink, "sitemap.xml", || xml);
    Vec::new()
}

fn entry(xml: &mut String, address: &str, changed: Option<String>, alternates: &[(String, String)]) {
    let _ = write!(xml, "<url><loc>{}</loc>", escaped(address));
    if let Some(changed) = changed {
        let _ = write!(xml, "<lastmod>{changed}</lastmod>");
    }
    for (tag, href) in alternates {
        let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", escaped(tag), escaped(href));
    }
    xml.push_str("</url>\n");
}
