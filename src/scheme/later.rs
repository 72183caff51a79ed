//! A program whose fast table is made when it has written so much that this pays.

use super::compile::Program;
use super::fast::FastTable;
use crate::text::{fold, fold_letter, is_mark};
use std::ops::Deref;
use std::str::Chars;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many bytes the engine writes alone; to make the table takes as long as to write some ten thousands.
const ALONE: usize = 8_192;

/// A program, and the same with its fast table once it has one.
#[derive(Debug)]
pub(super) struct Later {
    program: Program,
    fast: OnceLock<Program>,
    written: AtomicUsize,
}

impl Later {
    /// As [`Program::run`].
    #[inline]
    pub(super) fn run(&self, text: &str, out: &mut String) {
        match self.fast.get().or_else(|| self.fast_for(text.len())) {
            Some(program) => program.run(text, out),
            None => self.program.run_any(text, out),
        }
    }

    /// Whether what is written for a text folds to this. The engine writes no more once a letter departs from it. The room is for what is written.
    pub(super) fn writes(&self, text: &str, folded: &str, room: &mut String) -> bool {
        room.clear();
        let mut wanted = Wanted { rest: folded.chars(), at: 0 };
        match self.fast.get() {
            Some(program) => program.run(text, room),
            None => {
                let is_whole = self.program.run_until(text, room, |written| wanted.departs(written));
                self.fast_for(room.len());
                if !is_whole {
                    return false;
                }
            }
        }
        room == folded || !wanted.departs(room) && fold(room) == folded
    }

    /// The program with its fast table, when it pays to make that for a text of so many bytes after those before.
    #[cold]
    pub(super) fn fast_for(&self, len: usize) -> Option<&Program> {
        let len = len.min(ALONE);
        let pays = self.written.fetch_add(len, Ordering::Relaxed).saturating_add(len) >= ALONE;
        let fast = || {
            let mut program = self.program.clone();
            program.fast = FastTable::of(&program);
            program
        };
        pays.then(|| self.fast.get_or_init(fast))
    }
}

impl From<Program> for Later {
    fn from(program: Program) -> Later {
        Later { program, fast: OnceLock::new(), written: AtomicUsize::new(0) }
    }
}

impl Deref for Later {
    type Target = Program;

    fn deref(&self) -> &Program {
        &self.program
    }
}

/// What is to be written, folded, as far as it was not met.
struct Wanted<'f> {
    rest: Chars<'f>,
    /// The place in what is written of what was not compared.
    at: usize,
}

impl Wanted<'_> {
    /// Whether a letter of what is written so far is another.
    fn departs(&mut self, written: &str) -> bool {
        let mut letters = written[self.at..].chars();
        // The last letter may have a mark yet. What folds otherwise than letter by letter is not compared, nor what comes after it.
        while let (Some(letter), Some(next)) = (letters.next(), letters.clone().next())
            && let Some(plain) = fold_letter(letter).filter(|_| !is_mark(next))
        {
            if self.rest.next() != Some(plain) {
                return true;
            }
            self.at += letter.len_utf8();
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::ALONE;
    use crate::Scheme;
    use crate::text::fold;

    #[test]
    fn what_a_scheme_writes_is_told_as_by_writing_it() {
        let schemes: Vec<Scheme> = Scheme::ids().map(|id| Scheme::builtin(id).unwrap()).collect();
        let texts = ["щука", "ёжик", "подъезд", "құрманов", "жаңаөзен қаласы", "киё\u{301}в", "юрьевич", "«їжак».", "a\u{30C}т", "", "и"];
        let mut room = String::new();
        // By the engine alone, and with the fast tables.
        for len in [0, ALONE] {
            schemes.iter().for_each(|scheme| assert_eq!(scheme.program.fast_for(len).is_some(), len > 0));
            for text in texts {
                let written: Vec<String> = schemes.iter().map(|scheme| fold(&scheme.transliterate(text))).collect();
                for (scheme, own) in schemes.iter().zip(&written) {
                    for other in written.iter().map(String::as_str).chain([text, "", "shchuk", "shchukaa"]) {
                        assert_eq!(scheme.writes(text, other, &mut room), own == other, "{} {text} {other}", scheme.id());
                    }
                }
            }
        }
    }
}
