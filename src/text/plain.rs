//! The folded form of texts of plain characters, which most names are made of, in one pass over their bytes.

use super::fold::trimmed;

/// The folded form of a text of plain characters, made in one pass, as bytes in a room that can be kept for the next: of letters of Latin and
/// Cyrillic that fold to one, digits, spaces, quotation marks, signs of ASCII, and at least one letter or digit. Such a text is in NFC. There is
/// none of another, or of what is no UTF-8.
pub(crate) fn fold_plain<'r>(text: &[u8], room: &'r mut Vec<u8>) -> Option<&'r [u8]> {
    if room.len() < text.len() + ROOM {
        room.resize(text.len() + ROOM, 0);
    }
    let (len, _) = plain(text, room)?;
    room.get(..len)
}

/// What the characters of a text are, told while it is folded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub characters: usize,
    /// How many letters and digits it has.
    pub letters: usize,
    /// Its words, which spaces divide, and the capitals of the one that has most of them.
    pub words: usize,
    pub capitals: usize,
    /// Whether a word has letters of two scripts, or of none.
    pub is_mixed: bool,
}

/// Folds a text of plain characters, as [`fold_plain`] does, in the place of what was there, and tells what its characters are.
pub(crate) fn read_plain(text: &str, folded: &mut String) -> Option<Seen> {
    let mut room = std::mem::take(folded).into_bytes();
    room.clear();
    room.resize(text.len() + ROOM, 0);
    let found = plain(text.as_bytes(), &mut room);
    room.truncate(found.map_or(0, |(len, _)| len));
    // What the bytes of a text fold to is text.
    *folded = String::from_utf8(room).ok()?;
    found.map(|(_, seen)| seen)
}

/// So much longer than a text is the room for its folded form.
pub(super) const ROOM: usize = 2;

/// The length of the folded form of a text of plain characters, which is written to a room [`ROOM`] longer than the text, and what these are.
pub(super) fn plain(text: &[u8], room: &mut [u8]) -> Option<(usize, Seen)> {
    let mut folded = Folded { room, len: 0, before: Plain::DROPS, all: 0, seen: Seen::default(), word: OpenWord::default() };
    let mut rest = text;
    loop {
        // Mostly letters come one after the other.
        let run = Run::read(rest, folded.room.get_mut(folded.len..)?);
        if run.letters > 0 {
            folded.add(&run);
            rest = rest.get(run.read..)?;
        }
        let (plain, after) = match *rest {
            [] => return folded.end(),
            [first @ ..0x80, ref after @ ..] => (PLAIN[usize::from(first)], after),
            [first @ 0xC0..0xE0, second @ 0x80..0xC0, ref after @ ..] => (*PLAIN.get(place(first, second))?, after),
            [0xE2, 0x80, third, ref after @ ..] => match third {
                0x90..=0x95 => (Plain::of('-'), after),
                0x98..=0x9B => (Plain::APOSTROPHE, after),
                0x9C..=0x9F | 0xB9 | 0xBA => (Plain::QUOTE, after),
                _ => return None,
            },
            [0xE2, 0x84, 0x96, ref after @ ..] => {
                folded.put(Plain::bytes([0xE2, 0x84], 2));
                (Plain::bytes([0x96, 0], 1), after)
            }
            _ => return None,
        };
        if plain.has(Plain::IS_OTHER) {
            return None;
        }
        folded.put(plain);
        folded.see(plain);
        rest = after;
    }
}

/// Where a character of two bytes stands in [`PLAIN`], or a place behind it.
#[inline]
fn place(first: u8, second: u8) -> usize {
    ((usize::from(first) << 6) + usize::from(second) + TWO).wrapping_sub(0x3080)
}

