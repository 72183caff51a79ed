//! What the spelling of a language does not have, from `tables/spelling/`: tables in the format of schemes that
//! mark the letters that stand where the language does not put them.

use crate::scheme::Scheme;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

pub(super) struct Spelling {
    language: String,
    scheme: Scheme,
}

impl Spelling {
    pub(super) fn language(&self) -> &str {
        &self.language
    }

    /// Appends a `!` for every letter that is out of place, among what else passes through.
    pub(super) fn mark(&self, text: &str, out: &mut String) {
        self.scheme.transliterate_into(text, out);
    }
}

static TABLES: [(&str, &str); 2] = [
    ("tables/spelling/kaz.toml", include_str!("../../../tables/spelling/kaz.toml")),
    ("tables/spelling/rus.toml", include_str!("../../../tables/spelling/rus.toml")),
];

static ALL: LazyLock<Vec<Spelling>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| {
        let scheme = Scheme::from_table(text, name);
        debug_assert!(scheme.is_ok(), "{:?}", scheme.err().map(|e| e.diagnostics().iter().map(ToString::to_string).collect::<Vec<_>>()));
        scheme.ok()
    };
    TABLES.iter().filter_map(read).map(|scheme| Spelling { language: scheme.language().to_owned(), scheme }).collect()
});

pub(super) fn of(language: &str) -> Option<&'static Spelling> {
    ALL.iter().find(|s| s.language == language)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: BTreeMap<String, String>,
}

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    // The table is part of the program, and a test reads it.
    let table: Words = toml::from_str(include_str!("../../../tables/spelling/words.toml")).expect("tables/spelling/words.toml");
    table.words.values().flat_map(|list| list.split_whitespace()).map(str::to_owned).collect()
});

/// Whether a word is a common one of another language.
pub(super) fn is_foreign(word: &str) -> bool {
    WORDS.contains(&word.to_lowercase().replace('\u{2019}', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        for (name, text) in TABLES {
            let told = Scheme::from_table(text, name).err().map(|e| e.diagnostics().iter().map(|d| d.to_string()).collect::<Vec<_>>());
            assert_eq!(told, None);
        }
        assert!(is_foreign("Of") && !is_foreign("Qazaqstan"));
    }
}
