//! What it costs to take one run of letters for another: `tables/reading/learned.tsv` and `costs.toml` compiled to one table over all scripts.
//!
//! Costs are negative natural logarithms in steps of [`STEP`]. A Cyrillic run and a run of another script cost what the table says, less what the
//! commonest way of writing the Cyrillic run costs. Two runs of one script cost what their common counterparts in the other script say
//! (the cosine of the two rows), so қ is near к because both are written k and q.

use super::charges::{Charges, WordCharges};
use super::letters::{Alphabet, Letter};
use super::sounds;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One step of a cost, in nats.
pub(crate) const STEP: f32 = 0.05;
/// Nats in steps.
pub(crate) const fn steps(nats: f32) -> u32 {
    (nats / STEP) as u32
}
/// A cost of the table, at most what is known.
fn in_steps(nats: f32) -> u8 {
    ((nats / STEP).round().max(0.0) as u32).min(u32::from(UNKNOWN) - 1) as u8
}
/// The cost of what the table does not know.
pub(super) const UNKNOWN: u8 = u8::MAX;

/// A run of one to three letters; 0 is none.
pub(crate) type Run = u16;

/// The runs of single letters start at this number; before it are no run, and nothing on each side.
const SINGLE: usize = 4;

/// The side a run is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) enum Side {
    #[default]
    Latin,
    Cyrillic,
    Arabic,
}

/// How many sides there are.
pub(super) const SIDES: usize = 3;
/// As many letters as there may be.
const LETTERS: usize = Letter::MAX as usize + 1;

pub(crate) struct Costs {
    /// What is charged besides letters.
    words: WordCharges,
    /// What two letters cost that changed places.
    pub(super) swapped: u8,
    pub(crate) alphabet: Alphabet,
    /// Which letters may answer to which at all.
    pub(super) sounds: sounds::Table,
    runs: FxHashMap<[Letter; 3], Run>,
    /// For two letters, one after the other, their run, with [`ENDS_THREE`] where a run of three ends with them.
    pairs: Box<[[Run; LETTERS]; LETTERS]>,
    /// Whether a run of three begins with a letter.
    begins_three: [bool; LETTERS],
    /// For each letter the bit of letters read like it.
    bits: Vec<u32>,
    /// What it costs to take a letter for another, and of each side what a letter too many or too few costs.
    of_letters: Vec<[u8; LETTERS]>,
    extra: [[u8; LETTERS]; SIDES],
    /// What the runs cost that begin with a letter and go on, for another run: Y, for Ю, as Yu does.
    beginnings: FxHashMap<(Letter, Run), u8>,
    /// How many runs there are; the table has this many columns.
    count: usize,
    table: Vec<u8>,
}

/// Set on a run of two letters with which one of three ends; there are fewer runs.
const ENDS_THREE: Run = 1 << 15;

static COSTS: LazyLock<Costs> = LazyLock::new(|| Costs::read(include_str!("../../../tables/reading/learned.tsv"), Charges::builtin()));

/// What is charged besides letters, in steps.
#[inline]
pub(crate) fn charges() -> &'static WordCharges {
    &COSTS.words
}

struct Row<'t> {
    side: Side,
    run: &'t str,
    cyrillic: &'t str,
    writing: f32,
    reading: f32,
}

/// The rows of the table; a test reads all of it.
fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        let side = match fields.next()? {
            "Arab" => Side::Arabic,
            _ => Side::Latin,
        };
        let (run, cyrillic) = (fields.next()?, fields.next()?);
        Some(Row { side, run, cyrillic, writing: fields.next()?.parse().ok()?, reading: fields.next()?.parse().ok()? })
    })
}

impl Side {
    pub(super) const ALL: [Side; SIDES] = [Side::Latin, Side::Cyrillic, Side::Arabic];
}

