//! Letters of another script that look like letters of the word they stand in, and their repair.

use super::script::{Script, script_of_char};
use super::{is_alphabetic, is_mark, nfc};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A text in which look-alike letters were read as the letters meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The text as meant, in NFC.
    pub text: String,
    /// What was read as what, in the order of the text.
    pub letters: Vec<(char, char)>,
    /// Whether the word's other letters say so. Not so when a whole word was typed in another script
    /// (`CCK` for `ССК`), or when a letter has two readings (`Y` for У or Ү).
    pub certain: bool,
    /// Whether a letter of the script it was read in stood there already, in this word or another; not so for `CCK`.
    pub mixed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    numerals: String,
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    script: String,
    #[serde(rename = "from")]
    _from: String,
    letters: BTreeMap<char, String>,
}

struct Lookalikes {
    /// (foreign letter, script of the word) to the letters it may be.
    letters: HashMap<(char, Script), String>,
    /// For each character below [`LOW`] of what scripts it is and may be.
    low: Vec<Low>,
    /// The letters of Roman numerals.
    numerals: String,
}

static TABLE: LazyLock<Lookalikes> = LazyLock::new(|| {
    // The table is part of the program, and a test reads it.
    let table: Table = toml::from_str(include_str!("../../tables/lookalikes.toml")).expect("tables/lookalikes.toml");
    let rows = table.pair.into_iter().flat_map(|pair| {
        let script = Script::from_short_name(&pair.script).expect("a script code in tables/lookalikes.toml");
        pair.letters.into_iter().map(move |(from, to)| ((from, script), to))
    });
    let letters: HashMap<(char, Script), String> = rows.collect();
    let low = |c| Low {
        is_alphabetic: is_alphabetic(c),
        is_mark: is_mark(c),
        is_of: [Script::Latin, Script::Cyrillic].map(|script| script_of_char(c) == script),
        may_be: [Script::Latin, Script::Cyrillic].map(|script| letters.contains_key(&(c, script))),
    };
    let low = ('\0'..LOW).map(low).collect();
    Lookalikes { letters, low, numerals: table.numerals }
});

/// A character of which most names are made: whether it is a letter of Latin, and of Cyrillic, and whether it may be read as one.
struct Low {
    is_alphabetic: bool,
    is_mark: bool,
    is_of: [bool; 2],
    may_be: [bool; 2],
}

/// Latin and Cyrillic end below this.
const LOW: char = '\u{530}';

/// At most so many readings of one text are returned by [`repair_all`].
const MOST: usize = 16;

/// The text with its look-alike letters read as the letters meant, when there is one certain way to do so.
///
/// ```
/// use atau::text::repair;
/// let repaired = repair("CДК").unwrap(); // a Latin C
/// assert_eq!(repaired.text, "СДК");
/// assert_eq!(repaired.letters, [('C', 'С')]);
/// assert_eq!(repair("СДК"), None);
/// ```
pub fn repair(text: &str) -> Option<Repair> {
    let mut all = repair_all(text).into_iter().filter(|r| r.certain);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// Every way to read the look-alike letters of a text, the likeliest first; empty when it has none.
pub fn repair_all(text: &str) -> Vec<Repair> {
    let text = nfc(text);
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return Vec::new();
    }
    if has_no_other_reading(&text) {
        return Vec::new();
    }
    let mut readings = vec![Repair { text: String::with_capacity(text.len()), letters: Vec::new(), certain: true, mixed: false }];
    let mut rest: &str = &text;
    while !rest.is_empty() {
        let word_len = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_len);
        if !word.is_empty() {
            let options = read_word(word);
            if options.len() > 1 && readings.len() * options.len() <= MOST {
                readings = readings.iter().flat_map(|r| options.iter().map(move |option| r.clone().with(option))).collect();
            } else {
                readings = readings.into_iter().map(|r| r.with(&options[0])).collect();
            }
        }
        let gap_len = after.find(in_word).unwrap_or(after.len());
        for reading in &mut readings {
            reading.text.push_str(&after[..gap_len]);
        }
        rest = &after[gap_len..];
    }
    readings.retain(|r| !r.letters.is_empty());
    for reading in &mut readings {
        // The letter meant may join a mark that the other did not.
        if let Cow::Owned(normal) = nfc(&reading.text) {
            reading.text = normal;
        }
        let mut scripts: Vec<Script> = Vec::new();
        for script in reading.letters.iter().map(|(_, to)| script_of_char(*to)) {
            if !scripts.contains(&script) {
                scripts.push(script);
            }
        }
        reading.mixed = text.chars().any(|c| scripts.contains(&script_of_char(c)));
    }
    readings.sort_by_key(|r| (!r.certain, r.letters.len()));
    readings
}

/// Whether each word of a text is Latin or Cyrillic and has a letter that the other script has nothing like; not told of all texts of which it is so.
fn has_no_other_reading(text: &str) -> bool {
    let low = TABLE.low.as_slice();
    // Of the word so far: whether it has Latin letters and Cyrillic ones, and whether all of them may be of the script.
    let (mut has, mut may_be) = ([false; 2], [true; 2]);
    for c in text.chars().chain([' ']) {
        let Some(c) = low.get(c as usize).filter(|c| !c.is_mark) else { return false };
        if !c.is_alphabetic {
            // A sign that is read as a letter.
            if c.may_be[1] || has == [true; 2] || has[1] && may_be[0] || has[0] && may_be[1] {
                return false;
            }
            (has, may_be) = ([false; 2], [true; 2]);
            continue;
        }
        if c.is_of == [false; 2] {
            return false;
        }
        has = [has[0] || c.is_of[0], has[1] || c.is_of[1]];
        (0..2).for_each(|script| may_be[script] &= c.may_be[script]);
    }
    true
}

