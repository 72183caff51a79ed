//! The cheapest way of taking one word for another.

use super::costs::{Costs, Run, Side, UNKNOWN, steps};
use super::endings::{Cut, Opposite};
use super::letters::Letter;
use super::sounds::{Code, Sounds};
use super::spelling::LONGEST_WORD;

/// As many places as two words written as one have, with their ends.
const PLACES: usize = LONGEST_WORD + 2;

/// A word, or two written as one, to be compared.
#[derive(Clone, Copy)]
pub(super) struct Sounded<'p> {
    /// Its letters with its two ends, and their codes.
    pub letters: &'p [Letter],
    pub codes: &'p [Code],
    /// The runs of several letters that begin at each of them, and the places that have any.
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
        self.letters.len().abs_diff(other.letters.len()) <= LONGER && u32::from(first) <= NEAR
    }
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
    /// For each place of the second word the letters of the first that its runs of two and of three letters may be taken for.
    letters_for: [[u64; 2]; WIDTH],
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

/// The columns of a row, a bit each.
pub(super) type Columns = u64;

/// A cell for each place of a word, and what few of them have.
const WIDTH: usize = Columns::BITS as usize;
const NARROW: usize = 16;
type Row = [u16; WIDTH];

const _: () = assert!(PLACES < WIDTH);

impl Aligner {
    pub(crate) fn new() -> Aligner {
        Aligner { rows: vec![[FAR; WIDTH]; PLACES + 1 + REACHED], filled: 0, ahead: [0; WIDTH], letters_for: [[0; 2]; WIDTH] }
    }

    /// What it costs to take one word for another, in steps; more than `limit` when it costs more than that. `least` is what it costs at least, as
    /// far as is known.
    pub(super) fn cost(&mut self, a: &Sounded, b: &Sounded, counted: Counted, least: u32, limit: u32) -> u32 {
        let is_near = limit > NEAR && least <= AT_SIGHT && a.is_near_at_sight(b) && self.fill(a, b, [0, 0], NEAR);
        if is_near || least <= limit && self.fill(a, b, counted, limit) {
            u32::from(self.rows[a.letters.len()][b.letters.len()])
        } else {
            limit + 1
        }
    }

    /// What it costs to take a word for the start of another, of which that has a letter at least.
    pub(super) fn prefix_cost(&mut self, a: Sounded, b: &Sounded, limit: u32) -> u32 {
        let start = a.letters.len() - 1;
        self.fill(&Sounded { letters: &a.letters[..start], ..a }, b, [0, 0], limit);
        // The start of the word is a place, too.
        let row = self.rows[..self.filled].get(start).and_then(|row| row.get(2..=b.letters.len()));
        let by_letters = u32::from(row.into_iter().flatten().copied().min().unwrap_or(FAR));
        let ([_, initial, _], [_, first, ..], [from_start, from_first, ..]) = (a.letters, b.letters, b.starts) else { return by_letters };
        let costs = Costs::get();
        let runs = [costs.run_of(*first)].into_iter().chain(*from_start).chain(*from_first);
        runs.map(|run| costs.of_beginning(*initial, run)).fold(by_letters, u32::min)
    }

    /// What it cost, in the words compared last, to take the first letters of the one for the first letters of the other, by how many these are;
    /// exact where that is within the limit, and nothing where all is above it.
    pub(super) fn costs_of_stem(&self, a: usize) -> Option<impl Fn(usize) -> u32> {
        // The start of the word is a place, too.
        let row = self.rows[..self.filled].get(a + 1)?;
        Some(move |b| u32::from(row[(b + 1) % WIDTH]))
    }

