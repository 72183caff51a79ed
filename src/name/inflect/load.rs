//! What is known of Russian words, counted from the tables: endings of words and of names, listed names.

use super::Gender;
use super::counts::{Endings, FIXED, code};
use super::model::Model;
use super::shares::Shares;
use super::table::{Class, Persons, Row, Table};
use crate::builtin::WORDS;
use crate::name::dots::without_dots;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::cell::LazyCell;
use std::cmp::Reverse;

/// About as long a line of a list of names is, in bytes.
const BYTES_A_NAME: usize = 16;

/// The tables of parts whose Russian words are heads of names, and adjectives before them.
const PARTS: [&str; 3] = [
    include_str!("../../../tables/parts/heads.tsv"),
    include_str!("../../../tables/parts/places.tsv"),
    include_str!("../../../tables/parts/qualities.tsv"),
];

/// Whose names a list has.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    People,
    Places,
    /// Of people where another list says so, or their ending; else of places.
    Both,
}

/// What names are put into classes by.
struct NameEndings {
    /// The endings of nominatives by the last letter, those that go before others first.
    by_last: FxHashMap<char, Vec<NameEnding>>,
    /// The classes of masculine and of feminine names in a soft consonant.
    soft: Option<(u8, u8)>,
    /// For each class of surnames of men that of those of women.
    women: Vec<Option<u8>>,
}

/// The ending that the nominatives of a class have.
struct NameEnding {
    class: u8,
    text: String,
    /// The letters a stem may end in, a bit each: see [`bit`].
    after: u64,
    adjective: bool,
    surname: bool,
}

/// The bit of a letter that names in small letters may have, and one of all others.
fn bit(c: char) -> u64 {
    match c {
        'а'..='я' => 1 << (c as u32 - 'а' as u32),
        '-' => 1 << 32,
        '\'' => 1 << 33,
        '’' => 1 << 34,
        _ => 1 << 63,
    }
}

