//! A name as words, each word as runs of letters.

use super::align::{Columns, Sounded, Start};
use super::costs::{Costs, Run, Side};
use super::endings::{Cut, Endings, Opposite};
use super::letters::Letter;
use super::sounds::{Code, Sounds};
use crate::name::parts::{Sense, sense};
use crate::text::is_alphanumeric;
use deunicode::deunicode_char;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The longest word that is compared as one, in letters; a longer one is several.
pub(crate) const LONGEST_WORD: usize = 40;
/// The most words of a name that are compared.
pub(crate) const MOST_WORDS: usize = 16;

/// The runs that end at one place of a word, of one, two and three letters; 0 where the table of costs has none.
pub(crate) type Place = [Run; 3];

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where its places are, and at which of them runs of several letters begin.
    places: Range<u32>,
    runs: Columns,
    /// Where it is in the folded name, in bytes.
    pub text: Range<u32>,
    /// How many letters and digits it has.
    pub letters: u16,
    /// The script of its first letter.
    pub side: Side,
    /// One letter alone, or a few with a full stop after them.
    pub is_initial: bool,
    /// Digits alone.
    pub is_number: bool,
    /// What it means by the tables of parts, as a number above 0, and what it does in a name.
    pub sense: Option<(u16, Sense)>,
    /// Its letters and what they may be taken for.
    pub(super) sounds: Sounds,
    /// Where its cuts are, and the groups of all endings that they cut off.
    cuts: Range<u32>,
    pub(super) endings: u32,
    /// What its ending says that another denies.
    opposite: Option<Opposite>,
}

impl Word {
    /// Whether the ending of this word says of its bearer what that of the other denies: Курманов, Курманова.
    pub(crate) fn denies(&self, other: &Word) -> bool {
        matches!((self.opposite, other.opposite), (Some((pair, one)), Some((other, side))) if pair == other && one != side)
    }
}

/// A name made ready for comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spelling {
    letters: Vec<Letter>,
    places: Vec<Place>,
    /// The letters at the places, and their codes.
    marks: Vec<Letter>,
    codes: Vec<Code>,
    /// The runs of several letters that begin there.
    starts: Vec<Start>,
    cuts: Vec<Cut>,
    pub words: Vec<Word>,
    /// Characters no table knows, read through their plain Latin counterparts.
    pub guessed: Vec<char>,
    /// Whether words were left out, because there are more than anybody's name has.
    pub is_cut: bool,
}

impl Spelling {
    /// The spelling of a folded name.
    pub(crate) fn of(folded: &str) -> Spelling {
        let mut spelling = Spelling::default();
        spelling.read(folded);
        spelling
    }

    pub(crate) fn clear(&mut self) {
        self.letters.clear();
        self.places.clear();
        self.marks.clear();
        self.codes.clear();
        self.starts.clear();
        self.cuts.clear();
        self.words.clear();
        self.guessed.clear();
        self.is_cut = false;
    }

    /// Reads a folded name anew, in the same memory.
    pub(crate) fn read(&mut self, folded: &str) {
        self.clear();
        let alphabet = &Costs::get().alphabet;
        let mut word = Reader::default();
        for (at, c) in folded.char_indices() {
            match alphabet.letter(c) {
                Some(letter) if is_alphanumeric(c) => word.push(self, letter, c, at),
                // A sign that some spellings write for a letter.
                Some(letter) if word.is_open && c == '\'' => word.push(self, letter, c, at),
                _ if is_alphanumeric(c) => self.guess(&mut word, c, at),
                _ if crate::text::is_mark(c) || c == '\'' => {}
                _ => {
                    word.finish(self, at);
                    // A word cut short: Zh., им.
                    if c == '.'
                        && let Some(last) = self.words.last_mut().filter(|w| w.text.end == at as u32 && !w.is_number)
                    {
                        last.is_initial |= last.letters <= 3;
                    }
                }
            }
        }
        word.finish(self, folded.len());
        for word in &mut self.words {
            if word.letters > 1 && !word.is_number && !word.is_initial {
                word.sense = sense(&folded[word.text.start as usize..word.text.end as usize]);
            }
        }
    }

    /// A character of another alphabet or with an unknown mark.
    fn guess(&mut self, word: &mut Reader, c: char, at: usize) {
        let alphabet = &Costs::get().alphabet;
        let base = c.nfd().next().filter(|base| *base != c && base.is_alphanumeric());
        if let Some((base, letter)) = base.and_then(|base| Some((base, alphabet.letter(base)?))) {
            return word.push(self, letter, base, at);
        }
        self.guessed.push(c);
        for plain in deunicode_char(c).unwrap_or_default().chars().flat_map(char::to_lowercase) {
            if let Some(letter) = alphabet.letter(plain).filter(|_| plain.is_alphanumeric()) {
                word.push(self, letter, plain, at);
            }
        }
    }

