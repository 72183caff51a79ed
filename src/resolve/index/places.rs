//! What of a list was there before: its places by a hash, found without putting the list in order.

/// Room for the places of a list, kept from one list to the next.
#[derive(Default)]
pub(super) struct Places {
    /// Places, plus one, by hashes of what stands there; 0 is free.
    slots: Vec<u32>,
}

impl Places {
    /// Begins anew for a list of so many.
    pub(super) fn clear(&mut self, count: usize) {
        self.slots.clear();
        self.slots.resize((2 * count + 1).next_power_of_two(), 0);
    }

    /// The place where the same stands already; else the next place is noted for it. No more are noted than were told.
    #[inline]
    pub(super) fn known(&mut self, number: u32, next: usize, is_same: impl Fn(usize) -> bool) -> Option<usize> {
        let last = self.slots.len() - 1;
        // Fibonacci hashing; the low bits are not the good ones.
        let mut slot = (number.wrapping_mul(0x9E37_79B9) >> 7) as usize & last;
        loop {
            match self.slots[slot] {
                0 => {
                    self.slots[slot] = next as u32 + 1;
                    return None;
                }
                known if is_same(known as usize - 1) => return Some(known as usize - 1),
                _ => slot = (slot + 1) & last,
            }
        }
    }
}
