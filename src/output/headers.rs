//! What a server is to send with each file, in the words of Netlify and Cloudflare, nginx, Caddy and Apache.
//!
//! `_headers` and `.htaccess` are read where they lie; the files in `_server/` are included from a server's own settings.

use super::ASSETS as FOLDER;
use super::{Shared, feed, manifest, prefetch, put_unless_own};
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Sink, media_type};
use crate::language::slug::decode_path;
use crate::site::Site;
use crate::site::redirects::{self, Redirect};
use std::fmt::Write;

/// The content security policy of every page: what is not the site's own neither runs nor loads.
const POLICY: &[(&str, &str)] = &[
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
];

/// For browsers that look for scripts in texts.
const TRUSTED_TYPES: &str = "require-trusted-types-for 'script'; trusted-types 'none'";

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The endings whose type some server does not know.
const TYPES: &[&str] = &["webmanifest", "atom", "woff2", "md", "js", "json", "speculationrules"];

/// What lies in the folder for servers, and is no page.
const OURS: &[&str] = &["_server", "_headers", "_redirects", ".htaccess"];

/// The directives, with the sources that the site adds.
fn policy(site: &Site) -> String {
    let extra = &site.config.csp_extra;
    let own = POLICY.iter().map(|(directive, sources)| match extra.get(*directive) {
        Some(more) if *sources == "'none'" => format!("{directive} {}", more.join(" ")),
        Some(more) => format!("{directive} {sources} {}", more.join(" ")),
        None => format!("{directive} {sources}"),
    });
    let others = extra.iter().filter(|(directive, _)| POLICY.iter().all(|(known, _)| known != directive));
    let others = others.map(|(directive, sources)| format!("{directive} {}", sources.join(" ")));
    own.chain(others).collect::<Vec<_>>().join("; ")
}

/// The policy for a `<meta>`, for pages from disk and hosts that send no headers.
///
/// From disk, search reads its files as scripts, which trusted types would refuse.
pub fn meta(site: &Site) -> Option<String> {
    match (site.is_portable(), site.config.headers.is_empty()) {
        (true, _) => Some(policy(site)),
        (false, true) => Some(format!("{}; {TRUSTED_TYPES}", policy(site))),
        (false, false) => None,
    }
}

/// The headers of every answer.
fn common(site: &Site) -> Vec<(&'static str, String)> {
    let upgrade = if site.base_url().is_some_and(|base| base.starts_with("http:")) { "" } else { "; upgrade-insecure-requests" };
    let mut headers = vec![
        ("Content-Security-Policy", format!("{}; frame-ancestors 'none'; {TRUSTED_TYPES}{upgrade}", policy(site))),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ];
    // Scripts of other hosts have no hash that we could know.
    let foreign = ["script-src", "style-src"].iter().any(|directive| site.config.csp_extra.contains_key(*directive));
    if !site.is_portable() && !foreign {
        headers.push(("Integrity-Policy", "blocked-destinations=(script style)".to_owned()));
    }
    if let Some(href) = prefetch::href(site) {
        headers.push(("Speculation-Rules", format!("\"{}{href}\"", site.base_path())));
    }
    headers
}

/// Writes the files for the servers that the settings name.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let site = shared.job.site;
    let server = Server { site, headers: common(site), base: site.base_path(), redirects: redirects::list(site) };
    for name in &site.config.headers {
        let files = match name.as_str() {
            "netlify" => vec![("_headers", server.netlify()), ("_redirects", server.netlify_redirects())],
            "nginx" => vec![("_server/nginx.conf", server.nginx())],
            "caddy" => vec![("_server/Caddyfile", server.caddy())],
            _ => vec![(".htaccess", server.apache())],
        };
        for (path, text) in files {
            if !text.is_empty() {
                put_unless_own(site, sink, path, || text);
            }
        }
    }
    Vec::new()
}

struct Server<'a> {
    site: &'a Site,
    headers: Vec<(&'static str, String)>,
    base: &'a str,
    redirects: Vec<Redirect>,
}

