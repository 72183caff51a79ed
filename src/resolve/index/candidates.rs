//! From a name to the registered names that are like it.

use super::walk::Walker;
use super::{CUT, Index, NameId, WordId};
use crate::name::reading::{Alignment, Comparer, Costs, Endings, Letter, Place, Side, Spelling, Word, steps};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// How far a word is looked for, in steps of cost: first among the spellings of habit, then with a letter or two wrong.
/// Before that, words that some name has just so are looked for no further.
const BUDGETS: [u32; 5] = [0, steps(2.0), steps(6.5), steps(11.0), steps(18.0)];
/// The last of them is for strings that nothing was found for that costs less than it weighs.
const LAST: usize = BUDGETS.len() - 1;
/// From this budget on letters may be wrong.
const ERRORS: usize = 2;
/// And for each letter and end of the word at most; more with the last budget.
const FOR_LETTER: [u32; 2] = [steps(1.3), steps(2.2)];
/// A word found at this cost is not looked for with errors, as long as others may explain what is wrong.
const SETTLED: u32 = steps(0.7);
/// So many words for one are enough.
const ENOUGH: usize = WORDS;
/// A name that costs no more than this part of its weight is good.
const GOOD: u32 = 8;
/// How much worse than the best a word may be, in steps.
const MARGIN: u32 = steps(5.0);
/// How many nodes are visited for a word at each budget.
const NODES: usize = 60_000;
/// The most words that are taken for a word.
const WORDS: usize = 48;
/// How many names are looked at for one string, and how many of them are compared letter by letter.
const LOOKED_AT: usize = 6_000;
const COMPARED: usize = 16;
/// What two words written as one are charged, and how near a joined or split word must come, this with the last budget.
const JOINED: u32 = steps(2.5);
const NEAR_JOINED: u32 = steps(6.5);
const NEAR_SPLIT: [u32; 2] = [steps(1.0), steps(2.5)];
/// The longest word that two make, in letters.
const LONGEST_JOINED: u16 = 20;
/// The shortest word that may be two, in letters, and how many names may have the words it is taken for.
const SHORTEST_SPLIT: u16 = 6;
const COMMON: u32 = 1000;

/// A registered name that is like a string.
#[derive(Debug, Clone)]
pub(in crate::resolve) struct Near {
    pub name: NameId,
    pub likeness: Alignment,
    /// The cost of the name when nothing of it is met, in steps.
    pub weight: u32,
    /// What each word of the name costs when it is missing, in steps.
    pub own: Vec<u32>,
}

/// Room for searches, kept from one to the next.
pub(in crate::resolve) struct Finder {
    walker: Walker,
    comparer: Comparer,
    found: Vec<(WordId, u32)>,
    name: Spelling,
    gains: FxHashMap<NameId, u32>,
    letters: Vec<Letter>,
    cuts: Vec<(u8, u32)>,
    /// Whether the search is at the last of the budgets.
    is_last: bool,
}

/// The words that one word of the string may be.
#[derive(Default)]
struct Meant {
    /// What the nearest costs, in steps.
    least: u32,
    /// The word ids in order, with what meeting them is worth.
    words: Vec<(WordId, u32)>,
    /// The most that meeting one is worth.
    best: u32,
    /// How many names have them.
    names: usize,
    /// Whether they are words for a word as it stands, not for two as one or a part of one.
    is_whole: bool,
}

impl Finder {
    pub(in crate::resolve) fn new() -> Finder {
        let (walker, comparer) = (Walker::new(), Comparer::new());
        Finder {
            walker,
            comparer,
            found: Vec::new(),
            name: Spelling::default(),
            gains: FxHashMap::default(),
            letters: Vec::new(),
            cuts: Vec::new(),
            is_last: false,
        }
    }

