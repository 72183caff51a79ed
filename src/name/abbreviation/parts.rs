//! An abbreviation and a full name as they are walked: letters, words, and what may be left out.

use super::table::{Rule, TABLE};
use crate::name::dots::without_dots_letter;
use crate::text::{is_alphanumeric, is_uppercase};
use std::cell::{Cell, OnceCell};

/// An abbreviation has at most so many letters.
pub(super) const MOST_LETTERS: usize = 24;
/// A full name has at most so many words.
pub(super) const MOST_WORDS: usize = 40;

/// The small letter that letters are compared by, without dots that are often left out.
pub(super) fn small(c: char) -> char {
    match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'а'..='я' => c,
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        'İ' => 'i',
        _ => without_dots_letter(c.to_lowercase().next().unwrap_or(c)),
    }
}

/// A letter or digit as its small letter, and whether it is a capital; nothing for any other character.
pub(super) fn letter(c: char) -> Option<(char, bool)> {
    match c {
        'a'..='z' | '0'..='9' | 'а'..='я' => Some((c, false)),
        'A'..='Z' | 'А'..='Я' => Some((small(c), true)),
        '\0'..='\x7f' => None,
        _ => is_alphanumeric(c).then(|| (small(c), is_uppercase(c))),
    }
}

/// Whether all its characters are such that no normal form changes them: ASCII and Cyrillic letters.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c < '\u{300}' || ('\u{400}'..'\u{483}').contains(&c) || ('\u{48A}'..'\u{530}').contains(&c))
}

/// How the letters of a word of an abbreviation are written, which says where its pieces may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// ССК, and a lone capital
    Capitals,
    /// колхоз, Центризбирком
    Small,
    /// СоцСопр, КазНУ
    Mixed,
    /// 2012
    Digits,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) capital: bool,
    /// Where the word it stands in begins and ends, counted in letters.
    pub(super) word: (usize, usize),
    pub(super) style: Style,
}

/// An abbreviation, letter by letter.
#[derive(Debug, Clone)]
pub(super) struct Short {
    pub(super) letters: Vec<Letter>,
}

impl Short {
    /// Nothing when it has too few or too many letters to be an abbreviation.
    pub(super) fn read(text: &str) -> Option<Short> {
        let mut letters = Vec::with_capacity(8);
        let mut start = 0;
        for c in text.chars() {
            if let Some((c, capital)) = letter(c) {
                if letters.len() == MOST_LETTERS {
                    return None;
                }
                letters.push(Letter { c, capital, word: (start, start), style: Style::Capitals });
            } else if !matches!(c, '.' | '\u{300}'..='\u{36F}') {
                finish(&mut letters, start);
                start = letters.len();
            }
        }
        finish(&mut letters, start);
        (letters.len() > 1).then_some(Short { letters })
    }

    /// Without its last letters.
    pub(super) fn without(&self, last: usize) -> Short {
        let mut letters = self.letters[..self.letters.len() - last].to_vec();
        let start = letters.last().map_or(0, |l| l.word.0);
        finish(&mut letters, start);
        Short { letters }
    }

    pub(super) fn text(&self, from: usize) -> String {
        self.letters[from..].iter().map(|l| l.c).collect()
    }
}

/// Settles what is known of a word once its end is.
fn finish(letters: &mut [Letter], start: usize) {
    let end = letters.len();
    let word = &mut letters[start..];
    let capitals = word.iter().filter(|l| l.capital).count();
    let style = match word {
        [] => return,
        [first, ..] if first.c.is_numeric() => Style::Digits,
        _ if capitals == word.len() => Style::Capitals,
        [first, ..] if capitals == usize::from(first.capital) => Style::Small,
        _ => Style::Mixed,
    };
    for letter in word {
        letter.style = style;
        letter.word = (start, end);
    }
}

/// A word of a full name.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Its letters in [`Long::letters`].
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where it stands in the text, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) capital: bool,
    /// All its letters are capitals.
    pub(super) capitals: bool,
    /// A hyphen joins it to the word before.
    pub(super) joined: bool,
    pub(super) quoted: bool,
    pub(super) bracketed: bool,
    /// What may be said when it is left out, once it was asked.
    class: Cell<Option<Option<Rule>>>,
}

/// A full name, word by word.
#[derive(Debug, Clone)]
pub(super) struct Long {
    /// Small letters with the place of each in the text, in bytes.
    pub(super) letters: Vec<(char, usize)>,
    pub(super) words: Vec<Word>,
    honoured: OnceCell<(usize, usize)>,
}

impl Long {
    /// Nothing when it has no word or too many.
    pub(super) fn read(text: &str) -> Option<Long> {
        let mut long = Long { letters: Vec::with_capacity(text.len().min(128)), words: Vec::with_capacity(8), honoured: OnceCell::new() };
        let (mut open, mut quoted, mut bracketed, mut joined) = (false, false, 0usize, false);
        for (at, c) in text.char_indices() {
            let mark = || (open && matches!(c, '\u{300}'..='\u{36F}')).then_some((c, true));
            if let Some((small, capital)) = letter(c).or_else(mark) {
                if !open {
                    if long.words.len() == MOST_WORDS {
                        return None;
                    }
                    let from = long.letters.len();
                    long.words.push(Word {
                        from,
                        to: from,
                        start: at,
                        end: at,
                        capital,
                        capitals: true,
                        joined,
                        quoted,
                        bracketed: bracketed > 0,
                        class: Cell::new(None),
                    });
                    open = true;
                    joined = false;
                }
                long.letters.push((small, at));
                if let Some(word) = long.words.last_mut() {
                    word.to = long.letters.len();
                    word.end = at + c.len_utf8();
                    word.capitals &= capital;
                }
                continue;
            }
            match c {
                // An apostrophe or a soft hyphen inside a word.
                '\'' | '’' | 'ʼ' | '\u{AD}' if open => continue,
                '-' | '‐' | '‑' => joined = open,
                '«' | '“' | '„' => quoted = true,
                '»' | '”' => quoted = false,
                '"' => quoted = !quoted,
                '(' | '[' => bracketed += 1,
                ')' | ']' => bracketed = bracketed.saturating_sub(1),
                _ => joined = false,
            }
            open = false;
        }
        (!long.words.is_empty()).then_some(long)
    }

