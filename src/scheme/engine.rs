//! Runs a compiled scheme over a text.
//!
//! One pass from left to right over the text in NFC; nothing is allocated but the output. What stands before a
//! letter is read backwards from the text itself, what stands after it forwards.

use super::compile::{Cell, CompiledRule, Program, Test};
use crate::text::{ends_word, is_invisible, is_mark, may_join, nfc, word_len};
use unicode_normalization::UnicodeNormalization;

/// How far from a lone capital a word in capitals is looked for, in characters on each side.
const NEIGHBOURHOOD: usize = 120;

impl Program {
    /// Appends the transliteration of `text` to `out`, in NFC.
    pub(super) fn run(&self, text: &str, out: &mut String) {
        let begin = out.len();
        if !self.run_fast(text, out) {
            out.truncate(begin);
            self.run_pieces(text, out);
        }
    }

    /// As [`Program::run`], for any text: in any normal form, with any marks.
    pub(super) fn run_any(&self, text: &str, out: &mut String) {
        self.run_until(text, out, |_| false);
    }

    /// As [`Program::run_any`] until something is told by what is written; whether the end is reached.
    pub(super) fn run_until(&self, text: &str, out: &mut String, mut is_told: impl FnMut(&str) -> bool) -> bool {
        let text = nfc(text);
        let begin = out.len();
        let mut run = Run::new(self, &text);
        let mut marks = self.joins;
        // The letter that a mark stands on.
        let mut base = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if is_told(&out[begin..]) {
                return false;
            }
            let end = at + c.len_utf8();
            if let Some((cell, own_marks)) = run.letter(c) {
                let (piece, source_end) = run.choose(at, end, cell);
                out.push_str(piece);
                base = run.letter_before(source_end);
                at = source_end;
                if own_marks {
                    // A letter that NFC joined with a mark the table does not know: the mark stays a mark.
                    let before = out.len();
                    out.extend(c.nfd().skip(1).filter(|m| !self.is_stress(*m, cell)));
                    marks |= out.len() > before;
                }
                continue;
            }
            at = end;
            if is_mark(c) {
                if base.is_some_and(|cell| self.is_stress(c, cell)) {
                    continue;
                }
                marks = true;
            } else {
                base = None;
                // What stood between it and what it may join may not be written.
                marks |= may_join(c);
            }
            out.push(c);
        }
        if marks {
            let normal: String = out[begin..].nfc().collect();
            out.truncate(begin);
            out.push_str(&normal);
        }
        true
    }

    /// The letter a character is, and whether it carries marks that the table does not know.
    pub(super) fn letter(&self, c: char) -> Option<(Cell, bool)> {
        if let Some(cell) = self.cell(c) {
            return Some((cell, false));
        }
        if c.is_ascii() {
            return None;
        }
        let mut parts = c.nfd();
        let base = parts.next().filter(|base| *base != c)?;
        // A Hangul or other letter that falls apart into letters is none of ours.
        parts.all(is_mark).then(|| self.cell(base)).flatten().map(|cell| (cell, true))
    }

    fn is_stress(&self, mark: char, on: Cell) -> bool {
        self.stress.contains(&mark) && self.letters[on.letter as usize].stressable
    }
}

pub(super) struct Run<'a> {
    program: &'a Program,
    pub(super) text: &'a str,
    /// The output just written and where its source ended, for outputs that are not doubled.
    last: Option<(u16, usize)>,
    /// Start, end and classes of the word last asked about.
    word: Option<(usize, usize, u64)>,
}

impl<'a> Run<'a> {
    pub(super) fn new(program: &'a Program, text: &'a str) -> Self {
        Run { program, text, last: None, word: None }
    }

    fn letter(&self, c: char) -> Option<(Cell, bool)> {
        self.program.letter(c)
    }

    fn letter_before(&self, at: usize) -> Option<Cell> {
        self.text[..at].chars().next_back().and_then(|c| self.letter(c)).map(|(cell, _)| cell)
    }

    /// Takes the output before `at` to be that of the letter there: for programs in which letters with rules have no
    /// part in outputs that are not doubled.
    pub(super) fn recall(&mut self, at: usize) {
        self.last = self.letter_before(at).map(|cell| (self.program.letters[cell.letter as usize].output, at));
    }

    /// What is written for the letter at `at..end`, and where the source goes on.
    pub(super) fn choose(&mut self, at: usize, end: usize, cell: Cell) -> (&'a str, usize) {
        let program = self.program;
        let letter = &program.letters[cell.letter as usize];
        let mut source_end = end;
        let mut number = letter.output;
        for rule in letter.rules.iter().map(|r| &program.rules[*r as usize]) {
            if let Some(rule_end) = self.fits(rule, at, end) {
                (number, source_end) = (rule.output, rule_end);
                break;
            }
        }
        let output = program.output(number);
        let doubled = output.collapse && self.last == Some((number, at));
        self.last = Some((number, source_end));
        let piece = match cell.capital {
            _ if doubled => return ("", source_end),
            false => output.lower,
            true if output.title == output.upper => output.upper,
            true if self.in_capitals(at, end, source_end) => output.upper,
            true => output.title,
        };
        (program.piece(piece), source_end)
    }

