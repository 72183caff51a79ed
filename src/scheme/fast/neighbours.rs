//! What the rules ask of the characters next to a letter, and the kinds into which characters fall by that.

use super::Sign;
use crate::scheme::compile::{CompiledRule, Letter, Program, Test};
use crate::text::{ends_word, is_invisible, is_mark};
use std::iter::once;

/// The kinds of characters on one side of a letter.
pub(super) struct Kinds {
    pub(super) tests: Tests,
    /// A profile of each kind. The first is that of the characters of which nothing is known.
    profiles: Vec<Option<u64>>,
    seen: Vec<(Option<u64>, Sign)>,
    most: usize,
}

impl Kinds {
    pub(super) fn of(program: &Program, side: Side, most: usize) -> Kinds {
        Kinds { tests: Tests::of(program, side), profiles: vec![None], seen: vec![(None, 0)], most }
    }

    /// The kinds by number, with the profile of each.
    pub(super) fn each(&self) -> impl Iterator<Item = (Sign, Option<u64>)> {
        (0..).zip(self.profiles.iter().copied())
    }

    /// The number of a character's kind. Of one kind are those that no rule tells apart; when there are too many kinds,
    /// nothing is known of the rest.
    pub(super) fn number(&mut self, program: &Program, c: Option<char>) -> Sign {
        let profile = self.tests.profile(program, c);
        if let Some((_, number)) = self.seen.iter().find(|(seen, _)| *seen == profile) {
            return *number;
        }
        let found = self.profiles.iter().position(|known| self.tests.alike(program, *known, profile));
        let number = found.unwrap_or(self.profiles.len());
        if found.is_none() && number < self.most {
            self.profiles.push(profile);
        }
        let number = if number < self.most { number as Sign } else { 0 };
        self.seen.push((profile, number));
        number
    }
}

/// The tests on one character next to a letter that rules make, on one side of it.
pub(super) struct Tests {
    all: Vec<Test>,
    /// The outputs that are not doubled, if it can be told from the letter before that it wrote one; else none.
    once: Vec<u16>,
    /// Whether it counts if the character is a capital.
    cased: bool,
    side: Side,
}

/// Where a character stands: before a letter, or after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Side {
    Behind,
    Ahead,
}

/// Bits of a profile, beside those of the tests: the character is a small letter, or a capital.
pub(super) const SMALL: u64 = 1 << 62;
pub(super) const CAPITAL: u64 = 1 << 63;

impl Tests {
    fn of(program: &Program, side: Side) -> Tests {
        let mut all: Vec<Test> = Vec::new();
        for test in program.rules.iter().flat_map(|rule| asked(rule, side)) {
            if !all.contains(&test) && all.len() < 62 {
                all.push(test);
            }
        }
        let once = if side == Side::Behind { written_once(program) } else { Vec::new() };
        all.truncate(62 - once.len());
        Tests { all, once, cased: side == Side::Ahead && program.has_titles(), side }
    }

    /// Whether outputs that are not doubled are decided here.
    pub(super) fn collapses(&self) -> bool {
        !self.once.is_empty()
    }

    /// Whether the letter before wrote an output that is not doubled; nothing when that is not known.
    pub(super) fn wrote(&self, output: u16, before: Option<u64>) -> Option<bool> {
        let place = self.once.iter().position(|once| *once == output)?;
        before.map(|bits| bits & self.once_bit(place) != 0)
    }

    fn once_bit(&self, place: usize) -> u64 {
        1 << (self.all.len() + place)
    }

    /// Which tests a character passes, or the text's edge; nothing for a character of which that depends on what
    /// stands beyond it.
    pub(super) fn profile(&self, program: &Program, neighbour: Option<char>) -> Option<u64> {
        let found = letter(program, neighbour)?;
        let passes = |test: &Test| passes(program, *test, self.side, neighbour) == Some(true);
        let case = match neighbour.and_then(|c| program.cell(c)) {
            Some(cell) if self.cased && cell.cased => [SMALL, CAPITAL][usize::from(cell.capital)],
            _ => 0,
        };
        let wrote = found.and_then(|l| self.once.iter().position(|once| *once == l.output)).map_or(0, |place| self.once_bit(place));
        Some(self.all.iter().enumerate().filter(|(_, t)| passes(t)).fold(case | wrote, |bits, (i, _)| bits | 1 << i))
    }

    /// Whether two neighbours are the same to all rules.
    fn alike(&self, program: &Program, one: Option<u64>, other: Option<u64>) -> bool {
        let (Some(a), Some(b)) = (one, other) else { return one == other };
        let same = |patterns: &[Vec<Test>]| self.fits(patterns, one) == self.fits(patterns, other);
        let letter = |letter: char| self.passes(Some(&Test::Letter(letter)), one) == self.passes(Some(&Test::Letter(letter)), other);
        let once = (0..self.once.len()).fold(SMALL | CAPITAL, |bits, place| bits | self.once_bit(place));
        (a ^ b) & once == 0
            && program.rules.iter().all(|rule| match (self.side, &rule.tail[..]) {
                (Side::Behind, _) => same(&rule.after) && same(&rule.not_after),
                (Side::Ahead, [next, ..]) => letter(*next),
                (Side::Ahead, []) => same(&rule.before) && same(&rule.not_before),
            })
    }

