//! Names of persons: which word is the family name, which the given name, which the patronymic.

use super::lexicon::{LEXICON, kind_of};
use super::{Gender, Kind, Parts, Role, Word};
use crate::text::{is_alphabetic, is_alphanumeric};

const NONE: u16 = u16::MAX;

/// What speaks for a person, an organisation or a place.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    person: i32,
    organisation: i32,
    place: i32,
    country: bool,
    named: bool,
}

impl Evidence {
    /// A word or phrase of the tables was found.
    pub(super) fn word(&mut self, word: &Word, role: Role, len: usize) {
        let mut points = match role {
            Role::Head(_) | Role::Legal(_) => 120,
            Role::Named => 10,
            Role::Quality(_) => 20,
            Role::PlaceWord(_) => 100,
            _ => 0,
        };
        if len > 1 {
            points += 20;
        }
        if word.given != NONE {
            points /= 4;
        } else if word.sure < 90 {
            points = points * 2 / 3;
        }
        self.country |= matches!(role, Role::Country(_));
        self.named |= role == Role::Named;
        match kind_of(role) {
            Some(Kind::Organisation) => self.organisation += points,
            Some(Kind::Place) => self.place += points,
            _ => {}
        }
    }

    pub(super) fn kind(&self, parts: &Parts) -> Kind {
        let mut person = self.person;
        let mut organisation = self.organisation;
        let counted = parts.words.iter().filter(|w| w.role != Role::Particle).count() as i32;
        if parts.words.iter().any(|w| w.has(Word::QUOTED)) {
            organisation += 25;
        }
        person -= 15 * (counted - 4).max(0);
        let is = |w: &&Word| matches!(w.role, Role::Country(_));
        let countries = parts.words.iter().filter(is).count() as i32;
        let said_more = parts.words.iter().any(|w| matches!(w.role, Role::Number(_) | Role::Quality(_)));
        let most = person.max(organisation).max(self.place);
        if most >= 20 && !self.named && person > organisation && person > self.place {
            Kind::Person
        } else if organisation > 20 {
            if self.place > organisation { Kind::Place } else { Kind::Organisation }
        } else if self.place > 0 || self.country && counted == countries {
            Kind::Place
        } else if self.country && said_more {
            Kind::Organisation
        } else {
            Kind::Unknown
        }
    }
}

/// Whether a word may be part of the name of a person.
fn open(word: &Word) -> bool {
    matches!(word.role, Role::Core | Role::Initial) || word.given != NONE && word.role.meaning().is_some()
}

/// Looks at initials and endings, and counts what they say.
pub(super) fn endings(parts: &mut Parts, evidence: &mut Evidence) {
    let several = parts.words.iter().filter(|w| !w.joined()).count() > 1;
    let (mut family, mut given, mut initials) = (0, 0, 0);
    let (mut patronymic, mut alike) = (0, false);
    for i in 0..parts.words.len() {
        let word = parts.words[i];
        if !open(&word) {
            continue;
        }
        let folded = &parts.text[word.text.0 as usize..word.text.1 as usize];
        let mut letters = folded.chars();
        let one = letters.next().is_some_and(is_alphabetic) && letters.all(|c| !is_alphanumeric(c));
        if several && word.role == Role::Core && (one && word.has(Word::CAPITAL) || word.has(Word::STOP) && LEXICON.initial(folded)) {
            parts.words[i].role = Role::Initial;
            parts.words[i].sure = 90;
            initials += 1;
            continue;
        }
        if i > 0 && LEXICON.apart(folded).is_some() {
            patronymic = patronymic.max(90);
            continue;
        }
        if word.given != NONE {
            given += 1;
            parts.words[i].gender = LEXICON.gender_of_given(word.given);
        }
        if let Some((ending, stem)) = word.longest_ending() {
            let sure = i32::from(ending.sure);
            match ending.role {
                Role::Patronymic => patronymic = patronymic.max(sure),
                Role::Family if word.given == NONE || sure >= 80 => family = family.max(sure),
                _ => {}
            }
            let word = &mut parts.words[i];
            if ending.role == Role::Given {
                if word.given == NONE {
                    word.gender = ending.gender;
                    word.flags |= Word::WEAK;
                    alike = true;
                }
            } else {
                word.stem = stem;
                word.class = ending.class;
            }
        }
    }
    if several {
        evidence.person = patronymic + family + 30 * given.min(1) + 25 * initials.min(2);
        if evidence.person == 0 && alike && parts.words.len() < 4 {
            evidence.person = 20;
        }
        if family + patronymic == 0 && given == 0 && initials > 0 {
            // A letter beside a word: A. Smith, but also "Plan B".
            let stops = parts.words.iter().any(|w| w.role == Role::Initial && w.has(Word::STOP));
            evidence.person = if stops { 30 } else { 0 };
        }
    }
}

