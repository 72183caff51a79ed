//! A program whose fast table is made when it has written so much that this pays.

use super::compile::Program;
use super::fast::FastTable;
use std::ops::Deref;
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
