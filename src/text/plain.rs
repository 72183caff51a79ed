//! The folded form of texts of plain characters, which most names are made of, in one pass over their bytes.

use super::fold::trimmed;

/// The folded form of a text of plain characters, made in one pass, as bytes in a room that can be kept for the next: of letters of Latin and
/// Cyrillic that fold to one, digits, spaces, quotation marks, a few signs, and at least one letter or digit. Such a text is in NFC. There is
/// none of another, or of what is no UTF-8.
pub(crate) fn fold_plain<'r>(text: &[u8], room: &'r mut Vec<u8>) -> Option<&'r [u8]> {
    if room.len() < text.len() + ROOM {
        room.resize(text.len() + ROOM, 0);
    }
    let len = plain(text, room)?;
    room.get(..len)
}

/// So much longer than a text is the room for its folded form.
pub(super) const ROOM: usize = 2;

/// The length of the folded form of a text of plain characters, which is written to a room [`ROOM`] longer than the text.
pub(super) fn plain(text: &[u8], room: &mut [u8]) -> Option<usize> {
    let mut folded = Folded { room, len: 0, before: Plain::DROPS, seen: 0 };
    let mut rest = text;
    // Letters, capitals and spaces come in no order that could be guessed: all of them are done by the same arithmetic.
    while let [first, second, ref after @ ..] = *rest {
        if first >= 0xE0 {
            let [third, ref after @ ..] = *after else { return None };
            let plain = match [first, second, third] {
                [0xE2, 0x80, 0x90..=0x95] => Plain::of('-'),
                [0xE2, 0x80, 0x98..=0x9B] => Plain::APOSTROPHE,
                [0xE2, 0x80, 0x9C..=0x9F | 0xB9 | 0xBA] => Plain::QUOTE,
                [0xE2, 0x84, 0x96] => {
                    folded.put(Plain::bytes([first, second], 2));
                    Plain::bytes([third, 0], 1)
                }
                _ => return None,
            };
            folded.put(plain);
            rest = after;
            continue;
        }
        let is_two = first >= 0xC0;
        // What is no second byte gives a wrong place, and is seen below.
        let place = if is_two { ((usize::from(first) << 6) + usize::from(second) + TWO).wrapping_sub(0x3080) } else { usize::from(first) };
        folded.put(PLAIN.get(place).copied().unwrap_or(Plain::OTHER));
        folded.seen |= u32::from(is_two & (second & 0xC0 != 0x80)) * Plain::IS_OTHER;
        rest = rest.split_at(1 + usize::from(is_two)).1;
    }
    if let [last] = *rest {
        folded.put(if last < 0x80 { PLAIN[usize::from(last)] } else { Plain::OTHER });
    }
    folded.end()
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

/// A folded form that is being made.
struct Folded<'r> {
    room: &'r mut [u8],
    len: usize,
    /// What the characters so far mean for the next: [`Plain::DROPS`] and [`Plain::IS_LETTER`].
    before: u32,
    /// All that was said of any character.
    seen: u32,
}

impl Folded<'_> {
    #[inline(always)]
    fn put(&mut self, Plain(plain): Plain) {
        if let Some([first, second, ..]) = self.room.get_mut(self.len..) {
            [*first, *second] = (plain as u16).to_le_bytes();
        }
        let is_dropped = (self.before / Plain::DROPS) & (plain / Plain::IS_SPACE) & 1;
        self.len += ((plain / Plain::LEN) & 3) as usize - is_dropped as usize;
        self.seen |= plain & !((self.before & Plain::IS_LETTER) * (Plain::IS_APOSTROPHE / Plain::IS_LETTER));
        self.before = (plain | (self.before & (plain / Plain::KEEPS))) & (Plain::DROPS | Plain::IS_LETTER);
    }

    /// Its length, without a stop or comma at the end and brackets around the whole.
    fn end(self) -> Option<usize> {
        if self.seen & (Plain::IS_LETTER | Plain::IS_OTHER | Plain::IS_APOSTROPHE) != Plain::IS_LETTER {
            return None;
        }
        let text = self.room.get_mut(..self.len)?;
        let text = match text {
            [text @ .., b' '] => text,
            text => text,
        };
        match text {
            [b'(', .., b'.' | b',' | b')'] => {
                let kept = trimmed(str::from_utf8(text).ok()?).to_owned();
                text.get_mut(..kept.len())?.copy_from_slice(kept.as_bytes());
                Some(kept.len())
            }
            // There is a letter or digit before them.
            _ => Some(text.len() - text.iter().rev().take_while(|byte| matches!(byte, b'.' | b',' | b' ')).count()),
        }
    }
}

/// What a plain character folds to: one byte or two, the first the lowest, then how many these are, then what else it is.
#[derive(Clone, Copy)]
struct Plain(u32);

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

    const OTHER: Plain = Plain(Plain::IS_OTHER);
    const QUOTE: Plain = Plain((Plain::DROPS | Plain::IS_LETTER) * Plain::KEEPS);
    const APOSTROPHE: Plain = Plain(Plain::of('\'').0 | Plain::IS_APOSTROPHE | (Plain::IS_LETTER * Plain::KEEPS));

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
        if let Some(letter) = char::from_u32(letter)
            && letter != '\0'
        {
            return Plain(Plain::of(letter).0 | Plain::IS_LETTER);
        }
        match code {
            0x20 | 0xA0 => Plain(Plain::of(' ').0 | Plain::IS_SPACE | Plain::DROPS),
            // " « »
            0x22 | 0xAB | 0xBB => Plain::QUOTE,
            // ' ` ´ and that which is a letter
            0x27 | 0x60 | 0xB4 | 0x2BC => Plain::APOSTROPHE,
            0x2E => Plain(Plain::of('.').0 | Plain::DROPS),
            // & ( ) + , - /
            0x26 | 0x28 | 0x29 | 0x2B..=0x2D | 0x2F => Plain::bytes([code as u8, 0], 1),
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

    #[test]
    fn letters_fold_alone_as_texts() {
        let folded = ('\0'..=char::MAX).filter_map(|c| Some((c, fold_letter(c)?)));
        let count = folded.map(|(c, folded)| assert_eq!(folded.to_string(), crate::text::fold(&c.to_string()), "{c:?}")).count();
        assert!(count > 400);
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
