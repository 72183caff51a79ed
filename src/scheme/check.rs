//! Step two: whether a table makes sense; every fault with its place.

use super::language::{Language, language, languages};
use super::pattern::{Atom, parse_pattern};
use super::table::{OptionRow, Table};
use crate::text::{At, Diagnostic, Source, nfc, shown};
use std::collections::HashSet;

/// The name of the option that every scheme of a language with stress marks has.
pub(crate) const STRESS: &str = "stress";
pub(crate) const STRESS_VALUES: [&str; 2] = ["drop", "keep"];

/// The most letters and rules of a table.
const MOST: usize = 10_000;

/// Checks one table, its parents' rules and letters already joined to it.
pub(crate) fn check(source: &Source, table: &Table, found: &mut Vec<Diagnostic>) {
    let checker = Checker { source, table, language: language(&table.language.value) };
    checker.names(found);
    checker.letters(found);
    checker.options(found);
    checker.rules(found);
    checker.capitals(found);
    checker.examples(found);
}

struct Checker<'a> {
    source: &'a Source,
    table: &'a Table,
    language: Option<&'static Language>,
}

impl Checker<'_> {
    fn names(&self, found: &mut Vec<Diagnostic>) {
        let id = &self.table.id;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if !id.value.chars().all(plain) {
            found.push(self.source.error(id.span.clone(), "an id is made of a-z, 0-9, - and ."));
        }
        // What is missing was told when the table was read.
        if self.language.is_none() && !self.table.language.value.is_empty() {
            let known: Vec<&str> = languages().iter().map(|l| l.code.as_str()).collect();
            let message = format!("unknown language {}: expected one of {}", shown(&self.table.language.value), known.join(", "));
            found.push(self.source.error(self.table.language.span.clone(), message));
        }
        if let Some(prior) = self.table.prior.as_ref().filter(|prior| prior.value < 1) {
            found.push(self.source.error(prior.span.clone(), format!("prior: expected a whole number from 1, found {}", prior.value)));
        }
        for script in [&self.table.from, &self.table.to] {
            if !script.value.is_empty() && unicode_script::Script::from_short_name(&script.value).is_none() {
                let message = format!("{} is not an ISO 15924 script code", shown(&script.value));
                found.push(self.source.error(script.span.clone(), message));
            }
        }
    }

    fn letters(&self, found: &mut Vec<Diagnostic>) {
        let mut seen = HashSet::new();
        for (letter, value) in &self.table.letters {
            let mut chars = letter.value.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) if c > '\u{FFFF}' => {
                    found.push(self.source.error(letter.span.clone(), "letters beyond the basic plane are not read"));
                }
                (Some(c), None) if c.is_lowercase() || !c.is_alphabetic() || c.to_lowercase().eq([c]) => {
                    seen.insert(c);
                }
                _ => {
                    let message = format!("expected one small letter, found {}; write several letters as a rule", shown(&letter.value));
                    found.push(self.source.error(letter.span.clone(), message));
                }
            }
            self.output(value, found);
        }
        let Some(language) = self.language else { return };
        let missing: String = language.alphabet.iter().filter(|c| !seen.contains(c)).collect();
        if !missing.is_empty() {
            let message = format!("letters of the {} alphabet without a value: {missing}", language.name);
            found.push(
                self.source.error(self.table.id.span.clone(), message).with_help("give each a value under [letters], \"\" to drop it"),
            );
        }
    }

    /// An output is in NFC and holds no letter of the alphabet it is to replace.
    fn output(&self, value: &At<String>, found: &mut Vec<Diagnostic>) {
        self.normal(value, found);
        let own = |c: &char| self.language.is_some_and(|l| l.alphabet.contains(c));
        if let Some(c) = value.value.chars().find(own) {
            let message = format!("the value holds {c} (U+{:04X}), a letter of the source alphabet", c as u32);
            found.push(self.source.error(value.span.clone(), message));
        }
    }

    fn normal(&self, value: &At<String>, found: &mut Vec<Diagnostic>) {
        if nfc(&value.value) != value.value {
            found.push(self.source.error(value.span.clone(), "the value is not in Unicode normal form C"));
        }
    }

    fn options(&self, found: &mut Vec<Diagnostic>) {
        for option in &self.table.options {
            if option.name.value == STRESS {
                found.push(self.source.error(option.name.span.clone(), "the option \"stress\" is there already, for every scheme"));
            }
            if !option.values.iter().any(|v| v.value == option.default.value) {
                let message = format!("the default {} is not among the values", shown(&option.default.value));
                found.push(self.source.error(option.default.span.clone(), message));
            }
        }
    }

    fn when(&self, when: &[(At<String>, At<String>)], found: &mut Vec<Diagnostic>) {
        for (name, value) in when {
            let stress = name.value == STRESS && STRESS_VALUES.contains(&value.value.as_str());
            let option = self.table.options.iter().find(|o: &&OptionRow| o.name.value == name.value);
            match option {
                None if stress => {}
                None => found.push(self.source.error(name.span.clone(), format!("no option is called {}", shown(&name.value)))),
                Some(option) if option.values.iter().any(|v| v.value == value.value) => {}
                Some(option) => {
                    let values: Vec<&str> = option.values.iter().map(|v| v.value.as_str()).collect();
                    let message = format!("{} is no value of {}: expected one of {}", shown(&value.value), name.value, values.join(", "));
                    found.push(self.source.error(value.span.clone(), message));
                }
            }
        }
    }

    /// What the compiled form has room for.
    fn sizes(&self, language: &Language, found: &mut Vec<Diagnostic>) {
        let sources: usize = self.table.rules.iter().map(|r| r.from.len()).sum();
        if sources + self.table.letters.len() > MOST {
            let message = format!("{} letters and rules; at most {MOST} are read", sources + self.table.letters.len());
            found.push(self.source.error(self.table.id.span.clone(), message));
        }
        let named = self.table.rules.iter().flat_map(|r| r.word_has.iter().chain(&r.word_lacks)).filter(|p| !p.value.starts_with('{'));
        let named: HashSet<&str> = named.map(|p| p.value.as_str()).collect();
        if named.len() + language.classes.len() > 64 {
            let message = "word_has and word_lacks name too many letters: with the classes at most 64; use classes";
            found.push(self.source.error(self.table.id.span.clone(), message));
        }
    }

    fn rules(&self, found: &mut Vec<Diagnostic>) {
        let Some(language) = self.language else { return };
        self.sizes(language, found);
        for rule in &self.table.rules {
            if rule.from.is_empty() {
                found.push(self.source.error(rule.span.clone(), "the rule has no \"from\""));
            }
            for from in &rule.from {
                let known = |c: char| language.alphabet.contains(&c) || self.table.letters.iter().any(|(l, _)| l.value.starts_with(c));
                match from.value.chars().find(|c| !known(*c)) {
                    Some(c) => found.push(
                        self.source.error(from.span.clone(), format!("{} is not among the letters", shown(c.encode_utf8(&mut [0; 4])))),
                    ),
                    None if from.value.is_empty() => found.push(self.source.error(from.span.clone(), "expected a letter, found nothing")),
                    None => {}
                }
            }
            self.output(&rule.to, found);
            self.when(&rule.when, found);
            for pattern in [&rule.after, &rule.before, &rule.not_after, &rule.not_before].into_iter().flatten() {
                if let Err(message) = parse_pattern(&pattern.value, language) {
                    found.push(self.source.error(pattern.span.clone(), message));
                }
            }
            let sides = [
                (&rule.after, "$", "before"),
                (&rule.not_after, "$", "before"),
                (&rule.before, "^", "after"),
                (&rule.not_before, "^", "after"),
            ];
            for (patterns, sign, side) in sides {
                for pattern in patterns.iter().filter(|p| p.value.contains(sign)) {
                    found.push(self.source.error(pattern.span.clone(), format!("{sign} never fits here: it stands only in {side}")));
                }
            }
            for pattern in rule.word_has.iter().chain(&rule.word_lacks) {
                match parse_pattern(&pattern.value, language).as_deref() {
                    Ok([Atom::Letter(_) | Atom::Class(_)]) => {}
                    Ok(_) => found.push(self.source.error(pattern.span.clone(), "expected one letter or one class, such as {vowel}")),
                    Err(message) => found.push(self.source.error(pattern.span.clone(), message.clone())),
                }
            }
        }
    }

    fn capitals(&self, found: &mut Vec<Diagnostic>) {
        for (from, to) in &self.table.upper {
            self.normal(to, found);
            for side in [from, to] {
                if side.value.chars().count() != 1 {
                    found.push(self.source.error(side.span.clone(), format!("expected one letter, found {}", shown(&side.value))));
                }
            }
        }
        self.table.title_forms.iter().for_each(|(_, to)| self.normal(to, found));
        let outputs: HashSet<&str> = self.outputs().collect();
        let unknown = self.table.title_forms.iter().map(|(from, _)| from).chain(&self.table.collapse);
        for output in unknown.filter(|o| !outputs.contains(o.value.as_str())) {
            found.push(self.source.error(output.span.clone(), format!("no letter or rule writes {}", shown(&output.value))));
        }
    }

    fn outputs(&self) -> impl Iterator<Item = &str> {
        self.table.letters.iter().map(|(_, to)| to.value.as_str()).chain(self.table.rules.iter().map(|r| r.to.value.as_str()))
    }

    fn examples(&self, found: &mut Vec<Diagnostic>) {
        if self.table.examples.is_empty() {
            found.push(self.source.warning(self.table.id.span.clone(), "the table has no examples to check it by"));
        }
        for example in &self.table.examples {
            self.when(&example.when, found);
        }
        for collisions in &self.table.collisions {
            self.when(&collisions.when, found);
        }
        for letter in &self.table.inferred {
            if !self.table.letters.iter().any(|(l, _)| l.value == letter.value) {
                found.push(self.source.error(letter.span.clone(), format!("{} is not among the letters", shown(&letter.value))));
            }
        }
    }
}
