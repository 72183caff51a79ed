//! Letters that begin the source of a rule of several letters, before the second of them: what is written is decided by
//! the character after the two. It is looked up here before the engine is asked.

use super::neighbours::Kinds;
use super::{BEHIND, BEYOND, COLUMN, COLUMNS, EDGE_COLUMN, Entry, FastTable, Sides, Sign, WORD, entry};
use crate::scheme::compile::Program;

#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    /// For the column of the first letter of two, its row; none if it begins no pair.
    rows: Vec<Option<u8>>,
    /// In its row, for the column of the second letter, where the entries of the two begin.
    begin: Vec<Option<u32>>,
    /// What is written and how many letters that takes, by kinds of the character before and of the one beyond, and of the
    /// word. None: the engine has to look.
    entries: Vec<Option<(Entry, usize)>>,
    /// How many kinds there are before, and beyond.
    kinds: [Sign; 2],
}

/// More pairs than a table of a language has.
const MOST: usize = 1024;

impl Pairs {
    pub(super) fn of(program: &Program, sides: &Sides, chars: &[char]) -> Pairs {
        let all = |kinds: &Kinds| kinds.each().count() as Sign;
        let mut pairs = Pairs { kinds: [all(&sides.behind), all(&sides.beyond)], ..Pairs::default() };
        let columns = || (EDGE_COLUMN + 1..COLUMNS as Sign).zip(chars.iter().copied());
        let letter = |c: char| program.cell(c).map(|cell| &program.letters[cell.letter as usize]);
        let mut count = 0;
        for (first, c) in columns() {
            let rules = letter(c).map_or(&[][..], |letter| &letter.rules);
            let follow: Vec<char> = rules.iter().filter_map(|r| program.rules[*r as usize].tail.first().copied()).collect();
            for (second, next) in columns().filter(|(_, next)| letter(*next).is_some_and(|l| follow.contains(&l.small))) {
                if count == MOST {
                    return pairs;
                }
                count += 1;
                pairs.set(first, second);
                let after = sides.ahead.tests.profile(program, Some(next));
                for word in sides.words.kinds() {
                    for (_, before) in sides.behind.each() {
                        let found = |(_, further)| entry(program, sides, [before, after, further], word, c);
                        let known = |found: &(Entry, usize)| found.0 != Entry::LOOK && found.1 <= 2;
                        pairs.entries.extend(sides.beyond.each().map(found).map(|found| found.filter(known)));
                    }
                }
            }
        }
        pairs
    }

    /// Notes that the entries of two letters begin here.
    fn set(&mut self, first: Sign, second: Sign) {
        self.rows.resize(COLUMNS, None);
        let row = *self.rows[first as usize].get_or_insert((self.begin.len() / COLUMNS) as u8);
        self.begin.resize(self.begin.len().max((usize::from(row) + 1) * COLUMNS), None);
        self.begin[usize::from(row) * COLUMNS + second as usize] = Some(self.entries.len() as u32);
    }

    /// What is written for the letter at a place of the text in a kind of word, and where it ends.
    #[inline(never)]
    pub(super) fn find(&self, table: &FastTable, bytes: &[u8], at: usize, word: Sign) -> Option<(Entry, usize)> {
        let (first, middle) = table.sign_at(bytes, at);
        let (second, end) = table.sign_at(bytes, middle);
        let row = self.rows.get((first & COLUMN) as usize).copied().flatten()?;
        let begin = self.begin.get(usize::from(row) * COLUMNS + (second & COLUMN) as usize).copied().flatten()?;
        let before = (table.sign_before(bytes, at) & BEHIND) / (BEHIND & BEHIND.wrapping_neg());
        let further = (table.sign_at(bytes, end).0 & BEYOND) / (BEYOND & BEYOND.wrapping_neg());
        let word = word / (WORD & WORD.wrapping_neg());
        let number = (word * self.kinds[0] + before) * self.kinds[1] + further;
        let (entry, taken) = self.entries.get((begin + number) as usize).copied().flatten()?;
        Some((entry, if taken == 2 { end } else { middle }))
    }
}
