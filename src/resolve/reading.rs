//! A name read once, to be compared with many others.

use super::LONGEST_NAME;
use super::compare::{Comparison, Ground, explain, weigh};
use super::fault::Fault;
use super::index::weight;
use super::named::Named;
use super::sentence::Language;
use crate::name::abbreviation::{Looks, could_abbreviate, may_be_abbreviated};
use crate::name::reading::{Alignment, Comparer, Spelling};
use crate::text::{fold_into, mixed_word, nfc, read_plain};
use std::cell::RefCell;
use std::sync::OnceLock;

/// A name read once, to be compared with many others: its letters, words and what they weigh.
///
/// Reading a name takes longer than comparing two that are read: a program that compares each name of a list with others reads all
/// of them first.
///
/// ```
/// use atau::resolve::{Likeness, Reading};
/// let list = ["Тахир Мухамедзянов", "Айнур Курманов", "Нурсултан Назарбаев"].map(Reading::of);
/// let asked = Reading::of("Aynur Qurmanov");
/// let nearest = list.iter().max_by(|a, b| asked.score(a).total_cmp(&asked.score(b))).unwrap();
/// assert_eq!(nearest.text(), "Айнур Курманов");
/// assert_eq!(asked.compare(nearest).verdict, Likeness::Same);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// In normal form C, and folded.
    pub(super) text: String,
    pub(super) folded: String,
    pub(super) fault: Option<Fault>,
    /// Whether a word of it has letters of two scripts.
    pub(super) mixed: bool,
    /// How many characters the text has.
    pub(super) length: usize,
    pub(super) could_abbreviate: bool,
    pub(super) spelling: Spelling,
    /// What each word costs when it is missing, in steps.
    pub(super) weights: Vec<u32>,
    /// Its parts, taken apart when they are asked for.
    named: OnceLock<Option<Named>>,
    /// Whether it may have an abbreviation, found out when it is asked for.
    may_be_abbreviated: OnceLock<bool>,
}

impl Reading {
    /// Reads a name. Any string can be read; what [cannot be a name](super::LONGEST_NAME) is like nothing.
    pub fn of(text: &str) -> Reading {
        let mut reading = Reading::default();
        reading.read(text);
        reading
    }

    /// The name, in Unicode normal form C.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parts of the name; none when its words are not those of its spelling.
    pub(super) fn named(&self) -> Option<&Named> {
        self.named.get_or_init(|| Named::new(&self.text, &self.folded, &self.spelling)).as_ref()
    }

    /// Whether letters of the name may be an abbreviation of it.
    pub(super) fn may_be_abbreviated(&self) -> bool {
        *self.may_be_abbreviated.get_or_init(|| may_be_abbreviated(&self.text))
    }

    /// What the parts of this and another name say.
    #[cfg(test)]
    pub(super) fn told(&self, other: &Reading) -> super::roles::Told {
        ROOM.with_borrow_mut(|(comparer, likeness)| {
            comparer.compare(&self.spelling, &other.spelling, (&self.weights, &other.weights), super::compare::FAR, likeness);
            super::compare::judge(self, other, comparer, likeness)
        })
    }

    /// How likely this and another are one name, from 0 to 1: the score of [`compare`](Reading::compare), found faster.
    pub fn score(&self, other: &Reading) -> f64 {
        ROOM.with_borrow_mut(|(comparer, likeness)| weigh(self, other, comparer, likeness).0)
    }

    /// Compares this and another name, and says why in English.
    pub fn compare(&self, other: &Reading) -> Comparison {
        self.compare_in(other, Language::English)
    }

    /// Compares this and another name, and says why in a language.
    pub fn compare_in(&self, other: &Reading, language: Language) -> Comparison {
        ROOM.with_borrow_mut(|(comparer, likeness)| {
            let weighed: (f64, Ground) = weigh(self, other, comparer, likeness);
            explain(self, other, weighed, (comparer, likeness), language)
        })
    }

    /// Reads a name anew, in the same memory.
    pub(super) fn read(&mut self, text: &str) {
        self.text.clear();
        self.folded.clear();
        self.spelling.clear();
        self.weights.clear();
        self.named.take();
        self.may_be_abbreviated.take();
        self.fault = None;
        if !self.read_plain(text) {
            self.fault = Fault::of(text);
            self.text.push_str(&nfc(text));
            if self.fault.is_some() {
                return;
            }
            self.length = self.text.chars().count();
            self.mixed = mixed_word(&self.text).is_some();
            self.could_abbreviate = could_abbreviate(&self.text);
            self.folded.clear();
            fold_into(&self.text, &mut self.folded);
        }
        self.spelling.read(&self.folded);
        let weigh = |word: &crate::name::reading::Word| weight(usize::from(word.letters), 1, 1, word.sense.map(|(_, sense)| sense));
        self.weights.extend(self.spelling.words.iter().map(weigh));
    }
}

impl Reading {
    /// Reads in one pass what the characters of a text of plain characters tell, which has normal form C, and folds it; false for another, or for
    /// what cannot be a name.
    fn read_plain(&mut self, text: &str) -> bool {
        let Some(seen) = read_plain(text, &mut self.folded).filter(|seen| seen.characters <= LONGEST_NAME) else { return false };
        self.text.push_str(text);
        (self.length, self.mixed) = (seen.characters, seen.is_mixed);
        self.could_abbreviate = Looks::of(&seen).could_abbreviate(text);
        true
    }
}

/// How likely two strings are one name, from 0 to 1: the score of [`compare`](super::compare), found faster.
///
/// ```
/// use atau::resolve::{compare, score};
/// let (a, b) = ("Тахир Мухамедзянов", "Takhir Mukhamedzyanov");
/// assert_eq!(score(a, b), compare(a, b).score);
/// ```
pub fn score(a: &str, b: &str) -> f64 {
    with_readings(a, b, Reading::score)
}

/// Reads two strings in memory that is kept, and does something with them.
pub(super) fn with_readings<T>(a: &str, b: &str, then: impl FnOnce(&Reading, &Reading) -> T) -> T {
    READINGS.with_borrow_mut(|[first, second]| {
        // One name is often compared with many.
        for (reading, text) in [(&mut *first, a), (&mut *second, b)] {
            if text.is_empty() || reading.text != text {
                reading.read(text);
            }
        }
        then(first, second)
    })
}

thread_local! {
    static ROOM: RefCell<(Comparer, Alignment)> = RefCell::new((Comparer::new(), Alignment::default()));
    static READINGS: RefCell<[Reading; 2]> = RefCell::default();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read in one pass is what is read by asking one thing after the other.
    #[test]
    fn plain_texts_are_read_as_others() {
        for c in ('\0'..='\u{530}').chain('\u{2000}'..='\u{2030}') {
            for text in [c.to_string(), format!("А{c}"), format!("b{c}C D"), format!("{c} {c}1"), format!("а {c}Қ {c}")] {
                let mut reading = Reading::default();
                if reading.read_plain(&text) {
                    assert_eq!((Fault::of(&text), nfc(&text)), (None, (&*text).into()), "{text:?}");
                    assert_eq!(reading.length, text.chars().count(), "{text:?}");
                    assert_eq!(reading.mixed, mixed_word(&text).is_some(), "{text:?}");
                    assert_eq!(reading.could_abbreviate, could_abbreviate(&text), "{text:?}");
                }
            }
        }
    }
}
