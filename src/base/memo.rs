//! Pure functions that remember: a value is kept under the hash of its whole argument, as long as each build asks for it.

use super::hash::Hash;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The remembered results of one function.
#[derive(Debug)]
pub struct Memo<V> {
    state: Mutex<State<V>>,
    remembers: bool,
}

#[derive(Debug)]
struct State<V> {
    /// What the current build has asked for.
    current: HashMap<Hash, V>,
    /// What the last build asked for.
    last: HashMap<Hash, V>,
    /// Keys that had to be made in the current build.
    made: usize,
}

impl<V> Default for Memo<V> {
    fn default() -> Memo<V> {
        Memo { state: Mutex::new(State { current: HashMap::new(), last: HashMap::new(), made: 0 }), remembers: true }
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
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.made += 1;
        state.current.insert(key, value.clone());
        value
    }

    /// Keeps a value that is known from elsewhere, as if it had been asked for.
    pub fn keep(&self, key: Hash, value: V) {
        if self.remembers {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.last.remove(&key);
            state.current.insert(key, value);
        }
    }

    fn known(&self, key: Hash) -> Option<V> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = state.current.get(&key) {
            return Some(value.clone());
        }
        let value = state.last.remove(&key)?;
        state.current.insert(key, value.clone());
        Some(value)
    }

    /// Forgets what the build that ends here did not ask for; gives how many values it had to make.
    pub fn turn(&self) -> usize {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.last = std::mem::take(&mut state.current);
        std::mem::take(&mut state.made)
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
