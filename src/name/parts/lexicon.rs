//! The words of `tables/parts/`, found by their letters or, in another script or spelling, by their sound.

use super::{Gender, Kind, Meaning, Parts, Role, Word};
use crate::name::key::{beginning_of_first_key, first_key, keys, read_first_key};
use crate::text::{Diagnostic, begins_one};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::cell::RefCell;
use std::hash::Hasher;
use std::sync::LazyLock;

/// The keys by which words of any spelling are compared, the likeliest first. The only place where parts know of the reading of letters.
pub(super) fn word_key(word: &str) -> Vec<String> {
    keys(word).all
}

/// Keys shorter than this are too common to find a word by.
pub(super) const SHORTEST_KEY: usize = 4;
/// The longest abbreviation that must be written in capitals to be a legal form.
pub(super) const ABBREVIATION: usize = 4;

pub(super) const NONE: u16 = u16::MAX;

/// Which table a meaning stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    Head,
    Quality,
    Legal,
    Place,
    Country,
    Particle,
    Named,
    Number,
}

/// A line of a table.
pub(super) struct Named {
    pub id: &'static str,
    pub sort: Sort,
    /// The first word or phrase of each language, by [`LANGUAGES`](super::inflect::LANGUAGES); empty where there is none.
    pub words: [&'static str; 3],
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// The word of the tables whose form this is.
    pub token: u16,
    /// The given name that this is.
    pub given: u16,
    /// Found by its letters, not by its sound.
    pub exact: bool,
    /// As it stands in the table, not a form of it.
    pub main: bool,
}

impl Entry {
    /// Whether no table of words has it; it may be a given name.
    pub(super) fn unknown(self) -> bool {
        self.token == NONE
    }

    /// Whether it is a form of a word, not the word as it stands in the table.
    pub(super) fn inflected(self) -> bool {
        !self.main
    }

    pub(super) const NONE: Entry = Entry { token: NONE, given: NONE, exact: false, main: false };
}

/// An ending of a name of a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub role: Role,
    pub gender: Gender,
    pub sure: u8,
    pub class: u8,
}

impl Ending {
    /// Whether family names are sure of it.
    pub(super) fn is_family(self) -> bool {
        self.role == Role::Family && self.sure >= 80
    }
}

/// The last characters of endings.
#[derive(Default)]
pub(super) struct Tail {
    pub ending: Option<Ending>,
    /// Those with a character more before them, ordered by it.
    pub longer: Vec<(char, u16)>,
}

impl Tail {
    /// Where the one with this character before it is, or belongs.
    pub(super) fn longer(&self, c: char) -> Result<u16, usize> {
        self.longer.binary_search_by_key(&c, |(c, _)| *c).map(|at| self.longer[at].1)
    }
}

