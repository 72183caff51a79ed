//! The fast way through a text: one look into a table for most characters.
//!
//! What is written for most letters depends on the letter and on the one character before it. The characters fall into a
//! few kinds by the tests that rules make on the character before them; for each kind and character the table holds
//! what is written, or that the engine has to look. A text with combining marks is left to the engine as a whole.

use super::compile::{CompiledRule, Output, Piece, Program, Test};
use super::engine::Run;
use crate::text::{ends_word, is_invisible, is_mark};
use std::iter::once;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// ASCII, then the letters' block, then one place for every other character.
const ASCII: usize = 128;
/// The most characters of a block that the table covers.
const BLOCK: usize = 512;
const OTHER: usize = ASCII + BLOCK;
/// Places in a row; a power of two, so that a place is one by its lowest bits.
const WIDTH: usize = 1024;

/// An entry: up to seven bytes of output, and in the highest byte their number or that the engine has to look.
type Entry = u64;
const LOOK: Entry = 1 << 63;

#[derive(Debug, Clone)]
pub(super) struct FastTable {
    /// The first character of the letters' block; all of it is written in two bytes.
    base: u32,
    /// The kind of each character, as the one before a letter.
    kinds: Box<[u8; WIDTH]>,
    /// For each kind and character what is written.
    rows: Vec<[Entry; WIDTH]>,
    /// The kind of a text's beginning, and of a character outside the table.
    begin: u8,
    unknown: u8,
}

impl FastTable {
    pub(super) fn of(program: &Program) -> FastTable {
        let two_bytes = |c: char| ('\u{80}'..='\u{7FF}').contains(&c);
        let letters = program.letters.iter().map(|l| l.small).filter(|c| two_bytes(*c));
        let base = letters.min().map_or(0x80, |c| (c as u32 & !0x3F).max(0x80));
        let at = |index: usize| match index {
            0..ASCII => char::from_u32(index as u32),
            OTHER.. => None,
            _ => char::from_u32(base + (index - ASCII) as u32).filter(|c| two_bytes(*c)),
        };
        let tests = Tests::of(program);
        let mut profiles: Vec<Option<u64>> = vec![None, tests.profile(program, None)];
        let mut kinds = Box::new([0; WIDTH]);
        for (index, kind) in kinds.iter_mut().enumerate() {
            let profile = at(index).and_then(|c| tests.profile(program, Some(c)));
            let known = profiles.iter().position(|p| *p == profile).unwrap_or_else(|| {
                profiles.push(profile);
                profiles.len() - 1
            });
            *kind = known as u8;
        }
        let row = |profile: &Option<u64>| std::array::from_fn(|index| at(index).map_or(LOOK, |c| entry(program, &tests, *profile, c)));
        FastTable { base, kinds, rows: profiles.iter().map(row).collect(), begin: 1, unknown: 0 }
    }
}

impl Default for FastTable {
    /// A table that always looks.
    fn default() -> Self {
        FastTable { base: 0x80, kinds: Box::new([0; WIDTH]), rows: vec![[LOOK; WIDTH]], begin: 0, unknown: 0 }
    }
}

/// The tests on one character before a letter that rules make.
struct Tests {
    all: Vec<Test>,
}

impl Tests {
    fn of(program: &Program) -> Tests {
        let mut all: Vec<Test> = Vec::new();
        for patterns in program.rules.iter().flat_map(|r| [&r.after, &r.not_after]) {
            for pattern in patterns {
                if let [test] = pattern.as_slice()
                    && !all.contains(test)
                {
                    all.push(*test);
                }
            }
        }
        all.truncate(64);
        Tests { all }
    }

