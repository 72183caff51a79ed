//! Names by the first letters of their words: what an abbreviation may stand for.

use super::{CUT, Index, NameId};
use crate::name::parts::Sense;
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
    /// The first letters of all names of several words, with small words and without, with the country and without.
    pub(in crate::resolve) fn initials(&self) -> Initials {
        let mut all = Initials::default();
        if self.len() > MOST {
            return all;
        }
        for name in 0..self.len() as NameId {
            let words: Vec<(Letter, Option<Sense>)> = self
                .words_of(name)
                .filter_map(|w| {
                    let letters = self.word_letters(w & !CUT);
                    // Words of one letter are small words: и, в, a.
                    let small = (letters.len() == 1).then_some(Sense::Particle);
                    Some((*letters.first()?, small.or_else(|| self.sense(w & !CUT).map(|(_, sense)| sense))))
                })
                .collect();
            let letters = |left_out: &[Sense]| -> Vec<Letter> {
                words.iter().filter(|(_, s)| s.is_none_or(|s| !left_out.contains(&s))).map(|(letter, _)| *letter).collect()
            };
            for left_out in [&[][..], &[Sense::Particle, Sense::Legal], &[Sense::Particle, Sense::Legal, Sense::Country]] {
                let key = letters(left_out);
                if words.len() > 1 && LETTERS.contains(&key.len()) {
                    let names = all.names.entry(key).or_default();
                    if names.last() != Some(&name) {
                        names.push(name);
                    }
                }
            }
        }
        all
    }
}

impl Initials {
    /// The names whose words begin with the letters of an abbreviation.
    pub(in crate::resolve) fn of(&self, abbreviation: &str) -> &[NameId] {
        let alphabet = &Costs::get().alphabet;
        let letters: Option<Vec<Letter>> = abbreviation.chars().filter(|c| c.is_alphanumeric()).map(|c| alphabet.letter(c)).collect();
        letters.and_then(|l| self.names.get(&l)).map(Vec::as_slice).unwrap_or_default()
    }
}
