//! Scores: what the steps give, and how the cost of taking one name for another becomes a probability.

pub(super) const EXACT: f64 = 1.0;
pub(super) const FOLDED: f64 = 0.99;
pub(super) const REPAIRED: f64 = 0.98;
/// No reading is surer than the same letters.
pub(super) const MOST: f64 = 0.97;
/// From here a name is a match, when no other name is as near.
pub(super) const MATCH: f64 = 0.9;
/// From here a name is worth a person's look.
pub(super) const CANDIDATE: f64 = 0.25;

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

/// How costs become probabilities. Fitted on the development sets by maximum likelihood.
mod fitted {
    /// For each nat of cost.
    pub const COST: f64 = 0.6;
    /// That the name meant is not in the registry: this much, and so much for each nat of weight of string and name.
    pub const NONE: f64 = 1.0;
    pub const NONE_WEIGHT: f64 = 0.15;
    /// For two names alone: this much, less so much for the share of the weight that is cost.
    pub const PAIR: f64 = 3.5;
    pub const PAIR_SHARE: f64 = 16.0;
}

/// The probabilities of names from their costs and weights in nats: one of them is meant, or none is.
pub(super) fn probabilities(costs: &[(f64, f64)]) -> Vec<f64> {
    let strength = |(cost, weight): &(f64, f64)| (fitted::NONE + fitted::NONE_WEIGHT * weight - fitted::COST * cost).exp();
    let all: f64 = 1.0 + costs.iter().map(strength).sum::<f64>();
    costs.iter().map(|c| MOST * strength(c) / all).collect()
}

/// The probability that two names are one, from cost and weight in steps.
pub(super) fn of_pair(cost: u32, weight: u32) -> f64 {
    let share = f64::from(cost) / f64::from(weight.max(1));
    MOST / (1.0 + (-(fitted::PAIR - fitted::PAIR_SHARE * share)).exp())
}
