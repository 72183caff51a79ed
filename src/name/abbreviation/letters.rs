//! Whether letters of an abbreviation may stand for letters of a word: the same, one that lost its mark, or letters of another
//! script that are read the same.

use super::table::TABLE;
use crate::name::key::readings;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How letters fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Same,
    Flattened,
    Script,
}

struct Sounds {
    /// What a letter may be read as.
    letters: FxHashMap<char, Vec<String>>,
    /// Sequences of Latin letters, by the first of them.
    sequences: FxHashMap<char, Vec<Sequence>>,
}

/// A sequence of letters with its readings.
type Sequence = (Vec<char>, Vec<String>);

static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| {
    let mut sounds = Sounds { letters: FxHashMap::default(), sequences: FxHashMap::default() };
    sounds.letters.extend(('a'..='z').map(|c| (c, vec![c.to_string()])));
    for (letters, readings) in readings() {
        let readings: Vec<String> = readings.iter().filter(|r| !r.is_empty()).cloned().collect();
        let letters: Vec<char> = letters.chars().collect();
        match letters[..] {
            [one] => {
                sounds.letters.insert(one, readings);
            }
            [first, ..] if is_latin(first) => sounds.sequences.entry(first).or_default().push((letters, readings)),
            _ => {}
        }
    }
    sounds
});

fn is_latin(c: char) -> bool {
    c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c)
}

/// The ways in which the beginning of `a`, letters of an abbreviation, fits that of `b`, letters of a word: how many letters of
/// each, and how.
pub(super) fn fits(a: impl Iterator<Item = char> + Clone, b: impl Iterator<Item = char> + Clone, mut each: impl FnMut(usize, usize, Fit)) {
    let (Some(first), Some(second)) = (a.clone().next(), b.clone().next()) else { return };
    if first == second {
        return each(1, 1, Fit::Same);
    }
    match (is_latin(first), is_latin(second)) {
        (true, false) => across(a, first, second, |n| each(n, 1, Fit::Script)),
        (false, true) => across(b, second, first, |n| each(1, n, Fit::Script)),
        _ => {
            let lost = |marked, plain| TABLE.flattened.get(&marked).is_some_and(|all| all.contains(&plain));
            if lost(first, second) || lost(second, first) {
                each(1, 1, Fit::Flattened);
            }
        }
    }
}

/// With how many Latin letters a text that begins with `first` writes `other`, a letter of another script.
fn across(latin: impl Iterator<Item = char> + Clone, first: char, other: char, mut each: impl FnMut(usize)) {
    if !first.is_alphabetic() {
        return;
    }
    let Some(meant) = SOUNDS.letters.get(&other) else { return };
    let same = |readings: &[String]| readings.iter().any(|r| meant.contains(r));
    if SOUNDS.letters.get(&first).is_some_and(|r| same(r)) && !TABLE.never_across.contains(&(first, other)) {
        each(1);
    }
    for (letters, readings) in SOUNDS.sequences.get(&first).into_iter().flatten() {
        if same(readings) && latin.clone().take(letters.len()).eq(letters.iter().copied()) {
            each(letters.len());
        }
    }
}
