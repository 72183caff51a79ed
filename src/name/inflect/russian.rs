//! The nominative of a Russian name of several words: adjectives agree with the head, what stands after it is frozen, and
//! the parts of a person's name stand in the same case.

use super::derived::is_relative_stem;
use super::eastern;
use super::model::{Model, model};
use super::shares::{Heads, SLOTS};
use super::table::CASES;
use super::word::{Word, words};
use super::{Kind, Nominative, Number};
use std::ops::Range;

/// The most adjectives that are tried before a head.
const MOST: usize = 5;

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
    if let Some(found) = eastern::nominatives(model, text, &words).filter(|_| kind != Some(Kind::Other)) {
        return found;
    }
    let mut found = Found { text, all: Vec::new() };
    found.add(&[], 1e-6);
    if kind != Some(Kind::Person) || words.len() < 2 {
        headed(model, &words, &mut found);
    }
    if kind != Some(Kind::Other) && words.len() > 1 {
        person(model, &words, &mut found);
        pair(model, &words, &mut found);
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
    found.add(&[(word.part + reading.stem..end, class.rows[0].nominative().to_owned())], sum * model.shares.heads.alone);
}

/// A head with adjectives before it, and what stands after it as it is.
fn headed(model: &Model, words: &[Word], found: &mut Found) {
    // Digits, Latin words and abbreviations may stand before the adjectives.
    let start = words.iter().take_while(|w| w.readings.is_empty() && !w.preposition).count();
    if start == words.len() || words[start].preposition || start > 0 && words[start].after_mark {
        return found.add(&[], 1.0);
    }
    let shares = &model.shares.heads;
    if start > 0 && words[..start].iter().all(|w| w.initial) {
        return;
    }
    // МИД Германии, but 2-я больница.
    if start > 0 {
        let number = words[..start].iter().all(|w| w.folded.chars().all(|c| c.is_ascii_digit()));
        // Фон Болена is somebody in a case.
        let particles = words[..start].iter().all(|w| model.table.particles.contains(&w.folded));
        found.add(&[], if number || particles { shares.after_number } else { shares.after_other });
    }
    let person = person_share(words);
    for head in start..words.len().min(start + MOST + 1) {
        let word = &words[head];
        if joins_adjectives(model, &words[start..], head - start) {
            continue;
        }
        if head > start && (word.after_mark || word.preposition) {
            break;
        }
        let tail = tail(&model.shares.heads, words, head);
        let before = || words[start..head].iter().filter(|w| !w.preposition);
        // Роман Абрамович is somebody, not a novel.
        let of_somebody = word.named && words.get(head + 1).is_some_and(|next| next.named);
        let common = if word.head && !of_somebody {
            1.0
        } else if word.capital && words.len() > head + 1 {
            1.0 - person
        } else {
            shares.unlisted
        };
        if word.readings.is_empty() || word.fixed > 0.0 {
            let adjectives = before().map(|w| w.fixed + shares.still).product::<f32>();
            found.add(&[], word.fixed.max(shares.still) * adjectives * tail * common);
        }
        for case in 0..CASES {
            for slot in 0..SLOTS {
                let substantive = if words.len() > head + 1 || head > start { shares.substantive } else { 1.0 };
                // Азовского морей is one of several.
                let several = || word.one_of_several[slot][case].filter(|_| head > start).map(|(w, at)| (w * shares.one_of_several, at));
                let Some((mut weight, at)) = word.as_noun(slot, case, substantive).or_else(several) else { continue };
                let mut changes = Vec::with_capacity(head - start + 1);
                for adjective in before() {
                    let agreed = adjective.adjective[slot][case];
                    match agreed {
                        Some((w, at)) => {
                            weight *= w / (model.shares.case(case) * model.shares.slot(slot));
                            if adjective.substantive.contains(&true) && !word.head {
                                weight *= shares.listed_substantive;
                            }
                            adjective.change(model, at, &mut changes);
                        }
                        None => weight *= adjective.fixed * shares.disagreeing,
                    }
                }
                word.change(model, at, &mut changes);
                found.add(&changes, weight * tail * common);
            }
        }
        if word.adjective_share() < 0.01 {
            break;
        }
    }
}

