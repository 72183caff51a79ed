//! What may stand before or after a letter: letters, classes in braces, `^` for a word's start, `$` for its end.

use super::language::Language;
use crate::text::shown;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Atom {
    Start,
    End,
    Letter(char),
    Class(String),
}

/// Reads a pattern such as `{vowel}й` or `^с`; the error says what is wrong with it.
pub(crate) fn parse_pattern(text: &str, language: &Language) -> Result<Vec<Atom>, String> {
    let mut atoms = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        atoms.push(match c {
            '^' => Atom::Start,
            '$' => Atom::End,
            '{' => {
                let Some((name, after)) = rest.split_once('}') else {
                    return Err(format!("{}: expected a closing brace", shown(text)));
                };
                rest = after;
                if !language.classes.contains_key(name) {
                    let known: Vec<&str> = language.classes.keys().map(String::as_str).collect();
                    return Err(format!("no class is called {}: expected one of {}", shown(name), known.join(", ")));
                }
                Atom::Class(name.to_owned())
            }
            _ if c.is_uppercase() => return Err(format!("{}: write small letters; they stand for capitals too", shown(text))),
            _ => Atom::Letter(c),
        });
    }
    match atoms.is_empty() {
        true => Err("expected a letter, a class such as {vowel}, ^ or $; found nothing".to_owned()),
        false => Ok(atoms),
    }
}
