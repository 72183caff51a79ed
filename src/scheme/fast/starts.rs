//! Where in a window the characters begin.

use super::GROUP;

/// For each set of bits the numbers of its bits, lowest first.
static BITS: [[u16; 8]; 256] = {
    let mut all = [[0; 8]; 256];
    let mut set = 0;
    while set < 256 {
        let (mut bit, mut found) = (0, 0);
        while bit < 8 {
            if set >> bit & 1 == 1 {
                all[set][found] = bit;
                found += 1;
            }
            bit += 1;
        }
        set += 1;
    }
    all
};

/// Writes where in a window the characters begin, `len` bytes of text and the edges after them; how many begin, and up to
/// which of them groups may begin. The last eight bytes are not looked at.
#[inline(always)]
pub(super) fn starts<const WINDOW: usize>(window: &[u8; WINDOW], len: usize, places: &mut [u16; WINDOW]) -> (usize, usize) {
    let eights = ((len + GROUP) / 8 + 1).min(WINDOW / 8 - 1);
    let count = starts_in(&window.as_chunks().0[..eights], places);
    // A group needs the character after it. At the end of the text edges fill it up; elsewhere the next window goes on.
    let edges = (eights * 8).saturating_sub(len);
    (count, if edges > GROUP { count - edges } else { count.saturating_sub(GROUP) })
}

#[inline(always)]
fn starts_in<const WINDOW: usize>(eights: &[[u8; 8]], places: &mut [u16; WINDOW]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut count = 0;
    for (i, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        // Bytes within a character are 10xxxxxx.
        let begins = !(eight >> 7 & !(eight >> 6)) & ONES;
        // The first product gathers the lowest bits of the eight bytes in the highest byte, the second counts them.
        let set = begins.wrapping_mul(0x0102_0408_1020_4080) >> 56;
        let eight_places = BITS[set as usize].map(|bit| bit + 8 * i as u16);
        // There are fewer before the last eight bytes but eight.
        let room = count & (WINDOW - 9);
        places[room..room + 8].copy_from_slice(&eight_places);
        count += (begins.wrapping_mul(ONES) >> 56) as usize;
    }
    count
}
