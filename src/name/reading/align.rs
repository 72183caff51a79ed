//! The cheapest way of taking one word for another.

use super::costs::{Costs, Run, SWAPPED, Side, UNKNOWN, steps};
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
    /// The runs of several letters that begin at the places, and the places that have any.
    pub starts: &'p [Start],
    pub runs: Columns,
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

    /// Whether another word is as long as this, or almost, and starts with a letter that may be taken for the first of this one.
    fn is_near_at_sight(&self, other: &Sounded) -> bool {
        let first = Costs::get().of_letter(self.letters[1])[usize::from(other.letters[1])];
        self.places.len().abs_diff(other.places.len()) <= LONGER && u32::from(first) <= NEAR
    }

    /// What the runs of two and of three letters that begin at a place may be taken for, in the word without what comes after `end`.
    #[inline(never)]
    fn runs_at(&self, at: usize, end: usize, other: &Sounded) -> [Runs; 2] {
        let sounds = &Costs::get().sounds;
        [0, 1].map(|k| match self.starts[at][k] {
            run if run != 0 && at + k + 2 <= end => {
                Runs { letters: sounds.letters_for(run, other.side, other.sounds), runs: sounds.runs_for(run, other.side, other.sounds) }
            }
            _ => Runs::default(),
        })
    }

    /// The letters that the runs of several letters which begin at a place may be taken for, and these runs.
    #[inline(never)]
    fn runs_over(&self, at: usize, other: &Sounded) -> Runs {
        let sounds = &Costs::get().sounds;
        self.starts[at].into_iter().filter(|run| *run != 0).fold(Runs::default(), |all, run| Runs {
            letters: all.letters | sounds.letters_for(run, other.side, other.sounds),
            runs: all.runs | 1 << (run & 63),
        })
    }
}

/// The runs that begin at each place, by those that end there.
pub(super) fn starts(places: &[Place]) -> impl Iterator<Item = Start> {
    let run = |at: usize, count: usize| places.get(at + count - 1).map_or(0, |place| place[count - 1]);
    (0..places.len()).map(move |at| [run(at, 2), run(at, 3)])
}

/// The places where runs of several letters begin.
pub(super) fn places_of(starts: &[Start]) -> Columns {
    starts.iter().enumerate().fold(0, |all, (at, [two, three])| all | Columns::from(two | three != 0) << at)
}

/// Room for comparing words; kept from one comparison to the next.
pub(crate) struct Aligner {
    /// What it costs to take the first places of one word for the first of the other: a row for each count of the first word, a cell in it for each
    /// count of the second. Where a way is surely dearer than the limit it is not followed.
    rows: Vec<Row>,
    /// What comes at least from each place of the second word on.
    ahead: Row,
    /// How many rows hold the words compared last.
    filled: usize,
    /// What the runs of several letters that begin at the places of the second word may be taken for, where that was asked.
    runs: [Runs; WIDTH],
}

/// More than any word costs; some hundreds of letters may still be added.
const FAR: u16 = u16::MAX / 4;

/// Most words that answer to each other cost no more, in steps: this is tried first where they are near at sight, as hardly a cell costs so little.
const NEAR: u32 = 50;
/// What such words cost by their letters alone at most, in steps, and how many letters more than the other one of them has.
const AT_SIGHT: u32 = steps(0.5);
const LONGER: usize = 2;

/// How many rows beyond a row runs of letters reach.
const REACHED: usize = 3;

/// The columns of a row that have a way, a bit each.
pub(super) type Columns = u64;

/// A cell for each of them.
const WIDTH: usize = Columns::BITS as usize;
type Row = [u16; WIDTH];

const _: () = assert!(PLACES < WIDTH);

/// The bits of the letters that runs of several letters may be taken for, and those of these runs.
#[derive(Debug, Clone, Copy, Default)]
struct Runs {
    letters: u64,
    runs: u64,
}