impl Server<'_> {
    /// Netlify and Cloudflare Pages; both ask again for pages by themselves.
    fn netlify(&self) -> String {
        let mut out = format!("{}*\n", self.base);
        for (name, value) in &self.headers {
            let _ = writeln!(out, "  {name}: {value}");
        }
        let _ = writeln!(out, "{}{FOLDER}/*\n  Cache-Control: {FOR_EVER}", self.base);
        for language in 0..self.site.languages.len() {
            for href in [feed::href(self.site, language), manifest::href(self.site, language)].into_iter().flatten() {
                let _ = writeln!(out, "{}{href}\n  Content-Type: {}", self.base, media_type(&href));
            }
        }
        out
    }

    fn netlify_redirects(&self) -> String {
        self.redirects.iter().fold(String::new(), |mut out, redirect| {
            let _ = writeln!(out, "{} {} 301", redirect.from, redirect.to);
            out
        })
    }

    /// nginx; a location that sets a header inherits none, so each repeats them all.
    fn nginx(&self) -> String {
        let base = self.base;
        let mut out = format!(
            "# In your `server {{ … }}`, after `root`:  include /path/to/the/site/_server/nginx.conf;\n\
             # `root` is the folder in which `{base}` lies.\n\
             index index.html;\ncharset utf-8;\ncharset_types text/css text/plain text/xml text/markdown text/javascript application/javascript application/json application/atom+xml application/manifest+json;\n\
             error_page 404 {base}404.html;\n"
        );
        if self.site.config.compress {
            out.push_str(
                "gzip_static on;\ngzip_vary on;\n# With the module for Brotli (Debian: libnginx-mod-http-brotli-static):  brotli_static on;\n",
            );
        }
        self.nginx_location(&mut out, base, "no-cache", None);
        self.nginx_location(&mut out, &format!("{base}{FOLDER}/"), FOR_EVER, None);
        // The first regular expression that fits wins.
        let _ = writeln!(
            out,
            "location ~ ^{}({})(/|$) {{ return 404; }}",
            regex(base),
            OURS.iter().map(|name| regex(name)).collect::<Vec<_>>().join("|")
        );
        let assets = ["js", "woff2", "speculationrules"].map(|ending| (format!("~ ^{}{FOLDER}/.*\\.{ending}$", regex(base)), ending, FOR_EVER));
        let others = TYPES.iter().map(|ending| (format!("~ \\.{ending}$"), *ending, "no-cache"));
        for (place, ending, cache) in assets.into_iter().chain(others) {
            let kind = media_type(&format!("x.{ending}")).split(';').next().unwrap_or_default();
            self.nginx_location(&mut out, &place, cache, Some(kind));
        }
        for redirect in &self.redirects {
            let from = decode_path(&redirect.from).unwrap_or_default();
            let _ = writeln!(out, "location = {} {{ return 301 {}; }}", quoted(&from), quoted(&redirect.to));
        }
        out
    }

    fn nginx_location(&self, out: &mut String, place: &str, cache: &str, kind: Option<&str>) {
        let _ = writeln!(out, "location {place} {{");
        if let Some(kind) = kind {
            let _ = writeln!(out, "    types {{}}\n    default_type {kind};");
        }
        for (name, value) in &self.headers {
            let _ = writeln!(out, "    add_header {name} {} always;", quoted(value));
        }
        let _ = writeln!(out, "    add_header Cache-Control {} always;\n    try_files $uri $uri/ =404;\n}}", quoted(cache));
    }

    fn caddy(&self) -> String {
        let base = self.base;
        let mut out = String::from("# In your site's block, after `root`:  import /path/to/the/site/_server/Caddyfile\nheader {\n");
        for (name, value) in &self.headers {
            let _ = writeln!(out, "\t{name} {}", quoted(value));
        }
        let _ = writeln!(out, "}}\n@rahnama_assets path {base}{FOLDER}/*\nheader @rahnama_assets Cache-Control {}", quoted(FOR_EVER));
        let _ = writeln!(out, "@rahnama_pages not path {base}{FOLDER}/*\nheader @rahnama_pages Cache-Control \"no-cache\"");
        for ending in TYPES {
            let kind = media_type(&format!("x.{ending}"));
            let _ = writeln!(out, "@rahnama_{ending} path *.{ending}\nheader @rahnama_{ending} Content-Type {}", quoted(kind));
        }
        for redirect in &self.redirects {
            let from = decode_path(&redirect.from).unwrap_or_default();
            let _ = writeln!(out, "redir {} {} permanent", quoted(&from), quoted(&redirect.to));
        }
        let compressed = if self.site.config.compress { "\tprecompressed br gzip\n" } else { "" };
        let _ = writeln!(out, "file_server {{\n\thide {}\n{compressed}}}", OURS.join(" "));
        let _ = writeln!(out, "handle_errors {{\n\trewrite * {base}404.html\n\tfile_server\n}}");
        out
    }

    fn apache(&self) -> String {
        let base = self.base;
        let mut out = format!("Options -Indexes -MultiViews\nDirectoryIndex index.html\nAddDefaultCharset utf-8\nErrorDocument 404 {base}404.html\n");
        for ending in TYPES {
            let _ = writeln!(out, "AddType {} .{ending}", quoted(media_type(&format!("x.{ending}"))));
        }
        out.push_str("<IfModule mod_headers.c>\n");
        for (name, value) in &self.headers {
            let _ = writeln!(out, "Header always set {name} {}", quoted(value));
        }
        // The names of assets hold sixteen digits of their hash, and `.htaccess` knows no folders below.
        let _ = writeln!(
            out,
            "Header set Cache-Control \"no-cache\"\n<FilesMatch \"\\.[0-9a-f]{{16}}\\.[a-z0-9]+$\">\nHeader set Cache-Control {}\n</FilesMatch>\n</IfModule>",
            quoted(FOR_EVER)
        );
        for redirect in &self.redirects {
            // The module encodes what it sends, so both sides are as they are read.
            let (from, to) = (decode_path(&redirect.from).unwrap_or_default(), decode_path(&redirect.to).unwrap_or_default());
            let _ = writeln!(out, "RedirectMatch 301 {} {}", quoted(&format!("^{}$", regex(&from))), quoted(&to.replace('$', "\\$")));
        }
        out
    }
}

/// In the quotation marks that all these servers know.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A path as a regular expression that matches nothing else.
fn regex(path: &str) -> String {
    path.chars().fold(String::new(), |mut out, c| {
        if ".+*?()[]{}^$|\\".contains(c) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}
