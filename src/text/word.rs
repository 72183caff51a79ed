//! Where words begin and end, in the sense of Unicode's word rules (UAX #29): letters, marks, digits and
//! format characters belong to a word, and an apostrophe between two letters does. A full stop ends a word,
//! which the annex leaves open: initials stand as В.И. Ленин.

use unicode_normalization::char::is_combining_mark;

/// Whether a character is a combining mark.
pub(crate) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

/// Characters that have no look of their own: soft hyphen, zero-width and direction controls, BOM.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{B7}')
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_mark(c) || is_invisible(c)
}

/// Whether a word ends at `at`, looking in the direction of the iterator `rest`: true when no letter, digit,
/// or mark follows, an apostrophe between letters aside. The same test serves for a word's start, with the
/// characters before it in reverse.
pub(crate) fn ends_word(mut rest: impl Iterator<Item = char>) -> bool {
    match rest.find(|c| !is_invisible(*c)) {
        Some(c) if belongs(c) => false,
        Some(c) if is_apostrophe(c) => !rest.find(|c| !is_invisible(*c) && !is_mark(*c)).is_some_and(char::is_alphabetic),
        _ => true,
    }
}

/// The words of a text as byte ranges, in order; what is between them is space and punctuation.
pub(crate) fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].char_indices().find(|(_, c)| c.is_alphanumeric())?.0;
        let mut end = start;
        let mut rest = text[start..].char_indices().peekable();
        while let Some((i, c)) = rest.next() {
            let joins = is_apostrophe(c) && rest.peek().is_some_and(|(_, next)| next.is_alphabetic());
            if !belongs(c) && !joins {
                break;
            }
            end = start + i + c.len_utf8();
        }
        at = end;
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_unicode_sense() {
        let cases: [(&str, &[&str]); 6] = [
            ("Йошкар-Ола", &["Йошкар", "Ола"]),
            ("д'Артаньян, О’Генри", &["д'Артаньян", "О’Генри"]),
            ("со\u{AD}вет", &["со\u{AD}вет"]),
            ("Герма\u{301}ния", &["Герма\u{301}ния"]),
            ("«Workers' Party»", &["Workers", "Party"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).map(|r| &text[r]).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
