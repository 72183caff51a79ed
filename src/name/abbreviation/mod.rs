//! Abbreviations of names: whether the letters of one fit a full name, and which ones a name might have.
//!
//! A derivation is evidence that an abbreviation may stand for a name. It is never proof: ҚСҚ fits two bodies by its letters,
//! and only a registry knows whose it is. What does not fit is evidence against: ССК cannot be short for «Социалистическое
//! Движение Казахстана».
//!
//! The rules, what each costs, and the words they know are the table `tables/abbreviation.toml`.
//!
//! ```
//! use atau::abbreviation::derive;
//!
//! let derivation = derive("СоцСопр", "Социалистическое Сопротивление Казахстана").unwrap();
//! assert_eq!(derivation.to_string(), "Соц|иалистическое Сопр|отивление (Казахстана)");
//! assert_eq!(derivation.cost, 10); // the country is left out
//! assert!(derive("ССК", "Социалистическое Движение Казахстана").is_none());
//! ```

mod letters;
mod parts;
mod propose;
mod table;
mod walk;

pub(crate) use propose::proposed;
pub use propose::{Form, Proposal, propose};
pub use table::Rule;

use crate::name::parts::{Language, Parts, Role, analyse};
use crate::text::{Seen, is_alphanumeric, is_mark, is_uppercase, nfc};
use parts::{Long, MOST_LETTERS, Short, Style};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use table::TABLE;
use walk::{Rules, Way, walk};

/// Longer full names are not looked at, in bytes.
const LONGEST: usize = 1024;

/// How an abbreviation is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// One letter of each word: ССК.
    Initials,
    /// Beginnings of words: СоцСопр, Ортсайлауком.
    Clips,
    /// Both: КазНУ, СоҚ.
    Mixed,
    /// Words of the full name as they stand there; nothing is shortened: МИТ of «Корпорация МИТ».
    Part,
}

impl Kind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Initials => "initials",
            Kind::Clips => "clips",
            Kind::Mixed => "mixed",
            Kind::Part => "part",
        }
    }
}

/// How the letters of an abbreviation come from a full name. Shown, it is the full name with a bar after the letters of each
/// word that were taken and brackets around the words left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Derivation {
    /// How the abbreviation is made.
    pub kind: Kind,
    /// What the rules used cost, in tenths, from 0 for the plain way to 25.
    pub cost: u16,
    /// The letters taken, as ranges of bytes in the full name in NFC.
    pub pieces: Vec<Range<usize>>,
    /// The words left out, likewise.
    pub skipped: Vec<Range<usize>>,
    /// The rules used.
    pub rules: Vec<Rule>,
    /// The full name in words of another language, when the letters are of these; the ranges are then ranges of it.
    pub translated: Option<String>,
    shown: String,
}

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.shown)
    }
}

/// Whether a text has the looks of an abbreviation: a word of 2 to 24 letters, or up to three such words of which one has two
/// capitals. A quick test before [`derive()`]; a single word passes it always, since колхоз and Нацбанк look like any word.
///
/// ```
/// use atau::abbreviation::could_abbreviate;
/// assert!(could_abbreviate("ВС РК") && could_abbreviate("СоцСопр") && could_abbreviate("колхоз"));
/// assert!(!could_abbreviate("Социалистическое Движение Казахстана") && !could_abbreviate("Айнур Курманов"));
/// ```
pub fn could_abbreviate(text: &str) -> bool {
    let mut looks = Looks::default();
    text.chars().for_each(|c| looks.add(is_alphanumeric(c), is_uppercase(c), c.is_whitespace()));
    looks.could_abbreviate(text)
}

/// What [`could_abbreviate`] looks at, character by character.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Looks {
    letters: usize,
    words: usize,
    /// Capitals of the word, and the most that a word has.
    capitals: usize,
    most: usize,
    open: bool,
}

impl Looks {
    /// The next character: whether it is a letter or digit, a capital, a space.
    #[inline]
    fn add(&mut self, is_alphanumeric: bool, is_uppercase: bool, is_space: bool) {
        if !is_alphanumeric {
            self.open &= !is_space;
            return;
        }
        self.letters += 1;
        if !self.open {
            self.words += 1;
            self.capitals = 0;
            self.open = true;
        }
        self.capitals += usize::from(is_uppercase);
        self.most = self.most.max(self.capitals);
    }

