//! The cheapest way of taking one word for another.

use super::costs::{Costs, Run, SWAPPED, Side};
use super::endings::{Cut, Opposite};
use super::letters::Letter;
use super::sounds::{Code, Sounds};
use super::spelling::{LONGEST_WORD, Place};

/// As many places as two words written as one have, with their ends.
const PLACES: usize = LONGEST_WORD + 2;

/// A word, or two written as one, to be compared.
#[derive(Clone, Copy)]
pub(super) struct Sounded<'p> {
    pub places: &'p [Place],
    /// The letters at the places, and their codes.
    pub letters: &'p [Letter],
    pub codes: &'p [Code],
    /// The runs of several letters that begin at the places.
    pub starts: &'p [Start],
    pub side: Side,
    pub sounds: &'p Sounds,
    /// Where it may be cut before an ending, and the groups of all these endings.
    pub cuts: &'p [Cut],
    pub endings: u32,
    /// What its ending says that another denies.
    pub opposite: Option<Opposite>,
    /// Whether it is two words.
    pub is_joined: bool,
}

/// The runs of two and of three letters that begin at a place; 0 where the table of costs has none.
pub(super) type Start = [Run; 2];

/// How far letters count for what is still to come: so many of each word, with the start. Less where endings may stand for each other.
pub(super) type Counted = [usize; 2];

impl Sounded<'_> {
    /// What the letters up to a place cost at least, in steps, when they must answer to another word.
    #[inline]
    pub(super) fn least(&self, other: &Sounded, counted: usize) -> u16 {
        other.sounds.least_of(&self.codes[1..counted.max(1)])
    }
}

/// The runs that begin at each place, by those that end there.
pub(super) fn starts(places: &[Place]) -> impl Iterator<Item = Start> {
    let run = |at: usize, count: usize| places.get(at + count - 1).map_or(0, |place| place[count - 1]);
    (0..places.len()).map(move |at| [run(at, 2), run(at, 3)])
}

/// Room for comparing words; kept from one comparison to the next.
pub(crate) struct Aligner {
    /// What it costs to take the first places of one word for the first of the other: a row for each count of the first word, a cell in it for each
    /// count of the second. Where a way is surely dearer than the limit it is not followed.
    cells: Vec<u16>,
    /// Cells of a row.
    width: usize,
    ahead: [Ahead; PLACES],
}

/// More than any word costs; some hundreds of letters may still be added.
const FAR: u16 = u16::MAX / 4;

/// Most words that answer to each other cost no more, in steps: this is tried first, as hardly a cell costs so little.
const NEAR: u32 = 50;

/// How many rows beyond a row runs of letters reach.
const REACHED: usize = 3;

/// The columns of a row that have a way, a bit each.
type Columns = u64;

const _: () = assert!(PLACES < Columns::BITS as usize);

/// What is known of a place of the second word before the letters of the first are looked at.
#[derive(Debug, Clone, Copy, Default)]
struct Ahead {
    /// What comes at least from here on.
    least: u16,
    /// The bits of the letters that the runs which begin here may be taken for, and those of these runs.
    letters: u64,
    runs: u64,
}

impl Aligner {
    pub(crate) fn new() -> Aligner {
        Aligner { cells: vec![FAR; (PLACES + 1 + REACHED) * (PLACES + 1)], width: 0, ahead: [Ahead::default(); PLACES] }
    }

    /// What it costs to take one word for another, in steps; more than `limit` when it costs more than that. `least` is what it costs at least, as
    /// far as is known.
    pub(super) fn cost(&mut self, a: Sounded, b: Sounded, counted: Counted, least: u32, limit: u32) -> u32 {
        let near = least <= NEAR && self.fill(a, b, [0, 0], NEAR.min(limit));
        if near || limit > NEAR && self.fill(a, b, counted, limit) {
            u32::from(self.cells[a.places.len() * self.width + b.places.len()])
        } else {
            limit + 1
        }
    }

    /// What it costs to take a word for the start of another.
    pub(super) fn prefix_cost(&mut self, a: Sounded, b: Sounded, limit: u32) -> u32 {
        let start = a.places.len() - 1;
        self.fill(Sounded { places: &a.places[..start], ..a }, b, [0, 0], limit);
        let row = &self.cells[start * self.width..][..self.width];
        u32::from(row.iter().copied().min().unwrap_or(FAR))
    }

    /// What it cost, in the words compared last, to take the first letters of the one for the first letters of the other; exact where that is within
    /// the limit.
    pub(super) fn cost_of_stems(&self, a: usize, b: usize) -> u32 {
        // The start of the word is a place, too.
        u32::from(self.cells[(a + 1) * self.width + b + 1])
    }

