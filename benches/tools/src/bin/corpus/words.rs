//! The words of a made-up language: 30,000 of them, as unevenly used as in real text (Zipf, Mandelbrot).

use crate::random::Random;
use std::collections::HashSet;

/// How many words each language has.
const SIZE: usize = 30_000;
/// U+200C, which Persian writes inside words.
pub const ZWNJ: char = '\u{200c}';
/// Persian letters that never join the next one, so that no ZWNJ follows them.
const UNJOINED: [char; 8] = ['ا', 'آ', 'د', 'ذ', 'ر', 'ز', 'ژ', 'و'];

/// How words of a language are made.
pub struct Recipe {
    /// Real words for the first ranks: nearly half of any text.
    pub common: &'static str,
    /// What a syllable begins with.
    onsets: &'static str,
    /// What is in the middle; `_` is nothing.
    nuclei: &'static str,
    /// What a syllable ends with; `_` is nothing.
    codas: &'static str,
    /// Endings of words; `_` is nothing.
    endings: &'static str,
    /// Letters that must not come about inside a stem, because a typographic check takes them for an ending or a prefix.
    avoid: &'static str,
}

/// English.
pub const ENGLISH: Recipe = Recipe {
    common: "the of and to in a is that for it as with you be on by are this at or from not your have an they which one we can all when \
             there if will what more other who about then these so some would into has two new than first may each how only most after \
             before must many where through such should them their do",
    onsets: "b b bl br c c ch cl cr d d dr f f fl fr g gr h h j l l m m n n p p pl pr r r s s sh sp st t t th tr v w w",
    nuclei: "a a e e i i o o u ai ea ee ie oa ou",
    codas: "_ _ _ _ b ck d d l l ll m n n nd ng nt p r r rt s s st t t",
    endings: "_ _ _ _ _ _ _ s s s ed ing er ly ment ness able ion",
    avoid: "",
};

/// Swedish.
pub const SWEDISH: Recipe = Recipe {
    common: "och i att det som en på är av för med till den har de inte om ett han men var sig så från vi du kan man när år säger under \
             också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än här då sedan över bara in \
             blir upp även vad få två vill mellan dig din ditt varje måste",
    onsets: "b b bl d d dr f f fl fr g gr h h j k k kl kv l l m m n n p p pr r r s s sj sk sl sn st sv t t tj tr v v",
    nuclei: "a a e e i o u y å ä ö",
    codas: "_ _ _ _ d g k l l ll m n n nd ng nn r r rd rk rs s st t t",
    endings: "_ _ _ _ _ _ en et a ar er or ade ning het lig are ande",
    avoid: "",
};

/// Persian: plurals, comparatives and verbs carry a real ZWNJ.
pub const PERSIAN: Recipe = Recipe {
    common: "و در به از که این را با است برای آن یک خود تا بر هم نیز شما هر یا اما اگر باید پس بود شد کنید دارد نیست همه چه چند بسیار \
             دیگر پیش هنگام کار روز سال راه نام جا چون همین چنین بیشتر کم باشد شود کند دارید داد گرفت میان زیر روی کنار بدون",
    onsets: "ب پ ت ج چ خ د ر ز س ش ف ق ک گ ل م ن ه و",
    nuclei: "ا ا ا و ی ی _ _ _ _",
    codas: "_ _ _ _ _ ب د ر ر ز س ش گ ل م ن ن ک ت",
    endings: "_ _ _ _ _ _ _ _ ه ی ی ان گر مند \u{200c}ها \u{200c}ها \u{200c}های \u{200c}تر \u{200c}ترین",
    avoid: "ها می ترین مان تان شان",
};

/// The words of a language and how often each is used.
pub struct Words {
    list: Vec<String>,
    /// Walker's alias method: stay below the threshold, else take the other.
    alias: Vec<(f64, u32)>,
}

impl Words {
    /// Makes the vocabulary of a language.
    pub fn new(recipe: &Recipe, seed: u64) -> Words {
        let mut random = Random::new(&[seed, 1]);
        let mut list: Vec<String> = recipe.common.split_whitespace().map(str::to_owned).collect();
        let mut seen: HashSet<String> = list.iter().cloned().collect();
        let parts = Parts::new(recipe);
        while list.len() < SIZE {
            let word = parts.word(&mut random, list.len());
            list.extend(seen.insert(word.clone()).then_some(word));
        }
        Words { alias: alias(SIZE), list }
    }

    /// A word, common ones often.
    pub fn any(&self, random: &mut Random) -> &str {
        let column = random.below(self.alias.len());
        let (threshold, other) = self.alias[column];
        let share = (random.next() >> 11) as f64 / (1u64 << 53) as f64;
        &self.list[if share < threshold { column } else { other as usize }]
    }

    /// A word that is neither among the most common nor rare, for titles.
    pub fn telling(&self, random: &mut Random) -> &str {
        &self.list[random.between(200, 6_000)]
    }

    /// The word of a rank.
    pub fn at(&self, rank: usize) -> &str {
        &self.list[rank]
    }
}

/// A recipe, split once.
struct Parts {
    onsets: Vec<&'static str>,
    nuclei: Vec<&'static str>,
    codas: Vec<&'static str>,
    endings: Vec<&'static str>,
    avoid: Vec<&'static str>,
}

impl Parts {
    fn new(recipe: &Recipe) -> Parts {
        let split = |text: &'static str| text.split_whitespace().map(|part| if part == "_" { "" } else { part }).collect();
        Parts {
            onsets: split(recipe.onsets),
            nuclei: split(recipe.nuclei),
            codas: split(recipe.codas),
            endings: split(recipe.endings),
            avoid: split(recipe.avoid),
        }
    }

    /// A stem and, after a stem that can carry one, an ending.
    fn word(&self, random: &mut Random, rank: usize) -> String {
        loop {
            let mut word = self.stem(random, rank);
            let ending = random.pick(&self.endings);
            if word.chars().count() < 3 || self.avoid.iter().any(|letters| word.contains(letters)) {
                continue;
            }
            if !(ending.starts_with(ZWNJ) && word.ends_with(UNJOINED)) {
                word.push_str(ending);
            }
            return word;
        }
    }

    /// Rare words are longer.
    fn stem(&self, random: &mut Random, rank: usize) -> String {
        let syllables = match rank {
            0..1_000 => 1,
            1_000..15_000 => random.between(1, 2),
            _ => 2,
        };
        let mut word = String::new();
        for _ in 0..syllables {
            for part in [&self.onsets, &self.nuclei, &self.codas] {
                word.push_str(random.pick(part));
            }
        }
        word
    }
}

/// Walker's alias table for weights 1/(rank + 2), ranks from 0; only sums and divisions, so the same on every machine.
fn alias(size: usize) -> Vec<(f64, u32)> {
    let weights: Vec<f64> = (0..size).map(|rank| 1.0 / (rank as f64 + 2.0)).collect();
    let mean = weights.iter().sum::<f64>() / size as f64;
    let mut shares: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
    let mut table = vec![(1.0, 0); size];
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..size).partition(|rank| shares[*rank] < 1.0);
    while let (Some(low), Some(high)) = (small.pop(), large.last().copied()) {
        table[low] = (shares[low], high as u32);
        shares[high] -= 1.0 - shares[low];
        if shares[high] < 1.0 {
            large.pop();
            small.push(high);
        }
    }
    table
}