pub(super) struct Lexicon {
    pub(super) words: FxHashMap<Box<str>, Entry>,
    pub(super) sounds: FxHashMap<Box<str>, Entry>,
    /// For each character below [`LOW`] the ending that it is alone; 0 is none.
    pub(super) last: Vec<u16>,
    pub(super) steps: FxHashMap<(u16, u16), u16>,
    /// The meanings that a state ends, by their order in the tables.
    pub(super) ends: Vec<[u16; 2]>,
    pub(super) meanings: Vec<Named>,
    /// For each word that is a given name: gender, and the names it stands for with a weight.
    pub(super) given: Vec<(Gender, Vec<(u16, u8)>)>,
    /// All endings, from their last character on; the first is the empty one.
    pub(super) endings: Vec<Tail>,
    pub(super) classes: Vec<&'static str>,
    pub(super) initials: Vec<&'static str>,
    pub(super) ordinals: Vec<&'static str>,
    pub(super) particles: Vec<&'static str>,
    pub(super) cases: Vec<&'static str>,
    pub(super) changing: Vec<char>,
    pub(super) apart: Vec<(&'static str, Gender)>,
    /// The classes of endings that make a family name of a given name.
    pub(super) of_given: Vec<&'static str>,
    /// The ids of qualities that may be left unsaid.
    pub(super) unsaid: Vec<&'static str>,
    /// The longest of the initials, particles and words for a child apart, in bytes.
    pub(super) longest: usize,
    /// Beginnings of compounds, with the quality they stand for.
    pub(super) clips: Vec<(&'static str, u16)>,
    /// The bits of their first two letters.
    pub(super) clips_begin: [u64; 4],
    pub(super) tokens: u16,
    /// Faults of the tables; a test holds that there are none.
    pub(super) found: Vec<Diagnostic>,
    /// Forms that two words of one language share.
    pub(super) shared: Vec<(&'static str, &'static str, &'static str)>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// What a word of the tables does in a name, for weighing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// It says what kind of body it is.
    Head,
    /// socialist, national.
    Quality,
    /// LLP, АО.
    Legal,
    /// village, область.
    Place,
    Country,
    /// and, of, named after.
    Particle,
    /// first, second.
    Number,
}

impl Sense {
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Sense; 7] =
        [Sense::Head, Sense::Quality, Sense::Legal, Sense::Place, Sense::Country, Sense::Particle, Sense::Number];
}

/// The meaning that a single word has by the tables, as a number above 0, and what it does.
pub(crate) fn sense(folded: &str) -> Option<(u16, Sense)> {
    let lexicon = &*LEXICON;
    let entry = lexicon.words.get(folded).copied().or_else(|| {
        // Cyrillic forms are all in the table; short words and names of families are not read by their sound.
        let read = !folded.starts_with(|c| matches!(c, 'а'..='я' | 'ё')) && folded.chars().nth(SHORTEST_KEY).is_some();
        if read && !lexicon.family(folded) { lexicon.by_sound(folded) } else { None }
    })?;
    let state = lexicon.steps.get(&(0, entry.token))?;
    let meaning = lexicon.ends[usize::from(*state)][0];
    let sense = match lexicon.meanings.get(usize::from(meaning))?.sort {
        Sort::Head => Sense::Head,
        Sort::Quality => Sense::Quality,
        Sort::Legal => Sense::Legal,
        Sort::Place => Sense::Place,
        Sort::Country => Sense::Country,
        Sort::Particle | Sort::Named => Sense::Particle,
        Sort::Number => Sense::Number,
    };
    Some((meaning + 1, sense))
}

/// The keys of all words of the names of countries, and of words and phrases that say of what kind something is, in order.
static COUNTRIES: LazyLock<Vec<String>> = LazyLock::new(|| keys_of(|sort| sort == Sort::Country));
static HEADS: LazyLock<Vec<String>> = LazyLock::new(|| keys_of(|sort| matches!(sort, Sort::Head | Sort::Place)));

/// The keys of all words and of those of phrases of such tables, in order.
fn keys_of(is: impl Fn(Sort) -> bool) -> Vec<String> {
    let lexicon = &*LEXICON;
    // The states on the way to such a meaning, and the words that lead from one to the next.
    let is_end = |state: u16| {
        let ends = lexicon.ends[usize::from(state)];
        ends.iter().filter_map(|meaning| lexicon.meanings.get(usize::from(*meaning))).any(|named| is(named.sort))
    };
    let mut states: FxHashSet<u16> = lexicon.steps.values().copied().filter(|state| is_end(*state)).collect();
    let mut tokens = FxHashSet::default();
    let mut count = 0;
    while count < states.len() {
        count = states.len();
        for ((from, token), _) in lexicon.steps.iter().filter(|(_, to)| states.contains(to)).collect::<Vec<_>>() {
            tokens.insert(*token);
            states.insert(*from);
        }
    }
    let has = |entry: &Entry| tokens.contains(&entry.token);
    let words = lexicon.words.iter().filter(|(_, entry)| has(entry)).map(|(word, _)| first_key(word));
    let sounds = lexicon.sounds.iter().filter(|(_, entry)| has(entry)).map(|(sound, _)| sound.to_string());
    let mut all: Vec<String> = words.chain(sounds).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether a word that begins with these letters may be one of the name of a country.
pub(crate) fn may_begin_country(folded: &str) -> bool {
    begins_one(&COUNTRIES, &beginning_of_first_key(folded))
}

/// Whether a word that begins with these letters may say, alone, with others or as a part of it, of what kind something is.
pub(crate) fn may_begin_head(folded: &str) -> bool {
    let key = beginning_of_first_key(folded);
    // Of a compound the beginning of its first part is known, or that part and more.
    let of_compound = |clip: &str| clip.starts_with(folded) || folded.starts_with(clip);
    begins_one(&HEADS, &key) || LEXICON.clips.iter().any(|(clip, _)| of_compound(clip))
}

/// Whether a word is a man's name with the ending of a case.
pub(crate) fn is_case_of(word: &str, name: &str) -> bool {
    word.strip_prefix(name).is_some_and(|ending| LEXICON.cases.contains(&ending))
}

/// A given name without the letters at its end that its forms may differ in.
pub(crate) fn unchanging(given: &str) -> &str {
    given.trim_end_matches(LEXICON.changing.as_slice())
}

/// Whether a folded word is a given name of the table.
pub(crate) fn is_given(folded: &str) -> bool {
    LEXICON.words.get(folded).is_some_and(|e| e.given != NONE)
}

/// Whether two folded words are given names of the table, by their letters or sound, and not of one person.
pub(crate) fn are_two_given(a: &str, b: &str) -> bool {
    let given = |word: &str| LEXICON.words.get(word).copied().or_else(|| LEXICON.by_sound(word)).map_or(NONE, |entry| entry.given);
    let (one, other) = (given(a), given(b));
    one != NONE && other != NONE && LEXICON.same_given(one, other).is_none()
}

impl Lexicon {
    /// What is known of a word by its letters, or else by its sound.
    pub(super) fn entry(&self, folded: &str, word: &Word) -> Entry {
        if let Some(entry) = self.words.get(folded) {
            return *entry;
        }
        // Short words and abbreviations are not read, nor are words whose ending makes them family names or patronymics.
        let letters = folded.chars().take(SHORTEST_KEY).count();
        if letters < 3 || word.has(Word::CAPS) && letters < SHORTEST_KEY || word.longest_ending().is_some_and(|(e, _)| e.sure >= 80) {
            return Entry::NONE;
        }
        self.by_sound(folded).unwrap_or(Entry::NONE)
    }

    /// The word of the tables that sounds like this.
    fn by_sound(&self, folded: &str) -> Option<Entry> {
        kept(folded, |key| {
            read_first_key(folded, key);
            self.sounds.get(key.as_str()).copied()
        })
    }

    /// The longest phrase that begins here: how many words, and its meanings.
    pub(super) fn longest(&self, entries: &[Entry]) -> Option<(usize, [u16; 2])> {
        let mut state = 0;
        let mut best = None;
        for (i, entry) in entries.iter().enumerate().take_while(|(_, e)| e.token != NONE) {
            let Some(next) = self.steps.get(&(state, entry.token)) else { break };
            state = *next;
            let ends = self.ends[usize::from(state)];
            if ends[0] != NONE {
                best = Some((i + 1, ends));
            }
        }
        best
    }

    /// Which of its meanings a phrase has here, if any: abbreviations of legal forms are written in capitals.
    pub(super) fn choose(&self, meanings: [u16; 2], parts: &Parts, at: usize, len: usize) -> Option<Meaning> {
        let word = &parts.words[at];
        let letters = parts.folded(at).chars().take(ABBREVIATION + 1).count();
        let short = len == 1 && letters <= ABBREVIATION;
        let small = || parts.words.iter().all(|w| !w.has(Word::CAPITAL));
        let fits = |m: u16| match self.meanings.get(usize::from(m)).map(|m| m.sort) {
            None => false,
            Some(Sort::Legal) if short && parts.folded(at).starts_with(|c: char| !c.is_ascii()) => {
                word.has(Word::CAPS) || meanings[1] == NONE && small()
            }
            // с. Ивановка is a village, с партией is "with"; a capital with a stop is an initial.
            Some(Sort::Place) if letters == 1 && len == 1 => word.has(Word::STOP) && !word.has(Word::CAPITAL),
            Some(Sort::Particle) if letters == 1 => !word.has(Word::STOP) && !word.has(Word::CAPITAL),
            Some(_) => true,
        };
        meanings.into_iter().find(|m| fits(*m)).map(Meaning)
    }

    /// The quality and the head that a word is made of, with the bytes of its first part: соц|движение.
    pub(super) fn compound(&self, folded: &str) -> Option<(usize, Meaning, Meaning)> {
        let (at, bit) = first_two(folded);
        if self.clips_begin[at] & bit == 0 {
            return None;
        }
        self.clips.iter().find_map(|(clip, quality)| {
            let entry = self.words.get(folded.strip_prefix(clip)?)?;
            let head = self.ends[usize::from(*self.steps.get(&(0, entry.token))?)][0];
            let is_head = self.meanings.get(usize::from(head)).is_some_and(|m| m.sort == Sort::Head);
            is_head.then_some((clip.len(), Meaning(*quality), Meaning(head)))
        })
    }

    pub(super) fn role(&self, meaning: Meaning) -> Role {
        let named = &self.meanings[usize::from(meaning.0)];
        match named.sort {
            Sort::Head => Role::Head(meaning),
            Sort::Quality => Role::Quality(meaning),
            Sort::Legal => Role::Legal(meaning),
            Sort::Place => Role::PlaceWord(meaning),
            Sort::Country => Role::Country(meaning),
            Sort::Particle => Role::Particle,
            Sort::Named => Role::Named,
            Sort::Number => Role::Number(named.id.parse().unwrap_or(0)),
        }
    }

    pub(super) fn is_named(&self, meaning: Meaning) -> bool {
        self.meanings.get(usize::from(meaning.0)).is_some_and(|m| m.sort == Sort::Named)
    }

    pub(super) fn id(&self, meaning: Meaning) -> &'static str {
        self.meanings.get(usize::from(meaning.0)).map_or("", |m| m.id)
    }

    pub(super) fn words(&self, meaning: Meaning) -> [&'static str; 3] {
        self.meanings.get(usize::from(meaning.0)).map_or([""; 3], |m| m.words)
    }

    pub(super) fn class(&self, class: u8) -> &'static str {
        self.classes.get(usize::from(class)).copied().unwrap_or_default()
    }

    /// The longest ending of a word, as the number of its last characters, and the bytes before it; 0 where there is none.
    pub(super) fn find_ending(&self, folded: &str) -> (u16, usize) {
        let (mut found, mut tail) = ((0, 0), 0);
        for (at, c) in folded.char_indices().rev() {
            let longer = match self.last.get(c as usize) {
                Some(last) if tail == 0 => *last,
                _ => self.endings[usize::from(tail)].longer(c).unwrap_or(0),
            };
            if longer == 0 {
                break;
            }
            tail = longer;
            if self.endings[usize::from(tail)].ending.is_some() && folded[..at].chars().nth(1).is_some() {
                found = (tail, at);
            }
        }
        found
    }

    /// Whether a word has an ending of which family names are sure.
    fn family(&self, folded: &str) -> bool {
        self.endings[usize::from(self.find_ending(folded).0)].ending.is_some_and(Ending::is_family)
    }

    pub(super) fn gender_of_given(&self, given: u16) -> Gender {
        self.given.get(usize::from(given)).map_or(Gender::Unknown, |g| g.0)
    }

    /// How far two given names are one, from 0 to 100, if they are.
    pub(super) fn same_given(&self, a: u16, b: u16) -> Option<u8> {
        let (a, b) = (self.given.get(usize::from(a))?, self.given.get(usize::from(b))?);
        a.1.iter().flat_map(|(name, weight)| b.1.iter().filter(move |(n, _)| n == name).map(move |(_, w)| (*weight).min(*w))).max()
    }

    pub(super) fn ordinal(&self, folded: &str) -> bool {
        self.ordinals.contains(&folded)
    }

    pub(super) fn initial(&self, folded: &str) -> bool {
        folded.len() <= self.longest && self.initials.contains(&folded)
    }

    pub(super) fn particle(&self, folded: &str) -> bool {
        folded.len() <= self.longest && self.particles.contains(&folded)
    }

    pub(super) fn apart(&self, folded: &str) -> Option<Gender> {
        let found = if folded.len() <= self.longest { self.apart.iter().find(|(word, _)| *word == folded) } else { None };
        found.map(|(_, gender)| *gender)
    }

    #[cfg(test)]
    pub(super) fn meanings(&self) -> &[Named] {
        &self.meanings
    }
}

/// The bit of the first two letters of a word, which others may share, in a set of four numbers.
pub(super) fn first_two(word: &str) -> (usize, u64) {
    let place = word.chars().take(2).fold(0, |place, c| 31 * place + c as usize);
    (place / 64 % 4, 1 << (place % 64))
}

/// Characters of Latin and Cyrillic are below this.
pub(super) const LOW: usize = 0x530;
/// What the word is that a word sounds like.
#[derive(Clone, Copy)]
struct Kept {
    text: [u8; Kept::LONGEST],
    len: u8,
    sound: Option<Entry>,
}

impl Kept {
    /// The longest word that is kept, in bytes, and how many words are.
    const LONGEST: usize = 40;
    const WORDS: usize = 256;
    const NONE: Kept = Kept { text: [0; Kept::LONGEST], len: 0, sound: None };
}

thread_local! {
    /// With room for the key of a word.
    static KEPT: RefCell<(Vec<Kept>, String)> = RefCell::new((vec![Kept::NONE; Kept::WORDS], String::new()));
}

/// Gives what a word sounds like as it was found before, and what is found of it now is kept: a word is asked for several times in one name,
/// and many words are those of many names.
fn kept(word: &str, find: impl FnOnce(&mut String) -> Option<Entry>) -> Option<Entry> {
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > Kept::LONGEST {
        return find(&mut String::new());
    }
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    KEPT.with_borrow_mut(|(all, key)| {
        let kept = &mut all[hasher.finish() as usize % Kept::WORDS];
        if kept.text[..usize::from(kept.len)] != *bytes {
            *kept = Kept { len: bytes.len() as u8, sound: find(key), ..Kept::NONE };
            kept.text[..bytes.len()].copy_from_slice(bytes);
        }
        kept.sound
    })
}

/// What the word of a meaning says of the kind of the whole.
pub(super) fn kind_of(role: Role) -> Option<Kind> {
    match role {
        Role::Head(_) | Role::Legal(_) | Role::Quality(_) | Role::Named => Some(Kind::Organisation),
        Role::PlaceWord(_) => Some(Kind::Place),
        _ => None,
    }
}
