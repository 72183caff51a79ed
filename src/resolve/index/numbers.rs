//! Arrays of numbers as they lie in a file: four bytes each, the least first.

use crate::registry::Bytes;
use std::ops::Range;

/// An array of numbers.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    bytes: Bytes,
}

impl From<Bytes> for Numbers {
    fn from(bytes: Bytes) -> Numbers {
        Numbers { bytes }
    }
}

impl From<Vec<u32>> for Numbers {
    fn from(numbers: Vec<u32>) -> Numbers {
        let mut bytes = Vec::with_capacity(numbers.len() * 4);
        numbers.iter().for_each(|n| bytes.extend_from_slice(&n.to_le_bytes()));
        Numbers { bytes: bytes.into() }
    }
}

impl Numbers {
    pub(super) fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len() / 4
    }

    /// A number; 0 beyond the end.
    #[inline]
    pub(super) fn get(&self, at: usize) -> u32 {
        match self.bytes.get(4 * at..4 * at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    /// Reads the numbers at these places, one after the other without a look at them: the processor waits for memory once for many, and what is read
    /// of them next is near.
    pub(super) fn touch(&self, places: impl Iterator<Item = usize>) {
        std::hint::black_box(places.fold(0, |all, at| all ^ self.get(at)));
    }

    /// All numbers as they lie there.
    pub(super) fn all(&self) -> &[[u8; 4]] {
        self.bytes.as_chunks::<4>().0
    }

    /// The numbers of a range; none when it is not within the array.
    pub(super) fn range(&self, range: Range<usize>) -> impl ExactSizeIterator<Item = u32> + '_ {
        let bytes = self.bytes.get(4 * range.start..4 * range.end.max(range.start)).unwrap_or_default();
        bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b))
    }

    /// The stretch that the `at`-th and the next of these numbers bound.
    pub(super) fn stretch(&self, at: usize) -> Range<usize> {
        self.get(at) as usize..self.get(at + 1) as usize
    }
}
