//! Why each page was made again: which of its inputs has another hash than last time (`--explain`).

use crate::base::hash::Hash;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Everything a page is made from, by hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// Its file.
    pub file: Hash,
    /// What its text shows of other pages: links, pictures, items, the state of the translation.
    pub links: Hash,
    /// What its frame shows: titles of neighbours, dates, terms.
    pub frame: Hash,
    /// What all pages of its language share.
    pub shared: Hash,
    /// Templates and strings.
    pub theme: Hash,
}

/// Remembers inputs and says what changed. Does nothing unless it is switched on.
#[derive(Debug, Default)]
pub struct Explain {
    state: Option<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    last: BTreeMap<String, Inputs>,
    told: Vec<String>,
}

impl Explain {
    /// Switches it on.
    pub fn on() -> Explain {
        Explain { state: Some(Mutex::default()) }
    }

    /// Notes that a page is being made.
    pub fn made(&self, page: &str, inputs: impl FnOnce() -> Inputs) {
        let Some(state) = &self.state else { return };
        let inputs = inputs();
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let reason = match state.last.insert(page.to_owned(), inputs) {
            None => "it is new".to_owned(),
            Some(last) => changed(last, inputs),
        };
        state.told.push(format!("{page}: {reason}"));
    }

    /// What has been noted since the last time, sorted by page.
    pub fn told(&self) -> Vec<String> {
        let Some(state) = &self.state else { return Vec::new() };
        let mut told = std::mem::take(&mut state.lock().unwrap_or_else(PoisonError::into_inner).told);
        told.sort();
        told
    }
}

fn changed(last: Inputs, now: Inputs) -> String {
    let parts = [
        (last.file != now.file, "its file"),
        (last.links != now.links, "what its text shows of other pages"),
        (last.frame != now.frame, "what its frame shows of other pages"),
        (last.shared != now.shared, "what all pages of its language share"),
        (last.theme != now.theme, "a template or a string"),
    ];
    let changed: Vec<&str> = parts.iter().filter(|(changed, _)| *changed).map(|(_, name)| *name).collect();
    if changed.is_empty() { "it had been forgotten".to_owned() } else { format!("{} changed", changed.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_which_input_changed_and_only_when_switched_on() {
        let hash = |text: &str| Hash::of(text.as_bytes());
        let first = Inputs { file: hash("a"), links: hash("b"), frame: hash("c"), shared: hash("d"), theme: hash("e") };
        let explain = Explain::on();
        explain.made("en/a/", || first);
        explain.made("en/a/", || Inputs { file: hash("new"), theme: hash("new"), ..first });
        assert_eq!(explain.told(), ["en/a/: it is new", "en/a/: its file, a template or a string changed"]);
        assert!(explain.told().is_empty());
        let off = Explain::default();
        off.made("en/a/", || first);
        assert!(off.told().is_empty());
    }
}
