//! Transliteration of what does not fit in memory, by pieces whose edges do not matter.

use super::Scheme;
use super::pieces::clean_edge;
use std::fmt;
use std::io::{self, Read, Write};

/// A piece is about so many bytes. It and what is written for it fit into a processor's own memory.
const PIECE: usize = 1 << 17;
/// Room for what is left of the piece before, which is little where there are spaces.
const ROOM: usize = PIECE + PIECE / 2;

/// Where bytes stopped being text.
#[derive(Debug)]
struct NotText {
    /// Line, from 1.
    line: usize,
    /// Offset of the first bad byte, from 0.
    offset: u64,
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, byte offset {}: not UTF-8", self.line, self.offset)
    }
}

impl std::error::Error for NotText {}

/// Writes the transliteration of all that the reader gives.
pub(super) fn transliterate(scheme: &Scheme, mut reader: impl Read, mut writer: impl Write) -> io::Result<()> {
    let mut room = vec![0; ROOM];
    // How many bytes there are in the room, and how many were written before them, with their line ends.
    let (mut len, mut done) = (0, NotText { line: 1, offset: 0 });
    let mut out = String::with_capacity(ROOM);
    loop {
        let read = match reader.read(&mut room[len..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let end = read == 0;
        len += read;
        if len < PIECE && !end {
            continue;
        }
        // A character may be cut in two where more is to come.
        let held = &room[..if end { len } else { len - begun(&room[..len]) }];
        let text = match simdutf8::basic::from_utf8(held) {
            Ok(text) => text,
            // The fast check says only yes or no.
            Err(_) => match std::str::from_utf8(held) {
                Ok(text) => text,
                Err(error) => {
                    let good = error.valid_up_to();
                    // The lines before it are written.
                    let whole = held[..good].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                    out.clear();
                    scheme.transliterate_into(str::from_utf8(&held[..whole]).unwrap_or_default(), &mut out);
                    writer.write_all(out.as_bytes())?;
                    done.line += lines(&held[..good]);
                    done.offset += good as u64;
                    return Err(io::Error::new(io::ErrorKind::InvalidData, done));
                }
            },
        };
        let cut = if end { text.len() } else { edge(text) };
        out.clear();
        scheme.transliterate_into(&text[..cut], &mut out);
        writer.write_all(out.as_bytes())?;
        done.line += lines(&held[..cut]);
        done.offset += cut as u64;
        room.copy_within(cut..len, 0);
        len -= cut;
        if end {
            return Ok(());
        }
    }
}

/// How many bytes there are of a character at the end that has more.
fn begun(text: &[u8]) -> usize {
    let from_end = text.iter().rev().take(3).position(|byte| byte & 0xC0 != 0x80);
    let cut = |place: &usize| match text[text.len() - 1 - place] {
        0..0xC0 => false,
        0xC0..0xE0 => *place < 1,
        0xE0..0xF0 => *place < 2,
        0xF0.. => *place < 3,
    };
    from_end.filter(cut).map_or(0, |place| place + 1)
}

/// How many lines end in a text: counted in small sums, which the compiler makes into vector instructions.
fn lines(text: &[u8]) -> usize {
    text.chunks(192).map(|part| usize::from(part.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>())).sum()
}

/// Where a text is cut: where neither side depends on the other, else at a space, and in a word longer than a piece anywhere.
fn edge(text: &str) -> usize {
    let space = || text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    clean_edge(text).or_else(space).filter(|at| *at > 0).unwrap_or_else(|| last_letter(text))
}

/// Before the last character that joins no other: marks stay with their letter.
fn last_letter(text: &str) -> usize {
    let letter = text.char_indices().rev().find(|(_, c)| !crate::text::may_join(*c)).map_or(0, |(at, _)| at);
    if letter > 0 { letter } else { text.len() }
}

#[cfg(test)]
mod tests {
    use crate::Scheme;
    use std::io::{BufReader, Read};

    #[test]
    fn pieces_give_what_the_whole_does() {
        let words = ["Щука", "Я", "ЩУКА", "объём,", "Ж.", "ЕЛЬ", "тс", "е\u{308}лка", "и", "Ц\n", "съезд"];
        let text: String = (0..60_000).map(|i: usize| words[i * 7919 % 11].to_owned() + " ").collect();
        for (id, capacity) in [("rus-bgnpcgn-1947", 1 << 12), ("kaz-arab-tote", 1 << 16), ("rus-wikipedia", 1 << 20)] {
            let scheme = Scheme::builtin(id).unwrap();
            for text in [text.clone(), text.replace('\n', "")] {
                let mut out = Vec::new();
                scheme.transliterate_stream(BufReader::with_capacity(capacity, text.as_bytes()), &mut out).unwrap();
                assert!(String::from_utf8(out).unwrap() == scheme.transliterate(&text), "{id}");
            }
        }
    }

    #[test]
    fn long_words_and_bad_bytes() {
        let scheme = Scheme::builtin("rus-iso-9-1995").unwrap();
        let mut out = Vec::new();
        scheme.transliterate_stream("щ".repeat(200_000).as_bytes(), &mut out).unwrap();
        assert_eq!(out.len(), 400_000);
        let bad = |bytes: &[u8]| scheme.transliterate_stream(bytes, Vec::new()).unwrap_err().to_string();
        assert_eq!(bad(b"\xD0\xB0\xFF"), "line 1, byte offset 2: not UTF-8");
        assert_eq!(bad(b"\xD0"), "line 1, byte offset 0: not UTF-8");
        let mut out = Vec::new();
        scheme.transliterate_stream("щи\nщи\nборщ\u{0}".as_bytes().chain(&b"\xFF"[..]), &mut out).unwrap_err();
        assert_eq!(String::from_utf8(out).unwrap(), "ŝi\nŝi\n");
        let long = ["слово ".repeat(50_000).as_bytes(), b"\n", b"\xFF\n"].concat();
        assert_eq!(bad(&long), "line 2, byte offset 550001: not UTF-8");
    }
}