impl Costs {
    pub(crate) fn get() -> &'static Costs {
        &COSTS
    }

    /// What it costs to take one run for another, in steps; none when only their letters can be compared.
    #[cfg(test)]
    fn cost(&self, a: Run, b: Run) -> u32 {
        u32::from(self.table[usize::from(a) * self.count + usize::from(b)])
    }

    #[inline]
    pub(crate) fn row(&self, a: Run) -> &[u8] {
        &self.table[usize::from(a) * self.count..][..self.count]
    }

    /// What it costs to take a letter for each other.
    #[inline]
    pub(super) fn of_letter(&self, letter: Letter) -> &[u8; LETTERS] {
        &self.of_letters[usize::from(letter)]
    }

    /// What each letter costs when a word of a side lacks it.
    #[inline]
    pub(super) fn extra(&self, side: Side) -> &[u8; LETTERS] {
        &self.extra[side as usize]
    }

    /// What it costs, in steps, that a letter alone stands for a name that begins with a run: Y. for Юрий, which is Yuri.
    pub(super) fn of_beginning(&self, initial: Letter, run: Run) -> u32 {
        u32::from(self.beginnings.get(&(initial, run)).copied().unwrap_or(UNKNOWN))
    }

    /// Nothing, on a side.
    pub(crate) fn nothing(side: Side) -> Run {
        1 + side as Run
    }

    /// The run of a letter alone.
    #[inline]
    pub(super) fn run_of(&self, letter: Letter) -> Run {
        self.single(letter) as Run
    }

    /// The runs of two and of three letters that end with a letter that follows two others; 0 where the table has none, and 0 is no letter.
    #[inline]
    pub(super) fn ending_with(&self, before: Letter, last: Letter, letter: Letter) -> [Run; 2] {
        let pair = self.pairs[usize::from(last)][usize::from(letter)];
        let three = if pair & ENDS_THREE != 0 && self.begins_three[usize::from(before)] { self.run([before, last, letter]) } else { 0 };
        [pair & !ENDS_THREE, three]
    }

    /// For each letter a bit, the same for letters that are read alike.
    fn read_alike(&self, alike: u8) -> Vec<u32> {
        let mut bits = vec![0; usize::from(Letter::MAX) + 1];
        let cyrillic: Vec<Letter> = self.alphabet.letters().filter(|l| self.alphabet.side(*l) == Side::Cyrillic).collect();
        for letter in self.alphabet.letters() {
            let cost = |other: &Letter| self.table[self.single(letter) * self.count + self.single(*other)];
            // The first of those that are about as near as the nearest.
            let least = cyrillic.iter().map(cost).min().unwrap_or(0);
            let first = cyrillic.iter().position(|other| cost(other) <= least.saturating_add(alike)).unwrap_or(0);
            bits[usize::from(letter)] = 1 << (first % 32);
        }
        bits
    }

    /// The numbers of the runs of one letter.
    pub(super) fn singles(&self) -> std::ops::Range<usize> {
        SINGLE..SINGLE + self.alphabet.letters().count()
    }

    #[inline]
    fn single(&self, letter: Letter) -> usize {
        usize::from(letter) + SINGLE - 1
    }

    /// The letters of a word as a set of bits, the same for letters that are read alike.
    pub(crate) fn signature(&self, letters: impl IntoIterator<Item = Letter>) -> u32 {
        letters.into_iter().fold(0, |set, letter| set | self.bits[usize::from(letter)])
    }

    #[inline]
    fn run(&self, letters: [Letter; 3]) -> Run {
        self.runs.get(&letters).copied().unwrap_or(0)
    }

    fn read(text: &str, charges: Charges) -> Costs {
        let alphabet = Alphabet::of(rows(text).flat_map(|row| row.run.chars().chain(row.cyrillic.chars())));
        let mut costs = Costs {
            words: WordCharges::default(),
            swapped: in_steps(charges.letters.swapped),
            alphabet,
            sounds: sounds::Table::default(),
            runs: FxHashMap::default(),
            pairs: Box::new([[0; LETTERS]; LETTERS]),
            begins_three: [false; LETTERS],
            bits: Vec::new(),
            of_letters: vec![[UNKNOWN; LETTERS]; LETTERS],
            extra: [[UNKNOWN; LETTERS]; SIDES],
            beginnings: FxHashMap::default(),
            count: 0,
            table: Vec::new(),
        };
        // 0 is no run; then nothing on each side; then every single letter, then the longer runs.
        let mut sides = vec![Side::Latin, Side::Latin, Side::Cyrillic, Side::Arabic];
        for letter in costs.alphabet.letters() {
            costs.runs.insert([letter, 0, 0], sides.len() as Run);
            sides.push(costs.alphabet.side(letter));
        }
        let singles = sides.len();
        let mut id = |costs: &mut Costs, text: &str, side: Side| -> Run {
            if text.is_empty() {
                return Costs::nothing(side);
            }
            let mut letters = [0; 3];
            text.chars().zip(&mut letters).for_each(|(c, letter)| *letter = costs.alphabet.letter(c).unwrap_or(0));
            *costs.runs.entry(letters).or_insert_with(|| {
                sides.push(side);
                sides.len() as Run - 1
            })
        };
        let mut known = Vec::new();
        for row in rows(text) {
            known.push((id(&mut costs, row.run, row.side), id(&mut costs, row.cyrillic, Side::Cyrillic), row.writing, row.reading));
        }
        costs.count = sides.len();
        costs.table = vec![UNKNOWN; sides.len() * sides.len()];
        costs.fill(&sides, singles, &known, &charges);
        for (letters, run) in &costs.runs {
            match *letters {
                [_, 0, 0] => continue,
                [a, b, 0] => costs.pairs[usize::from(a)][usize::from(b)] |= *run,
                [a, b, c] => {
                    costs.begins_three[usize::from(a)] = true;
                    costs.pairs[usize::from(b)][usize::from(c)] |= ENDS_THREE;
                }
            }
        }
        costs.bits = costs.read_alike(in_steps(charges.learned.alike));
        for letter in costs.alphabet.letters() {
            let row = &costs.table[costs.single(letter) * costs.count..][..costs.count];
            for other in costs.alphabet.letters() {
                costs.of_letters[usize::from(letter)][usize::from(other)] = row[costs.single(other)];
            }
            for (extra, cost) in costs.extra.iter_mut().zip(&row[1..]) {
                extra[usize::from(letter)] = *cost;
            }
        }
        let mut letters_of = vec![[0; 3]; sides.len()];
        for (letters, run) in &costs.runs {
            letters_of[usize::from(*run)] = *letters;
        }
        costs.beginnings = costs.beginnings(&known, &letters_of);
        costs.sounds = sounds::Table::of(&costs, &letters_of, &sides);
        costs.words = charges.words;
        costs
    }

    /// What a letter may be the beginning of, beside what that is taken for.
    fn beginnings(&self, known: &[(Run, Run, f32, f32)], letters_of: &[[Letter; 3]]) -> FxHashMap<(Letter, Run), u8> {
        let mut all = FxHashMap::default();
        for &(a, b, writing, reading) in known {
            for (several, other, nats) in [(a, b, reading), (b, a, writing)] {
                let letters = letters_of[usize::from(several)];
                let at = usize::from(self.alphabet.ends().contains(&letters[0]));
                if letters[1 + at..].first().is_some_and(|next| *next != 0) {
                    let least = all.entry((letters[at], other)).or_insert(UNKNOWN);
                    *least = in_steps(nats).min(*least);
                }
            }
        }
        all
    }

    fn fill(&mut self, sides: &[Side], singles: usize, known: &[(Run, Run, f32, f32)], charges: &Charges) {
        let Charges { letters, learned, .. } = charges;
        let [other_letter, extra_letter, other_digit] = [letters.other, letters.extra, letters.digit].map(in_steps);
        let mut table = std::mem::take(&mut self.table);
        // Single letters can always be compared.
        let letter = |run: usize| (run + 1 - SINGLE) as Letter;
        let digit = |run: usize| self.alphabet.is_digit(letter(run));
        let mut ends = vec![false; singles];
        self.alphabet.ends().iter().for_each(|end| ends[self.single(*end)] = true);
        let end = |run: usize| ends[run];
        for a in SINGLE..singles {
            for b in SINGLE..singles {
                let other = if end(a) || end(b) {
                    UNKNOWN
                } else if digit(a) || digit(b) {
                    other_digit
                } else {
                    other_letter
                };
                table[a * self.count + b] = if a == b { 0 } else { other };
            }
            for nothing in 1..SINGLE {
                let extra = if end(a) {
                    UNKNOWN
                } else if digit(a) {
                    other_digit
                } else {
                    extra_letter
                };
                table[a * self.count + nothing] = extra;
                table[nothing * self.count + a] = extra;
            }
        }
        // Across scripts.
        let mut habit: FxHashMap<(Side, Run), f32> = FxHashMap::default();
        for &(a, b, writing, _) in known {
            let least = habit.entry((sides[usize::from(a)], b)).or_insert(f32::MAX);
            *least = least.min(writing);
        }
        let at = |a: Run, b: Run| (usize::from(a) * self.count + usize::from(b), usize::from(b) * self.count + usize::from(a));
        let lower = |table: &mut [u8], a: Run, b: Run, nats: f32| {
            let (there, back) = at(a, b);
            let cost = in_steps(nats).min(table[there]);
            table[there] = cost;
            table[back] = cost;
        };
        let mut of_run = vec![[0; 3]; self.count];
        self.runs.iter().for_each(|(letters, run)| of_run[usize::from(*run)] = *letters);
        let has_several = |run: usize| of_run[run][1] != 0;
        // For each run what answers to it, and how likely.
        let mut of_first: Vec<Vec<(Run, f32)>> = vec![Vec::new(); self.count];
        let mut of_cyrillic = of_first.clone();
        for &(a, b, writing, reading) in known {
            let side = sides[usize::from(a)];
            let nothing = a == Costs::nothing(side) || b == Costs::nothing(Side::Cyrillic);
            let off = if nothing { 0.0 } else { learned.habit * habit[&(side, b)] };
            // A letter that is not read is as rare as it is among all that is not read, too; and what is hardly ever read as several letters is hardly
            // them, though it is all that they are written as.
            let several = has_several(usize::from(b));
            let least = if several { learned.of_seldom * (reading - learned.seldom).max(0.0) } else { 0.0 };
            let nats = if b == Costs::nothing(Side::Cyrillic) { writing.max(reading) + learned.silent } else { (writing - off).max(least) };
            lower(&mut table, a, b, nats);
            of_first[usize::from(a)].push((b, (-reading).exp()));
            if side == Side::Latin {
                of_cyrillic[usize::from(b)].push((a, (-writing).exp()));
            }
        }
        // Within one script, by the counterparts.
        let across = table.clone();
        // What two runs share, and which runs share anything with the one that is looked at.
        let (mut shared, mut with) = (vec![(0.0, UNKNOWN); self.count], Vec::new());
        for (rows, back) in [(&of_first, &of_cyrillic), (&of_cyrillic, &of_first)] {
            let lengths: Vec<f32> = rows.iter().map(|row| row.iter().map(|(_, p)| p * p).sum::<f32>().sqrt()).collect();
            for (a, counterparts) in rows.iter().enumerate().skip(SINGLE) {
                let side = sides[a];
                for (counterpart, p) in counterparts.iter().filter(|(c, _)| usize::from(*c) >= SINGLE) {
                    let written = |run: usize| across[run * self.count + usize::from(*counterpart)];
                    for b in back[usize::from(*counterpart)].iter().map(|(b, _)| usize::from(*b)) {
                        if sides[b] == side && b >= SINGLE && b != a {
                            let q = rows[b].iter().find(|(c, _)| c == counterpart).map_or(0.0, |(_, q)| *q);
                            let (sum, seldom) = &mut shared[b];
                            if *seldom == UNKNOWN {
                                with.push(b);
                            }
                            *sum += p * q;
                            *seldom = (*seldom).min(written(a).max(written(b)));
                        }
                    }
                }
                for b in with.drain(..) {
                    let (sum, seldom) = std::mem::replace(&mut shared[b], (0.0, UNKNOWN));
                    let cosine = sum / (lengths[a] * lengths[b]);
                    if cosine > 0.01 {
                        let several = has_several(a) || has_several(b);
                        let least = if several { learned.of_seldom * (f32::from(seldom) * STEP - learned.seldom).max(0.0) } else { 0.0 };
                        lower(&mut table, a as Run, b as Run, least.max(-cosine.ln()));
                    }
                }
                // What is often not written in the other script is often not written at all.
                let own_nothing = Costs::nothing(side);
                let silent = counterparts.iter().find(|(c, _)| usize::from(*c) < SINGLE).map(|(_, p)| -p.ln());
                if let Some(nats) = silent {
                    lower(&mut table, a as Run, own_nothing, nats + learned.silent);
                }
            }
        }
        // A letter with a mark is near the letter without it.
        for letter in self.alphabet.letters() {
            if let Some(base) = self.alphabet.base(letter) {
                lower(&mut table, self.run([letter, 0, 0]), self.run([base, 0, 0]), learned.mark);
            }
        }
        self.table = table;
        self.relax(singles, in_steps(learned.near), steps(learned.detour));
    }

    /// What is near to a single letter is near to what that is near to.
    fn relax(&mut self, singles: usize, most: u8, detour: u32) {
        let near = |table: &[u8], a: usize| -> Vec<(usize, u8)> {
            let row = &table[a * self.count..][..self.count];
            row.iter().enumerate().skip(SINGLE).filter(|(b, cost)| *b != a && **cost <= most).map(|(b, cost)| (b, *cost)).collect()
        };
        let nearest: Vec<Vec<(usize, u8)>> = (0..self.count).map(|a| if a < SINGLE { Vec::new() } else { near(&self.table, a) }).collect();
        for (a, row) in nearest.iter().enumerate() {
            for (through, first) in row.iter().filter(|(through, _)| *through < singles) {
                for (b, second) in &nearest[*through] {
                    let cost = (u32::from(*first) + u32::from(*second) + detour).min(u32::from(UNKNOWN) - 1) as u8;
                    let slot = &mut self.table[a * self.count + b];
                    *slot = cost.min(*slot);
                }
            }
        }
    }

    /// The letters of a run, for people.
    #[cfg(test)]
    fn find(&self, text: &str) -> Run {
        let mut letters = [0; 3];
        text.chars().zip(&mut letters).for_each(|(c, letter)| *letter = self.alphabet.letter(c).unwrap_or(0));
        self.run(letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is habit costs next to nothing, what is another letter costs much; the same both ways.
    #[test]
    fn habits_are_cheap() {
        let costs = Costs::get();
        let nats = |pair: &str| {
            let (a, b) = pair.split_once(' ').expect("two runs");
            let (a, b) = (costs.find(a), costs.find(b));
            assert!(a != 0 && b != 0, "{pair}");
            assert_eq!(costs.cost(a, b), costs.cost(b, a), "{pair}");
            costs.cost(a, b) as f32 * STEP
        };
        for habit in ["қ к", "ғ г", "ң н", "ө о", "ұ у", "ү у", "ә а", "і и", "q к", "k қ", "zh ж", "sh ш", "w v", "kh х", "h х", "я ia"]
        {
            assert!(nats(habit) <= 1.0, "{habit} {}", nats(habit));
        }
        for other in ["к м", "т р", "k m", "s п", "ж л"] {
            assert!(nats(other) >= 5.0, "{other} {}", nats(other));
        }
        // What some language does not read is not left out in all of them.
        assert!(nats("t$ $") >= 0.25, "{}", nats("t$ $"));
    }
}
