//! Short texts of nothing but letters of two bytes, as most names of one word are: where each begins is known, so that no
//! window has to be set up.

use super::outbox::{GROUP, Outbox};
use super::words::gather;
use super::{AHEAD, BEHIND, BY_WORD, COLUMN, FastTable, KEYS, Sign, WORD};
use crate::scheme::compile::Program;
use crate::scheme::engine::Run;

/// The length of the longest such text, in bytes.
const LONGEST: usize = 64;
/// A character of two bytes.
const FIRST: u8 = 0xC2;
const NEXT: u8 = 0x80;

/// The text's last eight bytes, those of a shorter text with others before it, if it is such a text.
#[inline(always)]
pub(super) fn last_four(bytes: &[u8]) -> Option<u64> {
    if bytes.len() > LONGEST || bytes.len() % 2 == 1 {
        return None;
    }
    let last = match *bytes {
        [a, b] => u64::from_le_bytes([FIRST, NEXT, FIRST, NEXT, FIRST, NEXT, a, b]),
        [a, b, c, d] => u64::from_le_bytes([FIRST, NEXT, FIRST, NEXT, a, b, c, d]),
        [a, b, c, d, e, f] => u64::from_le_bytes([FIRST, NEXT, a, b, c, d, e, f]),
        _ => u64::from_le_bytes(*bytes.last_chunk()?),
    };
    // Valid UTF-8 has a character of two bytes wherever one begins with such a byte.
    let twos = |four: u64| four & 0x00E0_00E0_00E0_00E0 == 0x00C0_00C0_00C0_00C0;
    let all = bytes.as_chunks().0.iter().fold(twos(last), |all, four| all & twos(u64::from_le_bytes(*four)));
    all.then_some(last)
}

impl Program {
    /// As [`Program::run_fast`], for such a text, whose last eight bytes are `last`.
    #[inline(never)]
    pub(super) fn fill_twos<const SIZE: usize>(&self, text: &str, last: u64, out: &mut String) -> bool {
        let table = &self.fast;
        let Some(entries) = table.entries.first::<SIZE>() else { return false };
        let mut outbox = Outbox::new(out);
        let bytes = text.as_bytes();
        // Four characters, or what is left of them at the end and edges behind.
        let fours = |at: usize| match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            Some(four) => u64::from_le_bytes(*four),
            None => ((u128::from(u64::MAX) << 64 | u128::from(last)) >> (64 - 8 * bytes.len().saturating_sub(at))) as u64,
        };
        let edge = table.signs[KEYS - 1];
        let mut signs = [edge; LONGEST / 2 + GROUP];
        if SIZE == BY_WORD {
            let four = |number: usize| table.signs_of(fours(number * 2 * GROUP));
            let groups = bytes.len().div_ceil(2 * GROUP);
            signs.as_chunks_mut().0.iter_mut().take(groups).enumerate().for_each(|(number, to)| *to = four(number));
            gather(0, &mut signs[..bytes.len() / 2]);
        }
        let signs_at = |at: usize| match signs.get(at / 2..).and_then(|rest| rest.first_chunk()) {
            Some(signs) if SIZE == BY_WORD => *signs,
            _ => table.signs_of(fours(at)),
        };
        let bits = COLUMN | if SIZE == BY_WORD { WORD } else { 0 };
        let entry = |before: Sign, sign: Sign, after: Sign| entries.get(before & BEHIND | after & AHEAD | sign & bits);
        let mut before = edge;
        let mut at = 0;
        while at < bytes.len() {
            let [a, b, c, d] = signs_at(at);
            let [after, ..] = signs_at(at + 2 * GROUP);
            let known = outbox.put(&[entry(before, a, b), entry(a, b, c), entry(b, c, d), entry(c, d, after)]);
            if known == GROUP {
                before = d;
                at += 2 * GROUP;
                continue;
            }
            at += 2 * known;
            match self.one(&mut Run::new(self, text), at, [a, b, c, d][known] & WORD, &mut outbox) {
                Some(end) => at = end,
                None => return false,
            }
            before = table.sign_before(bytes, at);
        }
        outbox.finish();
        true
    }
}

impl FastTable {
    /// The signs of four characters of two bytes.
    #[inline(always)]
    fn signs_of(&self, four: u64) -> [Sign; GROUP] {
        [0, 16, 32, 48].map(|shift| self.signs[(four >> shift) as usize & (KEYS - 1)])
    }
}
