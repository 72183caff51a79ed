//! Large registries of invented people, organisations and places, and strings to look for in them.
//!
//! An entity is made from its number and nothing else, so the same registry comes out each time, and a query can be made
//! without keeping the registry. Names are put together from the words of the tables; part of them is coined from two halves of
//! words, since large registries have many words that stand in them once.

mod parts;
mod query;

pub use parts::Random;
use parts::{Language, Words};
pub use query::{Ask, Query};

use atau::Scheme;
use atau::name::{abbreviation, inflect};
use std::io::{self, Write};

/// A name with its kind in the registry and its language.
pub struct Alias {
    pub text: String,
    pub kind: &'static str,
    pub lang: &'static str,
}

/// Somebody or something with its names, the authorised one first.
pub struct Entity {
    pub kind: &'static str,
    pub country: &'static str,
    pub aliases: Vec<Alias>,
    language: Language,
}

/// Makes entities.
pub struct Generator {
    words: Words,
    /// The schemes that aliases are romanised by, and one that none is, for each language.
    registered: [Vec<Scheme>; 2],
    other: [Scheme; 2],
}

impl Generator {
    pub fn new() -> Generator {
        let schemes = |language: &str, without: &str| -> Vec<Scheme> {
            let latin = |id: &&str| id.starts_with(language) && !id.contains("arab") && !id.contains("mw") && *id != without;
            Scheme::ids().filter(latin).map(|id| Scheme::builtin(id).expect("a built-in scheme")).collect()
        };
        let others = ["kaz-odni-2015", "rus-bgnpcgn-1947"];
        Generator {
            words: Words::new(),
            registered: [schemes("kaz", others[0]), schemes("rus", others[1])],
            other: others.map(|id| Scheme::builtin(id).expect("a built-in scheme")),
        }
    }

    /// The entity of a number.
    pub fn entity(&self, number: u64) -> Entity {
        let mut random = Random::new(number);
        let random = &mut random;
        let language = if random.chance(45) { Language::Kazakh } else { Language::Russian };
        let lang = ["kk", "ru"][language as usize];
        let country = ["KZ", if random.chance(30) { "KZ" } else { "RU" }][language as usize];
        let alias = |text: String, kind| Alias { text, kind, lang };
        let mut aliases = Vec::with_capacity(6);
        let kind = match random.below(10) {
            0..5 => {
                let person = self.words.person(language, random);
                aliases.push(alias(person.whole(), "authorised"));
                if random.chance(50) {
                    aliases.push(alias(format!("{} {}", person.given, person.family), "variant"));
                }
                if random.chance(40) {
                    aliases.push(alias(person.inverted(random), "variant"));
                }
                if random.chance(50) {
                    aliases.push(alias(person.initials(random), "variant"));
                }
                "person"
            }
            5..8 => {
                aliases.push(alias(self.words.organisation(language, random), "authorised"));
                if random.chance(60)
                    && let Some(proposal) = abbreviation::propose(&aliases[0].text).into_iter().next()
                {
                    aliases.push(alias(proposal.text, "abbreviation"));
                }
                if random.chance(40) {
                    aliases.push(alias(format!("{} {}", self.words.quality(language, random), aliases[0].text), "variant"));
                }
                "organisation"
            }
            _ => {
                let (name, kind) = self.words.place(language, random);
                if random.chance(50) {
                    aliases.push(alias(format!("{name} {kind}"), "authorised"));
                }
                aliases.push(alias(name, if aliases.is_empty() { "authorised" } else { "variant" }));
                "place"
            }
        };
        if random.chance(15) {
            let language = [inflect::Language::Kazakh, inflect::Language::Russian][language as usize];
            let forms = inflect::forms(&aliases[0].text, Some(language), (kind == "person").then_some(inflect::Kind::Person));
            if let Some(form) = forms.into_iter().nth(1 + random.below(4)) {
                aliases.push(alias(form.text, "variant"));
            }
        }
        for _ in 0..1 + random.below(3) {
            let scheme = random.of(&self.registered[language as usize]);
            let text = scheme.transliterate(&random.of(&aliases).text);
            aliases.push(alias(text, "romanisation"));
        }
        let mut kept: Vec<Alias> = Vec::with_capacity(aliases.len());
        for alias in aliases {
            if kept.iter().all(|k| k.text != alias.text) {
                kept.push(alias);
            }
        }
        Entity { kind, country, aliases: kept, language }
    }

    /// Writes a CSV registry of so many names; gives the number of entities.
    pub fn write(&self, names: usize, out: &mut impl Write) -> io::Result<u64> {
        writeln!(out, "id,name,type,country,lang,kind")?;
        let (mut number, mut left) = (0, names);
        while left > 0 {
            let Entity { kind, country, mut aliases, .. } = self.entity(number);
            aliases.truncate(left);
            left -= aliases.len();
            for Alias { text, kind: name, lang } in aliases {
                writeln!(out, "{},\"{}\",{kind},{country},{lang},{name}", id(number), text.replace('"', "\"\""))?;
            }
            number += 1;
        }
        Ok(number)
    }
}

/// The id of an entity.
pub fn id(number: u64) -> String {
    format!("e-{number}")
}