/// A word by itself may be a family name; most are not.
pub(super) fn alone(parts: &mut Parts) {
    let Some((ending, _)) = parts.words[0].longest_ending() else { return };
    if matches!(ending.role, Role::Family | Role::Patronymic) && ending.sure >= 80 {
        let word = &mut parts.words[0];
        word.role = ending.role;
        word.gender = ending.gender;
        word.sure = ending.sure / 2;
    } else {
        forget(parts);
    }
}

/// The name is not of a person: endings say nothing.
pub(super) fn forget(parts: &mut Parts) {
    for word in &mut parts.words {
        if matches!(word.role, Role::Initial) && !word.has(Word::STOP) {
            word.role = Role::Core;
        }
        (word.stem, word.class, word.gender) = (0, Word::NO_ENDING, Gender::Unknown);
    }
}

/// After "named after" letters stay initials; before it they are not.
pub(super) fn initials_only(parts: &mut Parts, named: usize) {
    for word in parts.words.iter_mut().take(named) {
        if word.role == Role::Initial && !word.has(Word::STOP) {
            word.role = Role::Core;
        }
    }
}

/// Gives each word of the name of a person its role.
pub(super) fn roles(parts: &mut Parts) {
    for word in &mut parts.words {
        // Кенес is a council, Сайлау an election, and both are men.
        if word.role.meaning().is_some() && !matches!(word.role, Role::Legal(_)) {
            word.role = Role::Core;
            word.flags &= !Word::CONTINUES;
        }
    }
    glued_initials(parts);
    apart(parts);
    let mixed = parts.words.iter().any(|w| !w.caps() && w.role == Role::Core);
    if let Some(last) = parts.words.iter().rposition(|w| w.role == Role::Core) {
        for i in 0..last {
            let word = &parts.words[i];
            if word.role == Role::Core && !word.has(Word::CAPS) && LEXICON.particle(parts.folded(i)) {
                parts.words[i].role = Role::Particle;
            }
        }
    }
    // A word and what a hyphen joins to it are one part.
    let groups: Vec<(usize, usize)> = groups(parts);
    let has_initials = parts.words.iter().any(|w| w.role == Role::Initial);
    let patronymic = find_patronymic(parts, &groups, has_initials);
    let family = find_family(parts, &groups, patronymic, mixed, has_initials);
    for (g, &(from, to)) in groups.iter().enumerate() {
        let (role, sure) = match () {
            () if patronymic.is_some_and(|(p, _)| p == g) => (Role::Patronymic, patronymic.map_or(50, |(_, sure)| sure)),
            () if family.is_some_and(|(f, _)| f == g) => (Role::Family, family.map_or(50, |(_, sure)| sure)),
            () if parts.words[from].given != NONE => (Role::Given, 90),
            () => (Role::Given, 60),
        };
        for i in from..to {
            settle(parts, i, role, sure);
        }
    }
    let told = [Role::Patronymic, Role::Family, Role::Given].into_iter().find_map(|role| {
        let of = |w: &&Word| w.role == role && w.gender != Gender::Unknown && !w.has(Word::WEAK);
        parts.words.iter().rev().find(of).map(|w| w.gender)
    });
    parts.gender = told.unwrap_or(Gender::Unknown);
}

/// The role of a word, with the gender and stem that its ending has in that role.
fn settle(parts: &mut Parts, i: usize, role: Role, sure: u8) {
    let word = &mut parts.words[i];
    let ending = word.longest_ending();
    let apart = word.role == Role::Patronymic;
    word.role = role;
    word.sure = sure;
    if apart {
        return;
    }
    match ending {
        Some((ending, stem)) if ending.role == role => {
            word.gender = ending.gender;
            word.stem = stem;
            word.class = ending.class;
        }
        _ => {
            (word.stem, word.class) = (0, Word::NO_ENDING);
            if role != Role::Given {
                word.gender = Gender::Unknown;
            }
        }
    }
}

/// Two capitals beside a name are two initials: Мухамедзянов ТН.
fn glued_initials(parts: &mut Parts) {
    let Some(i) = parts.words.iter().position(|w| w.role == Role::Core && w.caps() && w.given == NONE && !w.joined()) else { return };
    let others = parts.words.iter().enumerate().any(|(j, w)| j != i && w.role == Role::Core && !w.caps());
    let word = parts.words[i];
    let folded = parts.folded(i);
    let mut letters = folded.char_indices();
    let (Some(_), Some((second, _)), None) = (letters.next(), letters.next(), letters.next()) else { return };
    // The folded letters and those of the name must be of one length, which letters of these scripts are.
    if !others || word.end - word.start != folded.len() as u32 || parts.words.len() >= super::MOST_WORDS {
        return;
    }
    let second = second as u32;
    let mut first = Word { role: Role::Initial, sure: 70, ..word };
    (first.end, first.text.1) = (word.start + second, word.text.0 + second);
    first.flags &= !Word::CAPS;
    let mut then = Word { role: Role::Initial, sure: 70, ..word };
    (then.start, then.text.0) = (first.end, first.text.1);
    then.flags &= !(Word::CAPS | Word::COMMA);
    first.find_ending(&folded[..second as usize]);
    then.find_ending(&folded[second as usize..]);
    parts.words[i] = first;
    parts.words.insert(i + 1, then);
}