    pub(super) fn word(&self, at: usize) -> &[(char, usize)] {
        let word = &self.words[at];
        &self.letters[word.from..word.to]
    }

    fn text(&self, at: usize) -> String {
        let word = self.word(at);
        let mut text = String::with_capacity(2 * word.len());
        text.extend(word.iter().map(|(c, _)| *c));
        text
    }

    /// By which rule a word may be left out, wherever it stands.
    pub(super) fn class(&self, at: usize) -> Option<Rule> {
        let cell = &self.words[at].class;
        if let Some(known) = cell.get() {
            return known;
        }
        let class = self.classify(at);
        cell.set(Some(class));
        class
    }

    fn classify(&self, at: usize) -> Option<Rule> {
        let word = &self.words[at];
        let text = self.text(at);
        let table = &*TABLE;
        if table.stop.contains(&text) || word.joined && word.to - word.from <= 2 {
            return Some(Rule::Stop);
        }
        if table.before_honoured.contains(&text) || table.after_honoured.contains(&text) {
            return Some(Rule::Stop);
        }
        if word.bracketed {
            return Some(Rule::Bracketed);
        }
        if word.quoted && !self.words.iter().all(|w| w.quoted) {
            return Some(Rule::Quoted);
        }
        if text.starts_with(char::is_numeric) {
            return Some(Rule::Number);
        }
        if table.weak.contains(&text) {
            return Some(Rule::Weak);
        }
        if table.legal.contains(&text) {
            return Some(Rule::Legal);
        }
        if word.capital && self.is_country(at, &text) {
            return Some(Rule::Country);
        }
        if stem_in(&text, &table.state, 3) {
            let beside = |other: Option<usize>| other.is_some_and(|o| o < self.words.len() && self.class(o) == Some(Rule::Country));
            if beside(at.checked_sub(1)) || beside(Some(at + 1)) {
                return Some(Rule::State);
            }
        }
        let (before, after) = self.honoured();
        (at > before || at < after && word.capital).then_some(Rule::Honour)
    }

    /// A country, or an adjective of one before the kind of state: Российской Федерации.
    fn is_country(&self, at: usize, text: &str) -> bool {
        stem_in(text, &TABLE.countries, 4)
            || stem_in(text, &TABLE.adjectives, 3) && at + 1 < self.words.len() && stem_in(&self.text(at + 1), &TABLE.state, 3)
    }

    /// Where the second part of a compound begins, in letters from the beginning of the word.
    pub(super) fn inner(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let mut text = String::with_capacity(2 * TABLE.longest_part);
        let mut found = None;
        for (n, (c, _)) in word.iter().enumerate().take(TABLE.longest_part.min(word.len().saturating_sub(3))) {
            text.push(*c);
            if n > 1 && TABLE.first_parts.contains(&text) {
                found = Some(n + 1);
            }
        }
        let fits = |from: usize, part: &[char]| word[from..].iter().map(|(c, _)| c).take(part.len()).eq(part);
        // A last part may have an ending of its own.
        found.or_else(|| {
            TABLE.last_parts.iter().find_map(|part| {
                let last = word.len().checked_sub(part.len())?;
                (last.saturating_sub(3).max(3)..=last).rev().find(|from| fits(*from, part))
            })
        })
    }

    /// Whether it may give letters in two pieces, as every abbreviation has: it has two words, or one that is a compound.
    pub(super) fn may_give_two(&self) -> bool {
        self.words.len() > 1 || self.words.len() == 1 && self.inner(0).is_some()
    }

    /// The word after which everything is the name of one who is honoured, and the one before which it is.
    fn honoured(&self) -> (usize, usize) {
        *self.honoured.get_or_init(|| {
            let words: Vec<String> = (0..self.words.len()).map(|w| self.text(w)).collect();
            let before = words.iter().position(|w| TABLE.before_honoured.contains(w));
            let after = words.iter().rposition(|w| TABLE.after_honoured.contains(w));
            (before.unwrap_or(usize::MAX), after.unwrap_or(0))
        })
    }

    /// Whether one of its words is a country.
    pub(super) fn names_country(&self) -> bool {
        (0..self.words.len()).any(|w| self.class(w) == Some(Rule::Country))
    }

    /// The same with one word moved to the other end.
    pub(super) fn turned(&self, last_to_front: bool) -> Long {
        let mut turned = self.clone();
        match last_to_front {
            true => turned.words.rotate_right(1),
            false => turned.words.rotate_left(1),
        }
        turned
    }
}

/// Whether a word is one of a list, alone or with an ending of at most so many letters.
fn stem_in(text: &str, list: &rustc_hash::FxHashSet<String>, longest: usize) -> bool {
    let mut ends = text.char_indices().rev().map(|(at, _)| at);
    if list.contains(text) {
        return true;
    }
    (0..longest).any(|_| ends.next().is_some_and(|at| list.contains(&text[..at]) && TABLE.endings.contains(&text[at..])))
}
