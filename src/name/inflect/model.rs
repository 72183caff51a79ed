//! What a Russian word may be: readings as class, number and case, weighed by how words and names end.

use super::counts::{Endings, FIXED, Keys, LETTERS};
use super::shares::Shares;
use super::table::{Class, Persons, Row, Table, read, read_persons};
use super::{Gender, Number};
use crate::text::{Recent, Source};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

/// One thing a word may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// Index of the class; `None` for a word that does not change.
    pub class: Option<u8>,
    pub row: u8,
    /// Index into [`super::Case::RUSSIAN`].
    pub case: u8,
    /// How many bytes the stem has.
    pub stem: usize,
    /// Share among the readings of the word.
    pub weight: f32,
}

/// The most letters of a word that are looked at.
const WINDOW: usize = 6;

/// All that is known of Russian words.
pub(super) struct Model {
    pub table: Table,
    pub persons: Persons,
    pub shares: Shares,
    /// Endings with the class, row and case they may stand for.
    pub(super) by_ending: FxHashMap<String, Vec<(u8, u8, u8)>>,
    pub(super) longest: usize,
    pub(super) common: Endings,
    pub(super) names: Endings,
    /// Words of names in the nominative, ё as е, with how often each was seen; below zero for words of names of places.
    pub(super) known: FxHashMap<Cow<'static, str>, f32>,
    /// Given names with the gender of their bearers.
    pub(super) given: FxHashMap<String, Gender>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let mut found = Vec::new();
    let table = read(&Source::new("tables/inflection/rus.toml", include_str!("../../../tables/inflection/rus.toml")), &mut found);
    let persons = include_str!("../../../tables/inflection/rus-persons.toml");
    let persons = read_persons(&Source::new("tables/inflection/rus-persons.toml", persons), &mut found);
    let shares = include_str!("../../../tables/inflection/rus-shares.toml");
    let shares = Shares::read(&Source::new("tables/inflection/rus-shares.toml", shares), &mut found);
    // The tables are part of the program, and a test reads them.
    debug_assert!(found.is_empty(), "{:?}", found.iter().map(ToString::to_string).collect::<Vec<_>>());
    Model::new(table, persons, shares)
});

/// What was read last, of the one model there is, and room for a question.
type Read = (Recent<Box<[Reading]>>, Vec<u8>);

thread_local! {
    static READ: RefCell<Read> = RefCell::default();
}

pub(super) fn model() -> &'static Model {
    &MODEL
}

impl Model {
    /// How often a word was seen in names, in the nominative: of people above zero, of places below. Patronymics and others that
    /// end as given names do need no list.
    pub(super) fn known(&self, word: &str) -> f32 {
        self.known.get(word).copied().unwrap_or_else(|| match () {
            () if self.persons.is_patronymic(word) => self.shares.words.patronymic,
            () if self.table.names.is_like_given(word) => self.shares.words.given,
            () => 0.0,
        })
    }

    /// The gender of those who have a given name.
    pub(super) fn gender(&self, word: &str) -> Option<Gender> {
        self.given.get(word).copied().or_else(|| self.table.names.is_like_given(word).then_some(Gender::Masculine))
    }

    pub(super) fn row(&self, reading: &Reading) -> Option<&Row> {
        reading.class.map(|c| &self.table.classes[usize::from(c)].rows[usize::from(reading.row)])
    }

    /// What a word, in small letters and ё as е, may be. Weights sum to one.
    pub(super) fn readings(&self, before: &str, word: &str, capital: f32) -> Vec<Reading> {
        READ.with_borrow_mut(|(read, question)| {
            question.clear();
            question.extend(capital.to_le_bytes());
            question.extend_from_slice(before.as_bytes());
            question.push(0);
            question.extend_from_slice(word.as_bytes());
            if let Some(known) = read.answer(question) {
                return known.to_vec();
            }
            let all = self.read(before, word, capital);
            read.keep(question, all.as_slice().into());
            all
        })
    }

