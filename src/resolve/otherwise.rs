//! The step for names that the string has in other words: a country by its adjective or its people, a full name whose
//! abbreviation is registered and the other way round, a name beside words that tell what it is of. All of them are candidates
//! for a person to judge, never matches.

use super::index::{Index, NameId};
use super::inflected::country_of;
use super::outcome::{Evidence, How};
use super::score;
use super::sentence::Message;
use super::steps::{Found, Hit, Known, Query};
use super::weights::weights;
use crate::name::abbreviation::{self, Derivation, could_abbreviate, derive, derive_in_english, proposed};
use crate::name::dots::without_dots;
use crate::name::inflect::{
    self, country_of_people, dictionary_form, forms, is_head, may_have_other_names, names_of_country, other_names, places_of, readings,
};
use crate::name::parts::{self, Kind, Parts, Role, Word, analyse};
use crate::registry::{EntityType, Registry};
use crate::text::{fold, is_alphanumeric, letters_apart};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// So many first letters are those of the name that an adjective is made of.
const SAME_STEM: usize = 4;
/// An abbreviation that more names are is nobody's.
const MOST_BEARERS: usize = 200;
/// Longer strings are not looked at, in bytes.
const LONGEST: usize = 400;

/// The registered names that the string may mean in other words, each with why it is not sure.
pub(super) fn in_other_words(known: &Known, query: &Query) -> Vec<Hit> {
    let mut hits = Vec::new();
    if query.text.len() > LONGEST {
        return hits;
    }
    let (registry, index) = (known.registry, known.index());
    by_country(registry, index, query, &mut hits);
    by_abbreviation(registry, index, query.text, query.parts(), &mut hits);
    for part in [quoted(query.text), latin_end(query.text)].into_iter().flatten() {
        within(registry, index, query, part, &|_| true, &mut hits);
        by_abbreviation(registry, index, part, &analyse(part, None), &mut hits);
    }
    ends(registry, index, query, &mut hits);
    if let Some(part) = place(query.text, query.parts()) {
        let of = |id: NameId| registry.entity_at(index.entity(id) as usize);
        let is_place = |id: NameId| of(id).is_some_and(|entity| entity.kind == Some(EntityType::Place));
        within(registry, index, query, part, &is_place, &mut hits);
    }
    let text = letters_apart(query.text).map_or(Cow::Borrowed(query.text), Cow::Owned);
    if let Some(capitals) = capitals(&text) {
        for name in known.initials.get_or_init(|| index.initials()).of(&capitals) {
            let full = index.name(registry, *name);
            hits.extend(full.and_then(|full| abbreviated(&text, *name, &full.text, &analyse(&full.text, None))));
        }
    }
    hits
}

/// What the string has in other words, with what is near. Of several that are about as near none is sure beside another name of
/// the same country.
pub(super) fn beside(words: Vec<Hit>, mut near: Found, match_from: f64) -> Found {
    if words.is_empty() {
        return near;
    }
    let is_sure = near.hits.iter().any(|h| h.doubt.is_none() && h.score >= match_from);
    if !is_sure && words.iter().any(|h| h.score >= weights().otherwise.same_country) {
        near.hits.iter_mut().for_each(|h| h.doubt = h.doubt.or(Some(Message::NotNearEnough)));
    }
    Found { hits: words, comparable: Vec::new() }.beside(near)
}

fn add(hits: &mut Vec<Hit>, name: NameId, score: f64, doubt: Message, evidence: Evidence) {
    if hits.iter().all(|h| h.name != name) {
        hits.push(Hit { name, how: How::Near, score, doubt: Some(doubt), aligned: None, evidence: vec![evidence] });
    }
}

