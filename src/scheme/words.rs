//! What words of a language look like: a list of words, from `tables/words`, and statistics of letters, from those words and
//! from `tables/letters`.

use crate::builtin::{LETTERS, WORDS};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The letters and words of a language.
pub(super) struct Words {
    /// How often three letters stand in a row, a space for either end, and what follows the first two.
    threes: FxHashMap<[char; 3], f64>,
    starts: FxHashMap<[char; 2], Followed>,
    /// The same of two letters in a row.
    twos: FxHashMap<[char; 2], f64>,
    ones: FxHashMap<char, Followed>,
    /// How often each word was seen.
    words: FxHashMap<&'static str, f64>,
    /// How often words were seen in all.
    all: f64,
    letters: f64,
}

/// How often a letter followed, and how many letters did.
#[derive(Clone, Copy, Default)]
struct Followed {
    times: f64,
    letters: f64,
}

static ALL: LazyLock<FxHashMap<&'static str, Words>> =
    LazyLock::new(|| WORDS.iter().map(|file| (file.stem, Words::read(file.stem, file.text))).collect());

/// What is known of a language, by its ISO 639-3 code.
pub(super) fn words(language: &str) -> Option<&'static Words> {
    ALL.get(language)
}

/// The rows of a table, each with its count.
fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, f64)> {
    let rows = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.map(|(text, count)| (text, count.parse().unwrap_or(1.0)))
}

impl Followed {
    /// A letter followed, a new one or one that did before.
    fn by(&mut self, weight: f64, new: bool) {
        self.times += weight;
        self.letters += f64::from(u8::from(new));
    }

    /// The chance of a letter that followed so often, or that has a chance otherwise.
    fn chance(self, times: f64, otherwise: f64) -> f64 {
        // Where nothing was seen, a letter may be any.
        let letters = self.letters.max(1.0);
        (times + letters * otherwise) / (self.times + letters)
    }
}

impl Words {
    fn read(language: &str, text: &'static str) -> Words {
        let mut words = Words {
            threes: FxHashMap::default(),
            starts: FxHashMap::default(),
            twos: FxHashMap::default(),
            ones: FxHashMap::default(),
            words: FxHashMap::default(),
            all: 0.0,
            letters: 1.0,
        };
        for (word, count) in rows(text) {
            words.all += count;
            words.words.insert(word, count);
            // A word seen often says little more of its letters than one seen a few times.
            let weight = 1.0 + count.ln();
            let mut last = [' ', ' '];
            for c in word.chars().chain([' ']) {
                words.count([last[0], last[1], c], weight);
                last = [last[1], c];
            }
        }
        let letters = LETTERS.iter().filter(|file| file.stem == language).flat_map(|file| rows(file.text));
        for (three, weight) in letters {
            let mut three = three.chars().map(|c| if c == '_' { ' ' } else { c });
            if let [Some(a), Some(b), Some(c)] = [three.next(), three.next(), three.next()] {
                words.count([a, b, c], weight);
            }
        }
        words.letters = words.ones.len().max(1) as f64;
        words
    }

    /// Three letters stood in a row.
    fn count(&mut self, [a, b, c]: [char; 3], weight: f64) {
        let three = self.threes.entry([a, b, c]).or_default();
        self.starts.entry([a, b]).or_default().by(weight, *three == 0.0);
        *three += weight;
        let two = self.twos.entry([b, c]).or_default();
        self.ones.entry(b).or_default().by(weight, *two == 0.0);
        *two += weight;
    }

    /// The logarithm of the chance of a letter after two others, a space for the end of a word. What was never seen after two
    /// letters is as likely as after the last of them, and what was never seen after that one as any letter, the more so
    /// the more letters were seen there (Witten and Bell).
    pub(super) fn letter(&self, before: [char; 2], c: char) -> f64 {
        let any = 1.0 / self.letters;
        let after_one = {
            let two = self.twos.get(&[before[1], c]).copied().unwrap_or_default();
            self.ones.get(&before[1]).copied().unwrap_or_default().chance(two, any)
        };
        let three = self.threes.get(&[before[0], before[1], c]).copied().unwrap_or_default();
        self.starts.get(&before).copied().unwrap_or_default().chance(three, after_one).ln()
    }

    /// What a word gains by being in the list.
    pub(super) fn known(&self, word: &str) -> f64 {
        const KNOWN: f64 = 3.0;
        self.words.get(word).map_or(0.0, |count| KNOWN + (1.0 + count).ln() / 2.0 - (1.0 + self.all).ln() / 20.0)
    }
}
