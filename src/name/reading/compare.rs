//! Two names side by side: which word answers to which, and what it costs to take the one name for the other.

use super::align::{Aligner, Counted, Sounded};
use super::charges::WordCharges;
use super::costs::charges;
use super::endings::{Cut, Endings};
use super::joined::Joined;
use super::known::{Cost, Known};
use super::spelling::{MOST_WORDS, Spelling, Word};
use crate::name::parts::Sense;

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
    /// The name is of a body of what the string names: its presidium, its press service.
    Body,
    /// A single word met another that is not spelled so by habit.
    Spelling,
    /// A word of several met one that may be another word.
    Word,
    /// The string is a small part of the name.
    Part,
}

/// Words may cost as much for each letter as they weigh.
pub(crate) const ANY: u32 = u16::MAX as u32;

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
    /// What is charged besides letters.
    pub(super) charges: &'static WordCharges,
    aligner: Aligner,
    /// What is known beforehand of the words of the names that are compared.
    pub known: Known,
    open: Vec<Open>,
    pub(super) joined: Joined,
    /// Texts that are compared beside the names.
    texts: [Spelling; 2],
}

/// Two words that may answer to each other.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// The greater, the better: what is gained when they do, in steps, and then the words; at most that, as long as they are not compared.
    rank: u64,
    a: u8,
    b: u8,
    is_compared: bool,
    /// What they cost; at least that, as long as they are not compared.
    cost: u16,
    noted: u8,
}

impl Open {
    /// Of words that cost less than they weigh together.
    fn new((a, b): (usize, usize), worth: u32, cost: u32) -> Open {
        let gain = u64::from(worth - cost).saturating_sub(u64::from(a != b));
        let rank = gain << 16 | (a << 8 | b) as u64;
        Open { rank, a: a as u8, b: b as u8, is_compared: false, cost: cost as u16, noted: 0 }
    }
}

/// Of two words that answer to each other: one is made from the other.
const DERIVED: u8 = 1;
/// One says what the other denies.
const OPPOSITE: u8 = 2;

/// How many letters of two words count for sure, with the start: those before endings that may stand for each other.
pub(super) fn counted(a: &Sounded, b: &Sounded) -> Counted {
    let count = |of: &Sounded, groups: u32| 1 + sure(of.cuts, of.endings & groups).unwrap_or(of.letters.len() - 2);
    // Runs with the start of a second word in them may take letters of the first.
    [if a.is_joined { 0 } else { count(a, b.endings) }, count(b, a.endings)]
}

/// The letters before all endings of these groups; none where there is no such ending.
pub(super) fn sure(cuts: &[Cut], groups: u32) -> Option<usize> {
    if groups == 0 { None } else { cuts.iter().rfind(|cut| cut.groups & groups != 0).map(|cut| usize::from(cut.stem)) }
}

impl Comparer {
    pub(crate) fn new() -> Comparer {
        Comparer {
            charges: charges(),
            aligner: Aligner::new(),
            known: Known::default(),
            open: Vec::new(),
            joined: Joined::default(),
            texts: Default::default(),
        }
    }

    /// What two words cost, in steps; more than the weights of both when it costs more than that.
    pub(crate) fn word_cost(&mut self, a: (&Spelling, &Word), b: (&Spelling, &Word), weights: (u32, u32)) -> u32 {
        self.noted_cost(a, b, weights, 0, u32::MAX).0
    }

    /// What two folded texts of one word cost, in steps, and the letters of the longer; more than `each` for each of these, three at least, when it
    /// costs more than that. Nothing when one is no single word.
    pub(crate) fn text_cost(&mut self, a: &str, b: &str, each: u32) -> Option<(u32, u32)> {
        let mut texts = std::mem::take(&mut self.texts);
        let [one, other] = &mut texts;
        one.read(a);
        other.read(b);
        let cost = match (one.words.as_slice(), other.words.as_slice()) {
            ([v], [w]) => {
                let letters = u32::from(v.letters.max(w.letters)).max(3);
                // A letter costs as much for a word whichever of the texts it is.
                let weights = if v.is_initial { (letters * each, 0) } else { (0, letters * each) };
                Some((self.word_cost((one, v), (other, w), weights), letters))
            }
            _ => None,
        };
        self.texts = texts;
        cost
    }

    /// What two words cost when that is at least `least` steps; more than `most` when it costs more.
    pub(crate) fn word_cost_from(&mut self, a: (&Spelling, &Word), b: (&Spelling, &Word), least: u32, most: u32) -> Cost {
        self.noted_cost(a, b, (most, 0), least, most)
    }

