//! Names by the first letters of their words: what an abbreviation may stand for.

use super::{CUT, Index, NameId, WordId};
use crate::name::key::first_key;
use crate::name::parts::{Language, Meaning, Sense, without_honoured};
use crate::name::reading::{Costs, Letter};
use rustc_hash::FxHashMap;

/// A registry with more names is not asked what an abbreviation stands for: the list would have to lie in its file.
const MOST: usize = 300_000;
/// As many letters an abbreviation has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;

/// The names of each row of first letters.
#[derive(Default)]
pub(in crate::resolve) struct Initials {
    names: FxHashMap<Vec<Letter>, Vec<NameId>>,
}

impl Index {
    /// The first letters of all names of several words, and those of what they are in English, with small words and without, with the
    /// country and without, with whom the name honours and without.
    pub(in crate::resolve) fn initials(&self) -> Initials {
        let mut all = Initials::default();
        if self.len() > MOST {
            return all;
        }
        let mut in_english: FxHashMap<WordId, Option<Letter>> = FxHashMap::default();
        let mut words: Vec<Initial> = Vec::new();
        for name in 0..self.len() as NameId {
            words.clear();
            for word in self.words_of(name).map(|word| word & !CUT) {
                let letters = self.word_letters(word);
                let Some(own) = letters.first().copied() else { continue };
                // Words of one letter are small words: и, в, a.
                let small = (letters.len() == 1).then_some(Sense::Particle);
                let english = *in_english.entry(word).or_insert_with(|| self.in_english(word));
                let is_named = self.meaning(word).is_some_and(Meaning::is_named);
                words.push(Initial { own, english, sense: small.or_else(|| self.sense(word).map(|(_, sense)| sense)), is_named });
            }
            if words.len() > 1 {
                all.add(name, &words);
                let is_head = |word: &Initial| word.sense == Some(Sense::Head);
                if let Some(left) = without_honoured(&words, |word| word.is_named, is_head).filter(|left| left.len() > 1) {
                    all.add(name, &words[left]);
                }
            }
        }
        all
    }

    fn meaning(&self, word: WordId) -> Option<Meaning> {
        self.sense(word).and_then(|(number, _)| Meaning::of(number))
    }

    /// The Latin letter that a word begins with in English, or as it is read.
    fn in_english(&self, word: WordId) -> Option<Letter> {
        let alphabet = &Costs::get().alphabet;
        let known = self.meaning(word).and_then(|meaning| meaning.word(Language::English)?.chars().next());
        let read = || first_key(&alphabet.char(*self.word_letters(word).first()?).to_string()).chars().next();
        known.or_else(read).and_then(|c| alphabet.letter(c.to_ascii_lowercase()))
    }
}

/// A word of a name, for the letters of its abbreviation.
struct Initial {
    own: Letter,
    english: Option<Letter>,
    sense: Option<Sense>,
    /// It is "named after".
    is_named: bool,
}

impl Initials {
    /// Notes the letters of these words for a name.
    fn add(&mut self, name: NameId, words: &[Initial]) {
        for left_out in [&[][..], &[Sense::Particle, Sense::Legal], &[Sense::Particle, Sense::Legal, Sense::Country]] {
            let kept = || words.iter().filter(|word| word.sense.is_none_or(|sense| !left_out.contains(&sense)));
            for key in [kept().map(|word| Some(word.own)).collect(), kept().map(|word| word.english).collect::<Option<Vec<Letter>>>()] {
                let Some(key) = key.filter(|key: &Vec<Letter>| LETTERS.contains(&key.len())) else { continue };
                let names = self.names.entry(key).or_default();
                if names.last() != Some(&name) {
                    names.push(name);
                }
            }
        }
    }

    /// The names whose words begin with the letters of an abbreviation.
    pub(in crate::resolve) fn of(&self, abbreviation: &str) -> &[NameId] {
        let alphabet = &Costs::get().alphabet;
        let letters: Option<Vec<Letter>> = abbreviation.chars().filter(|c| c.is_alphanumeric()).map(|c| alphabet.letter(c)).collect();
        letters.and_then(|l| self.names.get(&l)).map(Vec::as_slice).unwrap_or_default()
    }
}