    /// Fills the table of costs; false when all of it is above the limit. The first word may lack its end.
    fn fill(&mut self, a: &Sounded, b: &Sounded, counted: Counted, limit: u32) -> bool {
        let costs = Costs::get();
        let limit = limit.min(u32::from(FAR) - 1) as u16;
        let (n, m) = (a.letters.len(), b.letters.len());
        let (letters, codes, starts) = (b.letters, &b.codes[..m], &b.starts[..m]);
        let Aligner { rows, ahead, filled, letters_for: of_runs } = self;
        // What is still to come costs something, too. Nothing comes after the last place.
        ahead[m] = FAR;
        ahead[counted[1]..m].fill(0);
        let mut least = 0;
        if let (Some(ahead), Some(codes)) = (ahead.get_mut(1..counted[1]), codes.get(1..counted[1])) {
            for (ahead, code) in ahead.iter_mut().zip(codes).rev() {
                least += a.sounds.least(*code);
                *ahead = least;
            }
        }
        ahead[0] = least;
        let mut to_come = a.least(b, counted[0]);
        let (extra, missing, table) = (costs.extra(b.side), costs.extra(a.side), &costs.sounds);
        let taken_for = table.taken_for(b.side, b.sounds);
        // Most runs of the second word are none of any letter of the first.
        let letters_for = table.letters_for(a.side, a.sounds);
        let mut of_letters: [Columns; 2] = [0; 2];
        for j in Bits(b.runs) {
            let (Some(runs), Some(all)) = (starts.get(j), of_runs.get_mut(j)) else { break };
            for ((run, all), places) in runs.iter().zip(all).zip(&mut of_letters) {
                *all = letters_for(*run);
                *places |= Columns::from(*all != 0) << j;
            }
        }
        let clear = |row: &mut Row| if m < NARROW { row[..NARROW].fill(FAR) } else { row.fill(FAR) };
        rows[..REACHED].iter_mut().for_each(clear);
        rows[0][0] = 0;
        *filled = REACHED + n;
        // The columns of this row that may have a way, and those that runs of letters reach, in it and in the rows beyond it.
        let (mut from, mut end) = (0, 1);
        let mut reached: [Columns; REACHED] = [0; REACHED];
        for (i, (letter, code)) in a.letters.iter().zip(a.codes).enumerate() {
            let Some([this, next, second, third]) = rows[i..].first_chunk_mut() else { break };
            clear(third);
            let most = limit.saturating_sub(to_come);
            let mut columns: Columns = 0;
            if i == 0 {
                // The starts of words answer to each other only.
                if ahead[0] <= most {
                    next[1] = 0;
                    columns = 1;
                }
            } else {
                if i < counted[0] {
                    to_come -= b.sounds.least(*code);
                }
                if reached[0] != 0 {
                    from = from.min(reached[0].trailing_zeros() as usize);
                    end = end.max((Columns::BITS - reached[0].leading_zeros()) as usize);
                }
                reached = [reached[1], reached[2], 0];
                let (one, too_many) = (costs.of_letter(*letter), u16::from(extra[usize::from(*letter)]));
                // The letters one by one: one for another, one too many, one too few. Which cells have a way within the limit cannot be guessed: all
                // from the first to the last that may are done by the same arithmetic.
                let (mut beside, mut across) = (FAR, FAR);
                let mut j = from;
                while j < end || beside + ahead[j % WIDTH] <= most {
                    let Some(y) = letters.get(j) else { break };
                    let at = j % WIDTH;
                    let here = this[at].min(beside);
                    this[at] = here;
                    next[at] = next[at].min(across).min(here + too_many);
                    across = here + u16::from(one[usize::from(*y)]);
                    beside = here + u16::from(missing[usize::from(*y)]);
                    columns |= Columns::from(here + ahead[at] <= most) << at;
                    j += 1;
                }
                next[j % WIDTH] = next[j % WIDTH].min(across);
            }
            if columns == 0 {
                if reached == [0; REACHED] {
                    *filled = i + 1 + REACHED;
                    return false;
                }
                (from, end) = (WIDTH, 0);
                continue;
            }
            from = columns.trailing_zeros() as usize;
            end = (Columns::BITS - columns.leading_zeros()) as usize + 1;
            // Runs of several letters on one side or on both.
            let others = Bits(columns & b.runs);
            for (k, places) in of_letters.iter().enumerate() {
                for j in Bits(columns & places) {
                    if of_runs[j % WIDTH][k] >> (code & 63) & 1 != 0 {
                        let (to, cost) = (j + 2 + k, costs.row(costs.run_of(*letter))[usize::from(starts[j][k])]);
                        reached[0] |= lower(&mut next[to % WIDTH], this[j % WIDTH], cost, limit) << to;
                    }
                }
            }
            if a.runs >> i & 1 != 0 {
                let own = a.starts[i];
                for k in 0..own.len() {
                    let run = own[k];
                    let (letters_for, runs_for) = taken_for(run);
                    if letters_for | runs_for == 0 {
                        continue;
                    }
                    let row = if k == 0 { &mut *second } else { &mut *third };
                    let costs_of = costs.row(run);
                    let mut take = |from: usize, to: usize, other: Run| {
                        reached[k + 1] |= lower(&mut row[to % WIDTH], this[from % WIDTH], costs_of[usize::from(other)], limit) << to;
                    };
                    if letters_for != 0 {
                        for j in Bits(columns) {
                            if letters_for >> (codes[j] & 63) & 1 != 0 {
                                take(j, j + 1, costs.run_of(letters[j]));
                            }
                        }
                    }
                    if runs_for != 0 {
                        for j in others {
                            let [two, three] = starts[j];
                            if runs_for >> (two & 63) & 1 != 0 && two != 0 {
                                take(j, j + 2, two);
                            }
                            if runs_for >> (three & 63) & 1 != 0 && three != 0 {
                                take(j, j + 3, three);
                            }
                        }
                    }
                }
            }
            // Two letters that changed places.
            if let Some(after) = a.letters.get(i + 1).filter(|after| i > 0 && b.sounds.has_pair(**after, *letter)) {
                for j in Bits(columns).filter(|j| letters[*j] == *after && letters.get(j + 1) == Some(letter)) {
                    reached[1] |= lower(&mut second[(j + 2) % WIDTH], this[j % WIDTH], costs.swapped, limit) << (j + 2);
                }
            }
        }
        rows[n][m] <= limit
    }
}

/// The columns of a set, from the first on.
#[derive(Clone, Copy)]
struct Bits(Columns);

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let at = self.0.trailing_zeros() as usize;
        if self.0 == 0 {
            return None;
        }
        self.0 &= self.0 - 1;
        Some(at)
    }
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