    /// What two words cost, in steps, and what is noted of them; `least` is what they cost at least, as far as is known.
    fn noted_cost(
        &mut self,
        a: (&Spelling, &Word),
        b: (&Spelling, &Word),
        (a_weight, b_weight): (u32, u32),
        least: u32,
        most: u32,
    ) -> Cost {
        let limit = (a_weight + b_weight).min(most);
        let no = (limit + 1, 0);
        if a.1.is_number != b.1.is_number {
            return no;
        }
        if a.1.is_initial != b.1.is_initial {
            let (initial, word, weight) = if a.1.is_initial { (a, b, b_weight) } else { (b, a, a_weight) };
            let cost = self.aligner.prefix_cost(initial.0.sounded(initial.1), &word.0.sounded(word.1), self.charges.other_initial);
            return if cost > self.charges.other_initial { no } else { (cost + self.charges.initial + weight / 2, 0) };
        }
        if a.0.marks(a.1) == b.0.marks(b.1) {
            return (0, 0);
        }
        if a.1.is_number {
            return no;
        }
        let (x, y) = (a.0.sounded(a.1), b.0.sounded(b.1));
        match (a.1.sense, b.1.sense) {
            (Some((one, _)), Some((other, _))) if one == other => {
                let (cost, noted) = self.letters_cost(&x, &y, least, limit);
                (cost.min(self.charges.same_sense), noted)
            }
            // A party is no movement, however alike the words are.
            (Some((_, Sense::Head)), Some((_, Sense::Head))) => {
                let cost = self.aligner.cost(&x, &y, counted(&x, &y), least, self.charges.habit);
                if cost > self.charges.habit { no } else { (cost, 0) }
            }
            _ => self.letters_cost(&x, &y, least, limit),
        }
    }

    /// What the letters of two words cost, with endings that may stand for each other, and what is noted of them.
    pub(super) fn letters_cost(&mut self, a: &Sounded, b: &Sounded, least: u32, limit: u32) -> (u32, u8) {
        if least > limit {
            return (limit + 1, 0);
        }
        let cost = self.aligner.cost(a, b, counted(a, b), least, limit).min(limit + 1);
        if cost <= self.charges.habit {
            return (cost, 0);
        }
        let (by_endings, derives) = self.by_endings(a, b, limit);
        let derived = derives && by_endings < cost;
        let opposite = matches!((a.opposite, b.opposite), (Some((x, one)), Some((y, other))) if x == y && one != other);
        let noted = if derived { DERIVED } else { 0 } | if opposite { OPPOSITE } else { 0 };
        (cost.min(by_endings) + if opposite { self.charges.opposite } else { 0 }, noted)
    }

    /// What the stems of the two words compared last cost with endings that may stand for each other, and whether one name is made from the other;
    /// where the stems cost no more than a limit.
    fn by_endings(&self, a: &Sounded, b: &Sounded, limit: u32) -> (u32, bool) {
        let mut best = (u32::MAX, false);
        if a.endings & b.endings == 0 {
            return best;
        }
        for cut in a.cuts {
            let Some(cost_of_stems) = self.aligner.costs_of_stem(usize::from(cut.stem)) else { continue };
            for other in b.cuts.iter().filter(|other| other.groups & cut.groups != 0) {
                let stems = cost_of_stems(usize::from(other.stem));
                if stems > limit {
                    continue;
                }
                let (cost, derives) = Endings::get().cost(cut.groups & other.groups, a.side != b.side);
                best = best.min((stems + cost, derives));
            }
        }
        best
    }

    /// What two words cost at least, in steps, without a look at the order of their letters.
    fn least(a: (&Spelling, &Word), b: (&Spelling, &Word), whole: [u32; 2], limit: u32) -> u32 {
        if a.1.is_number || b.1.is_number {
            return if a.1.is_number && b.1.is_number { 0 } else { limit };
        }
        match (a.1.is_initial, b.1.is_initial) {
            (true, false) => return charges().initial + whole[1] / 2,
            (false, true) => return charges().initial + whole[0] / 2,
            _ if matches!((a.1.sense, b.1.sense), (Some((one, _)), Some((other, _))) if one == other) => return 0,
            _ => {}
        }
        let groups = a.1.endings & b.1.endings;
        let [one, other] = [a, b].map(|of| {
            let codes = of.0.codes(of.1);
            &codes[..sure(of.0.cuts(of.1), groups).unwrap_or(codes.len())]
        });
        u32::from(b.1.sounds.least_of(one) + a.1.sounds.least_of(other))
    }

