//! Keys of words. By `tables/key.toml` a word is read onto one alphabet, in which differences of script and habit are joined: that is its sound.
//! Its skeleton is the consonants of the sound.

use crate::name::key::readings;
use crate::name::reading::{Costs, Letter};
use deunicode::deunicode_char;
use std::sync::LazyLock;

/// The letters of the key alphabet, the vowels first.
const SYMBOLS: &[u8] = b"aeioubdfghjklmnprstvzCS";
const VOWELS: u8 = 5;
/// The most letters of a key; what follows is left out.
const LONGEST: usize = 12;
/// At most so many readings of one word are kept.
const MOST: usize = 6;
const BITS: usize = 5;

/// Letters of the key alphabet, five bits each, the first in the lowest; how many they are, in the highest four bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Key(pub u64);

impl Key {
    pub(super) fn len(self) -> usize {
        // A damaged file may say more.
        ((self.0 >> (BITS * LONGEST)) as usize).min(LONGEST)
    }

    fn letters(self) -> u64 {
        self.0 & ((1 << (BITS * LONGEST)) - 1)
    }

    fn of(letters: u64, len: usize) -> Key {
        Key(letters | (len as u64) << (BITS * LONGEST))
    }

    fn push(&mut self, symbol: u8) {
        let len = self.len();
        if len < LONGEST {
            *self = Key::of(self.letters() | u64::from(symbol) << (BITS * len), len + 1);
        }
    }

    /// This and another key after it, of which the first letters are left out.
    fn then(self, other: Key, left_out: usize) -> Key {
        let more = other.letters() >> (BITS * left_out);
        let letters = self.letters() | more << (BITS * self.len());
        Key::of(Key(letters).letters(), (self.len() + other.len() - left_out).min(LONGEST))
    }

    /// The key without one of its letters.
    fn without(self, at: usize) -> Key {
        let (letters, below) = (self.letters(), (1u64 << (BITS * at)) - 1);
        Key::of(letters & below | letters >> BITS & !below, self.len() - 1)
    }

    /// The keys that lack one letter of this; each once, as two letters that are the same never stand together in most.
    pub(super) fn shortened(self) -> impl Iterator<Item = Key> + Clone {
        (0..self.len()).map(move |at| self.without(at))
    }

    /// Whether this is the other key without one letter.
    pub(super) fn is_shorter(self, other: Key) -> bool {
        self.len() + 1 == other.len() && is_shorter(self.letters(), other.letters())
    }

    /// How many letters must be put in, taken out, exchanged, or change places with the next, to make the other key of this, when it is one at most.
    #[inline]
    pub(super) fn one_apart(self, other: Key) -> Option<u32> {
        let (len, other_len) = (self.len(), other.len());
        let (own, other) = (self.letters(), other.letters());
        if len != other_len {
            let is_one = if len < other_len {
                len + 1 == other_len && is_shorter(own, other)
            } else {
                other_len + 1 == len && is_shorter(other, own)
            };
            return is_one.then_some(1);
        }
        // A bit for each letter that differs.
        let apart = own ^ other;
        let differ = (apart | apart >> 1 | apart >> 2 | apart >> 3 | apart >> 4) & EACH;
        let all_but_first = differ & differ.wrapping_sub(1);
        if all_but_first == 0 {
            return Some(u32::from(differ != 0));
        }
        // Two that stand side by side may have changed places.
        let first = differ ^ all_but_first;
        let at = first.trailing_zeros();
        let pair = |key: u64| [key >> at & 31, key >> at >> BITS & 31];
        let [one, two] = pair(own);
        (all_but_first == (first << BITS) && [two, one] == pair(other)).then_some(1)
    }

    /// Its letters as a set of bits.
    pub(super) fn set(self) -> u32 {
        self.symbols().fold(0, |set, symbol| set | 1 << symbol)
    }

    pub(super) fn symbols(self) -> impl Iterator<Item = u8> {
        (0..self.len()).map(move |at| (self.letters() >> (BITS * at) & 31) as u8)
    }

