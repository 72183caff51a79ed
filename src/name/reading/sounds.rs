//! What letters cost at least, whatever stands beside them: how far two words must be apart is known before they are aligned, and which runs of
//! several letters may meet in them.

use super::costs::{Costs, Run, SIDES, Side};
use super::letters::Letter;

/// A letter's number here: its side and a bit. Rare letters share theirs, so that what is known of them may be too little, never too much.
pub(super) type Code = u8;

/// How many codes a side has, one for each bit of a set.
const BITS: usize = 64;
const CODES: usize = SIDES * BITS;
/// So many letters of the plain alphabet of a side have a code of their own.
const PLAIN: usize = 42;

/// The set of a word with letters of several sides: it may have any.
const ALL: u64 = u64::MAX;

/// What is known of the letters of a word without their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sounds {
    /// Its letters and its runs of several letters, by their bits.
    letters: u64,
    runs: u64,
    /// Its letters two by two, a bit each, which others may share.
    pairs: u64,
    /// What each letter costs at least when it must answer to this word, in steps; the other half is charged to the letters of this word.
    least: [u8; CODES],
}

impl Default for Sounds {
    fn default() -> Sounds {
        Sounds::NONE
    }
}

impl Sounds {
    /// Of which nothing is known.
    pub(super) const NONE: Sounds = Sounds { letters: ALL, runs: ALL, pairs: ALL, least: [0; CODES] };

    /// Of a word of these letters, most of one side, to which its runs are still to be added.
    pub(super) fn of_letters(letters: &[Letter], codes: &[Code], side: Side) -> Sounds {
        let table = &Costs::get().sounds;
        let mut sounds = Sounds { letters: table.ends, runs: 0, pairs: 0, least: table.alone };
        for (letter, code) in letters.iter().zip(codes) {
            let is_own = usize::from(*code) / BITS == side as usize;
            let bit = if is_own { 1 << (code & 63) } else { ALL };
            // A letter with a code of its own adds nothing a second time.
            let is_known = is_own && sounds.letters & bit != 0 && sounds.letters != ALL && usize::from(code & 63) < PLAIN;
            if !is_known {
                sounds.letters |= bit;
                lower(&mut sounds.least, &table.beside[usize::from(*letter)]);
            }
        }
        sounds
    }

    /// Adds a run of several letters.
    #[inline]
    pub(super) fn add_run(&mut self, run: Run) {
        self.runs |= bit(run);
    }

    /// Adds two letters, one after the other.
    #[inline]
    pub(super) fn add_pair(&mut self, one: Letter, other: Letter) {
        self.pairs |= of_pair(one, other);
    }

    /// Whether a word may have two letters one after the other.
    #[inline]
    pub(super) fn has_pair(&self, one: Letter, other: Letter) -> bool {
        self.pairs & of_pair(one, other) != 0
    }

    /// Those of two words written as one.
    pub(super) fn join(&mut self, one: &Sounds, other: &Sounds) {
        (self.letters, self.runs) = (one.letters | other.letters, one.runs | other.runs);
        self.least = one.least;
        lower(&mut self.least, &other.least);
        self.pairs = one.pairs | other.pairs;
    }

    /// What a letter costs at least when it must answer to this word.
    #[inline]
    pub(super) fn least(&self, code: Code) -> u16 {
        u16::from(self.least[usize::from(code)])
    }

    /// What letters cost at least together.
    #[inline]
    pub(super) fn least_of(&self, codes: &[Code]) -> u16 {
        let mut all = 0;
        for code in codes {
            all += self.least(*code);
        }
        all
    }
}

#[inline]
fn lower(all: &mut [u8; CODES], more: &[u8; CODES]) {
    for (least, more) in all.iter_mut().zip(more) {
        *least = (*least).min(*more);
    }
}

/// The bit of two letters, one after the other.
fn of_pair(one: Letter, other: Letter) -> u64 {
    1 << (one.wrapping_mul(5).wrapping_add(other) & 63)
}

fn bit(run: Run) -> u64 {
    if run == 0 { 0 } else { 1 << (run & 63) }
}

/// The same for each letter and run of the table of costs.
pub(super) struct Table {
    /// By letter.
    codes: [Code; LETTERS],
    /// What each letter costs at least beside this letter of the other word; half of it, as the other is charged with as much.
    beside: Box<[[u8; CODES]; LETTERS]>,
    /// And whatever the other word is.
    alone: [u8; CODES],
    /// The bits of the two ends, which every word has.
    ends: u64,
    /// What each run of several letters may be taken for: letters and runs of several letters, by side and run.
    letters: [Vec<u64>; SIDES],
    runs: [Vec<u64>; SIDES],
}

const LETTERS: usize = Letter::MAX as usize + 1;

impl Default for Table {
    fn default() -> Table {
        Table {
            codes: [0; LETTERS],
            beside: Box::new([[u8::MAX; CODES]; LETTERS]),
            alone: [u8::MAX; CODES],
            ends: 0,
            letters: Default::default(),
            runs: Default::default(),
        }
    }
}

impl Table {
    #[inline]
    pub(super) fn code(&self, letter: Letter) -> Code {
        self.codes[usize::from(letter)]
    }

    /// What letters cost at least beside a letter of the other word, by their codes, in steps; and whatever that is.
    #[inline]
    pub(super) fn beside(&self, letter: Letter) -> &[u8; CODES] {
        &self.beside[usize::from(letter)]
    }