    /// From which cost on two words are other words, when each letter of the longer may cost so much; at most what they weigh together.
    fn most(a: &Word, b: &Word, worth: u32, each: u32) -> u32 {
        if a.is_initial || b.is_initial { worth } else { worth.min(each * u32::from(a.letters.max(b.letters)) + 1) }
    }

    /// Compares two names; `weights` are what each of their words costs when it is missing, in steps. Words that cost more than `each` for each
    /// letter are other words.
    pub(crate) fn compare(&mut self, a: &Spelling, b: &Spelling, weights: (&[u32], &[u32]), each: u32, found: &mut Alignment) {
        found.met.clear();
        self.open.clear();
        for (i, x) in a.words.iter().enumerate() {
            for (j, y) in b.words.iter().enumerate() {
                let worth = weights.0[i] + weights.1[j];
                let most = Comparer::most(x, y, worth, each);
                let least = Comparer::least((a, x), (b, y), [weights.0[i], weights.1[j]], worth);
                if least < most {
                    self.open.push(Open::new((i, j), worth, least));
                }
            }
        }
        let (mut taken_a, mut taken_b) = (0u32, 0u32);
        let mut noted = 0;
        // The best are compared first: what cannot gain as much as they do needs no look at its letters.
        while let Some((at, best)) = self.open.iter().copied().enumerate().max_by_key(|(_, open)| open.rank) {
            if best.is_compared {
                noted |= best.noted;
                taken_a |= 1 << best.a;
                taken_b |= 1 << best.b;
                found.met.push(Met { a: best.a, b: best.b, cost: best.cost, words: (1, 1) });
                self.open.retain(|open| open.a != best.a && open.b != best.b);
                continue;
            }
            let (i, j) = (usize::from(best.a), usize::from(best.b));
            let worth = weights.0[i] + weights.1[j];
            let (x, y) = (&a.words[i], &b.words[j]);
            let most = Comparer::most(x, y, worth, each);
            let (cost, noted) = self.known.cost(best.a, best.b).unwrap_or_else(|| {
                let cost = self.noted_cost((a, x), (b, y), (weights.0[i], weights.1[j]), u32::from(best.cost), most);
                self.known.learn(best.a, best.b, cost);
                cost
            });
            if cost < most {
                self.open[at] = Open { is_compared: true, noted, ..Open::new((i, j), worth, cost) };
            } else {
                self.open.swap_remove(at);
            }
        }
        let all = |n: usize| (1u32 << n) - 1;
        if a.words.len() != b.words.len() && (taken_a != all(a.words.len()) || taken_b != all(b.words.len())) {
            // Two words of the name that has more are one of the other first, whichever name is given first.
            let is_longer = a.words.len() > b.words.len();
            for own in [is_longer, !is_longer] {
                let taken = (&mut taken_a, &mut taken_b);
                noted |= if own { self.join(a, b, weights, taken, each, found) } else { self.join_back(a, b, weights, taken, each, found) };
            }
        }
        (found.letters, found.met_weight) = (0, 0);
        for m in &found.met {
            found.letters += u32::from(m.cost);
            found.met_weight += span(weights.0, m.a, m.words.0) + span(weights.1, m.b, m.words.1);
        }
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
            n if n & OPPOSITE != 0 => Some(Doubt::Gender),
            n if n & DERIVED != 0 => Some(Doubt::Derived),
            _ if left_over(a, taken_a, more) => Some(Doubt::More),
            _ if left_over(b, taken_b, kind) => Some(Doubt::Kind),
            _ if found.met.len() == 1 && u32::from(found.met[0].cost) > self.charges.other_spelling => Some(Doubt::Spelling),
            _ if found.met.len() == 1 && left_over(b, taken_b, |w| w.sense.is_none() && !w.is_initial) => Some(Doubt::Part),
            _ => None,
        };
        found.cost = contradictions * self.charges.contradiction;
        found.cost += found.letters + found.left[0] + found.left[1] + crossed * self.charges.order;
    }
}

/// What words cost together when they are missing: some from one on, and those that met no other.
fn span(weights: &[u32], from: u8, words: u8) -> u32 {
    let mut all = 0;
    for weight in &weights[usize::from(from)..][..usize::from(words)] {
        all += weight;
    }
    all
}

fn left(weights: &[u32], taken: u32) -> u32 {
    let mut all = 0;
    for (at, weight) in weights.iter().enumerate() {
        all += if taken >> at & 1 == 0 { *weight } else { 0 };
    }
    all
}

