//! Chinese, Korean and Vietnamese names as Russian writes them: family name first, and of all parts the last alone is declined, where it ends
//! in a consonant: Ким Ир Сена, Дэн Сяопина, Пак Чон Хи.

use super::model::Model;
use super::paradigm::{Changes, rule};
use super::table::{Row, Syllables};
use super::word::Word;
use super::{Gender, Nominative};
use crate::name::parts::is_given;

/// Whether a name is one of these: a family name of the table, and single syllables, or two syllables of one language as one word.
pub(super) fn is_eastern(model: &Model, words: &[Word]) -> bool {
    begins(model, words) && words.last().is_some_and(|last| is_part(model, words, &last.folded))
}

/// How the last part changes; nothing when it does not.
pub(super) fn change<'m>(model: &'m Model, last: &Word) -> Option<&'m Changes> {
    let ends_in_vowel = last.folded.chars().next_back().is_none_or(|c| model.table.vowels.has(c));
    if ends_in_vowel { None } else { rule(model, &model.persons.given, &last.folded, Gender::Masculine) }
}

/// The nominatives that a name may be a form of, if it is one of these.
pub(super) fn nominatives(model: &Model, text: &str, words: &[Word]) -> Option<Vec<Nominative>> {
    let last = words.last().filter(|_| begins(model, words))?;
    let mut found = Vec::new();
    let stem = |cut: usize| last.folded.char_indices().rev().nth(cut).map(|(at, c)| &last.folded[..at + c.len_utf8()]);
    for stem in (1..=2).filter_map(stem) {
        for ending in ["", "ь", "й"] {
            let nominative = format!("{stem}{ending}");
            let gives = |(cut, add): &(usize, String)| {
                let kept = nominative.chars().count().saturating_sub(*cut);
                nominative.chars().take(kept).chain(add.chars()).eq(last.folded.chars())
            };
            let is_consonant = nominative.chars().next_back().is_some_and(|c| !model.table.vowels.has(c));
            if is_consonant
                && is_part(model, words, &nominative)
                && rule(model, &model.persons.given, &nominative, Gender::Masculine).is_some_and(|changes| changes.iter().any(gives))
            {
                let at = last.part + stem.len();
                found.push(format!("{}{}{}", &text[..at], last.in_its_letters(ending), &text[last.part + last.folded.len()..]));
            }
        }
    }
    // A form in a vowel is a name by itself as well.
    if is_part(model, words, &last.folded) {
        found.push(text.to_owned());
    }
    let confidence = 1.0 / found.len() as f32;
    (!found.is_empty()).then(|| found.into_iter().map(|text| Nominative { text, confidence }).collect())
}

/// Whether all but the last word are as such names have them.
fn begins(model: &Model, words: &[Word]) -> bool {
    let [family, middle @ .., _] = words else { return false };
    let whole = |w: &Word| w.capital && !w.after_mark && !w.initial && w.part == w.range.start && w.range.len() == w.folded.len();
    ((1..=2).contains(&middle.len()) && middle.iter().all(|w| is_syllable(model, &w.folded))
        || middle.is_empty() && !is_of_others(model, &words[1]))
        && words.iter().all(whole)
        && model.table.eastern.families.contains(&family.folded)
}

/// Whether a nominative may be the last part of such a name.
fn is_part(model: &Model, words: &[Word], word: &str) -> bool {
    if words.len() > 2 {
        return is_syllable(model, word);
    }
    // Тан Иван has the given name of another language.
    !is_given(word) && model.table.eastern.syllables.iter().any(|of| is_made_of(of, word, 2))
}

/// Whether a word may be a form of a given name of the list of parts, or of a listed name in a vowel.
fn is_of_others(model: &Model, word: &Word) -> bool {
    word.readings.iter().filter(|r| r.weight > model.shares.words.told).any(|reading| {
        let nominative = [&word.folded[..reading.stem], model.row(reading).map_or("", Row::nominative)].concat();
        let ends_in_vowel = || nominative.chars().next_back().is_some_and(|c| model.table.vowels.has(c));
        model.given.contains_key(&nominative) || reading.class.is_some() && ends_in_vowel() && model.known(&nominative) > 0.0
    })
}

/// One run of vowels in a short word.
fn is_syllable(model: &Model, word: &str) -> bool {
    let vowel = |c| model.table.vowels.has(c);
    let runs = word.chars().zip(word.chars().skip(1).map(Some).chain([None])).filter(|(c, next)| vowel(*c) && !next.is_some_and(vowel));
    runs.count() == 1 && word.chars().count() <= 6
}

/// Whether a word is so many syllables of a language at most.
fn is_made_of(of: &Syllables, word: &str, most: usize) -> bool {
    fn rests<'w>(word: &'w str, begins: &'w [String]) -> impl Iterator<Item = &'w str> {
        begins.iter().filter_map(move |begin| word.strip_prefix(begin.as_str()))
    }
    let ends = |rest: &str| rests(rest, &of.codas).any(|rest| rest.is_empty() || is_made_of(of, rest, most - 1));
    most > 0 && rests(word, &of.initials).chain([word]).any(|rest| rests(rest, &of.finals).any(ends))
}
