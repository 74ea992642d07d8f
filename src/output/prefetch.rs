//! Which pages a browser may fetch when a reader is about to open them (Speculation Rules, by header: no inline script).
//!
//! Pages in the reader's language only, never prepared in full: a page made ahead of time would show old ticks.

use super::{ASSETS, Shared};
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;
use crate::site::Site;
use serde_json::json;
use std::sync::Arc;

/// The file and where it is, from the root, if the site wants it.
fn file(site: &Site) -> Option<(String, Arc<Blob>)> {
    (site.config.prefetch && !site.is_portable()).then(|| {
        let base = site.base_path();
        let rules = json!({ "prefetch": [{
            "where": { "and": [
                { "href_matches": format!("{base}*") },
                { "not": { "href_matches": [format!("{base}*.*"), format!("{base}*/print/*"), format!("{base}*\\?*")] } },
                { "not": { "selector_matches": "[hreflang], [download], [target]" } },
            ] },
            "eagerness": "moderate",
        }] });
        let blob = Blob::new(format!("{rules}\n"));
        (format!("{ASSETS}/prefetch.{}.speculationrules", blob.hash.short()), blob)
    })
}

/// Where the rules are, from the root.
pub fn href(site: &Site) -> Option<String> {
    file(site).map(|(href, _)| href)
}

/// Writes them.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    if let Some((href, blob)) = file(shared.job.site) {
        sink.put(OutPath::new(&href), blob);
    }
    Vec::new()
}
