//! Hash tables as they lie in a file: from a hash to the numbers of those that have it.

use super::numbers::Numbers;
use crate::registry::Bytes;

/// Open addressing. Two numbers a slot: the number + 1, or 0 when the slot is free, and the lower half of the hash. The higher half tells where the
/// search starts.
#[derive(Clone)]
pub(super) struct Table {
    slots: Numbers,
}

impl From<Bytes> for Table {
    fn from(bytes: Bytes) -> Table {
        Table { slots: bytes.into() }
    }
}

impl Table {
    /// The table of hashes that are numbered in their order.
    pub(super) fn of(hashes: impl ExactSizeIterator<Item = u64>) -> Table {
        let count = hashes.len();
        Table::numbered(hashes.enumerate().map(|(number, hash)| (hash, number as u32)), count)
    }

    /// The table of so many hashes with their numbers.
    pub(super) fn numbered(hashes: impl Iterator<Item = (u64, u32)>, count: usize) -> Table {
        // A quarter is free; at least one slot.
        let count = count * 4 / 3 + 1;
        let mut slots = vec![0u32; 2 * count];
        for (hash, number) in hashes {
            let mut at = start(hash, count);
            while slots[2 * at] != 0 {
                at = next(at, count);
            }
            slots[2 * at] = number + 1;
            slots[2 * at + 1] = hash as u32;
        }
        Table { slots: slots.into() }
    }

    pub(super) fn bytes(&self) -> &Bytes {
        self.slots.bytes()
    }

    /// Touches where the search for hashes starts, as [`Numbers::touch`].
    pub(super) fn touch(&self, hashes: impl Iterator<Item = u64>) {
        let count = self.slots.len() / 2;
        self.slots.touch(hashes.map(|hash| 2 * start(hash, count)));
    }

    /// The numbers of those that may have a hash; of a damaged table no more than it has.
    pub(super) fn find(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let slots = self.slots.all().as_chunks::<2>().0;
        let (before, from) = slots.split_at(start(hash, slots.len()));
        let taken = from.iter().chain(before).map_while(|[number, half]| Some((u32::from_le_bytes(*number).checked_sub(1)?, half)));
        let half = (hash as u32).to_le_bytes();
        taken.filter(move |(_, own)| **own == half).map(|(number, _)| number)
    }
}

fn start(hash: u64, count: usize) -> usize {
    (((hash >> 32) * count as u64) >> 32) as usize
}

fn next(at: usize, count: usize) -> usize {
    if at + 1 < count { at + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_found_and_nothing_else() {
        let hashes: Vec<u64> = (0..1000u64).map(|n| (n % 700).wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
        let table = Table::of(hashes.iter().copied());
        for (number, hash) in hashes.iter().enumerate() {
            let same: Vec<u32> = hashes.iter().enumerate().filter(|(_, h)| *h == hash).map(|(n, _)| n as u32).collect();
            assert_eq!(table.find(*hash).collect::<Vec<_>>(), same, "{number}");
        }
        assert_eq!(table.find(12345).count(), 0);
        assert_eq!(Table::of([].into_iter()).find(1).count(), 0);
        assert_eq!(Table::from(Bytes::from(Vec::new())).find(1).count(), 0);
    }
}