/// The country, or the place, that the string means by its adjective, its people, or another of its names.
fn by_country(registry: &Registry, index: &Index, query: &Query, hits: &mut Vec<Hit>) {
    let scores = &weights().otherwise;
    let mut add_forms = |form: &str, score: f64, doubt: Message| {
        let mut found = index.by_folded(registry, form);
        if let (true, Cow::Owned(plain)) = (found.is_empty(), without_dots(form)) {
            found = index.by_folded(registry, &plain);
        }
        if found.is_empty() && !form.contains(' ') {
            // The registry may have it in a case of its own.
            found = forms(form, None, None).iter().flat_map(|f| index.by_folded(registry, &f.text)).collect();
        }
        let any = !found.is_empty();
        for (id, name) in found {
            add(hits, id, score, doubt, Evidence::Meaning { name: name.to_owned() });
        }
        any
    };
    // A nominative is asked for only where something of the table begins like it.
    let first = query.beginnings().first().copied().flatten();
    let may_be_listed = first.is_none_or(may_have_other_names);
    let likely = may_be_listed.then(|| query.likely()).into_iter().flatten().map(fold).filter(|form| form != query.folded());
    for form in std::iter::once(query.folded().to_owned()).chain(likely) {
        for (names, own) in other_names(&form) {
            for other in names.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, other)| other) {
                let score = if names[own].is_aside || other.is_aside { scores.aside } else { scores.same_country };
                add_forms(other.name, score, Message::OtherName);
            }
        }
    }
    if let Some(id) = country_of(query) {
        let adjective = is_adjective(query.folded());
        // The name that an adjective is made of goes first, abbreviations last: британский, Британия.
        let order = |f: &&String| match () {
            () if f.chars().nth(3).is_none() => 2,
            () => u8::from(f.chars().zip(query.folded().chars()).take_while(|(a, b)| a == b).count() < SAME_STEM),
        };
        let mut names: Vec<_> = names_of_country(id).iter().filter(|f| *f != query.folded()).collect();
        names.sort_by_key(order);
        for form in names {
            let (score, doubt) = match (adjective, is_adjective(form)) {
                (false, false) => (scores.same_country, Message::OtherName),
                (true, true) => (scores.same_adjective, Message::OtherName),
                _ => (scores.of_country, Message::NamedAfter),
            };
            add_forms(form, score, doubt);
        }
        return;
    }
    if query.folded().contains(|c: char| c.is_whitespace()) {
        return;
    }
    for (_, reading) in query.readings().iter().filter(|(_, r)| r.confidence >= 0.05).take(4) {
        let word = fold(&reading.text);
        if let Some(id) = country_of_people(&word) {
            names_of_country(id)
                .iter()
                .filter(|f| !is_adjective(f))
                .for_each(|form| _ = add_forms(form, scores.of_country, Message::NamedAfter));
        } else if let Some(adjective) = dictionary_form(&word) {
            for place in places_of(&adjective) {
                if add_forms(&place, scores.derived, Message::NamedAfter) {
                    break;
                }
            }
        }
    }
}

/// Whether a word ends like a Russian adjective in -ский, in any gender.
pub(super) fn is_adjective(folded: &str) -> bool {
    !folded.contains(' ') && dictionary_form(folded).is_some()
}

/// The registered abbreviation of a full name.
fn by_abbreviation(registry: &Registry, index: &Index, full: &str, parts: &Parts, hits: &mut Vec<Hit>) {
    let words = full.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()).count();
    if words < 2 || parts.kind == Kind::Person || words > 2 && !is_of_body(parts) {
        return;
    }
    let mut texts: Vec<String> = proposed(full).into_iter().map(|(text, _)| text).collect();
    let derived = texts.len();
    // The first letters of all words, small ones too: ДПНИ.
    let words = full.split(|c: char| !is_alphanumeric(c)).filter(|w| !w.is_empty());
    texts.push(words.filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect());
    // Many may bear one abbreviation.
    let mut last: Option<(&str, Option<Hit>)> = None;
    for (at, text) in texts.iter().enumerate() {
        let mut found = index.by_folded_up_to(registry, &fold(text), MOST_BEARERS + 1);
        // What so many are called tells nothing.
        if found.len() > MOST_BEARERS {
            continue;
        }
        found.retain(|(_, name)| name.chars().filter(|c| c.is_uppercase()).count() > 1 && !name.contains(char::is_whitespace));
        if found.is_empty() || at < derived && derive(text, full).is_none() {
            continue;
        }
        let others: FxHashSet<NameId> = hits.iter().map(|h| h.name).collect();
        for (id, name) in found {
            if last.as_ref().is_none_or(|(known, _)| *known != name) {
                last = Some((name, abbreviated(name, id, full, parts)));
            }
            if let Some((_, Some(hit))) = &last
                && !others.contains(&id)
            {
                let more = if text.chars().nth(2).is_some() { weights().abbreviation.registered } else { 0.0 };
                hits.push(Hit { name: id, score: hit.score + more, ..hit.clone() });
            }
        }
    }
}

