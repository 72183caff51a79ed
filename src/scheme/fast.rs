//! The fast way through a text: two look-ups in tables for most characters, and no branch that a text decides.
//!
//! What is written for most letters depends on the letter and on its two neighbours. The characters fall into a few
//! kinds by the tests that rules make on the character before them, and by those on the character after them; for
//! each character and kinds of its neighbours the table holds what is written, or that the engine has to look. A text
//! with combining marks is left to the engine as a whole.

mod neighbours;

use super::compile::{Output, Piece, Program};
use super::engine::Run;
use crate::text::is_mark;
use neighbours::{CAPITAL, Kinds, SMALL, Tests, rule_fits};
use std::iter::once;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// What is known of a character: its column in the table (bits 0 to 7), its kind for the one before it (8 to 11) and
/// its kind for the one after it (13 to 15). Zero for what the table does not know, and that is a kind too.
type Sign = u16;
const COLUMNS: usize = 256;
const AHEAD: usize = 16;
const BEHIND: usize = 8;
/// A character's key: the low six bits of its second byte, then its first byte. For a character of one byte the second
/// is that of its neighbour, so such a character has 64 keys, all with the same sign.
const KEYS: usize = 1 << 14;
/// Stands behind the text's end and before its beginning; no byte of UTF-8.
const EDGE: u8 = 0xFF;
const EDGE_COLUMN: Sign = 1;

/// An entry: up to seven bytes of output, and in the highest byte their number and a bit that is set unless the engine
/// has to look.
type Entry = u64;
const LOOK: Entry = 0;
const KNOWN: Entry = 1 << 63;
type Row = [Entry; COLUMNS];

#[derive(Debug, Clone)]
pub(super) struct FastTable {
    signs: Box<[Sign; KEYS]>,
    /// By kind of the character before, kind of the character after, column. Room for all there could be: no sign is out
    /// of bounds.
    entries: Box<[[Row; AHEAD]; BEHIND]>,
    /// Whether the neighbours count at all.
    context: bool,
}

impl FastTable {
    pub(super) fn of(program: &Program) -> FastTable {
        let (mut behind, mut ahead) = (Kinds::of(program, true, BEHIND), Kinds::of(program, false, AHEAD));
        let mut kinds = |c| behind.number(program, c) << 13 | ahead.number(program, c) << 8;
        let mut table = FastTable::default();
        table.set(&[EDGE, EDGE], kinds(None) | EDGE_COLUMN);
        // The columns go to ASCII, to the letters, and what is left to signs and letters likely beside them.
        let letters = ('\u{80}'..='\u{7FF}').filter(|c| program.cell(*c).is_some());
        let others = ('\u{A0}'..='\u{BF}').chain('\u{400}'..='\u{52F}').filter(|c| program.cell(*c).is_none());
        let chars: Vec<char> = ('\0'..='\u{7F}').chain(letters).chain(others).take(COLUMNS - 2).collect();
        for (c, column) in chars.iter().zip(EDGE_COLUMN + 1..) {
            table.set(c.encode_utf8(&mut [0; 4]).as_bytes(), kinds(Some(*c)) | column);
        }
        let fixed: Vec<Option<Entry>> = chars.iter().map(|c| fixed(program, *c)).collect();
        let tests = [&behind.tests, &ahead.tests];
        let (behind, ahead) = (&behind.profiles, &ahead.profiles);
        for (b, behind) in behind.iter().enumerate() {
            for (a, ahead) in ahead.iter().enumerate() {
                let row = &mut table.entries[b][a];
                row[EDGE_COLUMN as usize] = pack(&[]);
                for ((place, c), fixed) in row[EDGE_COLUMN as usize + 1..].iter_mut().zip(&chars).zip(&fixed) {
                    *place = fixed.unwrap_or_else(|| entry(program, tests, [*behind, *ahead], *c));
                }
            }
        }
        let used = |rows: &[Row; AHEAD]| rows[..ahead.len()].iter().all(|row| *row == table.entries[0][0]);
        table.context = !table.entries[..behind.len()].iter().all(used);
        table
    }

    fn set(&mut self, bytes: &[u8], sign: Sign) {
        match bytes {
            [one] => (0..64).for_each(|second| self.signs[key(*one, second)] = sign),
            [first, second, ..] => self.signs[key(*first, *second)] = sign,
            [] => {}
        }
    }

