//! The step for case forms: the nominatives that a string may be a form of are looked up as they are.
//!
//! No ending is stripped from what the registry has: Алматы is found as it stands, and only a string that is no registered
//! name is asked what it may be a form of. Of each nominative that is registered the paradigm is made again, and where the
//! string stands in it, the case is told.

use super::index::{Index, NameId};
use super::otherwise::is_adjective;
use super::outcome::{Evidence, How};
use super::sentence::Message;
use super::steps::{Found, Hit, Query};
use super::weights::{Weights, weights};
use crate::name::dots::with_dots;
use crate::name::inflect::{Language, Nominative, cases_of, forms, is_head, is_of_people, names_of_country, other_names};
use crate::name::parts::{Kind, Role, Word, analyse, country, is_given, may_begin_country};
use crate::name::reading::Spelling;
use crate::registry::Registry;
use crate::text::{fold, nfc};

/// The most nominatives that are looked up, and the least share of one.
const MOST: usize = 16;
const LEAST: f32 = 0.002;

/// The registered names that the string is a case form of.
pub(super) fn by_inflection(registry: &Registry, index: &Index, query: &Query) -> Vec<Hit> {
    // No name has a word that begins so: none is a nominative of the string, or another form of one.
    if query.beginnings().iter().flatten().any(|begin| !index.may_begin(begin)) {
        return Vec::new();
    }
    let readings = query.readings();
    let mut found = nominatives(registry, index, query, readings);
    let is_nominative = !found.is_empty();
    if !is_nominative {
        found = other_forms(registry, index, query, readings);
    }
    let Some(best) = found.iter().map(|f| f.share).max_by(f32::total_cmp) else { return Vec::new() };
    found.retain(|f| f.share >= best * weights().inflected.beside);
    found.sort_by(|a, b| b.share.total_cmp(&a.share));
    // Тула is no form of Туле because Туле may be one of Тула.
    let one_word = !query.folded().contains(' ');
    let shared = if !is_nominative && one_word { Some(Message::NotNearEnough) } else { is_shared(registry, index, query, &found[0]) };
    found.into_iter().map(|f| f.hit(query, shared)).collect()
}

/// Why a case form of a name says little of whom it means: others bear the name beside words of their own, or another record
/// is of the same country.
fn is_shared(registry: &Registry, index: &Index, query: &Query, met: &Met) -> Option<Message> {
    let own = index.entity(met.name);
    let of_another = |id: &NameId| index.entity(*id) != own;
    let parts = analyse(&met.nominative, None);
    if country(&parts).is_some_and(|c| of_one_country(registry, index, c, own)) {
        return Some(Message::OtherRecord);
    }
    let folded = fold(&met.nominative);
    if is_of_other_record(registry, index, &folded, own) {
        return Some(Message::OtherRecord);
    }
    // Конгресс is common, but Шығыс and Арал are names although a table has them as words for places.
    let has_head = (0..parts.words.len()).any(|w| matches!(parts.words[w].role, Role::Head(_)) || is_head(parts.folded(w)));
    let is_common = has_head && parts.words.iter().all(|w| is_common(w.role));
    match parts.words.len() {
        1 => {}
        _ if has_head => {}
        _ => return None,
    }
    let is_given = parts.words.len() == 1 && is_given(&folded);
    let person = |name: &str| if is_given { is_person(name) } else { is_person_called(name, &folded) };
    // Законодательное собрание, Законодательное собрание Приморского края.
    let more = |name: &str| has_head && fold(name).strip_prefix(folded.as_str()).is_some_and(|rest| rest.starts_with(' '));
    let says_more = |id: &NameId| index.name(registry, *id).is_some_and(|n| is_common || person(&n.text) || more(&n.text));
    // A given name is somebody's even where only its bearer has it.
    let counts = |id: &NameId| is_given || of_another(id);
    let forms = [folded.as_str(), query.folded()];
    let longer = forms.into_iter().flat_map(|form| index.longer(&Spelling::of(form), 3));
    let is_shared = longer.into_iter().any(|id| counts(&id) && says_more(&id));
    is_shared.then_some(if is_given { Message::GivenName } else { Message::LongerNames })
}

