//! What a language knows, without any site.
