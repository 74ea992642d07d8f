//! The machine: files on disk, the output folder, the terminal, the watcher, the development server.
//!
//! Only the commands import this floor. Everything above it sees a [`World`](crate::base::world::World) and a [`Sink`](crate::base::files::Sink)
//! and nothing else of the computer it runs on.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this floor is the door to the machine")]

#[cfg(feature = "serve")]
pub mod browser;
pub mod disk;
pub mod fault;
pub mod git;
pub mod interrupt;
#[cfg(test)]
mod measure;
pub mod save;
#[cfg(feature = "serve")]
pub mod server;
pub mod terminal;
pub mod visit;
pub mod watch;
pub mod writer;
