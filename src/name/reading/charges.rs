//! What mistakes cost, how the learned table becomes costs, and what is charged besides letters: the numbers of `tables/reading/costs.toml`, which says how each was found.

use super::costs::steps;
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

numbers! {
    /// What is charged besides letters, in steps.
    pub(crate) struct WordCharges {
        /// A word that costs no more than this is spelled by habit and needs no other explanation.
        habit: u32 as steps = 0.0..=5.0,
        /// A single word that costs more than this is not sure to be the same.
        other_spelling: u32 as steps = 0.0..=10.0,
        /// Words of one Latin spelling of a name cost no more than this beside those of another.
        other_romanisation: u32 as steps = 0.0..=10.0,
        /// A word beside others that costs more than this may be another word, in a name of the same language; between languages or scripts from so
        /// much on, and so much more for each letter.
        same_language: u32 as steps = 0.0..=10.0,
        other_word: u32 as steps = 0.0..=10.0,
        other_word_letter: u32 as steps = 0.0..=5.0,
        /// Words of one language that have so many letters are judged as those of two: a letter that is wrong in them makes no other word.
        long_word: u32 = 1.0..=40.0,
        /// Words that cost more than this for each letter are other words.
        far: u32 as steps = 0.0..=5.0,
        /// Words in another order, for each word that stands elsewhere.
        order: u32 as steps = 0.0..=5.0,
        /// Two words written as one.
        joined: u32 as steps = 0.0..=5.0,
        /// What is added when words of two scripts differ by endings that are written in one only: a romanisation has no cases.
        one_script: u32 as steps = 0.0..=10.0,
        /// Words of which one is made in another language cost no more than this for each letter.
        compound: u32 as steps = 0.0..=5.0,
        /// Two words or phrases of one meaning: movement, қозғалыс.
        same_sense: u32 as steps = 0.0..=10.0,
        /// The same number, written otherwise.
        same_number: u32 as steps = 0.0..=10.0,
        /// Phrases of one meaning and different length: Казахстан, Республика Казахстан.
        other_phrase: u32 as steps = 0.0..=10.0,
        /// A word for a place that is left out after an adjective, and what the letters were charged for a name made of another.
        elided: u32 as steps = 0.0..=10.0,
        derived: u32 as steps = 0.0..=10.0,
        /// Each thing in which the names contradict each other: its number, what kind of body it is.
        contradiction: u32 as steps = 0.0..=20.0,
        /// A letter in the place of a word that starts with it, and of a part of a person's name.
        initial: u32 as steps = 0.0..=10.0,
        initial_of_name: u32 as steps = 0.0..=10.0,
        /// A letter that costs more than this is another one.
        other_initial: u32 as steps = 0.0..=10.0,
        /// Саша for Александр.
        short_name: u32 as steps = 0.0..=10.0,
        /// The names of two fathers are one when they cost no more for each letter, and two from here.
        father: u32 as steps = 0.0..=5.0,
        other_father: u32 as steps = 0.0..=5.0,
        /// A man's name for a woman's.
        opposite: u32 as steps = 0.0..=10.0,
        /// What is left of the weight of a patronymic and of an initial that are left out, in hundredths.
        patronymic_left: u32 = 0.0..=100.0,
        initial_left: u32 = 0.0..=100.0,
    }
}

/// All of them.
#[derive(Default)]
pub(super) struct Charges {
    pub letters: Mistakes,
    pub learned: Learned,
    pub words: WordCharges,
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
        let learned = Learned::read(&mut fields, "learned", found);
        let charges = Charges { letters, learned, words: WordCharges::read(&mut fields, "words", found) };
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
