//! Arrays of numbers as they lie in a file: four bytes each, the least first.

use std::ops::Range;

/// An array of numbers.
#[derive(Debug, Default, Clone)]
pub(super) struct Numbers {
    bytes: Vec<u8>,
}

impl Numbers {
    pub(super) fn with_capacity(count: usize) -> Numbers {
        Numbers { bytes: Vec::with_capacity(count * 4) }
    }

    pub(super) fn zeros(count: usize) -> Numbers {
        Numbers { bytes: vec![0; count * 4] }
    }

    pub(super) fn push(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    pub(super) fn set(&mut self, at: usize, number: u32) {
        self.bytes[4 * at..4 * at + 4].copy_from_slice(&number.to_le_bytes());
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

    /// The numbers of a range; none when it is not within the array.
    pub(super) fn range(&self, range: Range<usize>) -> impl ExactSizeIterator<Item = u32> + '_ {
        let bytes = self.bytes.get(4 * range.start..4 * range.end.max(range.start)).unwrap_or_default();
        bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b))
    }
}
