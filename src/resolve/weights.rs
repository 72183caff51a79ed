//! What words and names are weighed by: the numbers of `tables/matching/`, which says how each was found. Weights are added to the logarithm
//! of the odds; scores are from 0 to 1.

use crate::name::parts::{Sense, What};
use crate::name::reading::Doubt;
use crate::text::{Diagnostic, Fields, Source, numbers, read_toml};
use std::sync::LazyLock;

numbers! {
    /// Scores of the steps that do not compare letters.
    pub(super) struct Steps {
        exact: f64 = 0.0..=1.0,
        folded: f64 = 0.0..=1.0,
        repaired: f64 = 0.0..=1.0,
        /// A case form of a registered name.
        inflected: f64 = 0.0..=1.0,
        /// A case form of a name that others bear, too.
        shared: f64 = 0.0..=1.0,
        /// No reading is surer than the same letters.
        most: f64 = 0.0..=1.0,
    }
}

numbers! {
    /// A name all of whose words one scheme writes.
    pub(super) struct OfScheme {
        /// At least this for a name of so many letters, when the next name costs so many nats more.
        score: f64 = 0.0..=1.0,
        letters: usize = 1.0..=50.0,
        apart: f32 = 0.0..=20.0,
        /// A name that costs less than this, in nats, is spelled as the string is.
        as_spelled: f32 = 0.0..=5.0,
    }
}

numbers! {
    /// How costs become probabilities: one name is meant, or none.
    pub(super) struct Linking {
        constant: f64 = -20.0..=20.0,
        /// For the logarithm of the weight of both, and of the letters of the string.
        weight: f64 = -20.0..=20.0,
        length: f64 = -20.0..=20.0,
        /// For each tenth of the weight of what met that its letters cost.
        letters: f64 = -20.0..=20.0,
        /// For each nat of words of the string, and of the name, left over.
        left_of_string: f64 = -20.0..=20.0,
        left_of_name: f64 = -20.0..=20.0,
    }
}

numbers! {
    /// What each [`Doubt`] adds to the logarithm of the odds.
    pub(super) struct Doubts {
        contradiction: f64 = -20.0..=20.0,
        gender: f64 = -20.0..=20.0,
        derived: f64 = -20.0..=20.0,
        more: f64 = -20.0..=20.0,
        kind: f64 = -20.0..=20.0,
        body: f64 = -20.0..=20.0,
    }
}

impl Doubts {
    pub(super) fn of(&self, doubt: Doubt) -> f64 {
        match doubt {
            Doubt::Contradiction => self.contradiction,
            Doubt::Gender => self.gender,
            Doubt::Derived => self.derived,
            Doubt::More => self.more,
            Doubt::Kind => self.kind,
            Doubt::Body => self.body,
            Doubt::Spelling | Doubt::Word | Doubt::Part => 0.0,
        }
    }
}

numbers! {
    /// The odds that two names are one.
    pub(super) struct Pairs {
        constant: f64 = -20.0..=20.0,
        /// For the logarithm of the weight of both.
        weight: f64 = -20.0..=20.0,
        /// For each tenth of what met that its letters cost; of the weight, that both sides have left over, and that one has more.
        letters: f64 = -20.0..=20.0,
        both: f64 = -20.0..=20.0,
        more: f64 = -20.0..=20.0,
        /// When both sides have words left over at all.
        both_at_all: f64 = -20.0..=20.0,
        /// For each tenth of the words least alike that their letters cost.
        worst: f64 = -20.0..=20.0,
        /// When both are one word, and then for each tenth that its letters cost.
        single: f64 = -20.0..=20.0,
        single_letters: f64 = -20.0..=20.0,
        /// When one body of two of a kind has a quality more: Коммунистік партиясы, Коммунистік Халық Партиясы.
        quality_of_head: f64 = -20.0..=20.0,
        /// When only words that say of what kind a body is have met, and one body has a name besides.
        only_kind: f64 = -20.0..=20.0,
        /// When a letter stands for a name: it may stand for others.
        initials: f64 = -20.0..=20.0,
        reordered: f64 = -20.0..=20.0,
        lead_left: f64 = -20.0..=20.0,
        /// When one is named after the other.
        derived: f64 = -20.0..=20.0,
    }
}

