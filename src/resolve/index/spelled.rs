//! Words of the registry as they are compared, kept from one search to the next: many names have the same.

use super::{CUT, Index, NameId, WordId};
use crate::name::reading::Spelling;

/// How many words are kept.
const KEPT: usize = 1 << BITS;
const BITS: u32 = 8;

/// Words as they are compared, by where their numbers put them: one takes the place of another.
pub(super) struct Spelled {
    words: Vec<(Option<WordId>, Spelling)>,
    /// The number of the index they are of.
    index: u64,
}

impl Spelled {
    pub(super) fn new() -> Spelled {
        Spelled { words: (0..KEPT).map(|_| Default::default()).collect(), index: u64::MAX }
    }

    /// A word as a spelling of one word by its letters alone, or of none where it has no letters.
    pub(super) fn word(&mut self, index: &Index, word: WordId) -> &Spelling {
        if self.index != index.number {
            self.index = index.number;
            self.words.iter_mut().for_each(|(of, _)| *of = None);
        }
        // Fibonacci hashing.
        let (of, spelling) = &mut self.words[(word.wrapping_mul(0x9E37_79B9) >> (WordId::BITS - BITS)) as usize];
        if *of != Some(word) {
            *of = Some(word);
            spelling.clear();
            spelling.push_word(index.word_letters(word), 0..0, false);
        }
        spelling
    }

    /// The spelling of a name from the words it has.
    pub(super) fn name(&mut self, index: &Index, name: NameId, into: &mut Spelling) {
        into.clear();
        for word in index.words_of(name) {
            into.push_copy(self.word(index, word & !CUT), word & CUT != 0);
            if let Some(last) = into.words.last_mut() {
                last.sense = index.sense(word & !CUT);
            }
        }
    }
}
