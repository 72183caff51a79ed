//! The texts that many records name, each kept once: languages, schemes, sources, dates, kinds.
//!
//! How many (4 bytes), where each ends (4 bytes each), the texts.

use super::bytes::Bytes;
use rustc_hash::FxHashMap;

/// Gives each text a number, in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Interner {
    numbers: FxHashMap<String, u32>,
    ends: Vec<u32>,
    texts: Vec<u8>,
    /// More text than the table can hold.
    full: bool,
}

impl Interner {
    pub(super) fn number(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return u64::from(*number);
        }
        let number = self.ends.len() as u32;
        self.texts.extend_from_slice(text.as_bytes());
        match u32::try_from(self.texts.len()) {
            Ok(end) => self.ends.push(end),
            Err(_) => self.full = true,
        }
        self.numbers.insert(text.to_owned(), number);
        u64::from(number)
    }

    /// The section; nothing when it would be longer than 4 GB.
    pub(super) fn section(self) -> Option<Vec<u8>> {
        if self.full {
            return None;
        }
        let mut out = Vec::with_capacity(4 + self.ends.len() * 4 + self.texts.len());
        out.extend((self.ends.len() as u32).to_le_bytes());
        self.ends.iter().for_each(|end| out.extend(end.to_le_bytes()));
        out.extend(self.texts);
        Some(out)
    }
}

/// The texts by their numbers.
#[derive(Debug, Clone)]
pub(super) struct Strings {
    bytes: Bytes,
    count: usize,
}

impl Strings {
    pub(super) fn new(bytes: Bytes) -> Option<Strings> {
        let count = bytes.u32_at(0)? as usize;
        // As many ends as are announced are there, or nothing of it is used.
        bytes.get(4..count.checked_mul(4)?.checked_add(4)?)?;
        Some(Strings { bytes, count })
    }

    pub(super) fn get(&self, number: usize) -> Option<&str> {
        if number >= self.count {
            return None;
        }
        let start = if number == 0 { 0 } else { self.bytes.u32_at(number)? as usize };
        let end = self.bytes.u32_at(number + 1)? as usize;
        let texts = self.bytes.as_slice().get(4 + self.count * 4..)?;
        std::str::from_utf8(texts.get(start..end)?).ok()
    }

    /// Whether every text is one, and nothing follows the last.
    pub(super) fn is_whole(&self) -> bool {
        let last = self.count.checked_sub(1).map_or(Some(0), |last| self.bytes.u32_at(last + 1));
        let end = last.map(|last| 4 + self.count * 4 + last as usize);
        end == Some(self.bytes.len()) && (0..self.count).all(|number| self.get(number).is_some())
    }
}
