//! From a name to the registered names that are like it.

use super::walk::Walker;
use super::{CUT, Index, NameId, WordId};
use crate::name::reading::{Alignment, Comparer, Endings, Letter, Place, Side, Spelling, Word, steps};
use rustc_hash::FxHashMap;
use std::ops::ControlFlow;

/// How far a word is looked for, in steps of cost: first among the spellings of habit, then with a letter or two wrong.
const BUDGETS: [u32; 3] = [steps(2.5), steps(6.5), steps(11.0)];
/// How much worse than the best a word may be, in steps.
const MARGIN: u32 = steps(5.0);
/// How many nodes are visited for a word at each budget.
const NODES: usize = 60_000;
/// The most words that are taken for a word.
const WORDS: usize = 48;
/// How many names are looked at for one string, and how many of them are compared letter by letter.
const LOOKED_AT: usize = 6_000;
const COMPARED: usize = 48;
/// A joined or split word must come this near.
const JOINED: u32 = steps(2.5);

/// A registered name that is like a string.
#[derive(Debug, Clone)]
pub(in crate::resolve) struct Near {
    pub name: NameId,
    pub likeness: Alignment,
    /// The cost of the name when nothing of it is met, in steps.
    pub weight: u32,
}

/// Room for searches, kept from one to the next.
pub(in crate::resolve) struct Finder {
    walker: Walker,
    comparer: Comparer,
    found: Vec<(WordId, u32)>,
    name: Spelling,
    gains: FxHashMap<NameId, u32>,
}

/// The words that one word of the string may be.
struct Meant {
    /// The word ids in order, with what meeting them is worth.
    words: Vec<(WordId, u32)>,
    /// The most that meeting one is worth.
    best: u32,
    /// How many names have them.
    names: usize,
}

impl Finder {
    pub(in crate::resolve) fn new() -> Finder {
        let (walker, comparer) = (Walker::new(), Comparer::new());
        Finder { walker, comparer, found: Vec::new(), name: Spelling::default(), gains: FxHashMap::default() }
    }

    /// What each word of a string costs when it is missing.
    fn weights(&self, index: &Index, query: &Spelling) -> Vec<u32> {
        let weigh = |word: &Word| {
            let known = index.word(query.letters(word)).map_or(1, |id| index.frequency(id));
            (index.weight(usize::from(word.letters), known) as f32 * super::super::score::weight::OF_STRING) as u32
        };
        query.words.iter().map(weigh).collect()
    }

    /// The names most like a string, the best first; each entity once. At most `most`.
    pub(in crate::resolve) fn find(&mut self, index: &Index, query: &Spelling, most: usize) -> Vec<Near> {
        let weights = self.weights(index, query);
        let mut best: Vec<Near> = Vec::new();
        self.gains.clear();
        let (mut letters, mut cuts) = (Vec::new(), Vec::new());
        for (tier, budget) in BUDGETS.into_iter().enumerate() {
            let mut meant: Vec<Meant> = Vec::new();
            for (word, weight) in query.words.iter().zip(&weights) {
                if word.is_initial {
                    continue;
                }
                letters.clear();
                letters.extend(query.letters(word));
                Endings::get().cuts(&letters, &mut cuts);
                self.words_like(index, (query.places(word), word.side, &cuts), word.is_number, budget);
                meant.push(self.meant(index, *weight, 0));
            }
            for pair in query.words.windows(2) {
                if let Some(joined) = joined(query, pair) {
                    self.words_like(index, (&joined, pair[0].side, &[]), false, budget.min(JOINED));
                    meant.push(self.meant(index, weights[0], JOINED));
                }
            }
            if tier > 0 {
                for (word, weight) in query.words.iter().zip(&weights) {
                    meant.extend(self.split(index, query, word, *weight));
                }
            }
            self.gather(index, &mut meant, query.words.len());
            best = self.compare(index, query, &weights, most);
            // What spellings of habit explain whole needs no search for errors.
            if best.first().is_some_and(|near| near.likeness.cost <= near.weight / 5) {
                break;
            }
        }
        best
    }

    /// The words a word may be taken for within a budget, the cheapest first.
    fn words_like(&mut self, index: &Index, word: (&[Place], Side, &[(u8, u32)]), is_number: bool, budget: u32) {
        self.found.clear();
        let budget = if is_number { 0 } else { budget.min(steps(0.9) * word.0.len() as u32) };
        self.walker.find(&index.words, word, budget, NODES, &mut self.found);
        self.found.sort_unstable();
        self.found.dedup_by_key(|(id, _)| *id);
        self.found.sort_unstable_by_key(|(id, cost)| (*cost, *id));
        let limit = self.found.first().map_or(0, |(_, cost)| cost + MARGIN);
        let within = self.found.iter().take(WORDS).take_while(|(_, cost)| *cost <= limit).count();
        self.found.truncate(within);
    }

