//! The rules of a letter, asked of the characters around it one by one: for letters of which their next neighbours do not
//! decide what is written. Each test of a rule has its answer for each column of the table, so that nothing has to be
//! found out about a character; where an answer is missing the engine is asked.

use super::neighbours::{Side, passes};
use super::words::Words;
use super::{COLUMN, COLUMNS, EDGE_COLUMN, Entry, FastTable, Sign, WORD};
use crate::scheme::compile::{CompiledRule, Output, Program, Test};
use crate::scheme::engine::case;

#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    /// By the column, where a character is a letter with rules, the number of these and whether it is a capital.
    letters: Vec<Option<(usize, bool)>>,
    /// What a letter writes by the first of its rules that fits, of which the last asks nothing.
    rules: Vec<Vec<Rule>>,
    /// The tests, and for each and each column whether its character passes.
    tests: Vec<(Test, Side)>,
    answers: Vec<[Option<bool>; COLUMNS]>,
    /// By the column whether a character that a rule takes is a capital, and whether one behind that is.
    taken: Vec<Option<bool>>,
    next: Vec<Option<bool>>,
}

#[derive(Debug, Clone)]
struct Rule {
    tail: Vec<usize>,
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
    not_before: Vec<Vec<usize>>,
    not_after: Vec<Vec<usize>>,
    /// Whether it fits words of each kind.
    words: Vec<Option<bool>>,
    written: Written,
}

/// An output in small letters, with one capital, in capitals.
#[derive(Debug, Clone, Copy)]
struct Written([Entry; 3]);

impl Written {
    fn of(program: &Program, output: u16) -> Written {
        let output: &Output = program.output(output);
        // What is not doubled is not decided here.
        let entry = |piece| if output.collapse { Entry::LOOK } else { Entry::of(program.piece(piece)) };
        Written([output.lower, output.title, output.upper].map(entry))
    }
}

impl Rules {
    /// The rules of a program, for a table whose columns are of these characters from the second on.
    pub(super) fn of(program: &Program, words: &Words, chars: &[char]) -> Rules {
        let mut rules = Rules { letters: vec![None; COLUMNS], taken: vec![None; COLUMNS], next: vec![None; COLUMNS], ..Rules::default() };
        let mut numbers = vec![None; program.letters.len()];
        for (column, c) in (EDGE_COLUMN as usize + 1..).zip(chars) {
            rules.taken[column] = case(*c);
            let Some(cell) = program.cell(*c) else { continue };
            rules.next[column] = cell.cased.then_some(cell.capital);
            let letter = &program.letters[cell.letter as usize];
            if letter.rules.is_empty() {
                continue;
            }
            let number = numbers[cell.letter as usize].unwrap_or_else(|| {
                let own = letter.rules.iter().map(|rule| &program.rules[*rule as usize]);
                let plain = CompiledRule { output: letter.output, ..CompiledRule::default() };
                let own = own.chain([&plain]).filter_map(|rule| rules.rule(program, words, rule)).collect();
                rules.rules.push(own);
                rules.rules.len() - 1
            });
            numbers[cell.letter as usize] = Some(number);
            rules.letters[column] = Some((number, cell.capital));
        }
        let chars: Vec<Option<char>> = [None].into_iter().chain(chars.iter().copied().map(Some)).collect();
        for (test, side) in &rules.tests {
            let mut answers = [None; COLUMNS];
            for (answer, c) in answers[EDGE_COLUMN as usize..].iter_mut().zip(&chars) {
                *answer = passes(program, *test, *side, *c);
            }
            rules.answers.push(answers);
        }
        rules
    }

    /// A rule, if what it takes are letters.
    fn rule(&mut self, program: &Program, words: &Words, rule: &CompiledRule) -> Option<Rule> {
        let letters = rule.tail.iter().all(|c| program.cell(*c).is_some());
        letters.then(|| Rule {
            tail: rule.tail.iter().map(|c| self.test(Test::Letter(*c), Side::Ahead)).collect(),
            before: self.patterns(&rule.before, Side::Ahead),
            after: self.patterns(&rule.after, Side::Behind),
            not_before: self.patterns(&rule.not_before, Side::Ahead),
            not_after: self.patterns(&rule.not_after, Side::Behind),
            words: words.kinds().map(|kind| words.fits(rule, kind)).collect(),
            written: Written::of(program, rule.output),
        })
    }