impl Repair {
    fn with(mut self, next: &Repair) -> Repair {
        self.text.push_str(&next.text);
        self.letters.extend(&next.letters);
        self.certain &= next.certain;
        self
    }
}

fn in_word(c: char) -> bool {
    is_alphabetic(c) || is_mark(c) || TABLE.letters.contains_key(&(c, Script::Cyrillic))
}

/// The readings of one word: itself, unless it mixes scripts, and what it is in each script it can be in.
fn read_word(word: &str) -> Vec<Repair> {
    let as_is = Repair { text: word.to_owned(), letters: Vec::new(), certain: true, mixed: false };
    let scripts: Vec<Script> = word.chars().map(script_of_char).filter(|s| *s != Script::Inherited).collect();
    let Some(first) = scripts.first() else { return vec![as_is] };
    let mixed = scripts.iter().any(|s| s != first);
    let mut readings: Vec<Repair> = [Script::Cyrillic, Script::Latin]
        .into_iter()
        .filter(|target| mixed || target != first)
        .flat_map(|target| read_word_as(word, target, mixed))
        .collect();
    let numeral = readings.iter().any(|r| r.text.chars().all(|c| TABLE.numerals.contains(c)));
    if numeral {
        readings.iter_mut().for_each(|r| r.certain = false);
    } else if readings.iter().filter(|r| r.certain).count() > 1 {
        // Every letter has a twin (СCК): the fewer letters changed, the likelier; none is certain unless one wins.
        let least = readings.iter().map(|r| r.letters.len()).min();
        let winners = readings.iter().filter(|r| Some(r.letters.len()) == least).count();
        for reading in &mut readings {
            reading.certain &= winners == 1 && Some(reading.letters.len()) == least;
        }
    }
    if !mixed || !readings.iter().any(|r| r.certain) {
        readings.insert(0, as_is);
    }
    readings
}

fn read_word_as(word: &str, target: Script, mixed: bool) -> Vec<Repair> {
    let mut readings = vec![Repair { text: String::new(), letters: Vec::new(), certain: mixed, mixed }];
    for c in word.chars() {
        let script = script_of_char(c);
        let known = TABLE.letters.get(&(c, target));
        if script == target || known.is_none() && matches!(script, Script::Inherited | Script::Common) {
            readings.iter_mut().for_each(|r| r.text.push(c));
            continue;
        }
        let Some(options) = known else { return Vec::new() };
        let several = options.chars().nth(1).is_some();
        let read = |reading: &mut Repair, to: char| {
            reading.text.push(to);
            reading.letters.push((c, to));
            reading.certain &= !several;
        };
        let before = readings.len();
        if several && before < MOST {
            for to in options.chars().skip(1) {
                for i in 0..before {
                    let mut other = readings[i].clone();
                    read(&mut other, to);
                    readings.push(other);
                }
            }
        }
        if let Some(first) = options.chars().next() {
            readings[..before].iter_mut().for_each(|r| read(r, first));
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_two_scripts_is_read_in_the_one_it_can_be() {
        let cases = [
            ("CДК", Some("СДК")),
            ("Қазақстан Kоммунистік Xалық Партиясы", Some("Қазақстан Коммунистік Халық Партиясы")),
            ("Тiл", Some("Тіл")),
            ("əділ", Some("әділ")),
            ("Zhаnaozen", Some("Zhanaozen")), // a Cyrillic а
            ("Б¥¥", Some("БҰҰ")),
            ("СCК", Some("ССК")),
            ("CCK", None),    // a whole word of the other script: uncertain
            ("Yкімет", None), // У or Ү
            ("COVID-19 в Казахстане", None),
            ("Kazakh nameҚазақстан", None),
            ("Κazakhstan", Some("Kazakhstan")), // a Greek Κ
            ("¥100", None),
            ("ХХI съезд", None), // a Roman numeral
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(repair(text).map(|r| r.text).as_deref(), expected, "{text}");
        }
    }

    /// What is told without reading the words is what reading them gives.
    #[test]
    fn of_texts_without_another_reading_there_is_none() {
        let letters: Vec<char> = ('\0'..LOW).chain(['–', '’', 'ﬁ', 'Κ']).collect();
        let mut told = 0;
        for (at, c) in letters.iter().enumerate() {
            for (a, b) in [("", ""), ("Ж", ""), ("с", "з"), ("z", ""), ("", "о c"), ("sж ", ""), ("", " Жаң"), ("c", "ж")] {
                let text = nfc(&format!("{a}{c}{b}{}", letters[(at * 31 + 7) % letters.len()])).into_owned();
                if has_no_other_reading(&text) {
                    told += 1;
                    let words = text.split(|c| !in_word(c)).filter(|word| !word.is_empty());
                    assert!(words.into_iter().all(|word| read_word(word).iter().all(|r| r.letters.is_empty())), "{text:?}");
                }
            }
        }
        assert!(told > letters.len());
    }

    #[test]
    fn uncertain_readings_are_still_listed() {
        let texts = |s| repair_all(s).into_iter().map(|r| r.text).collect::<Vec<_>>();
        assert!(texts("CCK").contains(&"ССК".to_owned()));
        assert!(texts("Yкімет").contains(&"Үкімет".to_owned()));
        assert!(texts("Казахстан").is_empty());
    }
}
