//! Where tables come from, and the way from a text to a scheme.

use super::check::{STRESS, STRESS_VALUES, check};
use super::language::language;
use super::table::{Rule, Table};
use super::{Error, Scheme};
use crate::builtin::{BuiltIn, SCHEMES};
use crate::text::{Diagnostic, Source, shown};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

pub(super) fn ids() -> impl Iterator<Item = &'static str> {
    SCHEMES.iter().map(|file| file.stem)
}

fn file(id: &str) -> Option<&'static BuiltIn> {
    SCHEMES.iter().find(|file| file.stem == id)
}

pub(super) fn builtin(name: &str) -> Result<Scheme, Error> {
    known(name).and_then(|file| from_text(file.text, file.path))
}

/// The table of a built-in scheme, which is not read.
pub(super) fn known(name: &str) -> Result<&'static BuiltIn, Error> {
    if let Some(file) = file(name) {
        return Ok(file);
    }
    let called = NAMES.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    let unknown = || Error::unknown("scheme", name, ids().chain(NAMES.iter().map(|(other, _)| other.as_str())));
    called.and_then(|(_, id)| file(id)).ok_or_else(unknown)
}

/// The other names and the tag of each built-in scheme, with its id; read once, when first asked for.
static NAMES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let names = SCHEMES.iter().flat_map(|file| {
        let table = Table::read(&Source::new(file.path, file.text), &mut Vec::new());
        table.aliases.into_iter().chain(table.tag).map(|name| (name.value, file.stem)).collect::<Vec<_>>()
    });
    names.collect()
});

pub(super) fn open(path: &Path) -> Result<Scheme, Error> {
    own(&Error::text(path, "scheme table")?, &path.display().to_string())
}

/// A user's own table.
pub(super) fn own(text: &str, name: &str) -> Result<Scheme, Error> {
    from_text(text, name).and_then(with_examples)
}

fn from_text(text: &str, name: &str) -> Result<Scheme, Error> {
    let source = Source::new(name, text);
    let mut found = Vec::new();
    let mut table = Table::read(&source, &mut found);
    extend(&source, &mut table, &mut Vec::new(), &mut found);
    check(&source, &table, &mut found);
    if found.iter().any(Diagnostic::is_error) {
        return Err(Error::data("scheme table", found));
    }
    let options = defaults(&table);
    Ok(Scheme::compiled(source, Arc::new(table), options))
}

/// A user's own table must also do what its examples say; those of the built-in ones are tested once and for all.
fn with_examples(scheme: Scheme) -> Result<Scheme, Error> {
    let failing = scheme.failing_examples();
    if failing.is_empty() { Ok(scheme) } else { Err(Error::data("scheme table", failing)) }
}

/// Joins the scheme that the table extends: its own letters replace the parent's, its rules come first.
fn extend(source: &Source, table: &mut Table, heirs: &mut Vec<String>, found: &mut Vec<Diagnostic>) {
    let Some(parent_id) = table.extends.clone() else { return };
    heirs.push(table.id.value.clone());
    if heirs.contains(&parent_id.value) {
        return found.push(source.error(parent_id.span, "a scheme cannot extend itself; give yours an id of its own"));
    }
    let Some(file) = file(&parent_id.value) else {
        let message = Error::unknown("scheme", &parent_id.value, ids()).to_string();
        return found.push(source.error(parent_id.span, message));
    };
    let parent_source = Source::new(file.path, file.text);
    let mut parent = Table::read(&parent_source, found);
    extend(&parent_source, &mut parent, heirs, found);
    for (letter, value) in parent.letters {
        if !table.letters.iter().any(|(own, _)| own.value == letter.value) {
            table.letters.push((letter, value));
        }
    }
    table.rules.extend(parent.rules.into_iter().map(|rule| Rule { inherited: true, ..rule }));
    table
        .options
        .extend(parent.options.into_iter().filter(|o| !table.options.iter().any(|own| own.name.value == o.name.value)).collect::<Vec<_>>());
    table.upper.extend(parent.upper);
    // Of forms, those count whose output is still written.
    let outputs: HashSet<String> =
        table.letters.iter().map(|(_, to)| to).chain(table.rules.iter().map(|r| &r.to)).map(|to| to.value.clone()).collect();
    table.title_forms.extend(parent.title_forms.into_iter().filter(|(from, _)| outputs.contains(&from.value)));
    table.collapse.extend(parent.collapse.into_iter().filter(|output| outputs.contains(&output.value)));
}

fn defaults(table: &Table) -> BTreeMap<String, String> {
    let mut options: BTreeMap<_, _> = table.options.iter().map(|o| (o.name.value.clone(), o.default.value.clone())).collect();
    if language(&table.language.value).is_some_and(|l| !l.stress.is_empty()) {
        options.insert(STRESS.to_owned(), STRESS_VALUES[0].to_owned());
    }
    options
}

pub(super) fn failing_examples(scheme: &Scheme) -> Vec<Diagnostic> {
    let source = &scheme.source;
    let mut failing = Vec::new();
    for example in &scheme.table.examples {
        let set = example.when.iter().try_fold(scheme.clone(), |s, (name, value)| s.with_option(&name.value, &value.value));
        let result = set.map(|s| s.transliterate(&example.input.value));
        match result {
            Ok(output) if output == example.output.value => {}
            Ok(output) => {
                let message =
                    format!("example {}: expected {}, found {}", shown(&example.input.value), shown(&example.output.value), shown(&output));
                failing.push(source.error(example.output.span.clone(), message));
            }
            Err(error) => failing.push(source.error(example.output.span.clone(), error.to_string())),
        }
    }
    failing
}
