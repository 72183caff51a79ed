//! From a key to the words of the registry that have it, or one a letter shorter or longer.
//!
//! Each word lies under its skeletons, and a word of few consonants under its sounds, too. Each key is found by itself and by what is left of it
//! without one letter. What is looked for is shortened in the same way, so that keys one wrong letter apart meet (as in SymSpell).

use super::WordId;
use super::numbers::Numbers;
use super::skeleton::{Key, Pattern, Reading, read};
use super::table::Table;
use crate::name::reading::Letter;
use crate::registry::Bytes;

/// Words of no more consonants than this are found by their vowels, too.
const FEW: usize = 2;
/// How many letters of two sounds differ at most whose keys are a letter apart.
const APART: u32 = 2;
/// How many words are looked at when all are.
const SCANNED: usize = 1_000_000;
/// How many of them at once.
const LANES: usize = 64;
/// How many keys a bucket has, about.
const FULL: usize = 2;

pub(super) struct Keys {
    /// All keys, two numbers each, the lower first.
    keys: Numbers,
    /// The words of each key and where each list starts, and the sound that each word has there, two numbers each.
    words: Numbers,
    words_at: Numbers,
    sounds: Numbers,
    /// The set of letters of each sound.
    sets: Numbers,
    /// From keys to their numbers.
    whole: Table,
    /// Buckets of keys, by the hash of each key a letter shorter, and where each starts.
    buckets: Numbers,
    buckets_at: Numbers,
}

/// How many sections of a file it is.
pub(super) const SECTIONS: usize = 8;