    /// What each word of a string costs when it is missing.
    pub(in crate::resolve) fn weights(index: &Index, query: &Spelling) -> Vec<u32> {
        let weigh = |word: &Word| {
            let known = index.word(query.letters(word)).map_or(1, |id| index.frequency(id));
            let weight = super::weight(usize::from(word.letters), known, index.len(), word.sense.map(|(_, sense)| sense));
            (weight as f32 * super::super::score::weight::OF_STRING) as u32
        };
        query.words.iter().map(weigh).collect()
    }

    /// The names most like a string, the best first; each entity once. At most `most`.
    pub(in crate::resolve) fn find(&mut self, index: &Index, query: &Spelling, most: usize) -> Vec<Near> {
        let weights = Finder::weights(index, query);
        let mut best: Vec<Near> = Vec::new();
        let mut meant: Vec<Meant> = query.words.iter().map(|_| Meant::default()).collect();
        for (tier, budget) in BUDGETS.into_iter().enumerate() {
            if tier == LAST && best.first().is_some_and(|near| near.likeness.cost < near.weight) {
                break;
            }
            self.is_last = tier == LAST;
            for ((word, weight), known) in query.words.iter().zip(&weights).zip(&mut meant) {
                // What was found nearly for nothing is not looked for with errors.
                let settled = known.least <= SETTLED && !known.words.is_empty();
                if word.is_initial || known.words.len() >= ENOUGH || settled && (ERRORS..LAST - 1).contains(&tier) {
                    continue;
                }
                if tier == 0 {
                    self.found.clear();
                    self.found.extend(index.word(query.letters(word)).map(|id| (id, 0)));
                } else if !self.words_like(index, query, word, budget) && !known.words.is_empty() {
                    // The search was broken off: what a smaller budget found whole is better.
                    continue;
                }
                *known = self.meant(index, *weight, 0);
            }
            let mut others: Vec<Meant> = Vec::new();
            if tier >= ERRORS {
                for (i, pair) in query.words.windows(2).enumerate() {
                    if self.joined(index, query, pair, budget) {
                        others.push(self.meant(index, weights[i] + weights[i + 1] / 2, JOINED));
                    }
                }
                for ((word, weight), known) in query.words.iter().zip(&weights).zip(&meant) {
                    if known.least > SETTLED {
                        others.extend(self.split(index, query, word, *weight));
                    }
                }
            }
            self.gains.clear();
            let mut groups: Vec<&Meant> = meant.iter().chain(&others).collect();
            self.gather(index, &mut groups);
            best = self.compare(index, query, &weights, &meant, most);
            // What spellings of habit explain whole needs no search for errors; a single word may be a form of a nearer name.
            if (tier > 0 || query.words.len() > 2) && best.first().is_some_and(|near| near.likeness.cost <= near.weight / GOOD) {
                break;
            }
        }
        best
    }

    /// The words a word may be taken for within a budget, the cheapest first; false when the search was broken off.
    fn words_like(&mut self, index: &Index, query: &Spelling, word: &Word, budget: u32) -> bool {
        self.letters.clear();
        self.letters.extend(query.letters(word));
        if word.is_number {
            self.found.clear();
            self.found.extend(index.word(self.letters.iter().copied()).map(|id| (id, 0)));
            return true;
        }
        let mut cuts = std::mem::take(&mut self.cuts);
        Endings::get().cuts(&self.letters, &mut cuts);
        let complete = self.look_for(index, (query.places(word), word.side, &cuts), budget);
        self.cuts = cuts;
        complete
    }

    fn look_for(&mut self, index: &Index, word: (&[Place], Side, &[(u8, u32)]), budget: u32) -> bool {
        self.found.clear();
        let budget = budget.min(FOR_LETTER[usize::from(self.is_last)] * word.0.len() as u32);
        let complete = self.walker.find(&index.words, word, budget, NODES, &mut self.found);
        self.found.sort_unstable();
        self.found.dedup_by_key(|(id, _)| *id);
        self.found.sort_unstable_by_key(|(id, cost)| (*cost, *id));
        let limit = self.found.first().map_or(0, |(_, cost)| cost + MARGIN);
        let within = self.found.iter().take(WORDS).take_while(|(_, cost)| *cost <= limit).count();
        self.found.truncate(within);
        complete
    }

