//! Where names are looked up: by folded form, and by the words they are made of.
//!
//! All of it is flat arrays of numbers, so that it can lie in a file as it lies in memory.

mod build;
mod candidates;
mod initials;
mod longer;
mod numbers;
mod walk;

use crate::name::parts::Sense;
use crate::name::reading::{Costs, Letter, Spelling};
use crate::registry::{Bytes, Entity, Name, Registry};
use crate::text::fold;
use fst::raw::Fst;
use numbers::Numbers;
use rustc_hash::FxHasher;
use std::borrow::Cow;
use std::hash::Hasher;

pub(super) use candidates::{Finder, Near};
pub(super) use initials::Initials;

/// A name's number in the index.
pub(super) type NameId = u32;
/// A word's number: its place in the order of the set of words.
type WordId = u32;

/// Set on a word of a name that is cut short there (Zh., им.).
const CUT: u32 = 1 << 31;

pub(super) struct Index {
    /// Entity and name of each name id, in turn.
    names: Numbers,
    /// A hash table of folded forms, open addressing: name id + 1 and the upper half of the hash, in turn; 0 is free.
    forms: Numbers,
    /// The words of all names as letter numbers between the marks of start and end, to their ids.
    words: Fst<Bytes>,
    /// The letters of each word, and where each starts.
    letters: Bytes,
    letters_at: Numbers,
    /// The names that have a word, and where each list starts.
    postings: Numbers,
    postings_at: Numbers,
    /// The words of each name in their order, and where each list starts.
    spelled: Numbers,
    spelled_at: Numbers,
    /// What each word means by the tables of parts, with what it does in the upper half; 0 is nothing.
    senses: Numbers,
}

/// The names with a folded form.
pub(super) struct WithForm<'a> {
    index: &'a Index,
    at: usize,
    upper: u32,
    /// Slots not looked at; in a damaged table none may be free.
    left: usize,
}

impl Iterator for WithForm<'_> {
    type Item = NameId;

    fn next(&mut self) -> Option<NameId> {
        let slots = self.index.forms.len() / 2;
        while self.left > 0 {
            self.left -= 1;
            let (name, upper) = (self.index.forms.get(2 * self.at), self.index.forms.get(2 * self.at + 1));
            self.at = (self.at + 1) & (slots - 1);
            match name {
                0 => return None,
                name if upper == self.upper => return Some(name - 1),
                _ => {}
            }
        }
        None
    }
}

fn hash(form: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form.as_bytes());
    // The low bits of the hash of a short text are weak.
    let hash = hasher.finish();
    hash ^ (hash >> 32)
}

/// The sections of the index in a registry's file.
const SECTIONS: std::ops::Range<u32> = 100..110;
const WORDS: u32 = 102;

impl Index {
    /// The index of a registry: from its file, when it has one, else built.
    pub(super) fn new(registry: &Registry) -> Index {
        Index::stored(registry).unwrap_or_else(|| Index::build(registry))
    }

    fn stored(registry: &Registry) -> Option<Index> {
        let image = registry.image()?;
        // Walking a damaged set could fail: all of it is checked at once. It is small beside the rest.
        let words = Fst::new(image.checked(WORDS)?).ok()?;
        let mut sections = SECTIONS.filter(|id| *id != WORDS).map(|id| image.section(id));
        let mut next = || sections.next().flatten();
        Some(Index {
            names: next()?.into(),
            forms: next()?.into(),
            words,
            letters: next()?,
            letters_at: next()?.into(),
            postings: next()?.into(),
            postings_at: next()?.into(),
            spelled: next()?.into(),
            spelled_at: next()?.into(),
            senses: next()?.into(),
        })
    }

    /// The sections of the index for a file.
    pub(super) fn sections(&self) -> Vec<(u32, Bytes)> {
        let all = [
            self.names.bytes(),
            self.forms.bytes(),
            self.words.as_inner(),
            &self.letters,
            self.letters_at.bytes(),
            self.postings.bytes(),
            self.postings_at.bytes(),
            self.spelled.bytes(),
            self.spelled_at.bytes(),
            self.senses.bytes(),
        ];
        SECTIONS.zip(all.map(Bytes::clone)).collect()
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len() / 2
    }

