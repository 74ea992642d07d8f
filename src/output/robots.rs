//! `robots.txt`: everything may be read, and where the sitemap is.

use super::Shared;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;

/// Writes it for a hosted site, unless `static/` has one.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    if let Some(base) = site.base_url()
        && !site.static_files.contains("static/robots.txt")
    {
        sink.put(OutPath::new("robots.txt"), Blob::new(format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n")));
    }
    Vec::new()
}
