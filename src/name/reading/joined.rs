//! Two words written as one, and where a word of the other name is nearer to them than what it met.

use super::align::{Sounded, Start, places_of};
use super::compare::{Alignment, Comparer, Met, counted, sure};
use super::costs::Side;
use super::endings::{Cut, Endings, Opposite};
use super::letters::Letter;
use super::sounds::{Code, Sounds};
use super::spelling::{LONGEST_WORD, Spelling};

/// Two words written as one.
#[derive(Default)]
pub(super) struct Joined {
    pub letters: Vec<Letter>,
    codes: Vec<Code>,
    starts: Vec<Start>,
    side: Side,
    sounds: Sounds,
    cuts: Vec<Cut>,
    opposite: Option<Opposite>,
}

impl Joined {
    pub(super) fn read(&mut self, head: &Sounded, tail: &Sounded) {
        // Without the end of the head and the start of the tail.
        let cut = head.letters.len() - 1;
        self.letters.clear();
        self.letters.extend_from_slice(&head.letters[..cut]);
        self.letters.extend_from_slice(&tail.letters[1..]);
        self.codes.clear();
        self.codes.extend_from_slice(&head.codes[..cut]);
        self.codes.extend_from_slice(&tail.codes[1..]);
        // Runs with the start of the tail in them stand at the last letter of the head; those with the end of the head are none.
        self.starts.clear();
        self.starts.extend_from_slice(&head.starts[..cut - 1]);
        if let Some(last) = self.starts.last_mut() {
            last[1] = 0;
        }
        self.starts.extend_from_slice(tail.starts);
        self.side = head.side;
        if head.side == tail.side {
            self.sounds.join(head.sounds, tail.sounds);
            self.sounds.add_pair(self.letters[cut - 1], self.letters[cut]);
        } else {
            self.sounds = Sounds::NONE;
        }
        self.cuts.clear();
        self.opposite = Endings::get().each_cut(&self.letters[1..self.letters.len() - 1], |cut| self.cuts.push(cut));
    }

    pub(super) fn sounded(&self) -> Sounded<'_> {
        Sounded {
            letters: &self.letters,
            codes: &self.codes,
            starts: &self.starts,
            runs: places_of(&self.starts),
            side: self.side,
            sounds: &self.sounds,
            cuts: &self.cuts,
            endings: self.cuts.iter().fold(0, |all, cut| all | cut.groups),
            opposite: self.opposite,
            is_joined: true,
        }
    }
}

impl Comparer {
    /// Two words of `a` for one of `b`, when that is cheaper than what was found.
    pub(super) fn join(
        &mut self,
        a: &Spelling,
        b: &Spelling,
        weights: (&[u32], &[u32]),
        taken: (&mut u32, &mut u32),
        each: u32,
        found: &mut Alignment,
    ) -> u8 {
        let mut noted = 0;
        for i in 1..a.words.len() {
            let (x, y) = (&a.words[i - 1], &a.words[i]);
            if x.is_number
                || y.is_number
                || x.is_initial
                || y.is_initial
                || *taken.0 >> (i - 1) & 3 == 3 && found.met.len() >= b.words.len()
            {
                continue;
            }
            if usize::from(x.letters + y.letters) > LONGEST_WORD {
                continue;
            }
            self.joined.letters.clear();
            for (j, z) in b.words.iter().enumerate() {
                if z.is_number || z.is_initial || z.letters + 4 < x.letters + y.letters {
                    continue;
                }
                // What the words in question cost now.
                let touched = |m: &Met| m.b == j as u8 || (m.a..m.a + m.words.0).any(|k| k as usize == i || k as usize == i - 1);
                if found.met.iter().any(|m| touched(m) && m.words != (1, 1)) {
                    continue;
                }
                let now: u32 = found
                    .met
                    .iter()
                    .filter(|m| touched(m))
                    .map(|m| weights.0[m.a as usize] + weights.1[m.b as usize] - u32::from(m.cost))
                    .sum();
                let worth = weights.0[i - 1] + weights.0[i] + weights.1[j];
                if worth <= now + self.charges.joined {
                    continue;
                }
                let limit = (worth - now - self.charges.joined).min(each * u32::from((x.letters + y.letters).max(z.letters)) + 1);
                if self.joined.letters.is_empty() {
                    self.joined.read(&a.sounded(x), &a.sounded(y));
                }
                let joined = std::mem::take(&mut self.joined);
                let (one, other) = (joined.sounded(), b.sounded(z));
                // A run with the start of the second word in it may take the last letter of the first.
                let [_, of_other] = counted(&one, &other);
                let stem = sure(one.cuts, one.endings & other.endings).unwrap_or(one.letters.len() - 2);
                let last = usize::from(x.letters);
                let least = other.least(&one, of_other)
                    + other.sounds.least_of(&one.codes[1..stem.min(last - 1) + 1])
                    + other.sounds.least_of(&one.codes[last + 1..stem.max(last) + 1]);
                let least = u32::from(least);
                let (cost, note) = self.letters_cost(&one, &other, least, limit);
                self.joined = joined;
                let cost = cost + self.charges.joined;
                if cost < limit {
                    noted |= note;
                    for m in found.met.iter().filter(|m| touched(m)) {
                        *taken.0 &= !(1 << m.a);
                        *taken.1 &= !(1 << m.b);
                    }
                    found.met.retain(|m| !touched(m));
                    *taken.0 |= 3 << (i - 1);
                    *taken.1 |= 1 << j;
                    found.met.push(Met { a: i as u8 - 1, b: j as u8, cost: cost as u16, words: (2, 1) });
                }
            }
        }
        noted
    }

    /// Two words of `b` for one of `a`, in the same way.
    pub(super) fn join_back(
        &mut self,
        a: &Spelling,
        b: &Spelling,
        weights: (&[u32], &[u32]),
        taken: (&mut u32, &mut u32),
        each: u32,
        found: &mut Alignment,
    ) -> u8 {
        let turn = |m: &mut Met| {
            std::mem::swap(&mut m.a, &mut m.b);
            m.words = (m.words.1, m.words.0);
        };
        found.met.iter_mut().for_each(turn);
        let noted = self.join(b, a, (weights.1, weights.0), (taken.1, taken.0), each, found);
        found.met.iter_mut().for_each(turn);
        noted
    }
}