/// What a plain letter or digit folds to, one for one; none for another character.
#[inline]
pub(crate) fn fold_letter(c: char) -> Option<char> {
    let code = c as usize;
    let Plain(plain) = *PLAIN.get(if c.is_ascii() { code } else { TWO + code })?;
    let [first, second, ..] = plain.to_le_bytes();
    match (plain / Plain::LEN) & 3 {
        _ if plain & Plain::IS_LETTER == 0 => None,
        1 => Some(char::from(first)),
        _ => char::from_u32(u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F)),
    }
}

/// Appends the plain letters that a text begins with to `out`, folded; not all of them when they are very many. Tells how many bytes and letters
/// of the text these are, and how many of them are capitals.
pub(crate) fn fold_letters(text: &str, out: &mut String) -> (usize, u32, u32) {
    let mut room = [0; 64];
    let run = Run::read(text.as_bytes(), &mut room);
    match room.get(..run.written).map(str::from_utf8) {
        Some(Ok(folded)) => out.push_str(folded),
        // What letters fold to is text.
        _ => return (0, 0, 0),
    }
    (run.read, run.letters, run.capitals)
}

/// Plain letters that come one after the other: how many bytes were read and written, what they are.
struct Run {
    read: usize,
    written: usize,
    letters: u32,
    capitals: u32,
    /// All that is said of any of them.
    all: u32,
}

impl Run {
    /// Those that a text begins with, folded into a room; so many as there is room for.
    #[inline]
    fn read(text: &[u8], room: &mut [u8]) -> Run {
        let mut run = Run { read: 0, written: 0, letters: 0, capitals: 0, all: 0 };
        let mut rest = text;
        loop {
            let (place, after) = match *rest {
                [first @ ..0x80, ref after @ ..] => (usize::from(first), after),
                [first @ 0xC0..=0xFF, second @ 0x80..0xC0, ref after @ ..] => (place(first, second), after),
                _ => break,
            };
            let Some(plain) = PLAIN.get(place).filter(|plain| plain.has(Plain::IN_RUN)) else { break };
            let Some([one, two, ..]) = room.get_mut(run.written..) else { break };
            [*one, *two] = (plain.0 as u16).to_le_bytes();
            run.written += plain.len();
            run.letters += 1;
            run.capitals += (plain.0 / Plain::IS_CAPITAL) & 1;
            run.all |= plain.0;
            rest = after;
        }
        run.read = text.len() - rest.len();
        run
    }
}

/// A folded form that is being made.
struct Folded<'r> {
    room: &'r mut [u8],
    len: usize,
    /// What the characters so far mean for the next: [`Plain::DROPS`] and [`Plain::IS_LETTER`].
    before: u32,
    /// All that was said of any character.
    all: u32,
    seen: Seen,
    word: OpenWord,
}

/// The word that is being read.
#[derive(Default)]
struct OpenWord {
    /// Whether there is one, and how many capitals it has.
    is_open: bool,
    capitals: usize,
    /// The scripts of its letters since the last character that is no letter.
    scripts: u32,
}

