//! The key of a word: its letters read onto one alphabet, the same in every script and romanisation. Words of the tables of parts
//! and letters of abbreviations are found by it; names are compared by `reading`.

use crate::text::fold;
use deunicode::deunicode_char;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::str::Chars;
use std::sync::LazyLock;

/// At most so many readings of one name are kept.
const MOST: usize = 12;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    letters: FxHashMap<String, Vec<String>>,
}

struct Reading {
    /// What a sequence of letters may be read as.
    letters: FxHashMap<String, Vec<String>>,
    /// All sequences letter by letter; the first is the empty one.
    sequences: Vec<Sequence>,
    /// The sequences of one letter, for letters below [`LOW`]; 0 is none.
    low: Vec<u16>,
}

/// Letters with which sequences begin.
#[derive(Default)]
struct Sequence {
    /// The readings, the likeliest first.
    readings: Option<Vec<String>>,
    /// Those with a letter more, and the last six bits of each, as a set.
    longer: Vec<(char, u16)>,
    seconds: u64,
}

/// Letters of Latin and Cyrillic are below this.
const LOW: usize = 0x530;

impl Reading {
    fn new(letters: FxHashMap<String, Vec<String>>) -> Reading {
        let mut sequences = vec![Sequence::default()];
        for (sequence, readings) in &letters {
            let mut at = 0;
            for c in sequence.chars() {
                at = Reading::longer(&sequences, at, c).unwrap_or_else(|| {
                    let next = sequences.len();
                    sequences[at].longer.push((c, next as u16));
                    sequences[at].seconds |= 1 << (c as u32 & 63);
                    sequences.push(Sequence::default());
                    next
                });
            }
            sequences[at].readings = Some(readings.clone());
        }
        let mut low = vec![0; LOW];
        for (c, next) in &sequences[0].longer {
            if let Some(slot) = low.get_mut(*c as usize) {
                *slot = *next;
            }
        }
        Reading { letters, sequences, low }
    }

    /// The sequence that a letter is, or begins.
    fn first(&self, c: char) -> Option<usize> {
        match self.low.get(c as usize) {
            Some(next) => Some(usize::from(*next)).filter(|next| *next != 0),
            None => Reading::longer(&self.sequences, 0, c),
        }
    }

    fn longer(sequences: &[Sequence], at: usize, c: char) -> Option<usize> {
        let sequence = &sequences[at];
        if sequence.seconds >> (c as u32 & 63) & 1 == 0 {
            return None;
        }
        sequence.longer.iter().find(|(letter, _)| *letter == c).map(|(_, next)| usize::from(*next))
    }

    /// Whether a letter and all that comes after it are the beginning of a longer sequence.
    fn is_open(&self, c: char, rest: &mut Chars) -> bool {
        let mut at = self.first(c);
        while let Some(sequence) = at {
            match rest.next() {
                None => return self.sequences[sequence].seconds != 0,
                Some(c) => at = Reading::longer(&self.sequences, sequence, c),
            }
        }
        false
    }

    /// The readings of the longest sequence that begins with a letter, where there are any; `rest` is what comes after the letter, and then what
    /// comes after the sequence.
    fn known(&self, c: char, rest: &mut Chars) -> Option<&[String]> {
        let mut at = self.first(c)?;
        let mut known = None;
        let mut ahead = rest.clone();
        loop {
            let sequence = &self.sequences[at];
            if let Some(readings) = &sequence.readings {
                known = Some(readings.as_slice());
                *rest = ahead.clone();
            }
            if sequence.seconds == 0 {
                return known;
            }
            match ahead.next().and_then(|c| Reading::longer(&self.sequences, at, c)) {
                Some(longer) => at = longer,
                None => return known,
            }
        }
    }
}

static READING: LazyLock<Reading> = LazyLock::new(|| {
    // The table is part of the program, and a test reads it.
    let table: Table = toml::from_str(include_str!("../../tables/key.toml")).expect("tables/key.toml");
    Reading::new(table.letters)
});

/// The readings of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys {
    /// The keys, the likeliest first; words are divided by single spaces.
    pub all: Vec<String>,
    /// Characters that no table knows and that were read through their plain Latin counterparts.
    pub guessed: Vec<char>,
}

/// All sequences of folded letters that have readings, with these, the likeliest first. A Latin letter that is not among
/// them is read as itself.
pub(crate) fn readings() -> impl Iterator<Item = (&'static str, &'static [String])> {
    READING.letters.iter().map(|(letters, readings)| (letters.as_str(), readings.as_slice()))
}

/// The likeliest key of a word.
pub(crate) fn first_key(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    read_first_key(folded, &mut key);
    key
}

/// What the likeliest keys of all words begin with that begin with these letters.
pub(crate) fn beginning_of_first_key(folded: &str) -> String {
    let reading = &*READING;
    let mut rest = folded.chars();
    let mut end = 0;
    while let Some(c) = rest.next() {
        let mut ahead = rest.clone();
        // What comes next may make another sequence of these.
        if reading.is_open(c, &mut ahead) {
            break;
        }
        reading.known(c, &mut rest);
        end = folded.len() - rest.as_str().len();
    }
    first_key(&folded[..end])
}

