//! Answers to what was asked last: the names of a list have many words in common.

use rustc_hash::FxHashMap;

/// How many answers are kept at least, and twice that at most.
const KEPT: usize = 1024;

/// Answers by what was asked.
#[derive(Debug)]
pub(crate) struct Recent<A> {
    recent: FxHashMap<Box<[u8]>, A>,
    /// Those before them, dropped when others take their place.
    older: FxHashMap<Box<[u8]>, A>,
}

impl<A> Default for Recent<A> {
    fn default() -> Recent<A> {
        Recent { recent: FxHashMap::default(), older: FxHashMap::default() }
    }
}

impl<A> Recent<A> {
    /// The answer to what was asked, when it was kept.
    pub(crate) fn answer(&mut self, asked: &[u8]) -> Option<&A> {
        if let Some((asked, answer)) = self.older.remove_entry(asked) {
            self.insert(asked, answer);
        }
        self.recent.get(asked)
    }

    /// Keeps an answer.
    pub(crate) fn keep(&mut self, asked: &[u8], answer: A) {
        self.insert(asked.into(), answer);
    }

    fn insert(&mut self, asked: Box<[u8]>, answer: A) {
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
        let mut all = Recent::default();
        for number in 0..5000u32 {
            assert_eq!(all.answer(&number.to_le_bytes()), None);
            all.keep(&number.to_le_bytes(), number);
            assert_eq!(all.answer(&number.to_le_bytes()), Some(&number));
            assert!(all.recent.len() + all.older.len() <= 2 * KEPT);
        }
        assert_eq!(all.answer(&4000u32.to_le_bytes()), Some(&4000));
        assert_eq!(all.answer(&1u32.to_le_bytes()), None);
    }
}