const _: () = assert!(MOST_WORDS <= 31);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::reading::sounds::Sounds;
    use crate::registry::Registry;
    use crate::text::fold;

    /// Some hundred names of the built-in registry, in all its scripts.
    fn names() -> Vec<Spelling> {
        let registry = Registry::builtin();
        let texts = registry.entities().flat_map(|e| e.names.iter().map(|n| fold(&n.text)).collect::<Vec<_>>());
        // Letters that share a code, and words of letters of two scripts.
        let odd = ["җебек җолы", "жebеk", "سулtан"].map(str::to_owned);
        texts.step_by(7).chain(odd).map(|text| Spelling::of(&text)).filter(|name| !name.words.is_empty()).collect()
    }

    /// What is known of letters without their order leaves out no way of taking one word for another, nor does trying some first: none that cost 30.
    #[test]
    fn bounds_change_no_cost() {
        let names = names();
        let words: Vec<Sounded> = names.iter().flat_map(|name| name.words.iter().map(|word| name.sounded(word))).collect();
        let (mut aligner, mut plain) = (Aligner::new(), Aligner::new());
        for (i, a) in words.iter().enumerate() {
            for b in words.iter().skip(i % 5).step_by(5) {
                for limit in [30, 150, 400] {
                    let cost = aligner.cost(a, b, counted(a, b), 0, limit).min(limit + 1);
                    let (x, y) = (Sounded { sounds: &Sounds::NONE, ..*a }, Sounded { sounds: &Sounds::NONE, ..*b });
                    assert_eq!(
                        cost,
                        plain.cost(&x, &y, [0, 0], 30, limit).min(limit + 1),
                        "{:?} {:?} within {limit}",
                        a.letters,
                        b.letters
                    );
                }
            }
        }
    }

    /// Which name comes first changes nothing where words of both may be one of the other: those of the name that has more are first.
    #[test]
    fn names_are_joined_alike_from_both_sides() {
        let mut comparer = Comparer::new();
        let cost = |a: &Spelling, b: &Spelling, comparer: &mut Comparer| {
            let weights = |name: &Spelling| name.words.iter().map(|w| 40 + 20 * u32::from(w.letters)).collect::<Vec<_>>();
            let mut found = Alignment::default();
            comparer.compare(a, b, (&weights(a), &weights(b)), 36, &mut found);
            (found.letters, found.met_weight)
        };
        for (a, b) in [("р yy yy yyyyyyyyyyyyyyyy", "zyyyy yyyyyyy"), ("тахир yy yy yyyyyyyyyyyyyyyyyyyyyyyy", "нqiziyyyy yyyyyyyyy")]
        {
            let [a, b] = [a, b].map(Spelling::of);
            let there = cost(&a, &b, &mut comparer);
            assert_eq!(there, cost(&b, &a, &mut comparer));
        }
    }

    #[test]
    fn a_letter_costs_as_much_for_a_text_from_both_sides() {
        let mut comparer = Comparer::new();
        let there = comparer.text_cost("н", "николай", 20);
        assert_eq!(there, comparer.text_cost("николай", "н", 20));
        assert!(there.is_some_and(|(cost, letters)| cost < letters * 20));
    }

    /// Comparing the best words first gives what comparing all of them gives.
    #[test]
    fn the_order_of_comparing_changes_nothing() {
        let names = names();
        let weights = |name: &Spelling| name.words.iter().map(|w| 40 + 20 * u32::from(w.letters)).collect::<Vec<_>>();
        let (mut comparer, mut found) = (Comparer::new(), Alignment::default());
        for (i, a) in names.iter().enumerate() {
            for b in names.iter().skip(i % 11).step_by(11).filter(|b| b.words.len() == a.words.len()) {
                let (of_a, of_b) = (weights(a), weights(b));
                let mut all = Vec::new();
                for (i, x) in a.words.iter().enumerate() {
                    for (j, y) in b.words.iter().enumerate() {
                        let (worth, cost) = (of_a[i] + of_b[j], comparer.word_cost((a, x), (b, y), (of_a[i], of_b[j])));
                        all.extend((cost < worth).then(|| ((worth - cost) as i32 - i32::from(i != j), i as u8, j as u8, cost as u16)));
                    }
                }
                all.sort_unstable_by(|p, q| q.cmp(p));
                let mut met: Vec<Met> = Vec::new();
                for (_, i, j, cost) in all {
                    if met.iter().all(|m| m.a != i && m.b != j) {
                        met.push(Met { a: i, b: j, cost, words: (1, 1) });
                    }
                }
                met.sort_unstable_by_key(|m| m.a);
                comparer.compare(a, b, (&of_a, &of_b), ANY, &mut found);
                assert_eq!(found.met, met);
            }
        }
    }
}
