//! What the readings of Russian words are weighed by: the numbers of `tables/inflection/rus-shares.toml`, which says how each was found.

use super::Case;
use super::table::CASES;
use crate::text::{Diagnostic, Fields, Source, numbers, read_toml};

/// Masculine, feminine, neuter, plural.
pub(super) const SLOTS: usize = 4;

/// All of them. Shares are from 0 to 1; weights multiply.
#[derive(Debug, Default)]
pub(super) struct Shares {
    /// Of the cases of names in texts, in the order of [`Case::RUSSIAN`]; one together.
    pub cases: [f32; CASES],
    /// Of the genders of adjectives, then of the plural; one together.
    pub genders: [f32; SLOTS],
    pub plurals: Plurals,
    pub words: Words,
    pub stems: Stems,
    pub heads: Heads,
    pub persons: Persons,
}

numbers! {
    /// Shares of nouns in the plural.
    pub(super) struct Plurals {
        /// Of words in small letters.
        common: f32 = 0.0..=1.0,
        /// Of words with a capital that are no names.
        capital: f32 = 0.0..=1.0,
        /// Of names.
        name: f32 = 0.0..=1.0,
        /// A weight: a genitive plural without an ending is rarer than its class says, for the stem often takes a vowel.
        without_ending: f32 = 0.0..=1.0,
    }
}

numbers! {
    /// What a single word may be.
    pub(super) struct Words {
        /// Share of words with a capital that are names.
        capital: f32 = 0.0..=1.0,
        /// Of those in the name of a person.
        capital_of_person: f32 = 0.0..=1.0,
        /// Of words in small letters.
        small: f32 = 0.0..=1.0,
        /// A listed name weighs one, and this times how often it was seen to the power.
        listed: f32 = 0.0..=1000.0,
        listed_power: f32 = 0.0..=1.0,
        /// How many times oftener than listed a word with hyphens was seen that is listed as a whole.
        whole: f32 = 0.0..=1000.0,
        /// A surname of women was seen so many times as often as that of men.
        of_men: f32 = 0.0..=1.0,
        /// And a plural as the singular.
        of_singular: f32 = 0.0..=1.0,
        /// How often a patronymic was seen that no list has.
        patronymic: f32 = 0.0..=1000.0,
        /// What a word counts as seen that ends as given names do.
        given: f32 = 0.0..=1000.0,
        /// Weight of listed heads.
        head: f32 = 0.0..=1000.0,
        /// Weight of a stem without a vowel.
        without_vowel: f32 = 0.0..=1.0,
        /// Share of capitals with an ending that are no case form. All digits count: what is left is shared out.
        still_abbreviation: f64 = 0.0..=1.0,
        /// Weight of an accusative that is like the nominative or the genitive.
        accusative: f32 = 0.0..=1.0,
        /// Weight of not changing beside a part before a hyphen that does.
        beside_changed: f32 = 0.0..=1.0,
        /// From which weight on a reading tells what a word may be.
        told: f32 = 0.0..=1.0,
        /// A nominative of the ending's number and gender, as a word to be looked up; and one of another.
        base: f32 = 0.0..=1.0,
        other_base: f32 = 0.0..=1.0,
    }
}

numbers! {
    /// How stems end, counted.
    pub(super) struct Stems {
        /// So many words of what was counted of one letter less.
        shorter: f32 = 0.0..=100.0,
        /// More words of each class than were counted.
        unseen: f32 = 0.0..=100.0,
        /// How much a word of a list of a class counts.
        listed: f32 = 0.0..=1000.0,
        /// How much an adjective of the list of heads counts.
        adjective_head: f32 = 0.0..=1000.0,
        /// How often a place counts that is listed once.
        place: f32 = 0.0..=1000.0,
        /// How often a given name of the list of parts counts as seen.
        given: f32 = 0.0..=1000.0,
        /// Names that were seen oftener count less.
        rare: f32 = 1.0..=1000.0,
        /// What a surname of women counts beside that of men.
        women: f32 = 0.0..=1.0,
        /// How often the last part of a name with hyphens counts.
        last_part: f32 = 0.0..=100.0,
    }
}

