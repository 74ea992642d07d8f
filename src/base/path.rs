//! Names with one meaning each: files, pages, languages, addresses, anchors, items.

use std::sync::Arc;

/// Makes a cheap-to-clone string type that cannot be mixed up with another.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            /// Where it lies in memory, which costs nothing to ask: two with the same place are equal, others may still be.
            pub fn place(one: &Self) -> *const u8 {
                Arc::as_ptr(&one.0).cast()
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    )*};
}

names! {
    /// A file of the project, from its root, with `/` between folders: `content/sv/index.md`.
    SourcePath
    /// A file of the built site, decoded: `sv/strategi/mål-som-styr/index.html`.
    OutPath
    /// A BCP 47 tag as written in `site.toml`: `fa`.
    LanguageTag
    /// The identity shared by the translations of a page: `strategy/goals-that-steer`; the home page is empty.
    PageId
    /// A decoded address from the root of the site: `/sv/strategi/mål-som-styr/`.
    Address
    /// An id inside a page, as after `#`, decoded.
    Anchor
    /// The id of a checklist item: `[a-z0-9][a-z0-9-]{0,63}`.
    ItemId
}

impl SourcePath {
    /// The name after the last `/`.
    pub fn file_name(&self) -> &str {
        self.rsplit('/').next().unwrap_or(self)
    }

    /// The folder it lies in, without a closing `/`; empty for the root.
    pub fn folder(&self) -> &str {
        self.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What follows the last dot of the name, if any.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').map(|(_, extension)| extension)
    }
}

/// Resolves `link` (with `.` and `..`) against the folder `from`; `None` when it leaves the root.
///
/// RFC 3986, section 5.2.4, on decoded text.
pub fn join(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = if link.starts_with('/') { Vec::new() } else { from.split('/').filter(|p| !p.is_empty()).collect() };
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
