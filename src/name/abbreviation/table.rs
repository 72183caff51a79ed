//! The rules with their costs, and the words they know, from `tables/abbreviation.toml`.

use crate::text::{Diagnostic, Fields, Source, read_toml};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::sync::LazyLock;

const PATH: &str = "tables/abbreviation.toml";

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut found = Vec::new();
    let table = read(&Source::new(PATH, include_str!("../../../tables/abbreviation.toml")), &mut found);
    debug_assert!(found.is_empty(), "{found:?}");
    table
});

macro_rules! rules {
    ($($rule:ident $name:literal,)*) => {
        /// A rule of abbreviating that departs from the plain way; what each says and costs stands in `tables/abbreviation.toml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "lowercase")]
        #[allow(missing_docs)]
        #[non_exhaustive]
        pub enum Rule {
            $($rule,)*
        }

        impl Rule {
            const ALL: &[(Rule, &'static str)] = &[$((Rule::$rule, $name),)*];
        }
    };
}

rules! {
    Stop "stop",
    Kept "kept",
    Weak "weak",
    Honour "honour",
    Quoted "quoted",
    Bracketed "bracketed",
    Country "country",
    State "state",
    Legal "legal",
    Number "number",
    Tail "tail",
    Lead "lead",
    Half "half",
    More "more",
    Single "single",
    Short "short",
    Compound "compound",
    Flattened "flattened",
    Script "script",
    Ending "ending",
    Letter "letter",
    Moved "moved",
    Part "part",
    Translated "translated",
}

impl Rule {
    /// Its name in the table.
    pub fn as_str(self) -> &'static str {
        Rule::ALL[self as usize].1
    }

    /// What it says, in words.
    pub fn about(self) -> &'static str {
        &TABLE.about[self as usize]
    }

    pub(super) fn all() -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().map(|(rule, _)| *rule)
    }

    pub(super) fn cost(self) -> u16 {
        TABLE.cost[self as usize]
    }
}

#[derive(Default)]
pub(super) struct Table {
    pub(super) limit: u16,
    cost: Vec<u16>,
    about: Vec<String>,
    pub(super) stop: FxHashSet<String>,
    pub(super) weak: FxHashSet<String>,
    pub(super) before_honoured: FxHashSet<String>,
    pub(super) after_honoured: FxHashSet<String>,
    pub(super) legal: FxHashSet<String>,
    pub(super) state: FxHashSet<String>,
    pub(super) adjectives: FxHashSet<String>,
    pub(super) countries: FxHashSet<String>,
    pub(super) country_letters: String,
    pub(super) first_parts: FxHashSet<String>,
    /// The longest of the first parts, in letters.
    pub(super) longest_part: usize,
    pub(super) last_parts: Vec<Vec<char>>,
    pub(super) endings: FxHashSet<String>,
    /// The marked letter to the plain ones it may be written as.
    pub(super) flattened: FxHashMap<char, Vec<char>>,
    /// Pairs of a Latin letter and one of another script.
    pub(super) never_across: FxHashSet<(char, char)>,
    pub(super) vowels: String,
}

fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Table {
    let mut fields = Fields::new(source, read_toml(source, found), found);
    let mut table = Table { cost: vec![0; Rule::ALL.len()], about: vec![String::new(); Rule::ALL.len()], ..Table::default() };
    table.limit = fields.integer("limit", found).and_then(|n| u16::try_from(n).ok()).unwrap_or_default();
    for (name, mut row) in fields.named("rule", found) {
        let cost = row.integer("cost", found).and_then(|n| u16::try_from(n).ok());
        let about = row.filled("about", found).value;
        row.finish(found);
        match (Rule::ALL.iter().position(|(_, known)| *known == name.value), cost) {
            (Some(at), Some(cost)) => {
                table.cost[at] = cost;
                table.about[at] = about;
            }
            (None, _) => found.push(source.error(name.span, format!("there is no rule {:?}", name.value))),
            (_, None) => found.push(source.error(name.span, "the rule needs a cost from 0 on")),
        }
    }
    if let Some(mut words) = fields.table("words", found) {
        let mut set = |name, found: &mut Vec<Diagnostic>| words.texts(name, found).into_iter().map(|w| w.value).collect();
        table.stop = set("stop", found);
        table.weak = set("weak", found);
        table.before_honoured = set("before_honoured", found);
        table.after_honoured = set("after_honoured", found);
        table.legal = set("legal", found);
        table.state = set("state", found);
        table.adjectives = set("adjectives", found);
        table.countries = set("countries", found);
        table.first_parts = set("first_parts", found);
        table.endings = set("endings", found);
        table.last_parts = words.texts("last_parts", found).into_iter().map(|w| w.value.chars().collect()).collect();
        for pair in words.texts("flattened", found) {
            match pair.value.chars().collect::<Vec<_>>()[..] {
                [marked, plain] => table.flattened.entry(marked).or_default().push(plain),
                _ => found.push(source.error(pair.span, "expected two letters, the marked one first")),
            }
        }
        for pair in words.texts("never_across", found) {
            match pair.value.chars().collect::<Vec<_>>()[..] {
                [latin, other] => {
                    table.never_across.insert((latin, other));
                }
                _ => found.push(source.error(pair.span, "expected two letters, the Latin one first")),
            }
        }
        table.country_letters = words.required("country_letters", found).value;
        table.vowels = words.required("vowels", found).value;
        words.finish(found);
    }
    fields.finish(found);
    table.longest_part = table.first_parts.iter().map(|p| p.chars().count()).max().unwrap_or_default();
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::abbreviation::parts::small;
    use crate::text::script_of;

    #[test]
    fn the_table_is_sound() {
        let mut found = Vec::new();
        let table = read(&Source::new(PATH, include_str!("../../../tables/abbreviation.toml")), &mut found);
        assert!(found.is_empty(), "{found:?}");
        for ((rule, name), about) in Rule::ALL.iter().zip(&table.about) {
            assert!(!about.is_empty(), "{name} is missing");
            assert_eq!(serde_json::to_value(rule).unwrap(), *name);
        }
        let sets = [&table.stop, &table.weak, &table.before_honoured, &table.after_honoured, &table.legal, &table.state];
        let more = [&table.adjectives, &table.countries, &table.first_parts, &table.endings];
        for word in sets.into_iter().chain(more).flatten() {
            assert!(script_of(word).is_some(), "{word} has letters of two scripts");
            assert!(word.chars().eq(word.chars().map(small)), "{word}: words are looked up in small letters, with е for ё");
        }
        for (marked, plain) in &table.flattened {
            for plain in plain {
                assert!(script_of(&format!("{marked}{plain}")).is_some(), "{marked}{plain} are of two scripts");
            }
        }
    }
}
