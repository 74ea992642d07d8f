//! The pages of a site, and which of them a function looked at: what it made stays good as long as those are as they were.
//!
//! Nobody says what depends on what. Whoever reads a page reads it through [`Pages`], and whoever asks for the pages around one asks
//! [`Site::neighbours`]; each notes it for the function that runs on this thread. A function that remembers must therefore not look at the
//! site on other threads. What else a site knows of all its pages is in [`Site::structure`].

use super::Site;
use super::page::Page;
use crate::base::hash::Hash;
use crate::base::memo::Memo;
use crate::base::rows::{Before, Rows};
use rayon::iter::IntoParallelRefIterator;
use std::cell::RefCell;
use std::ops::Index;
use std::sync::{Arc, Mutex, PoisonError};

/// All pages, by language, then identity.
#[derive(Debug)]
pub struct Pages {
    pages: Vec<Page>,
    /// The hash of each.
    hashes: Vec<Hash>,
    /// The hash of all of them.
    hash: Hash,
}

impl Pages {
    /// Takes the pages of a site.
    pub fn new(pages: Vec<Page>) -> Pages {
        let hashes: Vec<Hash> = pages.iter().map(|page| page.hash).collect();
        Pages { pages, hash: Hash::of_value(&hashes), hashes }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Each page in order, which is a look at all of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Page> {
        note(|looks| looks.all = Some(self.hash));
        self.pages.iter()
    }

    /// The same on several threads.
    pub fn par_iter(&self) -> rayon::slice::Iter<'_, Page> {
        note(|looks| looks.all = Some(self.hash));
        self.pages.par_iter()
    }

    fn are_as_seen(&self, looks: &Looks) -> bool {
        let same = |(page, hash): &(u32, Hash)| self.hashes.get(*page as usize) == Some(hash);
        looks.all.is_none_or(|hash| hash == self.hash) && looks.pages.iter().all(same)
    }
}

impl Site {
    /// What `make` gives, remembered while `key` and everything that it looked at stay as they were.
    pub fn remember<V: Clone>(&self, memo: &Memo<Seen<V>>, key: Hash, make: impl FnOnce() -> V) -> Seen<V> {
        remember(memo, key, |looks| self.is_as_seen(looks), make)
    }

