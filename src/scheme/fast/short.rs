//! Short texts, as most names are. Their characters are taken as units of two bytes, four at a time, so that no window
//! has to be set up.

use super::outbox::{Entry, First, GROUP, Outbox};
use super::{AHEAD, APART, BEHIND, BY_WORD, COLUMN, FastTable, KEYS, LATE, Sign, WORD};
use crate::scheme::compile::Program;
use crate::scheme::engine::Run;

/// The length of the longest such text, in bytes.
const LONGEST: usize = 64;
/// The highest bit of each byte, and of the first byte of each unit. It is not set in characters of one byte.
const HIGHEST: u64 = 0x8080_8080_8080_8080;
const FIRST: u64 = 0x0080_0080_0080_0080;

#[derive(Clone, Copy)]
pub(super) struct Short<'t> {
    text: &'t str,
    /// The last eight bytes; those of a shorter text with others before it.
    last: u64,
    /// Whether it has characters of one byte.
    pub ones: bool,
}

impl<'t> Short<'t> {
    #[inline(always)]
    pub(super) fn of(text: &'t str) -> Option<Short<'t>> {
        let bytes = text.as_bytes();
        if bytes.len() > LONGEST {
            return None;
        }
        let last = match bytes.last_chunk() {
            Some(last) => u64::from_le_bytes(*last),
            None => bytes.iter().fold(HIGHEST, |last, byte| last >> 8 | u64::from(*byte) << 56),
        };
        let all = bytes.as_chunks().0.iter().fold(last, |all, eight| all & u64::from_le_bytes(*eight));
        Some(Short { text, last, ones: all & HIGHEST != HIGHEST })
    }

    /// Eight bytes, or what is left of them at the end and edges behind.
    #[inline(always)]
    fn eight(&self, at: usize) -> u64 {
        let bytes = self.text.as_bytes();
        match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            Some(eight) => u64::from_le_bytes(*eight),
            None => {
                let left = 8 * bytes.len().saturating_sub(at) as u32;
                // In two steps, since nothing may be left.
                self.last >> 1 >> ((63 - left) & 63) | u64::MAX << (left & 63)
            }
        }
    }

    /// The four units that the eight bytes at a place begin with, and where the next begins; `ONES` unless all characters
    /// have two bytes.
    #[inline(always)]
    fn units<const ONES: bool>(mut units: u64, at: usize) -> (u64, usize) {
        let mut end = at + 2 * GROUP;
        if ONES {
            let mut ones = !units & FIRST;
            loop {
                // A byte is put in behind the first character of one byte; if there is none, nothing changes.
                let kept = ((ones & ones.wrapping_neg()) << 1).wrapping_sub(1);
                units = units & kept | (units & !kept) << 8;
                end -= usize::from(ones != 0);
                ones = !units & FIRST & !kept;
                if ones == 0 {
                    break;
                }
            }
        }
        (units, end)
    }
}

impl Program {
    /// As [`Program::run_fast`]; nothing if what words have counts and cannot be told here.
    #[inline(never)]
    pub(super) fn fill_short<const SIZE: usize, const ONES: bool>(&self, short: Short, out: &mut String) -> Option<bool> {
        let table = &self.fast;
        let entries = table.entries.first::<SIZE>()?;
        let row = |before: Sign, sign: Sign, after: Sign| before & BEHIND | after & AHEAD | sign & COLUMN;
        let mut word = Word { begin: out.len(), first: 0, told: 0 };
        let mut outbox = Outbox::new(out);
        // A word may begin at the beginning.
        let mut before = table.signs[KEYS - 1] | APART;
        let mut at = 0;
        let mut eight = short.eight(0);
        while at < short.text.len() {
            let (units, next) = Short::units::<ONES>(eight, at);
            let [a, b, c, d] = table.signs_of(units);
            eight = short.eight(next);
            let [after, ..] = table.signs_of(eight);
            let [first, second, third, fourth] = [row(before, a, b), row(a, b, c), row(b, c, d), row(c, d, after)];
            let group = [first, second, third, fourth].map(|row| entries.get(row));
            if SIZE == BY_WORD && before & APART != 0 {
                word.first = first;
            }
            let begin = outbox.len();
            let known = outbox.put(&group);
            if SIZE == BY_WORD {
                let (signs, rows) = ([a, b, c, d], [first, second, third, fourth]);
                let told = a | b | c | d;
                if known < GROUP {
                    word = word.go_on(entries, &mut outbox, begin, [signs, rows], known)?;
                } else if told & APART == 0 {
                    word.told |= told;
                } else {
                    let (until, behind, len, next) = parted(signs, rows, group);
                    if behind & APART == 0 {
                        word.told |= until;
                        let begin = begin + len + word.end(entries, &mut outbox)?;
                        word = Word { begin, first: next, told: behind };
                    } else {
                        word = word.go_on(entries, &mut outbox, begin, [signs, rows], known)?;
                    }
                }
            }
            if known == GROUP {
                (before, at) = (d, next);
                continue;
            }
            at += short.text[at..].chars().take(known).map(char::len_utf8).sum::<usize>();
            match self.one(&mut Run::new(self, short.text), at, 0, &mut outbox) {
                Some(end) => at = end,
                None => return Some(false),
            }
            (before, eight) = (table.sign_before(short.text.as_bytes(), at).0, short.eight(at));
            if SIZE == BY_WORD {
                if before & APART == 0 {
                    return None;
                }
                word = Word { begin: outbox.len(), first: 0, told: 0 };
            }
        }
        if SIZE == BY_WORD {
            word.end(entries, &mut outbox)?;
        }
        outbox.finish();
        Some(true)
    }
}

