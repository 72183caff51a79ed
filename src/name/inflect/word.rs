//! The words of a Russian name, each with what it may be: case, gender and number, head, title, part of a person's name.

use super::model::{Model, Reading};
use super::shares::SLOTS;
use super::table::{CASES, Row};
use super::{Gender, Kind, Number};
use crate::name::dots::without_dots;
use crate::text::is_alphanumeric;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

/// A word of the name with what it may be.
pub(super) struct Word {
    pub(super) range: Range<usize>,
    /// In small letters, ё as е; of a word with hyphens only the part that changes.
    pub(super) folded: String,
    /// Where that part begins in the text.
    pub(super) part: usize,
    pub(super) readings: Vec<Reading>,
    /// Parts before a hyphen that change with it: of Эвой in Эвой-Марией.
    fore: Vec<Fore>,
    /// Share of what does not change.
    pub(super) fixed: f32,
    upper: bool,
    pub(super) capital: bool,
    /// A comma, quotation mark or bracket stands before it.
    pub(super) after_mark: bool,
    pub(super) preposition: bool,
    pub(super) initial: bool,
    /// How likely it is the name of a person.
    pub(super) person: f32,
    pub(super) head: bool,
    /// A word like президент, which agrees with the name of a person after it.
    pub(super) title: bool,
    /// A reading of it is the name of somebody: Роман.
    pub(super) named: bool,
    pub(super) adjective: [[Option<(f32, usize)>; CASES]; SLOTS],
    pub(super) noun: [[Option<(f32, usize)>; CASES]; SLOTS],
    /// A reading of it is a patronymic.
    pub(super) patronymic: bool,
    /// An adjective that is listed as a noun: сборная.
    pub(super) substantive: [bool; SLOTS],
    /// The singulars of nouns in the plural: of морей in Азовского морей.
    pub(super) one_of_several: [[Option<(f32, usize)>; CASES]; SLOTS],
}

fn slot_of(row: &Row) -> usize {
    match (row.number, row.gender) {
        (Number::Plural, _) => 3,
        (_, Gender::Masculine) => 0,
        (_, Gender::Feminine) => 1,
        (_, Gender::Neuter) => 2,
    }
}

/// A case form before a hyphen.
struct Fore {
    /// Index into [`super::Case::RUSSIAN`].
    case: u8,
    weight: f32,
    /// The ending in the text, and that of the nominative.
    ending: Range<usize>,
    nominative: String,
}

/// Without the dots that are often left out.
fn in_small_letters(text: &str) -> String {
    let small = text.to_lowercase();
    match without_dots(&small) {
        Cow::Owned(plain) => plain,
        Cow::Borrowed(_) => small,
    }
}