    fn meant(&self, index: &Index, weight: u32, extra: u32) -> Meant {
        let is_whole = extra == 0;
        let worth = |(id, cost): &(WordId, u32)| (*id, (weight + index.weight(*id)).saturating_sub(*cost + extra));
        let mut words: Vec<(WordId, u32)> = self.found.iter().map(worth).filter(|(_, gain)| *gain > 0).collect();
        words.sort_unstable();
        let best = words.iter().map(|(_, gain)| *gain).max().unwrap_or(0);
        let least = self.found.first().map_or(u32::MAX, |(_, cost)| *cost);
        Meant { is_whole, least, best, names: words.iter().map(|(id, _)| index.frequency(*id) as usize).sum(), words }
    }

    /// Words of names that two words may be when they are written as one; false when they cannot be.
    fn joined(&mut self, index: &Index, query: &Spelling, pair: &[Word], budget: u32) -> bool {
        let [x, y] = pair else { return false };
        if x.is_number || y.is_number || x.is_initial || y.is_initial || x.letters + y.letters > LONGEST_JOINED {
            return false;
        }
        let (head, tail) = (query.places(x), query.places(y));
        let places: Vec<Place> = head[..head.len() - 1].iter().chain(&tail[1..]).copied().collect();
        self.letters.clear();
        self.letters.extend(query.letters(x).chain(query.letters(y)));
        let mut cuts = std::mem::take(&mut self.cuts);
        Endings::get().cuts(&self.letters, &mut cuts);
        self.look_for(index, (&places, x.side, &cuts), budget.min(NEAR_JOINED));
        self.cuts = cuts;
        true
    }

    /// Words of names that the longer part of a word may be when it is two words written as one.
    fn split(&mut self, index: &Index, query: &Spelling, word: &Word, weight: u32) -> Option<Meant> {
        if word.is_number || word.letters < SHORTEST_SPLIT {
            return None;
        }
        let letters: Vec<Letter> = query.letters(word).collect();
        let mut part = Spelling::default();
        let mut all: Vec<(WordId, u32)> = Vec::new();
        for at in 2..letters.len() - 1 {
            let longer = if at * 2 >= letters.len() { &letters[..at] } else { &letters[at..] };
            part.clear();
            part.push_word(longer, 0..0, false);
            let Some(only) = part.words.first() else { continue };
            self.look_for(index, (part.places(only), only.side, &[]), NEAR_SPLIT[usize::from(self.is_last)]);
            all.extend(self.found.iter().filter(|(id, _)| index.frequency(*id) < COMMON));
        }
        all.sort_unstable_by_key(|(id, cost)| (*cost, *id));
        all.truncate(WORDS);
        std::mem::swap(&mut self.found, &mut all);
        Some(self.meant(index, weight / 2, JOINED))
    }

    /// Notes the names that have words meant, and what they are worth.
    fn gather(&mut self, index: &Index, meant: &mut [&Meant]) {
        meant.sort_by_key(|m| m.names);
        let mut left = LOOKED_AT;
        let whole: u32 = meant.iter().filter(|m| m.is_whole).map(|m| m.best).sum();
        let mut top = 0;
        for (i, group) in meant.iter().enumerate() {
            if group.words.is_empty() {
                continue;
            }
            // Names that have nothing rarer cannot do better than what is known already.
            let rest: u32 = meant[i..].iter().map(|m| m.best).sum();
            if top > 0 && (rest * 2 < top || group.is_whole && top * 10 >= whole * 9) {
                continue;
            }
            let mut by_worth: Vec<&(WordId, u32)> = group.words.iter().collect();
            by_worth.sort_unstable_by_key(|(id, worth)| (std::cmp::Reverse(*worth), *id));
            for name in by_worth.iter().flat_map(|(word, _)| index.names_with(*word)) {
                if left == 0 {
                    return;
                }
                left -= 1;
                if let Entry::Vacant(free) = self.gains.entry(name) {
                    let worth = |whole: bool| -> u32 {
                        let groups = meant.iter().filter(|m| m.is_whole == whole);
                        groups.map(|m| index.words_of(name).map(|id| m.worth(id)).max().unwrap_or(0)).sum()
                    };
                    // A word joined or taken apart is not worth more than the word itself, too.
                    let gain = worth(true).max(worth(false) * 2 / 3);
                    top = top.max(gain);
                    free.insert(gain);
                }
            }
        }
    }

