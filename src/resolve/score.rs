//! Scores: what the steps give, and how the cost of taking one name for another becomes a probability.

use crate::name::reading::{Doubt, steps};

pub(super) const EXACT: f64 = 1.0;
pub(super) const FOLDED: f64 = 0.99;
pub(super) const REPAIRED: f64 = 0.98;
/// A case form of a registered name.
pub(super) const INFLECTED: f64 = 0.975;
/// A case form of a name that others bear, too.
pub(super) const SHARED: f64 = 0.87;
/// No reading is surer than the same letters.
pub(super) const MOST: f64 = 0.97;
/// From here a name is a match, when no other name is as near.
pub(super) const MATCH: f64 = 0.875;
/// At least this for a name of so many letters whose words one scheme writes, when the next name costs so many steps more.
pub(super) const BY_SCHEME: f64 = 0.9;
pub(super) const LONG: usize = 7;
pub(super) const APART: u32 = steps(3.0);
/// From here a name is worth a person's look.
pub(super) const CANDIDATE: f64 = 0.4;

/// What words cost when they are missing, in nats. Fitted on the development sets.
pub(super) mod weight {
    use crate::name::parts::Sense;

    /// Any word.
    pub const WORD: f32 = 2.0;
    /// For each letter up to the longest that counts.
    pub const EACH_LETTER: f32 = 1.0;
    pub const LONGEST: usize = 10;
    /// How much of that is for rarity.
    pub const RARITY: f32 = 0.6;
    /// A word of the string that the name lacks says more than a word of the name that the string lacks.
    pub const OF_STRING: f32 = 2.2;

    /// What is left of the weight of a word that says what kind of thing is named.
    pub fn of_sense(sense: Option<Sense>) -> f32 {
        match sense {
            None | Some(Sense::Head) => 1.0,
            Some(Sense::Quality) => 0.7,
            Some(Sense::Country) => 0.6,
            Some(Sense::Place) => 0.5,
            Some(Sense::Legal) => 0.2,
            Some(Sense::Particle) => 0.2,
        }
    }
}

/// What the comparison of a string and a name says of them, for weighing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    /// What string and name weigh together, and the words of both that met, in nats.
    pub weight: f64,
    pub met_weight: f64,
    /// What the letters cost, and the words left over of the string and of the name, in nats.
    pub letters: f64,
    pub left: [f64; 2],
    /// Letters of the string.
    pub length: usize,
    pub doubt: Option<Doubt>,
}

/// How costs become probabilities. Fitted on the development sets by maximum likelihood: one name is meant, or none.
mod fitted {
    pub const CONSTANT: f64 = -2.647;
    /// For the logarithm of the weight of both, and of the letters of the string.
    pub const WEIGHT: f64 = 0.970;
    pub const LENGTH: f64 = 1.736;
    /// For each tenth of the weight of what met that its letters cost.
    pub const LETTERS: f64 = -1.831;
    /// For each nat of words of the string, and of the name, left over.
    pub const LEFT: [f64; 2] = [-0.137, -0.297];

    /// For two names alone: this much, and for the logarithm of the weight of both.
    pub const PAIR: f64 = 4.63;
    pub const PAIR_WEIGHT: f64 = -0.6;
    /// For each tenth of what met that its letters cost; of the weight, that both sides have left over, and that one has more.
    pub const PAIR_LETTERS: f64 = -1.18;
    pub const PAIR_BOTH: f64 = -1.11;
    pub const PAIR_MORE: f64 = -0.25;
    /// When both sides have words left over at all.
    pub const PAIR_BOTH_AT_ALL: f64 = -1.3;
    pub const PAIR_GENDER: f64 = -2.1;
    pub const PAIR_CONTRADICTION: f64 = -1.0;
}

/// What a doubt takes from the logarithm of the odds. Fitted with the rest.
fn doubted(doubt: Doubt) -> f64 {
    match doubt {
        Doubt::Contradiction => -2.3,
        Doubt::Gender => -0.5,
        Doubt::Derived => -2.1,
        Doubt::More => -3.4,
        Doubt::Kind => -2.1,
        Doubt::Spelling | Doubt::Part => 0.0,
    }
}

/// The probabilities that names are meant: one of them is, or none.
pub(super) fn probabilities(names: &[Said]) -> Vec<f64> {
    use fitted::{CONSTANT, LEFT, LENGTH, LETTERS, WEIGHT};
    let strength = |said: &Said| {
        let left = LEFT[0] * said.left[0] + LEFT[1] * said.left[1];
        let letters = LETTERS * 10.0 * said.letters / said.met_weight.max(1.0);
        let size = WEIGHT * said.weight.max(1.0).ln() + LENGTH * (said.length.max(1) as f64).ln();
        (CONSTANT + size + letters + left + said.doubt.map_or(0.0, doubted)).exp()
    };
    let all: f64 = 1.0 + names.iter().map(strength).sum::<f64>();
    names.iter().map(|said| MOST * strength(said) / all).collect()
}

/// The probability that two names are one.
pub(super) fn of_pair(said: &Said) -> f64 {
    use fitted::*;
    if said.met_weight == 0.0 {
        return 0.0;
    }
    let weight = said.weight.max(1.0);
    let (both, more) = (said.left[0].min(said.left[1]), said.left[0].max(said.left[1]));
    let mut odds = PAIR + PAIR_WEIGHT * weight.ln() + PAIR_LETTERS * 10.0 * said.letters / said.met_weight.max(1.0);
    odds += 10.0 * (PAIR_BOTH * both + PAIR_MORE * (more - both)) / weight;
    odds += if both > 0.0 { PAIR_BOTH_AT_ALL } else { 0.0 };
    odds += match said.doubt {
        Some(Doubt::Gender) => PAIR_GENDER,
        Some(Doubt::Contradiction) => PAIR_CONTRADICTION,
        _ => 0.0,
    };
    MOST / (1.0 + (-odds).exp())
}

/// The least and the most that an abbreviation says: it may be made of the name, but of another, too.
pub(super) fn of_abbreviation(cost: u16) -> f64 {
    0.55 + 0.2 * (1.0 - f64::from(cost) / 50.0).max(0.0)
}
