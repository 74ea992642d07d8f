//! Pages of tags.

use super::Views;
use crate::render::json_ld::json_ld;
use crate::render::links;
use crate::render::view::{Alternate, PageView};
use crate::site::Tag;
use crate::site::page::{LanguageIndex, root};

impl Views<'_> {
    /// The page of a tag.
    pub fn tag(&self, language: LanguageIndex, tag: &Tag) -> Option<PageView> {
        let tags = self.site.special(language, "tags")?;
        let mut view = self.frame(tags);
        view.template = "tag".to_owned();
        view.breadcrumbs.push(links::bare(self.site, tags, language));
        view.root = root(&tag.address);
        view.href = tag.href.to_string();
        view.title = links::to_tag(self.site, language, tag).title;
        view.description = None;
        view.noindex = false;
        view.body_lang = None;
        view.entries = tag.pages.iter().map(|page| links::to(self.site, &self.site.pages[*page])).collect();
        view.alternates = self.tag_alternates(language, tag);
        if let Some(base) = self.site.base_url() {
            view.canonical = Some(format!("{base}{}", tag.href));
            view.hreflang = self.tag_hreflang(tag, base);
        }
        view.json_ld = json_ld(self.site, tags, &view);
        Some(view)
    }

    fn same_tag(&self, language: LanguageIndex, tag: &Tag) -> Option<&Tag> {
        self.site.tags[language].iter().find(|other| other.id == tag.id)
    }

    /// Absolute alternates of a tag's page.
    pub fn tag_hreflang(&self, tag: &Tag, base: &str) -> Vec<(String, String)> {
        if !self.site.config.is_multilingual() {
            return Vec::new();
        }
        let source = self.site.source_language();
        let languages = 0..self.site.languages.len();
        let mut alternates: Vec<(String, String)> = languages
            .clone()
            .filter_map(|language| Some((self.site.languages[language].tag.to_string(), format!("{base}{}", self.same_tag(language, tag)?.href))))
            .collect();
        let default = self.same_tag(source, tag).or_else(|| languages.into_iter().find_map(|language| self.same_tag(language, tag)));
        alternates.extend(default.map(|tag| ("x-default".to_owned(), format!("{base}{}", tag.href))));
        alternates
    }

    fn tag_alternates(&self, language: LanguageIndex, tag: &Tag) -> Vec<Alternate> {
        let tags = self.site.special(language, "tags");
        let mut alternates = tags.map(|tags| self.alternates(tags)).unwrap_or_default();
        for (index, alternate) in alternates.iter_mut().enumerate() {
            if let Some(other) = self.same_tag(index, tag) {
                alternate.href = other.href.to_string();
                alternate.translated = true;
            }
        }
        alternates
    }
}
