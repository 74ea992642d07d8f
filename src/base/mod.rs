//! Words everyone shares; this floor knows no site.

pub mod caught;
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod embedded;
pub mod escape;
pub mod files;
pub mod hash;
pub mod memo;
pub mod patch;
pub mod path;
pub mod reader;
pub mod rows;
pub mod schema;
pub mod source;
pub mod suggest;
pub mod world;
