//! From a key to the words of the registry that have it, or one a letter shorter or longer.
//!
//! Each word lies under its skeletons, and a word of few consonants under its sounds, too. Each key is found by itself and by what is left of it
//! without one letter. What is looked for is shortened in the same way, so that keys one wrong letter apart meet (as in SymSpell).

use super::WordId;
use super::numbers::Numbers;
use super::places::Places;
use super::skeleton::{Key, Pattern, Reading, read};
use super::table::Table;
use crate::name::reading::Letter;
use crate::registry::Bytes;
use std::ops::Range;

/// Words of no more consonants than this are found by their vowels, too.
const FEW: usize = 2;
/// How many letters of two sounds differ at most whose keys are a letter apart.
const APART: u32 = 2;
/// Sounds that differ in no more letters are almost the same.
pub(super) const ALMOST: u32 = 1;
/// How many sounds are looked at when all are.
const SCANNED: usize = 1_000_000;
/// How many sounds are looked at at once, and how many of these in one number.
const AT_ONCE: usize = 64;
const IN_ONE: usize = 8;
/// How many keys a bucket has, about.
const FULL: usize = 2;

pub(super) struct Keys {
    /// Three numbers for each key, in turn: its lower half, its higher half, where its sounds start in `sounds`. A last line says where they end.
    keys: Numbers,
    /// The sounds that words have at each key, each once, in the same way: where its words start in `words`.
    sounds: Numbers,
    words: Numbers,
    /// The set of letters of each sound.
    sets: Numbers,
    /// From keys to their numbers.
    whole: Table,
    /// Buckets of keys, by the hash of each key a letter shorter, and where each starts.
    buckets: Numbers,
    buckets_at: Numbers,
}

/// How many sections of a file it is.
pub(super) const SECTIONS: usize = 7;

/// How many numbers a key has, and a sound.
const OF_KEY: usize = 3;

/// Room for looking keys up, kept from one search to the next. Each step is taken for all keys before the next, so that the processor waits for memory
/// once for many.
#[derive(Default)]
pub(super) struct Room {
    /// What is looked for, with the number of its reading and whether it is a key of that: keys as they are, and those a letter longer.
    same: Vec<(Key, Wanted)>,
    longer: Vec<(Key, Wanted)>,
    /// Where the longer ones may be.
    buckets: Vec<Range<usize>>,
    /// Numbers of keys that may be meant, by what is looked for.
    maybe: Vec<(u32, usize)>,
    hits: Vec<Hit>,
    places: Places,
    /// Sounds to compare, with their numbers.
    sounds: Vec<(Key, u32)>,
}

/// The number of a reading, and whether a key is not its own but a wrong letter apart.
type Wanted = (u16, bool);

/// A key found: for which reading, its number, whether it is a wrong letter apart; as one number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit(u64);

impl Hit {
    fn new((reading, wrong): Wanted, number: u32) -> Hit {
        Hit(u64::from(reading) << 33 | u64::from(number) << 1 | u64::from(wrong))
    }

    fn reading(self) -> usize {
        (self.0 >> 33) as usize
    }

    fn number(self) -> usize {
        (self.0 >> 1) as u32 as usize
    }

