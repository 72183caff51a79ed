//! From a name to the registered names that are like it.

use super::gather::{Gathered, Gathering, Meant, Unknown};
use super::words::{Beside, SAME_MEANING, Search, WORDS, Words};
use super::{CUT, Index, NameId, WordId};
use crate::name::parts::Sense;
use crate::name::reading::{ANY, Alignment, Comparer, Costs, Letter, MOST_WORDS, Met, Spelling, Word, steps};
use crate::resolve::weights::word_weights;
use std::mem;

/// How words are looked for, one tier after the other, until a good name is found: as they stand, those that are not registered among the
/// spellings of habit, then with a wrong letter, those that are registered among the spellings of habit, as two words written as one or one as two,
/// far away.
const TIERS: [Search; 7] = [
    Search::Same,
    Search::Habit(steps(2.0)),
    Search::Error(steps(6.5)),
    Search::Habit(steps(2.0)),
    Search::Error(steps(6.5)),
    Search::All(steps(11.0)),
    Search::All(steps(18.0)),
];
const HABIT: usize = 1;
const ERRORS: usize = 2;
const REGISTERED: usize = 3;
const PARTS: usize = 4;
const ALL: usize = 5;
/// The last tier is for strings that nothing was found for that costs less than it weighs.
const LAST: usize = TIERS.len() - 1;
/// A word found at this cost is not looked for with errors, as long as others may explain what is wrong.
const SETTLED: u32 = steps(0.7);
/// So many words for one are enough.
const ENOUGH: usize = WORDS;
/// A name that costs no more than this part of its weight is good.
const GOOD: u32 = 8;
/// What a wrong letter costs at most.
const WRONG_LETTER: u32 = steps(6.5);
/// How many names are compared letter by letter.
const COMPARED: usize = 16;
/// So many are compared, however far they seem to be; others when they seem to cost this much more than the best at most.
pub(super) const ALWAYS: usize = 4;
pub(super) const FAR: u32 = steps(16.0);
/// What two words written as one are charged, and how near a joined or split word must come, this with the last tier. Where there
/// are no other words, a small registry is searched whole for them, too.
const JOINED: u32 = steps(2.5);
const NEAR_JOINED: [Search; 2] = [Search::Error(steps(6.5)), Search::All(steps(14.0))];
const PAIR: usize = 2;
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
    words: Words,
    beside: Beside,
    comparer: Comparer,
    name: Spelling,
    gathering: Gathering,
    meant: Vec<Meant>,
}

impl Finder {
    pub(in crate::resolve) fn new() -> Finder {
        Finder {
            words: Words::new(),
            beside: Beside::default(),
            comparer: Comparer::new(),
            name: Spelling::default(),
            gathering: Gathering::default(),
            meant: Vec::new(),
        }
    }

    /// What each word of a string costs when it is missing.
    fn weights(index: &Index, query: &Spelling) -> Vec<u32> {
        let weigh = |word: &Word| {
            let known = index.word(query.letters_of(word)).map_or(1, |id| index.frequency(id));
            let weight = super::weight(usize::from(word.letters), known, index.len(), word.sense.map(|(_, sense)| sense));
            (weight as f32 * word_weights().cost.of_string) as u32
        };
        query.words.iter().map(weigh).collect()
    }

