//! The case forms of a Russian name: the head with its adjectives, or all parts of a person's name.

use super::eastern::{change, is_eastern};
use super::model::{Model, model};
use super::russian::{group, has_comma_order, looks_like_person};
use super::table::PersonRule;
use super::word::{Word, words};
use super::{Case, Form, Gender, Kind, Number};
use crate::name::dots::without_dots;

pub(super) fn forms(name: &str, kind: Option<Kind>) -> Vec<Form> {
    let model = model();
    let words = words(model, name, kind);
    let person = match kind {
        Some(Kind::Person) => true,
        Some(Kind::Other) => false,
        None => is_eastern(model, &words) || looks_like_person(&words),
    };
    if person { of_person(model, name, &words) } else { of_head(model, name, &words, kind) }
}

fn of_head(model: &Model, name: &str, words: &[Word], kind: Option<Kind>) -> Vec<Form> {
    let (group, number) = group(model, words);
    let form = |case: Case| {
        let mut text = String::with_capacity(name.len() + 12);
        let mut at = 0;
        for (word, reading) in &group {
            let reading = &word.readings[*reading];
            let Some(row) = model.row(reading) else { continue };
            let mut ending = row.ending(case, false);
            let mut stem = reading.stem;
            // Of surnames in -ов, -ин the instrumental has -ым, of places -ом: Курмановым, Ростовом.
            let surname = model.class(reading).is_some_and(|c| c.surname && c.men.is_none());
            if surname && (kind == Some(Kind::Other) || model.known(&word.folded) < 0.0) {
                stem = word.folded.len();
                ending = model.table.classes.first().map_or("", |c| c.rows[0].ending(case, false));
            }
            text.push_str(&name[at..word.part + stem]);
            text.push_str(&word.in_its_letters(ending));
            at = word.part + word.folded.len();
        }
        text.push_str(&name[at..]);
        Form { case, number, text: if case == Case::Nominative { name.to_owned() } else { text } }
    };
    Case::RUSSIAN.into_iter().map(form).collect()
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Given,
    Patronymic,
    Surname,
}

fn of_person(model: &Model, name: &str, words: &[Word]) -> Vec<Form> {
    let mut changes = Vec::new();
    let is_eastern = is_eastern(model, words);
    if is_eastern {
        changes.extend(words.last().and_then(|last| Some((last, change(model, last)?))));
    }
    let parts = parts(model, name, words);
    let gender = gender(model, words, &parts);
    for (word, part) in words.iter().zip(&parts).filter(|_| !is_eastern) {
        // Initials, particles and words of other scripts stay.
        if word.readings.is_empty() {
            continue;
        }
        let rules = match part {
            Part::Given => &model.persons.given,
            Part::Patronymic => &model.persons.patronymic,
            Part::Surname => &model.persons.surname,
        };
        if let Some(rule) = rule(model, rules, &word.folded, gender) {
            changes.push((word, rule));
        }
    }
    let form = |(number_of_case, case): (usize, Case)| {
        let mut text = String::with_capacity(name.len() + 12);
        let mut at = 0;
        for (word, changes) in &changes {
            let Some((cut, add)) = number_of_case.checked_sub(1).map(|n| &changes[n]) else { continue };
            let kept: usize = word.folded.chars().rev().take(*cut).map(char::len_utf8).sum();
            text.push_str(&name[at..word.part + word.folded.len() - kept]);
            text.push_str(&word.in_its_letters(add));
            at = word.part + word.folded.len();
        }
        text.push_str(&name[at..]);
        Form { case, number: Number::Singular, text }
    };
    Case::RUSSIAN.into_iter().enumerate().map(form).collect()
}