    #[inline]
    pub(super) fn alone(&self) -> &[u8; CODES] {
        &self.alone
    }

    /// The bits of the letters and of the runs of several letters of a word of a side that a run of several letters may be taken for.
    #[inline]
    pub(super) fn taken_for(&'static self, side: Side, sounds: &Sounds) -> impl Fn(Run) -> (u64, u64) {
        let of_side = |table: &'static [Vec<u64>; SIDES]| table[side as usize].as_slice();
        let (letters, runs) = (of_side(&self.letters), of_side(&self.runs));
        let (own_letters, own_runs) = (sounds.letters, sounds.runs);
        // Of letters of several sides nothing is known.
        let any = if own_letters == ALL { ALL } else { 0 };
        move |run| match (letters.get(usize::from(run)), runs.get(usize::from(run))) {
            (Some(letters), Some(runs)) if run != 0 => (letters & own_letters | any, runs & own_runs | any),
            _ => (0, 0),
        }
    }

    /// The bits of the letters of a word of a side that a run of several letters may be taken for.
    #[inline]
    pub(super) fn letters_for(&self, side: Side, sounds: &Sounds) -> impl Fn(Run) -> u64 {
        let letters = self.letters[side as usize].as_slice();
        let own = sounds.letters;
        // Of letters of several sides nothing is known.
        let any = if own == ALL { ALL } else { 0 };
        move |run| if run == 0 { 0 } else { letters.get(usize::from(run)).map_or(0, |letters| letters & own | any) }
    }

    /// The table of these costs; `letters_of` gives the letters of each run.
    pub(super) fn of(costs: &Costs, letters_of: &[[Letter; 3]], sides: &[Side]) -> Table {
        let ends = costs.alphabet.ends();
        let singles = costs.singles();
        let none = || Side::ALL.map(|_| vec![0; sides.len()]);
        let mut table = Table { letters: none(), runs: none(), ..Table::default() };
        let mut counts = [[0; SIDES]; 2];
        for letter in costs.alphabet.letters() {
            let (side, is_plain) = (costs.alphabet.side(letter) as usize, costs.alphabet.is_plain(letter));
            let count = &mut counts[usize::from(is_plain)][side];
            let bit = if is_plain && *count < PLAIN { *count } else { PLAIN + *count % (BITS - PLAIN) };
            *count += 1;
            table.codes[usize::from(letter)] = (side * BITS + bit) as Code;
        }
        table.ends = ends.iter().fold(0, |bits, end| bits | 1 << (table.code(*end) & 63));
        let is_end = |letter: Letter| ends.contains(&letter);
        for letter in costs.alphabet.letters().filter(|l| !is_end(*l)) {
            let code = usize::from(table.code(letter));
            let extra = Side::ALL.map(|side| costs.extra(side)[usize::from(letter)]).into_iter().min().unwrap_or(0);
            table.alone[code] = table.alone[code].min(extra);
            for other in costs.alphabet.letters().filter(|l| !is_end(*l)) {
                let half = costs.of_letter(letter)[usize::from(other)] / 2;
                let beside = &mut table.beside[usize::from(other)][code];
                *beside = (*beside).min(half);
            }
        }
        for a in singles.end..sides.len() {
            let known = costs.row(a as Run).iter().enumerate().skip(singles.start).filter(|(_, cost)| **cost != u8::MAX);
            for (b, cost) in known {
                let side = sides[b] as usize;
                if b >= singles.end {
                    table.runs[side][a] |= bit(b as Run);
                } else if is_end(letters_of[b][0]) {
                    table.letters.iter_mut().for_each(|letters| letters[a] |= table.ends);
                } else {
                    table.letters[side][a] |= 1 << (table.code(letters_of[b][0]) & 63);
                }
                let real = |run: usize| letters_of[run].map(|l| if is_end(l) { 0 } else { l });
                table.charge(real(a), real(b), *cost);
            }
        }
        table
    }

    /// Takes care that the letters of two runs cost no more together than the runs do.
    fn charge(&mut self, a: [Letter; 3], b: [Letter; 3], cost: u8) {
        let real = |letters: [Letter; 3]| letters.into_iter().filter(|l| *l != 0);
        let mut all = [(0, 0, [0; 3]); 6];
        let sides = real(a).map(|l| (l, b)).chain(real(b).map(|l| (l, a)));
        let mut count = 0;
        for (slot, (letter, others)) in all.iter_mut().zip(sides) {
            let code = usize::from(self.code(letter));
            let least = real(others).map(|other| self.beside[usize::from(other)][code]).chain([self.alone[code]]).min().unwrap_or(0);
            *slot = (code, u32::from(least), others);
            count += 1;
        }
        let sum: u32 = all[..count].iter().map(|(_, least, _)| least).sum();
        if sum <= u32::from(cost) {
            return;
        }
        for (code, least, others) in &all[..count] {
            let share = (least * u32::from(cost) / sum) as u8;
            // One of the letters that must be there tells; that which is nearest already.
            match real(*others).min_by_key(|other| self.beside[usize::from(*other)][*code]) {
                Some(other) => self.beside[usize::from(other)][*code] = share,
                None => self.alone[*code] = share,
            }
        }
    }
}
