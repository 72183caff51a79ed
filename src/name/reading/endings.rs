//! Endings that may stand for each other: `tables/reading/endings.toml`.

use super::costs::{Costs, charges, steps};
use super::letters::Letter;
use crate::scheme::Scheme;
use crate::text::fold;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// The fewest letters before an ending.
pub(crate) const STEM: usize = 3;
/// And before one that another denies.
const SHORTEST: usize = 2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    group: Vec<TableGroup>,
    opposite: Vec<TableOpposite>,
    elision: Vec<TableElision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableElision {
    word: String,
    #[serde(default)]
    schemes: Vec<String>,
    endings: Vec<String>,
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
    /// Whether the endings are written in one script only.
    one_script: bool,
}

/// Where a word may be cut before an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// Letters before it.
    pub stem: u8,
    /// The groups that have the ending, a bit each.
    pub groups: u32,
}

pub(crate) struct Endings {
    groups: Vec<Group>,
    /// All endings, read from their last letter; the first is the empty one.
    tails: Vec<Tail>,
    /// For each letter the ending that it is alone; 0 is none.
    last: Vec<u16>,
    /// The ids of words for places that are left out after adjectives.
    elided: Vec<String>,
}

/// An ending, or the last letters of one.
#[derive(Default)]
struct Tail {
    /// The groups that have it, a bit each.
    groups: u32,
    /// Of endings that deny each other: the number of their pair, and the side in it.
    opposite: Option<Opposite>,
    /// The number of the word that is left out after it.
    elides: Option<u8>,
    /// The longer ones, by the letter before.
    longer: Vec<(Letter, u16)>,
}

/// What the ending of a word says of its bearer: the number of a pair of endings that deny each other, and which of the two it is.
pub(super) type Opposite = (u8, bool);

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
        let mut all =
            Endings { groups: Vec::new(), tails: vec![Tail::default()], last: vec![0; usize::from(Letter::MAX) + 1], elided: Vec::new() };
        let mut known = FxHashMap::default();
        for (number, group) in table.group.into_iter().enumerate() {
            let schemes = named(&group.schemes, &mut known);
            let mut endings: Vec<Vec<Letter>> = Vec::new();
            for letters in group.endings.iter().flat_map(|ending| written(ending, &schemes)) {
                if !endings.contains(&letters) {
                    all.tail(&letters).groups |= 1 << number;
                    endings.push(letters);
                }
            }
            let one_script = group.schemes.is_empty();
            all.groups.push(Group { cost: steps(group.cost), endings, derives: group.derives, one_script });
        }
        for opposite in table.opposite {
            let schemes = named(&opposite.schemes, &mut known);
            for (number, pair) in opposite.pairs.iter().enumerate() {
                for (ending, side) in pair.iter().zip([false, true]) {
                    for letters in written(ending, &schemes) {
                        all.tail(&letters).opposite.get_or_insert((number as u8, side));
                    }
                }
            }
        }
        for (number, elision) in table.elision.into_iter().enumerate() {
            let schemes = named(&elision.schemes, &mut known);
            for letters in elision.endings.iter().flat_map(|ending| written(ending, &schemes)) {
                all.tail(&letters).elides.get_or_insert(number as u8);
            }
            all.elided.push(elision.word);
        }
        all
    }

    /// The id of the word for a place that is left out after an adjective of these letters: Мартукский, for a district.
    pub(crate) fn elided(&self, letters: &[Letter]) -> Option<&str> {
        let (mut tail, mut elides) = (0, None);
        for letter in letters.get(STEM..)?.iter().rev() {
            let Some(next) = self.longer(tail, *letter) else { break };
            tail = next;
            elides = self.tails[tail].elides.or(elides);
        }
        Some(self.elided[usize::from(elides?)].as_str())
    }

    /// The entry of an ending, a new one when it has none.
    fn tail(&mut self, letters: &[Letter]) -> &mut Tail {
        let mut at = 0;
        for letter in letters.iter().rev() {
            at = self.longer(at, *letter).unwrap_or_else(|| {
                let next = self.tails.len();
                match at {
                    0 => self.last[usize::from(*letter)] = next as u16,
                    _ => self.tails[at].longer.push((*letter, next as u16)),
                }
                self.tails.push(Tail::default());
                next
            });
        }
        &mut self.tails[at]
    }

    fn longer(&self, tail: usize, letter: Letter) -> Option<usize> {
        if tail == 0 {
            return Some(usize::from(self.last[usize::from(letter)])).filter(|tail| *tail != 0);
        }
        self.tails[tail].longer.iter().find(|(l, _)| *l == letter).map(|(_, next)| usize::from(*next))
    }

    /// Where a word may be cut before an ending, the shortest ending first. Returns what its longest ending says that another denies: -ов, -ова.
    pub(super) fn each_cut(&self, letters: &[Letter], mut each: impl FnMut(Cut)) -> Option<Opposite> {
        let mut opposite = None;
        let (mut tail, mut stem) = (0, letters.len());
        loop {
            let known = &self.tails[tail];
            if stem >= STEM && known.groups != 0 {
                each(Cut { stem: stem as u8, groups: known.groups });
            }
            if stem >= SHORTEST {
                opposite = known.opposite.or(opposite);
            }
            match stem.checked_sub(1).filter(|left| *left >= SHORTEST).and_then(|left| self.longer(tail, letters[left])) {
                Some(next) => (tail, stem) = (next, stem - 1),
                None => return opposite,
            }
        }
    }

    /// The same as letters of the stem and groups.
    pub(crate) fn cuts(&self, letters: &[Letter], cuts: &mut Vec<(u8, u32)>) {
        cuts.clear();
        self.each_cut(letters, |cut| cuts.push((cut.stem, cut.groups)));
    }

    /// What it costs to take an ending for another of these groups, in steps, and whether that makes another name.
    pub(super) fn cost(&self, groups: u32, two_scripts: bool) -> (u32, bool) {
        let cost = |g: &Group| g.cost + if two_scripts && g.one_script { charges().one_script } else { 0 };
        self.groups(groups).map(|(_, g)| (cost(g), g.derives)).min().unwrap_or((u32::MAX / 4, false))
    }

    /// The groups of these bits, with their numbers.
    pub(crate) fn groups(&self, bits: u32) -> impl Iterator<Item = (usize, &Group)> {
        let mut left = bits;
        std::iter::from_fn(move || {
            let number = left.trailing_zeros() as usize;
            let group = self.groups.get(number)?;
            left &= left - 1;
            Some((number, group))
        })
    }
}

