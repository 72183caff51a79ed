//! Scores: how the cost of taking one name for another becomes a probability; from which scores a name is meant.

use super::roles::Told;
use super::weights::{Weights, weights};
use crate::name::parts::{Finding, Says, What};
use crate::name::reading::Doubt;

/// From here a name is a match, when no other name is as near, and from here worth a person's look: what [`Thresholds`] are where none are told.
const MATCH: f64 = 0.9;
const CANDIDATE: f64 = 0.4;

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

/// The probabilities that names are meant: one of them is, or none.
pub(super) fn probabilities(names: &[Said]) -> Vec<f64> {
    let Weights { steps, linking, doubts, .. } = weights();
    let strength = |said: &Said| {
        let left = linking.left_of_string * said.left[0] + linking.left_of_name * said.left[1];
        let letters = linking.letters * 10.0 * said.letters / said.met_weight.max(1.0);
        let size = linking.weight * said.weight.max(1.0).ln() + linking.length * (said.length.max(1) as f64).ln();
        (linking.constant + size + letters + left + said.doubt.map_or(0.0, |doubt| doubts.of(doubt))).exp()
    };
    let all: f64 = 1.0 + names.iter().map(strength).sum::<f64>();
    names.iter().map(|said| steps.most * strength(said) / all).collect()
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
    let Weights { steps, pairs, contradiction, omission, .. } = weights();
    if said.met_weight == 0.0 {
        return 0.0;
    }
    let weight = said.weight.max(1.0);
    let (both, more) = (said.left[0].min(said.left[1]), said.left[0].max(said.left[1]));
    let letters = 10.0 * said.letters / said.met_weight.max(1.0);
    let by_part = |finding: &Finding| match finding.says {
        Says::Contradiction => contradiction.of(finding.what),
        Says::Omission => omission.of(finding.what),
        Says::Agreement => 0.0,
    };
    let mut odds = pairs.constant + pairs.weight * weight.ln() + pairs.letters * letters + pairs.worst * f64::from(told.worst) / 100.0;
    odds += 10.0 * (pairs.both * both + pairs.more * (more - both)) / weight;
    odds += if both > 0.0 { pairs.both_at_all } else { 0.0 };
    odds += if single { pairs.single + pairs.single_letters * letters } else { 0.0 };
    odds += if told.reordered { pairs.reordered } else { 0.0 };
    odds += if told.lead_left { pairs.lead_left } else { 0.0 };
    odds += told.findings.iter().map(by_part).sum::<f64>();
    odds += if said.doubt == Some(Doubt::Derived) { pairs.derived } else { 0.0 };
    let other_body = told.has(What::Head, Says::Agreement) && told.has(What::Quality, Says::Omission);
    odds += if other_body { pairs.quality_of_head } else { 0.0 };
    odds += if is_only_kind(told) { pairs.only_kind } else { 0.0 };
    odds += if told.has(What::Initial, Says::Agreement) { pairs.initials } else { 0.0 };
    steps.most / (1.0 + (-odds).exp())
}

/// What an abbreviation says: it may be made of the name, but of another, too.
pub(super) fn of_abbreviation(cost: u16) -> f64 {
    let Weights { abbreviation, .. } = weights();
    abbreviation.least + abbreviation.more * (1.0 - f64::from(cost) / abbreviation.dearest).max(0.0)
}
