//! A diff by lines that a person can read.

/// What differs: `-` is what the case says, `+` what came out; three equal lines around each place.
pub fn lines(said: &str, got: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (said.lines().collect(), got.lines().collect());
    let mut table = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i][j] = if a[i] == b[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut all) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            all.push((' ', a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || i < a.len() && table[i + 1][j] >= table[i][j + 1] {
            all.push(('-', a[i]));
            i += 1;
        } else {
            all.push(('+', b[j]));
            j += 1;
        }
    }
    let near = |at: usize| all[at.saturating_sub(3)..(at + 4).min(all.len())].iter().any(|(mark, _)| *mark != ' ');
    let shown: Vec<String> = (0..all.len()).filter(|at| near(*at)).map(|at| format!("  {} {}", all[at].0, all[at].1)).collect();
    if shown.is_empty() { "  only line ends differ".to_owned() } else { shown.join("\n") }
}
