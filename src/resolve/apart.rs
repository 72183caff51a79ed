//! The step for abbreviations whose letters stand apart: С.Д.К. and СДК.

use super::index::{Forms, Place};
use super::sentence::Message;
use super::steps::{Hit, Query, by_form, by_repair};
use crate::registry::{EntityType, Registry};
use crate::text::{fold, is_alphabetic, is_mark, letters_apart};

/// Abbreviations with stops between their letters have no more.
const MOST_DOTTED: usize = 8;

/// An abbreviation with stops or spaces between its letters where the registered one has none, or the other way round.
pub(super) fn by_letters_apart(registry: &Registry, forms: &Forms, query: &Query) -> Vec<Hit> {
    let Some(letters) = letters_apart(query.text) else { return by_dotted(registry, forms, query.raw, query.text) };
    let form = fold(&letters);
    let together = Query::new(query.raw, &letters, form.as_bytes());
    let mut hits: Vec<Hit> = by_form(registry, forms, &together).placed().into_iter().map(|(hit, _)| hit).collect();
    if hits.is_empty() {
        hits = by_repair(registry, forms, &letters);
    }
    if hits.is_empty() {
        hits = by_dotted(registry, forms, query.raw, &letters);
    }
    // Two are as well the initials of somebody.
    if letters.chars().filter(|c| !is_mark(*c)).count() == 2 {
        hits.iter_mut().for_each(|h| h.doubt = h.doubt.or(Some(Message::Weak)));
    }
    hits
}

/// A word of a few capitals, or letters that have none, that is registered with stops between them; what is a person's are initials.
fn by_dotted(registry: &Registry, forms: &Forms, raw: &str, text: &str) -> Vec<Hit> {
    let letters = text.chars().count();
    if !(2..=MOST_DOTTED).contains(&letters) || !text.chars().all(|c| is_alphabetic(c) && !c.is_lowercase()) {
        return Vec::new();
    }
    let dotted = fold(text).chars().map(String::from).collect::<Vec<_>>().join(".");
    let found = by_form(registry, forms, &Query::new(raw, text, dotted.as_bytes())).placed();
    let is_person = |place: &Place| registry.entity_at(place.entity).is_some_and(|e| e.kind == Some(EntityType::Person));
    found.into_iter().filter(|(_, place)| !is_person(place)).map(|(hit, _)| hit).collect()
}
