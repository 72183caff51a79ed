//! What a person who writes a table wants to know beyond whether it can be read: rules that never fit, and what is lost.

use super::Scheme;
use super::collision::{Pair, collisions, normal};
use super::language::{Language, language};
use super::pattern::{Atom, parse_pattern};
use super::table::{Rule, Table};
use crate::text::{At, Diagnostic, Source, shown};
use std::collections::BTreeSet;

/// A scheme's findings, its own examples' aside.
pub(super) fn lint(scheme: &Scheme) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    shadowed(&scheme.source, &scheme.table, &mut found);
    for declared in &scheme.table.collisions {
        let set = declared.when.iter().try_fold(scheme.clone(), |s, (name, value)| s.with_option(&name.value, &value.value));
        if let Ok(scheme) = set {
            undeclared(&scheme, &declared.pairs, &mut found);
        }
    }
    if scheme.table.collisions.iter().all(|c| !c.when.is_empty()) {
        undeclared(scheme, &[], &mut found);
    }
    found
}

/// Rules that an earlier one always comes before.
fn shadowed(source: &Source, table: &Table, found: &mut Vec<Diagnostic>) {
    let Some(language) = language(&table.language.value) else { return };
    // That a table's own rule goes before one it inherits is what it is for.
    for (i, rule) in table.rules.iter().enumerate().filter(|(_, rule)| !rule.inherited) {
        let covered = |from: &At<String>| table.rules[..i].iter().find(|earlier| covers(language, earlier, rule, &from.value));
        let earlier: Option<Vec<&Rule>> = rule.from.iter().map(covered).collect();
        let Some(earlier) = earlier.as_deref().and_then(<[_]>::first) else { continue };
        let line = source.position(earlier.span.start).0;
        let message = match earlier.to.value == rule.to.value {
            true => format!("the rule never fits: that of line {line} writes the same before it is reached"),
            false => format!("the rule never fits: that of line {line} comes first and writes {}", shown(&earlier.to.value)),
        };
        found.push(source.warning(rule.span.clone(), message));
    }
}

/// Whether an earlier rule fits wherever a later one does for this source.
fn covers(language: &Language, earlier: &Rule, later: &Rule, from: &str) -> bool {
    let same = |a: &[At<String>], b: &[At<String>]| {
        let set = |list: &[At<String>]| list.iter().map(|t| t.value.clone()).collect::<BTreeSet<_>>();
        a.is_empty() || set(a) == set(b)
    };
    // What it lists on the positive side may be more, on the negative side fewer.
    let wider = |a: &[At<String>], b: &[At<String>], end| {
        a.is_empty() || !b.is_empty() && b.iter().all(|t| a.iter().any(|s| fits_wherever(language, &s.value, &t.value, end)))
    };
    let fewer =
        |a: &[At<String>], b: &[At<String>], end| a.iter().all(|t| b.iter().any(|s| fits_wherever(language, &s.value, &t.value, end)));
    earlier.from.iter().any(|f| from == f.value || from.starts_with(&f.value) && earlier.before.is_empty() && earlier.not_before.is_empty())
        && wider(&earlier.after, &later.after, Side::Before)
        && wider(&earlier.before, &later.before, Side::After)
        && fewer(&earlier.not_after, &later.not_after, Side::Before)
        && fewer(&earlier.not_before, &later.not_before, Side::After)
        && same(&earlier.word_has, &later.word_has)
        && fewer(&earlier.word_lacks, &later.word_lacks, Side::After)
        && earlier.when.iter().all(|(n, v)| later.when.iter().any(|(m, w)| n.value == m.value && v.value == w.value))
}

/// On which side of the letters of a rule a pattern stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// Whether one pattern fits wherever another does: each letter or class nearest to the rule's letters is the other's or holds it.
fn fits_wherever(language: &Language, one: &str, other: &str, side: Side) -> bool {
    let (Ok(mut one), Ok(mut other)) = (parse_pattern(one, language), parse_pattern(other, language)) else { return one == other };
    if side == Side::Before {
        one.reverse();
        other.reverse();
    }
    let letters = |atom: &Atom| match atom {
        Atom::Letter(c) => Some(vec![*c]),
        Atom::Class(name) => language.classes.get(name).cloned(),
        Atom::Start | Atom::End => None,
    };
    let holds = |(a, b): (&Atom, &Atom)| match (letters(a), letters(b)) {
        (Some(a), Some(b)) => b.iter().all(|c| a.contains(c)),
        _ => a == b,
    };
    one.len() <= other.len() && one.iter().zip(&other).all(holds)
}

/// Collisions that the declared pairs do not explain, and declared pairs that are none.
fn undeclared(scheme: &Scheme, declared: &[At<String>], found: &mut Vec<Diagnostic>) {
    let table = &scheme.table;
    let mut pairs: Vec<Pair> = Vec::new();
    for text in declared {
        match text.value.split_once('/') {
            Some((first, second)) => {
                let pair = (first.trim().to_owned(), second.trim().to_owned());
                if scheme.transliterate(&pair.0) != scheme.transliterate(&pair.1) {
                    let message = format!("{} and {} are not written alike", pair.0, pair.1);
                    found.push(scheme.source.error(text.span.clone(), message));
                }
                pairs.push(pair);
            }
            None => found.push(scheme.source.error(text.span.clone(), "expected two strings with / between them, such as щ / шч")),
        }
    }
    let alphabet = language(scheme.language()).map_or(&[][..], |l| l.alphabet.as_slice());
    let letters = if table.lossy { LOSSY_LETTERS } else { LETTERS };
    let missing: Vec<String> = collisions(scheme, alphabet, letters)
        .into_iter()
        .filter(|(one, _)| !table.lossy || one.chars().count() < 2)
        .filter(|pair| !pairs.contains(pair) && normal(&pair.0, &pairs) != normal(&pair.1, &pairs))
        .map(|(one, other)| if one.is_empty() { format!("/ {other}") } else { format!("{one} / {other}") })
        .collect();
    if !missing.is_empty() {
        const SHOWN: usize = 60;
        let more = if missing.len() > SHOWN { format!(" and {} more", missing.len() - SHOWN) } else { String::new() };
        let message = format!("collisions that are not declared: {}{more}", missing[..missing.len().min(SHOWN)].join(", "));
        let help = "list them under `collisions`; if they are too many, say `lossy = true` and list those of letters";
        found.push(scheme.source.error(table.id.span.clone(), message).with_help(help));
    }
}

/// Strings of so many letters are tried; of a lossy scheme, shorter ones.
pub(super) const LETTERS: usize = 3;
const LOSSY_LETTERS: usize = 2;
