//! Bytes to UTF-8, streaming, and never a silent replacement: what cannot be read is an error with its place.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Where bytes stopped being text.
#[derive(Debug)]
pub struct NotText {
    /// Line, from 1.
    pub line: u64,
    /// Offset of the first bad byte in the file, from 0.
    pub offset: u64,
    pub encoding: &'static str,
}

impl std::fmt::Display for NotText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, byte offset {}: not {}", self.line, self.offset, self.encoding)
    }
}

impl std::error::Error for NotText {}

/// What `--encoding` asks for.
pub fn encoding_named(name: &str) -> Option<Option<&'static Encoding>> {
    match name.eq_ignore_ascii_case("auto") {
        true => Some(None),
        false => Encoding::for_label(name.as_bytes()).map(Some),
    }
}

/// Guesses the encoding of what a buffered reader holds at its beginning.
pub fn guess(reader: &mut impl BufRead) -> io::Result<&'static Encoding> {
    let sample = reader.fill_buf()?;
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(encoding);
    }
    let cut = match std::str::from_utf8(sample) {
        Ok(_) => return Ok(UTF_8),
        Err(error) => error,
    };
    // A letter cut in two by the end of the buffer is no fault.
    if cut.error_len().is_none() || is_damaged_utf8(sample) {
        return Ok(UTF_8);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    // Where the bytes leave it open, Cyrillic is what these lists are in.
    Ok(detector.guess(Some(b"ru"), chardetng::Utf8Detection::Deny))
}

/// Whether bytes are UTF-8 but for a few, which other encodings would read as something else without a word: letters of several bytes
/// hardly ever come about by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    const LETTERS_FOR_ONE_FAULT: usize = 4;
    let (mut letters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    letters > faults * LETTERS_FOR_ONE_FAULT
}

/// A reader that gives UTF-8 and takes the byte-order mark away.
pub struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    encoding: &'static Encoding,
    /// Bytes that were decoded, from the beginning of the file.
    offset: u64,
    line: u64,
    ready: Vec<u8>,
    given: usize,
    finished: bool,
    /// The fault that comes after what is ready.
    fault: Option<NotText>,
}

impl<R: BufRead> Decoding<R> {
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        Decoding {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            encoding,
            offset: 0,
            line: 1,
            ready: Vec::new(),
            given: 0,
            finished: false,
            fault: None,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() && !self.finished && self.fault.is_none() {
            let bytes = match self.inner.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let last = bytes.is_empty();
            let room = self.decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
            self.ready.resize(room, 0);
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.ready, last);
            self.ready.truncate(written);
            // Counted in small sums, which the compiler makes into vector instructions.
            self.line += self.ready.chunks(192).map(|c| u64::from(c.iter().map(|b| u8::from(*b == b'\n')).sum::<u8>())).sum::<u64>();
            self.offset += read as u64;
            self.inner.consume(read);
            match result {
                DecoderResult::Malformed(bad, after) => {
                    let offset = self.offset - u64::from(bad) - u64::from(after);
                    self.fault = Some(NotText { line: self.line, offset, encoding: self.encoding.name() });
                }
                DecoderResult::InputEmpty if last => self.finished = true,
                DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            }
        }
        Ok(())
    }
}

/// Bytes as they were read: those held back first, then the rest.
pub type Undecoded<'r, R> = io::Chain<Cursor<Vec<u8>>, &'r mut R>;

impl<R: Read> Decoding<BufReader<R>> {
    /// The bytes themselves, if nothing was read yet and they should be UTF-8 already: for a reader that checks it.
    pub fn undecoded(&mut self) -> Option<Undecoded<'_, R>> {
        let held = self.inner.buffer();
        // What may be a byte-order mark has to be taken away, and counts in the offset of a fault.
        if self.encoding != UTF_8 || self.offset > 0 || held.is_empty() || held[0] == 0xEF {
            return None;
        }
        let held = held.to_vec();
        self.inner.consume(held.len());
        Some(Cursor::new(held).chain(self.inner.get_mut()))
    }
}

impl<R: BufRead> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() {
            if self.fault.is_none() {
                self.refill()?;
            }
            if self.ready.len() == self.given
                && let Some(fault) = self.fault.take()
            {
                self.finished = true;
                return Err(io::Error::new(io::ErrorKind::InvalidData, fault));
            }
        }
        let n = out.len().min(self.ready.len() - self.given);
        out[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], name: &str) -> io::Result<String> {
        let mut text = String::new();
        let encoding = encoding_named(name).flatten().unwrap_or(UTF_8);
        Decoding::new(io::BufReader::with_capacity(3, bytes), encoding).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn guesses() {
        let of = |mut bytes: &[u8]| guess(&mut bytes).unwrap().name();
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("имя\n«Вёсны» № 5 – Курманов\n");
        assert_eq!(of(&cyrillic), "windows-1251");
        assert_eq!(of("имя\nАйнұр".as_bytes()), "UTF-8");
        assert_eq!(of(b"name\nAinur\n"), "UTF-8");
        // One bad byte does not make mojibake of the rest.
        assert_eq!(of(&["имя\nАйнұр ".as_bytes(), b"\xFF\n", "Құрманов\n".as_bytes()].concat()), "UTF-8");
    }

    #[test]
    fn text_in_other_encodings() {
        assert_eq!(decode("\u{FEFF}Ақтау".as_bytes(), "utf-8").unwrap(), "Ақтау");
        assert_eq!(decode(b"\xC0\xF2\xFB\xF0\xE0\xF3", "windows-1251").unwrap(), "Атырау");
        let error = decode(b"ab\ncd\xC0x\n", "utf-8").unwrap_err();
        assert_eq!(error.to_string(), "line 2, byte offset 5: not UTF-8");
        assert_eq!(decode("ң".repeat(100).as_bytes(), "utf-8").unwrap(), "ң".repeat(100));
    }
}
