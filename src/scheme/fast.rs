//! The fast way through a text: two look-ups in tables for most characters, and no branch that a text decides.
//!
//! What is written for most letters depends on the letter, on its two neighbours, and in some schemes on the word. The
//! characters fall into a few kinds by the tests that rules make on the character before them, and by those on the
//! character after them; for each character, kinds of its neighbours and kind of its word the table holds what is
//! written, or that the engine has to look. A text with combining marks is left to the engine as a whole.

mod neighbours;
mod outbox;
mod rules;
mod short;
mod starts;
mod taken;
mod window;
mod words;

use super::compile::{CompiledRule, Output, Piece, Program};
use super::engine::Run;
use crate::text::{is_invisible, is_mark, may_join};
use neighbours::{CAPITAL, Kinds, SMALL, Side, Tests, rule_fits};
pub(super) use outbox::SPARE;
use outbox::{Entries, Entry, GROUP, Outbox};
use rules::Rules;
use short::Short;
use window::{SMALL_WINDOW, WINDOW, Window};
use words::{UNSURE, Words};

/// What is known of a character: its column in the table, its kind for the one before it, its kind for the one after
/// it, and what it tells of its word. Together such bits of a character and its neighbours are the number of an entry.
type Sign = u32;
const COLUMN: Sign = 0xFF;
const AHEAD: Sign = 0xF00;
const BEHIND: Sign = 0xF000;
/// What a character tells of its word, and in a row of the table for a word's first character what all of them tell: a bit
/// for each condition, one for that it is not known all, and one for that there may be the last letter of a long rule, which
/// is told of the rest of the word in all its rows.
const WORD: Sign = 0xF_0000;
const LATE: Sign = 0x8_0000;
/// Unless the character is sure to belong to a word. The text's edge has nothing to set apart.
const APART: Sign = 1 << 31;
/// Of the others, so that these bits tell which bits of the word behind them are those of their word.
const BELONGS: Sign = WORD << BELONGS_SHIFT;
const BELONGS_SHIFT: u32 = 8;
/// Of a character that the table does not know. That is a column and a kind too.
const UNKNOWN: Sign = APART | LATE | UNSURE;
const COLUMNS: usize = COLUMN as usize + 1;
const KINDS: usize = 16;

/// A character's key: the low six bits of its second byte, then its first byte. For a character of one byte the second
/// is that of its neighbour, so such a character has 64 keys, all with the same sign.
const KEYS: usize = 1 << 14;
/// Stands behind the text's end and before its beginning; no byte of UTF-8.
const EDGE: u8 = 0xFF;
const EDGE_COLUMN: Sign = 1;

/// How many entries a table has: by the column alone, by the neighbours too, by the word too.
const BY_COLUMN: usize = COLUMNS;
const BY_NEIGHBOURS: usize = (BEHIND | AHEAD | COLUMN) as usize + 1;
const BY_WORD: usize = (WORD | BEHIND | AHEAD | COLUMN) as usize + 1;

#[derive(Debug, Clone)]
pub(super) struct FastTable {
    signs: Box<[Sign; KEYS]>,
    entries: Entries,
    /// How many of the entries count.
    size: usize,
    /// Whether outputs that are not doubled are in the table.
    collapses: bool,
    rules: Rules,
}