    /// Whether a neighbour passes a test; nothing when that is not known.
    fn passes(&self, test: Option<&Test>, profile: Option<u64>) -> Option<bool> {
        let place = self.all.iter().position(|t| Some(t) == test)?;
        profile.map(|bits| bits >> place & 1 == 1)
    }

    /// Whether any of the patterns fits; nothing when the neighbour does not tell.
    fn fits(&self, patterns: &[Vec<Test>], profile: Option<u64>) -> Option<bool> {
        let mut unsure = false;
        for pattern in patterns {
            match self.passes(nearest(pattern, self.side), profile) {
                Some(false) => {}
                Some(true) if pattern.len() == 1 => return Some(true),
                _ => unsure = true,
            }
        }
        (!unsure).then_some(false)
    }
}

/// The letter that a character is, if it is one; nothing for a character of which what it is to rules depends on what
/// stands beyond it.
fn letter(program: &Program, c: Option<char>) -> Option<Option<&Letter>> {
    let apostrophe = |c: char| ends_word(once(c)) && !ends_word([c, 'a'].into_iter());
    if c.is_some_and(|c| is_mark(c) || is_invisible(c) || apostrophe(c)) {
        return None;
    }
    match c.and_then(|c| program.letter(c)) {
        // A letter that NFC joined with a mark is another for rules of several letters.
        Some((_, true)) => None,
        found => Some(found.map(|(cell, _)| &program.letters[cell.letter as usize])),
    }
}

/// Whether a character, or the text's edge, passes a test; nothing when that depends on what stands beyond it.
pub(super) fn passes(program: &Program, test: Test, side: Side, c: Option<char>) -> Option<bool> {
    let letter = letter(program, c)?;
    Some(match test {
        Test::Start => side == Side::Behind && ends_word(c.into_iter()),
        Test::End => side == Side::Ahead && ends_word(c.into_iter()),
        Test::Letter(want) => letter.map_or(c == Some(want), |l| l.small == want),
        Test::Class(mask) => letter.is_some_and(|l| l.classes & mask != 0),
    })
}

/// The test of a pattern that is made on the character next to the letter.
fn nearest(pattern: &[Test], side: Side) -> Option<&Test> {
    if side == Side::Behind { pattern.last() } else { pattern.first() }
}

/// The tests that a rule makes on the character on a side.
fn asked(rule: &CompiledRule, side: Side) -> Vec<Test> {
    let patterns = match (side, &rule.tail[..]) {
        (Side::Behind, _) => [&rule.after, &rule.not_after],
        (Side::Ahead, [next, ..]) => return vec![Test::Letter(*next)],
        (Side::Ahead, []) => [&rule.before, &rule.not_before],
    };
    patterns.into_iter().flatten().filter_map(|p| nearest(p, side)).copied().collect()
}

/// The outputs that are not doubled, if only letters without rules write them, which no rule takes either.
fn written_once(program: &Program) -> Vec<u16> {
    let mut found = Vec::new();
    for letter in program.letters.iter().filter(|l| program.output(l.output).collapse) {
        if !letter.rules.is_empty() || program.rules.iter().any(|rule| rule.tail.contains(&letter.small)) {
            return Vec::new();
        }
        if !found.contains(&letter.output) {
            found.push(letter.output);
        }
    }
    let by_rule = program.rules.iter().any(|rule| program.output(rule.output).collapse);
    if by_rule || found.len() > 20 { Vec::new() } else { found }
}

/// Whether a rule fits, by the profiles of the characters before the letter and after it, and by whether it fits the word;
/// nothing when they do not tell.
pub(super) fn rule_fits(
    rule: &CompiledRule,
    [behind, ahead]: [&Tests; 2],
    [before, after]: [Option<u64>; 2],
    word: Option<bool>,
) -> Option<bool> {
    let all = |patterns: &[Vec<Test>], none: &[Vec<Test>], tests: &Tests, profile| {
        let fits = if patterns.is_empty() { Some(true) } else { tests.fits(patterns, profile) };
        [fits, tests.fits(none, profile).map(|fits| !fits)]
    };
    let [a, b] = all(&rule.after, &rule.not_after, behind, before);
    let [c, d] = match &rule.tail[..] {
        [] => all(&rule.before, &rule.not_before, ahead, after),
        // What follows the letters that it takes is out of sight.
        [next, ..] => [ahead.passes(Some(&Test::Letter(*next)), after), None],
    };
    let conditions = [word, a, b, c, d];
    if conditions.contains(&Some(false)) {
        return Some(false);
    }
    (!conditions.contains(&None)).then_some(true)
}
