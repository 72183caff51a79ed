//! From words that are meant to the names that have them.

use super::candidates::{ALWAYS, FAR};
use super::{BITS, CUT, Index, LetterSet, NameId, SIXTEEN, Seen, WordId};
use crate::name::reading::steps;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// How many names are looked at for one string, and how many are passed by at the sight of their bits.
const LOOKED_AT: usize = 3_000;
const PASSED: usize = 30_000;
/// So many names are read at once: the processor waits for memory once for all of them.
const AT_ONCE: usize = 32;
/// A name that is worth this much less than the best is not what is meant, in steps; of a large registry, which has more that are near, and of a
/// small one.
const BEHIND: [u32; 2] = [steps(18.0), steps(24.0)];

/// The words that one word of the string may be.
#[derive(Default)]
pub(super) struct Meant {
    /// What the nearest costs, in steps.
    pub least: u32,
    /// The word ids in order, with what meeting them is worth.
    pub words: Vec<(WordId, u32)>,
    /// The most that meeting one is worth, and what of that is not what the word itself weighs.
    pub best: u32,
    pub own: u32,
    /// How many names have them.
    pub names: usize,
    /// Whether they are words for a word as it stands, not for two as one or a part of one.
    pub is_whole: bool,
}

/// A word of the string that none was found for: its letters as a set, and what it weighs.
pub(super) type Unknown = (LetterSet, u32);

/// A name gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gathered {
    /// What it weighs more than it is worth, about: the less the better.
    pub rank: i32,
    pub name: NameId,
    worth: u32,
}

/// Room for gathering, kept from one search to the next.
#[derive(Default)]
pub(super) struct Gathering {
    /// The best names, in their order.
    pub names: Vec<Gathered>,
    seen: FxHashSet<NameId>,
    /// Names to be read with what they weigh, and where their words are.
    batch: Vec<(NameId, u32)>,
    places: Vec<Range<usize>>,
    words: Vec<u32>,
    /// The letters of the words meant as sets, with what meeting them is worth, the most first; and where those of each group end.
    sets: Vec<(LetterSet, u32)>,
    ends: Vec<usize>,
    /// A hash table from words to their lines in `lines`, plus one.
    slots: Vec<u32>,
    /// Word, group, worth; lines of one word follow each other.
    lines: Vec<(WordId, u8, u32)>,
    /// What each group is worth in the name looked at.
    worth: Vec<u32>,
}

/// What is wanted, and what is known of it so far.
struct Wanted<'m> {
    meant: &'m [&'m Meant],
    unknown: &'m [Unknown],
    /// How many names are wanted.
    most: usize,
    /// How much less than the best a name may be worth.
    behind: u32,
    /// What the best name is worth.
    top: u32,
    /// A name of this rank or higher is not wanted.
    limit: i32,
}

impl Wanted<'_> {
    /// Whether a name is wanted that is worth that at most, and weighs so much more than it is worth at least; and what may be added by words that
    /// none was found for.
    fn may_be(&self, worth: u32, rank: i32, guessed: u32) -> bool {
        worth + self.behind + guessed >= self.top && rank - (guessed as i32) < self.limit
    }

    /// What words that none was found for may add at most to a name whose other words have these letters.
    fn guess_most(&self, set: LetterSet) -> u32 {
        let most = |(own, weight): &Unknown| {
            let (shared, all) = ((own & set).count_ones(), own.count_ones());
            if shared * 5 >= all * 3 { weight * shared / all.max(1) } else { 0 }
        };
        self.unknown.iter().map(most).sum()
    }
}