    /// Adds a word of these letters; false when there are too many.
    pub(crate) fn push_word(&mut self, letters: &[Letter], text: Range<u32>, is_initial: bool) {
        if self.words.len() == MOST_WORDS || letters.is_empty() {
            self.is_cut |= !letters.is_empty();
            return;
        }
        let costs = Costs::get();
        let [start, end] = costs.alphabet.ends();
        let first = self.places.len();
        self.marks.push(start);
        self.marks.extend_from_slice(letters);
        self.marks.push(end);
        let marks = &self.marks[first..];
        let side = costs.alphabet.side(letters[0]);
        let mut sounds = Sounds::of_no_letter();
        self.places.resize(first + marks.len(), Place::default());
        self.codes.resize(first + marks.len(), Code::default());
        self.starts.resize(first + marks.len(), Start::default());
        let (places, codes, starts) = (&mut self.places[first..], &mut self.codes[first..], &mut self.starts[first..]);
        let (mut runs, mut before, mut last) = (0, 0, 0);
        for (at, ((letter, place), own)) in marks.iter().copied().zip(places).zip(codes).enumerate() {
            *place = costs.place(before, last, letter);
            let [_, two, three] = *place;
            let code = costs.sounds.code(letter);
            *own = code;
            if two != 0 {
                starts[at - 1][0] = two;
                runs |= 1 << (at - 1);
                sounds.add_run(two);
            }
            if three != 0 {
                starts[at - 2][1] = three;
                runs |= 1 << (at - 2);
                sounds.add_run(three);
            }
            if letter != start && letter != end {
                sounds.add_letter(letter, code, side);
            }
            (before, last) = (last, letter);
        }
        let is_number = costs.alphabet.is_digit(letters[0]);
        let cut = self.cuts.len() as u32;
        let cuts = &mut self.cuts;
        let opposite = if is_number { None } else { Endings::get().each_cut(letters, |cut| cuts.push(cut)) };
        self.words.push(Word {
            places: first as u32..self.places.len() as u32,
            runs,
            endings: self.cuts[cut as usize..].iter().fold(0, |all, cut| all | cut.groups),
            cuts: cut..self.cuts.len() as u32,
            sounds,
            opposite,
            text,
            letters: letters.len() as u16,
            side,
            is_initial: !is_number && (is_initial || letters.len() == 1),
            is_number,
            sense: None,
        });
    }

    /// The places of a word, with its two ends.
    #[inline]
    pub(crate) fn places(&self, word: &Word) -> &[Place] {
        &self.places[word.places.start as usize..word.places.end as usize]
    }

    /// The codes of the letters of a word.
    #[inline]
    pub(super) fn codes(&self, word: &Word) -> &[Code] {
        &self.codes[word.places.start as usize + 1..word.places.end as usize - 1]
    }

    /// Where a word may be cut before an ending.
    #[inline]
    pub(super) fn cuts(&self, word: &Word) -> &[Cut] {
        &self.cuts[word.cuts.start as usize..word.cuts.end as usize]
    }

    /// A word for comparing its letters.
    #[inline]
    pub(super) fn sounded<'p>(&'p self, word: &'p Word) -> Sounded<'p> {
        let places = word.places.start as usize..word.places.end as usize;
        Sounded {
            letters: &self.marks[places.clone()],
            codes: &self.codes[places.clone()],
            starts: &self.starts[places.clone()],
            runs: word.runs,
            places: &self.places[places],
            side: word.side,
            sounds: &word.sounds,
            cuts: self.cuts(word),
            endings: word.endings,
            opposite: word.opposite,
            is_joined: false,
        }
    }

    /// The letters of a word.
    pub(crate) fn letters(&self, word: &Word) -> impl Iterator<Item = Letter> {
        let costs = Costs::get();
        let places = self.places(word);
        places[1..places.len() - 1].iter().map(|place| costs.letter(place[0]))
    }
}

/// The word that is being read.
#[derive(Default)]
struct Reader {
    is_open: bool,
    start: usize,
    digits: bool,
}

impl Reader {
    fn push(&mut self, spelling: &mut Spelling, letter: Letter, c: char, at: usize) {
        let digit = c.is_ascii_digit();
        if self.is_open && (spelling.letters.len() == LONGEST_WORD || digit != self.digits) {
            self.finish(spelling, at);
        }
        if !self.is_open {
            (self.is_open, self.start, self.digits) = (true, at, digit);
        }
        spelling.letters.push(letter);
    }

    fn finish(&mut self, spelling: &mut Spelling, at: usize) {
        if std::mem::take(&mut self.is_open) {
            let letters = std::mem::take(&mut spelling.letters);
            spelling.push_word(&letters, self.start as u32..at as u32, false);
            spelling.letters = letters;
            spelling.letters.clear();
        }
    }
}
