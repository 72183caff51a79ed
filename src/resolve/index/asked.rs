//! What was found for the words asked last: the names of a list have many words in common.

use super::WordId;
use rustc_hash::FxHashMap;

/// How many answers are kept at least, and twice that at most.
const KEPT: usize = 1024;

/// Answers by what was asked.
type Answers = FxHashMap<Box<[u8]>, Box<[(WordId, u32)]>>;

/// The answers of one index.
#[derive(Default)]
pub(super) struct Asked {
    /// The number of the index.
    index: u64,
    recent: Answers,
    /// Those before them, dropped when others take their place.
    older: Answers,
}

impl Asked {
    /// The answer of an index to what was asked.
    pub(super) fn answer(&mut self, index: u64, asked: &[u8]) -> Option<&[(WordId, u32)]> {
        if self.index != index {
            *self = Asked { index, ..Asked::default() };
        }
        if let Some((asked, answer)) = self.older.remove_entry(asked) {
            self.insert(asked, answer);
        }
        self.recent.get(asked).map(|answer| &**answer)
    }

    /// Keeps the answer of the index asked last.
    pub(super) fn keep(&mut self, asked: &[u8], answer: &[(WordId, u32)]) {
        self.insert(asked.into(), answer.into());
    }

    fn insert(&mut self, asked: Box<[u8]>, answer: Box<[(WordId, u32)]>) {
        if self.recent.len() >= KEPT {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(asked, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_last_is_known() {
        let mut all = Asked::default();
        for number in 0..5000u32 {
            assert_eq!(all.answer(1, &number.to_le_bytes()), None);
            all.keep(&number.to_le_bytes(), &[(number, 7)]);
            assert_eq!(all.answer(1, &number.to_le_bytes()), Some(&[(number, 7)][..]));
            assert!(all.recent.len() + all.older.len() <= 2 * KEPT);
        }
        assert_eq!(all.answer(1, &4000u32.to_le_bytes()), Some(&[(4000, 7)][..]));
        assert_eq!(all.answer(1, &1u32.to_le_bytes()), None);
        // Another index has other words.
        assert_eq!(all.answer(2, &4000u32.to_le_bytes()), None);
    }
}
