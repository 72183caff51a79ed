//! How the stems of words end, counted by class.

use crate::name::dots::without_dots_letter;
use rustc_hash::FxHashMap;

/// The row of class counts of words that do not change.
pub(super) const FIXED: u8 = u8::MAX;

/// The most letters of a stem that are looked at.
pub(super) const LETTERS: usize = 4;
/// How stems end, by class.
#[derive(Default)]
pub(super) struct Endings {
    /// By the letters at the end and the class.
    counts: FxHashMap<(u32, u8), f32>,
}

impl Endings {
    pub(super) fn add(&mut self, key: u32, class: u8, count: f32) {
        *self.counts.entry((key, class)).or_default() += count;
    }

    pub(super) fn get(&self, key: u32, class: u8) -> f32 {
        self.counts.get(&(key, class)).copied().unwrap_or_default()
    }

    /// Counts a stem with all its ends.
    pub(super) fn count(&mut self, stem: &str, class: u8, count: f32) {
        for key in Keys::of(stem).keys.into_iter().flatten() {
            self.add(key, class, count);
        }
    }
}

/// The ends of a stem, none to [`LETTERS`] letters long, as numbers; the beginning of the word counts as a letter.
pub(super) struct Keys {
    pub(super) keys: [Option<u32>; LETTERS + 1],
}

impl Keys {
    pub(super) fn of(stem: &str) -> Keys {
        let mut keys = [None; LETTERS + 1];
        let mut key = 0;
        keys[0] = Some(0);
        for (at, c) in stem.chars().rev().map(code).chain([START]).enumerate().take(LETTERS) {
            key = key << 6 | c;
            keys[at + 1] = Some(key);
        }
        Keys { keys }
    }
}

/// The beginning of a word.
const START: u32 = 63;

/// A letter as a number of six bits.
pub(super) fn code(c: char) -> u32 {
    match c {
        'а'..='я' => c as u32 - 'а' as u32 + 1,
        '^' => START,
        '-' => 40,
        _ => match without_dots_letter(c) {
            plain if plain != c => code(plain),
            _ => 41,
        },
    }
}