impl Gathering {
    /// Gathers the names that have words meant, the best `most` of them.
    pub(super) fn gather(&mut self, index: &Index, meant: &mut Vec<&Meant>, unknown: &[Unknown], most: usize) {
        meant.retain(|m| !m.words.is_empty());
        // The rarest first.
        meant.sort_by_key(|m| m.names);
        self.enter(meant);
        self.sets.clear();
        self.ends.clear();
        for m in meant.iter() {
            let first = self.sets.len();
            self.sets.extend(m.words.iter().map(|(id, worth)| (index.letters_set(*id), *worth)));
            self.sets[first..].sort_unstable_by_key(|(_, worth)| std::cmp::Reverse(*worth));
            self.ends.push(self.sets.len());
        }
        self.names.clear();
        self.seen.clear();
        let bits: Vec<Seen> = meant.iter().map(|m| m.words.iter().fold(0, |bits, (id, _)| bits | index.bit(*id))).collect();
        let behind = BEHIND[usize::from(index.is_small())];
        let mut wanted = Wanted { meant, unknown, most, behind, top: 0, limit: i32::MAX };
        let (mut left, mut passed) = (LOOKED_AT, PASSED);
        let guessed = wanted.guess_most(LetterSet::MAX);
        'groups: for (i, group) in meant.iter().enumerate() {
            // Names that have nothing rarer cannot do better than what is known already.
            let rest = |of: fn(&Meant) -> u32| sum(meant[i..].iter().map(|m| (m.is_whole, of(m))));
            if !wanted.may_be(rest(|m| m.best), -(rest(|m| m.own) as i32), guessed) {
                break;
            }
            // Names that have something rarer were looked at before.
            let others: Vec<(Seen, usize)> = (i + 1..meant.len()).map(|j| (bits[j], j)).collect();
            let any = others.iter().fold(0, |any, (bits, _)| any | bits);
            let mut by_worth: Vec<&(WordId, u32)> = group.words.iter().collect();
            by_worth.sort_unstable_by_key(|(id, worth)| (std::cmp::Reverse(*worth), *id));
            for (word, worth) in by_worth {
                for (name, seen, set) in index.names_with(*word) {
                    let weight = weight_of(seen);
                    let is_alone = seen & any == 0;
                    if is_alone && !wanted.may_be(*worth, weight as i32 - *worth as i32, guessed) {
                        passed -= 1;
                        if passed == 0 {
                            break 'groups;
                        }
                        continue;
                    }
                    let guessed = if unknown.is_empty() { 0 } else { wanted.guess_most(set) };
                    let may_be = |most: u32| wanted.may_be(most, weight as i32 - most as i32, guessed);
                    let own = Sum::default().and(group.is_whole, *worth);
                    // What the bits leave open, the letters may tell.
                    let (mut best, mut of_letters) = (own, own);
                    for (_, j) in others.iter().filter(|(bits, _)| seen & bits != 0) {
                        best = best.and(meant[*j].is_whole, meant[*j].best);
                    }
                    let mut is_wanted = may_be(best.all());
                    if is_wanted {
                        for (_, j) in others.iter().filter(|(bits, _)| seen & bits != 0) {
                            of_letters = of_letters.and(meant[*j].is_whole, self.best_within(*j, set));
                        }
                        is_wanted = may_be(of_letters.all());
                    }
                    if !is_wanted {
                        passed -= 1;
                        if passed == 0 {
                            break 'groups;
                        }
                        continue;
                    }
                    if self.seen.insert(name) {
                        self.batch.push((name, weight));
                        left -= 1;
                    }
                    if self.batch.len() == AT_ONCE || left == 0 {
                        self.read(index, &mut wanted);
                    }
                    if left == 0 {
                        break 'groups;
                    }
                }
                self.read(index, &mut wanted);
            }
        }
        self.read(index, &mut wanted);
    }

    /// The most that meeting a word of a group is worth whose letters are all among these.
    fn best_within(&self, group: usize, set: LetterSet) -> u32 {
        let sets = &self.sets[group.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[group]];
        sets.iter().find(|(own, _)| own & !set == 0).map_or(0, |(_, worth)| *worth)
    }

    /// Notes what the names of the batch are worth.
    fn read(&mut self, index: &Index, wanted: &mut Wanted) {
        index.starts.touch(self.batch.iter().map(|(name, _)| *name as usize));
        self.places.clear();
        self.places.extend(self.batch.iter().map(|(name, _)| index.places_of(*name)));
        index.spelled.touch(self.places.iter().map(|place| place.start));
        self.words.clear();
        for place in &mut self.places {
            let first = self.words.len();
            self.words.extend(index.spelled.range(place.clone()));
            *place = first..self.words.len();
        }
        for at in 0..self.batch.len() {
            let (name, weight) = self.batch[at];
            let worth = self.worth(wanted.meant, self.places[at].clone());
            wanted.top = wanted.top.max(worth);
            let rank = weight as i32 - worth as i32;
            if wanted.may_be(worth, rank, wanted.guess_most(LetterSet::MAX)) {
                let rank = rank - wanted.guess(index, name) as i32;
                self.names.push(Gathered { rank, name, worth });
            }
        }
        self.batch.clear();
        self.keep(wanted);
    }

    /// Keeps the best of the names noted.
    fn keep(&mut self, wanted: &mut Wanted) {
        let least = wanted.top.saturating_sub(wanted.behind + wanted.guess_most(LetterSet::MAX));
        self.names.retain(|noted| noted.worth >= least);
        self.names.sort_unstable();
        if let Some(last) = self.names.get(wanted.most - 1) {
            wanted.limit = last.rank;
            self.names.truncate(wanted.most);
        }
        if let [first, .., last] = self.names.as_slice().get(..ALWAYS).unwrap_or_default() {
            wanted.limit = wanted.limit.min(last.rank.max(first.rank + FAR as i32) + 1);
        }
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
    fn worth(&mut self, meant: &[&Meant], words: Range<usize>) -> u32 {
        self.worth.fill(0);
        for word in &self.words[words] {
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

impl Wanted<'_> {
    /// What may come of words that none was found for, guessed from the letters they have.
    fn guess(&self, index: &Index, name: NameId) -> u32 {
        let best = |(set, weight): &Unknown| {
            let of = |id: u32| {
                let other = index.letters_set(id & !CUT);
                let (shared, all) = ((set & other).count_ones(), (set | other).count_ones());
                // Fewer letters in common than this are chance.
                if shared * 5 >= all * 3 { weight * shared / all.max(1) } else { 0 }
            };
            index.words_of(name).map(of).max().unwrap_or(0)
        };
        self.unknown.iter().map(best).sum()
    }
}

/// What the words of a name weigh, about.
fn weight_of(seen: Seen) -> u32 {
    (seen >> BITS) * SIXTEEN
}

fn slot(word: WordId, slots: usize) -> usize {
    (word.wrapping_mul(0x9E37_79B1) >> 7) as usize & (slots - 1)
}

/// What groups are worth together. Words joined or taken apart are not worth what they are as they stand, too.
#[derive(Clone, Copy, Default)]
struct Sum {
    whole: u32,
    other: u32,
}

impl Sum {
    #[inline]
    fn and(self, is_whole: bool, worth: u32) -> Sum {
        if is_whole { Sum { whole: self.whole + worth, ..self } } else { Sum { other: self.other + worth, ..self } }
    }

    #[inline]
    fn all(self) -> u32 {
        self.whole.max(self.other)
    }
}

fn sum(groups: impl Iterator<Item = (bool, u32)>) -> u32 {
    groups.fold(Sum::default(), |sum, (is_whole, worth)| sum.and(is_whole, worth)).all()
}