    /// Fills the table of costs; false when all of it is above the limit.
    fn fill(&mut self, a: Sounded, b: Sounded, counted: Counted, limit: u32) -> bool {
        let costs = Costs::get();
        let limit = limit.min(u32::from(FAR) - 1) as u16;
        let (n, m) = (a.places.len(), b.places.len());
        let width = m + 1;
        self.width = width;
        let cells = &mut self.cells[..(n + 1 + REACHED) * width];
        cells.fill(FAR);
        let (letters, codes, starts) = (&b.letters[..m], &b.codes[..m], &b.starts[..m]);
        let sounds = &costs.sounds;
        let ahead = &mut self.ahead[..m];
        // What is still to come costs something, too.
        let mut least = 0;
        for (j, ahead) in ahead.iter_mut().enumerate().rev() {
            least += if (1..counted[1]).contains(&j) { a.sounds.least(codes[j]) } else { 0 };
            *ahead = Ahead { least, ..Ahead::default() };
            for run in starts[j].into_iter().filter(|run| *run != 0) {
                ahead.letters |= sounds.letters_for(run, a.side, a.sounds);
                ahead.runs |= 1 << (run & 63);
            }
        }
        let mut to_come = a.least(&b, counted[0]);
        let (extra, missing) = (costs.extra(b.side), costs.extra(a.side));
        cells[0] = 0;
        // Those of this row and of the rows beyond it.
        let mut columns: [Columns; REACHED + 1] = [1, 0, 0, 0];
        for i in 0..n {
            let (letter, code) = (a.letters[i], a.codes[i] & 63);
            let (one, too_many) = (costs.of_letter(letter), extra[usize::from(letter)]);
            let row = i * width;
            // The runs that begin here, and what they may be taken for.
            let runs = a.starts[i];
            let may_be = |k: usize| match runs[k] {
                run if run != 0 && i + k + 2 <= n => (sounds.letters_for(run, b.side, b.sounds), sounds.runs_for(run, b.side, b.sounds)),
                _ => (0, 0),
            };
            let [two, three] = [may_be(0), may_be(1)];
            // The letter that comes next; no letter has the number 0.
            let after = if i > 0 && i + 2 <= n { a.letters[i + 1] } else { 0 };
            let left = limit.saturating_sub(to_come);
            to_come -= if (1..counted[0]).contains(&i) { b.sounds.least(a.codes[i]) } else { 0 };
            let left_next = limit.saturating_sub(to_come);
            let [mut here_on, mut next, mut second, mut third] = columns;
            while here_on != 0 {
                let j = here_on.trailing_zeros() as usize;
                here_on &= here_on - 1;
                if j >= m {
                    break;
                }
                let here = cells[row + j];
                let known = &ahead[j];
                if here + known.least > left {
                    continue;
                }
                // The letters one by one: one for another, one too many, one too few. The starts of words answer to each other only.
                let y = letters[j];
                next |= lower(cells, row + width + j + 1, here, one[usize::from(y)], left_next) << (j + 1);
                if i > 0 {
                    next |= lower(cells, row + width + j, here, too_many, left_next) << j;
                    here_on |= lower(cells, row + j + 1, here, missing[usize::from(y)], left) << (j + 1);
                }
                // Runs of several letters on one side or on both.
                let others = starts[j];
                if known.letters >> code & 1 != 0 {
                    for (k, other) in others.into_iter().enumerate().filter(|(_, other)| *other != 0) {
                        let cost = costs.row(a.places[i][0])[usize::from(other)];
                        next |= lower(cells, row + width + j + k + 2, here, cost, left_next) << (j + k + 2);
                    }
                }
                if (two.0 | three.0) >> (codes[j] & 63) & 1 != 0 || (two.1 | three.1) & known.runs != 0 {
                    for (k, (single, several)) in
                        [two, three].into_iter().enumerate().filter(|(_, (single, several))| single | several != 0)
                    {
                        let (row, costs) = (row + (k + 2) * width, costs.row(runs[k]));
                        let beyond = if k == 0 { &mut second } else { &mut third };
                        let mut take = |count: usize, other: Run| {
                            *beyond |= lower(cells, row + j + count, here, costs[usize::from(other)], limit) << (j + count);
                        };
                        if single >> (codes[j] & 63) & 1 != 0 {
                            take(1, b.places[j][0]);
                        }
                        for (count, other) in [(2, others[0]), (3, others[1])] {
                            if other != 0 && several >> (other & 63) & 1 != 0 {
                                take(count, other);
                            }
                        }
                    }
                }
                // Two letters that changed places.
                if y == after && j + 2 < m && letters[j + 1] == letter {
                    second |= lower(cells, row + 2 * width + j + 2, here, SWAPPED as u8, limit) << (j + 2);
                }
            }
            columns = [next, second, third, 0];
            if columns == [0; REACHED + 1] {
                return false;
            }
        }
        cells[n * width + m] <= limit
    }
}

/// Lowers a cell to what it costs from another; whether that is within a limit, as a bit. What the table does not know is no way.
#[inline]
fn lower(cells: &mut [u16], cell: usize, here: u16, cost: u8, limit: u16) -> Columns {
    let there = here + u16::from(cost);
    let is_near = there <= limit && cost != u8::MAX;
    if is_near {
        cells[cell] = cells[cell].min(there);
    }
    Columns::from(is_near)
}

const _: () = assert!(SWAPPED < u8::MAX as u32);