numbers! {
    /// What a finding about a part of two names adds to the logarithm of the odds, by what it is about.
    pub(super) struct Part {
        gender: f64 = -20.0..=20.0,
        family: f64 = -20.0..=20.0,
        given: f64 = -20.0..=20.0,
        patronymic: f64 = -20.0..=20.0,
        initial: f64 = -20.0..=20.0,
        initials_only: f64 = -20.0..=20.0,
        head: f64 = -20.0..=20.0,
        quality: f64 = -20.0..=20.0,
        legal: f64 = -20.0..=20.0,
        place_word: f64 = -20.0..=20.0,
        country: f64 = -20.0..=20.0,
        number: f64 = -20.0..=20.0,
        core: f64 = -20.0..=20.0,
    }
}

impl Part {
    pub(super) fn of(&self, what: What) -> f64 {
        match what {
            What::Gender => self.gender,
            What::Family => self.family,
            What::Given => self.given,
            What::Patronymic => self.patronymic,
            What::Initial => self.initial,
            What::InitialsOnly => self.initials_only,
            What::Head => self.head,
            What::Quality => self.quality,
            What::Legal => self.legal,
            What::PlaceWord => self.place_word,
            What::Country => self.country,
            What::Number => self.number,
            What::Core => self.core,
        }
    }
}

numbers! {
    /// Verdicts on two names.
    pub(super) struct Verdict {
        /// From here two strings are taken for one name, and below this for two.
        same: f64 = 0.0..=1.0,
        unsure: f64 = 0.0..=1.0,
    }
}

numbers! {
    /// The step for case forms.
    pub(super) struct Inflected {
        /// How much likelier a nominative is when somebody registered it.
        registered: f32 = 1.0..=1000.0,
        /// From this share of all readings a registered nominative is what is meant.
        sure: f32 = 0.0..=1.0,
        /// A nominative whose paradigm is not sure needs this share of all readings.
        paradigm_unknown: f32 = 0.0..=1.0,
        /// A name beside another is meant only when it is this likely next to it.
        beside: f32 = 0.0..=1.0,
        /// From this share the string may be a nominative of its own.
        itself: f32 = 0.0..=1.0,
        /// The most that a case form which is not sure gets of its score.
        unsure: f64 = 0.0..=1.0,
        /// A given name alone.
        given: f64 = 0.0..=1.0,
    }
}

numbers! {
    /// Scores of names that the string has in other words.
    pub(super) struct Otherwise {
        /// What an adjective or a word for people says of the place, and another name of the same country.
        derived: f64 = 0.0..=1.0,
        /// The same of a country of the table, whose adjectives are listed.
        of_country: f64 = 0.0..=1.0,
        same_adjective: f64 = 0.0..=1.0,
        same_country: f64 = 0.0..=1.0,
        /// A name of another time, or a description.
        aside: f64 = 0.0..=1.0,
        /// What a name says that stands in the string beside other words.
        within: f64 = 0.0..=1.0,
    }
}

numbers! {
    /// Scores of abbreviations, by their cost.
    pub(super) struct Abbreviation {
        /// A cost that adds nothing, in tenths; the least score; the most that is added to it.
        dearest: f64 = 1.0..=1000.0,
        least: f64 = 0.0..=1.0,
        more: f64 = 0.0..=1.0,
        /// What it adds to the score that it is registered: fewer are than names whose letters fit.
        registered: f64 = 0.0..=1.0,
    }
}

numbers! {
    /// What a word costs that the other name lacks, in nats.
    pub(super) struct WordCost {
        /// Any word.
        word: f32 = 0.0..=10.0,
        /// For each letter, up to the longest that counts.
        each_letter: f32 = 0.0..=5.0,
        longest: usize = 1.0..=50.0,
        /// How much of that is for rarity.
        rarity: f32 = 0.0..=1.0,
        /// A word of the string that the name lacks says more than a word of the name that the string lacks.
        of_string: f32 = 1.0..=10.0,
    }
}

numbers! {
    /// What is left of that of words which the tables of parts know.
    pub(super) struct Senses {
        head: f32 = 0.0..=1.0,
        number: f32 = 0.0..=1.0,
        quality: f32 = 0.0..=1.0,
        country: f32 = 0.0..=1.0,
        place: f32 = 0.0..=1.0,
        legal: f32 = 0.0..=1.0,
        particle: f32 = 0.0..=1.0,
    }
}

impl Senses {
    pub(super) fn of(&self, sense: Option<Sense>) -> f32 {
        match sense {
            None => 1.0,
            Some(Sense::Head) => self.head,
            Some(Sense::Number) => self.number,
            Some(Sense::Quality) => self.quality,
            Some(Sense::Country) => self.country,
            Some(Sense::Place) => self.place,
            Some(Sense::Legal) => self.legal,
            Some(Sense::Particle) => self.particle,
        }
    }
}

