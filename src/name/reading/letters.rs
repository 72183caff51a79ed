//! The letters that readings are made of, numbered.

use super::costs::Side;
use crate::scheme::language::languages;
use crate::text::{is_alphanumeric, script_of_char};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_script::Script;

/// A letter's number; 0 is none.
pub(crate) type Letter = u8;

/// Where a word starts and ends.
pub(super) const START: char = '^';
pub(super) const END: char = '$';

/// All letters of the table of costs, digits, and the ends of words.
pub(crate) struct Alphabet {
    chars: Vec<char>,
    sides: Vec<Side>,
    low: Vec<Letter>,
    /// The same of letters and digits only.
    plain: Vec<Letter>,
    high: FxHashMap<char, Letter>,
}

/// Characters below this have their numbers in an array.
const LOW: u32 = 0x700;

impl Alphabet {
    pub(super) fn of(chars: impl Iterator<Item = char>) -> Alphabet {
        let mut all: Vec<char> = chars.chain('0'..='9').chain('a'..='z').chain('а'..='я').chain([START, END]).collect();
        all.sort_unstable();
        all.dedup();
        // A letter more than the numbers hold would be read by its base letter.
        all.truncate(usize::from(Letter::MAX) - 1);
        let sides = std::iter::once(Side::Latin).chain(all.iter().map(|c| side(*c))).collect();
        let mut alphabet =
            Alphabet { sides, chars: all, low: vec![0; LOW as usize], plain: vec![0; LOW as usize], high: FxHashMap::default() };
        for (i, c) in alphabet.chars.iter().enumerate() {
            let letter = (i + 1) as Letter;
            match alphabet.low.get_mut(*c as usize) {
                Some(slot) => {
                    *slot = letter;
                    alphabet.plain[*c as usize] = if is_alphanumeric(*c) { letter } else { 0 };
                }
                None => {
                    alphabet.high.insert(*c, letter);
                }
            }
        }
        alphabet
    }

    pub(crate) fn letters(&self) -> impl Iterator<Item = Letter> + use<> {
        1..=self.chars.len() as Letter
    }

    #[inline]
    pub(crate) fn letter(&self, c: char) -> Option<Letter> {
        let letter = match self.low.get(c as usize) {
            Some(letter) => *letter,
            None => self.high.get(&c).copied().unwrap_or(0),
        };
        (letter != 0).then_some(letter)
    }

    /// The number of a letter or digit of those in the array; 0 is none.
    #[inline]
    pub(super) fn plain(&self, c: char) -> Letter {
        self.plain.get(c as usize).copied().unwrap_or(0)
    }

    /// A letter's character; that of none for a number that a damaged file may hold.
    pub(crate) fn char(&self, letter: Letter) -> char {
        self.chars.get(usize::from(letter).wrapping_sub(1)).copied().unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// The Latin letter without its mark, when it has one.
    pub(super) fn base(&self, letter: Letter) -> Option<Letter> {
        let c = self.char(letter);
        let base = c.nfd().next().filter(|base| *base != c && base.is_ascii_alphabetic())?;
        self.letter(base)
    }

    pub(crate) fn side(&self, letter: Letter) -> Side {
        self.sides.get(usize::from(letter)).copied().unwrap_or(Side::Latin)
    }

    /// Whether a letter is of the alphabets of `tables/languages/` or of English, without the marks of romanisations.
    pub(super) fn is_plain(&self, letter: Letter) -> bool {
        let c = self.char(letter);
        c.is_ascii_lowercase() || languages().iter().any(|l| l.alphabet.contains(&c)) || self.side(letter) == Side::Arabic
    }

    pub(crate) fn is_digit(&self, letter: Letter) -> bool {
        self.char(letter).is_ascii_digit()
    }

    /// The numbers of the two ends of a word.
    pub(crate) fn ends(&self) -> [Letter; 2] {
        [START, END].map(|c| self.letter(c).unwrap_or(0))
    }
}

pub(super) fn side(c: char) -> Side {
    match script_of_char(c) {
        Script::Cyrillic => Side::Cyrillic,
        Script::Arabic => Side::Arabic,
        _ => Side::Latin,
    }
}
