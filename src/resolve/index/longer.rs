//! Names that say more than a name: all of its words, and others.

use super::{CUT, Index, NameId};
use crate::name::reading::Spelling;

/// The most names that are looked at.
const MOST: usize = 200;

impl Index {
    /// The names that have all words of a spelling, written the same, and up to `more` others.
    pub(in crate::resolve) fn longer(&self, spelling: &Spelling, more: usize) -> Vec<NameId> {
        let words: Option<Vec<u32>> = spelling.words.iter().map(|w| self.word(spelling.letters_of(w))).collect();
        let Some(words) = words else { return Vec::new() };
        let Some(rarest) = words.iter().min_by_key(|w| self.frequency(**w)) else { return Vec::new() };
        let has_all = |name: &NameId| {
            let has = |word: &u32| self.words_of(*name).any(|w| w & !CUT == *word);
            (words.len() + 1..=words.len() + more).contains(&self.words_of(*name).len()) && words.iter().all(has)
        };
        self.names_with(*rarest).take(MOST).map(|(name, ..)| name).filter(has_all).collect()
    }
}
