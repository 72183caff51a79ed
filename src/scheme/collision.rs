//! Which different texts a scheme writes alike, found by trying all short strings.

use super::Scheme;
use rustc_hash::FxHashMap;

/// Two strings that are written alike, the shorter first.
pub(super) type Pair = (String, String);

/// The pairs that explain every collision among strings of up to so many letters of the alphabet: strings that are written
/// alike become one when what a pair joins is read as one. An empty first means that the second writes nothing.
pub(super) fn collisions(scheme: &Scheme, alphabet: &[char], letters: usize) -> Vec<Pair> {
    let mut groups: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for source in strings(alphabet, letters) {
        groups.entry(scheme.transliterate(&source)).or_default().push(source);
    }
    let mut found: Vec<(usize, String, String)> = Vec::new();
    for group in groups.into_values() {
        if let [first, rest @ ..] = group.as_slice() {
            found.extend(rest.iter().map(|other| (first.chars().count() + other.chars().count(), first.clone(), other.clone())));
        }
    }
    // The shortest come first and explain the longer ones.
    found.sort();
    let mut pairs: Vec<Pair> = Vec::new();
    for (_, one, other) in found {
        if normal(&one, &pairs) != normal(&other, &pairs) {
            pairs.push((one, other));
        }
    }
    pairs
}

/// What a string is once each pair is read as one: a letter as the letters that are written alike, a letter that writes
/// nothing as nothing, and of two strings of one length the second as the first.
pub(super) fn normal(text: &str, pairs: &[Pair]) -> String {
    /// Pairs that hold only in some places could otherwise go round in a circle.
    const MOST: usize = 24;
    let mut text = text.to_owned();
    for _ in 0..MOST {
        let step = pairs.iter().find_map(|(first, second)| {
            let longer = second.chars().count() > first.chars().count() && !first.is_empty() && !second.contains(first.as_str());
            let (from, to) = if longer { (first, second) } else { (second, first) };
            text.contains(from.as_str()).then(|| text.replacen(from.as_str(), to, 1))
        });
        match step {
            Some(next) => text = next,
            None => break,
        }
    }
    text
}

/// All strings of up to so many letters, the shorter first.
fn strings(alphabet: &[char], letters: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..letters {
        last = last.iter().flat_map(|s| alphabet.iter().map(move |c| format!("{s}{c}"))).collect();
        all.extend(last.iter().cloned());
    }
    all
}
