//! What a word costs at least when it is taken for others, by their letters alone: most words that sound like it need not be read to be left out.

use super::compare::sure;
use super::costs::Costs;
use super::endings::{Cut, Endings};
use super::letters::Letter;
use super::sounds::{Code, Sounds};
use super::spelling::{LONGEST_WORD, Spelling, Word};

/// As many letters as a word has, and as most words have; they fill registers.
const WIDTH: usize = LONGEST_WORD.next_multiple_of(16);
const MOST: usize = 16;

/// Room for bounds, for one word after the other.
pub(crate) struct Bound {
    /// For each letter what the letters of the word cost at least beside it, in steps; made when it is first asked for.
    beside: Vec<[u8; WIDTH]>,
    is_made: Vec<bool>,
    /// And whatever the other word is.
    alone: [u8; WIDTH],
    codes: Vec<Code>,
    sounds: Sounds,
    cuts: Vec<Cut>,
    endings: u32,
    /// Whether nothing is known.
    is_open: bool,
}

impl Bound {
    pub(crate) fn new() -> Bound {
        let letters = usize::from(Letter::MAX) + 1;
        Bound {
            beside: vec![[0; WIDTH]; letters],
            is_made: vec![false; letters],
            alone: [0; WIDTH],
            codes: Vec::new(),
            sounds: Sounds::NONE,
            cuts: Vec::new(),
            endings: 0,
            is_open: true,
        }
    }

    /// Takes the word that others are compared with from here on.
    pub(crate) fn take(&mut self, spelling: &Spelling, word: &Word) {
        let table = &Costs::get().sounds;
        self.is_made.fill(false);
        self.codes.clear();
        self.codes.extend_from_slice(spelling.codes(word));
        self.alone = row(&self.codes, table.alone());
        self.sounds.clone_from(&word.sounds);
        self.cuts.clear();
        self.cuts.extend_from_slice(spelling.cuts(word));
        self.endings = word.endings;
        self.is_open = word.is_initial || word.is_number;
    }

    /// What the word costs at least when it is taken for one of these letters, in steps, with endings that may stand for each other taken for others
    /// as long as that is within a limit: more than the limit it surely costs.
    pub(crate) fn least(&mut self, letters: &[Letter], limit: u32) -> u32 {
        if self.is_open {
            return 0;
        }
        let table = &Costs::get().sounds;
        for letter in letters {
            let at = usize::from(*letter);
            if !self.is_made[at] {
                self.is_made[at] = true;
                self.beside[at] = row(&self.codes, table.beside(*letter));
            }
        }
        let own = if self.codes.len() <= MOST { self.own::<MOST>(letters) } else { self.own::<WIDTH>(letters) };
        let least = |own: &[u8], others: &[Letter]| {
            let others: u32 = others.iter().map(|letter| u32::from(self.sounds.least(table.code(*letter)))).sum();
            others + own.iter().map(|least| u32::from(*least)).sum::<u32>()
        };
        let all = least(&own[..self.codes.len()], letters);
        if all <= limit || self.endings == 0 {
            return all;
        }
        // Endings that may stand for each other do not count.
        let (mut groups, mut counted) = (0, letters.len());
        Endings::get().each_cut(letters, |cut| {
            if cut.groups & self.endings != 0 {
                groups |= cut.groups & self.endings;
                counted = usize::from(cut.stem);
            }
        });
        let stem = sure(&self.cuts, groups).unwrap_or(self.codes.len());
        least(&own[..stem], &letters[..counted])
    }

    /// What the letters of the word cost at least beside others.
    fn own<const N: usize>(&self, letters: &[Letter]) -> [u8; WIDTH] {
        let mut least = [0; N];
        least.copy_from_slice(&self.alone[..N]);
        for letter in letters {
            let beside = &self.beside[usize::from(*letter)][..N];
            least.iter_mut().zip(beside).for_each(|(least, beside)| *least = (*least).min(*beside));
        }
        let mut all = [0; WIDTH];
        all[..N].copy_from_slice(&least);
        all
    }
}

/// What is known of letters of these codes.
fn row(codes: &[Code], of: &[u8]) -> [u8; WIDTH] {
    let mut row = [0; WIDTH];
    row.iter_mut().zip(codes).for_each(|(least, code)| *least = of[usize::from(*code)]);
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::reading::Comparer;
    use crate::registry::Registry;
    use crate::text::fold;

    /// No word is cheaper than its bound says.
    #[test]
    fn no_word_costs_less() {
        let registry = Registry::builtin();
        let texts = registry.entities().flat_map(|e| e.names.iter().map(|n| fold(&n.text)).collect::<Vec<_>>());
        let names: Vec<Spelling> = texts.step_by(7).map(|text| Spelling::of(&text)).collect();
        let words: Vec<(&Spelling, &Word)> = names.iter().flat_map(|name| name.words.iter().map(move |word| (name, word))).collect();
        let (mut bound, mut comparer) = (Bound::new(), Comparer::new());
        let mut above = 0;
        for (i, a) in words.iter().enumerate() {
            bound.take(a.0, a.1);
            for b in words.iter().skip(i % 7).step_by(7).filter(|b| !b.1.is_initial) {
                let mut other = Spelling::default();
                let letters: Vec<Letter> = b.0.letters(b.1).collect();
                other.push_word(&letters, 0..0, false);
                let cost = comparer.word_cost(*a, (&other, &other.words[0]), (3000, 3000));
                for limit in [30, 130, 300] {
                    let least = bound.least(&letters, limit);
                    assert!(least <= limit || least <= cost, "{letters:?}: {least} > {cost}");
                    above += usize::from(least > limit);
                }
            }
        }
        assert!(above > 10_000);
    }
}
