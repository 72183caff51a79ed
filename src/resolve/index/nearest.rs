//! The nearest of many words.

use super::WordId;
use super::places::Places;

/// Keeps the nearest of these words, `most` of them, each once at its least distance, in no order; of those that are as near those of lower ids.
pub(super) fn nearest(words: &mut Vec<(u32, WordId)>, most: usize, places: &mut Places) {
    places.clear(words.len());
    let mut kept = 0;
    for at in 0..words.len() {
        let (distance, id) = words[at];
        match places.known(id, kept, |known| words[known].1 == id) {
            Some(known) => words[known].0 = distance.min(words[known].0),
            None => {
                words[kept] = (distance, id);
                kept += 1;
            }
        }
    }
    words.truncate(kept);
    if kept > most {
        words.select_nth_unstable(most);
        words.truncate(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nearest are those that sorting all of them puts first.
    #[test]
    fn the_nearest_words_are_kept() {
        let mut number = 7u32;
        let mut next = |below: u32| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (number >> 16) % below
        };
        for len in [0, 1, 5, 40, 300] {
            for most in [0, 3, 64, 400] {
                let mut words: Vec<(u32, WordId)> = (0..len).map(|_| (next(5), next(120))).collect();
                let mut sorted = words.clone();
                sorted.sort_unstable_by_key(|(distance, id)| (*id, *distance));
                sorted.dedup_by_key(|(_, id)| *id);
                sorted.sort_unstable();
                sorted.truncate(most);
                nearest(&mut words, most, &mut Places::default());
                words.sort_unstable();
                assert_eq!(words, sorted, "{most} of {len}");
            }
        }
    }
}
