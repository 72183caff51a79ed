//! From words that are meant to the names that have them.

use super::candidates::{ALWAYS, FAR};
use super::{BITS, CUT, Index, LetterSet, NameId, SIXTEEN, Seen, WordId};
use crate::name::reading::steps;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::mem;
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

impl Meant {
    /// Of no words, in the same memory.
    pub(super) fn clear(&mut self) {
        let words = mem::take(&mut self.words);
        *self = Meant { words, ..Meant::default() };
        self.words.clear();
    }
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
    /// The letters of the words meant as sets, with what meeting them is worth, the most of each group first.
    sets: Vec<(LetterSet, u32)>,
    /// A hash table from words to their lines in `lines`, plus one.
    slots: Vec<u32>,
    /// Word, group, worth; lines of one word follow each other.
    lines: Vec<(WordId, u8, u32)>,
    /// What each group is worth in the name looked at.
    worth: Vec<u32>,
    /// The words of a group, that which is worth most first.
    by_worth: Vec<(Reverse<u32>, WordId)>,
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

    /// What a name must be worth, when so much may be added by words that none was found for.
    fn least(&self, guessed: u32) -> Least {
        let guessed = guessed as i32;
        Least { any: self.top as i32 - self.behind as i32 - guessed, more: 1i32.saturating_sub(self.limit).saturating_sub(guessed) }
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

/// What a name must be worth to be wanted: whatever it weighs, and so much more than it weighs.
#[derive(Clone, Copy)]
struct Least {
    any: i32,
    more: i32,
}

impl Least {
    #[inline]
    fn of(self, weight: u32) -> i32 {
        self.any.max(weight as i32 + self.more)
    }
}

/// The groups whose words a name may have besides one of the group that is looked at.
#[derive(Default)]
struct Others {
    groups: Vec<Other>,
    /// The bits of the first groups; and for each set of these groups what they are worth together at most.
    bits: [Seen; TOGETHER],
    together: [Sum; 1 << TOGETHER],
}

/// A group: the bits of its words, where the sets of their letters are, and the most that meeting one is worth.
struct Other {
    bits: Seen,
    sets: Range<usize>,
    is_whole: bool,
    best: u32,
}

/// Of so many groups it is known beforehand what they are worth together.
const TOGETHER: usize = 3;

impl Others {
    /// Takes the groups from one on, each with where its sets of letters are.
    fn take(&mut self, meant: &[&Meant], groups: &[(Seen, Range<usize>)], from: usize) {
        self.groups.clear();
        let others = meant.iter().zip(groups).skip(from);
        let other = |(m, (bits, sets)): (&&Meant, &(Seen, Range<usize>))| Other {
            bits: *bits,
            sets: sets.clone(),
            is_whole: m.is_whole,
            best: m.best,
        };
        self.groups.extend(others.map(other));
        (self.bits, self.together) = Default::default();
        for (at, other) in self.groups.iter().take(TOGETHER).enumerate() {
            self.bits[at] = other.bits;
            for set in 1 << at..2 << at {
                self.together[set] = self.together[set - (1 << at)].and(other.is_whole, other.best);
            }
        }
    }

    /// The set of the first groups of which a name seems to have a word.
    #[inline]
    fn set(&self, seen: Seen) -> usize {
        self.bits.iter().rev().fold(0, |set, bits| set << 1 | usize::from(seen & bits != 0))
    }

    /// What the groups are worth at most of which a name seems to have a word.
    fn of(&self, seen: Seen) -> Sum {
        let more = self.groups.iter().skip(TOGETHER).filter(|other| seen & other.bits != 0);
        more.fold(self.together[self.set(seen)], |sum, other| sum.and(other.is_whole, other.best))
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
        let mut groups: Vec<(Seen, Range<usize>)> = Vec::with_capacity(meant.len());
        for m in meant.iter() {
            let first = self.sets.len();
            self.sets.extend(m.words.iter().map(|(id, worth)| (index.letters_set(*id), *worth)));
            self.sets[first..].sort_unstable_by_key(|(_, worth)| Reverse(*worth));
            groups.push((m.words.iter().fold(0, |bits, (id, _)| bits | index.bit(*id)), first..self.sets.len()));
        }
        self.names.clear();
        self.seen.clear();
        let behind = BEHIND[usize::from(index.is_small())];
        let mut wanted = Wanted { meant, unknown, most, behind, top: 0, limit: i32::MAX };
        let (mut left, mut passed) = (LOOKED_AT, PASSED);
        let guessed = wanted.guess_most(LetterSet::MAX);
        let mut others = Others::default();
        'groups: for (i, group) in meant.iter().enumerate() {
            // Names that have nothing rarer cannot do better than what is known already.
            let rest = |of: fn(&Meant) -> u32| sum(meant[i..].iter().map(|m| (m.is_whole, of(m))));
            if !wanted.may_be(rest(|m| m.best), -(rest(|m| m.own) as i32), guessed) {
                break;
            }
            // Names that have something rarer were looked at before.
            others.take(meant, &groups, i + 1);
            self.by_worth.clear();
            self.by_worth.extend(group.words.iter().map(|(id, worth)| (Reverse(*worth), *id)));
            self.by_worth.sort_unstable();
            for at in 0..self.by_worth.len() {
                let (Reverse(worth), word) = self.by_worth[at];
                let own = Sum::default().and(group.is_whole, worth);
                let mut least = wanted.least(guessed);
                let (has_more, most) = (others.groups.len() > TOGETHER, others.together.map(|sum| own.plus(sum).all() as i32));
                for (name, seen, set) in index.names_with(word) {
                    let (weight, together) = (weight_of(seen), others.set(seen));
                    let mut is_wanted = has_more || most[together] >= least.of(weight);
                    if is_wanted {
                        // What the bits leave open, the letters may tell.
                        let least = if unknown.is_empty() { least } else { wanted.least(wanted.guess_most(set)) };
                        let open = if has_more { others.of(seen) } else { others.together[together] };
                        is_wanted = self.may_be_worth(&others, (own, open), (seen, set), least.of(weight));
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
                        least = wanted.least(guessed);
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

    /// Whether a name may be worth as much as is wanted that has these bits and letters; what is known of its worth, and what may still come.
    fn may_be_worth(&self, others: &Others, (mut known, mut open): (Sum, Sum), (seen, set): (Seen, LetterSet), wanted: i32) -> bool {
        for other in others.groups.iter().filter(|other| seen & other.bits != 0) {
            open = open.less(other.is_whole, other.best);
            // What is worth less is not enough.
            let Sum { whole, other: parts } = known.plus(open);
            let (own, beside) = if other.is_whole { (whole, parts) } else { (parts, whole) };
            let least = if beside as i32 >= wanted { 0 } else { wanted - own as i32 };
            let mut enough = self.sets[other.sets.clone()].iter().take_while(|(_, worth)| *worth as i32 >= least);
            let worth = enough.find(|(own, _)| own & !set == 0).map_or(0, |(_, worth)| *worth);
            if (worth as i32) < least {
                return false;
            }
            known = known.and(other.is_whole, worth);
        }
        known.all() as i32 >= wanted
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
    fn plus(self, other: Sum) -> Sum {
        Sum { whole: self.whole + other.whole, other: self.other + other.other }
    }

    /// Without what was added.
    #[inline]
    fn less(self, is_whole: bool, worth: u32) -> Sum {
        if is_whole { Sum { whole: self.whole - worth, ..self } } else { Sum { other: self.other - worth, ..self } }
    }

    #[inline]
    fn all(self) -> u32 {
        self.whole.max(self.other)
    }
}

fn sum(groups: impl Iterator<Item = (bool, u32)>) -> u32 {
    groups.fold(Sum::default(), |sum, (is_whole, worth)| sum.and(is_whole, worth)).all()
}