    /// That of a text of which this was seen.
    pub(crate) fn of(seen: &Seen) -> Looks {
        Looks { letters: seen.letters, words: seen.words, most: seen.capitals, ..Looks::default() }
    }

    /// Whether the text of these characters could be an abbreviation.
    pub(crate) fn could_abbreviate(&self, text: &str) -> bool {
        text.len() <= 96 && (2..=MOST_LETTERS).contains(&self.letters) && (self.words == 1 || self.words <= 3 && self.most > 1)
    }
}

/// How the letters of `abbreviation` come from the name `full`, at the least cost; `None` where they do not.
///
/// Letters are compared without case, ё as е. An abbreviation in another script than the name is read by the table of readings
/// (QSQ of a Kazakh name in Cyrillic). The abbreviation has at most 24 letters and the name 40 words.
///
/// ```
/// use atau::abbreviation::{Kind, derive};
/// let full = "Қазақстанның Социалистік қарсылығы";
/// assert_eq!(derive("ҚСҚ", full).unwrap().to_string(), "Қ|азақстанның С|оциалистік қ|арсылығы");
/// assert_eq!(derive("QSQ", full).unwrap().kind, Kind::Initials);
/// assert_eq!(derive("СоҚ", full).unwrap().to_string(), "(Қазақстанның) Со|циалистік қ|арсылығы");
/// ```
pub fn derive(abbreviation: &str, full: &str) -> Option<Derivation> {
    if abbreviation.len() > 128 || full.len() > LONGEST {
        return None;
    }
    let normal = |text| if parts::is_plain(text) { Cow::Borrowed(text) } else { nfc(text) };
    let (abbreviation, full) = (normal(abbreviation), normal(full));
    if !may_begin(&abbreviation, &full) {
        return None;
    }
    let long = Long::read(&full).filter(Long::may_give_two)?;
    let short = Short::read(&abbreviation)?;
    if let Some(part) = part(&short, &long, &full) {
        return Some(part);
    }
    let limit = TABLE.limit;
    if let Some(way) = walk(&short, &long, limit) {
        return Some(Derivation::new(&full, &long, way, None, 0));
    }
    with_changes(&short, &long, &full, limit)
}

/// Whether a name is one that [`derive()`] may find an abbreviation of.
pub(crate) fn may_be_abbreviated(full: &str) -> bool {
    full.len() <= LONGEST && Long::read(full).is_some_and(|long| long.may_give_two())
}

/// How the letters of `abbreviation` come from the words that `full` has in another language, at the least cost; `None` where they do
/// not, or where a word of the name is not in `tables/parts/`.
///
/// ```
/// use atau::abbreviation::derive_translated;
/// let derivation = derive_translated("СоцСопр", "Socialist Resistance of Kazakhstan").unwrap();
/// assert_eq!(derivation.to_string(), "Соц|иалистический Сопр|отивление (Казахстан)");
/// assert_eq!(derivation.translated.as_deref(), Some("Социалистический Сопротивление Казахстан"));
/// assert!(derive_translated("ССК", "Socialist Movement of Kazakhstan").is_none());
/// ```
pub fn derive_translated(abbreviation: &str, full: &str) -> Option<Derivation> {
    if abbreviation.len() > 128 || full.len() > LONGEST {
        return None;
    }
    derive_translated_of(abbreviation, || Cow::Owned(analyse(full, None)))
}

/// The same of a name that was taken apart, when it is asked for.
pub(crate) fn derive_translated_of<'p>(abbreviation: &str, parts: impl FnOnce() -> Cow<'p, Parts>) -> Option<Derivation> {
    // Two letters fit too much.
    if abbreviation.chars().filter(|c| is_alphanumeric(*c)).count() < 3 {
        return None;
    }
    let parts = parts();
    let known = |w: &crate::name::parts::Word| w.role == Role::Particle || w.role.meaning().is_some();
    if !parts.words.iter().all(known) {
        return None;
    }
    Language::ALL
        .into_iter()
        .filter_map(|language| parts.in_words_of(language).and_then(|translated| derive_from(abbreviation, translated)))
        .min_by_key(|d| d.cost)
}

