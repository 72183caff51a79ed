//! What mistakes cost, and how the learned table becomes costs: the numbers of `tables/reading/costs.toml`, which says how each was found.

use crate::text::{Diagnostic, Fields, Source, numbers, read_toml};

numbers! {
    /// Mistakes, in nats.
    pub(super) struct Mistakes {
        /// One letter for an unrelated one.
        other: f32 = 0.5..=12.0,
        /// A letter too many or too few.
        extra: f32 = 0.5..=12.0,
        /// Two letters that changed places.
        swapped: f32 = 0.5..=12.0,
        /// A digit that is not the same.
        digit: f32 = 0.5..=12.0,
    }
}

numbers! {
    /// How the learned table is read.
    pub(super) struct Learned {
        /// How much of the cost of the commonest way of writing is taken off.
        habit: f32 = 0.0..=1.0,
        /// What is added for a letter that is not written or not read at all, in nats.
        silent: f32 = 0.0..=5.0,
        /// A letter with a mark for the letter without it, in nats.
        mark: f32 = 0.0..=5.0,
        /// What is added when two letters are near to each other through a third, and how far that may be, in nats.
        detour: f32 = 0.0..=5.0,
        near: f32 = 0.0..=10.0,
        /// A run of several letters is no nearer to another of its script than this part of what writing their counterpart so costs beyond that, in
        /// nats: what is seldom written, like a last t that is silent, says little of what it may be taken for.
        of_seldom: f32 = 0.0..=1.0,
        seldom: f32 = 0.0..=12.0,
        /// Letters whose costs differ by no more are read alike, in nats.
        alike: f32 = 0.0..=2.0,
    }
}

/// All of them.
#[derive(Default)]
pub(super) struct Charges {
    pub letters: Mistakes,
    pub learned: Learned,
}

impl Charges {
    pub(super) fn builtin() -> Charges {
        let mut found = Vec::new();
        let source = Source::new("tables/reading/costs.toml", include_str!("../../../tables/reading/costs.toml"));
        let charges = Charges::read(&source, &mut found);
        // The table is part of the program, and a test reads it.
        debug_assert!(found.is_empty(), "{:?}", found.iter().map(ToString::to_string).collect::<Vec<_>>());
        charges
    }

    /// Reads the table; what is wrong with it goes to `found`.
    fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Charges {
        let mut fields = Fields::new(source, read_toml(source, found), found);
        let letters = Mistakes::read(&mut fields, "letters", found);
        let charges = Charges { letters, learned: Learned::read(&mut fields, "learned", found) };
        fields.finish(found);
        charges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound_and_its_faults_are_told() {
        let text = include_str!("../../../tables/reading/costs.toml");
        let faults = |text: &str| {
            let mut found = Vec::new();
            Charges::read(&Source::new("costs.toml", text), &mut found);
            found.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(faults(text), [""; 0]);
        let told = faults(&text.replace("swapped = 5.0", "swapped = 50"));
        assert!(told.len() == 1 && told[0].ends_with(":11: error: swapped: expected a number from 0.5 to 12, found 50"), "{told:?}");
    }
}
