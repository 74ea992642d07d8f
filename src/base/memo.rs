//! Pure functions that remember: a value is kept under the hash of its whole argument, as long as each build asks for it.

use super::diagnostic::Diagnostic;
use super::hash::Hash;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The remembered results of one function.
#[derive(Debug)]
pub struct Memo<V> {
    state: Mutex<State<V>>,
    remembers: bool,
}

#[derive(Debug)]
struct State<V> {
    /// Values, each with the last build that asked for it.
    known: HashMap<Hash, (u64, V), BuildHasherDefault<First>>,
    /// The number of the current build.
    build: u64,
    /// Keys that had to be made in the current build.
    made: usize,
}

/// Keys are hashes already: their first eight bytes will do.
#[derive(Default)]
struct First(u64);

impl Hasher for First {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_ne_bytes(*first);
        }
    }

    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

impl<V> Default for Memo<V> {
    fn default() -> Memo<V> {
        Memo { state: Mutex::new(State { known: HashMap::default(), build: 0, made: 0 }), remembers: true }
    }
}

impl<V> Memo<V> {
    /// A table that remembers nothing, for a process that builds once.
    pub fn off() -> Memo<V> {
        Memo { remembers: false, ..Memo::default() }
    }
}

impl<V: Clone> Memo<V> {
    /// Whether a key will be asked for again, so that one is worth making.
    pub fn remembers(&self) -> bool {
        self.remembers
    }

    /// The hash of an argument, made only where it is needed.
    pub fn key(&self, argument: impl FnOnce() -> Hash) -> Hash {
        if self.remembers { argument() } else { Hash::default() }
    }

    /// The value for the hash of an argument, made now or remembered. `make` runs outside the lock and must be pure.
    pub fn get(&self, key: Hash, make: impl FnOnce() -> V) -> V {
        self.get_while(key, |_| true, make)
    }

    /// The same for a function that looks at more than its argument: what is remembered must be `good` still.
    pub fn get_while(&self, key: Hash, good: impl FnOnce(&V) -> bool, make: impl FnOnce() -> V) -> V {
        if !self.remembers {
            return make();
        }
        if let Some(known) = self.known(key).filter(good) {
            return known;
        }
        let value = make();
        let mut state = self.state();
        state.made += 1;
        let build = state.build;
        state.known.insert(key, (build, value.clone()));
        value
    }

    /// Keeps a value that is known from elsewhere, as if it had been asked for.
    pub fn keep(&self, key: Hash, value: V) {
        if self.remembers {
            let mut state = self.state();
            let build = state.build;
            state.known.insert(key, (build, value));
        }
    }

    fn known(&self, key: Hash) -> Option<V> {
        let mut state = self.state();
        let build = state.build;
        let (asked, value) = state.known.get_mut(&key)?;
        *asked = build;
        Some(value.clone())
    }

    fn state(&self) -> MutexGuard<'_, State<V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what the build that ends here did not ask for; gives how many values it had to make.
    pub fn turn(&self) -> usize {
        let mut state = self.state();
        let build = state.build;
        state.known.retain(|_, (asked, _)| *asked == build);
        state.build += 1;
        std::mem::take(&mut state.made)
    }
}

impl<V: Clone> Memo<(V, Vec<Diagnostic>)> {
    /// The value for a hash; what was wrong in making it is told each time, also where it is remembered.
    pub fn get_telling(&self, key: Hash, problems: &mut Vec<Diagnostic>, make: impl FnOnce(&mut Vec<Diagnostic>) -> V) -> V {
        let (value, found) = self.get(key, || {
            let mut found = Vec::new();
            (make(&mut found), found)
        });
        problems.extend(found);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_and_forgotten_after_a_build_without_it() {
        let memo = Memo::default();
        let key = Hash::of(b"argument");
        assert_eq!((memo.get(key, || 1), memo.get(key, || 2)), (1, 1));
        assert_eq!(memo.turn(), 1);
        assert_eq!(memo.get(key, || 3), 1);
        assert_eq!(memo.turn(), 0);
        memo.turn();
        assert_eq!(memo.get(key, || 4), 4);
    }
}