/// The schemes of these ids, each read once.
fn named(ids: &[String], known: &mut FxHashMap<String, Option<Scheme>>) -> Vec<Scheme> {
    ids.iter().filter_map(|id| known.entry(id.clone()).or_insert_with(|| Scheme::builtin(id).ok()).clone()).collect()
}

/// An ending as it is written, and as schemes write it.
fn written(ending: &str, schemes: &[Scheme]) -> impl Iterator<Item = Vec<Letter>> {
    // An ending follows a consonant; some schemes write it otherwise at the start of a word.
    let word = format!("т{ending}");
    let written: Vec<String> = schemes.iter().map(|s| s.transliterate(&word).chars().skip(1).collect()).collect();
    let forms = std::iter::once(ending.to_owned()).chain(written);
    forms.filter_map(|form| fold(&form).chars().map(|c| Costs::get().alphabet.letter(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_stand_for_what_they_are_of() {
        let alphabet = &Costs::get().alphabet;
        let elided = |word: &str| Endings::get().elided(&word.chars().filter_map(|c| alphabet.letter(c)).collect::<Vec<_>>());
        assert_eq!(elided("мартукский"), Some("district"));
        assert_eq!(elided("martukskiy"), Some("district"));
        assert_eq!(elided("мангистауская"), Some("region"));
        assert_eq!(elided("мартук"), None);
        assert_eq!(elided("ий"), None);
    }

    #[test]
    fn words_are_cut_before_endings_they_have() {
        let alphabet = &Costs::get().alphabet;
        let cuts = |word: &str| {
            let letters: Vec<Letter> = word.chars().filter_map(|c| alphabet.letter(c)).collect();
            let mut cuts = Vec::new();
            Endings::get().each_cut(&letters, |cut| cuts.push(cut.stem));
            cuts
        };
        assert!(cuts("дубовский").contains(&5));
        assert!(cuts("dubovskiy").contains(&5));
        assert!(cuts("павлодарда").contains(&8));
        assert!(cuts("ли").is_empty());
    }
}
