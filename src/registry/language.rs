//! Codes of languages, from `tables/language-codes.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    codes: String,
    meant: BTreeMap<String, String>,
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    // A test reads it.
    toml::from_str(include_str!("../../tables/language-codes.toml")).expect("tables/language-codes.toml")
});

/// For each code that the table has the one of two letters, which may be itself.
static OF_TWO: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = CODES.codes.split(',').map(|row| row.trim().split(' '));
    rows.filter_map(|row| Some((row.clone().next()?, row))).flat_map(|(two, row)| row.map(move |code| (code, two))).collect()
});

/// Whether a code of two or three letters may stand at the start of a language tag; else the code that is meant, where that is known.
/// Of the codes of three letters those pass that have none of two.
pub(super) fn primary(code: &str) -> Result<(), Option<&'static str>> {
    let code = code.to_ascii_lowercase();
    match OF_TWO.get(code.as_str()) {
        Some(two) if *two == code => Ok(()),
        Some(two) => Err(Some(two)),
        None if code.len() == 3 => Ok(()),
        None => Err(CODES.meant.get(&code).map(String::as_str)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_languages() {
        for code in ["kk", "ru", "en", "KK", "ota", "crh"] {
            assert_eq!(primary(code), Ok(()), "{code}");
        }
        for (code, meant) in [("kz", Some("kk")), ("kaz", Some("kk")), ("ger", Some("de")), ("deu", Some("de")), ("zz", None)] {
            assert_eq!(primary(code), Err(meant), "{code}");
        }
        for (code, meant) in &CODES.meant {
            assert!(primary(code).is_err() && primary(meant).is_ok(), "{code}");
        }
        let two = |row: &str| row.trim().split(' ').next().is_some_and(|code| code.len() == 2);
        assert!(CODES.codes.split(',').all(two));
    }
}
