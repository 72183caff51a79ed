//! The nearest of many words.

use super::WordId;

/// Keeps the nearest of these words, `most` of them, each once at its least distance; those that are as near in the order of their ids.
pub(super) fn nearest(words: &mut Vec<(u32, WordId)>, most: usize) {
    // Where the words of each distance that is done start; what is farther need not be in order.
    let mut starts = vec![0];
    let (mut kept, mut distance) = (0, 0);
    while kept < most && kept < words.len() {
        let mut end = kept;
        let mut next = u32::MAX;
        for at in kept..words.len() {
            match words[at].0 {
                own if own <= distance => {
                    words.swap(at, end);
                    end += 1;
                }
                own => next = next.min(own),
            }
        }
        words[kept..end].sort_unstable_by_key(|(_, id)| *id);
        let from = kept;
        for at in from..end {
            let (_, id) = words[at];
            let is_known = kept > from && words[kept - 1].1 == id
                || starts.windows(2).any(|range| words[range[0]..range[1]].binary_search_by_key(&id, |(_, id)| *id).is_ok());
            if !is_known {
                words[kept] = words[at];
                kept += 1;
            }
        }
        words.drain(kept..end);
        starts.push(kept);
        distance = next;
    }
    words.truncate(kept.min(most));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nearest are those that sorting all of them puts first.
    #[test]
    fn the_nearest_words_go_first() {
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
                nearest(&mut words, most);
                assert_eq!(words, sorted, "{most} of {len}");
            }
        }
    }
}
