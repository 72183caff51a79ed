//! From id to the number of its entity: a table with more places than ids, each with the number plus one, or zero. An id stands
//! at the place that its hash says, or after it at the first that was free. The ids themselves are asked of the entities.

use xxhash_rust::xxh3::xxh3_64;

/// How many places there are for so many ids: always one that is free.
pub(in crate::registry) fn places(ids: usize) -> usize {
    ids + ids / 2 + 1
}

/// Where the search for an id begins.
fn first(id: &str, places: usize) -> usize {
    ((u128::from(xxh3_64(id.as_bytes())) * places as u128) >> 64) as usize
}

/// The table of so many ids that differ.
pub(in crate::registry) fn table<'a>(ids: impl Iterator<Item = &'a str>, count: usize) -> Vec<u32> {
    let mut table = vec![0; places(count)];
    for (number, id) in ids.take(count).enumerate() {
        let mut place = first(id, table.len());
        while table[place] != 0 {
            place = (place + 1) % table.len();
        }
        table[place] = number as u32 + 1;
    }
    table
}

/// The number of an id in a table of so many places: `at` reads a place, `is` asks whether an entity has the id.
pub(in crate::registry) fn find(id: &str, places: usize, at: impl Fn(usize) -> Option<u32>, is: impl Fn(usize) -> bool) -> Option<usize> {
    let first = first(id, places);
    for place in (first..places).chain(0..first) {
        match at(place)? {
            0 => return None,
            number if is(number as usize - 1) => return Some(number as usize - 1),
            _ => {}
        }
    }
    None
}