    fn meant(&self, index: &Index, weight: u32, extra: u32) -> Meant {
        let worth = |(id, cost): &(WordId, u32)| {
            let own = index.weight(index.word_letters(*id).len(), index.frequency(*id));
            (*id, (weight + own).saturating_sub(*cost + extra))
        };
        let mut words: Vec<(WordId, u32)> = self.found.iter().map(worth).filter(|(_, gain)| *gain > 0).collect();
        words.sort_unstable();
        let best = words.iter().map(|(_, gain)| *gain).max().unwrap_or(0);
        Meant { best, names: words.iter().map(|(id, _)| index.frequency(*id) as usize).sum(), words }
    }

    /// Two words of names that a word may be when it is taken apart.
    fn split(&mut self, index: &Index, query: &Spelling, word: &Word, weight: u32) -> Option<Meant> {
        if word.is_number || word.letters < 5 {
            return None;
        }
        let letters: Vec<Letter> = query.letters(word).collect();
        let mut part = Spelling::default();
        let mut both: Vec<(WordId, u32)> = Vec::new();
        for at in 2..letters.len() - 1 {
            let longer = if at * 2 >= letters.len() { &letters[..at] } else { &letters[at..] };
            part.clear();
            part.push_word(longer, 0..0, false);
            if let Some(id) = index.word(longer.iter().copied()).filter(|id| index.frequency(*id) < 1000) {
                both.push((id, 0));
            }
        }
        std::mem::swap(&mut self.found, &mut both);
        Some(self.meant(index, weight / 2, JOINED))
    }

    /// Notes the names that have words meant, and what they are worth.
    fn gather(&mut self, index: &Index, meant: &mut [Meant], words: usize) {
        meant.sort_by_key(|m| m.names);
        let mut left = LOOKED_AT;
        let whole: u32 = meant.iter().take(words).map(|m| m.best).sum();
        let mut top = 0;
        for (i, group) in meant.iter().enumerate() {
            if group.words.is_empty() {
                continue;
            }
            // Names that have nothing rarer cannot do better than what is known already.
            let rest: u32 = meant[i..].iter().map(|m| m.best).sum();
            if top > 0 && (rest < top || top * 10 >= whole * 9) {
                break;
            }
            let mut by_worth: Vec<&(WordId, u32)> = group.words.iter().collect();
            by_worth.sort_unstable_by_key(|(id, worth)| (std::cmp::Reverse(*worth), *id));
            let mut seen = ControlFlow::Continue(());
            for (word, _) in by_worth {
                for name in index.names_with(*word) {
                    if left == 0 {
                        seen = ControlFlow::Break(());
                        break;
                    }
                    left -= 1;
                    if self.gains.contains_key(&name) {
                        continue;
                    }
                    let gain: u32 = meant
                        .iter()
                        .map(|m| {
                            let gain = |id: u32| m.words.binary_search_by_key(&(id & !CUT), |(w, _)| *w).map_or(0, |at| m.words[at].1);
                            index.words_of(name).map(gain).max().unwrap_or(0)
                        })
                        .sum();
                    top = top.max(gain);
                    self.gains.insert(name, gain);
                }
                if seen.is_break() {
                    return;
                }
            }
        }
    }

    /// The names noted that are most like the string, letter by letter.
    fn compare(&mut self, index: &Index, query: &Spelling, weights: &[u32], most: usize) -> Vec<Near> {
        let mut noted: Vec<(u32, usize, NameId)> =
            self.gains.iter().map(|(name, gain)| (*gain, index.words_of(*name).len(), *name)).collect();
        let order = |a: &(u32, usize, NameId), b: &(u32, usize, NameId)| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2));
        if noted.len() > COMPARED {
            noted.select_nth_unstable_by(COMPARED, order);
            noted.truncate(COMPARED);
        }
        let mut near: Vec<Near> = Vec::with_capacity(noted.len());
        for (_, _, name) in noted {
            index.spelling(name, &mut self.name);
            let own: Vec<u32> = index
                .words_of(name)
                .zip(&self.name.words)
                .map(|(id, word)| index.weight(usize::from(word.letters), index.frequency(id & !CUT)))
                .collect();
            let mut likeness = Alignment::default();
            self.comparer.compare(query, &self.name, (weights, &own), &mut likeness);
            if !likeness.met.is_empty() {
                near.push(Near { name, likeness, weight: weights.iter().sum::<u32>() + own.iter().sum::<u32>() });
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

/// Two words written as one.
fn joined(query: &Spelling, pair: &[Word]) -> Option<Vec<Place>> {
    let (x, y) = (&pair[0], &pair[1]);
    if x.is_number || y.is_number || x.is_initial || y.is_initial || x.letters + y.letters > 14 {
        return None;
    }
    let (head, tail) = (query.places(x), query.places(y));
    Some(head[..head.len() - 1].iter().chain(&tail[1..]).copied().collect())
}
