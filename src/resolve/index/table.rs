//! Hash tables as they lie in a file: from a hash to the numbers of those that have it, and to what is told of them there.

use super::numbers::Numbers;
use crate::registry::Bytes;

/// Open addressing. `N` numbers a slot: the number + 1, or 0 when the slot is free; the lower half of the hash, of which the bits of `TOLD` are
/// told otherwise; then what else is told. The higher half of the hash tells where the search starts.
#[derive(Clone)]
pub(super) struct Table<const N: usize = 2, const TOLD: u32 = 0> {
    slots: Numbers,
}

impl<const N: usize, const TOLD: u32> From<Bytes> for Table<N, TOLD> {
    fn from(bytes: Bytes) -> Self {
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
        Table::filled(hashes.map(|(hash, number)| (hash, [number, 0])), count)
    }

    /// The numbers of those that may have a hash; of a damaged table no more than it has.
    pub(super) fn find(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        self.rows(hash).map(|[number, _]| number)
    }
}

impl<const N: usize, const TOLD: u32> Table<N, TOLD> {
    /// The table of so many hashes with their rows: the number first, then what else is told.
    pub(super) fn filled(rows: impl Iterator<Item = (u64, [u32; N])>, count: usize) -> Self {
        // A quarter is free; at least one slot.
        let count = count * 4 / 3 + 1;
        let mut slots = vec![0u32; N * count];
        // From each slot on the way to the next free one: a hash that many have would else go past all of them each time.
        let mut ways: Vec<u32> = (0..count as u32).collect();
        for (hash, row) in rows {
            let at = free(&mut ways, start(hash, count));
            ways[at] = next(at, count) as u32;
            let slot = &mut slots[N * at..N * (at + 1)];
            slot.copy_from_slice(&row);
            slot[0] += 1;
            slot[1] = hash as u32 & !TOLD | row[1] & TOLD;
        }
        Table { slots: slots.into() }
    }

    /// The table for a file, in which the rows that are taken are changed so.
    pub(super) fn changed(&self, change: impl Fn(&mut [u32; N])) -> Bytes {
        let mut bytes = Vec::with_capacity(self.bytes().len());
        for slot in self.slots.all().as_chunks::<N>().0 {
            let mut row = slot.map(u32::from_le_bytes);
            if row[0] != 0 {
                change(&mut row);
            }
            bytes.extend(row.iter().flat_map(|n| n.to_le_bytes()));
        }
        bytes.into()
    }

    pub(super) fn bytes(&self) -> &Bytes {
        self.slots.bytes()
    }

    /// Touches where the search for hashes starts, as [`Numbers::touch`].
    pub(super) fn touch(&self, hashes: impl Iterator<Item = u64>) {
        let count = self.slots.len() / N;
        self.slots.touch(hashes.map(|hash| N * start(hash, count)));
    }

    /// The rows of those that may have a hash; of a damaged table no more than it has.
    #[inline]
    pub(super) fn rows(&self, hash: u64) -> impl Iterator<Item = [u32; N]> + '_ {
        let slots = self.slots.all().as_chunks::<N>().0;
        let (before, from) = slots.split_at(start(hash, slots.len()));
        let taken = from.iter().chain(before).take_while(|slot| slot[0] != [0; 4]);
        let half = hash as u32 & !TOLD;
        taken.filter(move |slot| u32::from_le_bytes(slot[1]) & !TOLD == half).map(|slot| {
            let mut row = slot.map(u32::from_le_bytes);
            row[0] -= 1;
            row
        })
    }
}

fn start(hash: u64, count: usize) -> usize {
    (((hash >> 32) * count as u64) >> 32) as usize
}

/// The first free slot from one on. The ways that were gone are cut short.
fn free(ways: &mut [u32], mut at: usize) -> usize {
    while ways[at] as usize != at {
        ways[at] = ways[ways[at] as usize];
        at = ways[at] as usize;
    }
    at
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
        assert_eq!(Table::<2>::from(Bytes::from(Vec::new())).find(1).count(), 0);
    }
}
