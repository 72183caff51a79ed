//! The cheapest way of taking one word for another.

use super::costs::{Costs, SWAPPED, Side};
use super::spelling::{LONGEST_WORD, Place};

/// Places in the longest word, with its ends and the start before them.
const SIZE: usize = LONGEST_WORD + 3;

/// Room for comparing words; kept from one comparison to the next.
pub(crate) struct Aligner {
    /// A row for each place of the first word; taking runs of up to three letters looks three rows back, so three rows of none come first.
    rows: Vec<[u32; SIZE]>,
    /// How many rows were filled.
    filled: usize,
}

/// Rows before the first place.
const BEFORE: usize = 3;

const FAR: u32 = u32::MAX / 4;

impl Aligner {
    pub(crate) fn new() -> Aligner {
        Aligner { rows: vec![[FAR; SIZE]; SIZE + BEFORE], filled: 0 }
    }

    /// What it costs to take one word for another, in steps; more than `limit` when it costs more than that.
    pub(crate) fn cost(&mut self, a: (&[Place], Side), b: (&[Place], Side), limit: u32) -> u32 {
        if self.fill(a, b, limit) { self.rows[BEFORE - 1 + a.0.len()][b.0.len()] } else { limit + 1 }
    }

    /// What it costs to take a word for the start of another.
    pub(crate) fn prefix_cost(&mut self, a: (&[Place], Side), b: (&[Place], Side), limit: u32) -> u32 {
        let start = &a.0[..a.0.len() - 1];
        if !self.fill((start, a.1), b, limit) {
            return limit + 1;
        }
        self.rows[BEFORE - 1 + start.len()][..=b.0.len()].iter().copied().min().unwrap_or(FAR)
    }

    /// What it cost, in the words compared last, to take the first letters of the one for the first letters of the other.
    pub(crate) fn cost_of_stems(&self, a: usize, b: usize) -> u32 {
        // The start of the word is a place, too.
        if a + 1 > self.filled { FAR } else { self.rows[BEFORE + a][b + 1] }
    }

    /// Fills the table of costs; false when all of it is above the limit.
    fn fill(&mut self, a: (&[Place], Side), b: (&[Place], Side), limit: u32) -> bool {
        let costs = Costs::get();
        let (nothing_a, nothing_b) = (usize::from(Costs::nothing(a.1)), usize::from(Costs::nothing(b.1)));
        let (a, b) = (a.0, b.0);
        let of_nothing = costs.row(nothing_a as u16);
        let m = b.len();
        for row in &mut self.rows[..BEFORE] {
            row[..=m].fill(FAR);
        }
        self.rows[BEFORE - 1][0] = 0;
        self.filled = 0;
        let mut recent = [FAR, FAR, 0];
        for (i, place) in a.iter().enumerate() {
            let (one, two, three) = (costs.row(place[0]), costs.row(place[1]), costs.row(place[2]));
            let (has_two, has_three) = (place[1] != 0, place[2] != 0);
            let (done, rest) = self.rows.split_at_mut(i + BEFORE);
            let [r3, r2, r1] = [&done[i], &done[i + 1], &done[i + 2]];
            let row = &mut rest[0];
            row[0] = FAR;
            let mut least = FAR;
            for (j, other) in b.iter().enumerate() {
                let [y1, y2, y3] = other.map(usize::from);
                let mut best = r1[j] + u32::from(one[y1]);
                best = best.min(r1[j + 1] + u32::from(one[nothing_b]));
                best = best.min(row[j] + u32::from(of_nothing[y1]));
                if i > 0 && j > 0 && place[0] == b[j - 1][0] && a[i - 1][0] == other[0] {
                    best = best.min(r2[j - 1] + SWAPPED);
                }
                if y2 != 0 {
                    best = best.min(r1[j - 1] + unknown(one[y2]));
                }
                if has_two {
                    best = best.min(r2[j] + unknown(two[y1]));
                    if y2 != 0 {
                        best = best.min(r2[j - 1] + unknown(two[y2]));
                    }
                    if y3 != 0 {
                        best = best.min(r2[j - 2] + unknown(two[y3]));
                    }
                }
                if y3 != 0 {
                    best = best.min(r1[j - 2] + unknown(one[y3]));
                }
                if has_three {
                    best = best.min(r3[j] + unknown(three[y1]));
                    if y2 != 0 {
                        best = best.min(r3[j - 1] + unknown(three[y2]));
                    }
                    if y3 != 0 {
                        best = best.min(r3[j - 2] + unknown(three[y3]));
                    }
                }
                row[j + 1] = best;
                least = least.min(best);
            }
            self.filled = i + 1;
            recent = [recent[1], recent[2], least];
            if recent.iter().all(|r| *r > limit) {
                return false;
            }
        }
        true
    }
}

#[inline(always)]
fn unknown(cost: u8) -> u32 {
    if cost == u8::MAX { FAR / 4 } else { u32::from(cost) }
}
