//! Where words begin and end, in the sense of Unicode's word rules (UAX #29): letters, marks, digits and
//! format characters belong to a word, and an apostrophe between two letters does. A full stop ends a word,
//! which the annex leaves open: initials stand as В.И. Ленин.

use std::iter::once;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// Whether a character is a combining mark.
pub(crate) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

/// Whether a character may join the one before it in NFC, or falls apart there: marks, the later parts of Korean syllables.
pub(crate) fn may_join(c: char) -> bool {
    !c.is_ascii() && (is_mark(c) || is_nfc_quick(once(c)) != IsNormalized::Yes)
}

/// Characters that have no look of their own: soft hyphen, zero-width and direction controls, BOM.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// Whether a character is a letter or a digit; those that most names are made of are told without a search.
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_common(c) || c.is_ascii_digit() || !c.is_ascii() && !is_punctuation(c) && !is_common_mark(c) && c.is_alphanumeric()
}

/// Whether a character is a letter; those that most names are made of are told without a search.
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    is_common(c) || !c.is_ascii() && !is_punctuation(c) && !is_common_mark(c) && c.is_alphabetic()
}

/// Whether a character is a capital; likewise.
#[inline]
pub(crate) fn is_uppercase(c: char) -> bool {
    match c {
        'а'..='џ' => false,
        'Ѐ'..='Я' => true,
        _ => c.is_uppercase(),
    }
}

/// The quotation marks, apostrophes and dashes of all scripts.
#[inline]
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206F}')
}

/// Marks over and under letters that have no other normal form and are no letters; those of most romanisations.
#[inline]
pub(super) fn is_common_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{33F}' | '\u{346}'..='\u{34E}' | '\u{350}'..='\u{362}')
}

/// Letters of the scripts of most names.
#[inline]
fn is_common(c: char) -> bool {
    let c = c as usize;
    COMMON.get(c / 64).is_some_and(|letters| letters >> (c % 64) & 1 != 0)
}

/// The same, a bit for each character below U+0540.
static COMMON: [u64; 21] = {
    let mut letters = [0; 21];
    let mut c = 0;
    while c < 21 * 64 {
        let is_letter = matches!(c, 0x41..=0x5A | 0x61..=0x7A | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2C1 | 0x400..=0x481 | 0x48A..=0x52F);
        letters[c / 64] |= (is_letter as u64) << (c % 64);
        c += 1;
    }
    letters
};

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{B7}')
}

fn belongs(c: char) -> bool {
    is_alphanumeric(c) || c == '_' || is_mark(c) || is_invisible(c)
}

/// Whether a word ends at `at`, looking in the direction of the iterator `rest`: true when no letter, digit,
/// or mark follows, an apostrophe between letters aside. The same test serves for a word's start, with the
/// characters before it in reverse.
pub(crate) fn ends_word(mut rest: impl Iterator<Item = char>) -> bool {
    match rest.find(|c| !is_invisible(*c)) {
        Some(c) if belongs(c) => false,
        Some(c) if is_apostrophe(c) => !letter_follows(rest),
        _ => true,
    }
}

fn letter_follows(mut rest: impl Iterator<Item = char>) -> bool {
    rest.find(|c| !is_invisible(*c) && !is_mark(*c)).is_some_and(char::is_alphabetic)
}

/// How many bytes of `rest` belong to the word that goes on there behind the character `last`; in reverse, how many
/// before it do.
pub(crate) fn word_len(last: char, mut rest: impl Iterator<Item = char> + Clone) -> usize {
    let mut len = 0;
    let mut letter = last.is_alphabetic();
    while let Some(c) = rest.next() {
        let joined = belongs(c) || is_apostrophe(c) && letter && letter_follows(rest.clone());
        if !joined {
            break;
        }
        // An apostrophe stands between two letters: what joins it to the one joins it to the other.
        if !is_mark(c) && !is_invisible(c) {
            letter = c.is_alphabetic();
        }
        len += c.len_utf8();
    }
    len
}

/// The letters of an abbreviation that is written letter by letter, together: С.Д.К., “С. Д. К.” and “С Д К” as СДК. Nothing for a text with a
/// longer word, and for small letters with spaces alone, which are words.
pub(crate) fn letters_apart(text: &str) -> Option<String> {
    let (mut letters, mut begins, mut stops, mut capitals) = (0, true, false, true);
    for c in text.chars() {
        match c {
            '.' => (begins, stops) = (true, true),
            c if c.is_whitespace() => begins = true,
            c if begins && is_alphabetic(c) => {
                (letters, begins) = (letters + 1, false);
                capitals &= is_uppercase(c);
            }
            c if !begins && is_mark(c) => {}
            _ => return None,
        }
    }
    (letters > 1 && (stops || capitals)).then(|| text.chars().filter(|c| *c != '.' && !c.is_whitespace()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_unicode_sense() {
        // What follows a letter, and whether the word ends there.
        let cases = [
            ("", true),
            ("-Ола", true),
            (" Ола", true),
            ("'Артаньян", false),
            ("’Генри", false),
            ("' Party", true),
            ("\u{AD}вет", false),
            ("\u{301}ния", false),
            (".И. Ленин", true),
            ("2", false),
        ];
        for (rest, expected) in cases {
            assert_eq!(ends_word(rest.chars()), expected, "{rest:?}");
        }
    }

    /// What is told without a search is what the search would tell.
    #[test]
    fn common_letters_are_letters() {
        for c in ('\0'..='\u{600}').chain('\u{1FF0}'..='\u{2080}') {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
        }
    }

    #[test]
    fn a_word_is_as_long_from_either_end() {
        for (word, rest) in [("ата", " ана"), ("д'ата", ""), ("д'", "'ата"), ("1", "'ата"), ("ә1", "'б"), ("а\u{301}’б", "’ "), ("", "«а")]
        {
            let whole: Vec<char> = word.chars().chain(rest.chars()).collect();
            let Some((first, after)) = whole.split_first() else { continue };
            if let Some(last) = word.chars().last().filter(|c| c.is_alphabetic()) {
                assert_eq!(first.len_utf8() + word_len(*first, after.iter().copied()), word.len(), "{word}{rest}");
                assert_eq!(last.len_utf8() + word_len(last, word.chars().rev().skip(1)), word.len(), "{word}{rest}");
            }
        }
    }
}