/// The numbers of `tables/matching/words.toml`, which built registries hold.
#[derive(Default)]
pub(super) struct WordWeights {
    pub cost: WordCost,
    pub senses: Senses,
}

static OF_WORDS: LazyLock<WordWeights> = LazyLock::new(|| {
    let mut found = Vec::new();
    let source = Source::new("tables/matching/words.toml", include_str!("../../tables/matching/words.toml"));
    let weights = WordWeights::read(&source, &mut found);
    // The table is part of the program, and a test reads it.
    debug_assert!(found.is_empty(), "{:?}", found.iter().map(ToString::to_string).collect::<Vec<_>>());
    weights
});

/// The weights of words.
#[inline]
pub(super) fn word_weights() -> &'static WordWeights {
    &OF_WORDS
}

impl WordWeights {
    fn read(source: &Source, found: &mut Vec<Diagnostic>) -> WordWeights {
        let node = read_toml(source, found);
        let mut fields = Fields::new(source, node, found);
        let all = WordWeights { cost: WordCost::read(&mut fields, "cost", found), senses: Senses::read(&mut fields, "sense", found) };
        fields.finish(found);
        all
    }
}

/// The numbers of `tables/matching/scores.toml`.
#[derive(Default)]
pub(super) struct Weights {
    pub steps: Steps,
    pub scheme: OfScheme,
    pub linking: Linking,
    pub doubts: Doubts,
    pub pairs: Pairs,
    pub contradiction: Part,
    pub omission: Part,
    pub verdict: Verdict,
    pub inflected: Inflected,
    pub otherwise: Otherwise,
    pub abbreviation: Abbreviation,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut found = Vec::new();
    let source = Source::new("tables/matching/scores.toml", include_str!("../../tables/matching/scores.toml"));
    let weights = Weights::read(&source, &mut found);
    // The table is part of the program, and a test reads it.
    debug_assert!(found.is_empty(), "{:?}", found.iter().map(ToString::to_string).collect::<Vec<_>>());
    weights
});

/// The weights of scores.
#[inline]
pub(super) fn weights() -> &'static Weights {
    &WEIGHTS
}

impl Weights {
    /// Reads the table; what is wrong with it goes to `found`.
    fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Weights {
        let node = read_toml(source, found);
        let mut fields = Fields::new(source, node, found);
        let all = Weights {
            steps: Steps::read(&mut fields, "steps", found),
            scheme: OfScheme::read(&mut fields, "scheme", found),
            linking: Linking::read(&mut fields, "linking", found),
            doubts: Doubts::read(&mut fields, "doubts", found),
            pairs: Pairs::read(&mut fields, "pairs", found),
            contradiction: Part::read(&mut fields, "contradiction", found),
            omission: Part::read(&mut fields, "omission", found),
            verdict: Verdict::read(&mut fields, "verdict", found),
            inflected: Inflected::read(&mut fields, "inflected", found),
            otherwise: Otherwise::read(&mut fields, "otherwise", found),
            abbreviation: Abbreviation::read(&mut fields, "abbreviation", found),
        };
        fields.finish(found);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound_and_their_faults_are_told_with_their_places() {
        let mut found = Vec::new();
        let scores = include_str!("../../tables/matching/scores.toml");
        Weights::read(&Source::new("scores.toml", scores), &mut found);
        WordWeights::read(&Source::new("words.toml", include_str!("../../tables/matching/words.toml")), &mut found);
        assert!(found.is_empty(), "{found:?}");
        for (old, new, told) in [
            ("folded = 0.99", "folded = 9.9", "folded: expected a number from 0 to 1, found 9.9"),
            ("letters = 7\n", "letters = 7.5\n", "letters: expected a whole number from 1 to 50, found 7.5"),
            ("both_at_all", "both_at_al", "unknown field “both_at_al” (did you mean “both_at_all”?)"),
        ] {
            let text = scores.replacen(old, new, 1);
            let line = text.lines().position(|line| line.contains(new.trim_end())).map_or(0, |at| at + 1);
            Weights::read(&Source::new("scores.toml", text), &mut found);
            let all: Vec<String> = found.drain(..).map(|f| f.to_string()).collect();
            let here = format!("scores.toml:{line}:");
            assert!(all.iter().any(|f| f.starts_with(&here) && f.ends_with(told)), "{all:?}");
        }
    }
}
