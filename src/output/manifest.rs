//! The web manifest of each language: what the site is called on a phone's home screen (W3C Web Application Manifest).

use super::Assets;
use super::{Shared, put_unless_own};
use crate::base::diagnostic::Diagnostic;
use crate::base::files::Sink;
use crate::site::Site;
use crate::site::page::{LanguageIndex, root};
use serde_json::{Map, Value, json};

/// Where it is, from the root; a page opened from disk cannot load one.
pub fn href(site: &Site, language: LanguageIndex) -> Option<String> {
    (!site.is_portable()).then(|| site.in_language(language, "manifest.webmanifest"))
}

/// Writes that of each language.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    for language in 0..site.languages.len() {
        if let Some(href) = href(site, language) {
            put_unless_own(site, sink, &href, || format!("{:#}\n", manifest(site, language, shared.job.assets, &root(&format!("/{href}")))));
        }
    }
    Vec::new()
}

fn manifest(site: &Site, language: LanguageIndex, assets: &Assets, root: &str) -> Value {
    let locale = &site.languages[language].locale;
    let mut manifest = Map::new();
    manifest.insert("name".into(), site.config.title_in(&locale.tag).into());
    let description = site.config.description_in(&locale.tag);
    if !description.is_empty() {
        manifest.insert("description".into(), description.into());
    }
    manifest.insert("lang".into(), locale.tag.as_str().into());
    manifest.insert("dir".into(), locale.direction.as_str().into());
    manifest.insert("start_url".into(), "./".into());
    manifest.insert("scope".into(), root.into());
    manifest.insert("display".into(), "browser".into());
    if let Some(icon) = assets.href("icon.svg") {
        manifest.insert("icons".into(), json!([{ "src": format!("{root}{icon}"), "type": "image/svg+xml", "sizes": "any" }]));
    }
    Value::Object(manifest)
}