impl Folded<'_> {
    #[inline]
    fn put(&mut self, plain: Plain) {
        if let Some([first, second, ..]) = self.room.get_mut(self.len..) {
            [*first, *second] = (plain.0 as u16).to_le_bytes();
        }
        let is_dropped = (self.before / Plain::DROPS) & (plain.0 / Plain::IS_SPACE) & 1;
        self.len += plain.len() - is_dropped as usize;
        self.all |= plain.0 & !((self.before & Plain::IS_LETTER) * (Plain::IS_APOSTROPHE / Plain::IS_LETTER));
        self.before = (plain.0 | (self.before & (plain.0 / Plain::KEEPS))) & (Plain::DROPS | Plain::IS_LETTER);
    }

    /// Adds letters that are written already.
    #[inline]
    fn add(&mut self, run: &Run) {
        self.len += run.written;
        self.all |= Plain::IS_LETTER;
        self.before = Plain::IS_LETTER;
        self.seen.characters += run.letters as usize;
        self.word.scripts |= run.all & Plain::SCRIPTS;
        self.count(run.letters as usize, run.capitals as usize);
    }

    /// Sees a character that is in no run.
    #[inline]
    fn see(&mut self, plain: Plain) {
        self.seen.characters += 1;
        match plain.0 & Plain::SCRIPTS {
            0 => self.end_letters(),
            script => self.word.scripts |= script,
        }
        if plain.has(Plain::IS_ALPHANUMERIC) {
            self.count(1, 0);
        }
        self.word.is_open &= !plain.has(Plain::IS_SPACE);
    }

    /// Counts letters and digits, with capitals, of the word that is open or begins.
    #[inline]
    fn count(&mut self, letters: usize, capitals: usize) {
        if !self.word.is_open {
            self.seen.words += 1;
            (self.word.is_open, self.word.capitals) = (true, 0);
        }
        self.seen.letters += letters;
        self.word.capitals += capitals;
        self.seen.capitals = self.seen.capitals.max(self.word.capitals);
    }

    /// The letters so far are those of a word.
    #[inline]
    fn end_letters(&mut self) {
        const BOTH: u32 = Plain::LATIN | Plain::CYRILLIC;
        let scripts = std::mem::take(&mut self.word.scripts);
        self.seen.is_mixed |= scripts == Plain::NO_SCRIPT || (scripts & BOTH) == BOTH;
    }

    /// Its length, without a stop or comma at the end and brackets around the whole; and what was seen.
    fn end(mut self) -> Option<(usize, Seen)> {
        if self.all & (Plain::IS_LETTER | Plain::IS_APOSTROPHE) != Plain::IS_LETTER {
            return None;
        }
        self.end_letters();
        let text = self.room.get_mut(..self.len)?;
        let text = match text {
            [text @ .., b' '] => text,
            text => text,
        };
        let len = match text {
            [b'(', .., b'.' | b',' | b';' | b':' | b')'] => {
                let kept = trimmed(str::from_utf8(text).ok()?).to_owned();
                text.get_mut(..kept.len())?.copy_from_slice(kept.as_bytes());
                kept.len()
            }
            // There is a letter or digit before them.
            _ => text.len() - text.iter().rev().take_while(|byte| matches!(byte, b'.' | b',' | b';' | b':' | b' ')).count(),
        };
        Some((len, self.seen))
    }
}

/// What a plain character folds to: one byte or two, the first the lowest, then how many these are, then what else it is.
#[derive(Clone, Copy)]
pub(super) struct Plain(u32);

impl Plain {
    /// Unit of how many bytes it folds to.
    const LEN: u32 = 1 << 16;
    /// A space after it is left out: a space, a stop, and the start.
    const DROPS: u32 = 1 << 18;
    /// A letter or digit.
    const IS_LETTER: u32 = 1 << 19;
    /// Unit of which of the two before hold on after it.
    const KEEPS: u32 = 1 << 2;
    const IS_SPACE: u32 = 1 << 22;
    /// An apostrophe, which may open or close a quotation where no letter or digit stands before it.
    const IS_APOSTROPHE: u32 = 1 << 23;
    /// It is not plain.
    const IS_OTHER: u32 = 1 << 24;

    const IS_CAPITAL: u32 = 1 << 25;
    /// A letter or digit by Unicode, which counts an apostrophe among the letters.
    const IS_ALPHANUMERIC: u32 = 1 << 26;
    /// The script of a letter; none for digits.
    const NO_SCRIPT: u32 = 1 << 27;
    const LATIN: u32 = 1 << 28;
    const CYRILLIC: u32 = 1 << 29;
    const SCRIPTS: u32 = Plain::NO_SCRIPT | Plain::LATIN | Plain::CYRILLIC;
    /// A letter that needs no look at what is before it.
    const IN_RUN: u32 = 1 << 30;

    const OTHER: Plain = Plain(Plain::IS_OTHER);
    const QUOTE: Plain = Plain((Plain::DROPS | Plain::IS_LETTER) * Plain::KEEPS);
    const APOSTROPHE: Plain = Plain(Plain::of('\'').0 | Plain::IS_APOSTROPHE | (Plain::IS_LETTER * Plain::KEEPS));

