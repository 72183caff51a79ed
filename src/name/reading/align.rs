//! The cheapest way of taking one word for another.

use super::costs::{Costs, Run, SWAPPED, Side};
use super::endings::{Cut, Opposite};
use super::letters::Letter;
use super::sounds::{Code, Sounds};
use super::spelling::{LONGEST_WORD, Place};

/// Cells of a row: a place of the longest word each, with its ends, and the start before them.
const SIZE: usize = LONGEST_WORD + 3;

/// A word, or two written as one, to be compared.
#[derive(Clone, Copy)]
pub(super) struct Sounded<'p> {
    pub places: &'p [Place],
    /// The letters at the places, and their codes.
    pub letters: &'p [Letter],
    pub codes: &'p [Code],
    /// The runs of several letters.
    pub longer: &'p [Longer],
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

/// A run of several letters in a word: the places from its first letter on, and those after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Longer {
    pub from: u8,
    pub to: u8,
    pub run: Run,
}

/// How far letters count for what is still to come: so many of each word, with the start. Less where endings may stand for each other.
pub(super) type Counted = [usize; 2];

impl Sounded<'_> {
    /// What the letters up to a place cost at least, in steps, when they must answer to another word.
    pub(super) fn least(&self, other: &Sounded, counted: usize) -> u16 {
        self.codes[1..counted.max(1)].iter().map(|code| other.sounds.least(*code)).sum()
    }
}

/// The runs of several letters in a word.
pub(super) fn longer(places: &[Place]) -> impl Iterator<Item = Longer> {
    let runs = |(j, place): (usize, &Place)| {
        [2, 3].map(|count| Longer { from: (j + 1).saturating_sub(count) as u8, to: j as u8 + 1, run: place[count - 1] })
    };
    places.iter().enumerate().flat_map(runs).filter(|longer| longer.run != 0)
}

/// A cell for the start of the second word, and one for each place.
type Row = [u16; SIZE];

/// Room for comparing words; kept from one comparison to the next.
pub(crate) struct Aligner {
    /// A row for each place of the first word; taking runs of up to three letters looks three rows back, so three rows of none come first.
    rows: Vec<Row>,
    /// How many rows were filled.
    filled: usize,
    /// What comes at least after each cell in the second word.
    ahead: Row,
    /// Its runs that a letter of the first word may be taken for, and the bits of such letters.
    longer: Vec<(Longer, u64)>,
}

/// Rows before the first place.
const BEFORE: usize = 3;

/// More than any word costs; some hundreds of letters may still be added.
const FAR: u16 = u16::MAX / 4;

impl Aligner {
    pub(crate) fn new() -> Aligner {
        Aligner { rows: vec![[FAR; SIZE]; SIZE + BEFORE], filled: 0, ahead: [0; SIZE], longer: Vec::new() }
    }

    /// What it costs to take one word for another, in steps; more than `limit` when it costs more than that.
    pub(super) fn cost(&mut self, a: Sounded, b: Sounded, counted: Counted, limit: u32) -> u32 {
        if self.fill(a, b, counted, limit) { u32::from(self.rows[BEFORE - 1 + a.places.len()][b.places.len()]) } else { limit + 1 }
    }

    /// What it costs to take a word for the start of another.
    pub(super) fn prefix_cost(&mut self, a: Sounded, b: Sounded, limit: u32) -> u32 {
        let start = &a.places[..a.places.len() - 1];
        if !self.fill(Sounded { places: start, ..a }, b, [start.len(), 0], limit) {
            return limit + 1;
        }
        u32::from(self.rows[BEFORE - 1 + start.len()][..=b.places.len()].iter().copied().min().unwrap_or(FAR))
    }

    /// What it cost, in the words compared last, to take the first letters of the one for the first letters of the other; exact where the whole
    /// is within the limit.
    pub(super) fn cost_of_stems(&self, a: usize, b: usize) -> u32 {
        // The start of the word is a place, too.
        u32::from(if a + 1 > self.filled { FAR } else { self.rows[BEFORE + a][b + 1] })
    }

