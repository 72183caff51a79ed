//! The nominative of a Russian name of several words: adjectives agree with the head, what stands after it is frozen, and
//! the parts of a person's name stand in the same case.

use super::derived::is_relative_stem;
use super::model::{Model, case_share, model};
use super::table::CASES;
use super::word::{SLOTS, Word, slot_share, words};
use super::{Kind, Nominative, Number};
use std::ops::Range;

/// The most adjectives that are tried before a head.
const MOST: usize = 5;

/// Share of names of people that are those of men.
const MEN: f32 = 0.7;

/// Share of names after a title that are those of its bearer.
const TITLED: f32 = 0.9;

/// Share of its case that a word of a person's name is expected to have when it agrees.
const AGREED: f32 = 0.7;

/// How much a noun in the plural counts of which only one is meant.
const ONE_OF_SEVERAL: f32 = 0.05;

/// Share of names in a consonant that are of women, and frozen.
const FROZEN: f32 = 0.5;

/// Readings of a whole name with their weights.
struct Found<'a> {
    text: &'a str,
    all: Vec<(String, f32)>,
}

impl Found<'_> {
    fn add(&mut self, changes: &[(Range<usize>, String)], weight: f32) {
        if weight <= 0.0 {
            return;
        }
        let mut out = String::with_capacity(self.text.len() + 8);
        let mut at = 0;
        for (range, new) in changes {
            out.push_str(&self.text[at..range.start]);
            out.push_str(new);
            at = range.end;
        }
        out.push_str(&self.text[at..]);
        match self.all.iter_mut().find(|(t, _)| *t == out) {
            Some((_, w)) => *w += weight,
            None => self.all.push((out, weight)),
        }
    }
}

pub(super) fn nominatives(text: &str, kind: Option<Kind>) -> Vec<Nominative> {
    let model = model();
    let words = words(model, text, kind);
    let mut found = Found { text, all: Vec::new() };
    found.add(&[], 1e-6);
    if kind != Some(Kind::Person) || words.len() < 2 {
        headed(model, &words, &mut found);
    }
    if kind != Some(Kind::Other) && words.len() > 1 {
        person(model, &words, &mut found);
    }
    if let [word] = words.as_slice() {
        lone_adjective(model, word, &mut found);
    }
    let sum: f32 = found.all.iter().map(|(_, w)| w).sum();
    let mut all: Vec<Nominative> = found.all.into_iter().map(|(text, w)| Nominative { text, confidence: w / sum }).collect();
    all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.text.cmp(&b.text)));
    all.retain(|n| n.confidence >= 0.001);
    all
}

/// A small relative adjective alone has nothing to agree with, and stands for itself in the dictionary form: немецкой, немецкий.
fn lone_adjective(model: &Model, word: &Word, found: &mut Found) {
    if word.capital {
        return;
    }
    let cells = word.adjective.iter().flat_map(|slot| slot.iter()).flatten();
    let Some((_, at)) = cells.copied().max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
    let reading = &word.readings[at];
    let stem = &word.folded[..reading.stem];
    let Some(class) = model.class(reading).filter(|c| !word.folded.ends_with(c.rows[1].nominative()) && is_relative_stem(stem)) else {
        return;
    };
    let sum: f32 = found.all.iter().map(|(_, w)| w).sum();
    let end = word.part + word.folded.len();
    found.add(&[(word.part + reading.stem..end, class.rows[0].nominative().to_owned())], sum * 4.0);
}

/// A head with adjectives before it, and what stands after it as it is.
fn headed(model: &Model, words: &[Word], found: &mut Found) {
    // Digits, Latin words and abbreviations may stand before the adjectives.
    let start = words.iter().take_while(|w| w.readings.is_empty() && !w.preposition).count();
    if start == words.len() || words[start].preposition || start > 0 && words[start].after_mark {
        return found.add(&[], 1.0);
    }
    if start > 0 && words[..start].iter().all(|w| w.initial) {
        return;
    }
    // МИД Германии, but 2-я больница.
    if start > 0 {
        let number = words[..start].iter().all(|w| w.folded.chars().all(|c| c.is_ascii_digit()));
        // Фон Болена is somebody in a case.
        let particles = words[..start].iter().all(|w| model.table.particles.contains(&w.folded));
        found.add(&[], if number || particles { 0.1 } else { 3.0 });
    }
    let mut group = 1.0;
    let person = person_share(words);
    for head in start..words.len().min(start + MOST + 1) {
        let word = &words[head];
        if head > start && (word.after_mark || word.preposition) {
            break;
        }
        let tail = tail(words, head);
        let before = &words[start..head];
        // Роман Абрамович is somebody, not a novel.
        let of_somebody = word.named && words.get(head + 1).is_some_and(|next| next.named);
        let common = if word.head && !of_somebody {
            1.0
        } else if word.capital && words.len() > head + 1 {
            1.0 - person
        } else {
            0.8
        };
        if word.readings.is_empty() || word.fixed > 0.0 {
            let adjectives = before.iter().map(|w| w.fixed + 0.02).product::<f32>();
            found.add(&[], word.fixed.max(0.02) * adjectives * tail * common);
        }
        for case in 0..CASES {
            for slot in 0..SLOTS {
                let substantive = if words.len() > head + 1 || head > start { 0.15 } else { 1.0 };
                // Азовского морей is one of several.
                let several = || word.one_of_several[slot][case].filter(|_| head > start).map(|(w, at)| (w * ONE_OF_SEVERAL, at));
                let Some((mut weight, at)) = word.as_noun(slot, case, substantive).or_else(several) else { continue };
                let mut changes = Vec::with_capacity(before.len() + 1);
                for adjective in before {
                    let agreed = adjective.adjective[slot][case];
                    match agreed {
                        Some((w, at)) => {
                            weight *= w / (case_share(case) * slot_share(slot));
                            adjective.change(model, found.text, at, &mut changes);
                        }
                        None => weight *= adjective.fixed * 0.1,
                    }
                }
                word.change(model, found.text, at, &mut changes);
                found.add(&changes, weight * tail * common);
            }
        }
        group *= 0.9;
        let adjective: f32 = word.adjective.iter().flatten().flatten().map(|(w, _)| w).sum();
        if adjective < 0.01 || group < 0.1 {
            break;
        }
    }
}

