//! A name as words, each word as runs of letters.

use super::align::{Columns, Sounded, Start};
use super::costs::{Costs, Side};
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

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where its letters are, with its two ends, and at which of them runs of several letters begin.
    marks: Range<u32>,
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
    /// The letters of all words, each with its two ends, and their codes.
    marks: Vec<Letter>,
    codes: Vec<Code>,
    /// The runs of several letters that begin at each of them.
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
        // So much room is enough for most names; each word has two ends besides its letters.
        let letters = folded.len() / if folded.is_ascii() { 1 } else { 2 };
        let words = (1 + letters / 8).min(MOST_WORDS);
        let places = letters + 2 * words;
        self.marks.reserve(places);
        self.codes.reserve(places);
        self.starts.reserve(places);
        self.cuts.reserve(2 * words);
        self.words.reserve(words);
        let mut word = Reader::default();
        let mut letters = [0; LONGEST_WORD];
        let mut at = 0;
        while at < folded.len() {
            // Mostly letters of one word come one after the other.
            let more = if word.is_open && !word.digits { word.first + LONGEST_WORD + 1 - self.marks.len() } else { 0 };
            let room = if more == 0 { LONGEST_WORD } else { more };
            let (count, bytes) = alphabet.plain(&folded.as_bytes()[at..], &mut letters[..room]);
            if count > 0 {
                if more == 0 {
                    word.begin(self, false, at);
                }
                self.marks.extend_from_slice(&letters[..count]);
                at += bytes;
                continue;
            }
            let Some(c) = folded[at..].chars().next() else { break };
            let from = at;
            at += c.len_utf8();
            match alphabet.letter(c) {
                Some(letter) if is_alphanumeric(c) => word.push(self, letter, c, from),
                // A sign that some spellings write for a letter.
                Some(letter) if word.is_open && c == '\'' => word.push(self, letter, c, from),
                _ if is_alphanumeric(c) => self.guess(&mut word, c, from),
                _ if crate::text::is_mark(c) || c == '\'' => {}
                _ => {
                    word.finish(self, from);
                    // A word cut short: Zh., им.
                    if c == '.'
                        && let Some(last) = self.words.last_mut().filter(|w| w.text.end == from as u32 && !w.is_number)
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

    /// Adds a word of these letters, where a name has so many.
    pub(crate) fn push_word(&mut self, letters: &[Letter], text: Range<u32>, is_initial: bool) {
        if letters.is_empty() {
            return;
        }
        let first = self.open_word();
        self.marks.extend_from_slice(letters);
        self.close_word(first, text, is_initial);
    }

    /// Adds the words of another spelling, where a name has so many.
    pub(crate) fn push_copy(&mut self, other: &Spelling, is_initial: bool) {
        if self.words.len() + other.words.len() > MOST_WORDS {
            self.is_cut = true;
            return;
        }
        let (marks, cuts) = (self.marks.len() as u32, self.cuts.len() as u32);
        self.marks.extend_from_slice(&other.marks);
        self.codes.extend_from_slice(&other.codes);
        self.starts.extend_from_slice(&other.starts);
        self.cuts.extend_from_slice(&other.cuts);
        self.words.extend(other.words.iter().map(|word| Word {
            marks: word.marks.start + marks..word.marks.end + marks,
            cuts: word.cuts.start + cuts..word.cuts.end + cuts,
            text: word.text.clone(),
            sounds: word.sounds.clone(),
            is_initial: word.is_initial || is_initial && !word.is_number,
            ..*word
        }));
    }

    /// Notes where the words are in a folded name, when that is nothing but their letters with a space between each two.
    pub(crate) fn place(&mut self, folded: &str) -> bool {
        let alphabet = &Costs::get().alphabet;
        let (mut letters, mut at) = ([0; LONGEST_WORD], 0);
        for number in 0..self.words.len() {
            let rest = folded.as_bytes().get(at..).unwrap_or_default();
            let rest = if number == 0 { Some(rest) } else { rest.strip_prefix(b" ") };
            let Some(rest) = rest else { return false };
            let (count, bytes) = alphabet.plain(rest, &mut letters);
            if letters[..count] != *self.letters_of(&self.words[number]) {
                return false;
            }
            let start = folded.len() - rest.len();
            at = start + bytes;
            self.words[number].text = start as u32..at as u32;
        }
        at == folded.len() && !self.is_cut
    }

    /// The letters of a word come after its start, which is at the place given.
    fn open_word(&mut self) -> usize {
        let first = self.marks.len();
        self.marks.push(Costs::get().alphabet.ends()[0]);
        first
    }

    /// Makes a word of the letters since its start, unless there are more words than a name has.
    fn close_word(&mut self, first: usize, text: Range<u32>, is_initial: bool) {
        if self.words.len() == MOST_WORDS {
            self.marks.truncate(first);
            self.is_cut = true;
            return;
        }
        let costs = Costs::get();
        self.marks.push(costs.alphabet.ends()[1]);
        let marks = &self.marks[first..];
        let letters = &marks[1..marks.len() - 1];
        self.codes.extend(marks.iter().map(|letter| costs.sounds.code(*letter)));
        let side = costs.alphabet.side(letters[0]);
        let mut sounds = Sounds::of_letters(letters, &self.codes[first + 1..], side);
        let (mut runs, mut before, mut last) = (0, 0, marks[0]);
        self.starts.resize(first + marks.len(), Start::default());
        let starts = &mut self.starts[first..];
        for (at, letter) in marks[1..].iter().enumerate() {
            let [two, three] = costs.ending_with(before, last, *letter);
            if two != 0 {
                starts[at][0] = two;
                runs |= 1 << at;
                sounds.add_run(two);
            }
            if three != 0 {
                starts[at - 1][1] = three;
                runs |= 1 << (at - 1);
                sounds.add_run(three);
            }
            if at > 0 {
                sounds.add_pair(last, *letter);
            }
            (before, last) = (last, *letter);
        }
        let is_number = costs.alphabet.is_digit(letters[0]);
        let cut = self.cuts.len() as u32;
        let cuts = &mut self.cuts;
        let mut endings = 0;
        let each = |cut: Cut| {
            endings |= cut.groups;
            cuts.push(cut);
        };
        let opposite = if is_number { None } else { Endings::get().each_cut(letters, each) };
        let letters = letters.len() as u16;
        self.words.push(Word {
            marks: first as u32..self.marks.len() as u32,
            runs,
            endings,
            cuts: cut..self.cuts.len() as u32,
            sounds,
            opposite,
            text,
            letters,
            side,
            is_initial: !is_number && (is_initial || letters == 1),
            is_number,
            sense: None,
        });
    }

    /// The letters of a word with its two ends.
    #[inline]
    pub(super) fn marks(&self, word: &Word) -> &[Letter] {
        &self.marks[word.marks.start as usize..word.marks.end as usize]
    }

    /// The codes of the letters of a word.
    #[inline]
    pub(super) fn codes(&self, word: &Word) -> &[Code] {
        &self.codes[word.marks.start as usize + 1..word.marks.end as usize - 1]
    }

    /// Where a word may be cut before an ending.
    #[inline]
    pub(super) fn cuts(&self, word: &Word) -> &[Cut] {
        &self.cuts[word.cuts.start as usize..word.cuts.end as usize]
    }

    /// A word for comparing its letters.
    #[inline]
    pub(super) fn sounded<'p>(&'p self, word: &'p Word) -> Sounded<'p> {
        let marks = word.marks.start as usize..word.marks.end as usize;
        Sounded {
            letters: &self.marks[marks.clone()],
            codes: &self.codes[marks.clone()],
            starts: &self.starts[marks],
            runs: word.runs,
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
        self.letters_of(word).iter().copied()
    }

    /// The same as they stand side by side.
    pub(crate) fn letters_of(&self, word: &Word) -> &[Letter] {
        &self.marks[word.marks.start as usize + 1..word.marks.end as usize - 1]
    }
}

/// The word that is being read.
#[derive(Default)]
struct Reader {
    is_open: bool,
    digits: bool,
    /// Where it starts in the text, and where its letters do.
    start: usize,
    first: usize,
}

impl Reader {
    /// Whether a letter, or a digit, is of the word that is open.
    #[inline]
    fn goes_on(&self, spelling: &Spelling, digits: bool) -> bool {
        self.is_open && digits == self.digits && spelling.marks.len() - self.first <= LONGEST_WORD
    }

    /// Opens a word.
    fn begin(&mut self, spelling: &mut Spelling, digits: bool, at: usize) {
        self.finish(spelling, at);
        *self = Reader { is_open: true, digits, start: at, first: spelling.open_word() };
    }

    fn push(&mut self, spelling: &mut Spelling, letter: Letter, c: char, at: usize) {
        let digits = c.is_ascii_digit();
        if !self.goes_on(spelling, digits) {
            self.begin(spelling, digits, at);
        }
        spelling.marks.push(letter);
    }

    fn finish(&mut self, spelling: &mut Spelling, at: usize) {
        if std::mem::take(&mut self.is_open) {
            spelling.close_word(self.first, self.start as u32..at as u32, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words put together are found in a name that is nothing but them.
    #[test]
    fn words_are_placed_in_a_plain_name() {
        let mut copied = Spelling::default();
        ["курманова", "айнұр"].iter().for_each(|word| copied.push_copy(&Spelling::of(word), false));
        for other in ["", "курманова", "курманов айнұр", "курманова-айнұр", "курманова  айнұр", "курманова айнұр 7", "курманова айнұр б"]
        {
            assert!(!copied.place(other), "{other}");
        }
        assert!(copied.place("курманова айнұр"));
        assert_eq!(copied, Spelling::of("курманова айнұр"));
    }

    /// Words put together one by one are what reading them together gives.
    #[test]
    fn copied_words_are_as_read_ones() {
        let (mut read, mut copied, mut one) = (Spelling::default(), Spelling::default(), Spelling::default());
        for (text, is_initial) in [("курманова", false), ("zh", true), ("а", false), ("2021", true), ("султан", false)] {
            let letters: Vec<Letter> = text.chars().filter_map(|c| Costs::get().alphabet.letter(c)).collect();
            read.push_word(&letters, 0..0, is_initial);
            one.clear();
            one.push_word(&letters, 0..0, false);
            copied.push_copy(&one, is_initial);
        }
        assert_eq!(read, copied);
        (0..MOST_WORDS).for_each(|_| copied.push_copy(&one, false));
        assert!(copied.is_cut && copied.words.len() == MOST_WORDS);
    }
}