    fn read(&self, before: &str, word: &str, capital: f32) -> Vec<Reading> {
        let vowel = |c: char| self.table.vowels.has(c);
        let (shares, plurals) = (&self.shares.words, &self.shares.plurals);
        let mut all: Vec<Reading> = Vec::with_capacity(32);
        let mut stems: Vec<(usize, usize, Keys)> = Vec::with_capacity(self.longest + 1);
        let mut cut = word.len();
        for letters in 0..=self.longest {
            let (stem, ending) = word.split_at(cut);
            let Some(last) = stem.chars().next_back() else { break };
            for &(class, row, case) in self.by_ending.get(ending).map(Vec::as_slice).unwrap_or_default() {
                let known = &self.table.classes[usize::from(class)];
                let listed = |w: &String| w.strip_prefix(stem).is_some_and(|end| end == known.rows[0].nominative());
                if known.after.has(last) && self.is_word(stem, class, row) && (known.words.is_empty() || known.words.iter().any(listed)) {
                    all.push(Reading { class: Some(class), row, case, stem: cut, weight: 0.0 });
                }
            }
            stems.push((cut, letters, Keys::of(stem)));
            cut -= last.len_utf8();
        }
        all.push(Reading { class: None, row: 0, case: 0, stem: word.len(), weight: 0.0 });
        let mut text = String::with_capacity(word.len() + 8);
        let plural = if capital > 0.2 { plurals.capital } else { plurals.common };
        let common = self.weigh(&self.common, plural, capital > 0.2, word, &all, &stems);
        let names = self.weigh(&self.names, plurals.name, true, word, &all, &stems);
        let (mut sum_common, mut sum_names) = (0.0, 0.0);
        let mut gains: Vec<(f32, f32)> = Vec::with_capacity(all.len());
        for (at, reading) in all.iter().enumerate() {
            text.clear();
            text.push_str(&word[..reading.stem]);
            let row = self.row(reading);
            text.push_str(row.map_or("", Row::nominative));
            let mut known = self.known(&text).abs();
            if let Some(class) = reading.class.map(|c| &self.table.classes[usize::from(c)]) {
                if class.adjective {
                    // Чёрный is a name, and so Чёрное is as likely.
                    let all = class.rows[..3].iter().map(|r| self.known(&[&word[..reading.stem], r.nominative()].concat()).abs());
                    known = all.fold(known, f32::max);
                } else if let Some((_, of_men)) = &class.men {
                    known = known.max(shares.of_men * self.known(&[&word[..reading.stem], of_men.as_str()].concat()).max(0.0));
                }
            }
            if !before.is_empty() {
                // Коста-Рика is known by all of it.
                text.insert_str(0, before);
                known = known.max(self.known(&text).abs() * shares.whole);
                text.drain(..before.len());
            }
            let mut head = self.table.heads.contains(&text)
                || self.is_compound(&text)
                || reading.class.is_none() && self.table.indeclinable.contains(&text);
            if let Some(class) = reading.class.map(|c| &self.table.classes[usize::from(c)]).filter(|c| c.adjective) {
                // The list has an adjective in the masculine: большой, and so большая.
                text.truncate(reading.stem);
                text.push_str(class.rows[0].nominative());
                head |= self.table.heads.contains(&text);
            } else if let Some(row) = row
                && row.number == Number::Plural
            {
                text.truncate(reading.stem);
                let class = &self.table.classes[usize::from(reading.class.unwrap_or(0))];
                text.push_str(class.rows[0].nominative());
                head |= self.table.heads.contains(&text);
                known = known.max(self.known(&text).abs() * shares.of_singular);
            }
            let gain_name = if known > 0.0 { 1.0 + shares.listed * known.powf(shares.listed_power) } else { 1.0 };
            let gain_common = if head { shares.head } else { 1.0 };
            // Few words have a stem without a vowel: блю, ким.
            let bare = !head && known == 0.0 && reading.stem < word.len() && !word[..reading.stem].contains(vowel);
            let (gain_name, gain_common) =
                if bare { (gain_name * shares.without_vowel, gain_common * shares.without_vowel) } else { (gain_name, gain_common) };
            gains.push((common[at] * gain_common, names[at] * gain_name));
            sum_common += common[at] * gain_common;
            sum_names += names[at] * gain_name;
        }
        // A list that knows the word says more than the ends of words.
        let (share_common, share_names) = ((1.0 - capital) * sum_common, capital * sum_names);
        let all_shares = (share_common + share_names).max(f32::MIN_POSITIVE);
        for (reading, (common, name)) in all.iter_mut().zip(gains) {
            reading.weight = ((1.0 - capital) * common + capital * name) / all_shares;
        }
        all.retain(|r| r.weight > 0.0005);
        all
    }

    /// Газпромбанк, Роспотребнадзор: ends in a noun that names of bodies are made with.
    fn is_compound(&self, word: &str) -> bool {
        let Some((first, _)) = word.char_indices().nth(3) else { return false };
        let ends = word.char_indices().rev().take(self.table.longest_tail).take_while(|(at, _)| *at >= first);
        ends.map(|(at, _)| &word[at..]).any(|end| self.table.tails.contains(end))
    }

    /// A nominative has three letters and a vowel.
    fn is_word(&self, stem: &str, class: u8, row: u8) -> bool {
        let nominative = self.table.classes[usize::from(class)].rows[usize::from(row)].nominative();
        let vowel = |c: char| self.table.vowels.has(c);
        stem.len() + nominative.len() >= 6 && (nominative.contains(vowel) || stem.contains(vowel))
    }