/// Whether a record besides this one has a name of the country.
fn of_one_country(registry: &Registry, index: &Index, country: &str, own: u32) -> bool {
    let names = names_of_country(country).iter().filter(|form| !is_adjective(form));
    names.into_iter().any(|form| index.by_folded(registry, form).iter().any(|(id, _)| index.entity(*id) != own))
}

/// Whether a record besides this one has another name of the same place or body, of one time with this.
fn is_of_other_record(registry: &Registry, index: &Index, folded: &str, own: u32) -> bool {
    let of_another = |name: &str| index.by_folded(registry, name).iter().any(|(id, _)| index.entity(*id) != own);
    other_names(folded).any(|(names, at)| {
        !names[at].is_aside && names.iter().enumerate().any(|(other, name)| other != at && !name.is_aside && of_another(name.name))
    })
}

/// What is near, doubted where the string names a country that two records are of.
pub(super) fn one_country(registry: &Registry, index: &Index, query: &Query, mut near: Found) -> Found {
    if let [only] = near.hits.as_mut_slice()
        && only.doubt.is_none()
        && let Some(country) = country_of(query)
        && of_one_country(registry, index, country, index.entity(only.name))
    {
        only.doubt = Some(Message::OtherRecord);
    }
    near
}

/// Whether a word says no more than what kind of thing is named.
fn is_common(role: Role) -> bool {
    matches!(role, Role::Head(_) | Role::Quality(_) | Role::Particle | Role::Legal(_) | Role::PlaceWord(_))
}

/// The country that a string means, or a nominative of it.
pub(super) fn country_of(query: &Query) -> Option<&'static str> {
    // No country of the table has more words.
    if query.folded().split(' ').count() > MOST_WORDS_OF_COUNTRY {
        return None;
    }
    let others = || query.likely().filter(|form| *form != query.text).find_map(|form| country(&analyse(form, None)));
    country(query.parts()).or_else(|| if may_be_country(query.beginnings()) { others() } else { None })
}

/// Whether words that begin so may mean a country.
fn may_be_country(beginnings: &[Option<&str>]) -> bool {
    let ends = [beginnings.first(), beginnings.last()];
    ends.into_iter().flatten().flatten().all(|begin| may_begin_country(begin))
}

/// The most words that a country has in the table.
const MOST_WORDS_OF_COUNTRY: usize = 5;

/// Whether a name of several words is that of a person.
fn is_person(name: &str) -> bool {
    analyse(name, None).kind == Kind::Person
}

/// Whether a name is that of a person whose family name is a word.
fn is_person_called(name: &str, word: &str) -> bool {
    // Two places with a dash between them are the ends of a road.
    if name.contains(['–', '—']) || name.contains(" - ") {
        return false;
    }
    let parts = analyse(name, None);
    let core = |w: &Word| matches!(w.role, Role::Core | Role::Given | Role::Family);
    parts.kind == Kind::Person
        || parts.words.len() == 2 && parts.folded(1) == word && parts.words.iter().all(core) && is_of_people(parts.folded(0))
}

/// A registered name that a reading leads to.
struct Met {
    name: NameId,
    language: Language,
    nominative: String,
    confidence: f32,
    /// Share among all readings, those that are registered counting for more.
    share: f32,
    /// Share of what the string is by itself.
    itself: f32,
    cases: Vec<String>,
}

