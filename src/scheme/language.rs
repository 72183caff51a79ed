//! Languages as transliteration sees them: an alphabet and classes of letters.

use crate::builtin::LANGUAGES;
use crate::text::{Diagnostic, Fields, Source, read_toml};
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Clone)]
pub(crate) struct Language {
    /// ISO 639-3.
    pub code: String,
    /// BCP 47.
    pub tag: String,
    pub name: String,
    pub alphabet: Vec<char>,
    /// Marks that show stress, on letters of the class `vowel`.
    pub stress: Vec<char>,
    /// Small letters that are often written as another, with it.
    pub often_written: Vec<(char, char)>,
    pub classes: BTreeMap<String, Vec<char>>,
}

static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let read = |file: &crate::builtin::BuiltIn| {
        let mut found = Vec::new();
        let language = read(&Source::new(file.path, file.text), &mut found);
        debug_assert!(found.is_empty(), "{found:?}");
        language
    };
    LANGUAGES.iter().map(read).collect()
});

pub(crate) fn language(code: &str) -> Option<&'static Language> {
    ALL.iter().find(|l| l.code == code)
}

pub(crate) fn languages() -> &'static [Language] {
    &ALL
}

fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Language {
    let mut fields = Fields::new(source, read_toml(source, found), found);
    let language = Language {
        code: fields.required("language", found).value,
        tag: fields.required("tag", found).value,
        name: fields.required("name", found).value,
        alphabet: fields.required("alphabet", found).value.chars().collect(),
        stress: fields.text("stress", found).map(|s| s.value.chars().collect()).unwrap_or_default(),
        often_written: fields
            .pairs("often_written", found)
            .into_iter()
            .filter_map(|(letter, other)| Some((letter.value.chars().next()?, other.value.chars().next()?)))
            .collect(),
        classes: fields.pairs("classes", found).into_iter().map(|(name, letters)| (name.value, letters.value.chars().collect())).collect(),
    };
    fields.finish(found);
    language
}