    /// The entity's number, the entity and the number of the name in it, of a name id; nothing when the registry's
    /// file is damaged there.
    pub(super) fn get<'r>(&self, registry: &'r Registry, id: NameId) -> Option<(u32, Cow<'r, Entity>, usize)> {
        let (e, n) = (self.names.get(2 * id as usize), self.names.get(2 * id as usize + 1));
        let entity = registry.entity_at(e as usize)?;
        (entity.names.len() > n as usize).then_some((e, entity, n as usize))
    }

    /// The name of a name id.
    pub(super) fn name<'r>(&self, registry: &'r Registry, id: NameId) -> Option<Cow<'r, Name>> {
        registry.name_at(self.names.get(2 * id as usize) as usize, self.names.get(2 * id as usize + 1) as usize)
    }

    /// The number of the entity that bears a name.
    fn entity(&self, id: NameId) -> u32 {
        self.names.get(2 * id as usize)
    }

    /// The names of a folded form, in their order.
    pub(super) fn by_folded<'r>(&self, registry: &'r Registry, form: &str) -> Vec<(NameId, Cow<'r, Name>)> {
        let slots = self.forms.len() / 2;
        if !slots.is_power_of_two() {
            return Vec::new();
        }
        let hash = hash(form);
        let found = WithForm { index: self, at: hash as usize & (slots - 1), upper: (hash >> 32) as u32, left: slots };
        let named = found.filter_map(|id| Some((id, self.name(registry, id)?)));
        let mut found: Vec<_> = named.filter(|(_, name)| name.text == form || fold(&name.text) == form).collect();
        found.sort_unstable_by_key(|(id, _)| *id);
        found
    }

    fn word_letters(&self, word: WordId) -> &[Letter] {
        self.letters.get(self.letters_at.stretch(word as usize)).unwrap_or_default()
    }

    /// How many names have a word.
    fn frequency(&self, word: WordId) -> u32 {
        self.postings_at.stretch(word as usize).len() as u32
    }

    fn names_with(&self, word: WordId) -> impl ExactSizeIterator<Item = NameId> + '_ {
        self.postings.range(self.postings_at.stretch(word as usize))
    }

    fn words_of(&self, name: NameId) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.spelled.range(self.spelled_at.stretch(name as usize))
    }

    /// The spelling of a name from the words it has.
    fn spelling(&self, name: NameId, into: &mut Spelling) {
        into.clear();
        for word in self.words_of(name) {
            into.push_word(self.word_letters(word & !CUT), 0..0, word & CUT != 0);
            if let Some(last) = into.words.last_mut() {
                last.sense = self.sense(word & !CUT);
            }
        }
    }

    /// What a word of the registry costs when it is missing, in steps: the rarer and longer it is, the more.
    fn weight(&self, word: WordId) -> u32 {
        weight(self.word_letters(word).len(), self.frequency(word), self.len(), self.sense(word).map(|(_, sense)| sense))
    }

    /// What a word means by the tables of parts.
    fn sense(&self, word: WordId) -> Option<(u16, Sense)> {
        let number = self.senses.get(word as usize);
        let sense = Sense::ALL.get((number >> 16) as usize)?;
        (number & 0xFFFF != 0).then_some((number as u16, *sense))
    }

    /// The id of a word that some name has.
    fn word(&self, letters: impl Iterator<Item = Letter>) -> Option<WordId> {
        let [start, end] = Costs::get().alphabet.ends();
        let key: Vec<u8> = std::iter::once(start).chain(letters).chain([end]).collect();
        self.words.get(key).map(|output| output.value() as WordId)
    }
}

/// The logarithm to base 2 of a number above 0, to a tenth.
fn log2(number: u32) -> f32 {
    let whole = number.ilog2();
    whole as f32 + number as f32 / (1u32 << whole) as f32 - 1.0
}

/// What a word costs when it is missing, in steps, for a word that so many of so many names have.
pub(super) fn weight(letters: usize, frequency: u32, names: usize, sense: Option<Sense>) -> u32 {
    use super::score::weight::{EACH_LETTER, LONGEST, RARITY, WORD, of_sense};
    let rarity = (1.0 - log2(frequency.max(1)) / log2(names.clamp(1000, u32::MAX as usize) as u32)).max(0.0);
    let letters = letters.min(LONGEST) as f32;
    crate::name::reading::steps((WORD + EACH_LETTER * letters * (1.0 - RARITY + RARITY * rarity)) * of_sense(sense))
}
