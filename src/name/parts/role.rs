//! What a word of a name can be.

use super::lexicon::{Ending, LEXICON};
use std::ops::Range;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A person.
    Person,
    /// An organisation, a work, an event: whatever a head word may name.
    Organisation,
    /// A place.
    Place,
    /// Nothing tells.
    Unknown,
}

impl Kind {
    /// The word for it: `person`, `organisation`, `place`, `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Place => "place",
            Kind::Unknown => "unknown",
        }
    }
}

/// The gender that a form of a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Of a man.
    Masculine,
    /// Of a woman.
    Feminine,
    /// Nothing tells.
    Unknown,
}

impl Gender {
    /// Whether both are known and differ.
    pub fn contradicts(self, other: Gender) -> bool {
        self != other && self != Gender::Unknown && other != Gender::Unknown
    }

    /// The word for it: `masculine`, `feminine`, or nothing.
    pub fn name(self) -> &'static str {
        match self {
            Gender::Masculine => "masculine",
            Gender::Feminine => "feminine",
            Gender::Unknown => "",
        }
    }
}

/// A language that the tables have words in, by its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Kazakh,
    Russian,
    English,
}

impl Language {
    pub(crate) const ALL: [Language; 3] = [Language::Kazakh, Language::Russian, Language::English];
}

/// What a word or phrase means in all languages: a line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Meaning(pub(super) u16);

impl Meaning {
    /// The meaning of this number, as [`sense`](super::sense) gives it.
    pub(crate) fn of(number: u16) -> Option<Meaning> {
        number.checked_sub(1).map(Meaning)
    }

    /// Its id in the table: `trade-union`, `llp`, `KZ`.
    pub fn id(self) -> &'static str {
        LEXICON.id(self)
    }

    /// Whether a body is called by its other words as well: a state university is called a university.
    pub(crate) fn may_be_unsaid(self) -> bool {
        LEXICON.unsaid.contains(&self.id())
    }

    /// Whether it is "named after".
    pub(crate) fn is_named(self) -> bool {
        LEXICON.is_named(self)
    }

    /// The first word or phrase that a language has for it in the tables.
    pub(crate) fn word(self, language: Language) -> Option<&'static str> {
        Some(LEXICON.words(self)[language as usize]).filter(|word| !word.is_empty())
    }
}

/// What a word does in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Family name.
    Family,
    /// Given name.
    Given,
    /// Patronymic.
    Patronymic,
    /// A letter that stands for a given name or patronymic.
    Initial,
    /// The kind of body, work or event: партия, union, университет.
    Head(Meaning),
    /// Which of several: socialist, national.
    Quality(Meaning),
    /// A legal form: ТОО, ЖШС, LLP.
    Legal(Meaning),
    /// The kind of place: ауылы, город.
    PlaceWord(Meaning),
    /// A country or its adjective.
    Country(Meaning),
    /// "Named after": имени, атындағы.
    Named,
    /// A number or ordinal.
    Number(u32),
    /// A small word: of, the, по, и, және, фон.
    Particle,
    /// Any other word: the name itself.
    Core,
}

impl Role {
    /// The meaning, where the role has one.
    pub fn meaning(self) -> Option<Meaning> {
        match self {
            Role::Head(m) | Role::Quality(m) | Role::Legal(m) | Role::PlaceWord(m) | Role::Country(m) => Some(m),
            _ => None,
        }
    }

    /// The word for it: `family`, `head`, `place-word`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Family => "family",
            Role::Given => "given",
            Role::Patronymic => "patronymic",
            Role::Initial => "initial",
            Role::Head(_) => "head",
            Role::Quality(_) => "quality",
            Role::Legal(_) => "legal",
            Role::PlaceWord(_) => "place-word",
            Role::Country(_) => "country",
            Role::Named => "named",
            Role::Number(_) => "number",
            Role::Particle => "particle",
            Role::Core => "core",
        }
    }
}

/// A word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its folded text stands.
    pub(super) text: (u32, u32),
    /// What the word does.
    pub role: Role,
    /// The gender that the word alone tells.
    pub gender: Gender,
    /// How sure the role is, from 0 to 100.
    pub sure: u8,
    /// The longest ending of the tables that its letters have, by its last characters, and the bytes before it.
    pub(super) tail: u16,
    pub(super) cut: u8,
    /// Bytes of the folded text before the ending; 0 when there is none.
    pub(super) stem: u8,
    /// Class of the ending in the table, or [`Word::NO_ENDING`].
    pub(super) class: u8,
    pub(super) flags: u8,
    /// The given name it is in the table, or `u16::MAX`.
    pub(super) given: u16,
}

impl Word {
    pub(super) const NO_ENDING: u8 = u8::MAX;
    pub(super) const CAPS: u8 = 1;
    pub(super) const JOINED: u8 = 2;
    pub(super) const CONTINUES: u8 = 4;
    pub(super) const QUOTED: u8 = 8;
    pub(super) const COMMA: u8 = 16;
    pub(super) const STOP: u8 = 32;
    pub(super) const CAPITAL: u8 = 64;
    pub(super) const WEAK: u8 = 128;

    /// Where the word stands in the name, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The longest ending of the tables that its letters have, and the bytes before it.
    pub(super) fn longest_ending(&self) -> Option<(Ending, u8)> {
        Some((LEXICON.endings.get(usize::from(self.tail))?.ending?, self.cut))
    }

    /// Whether it has an ending of which family names are sure.
    pub(super) fn is_family(&self) -> bool {
        self.longest_ending().is_some_and(|(ending, _)| ending.is_family())
    }

    /// How many bytes of its folded text stand before an ending that makes a family name of a given name.
    pub(crate) fn stem_of_given(&self) -> Option<usize> {
        let of_given = |ending: &Ending| LEXICON.of_given.contains(&LEXICON.class(ending.class));
        self.longest_ending().filter(|(ending, _)| of_given(ending)).map(|(_, cut)| usize::from(cut))
    }

    /// Looks for its longest ending; `folded` is its folded text.
    pub(super) fn find_ending(&mut self, folded: &str) {
        let (tail, cut) = LEXICON.find_ending(folded);
        (self.tail, self.cut) = (tail, u8::try_from(cut).unwrap_or(0));
    }

    /// Joined to the word before by a hyphen: Касым-Жомарт.
    pub fn joined(&self) -> bool {
        self.has(Word::JOINED)
    }

    /// Goes on with the phrase of the word before: *union* in *trade union*.
    pub fn continues(&self) -> bool {
        self.has(Word::CONTINUES)
    }

    /// Known for a given name, whatever its role.
    pub(crate) fn is_given_name(&self) -> bool {
        self.given != u16::MAX
    }

    /// Written in capitals only.
    pub fn caps(&self) -> bool {
        self.has(Word::CAPS)
    }

    /// The class of the ending of a family name or patronymic, the same in all genders, languages and scripts.
    pub fn ending(&self) -> Option<&'static str> {
        (self.class != Word::NO_ENDING).then(|| LEXICON.class(self.class))
    }
}