    /// The names most like a string, the best first; each entity once. At most `most`. With them what each word of the string costs when it is
    /// missing, in steps.
    pub(in crate::resolve) fn find(&mut self, index: &Index, query: &Spelling, most: usize) -> (Vec<Near>, Vec<u32>) {
        let weights = Finder::weights(index, query);
        self.comparer.known.clear();
        let mut best: Vec<Near> = Vec::new();
        let mut meant = mem::take(&mut self.meant);
        meant.iter_mut().for_each(Meant::clear);
        meant.resize_with(query.words.len(), Meant::default);
        let mut others: Vec<Meant> = Vec::new();
        // Words as they stand, and those of which only such were taken as stand beside others.
        let (mut registered, mut partial) = ([false; MOST_WORDS], [false; MOST_WORDS]);
        let (is_small, mut is_found) = (index.is_small(), false);
        let costs = Costs::get();
        for (tier, search) in TIERS.into_iter().enumerate() {
            if tier == LAST && best.first().is_some_and(|near| near.likeness.cost < near.weight) {
                break;
            }
            // Beside a good name only words written as one may be nearer.
            if is_found && tier < PARTS {
                continue;
            }
            let mut any_new = false;
            for (at, (word, weight)) in query.words.iter().zip(&weights).enumerate() {
                let known = &meant[at];
                let is_open = match tier {
                    HABIT => known.words.is_empty(),
                    REGISTERED => registered[at] || partial[at],
                    // What was found nearly for nothing is not looked for with errors.
                    ERRORS => !registered[at] && (known.words.is_empty() || known.least > SETTLED),
                    PARTS => false,
                    // Of many words only those are looked for among all that none was found for.
                    ALL => is_small || known.words.is_empty() || known.least <= SETTLED,
                    _ => true,
                };
                if word.is_initial || known.words.len() >= ENOUGH || !is_open {
                    continue;
                }
                let with_errors = tier == REGISTERED && partial[at] || tier == ALL && !is_small && !known.words.is_empty();
                let search = if with_errors { TIERS[ERRORS] } else { search };
                self.beside.clear();
                if tier == ERRORS && !is_small {
                    let others = meant.iter().zip(&registered).filter(|(_, is_registered)| **is_registered);
                    self.beside.extend(index, others.flat_map(|(other, _)| &other.words).map(|(id, _)| *id));
                }
                self.words.find(index, query, word, (search, &self.beside));
                // What words mean counts when names are compared.
                let measured = self.words.measured.iter().filter(|(id, _)| word.sense.is_none() || index.sense(*id).is_none());
                measured.for_each(|(id, cost)| self.comparer.known.keep(at as u8, *id, *cost));
                self.mean(index, *weight, 0, &mut meant[at]);
                registered[at] |= tier == 0 && !meant[at].words.is_empty();
                partial[at] = self.words.is_partial;
                any_new = true;
            }
            let far = is_small && tier >= ALL && query.words.len() == PAIR;
            if tier == PARTS || tier == LAST || far {
                others = self.parts(index, query, (&weights, &meant), [far, tier == LAST]);
                any_new |= !others.is_empty();
            }
            let unknown = query.words.iter().zip(&meant).zip(&weights).filter(|((word, m), _)| m.words.is_empty() && !word.is_initial);
            let unknown: Vec<Unknown> = unknown.map(|((word, _), weight)| (costs.signature(query.letters(word)), *weight)).collect();
            // Names are gathered once something new is known, and not as long as a wrong letter may be what hides a word.
            let early = tier == 0 && query.words.len() <= 2 || tier < ERRORS && !unknown.is_empty();
            // Where spellings of habit are enough for all other words, those of the words that are registered count as much.
            let early = early || tier == HABIT && registered.contains(&true);
            if early || !any_new {
                continue;
            }
            let mut groups: Vec<&Meant> = meant.iter().chain(&others).collect();
            self.gathering.gather(index, &mut groups, &unknown, COMPARED.max(most + most / 2));
            best = self.compare(index, query, &weights, most);
            // What spellings of habit explain whole needs no search for errors; a single word may be a form of a nearer name.
            // Beside words as they stand one wrong letter explains a name.
            let with_errors = tier >= ERRORS && query.words.len() > 1 && registered.contains(&true);
            let is_explained = |near: &Near| with_errors && near.likeness.cost <= WRONG_LETTER && near.likeness.left == [0, 0];
            let is_good = |near: &&Near| near.likeness.cost <= near.weight / GOOD || is_explained(near);
            if let Some(near) = best.first().filter(is_good) {
                if tier >= PARTS || !is_by_meaning(query, near) {
                    break;
                }
                is_found = true;
            }
        }
        self.meant = meant;
        (best, weights)
    }

    /// Reads the spelling of a name, folded: by the words that are kept where it has no others.
    pub(in crate::resolve) fn spell(&mut self, index: &Index, name: NameId, folded: &str, into: &mut Spelling) {
        self.words.spelled.name(index, name, into);
        if !into.place(folded) {
            into.read(folded);
        }
    }

    /// Words of names that two words may be when they are written as one, and one word when it is two.
    /// Whether they are sought farther off is said by `far`, of the one and of the other.
    fn parts(&mut self, index: &Index, query: &Spelling, (weights, meant): (&[u32], &[Meant]), far: [bool; 2]) -> Vec<Meant> {
        let mut parts: Vec<Meant> = Vec::new();
        for (i, pair) in query.words.windows(2).enumerate() {
            if let Some(joined) = joined(query, pair) {
                self.words.find(index, &joined, &joined.words[0], (NEAR_JOINED[usize::from(far[0])], &Beside::default()));
                let mut meant = Meant::default();
                self.mean(index, weights[i] + weights[i + 1], JOINED, &mut meant);
                parts.push(meant);
            }
        }
        for ((word, weight), known) in query.words.iter().zip(weights).zip(meant) {
            if known.least > SETTLED {
                parts.extend(self.split(index, query, word, *weight, NEAR_SPLIT[usize::from(far[1])]));
            }
        }
        parts.retain(|part| !part.words.is_empty());
        parts
    }

    /// Notes what the words found mean for a word of this weight.
    fn mean(&self, index: &Index, weight: u32, extra: u32, meant: &mut Meant) {
        meant.clear();
        meant.is_whole = extra == 0;
        meant.least = self.words.found.first().map_or(u32::MAX, |(_, cost)| *cost);
        for (id, cost) in &self.words.found {
            let own = index.weight(*id);
            let gain = (weight + own).saturating_sub(*cost + extra);
            if gain > 0 {
                meant.words.push((*id, gain));
                meant.best = meant.best.max(gain);
                meant.own = meant.own.max(gain.saturating_sub(own));
                meant.names += index.frequency(*id) as usize;
            }
        }
        meant.words.sort_unstable();
    }