impl Aligner {
    pub(crate) fn new() -> Aligner {
        Aligner { rows: vec![[FAR; WIDTH]; PLACES + 1 + REACHED], filled: 0, ahead: [0; WIDTH], runs: [Runs::default(); WIDTH] }
    }

    /// What it costs to take one word for another, in steps; more than `limit` when it costs more than that. `least` is what it costs at least, as
    /// far as is known.
    pub(super) fn cost(&mut self, a: Sounded, b: Sounded, counted: Counted, least: u32, limit: u32) -> u32 {
        let is_near = limit > NEAR && least <= AT_SIGHT && a.is_near_at_sight(&b) && self.fill(&a, &b, [0, 0], NEAR);
        if is_near || least <= limit && self.fill(&a, &b, counted, limit) {
            u32::from(self.rows[a.places.len()][b.places.len()])
        } else {
            limit + 1
        }
    }

    /// What it costs to take a word for the start of another.
    pub(super) fn prefix_cost(&mut self, a: Sounded, b: Sounded, limit: u32) -> u32 {
        let start = a.places.len() - 1;
        self.fill(&Sounded { places: &a.places[..start], ..a }, &b, [0, 0], limit);
        let row = self.rows[..self.filled].get(start).map(|row| &row[..=b.places.len()]);
        u32::from(row.into_iter().flatten().copied().min().unwrap_or(FAR))
    }

    /// What it cost, in the words compared last, to take the first letters of the one for the first letters of the other; exact where that is within
    /// the limit.
    pub(super) fn cost_of_stems(&self, a: usize, b: usize) -> u32 {
        // The start of the word is a place, too.
        u32::from(self.rows[..self.filled].get(a + 1).map_or(FAR, |row| row[b + 1]))
    }

