//! Scores: what the steps give, and how the cost of taking one name for another becomes a probability.

use super::roles::Told;
use crate::name::parts::{Finding, Says, What};
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
const MATCH: f64 = 0.9;
/// At least this for a name of so many letters whose words one scheme writes, when the next name costs so many steps more.
pub(super) const BY_SCHEME: f64 = 0.9;
pub(super) const LONG: usize = 7;
pub(super) const APART: u32 = steps(3.0);
/// A name that costs less than this, in steps, is spelled as the string is.
pub(super) const AS_SPELLED: u32 = steps(0.3);
/// From here a name is worth a person's look.
pub(super) const CANDIDATE: f64 = 0.4;

/// From which scores names that are like a string are a match, or worth a person's look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// From here a name is a match, when no other is as near and nothing speaks against it (0.9 unless told).
    pub match_from: f64,
    /// From here a name is a candidate (0.4 unless told).
    pub candidate_from: f64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { match_from: MATCH, candidate_from: CANDIDATE }
    }
}

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
            Some(Sense::Number) => 0.8,
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
    pub const PAIR: f64 = 1.92;
    pub const PAIR_WEIGHT: f64 = 0.34;
    /// For each tenth of what met that its letters cost; of the weight, that both sides have left over, and that one has more.
    pub const PAIR_LETTERS: f64 = -0.06;
    pub const PAIR_BOTH: f64 = -0.95;
    pub const PAIR_MORE: f64 = -0.25;
    /// When both sides have words left over at all.
    pub const PAIR_BOTH_AT_ALL: f64 = -1.56;
    /// For each tenth of the words least alike that their letters cost.
    pub const PAIR_WORST: f64 = -0.52;
    /// When both are one word, and then for each tenth that its letters cost.
    pub const PAIR_SINGLE: f64 = 0.28;
    pub const PAIR_SINGLE_LETTERS: f64 = -0.24;
    /// When one body of two of a kind has a quality more: Коммунистік партиясы, Коммунистік Халық Партиясы.
    pub const PAIR_QUALITY_OF_HEAD: f64 = -2.2;
    /// When only words that say of what kind a body is have met, and one body has a name besides.
    pub const PAIR_ONLY_KIND: f64 = -2.5;
    /// When a letter stands for a name: it may stand for others.
    pub const PAIR_INITIALS: f64 = -1.4;
    pub const PAIR_REORDERED: f64 = -2.4;
    pub const PAIR_LEAD_LEFT: f64 = -2.8;
    /// When one is named after the other.
    pub const PAIR_DERIVED: f64 = -1.4;
}

/// What a doubt takes from the logarithm of the odds. Fitted with the rest.
fn doubted(doubt: Doubt) -> f64 {
    match doubt {
        Doubt::Contradiction => -2.3,
        Doubt::Gender => -0.5,
        Doubt::Derived => -2.1,
        Doubt::More => -3.4,
        Doubt::Kind => -2.1,
        Doubt::Body => -6.5,
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

/// What a finding about the parts of two names adds to the logarithm of the odds. Fitted with the rest where the development sets have
/// enough such pairs (family, given, core, gender, country, legal form); the others are set by what the parts mean.
fn said_by_part(finding: &Finding) -> f64 {
    match (finding.says, finding.what) {
        (Says::Contradiction, what) => match what {
            What::InitialsOnly => -5.0,
            What::Family => -2.8,
            What::Gender => -3.0,
            What::Head | What::Initial => -2.5,
            What::Given | What::Patronymic => -2.0,
            What::Core => -1.8,
            What::Quality => -3.0,
            What::Country => -1.3,
            What::Number => -1.2,
            What::PlaceWord => -0.7,
            What::Legal => -0.45,
        },
        (Says::Omission, what) => match what {
            What::Number => -1.5,
            What::Quality => -1.0,
            What::Country => -1.0,
            What::Family => -0.8,
            What::Head => -0.6,
            What::Patronymic => -0.4,
            What::Given => -0.3,
            What::PlaceWord => 0.8,
            _ => 0.0,
        },
        (Says::Agreement, _) => 0.0,
    }
}

/// Whether two bodies have no more in common than words of their kind, and one has a name besides: Management Company, Westminster Management
/// Company.
fn is_only_kind(told: &Told) -> bool {
    let met = |what| told.has(what, Says::Agreement);
    let is_named = [What::Core, What::Family, What::Given, What::Patronymic, What::Initial].into_iter().any(met);
    !is_named && (met(What::Head) || met(What::Legal)) && told.has(What::Core, Says::Omission)
}

/// The probability that two names are one.
pub(super) fn of_pair(said: &Said, told: &Told, single: bool) -> f64 {
    use fitted::*;
    if said.met_weight == 0.0 {
        return 0.0;
    }
    let weight = said.weight.max(1.0);
    let (both, more) = (said.left[0].min(said.left[1]), said.left[0].max(said.left[1]));
    let letters = 10.0 * said.letters / said.met_weight.max(1.0);
    let mut odds = PAIR + PAIR_WEIGHT * weight.ln() + PAIR_LETTERS * letters + PAIR_WORST * f64::from(told.worst) / 100.0;
    odds += 10.0 * (PAIR_BOTH * both + PAIR_MORE * (more - both)) / weight;
    odds += if both > 0.0 { PAIR_BOTH_AT_ALL } else { 0.0 };
    odds += if single { PAIR_SINGLE + PAIR_SINGLE_LETTERS * letters } else { 0.0 };
    odds += if told.reordered { PAIR_REORDERED } else { 0.0 };
    odds += if told.lead_left { PAIR_LEAD_LEFT } else { 0.0 };
    odds += told.findings.iter().map(said_by_part).sum::<f64>();
    odds += if said.doubt == Some(Doubt::Derived) { PAIR_DERIVED } else { 0.0 };
    let other_body = told.has(What::Head, Says::Agreement) && told.has(What::Quality, Says::Omission);
    odds += if other_body { PAIR_QUALITY_OF_HEAD } else { 0.0 };
    odds += if is_only_kind(told) { PAIR_ONLY_KIND } else { 0.0 };
    odds += if told.has(What::Initial, Says::Agreement) { PAIR_INITIALS } else { 0.0 };
    MOST / (1.0 + (-odds).exp())
}

/// The least and the most that an abbreviation says: it may be made of the name, but of another, too.
pub(super) fn of_abbreviation(cost: u16) -> f64 {
    0.55 + 0.2 * (1.0 - f64::from(cost) / 50.0).max(0.0)
}
