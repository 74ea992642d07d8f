//! "Did you mean …?"

/// The candidate nearest to `word`, if one is near enough to be what was meant.
///
/// Damerau–Levenshtein (optimal string alignment) over scalar values; at most a third of the letters may differ.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let limit = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(word.len()) <= limit)
        .filter_map(|candidate| Some((distance(&word, &candidate.to_lowercase(), limit)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The help line for a misspelt name, if there is a near one.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|name| format!("did you mean `{name}`?"))
}

/// The file that a path most likely means: one of the same or nearly the same name, best in the same or nearly the same folder. An `index`
/// is meant only there.
pub fn nearest_path<'a>(path: &'a str, files: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let parts = |path: &'a str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        (folder, name.split_once('.').map_or(name, |(stem, _)| stem))
    };
    let (folder, stem) = parts(path);
    let files: Vec<&str> = files.into_iter().collect();
    let stem = nearest(stem, files.iter().map(|file| parts(file).1))?;
    let named: Vec<&str> = files.into_iter().filter(|file| parts(file).1 == stem).collect();
    let Some(folder) = nearest(folder, named.iter().map(|file| parts(file).0)) else {
        return named.first().copied().filter(|_| stem != "index");
    };
    let near = || named.iter().copied().filter(|file| parts(file).0 == folder);
    nearest(path, near()).or_else(|| near().next())
}

/// How many changes lead from one text to the other; `None` when more than `limit` do.
fn distance(a: &[char], b: &str, limit: usize) -> Option<usize> {
    let b: Vec<char> = b.chars().collect();
    let mut before = vec![0; b.len() + 1];
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (previous[j] + 1).min(row[j - 1] + 1).min(previous[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        // Two letters may still change places across two rows.
        if row.iter().chain(&previous).min() > Some(&limit) {
            return None;
        }
        before = std::mem::replace(&mut previous, row);
    }
    Some(previous[b.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_swapped_letters_and_nothing_far_away() {
        assert_eq!(nearest("gaols", ["goals", "glossary"]), Some("goals"));
        assert_eq!(nearest("titel", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("elephant", ["title", "tags"]), None);
    }

    #[test]
    fn a_path_is_found_by_its_name_then_by_its_folder() {
        let files = ["a/index.md", "a/goals.md", "a/plan.csv", "a/plan.md", "b/index.md", "b/smart-goals.md", "index.md"];
        for (path, meant) in [
            ("a/gaols.md", Some("a/goals.md")),
            ("b/goals.md", Some("a/goals.md")),
            ("strategy/goals.md", Some("a/goals.md")),
            ("a/plan.cvs", Some("a/plan.csv")),
            ("aa/index.md", Some("a/index.md")),
            ("strategy/index.md", None),
            ("لینک-بد.md", None),
            ("a/new.md", None),
        ] {
            assert_eq!(nearest_path(path, files), meant, "{path}");
        }
    }
}
