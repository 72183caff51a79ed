//! A part of a text at a time, read into the numbers of the entries of its characters.

use super::starts::starts;
use super::words::gather;
use super::{AHEAD, BEHIND, BELONGS_SHIFT, BY_COLUMN, BY_WORD, COLUMN, EDGE, FastTable, KEYS, LATE, Sign, WORD};

/// Through how many bytes a short text and a long one are read at a time: eight more than a power of two.
pub(super) const SMALL_WINDOW: usize = 264;
pub(super) const WINDOW: usize = 520;

/// What a window leaves behind its last character is not looked at.
pub(super) struct Window<const WINDOW: usize> {
    /// Where the characters begin, and the numbers of their entries.
    pub(super) places: [u16; WINDOW],
    pub(super) rows: [Sign; WINDOW],
    /// Their signs, behind that of the character before them.
    signs: [Sign; WINDOW],
}

impl<const WINDOW: usize> Default for Window<WINDOW> {
    fn default() -> Self {
        Window { places: [0; WINDOW], rows: [0; WINDOW], signs: [0; WINDOW] }
    }
}

impl<const WINDOW: usize> Window<WINDOW> {
    /// Reads on from a place of a text; how many characters begin, and up to which of them groups may begin. Apart from
    /// what writes them, since together they need more registers than there are.
    #[inline(never)]
    pub(super) fn read<const SIZE: usize>(&mut self, table: &FastTable, bytes: &[u8], at: usize) -> (usize, usize) {
        let rest = &bytes[at..];
        let mut padded;
        let window = match rest.first_chunk::<WINDOW>() {
            Some(window) => window,
            None => {
                padded = [EDGE; WINDOW];
                padded[..rest.len()].copy_from_slice(rest);
                &padded
            }
        };
        let (count, limit) = starts(window, rest.len(), &mut self.places);
        let places = &self.places[..count];
        if SIZE == BY_COLUMN {
            for (place, row) in places.iter().zip(&mut self.rows) {
                *row = sign(table, window, *place);
            }
            return (count, limit);
        }
        self.signs[0] = table.sign_before(bytes, at).0;
        for (places, signs) in self.places[..count.next_multiple_of(4)].as_chunks().0.iter().zip(self.signs[1..].as_chunks_mut().0) {
            let places: &[u16; 4] = places;
            *signs = places.map(|place| sign(table, window, place));
        }
        if SIZE == BY_WORD {
            let ahead = table.word_ahead(rest, WINDOW - 8);
            gather(ahead, &mut self.signs[1..=count], &mut self.rows);
        }
        rows_of::<SIZE>(&self.signs, count, &mut self.rows);
        (count, limit)
    }
}

/// The sign of the character that begins at a place of a window.
#[inline(always)]
fn sign<const WINDOW: usize>(table: &FastTable, window: &[u8; WINDOW], at: u16) -> Sign {
    // No character begins in the last eight bytes.
    let at = at as usize & (WINDOW - 9);
    table.signs[window[at..].first_chunk().map_or(0, |bytes| u16::from_le_bytes(*bytes) as usize & (KEYS - 1))]
}

/// Writes the numbers of the entries of so many characters from their signs, before which stands that of the character
/// before.
#[inline(always)]
fn rows_of<const SIZE: usize>(signs: &[Sign], count: usize, rows: &mut [Sign]) {
    let (before, here, behind) = (&signs[..count], &signs[1..][..count], &signs[2..][..count]);
    for (at, row) in rows[..count].iter_mut().enumerate() {
        // Within a word this is not told, since it seldom counts there and more entries would be in use.
        let told = if SIZE == BY_WORD { LATE | WORD & !(before[at] >> BELONGS_SHIFT) } else { 0 };
        *row = before[at] & BEHIND | here[at] & (COLUMN | told) | behind[at] & AHEAD;
    }
}
