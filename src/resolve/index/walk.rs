//! Fuzzy search over the words of a registry: all words that a word may be taken for within a cost.
//!
//! The words are a finite-state set of letter numbers. The walk goes down it with one row of the table of alignment costs per letter, and turns
//! back where no cell is within the budget. This is what a Levenshtein automaton does, with the costs of `tables/reading` in place of counted edits: a
//! Latin word finds Cyrillic and Arabic ones, and қ for k is nearer than т for k.

use crate::name::reading::{Costs, Endings, LONGEST_WORD, Letter, Place, STEM, SWAPPED, Side};
use fst::raw::{CompiledAddr, Fst};

/// Cells of a row: a place each, and the start before them.
const SIZE: usize = LONGEST_WORD + 3;
/// Rows: one per letter of the longest word with its ends, three of none before them.
const DEPTH: usize = LONGEST_WORD + 2 + 3;
const FAR: u16 = u16::MAX / 4;

/// A row, and the first and last of its cells that are within the budget.
#[derive(Clone, Copy)]
struct Row {
    cells: [u16; SIZE],
    first: u8,
    last: u8,
    /// The least of its cells.
    least: u16,
}

const NONE: Row = Row { cells: [FAR; SIZE], first: u8::MAX, last: 0, least: FAR };

/// Room for walks, kept from one to the next.
pub(super) struct Walker {
    rows: Vec<Row>,
    letters: [Letter; DEPTH],
    /// The least that each run costs for any of the word looked for.
    least: Vec<u8>,
    /// The same for the best of the runs of two, and of three, that start with a letter.
    start_two: Vec<u16>,
    start_three: Vec<u16>,
    /// Nodes visited in this walk, and how many may be.
    pub(crate) visited: usize,
    most: usize,
}

/// What is looked for.
struct Goal<'q> {
    places: &'q [Place],
    nothing: usize,
    budget: u16,
    /// Where an ending may be cut off, in letters of the stem, and the groups of the ending.
    cuts: &'q [(u8, u32)],
}

impl Walker {
    pub(super) fn new() -> Walker {
        Walker {
            rows: vec![NONE; DEPTH],
            letters: [0; DEPTH],
            least: Vec::new(),
            start_two: Vec::new(),
            start_three: Vec::new(),
            visited: 0,
            most: 0,
        }
    }

    /// Finds the words that cost at most `budget`, with their costs; false when the walk was broken off after `most` nodes.
    pub(super) fn find<D: AsRef<[u8]>>(
        &mut self,
        words: &Fst<D>,
        (places, side, cuts): (&[Place], Side, &[(u8, u32)]),
        budget: u32,
        most: usize,
        found: &mut Vec<(u32, u32)>,
    ) -> bool {
        self.visited = 0;
        self.most = most;
        self.rows[..3].fill(NONE);
        self.rows[2].cells[0] = 0;
        (self.rows[2].first, self.rows[2].last, self.rows[2].least) = (0, 0, 0);
        self.bound(places, side);
        let goal = Goal { places, nothing: usize::from(Costs::nothing(side)), budget: budget.min(u32::from(FAR) - 1) as u16, cuts };
        self.down(words, words.root().addr(), 3, 0, &goal, found);
        self.visited < self.most
    }

    /// Notes the least that each run of letters costs for any of these places.
    fn bound(&mut self, places: &[Place], side: Side) {
        let costs = Costs::get();
        self.least.clear();
        self.least.extend_from_slice(costs.row(Costs::nothing(side)));
        for run in places.iter().flatten().filter(|run| **run != 0) {
            for (least, cost) in self.least.iter_mut().zip(costs.row(*run)) {
                *least = (*least).min(*cost);
            }
        }
        for starts in [&mut self.start_two, &mut self.start_three] {
            starts.clear();
            starts.resize(usize::from(Letter::MAX) + 1, FAR);
        }
        for (run, letter, three) in costs.longer_runs() {
            let starts = if *three { &mut self.start_three } else { &mut self.start_two };
            let start = &mut starts[usize::from(*letter)];
            *start = (*start).min(unknown(self.least[usize::from(*run)]));
        }
    }

