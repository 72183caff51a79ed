//! Which letters words of the registry begin with: what no word begins with need not be looked for.

use super::Index;
use super::numbers::Numbers;
use crate::name::dots::without_dots_letter;
use crate::name::reading::{Costs, Letter};
use crate::registry::Bytes;
use std::sync::LazyLock;

/// So many letters at least, and at most, are told of.
const SHORTEST: usize = 3;
const LONGEST: usize = 16;

/// The beginnings of words, of each three bits of one number, which others may share (a Bloom filter). Letters that are often written without their
/// dots have none.
pub(super) struct Beginnings {
    bits: Numbers,
}

/// For each letter the one that often stands for it, or itself.
static PLAIN: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    let alphabet = &Costs::get().alphabet;
    (0..=Letter::MAX).map(|letter| alphabet.letter(without_dots_letter(alphabet.char(letter))).unwrap_or(letter)).collect()
});

/// The letters of a beginning as one number, a letter after the other.
fn with(hash: u64, letter: Letter) -> u64 {
    // Fibonacci hashing; the high bits are the good ones.
    (hash.rotate_left(5) ^ u64::from(PLAIN[usize::from(letter)])).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Where the bits of a beginning are, of so many numbers, and which they are.
fn place(hash: u64, count: usize) -> (usize, u32) {
    let at = ((hash >> 32) * count as u64) >> 32;
    let low = (hash ^ hash >> 29) as u32;
    (at as usize, (1 << (low & 31)) | (1 << ((low >> 5) & 31)) | (1 << ((low >> 10) & 31)))
}

impl Beginnings {
    /// Those of so many words.
    pub(super) fn build<'w>(words: impl Iterator<Item = &'w [Letter]>, count: usize) -> Beginnings {
        let mut bits = vec![0; count.max(1)];
        for letters in words {
            let mut hash = 0;
            for (letter, len) in letters.iter().take(LONGEST).zip(1..) {
                hash = with(hash, *letter);
                if len >= SHORTEST {
                    let (at, own) = place(hash, count.max(1));
                    bits[at] |= own;
                }
            }
        }
        Beginnings { bits: bits.into() }
    }

    pub(super) fn stored(bytes: Bytes) -> Beginnings {
        Beginnings { bits: bytes.into() }
    }

    pub(super) fn bytes(&self) -> &Bytes {
        self.bits.bytes()
    }

    /// Whether a word may begin with these letters.
    fn may_begin(&self, letters: impl Iterator<Item = Letter>) -> bool {
        let (hash, len) = letters.take(LONGEST).fold((0, 0), |(hash, len), letter| (with(hash, letter), len + 1));
        let (at, own) = place(hash, self.bits.len());
        len < SHORTEST || (self.bits.get(at) & own) == own
    }
}

impl Index {
    /// Whether a word of a name may begin with letters, which are small. A letter that names are not read by may be any.
    pub(in crate::resolve) fn may_begin(&self, folded: &str) -> bool {
        let alphabet = &Costs::get().alphabet;
        let is_known = folded.chars().all(|c| alphabet.letter(c).is_some());
        !is_known || self.beginnings.may_begin(folded.chars().filter_map(|c| alphabet.letter(c)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::reading::Spelling;

    #[test]
    fn what_words_begin_with_is_known() {
        let lines = || include_str!("../../../tables/words/kaz.tsv").lines().filter(|line| !line.starts_with('#'));
        let words: Vec<&str> =
            lines().filter_map(|line| line.split('\t').next()).filter(|word| word.chars().all(char::is_alphabetic)).collect();
        let letters = |word: &str| -> Vec<Letter> {
            let spelling = Spelling::of(word);
            spelling.letters(&spelling.words[0]).collect()
        };
        let (known, others) = words.split_at(words.len() / 2);
        let all: Vec<Vec<Letter>> = known.iter().map(|word| letters(word)).collect();
        let beginnings = Beginnings::build(all.iter().map(Vec::as_slice), all.len());
        for word in &all {
            assert!((0..=word.len()).all(|len| beginnings.may_begin(word[..len].iter().copied())));
        }
        let may = |word: &&&str| beginnings.may_begin(letters(word).iter().copied());
        let wrong = |word: &&&str| known.iter().all(|other| !other.starts_with(**word)) && may(word);
        assert!(others.iter().filter(wrong).count() * 10 < others.len());
        assert_eq!(beginnings.may_begin(letters("ёлка").into_iter()), beginnings.may_begin(letters("елка").into_iter()));
    }
}
