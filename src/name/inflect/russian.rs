//! The nominative of a Russian name of several words: adjectives agree with the head, what stands after it is frozen, and
//! the parts of a person's name stand in the same case.

use super::model::{Model, Reading, case_share, model};
use super::table::CASES;
use super::{Gender, Kind, Nominative, Number};
use std::ops::Range;

/// Masculine, feminine, neuter, plural.
const SLOTS: usize = 4;
fn slot_share(slot: usize) -> f32 {
    [0.4, 0.3, 0.18, 0.12].get(slot).copied().unwrap_or(0.0)
}
/// The most adjectives that are tried before a head.
const MOST: usize = 5;

/// Share of words with a capital that are names.
const CAPITAL: f32 = 0.55;

/// Share of names of people that are those of men.
const MEN: f32 = 0.7;

/// Share of names after a title that are those of its bearer.
const TITLED: f32 = 0.9;

/// Share of names in a consonant that are of women, and frozen.
const FROZEN: f32 = 0.5;

/// A word of the name with what it may be.
pub(super) struct Word {
    range: Range<usize>,
    /// In small letters, ё as е; of a word with hyphens only the part that changes.
    pub(super) folded: String,
    /// Where that part begins in the text.
    pub(super) part: usize,
    pub(super) readings: Vec<Reading>,
    /// Share of what does not change.
    fixed: f32,
    upper: bool,
    capital: bool,
    /// A comma, quotation mark or bracket stands before it.
    after_mark: bool,
    preposition: bool,
    initial: bool,
    /// How likely it is the name of a person.
    person: f32,
    head: bool,
    /// A word like президент, which agrees with the name of a person after it.
    title: bool,
    /// A reading of it is the name of somebody: Роман.
    named: bool,
    adjective: [[Option<(f32, usize)>; CASES]; SLOTS],
    noun: [[Option<(f32, usize)>; CASES]; SLOTS],
}