impl FastTable {
    pub(super) fn of(whole: &Program) -> FastTable {
        let program = &taken::by_letter(whole);
        let [mut behind, mut ahead] = [Side::Behind, Side::Ahead].map(|side| Kinds::of(program, side, KINDS));
        let words = Words::of(program);
        let apart = |c: &char| words.sign(program, Some(*c)) & APART != 0;
        let across = program.rules.iter().any(|rule| is_long(rule) && rule.tail.iter().any(apart));
        let mut kinds = |c: Option<char>| {
            // The short way does not see through what is passed over.
            let late = |c: char| is_late(program, c) || is_mark(c) || is_invisible(c);
            let late = if c.is_some_and(late) { LATE } else { 0 };
            late | behind.number(program, c) << 12 | ahead.number(program, c) << 8 | words.sign(program, c)
        };
        let mut table = FastTable::default();
        table.set(&[EDGE, EDGE], kinds(None) | EDGE_COLUMN);
        // The columns go to ASCII, to the letters, and what is left to signs and letters likely beside them.
        let letters = ('\u{80}'..='\u{7FF}').filter(|c| program.cell(*c).is_some());
        let others = ('\u{A0}'..='\u{BF}').chain('\u{400}'..='\u{52F}').filter(|c| program.cell(*c).is_none());
        let chars: Vec<char> = ('\0'..='\u{7F}').chain(letters).chain(others).take(COLUMNS - 2).collect();
        for (c, column) in chars.iter().zip(EDGE_COLUMN + 1..) {
            table.set(c.encode_utf8(&mut [0; 4]).as_bytes(), kinds(Some(*c)) | column);
        }
        table.collapses = behind.tests.collapses();
        table.size = if words.any() { BY_WORD } else { BY_NEIGHBOURS };
        table.entries = Entries::new(table.size);
        let sides = Sides { behind, ahead, words, across };
        for (column, c) in (EDGE_COLUMN as usize + 1..).zip(&chars) {
            let fixed = fixed(program, &sides.behind.tests, *c);
            let (asks, early) = (asks_for_words(program, *c), is_early(program, *c));
            sides.each(|before, after, word| {
                let row = (word.0 | before.0 << 12 | after.0 << 8) as usize;
                let done = |row: usize| table.entries.get(row | column);
                let entry = match fixed {
                    Some(entry) => entry,
                    // Words count for the letters that have such rules.
                    None if word.0 & !LATE != 0 && !asks => done(row & (LATE as usize | (BY_NEIGHBOURS - 1))),
                    None if word.0 & LATE != 0 && !early => done(row & !(LATE as usize)),
                    None => entry(program, &sides, [before.1, after.1], word.0, *c).unwrap_or(Entry::LOOK),
                };
                table.entries.set(row | column, entry);
            });
        }
        let mut context = sides.words.any();
        sides.each(|before, after, word| {
            let row = (word.0 | before.0 << 12 | after.0 << 8) as usize;
            table.entries.set(row | EDGE_COLUMN as usize, Entry::of(""));
            context = context || table.entries.row(row) != table.entries.row(0);
        });
        if !context {
            table.size = BY_COLUMN;
        }
        table.rules = Rules::of(whole, &sides.words, &chars);
        table
    }

    fn set(&mut self, bytes: &[u8], sign: Sign) {
        match bytes {
            [one] => (0..64).for_each(|second| self.signs[key(*one, second)] = sign),
            [first, second, ..] => self.signs[key(*first, *second)] = sign,
            [] => {}
        }
    }

    /// The sign of the character that begins at a place of a text, and the next one's place, where they are in the table.
    fn sign_at(&self, bytes: &[u8], at: usize) -> (Sign, usize) {
        match bytes[at..] {
            [one @ 0..0x80, ..] => (self.signs[key(one, 0)], at + 1),
            [first @ 0xC0..0xE0, second, ..] => (self.signs[key(first, second)], at + 2),
            [] => (self.signs[key(EDGE, EDGE)], at),
            _ => (UNKNOWN, at),
        }
    }

    /// The sign of the character that ends at `end`, and where it begins, likewise.
    fn sign_before(&self, bytes: &[u8], end: usize) -> (Sign, usize) {
        match bytes[..end] {
            [.., one @ 0..0x80] => (self.signs[key(one, 0)], end - 1),
            [.., first @ 0xC0..0xE0, second] => (self.signs[key(first, second)], end - 2),
            [] => (self.signs[key(EDGE, EDGE)], end),
            _ => (UNKNOWN, end),
        }
    }
}

impl Default for FastTable {
    /// A table that always looks.
    fn default() -> Self {
        let mut table = FastTable {
            signs: boxed(UNKNOWN),
            entries: Entries::new(BY_COLUMN),
            size: BY_COLUMN,
            collapses: false,
            rules: Rules::default(),
        };
        table.set(&[EDGE, EDGE], EDGE_COLUMN);
        table.entries.set(EDGE_COLUMN as usize, Entry::of(""));
        table
    }
}