    /// The sign of the character that begins at a place of the window.
    #[inline(always)]
    fn sign<const WINDOW: usize>(&self, window: &[u8; WINDOW], at: u8) -> Sign {
        // No character begins in the last eight bytes.
        let at = at as usize & (WINDOW - 9);
        self.signs[window[at..].first_chunk().map_or(0, |bytes| u16::from_le_bytes(*bytes) as usize & (KEYS - 1))]
    }

    /// What is written for a character between two others.
    #[inline(always)]
    fn entry<const CONTEXT: bool>(&self, before: Sign, sign: Sign, after: Sign) -> Entry {
        let rows = if CONTEXT { &self.entries[(before >> 13) as usize] } else { &self.entries[0] };
        let row = if CONTEXT { &rows[(after >> 8) as usize % AHEAD] } else { &rows[0] };
        row[sign as usize % COLUMNS]
    }

    /// The sign of the character that ends at `end`.
    fn sign_before(&self, bytes: &[u8], end: usize) -> Sign {
        match bytes[..end] {
            [.., one @ 0..0x80] => self.signs[key(one, 0)],
            [.., first @ 0xC0..0xE0, second] => self.signs[key(first, second)],
            _ => 0,
        }
    }
}

impl Default for FastTable {
    /// A table that always looks.
    fn default() -> Self {
        let mut table = FastTable { signs: boxed(0), entries: boxed([[LOOK; COLUMNS]; AHEAD]), context: false };
        table.set(&[EDGE, EDGE], EDGE_COLUMN);
        table.entries[0][0][EDGE_COLUMN as usize] = pack(&[]);
        table
    }
}

/// An array on the heap, set to the default.
fn boxed<T: Clone, const N: usize>(value: T) -> Box<[T; N]> {
    match vec![value; N].into_boxed_slice().try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("a vector of N is an array of N"),
    }
}

#[inline(always)]
fn key(first: u8, second: u8) -> usize {
    u16::from_le_bytes([first, second]) as usize & (KEYS - 1)
}

/// What is written for a character that is no letter or always written alike: nothing if that is for its neighbours to
/// decide.
fn fixed(program: &Program, c: char) -> Option<Entry> {
    let Some(cell) = program.cell(c) else {
        // A character of no letter passes through, if it is sure to be in NFC whatever stands around it.
        let plain = c.is_ascii() || is_nfc_quick(once(c)) == IsNormalized::Yes && !is_mark(c) && program.letter(c).is_none();
        return Some(if plain { pack(c.encode_utf8(&mut [0; 4]).as_bytes()) } else { LOOK });
    };
    let letter = &program.letters[cell.letter as usize];
    let output: &Output = program.output(letter.output);
    match cell.capital {
        _ if output.collapse => Some(LOOK),
        _ if !letter.rules.is_empty() => None,
        false => Some(pack(program.piece(output.lower).as_bytes())),
        true if output.title == output.upper => Some(pack(program.piece(output.upper).as_bytes())),
        true => None,
    }
}

/// What is written for a letter between two neighbours, or that the engine has to look.
fn entry(program: &Program, tests: [&Tests; 2], profiles: [Option<u64>; 2], c: char) -> Entry {
    let Some(cell) = program.cell(c) else { return LOOK };
    let letter = &program.letters[cell.letter as usize];
    let mut number = letter.output;
    for rule in letter.rules.iter().map(|r| &program.rules[*r as usize]) {
        match rule_fits(rule, tests, profiles) {
            Some(false) => {}
            Some(true) => {
                number = rule.output;
                break;
            }
            None => return LOOK,
        }
    }
    let output: &Output = program.output(number);
    let piece: Piece = match cell.capital {
        _ if output.collapse => return LOOK,
        false => output.lower,
        true if output.title == output.upper => output.upper,
        // The letter that follows decides: SHCH, Shch.
        true => match profiles[1] {
            Some(bits) if bits & CAPITAL != 0 => output.upper,
            Some(bits) if bits & SMALL != 0 => output.title,
            _ => return LOOK,
        },
    };
    pack(program.piece(piece).as_bytes())
}

fn pack(bytes: &[u8]) -> Entry {
    if bytes.len() > 7 {
        return LOOK;
    }
    let mut entry = [0; 8];
    entry[..bytes.len()].copy_from_slice(bytes);
    entry[7] = bytes.len() as u8;
    KNOWN | Entry::from_le_bytes(entry)
}

