//! What words of a language look like: statistics of letters, and a list of words, from `tables/words`.

use crate::builtin::WORDS;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The letters and words of a language.
pub(super) struct Words {
    /// How often three letters stand in a row, a space for either end, and how often the first two do.
    threes: FxHashMap<[char; 3], f64>,
    twos: FxHashMap<[char; 2], f64>,
    /// How often each word was seen.
    words: FxHashMap<&'static str, f64>,
    /// How often words were seen in all.
    all: f64,
    letters: f64,
}

static ALL: LazyLock<FxHashMap<&'static str, Words>> =
    LazyLock::new(|| WORDS.iter().map(|file| (file.stem, Words::read(file.text))).collect());

/// What is known of a language, by its ISO 639-3 code.
pub(super) fn words(language: &str) -> Option<&'static Words> {
    ALL.get(language)
}

impl Words {
    fn read(text: &'static str) -> Words {
        let rows = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        let mut words =
            Words { threes: FxHashMap::default(), twos: FxHashMap::default(), words: FxHashMap::default(), all: 0.0, letters: 1.0 };
        let mut letters = rustc_hash::FxHashSet::default();
        for (word, count) in rows {
            let count: f64 = count.parse().unwrap_or(1.0);
            words.all += count;
            words.words.insert(word, count);
            // A word seen often says little more of its letters than one seen a few times.
            let weight = 1.0 + count.ln();
            let mut last = [' ', ' '];
            for c in word.chars().chain([' ']) {
                *words.threes.entry([last[0], last[1], c]).or_default() += weight;
                *words.twos.entry(last).or_default() += weight;
                last = [last[1], c];
                letters.insert(c);
            }
        }
        words.letters = letters.len().max(1) as f64;
        words
    }

    /// The logarithm of the chance of a letter after two others, a space for the end of a word.
    pub(super) fn letter(&self, before: [char; 2], c: char) -> f64 {
        const SMOOTHING: f64 = 0.02;
        let three = self.threes.get(&[before[0], before[1], c]).copied().unwrap_or(0.0);
        let two = self.twos.get(&before).copied().unwrap_or(0.0);
        ((three + SMOOTHING) / (two + SMOOTHING * self.letters)).ln()
    }

    /// What a word gains by being in the list.
    pub(super) fn known(&self, word: &str) -> f64 {
        const KNOWN: f64 = 3.0;
        self.words.get(word).map_or(0.0, |count| KNOWN + (1.0 + count).ln() / 2.0 - (1.0 + self.all).ln() / 20.0)
    }
}