    /// Which tests a character passes that stands before a letter, or the beginning of the text; nothing for a
    /// character of which that depends on what stands before it in turn.
    fn profile(&self, program: &Program, before: Option<char>) -> Option<u64> {
        let deep = |c: char| is_mark(c) || is_invisible(c) || !ends_word(once(c)) && !c.is_alphanumeric() && c != '_';
        let apostrophe = |c: char| ends_word(once(c)) && !ends_word([c, 'a'].into_iter());
        if before.is_some_and(|c| deep(c) || apostrophe(c)) {
            return None;
        }
        let letter = before.and_then(|c| program.letter(c)).map(|(cell, _)| &program.letters[cell.letter as usize]);
        let passes = |test: &Test| match test {
            Test::Start => ends_word(before.into_iter()),
            Test::End => false,
            Test::Letter(want) => letter.map_or(before == Some(*want), |l| l.small == *want),
            Test::Class(mask) => letter.is_some_and(|l| l.classes & mask != 0),
        };
        Some(self.all.iter().enumerate().filter(|(_, t)| passes(t)).fold(0, |bits, (i, _)| bits | 1 << i))
    }

    /// Whether any of the patterns fits; nothing when one character does not tell.
    fn fits(&self, patterns: &[Vec<Test>], profile: Option<u64>) -> Option<bool> {
        let mut unsure = false;
        for pattern in patterns {
            let place = match pattern.as_slice() {
                [test] => self.all.iter().position(|t| t == test),
                _ => None,
            };
            match (place, profile) {
                (Some(place), Some(profile)) if profile >> place & 1 == 1 => return Some(true),
                (Some(_), Some(_)) => {}
                _ => unsure = true,
            }
        }
        (!unsure).then_some(false)
    }
}

/// What is written for a character after one of a kind, or that the engine has to look.
fn entry(program: &Program, tests: &Tests, profile: Option<u64>, c: char) -> Entry {
    let Some(cell) = program.cell(c) else {
        // A character of no letter passes through, if it is sure to be in NFC whatever stands around it.
        let plain = c.is_ascii() || is_nfc_quick(once(c)) == IsNormalized::Yes && !is_mark(c) && program.letter(c).is_none();
        return if plain { pack(c.encode_utf8(&mut [0; 4]).as_bytes()) } else { LOOK };
    };
    let letter = &program.letters[cell.letter as usize];
    let mut number = letter.output;
    for rule in letter.rules.iter().map(|r| &program.rules[*r as usize]) {
        let after = if rule.after.is_empty() { Some(true) } else { tests.fits(&rule.after, profile) };
        let not_after = tests.fits(&rule.not_after, profile);
        match (after, not_after) {
            (Some(false), _) | (_, Some(true)) => continue,
            (Some(true), Some(false)) if is_plain(rule) => {
                number = rule.output;
                break;
            }
            _ => return LOOK,
        }
    }
    let output: &Output = program.output(number);
    let piece: Piece = match cell.capital {
        _ if output.collapse => return LOOK,
        false => output.lower,
        true if output.title == output.upper => output.upper,
        true => return LOOK,
    };
    pack(program.piece(piece).as_bytes())
}

/// Whether a rule asks for nothing but what stands before the letter.
fn is_plain(rule: &CompiledRule) -> bool {
    rule.tail.is_empty() && rule.before.is_empty() && rule.not_before.is_empty() && rule.word_has | rule.word_lacks == 0
}

fn pack(bytes: &[u8]) -> Entry {
    if bytes.len() > 7 {
        return LOOK;
    }
    let mut entry = [0; 8];
    entry[..bytes.len()].copy_from_slice(bytes);
    entry[7] = bytes.len() as u8;
    Entry::from_le_bytes(entry)
}

/// Output on its way: bytes that are handed to the string when there are many.
struct Outbox<'o, const ROOM: usize> {
    bytes: [u8; ROOM],
    len: usize,
    out: &'o mut String,
}