    /// The names noted that are most like the string, letter by letter.
    fn compare(&mut self, index: &Index, query: &Spelling, weights: &[u32], meant: &[Meant], most: usize) -> Vec<Near> {
        // What may come of words that none was found for: it is guessed from the letters they have.
        let costs = Costs::get();
        let unknown = query.words.iter().zip(meant).zip(weights).filter(|((word, m), _)| m.words.is_empty() && !word.is_initial);
        let unknown: Vec<(u32, u32)> = unknown.map(|((word, _), weight)| (costs.signature(query.letters(word)), *weight)).collect();
        let guess = |name: NameId| -> u32 {
            let best = |(set, weight): &(u32, u32)| {
                let of = |id: u32| {
                    let other = costs.signature(index.word_letters(id & !CUT).iter().copied());
                    let (shared, all) = ((set & other).count_ones(), (set | other).count_ones());
                    // Fewer letters in common than this are chance.
                    if shared * 5 >= all * 3 { weight * shared / all.max(1) } else { 0 }
                };
                index.words_of(name).map(of).max().unwrap_or(0)
            };
            unknown.iter().map(best).sum()
        };
        let best = self.gains.values().copied().max().unwrap_or(0);
        let possible: u32 = best.saturating_sub(unknown.iter().map(|(_, weight)| weight).sum::<u32>()) / 2;
        let own = |name: NameId| -> u32 { index.words_of(name).map(|id| index.weight(id & !CUT)).sum() };
        let mut noted: Vec<(i64, NameId)> = (self.gains.iter())
            .filter(|(_, gain)| **gain >= possible)
            .map(|(name, gain)| (i64::from(own(*name)) - i64::from(*gain) - i64::from(guess(*name)), *name))
            .collect();
        let compared = COMPARED.max(most + most / 2);
        if noted.len() > compared {
            noted.select_nth_unstable(compared);
            noted.truncate(compared);
        }
        let mut near: Vec<Near> = Vec::with_capacity(noted.len());
        for (_, name) in noted {
            index.spelling(name, &mut self.name);
            let own: Vec<u32> = index.words_of(name).take(self.name.words.len()).map(|id| index.weight(id & !CUT)).collect();
            let mut likeness = Alignment::default();
            self.comparer.compare(query, &self.name, (weights, &own), &mut likeness);
            if !likeness.met.is_empty() {
                near.push(Near { name, likeness, weight: weights.iter().sum::<u32>() + own.iter().sum::<u32>(), own });
            }
        }
        near.sort_by_key(|n| (n.likeness.cost, n.name));
        let mut entities: Vec<u32> = Vec::with_capacity(near.len());
        near.retain(|n| {
            let entity = index.entity(n.name);
            let first = !entities.contains(&entity);
            if first {
                entities.push(entity);
            }
            first
        });
        near.truncate(most);
        near
    }
}

impl Meant {
    /// What meeting a word is worth.
    fn worth(&self, word: u32) -> u32 {
        self.words.binary_search_by_key(&(word & !CUT), |(id, _)| *id).map_or(0, |at| self.words[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;

    #[test]
    fn words_beside_a_name_do_not_hide_it() {
        let registry = Registry::builtin();
        let index = Index::new(&registry);
        let found = Finder::new().find(&index, &Spelling::of("профсоюз жанарту"), 5);
        let bearer = found.first().and_then(|near| index.get(&registry, near.name)).map(|(_, entity, _)| entity.id.clone());
        assert_eq!(bearer.as_deref(), Some("kz-org-zhanartu"), "{found:?}");
    }
}