    fn down<D: AsRef<[u8]>>(
        &mut self,
        words: &Fst<D>,
        at: CompiledAddr,
        depth: usize,
        value: u64,
        goal: &Goal,
        found: &mut Vec<(u32, u32)>,
    ) {
        let node = words.node(at);
        if node.is_final() {
            let cost = self.rows[depth - 1].cells[goal.places.len()];
            if cost <= goal.budget {
                found.push(((value + node.final_output().value()) as u32, u32::from(cost)));
            }
        }
        if depth == DEPTH {
            return;
        }
        // Three rows of none, the start, and the stem are above.
        if depth > STEM + 3 {
            self.endings(words, at, depth, value, goal, found);
        }
        for transition in node.transitions() {
            if self.visited >= self.most {
                return;
            }
            self.visited += 1;
            self.letters[depth] = transition.inp;
            if self.fill(depth, goal) {
                self.down(words, transition.addr, depth + 1, value + transition.out.value(), goal, found);
            }
        }
    }

    /// Finds the words that go on from here with an ending that may stand for one of the word looked for.
    fn endings<D: AsRef<[u8]>>(
        &self,
        words: &Fst<D>,
        at: CompiledAddr,
        depth: usize,
        value: u64,
        goal: &Goal,
        found: &mut Vec<(u32, u32)>,
    ) {
        let row = &self.rows[depth - 1];
        let [_, end] = Costs::get().alphabet.ends();
        for (stem, groups) in goal.cuts {
            // The start of the word is a place, too.
            let stems = row.cells[usize::from(*stem) + 1];
            if row.first > stem + 1 || row.last < stem + 1 || stems > goal.budget {
                continue;
            }
            for group in Endings::get().groups(*groups) {
                let cost = u32::from(stems) + group.cost;
                if cost > u32::from(goal.budget) {
                    continue;
                }
                for ending in &group.endings {
                    let (mut node, mut sum) = (words.node(at), value);
                    let met = ending.iter().chain([&end]).all(|letter| {
                        let Some(i) = node.find_input(*letter) else { return false };
                        let transition = node.transition(i);
                        sum += transition.out.value();
                        node = words.node(transition.addr);
                        true
                    });
                    if met && node.is_final() {
                        found.push(((sum + node.final_output().value()) as u32, cost));
                    }
                }
            }
        }
    }

    /// Fills the row of a letter; false when nothing below it can be within the budget.
    fn fill(&mut self, depth: usize, goal: &Goal) -> bool {
        let costs = Costs::get();
        let letter = self.letters[depth];
        let before = if depth > 4 { self.letters[depth - 2] } else { 0 };
        let last = if depth > 3 { self.letters[depth - 1] } else { 0 };
        let [one, two, three] = costs.place(before, last, letter);
        // The runs of one, to see whether two letters changed places.
        let this = one;
        let before_this = if last == 0 { 0 } else { costs.single_run(last) };
        let [l1, l2, l3] = [1, 2, 3].map(|back| self.rows[depth - back].least);
        let bound = |least: u16, run: u16| run != 0 && least + unknown(self.least[usize::from(run)]) <= goal.budget;
        let (has_two, has_three) = (bound(l2, two), bound(l3, three));
        // A run of up to three letters may still come back into the budget from the rows before.
        let ahead = self.start_two[usize::from(letter)].min(self.start_three[usize::from(letter)]);
        let may_go_on =
            l1 + ahead <= goal.budget || l2 + self.start_three[usize::from(last)] <= goal.budget && costs.starts_three(last, letter);
        if !bound(l1, one) && !has_two && !has_three {
            let row = &mut self.rows[depth];
            (row.first, row.last, row.least) = (u8::MAX, 0, FAR);
            if may_go_on {
                row.cells[..=goal.places.len()].fill(FAR);
            }
            return may_go_on;
        }
        let of_nothing = costs.row(Costs::nothing(costs.alphabet.side(letter)));
        let (one, two, three) = (costs.row(one), costs.row(two), costs.row(three));
        let (done, rest) = self.rows.split_at_mut(depth);
        let (r1, r2, r3) = (&done[depth - 1], &done[depth - 2], &done[depth - 3]);
        let row = &mut rest[0];
        let m = goal.places.len();
        let budget = goal.budget;
        // Cells outside what the rows before reach are out of the budget.
        let (mut first, mut reach) = (r1.first, r1.last);
        for (row, counts) in [(r2, has_two), (r3, has_three)] {
            if counts {
                (first, reach) = (first.min(row.first), reach.max(row.last));
            }
        }
        let (first, reach) = (usize::from(first), usize::from(reach) + 3);
        row.cells[..=m].fill(FAR);
        (row.first, row.last, row.least) = (u8::MAX, 0, FAR);
        for j in first..=m {
            let mut best = r1.cells[j] + u16::from(one[goal.nothing]);
            if j > 0 {
                let [y1, y2, y3] = goal.places[j - 1].map(usize::from);
                best = best.min(r1.cells[j - 1] + u16::from(one[y1]));
                best = best.min(row.cells[j - 1] + u16::from(of_nothing[y1]));
                if has_two {
                    best = best.min(r2.cells[j - 1] + unknown(two[y1]));
                }
                if has_three {
                    best = best.min(r3.cells[j - 1] + unknown(three[y1]));
                }
                if j > 1 && before_this == goal.places[j - 1][0] && goal.places[j - 2][0] == this {
                    best = best.min(r2.cells[j - 2] + SWAPPED as u16);
                }
                if y2 != 0 {
                    best = best.min(r1.cells[j - 2] + unknown(one[y2]));
                    if has_two {
                        best = best.min(r2.cells[j - 2] + unknown(two[y2]));
                    }
                    if has_three {
                        best = best.min(r3.cells[j - 2] + unknown(three[y2]));
                    }
                }
                if y3 != 0 {
                    best = best.min(r1.cells[j - 3] + unknown(one[y3]));
                    if has_two {
                        best = best.min(r2.cells[j - 3] + unknown(two[y3]));
                    }
                    if has_three {
                        best = best.min(r3.cells[j - 3] + unknown(three[y3]));
                    }
                }
            }
            if best <= budget {
                row.cells[j] = best;
                row.first = row.first.min(j as u8);
                row.last = j as u8;
                row.least = row.least.min(best);
            } else if j > reach {
                break;
            }
        }
        row.first != u8::MAX || may_go_on
    }
}

