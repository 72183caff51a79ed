//! From words that are meant to the names that have them.

use super::{Bits, CUT, Index, NameId, WordId};
use crate::name::reading::steps;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// How many names are looked at for one string, and how many are passed by at the sight of their bits.
const LOOKED_AT: usize = 6_000;
const PASSED: usize = 60_000;
/// So many names are read at once: the processor waits for memory once for all of them.
const AT_ONCE: usize = 32;
/// A name that is worth this much less than the best is not what is meant, in steps.
const BEHIND: u32 = steps(24.0);

/// The words that one word of the string may be.
#[derive(Default)]
pub(super) struct Meant {
    /// What the nearest costs, in steps.
    pub least: u32,
    /// The word ids in order, with what meeting them is worth.
    pub words: Vec<(WordId, u32)>,
    /// The most that meeting one is worth.
    pub best: u32,
    /// How many names have them.
    pub names: usize,
    /// Whether they are words for a word as it stands, not for two as one or a part of one.
    pub is_whole: bool,
}

/// Room for gathering, kept from one search to the next.
#[derive(Default)]
pub(super) struct Gathering {
    /// Names with what they are worth, none much less than the best, and how many words they have.
    pub names: Vec<(NameId, u32, u32)>,
    seen: FxHashSet<NameId>,
    /// Names to be read, and where their words are.
    batch: Vec<NameId>,
    places: Vec<Range<usize>>,
    /// A hash table from words to their lines in `lines`, plus one.
    slots: Vec<u32>,
    /// Word, group, worth; lines of one word follow each other.
    lines: Vec<(WordId, u8, u32)>,
    /// What each group is worth in the name looked at.
    worth: Vec<u32>,
}

impl Gathering {
    /// Gathers the names that have words meant. `unknown` is what words that none was found for may add.
    pub(super) fn gather(&mut self, index: &Index, meant: &mut Vec<&Meant>, unknown: u32) {
        meant.retain(|m| !m.words.is_empty());
        // The rarest first.
        meant.sort_by_key(|m| m.names);
        self.enter(meant);
        self.names.clear();
        self.seen.clear();
        let bits: Vec<Bits> = meant.iter().map(|m| m.words.iter().fold(0, |bits, (id, _)| bits | index.bit(*id))).collect();
        let allowed = BEHIND + unknown;
        let mut top = 0;
        let (mut left, mut passed) = (LOOKED_AT, PASSED);
        'groups: for (i, group) in meant.iter().enumerate() {
            // Names that have nothing rarer cannot do better than what is known already.
            let rest = sum(meant[i..].iter().map(|m| (m.is_whole, m.best)));
            if rest + allowed < top {
                break;
            }
            let mut by_worth: Vec<&(WordId, u32)> = group.words.iter().collect();
            by_worth.sort_unstable_by_key(|(id, worth)| (std::cmp::Reverse(*worth), *id));
            for (word, worth) in by_worth {
                for (name, of_others) in index.names_with(*word) {
                    let others = meant.iter().zip(&bits).enumerate().filter(|(j, (_, bits))| *j != i && of_others & **bits != 0);
                    let most = sum(others.map(|(_, (m, _))| (m.is_whole, m.best)).chain([(group.is_whole, *worth)]));
                    if most + allowed < top {
                        passed -= 1;
                        if passed == 0 {
                            break 'groups;
                        }
                        continue;
                    }
                    if self.seen.insert(name) {
                        self.batch.push(name);
                        left -= 1;
                    }
                    if self.batch.len() == AT_ONCE || left == 0 {
                        self.read(index, meant, allowed, &mut top);
                    }
                    if left == 0 {
                        break 'groups;
                    }
                }
                self.read(index, meant, allowed, &mut top);
            }
        }
        self.read(index, meant, allowed, &mut top);
        self.names.retain(|(_, gain, _)| gain + allowed >= top);
    }

    /// Notes what the names of the batch are worth.
    fn read(&mut self, index: &Index, meant: &[&Meant], allowed: u32, top: &mut u32) {
        self.places.clear();
        self.places.extend(self.batch.iter().map(|name| index.places_of(*name)));
        for at in 0..self.batch.len() {
            let gain = self.gain(index, meant, self.places[at].clone());
            *top = (*top).max(gain);
            if gain + allowed >= *top {
                self.names.push((self.batch[at], gain, self.places[at].len() as u32));
            }
        }
        self.batch.clear();
    }

    /// Enters the words into the hash table.
    fn enter(&mut self, meant: &[&Meant]) {
        self.lines.clear();
        for (group, m) in meant.iter().enumerate() {
            self.lines.extend(m.words.iter().map(|(id, worth)| (*id, group as u8, *worth)));
        }
        self.lines.sort_unstable();
        self.slots.clear();
        self.slots.resize((2 * self.lines.len() + 1).next_power_of_two(), 0);
        for (line, (word, ..)) in self.lines.iter().enumerate() {
            if line == 0 || self.lines[line - 1].0 != *word {
                let mut at = slot(*word, self.slots.len());
                while self.slots[at] != 0 {
                    at = (at + 1) & (self.slots.len() - 1);
                }
                self.slots[at] = line as u32 + 1;
            }
        }
        self.worth.clear();
        self.worth.resize(meant.len(), 0);
    }

    /// What a name is worth whose words lie there.
    fn gain(&mut self, index: &Index, meant: &[&Meant], words: Range<usize>) -> u32 {
        self.worth.fill(0);
        for word in index.spelled.range(words) {
            let word = word & !CUT;
            let mut at = slot(word, self.slots.len());
            while self.slots[at] != 0 {
                let first = self.slots[at] as usize - 1;
                if self.lines[first].0 == word {
                    for (_, group, worth) in self.lines[first..].iter().take_while(|(other, ..)| *other == word) {
                        let known = &mut self.worth[usize::from(*group)];
                        *known = (*known).max(*worth);
                    }
                    break;
                }
                at = (at + 1) & (self.slots.len() - 1);
            }
        }
        sum(meant.iter().zip(&self.worth).map(|(m, worth)| (m.is_whole, *worth)))
    }
}

fn slot(word: WordId, slots: usize) -> usize {
    (word.wrapping_mul(0x9E37_79B1) >> 7) as usize & (slots - 1)
}

/// What groups are worth together. A word joined or taken apart is not worth more than the word itself, too.
fn sum(groups: impl Iterator<Item = (bool, u32)>) -> u32 {
    let (mut whole, mut other) = (0, 0);
    for (is_whole, worth) in groups {
        *(if is_whole { &mut whole } else { &mut other }) += worth;
    }
    whole.max(other * 2 / 3)
}
