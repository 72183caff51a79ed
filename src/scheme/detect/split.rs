//! The words of a text as transliterations have them: signs for ъ and ь belong to a word.

use crate::text::{is_invisible, is_mark};

/// A word of a text.
#[derive(Debug, PartialEq)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub hashtag: bool,
}

/// What may stand for ъ and ь or part two outputs, beside letters.
fn is_sign(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '\u{B4}' | '\u{B7}' | '\u{2018}' | '\u{2019}' | '\u{201D}' | '\u{2032}' | '\u{2033}')
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{201B}')
}

/// The words that have letters, at most so many, and whether there are more.
pub(super) fn words(text: &str, most: usize) -> (Vec<Word<'_>>, bool) {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        if !belongs(c) {
            before = Some(c);
            at += c.len_utf8();
            continue;
        }
        let len = text[at..].find(|c| !belongs(c) && !is_sign(c)).unwrap_or(text.len() - at);
        let whole = &text[at..at + len];
        // A sign at the end may be a soft sign, unless it closes a quotation.
        let quoted = before.is_some_and(is_quote);
        let word = whole.trim_end_matches(|c| matches!(c, '"' | '\u{201D}' | '\u{B4}' | '\u{B7}') || quoted && is_quote(c));
        if word.chars().any(char::is_alphabetic) {
            if found.len() == most {
                return (found, true);
            }
            found.push(Word { text: word, hashtag: before == Some('#') });
        }
        before = whole.chars().next_back();
        at += len;
    }
    (found, false)
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_belong_to_words_and_quotes_do_not() {
        let cases: [(&str, &[&str]); 9] = [
            ("Kassym-Jomart Tokayev", &["Kassym", "Jomart", "Tokayev"]),
            ("ob”yekt, Gogol’", &["ob”yekt", "Gogol’"]),
            ("ob``ekt y`", &["ob``ekt", "y`"]),
            ("“Vpered” \"Vpered\" ‘Vpered’ 'Vpered'", &["Vpered", "Vpered", "Vpered", "Vpered"]),
            ("V.I. Lenin, 1917", &["V", "I", "Lenin"]),
            ("#adil 2012", &["adil"]),
            ("СДК/ССК", &["СДК", "ССК"]),
            ("Қазақстан", &["Қазақстан"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = words(text, 99).0.into_iter().map(|w| w.text).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert!(words("#adil", 9).0[0].hashtag);
        assert!(words("a b c", 2).1);
    }
}
