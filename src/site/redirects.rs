//! Old addresses of pages and where they lead now.

use super::Site;
use super::page::{Page, asked_for};
use crate::language::fold::nfc;
use crate::language::slug::encode_path;

/// An old address and the new one, encoded, as paths on the host.
pub struct Redirect {
    /// What readers may still ask for.
    pub from: String,
    /// Where it is now.
    pub to: String,
}

/// Pages with the file of each of their aliases, sorted by that.
pub fn aliases(site: &Site) -> Vec<(&Page, String)> {
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
    let base = site.base_path();
    let one = |(page, out): (&Page, String)| Redirect { from: format!("{base}{}", encode_path(asked_for(&out))), to: format!("{base}{}", page.href) };
    aliases(site).into_iter().map(one).collect()
}
