//! Short texts, as most names are. Their characters are taken as units of two bytes, four at a time, so that no window
//! has to be set up.

use super::outbox::{GROUP, Outbox};
use super::words::gather_few;
use super::{AHEAD, APART, BEHIND, BY_WORD, COLUMN, FastTable, KEYS, LATE, Sign, WORD};
use crate::scheme::compile::Program;
use crate::scheme::engine::Run;

/// The length of the longest such text, in bytes.
const LONGEST: usize = 64;
/// Room for its characters, in whole groups.
const MOST: usize = LONGEST + 2 * GROUP;
/// The highest bit of each byte, and of the first byte of each unit. It is not set in characters of one byte.
const HIGHEST: u64 = 0x8080_8080_8080_8080;
const FIRST: u64 = 0x0080_0080_0080_0080;

#[derive(Clone, Copy)]
pub(super) struct Short<'t> {
    text: &'t str,
    /// The last eight bytes; those of a shorter text with others before it.
    last: u64,
    /// Whether it has characters of one byte.
    pub ones: bool,
    /// Whether it has characters of more than two bytes.
    pub wide: bool,
}

impl<'t> Short<'t> {
    #[inline(always)]
    pub(super) fn of(text: &'t str) -> Option<Short<'t>> {
        let bytes = text.as_bytes();
        if bytes.len() > LONGEST {
            return None;
        }
        let last = match bytes.last_chunk() {
            Some(last) => u64::from_le_bytes(*last),
            None => bytes.iter().fold(HIGHEST, |last, byte| last >> 8 | u64::from(*byte) << 56),
        };
        // Only the first bytes of wide characters begin with three bits.
        let three = |eight: u64| eight & eight << 1 & eight << 2;
        let (mut all, mut any) = (last, three(last));
        for eight in bytes.as_chunks().0 {
            let eight = u64::from_le_bytes(*eight);
            (all, any) = (all & eight, any | three(eight));
        }
        Some(Short { text, last, ones: all & HIGHEST != HIGHEST, wide: any & HIGHEST != 0 })
    }

    /// Eight bytes, or what is left of them at the end and edges behind.
    #[inline(always)]
    fn eight(&self, at: usize) -> u64 {
        let bytes = self.text.as_bytes();
        match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            Some(eight) => u64::from_le_bytes(*eight),
            None => {
                let left = 8 * bytes.len().saturating_sub(at) as u32;
                // In two steps, since nothing may be left.
                self.last >> 1 >> ((63 - left) & 63) | u64::MAX << (left & 63)
            }
        }
    }

    /// The four units that the eight bytes at a place begin with, and where the next begins; `ONES` unless all characters
    /// have two bytes.
    #[inline(always)]
    fn units<const ONES: bool>(mut units: u64, at: usize) -> (u64, usize) {
        let mut end = at + 2 * GROUP;
        if ONES {
            let mut ones = !units & FIRST;
            loop {
                // A byte is put in behind the first character of one byte; if there is none, nothing changes.
                let kept = ((ones & ones.wrapping_neg()) << 1).wrapping_sub(1);
                units = units & kept | (units & !kept) << 8;
                end -= usize::from(ones != 0);
                ones = !units & FIRST & !kept;
                if ones == 0 {
                    break;
                }
            }
        }
        (units, end)
    }
}

impl Program {
    /// As [`Program::run_fast`]; nothing if words count and there may be several, or more of the one word.
    #[inline(never)]
    pub(super) fn fill_short<const SIZE: usize, const ONES: bool>(&self, short: Short, out: &mut String) -> Option<bool> {
        let table = &self.fast;
        let entries = table.entries.first::<SIZE>()?;
        let entry = |before: Sign, sign: Sign, after: Sign| entries.get(before & BEHIND | after & AHEAD | sign & COLUMN);
        let edge = table.signs[KEYS - 1];
        let begin = out.len();
        let mut outbox = Outbox::new(out);
        let mut any = 0;
        let mut before = edge;
        let mut at = 0;
        let mut eight = short.eight(0);
        while at < short.text.len() {
            let (units, next) = Short::units::<ONES>(eight, at);
            let [a, b, c, d] = table.signs_of(units);
            eight = short.eight(next);
            let [after, ..] = table.signs_of(eight);
            if SIZE == BY_WORD {
                any |= a | b | c | d;
            }
            let known = outbox.put(&[entry(before, a, b), entry(a, b, c), entry(b, c, d), entry(c, d, after)]);
            if known == GROUP {
                (before, at) = (d, next);
                continue;
            }
            if SIZE == BY_WORD && at == 0 && known == 0 {
                any |= APART;
                break;
            }
            at += short.text[at..].chars().take(known).map(char::len_utf8).sum::<usize>();
            match self.one(&mut Run::new(self, short.text), at, 0, &mut outbox) {
                Some(end) => at = end,
                None => return Some(false),
            }
            (before, eight) = (table.sign_before(short.text.as_bytes(), at).0, short.eight(at));
        }
        outbox.finish();
        if SIZE == BY_WORD {
            // What the letters tell of their word is asked at its beginning, and seldom makes a difference there.
            let [a, b, ..] = table.signs_of(short.eight(0));
            if entry(edge, a, b) != entries.get(edge & BEHIND | b & AHEAD | a & COLUMN | any & WORD) || any & (APART | LATE) != 0 {
                out.truncate(begin);
                return None;
            }
        }
        Some(true)
    }

    /// As [`Program::run_fast`], where words count, for a text without wide characters.
    #[inline(never)]
    pub(super) fn fill_words(&self, short: Short, out: &mut String) -> bool {
        let table = &self.fast;
        let Some(entries) = table.entries.first::<BY_WORD>() else { return false };
        let edge = table.signs[KEYS - 1];
        // The first is that of the edge before the text; behind the last character there are more edges than a group takes.
        let mut signs = [edge; MOST + 2];
        let [mut at, mut count] = [0; 2];
        for group in signs[1..].as_chunks_mut().0 {
            if at >= short.text.len() {
                break;
            }
            let (units, next) = Short::units::<true>(short.eight(at), at);
            *group = table.signs_of(units);
            (at, count) = (next, count + GROUP);
        }
        let mut rows = [0; MOST];
        // The group that the last character is in may begin anywhere.
        for (begin, rows) in (0..count + GROUP).step_by(8).zip(rows.as_chunks_mut::<8>().0) {
            let Some(signs) = signs[begin..].first_chunk::<10>() else { break };
            for (row, at) in rows.iter_mut().zip(0..) {
                *row = signs[at] & BEHIND | signs[at + 1] & COLUMN | signs[at + 2] & AHEAD;
            }
        }
        gather_few(&signs[1..=count], &mut rows);
        let mut outbox = Outbox::new(out);
        let mut number = 0;
        while number < count {
            let groups = rows[number..].as_chunks().0.iter().take((count - number).div_ceil(GROUP));
            number += outbox.put_all(groups.map(|group: &[Sign; GROUP]| group.map(|row| entries.get(row))));
            if number >= count {
                break;
            }
            let at = short.text.char_indices().nth(number).map_or(short.text.len(), |(at, _)| at);
            let Some(end) = self.one(&mut Run::new(self, short.text), at, rows[number] & WORD, &mut outbox) else { return false };
            number += short.text[at..end].chars().count();
        }
        outbox.finish();
        true
    }
}

impl FastTable {
    /// The signs of four units.
    #[inline(always)]
    fn signs_of(&self, units: u64) -> [Sign; GROUP] {
        [0, 16, 32, 48].map(|shift| self.signs[(units >> shift) as usize & (KEYS - 1)])
    }
}