/// How the letters of an abbreviation in Latin letters come from what the words of a name in others are in English; words that are in no
/// table, and whom the name honours, stay as they are or are left out: KSU, Қостанай мемлекеттік университеті.
pub(crate) fn derive_in_english(abbreviation: &str, full: &str) -> Option<Derivation> {
    if full.len() > LONGEST || !abbreviation.is_ascii() || full.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    derive_from(abbreviation, analyse(full, None).mostly_in_english()?)
}

/// How the letters of an abbreviation come from a translation.
fn derive_from(abbreviation: &str, translated: String) -> Option<Derivation> {
    let plain = |d: &Derivation| d.kind != Kind::Part && d.pieces.len() > 1 && !d.rules.contains(&Rule::Letter);
    let derivation = derive(abbreviation, &translated).filter(plain)?;
    let cost = derivation.cost + Rule::Translated.cost();
    let rules = derivation.rules.iter().copied().chain([Rule::Translated]).collect();
    (cost <= TABLE.limit).then_some(Derivation { cost, rules, translated: Some(translated), ..derivation })
}

/// Whether the first letter of the abbreviation is that of a word; without it nothing can be derived. Asked before either is taken apart.
fn may_begin(abbreviation: &str, full: &str) -> bool {
    let short = abbreviation.chars().filter_map(|c| parts::letter(c).map(|(c, _)| c));
    let mut open = false;
    full.char_indices().any(|(at, c)| {
        let is_letter = parts::letter(c).is_some();
        let begins = is_letter && !open;
        open = is_letter;
        let mut found = false;
        if begins {
            let word = full[at..].chars().filter_map(|c| parts::letter(c).map(|(c, _)| c).or(is_mark(c).then_some(c)));
            letters::fits(short.clone(), word, |_, _, _| found = true);
        }
        found
    })
}

/// The abbreviation without its ending or the letter of a country, or with the country of the name at the other end.
fn with_changes(short: &Short, long: &Long, full: &str, limit: u16) -> Option<Derivation> {
    let ending = ending(short).and_then(|last| {
        let way = walk(&short.without(last), long, limit - Rule::Ending.cost())?;
        let text = short.text(short.letters.len() - last);
        Some(Derivation::new(full, long, way, Some(Rule::Ending), Rule::Ending.cost()).with_more(&text))
    });
    if ending.is_some() {
        return ending;
    }
    let last = short.letters.last()?;
    let in_capitals = matches!(last.style, Style::Capitals | Style::Mixed) && last.capital && last.word.1 - last.word.0 > 2;
    if in_capitals
        && is_country_letter(last.c)
        && let Some(way) = walk(&short.without(1), long, limit - Rule::Letter.cost())
        && !long.names_country()
    {
        let letter = last.c.to_uppercase().to_string();
        return Some(Derivation::new(full, long, way, Some(Rule::Letter), Rule::Letter.cost()).with_more(&letter));
    }
    // The country stands first or last, and its letter last or first.
    let words = long.words.len();
    let at = [0, words - 1].into_iter().find(|w| words > 2 && long.class(*w) == Some(Rule::Country))?;
    let turned = long.turned(at > 0);
    // Across scripts, and with more left out, too much is left to chance.
    let plain = |way: &Way| ![Rule::Script, Rule::Tail, Rule::Kept].iter().any(|r| way.rules.has(*r));
    let mut way = walk(short, &turned, limit - Rule::Moved.cost()).filter(plain)?;
    match at {
        0 => way.words.rotate_right(1),
        _ => way.words.rotate_left(1),
    }
    Some(Derivation::new(full, long, way, Some(Rule::Moved), Rule::Moved.cost()))
}

fn is_country_letter(c: char) -> bool {
    TABLE.country_letters.chars().any(|l| parts::small(l) == c)
}