/// Of a group in which a word ends: what is told of that word and of the next, how much is written up to the next, and its
/// row; that is the next group's first where it begins there.
#[inline(always)]
fn parted([a, b, c, d]: [Sign; GROUP], rows: [Sign; GROUP], group: [Entry; GROUP]) -> (Sign, Sign, usize, Sign) {
    let [one, two, three, four] = group.map(Entry::len);
    if a & APART != 0 {
        (a, b | c | d, one, rows[1])
    } else if b & APART != 0 {
        (a | b, c | d, one + two, rows[2])
    } else if c & APART != 0 {
        (a | b | c, d, one + two + three, rows[3])
    } else {
        (a | b | c | d, 0, one + two + three + four, 0)
    }
}

/// A word that is being written.
#[derive(Clone, Copy)]
struct Word {
    /// Where in the output it begins.
    begin: usize,
    /// The row of its first character, as of a word of which nothing is told.
    first: Sign,
    /// What its characters tell.
    told: Sign,
}

impl Word {
    /// Goes on with a group of which so many characters were written from a place of the output on, the first that is not
    /// being asked for; nothing if that belongs to a word, since what it writes may depend on it.
    #[cold]
    #[inline(never)]
    fn go_on<const SIZE: usize>(
        mut self,
        entries: First<SIZE>,
        outbox: &mut Outbox,
        mut end: usize,
        [signs, rows]: [[Sign; GROUP]; 2],
        known: usize,
    ) -> Option<Word> {
        for number in 0..known {
            self.told |= signs[number];
            end += entries.get(rows[number]).len();
            if signs[number] & APART != 0 {
                end += self.end(entries, outbox)?;
                self = Word { begin: end, first: rows[(number + 1) % GROUP], told: 0 };
            }
        }
        if let Some(sign) = signs.get(known) {
            self.told |= sign;
            self.end(entries, outbox).filter(|_| sign & APART != 0)?;
        }
        Some(self)
    }

    /// Puts in before the word what is written there for its kind, of which its first character does not tell; how long that
    /// is, if it is known.
    #[inline(always)]
    fn end<const SIZE: usize>(self, entries: First<SIZE>, outbox: &mut Outbox) -> Option<usize> {
        let [plain, whole] = [0, self.told & WORD].map(|told| entries.get(self.first | told));
        if plain == whole && self.told & LATE == 0 {
            return Some(0);
        }
        self.put_in(plain, whole, outbox)
    }

    #[cold]
    #[inline(never)]
    fn put_in(self, plain: Entry, whole: Entry, outbox: &mut Outbox) -> Option<usize> {
        let entry = whole.before(plain).filter(|_| self.told & LATE == 0)?;
        outbox.insert(self.begin, entry);
        Some(entry.len())
    }
}

impl FastTable {
    /// The signs of four units.
    #[inline(always)]
    fn signs_of(&self, units: u64) -> [Sign; GROUP] {
        [0, 16, 32, 48].map(|shift| self.signs[(units >> shift) as usize & (KEYS - 1)])
    }
}
