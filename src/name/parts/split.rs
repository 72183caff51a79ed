//! A name cut into words, each with its folded text.

use super::lexicon::LEXICON;
use super::{Gender, Kind, MOST_WORDS, Parts, Role, Word};
use crate::text::{fold_into, fold_letter, fold_letters, is_alphabetic, is_alphanumeric, is_invisible, is_mark, is_uppercase};

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`')
}

pub(super) fn split(name: &str) -> Parts {
    let mut parts =
        Parts { kind: Kind::Unknown, gender: Gender::Unknown, words: Vec::with_capacity(6), text: String::with_capacity(name.len() + 8) };
    let mut rest = name.chars();
    let (mut hyphen, mut comma, mut quoted) = (false, false, false);
    loop {
        let start = name.len() - rest.as_str().len();
        let Some(c) = rest.next() else { break };
        if !is_alphanumeric(c) && c != '№' && c != '&' {
            match c {
                '-' | '\u{2010}' | '\u{2011}' => hyphen = parts.words.last().is_some_and(|w| w.end as usize == start),
                ',' | ';' => comma = true,
                '.' => {
                    if let Some(last) = parts.words.last_mut().filter(|w| w.end as usize == start) {
                        last.flags |= Word::STOP;
                    }
                }
                '«' | '“' | '„' => quoted = true,
                '»' | '”' => quoted = false,
                '"' => quoted = !quoted,
                _ => {}
            }
            if c != '-' && c != '\u{2010}' && c != '\u{2011}' {
                hyphen = false;
            }
            continue;
        }
        if parts.words.len() == MOST_WORDS {
            break;
        }
        let digits = c.is_ascii_digit();
        let (mut letters, mut upper) = (1u32, u32::from(is_uppercase(c)));
        let capital = upper == 1;
        // Most letters are folded as they are read.
        let text = parts.text.len();
        let mut is_plain = true;
        let mut fold = |c: char, text: &mut String| match fold_letter(c).filter(|_| is_plain) {
            Some(folded) => text.push(folded),
            None => is_plain = false,
        };
        fold(c, &mut parts.text);
        let symbol = matches!(c, '№' | '&');
        loop {
            if symbol {
                break;
            }
            if !digits {
                // Letters of Latin and Cyrillic need no other look.
                let (end, more, capitals) = fold_letters(rest.as_str(), &mut parts.text);
                (letters, upper) = (letters + more, upper + capitals);
                rest = rest.as_str()[end..].chars();
            }
            let mut ahead = rest.clone();
            let Some(c) = ahead.next() else { break };
            let joins = is_alphanumeric(c) && (!digits || c.is_ascii_digit())
                || c >= '\u{AD}' && (is_mark(c) || is_invisible(c))
                || apostrophe(c) && ahead.clone().next().is_some_and(is_alphabetic);
            if !joins {
                break;
            }
            if is_alphabetic(c) {
                letters += 1;
                upper += u32::from(is_uppercase(c));
            }
            fold(c, &mut parts.text);
            rest = ahead;
        }
        let end = name.len() - rest.as_str().len();
        if !is_plain {
            parts.text.truncate(text);
            fold_into(&name[start..end], &mut parts.text);
        }
        if parts.text.len() == text {
            continue;
        }
        let mut flags = 0;
        let mut flag = |set: bool, flag: u8| flags |= if set { flag } else { 0 };
        flag(upper == letters && letters > 1, Word::CAPS);
        flag(capital, Word::CAPITAL);
        flag(hyphen, Word::JOINED);
        flag(comma, Word::COMMA);
        flag(quoted, Word::QUOTED);
        let folded = &parts.text[text..];
        let number = if digits { folded.parse().ok() } else { roman(&name[start..end]) };
        let after_number = parts.words.last().is_some_and(|w| matches!(w.role, Role::Number(_)) && (w.end as usize == start || hyphen));
        if after_number && number.is_none() && LEXICON.ordinal(folded) {
            // The ending of 28-я, 28th.
            parts.text.truncate(text);
            if let Some(last) = parts.words.last_mut() {
                last.end = end as u32;
            }
        } else {
            parts.words.push(Word {
                start: start as u32,
                end: end as u32,
                text: (text as u32, parts.text.len() as u32),
                role: number.map_or(Role::Core, Role::Number),
                gender: Gender::Unknown,
                sure: 50,
                tail: 0,
                cut: 0,
                stem: 0,
                class: Word::NO_ENDING,
                flags,
                given: u16::MAX,
            });
        }
        (hyphen, comma) = (false, false);
    }
    parts
}

/// The value of a Roman number of two letters or more, in capitals; the Cyrillic letters Х and І may stand for the Latin.
fn roman(word: &str) -> Option<u32> {
    let first = word.chars().next()?;
    if !matches!(first, 'I' | 'V' | 'X' | 'І' | 'Х') {
        return None;
    }
    let (mut sum, mut last, mut letters) = (0u32, u32::MAX, 0);
    for c in word.chars() {
        let value = match c {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            _ => return None,
        };
        if value > last {
            sum = (sum + value).checked_sub(2 * last)?;
        } else {
            sum += value;
        }
        last = value;
        letters += 1;
    }
    (letters > 1 && letters < 7).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers() {
        for (word, value) in [("II", 2), ("XIV", 14), ("ХХІ", 21), ("IX", 9), ("III", 3)] {
            assert_eq!(roman(word), Some(value), "{word}");
        }
        for word in ["I", "Ix", "ІІМ", "Хан", "", "CX"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