#[inline(always)]
fn unknown(cost: u8) -> u16 {
    if cost == u8::MAX { FAR } else { u16::from(cost) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::reading::{Aligner, Spelling};
    use std::collections::BTreeMap;

    /// The walk finds what comparing with every word finds, in every script.
    #[test]
    fn the_walk_is_brute_force() {
        let words = [
            "құрманов",
            "курманов",
            "құрман",
            "курмангазы",
            "жаңаөзен",
            "жанаозен",
            "жанатас",
            "щучинск",
            "шучинск",
            "ахметов",
            "юсупов",
            "kurmanov",
            "qurmanov",
            "kurmanof",
            "zhanaozen",
            "janaozen",
            "shchuchinsk",
            "schutschinsk",
            "akhmetov",
            "yusupov",
            "jusupov",
            "قۇرمانوۆ",
            "جاڭاوزەن",
            "احمەتوۆ",
            "шевченко",
            "shevchenko",
            "чкалов",
            "chkalov",
            "tschkalow",
            "ким",
            "kim",
            "цой",
            "tsoi",
        ];
        let [start, end] = Costs::get().alphabet.ends();
        let spell = |word: &str| Spelling::of(word);
        let mut keys: BTreeMap<Vec<u8>, &str> = BTreeMap::new();
        for word in words {
            let spelling = spell(word);
            keys.insert(std::iter::once(start).chain(spelling.letters(&spelling.words[0])).chain([end]).collect(), word);
        }
        let set = fst::Map::from_iter(keys.keys().enumerate().map(|(i, key)| (key, i as u64))).unwrap();
        let in_order: Vec<&str> = keys.values().copied().collect();
        let (mut walker, mut aligner) = (Walker::new(), Aligner::new());
        for asked in words {
            let query = spell(asked);
            let word = (query.places(&query.words[0]), query.words[0].side);
            for budget in [20, 60, 130, 220] {
                let mut found = Vec::new();
                assert!(walker.find(set.as_fst(), (word.0, word.1, &[]), budget, usize::MAX, &mut found));
                let found: Vec<(&str, u32)> = found.iter().map(|(id, cost)| (in_order[*id as usize], *cost)).collect();
                let cost = |other: &&str| {
                    let other = spell(other);
                    aligner.cost(word, (other.places(&other.words[0]), other.words[0].side), budget)
                };
                let all: Vec<(&str, u32)> =
                    in_order.iter().zip(in_order.iter().map(cost)).map(|(w, c)| (*w, c)).filter(|(_, c)| *c <= budget).collect();
                assert_eq!(found, all, "{asked} within {budget}");
            }
        }
    }
}
