//! Text as such: scripts, folded and normal forms, look-alike letters, cleaning, places in data files. Knows no language. Floor 0 of
//! ARCHITECTURE.md.

mod clean;
mod diagnostic;
mod fold;
mod lookalike;
mod nearest;
mod node;
mod numbers;
mod plain;
mod quotes;
mod recent;
mod script;
mod word;

pub use clean::{Change, Cleaned, clean, clean_letters};
pub use diagnostic::{Diagnostic, Severity, Source};
pub use fold::{fold, fold_into};
pub use lookalike::{Repair, repair, repair_all};
pub use nearest::nearest;
pub(crate) use node::{At, Fields, from_json, read_toml};
pub(crate) use numbers::numbers;
pub(crate) use plain::{Seen, fold_letter, fold_letters, fold_plain, read_plain};
pub use quotes::Quotes;
pub(crate) use recent::Recent;
pub use script::{Script, script_code, script_of};
pub(crate) use script::{mixed_word, script_of_char};
use word::is_common_mark;
pub(crate) use word::{ends_word, is_alphabetic, is_alphanumeric, is_invisible, is_mark, is_uppercase, letters_apart, may_join, word_len};

use std::borrow::Cow;
use unicode_normalization::char::{canonical_combining_class, compose};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Marks of this combining class and above come after all that are part of a letter of Latin or Cyrillic.
const OVER: u8 = 230;

/// The text in Unicode normal form C, borrowed when it has it already.
pub fn nfc(text: &str) -> Cow<'_, str> {
    // What stands before the marks has normal form C, and so have the letters of Cyrillic.
    let plain = |c: char| c < '\u{300}' || matches!(c, 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ');
    // The bytes of most of them, which are no others' first bytes.
    let quick = |b: &u8| *b < 0xCC || matches!(b, 0xD0 | 0xD1 | 0xD3);
    if text.as_bytes().iter().all(quick) || text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    // So it has where a mark stands over a letter that it cannot be one character with; marks under letters would come before those over them.
    let mut before = None;
    let stands = |c: char| match before.replace(c) {
        _ if plain(c) => true,
        Some(base) => is_common_mark(c) && canonical_combining_class(c) >= OVER && plain(base) && compose(base, c).is_none(),
        None => false,
    };
    if text.chars().all(stands) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    let normal: String = text.nfc().collect();
    if normal == text { Cow::Borrowed(text) } else { Cow::Owned(normal) }
}

/// The text in normal form C, with marks that are written in two ways in the way that schemes write them: a tie over two letters for its two
/// halves, which older library records have, and the cedilla for a comma below, which fonts draw alike. Only where that is one of the characters
/// told to be usual.
pub(crate) fn usual_marks(text: &str, mut is_usual: impl FnMut(char) -> bool) -> Cow<'_, str> {
    const HALVES: [char; 2] = ['\u{FE20}', '\u{FE21}'];
    const TIE: char = '\u{361}';
    const COMMA_BELOW: char = '\u{326}';
    const CEDILLA: char = '\u{327}';
    let text = nfc(text);
    if !text.contains([HALVES[0], HALVES[1], COMMA_BELOW]) {
        return text;
    }
    let mut usual = String::with_capacity(text.len());
    for c in text.chars() {
        if HALVES.contains(&c) && is_usual(TIE) {
            usual.extend((c == HALVES[0]).then_some(TIE));
            continue;
        }
        let base = usual.chars().next_back().filter(|_| c == COMMA_BELOW);
        match base.and_then(|base| compose(base, CEDILLA)).filter(|whole| is_usual(*whole)) {
            Some(whole) => {
                usual.pop();
                usual.push(whole);
            }
            None => usual.push(c),
        }
    }
    nfc(&usual).into_owned().into()
}

/// Whether one of these texts, which are in order, begins so.
pub(crate) fn begins_one(all: &[impl AsRef<str>], begin: &str) -> bool {
    all.get(all.partition_point(|text| text.as_ref() < begin)).is_some_and(|text| text.as_ref().starts_with(begin))
}

/// A text in quotation marks for a message: only control and direction characters are escaped, not marks. The quotation
/// marks are those that CSV does not double.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 6);
    out.push('“');
    for c in text.chars() {
        match c.is_control() || is_invisible(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    out.push('”');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of marks without a search is what the search would tell.
    #[test]
    fn texts_with_marks_have_their_normal_form() {
        let bases = ['a', 'Z', 'Ķ', 'ü', 'ʹ', ' ', 'К', 'і', 'ә', 'б', 'ا', '가'];
        let marks = || ('\u{300}'..='\u{36F}').chain(['\u{654}', '\u{483}', '\u{11A8}', '\u{1DC4}', '\u{20D0}']);
        let same = |text: String| assert_eq!(nfc(&text), text.nfc().collect::<String>(), "{text:?}");
        for mark in marks() {
            same(mark.to_string());
            for base in bases {
                same(format!("{base}{mark}б"));
                marks().for_each(|other| same(format!("x{base}{mark}{other}")));
            }
        }
    }
}