impl Keys {
    /// The keys of words that are numbered in their order; a word without letters has none.
    pub(super) fn build<'w>(words: impl Iterator<Item = &'w [Letter]>) -> Keys {
        let mut all: Vec<(Key, u32, Key)> = Vec::new();
        let mut readings = Vec::new();
        for (word, letters) in words.enumerate() {
            if letters.is_empty() {
                continue;
            }
            read(letters, &mut readings);
            for reading in &readings {
                all.push((reading.skeleton, word as u32, reading.sound));
                if reading.skeleton.len() <= FEW {
                    all.push((reading.sound, word as u32, reading.sound));
                }
            }
        }
        all.sort_unstable();
        all.dedup_by_key(|(key, word, _)| (*key, *word));
        let (mut keys, mut list, mut words_at, mut sounds, mut sets) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut distinct: Vec<Key> = Vec::new();
        for (key, word, sound) in &all {
            if distinct.last() != Some(key) {
                distinct.push(*key);
                keys.extend(halves(*key));
                words_at.push(list.len() as u32);
            }
            list.push(*word);
            sounds.extend(halves(*sound));
            sets.push(sound.set());
        }
        words_at.push(list.len() as u32);
        drop(all);
        let entries: usize = distinct.iter().map(|key| key.len()).sum();
        let count = (entries / FULL + 1).next_power_of_two();
        let mut buckets_at = vec![0u32; count + 1];
        for by in distinct.iter().flat_map(|key| key.shortened()) {
            buckets_at[bucket(by, count) + 1] += 1;
        }
        for i in 1..buckets_at.len() {
            buckets_at[i] += buckets_at[i - 1];
        }
        let (mut free, mut buckets) = (buckets_at.clone(), vec![0; entries]);
        for (number, key) in distinct.iter().enumerate() {
            for by in key.shortened() {
                let at = &mut free[bucket(by, count)];
                buckets[*at as usize] = number as u32;
                *at += 1;
            }
        }
        Keys {
            keys: keys.into(),
            words: list.into(),
            words_at: words_at.into(),
            sounds: sounds.into(),
            sets: sets.into(),
            whole: Table::of(distinct.iter().map(|key| key.hash())),
            buckets: buckets.into(),
            buckets_at: buckets_at.into(),
        }
    }

    pub(super) fn sections(&self) -> [&Bytes; SECTIONS] {
        let numbers = |numbers| Numbers::bytes(numbers);
        [
            numbers(&self.keys),
            numbers(&self.words),
            numbers(&self.words_at),
            numbers(&self.sounds),
            numbers(&self.sets),
            self.whole.bytes(),
            numbers(&self.buckets),
            numbers(&self.buckets_at),
        ]
    }

    pub(super) fn stored(mut next: impl FnMut() -> Option<Bytes>) -> Option<Keys> {
        Some(Keys {
            keys: next()?.into(),
            words: next()?.into(),
            words_at: next()?.into(),
            sounds: next()?.into(),
            sets: next()?.into(),
            whole: next()?.into(),
            buckets: next()?.into(),
            buckets_at: next()?.into(),
        })
    }

    /// Notes the words that have a key of the reading, and how far their sounds are; with errors also those that have a key one wrong letter apart.
    /// None is farther than `most`.
    pub(super) fn find(&self, reading: &Reading, errors: bool, most: u32, room: &mut Vec<u32>, found: &mut Vec<(u32, WordId)>) {
        room.clear();
        let count = self.buckets_at.len().saturating_sub(1);
        if !count.is_power_of_two() {
            return;
        }
        let short = errors && reading.skeleton.len() <= FEW + 1;
        let keys = || [Some(reading.skeleton), short.then_some(reading.sound)].into_iter().flatten();
        keys().for_each(|key| self.same(key, room));
        let whole = room.len();
        // Words of fewer consonants, which many words have, are found by their sounds.
        for key in keys().filter(|key| errors && (*key == reading.sound || key.len() >= FEW)) {
            self.longer(key, count, room);
            if key == reading.sound || key.len() > FEW {
                for shorter in key.shortened() {
                    self.same(shorter, room);
                    self.longer(shorter, count, room);
                }
            }
        }
        room[whole..].sort_unstable();
        room.dedup();
        let pattern = Pattern::of(reading.sound);
        for (at, number) in room.iter().enumerate() {
            let most = if at < whole { most } else { most.min(APART) };
            let range = self.words_at.stretch(*number as usize);
            let sounds = self.sounds.range(2 * range.start..2 * range.end);
            // Each letter more or less is a difference.
            let near = |(_, sound): &(usize, Key)| sound.len().abs_diff(reading.sound.len()) <= most as usize;
            for (at, sound) in range.zip(pairs(sounds)).filter(near) {
                let distance = pattern.distance(sound);
                if distance <= most {
                    found.push((distance, self.words.get(at)));
                }
            }
        }
    }

    /// Notes the words of all whose sounds are no farther than `most`, with their distance and that when like letters are not told apart.
    pub(super) fn scan(&self, reading: &Reading, most: u32, found: &mut Vec<(u32, WordId)>) {
        let (set, pattern, loose) = (reading.sound.set(), Pattern::of(reading.sound), Pattern::loose(reading.sound));
        // Each letter that is wrong changes two at most; most that are wrong are not in a sound twice.
        let differ = 2 * most - most / 2;
        let sets = &self.sets.all()[..self.sets.len().min(SCANNED)];
        let mut apart = [0u32; LANES];
        for (block, sets) in sets.chunks(LANES).enumerate() {
            // Many at once, before any is looked at.
            sets.iter().zip(&mut apart).for_each(|(other, apart)| *apart = (set ^ u32::from_le_bytes(*other)).count_ones());
            for lane in (0..sets.len()).filter(|lane| apart[*lane] <= differ) {
                let at = block * LANES + lane;
                let sound = self.sound(at);
                let distance = pattern.distance(sound);
                if distance <= most {
                    found.push((distance + loose.distance(sound), self.words.get(at)));
                }
            }
        }
    }

    /// How many words there are, by each of their readings.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    fn sound(&self, at: usize) -> Key {
        Key(u64::from(self.sounds.get(2 * at)) | u64::from(self.sounds.get(2 * at + 1)) << 32)
    }

    fn key(&self, number: u32) -> Key {
        let at = 2 * number as usize;
        Key(u64::from(self.keys.get(at)) | u64::from(self.keys.get(at + 1)) << 32)
    }

    /// Notes the number of a key.
    fn same(&self, key: Key, found: &mut Vec<u32>) {
        found.extend(self.whole.find(key.hash()).find(|number| self.key(*number) == key));
    }

    /// Notes the keys that have a letter more.
    fn longer(&self, key: Key, count: usize, found: &mut Vec<u32>) {
        for number in self.buckets.range(self.buckets_at.stretch(bucket(key, count))) {
            if key.is_shorter(self.key(number)) {
                found.push(number);
            }
        }
    }
}

fn bucket(key: Key, count: usize) -> usize {
    // The count is a power of two; one bucket needs no bits.
    key.hash().checked_shr(u64::BITS - count.trailing_zeros()).unwrap_or(0) as usize
}

fn halves(key: Key) -> [u32; 2] {
    [key.0 as u32, (key.0 >> 32) as u32]
}

fn pairs(mut numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = Key> {
    std::iter::from_fn(move || Some(Key(u64::from(numbers.next()?) | u64::from(numbers.next()?) << 32)))
}