impl Model {
    pub(super) fn new(mut table: Table, persons: Persons, shares: Shares) -> Model {
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
        for text in PARTS {
            read_heads(text, &mut table.heads);
        }
        let mut model = Model {
            table,
            persons,
            shares,
            by_ending,
            longest,
            common: Endings::default(),
            names: Endings::default(),
            known: FxHashMap::default(),
            given: FxHashMap::default(),
        };
        model.read_endings(include_str!("../../../tables/inflection/rus-endings.tsv"));
        let endings = model.name_endings();
        let people = WORDS.iter().find(|w| w.stem == "rus").map_or("", |w| w.text);
        model.read_names(people, Of::People, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-people.tsv"), Of::People, &endings);
        model.read_given(include_str!("../../../tables/parts/given.tsv"), &endings);
        let kazakh = WORDS.iter().find(|w| w.stem == "kaz").map_or("", |w| w.text);
        model.read_names(kazakh, Of::Both, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-places.tsv"), Of::Places, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-others.tsv"), Of::Places, &endings);
        model.read_names(include_str!("../../../tables/inflection/rus-names.tsv"), Of::People, &endings);
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
                self.common.count(stem, class as u8, self.shares.stems.listed);
                self.names.count(stem, class as u8, self.shares.stems.listed);
            }
        }
        // Adjectives among the heads are ordinals and the like, which no dictionary counts: третий, большой.
        for (class, known) in self.table.classes.iter().enumerate().filter(|(_, c)| c.adjective) {
            let nominative = known.rows[0].nominative();
            for stem in self.table.heads.iter().filter_map(|head| head.strip_suffix(nominative)) {
                if stem.chars().next_back().is_some_and(|c| known.after.has(c)) {
                    self.common.count(stem, class as u8, self.shares.stems.adjective_head);
                }
            }
        }
    }

    /// Given names with the gender of their bearers, those with letters of Kazakh as Russian writes them.
    fn read_given(&mut self, text: &str, endings: &NameEndings) {
        self.given.extend(self.persons.men.iter().map(|name| (name.clone(), Gender::Masculine)));
        for (gender, names) in rows(text) {
            let gender = match gender {
                "m" => Some(Gender::Masculine),
                "f" => Some(Gender::Feminine),
                _ => None,
            };
            // The source stands last.
            let cells = names.rsplit_once('\t').map_or("", |(names, _)| names);
            for name in cells.split(['\t', ',']).map(str::trim).filter(|name| name.chars().nth(2).is_some()) {
                let russian = |c: char| {
                    self.table.names.kazakh.iter().find_map(|pair| pair.strip_prefix(c)).map_or_else(|| c.to_string(), str::to_owned)
                };
                let name: String = without_dots(name).chars().map(russian).collect();
                if let Some(gender) = gender {
                    self.given.entry(name.clone()).or_insert(gender);
                }
                self.add_name(Cow::Owned(name), self.shares.stems.given, Of::People, endings);
            }
        }
    }

    fn read_names(&mut self, text: &'static str, of: Of, endings: &NameEndings) {
        self.known.reserve(text.len() / BYTES_A_NAME);
        for (word, count) in rows(text) {
            self.add_name(without_dots(word), count.parse().unwrap_or(1.0), of, endings);
        }
    }

    /// A name is put into the class that its ending says.
    fn add_name(&mut self, word: Cow<'static, str>, count: f32, of: Of, endings: &NameEndings) {
        let stems = &self.shares.stems;
        // Words with letters of Kazakh do not stand in Russian.
        if word.chars().count() < 2 || !word.chars().all(|c| matches!(c, 'а'..='я' | '-' | '\'' | '’')) {
            return;
        }
        let last = word.rsplit('-').next().unwrap_or(&word);
        let class = self.name_class(last, endings);
        let is_surname = || class.is_some_and(|(class, _)| self.table.classes[usize::from(class)].surname);
        let is_of_people = match of {
            Of::People => true,
            Of::Places => false,
            Of::Both => self.known.get(&word).map_or_else(is_surname, |known| *known > 0.0),
        };
        let sign = if is_of_people { 1.0 } else { -1.0 };
        // A place is listed for what it is, a person for how often.
        let count = count + if is_of_people { 0.0 } else { stems.place };
        if word.len() != last.len() {
            self.known.entry(Cow::Owned(last.to_owned())).or_insert(stems.last_part * sign);
        }
        let known = self.known.entry(word.clone()).or_insert(0.0);
        if count > known.abs() {
            // The dictionary has names of places among those of people: Россия.
            *known = if is_of_people { count.copysign(*known) } else { -count };
        }
        // A name that nobody listed is more like the rare ones than like the frequent ones.
        let weight = (stems.rare / count).min(1.0);
        let fixed = is_of_people && ends(last, &self.table.names.fixed);
        match class.filter(|_| !fixed) {
            Some((class, stem)) => {
                self.names.count(&last[..stem], class, weight);
                // What is not listed as masculine is mostly feminine.
                if let Some((masculine, feminine)) = endings.soft
                    && class == masculine
                    && !ends(last, &self.table.names.masculine)
                {
                    self.names.count(&last[..stem], feminine, weight);
                }
                // Every surname of men in -ов, -ин has its form for women.
                if let Some(class) = endings.women[usize::from(class)] {
                    self.names.count(&last[..stem], class, weight * stems.women);
                }
            }
            None => self.names.count(last, FIXED, weight),
        }
    }

    /// The classes that names may be of.
    fn name_endings(&self) -> NameEndings {
        let named = |class: &Class| class.names && class.words.is_empty();
        let mut by_last: FxHashMap<char, Vec<NameEnding>> = FxHashMap::default();
        for last in ('а'..='я').chain(['-', '\'', '’']) {
            let fitting = by_last.entry(last).or_default();
            for (at, class) in self.table.classes.iter().enumerate().filter(|(_, class)| named(class)) {
                let rows = class.rows.iter().take(if class.adjective { 3 } else { 1 });
                let fits = rows.map(Row::nominative).filter(|text| text.is_empty() || text.ends_with(last));
                fitting.extend(fits.map(|text| NameEnding {
                    class: at as u8,
                    text: text.to_owned(),
                    after: class.after.text.chars().fold(0, |bits, c| bits | bit(c)),
                    adjective: class.adjective,
                    surname: class.surname,
                }));
            }
            // The longest ending wins: -ия over -я.
            fitting.sort_by_key(|ending| Reverse(ending.text.len() + usize::from(ending.surname || ending.adjective) * 8));
        }
        let of_men = |men: usize| self.table.classes.iter().position(|c| c.men.as_ref().is_some_and(|(own, _)| *own == men));
        let women = (0..self.table.classes.len()).map(|men| of_men(men).map(|at| at as u8)).collect();
        let soft = self.table.classes.iter().enumerate().find_map(|(at, class)| Some((at as u8, class.feminine? as u8)));
        NameEndings { by_last, soft, women }
    }

    /// The class of a name by its ending, and the length of its stem.
    fn name_class(&self, word: &str, endings: &NameEndings) -> Option<(u8, usize)> {
        let adjective = LazyCell::new(|| ends(word, &self.table.names.adjectives));
        let surname = LazyCell::new(|| word.chars().count() > 4 && ends(word, &self.table.names.surnames));
        let stem = |ending: &NameEnding| {
            let stem = word.strip_suffix(ending.text.as_str())?;
            stem.chars().next_back().filter(|last| ending.after & bit(*last) != 0)?;
            (stem.chars().nth(1).is_some() || !ending.adjective).then_some(stem.len())
        };
        let fitting = endings.by_last.get(&word.chars().next_back()?)?;
        fitting.iter().find_map(|ending| {
            let stem = stem(ending)?;
            ((!ending.adjective || *adjective) && (!ending.surname || *surname)).then_some((ending.class, stem))
        })
    }
}

/// The shortest word of a table of parts that is no abbreviation.
const SHORTEST_HEAD: usize = 4;

/// The Russian words of a table of parts that are no phrases.
fn read_heads(text: &str, heads: &mut FxHashSet<String>) {
    for (_, cells) in rows(text) {
        let words = cells.split('\t').nth(1).unwrap_or_default().split(',').map(str::trim);
        let is_word = |word: &&str| word.chars().all(|c| matches!(c, 'а'..='я' | 'ё')) && word.chars().count() >= SHORTEST_HEAD;
        heads.extend(words.filter(is_word).map(|word| without_dots(word).into_owned()));
    }
}

fn ends(word: &str, all: &[String]) -> bool {
    // The last byte tells most apart.
    let last = word.as_bytes().last();
    all.iter().any(|end| end.as_bytes().last() == last && word.ends_with(end.as_str()))
}

fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}
