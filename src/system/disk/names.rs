//! Which names on disk never belong to a site, and which cannot be published.

/// Whether a file of this name is never listed: hidden files, keys, backups and what editors leave lying for a moment.
pub fn is_private_file(name: &str) -> bool {
    const ENDINGS: &[&str] = &["~", ".bak", ".swp", ".swo", ".swx", ".tmp", ".key", ".pem", ".crswap"];
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || (name.starts_with('#') && name.ends_with('#'))
        || name.contains("___jb_")
        || matches!(lower.as_str(), "4913" | "thumbs.db" | "desktop.ini")
        || is_sed_file(name)
}

/// Whether a folder of this name is never entered.
pub fn is_private_folder(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~')
}

/// The one hidden folder that is published (RFC 8615), and only directly in `static/`.
pub fn is_well_known(path: &str) -> bool {
    path == "static/.well-known"
}

/// `sed -i` writes to `sedXXXXXX` first; six letters and digits that are no word.
fn is_sed_file(name: &str) -> bool {
    name.strip_prefix("sed").is_some_and(|rest| {
        rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()) && rest.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    })
}

/// Whether a name can be part of a [`SourcePath`](crate::base::path::SourcePath) at all: no control character, no backslash.
pub fn is_nameable(name: &str) -> bool {
    !name.chars().any(|c| c.is_control() || c == '\\')
}

/// Whether a file keeps its own name in the built site, so that the name has to work on every computer.
pub fn keeps_its_name(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match path.split('/').next() {
        Some("static") => true,
        Some("content") => !matches!(extension, "md" | "toml" | "lock"),
        Some("themes") => path.split('/').nth(2) == Some("static"),
        _ => false,
    }
}

/// Why a path cannot be published under its own name, with what to do; `None` when it can.
pub fn unpublishable(path: &str) -> Option<(String, String)> {
    path.split('/').find_map(|part| wrong_part(part).map(|(wrong, help)| (format!("`{part}` cannot be the name of a published file: {wrong}"), help)))
}

/// The most bytes of one part of an output path; leaves room for `.html.br`.
const LONGEST: usize = 200;

fn wrong_part(part: &str) -> Option<(String, String)> {
    if let Some(c) = part.chars().find(|c| ":*?\"<>|".contains(*c)) {
        return Some((format!("`{c}` is not allowed in file names on Windows"), "use letters, digits, hyphens and dots".to_owned()));
    }
    if part.len() > LONGEST {
        return Some((format!("it is {} bytes long, {LONGEST} are allowed", part.len()), "shorten it; a Persian letter counts two bytes".to_owned()));
    }
    if part.ends_with(['.', ' ']) {
        return Some(("it ends with a dot or a space, which Windows drops".to_owned(), "remove the last character".to_owned()));
    }
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"].iter().any(|d| stem.strip_prefix(d).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit()));
    device.then(|| (format!("`{stem}` is a device on Windows"), "choose another name".to_owned()))
}

/// Whether a file is text, so that the limit for texts holds.
pub fn is_text(path: &str) -> bool {
    const TEXTS: &[&str] = &["md", "toml", "ftl", "html", "htm", "css", "js", "mjs", "json", "txt", "xml", "yaml", "yml", "lock", "csv", "vtt"];
    path.rsplit_once('.').is_some_and(|(_, extension)| TEXTS.contains(&extension.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_of_editors_are_private_and_words_are_not() {
        for name in ["a.md~", ".#a.md", ".a.md.swp", "4913", "a.md___jb_tmp___", "#a.md#", "sedAb12Cd", ".env", "id.pem", "SITE.KEY", "a.BAK"] {
            assert!(is_private_file(name), "{name}");
        }
        for name in ["a.md", "4913.md", "sedations", "sed.md", "keyboard.png", "فارسی.md", "-rf", "%2e%2e.txt"] {
            assert!(!is_private_file(name), "{name}");
        }
    }

    #[test]
    fn names_that_some_computer_refuses_cannot_be_published() {
        for path in ["static/a:b.png", "static/con.txt", "static/x/com1", "static/dot./a", "static/what?.pdf"] {
            assert!(unpublishable(path).is_some(), "{path}");
        }
        assert!(unpublishable(&format!("static/{}.png", "پ".repeat(101))).is_some());
        for path in ["static/راهنما 2.pdf", "static/com10.txt", "static/..a", "static/-rf", "static/🙂.png"] {
            assert!(unpublishable(path).is_none(), "{path}");
        }
    }
}