/// An array on the heap, set to a value.
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

/// The kinds of what may stand around a letter.
struct Sides {
    behind: Kinds,
    ahead: Kinds,
    words: Words,
    /// Whether rules of three letters or more go on behind words.
    across: bool,
}

/// The number of a kind, and its profile.
type Kind = (Sign, Option<u64>);

impl Sides {
    /// Every kind of character before, of character after, and of word.
    fn each(&self, mut visit: impl FnMut(Kind, Kind, Kind)) {
        for word in self.words.kinds() {
            for before in self.behind.each() {
                for after in self.ahead.each() {
                    visit(before, after, (word, None));
                }
            }
        }
    }
}

/// Whether a rule of a letter asks what the whole word has.
fn asks_for_words(program: &Program, c: char) -> bool {
    rules(program, c).any(|rule| rule.word_has | rule.word_lacks != 0)
}

/// The rules of a letter.
fn rules(program: &Program, c: char) -> impl Iterator<Item = &CompiledRule> {
    let rules = program.cell(c).map_or(&[][..], |cell| &program.letters[cell.letter as usize].rules);
    rules.iter().map(|r| &program.rules[*r as usize])
}

/// Whether a rule takes three letters or more.
fn is_long(rule: &CompiledRule) -> bool {
    rule.tail.len() > 1
}

/// Whether a letter begins a long rule.
fn is_early(program: &Program, c: char) -> bool {
    rules(program, c).any(is_long)
}

/// Whether a letter ends a long rule.
fn is_late(program: &Program, c: char) -> bool {
    let small = program.cell(c).map(|cell| program.letters[cell.letter as usize].small);
    small.is_some() && program.rules.iter().any(|rule| is_long(rule) && rule.tail.last() == small.as_ref())
}

/// What is written for a character that is no letter or always written alike: nothing if that is for its neighbours to
/// decide.
fn fixed(program: &Program, behind: &Tests, c: char) -> Option<Entry> {
    let Some(cell) = program.cell(c) else {
        // A character of no letter passes through, if it is sure to be in NFC whatever stands around it.
        let plain = c.is_ascii() || !may_join(c) && program.letter(c).is_none();
        return Some(if plain { Entry::of(c.encode_utf8(&mut [0; 4])) } else { Entry::LOOK });
    };
    let letter = &program.letters[cell.letter as usize];
    let output: &Output = program.output(letter.output);
    match cell.capital {
        _ if output.collapse => (!behind.collapses()).then_some(Entry::LOOK),
        _ if !letter.rules.is_empty() => None,
        false => Some(Entry::of(program.piece(output.lower))),
        true if output.title == output.upper => Some(Entry::of(program.piece(output.upper))),
        true => None,
    }
}

/// What is written for a letter, by the profiles of the character before it and of the one after it, in a kind of word;
/// nothing when that takes more letters, or the engine has to look. Where the last letters of long rules are sure not to
/// follow, those are left out.
fn entry(program: &Program, sides: &Sides, profiles: [Option<u64>; 2], word: Sign, c: char) -> Option<Entry> {
    let short = sides.words.any() && !sides.across && word & LATE == 0;
    // Of a character that may be a word's first the word is not told.
    let word = if profiles[0].is_none() { word | UNSURE } else { word };
    let letter = &program.letters[program.cell(c)?.letter as usize];
    let mut number = letter.output;
    for rule in rules(program, c).filter(|rule| !(short && is_long(rule))) {
        let tests = [&sides.behind.tests, &sides.ahead.tests];
        if rule_fits(rule, tests, profiles, sides.words.fits(rule, word))? {
            number = rule.output;
            break;
        }
    }
    let output: &Output = program.output(number);
    if output.collapse && sides.behind.tests.wrote(number, profiles[0])? {
        return Some(Entry::of(""));
    }
    let piece: Piece = match program.cell(c)?.capital {
        false => output.lower,
        true if output.title == output.upper => output.upper,
        // The letter that follows decides: SHCH, Shch.
        true => match profiles[1] {
            Some(bits) if bits & CAPITAL != 0 => output.upper,
            Some(bits) if bits & SMALL != 0 => output.title,
            _ => return None,
        },
    };
    Some(Entry::of(program.piece(piece)))
}

