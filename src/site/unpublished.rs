//! Pages that are written and not published: drafts, and those before or after their days.

use super::Site;
use crate::base::path::SourcePath;
use crate::base::suggest::did_you_mean;
use crate::document::front_matter::FrontMatter;
use crate::language::date::Date;

/// A page that readers do not get, and why.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Unpublished {
    /// Its file.
    pub path: SourcePath,
    /// Why.
    pub why: Why,
}

/// Why a page is not published.
#[derive(Clone, Copy, Debug, PartialEq, Hash)]
pub enum Why {
    /// `draft = true`.
    Draft,
    /// `publish_at` is still to come.
    Early(Date),
    /// `expires_at` has come.
    Late(Date),
}

impl Why {
    /// Why a page with these settings is not published today, if it is not.
    pub fn of(matter: &FrontMatter, today: Date) -> Option<Why> {
        let early = || matter.publish_at.filter(|day| today < *day).map(Why::Early);
        let late = || matter.expires_at.filter(|day| *day <= today).map(Why::Late);
        matter.draft.then_some(Why::Draft).or_else(early).or_else(late)
    }

    /// What to say about the page.
    pub(super) fn said(self) -> String {
        match self {
            Why::Draft => "is a draft".to_owned(),
            Why::Early(day) => format!("is not published before {day}"),
            Why::Late(day) => format!("has not been published since {day}"),
        }
    }

    /// How the page in this file is published.
    pub(super) fn mended(self, path: &SourcePath) -> String {
        match self {
            Why::Draft => format!("remove `draft = true` from `{path}` to publish it"),
            Why::Early(_) => format!("see `publish_at` in `{path}`"),
            Why::Late(_) => format!("see `expires_at` in `{path}`"),
        }
    }
}

impl Site {
    /// What to say about a name that no published page has: the message and what to do.
    pub fn no_page(&self, id: &str) -> (String, String) {
        match self.unpublished.get(id) {
            Some(page) => page.words(id),
            None => {
                let help = did_you_mean(id, self.sets.keys().map(|id| &**id))
                    .unwrap_or_else(|| "name a page by its path below the language: `strategy/goals-that-steer`".to_owned());
                (format!("no page `{id}`"), help)
            }
        }
    }
}

impl Unpublished {
    /// The message and what to do, for a page that the author calls `name`.
    pub fn words(&self, name: &str) -> (String, String) {
        let or = match self.why {
            Why::Draft => "leave the link out until then; --drafts shows drafts",
            Why::Early(_) => "give this page the same day",
            Why::Late(_) => "remove the link",
        };
        (format!("the page `{name}` {}", self.why.said()), format!("{}, or {or}", self.why.mended(&self.path)))
    }
}
