//! Letters that begin the source of a rule of several letters, before the second of them: what is written is decided by
//! the character after the two. It is looked up here before the engine is asked.

use super::neighbours::Kinds;
use super::{BEHIND, BEYOND, COLUMN, COLUMNS, EDGE_COLUMN, Entry, FastTable, Sides, Sign, WORD, entry};
use crate::scheme::compile::Program;
use rustc_hash::FxHashMap;

#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    /// For the columns of two letters, where their entries begin.
    begin: FxHashMap<Sign, u32>,
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
        let count = |kinds: &Kinds| kinds.each().count() as Sign;
        let mut pairs = Pairs { kinds: [count(&sides.behind), count(&sides.beyond)], ..Pairs::default() };
        let columns = || (EDGE_COLUMN + 1..COLUMNS as Sign).zip(chars.iter().copied());
        let letter = |c: char| program.cell(c).map(|cell| &program.letters[cell.letter as usize]);
        for (first, c) in columns() {
            let rules = letter(c).map_or(&[][..], |letter| &letter.rules);
            let follow: Vec<char> = rules.iter().filter_map(|r| program.rules[*r as usize].tail.first().copied()).collect();
            for (second, next) in columns().filter(|(_, next)| letter(*next).is_some_and(|l| follow.contains(&l.small))) {
                if pairs.begin.len() == MOST {
                    return pairs;
                }
                pairs.begin.insert(first << 8 | second, pairs.entries.len() as u32);
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

    /// What is written for the letter at a place of the text in a kind of word, and where it ends.
    #[inline(never)]
    pub(super) fn find(&self, table: &FastTable, bytes: &[u8], at: usize, word: Sign) -> Option<(Entry, usize)> {
        let (first, middle) = table.sign_at(bytes, at);
        let (second, end) = table.sign_at(bytes, middle);
        let begin = *self.begin.get(&((first & COLUMN) << 8 | second & COLUMN))?;
        let before = (table.sign_before(bytes, at) & BEHIND) / (BEHIND & BEHIND.wrapping_neg());
        let further = (table.sign_at(bytes, end).0 & BEYOND) / (BEYOND & BEYOND.wrapping_neg());
        let word = word / (WORD & WORD.wrapping_neg());
        let number = (word * self.kinds[0] + before) * self.kinds[1] + further;
        let (entry, taken) = self.entries.get((begin + number) as usize).copied().flatten()?;
        Some((entry, if taken == 2 { end } else { middle }))
    }
}
