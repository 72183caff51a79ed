//! What is counted, and what is made of the counts. Knows neither files nor the resolver.

use serde_json::{Value, json};

/// How deep a ranking is looked into for the reciprocal rank.
const DEEPEST: usize = 10;
/// The share of different pairs that may be taken for same ones where recall is read.
const FALSE_POSITIVES: f64 = 0.05;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub hits: usize,
    pub of: usize,
}

impl Share {
    pub fn add(&mut self, hit: bool) {
        self.hits += usize::from(hit);
        self.of += 1;
    }

    pub fn join(&mut self, other: Share) {
        self.hits += other.hits;
        self.of += other.of;
    }

    /// The share; none of nothing.
    pub fn ratio(self) -> Option<f64> {
        (self.of > 0).then(|| self.hits as f64 / self.of as f64)
    }
}

/// One by the rank of the first right one; 0 when none of the first ten is right.
pub fn reciprocal_rank(right: impl IntoIterator<Item = bool>) -> f64 {
    let place = right.into_iter().take(DEEPEST).position(|right| right);
    place.map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// The mean of the figures that there are.
pub fn mean(figures: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let (sum, n) = figures.into_iter().flatten().fold((0.0, 0), |(sum, n), figure| (sum + figure, n + 1));
    (n > 0).then(|| sum / n as f64)
}

/// How many answers have a score in each tenth of [0, 1], and how many of them are right. The last tenth holds 1 too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calibration {
    pub tenths: [Share; 10],
}

impl Calibration {
    /// Counts an answer; the score has three decimals.
    pub fn add(&mut self, score: f64, right: bool) {
        // In thousandths, since 0.3 times 10 may be less than 3. The cast takes what is below 0 to 0.
        let tenth = (score * 1000.0).round() as usize / 100;
        self.tenths[tenth.min(9)].add(right);
    }

    pub fn join(&mut self, other: &Calibration) {
        self.tenths.iter_mut().zip(other.tenths).for_each(|(own, other)| own.join(other));
    }

    pub fn json(&self) -> Value {
        let row = |(i, share): (usize, &Share)| json!({ "from": i as f64 / 10.0, "answers": share.of, "right": share.hits });
        self.tenths.iter().enumerate().map(row).collect()
    }
}

/// How well scores keep same pairs apart from different ones; nothing where only one kind is there.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Separation {
    /// How often a same pair has a higher score than a different one; an equal score counts half.
    pub auc: Option<f64>,
    /// The share of same pairs above the lowest score that takes at most one different pair in twenty for same.
    pub recall_at_5: Option<f64>,
    /// The best F1 that a score to divide at gives, both kinds weighing the same.
    pub best_f1: Option<f64>,
}

