//! Pairs of strings put to the comparison.

use super::metrics::{Calibration, Separation, mean};
use super::read::Pair;
use super::show::{Miss, Wanted};
use crate::resolve::rounded;
use atau::resolve::{How, Likeness, compare};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// What was counted over pairs.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Each pair's label (same or not) and score.
    pub scores: Vec<(bool, f64)>,
    pub calibration: Calibration,
    time: Duration,
}

impl Tally {
    /// Pairs whose label is same.
    pub fn same(&self) -> usize {
        self.scores.iter().filter(|(same, _)| *same).count()
    }

    pub fn separation(&self) -> Separation {
        Separation::of(&self.scores)
    }

    /// Pairs a second.
    pub fn rate(&self) -> Option<f64> {
        (!self.scores.is_empty() && !self.time.is_zero()).then(|| self.scores.len() as f64 / self.time.as_secs_f64())
    }

    pub fn join(&mut self, other: &Tally) {
        self.scores.extend(&other.scores);
        self.calibration.join(&other.calibration);
        self.time += other.time;
    }

    pub fn json(&self) -> Map<String, Value> {
        let mut out = Map::new();
        out.extend([("pairs".to_owned(), json!(self.scores.len())), ("same".to_owned(), json!(self.same()))]);
        out.extend(super::json_of(&NAMES, &figures(self.separation())));
        out.insert("calibration".to_owned(), self.calibration.json());
        out.extend(super::json_of(&["seconds", "per_second"], &[Some(self.time.as_secs_f64()), self.rate()]));
        out
    }
}

pub const NAMES: [&str; 3] = ["auc", "recall_at_5", "best_f1"];

/// In the order of their names.
pub fn figures(separation: Separation) -> [Option<f64>; 3] {
    [separation.auc, separation.recall_at_5, separation.best_f1]
}

pub fn mean_of(sets: &[Separation]) -> Separation {
    Separation {
        auc: mean(sets.iter().map(|s| s.auc)),
        recall_at_5: mean(sets.iter().map(|s| s.recall_at_5)),
        best_f1: mean(sets.iter().map(|s| s.best_f1)),
    }
}

/// Compares the pairs; `tick` is called after each. The failures come with the score that is furthest from its label first.
pub fn measure(pairs: &[(&Pair, bool)], wanted: Wanted, tick: &mut dyn FnMut()) -> (Tally, Vec<Miss>) {
    let mut tally = Tally::default();
    let mut misses: Vec<(f64, Miss)> = Vec::new();
    for (pair, _) in pairs.iter().take(super::UNTIMED) {
        compare(&pair.a, &pair.b);
    }
    for (pair, same) in pairs {
        let begun = Instant::now();
        let found = compare(&pair.a, &pair.b);
        tally.time += begun.elapsed();
        let score = rounded(found.score);
        tally.scores.push((*same, score));
        tally.calibration.add(score, *same);
        let called_same = found.verdict == Likeness::Same;
        if wanted.takes(called_same != *same, called_same && !same) {
            let (a, b) = (pair.a.clone(), pair.b.clone());
            let miss = Miss::Pair { a, b, same: *same, verdict: found.verdict.as_str(), score, how: found.how.map(How::as_str) };
            misses.push((if *same { score } else { 1.0 - score }, miss));
        }
        tick();
    }
    misses.sort_by(|a, b| a.0.total_cmp(&b.0));
    (tally, misses.into_iter().map(|(_, miss)| miss).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::read::{Part, scored};

    #[test]
    fn failures_are_verdicts_that_are_not_the_label() {
        let rows: Vec<Pair> = [("Абай", "Абай", 1), ("Абай", "Лондон", 1), ("Абай", "Абай", 0), ("Абай", "Лондон", 0)]
            .iter()
            .map(|(a, b, label)| serde_json::from_value(json!({ "a": a, "b": b, "label": label })).unwrap())
            .collect();
        let pairs = scored(&rows, Part::All);
        for (wrong_only, expected) in [(false, vec![true, false]), (true, vec![false])] {
            let (tally, misses) = measure(&pairs, Wanted { failures: true, wrong_only }, &mut || ());
            assert_eq!((tally.scores.len(), tally.same()), (4, 2));
            let mut labels: Vec<bool> = misses.iter().map(|m| matches!(m, Miss::Pair { same: true, .. })).collect();
            labels.sort_by(|a, b| b.cmp(a));
            assert_eq!(labels, expected);
        }
    }
}
