//! What words of a language look like: statistics of letters, and a list of words, from `tables/words`.

use crate::builtin::WORDS;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The letters and words of a language.
pub(super) struct Words {
    /// How often three letters stand in a row, a space for either end, and how often the first two do.
    threes: FxHashMap<[char; 3], f64>,
    starts: FxHashMap<[char; 2], f64>,
    /// The same of two letters in a row.
    twos: FxHashMap<[char; 2], f64>,
    ones: FxHashMap<char, f64>,
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
        let mut words = Words {
            threes: FxHashMap::default(),
            starts: FxHashMap::default(),
            twos: FxHashMap::default(),
            ones: FxHashMap::default(),
            words: FxHashMap::default(),
            all: 0.0,
            letters: 1.0,
        };
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
                *words.starts.entry(last).or_default() += weight;
                *words.twos.entry([last[1], c]).or_default() += weight;
                *words.ones.entry(last[1]).or_default() += weight;
                last = [last[1], c];
                letters.insert(c);
            }
        }
        words.letters = letters.len().max(1) as f64;
        words
    }

    /// The logarithm of the chance of a letter after two others, a space for the end of a word. What was never seen after two letters is as
    /// likely as after the last of them, and what was never seen after that one as any letter, but for what unseen is worth.
    pub(super) fn letter(&self, before: [char; 2], c: char) -> f64 {
        const UNSEEN: f64 = 0.5;
        let after_one = {
            let two = self.twos.get(&[before[1], c]).copied().unwrap_or(0.0);
            let one = self.ones.get(&before[1]).copied().unwrap_or(0.0);
            (two + UNSEEN / self.letters) / (one + UNSEEN)
        };
        let three = self.threes.get(&[before[0], before[1], c]).copied().unwrap_or(0.0);
        let start = self.starts.get(&before).copied().unwrap_or(0.0);
        ((three + UNSEEN * after_one) / (start + UNSEEN)).ln()
    }

    /// What a word gains by being in the list.
    pub(super) fn known(&self, word: &str) -> f64 {
        const KNOWN: f64 = 3.0;
        self.words.get(word).map_or(0.0, |count| KNOWN + (1.0 + count).ln() / 2.0 - (1.0 + self.all).ln() / 20.0)
    }
}