    #[inline]
    fn has(self, what: u32) -> bool {
        self.0 & what != 0
    }

    /// How many bytes it folds to.
    #[inline]
    fn len(self) -> usize {
        ((self.0 / Plain::LEN) & 3) as usize
    }

    const fn bytes([first, second]: [u8; 2], len: u32) -> Plain {
        Plain(first as u32 | ((second as u32) << 8) | (len * Plain::LEN))
    }

    /// A character below U+0800 that folds to itself.
    const fn of(folded: char) -> Plain {
        let code = folded as u32;
        if code < 0x80 { Plain::bytes([code as u8, 0], 1) } else { Plain::bytes([(0xC0 | code >> 6) as u8, (0x80 | code & 0x3F) as u8], 2) }
    }

    /// That of a character.
    const fn new(code: u32) -> Plain {
        let letter = match code {
            0x30..=0x39 | 0x61..=0x7A => code,
            0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x410..=0x42F => code + 0x20,
            0xE0..=0xF6 | 0xF8..=0xFF | 0x430..=0x45F => code,
            0x130 | 0x131 => b'i' as u32,
            0x178 => 0xFF,
            0x18F | 0x259 => 0x259,
            // Signs that are letters, as that for a soft one.
            0x2B9..=0x2BB | 0x2BD..=0x2C1 => code,
            0x400..=0x40F => code + 0x50,
            // Capitals and small letters in turn, the capital first.
            0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 | 0x1F4..=0x1F5 | 0x1F8..=0x21F | 0x222..=0x233 => code | 1,
            0x48A..=0x4BF | 0x4D0..=0x52F => code | 1,
            0x139..=0x148 | 0x179..=0x17E => code + (code & 1),
            _ => 0,
        };
        if let Some(folded) = char::from_u32(letter)
            && folded != '\0'
        {
            let script = match code {
                0x30..=0x39 => 0,
                0x2B9..=0x2C1 => Plain::NO_SCRIPT | Plain::IN_RUN,
                0..0x400 => Plain::LATIN | Plain::IN_RUN,
                _ => Plain::CYRILLIC | Plain::IN_RUN,
            };
            let capital = if letter != code && code != 0x131 { Plain::IS_CAPITAL } else { 0 };
            return Plain(Plain::of(folded).0 | Plain::IS_LETTER | Plain::IS_ALPHANUMERIC | capital | script);
        }
        match code {
            0x20 | 0xA0 => Plain(Plain::of(' ').0 | Plain::IS_SPACE | Plain::DROPS),
            // " « »
            0x22 | 0xAB | 0xBB => Plain::QUOTE,
            // ' ` ´ and that which is a letter
            0x27 | 0x60 | 0xB4 => Plain::APOSTROPHE,
            0x2BC => Plain(Plain::APOSTROPHE.0 | Plain::IS_ALPHANUMERIC | Plain::NO_SCRIPT),
            0x2E => Plain(Plain::of('.').0 | Plain::DROPS),
            // Other signs of ASCII.
            0x21..=0x7E => Plain::bytes([code as u8, 0], 1),
            _ => Plain::OTHER,
        }
    }
}

/// From here on stand in [`PLAIN`] the characters of two bytes.
const TWO: usize = 0x100;

