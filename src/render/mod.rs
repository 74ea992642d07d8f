//! The face of one page: a pure function of its view and the theme.

pub mod body;
pub mod card;
pub mod explain;
mod checklist;
mod clean;
#[cfg(feature = "highlight")]
mod highlight;
pub mod html;
mod json_ld;
pub mod links;
pub mod resolved;
mod table;
pub mod terms;
pub mod theme;
mod values;
pub mod view;
pub mod views;
