//! The letters that readings are made of, numbered.

use super::costs::Side;
use crate::scheme::language::languages;
use crate::text::{is_alphabetic, script_of_char};
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
    /// The same of letters only.
    plain: Vec<Letter>,
    high: FxHashMap<char, Letter>,
    /// The numbers of the two ends of a word.
    ends: [Letter; 2],
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
        let mut alphabet = Alphabet {
            sides,
            chars: all,
            low: vec![0; LOW as usize],
            plain: vec![0; LOW as usize],
            high: FxHashMap::default(),
            ends: [0; 2],
        };
        for (i, c) in alphabet.chars.iter().enumerate() {
            let letter = (i + 1) as Letter;
            match alphabet.low.get_mut(*c as usize) {
                Some(slot) => {
                    *slot = letter;
                    alphabet.plain[*c as usize] = if is_alphabetic(*c) { letter } else { 0 };
                }
                None => {
                    alphabet.high.insert(*c, letter);
                }
            }
        }
        alphabet.ends = [START, END].map(|c| alphabet.letter(c).unwrap_or(0));
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

    /// The numbers of the letters of those in the array that a text begins with, without digits; as many as there is room for. Says how many they are,
    /// and their bytes.
    #[inline]
    pub(super) fn plain(&self, text: &[u8], room: &mut [Letter]) -> (usize, usize) {
        let mut rest = text;
        let mut count = 0;
        for slot in room {
            let (code, after) = match *rest {
                [first @ ..0x80, ref after @ ..] => (usize::from(first), after),
                [first @ ..0xE0, second, ref after @ ..] => (usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F), after),
                _ => break,
            };
            let letter = self.plain.get(code).copied().unwrap_or(0);
            if letter == 0 {
                break;
            }
            *slot = letter;
            (rest, count) = (after, count + 1);
        }
        (count, text.len() - rest.len())
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
    #[inline]
    pub(crate) fn ends(&self) -> [Letter; 2] {
        self.ends
    }
}

pub(super) fn side(c: char) -> Side {
    match script_of_char(c) {
        Script::Cyrillic => Side::Cyrillic,
        Script::Arabic => Side::Arabic,
        _ => Side::Latin,
    }
}