    fn is_wrong(self) -> bool {
        self.0 & 1 != 0
    }
}

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
        // Words of one sound lie side by side.
        all.sort_unstable_by_key(|(key, word, sound)| (*key, *sound, *word));
        let (mut keys, mut sounds, mut words, mut sets) = (Vec::new(), Vec::new(), Vec::with_capacity(all.len()), Vec::new());
        let mut distinct: Vec<Key> = Vec::new();
        let mut last = None;
        for (key, word, sound) in &all {
            if distinct.last() != Some(key) {
                distinct.push(*key);
                keys.extend(numbers(*key, sets.len() as u32));
                last = None;
            }
            if last.replace(*sound) != Some(*sound) {
                sounds.extend(numbers(*sound, words.len() as u32));
                sets.push(sound.set());
            }
            words.push(*word);
        }
        keys.extend(numbers(Key::default(), sets.len() as u32));
        sounds.extend(numbers(Key::default(), words.len() as u32));
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
            sounds: sounds.into(),
            words: words.into(),
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
            numbers(&self.sounds),
            numbers(&self.words),
            numbers(&self.sets),
            self.whole.bytes(),
            numbers(&self.buckets),
            numbers(&self.buckets_at),
        ]
    }

    pub(super) fn stored(next: &mut impl FnMut() -> Option<Bytes>) -> Option<Keys> {
        Some(Keys {
            keys: next()?.into(),
            sounds: next()?.into(),
            words: next()?.into(),
            sets: next()?.into(),
            whole: next()?.into(),
            buckets: next()?.into(),
            buckets_at: next()?.into(),
        })
    }

    /// Looks up which keys there are of readings; with errors also those one wrong letter apart. What was found stays in the room.
    pub(super) fn look_up(&self, readings: &[Reading], errors: bool, room: &mut Room) {
        room.same.clear();
        room.longer.clear();
        for (at, reading) in readings.iter().enumerate() {
            let short = errors && reading.skeleton.len() <= FEW + 1 && reading.sound != reading.skeleton;
            for key in [Some(reading.skeleton), short.then_some(reading.sound)].into_iter().flatten() {
                room.same.push((key, (at as u16, false)));
                // Words of fewer consonants, which many words have, are found by their sounds.
                if errors && (key == reading.sound || key.len() >= FEW) {
                    room.longer.push((key, (at as u16, true)));
                    if key == reading.sound || key.len() > FEW {
                        let shorter = key.shortened().map(|shorter| (shorter, (at as u16, true)));
                        room.same.extend(shorter.clone());
                        room.longer.extend(shorter);
                    }
                }
            }
        }
        self.note(room);
    }

    /// Notes the words at the keys looked up whose sounds differ in one letter at most, with that.
    pub(super) fn almost(&self, readings: &[Reading], room: &Room, found: &mut Vec<(u32, WordId)>) {
        for (hits, sound) in by_reading(&room.hits, readings) {
            let set = sound.set();
            // One letter changes two of the set at most.
            let may_be = |other: u32| {
                let apart = set ^ other;
                let but_one = apart & apart.wrapping_sub(1);
                but_one & but_one.wrapping_sub(1) == 0
            };
            for hit in hits {
                self.each_sound(self.sounds_of(*hit), may_be, |number, other| {
                    if let Some(distance) = sound.one_apart(other) {
                        self.add_words(number, distance, found);
                    }
                });
            }
        }
    }

    /// Notes the words at the keys looked up whose sounds are no farther than `most`, with their distance; at keys that are a wrong letter apart
    /// none is farther than [`APART`].
    pub(super) fn near(&self, readings: &[Reading], most: u32, room: &mut Room, found: &mut Vec<(u32, WordId)>) {
        if most <= ALMOST {
            return self.almost(readings, room, found);
        }
        let Room { hits, sounds, .. } = room;
        for (hits, sound) in by_reading(hits, readings) {
            let (pattern, set) = (Pattern::of(sound), sound.set());
            for (wrong, most) in [(false, most), (true, most.min(APART))] {
                sounds.clear();
                // Each letter more or less is a difference.
                let (shortest, longest) = (sound.len().saturating_sub(most as usize), sound.len() + most as usize);
                let apart = if wrong { differ(most) } else { 2 * most };
                let may_be = |other: u32| (set ^ other).count_ones() <= apart;
                for hit in hits.iter().filter(|hit| hit.is_wrong() == wrong) {
                    self.each_sound(self.sounds_of(*hit), may_be, |number, other| {
                        if (shortest..=longest).contains(&other.len()) {
                            sounds.push((other, number));
                        }
                    });
                }
                pattern.each(sounds, |distance, (_, number)| {
                    if distance <= most {
                        found.extend(self.words_of(*number).map(|word| (distance, word)));
                    }
                });
            }
        }
    }

    /// Tells those of a range of sounds whose sets of letters may be looked at, each with its number.
    #[inline]
    fn each_sound(&self, range: Range<usize>, may_be: impl Fn(u32) -> bool, mut tell: impl FnMut(u32, Key)) {
        let (Some(sounds), Some(sets)) = (self.sounds.all().as_chunks::<OF_KEY>().0.get(range.clone()), self.sets.all().get(range.clone()))
        else {
            return;
        };
        if range.len() < IN_ONE {
            for (([low, high, _], set), number) in sounds.iter().zip(sets).zip(range.start..) {
                if may_be(u32::from_le_bytes(*set)) {
                    tell(number as u32, Key::read(*low, *high));
                }
            }
            return;
        }
        let mut first = range.start;
        for (sounds, sets) in sounds.chunks(AT_ONCE).zip(sets.chunks(AT_ONCE)) {
            let mut is_near = [0u8; AT_ONCE];
            // Many at once, before any is looked at.
            is_near.iter_mut().zip(sets).for_each(|(near, other)| *near = u8::from(may_be(u32::from_le_bytes(*other))));
            for (at, near) in is_near.as_chunks::<IN_ONE>().0[..sets.len().div_ceil(IN_ONE)].iter().enumerate() {
                let mut near = u64::from_le_bytes(*near);
                while near != 0 {
                    let at = at * IN_ONE + near.trailing_zeros() as usize / IN_ONE;
                    near &= near - 1;
                    if let Some([low, high, _]) = sounds.get(at) {
                        tell((first + at) as u32, Key::read(*low, *high));
                    }
                }
            }
            first += AT_ONCE;
        }
    }

    /// Notes which keys there are of those looked for.
    fn note(&self, room: &mut Room) {
        let Room { same, longer, buckets, maybe, hits, places, .. } = room;
        hits.clear();
        maybe.clear();
        self.whole.touch(same.iter().map(|(key, _)| key.hash()));
        for (at, (key, _)) in same.iter().enumerate() {
            maybe.extend(self.whole.find(key.hash()).map(|number| (number, at)));
        }
        self.keys.touch(maybe.iter().map(|(number, _)| OF_KEY * *number as usize));
        hits.extend(maybe.iter().filter_map(|(number, at)| {
            let (key, wanted) = same[*at];
            self.hit(*number, wanted, |own| own == key)
        }));
        let count = self.buckets_at.len().saturating_sub(1);
        if count.is_power_of_two() {
            buckets.clear();
            self.buckets_at.touch(longer.iter().map(|(key, _)| bucket(*key, count)));
            buckets.extend(longer.iter().map(|(key, _)| self.buckets_at.stretch(bucket(*key, count))));
            self.buckets.touch(buckets.iter().map(|range| range.start));
            maybe.clear();
            for (at, range) in buckets.iter().enumerate() {
                maybe.extend(self.buckets.range(range.clone()).map(|number| (number, at)));
            }
            self.keys.touch(maybe.iter().map(|(number, _)| OF_KEY * *number as usize));
            hits.extend(maybe.iter().filter_map(|(number, at)| {
                let (key, wanted) = longer[*at];
                self.hit(*number, wanted, |own| key.is_shorter(own))
            }));
        }
        // One of a reading's own is not looked at again.
        places.clear(hits.len());
        let mut kept = 0;
        for at in 0..hits.len() {
            let hit = hits[at];
            match places.known(hit.number() as u32, kept, |known| hits[known].0 >> 1 == hit.0 >> 1) {
                Some(known) => hits[known] = hit.min(hits[known]),
                None => {
                    hits[kept] = hit;
                    kept += 1;
                }
            }
        }
        hits.truncate(kept);
        // Keys as they are and longer ones are each in the order of the readings already.
        hits.sort_by_key(|hit| hit.reading());
        self.sets.touch(hits.iter().map(|hit| self.sounds_of(*hit).start));
    }

    /// A key as it was found, when it is one that is looked for.
    #[inline]
    fn hit(&self, number: u32, wanted: Wanted, is: impl Fn(Key) -> bool) -> Option<Hit> {
        let at = OF_KEY * number as usize;
        let [low, high, ..] = self.keys.all().get(at..at + OF_KEY + OF_KEY)? else { return None };
        is(Key::read(*low, *high)).then(|| Hit::new(wanted, number))
    }

    /// The sounds of a key found.
    fn sounds_of(&self, hit: Hit) -> Range<usize> {
        let start = |key: usize| self.keys.get(OF_KEY * key + OF_KEY - 1) as usize;
        start(hit.number())..start(hit.number() + 1)
    }

    /// The words of a sound.
    fn words_of(&self, sound: u32) -> impl Iterator<Item = WordId> + '_ {
        let start = |sound: usize| self.sounds.get(OF_KEY * sound + OF_KEY - 1) as usize;
        self.words.range(start(sound as usize)..start(sound as usize + 1))
    }

    /// Notes the words of a sound with its distance. Most sounds that are looked at are none of those wanted.
    #[inline(never)]
    fn add_words(&self, sound: u32, distance: u32, found: &mut Vec<(u32, WordId)>) {
        found.extend(self.words_of(sound).map(|word| (distance, word)));
    }

    /// Notes the words of all whose sounds are no farther than `most`, with their distance and that when like letters are not told apart.
    pub(super) fn scan(&self, reading: &Reading, most: u32, room: &mut Room, found: &mut Vec<(u32, WordId)>) {
        let (set, pattern, loose) = (reading.sound.set(), Pattern::of(reading.sound), Pattern::loose(reading.sound));
        let differ = differ(most);
        let sounds = &mut room.sounds;
        sounds.clear();
        let all = 0..self.sets.len().min(SCANNED);
        self.each_sound(all, |other| (set ^ other).count_ones() <= differ, |number, sound| sounds.push((sound, number)));
        let mut near: Vec<(Key, Range<usize>)> = Vec::new();
        pattern.each(&room.sounds, |distance, (sound, number)| {
            if distance <= most {
                let first = found.len();
                found.extend(self.words_of(*number).map(|word| (distance, word)));
                near.push((*sound, first..found.len()));
            }
        });
        loose.each(&near, |distance, (_, words)| found[words.clone()].iter_mut().for_each(|(all, _)| *all += distance));
    }

    /// How many words there are, by each of their readings.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// Keys found by the readings they were found for, with the sounds of these.
fn by_reading<'h>(hits: &'h [Hit], readings: &'h [Reading]) -> impl Iterator<Item = (&'h [Hit], Key)> {
    let of_one = hits.chunk_by(|one, other| one.reading() == other.reading());
    of_one.filter_map(|hits| Some((hits, readings[hits.first()?.reading()].sound)))
}

/// How many letters are in one of two sounds only that differ in so many: each that is wrong changes two at most; most that are wrong are not in a
/// sound twice.
fn differ(most: u32) -> u32 {
    2 * most - most / 2
}

fn bucket(key: Key, count: usize) -> usize {
    // The count is a power of two; one bucket needs no bits.
    key.hash().checked_shr(u64::BITS - count.trailing_zeros()).unwrap_or(0) as usize
}

impl Key {
    /// A key as it lies in a file.
    fn read(low: [u8; 4], high: [u8; 4]) -> Key {
        Key(u64::from(u32::from_le_bytes(low)) | u64::from(u32::from_le_bytes(high)) << 32)
    }
}

fn numbers(key: Key, last: u32) -> [u32; OF_KEY] {
    [key.0 as u32, (key.0 >> 32) as u32, last]
}