impl Separation {
    /// Of pairs with their label (same or not) and score.
    pub fn of(pairs: &[(bool, f64)]) -> Separation {
        let same = pairs.iter().filter(|(same, _)| *same).count();
        let different = pairs.len() - same;
        if same == 0 || different == 0 {
            return Separation::default();
        }
        let mut ordered = pairs.to_vec();
        ordered.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (mut hits, mut alarms) = (0, 0);
        let (mut area, mut recall, mut best) = (0.0, 0.0, 0.0_f64);
        // Equal scores are taken together: no threshold divides them.
        for equal in ordered.chunk_by(|a, b| a.1 == b.1) {
            let new_hits = equal.iter().filter(|(same, _)| *same).count();
            let new_alarms = equal.len() - new_hits;
            area += new_alarms as f64 * (hits as f64 + new_hits as f64 / 2.0);
            hits += new_hits;
            alarms += new_alarms;
            let (found, taken) = (hits as f64 / same as f64, alarms as f64 / different as f64);
            if taken <= FALSE_POSITIVES {
                recall = found;
            }
            best = best.max(2.0 * found / (found + taken + 1.0));
        }
        let auc = area / (same as f64 * different as f64);
        Separation { auc: Some(auc), recall_at_5: Some(recall), best_f1: Some(best) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_right_one_of_ten_counts() {
        let at = |place: usize| (1..=20).map(move |i| i == place);
        for (right, expected) in [(1, 1.0), (2, 0.5), (4, 0.25), (10, 0.1), (11, 0.0), (99, 0.0)] {
            assert_eq!(reciprocal_rank(at(right)), expected, "right at {right}");
        }
        assert_eq!(reciprocal_rank([false, true, true]), 0.5);
        assert_eq!(reciprocal_rank([]), 0.0);
    }

    #[test]
    fn tenths_hold_their_lower_end_and_the_last_one_both() {
        let cases = [
            (-0.1, 0),
            (0.0, 0),
            (0.099, 0),
            (0.1, 1),
            (0.299, 2),
            (0.3, 3),
            (0.599, 5),
            (0.6, 6),
            (0.7, 7),
            (0.9, 9),
            (1.0, 9),
            (1.5, 9),
            (f64::NAN, 0),
        ];
        for (score, tenth) in cases {
            let mut calibration = Calibration::default();
            calibration.add(score, true);
            assert_eq!(calibration.tenths.iter().position(|t| t.of == 1), Some(tenth), "{score}");
        }
    }

    #[test]
    fn pairs_are_told_apart_by_their_scores() {
        // Scores of same pairs, of different ones, then AUC, recall at 5 % and F1.
        type Case<'a> = (&'a str, &'a [f64], &'a [f64], f64, f64, f64);
        let cases: &[Case] = &[
            ("all apart", &[0.9, 0.8], &[0.2, 0.1], 1.0, 1.0, 1.0),
            ("all the wrong way", &[0.1, 0.2], &[0.8, 0.9], 0.0, 0.0, 2.0 / 3.0),
            ("one score for all", &[0.5, 0.5], &[0.5, 0.5, 0.5], 0.5, 0.0, 2.0 / 3.0),
            ("one of two above", &[0.9, 0.4], &[0.6], 0.5, 0.5, 2.0 / 3.0),
            ("a tie counts half", &[0.9, 0.6], &[0.6], 0.75, 0.5, 2.0 / 3.0),
            ("a tie among the same", &[0.6, 0.6], &[0.5], 1.0, 1.0, 1.0),
        ];
        for (name, same, different, auc, recall, f1) in cases {
            let all = same.iter().map(|s| (true, *s)).chain(different.iter().map(|s| (false, *s)));
            let forward: Vec<_> = all.collect();
            let backward: Vec<_> = forward.iter().rev().copied().collect();
            let expected = Separation { auc: Some(*auc), recall_at_5: Some(*recall), best_f1: Some(*f1) };
            assert_eq!(Separation::of(&forward), expected, "{name}");
            assert_eq!(Separation::of(&backward), expected, "{name}, in another order");
        }
    }

    #[test]
    fn one_different_pair_in_twenty_may_be_taken_for_same() {
        // Same pairs at 0.9, 0.7, 0.5; of different ones one at 0.8 and one at 0.6, the rest at 0.
        let with = |different: usize| {
            let high = [(true, 0.9), (false, 0.8), (true, 0.7), (false, 0.6), (true, 0.5)];
            let rest = std::iter::repeat_n((false, 0.0), different - 2);
            Separation::of(&high.into_iter().chain(rest).collect::<Vec<_>>()).recall_at_5
        };
        for (different, recall) in [(19, 1.0 / 3.0), (20, 2.0 / 3.0), (39, 2.0 / 3.0), (40, 1.0)] {
            assert_eq!(with(different), Some(recall), "of {different}");
        }
    }

    #[test]
    fn one_kind_alone_is_not_told_apart() {
        for pairs in [&[][..], &[(true, 0.5)], &[(false, 0.5), (false, 0.1)]] {
            assert_eq!(Separation::of(pairs), Separation::default());
        }
    }

    #[test]
    fn means_and_shares_of_nothing_are_none() {
        assert_eq!(mean([Some(0.5), None, Some(1.0)]), Some(0.75));
        assert_eq!(mean([None]), None);
        assert_eq!(Share::default().ratio(), None);
        assert_eq!(Share { hits: 1, of: 4 }.ratio(), Some(0.25));
    }
}
