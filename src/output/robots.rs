//! `robots.txt`: everything may be read, and where the sitemap is.

use super::{Shared, put_unless_own};
use crate::base::diagnostic::Diagnostic;
use crate::base::files::Sink;

/// Writes it for a hosted site.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    if let Some(base) = site.base_url() {
        put_unless_own(site, sink, "robots.txt", || format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"));
    }
    Vec::new()
}