/// From how many bytes on a text is worth the larger window.
const LONG: usize = 2048;

impl Program {
    /// Appends the transliteration, unless the text has marks or is not sure to be in NFC: then false, and `out` has
    /// a part of it.
    pub(super) fn run_fast(&self, text: &str, out: &mut String) -> bool {
        if self.joins {
            return false;
        }
        out.reserve(text.len() + SPARE);
        if let Some(short) = Short::of(text) {
            let begin = out.len();
            let done = match (self.fast.size, short.ones) {
                (BY_COLUMN, false) => self.fill_short::<BY_COLUMN, false>(short, out),
                (BY_COLUMN, true) => self.fill_short::<BY_COLUMN, true>(short, out),
                (BY_NEIGHBOURS, false) => self.fill_short::<BY_NEIGHBOURS, false>(short, out),
                (BY_NEIGHBOURS, true) => self.fill_short::<BY_NEIGHBOURS, true>(short, out),
                (_, false) => self.fill_short::<BY_WORD, false>(short, out),
                (_, true) => self.fill_short::<BY_WORD, true>(short, out),
            };
            if let Some(done) = done {
                return done;
            }
            out.truncate(begin);
        }
        match (self.fast.size, text.len() < LONG) {
            (BY_COLUMN, true) => self.fill::<BY_COLUMN, SMALL_WINDOW>(text, out),
            (BY_COLUMN, false) => self.fill::<BY_COLUMN, WINDOW>(text, out),
            (BY_NEIGHBOURS, true) => self.fill::<BY_NEIGHBOURS, SMALL_WINDOW>(text, out),
            (BY_NEIGHBOURS, false) => self.fill::<BY_NEIGHBOURS, WINDOW>(text, out),
            (_, true) => self.fill::<BY_WORD, SMALL_WINDOW>(text, out),
            (_, false) => self.fill::<BY_WORD, WINDOW>(text, out),
        }
    }