impl<const ROOM: usize> Outbox<'_, ROOM> {
    /// Takes an entry's bytes, for which there is room once [`Outbox::has_room`] said so.
    #[inline(always)]
    fn put(&mut self, entry: Entry) {
        if let Some(place) = self.bytes.get_mut(self.len..self.len + 8) {
            place.copy_from_slice(&entry.to_le_bytes());
        }
        self.len += (entry >> 56) as usize;
    }

    #[inline(always)]
    fn has_room(&self, entries: usize) -> bool {
        self.len + 8 * entries <= ROOM
    }

    fn put_str(&mut self, text: &str) {
        if text.len() < 8 && self.has_room(1) {
            return self.put(pack(text.as_bytes()));
        }
        self.hand_over();
        self.out.push_str(text);
    }

    fn hand_over(&mut self) {
        // Whole outputs were put in, so it is UTF-8; were it not, losing text would be worse than the check costs.
        match simdutf8::basic::from_utf8(&self.bytes[..self.len]) {
            Ok(text) => self.out.push_str(text),
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
        match text.len() {
            0..=SHORT => self.fill(text, Outbox { bytes: [0; 256], len: 0, out }),
            _ => self.fill(text, Outbox { bytes: [0; 8192], len: 0, out }),
        }
    }

    fn fill<const ROOM: usize>(&self, text: &str, mut outbox: Outbox<ROOM>) -> bool {
        let table = &self.fast;
        let bytes = text.as_bytes();
        let mut kind = table.begin;
        let mut run = Run::new(self, text);
        let mut at = 0;
        while at < bytes.len() {
            if !outbox.has_room(4) {
                outbox.hand_over();
            }
            let (passed, reached) = table.pass_four(bytes, &mut at, kind, &mut outbox);
            kind = reached;
            if passed == 4 || at >= bytes.len() {
                continue;
            }
            let Some(c) = text[at..].chars().next() else { return false };
            let end = at + c.len_utf8();
            match self.letter(c) {
                Some((cell, false)) => {
                    let (piece, source_end) = run.choose(at, end, cell);
                    outbox.put_str(piece);
                    kind = table.kinds[table.last_place(bytes, source_end)];
                    at = source_end;
                }
                None if is_nfc_quick(once(c)) == IsNormalized::Yes && !is_mark(c) => {
                    outbox.put_str(&text[at..end]);
                    kind = table.unknown;
                    at = end;
                }
                Some((_, true)) | None => return false,
            }
        }
        outbox.hand_over();
        true
    }
}

impl FastTable {
    /// Writes up to four characters that need no look, none of more than two bytes; how many they were, and the kind
    /// of the last. `at` is moved behind them.
    #[inline(always)]
    fn pass_four<const ROOM: usize>(&self, bytes: &[u8], at: &mut usize, kind: u8, outbox: &mut Outbox<ROOM>) -> (usize, u8) {
        // Four characters of at most two bytes are in eight bytes; past the end there are zeros.
        let mut window = [0; 8];
        let rest = &bytes[*at..];
        match rest.first_chunk::<8>() {
            Some(eight) => window = *eight,
            None => window[..rest.len()].copy_from_slice(rest),
        }
        let mut window = u64::from_le_bytes(window);
        let mut kind = kind;
        for passed in 0..4 {
            let first = (window & 0xFF) as u32;
            let second = (window >> 8 & 0x3F) as u32;
            // One for a character of two bytes; those of three and four have codes beyond every block.
            let two = first >> 7;
            let place = ((first & 0x3F) << 6 | second).wrapping_sub(self.base).min(BLOCK as u32) + ASCII as u32;
            let place = (if two == 0 { first } else { place }) as usize & (WIDTH - 1);
            let entry = self.rows.get(kind as usize).map_or(LOOK, |row| row[place]);
            if entry & LOOK != 0 || *at >= bytes.len() {
                return (passed, kind);
            }
            outbox.put(entry);
            kind = self.kinds[place];
            window >>= 8 + 8 * two;
            *at += 1 + two as usize;
        }
        (4, kind)
    }

    /// The place of the character that ends at `end`.
    fn last_place(&self, bytes: &[u8], end: usize) -> usize {
        match bytes[..end] {
            [.., last] if last < 0x80 => last as usize,
            [.., first @ 0xC0..0xE0, second] => {
                let code = u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F);
                ASCII + (code.wrapping_sub(self.base) as usize).min(BLOCK)
            }
            _ => OTHER,
        }
    }
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