/// The head of a name in the nominative with the adjectives before it, as words with their readings, and its number. Empty
/// where nothing changes.
pub(super) fn group(words: &[Word]) -> (Vec<(&Word, usize)>, Number) {
    let start = words.iter().take_while(|w| w.readings.is_empty() && !w.preposition).count();
    let letters = words[..start].iter().any(|w| !w.folded.chars().all(|c| c.is_ascii_digit()));
    let mut best = (Vec::new(), Number::Singular, 0.0);
    if start == words.len() || words[start].preposition || letters || start > 0 && words[start].after_mark {
        return (best.0, best.1);
    }
    for head in start..words.len().min(start + MOST + 1) {
        let word = &words[head];
        if head > start && (word.after_mark || word.preposition) {
            break;
        }
        let before = &words[start..head];
        let tail = tail(words, head);
        let still = word.fixed * tail * before.iter().map(|w| w.fixed).product::<f32>();
        if still > best.2 {
            best = (Vec::new(), Number::Singular, still);
        }
        for slot in 0..SLOTS {
            let alone = if words.len() > head + 1 || head > start { 0.15 } else { 1.0 };
            let Some((mut weight, at)) = word.as_noun(slot, 0, alone) else { continue };
            let mut group = Vec::with_capacity(head - start + 1);
            for adjective in before {
                let agreed = adjective.adjective[slot][0];
                weight *= agreed.map_or(0.0, |(w, _)| w / (case_share(0) * slot_share(slot)));
                group.extend(agreed.map(|(_, at)| (adjective, at)));
            }
            group.push((word, at));
            if weight * tail > best.2 {
                best = (group, if slot == 3 { Number::Plural } else { Number::Singular }, weight * tail);
            }
        }
    }
    (best.0, best.1)
}

/// Whether a name of several words is more likely that of a person than of anything else.
pub(super) fn looks_like_person(words: &[Word]) -> bool {
    let named = words.iter().filter(|w| !w.readings.is_empty()).count();
    let adjective = words.first().is_some_and(|w| w.adjective.iter().flatten().flatten().map(|(w, _)| w).sum::<f32>() > 0.5);
    words.len() > 1
        && words.len() < 5
        && named > 0
        && !adjective
        && person_share(words) > 0.5
        && words.iter().all(|w| w.capital && !w.preposition && !w.head)
}

/// How well what follows a head stands after it.
fn tail(words: &[Word], head: usize) -> f32 {
    let Some(next) = words.get(head + 1) else { return 1.0 };
    if next.after_mark || next.preposition || next.readings.is_empty() {
        return 0.8;
    }
    (next.genitive() + 0.3 * next.fixed + 0.1).min(1.0)
}

/// How likely a name of several words is that of a person: as its words are on average, but no common noun may be among them.
fn person_share(words: &[Word]) -> f32 {
    let known = || words.iter().filter(|w| !w.readings.is_empty());
    let least = known().map(|w| w.person).fold(1.0, f32::min);
    if least < 0.2 { least } else { known().map(|w| w.person).sum::<f32>() / known().count().max(1) as f32 }
}

/// The name of a person: all words in one case.
fn person(model: &Model, words: &[Word], found: &mut Found) {
    let named = |w: &Word| w.folded.len() < 3 || !w.readings.is_empty() || model.table.particles.contains(&w.folded);
    if words.len() > 5
        || !words.iter().all(named)
        || words.iter().any(|w| w.preposition || w.after_mark && w.range.start > 0 && words[0].range.start < w.range.start)
    {
        return;
    }
    // Университета Джонса Хопкинса: only what names a person agrees with the name. Пророка Мухаммеда.
    let titles = words.iter().take_while(|w| w.title).count();
    if words[titles..].is_empty() || titles == 0 && words.iter().any(|w| w.head && !w.named) {
        return;
    }
    let prior = if titles > 0 { TITLED * person_share(&words[titles..]) } else { person_share(words) };
    for case in 0..CASES {
        for slot in [0, 1] {
            let mut weight = prior * case_share(case) * if slot == 0 { MEN } else { 1.0 - MEN };
            let mut changes = Vec::new();
            for word in words {
                // A word that does not change stands in any case.
                let frozen = match slot {
                    // Names of women that end in a consonant do not change.
                    1 => word.noun[0][0].filter(|_| word.ends_in_consonant(model)).map_or(0.0, |(w, _)| w * FROZEN),
                    _ => 0.0,
                };
                let still = (word.fixed + frozen) * case_share(case) * 0.5;
                let agreed = word.as_noun(slot, case, 1.0);
                let other = word.noun[1 - slot][case].map(|(w, at)| (w * 0.15, at));
                let agreed = match (agreed, other) {
                    (Some(a), Some(o)) => Some(if a.0 >= o.0 { a } else { o }),
                    (a, o) => a.or(o),
                };
                match agreed {
                    Some((w, at)) if w > still => {
                        weight *= (w + still) / (case_share(case) * AGREED);
                        word.change(model, found.text, at, &mut changes);
                    }
                    _ => weight *= (still + agreed.map_or(0.0, |a| a.0)) / (case_share(case) * AGREED),
                }
            }
            found.add(&changes, weight);
        }
    }
}