numbers! {
    /// Names of several words with a head.
    pub(super) struct Heads {
        /// Weight of the name as it stands after numbers and particles, and after other words without readings.
        after_number: f32 = 0.0..=100.0,
        after_other: f32 = 0.0..=100.0,
        /// Weight of a head that no list has.
        unlisted: f32 = 0.0..=1.0,
        /// The least share of not changing.
        still: f32 = 0.0..=1.0,
        /// Weight of an adjective as a noun, when other words are there.
        substantive: f32 = 0.0..=1.0,
        /// Weight of an adjective that is listed as a noun, before a noun that is not listed.
        listed_substantive: f32 = 0.0..=1.0,
        /// Weight of an adjective in another case than the head.
        disagreeing: f32 = 0.0..=1.0,
        /// How much a noun in the plural counts of which only one is meant.
        one_of_several: f32 = 0.0..=1.0,
        /// How many times likelier the dictionary form of an adjective alone is than all else.
        alone: f32 = 0.0..=100.0,
        /// Weight of what follows a head: after a mark, and the parts of what else follows.
        tail: f32 = 0.0..=1.0,
        tail_still: f32 = 0.0..=1.0,
        tail_any: f32 = 0.0..=1.0,
    }
}

numbers! {
    /// Names of people.
    pub(super) struct Persons {
        /// Share of men.
        men: f32 = 0.0..=1.0,
        /// Share of names after a title that are those of its bearer.
        titled: f32 = 0.0..=1.0,
        /// Share of its case that a word is expected to have when it agrees.
        agreed: f32 = 0.01..=1.0,
        /// Share of names in a consonant that are of women, and frozen.
        frozen: f32 = 0.0..=1.0,
        /// Weight of a word that does not change, and of one of the other gender.
        still: f32 = 0.0..=1.0,
        other_gender: f32 = 0.0..=1.0,
        /// How much a surname counts that no list has.
        surname: f32 = 0.0..=1.0,
        /// Share of names of people among words in small letters, among heads, and the least and most among others.
        small: f32 = 0.0..=1.0,
        head: f32 = 0.0..=1.0,
        least: f32 = 0.0..=1.0,
        most: f32 = 0.0..=1.0,
    }
}

impl Shares {
    /// Reads the table; what is wrong with it goes to `found`.
    pub(super) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Shares {
        let node = read_toml(source, found);
        let mut fields = Fields::new(source, node, found);
        let shares = Shares {
            cases: parts(source, &mut fields, "cases", Case::RUSSIAN.map(Case::name), found),
            genders: parts(source, &mut fields, "genders", ["masculine", "feminine", "neuter", "plural"], found),
            plurals: Plurals::read(&mut fields, "plurals", found),
            words: Words::read(&mut fields, "words", found),
            stems: Stems::read(&mut fields, "stems", found),
            heads: Heads::read(&mut fields, "heads", found),
            persons: Persons::read(&mut fields, "persons", found),
        };
        if shares.persons.least > shares.persons.most {
            found.push(source.error(fields.span(), "least: expected no more than most"));
        }
        fields.finish(found);
        shares
    }

    pub(super) fn case(&self, case: usize) -> f32 {
        self.cases.get(case).copied().unwrap_or(0.0)
    }

    pub(super) fn slot(&self, slot: usize) -> f32 {
        self.genders.get(slot).copied().unwrap_or(0.0)
    }
}

/// Shares that are one together, all above 0, for they are divided by.
fn parts<const N: usize>(
    source: &Source,
    fields: &mut Fields,
    name: &'static str,
    names: [&'static str; N],
    found: &mut Vec<Diagnostic>,
) -> [f32; N] {
    let Some(mut fields) = fields.section(name, found) else { return [0.0; N] };
    let (before, span) = (found.len(), fields.span());
    let all = names.map(|name| fields.number::<f64>(name, 0.001..=1.0, found));
    let sum: f64 = all.iter().sum();
    if found.len() == before && (sum - 1.0).abs() > 0.001 {
        found.push(source.error(span, format!("{name}: expected shares that add up to 1, found {}", (sum * 1000.0).round() / 1000.0)));
    }
    fields.finish(found);
    all.map(|share| share as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../tables/inflection/rus-shares.toml");

    fn faults(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        Shares::read(&Source::new("x.toml", text), &mut found);
        // The place is told by the table; the rest is the same wherever it stands.
        found.iter().map(|f| f.to_string().split_once("error: ").map_or_else(String::new, |(_, told)| told.to_owned())).collect()
    }

    #[test]
    fn the_table_is_sound_and_its_faults_are_told() {
        assert_eq!(faults(TABLE), [""; 0]);
        let cases = [
            ("nominative = 0.46", "nominative = 0.56", "cases: expected shares that add up to 1, found 1.1"),
            ("titled = 0.9", "titled = 9", "titled: expected a number from 0 to 1, found 9"),
            ("titled = 0.9", "", "the field “titled” is missing"),
            ("[plurals]", "[plurals]\nothers = 1", "unknown field “others”"),
            ("least = 0.55", "least = 0.96", "least: expected no more than most"),
        ];
        for (old, new, told) in cases {
            assert!(TABLE.contains(old), "{old}");
            assert_eq!(faults(&TABLE.replacen(old, new, 1)), [told], "{new}");
        }
    }
}