/// The plain characters: those of one byte at that, those of two from [`TWO`] on at their code.
static PLAIN: [Plain; TWO + 0x530] = {
    let mut table = [Plain::OTHER; TWO + 0x530];
    let mut code = 0;
    while code < 0x530 {
        let place = if code < 0x80 { code } else { TWO + code };
        table[place] = Plain::new(code as u32);
        code += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_normal;
    use crate::text::nfc;

    /// What is folded in one pass folds as everything does, is in NFC, and has a letter or digit.
    #[test]
    fn plain_characters_fold_as_others() {
        let mut room = Vec::new();
        for c in '\0'..=char::MAX {
            for text in [c.to_string(), format!("А{c}"), format!("{c}. {c}b"), format!("({c} 1)."), format!("a, {c},.")] {
                folds_as_others(&text, &mut room);
            }
        }
    }

    /// What is told of a text while it is folded is what is told by asking one thing after the other.
    #[test]
    fn plain_texts_are_seen_as_others() {
        let mut folded = String::new();
        for c in '\0'..=char::MAX {
            for text in [c.to_string(), format!("А{c}"), format!("b{c}C D"), format!("{c} {c}1"), format!("а {c}Қ {c}")] {
                let Some(seen) = read_plain(&text, &mut folded) else { continue };
                assert_eq!(folded, crate::text::fold(&text), "{text:?}");
                assert_eq!(seen.characters, text.chars().count(), "{text:?}");
                assert_eq!(seen.letters, text.chars().filter(|c| crate::text::is_alphanumeric(*c)).count(), "{text:?}");
                assert_eq!(seen.is_mixed, crate::text::mixed_word(&text).is_some(), "{text:?}");
            }
        }
    }

    #[test]
    fn letters_fold_alone_as_texts() {
        let folded = ('\0'..=char::MAX).filter_map(|c| Some((c, fold_letter(c)?)));
        let count = folded.map(|(c, folded)| assert_eq!(folded.to_string(), crate::text::fold(&c.to_string()), "{c:?}")).count();
        assert!(count > 400);
    }

    #[test]
    fn letters_fold_together_as_alone() {
        for c in '\0'..=char::MAX {
            let (text, mut out) = (format!("Ә{c}b{c} "), String::from("x"));
            let (end, letters, capitals) = fold_letters(&text, &mut out);
            let taken = &text[..end];
            assert_eq!(out, format!("x{}", crate::text::fold(taken)), "{c:?}");
            assert_eq!(letters as usize, taken.chars().filter(|c| crate::text::is_alphabetic(*c)).count(), "{c:?}");
            assert_eq!(capitals as usize, taken.chars().filter(|c| crate::text::is_uppercase(*c)).count(), "{c:?}");
            let all = fold_letter(c).is_some_and(|c| !c.is_ascii_digit());
            assert_eq!(end, if all { text.len() - 1 } else { 2 }, "{c:?}");
        }
    }

    fn folds_as_others(text: &str, room: &mut Vec<u8>) {
        let Some(plain) = fold_plain(text.as_bytes(), room) else { return };
        let mut whole = String::new();
        fold_normal(&nfc(text), &mut whole);
        assert_eq!((str::from_utf8(plain), &*nfc(text)), (Ok(&*whole), text), "{text:?}");
        assert!(text.contains(crate::text::is_alphanumeric), "{text:?}");
    }

    /// One of each kind of plain character, in all short texts.
    #[test]
    fn short_plain_texts_fold_as_others() {
        let signs = ['a', 'Б', 'İ', 'ʹ', ' ', '.', ',', '(', ')', '«', '\'', 'ʼ', '№', '–', '”'];
        let mut room = Vec::new();
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|text| signs.map(|sign| format!("{text}{sign}"))).collect();
            texts.iter().for_each(|text| folds_as_others(text, &mut room));
        }
    }

    /// What is no UTF-8 has no folded form.
    #[test]
    fn only_text_is_plain() {
        let mut room = Vec::new();
        for a in 0..=u8::MAX {
            for b in 0..=u8::MAX {
                for bytes in [&[b'a', a, b][..], &[a, b, b'a'], &[b'a', 0xE2, a, b], &[0xE2, a, b, b'a']] {
                    assert!(fold_plain(bytes, &mut room).is_none() || str::from_utf8(bytes).is_ok(), "{bytes:?}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_texts_fold_as_others(text in "[ А-яӘәҚқĞğIıİŽžA-Za-z0-9«» .,()&'’ʼʹ№“”–-]*") {
            folds_as_others(&text, &mut Vec::new());
        }
    }
}