    /// Words of names that the longer part of a word may be when it is two words written as one.
    fn split(&mut self, index: &Index, query: &Spelling, word: &Word, weight: u32, near: u32) -> Option<Meant> {
        if word.is_number || word.letters < SHORTEST_SPLIT {
            return None;
        }
        let letters = query.letters_of(word);
        let mut part = Spelling::default();
        let mut all: Vec<(WordId, u32)> = Vec::new();
        for at in 2..letters.len() - 1 {
            let longer = if at * 2 >= letters.len() { &letters[..at] } else { &letters[at..] };
            part.clear();
            part.push_word(longer, 0..0, false);
            let Some(only) = part.words.first() else { continue };
            self.words.find(index, &part, only, (Search::Habit(near), &Beside::default()));
            all.extend(self.words.found.iter().filter(|(id, _)| index.frequency(*id) < COMMON));
        }
        all.sort_unstable_by_key(|(id, cost)| (*cost, *id));
        all.truncate(WORDS);
        std::mem::swap(&mut self.words.found, &mut all);
        let mut meant = Meant::default();
        self.mean(index, weight / 2, JOINED, &mut meant);
        Some(meant)
    }

    /// The names gathered that are most like the string, letter by letter.
    fn compare(&mut self, index: &Index, query: &Spelling, weights: &[u32], most: usize) -> Vec<Near> {
        let names = &self.gathering.names;
        let mut near: Vec<Near> = Vec::with_capacity(names.len());
        let limit = names.first().map_or(0, |first| first.rank + FAR as i32);
        // Who bears the good names among those compared, and what these cost.
        let mut bearers: Vec<(u32, u32)> = Vec::with_capacity(names.len());
        let of_string = weights.iter().sum::<u32>();
        index.forms.touch(names.iter().map(|near| near.name));
        index.touch(names.iter().flat_map(|near| index.words_of(near.name)).map(|id| id & !CUT));
        for (at, Gathered { rank, name, .. }) in names.iter().copied().enumerate() {
            if at >= ALWAYS && rank > limit {
                break;
            }
            // Beside a good name of an entity another counts only when it may be nearer.
            let bearer = index.entity(name);
            if bearers.iter().any(|(other, cost)| *other == bearer && (*cost as i32) < of_string as i32 + rank) {
                continue;
            }
            self.words.spelled.name(index, name, &mut self.name);
            let own: Vec<u32> = index.words_of(name).take(self.name.words.len()).map(|id| index.weight(id & !CUT)).collect();
            let mut likeness = Alignment::default();
            self.comparer.known.number(index.words_of(name));
            self.comparer.compare(query, &self.name, (weights, &own), ANY, &mut likeness);
            if !likeness.met.is_empty() {
                let weight = of_string + own.iter().sum::<u32>();
                if likeness.cost <= weight / GOOD {
                    bearers.push((bearer, likeness.cost));
                }
                near.push(Near { name, likeness, weight, own });
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

/// Whether one of several words met by what it means: the same letters, written as one word, are nearer (Қызыл Октябрь, Красный Октябрь,
/// Кызылоктябрь).
fn is_by_meaning(query: &Spelling, near: &Near) -> bool {
    // Words for the kind of a body stand alone.
    let may_join = |sense: Option<(u16, Sense)>| sense.is_some_and(|(_, sense)| !matches!(sense, Sense::Legal | Sense::Head));
    let by_meaning = |m: &Met| u32::from(m.cost) == SAME_MEANING && may_join(query.words[usize::from(m.a)].sense);
    query.words.len() > 1 && near.likeness.met.iter().any(by_meaning)
}

/// Two words written as one.
fn joined(query: &Spelling, pair: &[Word]) -> Option<Spelling> {
    let (x, y) = (&pair[0], &pair[1]);
    if x.is_number || y.is_number || x.is_initial || y.is_initial || x.letters + y.letters > LONGEST_JOINED {
        return None;
    }
    let letters: Vec<Letter> = [query.letters_of(x), query.letters_of(y)].concat();
    let mut joined = Spelling::default();
    joined.push_word(&letters, 0..0, false);
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;

    #[test]
    fn words_beside_a_name_do_not_hide_it() {
        let registry = Registry::builtin();
        let index = Index::new(&registry, &crate::resolve::index::Forms::new(&registry));
        let (found, _) = Finder::new().find(&index, &Spelling::of("профсоюз жанарту"), 5);
        let bearer = found.first().and_then(|near| registry.glance(index.entity(near.name) as usize)).map(|entity| entity.id().to_owned());
        assert_eq!(bearer.as_deref(), Some("kz-org-zhanartu"), "{found:?}");
    }
}