    pub(super) fn hash(self) -> u64 {
        // Fibonacci hashing; the high bits are the good ones.
        (self.0 ^ self.0 >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// The lowest bit of each letter.
const EACH: u64 = 0x0084_2108_4210_8421;

/// Whether these letters are the others without one, when they are one fewer.
fn is_shorter(letters: u64, others: u64) -> bool {
    // Up to the first letter that differs they are the same; after it the others must be one letter behind.
    let apart = (letters ^ others).trailing_zeros();
    let below = (1u64 << (apart - apart % BITS as u32)) - 1;
    ((others & below) | ((others >> BITS) & !below)) == letters
}

/// A reading of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reading {
    pub sound: Key,
    pub skeleton: Key,
    last: u8,
}

impl Reading {
    fn push(&mut self, symbol: u8) {
        // A doubled letter counts once.
        if self.last != symbol {
            self.last = symbol;
            self.sound.push(symbol);
            if symbol > VOWELS {
                self.skeleton.push(symbol);
            }
        }
    }

    /// This and what stands after it, read alone.
    pub(super) fn then(self, end: Reading) -> Reading {
        let Some(first) = end.sound.symbols().next() else { return self };
        // A doubled letter counts once.
        let is_doubled = first == self.last;
        Reading {
            sound: self.sound.then(end.sound, usize::from(is_doubled)),
            skeleton: self.skeleton.then(end.skeleton, usize::from(is_doubled && first > VOWELS)),
            last: end.last,
        }
    }
}

/// What a sequence of letters may be read as, the likeliest first, as symbols.
struct Sequence {
    letters: Vec<Letter>,
    readings: Vec<Vec<u8>>,
}

/// For each letter the sequences that start with it, the longest first.
static SEQUENCES: LazyLock<Vec<Vec<Sequence>>> = LazyLock::new(|| {
    let alphabet = &Costs::get().alphabet;
    let mut all: Vec<Vec<Sequence>> = (0..=Letter::MAX).map(|_| Vec::new()).collect();
    let symbol = |c: char| SYMBOLS.iter().position(|s| char::from(*s) == c).map(|at| at as u8 + 1);
    let mut add = |letters: &str, readings: Vec<Vec<u8>>| {
        let letters: Option<Vec<Letter>> = letters.chars().map(|c| alphabet.letter(c)).collect();
        if let Some(letters) = letters.filter(|l| !l.is_empty()) {
            let of = &mut all[usize::from(letters[0])];
            if of.iter().all(|s| s.letters != letters) {
                of.push(Sequence { letters, readings });
            }
        }
    };
    for (letters, readings) in readings() {
        let mut kept: Vec<Vec<u8>> = Vec::new();
        for reading in readings {
            let symbols: Vec<u8> = reading.chars().filter_map(symbol).collect();
            // Readings that differ in vowels alone are found with the first.
            let consonants = |symbols: &[u8]| symbols.iter().copied().filter(|s| *s > VOWELS).collect::<Vec<_>>();
            if kept.iter().all(|other| consonants(other) != consonants(&symbols)) {
                kept.push(symbols);
            }
        }
        add(letters, kept);
    }
    for c in 'a'..='z' {
        add(c.encode_utf8(&mut [0; 4]), vec![symbol(c).into_iter().collect()]);
    }
    // A letter that is not listed is read through its plain Latin counterpart.
    for letter in alphabet.letters() {
        if all[usize::from(letter)].iter().all(|s| s.letters.len() > 1) {
            let plain = deunicode_char(alphabet.char(letter)).unwrap_or_default().to_lowercase();
            all[usize::from(letter)].push(Sequence { letters: vec![letter], readings: vec![plain.chars().filter_map(symbol).collect()] });
        }
    }
    all.iter_mut().for_each(|of| of.sort_by_key(|s| std::cmp::Reverse(s.letters.len())));
    all
});

/// The sequences that a word of letters is made of; letters that are in none are passed by.
fn sequences(letters: &[Letter]) -> impl Iterator<Item = &'static Sequence> {
    let mut rest = letters;
    std::iter::from_fn(move || {
        loop {
            let of = &SEQUENCES[usize::from(*rest.first()?)];
            match of.iter().find(|s| rest.starts_with(&s.letters)) {
                Some(sequence) => {
                    rest = &rest[sequence.letters.len()..];
                    return Some(sequence);
                }
                None => rest = &rest[1..],
            }
        }
    })
}

/// The first of the readings of a word of letters.
pub(super) fn read_first(letters: &[Letter]) -> Reading {
    let mut reading = Reading::default();
    let symbols = sequences(letters).filter_map(|sequence| sequence.readings.first());
    symbols.flatten().for_each(|s| reading.push(*s));
    reading
}

/// The readings of a word of letters, each once.
pub(super) fn read(letters: &[Letter], readings: &mut Vec<Reading>) {
    readings.clear();
    readings.push(Reading::default());
    for sequence in sequences(letters) {
        let known = readings.len();
        let more = if known * sequence.readings.len() <= MOST { &sequence.readings[1.min(sequence.readings.len())..] } else { &[] };
        for symbols in more {
            for at in 0..known {
                let mut reading = readings[at];
                symbols.iter().for_each(|s| reading.push(*s));
                readings.push(reading);
            }
        }
        for reading in &mut readings[..known] {
            sequence.readings.first().into_iter().flatten().for_each(|s| reading.push(*s));
        }
    }
    for at in (1..readings.len()).rev() {
        if readings[..at].iter().any(|r| r.sound == readings[at].sound) {
            readings.remove(at);
        }
    }
}

/// For each symbol those like it, as a set.
static LIKE: LazyLock<[u32; 1 << BITS]> = LazyLock::new(|| {
    let mut like = [0; 1 << BITS];
    for (at, symbol) in SYMBOLS.iter().enumerate() {
        let alike = ALIKE.iter().find(|alike| alike.contains(symbol)).copied().unwrap_or(std::slice::from_ref(symbol));
        like[at + 1] = (0..SYMBOLS.len()).filter(|other| alike.contains(&SYMBOLS[*other])).fold(0, |set, other| set | 1 << (other + 1));
    }
    like
});

/// Letters that are sooner taken for each other than others: what is written z may be ц, j дж.
const ALIKE: [&[u8]; 5] = [b"aeiou", b"bpvf", b"dt", b"gkh", b"jzsCS"];

/// How many keys are compared at once.
const LANES: usize = 8;

const _: () = assert!(LONGEST <= u16::BITS as usize);

/// A key that others are compared with.
pub(super) struct Pattern {
    /// For each symbol the places where it stands.
    places: [u16; 1 << BITS],
    len: usize,
}

impl Pattern {
    pub(super) fn of(key: Key) -> Pattern {
        let mut places = [0; 1 << BITS];
        let mut letters = key.letters();
        for at in 0..key.len() {
            places[(letters & 31) as usize] |= 1 << at;
            letters >>= BITS;
        }
        Pattern { places, len: key.len() }
    }

