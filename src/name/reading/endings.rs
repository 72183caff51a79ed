//! Endings that may stand for each other: `tables/reading/endings.toml`.

use super::costs::{Costs, steps};
use super::letters::Letter;
use crate::scheme::Scheme;
use crate::text::fold;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// The fewest letters before an ending.
pub(crate) const STEM: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    group: Vec<TableGroup>,
    opposite: Vec<TableOpposite>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableOpposite {
    #[allow(dead_code, reason = "for the reader of the table")]
    name: String,
    #[serde(default)]
    schemes: Vec<String>,
    pairs: Vec<[String; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableGroup {
    #[allow(dead_code, reason = "for the reader of the table")]
    name: String,
    cost: f32,
    #[serde(default)]
    derives: bool,
    #[serde(default)]
    schemes: Vec<String>,
    endings: Vec<String>,
}

/// Endings that may stand for each other.
pub(crate) struct Group {
    /// What that costs, in steps.
    pub cost: u32,
    /// The endings as letters.
    pub endings: Vec<Vec<Letter>>,
    /// Whether another name is made by them.
    pub derives: bool,
}

pub(crate) struct Endings {
    groups: Vec<Group>,
    /// Endings that deny each other, with the number of their pair and the side in it.
    opposite: FxHashMap<Vec<Letter>, (u8, bool)>,
    /// An ending to the groups it is in, a bit each.
    known: FxHashMap<Vec<Letter>, u32>,
    longest: usize,
}

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    // The table is part of the program, and a test reads it.
    let table: Table = toml::from_str(include_str!("../../../tables/reading/endings.toml")).expect("tables/reading/endings.toml");
    Endings::new(table)
});

impl Endings {
    pub(crate) fn get() -> &'static Endings {
        &ENDINGS
    }

    fn new(table: Table) -> Endings {
        let mut all = Endings { groups: Vec::new(), opposite: FxHashMap::default(), known: FxHashMap::default(), longest: 0 };
        for (number, group) in table.group.into_iter().enumerate() {
            let mut endings: Vec<Vec<Letter>> = Vec::new();
            for letters in group.endings.iter().flat_map(|ending| written(ending, &group.schemes)) {
                if !endings.contains(&letters) {
                    *all.known.entry(letters.clone()).or_default() |= 1 << number;
                    all.longest = all.longest.max(letters.len());
                    endings.push(letters);
                }
            }
            all.groups.push(Group { cost: steps(group.cost), endings, derives: group.derives });
        }
        for opposite in table.opposite {
            for (number, pair) in opposite.pairs.iter().enumerate() {
                for (ending, side) in pair.iter().zip([false, true]) {
                    for letters in written(ending, &opposite.schemes) {
                        all.opposite.entry(letters).or_insert((number as u8, side));
                    }
                }
            }
        }
        all
    }

    /// Whether two words end in what the one says and the other denies: Курманов, Курманова.
    pub(crate) fn are_opposite(&self, a: &[Letter], b: &[Letter]) -> bool {
        let found = |letters: &[Letter]| {
            let shortest = letters.len().saturating_sub(self.longest);
            (shortest.max(2)..letters.len()).find_map(|stem| self.opposite.get(&letters[stem..]).map(|found| (*found, stem)))
        };
        match (found(a), found(b)) {
            (Some(((one, side), _)), Some(((other, other_side), _))) => one == other && side != other_side,
            _ => false,
        }
    }

    /// Where a word may be cut before an ending, as letters of its stem, and the groups of the ending.
    pub(crate) fn cuts(&self, letters: &[Letter], cuts: &mut Vec<(u8, u32)>) {
        cuts.clear();
        for ending in 0..=self.longest.min(letters.len().saturating_sub(STEM)) {
            let stem = letters.len() - ending;
            if stem >= STEM
                && let Some(groups) = self.known.get(&letters[stem..])
            {
                cuts.push((stem as u8, *groups));
            }
        }
    }

    /// What it costs to take an ending for another of these groups, in steps, and whether that makes another name.
    pub(crate) fn cost(&self, groups: u32) -> (u32, bool) {
        self.groups(groups).map(|(_, g)| (g.cost, g.derives)).min().unwrap_or((u32::MAX / 4, false))
    }

    /// The groups of these bits, with their numbers.
    pub(crate) fn groups(&self, bits: u32) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate().filter(move |(i, _)| bits >> i & 1 == 1)
    }
}

/// An ending as it is written, and as schemes write it.
fn written(ending: &str, schemes: &[String]) -> impl Iterator<Item = Vec<Letter>> {
    // An ending follows a consonant; some schemes write it otherwise at the start of a word.
    let word = format!("т{ending}");
    let schemes = schemes.iter().filter_map(|id| Scheme::builtin(id).ok());
    let written: Vec<String> = schemes.map(|s| s.transliterate(&word).chars().skip(1).collect()).collect();
    let forms = std::iter::once(ending.to_owned()).chain(written);
    forms.filter_map(|form| fold(&form).chars().map(|c| Costs::get().alphabet.letter(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_before_endings_they_have() {
        let alphabet = &Costs::get().alphabet;
        let cuts = |word: &str| {
            let letters: Vec<Letter> = word.chars().filter_map(|c| alphabet.letter(c)).collect();
            let mut cuts = Vec::new();
            Endings::get().cuts(&letters, &mut cuts);
            cuts.into_iter().map(|(stem, _)| stem).collect::<Vec<_>>()
        };
        assert!(cuts("дубовский").contains(&5));
        assert!(cuts("dubovskiy").contains(&5));
        assert!(cuts("павлодарда").contains(&8));
        assert!(cuts("ли").is_empty());
    }
}