    fn patterns(&mut self, patterns: &[Vec<Test>], side: Side) -> Vec<Vec<usize>> {
        patterns.iter().map(|tests| tests.iter().map(|test| self.test(*test, side)).collect()).collect()
    }

    fn test(&mut self, test: Test, side: Side) -> usize {
        self.tests.iter().position(|known| *known == (test, side)).unwrap_or_else(|| {
            self.tests.push((test, side));
            self.tests.len() - 1
        })
    }

    /// What is written for the letter at a place of the text, and where what that takes ends; `word` is what its
    /// word tells, where it is the first.
    #[inline(never)]
    pub(super) fn find(&self, table: &FastTable, bytes: &[u8], at: usize, word: Sign) -> Option<(Entry, usize)> {
        let (sign, end) = table.sign_at(bytes, at);
        let (number, capital) = self.letters.get(column(sign)).copied().flatten()?;
        let text = Around { rules: self, table, bytes };
        for rule in self.rules.get(number)? {
            let Some(taken) = text.take(&rule.tail, end)? else { continue };
            if !text.fits(rule, at, taken)? || !(*rule.words.get((word / (WORD & WORD.wrapping_neg())) as usize)?)? {
                continue;
            }
            let Written([lower, title, upper]) = rule.written;
            let entry = match capital {
                false => lower,
                true if title == upper => upper,
                // The letter that follows decides: SHCH, Shch.
                true if text.capital(end, taken)? => upper,
                true => title,
            };
            return (entry != Entry::LOOK).then_some((entry, taken));
        }
        None
    }
}

/// A text whose characters are asked for.
struct Around<'t> {
    rules: &'t Rules,
    table: &'t FastTable,
    bytes: &'t [u8],
}

impl Around<'_> {
    /// Where the letters that a rule takes after its first end, if they stand at a place.
    fn take(&self, tail: &[usize], mut at: usize) -> Option<Option<usize>> {
        for test in tail {
            let (sign, end) = self.table.sign_at(self.bytes, at);
            if !self.answer(*test, sign)? {
                return Some(None);
            }
            at = end;
        }
        Some(Some(at))
    }

    /// Whether a rule fits what stands before a place and after another.
    fn fits(&self, rule: &Rule, begin: usize, end: usize) -> Option<bool> {
        let wanted = |patterns: &[Vec<usize>], side, at| if patterns.is_empty() { Some(true) } else { self.any(patterns, side, at) };
        Some(
            wanted(&rule.before, Side::Ahead, end)?
                && wanted(&rule.after, Side::Behind, begin)?
                && !self.any(&rule.not_before, Side::Ahead, end)?
                && !self.any(&rule.not_after, Side::Behind, begin)?,
        )
    }

    /// Whether any of the patterns is found at a place.
    fn any(&self, patterns: &[Vec<usize>], side: Side, at: usize) -> Option<bool> {
        let mut unsure = false;
        for pattern in patterns {
            match self.all(pattern, side, at) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => unsure = true,
            }
        }
        (!unsure).then_some(false)
    }

    fn all(&self, pattern: &[usize], side: Side, mut at: usize) -> Option<bool> {
        for number in 0..pattern.len() {
            let (test, (sign, next)) = match side {
                Side::Behind => (pattern[pattern.len() - 1 - number], self.table.sign_before(self.bytes, at)),
                Side::Ahead => (pattern[number], self.table.sign_at(self.bytes, at)),
            };
            if !self.answer(test, sign)? {
                return Some(false);
            }
            // An edge of a word takes no character.
            if !matches!(self.rules.tests[test].0, Test::Start | Test::End) {
                at = next;
            }
        }
        Some(true)
    }

    fn answer(&self, test: usize, sign: Sign) -> Option<bool> {
        self.rules.answers[test][column(sign)]
    }

    /// Whether a capital whose rule takes more up to a place is written in capitals.
    fn capital(&self, mut at: usize, taken: usize) -> Option<bool> {
        while at < taken {
            let (sign, end) = self.table.sign_at(self.bytes, at);
            if let Some(capital) = self.rules.taken[column(sign)] {
                return Some(capital);
            }
            at = end;
        }
        self.rules.next[column(self.table.sign_at(self.bytes, at).0)]
    }
}

fn column(sign: Sign) -> usize {
    (sign & COLUMN) as usize
}