/// Серік ұлы: the word before is the father, both are the patronymic.
fn apart(parts: &mut Parts) {
    for i in 1..parts.words.len() {
        let Some(gender) = LEXICON.apart(parts.folded(i)) else { continue };
        for word in &mut parts.words[i - 1..=i] {
            (word.role, word.gender, word.sure) = (Role::Patronymic, gender, 90);
            (word.stem, word.class) = (0, Word::NO_ENDING);
        }
        parts.words[i].flags |= Word::CONTINUES;
    }
}

/// Words that no role was given to yet, each with those that a hyphen joins to it; a patronymic of two words is one.
fn groups(parts: &Parts) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::with_capacity(4);
    for (i, word) in parts.words.iter().enumerate() {
        let joins = groups.last().is_some_and(|g| g.1 == i) && (word.joined() || word.continues());
        match (word.role, groups.last_mut()) {
            (Role::Core | Role::Patronymic, Some(last)) if joins => last.1 = i + 1,
            (Role::Core | Role::Patronymic, _) => groups.push((i, i + 1)),
            _ => {}
        }
    }
    groups
}

/// The patronymic: its group and how sure it is.
fn find_patronymic(parts: &Parts, groups: &[(usize, usize)], has_initials: bool) -> Option<(usize, u8)> {
    if let Some(g) = groups.iter().position(|(from, _)| parts.words[*from].role == Role::Patronymic) {
        return Some((g, 90));
    }
    let ending = |g: usize| parts.words[groups[g].1 - 1].longest_ending().map(|(e, _)| e).filter(|e| e.role == Role::Patronymic);
    // The last that has the ending; the first word is only one when nothing else can be the given name.
    let last = (0..groups.len()).rev().find(|g| ending(*g).is_some())?;
    let sure = ending(last)?.sure;
    let alone = groups.len() == 1;
    match () {
        // Рабинович М. И.
        () if alone && has_initials && sure < 90 => None,
        () if last == 0 && !alone && sure < 90 => None,
        // Wayne Heinrich, Роман Абрамович: of two words the second is the family name unless the ending leaves no doubt.
        () if sure < 50 && groups.len() < 3 => None,
        () if parts.words[groups[last].0].has(Word::COMMA) && groups.len() == 2 && sure < 90 => None,
        () => Some((last, sure)),
    }
}

/// The family name: its group and how sure it is.
fn find_family(
    parts: &Parts,
    groups: &[(usize, usize)],
    patronymic: Option<(usize, u8)>,
    mixed: bool,
    has_initials: bool,
) -> Option<(usize, u8)> {
    let patronymic = patronymic.map(|(g, _)| g);
    let free = || (0..groups.len()).filter(move |g| Some(*g) != patronymic);
    let count = free().count();
    if count == 0 {
        return None;
    }
    let word = |g: usize| &parts.words[groups[g].0];
    // Курманов, Айнур
    let comma = parts.words.iter().position(|w| w.has(Word::COMMA));
    if let Some(g) = comma.and_then(|c| free().find(|g| groups[*g].1 == c)) {
        return Some((g, 95));
    }
    let points_of = |g: usize| {
        let ending = parts.words[groups[g].1 - 1].longest_ending().map(|(e, _)| e);
        let mut points = match ending {
            Some(e) if e.role == Role::Family => i32::from(e.sure),
            Some(e) if e.role == Role::Given => -i32::from(e.sure) / 2,
            Some(e) if e.role == Role::Patronymic => 40,
            _ => 0,
        };
        if word(g).given != NONE {
            points -= 60;
        }
        if mixed && word(g).caps() {
            points += 100;
        }
        points
    };
    let mut points = [0; super::MOST_WORDS];
    free().for_each(|g| points[g] = points_of(g));
    let points = |g: usize| points[g];
    if count == 1 {
        let only = free().next()?;
        // One word beside a patronymic: Айнур Серикулы, but Құрманов Серікұлы.
        let given =
            patronymic.is_some() && !has_initials && points(only) < 30 || word(only).given != NONE && !has_initials && points(only) < 30;
        return (!given).then_some((only, if points(only) >= 60 || has_initials { 90 } else { 60 }));
    }
    let most = free().map(points).max()?;
    let mut best = free().filter(|g| points(*g) == most);
    let first = best.next()?;
    let last = best.next_back().unwrap_or(first);
    if first == last && most >= 20 {
        return Some((first, most.clamp(50, 95) as u8));
    }
    // No ending tells. With the patronymic last the family name stands first; else last.
    let sure = if first == last { 60 } else { 50 };
    match patronymic {
        Some(p) if p + 1 == groups.len() && first == 0 => Some((first, sure)),
        _ => Some((last, sure)),
    }
}