/// Writes the likeliest key of a word in the place of what was there.
pub(crate) fn read_first_key(folded: &str, key: &mut String) {
    key.clear();
    let reading = &*READING;
    let mut rest = folded.chars();
    while let Some(c) = rest.next() {
        match reading.known(c, &mut rest) {
            Some(readings) => {
                for letter in readings.first().map_or("", String::as_str).bytes() {
                    push(key, char::from(letter));
                }
            }
            None if c.is_ascii_alphanumeric() => push(key, c),
            None => {}
        }
    }
}

/// The keys of a name; empty when it has no letter or digit.
pub(crate) fn keys(name: &str) -> Keys {
    let folded = fold(name);
    let mut keys = Keys { all: vec![String::with_capacity(folded.len())], guessed: Vec::new() };
    let reading = &*READING;
    let mut rest = folded.chars();
    while let Some(c) = rest.next() {
        match reading.known(c, &mut rest) {
            Some(readings) => keys.read(readings),
            None => match c {
                'a'..='z' | '0'..='9' => keys.push(c),
                _ if c.is_alphanumeric() => keys.guess(c),
                _ => keys.divide(),
            },
        }
    }
    for key in &mut keys.all {
        key.truncate(key.trim_end().len());
    }
    keys.all.retain(|k| !k.is_empty());
    let mut seen = Vec::with_capacity(keys.all.len());
    keys.all.retain(|k| {
        !seen.contains(k) && {
            seen.push(k.clone());
            true
        }
    });
    keys
}

impl Keys {
    fn read(&mut self, readings: &[String]) {
        if readings.len() > 1 && self.all.len() * readings.len() <= MOST {
            let before = std::mem::take(&mut self.all);
            self.all = readings.iter().flat_map(|r| before.iter().map(move |key| joined(key.clone(), r))).collect();
        } else if let Some(first) = readings.first() {
            for key in &mut self.all {
                first.chars().for_each(|c| push(key, c));
            }
        }
    }

    fn push(&mut self, c: char) {
        self.all.iter_mut().for_each(|key| push(key, c));
    }

    /// A character of another alphabet or with an unknown mark.
    fn guess(&mut self, c: char) {
        let Some(plain) = deunicode_char(c) else { return };
        self.guessed.push(c);
        for c in plain.chars().filter(char::is_ascii_alphanumeric) {
            let c = c.to_ascii_lowercase();
            match READING.letters.get(c.encode_utf8(&mut [0; 4]) as &str) {
                Some(readings) => self.read(readings),
                None => self.push(c),
            }
        }
    }

    fn divide(&mut self) {
        for key in &mut self.all {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        }
    }
}

fn joined(mut key: String, more: &str) -> String {
    more.chars().for_each(|c| push(&mut key, c));
    key
}

/// Adds a letter of ASCII. A doubled letter counts once; digits are kept.
#[inline]
fn push(key: &mut String, c: char) {
    if key.as_bytes().last() != Some(&(c as u8)) || c.is_ascii_digit() {
        key.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_in_every_script() {
        let same = [
            ["Айнұр Құрманов", "Aynur Qurmanov"],
            ["Айнұр Құрманов", "Ainur Kurmanov"],
            ["Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"],
            ["Қазақстанның Социалистік қарсылығы", "Qazaqstannyń Sotsıalıstik karsylyǵy"],
            ["Қазақстанның Социалистік Қозғалысы", "Qazaqstannıñ Socïalïstik Qozğalısı"],
            ["Социалистическое Движение Казахстана", "Socialističeskoe Dvizheniye Kazahstana"],
            ["Пётр Алексеев", "Pyotr Alexeyev"],
            ["Пётр Алексеев", "Petr Alekseev"],
            ["Жаңаөзен", "Zhanaozen"],
            ["Жаңаөзен", "Janaözen"],
            ["اينۇر قۇرمانوۆ", "Айнұр Құрманов"],
            ["Щёлково", "Shchyolkovo"],
            ["сайлау үшін", "sailay ushin"],
        ];
        for [a, b] in same {
            let (a_keys, b_keys) = (keys(a).all, keys(b).all);
            assert!(a_keys.iter().any(|k| b_keys.contains(k)), "{a} {a_keys:?} {b} {b_keys:?}");
        }
        let different = [["Нурсултан", "Нур-Султан"], ["Айнур Курманов", "Айнура Курманова"], ["Қарсылық", "Қозғалыс"]];
        for [a, b] in different {
            assert!(!keys(a).all.iter().any(|k| keys(b).all.contains(k)), "{a} {b}");
        }
    }

    #[test]
    fn odd_names() {
        assert!(keys("").all.is_empty());
        assert!(keys("«…» —").all.is_empty());
        assert_eq!(keys("Kazakhstan 2011").all[0], "kazahstan 2011");
        assert_eq!(keys("Łódź").guessed, ['ł', 'ź']);
        assert!(keys(&"цйёщ".repeat(1000)).all.len() <= MOST);
    }

    #[test]
    fn the_table_is_sound() {
        assert!(READING.sequences.len() < usize::from(u16::MAX));
        for (letters, readings) in &READING.letters {
            assert_eq!(fold(letters), *letters, "the letters are looked up in folded text");
            for reading in readings {
                assert!(reading.chars().all(|c| c.is_ascii_alphabetic()), "{letters}: {reading}");
            }
        }
    }
}