/// The head of a name in the nominative with the adjectives before it, as words with their readings, and its number. Empty
/// where nothing changes.
pub(super) fn group<'w>(model: &Model, words: &'w [Word]) -> (Vec<(&'w Word, usize)>, Number) {
    let start = words.iter().take_while(|w| w.readings.is_empty() && !w.preposition).count();
    let letters = words[..start].iter().any(|w| !w.folded.chars().all(|c| c.is_ascii_digit()));
    let mut best = (Vec::new(), Number::Singular, 0.0);
    if start == words.len() || words[start].preposition || letters || start > 0 && words[start].after_mark {
        return (best.0, best.1);
    }
    for head in start..words.len().min(start + MOST + 1) {
        let word = &words[head];
        if joins_adjectives(model, &words[start..], head - start) {
            continue;
        }
        if head > start && (word.after_mark || word.preposition) {
            break;
        }
        let before = || words[start..head].iter().filter(|w| !w.preposition);
        let tail = tail(&model.shares.heads, words, head);
        let still = word.fixed * tail * before().map(|w| w.fixed).product::<f32>();
        if still > best.2 {
            best = (Vec::new(), Number::Singular, still);
        }
        for slot in 0..SLOTS {
            let alone = if words.len() > head + 1 || head > start { model.shares.heads.substantive } else { 1.0 };
            let Some((mut weight, at)) = word.as_noun(slot, 0, alone) else { continue };
            let mut group = Vec::with_capacity(head - start + 1);
            for adjective in before() {
                let agreed = adjective.adjective[slot][0];
                weight *= agreed.map_or(0.0, |(w, _)| w / (model.shares.case(0) * model.shares.slot(slot)));
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

/// Whether a word joins two adjectives: продовольственной и сельскохозяйственной.
fn joins_adjectives(model: &Model, words: &[Word], at: usize) -> bool {
    let is_adjective = |w: &Word| !w.after_mark && w.adjective_share() >= 0.5;
    at > 0
        && words[at].preposition
        && model.table.conjunctions.contains(&words[at].folded)
        && is_adjective(&words[at - 1])
        && words.get(at + 1).is_some_and(is_adjective)
}

/// Whether a name of several words is more likely that of a person than of anything else.
pub(super) fn looks_like_person(words: &[Word]) -> bool {
    let named = words.iter().filter(|w| !w.readings.is_empty()).count();
    let adjective = words.first().is_some_and(|w| w.adjective_share() > 0.5);
    words.len() > 1
        && words.len() < 5
        && named > 0
        && !adjective
        && person_share(words) > 0.5
        && words.iter().all(|w| w.capital && !w.preposition && !w.head)
}

/// How well what follows a head stands after it.
fn tail(shares: &Heads, words: &[Word], head: usize) -> f32 {
    let Some(next) = words.get(head + 1) else { return 1.0 };
    if next.after_mark || next.preposition || next.readings.is_empty() {
        return shares.tail;
    }
    (next.genitive() + shares.tail_still * next.fixed + shares.tail_any).min(1.0)
}

/// How likely a name of several words is that of a person: as its words are on average, but no common noun may be among them.
fn person_share(words: &[Word]) -> f32 {
    let known = || words.iter().filter(|w| !w.readings.is_empty());
    let least = known().map(|w| w.person).fold(1.0, f32::min);
    if least < 0.2 { least } else { known().map(|w| w.person).sum::<f32>() / known().count().max(1) as f32 }
}

/// Somebody and somebody, a place and a place: both in one case.
fn pair(model: &Model, words: &[Word], found: &mut Found) {
    let [one, and, other] = words else { return };
    let single = |w: &Word| w.capital && !w.after_mark && !w.head && !w.initial;
    if !model.table.conjunctions.contains(&and.folded) || !single(one) || !single(other) {
        return;
    }
    let most = |word: &Word, case| (0..SLOTS).filter_map(|slot| word.as_noun(slot, case, 1.0)).max_by(|a, b| a.0.total_cmp(&b.0));
    for case in 0..CASES {
        if let (Some((a, of_one)), Some((b, of_other))) = (most(one, case), most(other, case)) {
            let mut changes = Vec::with_capacity(2);
            one.change(model, of_one, &mut changes);
            other.change(model, of_other, &mut changes);
            found.add(&changes, a * b / model.shares.case(case));
        }
    }
}

/// The words of a name before a bracket, if it has two of them or more; in the name of a person others stand there as well.
fn before_bracket<'w>(text: &str, words: &'w [Word]) -> &'w [Word] {
    let opens = |at: usize| words[at].after_mark && text[words[at - 1].range.end..words[at].range.start].contains(['(', '[']);
    let end = (1..words.len()).find(|at| opens(*at)).filter(|end| *end > 1);
    end.map_or(words, |end| &words[..end])
}

/// Whether a comma stands after the first word, and no other mark in the name: Курманову, Айнуру.
pub(super) fn has_comma_order(text: &str, words: &[Word]) -> bool {
    matches!(words, [first, second, others @ ..] if text[first.range.end..second.range.start].trim() == "," && !others.iter().any(|w| w.after_mark))
}

/// The name of a person: all words in one case.
fn person(model: &Model, words: &[Word], found: &mut Found) {
    let words = before_bracket(found.text, words);
    let comma = has_comma_order(found.text, words);
    // БОЖКО Владимира Карповича.
    let is_told = words.iter().any(|w| w.patronymic);
    let named =
        |w: &Word| w.folded.len() < 3 || !w.readings.is_empty() || model.table.particles.contains(&w.folded) || is_told && w.capital;
    if words.len() > 5
        || !words.iter().all(named)
        || words.iter().any(|w| w.preposition)
        || !comma && words[1..].iter().any(|w| w.after_mark)
    {
        return;
    }
    // Университета Джонса Хопкинса: only what names a person agrees with the name. Пророка Мухаммеда.
    let titles = words.iter().take_while(|w| w.title).count();
    if words[titles..].is_empty() || titles == 0 && words.iter().any(|w| w.head && !w.named) {
        return;
    }
    let shares = &model.shares.persons;
    let prior = if titles > 0 { shares.titled * person_share(&words[titles..]) } else { person_share(words) };
    for case in 0..CASES {
        let share = model.shares.case(case);
        for slot in [0, 1] {
            let mut weight = prior * share * if slot == 0 { shares.men } else { 1.0 - shares.men };
            let mut changes = Vec::new();
            for word in words {
                // A word that does not change stands in any case.
                let frozen = match slot {
                    // Names of women that end in a consonant do not change.
                    1 => word.noun[0][0].filter(|_| word.ends_in_consonant(model)).map_or(0.0, |(w, _)| w * shares.frozen),
                    _ => 0.0,
                };
                let still = (word.fixed + frozen) * share * shares.still;
                let agreed = word.as_noun(slot, case, 1.0);
                let other = word.noun[1 - slot][case].filter(|_| !word.patronymic).map(|(w, at)| (w * shares.other_gender, at));
                let agreed = match (agreed, other) {
                    (Some(a), Some(o)) => Some(if a.0 >= o.0 { a } else { o }),
                    (a, o) => a.or(o),
                };
                match agreed {
                    Some((w, at)) if w > still => {
                        weight *= (w + still) / (share * shares.agreed);
                        word.change(model, at, &mut changes);
                    }
                    _ => weight *= (still + agreed.map_or(0.0, |a| a.0)) / (share * shares.agreed),
                }
            }
            found.add(&changes, weight);
        }
    }
}