fn length(entry: Entry) -> usize {
    (entry >> 56 & 7) as usize
}

/// Output on its way: bytes that are handed to the string when there are many.
struct Outbox<'o, const ROOM: usize> {
    bytes: [u8; ROOM],
    len: usize,
    out: &'o mut String,
}

/// Characters that are written in one go, and the room that takes: seven bytes each and one of the last entry's own.
const GROUP: usize = 4;
const GROUP_ROOM: usize = GROUP * 8 + 8;

impl<const ROOM: usize> Outbox<'_, ROOM> {
    /// Takes the bytes of a group's entries, of which those that are not known have none.
    #[inline(always)]
    fn put(&mut self, group: &[Entry; GROUP]) {
        if self.len > ROOM - GROUP_ROOM {
            self.hand_over();
            self.len = 0;
        }
        let Some(room) = self.bytes[self.len..].first_chunk_mut::<GROUP_ROOM>() else { return };
        let mut len = 0;
        for entry in group {
            room[len..len + 8].copy_from_slice(&entry.to_le_bytes());
            len += length(*entry);
        }
        self.len += len;
    }

    /// Takes back what was put last from the first entry on that is not known; how many stand before it.
    #[cold]
    fn take_back(&mut self, group: [Entry; GROUP]) -> usize {
        let known = group.iter().position(|entry| *entry == LOOK).unwrap_or(GROUP);
        self.len -= group[known..].iter().map(|entry| length(*entry)).sum::<usize>();
        known
    }

    fn put_str(&mut self, text: &str) {
        if text.len() < 8 {
            return self.put(&[pack(text.as_bytes()), LOOK, LOOK, LOOK]);
        }
        self.hand_over();
        self.out.push_str(text);
    }

    #[inline(never)]
    fn hand_over(&mut self) {
        // Whole outputs were put in, so it is UTF-8; were it not, losing text would be worse than the check costs.
        // Sixty-four bytes are checked faster than fewer; behind the text there is nothing but the last entry's own byte.
        if let Some(behind) = self.bytes[self.len..].first_chunk_mut() {
            *behind = [0; 8];
        }
        match simdutf8::basic::from_utf8(&self.bytes[..self.len.max(64)]) {
            Ok(text) => self.out.push_str(&text[..self.len]),
            Err(_) => self.out.push_str(&String::from_utf8_lossy(&self.bytes[..self.len])),
        }
        self.len = 0;
    }
}

/// Texts of so many bytes, names that is, are written through a small outbox, which costs less to set up.
const SHORT: usize = 48;

impl Program {
    /// Appends the transliteration, unless the text has marks or is not sure to be in NFC: then false, and `out` has
    /// a part of it.
    pub(super) fn run_fast(&self, text: &str, out: &mut String) -> bool {
        if self.joins {
            return false;
        }
        out.reserve(text.len() + 8);
        match (text.len(), self.fast.context) {
            (0..=SHORT, true) => self.fill::<128, 72, true>(text, out),
            (0..=SHORT, false) => self.fill::<128, 72, false>(text, out),
            (_, true) => self.fill::<8192, 264, true>(text, out),
            (_, false) => self.fill::<8192, 264, false>(text, out),
        }
    }