/// Given name and surname, the patronymic between them or at the end: Сергей Иванович Петров, Петров Сергей Иванович. Initials are none of
/// them: Петров С. И.
fn parts(model: &Model, text: &str, words: &[Word]) -> Vec<Part> {
    let ends = &model.persons.patronymics;
    let written: Vec<usize> = (0..words.len()).filter(|at| !words[*at].initial).collect();
    let is_patronymic = |w: &Word| ends.iter().any(|e| w.folded.ends_with(e.as_str()) && w.folded.len() > e.len() + 2);
    let patronymic = written.iter().skip(1).copied().find(|at| is_patronymic(&words[*at]));
    let last = written.last().copied().unwrap_or(0);
    let surname_first = has_comma_order(text, words)
        || match patronymic {
            Some(at) => at == last && written.len() > 2,
            None => {
                let surname =
                    |w: &Word| model.persons.masculine.iter().chain(&model.persons.feminine).any(|e| w.folded.ends_with(e.as_str()));
                // Ким Виктор, but Абай Серік.
                let eastern = |w: &Word| model.table.eastern.families.contains(&w.folded);
                let is_surname = |one: &Word, other: &Word| {
                    surname(one) && !surname(other) && !other.readings.is_empty() || eastern(one) && model.given.contains_key(&other.folded)
                };
                matches!(written[..], [one, other] if is_surname(&words[one], &words[other]))
            }
        };
    let part = |at| match () {
        () if Some(at) == patronymic => Part::Patronymic,
        () if surname_first && Some(&at) == written.first() || !surname_first && at == last => Part::Surname,
        () => Part::Given,
    };
    (0..words.len()).map(part).collect()
}

/// By the patronymic, then the surname, then the given name.
fn gender(model: &Model, words: &[Word], parts: &[Part]) -> Gender {
    let told = |part: Part| {
        let word = words.iter().zip(parts).find(|(w, p)| **p == part && !w.readings.is_empty())?.0;
        let has = |ends: &[String]| ends.iter().filter(|e| word.folded.ends_with(e.as_str())).map(String::len).max();
        match (has(&model.persons.masculine), has(&model.persons.feminine)) {
            (None, None) => None,
            (m, f) => Some(if f > m { Gender::Feminine } else { Gender::Masculine }),
        }
    };
    let given = || {
        let word = words.iter().zip(parts).find(|(w, p)| **p == Part::Given && !w.readings.is_empty())?.0;
        let persons = &model.persons;
        let of_woman = persons.women.iter().any(|e| word.folded.ends_with(e.as_str())) && !persons.men.contains(&word.folded);
        Some(if of_woman { Gender::Feminine } else { Gender::Masculine })
    };
    told(Part::Patronymic).or_else(|| told(Part::Surname)).or_else(given).unwrap_or(Gender::Masculine)
}

pub(super) type Changes = [(usize, String); 5];

/// The rule for the whole name, or the one with the longest end.
pub(super) fn rule<'a>(model: &Model, rules: &'a [PersonRule], name: &str, gender: Gender) -> Option<&'a Changes> {
    let of_gender = || rules.iter().filter(|r| r.gender.is_none_or(|g| g == gender));
    if let Some(rule) = of_gender().find(|r| r.whole && r.ends.iter().any(|e| without_dots(e) == *name)) {
        return rule.changes.as_ref();
    }
    let vowel_left = |rule: &PersonRule| {
        let Some(changes) = &rule.changes else { return true };
        let cut = changes.iter().map(|(cut, _)| *cut).max().unwrap_or(0);
        cut < 2 || name.chars().rev().skip(cut).any(|c| model.table.vowels.has(c))
    };
    let fits = |rule: &'a PersonRule| {
        let longest = rule.ends.iter().filter(|e| name.ends_with(e.as_str())).map(String::len).max()?;
        (!rule.whole && vowel_left(rule)).then_some((longest, rule))
    };
    // Of two that are as long, the first.
    let best = of_gender().filter_map(fits).fold(None, |best: Option<(usize, &PersonRule)>, new| match best {
        Some(b) if b.0 >= new.0 => Some(b),
        _ => Some(new),
    });
    best?.1.changes.as_ref()
}
