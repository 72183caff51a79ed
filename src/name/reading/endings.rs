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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableGroup {
    #[allow(dead_code, reason = "for the reader of the table")]
    name: String,
    cost: f32,
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
}

pub(crate) struct Endings {
    groups: Vec<Group>,
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
        let alphabet = &Costs::get().alphabet;
        let mut all = Endings { groups: Vec::new(), known: FxHashMap::default(), longest: 0 };
        for (number, group) in table.group.into_iter().enumerate() {
            let schemes: Vec<Scheme> = group.schemes.iter().filter_map(|id| Scheme::builtin(id).ok()).collect();
            let mut endings: Vec<Vec<Letter>> = Vec::new();
            for ending in &group.endings {
                // An ending follows a consonant; some schemes write it otherwise at the start of a word.
                let written = schemes.iter().map(|s| s.transliterate(&format!("т{ending}")).chars().skip(1).collect::<String>());
                for form in std::iter::once(ending.clone()).chain(written) {
                    let letters: Option<Vec<Letter>> = fold(&form).chars().map(|c| alphabet.letter(c)).collect();
                    if let Some(letters) = letters.filter(|l| !endings.contains(l)) {
                        *all.known.entry(letters.clone()).or_default() |= 1 << number;
                        all.longest = all.longest.max(letters.len());
                        endings.push(letters);
                    }
                }
            }
            all.groups.push(Group { cost: steps(group.cost), endings });
        }
        all
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

    /// What it costs to take an ending for another of these groups, in steps.
    pub(crate) fn cost(&self, groups: u32) -> u32 {
        self.groups(groups).map(|g| g.cost).min().unwrap_or(u32::MAX / 4)
    }

    /// The groups of these bits.
    pub(crate) fn groups(&self, bits: u32) -> impl Iterator<Item = &Group> {
        self.groups.iter().enumerate().filter(move |(i, _)| bits >> i & 1 == 1).map(|(_, g)| g)
    }
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
