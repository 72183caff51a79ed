//! A text with its spelling, in memory that is kept for the next.

use crate::name::reading::Spelling;
use std::cell::RefCell;
use std::mem;

/// So many spellings are kept.
const KEPT: usize = 16;

thread_local! {
    static SPELLINGS: RefCell<Vec<(String, Spelling)>> = const { RefCell::new(Vec::new()) };
}

/// A text, folded, and its spelling.
pub(super) struct Spelled<'t> {
    pub text: &'t str,
    pub folded: String,
    pub spelling: Spelling,
}

impl<'t> Spelled<'t> {
    /// That of a text of this folded form.
    pub(super) fn new(text: &'t str, form: &str) -> Spelled<'t> {
        Spelled::read(text, |folded, spelling| {
            folded.push_str(form);
            spelling.read(folded);
        })
    }

    /// That of a text which is folded, and then read, into this memory.
    pub(super) fn read(text: &'t str, read: impl FnOnce(&mut String, &mut Spelling)) -> Spelled<'t> {
        let (mut folded, mut spelling) = SPELLINGS.with_borrow_mut(Vec::pop).unwrap_or_default();
        folded.clear();
        read(&mut folded, &mut spelling);
        Spelled { text, folded, spelling }
    }
}

impl Drop for Spelled<'_> {
    fn drop(&mut self) {
        SPELLINGS.with_borrow_mut(|kept| {
            if kept.len() < KEPT {
                kept.push((mem::take(&mut self.folded), mem::take(&mut self.spelling)));
            }
        });
    }
}
