//! What a scheme can write: its outputs with the letters they come from.

use super::alike::{Alike, Traits};
use super::spelling::{self, Spelling};
use crate::scheme::Scheme;
use crate::scheme::language::language;
use crate::scheme::pattern::{Atom, parse_pattern};
use crate::scheme::table::{Rule, Table};
use crate::text::At;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// A scheme under one setting of its options.
pub(super) struct Writer {
    pub(super) scheme: Scheme,
    /// The option that is not at its default, and its value.
    pub option: Option<(String, String)>,
    /// Outputs by their first character.
    chunks: FxHashMap<char, Vec<Chunk>>,
    /// Letters that are dropped.
    pub(super) dropped: Vec<String>,
    /// The letters that rules ask a whole word for, so that a part of a word says nothing.
    pub(super) of_words: Vec<Vec<char>>,
    pub(super) spelling: Option<&'static Spelling>,
    pub(super) traits: Traits,
}

/// An output in NFD.
pub(super) type Form = Vec<char>;

/// An output in one of its cases.
pub(super) struct Chunk {
    pub(super) form: Form,
    pub(super) source: String,
    /// Whether it depends on the letter before.
    pub(super) after: bool,
}

impl Writer {
    /// The scheme under its defaults and under every other setting of one option.
    pub(super) fn all(scheme: &Scheme, alike: &mut Alike) -> Vec<Writer> {
        let mut writers = vec![Writer::new(scheme.clone(), None, alike)];
        for option in &scheme.table.options {
            for value in option.values.iter().filter(|v| v.value != option.default.value) {
                if let Ok(set) = scheme.with_option(&option.name.value, &value.value) {
                    writers.push(Writer::new(set, Some((option.name.value.clone(), value.value.clone())), alike));
                }
            }
        }
        writers
    }

    fn new(scheme: Scheme, option: Option<(String, String)>, alike: &mut Alike) -> Writer {
        let table = scheme.table.clone();
        let mut writer = Writer {
            spelling: spelling::of(&table.language.value),
            option,
            chunks: FxHashMap::default(),
            dropped: Vec::new(),
            of_words: of_words(&table),
            traits: Traits::default(),
            scheme,
        };
        for (letter, value) in &table.letters {
            if value.value.is_empty() {
                writer.dropped.push(letter.value.clone());
            } else if letter.value.chars().all(char::is_alphabetic) {
                writer.add(&letter.value, &value.value, false);
            }
        }
        let set = |(name, value): &(At<String>, At<String>)| writer.scheme.options.get(&name.value) == Some(&value.value);
        let rules: Vec<&Rule> = table.rules.iter().filter(|rule| rule.when.iter().all(set)).collect();
        for rule in rules.iter().filter(|r| !r.to.value.is_empty()) {
            for from in &rule.from {
                writer.add(&from.value, &rule.to.value, !rule.after.is_empty());
            }
        }
        writer.traits = alike.traits(&table, &rules, &writer);
        writer
    }

    /// An output with small letters, with one capital, and with capitals, in NFD.
    pub(super) fn forms(&self, output: &str) -> [Form; 3] {
        let table: &Table = &self.scheme.table;
        let raise = |c: char| -> Vec<char> {
            let own = table.upper.iter().find(|(from, _)| from.value.chars().eq([c]));
            own.map_or_else(|| c.to_uppercase().collect(), |(_, to)| to.value.chars().collect())
        };
        let upper: String = output.chars().flat_map(raise).collect();
        let title = table.title_forms.iter().find(|(from, _)| from.value == output).map(|(_, to)| to.value.clone());
        let title = title.unwrap_or_else(|| {
            let mut raised = false;
            let first = |c: char| {
                let capital = raise(c);
                match raised || capital == [c] {
                    true => vec![c],
                    false => {
                        raised = true;
                        capital
                    }
                }
            };
            output.chars().flat_map(first).collect()
        });
        [output, &title, &upper].map(|form| form.nfd().collect())
    }

    fn add(&mut self, source: &str, output: &str, after: bool) {
        let mut letters = source.chars();
        let first: String = letters.by_ref().take(1).flat_map(char::to_uppercase).collect();
        let sources = [source.to_owned(), first + letters.as_str(), source.to_uppercase()];
        for (form, source) in self.forms(output).into_iter().zip(sources) {
            let Some(first) = form.first() else { continue };
            let known = self.chunks.entry(*first).or_default();
            // For what has no capital the small letter will do.
            if !known.iter().any(|c| c.form == form && c.source.to_lowercase() == source.to_lowercase()) {
                known.push(Chunk { form, source, after });
            }
        }
    }

    /// The outputs, each with a source and whether it depends on the letter before.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Form, &str, bool)> {
        self.chunks.values().flatten().map(|c| (&c.form, c.source.as_str(), c.after))
    }

    /// What hangs on no letter.
    pub(super) fn whole(&self) -> impl std::fmt::Debug {
        !self.of_words.is_empty()
    }

    pub(super) fn outputs(&self) -> impl Iterator<Item = &[char]> {
        self.chunks.values().flatten().map(|c| c.form.as_slice())
    }

    /// The outputs at the beginning of what is left of a word.
    pub(super) fn at<'a>(&'a self, word: &'a [char]) -> impl Iterator<Item = &'a Chunk> {
        let chunks = word.first().and_then(|c| self.chunks.get(c)).map(Vec::as_slice).unwrap_or_default();
        chunks.iter().filter(|c| word.starts_with(&c.form))
    }
}

/// The letters that rules ask a whole word for.
fn of_words(table: &Table) -> Vec<Vec<char>> {
    let Some(language) = language(&table.language.value) else { return Vec::new() };
    let atoms = table.rules.iter().flat_map(|r| r.word_has.iter().chain(&r.word_lacks)).flat_map(|p| parse_pattern(&p.value, language));
    let letters = |atom| match atom {
        Atom::Letter(c) => Some(vec![c]),
        Atom::Class(name) => language.classes.get(&name).cloned(),
        Atom::Start | Atom::End => None,
    };
    let mut found: Vec<_> = atoms.flatten().filter_map(letters).collect();
    found.sort();
    found.dedup();
    found
}
