//! What stands on the picture of a page that other sites show when somebody shares it.

use crate::base::hash::Hash;
use crate::language::data::Direction;
use crate::site::Site;
use crate::site::page::Page;

/// Changes when cards are drawn in another way, so that nobody keeps the old ones.
const DRAWING: u32 = 1;

/// The words of a card, and the side they begin on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// What it belongs to.
    pub section: String,
    /// The site.
    pub site: String,
    /// Whether it is read from right to left.
    pub rtl: bool,
}

impl Card {
    /// The card of a page: none where the site wants none, where nobody shares the page, and where the author has chosen a picture.
    pub fn of(site: &Site, page: &Page) -> Option<Card> {
        if !site.config.cards || site.is_portable() || page.is_fallback() || page.summary.matter.image.is_some() {
            return None;
        }
        let locale = &site.languages[page.language].locale;
        let title = site.config.title_in(&locale.tag).to_owned();
        let rtl = locale.direction == Direction::Rtl;
        if page.id.is_empty() {
            return Some(Card { title, section: String::new(), site: String::new(), rtl });
        }
        let section = page.above.map(|above| &site.pages[above]).filter(|section| !section.id.is_empty());
        Some(Card {
            title: page.summary.title.clone(),
            section: section.map(|section| section.summary.title.clone()).unwrap_or_default(),
            site: title,
            rtl,
        })
    }

    /// Its address from the root, by what it shows: it can be kept for ever.
    pub fn href(&self) -> String {
        format!("assets/card.{}.png", Hash::of_value(&(DRAWING, self)).short())
    }
}