    #[inline(never)]
    fn fill<const ROOM: usize, const WINDOW: usize, const CONTEXT: bool>(&self, text: &str, out: &mut String) -> bool {
        let mut outbox = Outbox { bytes: [0; ROOM], len: 0, out };
        let table = &self.fast;
        let bytes = text.as_bytes();
        let mut run = Run::new(self, text);
        let mut before = table.sign(&[EDGE; WINDOW], 0);
        let mut at = 0;
        'windows: while at < bytes.len() {
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
            let mut places = [0; WINDOW];
            let (count, limit) = starts(window, rest.len(), &mut places);
            let mut number = 0;
            let mut sign = table.sign(window, 0);
            while number < limit {
                let Some([from, next @ ..]) = places[number..].first_chunk::<{ GROUP + 1 }>() else { break };
                let mut group = [LOOK; GROUP];
                for (entry, next) in group.iter_mut().zip(next) {
                    let after = table.sign(window, *next);
                    *entry = table.entry::<CONTEXT>(before, sign, after);
                    (before, sign) = (sign, after);
                }
                outbox.put(&group);
                if group.iter().fold(KNOWN, |all, entry| all & entry) != 0 {
                    number += GROUP;
                    continue;
                }
                let known = outbox.take_back(group);
                let place = at + if known == 0 { *from } else { next[known - 1] } as usize;
                let Some(end) = self.look(&mut run, place, &mut outbox) else { return false };
                before = table.sign_before(bytes, end);
                number += known + text[place..end].chars().count();
                if number >= count {
                    at = end;
                    continue 'windows;
                }
                sign = table.sign(window, places[number]);
            }
            at += places[number] as usize;
        }
        outbox.hand_over();
        true
    }

    /// Has the engine write the character at a place; the end of what it took, or nothing if it is not sure to be in NFC.
    #[inline(never)]
    fn look<const ROOM: usize>(&self, run: &mut Run, at: usize, outbox: &mut Outbox<ROOM>) -> Option<usize> {
        let rest = &run.text[at..];
        let c = rest.chars().next()?;
        let end = at + c.len_utf8();
        match self.letter(c) {
            Some((cell, false)) => {
                let (piece, end) = run.choose(at, end, cell);
                outbox.put_str(piece);
                Some(end)
            }
            None if is_nfc_quick(once(c)) == IsNormalized::Yes && !is_mark(c) => {
                outbox.put_str(&rest[..c.len_utf8()]);
                Some(end)
            }
            Some((_, true)) | None => None,
        }
    }
}

/// For each set of bits the numbers of its bits, lowest first.
static BITS: [u64; 256] = {
    let mut all = [0; 256];
    let mut set = 0;
    while set < 256 {
        let (mut bit, mut found) = (0, 0);
        while bit < 8 {
            if set >> bit & 1 == 1 {
                all[set] |= bit << (8 * found);
                found += 1;
            }
            bit += 1;
        }
        set += 1;
    }
    all
};

/// Writes where in a window the characters begin, `len` bytes of text and the edges after them; how many begin, and up to
/// which of them groups may begin. The last eight bytes are not looked at.
#[inline(always)]
fn starts<const WINDOW: usize>(window: &[u8; WINDOW], len: usize, places: &mut [u8; WINDOW]) -> (usize, usize) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut count = 0;
    let eights = ((len + GROUP) / 8 + 1).min(WINDOW / 8 - 1);
    for (i, eight) in window.as_chunks::<8>().0[..eights].iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        // Bytes within a character are 10xxxxxx.
        let begins = !(eight >> 7 & !(eight >> 6)) & ONES;
        // The first product gathers the lowest bits of the eight bytes in the highest byte, the second counts them.
        let set = begins.wrapping_mul(0x0102_0408_1020_4080) >> 56;
        let eight_places = BITS[set as usize] + ONES * (8 * i as u64);
        let room = count.min(WINDOW - 8);
        places[room..room + 8].copy_from_slice(&eight_places.to_le_bytes());
        count += (begins.wrapping_mul(ONES) >> 56) as usize;
    }
    // A group needs the character after it. At the end of the text edges fill it up; elsewhere the next window goes on.
    let edges = (eights * 8).saturating_sub(len);
    (count, if edges > GROUP { count - edges } else { count.saturating_sub(GROUP) })
}

#[cfg(test)]
mod tests {
    use crate::Scheme;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(|| Scheme::ids().map(|id| Scheme::builtin(id).unwrap()).collect());

    /// Text as it comes, and as it does not: letters of all cases, signs, marks, other scripts.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            "[А-Яа-яЁё]{0,60}",
            "[А-Яа-яЁёӘәІіҢңҒғҮүҰұҚқӨөҺһ .,'’-]{0,60}",
            "[а-яъьйыеё\u{301}\u{300}\u{306}\u{AD}'’ -]{0,40}",
            "[ЕЁЖЯЩщьъ ]{0,20}",
            "\\PC{0,30}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_fast_way_writes_what_the_engine_does(text in texts()) {
            for scheme in SCHEMES.iter() {
                let mut slow = String::new();
                scheme.program.run_any(&text, &mut slow);
                prop_assert_eq!(scheme.transliterate(&text), slow, "{} {:?}", scheme.id(), text);
            }
        }
    }
}
