//! Which writers are one for a word: most schemes write most letters alike, and what a writer could not have put into the
//! word makes no difference.

use super::search::skip;
use super::writer::{Form, Writer};
use crate::scheme::language::{Language, language};
use crate::scheme::pattern::{Atom, parse_pattern};
use crate::scheme::table::{Rule, Table};
use crate::text::At;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Letters that come after so many share the last bit.
const LAST_BIT: usize = 63;
/// Of so many outputs in a word it is looked up which writers have them all.
const MOST_SPOTS: usize = 64;

/// What writers are told apart by, numbered for all of them.
#[derive(Default)]
pub(super) struct Alike {
    bits: FxHashMap<char, u64>,
    /// Outputs by their first character, with their numbers.
    forms: FxHashMap<char, Vec<(Form, usize)>>,
    count: usize,
    known: FxHashMap<String, u32>,
    /// The marks of letters that fall apart into a letter and a mark, and the bits of those letters.
    joining: Vec<(char, u64)>,
}

/// What tells a writer from others.
#[derive(Default)]
pub(super) struct Traits {
    /// For each output, by number, the letters that it may come from.
    sources: Vec<u64>,
    letters: Vec<Letter>,
    /// Letters that write nothing, and the outputs that they may stand before.
    silent: u64,
    after_silent: Vec<bool>,
    /// What hangs on no letter.
    whole: u32,
}

struct Letter {
    bit: u64,
    output: u32,
    /// The rules that begin with it, by number.
    rules: Vec<(Needs, u32)>,
}

/// What a word must have for a rule to fit: the letters that it takes, and before and after them one of these strings, each
/// as the letters that may stand at each place.
struct Needs {
    letters: u64,
    around: [Vec<Vec<u64>>; 2],
}

impl Needs {
    fn met(&self, letters: u64) -> bool {
        let possible = |strings: &Vec<Vec<u64>>| strings.is_empty() || strings.iter().any(|s| s.iter().all(|place| place & letters != 0));
        self.letters & !letters == 0 && self.around.iter().all(possible)
    }
}

/// An output in a word.
pub(super) struct Spot {
    at: usize,
    end: usize,
    form: usize,
}

/// What a writer has to do with a word.
pub(super) struct Part {
    /// How many letters of the word are in none of its outputs, at the least.
    pub(super) uncovered: u32,
    /// The letters that it could have written the word from.
    letters: u64,
}

impl Alike {
    fn bit(&mut self, c: char) -> u64 {
        let next = self.bits.len().min(LAST_BIT);
        if let Some(bit) = self.bits.get(&c) {
            return *bit;
        }
        self.bits.insert(c, 1 << next);
        for mark in c.nfd().skip(1) {
            self.joining.push((mark, 1 << next));
        }
        1 << next
    }

    fn mask(&mut self, source: &str) -> u64 {
        source.chars().flat_map(char::to_lowercase).fold(0, |mask, c| mask | self.bit(c))
    }

    /// The letters that may stand at each place of a pattern.
    fn pattern(&mut self, pattern: &str, language: &Language) -> Vec<u64> {
        let letters = |atom: Atom| match atom {
            Atom::Letter(c) => self.bit(c),
            Atom::Class(name) => language.classes.get(&name).map_or(0, |class| class.iter().fold(0, |bits, c| bits | self.bit(*c))),
            Atom::Start | Atom::End => u64::MAX,
        };
        parse_pattern(pattern, language).unwrap_or_default().into_iter().map(letters).collect()
    }

    fn number(&mut self, trait_: String) -> u32 {
        let next = self.known.len() as u32;
        *self.known.entry(trait_).or_insert(next)
    }

    fn form(&mut self, form: &Form) -> usize {
        let Some(first) = form.first() else { return 0 };
        let forms = self.forms.entry(*first).or_default();
        if let Some((_, number)) = forms.iter().find(|(known, _)| known == form) {
            return *number;
        }
        forms.push((form.clone(), self.count));
        self.count += 1;
        self.count - 1
    }