    #[allow(clippy::too_many_arguments)]
    fn weigh(
        &self,
        endings: &Endings,
        plural: f32,
        capital: bool,
        word: &str,
        all: &[Reading],
        stems: &[(usize, usize, Keys)],
    ) -> Vec<f32> {
        let share = |r: &Reading| -> f32 {
            let Some(class) = r.class else { return 1.0 };
            let class = &self.table.classes[usize::from(class)];
            let row = &class.rows[usize::from(r.row)];
            // An accusative without an ending of its own is left to agreement.
            let case = self.shares.case(usize::from(r.case));
            match (class.adjective, row.number) {
                (true, _) => case * self.shares.slot(usize::from(r.row)),
                (false, Number::Plural) if r.stem == word.len() && row.gender != Gender::Masculine || capital && r.case == 1 => {
                    case * plural * self.shares.plurals.without_ending
                }
                (false, Number::Plural) => case * plural,
                (false, Number::Singular) => case * (1.0 - plural),
            }
        };
        // What a reading is weighed by: its share, the end of its stem that was looked at last, and how often that was counted.
        struct Weighed<'k> {
            share: f32,
            stem: Option<&'k (usize, usize, Keys)>,
            end: usize,
            count: f32,
        }
        let counted = |r: &Reading, stem: &(usize, usize, Keys), end: usize| -> f32 {
            let keys = &stem.2.keys;
            // What was counted of shorter stems holds up to their beginning.
            let Some(key) = keys[end].or(keys.iter().rev().find_map(|k| *k)) else { return 0.0 };
            endings.get(key, r.class.unwrap_or(FIXED))
        };
        let weighed = |r: &Reading| {
            let stem = stems.iter().find(|(cut, ..)| *cut == r.stem);
            Weighed { share: share(r), stem, end: 0, count: stem.map_or(0.0, |stem| counted(r, stem, 0)) }
        };
        let (unseen, shorter) = (self.shares.stems.unseen, self.shares.stems.shorter);
        let mut of: Vec<Weighed> = all.iter().map(weighed).collect();
        let mut weights: Vec<f32> = of.iter().map(|w| (w.count + unseen) * w.share).collect();
        let sum: f32 = weights.iter().sum();
        weights.iter_mut().for_each(|w| *w /= sum.max(f32::MIN_POSITIVE));
        for window in 1..=WINDOW.min(word.len() / 2 + 1) {
            let mut sum = 0.0;
            for (r, of) in all.iter().zip(&mut of) {
                if let Some(stem) = of.stem {
                    let end = window.saturating_sub(stem.1).min(LETTERS);
                    if end != of.end {
                        (of.end, of.count) = (end, counted(r, stem, end));
                    }
                }
                sum += of.count * of.share;
            }
            let discounted = |(w, of): (&mut f32, &Weighed)| *w = (of.count * of.share + shorter * *w) / (sum + shorter);
            weights.iter_mut().zip(&of).for_each(discounted);
        }
        weights
    }

    /// What the letters after a number may be: й of 64-й.
    pub(super) fn ordinals(&self, letters: &str) -> Vec<Reading> {
        let fits = |class: &Class| class.after.text.contains(|c: char| c.is_ascii_digit());
        let all = self.by_ending.get(letters).map(Vec::as_slice).unwrap_or_default();
        let all = all.iter().filter(|(class, ..)| fits(&self.table.classes[usize::from(*class)]));
        let share = |row: u8, case: u8| self.shares.case(usize::from(case)) * self.shares.slot(usize::from(row));
        let sum: f32 = all.clone().map(|(_, row, case)| share(*row, *case)).sum();
        all.map(|&(class, row, case)| Reading { class: Some(class), row, case, stem: 0, weight: share(row, case) / sum }).collect()
    }

    /// The nominatives, of any number and gender, that a word may be a form of.
    pub(super) fn base_words(&self, word: &str, out: &mut Vec<(String, f32)>) {
        let mut cut = word.len();
        for _ in 0..=self.longest {
            let (stem, ending) = word.split_at(cut);
            let Some(last) = stem.chars().next_back() else { return };
            for &(class, row, _) in self.by_ending.get(ending).map(Vec::as_slice).unwrap_or_default() {
                let known = &self.table.classes[usize::from(class)];
                if !known.after.has(last) || !self.is_word(stem, class, row) {
                    continue;
                }
                for (at, other) in known.rows.iter().enumerate() {
                    let ending = other.nominative();
                    let here = word.len() == cut + ending.len() && word.ends_with(ending);
                    if here || out.iter().any(|(t, _)| t.len() == cut + ending.len() && t.starts_with(stem) && t.ends_with(ending)) {
                        continue;
                    }
                    out.push((
                        [stem, ending].concat(),
                        if at == usize::from(row) { self.shares.words.base } else { self.shares.words.other_base },
                    ));
                }
            }
            cut -= last.len_utf8();
        }
    }

    /// How likely a word in a name is a common noun rather than the name of somebody or something.
    pub(super) fn is_head(&self, word: &str, reading: &Reading) -> bool {
        let Some(row) = self.row(reading) else { return self.table.indeclinable.contains(word) };
        let stem = &word[..reading.stem];
        let class = &self.table.classes[usize::from(reading.class.unwrap_or(0))];
        let mut text = String::with_capacity(word.len() + 8);
        let mut has = |ending: &str| {
            text.clear();
            text.push_str(stem);
            text.push_str(ending);
            self.table.heads.contains(&text) || self.is_compound(&text)
        };
        let (own, first) = (row.nominative(), class.rows[0].nominative());
        has(own) || first != own && has(first)
    }

    pub(super) fn class(&self, reading: &Reading) -> Option<&Class> {
        reading.class.map(|c| &self.table.classes[usize::from(c)])
    }
}
