//! Pure functions that remember a whole row of values, such as one for each page: what stands where it stood is compared, not looked up.

use super::hash::Hash;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The remembered results of one function for the arguments of the last build, in their order.
#[derive(Debug)]
pub struct Rows<K, V> {
    last: Mutex<Last<K, V>>,
    remembers: bool,
}

#[derive(Debug)]
struct Last<K, V> {
    frame: Hash,
    keys: Vec<K>,
    values: Arc<Vec<V>>,
}

impl<K, V> Default for Last<K, V> {
    fn default() -> Last<K, V> {
        Last { frame: Hash::default(), keys: Vec::new(), values: Arc::default() }
    }
}

impl<K, V> Default for Rows<K, V> {
    fn default() -> Rows<K, V> {
        Rows { last: Mutex::default(), remembers: true }
    }
}

/// What was remembered of a key that asks for a new value: from another frame, or no longer good.
pub type Before<'a, V> = Option<&'a V>;

impl<K, V> Rows<K, V> {
    /// A table that remembers nothing, for a process that builds once.
    pub fn off() -> Rows<K, V> {
        Rows { remembers: false, ..Rows::default() }
    }

    /// Whether keys are looked at.
    pub fn remembers(&self) -> bool {
        self.remembers
    }
}

impl<K: Clone + Eq + std::hash::Hash + Send + Sync, V: Clone + Send + Sync> Rows<K, V> {
    /// The value of each key, made now in parallel or remembered. A value depends on its key and on what `frame` stands for; one that looked
    /// at more is remembered while it is `good`. `make` gets the number of the key and must be pure. No two rows have the same key: a value that
    /// moved is found by it.
    pub fn get(&self, frame: Hash, keys: Vec<K>, good: impl Fn(&V) -> bool + Sync, make: impl Fn(usize, Before<'_, V>) -> V + Sync) -> Arc<Vec<V>> {
        if !self.remembers {
            return Arc::new((0..keys.len()).into_par_iter().map(|row| make(row, None)).collect());
        }
        // Taken, not locked: whoever waits for the values may be given other work that comes by here.
        let last = std::mem::take(&mut *self.last());
        let is_same_frame = last.frame == frame;
        let moved = (0..last.keys.len()).filter(|row| keys.get(*row) != Some(&last.keys[*row]));
        let elsewhere: HashMap<&K, &V> = moved.map(|row| (&last.keys[row], &last.values[row])).collect();
        let one = |row: usize| {
            let stays = last.keys.get(row) == Some(&keys[row]);
            let before = if stays { Some(&last.values[row]) } else { elsewhere.get(&keys[row]).copied() };
            match before.filter(|value| is_same_frame && good(value)) {
                Some(_) if stays => None,
                Some(value) => Some((row, value.clone())),
                None => Some((row, make(row, before))),
            }
        };
        let new: Vec<(usize, V)> = (0..keys.len()).into_par_iter().filter_map(one).collect();
        let mut values = Arc::unwrap_or_clone(last.values);
        values.truncate(keys.len());
        for (row, value) in new {
            if row < values.len() {
                values[row] = value;
            } else {
                values.push(value);
            }
        }
        let values = Arc::new(values);
        *self.last() = Last { frame, keys, values: values.clone() };
        values
    }

    /// Gives each value to `then`: one after the other where they are remembered, else as they are made, and none is held.
    pub fn each(
        &self,
        frame: Hash,
        keys: Vec<K>,
        good: impl Fn(&V) -> bool + Sync,
        make: impl Fn(usize, Before<'_, V>) -> V + Sync,
        then: impl Fn(usize, &V) + Sync,
    ) {
        if self.remembers {
            self.get(frame, keys, good, make).iter().enumerate().for_each(|(row, value)| then(row, value));
        } else {
            (0..keys.len()).into_par_iter().for_each(|row| then(row, &make(row, None)));
        }
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Last<K, V>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a row of numbers gives, and which were made.
    fn squares(rows: &Rows<u32, u32>, frame: &str, keys: &[u32], bad: Option<u32>) -> (Vec<u32>, Vec<u32>) {
        let made = Mutex::new(Vec::new());
        let make = |row: usize, _: Before<'_, u32>| {
            made.lock().unwrap().push(keys[row]);
            keys[row] * keys[row]
        };
        let values = rows.get(Hash::of(frame.as_bytes()), keys.to_vec(), |value| Some(*value) != bad, make);
        let mut made = made.into_inner().unwrap();
        made.sort_unstable();
        (values.to_vec(), made)
    }

    #[test]
    fn only_what_changed_is_made() {
        let rows = Rows::default();
        assert_eq!(squares(&rows, "a", &[1, 2, 3], None), (vec![1, 4, 9], vec![1, 2, 3]));
        assert_eq!(squares(&rows, "a", &[1, 2, 3], None), (vec![1, 4, 9], vec![]));
        assert_eq!(squares(&rows, "a", &[1, 5, 3], None), (vec![1, 25, 9], vec![5]));
        assert_eq!(squares(&rows, "a", &[4, 1, 5, 3], None), (vec![16, 1, 25, 9], vec![4]), "a row that comes first moves all others");
        assert_eq!(squares(&rows, "a", &[5, 3], None), (vec![25, 9], vec![]));
        assert_eq!(squares(&rows, "a", &[1, 5, 3], None), (vec![1, 25, 9], vec![1]), "forgotten by a build without it");
        assert_eq!(squares(&rows, "a", &[1, 5, 3], Some(25)), (vec![1, 25, 9], vec![5]), "no longer good");
        assert_eq!(squares(&rows, "b", &[1, 5], None), (vec![1, 25], vec![1, 5]), "another frame");
        assert_eq!(squares(&rows, "b", &[], None), (vec![], vec![]));
    }

    #[test]
    fn who_makes_a_value_again_sees_the_last_one() {
        let rows = Rows::default();
        let seen = |frame: &[u8], keys: &[u32]| {
            rows.get(Hash::of(frame), keys.to_vec(), |_| true, |_, before| before.map_or(0, |before| before + 1)).to_vec()
        };
        assert_eq!(seen(b"a", &[7, 8]), [0, 0]);
        assert_eq!(seen(b"b", &[9, 7]), [0, 1], "also from another place");
        assert_eq!(seen(b"b", &[9, 7]), [0, 1]);
    }

    #[test]
    fn without_memory_everything_is_made() {
        let rows = Rows::off();
        assert_eq!(squares(&rows, "a", &[1, 2], None).1, [1, 2]);
        assert_eq!(squares(&rows, "a", &[1, 2], None).1, [1, 2]);
    }
}
