//! Two names side by side: which word answers to which, and what it costs to take the one name for the other.

use super::align::Aligner;
use super::costs::{Costs, steps};
use super::endings::Endings;
use super::letters::Letter;
use super::spelling::{MOST_WORDS, Place, Spelling, Word};
use crate::name::parts::Sense;

/// What is charged besides letters, in steps of a cost.
pub(crate) mod charge {
    use super::steps;
    /// A word of one name in the place of a word that starts with it.
    pub const INITIAL: u32 = steps(0.8);
    /// An initial whose letter costs more than this is another one.
    pub const OTHER_INITIAL: u32 = steps(1.0);
    /// Words in another order, for each word that stands elsewhere.
    pub const ORDER: u32 = steps(0.15);
    /// A word that costs no more than this needs no other explanation.
    pub const HABIT: u32 = steps(0.6);
    /// Two words of one meaning: movement, қозғалыс.
    pub const SAME_SENSE: u32 = steps(1.0);
    /// Each name says of itself what the other is not: its number, what kind of body it is.
    pub const CONTRADICTION: u32 = steps(6.0);
    /// A single word that costs more than this is not sure to be the same.
    pub const OTHER_SPELLING: u32 = steps(1.4);
    /// A man's name for a woman's.
    pub const OPPOSITE: u32 = steps(3.0);
    /// Two words written as one.
    pub const JOINED: u32 = steps(0.6);
}

/// A word of one name that answers to a word of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Met {
    pub a: u8,
    pub b: u8,
    /// What the letters cost, in steps.
    pub cost: u16,
    /// How many words it is on each side.
    pub words: (u8, u8),
}

/// Why two names that are near may not be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doubt {
    /// Each says what the other is not: its number, what kind of body it is.
    Contradiction,
    /// One is a man's name, the other a woman's.
    Gender,
    /// One is named after the other.
    Derived,
    /// The string says more than the name.
    More,
    /// The name says of what kind the thing is, and the string does not.
    Kind,
    /// A single word met another that is not spelled so by habit.
    Spelling,
    /// The string is a small part of the name.
    Part,
}

/// What taking one name for another costs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// All costs together, in steps.
    pub cost: u32,
    /// The costs of letters alone.
    pub letters: u32,
    /// What the words that answer to each other would cost if they were missing.
    pub met_weight: u32,
    /// What the words left over cost, on each side.
    pub left: [u32; 2],
    /// In how many things each says what the other is not.
    pub contradictions: u8,
    /// Why the two may be near but are not one name, as far as letters and words tell.
    pub doubt: Option<Doubt>,
    pub met: Vec<Met>,
}

/// Room for comparing names.
pub(crate) struct Comparer {
    aligner: Aligner,
    pairs: Vec<(i32, u8, u8, u16, u8)>,
    joined: Vec<Place>,
    letters: [Vec<Letter>; 2],
    /// Of the words compared last: 1 that one is made from the other, 2 that one says what the other denies.
    noted: u8,
    cuts: [Vec<(u8, u32)>; 2],
}

impl Comparer {
    pub(crate) fn new() -> Comparer {
        Comparer {
            aligner: Aligner::new(),
            pairs: Vec::new(),
            joined: Vec::new(),
            letters: Default::default(),
            noted: 0,
            cuts: Default::default(),
        }
    }

    /// What the letters of two words cost, in steps; more than the weights of both when it costs more than that.
    pub(crate) fn word_cost(&mut self, a: (&Spelling, &Word), b: (&Spelling, &Word), (a_weight, b_weight): (u32, u32)) -> u32 {
        let limit = a_weight + b_weight;
        let (x, y) = ((a.0.places(a.1), a.1.side), (b.0.places(b.1), b.1.side));
        if a.1.is_number != b.1.is_number {
            return limit + 1;
        }
        match (a.1.is_initial, b.1.is_initial) {
            (true, false) | (false, true) => {
                let cost = if a.1.is_initial { self.aligner.prefix_cost(x, y, limit) } else { self.aligner.prefix_cost(y, x, limit) };
                let whole = if a.1.is_initial { b_weight } else { a_weight };
                if cost > charge::OTHER_INITIAL { limit + 1 } else { cost + charge::INITIAL + whole / 2 }
            }
            _ if a.1.is_number => {
                let same = a.0.places(a.1) == b.0.places(b.1);
                if same { 0 } else { limit + 1 }
            }
            _ if x.0 == y.0 => 0,
            _ => {
                let cost = self.aligner.cost(x, y, limit);
                if cost <= charge::HABIT {
                    return cost;
                }
                let (by_endings, derived, opposite) = self.by_endings(x.0, y.0);
                let derived = derived && by_endings < cost;
                let cost = cost.min(by_endings) + if opposite { charge::OPPOSITE } else { 0 };
                self.noted |= u8::from(derived) | u8::from(opposite) << 1;
                match (a.1.sense, b.1.sense) {
                    (Some((one, _)), Some((other, _))) if one == other => cost.min(charge::SAME_SENSE),
                    // A party is no movement, however alike the words are.
                    (Some((_, Sense::Head)), Some((_, Sense::Head))) => limit + 1,
                    _ => cost,
                }
            }
        }
    }