/// How many letters at the end of an abbreviation are a case ending: МИДа, ТМД-ға, Демпартии.
fn ending(short: &Short) -> Option<usize> {
    let last = short.letters.last()?;
    let (start, end) = last.word;
    let small = short.letters.iter().rev().take_while(|l| !l.capital).count();
    // All of a word after a hyphen, all after the capitals, or the end of a longer word.
    let most = if last.style == Style::Small && end - start > 5 { 3 } else { 0 };
    let longest = if small <= 4 && short.letters.len() - small > 1 { small } else { most };
    (1..=longest).rev().filter(|n| *n == small || most > 0).find(|n| TABLE.endings.contains(&short.text(short.letters.len() - n)))
}

/// Whether the words of the abbreviation stand in the full name as they are, one after the other, and are half of it or more
/// but not all.
fn part(short: &Short, long: &Long, full: &str) -> Option<Derivation> {
    let mut words = Vec::with_capacity(4);
    let mut at = 0;
    while at < short.letters.len() {
        let (start, end) = short.letters[at].word;
        words.push(&short.letters[start..end]);
        at = end;
    }
    let same = |w: usize, word: &[parts::Letter]| long.word(w).iter().map(|(c, _)| c).eq(word.iter().map(|l| &l.c));
    let fits = |from: &usize| words.iter().enumerate().all(|(n, word)| same(from + n, word));
    let last = long.words.len().checked_sub(words.len()).filter(|left| *left > 0 && *left <= words.len())?;
    let from = (0..=last).find(fits)?;
    let whole = |w: usize| u8::try_from(long.word(w).len()).unwrap_or(u8::MAX);
    let taken = |w: usize| walk::Taken { used: if (from..from + words.len()).contains(&w) { whole(w) } else { 0 }, inner: None };
    let way = Way {
        cost: Rule::Part.cost(),
        rules: Rules::default().with(Rule::Part),
        words: (0..long.words.len()).map(taken).collect(),
        singles: false,
        clips: false,
    };
    Some(Derivation { kind: Kind::Part, ..Derivation::new(full, long, way, None, 0) })
}

impl Derivation {
    fn new(full: &str, long: &Long, way: Way, more: Option<Rule>, cost: u16) -> Derivation {
        let kind = match (way.singles, way.clips) {
            (true, _) => Kind::Initials,
            (_, true) => Kind::Clips,
            _ => Kind::Mixed,
        };
        let rules = more.map_or(way.rules, |rule| way.rules.with(rule)).list();
        let mut derivation = Derivation {
            kind,
            cost: way.cost + cost,
            pieces: Vec::new(),
            skipped: Vec::new(),
            rules,
            translated: None,
            shown: String::with_capacity(full.len() + 16),
        };
        let mut at = 0;
        for (w, (word, taken)) in long.words.iter().zip(&way.words).enumerate() {
            // Where the letter after so many letters of the word begins.
            let place = |n: usize| if n >= word.to - word.from { word.end } else { long.letters[word.from + n].1 };
            let next_out = way.words.get(w + 1).is_some_and(|t| t.used == 0);
            derivation.shown.push_str(&full[at..word.start]);
            at = word.end;
            if taken.used == 0 {
                derivation.skipped.push(word.start..word.end);
                if w == 0 || way.words[w - 1].used > 0 {
                    derivation.shown.push('(');
                }
                derivation.shown.push_str(&full[word.start..word.end]);
                if !next_out {
                    derivation.shown.push(')');
                }
                continue;
            }
            let end = place(usize::from(taken.used));
            derivation.piece(full, word.start..end, word.end);
            let mut rest = end;
            if let Some((from, used)) = taken.inner {
                let (from, used) = (usize::from(from), usize::from(used));
                derivation.shown.push_str(&full[rest..place(from)]);
                derivation.shown.push('·');
                derivation.piece(full, place(from)..place(from + used), word.end);
                rest = place(from + used);
            }
            derivation.shown.push_str(&full[rest..word.end]);
        }
        derivation.shown.push_str(&full[at..]);
        derivation
    }

    fn piece(&mut self, full: &str, piece: Range<usize>, word_end: usize) {
        self.shown.push_str(&full[piece.clone()]);
        if piece.end < word_end {
            self.shown.push('|');
        }
        self.pieces.push(piece);
    }

    /// What the abbreviation has beyond the name is shown at the end.
    fn with_more(mut self, more: &str) -> Derivation {
        self.shown.push_str(" + ");
        self.shown.push_str(more);
        self
    }
}
