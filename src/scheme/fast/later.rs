//! The fast table of a scheme, made when the scheme has written so much that it pays.

use super::FastTable;
use crate::scheme::compile::Program;
use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};

/// So many bytes the engine writes alone; to make the table takes as long as to write some ten thousands.
const ALONE: usize = 8_192;

/// A fast table that may not be made yet: until then it is one that always looks.
#[derive(Debug, Default)]
pub(in crate::scheme) struct Later {
    table: OnceLock<FastTable>,
    written: AtomicUsize,
}

/// The table that always looks.
static EMPTY: LazyLock<FastTable> = LazyLock::new(FastTable::default);

impl Later {
    /// Whether a text of so many bytes is for the fast way, for which the table is made.
    #[inline]
    pub(in crate::scheme) fn pays(&self, program: &Program, len: usize) -> bool {
        self.table.get().is_some() || self.pays_now(program, len)
    }

    #[cold]
    fn pays_now(&self, program: &Program, len: usize) -> bool {
        if self.written.fetch_add(len.min(ALONE), Ordering::Relaxed) + len.min(ALONE) < ALONE {
            return false;
        }
        self.table.get_or_init(|| FastTable::of(program));
        true
    }
}

impl Deref for Later {
    type Target = FastTable;

    #[inline]
    fn deref(&self) -> &FastTable {
        self.table.get().unwrap_or_else(|| &EMPTY)
    }
}

impl Clone for Later {
    fn clone(&self) -> Later {
        Later { table: self.table.clone(), written: AtomicUsize::new(self.written.load(Ordering::Relaxed)) }
    }
}
