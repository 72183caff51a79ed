//! What words were found to cost: names that are compared with one string have many words in common.

use rustc_hash::FxHashMap;

/// Costs of the words of one string beside words that are told apart by numbers.
#[derive(Default)]
pub(crate) struct Known {
    costs: FxHashMap<(u8, u32), Cost>,
    /// The numbers of the words of the name that is compared next; none where words have no numbers.
    numbers: Vec<u32>,
}

/// What two words cost, in steps, and what is noted of them.
pub(crate) type Cost = (u32, u8);

impl Known {
    /// Forgets all costs, for another string.
    pub(crate) fn clear(&mut self) {
        self.costs.clear();
    }

    /// The numbers of the words of the name that is compared next.
    pub(crate) fn number(&mut self, numbers: impl Iterator<Item = u32>) {
        self.numbers.clear();
        self.numbers.extend(numbers);
    }

    /// What a word of the string and the word of a number cost.
    pub(crate) fn keep(&mut self, word: u8, number: u32, cost: Cost) {
        self.costs.insert((word, number), cost);
    }

    /// What a word of the string and a word of the name cost, when it is known.
    #[inline]
    pub(super) fn cost(&self, word: u8, other: u8) -> Option<Cost> {
        self.costs.get(&(word, *self.numbers.get(usize::from(other))?)).copied()
    }

    /// Keeps what they cost.
    #[inline]
    pub(super) fn learn(&mut self, word: u8, other: u8, cost: Cost) {
        if let Some(number) = self.numbers.get(usize::from(other)) {
            self.costs.insert((word, *number), cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::name::reading::{ANY, Alignment, Comparer, Spelling};
    use crate::registry::Registry;
    use crate::text::fold;

    /// What is known beforehand changes no comparison.
    #[test]
    fn known_costs_are_those_found() {
        let registry = Registry::builtin();
        let texts: Vec<String> = registry.entities().flat_map(|e| e.names.iter().map(|n| fold(&n.text)).collect::<Vec<_>>()).collect();
        let names: Vec<Spelling> = texts.iter().step_by(9).map(|text| Spelling::of(text)).collect();
        let weights = |name: &Spelling| name.words.iter().map(|w| 40 + 20 * u32::from(w.letters)).collect::<Vec<_>>();
        // Words of the same text have the same number, but for those cut short.
        let mut numbers = std::collections::HashMap::new();
        let mut number = |name: &Spelling, at: usize| {
            let word = &name.words[at];
            let next = numbers.len() as u32;
            *numbers
                .entry((name.letters(word).collect::<Vec<_>>(), word.is_initial, word.sense.map(|(meaning, _)| meaning)))
                .or_insert(next)
        };
        let (mut comparer, mut plain) = (Comparer::new(), Comparer::new());
        let (mut found, mut expected) = (Alignment::default(), Alignment::default());
        for a in names.iter().step_by(7) {
            comparer.known.clear();
            for b in &names {
                comparer.known.number((0..b.words.len()).map(|at| number(b, at)));
                comparer.compare(a, b, (&weights(a), &weights(b)), ANY, &mut found);
                plain.compare(a, b, (&weights(a), &weights(b)), ANY, &mut expected);
                assert_eq!(found, expected);
            }
        }
        assert!(!numbers.is_empty());
    }
}
