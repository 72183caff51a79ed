//! What is known of Russian words, counted from the tables: endings of words and of names, listed names.

use super::counts::{Endings, FIXED, code};
use super::model::Model;
use super::table::{Class, Persons, Row, Table};
use crate::builtin::WORDS;
use crate::name::dots::without_dots;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::LazyCell;

/// How much a word of a list of a class counts.
const LISTED: f32 = 20.0;
/// How much an adjective of the list of heads counts.
const ADJECTIVE_HEAD: f32 = 5.0;
/// About as long a line of a list of names is, in bytes.
const BYTES_A_NAME: usize = 16;
/// How often a place counts that is listed once.
const PLACE: f32 = 5.0;
const RARE: f32 = 20.0;
const WOMEN: f32 = 0.7;

/// The classes and rows of names by the last letter.
type NameEndings = FxHashMap<char, Vec<(u8, u8)>>;

impl Model {
    pub(super) fn new(table: Table, persons: Persons) -> Model {
        let mut by_ending: FxHashMap<String, Vec<(u8, u8, u8)>> = FxHashMap::default();
        for (c, class) in table.classes.iter().enumerate() {
            for (r, row) in class.rows.iter().enumerate() {
                for (case, ending) in row.endings.iter().enumerate() {
                    let Some(ending) = ending else { continue };
                    by_ending.entry(ending.clone()).or_default().push((c as u8, r as u8, case as u8));
                }
            }
        }
        let longest = by_ending.keys().map(|e| e.chars().count()).max().unwrap_or(0);
        let mut model = Model {
            table,
            persons,
            by_ending,
            longest,
            common: Endings::default(),
            names: Endings::default(),
            known: FxHashMap::default(),
        };
        model.read_endings(include_str!("../../../tables/inflection/rus-endings.tsv"));
        let endings = model.name_endings();
        let people = WORDS.iter().find(|w| w.stem == "rus").map_or("", |w| w.text);
        model.read_names(people, 1.0, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-people.tsv"), 1.0, &endings);
        let kazakh = WORDS.iter().find(|w| w.stem == "kaz").map_or("", |w| w.text);
        model.read_names(kazakh, -1.0, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-places.tsv"), -1.0, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-others.tsv"), -1.0, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-names.tsv"), 1.0, &endings);
        model
    }

    fn read_endings(&mut self, text: &str) {
        let ids: FxHashMap<&str, u8> = self.table.classes.iter().enumerate().map(|(i, c)| (c.id.as_str(), i as u8)).collect();
        for (stem, counts) in rows(text) {
            let key = stem.chars().rev().fold(0, |key, c| key << 6 | code(c));
            for item in counts.split_whitespace() {
                let (id, count) = item.split_once(':').unwrap_or((item, "1"));
                if let Some(class) = ids.get(id) {
                    self.common.add(key, *class, count.parse().unwrap_or(1.0));
                }
            }
        }
        for word in &self.table.indeclinable {
            self.common.count(word, FIXED, 1.0);
        }
        for (class, known) in self.table.classes.iter().enumerate() {
            for stem in known.words.iter().filter_map(|word| word.strip_suffix(known.rows[0].nominative())) {
                self.common.count(stem, class as u8, LISTED);
                self.names.count(stem, class as u8, LISTED);
            }
        }
        // Adjectives among the heads are ordinals and the like, which no dictionary counts: третий, большой.
        for (class, known) in self.table.classes.iter().enumerate().filter(|(_, c)| c.adjective) {
            let nominative = known.rows[0].nominative();
            for stem in self.table.heads.iter().filter_map(|head| head.strip_suffix(nominative)) {
                if stem.chars().next_back().is_some_and(|c| known.after.contains(c)) {
                    self.common.count(stem, class as u8, ADJECTIVE_HEAD);
                }
            }
        }
    }

    /// Names are put into the class that their ending says.
    fn read_names(&mut self, text: &'static str, sign: f32, endings: &NameEndings) {
        self.known.reserve(text.len() / BYTES_A_NAME);
        for (word, count) in rows(text) {
            // A place is listed for what it is, a person for how often.
            let count: f32 = count.parse().unwrap_or(1.0) + if sign < 0.0 { PLACE } else { 0.0 };
            let word = without_dots(word);
            // Words with letters of Kazakh do not stand in Russian.
            if word.chars().count() < 2 || !word.chars().all(|c| matches!(c, 'а'..='я' | '-' | '\'' | '’')) {
                continue;
            }
            let last = word.rsplit('-').next().unwrap_or(&word);
            if word.len() != last.len() {
                self.known.entry(Cow::Owned(last.to_owned())).or_insert(0.5 * sign);
            }
            let known = self.known.entry(word.clone()).or_insert(0.0);
            if count > known.abs() {
                // The dictionary has names of places among those of people: Россия.
                *known = if sign > 0.0 { count.copysign(*known) } else { -count };
            }
            // A name that nobody listed is more like the rare ones than like the frequent ones.
            let weight = (RARE / count).min(1.0);
            let fixed = sign > 0.0 && ends(last, &self.table.names.fixed);
            match self.name_class(last, endings).filter(|_| !fixed) {
                Some((class, stem)) => {
                    self.names.count(&last[..stem], class, weight);
                    // What is not listed as masculine is mostly feminine.
                    if self.table.classes[usize::from(class)].id == "m-soft"
                        && !ends(last, &self.table.names.masculine)
                        && let Some(soft) = self.table.classes.iter().position(|c| c.id == "f-soft")
                    {
                        self.names.count(&last[..stem], soft as u8, weight);
                    }
                    // Every surname of men in -ов, -ин has its form for women.
                    let of_women = |c: &Class| c.men.as_ref().is_some_and(|(men, _)| *men == usize::from(class));
                    if let Some(class) = self.table.classes.iter().position(of_women) {
                        self.names.count(&last[..stem], class as u8, weight * WOMEN);
                    }
                }
                None => self.names.count(last, FIXED, weight),
            }
        }
    }

    /// The classes and rows that names may be of, by the last letter.
    fn name_endings(&self) -> NameEndings {
        let named = |class: &Class| !(class.id.ends_with("-om") || class.id == "m-nin") && class.words.is_empty();
        let mut endings = NameEndings::default();
        for last in ('а'..='я').chain(['-', '\'', '’']) {
            for (at, class) in self.table.classes.iter().enumerate().filter(|(_, class)| named(class)) {
                let rows = class.rows.iter().take(if class.adjective { 3 } else { 1 }).enumerate();
                let fits = rows.filter(|(_, row)| row.nominative().is_empty() || row.nominative().ends_with(last));
                endings.entry(last).or_default().extend(fits.map(|(row, _)| (at as u8, row as u8)));
            }
        }
        endings
    }

    /// The class of a name by its ending, and the length of its stem.
    fn name_class(&self, word: &str, endings: &NameEndings) -> Option<(u8, usize)> {
        let fits = |c: &Class, row: &Row| {
            let stem = word.strip_suffix(row.nominative())?;
            stem.chars().next_back().filter(|l| c.after.contains(*l))?;
            (stem.chars().count() > 1 || !c.adjective).then_some(stem.len())
        };
        let adjective = LazyCell::new(|| ends(word, &self.table.names.adjectives));
        let surname = LazyCell::new(|| word.chars().count() > 4 && ends(word, &self.table.names.surnames));
        // The longest ending wins: -ия over -я.
        let mut best: Option<(usize, u8, usize)> = None;
        for &(at, row) in endings.get(&word.chars().next_back()?)? {
            let class = &self.table.classes[usize::from(at)];
            if class.adjective && !*adjective || class.surname && !*surname {
                continue;
            }
            let row = &class.rows[usize::from(row)];
            let length = row.nominative().len() + usize::from(class.surname || class.adjective) * 8;
            if best.is_none_or(|(l, ..)| length > l)
                && let Some(stem) = fits(class, row)
            {
                best = Some((length, at, stem));
            }
        }
        best.map(|(_, class, stem)| (class, stem))
    }
}

fn ends(word: &str, all: &[String]) -> bool {
    all.iter().any(|end| word.ends_with(end.as_str()))
}

fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}