/// Names that are a nominative of the string.
fn nominatives(registry: &Registry, index: &Index, query: &Query, readings: &[(Language, Nominative)]) -> Vec<Met> {
    let mut found: Vec<Met> = Vec::new();
    for (language, reading) in readings.iter().filter(|(_, r)| r.confidence >= LEAST).take(MOST) {
        if reading.text == query.text {
            continue;
        }
        let form = fold(&reading.text);
        if form == query.folded() {
            continue;
        }
        let mut named = index.by_folded(registry, &form);
        if named.is_empty() && reading.confidence >= weights().inflected.beside {
            named = with_dots(&form).flat_map(|form| index.by_folded(registry, &form)).collect();
        }
        // Those that have the string's own marks and capitals go first.
        let (same, others): (Vec<_>, Vec<_>) = named.into_iter().partition(|(_, name)| nfc(name) == reading.text);
        for (id, _) in same.into_iter().chain(others) {
            add(&mut found, query, readings, (*language, reading), id);
        }
    }
    found
}

/// Names that are another case form of what the string is a form of.
fn other_forms(registry: &Registry, index: &Index, query: &Query, readings: &[(Language, Nominative)]) -> Vec<Met> {
    let mut found: Vec<Met> = Vec::new();
    // Канада is a Kazakh form of a Кана that nobody knows.
    let own = Language::guess(query.text);
    for (language, reading) in readings.iter().filter(|(l, r)| *l == own && r.confidence >= 0.2).take(3) {
        let mut seen = vec![query.folded().to_owned()];
        let all = forms(&reading.text, Some(*language), None);
        for (at, form) in all.iter().enumerate() {
            if form.text == query.text || all[..at].iter().any(|other| other.text == form.text) {
                continue;
            }
            let form = fold(&form.text);
            if seen.contains(&form) {
                continue;
            }
            for (id, _) in index.by_folded(registry, &form) {
                add(&mut found, query, readings, (*language, reading), id);
            }
            seen.push(form);
        }
    }
    found
}

fn add(
    found: &mut Vec<Met>,
    query: &Query,
    readings: &[(Language, Nominative)],
    (language, reading): (Language, &Nominative),
    name: NameId,
) {
    if found.iter().any(|f| f.name == name && f.confidence >= reading.confidence) {
        return;
    }
    found.retain(|f| f.name != name);
    let cases = cases_of(&reading.text, query.text, language);
    let itself = readings.iter().find(|(l, r)| *l == language && r.text == query.text).map_or(0.0, |(_, r)| r.confidence);
    let weight = weights().inflected.registered * reading.confidence;
    let cases = cases.into_iter().map(|(case, _)| case.name().to_owned()).collect();
    let share = weight / (weight + 1.0 - reading.confidence);
    found.push(Met { name, language, nominative: reading.text.clone(), confidence: reading.confidence, share, itself, cases });
}

impl Met {
    fn hit(self, query: &Query, shared: Option<Message>) -> Hit {
        let Weights { steps, inflected: weigh, .. } = weights();
        let doubt = match () {
            // Курманова may be a form of Курманов, or a woman.
            () if self.itself >= weigh.itself && are_opposite(query.text, &self.nominative) => Some(Message::OtherGender),
            () if self.cases.is_empty() && self.confidence < weigh.paradigm_unknown || self.share < weigh.sure => {
                Some(Message::NotNearEnough)
            }
            () => shared,
        };
        let score = match doubt {
            None => steps.inflected,
            Some(Message::OtherGender | Message::NotNearEnough) => steps.inflected * f64::from(self.share).min(weigh.unsure),
            Some(Message::GivenName) => weigh.given,
            Some(_) => steps.shared,
        };
        let evidence = vec![Evidence::Inflected {
            nominative: self.nominative,
            language: self.language,
            cases: self.cases,
            confidence: (f64::from(self.confidence) * 100.0).round() / 100.0,
        }];
        Hit { name: self.name, how: How::Inflected, score, doubt, aligned: None, evidence }
    }
}

/// Whether a word of the string and the word of the name in its place are of a man and of a woman.
fn are_opposite(text: &str, name: &str) -> bool {
    let (text, name) = (fold(text), fold(name));
    let (a, b) = (Spelling::of(&text), Spelling::of(&name));
    a.words.len() == b.words.len() && a.words.iter().zip(&b.words).any(|(v, w)| v.denies(w))
}
