//! A name that is like the string, and that several entities bear: they share its probability.

use super::index::NameId;
use super::steps::Hit;

/// How likely it is that somebody is meant who bears the name: for those of the folded form of the first all that they have together.
pub(super) fn together(folded: &[&str], scores: &[f64]) -> Vec<f64> {
    let is_first = |name: &str| Some(&name) == folded.first();
    let whole: f64 = folded.iter().zip(scores).filter(|(name, _)| is_first(name)).map(|(_, score)| score).sum();
    folded.iter().zip(scores).map(|(name, score)| if is_first(name) { whole } else { *score }).collect()
}

/// Adds all others who bear the name of the hits, and shares out what the hits have among all of them.
pub(super) fn with_all_bearers(hits: &mut Vec<Hit>, bearers: impl Iterator<Item = NameId>) {
    let Some(first) = hits.first().cloned() else { return };
    let whole: f64 = hits.iter().map(|hit| hit.score).sum();
    let known: Vec<NameId> = hits.iter().map(|hit| hit.name).collect();
    hits.extend(bearers.filter(|name| !known.contains(name)).map(|name| Hit { name, ..first.clone() }));
    let share = whole / hits.len() as f64;
    hits.iter_mut().for_each(|hit| hit.score = share);
}