    /// What `make` gives for each key, remembered while its key, `frame` and everything that it looked at stay as they were. `frame` is one in
    /// which the site's structure is.
    pub fn remember_rows<K: Clone + Eq + std::hash::Hash + Send + Sync, V: Clone + Send + Sync>(
        &self,
        rows: &SeenRows<K, V>,
        frame: Hash,
        keys: Vec<K>,
        make: impl Fn(usize, Before<'_, V>) -> V + Sync,
    ) -> Arc<Vec<Seen<V>>> {
        rows.rows.get(frame, keys, self.still_good(rows), |row, before| rows.noted(before, |before| make(row, before)))
    }

    /// The same, of which each value is given to `then`: where nothing is remembered as they are made, and none is held.
    pub fn each_row<K: Clone + Eq + std::hash::Hash + Send + Sync, V: Clone + Send + Sync>(
        &self,
        rows: &SeenRows<K, V>,
        frame: Hash,
        keys: Vec<K>,
        make: impl Fn(usize, Before<'_, V>) -> V + Sync,
        then: impl Fn(usize, &V) + Sync,
    ) {
        let make = |row: usize, before: Before<'_, Seen<V>>| rows.noted(before, |before| make(row, before));
        rows.rows.each(frame, keys, self.still_good(rows), make, |row, seen| then(row, seen.get()));
    }

    /// Whether a value may stay, for what it looked at.
    fn still_good<K, V>(&self, rows: &SeenRows<K, V>) -> impl Fn(&Seen<V>) -> bool {
        let last = std::mem::replace(&mut *rows.pages.lock().unwrap_or_else(PoisonError::into_inner), self.pages.hash);
        move |seen| last == self.pages.hash || self.is_as_seen(&seen.looks)
    }

    fn is_as_seen(&self, looks: &Looks) -> bool {
        self.pages.are_as_seen(looks) && self.neighbours_are_as_seen(looks)
    }

    fn neighbours_are_as_seen(&self, looks: &Looks) -> bool {
        looks.around.iter().all(|(page, seen)| self.around(*page) == *seen)
    }

    /// The guides before and after one, in reading order.
    pub fn neighbours(&self, page: &Page) -> (Option<&Page>, Option<&Page>) {
        let Some(index) = page.versions[page.language] else { return (None, None) };
        let around = self.around(index);
        note(|looks| looks.around.push((index, around)));
        let [before, after] = around.map(|page| page.map(|page| &self.pages[page]));
        (before, after)
    }

    fn around(&self, page: usize) -> [Option<usize>; 2] {
        let Some(here) = self.reading_place.get(page).copied().flatten() else { return [None, None] };
        let at = |place: usize| self.reading_order[self.places[page].language].get(place).copied();
        [here.checked_sub(1).and_then(at), at(here + 1)]
    }
}

fn remember<V: Clone>(memo: &Memo<Seen<V>>, key: Hash, good: impl FnOnce(&Looks) -> bool, make: impl FnOnce() -> V) -> Seen<V> {
    if !memo.remembers() {
        return Seen { value: make(), looks: Arc::default() };
    }
    memo.get_while(key, |seen| good(&seen.looks), || noted(make))
}

/// What `make` gives, with what it looks at.
fn noted<V>(make: impl FnOnce() -> V) -> Seen<V> {
    let open = Open::new();
    let value = make();
    Seen { value, looks: Arc::new(open.close()) }
}

impl Index<usize> for Pages {
    type Output = Page;

    fn index(&self, index: usize) -> &Page {
        let page = &self.pages[index];
        note(|looks| looks.pages.push((index as u32, page.hash)));
        page
    }
}

impl<'a> IntoIterator for &'a Pages {
    type Item = &'a Page;
    type IntoIter = std::slice::Iter<'a, Page>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A value with the pages that were looked at when it was made.
#[derive(Clone, Debug)]
pub struct Seen<V> {
    value: V,
    looks: Arc<Looks>,
}

impl<V> Seen<V> {
    /// The value. Who takes it depends on the same pages.
    pub fn get(&self) -> &V {
        note(|open| open.add(&self.looks));
        &self.value
    }
}

/// Rows of values that looked at pages.
#[derive(Debug)]
pub struct SeenRows<K, V> {
    rows: Rows<K, Seen<V>>,
    /// The hash of all pages when they were asked for last: nobody has to look again where it is the same.
    pages: Mutex<Hash>,
}

impl<K, V> Default for SeenRows<K, V> {
    fn default() -> SeenRows<K, V> {
        SeenRows { rows: Rows::default(), pages: Mutex::default() }
    }
}

impl<K, V> SeenRows<K, V> {
    /// Rows that remember nothing, for a process that builds once.
    pub fn off() -> SeenRows<K, V> {
        SeenRows { rows: Rows::off(), pages: Mutex::default() }
    }

    /// Whether keys are looked at.
    pub fn remembers(&self) -> bool {
        self.rows.remembers()
    }

    fn noted(&self, before: Before<'_, Seen<V>>, make: impl FnOnce(Before<'_, V>) -> V) -> Seen<V> {
        let make = || make(before.map(|seen| &seen.value));
        if self.remembers() { noted(make) } else { Seen { value: make(), looks: Arc::default() } }
    }
}

/// What was looked at: pages by number with their hashes.
#[derive(Debug, Default)]
struct Looks {
    pages: Vec<(u32, Hash)>,
    /// Pages whose neighbours were asked for, with those.
    around: Vec<(usize, [Option<usize>; 2])>,
    /// The hash of all pages, where all of them were looked at.
    all: Option<Hash>,
}

impl Looks {
    fn add(&mut self, other: &Looks) {
        self.pages.extend_from_slice(&other.pages);
        self.around.extend_from_slice(&other.around);
        self.all = self.all.or(other.all);
    }
}

thread_local! {
    /// The looks of the functions that run on this thread, the innermost last.
    static OPEN: RefCell<Vec<Looks>> = const { RefCell::new(Vec::new()) };
}

fn note(what: impl FnOnce(&mut Looks)) {
    OPEN.with_borrow_mut(|open| {
        if let Some(looks) = open.last_mut() {
            what(looks);
        }
    });
}

/// A function whose looks are noted: until it has made its value, or panics.
struct Open;

impl Open {
    fn new() -> Open {
        OPEN.with_borrow_mut(|open| open.push(Looks::default()));
        Open
    }

    /// What was looked at, each page once.
    fn close(self) -> Looks {
        std::mem::forget(self);
        let mut looks = OPEN.with_borrow_mut(Vec::pop).unwrap_or_default();
        looks.pages.sort_unstable();
        looks.pages.dedup();
        looks.pages.shrink_to_fit();
        looks.around.sort_unstable();
        looks.around.dedup();
        looks.around.shrink_to_fit();
        looks
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        OPEN.with_borrow_mut(Vec::pop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::{Address, PageId, SourcePath};
    use crate::document::Summary;
    use crate::document::front_matter::FrontMatter;
    use crate::site::page::Place;

    /// Pages that say these things.
    fn pages(texts: &[&str]) -> Pages {
        let place = Arc::new(Place {
            id: PageId::new("a"),
            language: 0,
            text_language: 0,
            path: SourcePath::new("content/en/a.md"),
            address: Address::new("/en/a/"),
            href: "en/a/".into(),
            parent: PageId::new(""),
            above: None,
            is_section: false,
            template: "page".to_owned(),
            versions: Arc::default(),
            original: 0,
            document: 0,
            out: crate::site::page::out_path("/en/a/"),
            hash: Hash::default(),
        });
        let page = |text: &&str| Page {
            place: place.clone(),
            summary: Arc::new(Summary {
                matter: FrontMatter::default(),
                title: (*text).to_owned(),
                headings: Vec::new(),
                items: Vec::new(),
                terms: Vec::new(),
            }),
            hash: Hash::of(text.as_bytes()),
            items: Arc::default(),
        };
        Pages::new(texts.iter().map(page).collect())
    }

    fn first_two(pages: &Pages, inner: &Memo<Seen<String>>, outer: &Memo<Seen<String>>) -> String {
        let title = |index: usize| pages[index].summary.title.clone();
        let first = || remember(inner, Hash::of(b"first"), |looks| pages.are_as_seen(looks), || title(0)).get().clone();
        remember(outer, Hash::of(b"both"), |looks| pages.are_as_seen(looks), || first() + &title(1)).get().clone()
    }

    #[test]
    fn a_value_stays_while_the_pages_it_looked_at_do() {
        let (inner, outer) = (Memo::default(), Memo::default());
        let made = |texts: &[&str]| {
            let value = first_two(&pages(texts), &inner, &outer);
            (value, inner.turn(), outer.turn())
        };
        assert_eq!(made(&["a", "b", "c"]), ("ab".to_owned(), 1, 1));
        assert_eq!(made(&["a", "b", "x"]), ("ab".to_owned(), 0, 0), "nobody looked at the third");
        assert_eq!(made(&["a", "y", "x"]), ("ay".to_owned(), 1, 1), "and nobody asked for the inner value meanwhile");
        assert_eq!(made(&["z", "y", "x"]), ("zy".to_owned(), 1, 1), "what the inner function looked at, the outer one did");
        assert_eq!(made(&["z", "q", "x"]), ("zq".to_owned(), 0, 1));
        assert_eq!(made(&["w", "q", "x"]), ("wq".to_owned(), 1, 1), "also when the inner one only remembered");
    }

    #[test]
    fn a_look_at_all_pages_is_one_at_each() {
        let memo = Memo::default();
        let count = |pages: &Pages| *remember(&memo, Hash::of(b"count"), |looks| pages.are_as_seen(looks), || pages.iter().count()).get();
        assert_eq!((count(&pages(&["a", "b"])), memo.turn()), (2, 1));
        assert_eq!((count(&pages(&["a", "b"])), memo.turn()), (2, 0));
        assert_eq!((count(&pages(&["a", "c"])), memo.turn()), (2, 1));
    }

    #[test]
    fn after_a_panic_nobody_is_noted() {
        let memo: Memo<Seen<()>> = Memo::default();
        let broken = || std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| remember(&memo, Hash::of(b"x"), |_| true, || panic!("no"))));
        assert!(broken().is_err());
        OPEN.with_borrow(|open| assert!(open.is_empty()));
    }
}
