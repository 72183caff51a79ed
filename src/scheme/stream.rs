//! Transliteration of what does not fit in memory, by pieces whose edges do not matter.

use super::Scheme;
use std::io::{self, BufRead, Write};

/// A piece is about so many bytes.
const PIECE: usize = 1 << 16;

/// Writes the transliteration of all that the reader gives.
pub(super) fn transliterate(scheme: &Scheme, mut reader: impl BufRead, mut writer: impl Write) -> io::Result<()> {
    let mut held: Vec<u8> = Vec::with_capacity(2 * PIECE);
    let mut out = String::with_capacity(2 * PIECE);
    loop {
        let bytes = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let (read, end) = (bytes.len().min(PIECE), bytes.is_empty());
        held.extend_from_slice(&bytes[..read]);
        reader.consume(read);
        if held.len() < PIECE && !end {
            continue;
        }
        // The fast check says only yes or no; where it is no, the place is looked for.
        let checked = simdutf8::basic::from_utf8(&held).or_else(|_| std::str::from_utf8(&held));
        let text = match checked {
            Ok(text) => text,
            // A character may be cut in two where more is to come.
            Err(error) if error.error_len().is_none() && !end => std::str::from_utf8(&held[..error.valid_up_to()]).unwrap_or_default(),
            Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        };
        let cut = if end { text.len() } else { edge(text) };
        out.clear();
        scheme.transliterate_into(&text[..cut], &mut out);
        writer.write_all(out.as_bytes())?;
        held.drain(..cut);
        if end {
            return Ok(());
        }
    }
}

/// Where a text can be cut so that neither side's transliteration depends on the other: after a line end, or at a space
/// between two words of two letters or more, since a lone capital looks no further than to the nearest such word. In a text
/// without either, at a space, and in a word longer than a piece anywhere.
fn edge(text: &str) -> usize {
    if let Some(at) = text.rfind('\n') {
        return at + 1;
    }
    let spaces = || text.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let word = |c: &char| c.is_alphabetic();
    let between = |at: &usize| {
        let after = text[*at..].trim_start().chars().take(2).filter(word).count();
        let before = text[..*at].trim_end().chars().rev().take(2).filter(word).count();
        after == 2 && before == 2
    };
    spaces().take(PIECE / 8).find(between).or_else(|| spaces().next()).filter(|at| *at > 0).unwrap_or_else(|| last_letter(text))
}

/// Before the last character that is no mark: marks stay with their letter.
fn last_letter(text: &str) -> usize {
    let letter = text.char_indices().rev().find(|(_, c)| !crate::text::is_mark(*c)).map_or(0, |(at, _)| at);
    if letter > 0 { letter } else { text.len() }
}

#[cfg(test)]
mod tests {
    use crate::Scheme;
    use std::io::BufReader;

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
        assert!(scheme.transliterate_stream(&b"\xD0\xB0\xFF"[..], &mut out).is_err());
        assert!(scheme.transliterate_stream(&b"\xD0"[..], &mut out).is_err());
    }
}