fn is_letter(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// One letter, in capitals.
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Whether the word before or behind is one capital: М С Горбачев.
fn stands_by_capital(text: &str, word: &Range<usize>) -> bool {
    let before = text[..word.start].split_whitespace().next_back().unwrap_or_default();
    let behind = text[word.end..].split_whitespace().next().unwrap_or_default();
    is_capital(before.trim_end_matches('.')) || is_capital(behind.trim_end_matches('.'))
}

/// A text, what bears it, and its words.
type Read = (String, Option<Kind>, Rc<Vec<Word>>);

/// How many texts are kept.
const KEPT: usize = 4;

thread_local! {
    /// The words of the texts read last, the newest at the end, of the one model there is: whose nominatives are asked for, its forms are next.
    static READ: RefCell<VecDeque<Read>> = RefCell::default();
}

/// Words and the marks between them.
pub(super) fn words(model: &Model, text: &str, kind: Option<Kind>) -> Rc<Vec<Word>> {
    READ.with_borrow_mut(|read| {
        if let Some((.., words)) = read.iter().find(|(known, of, _)| *of == kind && known == text) {
            return words.clone();
        }
        let words = Rc::new(cut(model, text, kind));
        if read.len() == KEPT {
            read.pop_front();
        }
        read.push_back((text.to_owned(), kind, words.clone()));
        words
    })
}

fn cut(model: &Model, text: &str, kind: Option<Kind>) -> Vec<Word> {
    // Words are large; most names have so many.
    let mut all = Vec::with_capacity(3);
    let mut mark = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_alphanumeric(c) {
            mark |= !c.is_whitespace() && !is_dash(c) && !matches!(c, '.' | '’' | '\'' | '№');
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if !is_alphanumeric(c) && !is_dash(c) && !matches!(c, '’' | '\'' | '+' | '_' | '&') {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        // лента.ру is one word, initials are not.
        while text[start..end].chars().nth(1).is_some() && text[end..].starts_with('.') {
            let more = text[end + 1..].find(|c: char| !is_alphanumeric(c)).unwrap_or(text.len() - end - 1);
            if more < 2 {
                break;
            }
            end += 1 + more;
            while chars.next_if(|(at, _)| *at < end).is_some() {}
        }
        let end = start + text[start..end].trim_end_matches(|c: char| !is_alphanumeric(c)).len();
        all.push(word(model, text, start..end, mark, kind));
        mark = false;
    }
    all
}

fn word(model: &Model, text: &str, range: Range<usize>, after_mark: bool, kind: Option<Kind>) -> Word {
    let whole = &text[range.clone()];
    let folded = in_small_letters(whole);
    let is_preposition = model.table.prepositions.contains(&folded);
    let initial = is_capital(whole)
        && (text[range.end..].starts_with('.') || whole.chars().all(is_letter) && (!is_preposition || stands_by_capital(text, &range)));
    let preposition = !initial && is_preposition;
    // The last part of a word with hyphens changes; the first when a preposition follows: Ростов-на-Дону.
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut from = range.start;
    for (at, c) in whole.char_indices().filter(|(_, c)| is_dash(*c)) {
        parts.push(from..range.start + at);
        from = range.start + at + c.len_utf8();
    }
    parts.push(from..range.end);
    let small = |r: &Range<usize>| in_small_letters(&text[r.clone()]);
    let part = match parts.get(1) {
        Some(second) if parts.len() > 2 && model.table.prepositions.contains(&small(second)) => parts[0].clone(),
        // Поток-2 changes before the number.
        _ => parts.iter().rev().find(|r| !text[(*r).clone()].chars().all(|c| c.is_ascii_digit())).unwrap_or(&range).clone(),
    };
    // ЭпиВакКорона changes like its last part.
    let inner = text[part.clone()].char_indices().skip(3).filter(|(_, c)| c.is_uppercase()).last();
    let part = match inner {
        Some((at, _)) if text[part.start + at..part.end].chars().skip(1).all(char::is_lowercase) && part.len() - at >= 8 => {
            part.start + at..part.end
        }
        _ => part,
    };
    let of_part = &text[part.clone()];
    let letters = of_part.chars().count();
    let upper = letters > 1 && !of_part.chars().any(char::is_lowercase);
    // уль-Малук begins with a capital.
    let particle = text[range.start..part.start].trim_end_matches(is_dash);
    let is_particle = !particle.is_empty() && model.table.particles.contains(&in_small_letters(particle));
    let capital = if is_particle { of_part } else { whole }.chars().next().is_some_and(char::is_uppercase);
    let mut word = Word {
        folded: small(&part),
        part: part.start,
        readings: Vec::new(),
        fore: Vec::new(),
        fixed: 1.0,
        upper,
        capital,
        after_mark,
        preposition,
        initial,
        person: 0.0,
        head: false,
        title: false,
        named: false,
        patronymic: false,
        adjective: [[None; CASES]; SLOTS],
        noun: [[None; CASES]; SLOTS],
        substantive: [false; SLOTS],
        one_of_several: [[None; CASES]; SLOTS],
        range: range.start..part.end.max(range.start),
    };
    let number = &text[range.start..part.start].trim_end_matches(is_dash);
    if part.start > range.start && number.chars().all(|c| c.is_ascii_digit()) && !number.is_empty() {
        word.readings = model.ordinals(&word.folded);
        if !word.readings.is_empty() {
            word.sort_readings(model);
            return word;
        }
    }
    let known = model.known(&word.folded);
    let shouted = known > 0.0 && !text.chars().any(char::is_lowercase);
    let abbreviation = upper && letters <= 5 && !shouted || letters == 1;
    if let Some(slot) = model.table.abbreviations.get(&word.folded).filter(|_| upper && !shouted) {
        word.readings.push(Reading { class: None, row: 0, case: 0, stem: word.folded.len(), weight: 1.0 });
        word.noun[*slot] = model.shares.cases.map(|share| Some((share, 0)));
        return word;
    }
    if !of_part.chars().all(is_letter) || preposition || abbreviation || model.table.particles.contains(&word.folded) {
        return word;
    }
    if let Some(stem) = abbreviation_stem(model, of_part) {
        word.inflected_abbreviation(model, stem);
        return word;
    }
    let share = match kind {
        Some(Kind::Person) if capital => model.shares.words.capital_of_person,
        _ if capital => model.shares.words.capital,
        _ => model.shares.words.small,
    };
    let before = in_small_letters(&text[range.start..word.part]);
    word.readings = model.readings(&before, &word.folded, share);
    word.sort_readings(model);
    if part.end == range.end {
        for before in parts.iter().filter(|p| p.end < part.start) {
            word.add_fore(model, before.clone(), &small(before), share);
        }
    }
    word
}

/// МИДа: the capitals before a short ending.
fn abbreviation_stem(model: &Model, word: &str) -> Option<usize> {
    let capitals: usize = word.chars().take_while(|c| c.is_uppercase()).map(char::len_utf8).sum();
    let rest = &word[capitals..];
    (capitals >= 4 && model.table.abbreviation_endings.contains(rest)).then_some(capitals)
}

impl Word {
    fn inflected_abbreviation(&mut self, model: &Model, stem: usize) {
        let still = model.shares.words.still_abbreviation;
        self.fixed = still as f32;
        self.upper = true;
        self.readings.push(Reading { class: None, row: 0, case: 1, stem, weight: (1.0 - still) as f32 });
        for case in 1..CASES {
            self.noun[0][case] = Some((((1.0 - still) / (CASES - 1) as f64) as f32, 0));
        }
    }

    /// A part before a hyphen that is a case form of a listed name or noun, and none itself, changes with the word.
    fn add_fore(&mut self, model: &Model, part: Range<usize>, folded: &str, capital: f32) {
        if !folded.chars().all(is_letter) {
            return;
        }
        let listed = |word: &str| if model.table.heads.contains(word) { f32::INFINITY } else { model.known(word).abs() };
        for reading in model.readings("", folded, capital) {
            let Some(row) = model.row(&reading).filter(|row| reading.case > 0 && row.number == Number::Singular) else { continue };
            let nominative = row.nominative().to_owned();
            if listed(&[&folded[..reading.stem], &nominative].concat()) > listed(folded) {
                self.fore.push(Fore {
                    case: reading.case,
                    weight: reading.weight,
                    ending: part.start + reading.stem..part.end,
                    nominative,
                });
            }
        }
        // What does not change stands in its case: Азию-Биби.
        for fore in &self.fore {
            let at = self.readings.len();
            let weight = self.fixed * fore.weight;
            self.readings.push(Reading { class: None, row: 0, case: fore.case, stem: self.folded.len(), weight });
            for slot in 0..2 {
                let cell = &mut self.noun[slot][usize::from(fore.case)];
                if cell.is_none_or(|(w, _)| w < weight) {
                    *cell = Some((weight, at));
                }
            }
        }
        if !self.fore.is_empty() {
            self.fixed *= model.shares.words.beside_changed;
        }
    }

    fn sort_readings(&mut self, model: &Model) {
        self.fixed = 0.0;
        let (mut person, mut all) = (0.0, f32::MIN_POSITIVE);
        let mut nominative = String::with_capacity(self.folded.len() + 8);
        for (at, reading) in self.readings.iter().enumerate() {
            let (Some(class), Some(row)) = (model.class(reading), model.row(reading)) else {
                self.fixed += reading.weight;
                continue;
            };
            nominative.clear();
            nominative.push_str(&self.folded[..reading.stem]);
            nominative.push_str(row.nominative());
            // Кузьма is declined as women are.
            let of_men = row.gender == Gender::Feminine && self.capital && model.gender(&nominative) == Some(Gender::Masculine);
            let slot = if of_men && row.number == Number::Singular { 0 } else { slot_of(row) };
            let cell = &mut if class.adjective { &mut self.adjective } else { &mut self.noun }[slot][usize::from(reading.case)];
            // Of several classes with the same case the likeliest is kept, with the weight of all.
            *cell = match *cell {
                None => Some((reading.weight, at)),
                Some((w, best)) if self.readings[best].weight >= reading.weight => Some((w + reading.weight, best)),
                Some((w, _)) => Some((w + reading.weight, at)),
            };
            let is_told = reading.weight > model.shares.words.told;
            let head = model.is_head(&self.folded, reading);
            self.head |= head && is_told;
            all += reading.weight;
            // The list has adjectives in the masculine, and other forms only of what is a noun.
            self.substantive[slot_of(row)] |= class.adjective && slot_of(row) > 0 && model.table.heads.contains(&nominative);
            let known = model.known(&nominative);
            self.named |= is_told && self.capital && known > 0.0;
            self.patronymic |= is_told && self.capital && model.persons.is_patronymic(&nominative);
            self.title |= is_told && model.table.titles.contains(&nominative);
            if !head {
                person += reading.weight
                    * if known > 0.0 {
                        1.0
                    } else if known == 0.0 && class.surname {
                        model.shares.persons.surname
                    } else {
                        0.0
                    };
            }
        }
        // Nouns that do not change are in every case.
        if let Some(at) = self.readings.iter().position(|r| r.class.is_none() && model.table.indeclinable.contains(&self.folded)) {
            let weight = self.readings[at].weight;
            self.noun[2] = std::array::from_fn(|case| Some((weight * model.shares.case(case), at)));
        }
        for case in 1..CASES {
            let Some((weight, at)) = self.noun[3][case] else { continue };
            let reading = Reading { row: 0, ..self.readings[at] };
            if let Some(row) = model.row(&reading) {
                self.one_of_several[slot_of(row)][case] = Some((weight, self.readings.len()));
                self.readings.push(reading);
            }
        }
        let known = self.folded.as_str();
        if self.fixed > 0.3 && model.known(known) > 0.0 {
            person = person.max(self.fixed);
        }
        let persons = &model.shares.persons;
        self.person = match () {
            () if !self.capital => persons.small,
            () if self.head && !self.named => persons.head,
            () => (person / (all + self.fixed)).clamp(persons.least, persons.most.max(persons.least)),
        };
        // An accusative without an ending of its own.
        for table in [&mut self.adjective, &mut self.noun] {
            for slot in [0, 2, 3] {
                for like in [0, 1] {
                    if slot == 2 && like == 1 {
                        continue;
                    }
                    if let Some((weight, at)) = table[slot][like] {
                        let weight = weight * model.shares.case(3) / model.shares.case(like) * model.shares.words.accusative;
                        if table[slot][3].is_none_or(|(w, _)| w < weight) {
                            table[slot][3] = Some((weight, at));
                        }
                    }
                }
            }
        }
    }

    /// As a head or part of a person's name: nouns, and adjectives that stand for nouns.
    pub(super) fn as_noun(&self, slot: usize, case: usize, adjectives: f32) -> Option<(f32, usize)> {
        let noun = self.noun[slot][case];
        let adjectives = if self.substantive[slot] { 1.0 } else { adjectives };
        let adjective = self.adjective[slot][case].map(|(w, at)| (w * adjectives, at));
        match (noun, adjective) {
            (Some(n), Some(a)) => Some(if n.0 >= a.0 { n } else { a }),
            (n, a) => n.or(a),
        }
    }

    /// Share of readings as an adjective.
    pub(super) fn adjective_share(&self) -> f32 {
        self.adjective.iter().flatten().flatten().map(|(w, _)| w).sum()
    }

    pub(super) fn ends_in_consonant(&self, model: &Model) -> bool {
        self.folded.chars().next_back().is_some_and(|c| !model.table.vowels.has(c))
    }

    /// Share of readings in the genitive.
    pub(super) fn genitive(&self) -> f32 {
        (0..SLOTS).flat_map(|s| [self.noun[s][1], self.adjective[s][1]]).flatten().map(|(w, _)| w).sum()
    }

    /// An ending in capitals where the word is.
    pub(super) fn in_its_letters(&self, ending: &str) -> String {
        if self.upper { ending.to_uppercase() } else { ending.to_owned() }
    }

    /// Puts the word into the nominative of a reading.
    pub(super) fn change(&self, model: &Model, at: usize, changes: &mut Vec<(Range<usize>, String)>) {
        let reading = &self.readings[at];
        if let Some(fore) = self.fore.iter().filter(|f| f.case == reading.case).max_by(|a, b| a.weight.total_cmp(&b.weight)) {
            changes.push((fore.ending.clone(), self.in_its_letters(&fore.nominative)));
        }
        let ending = model.row(reading).map_or("", |r| r.nominative());
        let stem_end = self.part + reading.stem;
        let end = self.part + self.folded.len();
        if self.folded[reading.stem..] != *ending {
            changes.push((stem_end..end, self.in_its_letters(ending)));
        }
    }
}