    /// Fills the table of costs; false when all of it is above the limit.
    fn fill(&mut self, a: Sounded, b: Sounded, counted: Counted, limit: u32) -> bool {
        let costs = Costs::get();
        let limit = limit.min(u32::from(FAR) - 1) as u16;
        let (extra, missing) = (costs.extra(b.side), costs.extra(a.side));
        let m = b.places.len();
        let letters = &b.letters[..m];
        let may_meet = |longer: &Longer| (*longer, costs.sounds.letters_for(longer.run, a.side, a.sounds));
        self.longer.clear();
        self.longer.extend(b.longer.iter().map(may_meet).filter(|(_, letters)| *letters != 0));
        // What is still to come costs something, too.
        let ahead = &mut self.ahead[1..=m];
        let mut sum = 0;
        for (j, ahead) in ahead.iter_mut().enumerate().rev() {
            *ahead = sum;
            sum += if (1..counted[1]).contains(&j) { a.sounds.least(b.codes[j]) } else { 0 };
        }
        let mut to_come = a.least(&b, counted[0]);
        for row in &mut self.rows[..BEFORE] {
            row[..=m].fill(FAR);
        }
        self.rows[BEFORE - 1][0] = 0;
        self.filled = 0;
        let mut recent = [FAR, FAR, 0];
        for (i, place) in a.places.iter().enumerate() {
            let (done, rest) = self.rows.split_at_mut(i + BEFORE);
            let [r3, r2, r1] = [&done[i], &done[i + 1], &done[i + 2]];
            let row = &mut rest[0];
            let (letter, code) = (a.letters[i], a.codes[i]);
            row[..=m].fill(FAR);
            // Runs of several letters on one side or on both.
            for (longer, _) in self.longer.iter().filter(|(_, letters)| letters >> (code & 63) & 1 != 0) {
                longer.lower(row, r1, costs.row(place[0]));
            }
            for (run, back) in [(place[1], r2), (place[2], r3)].into_iter().filter(|(run, _)| *run != 0) {
                let single = costs.sounds.letters_for(run, b.side, b.sounds);
                if single != 0 {
                    for j in (0..m).filter(|j| single >> (b.codes[*j] & 63) & 1 != 0) {
                        let cost = unknown(costs.row(run)[usize::from(costs.single_run(letters[j]))]);
                        row[j + 1] = row[j + 1].min(back[j] + cost);
                    }
                }
                let several = costs.sounds.runs_for(run, b.side, b.sounds);
                if several != 0 {
                    for longer in b.longer.iter().filter(|longer| several >> (longer.run & 63) & 1 != 0) {
                        longer.lower(row, back, costs.row(run));
                    }
                }
            }
            // Two letters that changed places.
            if i > 1 && b.sounds.may_have(a.codes[i - 1], code) {
                for j in 2..m - 1 {
                    if letters[j - 1] == letter && letters[j] == a.letters[i - 1] {
                        row[j + 1] = row[j + 1].min(r2[j - 1] + SWAPPED as u16);
                    }
                }
            }
            // The letters one by one: one for another, one too many, one too few.
            let (one, too_many) = (costs.of_letter(letter), u16::from(extra[usize::from(letter)]));
            let (before, above, cells, ahead) = (&r1[..m], &r1[1..][..m], &mut row[1..][..m], &self.ahead[1..][..m]);
            let (mut last, mut least) = (FAR, FAR);
            for j in 0..m {
                let y = usize::from(letters[j]);
                let here = (before[j] + u16::from(one[y])).min(above[j] + too_many).min(cells[j]);
                last = here.min(last + u16::from(missing[y]));
                cells[j] = last;
                least = least.min(last + ahead[j]);
            }
            self.filled = i + 1;
            to_come -= if (1..counted[0]).contains(&i) { b.sounds.least(code) } else { 0 };
            recent = [recent[1], recent[2], least + to_come];
            if recent.iter().all(|r| *r > limit) {
                return false;
            }
        }
        true
    }
}

impl Longer {
    /// Lowers the cell after the run to what it costs from the cell before it, in a row further back.
    #[inline]
    fn lower(&self, cells: &mut Row, back: &Row, costs: &[u8]) {
        let cell = &mut cells[usize::from(self.to)];
        *cell = (*cell).min(back[usize::from(self.from)] + unknown(costs[usize::from(self.run)]));
    }
}

#[inline]
fn unknown(cost: u8) -> u16 {
    if cost == u8::MAX { FAR } else { u16::from(cost) }
}