    /// What tells a writer from others; `rules` are those that hold under its options.
    pub(super) fn traits(&mut self, table: &Table, rules: &[&Rule], writer: &Writer) -> Traits {
        let mut traits = Traits::default();
        for (form, source, after) in writer.pairs() {
            let (form, mask) = (self.form(form), self.mask(source));
            if traits.sources.len() <= form {
                traits.sources.resize(form + 1, 0);
                traits.after_silent.resize(form + 1, false);
            }
            traits.sources[form] |= mask;
            traits.after_silent[form] |= after;
        }
        let Some(language) = language(&table.language.value) else { return traits };
        let output = |output: &str| format!("{:?} {}", writer.forms(output), table.collapse.iter().any(|c| c.value == output));
        for (letter, value) in &table.letters {
            let bit = self.mask(&letter.value);
            if value.value.is_empty() {
                traits.silent |= bit;
            }
            let mut own = Vec::new();
            for rule in rules {
                for from in rule.from.iter().filter(|from| from.value.chars().next() == letter.value.chars().next()) {
                    let conditions = [&rule.after, &rule.before, &rule.not_after, &rule.not_before, &rule.word_has, &rule.word_lacks];
                    let conditions = conditions.map(|all| all.iter().map(|p: &At<String>| p.value.as_str()).collect::<Vec<_>>());
                    let number = self.number(format!("{} {} {conditions:?}", from.value, output(&rule.to.value)));
                    let around = [&rule.after, &rule.before].map(|all| all.iter().map(|p| self.pattern(&p.value, language)).collect());
                    own.push((Needs { letters: self.mask(&from.value), around }, number));
                }
            }
            let output = self.number(format!("{} {}", letter.value, output(&value.value)));
            traits.letters.push(Letter { bit, output, rules: own });
        }
        traits.letters.sort_by_key(|letter| letter.bit);
        traits.whole = self.number(format!("{} {:?}", table.language.value, writer.whole()));
        traits
    }

    /// The outputs in a word, from its beginning on. The word is in NFD.
    pub(super) fn spots(&self, word: &[char]) -> Vec<Spot> {
        let mut spots = Vec::new();
        for at in 0..word.len() {
            for (form, number) in self.forms.get(&word[at]).map_or(&[][..], Vec::as_slice) {
                if word[at..].starts_with(form) {
                    spots.push(Spot { at, end: at + form.len(), form: *number });
                }
            }
        }
        spots
    }

    /// The letters of the tables that a word has itself, or that its marks may make of letters.
    pub(super) fn own_letters(&self, word: &[char]) -> u64 {
        let joined = |c: &char| self.joining.iter().filter(|(mark, _)| mark == c).fold(0, |bits, (_, bit)| bits | bit);
        word.iter().fold(0, |bits, c| bits | self.bits.get(c).copied().unwrap_or(0) | joined(c))
    }

    /// What each writer has to do with a word.
    pub(super) fn parts<'w>(&self, word: &[char], spots: &[Spot], writers: impl Iterator<Item = &'w Writer>) -> Vec<Part> {
        let mut covered: Vec<(u64, u32)> = Vec::new();
        let mut least = Vec::new();
        let part = |writer: &Writer| {
            let sources = &writer.traits.sources;
            let (mut has, mut letters) = (0, 0);
            for (i, spot) in spots.iter().enumerate() {
                let source = sources.get(spot.form).copied().unwrap_or(0);
                letters |= source;
                if source != 0 && writer.traits.after_silent[spot.form] {
                    letters |= writer.traits.silent;
                }
                has |= u64::from(source != 0) << (i % MOST_SPOTS);
            }
            let known = covered.iter().find(|(known, _)| *known == has && spots.len() <= MOST_SPOTS);
            let uncovered = match known {
                Some((_, uncovered)) => *uncovered,
                None => {
                    writer.traits.uncovered(word, spots, &mut least);
                    covered.push((has, least[0]));
                    least[0]
                }
            };
            Part { uncovered, letters }
        };
        writers.map(part).collect()
    }
}

impl Traits {
    /// For each place of a word, how many letters from there on are in none of the writer's outputs, at the least.
    pub(super) fn uncovered(&self, word: &[char], spots: &[Spot], least: &mut Vec<u32>) {
        least.clear();
        least.resize(word.len() + 1, 0);
        let mut spots = spots.iter().rev().peekable();
        for at in (0..word.len()).rev() {
            let (end, cost) = skip(word, at);
            least[at] = least[end] + cost;
            while let Some(spot) = spots.next_if(|spot| spot.at == at) {
                if self.sources.get(spot.form).is_some_and(|source| *source != 0) {
                    least[at] = least[at].min(least[spot.end]);
                }
            }
        }
    }

    /// All that is of account for a word with these outputs: two writers of which it is the same write it alike.
    pub(super) fn of_account(&self, part: &Part, own_letters: u64) -> Vec<u32> {
        let letters = part.letters | own_letters;
        let mut all = vec![self.whole, letters as u32, (letters >> 32) as u32];
        for letter in self.letters.iter().filter(|letter| letter.bit & letters != 0) {
            all.push(letter.output);
            all.extend(letter.rules.iter().filter(|(needs, _)| needs.met(letters)).map(|(_, rule)| *rule));
        }
        all
    }
}