fn is_letter(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Words and the marks between them.
pub(super) fn words(model: &Model, text: &str, kind: Option<Kind>) -> Vec<Word> {
    let mut all = Vec::new();
    let mut mark = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            mark |= !c.is_whitespace() && !is_dash(c) && !matches!(c, '.' | '’' | '\'' | '№');
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if !c.is_alphanumeric() && !is_dash(c) && !matches!(c, '’' | '\'' | '+' | '_' | '&') {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        // лента.ру is one word, initials are not.
        while text[start..end].chars().nth(1).is_some() && text[end..].starts_with('.') {
            let more = text[end + 1..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - end - 1);
            if more < 2 {
                break;
            }
            end += 1 + more;
            while chars.next_if(|(at, _)| *at < end).is_some() {}
        }
        let end = start + text[start..end].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        all.push(word(model, text, start..end, mark, kind));
        mark = false;
    }
    all
}

fn word(model: &Model, text: &str, range: Range<usize>, after_mark: bool, kind: Option<Kind>) -> Word {
    let whole = &text[range.clone()];
    let folded = whole.to_lowercase().replace('ё', "е");
    let initial = whole.chars().count() == 1 && whole.chars().all(char::is_uppercase) && text[range.end..].starts_with('.');
    let preposition = !initial && model.table.prepositions.contains(&folded);
    // The last part of a word with hyphens changes; the first when a preposition follows: Ростов-на-Дону.
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut from = range.start;
    for (at, c) in whole.char_indices().filter(|(_, c)| is_dash(*c)) {
        parts.push(from..range.start + at);
        from = range.start + at + c.len_utf8();
    }
    parts.push(from..range.end);
    let small = |r: &Range<usize>| text[r.clone()].to_lowercase().replace('ё', "е");
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
    let capital = whole.chars().next().is_some_and(char::is_uppercase);
    let mut word = Word {
        folded: small(&part),
        part: part.start,
        readings: Vec::new(),
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
        adjective: [[None; CASES]; SLOTS],
        noun: [[None; CASES]; SLOTS],
        range: range.start..part.end.max(range.start),
    };
    let known = model.known(&word.folded);
    let shouted = known > 0.0 && !text.chars().any(char::is_lowercase);
    let abbreviation = upper && letters <= 5 && !shouted || letters == 1;
    if !of_part.chars().all(is_letter) || preposition || abbreviation || model.table.particles.contains(&word.folded) {
        return word;
    }
    if let Some(stem) = abbreviation_stem(of_part) {
        word.inflected_abbreviation(stem);
        return word;
    }
    let share = match kind {
        Some(Kind::Person) if capital => 0.95,
        _ if capital => CAPITAL,
        _ => 0.05,
    };
    let before = text[range.start..word.part].to_lowercase().replace('ё', "е");
    word.readings = model.readings(&before, &word.folded, share);
    word.sort_readings(model);
    word
}

/// МИДа: the capitals before a short ending.
fn abbreviation_stem(word: &str) -> Option<usize> {
    let capitals: usize = word.chars().take_while(|c| c.is_uppercase()).map(char::len_utf8).sum();
    let rest = &word[capitals..];
    (capitals >= 4 && ["а", "у", "ом", "ем", "е", "ы", "ов", "ам", "ами", "ах"].contains(&rest)).then_some(capitals)
}

impl Word {
    fn inflected_abbreviation(&mut self, stem: usize) {
        self.fixed = 0.05;
        self.upper = true;
        self.readings.push(Reading { class: None, row: 0, case: 1, stem, weight: 0.95 });
        for case in 1..CASES {
            self.noun[0][case] = Some((0.19, 0));
        }
    }

    fn sort_readings(&mut self, model: &Model) {
        self.fixed = 0.0;
        let (mut person, mut all) = (0.0, f32::MIN_POSITIVE);
        for (at, reading) in self.readings.iter().enumerate() {
            let (Some(class), Some(row)) = (model.class(reading), model.row(reading)) else {
                self.fixed += reading.weight;
                continue;
            };
            let slot = match (row.number, row.gender) {
                (Number::Plural, _) => 3,
                (_, Gender::Masculine) => 0,
                (_, Gender::Feminine) => 1,
                (_, Gender::Neuter) => 2,
            };
            let cell = &mut if class.adjective { &mut self.adjective } else { &mut self.noun }[slot][usize::from(reading.case)];
            // Of several classes with the same case the likeliest is kept, with the weight of all.
            *cell = match *cell {
                None => Some((reading.weight, at)),
                Some((w, best)) if self.readings[best].weight >= reading.weight => Some((w + reading.weight, best)),
                Some((w, _)) => Some((w + reading.weight, at)),
            };
            let head = model.is_head(&self.folded, reading);
            self.head |= head && reading.weight > 0.02;
            let nominative = [&self.folded[..reading.stem], row.nominative()].concat();
            all += reading.weight;
            self.named |= reading.weight > 0.02 && self.capital && model.known(&nominative) > 0.0;
            self.title |= reading.weight > 0.02 && model.table.titles.contains(&nominative);
            if !head && model.known(&nominative) > 0.0 {
                person += reading.weight;
            }
        }
        let known = self.folded.as_str();
        if self.fixed > 0.3 && model.known(known) > 0.0 {
            person = person.max(self.fixed);
        }
        self.person = match () {
            () if !self.capital => 0.01,
            () if self.head && !self.named => 0.05,
            () => (person / (all + self.fixed)).clamp(0.4, 0.95),
        };
        // An accusative without an ending of its own.
        for table in [&mut self.adjective, &mut self.noun] {
            for slot in [0, 2, 3] {
                for like in [0, 1] {
                    if slot == 2 && like == 1 {
                        continue;
                    }
                    if let Some((weight, at)) = table[slot][like] {
                        let weight = weight * case_share(3) / case_share(like) * 0.5;
                        if table[slot][3].is_none_or(|(w, _)| w < weight) {
                            table[slot][3] = Some((weight, at));
                        }
                    }
                }
            }
        }
    }

    /// As a head or part of a person's name: nouns, and adjectives that stand for nouns.
    fn as_noun(&self, slot: usize, case: usize, adjectives: f32) -> Option<(f32, usize)> {
        let noun = self.noun[slot][case];
        let adjective = self.adjective[slot][case].map(|(w, at)| (w * adjectives, at));
        match (noun, adjective) {
            (Some(n), Some(a)) => Some(if n.0 >= a.0 { n } else { a }),
            (n, a) => n.or(a),
        }
    }

    fn ends_in_consonant(&self) -> bool {
        self.folded.chars().next_back().is_some_and(|c| !"аеиоуыэюя".contains(c))
    }

    /// Share of readings in the genitive.
    fn genitive(&self) -> f32 {
        (0..SLOTS).flat_map(|s| [self.noun[s][1], self.adjective[s][1]]).flatten().map(|(w, _)| w).sum()
    }

    /// A small relative adjective alone has nothing to agree with, and stands for itself in the dictionary form: немецкой, немецкий.
    fn lone_adjective(&self, model: &Model, found: &mut Found) {
        if self.capital {
            return;
        }
        let cells = self.adjective.iter().flat_map(|slot| slot.iter()).flatten();
        let Some((_, at)) = cells.copied().max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
        let reading = &self.readings[at];
        let stem = &self.folded[..reading.stem];
        let Some(class) =
            model.class(reading).filter(|_| !self.folded.ends_with("ая")).filter(|_| stem.ends_with("ск") || stem.ends_with("цк"))
        else {
            return;
        };
        let sum: f32 = found.all.iter().map(|(_, w)| w).sum();
        let end = self.part + self.folded.len();
        found.add(&[(self.part + reading.stem..end, class.rows[0].nominative().to_owned())], sum * 4.0);
    }

    /// An ending in capitals where the word is.
    pub(super) fn in_its_letters(&self, ending: &str) -> String {
        if self.upper { ending.to_uppercase() } else { ending.to_owned() }
    }

    /// The word with the nominative of a reading.
    fn nominative(&self, model: &Model, text: &str, at: usize) -> (Range<usize>, String) {
        let reading = &self.readings[at];
        let ending = model.row(reading).map_or("", |r| r.nominative());
        let stem_end = self.part + reading.stem;
        let end = self.part + self.folded.len();
        let old = &text[stem_end..end];
        if old.to_lowercase().replace('ё', "е") == ending {
            return (end..end, String::new());
        }
        (stem_end..end, self.in_its_letters(ending))
    }
}

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
        word.lone_adjective(model, &mut found);
    }
    let sum: f32 = found.all.iter().map(|(_, w)| w).sum();
    let mut all: Vec<Nominative> = found.all.into_iter().map(|(text, w)| Nominative { text, confidence: w / sum }).collect();
    all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.text.cmp(&b.text)));
    all.retain(|n| n.confidence >= 0.001);
    all
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
        found.add(&[], if number { 0.1 } else { 3.0 });
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
                let Some((mut weight, at)) = word.as_noun(slot, case, substantive) else { continue };
                let mut changes = Vec::with_capacity(before.len() + 1);
                for adjective in before {
                    let agreed = adjective.adjective[slot][case];
                    match agreed {
                        Some((w, at)) => {
                            weight *= w / (case_share(case) * slot_share(slot));
                            changes.push(adjective.nominative(model, found.text, at));
                        }
                        None => weight *= adjective.fixed * 0.1,
                    }
                }
                changes.push(word.nominative(model, found.text, at));
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
                    1 => word.noun[0][0].filter(|_| word.ends_in_consonant()).map_or(0.0, |(w, _)| w * FROZEN),
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
                        weight *= (w + still) / (case_share(case) * 0.5);
                        changes.push(word.nominative(model, found.text, at));
                    }
                    _ => weight *= (still + agreed.map_or(0.0, |a| a.0)) / (case_share(case) * 0.5),
                }
            }
            found.add(&changes, weight);
        }
    }
}