    /// The same, but one of like letters stands for the other.
    pub(super) fn loose(key: Key) -> Pattern {
        let exact = Pattern::of(key);
        let places = LIKE.map(|like| exact.places.iter().enumerate().filter(|(s, _)| like >> s & 1 == 1).fold(0, |all, (_, at)| all | at));
        Pattern { places, len: exact.len }
    }

    /// Tells the distance of each key.
    pub(super) fn each<T>(&self, keys: &[(Key, T)], mut tell: impl FnMut(u32, &(Key, T))) {
        let mut others = [Key::default(); LANES];
        for keys in keys.chunks(LANES) {
            others.iter_mut().zip(keys).for_each(|(other, (key, _))| *other = *key);
            keys.iter().zip(self.distances(&others)).for_each(|(key, distance)| tell(u32::from(distance), key));
        }
    }

    /// How many letters must be put in, taken out, exchanged, or change places with the next, to make one key of the other (Hyyrö 2003);
    /// of several at once.
    fn distances(&self, others: &[Key; LANES]) -> [u16; LANES] {
        let (mut letters, mut lengths) = ([0u64; LANES], [0u16; LANES]);
        for ((letters, length), other) in letters.iter_mut().zip(&mut lengths).zip(others) {
            (*letters, *length) = (other.letters(), other.len() as u16);
        }
        if self.len == 0 {
            return lengths;
        }
        let last = self.len as u16 - 1;
        let (mut more, mut less, mut distance) = ([u16::MAX; LANES], [0u16; LANES], [self.len as u16; LANES]);
        let (mut diagonal, mut before) = ([0u16; LANES], [0u16; LANES]);
        let longest = lengths.iter().fold(0, |longest, length| longest.max(*length));
        for at in 0..longest {
            let mut same = [0u16; LANES];
            for (same, letters) in same.iter_mut().zip(&mut letters) {
                *same = self.places[(*letters & 31) as usize];
                *letters >>= BITS;
            }
            for i in 0..LANES {
                let swapped = ((!diagonal[i] & same[i]) << 1) & before[i];
                diagonal[i] = ((same[i] & more[i]).wrapping_add(more[i]) ^ more[i]) | same[i] | less[i] | swapped;
                before[i] = same[i];
                let (up, down) = (less[i] | !(diagonal[i] | more[i]), more[i] & diagonal[i]);
                // Nothing comes of what is beyond the end.
                let is_within = u16::from(at < lengths[i]);
                distance[i] = distance[i].wrapping_add((up >> last) & is_within).wrapping_sub((down >> last) & is_within);
                let (up, down) = (up << 1 | 1, down << 1);
                more[i] = down | !(diagonal[i] | up);
                less[i] = up & diagonal[i];
            }
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::reading::Spelling;

    fn keys(word: &str) -> Vec<Reading> {
        let spelling = Spelling::of(word);
        let letters: Vec<Letter> = spelling.letters(&spelling.words[0]).collect();
        let mut readings = Vec::new();
        read(&letters, &mut readings);
        readings
    }

    fn text(key: Key) -> String {
        key.symbols().map(|symbol| char::from(SYMBOLS[usize::from(symbol) - 1])).collect()
    }

    #[test]
    fn one_skeleton_in_every_script() {
        for (word, sound, skeleton) in [
            ("құрманов", "kurmanov", "krmnv"),
            ("kurmanov", "kurmanov", "krmnv"),
            ("قۇرمانوۆ", "kurmanov", "krmnv"),
            ("жаңаөзен", "janaozen", "jnzn"),
            ("zhanaozen", "janaozen", "jnzn"),
            ("щучинск", "SCuCinsk", "SCCnsk"),
            ("аяу", "aiau", ""),
            ("saijō", "saijo", "sj"),
            ("преображенская", "preobrajensk", "prbrjnsk"),
        ] {
            let first = keys(word)[0];
            assert_eq!((text(first.sound).as_str(), text(first.skeleton).as_str()), (sound, skeleton), "{word}");
        }
        // A Latin j is ж or й, c one of three: all readings are kept, up to a number.
        assert!(keys("jaksybaj").iter().any(|r| r.skeleton == keys("жаксыбай")[0].skeleton));
        assert!(keys("cccjjjcjcjxwxw").len() <= MOST);
    }

    #[test]
    fn the_distance_of_keys_is_that_of_their_letters() {
        let words =
            ["курманов", "kurmnov", "курамнов", "ким", "аяу", "kima", "шевченко", "sevcenko", "цой", "чой", "окй", "преображенский"];
        let all: Vec<Key> = words.iter().flat_map(|w| keys(w)).flat_map(|reading| [reading.sound, reading.skeleton]).collect();
        for a in &all {
            for several in all.windows(LANES) {
                let distances = Pattern::of(*a).distances(several.try_into().unwrap());
                for (b, distance) in several.iter().zip(distances) {
                    let expected = strsim::osa_distance(&text(*a), &text(*b));
                    assert_eq!(usize::from(distance), expected, "{} {}", text(*a), text(*b));
                    assert_eq!(a.one_apart(*b), (distance <= 1).then_some(u32::from(distance)), "{} {}", text(*a), text(*b));
                }
            }
        }
    }
}