/// Whether a name of the registry may be what an abbreviation stands for, as a hit.
fn abbreviated(text: &str, name: NameId, full: &str, parts: &Parts) -> Option<Hit> {
    // Two letters fit too much where they are not those of all words, and the letters of a person's name are nobody's abbreviation.
    let fits = |d: &Derivation| match d.pieces.len() {
        2 => d.cost == 0 && d.kind == abbreviation::Kind::Initials && parts.kind != Kind::Person,
        pieces => pieces > 2 && d.kind != abbreviation::Kind::Part && is_of_body(parts),
    };
    let derivation = derive(text, full).filter(fits).or_else(|| derive_in_english(text, full).filter(fits))?;
    let evidence = vec![Evidence::Abbreviation { name: full.to_owned(), derivation: derivation.to_string() }];
    let score = score::of_abbreviation(derivation.cost);
    Some(Hit { name, how: How::Near, score, doubt: Some(Message::OnlyAbbreviation), aligned: None, evidence })
}

/// Whether a name is that of a body or a country, and not of a person.
fn is_of_body(parts: &Parts) -> bool {
    let tells = |w: usize| matches!(parts.words[w].role, Role::Head(_) | Role::Quality(_) | Role::Country(_)) || is_head(parts.folded(w));
    parts.kind != Kind::Person && (0..parts.words.len()).any(tells)
}

/// Whether a string has the looks of an abbreviation in capitals.
pub(super) fn is_in_capitals(text: &str) -> bool {
    (3..=8).contains(&text.chars().count()) && text.chars().all(|c| c.is_uppercase() || c == '-') && could_abbreviate(text)
}

/// The letters by which a string is looked for that has the looks of an abbreviation: all of it in capitals, or the capitals of a word: КазНТУ.
fn capitals(text: &str) -> Option<String> {
    if is_in_capitals(text) {
        return Some(fold(text));
    }
    let is_word = text.chars().count() <= 12 && text.chars().all(char::is_alphabetic) && text.starts_with(char::is_uppercase);
    let capitals: String = text.chars().filter(|c| is_word && c.is_uppercase()).collect();
    let several = capitals.chars().nth(2).is_some() && capitals.len() < text.len();
    several.then(|| fold(&capitals))
}

/// A part of the string that is a name by itself; what stands beside it tells what it is of.
fn within(registry: &Registry, index: &Index, query: &Query, part: &str, fits: &dyn Fn(NameId) -> bool, hits: &mut Vec<Hit>) {
    let form = fold(part);
    if form == query.folded() || form.is_empty() {
        return;
    }
    let mut found = index.by_folded(registry, &form);
    if found.is_empty() {
        let nominatives = readings(part);
        let likely = nominatives.iter().filter(|(_, r)| r.confidence >= 0.1);
        found = likely.flat_map(|(_, r)| index.by_folded(registry, &fold(&r.text))).collect();
    }
    for (id, name) in found.into_iter().filter(|(id, _)| fits(*id)) {
        add(hits, id, weights().otherwise.within, Message::SaysMore, Evidence::Within { part: part.to_owned(), name: name.to_owned() });
    }
}