    /// Fills the table of costs; false when all of it is above the limit.
    fn fill(&mut self, a: &Sounded, b: &Sounded, counted: Counted, limit: u32) -> bool {
        let costs = Costs::get();
        let limit = limit.min(u32::from(FAR) - 1) as u16;
        let (n, m) = (a.places.len(), b.places.len());
        let (letters, codes, starts) = (&b.letters[..m], &b.codes[..m], &b.starts[..m]);
        // What is still to come costs something, too. Nothing comes after the last place.
        let ahead = &mut self.ahead;
        *ahead = [FAR; WIDTH];
        ahead[counted[1]..m].fill(0);
        let mut least = 0;
        for (ahead, code) in ahead.iter_mut().zip(&codes[..counted[1]]).skip(1).rev() {
            least += a.sounds.least(*code);
            *ahead = least;
        }
        ahead[0] = least;
        let mut to_come = a.least(b, counted[0]);
        let (extra, missing) = (costs.extra(b.side), costs.extra(a.side));
        for row in &mut self.rows[..REACHED] {
            *row = [FAR; WIDTH];
        }
        self.rows[0][0] = 0;
        // Those of this row and of the rows beyond it.
        let mut columns: [Columns; REACHED] = [1, 0, 0];
        // The places of the second word whose runs were not looked up.
        let mut unknown = b.runs;
        for (i, (letter, code)) in a.letters[..n].iter().zip(a.codes).enumerate() {
            self.filled = i + 1 + REACHED;
            let Some([this, row, second, third]) = self.rows[i..].first_chunk_mut() else { break };
            *third = [FAR; WIDTH];
            let left = limit.saturating_sub(to_come);
            // The starts of words answer to each other only.
            let is_inside = i > 0;
            to_come -= if is_inside && i < counted[0] { b.sounds.least(*code) } else { 0 };
            let left_next = limit.saturating_sub(to_come);
            let one = costs.of_letter(*letter);
            let too_many = if is_inside { extra[usize::from(*letter)] } else { UNKNOWN };
            // The runs that begin here, and what they may be taken for.
            let several = if a.runs >> i & 1 != 0 { a.runs_at(i, n, b) } else { [Runs::default(); 2] };
            let all = Runs { letters: several[0].letters | several[1].letters, runs: several[0].runs | several[1].runs };
            // The letter that comes next; no letter has the number 0.
            let after = if is_inside && i + 2 <= n { a.letters[i + 1] } else { 0 };
            let [mut here_on, mut next, mut beyond] = columns;
            let mut far_beyond = 0;
            while here_on != 0 {
                let j = here_on.trailing_zeros() as usize;
                here_on &= here_on - 1;
                let here = this[j];
                if here + ahead[j] > left {
                    continue;
                }
                // The letters one by one: one for another, one too many, one too few.
                let y = letters[j];
                next |= lower(&mut row[j + 1], here, one[usize::from(y)], left_next) << (j + 1);
                next |= lower(&mut row[j], here, too_many, left_next) << j;
                if is_inside {
                    here_on |= lower(&mut this[j + 1], here, missing[usize::from(y)], left) << (j + 1);
                }
                // Runs of several letters on one side or on both.
                let mut known = 0;
                if b.runs >> j & 1 != 0 {
                    if unknown >> j & 1 != 0 {
                        unknown &= !(1 << j);
                        self.runs[j] = b.runs_over(j, a);
                    }
                    known = self.runs[j].runs;
                    if self.runs[j].letters >> (code & 63) & 1 != 0 {
                        next |= for_runs(row, here, costs.row(a.places[i][0]), starts[j], left_next, j);
                    }
                }
                let single = all.letters >> (codes[j] & 63) & 1 != 0;
                if single || all.runs & known != 0 {
                    let costs = a.starts[i].map(|run| costs.row(run));
                    if single {
                        let to = j + 1;
                        let take = |row: &mut Row, k: usize| {
                            let may_be = several[k].letters >> (codes[j] & 63) & 1 != 0;
                            if may_be { lower(&mut row[to], here, costs[k][usize::from(b.places[j][0])], limit) << to } else { 0 }
                        };
                        beyond |= take(second, 0);
                        far_beyond |= take(third, 1);
                    }
                    beyond |= for_these(second, here, costs[0], starts[j], several[0].runs, limit, j);
                    far_beyond |= for_these(third, here, costs[1], starts[j], several[1].runs, limit, j);
                }
                // Two letters that changed places.
                if y == after && j + 2 < m && letters[j + 1] == *letter {
                    beyond |= lower(&mut second[j + 2], here, SWAPPED as u8, limit) << (j + 2);
                }
            }
            columns = [next, beyond, far_beyond];
            if columns == [0; REACHED] {
                return false;
            }
        }
        self.rows[n][m] <= limit
    }
}

/// Takes a letter for the runs of two and of three letters that begin at a place.
#[inline(never)]
fn for_runs(row: &mut Row, here: u16, costs: &[u8], starts: Start, limit: u16, at: usize) -> Columns {
    for_these(row, here, costs, starts, u64::MAX, limit, at)
}

/// The same for those of these bits.
fn for_these(row: &mut Row, here: u16, costs: &[u8], starts: Start, bits: u64, limit: u16, at: usize) -> Columns {
    (at + 2..)
        .zip(starts)
        .filter(|(_, run)| *run != 0 && bits >> (run & 63) & 1 != 0)
        .fold(0, |all, (to, run)| all | lower(&mut row[to], here, costs[usize::from(run)], limit) << to)
}

/// Lowers a cell to what it costs from another; whether that is within a limit, as a bit. What the table does not know is no way.
#[inline]
fn lower(cell: &mut u16, here: u16, cost: u8, limit: u16) -> Columns {
    let there = here + u16::from(cost);
    let is_near = there <= limit && cost != UNKNOWN;
    if is_near {
        *cell = (*cell).min(there);
    }
    Columns::from(is_near)
}

const _: () = assert!(SWAPPED < UNKNOWN as u32);