    #[inline(never)]
    fn fill<const SIZE: usize, const WINDOW: usize>(&self, text: &str, out: &mut String) -> bool {
        let table = &self.fast;
        let Some(entries) = table.entries.first::<SIZE>() else { return false };
        let mut outbox = Outbox::new(out);
        let bytes = text.as_bytes();
        let mut run = Run::new(self, text);
        let mut at = 0;
        let mut window = Window::<WINDOW>::default();
        'windows: while at < bytes.len() {
            let (count, limit) = window.read::<SIZE>(table, bytes, at);
            let Window { places, rows, .. } = &window;
            let mut number = 0;
            while number < limit {
                let groups = rows[number..].as_chunks().0.iter().take((limit - number).div_ceil(GROUP));
                number += outbox.put_all(groups.map(|group: &[Sign; GROUP]| group.map(|row| entries.get(row))));
                if number >= limit {
                    break;
                }
                let place = at + places[number] as usize;
                let word = if SIZE == BY_WORD { rows[number] & WORD } else { 0 };
                let Some(end) = self.one(&mut run, place, word, &mut outbox) else { return false };
                number += text[place..end].chars().count();
                if number >= count {
                    at = end;
                    continue 'windows;
                }
            }
            at += places[number] as usize;
        }
        outbox.finish();
        true
    }

    /// Writes the character at a place in a kind of word, which is not in the table, or those that a rule takes; the end of what
    /// that took, or nothing if it is not sure to be in NFC.
    #[inline(always)]
    fn one(&self, run: &mut Run, at: usize, word: Sign, outbox: &mut Outbox) -> Option<usize> {
        match self.fast.rules.find(&self.fast, run.text.as_bytes(), at, word) {
            Some((entry, end)) => {
                outbox.put_one(entry);
                Some(end)
            }
            None => self.look(run, at, outbox),
        }
    }

    /// Has the engine write the character at a place; the end of what it took, or nothing if it is not sure to be in NFC.
    #[inline(never)]
    fn look(&self, run: &mut Run, at: usize, outbox: &mut Outbox) -> Option<usize> {
        let rest = &run.text[at..];
        let c = rest.chars().next()?;
        let end = at + c.len_utf8();
        // Dashes, quotation marks and the like, which texts have.
        if matches!(c, '\u{2010}'..='\u{2027}') && self.cell(c).is_none() {
            outbox.put_str(&rest[..c.len_utf8()]);
            return Some(end);
        }
        match self.letter(c) {
            Some((cell, false)) => {
                if self.fast.collapses {
                    run.recall(at);
                }
                let (piece, end) = run.choose(at, end, cell);
                outbox.put_str(piece);
                Some(end)
            }
            None if !may_join(c) => {
                outbox.put_str(&rest[..c.len_utf8()]);
                Some(end)
            }
            Some((_, true)) | None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Scheme;
    use proptest::prelude::*;
    use std::sync::LazyLock;
    use unicode_normalization::UnicodeNormalization;

    /// All schemes, once they have their fast tables.
    static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
        let schemes: Vec<Scheme> = Scheme::ids().map(|id| Scheme::builtin(id).unwrap()).collect();
        schemes.iter().for_each(|scheme| assert!(scheme.program.fast_for(usize::MAX).is_some()));
        schemes
    });

    /// Text as it comes, and as it does not: letters of all cases, signs, marks, other scripts.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            "[А-Яа-яЁё]{0,60}",
            "[А-Яа-яЁёӘәІіҢңҒғҮүҰұҚқӨөҺһ .,'’-]{0,60}",
            "[а-яъьйыеё\u{301}\u{300}\u{306}\u{AD}'’ -]{0,40}",
            "[ЕЁЖЯЩщьъ ]{0,20}",
            // Short, and every character of two bytes.
            "[а-яёәіңғүұқөһ]{3,34}",
            "[А-Яа-яЁёӘәІіҢңҒғҮүҰұҚқӨөҺһ\u{AB}\u{483}é]{3,12}",
            "[А-Яа-яӘәІіҢңҒғҮүҰұҚқӨөҺһ .-]{1,33}",
            "([ая-яәік« -]{0,3}|[Аа]ллаһ|ия|ию){1,5}",
            // Words of all kinds, and what may stand between them.
            "([аеәікьяӘҮ]{0,5}[ ,?'’-]{0,2}){1,6}",
            "([А-Яа-яӘәІіҢңҒғҮүҰұҚқӨө]{1,9}[ .,« -]{1,2}){1,4}",
            "([ая-яәік« -]{0,3}|[Аа]ллаһ|ия|ию){60,110}",
            "[\u{AD}\u{483}ѐабәіүқзкёщ]{1,9}",
            // Longer than a window of either size, with words that its end cuts.
            "[а-яёәіңғүұқөһ .,'«–]{100,400}",
            "[а-яёәіңғүұқөһ .,'«–]{1100,1500}",
            "([ая-яәік« -]{0,3}|[Аа]ллаһ|ия|ию|’){500,700}",
            // What looks further than to the next letter.
            "([еоЕО]г[оО]|ося|(не|на)?много|дие|[мнст]|кс|К[сС]|[иы]й|[\u{301}\u{AD}'., «-]){0,30}",
            "([еоЕО]г[оО]|ося|(не|на)?много|дие|[мнст]|кс|К[сС]|[иы]й|[., «-]){500,700}",
            "[ЁЖжшШи]{120,300}",
            "\\PC{0,30}",
        ]
    }

    /// A mark on a letter that a rule of several begins with is not lost, in any normal form.
    #[test]
    fn marks_within_rules_stay() {
        for scheme in SCHEMES.iter().filter(|scheme| scheme.language() == "rus") {
            for text in ["\u{45C}с", "к\u{301}с", "К\u{301}со", "т\u{301}с", "ос\u{301}х"] {
                let (mut whole, other) = (String::new(), text.nfc().collect::<String>());
                scheme.program.run_any(text, &mut whole);
                let written = scheme.transliterate(text);
                assert_eq!((&written, &scheme.transliterate(&other)), (&whole, &whole), "{} {text}", scheme.id());
                assert!(written.nfd().any(|c| c == '\u{301}'), "{} {text} {written}", scheme.id());
            }
        }
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