/// The first words of the string, or of a nominative of it, that are a name with a head: отдел России в японском МИДе, and the last after words
/// that tell of them: мюнхенская Бавария. A last word that is there in the genitive stands so in no nominative.
fn ends(registry: &Registry, index: &Index, query: &Query, hits: &mut Vec<Hit>) {
    if !query.folded().contains(' ') {
        return;
    }
    let mut found: Vec<(usize, NameId, String, String)> = Vec::new();
    let likely = may_have_ends(index, query).then(|| query.likely()).into_iter().flatten();
    for text in std::iter::once(query.text).chain(likely) {
        for (at, _) in text.match_indices(' ') {
            let (first, last) = (&text[..at], &text[at + 1..]);
            let cut_off = first.ends_with(|c: char| !is_alphanumeric(c)) || last.starts_with(|c: char| !is_alphanumeric(c));
            let begins = |part: &str| !part.ends_with(',') && (last.starts_with(['—', '–']) || has_head(part));
            let ends = || !cut_off && first.split(' ').all(tells);
            for (part, is_first) in [(first, true), (last, false)] {
                if !is_first && !ends() {
                    continue;
                }
                let form = fold(part);
                // Very many may bear a given name.
                if !index.by_folded_up_to(registry, &form, 1).is_empty() && (!is_first || begins(part)) {
                    let named = index.by_folded(registry, &form).into_iter();
                    found.extend(named.map(|(id, name)| (part.len(), id, part.to_owned(), name.to_owned())));
                }
            }
        }
    }
    found.sort_by_key(|(len, ..)| std::cmp::Reverse(*len));
    for (_, id, part, name) in found {
        add(hits, id, weights().otherwise.within, Message::SaysMore, Evidence::Within { part, name });
    }
}

/// Whether a nominative of a string may begin with a name that has a head, or end with one after words that tell of it; told by what its words
/// begin with.
fn may_have_ends(index: &Index, query: &Query) -> bool {
    let begin = query.beginnings();
    let (Some(first), Some(last)) = (begin.first(), begin.last()) else { return true };
    let is_registered = |begin: &Option<&str>| begin.is_none_or(|begin| index.may_begin(begin));
    let has_head = || query.text.contains(['—', '–']) || begin.iter().any(|begin| begin.is_none_or(may_begin_head));
    is_registered(first) && has_head() || tells(query.text) && is_registered(last)
}

/// Whether a word that begins with these letters may say of what kind something is.
fn may_begin_head(begin: &str) -> bool {
    parts::may_begin_head(begin) || inflect::may_begin_head(begin)
}

/// Whether a word stands before a name to tell of it: it begins small.
fn tells(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// Whether a part of a string says of what kind it is.
fn has_head(part: &str) -> bool {
    let parts = analyse(part, None);
    (0..parts.words.len()).any(|w| matches!(parts.words[w].role, Role::Head(_) | Role::PlaceWord(_)) || is_head(parts.folded(w)))
}

/// What stands in quotation marks, when something stands outside them; the closing one may be missing.
fn quoted(text: &str) -> Option<&str> {
    let (before, rest) = text.split_once(['«', '“', '„', '"'])?;
    let inside = rest.split(['»', '”', '“', '"']).next()?;
    let after = rest.get(inside.len()..).unwrap_or_default();
    let outside = before.chars().chain(after.chars()).any(char::is_alphanumeric);
    (outside && inside.contains(char::is_alphanumeric)).then_some(inside)
}

/// The name of a place beside words that say what kind of place it is: г. Алматы, Алматы қаласы.
fn place<'t>(text: &'t str, parts: &Parts) -> Option<&'t str> {
    let is_name = |w: &Word| !matches!(w.role, Role::PlaceWord(_));
    let (first, last) = (parts.words.iter().position(is_name)?, parts.words.iter().rposition(is_name)?);
    let names = parts.words.get(first..=last)?;
    if names.len() == parts.words.len() || !names.iter().all(is_name) {
        return None;
    }
    text.get(names.first()?.range().start..names.last()?.range().end)
}

/// Latin words after one to three Cyrillic ones: банк HSBC.
fn latin_end(text: &str) -> Option<&str> {
    let cyrillic = |c: char| ('\u{400}'..'\u{530}').contains(&c);
    let last = text.char_indices().rev().find(|(_, c)| cyrillic(*c))?;
    let end = text.get(last.0 + last.1.len_utf8()..)?.trim_start();
    let before = text.split_whitespace().take_while(|w| w.contains(cyrillic)).count();
    (before <= 3 && text.starts_with(cyrillic) && end.starts_with(|c: char| c.is_alphabetic()) && end.chars().nth(1).is_some())
        .then_some(end)
}