    /// Where the rule's source ends, if the rule fits at `at`, whose first letter ends at `end`.
    fn fits(&mut self, rule: &CompiledRule, at: usize, end: usize) -> Option<usize> {
        let mut source_end = end;
        for want in &rule.tail {
            // A stress mark that is dropped does not part what belongs together: Ки́й. On another letter it is kept.
            let stress = self.text[source_end..].chars().take_while(|c| self.program.stress.contains(c)).map(char::len_utf8);
            let stress: usize = stress.sum();
            let is_dropped = || self.letter_before(source_end).is_some_and(|on| self.program.letters[on.letter as usize].stressable);
            if stress > 0 && !is_dropped() {
                return None;
            }
            source_end += stress;
            let c = self.text[source_end..].chars().next()?;
            let (cell, marked) = self.letter(c)?;
            if marked || self.program.letters[cell.letter as usize].small != *want {
                return None;
            }
            source_end += c.len_utf8();
        }
        let before = |tests: &Vec<Test>| self.stands_before(tests, at);
        let after = |tests: &Vec<Test>| self.stands_after(tests, source_end);
        let fits = (rule.after.is_empty() || rule.after.iter().any(before))
            && (rule.before.is_empty() || rule.before.iter().any(after))
            && !rule.not_after.iter().any(before)
            && !rule.not_before.iter().any(after);
        if !fits {
            return None;
        }
        if rule.word_has | rule.word_lacks != 0 {
            let classes = self.word_classes(at);
            if rule.word_has != 0 && classes & rule.word_has == 0 || classes & rule.word_lacks != 0 {
                return None;
            }
        }
        Some(source_end)
    }

    /// Whether the tests hold for what stands before `at`; the last test is for the character next to it.
    fn stands_before(&self, tests: &[Test], at: usize) -> bool {
        let mut rest = self.text[..at].chars().rev().filter(|c| !self.is_passed_over(*c));
        tests.iter().rev().all(|test| self.holds(*test, &mut rest, true))
    }

    fn stands_after(&self, tests: &[Test], at: usize) -> bool {
        let mut rest = self.text[at..].chars().filter(|c| !self.is_passed_over(*c));
        tests.iter().all(|test| self.holds(*test, &mut rest, false))
    }

    /// Marks and invisible characters do not count as neighbours.
    fn is_passed_over(&self, c: char) -> bool {
        !c.is_ascii() && (is_mark(c) || is_invisible(c)) && self.program.cell(c).is_none()
    }

    fn holds(&self, test: Test, rest: &mut (impl Iterator<Item = char> + Clone), backwards: bool) -> bool {
        match test {
            Test::Start => backwards && ends_word(rest.clone()),
            Test::End => !backwards && ends_word(rest.clone()),
            Test::Letter(want) => rest.next().is_some_and(|c| match self.letter(c) {
                Some((cell, _)) => self.program.letters[cell.letter as usize].small == want,
                None => c == want,
            }),
            Test::Class(mask) => rest
                .next()
                .and_then(|c| self.letter(c))
                .is_some_and(|(cell, _)| self.program.letters[cell.letter as usize].classes & mask != 0),
        }
    }

    /// The classes of all letters of the word at `at`.
    fn word_classes(&mut self, at: usize) -> u64 {
        if let Some((start, end, classes)) = self.word
            && (start..end).contains(&at)
        {
            return classes;
        }
        let mut rest = self.text[at..].chars();
        let Some(c) = rest.next() else { return 0 };
        let start = at - word_len(c, self.text[..at].chars().rev());
        let end = at + c.len_utf8() + word_len(c, rest);
        let letters = self.text[start..end].chars().filter_map(|c| self.letter(c));
        let classes = letters.fold(0, |all, (cell, _)| all | self.program.letters[cell.letter as usize].classes);
        self.word = Some((start, end, classes));
        classes
    }

    /// Whether a capital letter whose source is `at..source_end` is written all in capitals: SHCH, not Shch.
    fn in_capitals(&self, at: usize, first_end: usize, source_end: usize) -> bool {
        if let Some(capital) = self.text[first_end..source_end].chars().find_map(case) {
            return capital;
        }
        // Nearly always the next letter is one of the table's, and decides.
        if let Some(next) = self.text[source_end..].chars().next().and_then(|c| self.program.cell(c)).filter(|next| next.cased) {
            return next.capital;
        }
        if !ends_word(self.text[source_end..].chars())
            && let Some(capital) = self.text[source_end..].chars().take_while(|c| !c.is_whitespace()).find_map(case)
        {
            return capital;
        }
        if !ends_word(self.text[..at].chars().rev())
            && let Some(capital) = self.text[..at].chars().rev().take_while(|c| !c.is_whitespace()).find_map(case)
        {
            return capital;
        }
        let after = self.text[source_end..].chars().take_while(|c| *c != '\n').take(NEIGHBOURHOOD);
        let before = self.text[..at].chars().rev().take_while(|c| *c != '\n').take(NEIGHBOURHOOD);
        neighbour_in_capitals(after) || neighbour_in_capitals(before)
    }
}

/// Whether a letter is a capital; nothing for what has no case.
pub(super) fn case(c: char) -> Option<bool> {
    match (c.is_uppercase(), c.is_lowercase()) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// Whether the nearest word of two letters or more is all in capitals.
fn neighbour_in_capitals(chars: impl Iterator<Item = char>) -> bool {
    let (mut letters, mut capitals) = (0, 0);
    for c in chars.filter(|c| !is_mark(*c) && !is_invisible(*c)).chain([' ']) {
        match case(c) {
            Some(capital) => {
                letters += 1;
                capitals += usize::from(capital);
            }
            None if letters > 1 => return letters == capitals,
            None if c.is_alphabetic() => {}
            None => (letters, capitals) = (0, 0),
        }
    }
    false
}