    /// What the stems of the two words compared last cost with endings that may stand for each other.
    /// Also whether one name is made from the other, and whether one says what the other denies.
    fn by_endings(&mut self, a: &[Place], b: &[Place]) -> (u32, bool, bool) {
        let (costs, endings) = (Costs::get(), Endings::get());
        let mut best = (u32::MAX, false);
        for (places, side) in [(a, 0), (b, 1)] {
            self.letters[side].clear();
            self.letters[side].extend(places[1..places.len() - 1].iter().map(|place| costs.letter(place[0])));
            endings.cuts(&self.letters[side], &mut self.cuts[side]);
        }
        for (stem_a, groups_a) in &self.cuts[0] {
            for (stem_b, groups_b) in &self.cuts[1] {
                if groups_a & groups_b != 0 {
                    let stems = self.aligner.cost_of_stems(usize::from(*stem_a), usize::from(*stem_b));
                    let (cost, derives) = endings.cost(groups_a & groups_b);
                    best = best.min((stems.saturating_add(cost), derives));
                }
            }
        }
        (best.0, best.1, endings.are_opposite(&self.letters[0], &self.letters[1]))
    }

    /// Compares two names; `weights` are what each of their words costs when it is missing, in steps.
    pub(crate) fn compare(&mut self, a: &Spelling, b: &Spelling, weights: (&[u32], &[u32]), found: &mut Alignment) {
        found.met.clear();
        self.pairs.clear();
        for (i, x) in a.words.iter().enumerate() {
            for (j, y) in b.words.iter().enumerate() {
                let worth = weights.0[i] + weights.1[j];
                self.noted = 0;
                let cost = self.word_cost((a, x), (b, y), (weights.0[i], weights.1[j]));
                if cost < worth {
                    let order = if i == j { 0 } else { 1 };
                    self.pairs.push(((worth - cost) as i32 - order, i as u8, j as u8, cost as u16, self.noted));
                }
            }
        }
        self.pairs.sort_unstable_by(|p, q| q.cmp(p));
        let (mut taken_a, mut taken_b) = (0u32, 0u32);
        let mut noted = 0;
        for &(_, i, j, cost, note) in &self.pairs {
            if taken_a >> i & 1 == 0 && taken_b >> j & 1 == 0 {
                noted |= note;
                taken_a |= 1 << i;
                taken_b |= 1 << j;
                found.met.push(Met { a: i, b: j, cost, words: (1, 1) });
            }
        }
        let all = |n: usize| (1u32 << n) - 1;
        if a.words.len() != b.words.len() && (taken_a != all(a.words.len()) || taken_b != all(b.words.len())) {
            self.noted = 0;
            self.join(a, b, weights, (&mut taken_a, &mut taken_b), found);
            // What was one word of the other name is found from the other side in the same way.
            self.join_back(a, b, weights, (&mut taken_a, &mut taken_b), found);
            noted |= self.noted;
        }
        found.letters = found.met.iter().map(|m| u32::from(m.cost)).sum();
        found.met_weight = found.met.iter().map(|m| span(weights.0, m.a, m.words.0) + span(weights.1, m.b, m.words.1)).sum();
        let left = |weights: &[u32], taken: u32| weights.iter().enumerate().filter(|(i, _)| taken >> i & 1 == 0).map(|(_, w)| w).sum();
        found.left = [left(weights.0, taken_a), left(weights.1, taken_b)];
        found.met.sort_unstable_by_key(|m| m.a);
        let crossed = found.met.windows(2).filter(|w| w[0].b > w[1].b).count() as u32;
        let left_over = |name: &Spelling, taken: u32, which: fn(&Word) -> bool| {
            name.words.iter().enumerate().any(|(i, w)| taken >> i & 1 == 0 && which(w))
        };
        let both = |which: fn(&Word) -> bool| left_over(a, taken_a, which) && left_over(b, taken_b, which);
        let contradictions = u32::from(both(|w| w.is_number)) + u32::from(both(|w| matches!(w.sense, Some((_, Sense::Head)))));
        found.contradictions = contradictions as u8;
        let kind = |w: &Word| matches!(w.sense, Some((_, Sense::Place | Sense::Head)));
        let more = |w: &Word| !matches!(w.sense, Some((_, Sense::Legal)));
        found.doubt = match noted {
            _ if contradictions > 0 => Some(Doubt::Contradiction),
            n if n & 2 != 0 => Some(Doubt::Gender),
            n if n & 1 != 0 => Some(Doubt::Derived),
            _ if left_over(a, taken_a, more) => Some(Doubt::More),
            _ if left_over(b, taken_b, kind) => Some(Doubt::Kind),
            _ if found.met.len() == 1 && u32::from(found.met[0].cost) > charge::OTHER_SPELLING => Some(Doubt::Spelling),
            _ if found.met.len() == 1 && left_over(b, taken_b, |w| w.sense.is_none() && !w.is_initial) => Some(Doubt::Part),
            _ => None,
        };
        found.cost = contradictions * charge::CONTRADICTION;
        found.cost += found.letters + found.left[0] + found.left[1] + crossed * charge::ORDER;
    }

