//! Strings to look for, each made from the name of one entity.

use super::parts::letters;
use super::{Generator, Random};
use atau::text::fold;

/// How a string differs from the name it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Exact,
    /// In capitals and quotes, or in small letters.
    Folded,
    /// Romanised by a scheme that no name of the registry is.
    Romanised,
    /// One letter left out, doubled, exchanged with the next or replaced.
    Misspelt,
    /// Romanised so and misspelt.
    Both,
    /// The name of nobody: of an entity that the registry does not have.
    Unknown,
}

impl Ask {
    pub const ALL: [Ask; 6] = [Ask::Exact, Ask::Folded, Ask::Romanised, Ask::Misspelt, Ask::Both, Ask::Unknown];
}

/// A string, and whose name it is made of.
pub struct Query {
    pub text: String,
    pub entity: u64,
}

impl Generator {
    /// So many strings for the registry of so many entities.
    pub fn queries(&self, ask: Ask, entities: u64, count: usize) -> Vec<Query> {
        let mut random = Random::new(0xA5C1 + ask as u64);
        let mut queries = Vec::with_capacity(count);
        while queries.len() < count {
            let mut number = random.next() % entities;
            if ask == Ask::Unknown {
                number += entities + 1_000_000_000;
            }
            if let Some(text) = self.ask(ask, number, &mut random) {
                queries.push(Query { text, entity: number });
            }
        }
        queries
    }

    fn ask(&self, ask: Ask, number: u64, random: &mut Random) -> Option<String> {
        let entity = self.entity(number);
        // The registry's last entity may lack all but its first name.
        let name = match ask {
            Ask::Exact | Ask::Folded => &entity.aliases[random.below(entity.aliases.len().min(2))],
            _ => &entity.aliases[0],
        };
        let other = &self.other[entity.language as usize];
        let text = match ask {
            Ask::Exact => return Some(name.text.clone()),
            Ask::Folded if random.chance(50) => format!("«{}»", name.text.to_uppercase()),
            Ask::Folded => name.text.to_lowercase(),
            Ask::Romanised => other.transliterate(&name.text),
            Ask::Misspelt => misspelt(&name.text, &letters(entity.language, false), random)?,
            Ask::Both => misspelt(&other.transliterate(&name.text), &letters(entity.language, true), random)?,
            Ask::Unknown => name.text.clone(),
        };
        let new = ask == Ask::Folded || entity.aliases.iter().all(|alias| fold(&alias.text) != fold(&text));
        (new || ask == Ask::Unknown).then_some(text)
    }
}

/// A text with one wrong letter, beyond the first of a word of four letters or more.
fn misspelt(text: &str, letters: &[char], random: &mut Random) -> Option<String> {
    let mut all: Vec<char> = text.chars().collect();
    let inner = |at: &usize| (*at..*at + 3).all(|i| all.get(i).is_some_and(|c| c.is_alphabetic())) && all[at - 1].is_alphabetic();
    let places: Vec<usize> = (1..all.len()).filter(inner).collect();
    if places.is_empty() {
        return None;
    }
    let at = *random.of(&places);
    match random.below(4) {
        0 => drop(all.remove(at)),
        1 => all.insert(at, all[at]),
        2 => all.swap(at, at + 1),
        _ => all[at] = *random.of(letters),
    }
    Some(all.into_iter().collect())
}