    /// Two words of `a` for one of `b`, when that is cheaper than what was found.
    fn join(&mut self, a: &Spelling, b: &Spelling, weights: (&[u32], &[u32]), taken: (&mut u32, &mut u32), found: &mut Alignment) {
        for i in 1..a.words.len() {
            let (x, y) = (&a.words[i - 1], &a.words[i]);
            if x.is_number
                || y.is_number
                || x.is_initial
                || y.is_initial
                || *taken.0 >> (i - 1) & 3 == 3 && found.met.len() >= b.words.len()
            {
                continue;
            }
            self.joined.clear();
            let (head, tail) = (a.places(x), a.places(y));
            self.joined.extend_from_slice(&head[..head.len() - 1]);
            self.joined.extend_from_slice(&tail[1..]);
            if self.joined.len() > super::spelling::LONGEST_WORD + 2 {
                continue;
            }
            for (j, z) in b.words.iter().enumerate() {
                if z.is_number || z.is_initial || z.letters + 4 < x.letters + y.letters {
                    continue;
                }
                // What the words in question cost now.
                let touched = |m: &Met| m.b == j as u8 || (m.a..m.a + m.words.0).any(|k| k as usize == i || k as usize == i - 1);
                if found.met.iter().any(|m| touched(m) && m.words != (1, 1)) {
                    continue;
                }
                let now: u32 = found
                    .met
                    .iter()
                    .filter(|m| touched(m))
                    .map(|m| weights.0[m.a as usize] + weights.1[m.b as usize] - u32::from(m.cost))
                    .sum();
                let worth = weights.0[i - 1] + weights.0[i] + weights.1[j];
                if worth <= now + charge::JOINED {
                    continue;
                }
                let limit = worth - now - charge::JOINED;
                let mut note = 0;
                let mut cost = self.aligner.cost((&self.joined, x.side), (b.places(z), z.side), limit);
                if cost > charge::HABIT {
                    let joined = std::mem::take(&mut self.joined);
                    let (by_endings, derived, opposite) = self.by_endings(&joined, b.places(z));
                    self.joined = joined;
                    note = u8::from(derived && by_endings < cost) | u8::from(opposite) << 1;
                    cost = cost.min(by_endings) + if opposite { charge::OPPOSITE } else { 0 };
                }
                cost += charge::JOINED;
                if cost < limit {
                    self.noted |= note;
                    for m in found.met.iter().filter(|m| touched(m)) {
                        *taken.0 &= !(1 << m.a);
                        *taken.1 &= !(1 << m.b);
                    }
                    found.met.retain(|m| !touched(m));
                    *taken.0 |= 3 << (i - 1);
                    *taken.1 |= 1 << j;
                    found.met.push(Met { a: i as u8 - 1, b: j as u8, cost: cost as u16, words: (2, 1) });
                }
            }
        }
    }

    fn join_back(&mut self, a: &Spelling, b: &Spelling, weights: (&[u32], &[u32]), taken: (&mut u32, &mut u32), found: &mut Alignment) {
        let turn = |m: &mut Met| {
            std::mem::swap(&mut m.a, &mut m.b);
            m.words = (m.words.1, m.words.0);
        };
        found.met.iter_mut().for_each(turn);
        self.join(b, a, (weights.1, weights.0), (taken.1, taken.0), found);
        found.met.iter_mut().for_each(turn);
    }
}

fn span(weights: &[u32], from: u8, words: u8) -> u32 {
    weights[usize::from(from)..][..usize::from(words)].iter().sum()
}

const _: () = assert!(MOST_WORDS <= 31);
