//! Where names are looked up: by folded form, and by the words they are made of.
//!
//! All of it is flat arrays of numbers, so that it can lie in a file as it lies in memory.

mod beginnings;
mod build;
mod candidates;
mod forms;
mod gather;
mod initials;
mod keys;
mod longer;
mod nearest;
mod numbers;
mod places;
mod skeleton;
mod spelled;
mod table;
mod words;

use super::weights::{WordWeights, word_weights};
use crate::name::parts::Sense;
use crate::name::reading::Letter;
use crate::registry::{Bytes, Name, Registry};
use beginnings::Beginnings;
use keys::Keys;
use numbers::Numbers;
use rustc_hash::FxHasher;
use std::borrow::Cow;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use table::Table;

pub(super) use candidates::{Finder, Near};
pub(super) use forms::{Forms, OfForm, Place};
pub(super) use initials::Initials;

/// A name's number in the index.
pub(super) type NameId = u32;
/// A word's number. Words that sound alike follow each other.
type WordId = u32;

/// Set on a word of a name that is cut short there (Zh., им.).
const CUT: u32 = 1 << 31;

/// What is known of a name without reading it: in the lowest 24 bits which words it may have, words that sound alike having the same bit; in the
/// highest eight what its words weigh, in sixteens of steps rounded down.
type Seen = u32;
/// A registry of no more words than this is small.
const FEW_WORDS: usize = 60_000;

/// The letters of several words as a set, as [`Index::letters_set`].
type LetterSet = u32;
const BITS: u32 = 24;
const SIXTEEN: u32 = 16;

pub(super) struct Index {
    /// Each index has another.
    number: u64,
    forms: Forms,
    /// For each name where its words start in `spelled`, and a last number where they end.
    starts: Numbers,
    /// From letters to words, and from what words mean to them.
    words: Table,
    meant: Table,
    /// Four numbers for each word, in turn: where its letters start, where the names that have it start in `postings`, what is known of it
    /// ([`packed`]), and its letters as a set. A last line says where they end.
    vocabulary: Numbers,
    letters: Bytes,
    /// The names that have a word, three numbers each: the name, what is seen of it, with the bits of its other words, and their letters as a set.
    postings: Numbers,
    /// The words of each name in their order.
    spelled: Numbers,
    /// Words by how they sound.
    keys: Keys,
    /// What words begin with.
    beginnings: Beginnings,
}

/// The number of a new index.
fn number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

fn hash_of(letters: &[Letter]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(letters);
    let hash = hasher.finish();
    hash ^ (hash >> 32)
}

fn hash_of_meaning(meaning: u16) -> u64 {
    // Fibonacci hashing; both halves are used.
    u64::from(meaning).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The sections of the index in a registry's file.
const SECTIONS: std::ops::Range<u32> = 100..110 + keys::SECTIONS as u32;

impl Index {
    /// The index of a registry: from its file, when it has one, else built.
    pub(super) fn new(registry: &Registry, forms: &Forms) -> Index {
        Index::stored(registry).unwrap_or_else(|| Index::build(registry, forms.clone()))
    }

    fn stored(registry: &Registry) -> Option<Index> {
        let image = registry.image()?;
        let mut sections = SECTIONS.map(|id| image.section(id));
        let mut next = || sections.next().flatten();
        Some(Index {
            number: number(),
            forms: Forms::stored(&mut next)?,
            starts: next()?.into(),
            words: next()?.into(),
            meant: next()?.into(),
            vocabulary: next()?.into(),
            letters: next()?,
            postings: next()?.into(),
            spelled: next()?.into(),
            keys: Keys::stored(&mut next)?,
            beginnings: Beginnings::stored(next()?),
        })
    }

    /// The sections of the index for a file in which the records of entities begin at these places.
    pub(super) fn sections(&self, records: &[u64]) -> Vec<(u32, Bytes)> {
        let all = [
            self.starts.bytes(),
            self.words.bytes(),
            self.meant.bytes(),
            self.vocabulary.bytes(),
            &self.letters,
            self.postings.bytes(),
            self.spelled.bytes(),
        ];
        let all = all.into_iter().chain(self.keys.sections()).chain([self.beginnings.bytes()]).cloned();
        SECTIONS.zip(self.forms.sections(records).into_iter().chain(all)).collect()
    }

    /// Whether there are so few words that all are searched for every word.
    fn is_small(&self) -> bool {
        self.keys.len() <= FEW_WORDS
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// As [`Forms::name`].
    pub(super) fn name<'r>(&self, registry: &'r Registry, id: NameId) -> Option<Cow<'r, Name>> {
        self.forms.name(registry, id)
    }

    /// As [`Forms::text`].
    pub(super) fn text<'r>(&self, registry: &'r Registry, id: NameId) -> Option<&'r str> {
        self.forms.text(registry, id)
    }

    /// The number of the entity that bears a name.
    pub(super) fn entity(&self, id: NameId) -> u32 {
        self.forms.entity(id)
    }

    /// As [`Forms::by_folded`].
    pub(super) fn by_folded<'r>(&self, registry: &'r Registry, form: &str) -> Vec<(NameId, &'r str)> {
        self.forms.by_folded(registry, form)
    }

    /// As [`Forms::by_folded`], so many at most.
    pub(super) fn by_folded_up_to<'r>(&self, registry: &'r Registry, form: &str, most: usize) -> Vec<(NameId, &'r str)> {
        self.forms.by_folded_up_to(registry, form, most)
    }

    /// Where the letters, or the postings, of a word are.
    fn stretch_of(&self, word: WordId, what: usize) -> Range<usize> {
        let at = OF_WORD * word as usize + what;
        self.vocabulary.get(at) as usize..self.vocabulary.get(at + OF_WORD) as usize
    }

    fn word_letters(&self, word: WordId) -> &[Letter] {
        self.letters.get(self.stretch_of(word, 0)).unwrap_or_default()
    }

    /// Touches what is known of words, as [`Numbers::touch`].
    fn touch(&self, words: impl Iterator<Item = WordId>) {
        self.vocabulary.touch(words.map(|word| OF_WORD * word as usize));
    }

    /// How many names have a word.
    fn frequency(&self, word: WordId) -> u32 {
        self.stretch_of(word, 1).len() as u32
    }

    /// The names that have a word, each with what is seen of it and the letters of its other words.
    fn names_with(&self, word: WordId) -> impl Iterator<Item = (NameId, Seen, LetterSet)> + '_ {
        let range = self.stretch_of(word, 1);
        let postings = self.postings.all().as_chunks::<OF_POSTING>().0.get(range).unwrap_or_default();
        let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        postings.iter().map(move |[name, seen, set]| (number(name), number(seen), number(set)))
    }

    /// Touches the first of the names that have words.
    fn touch_names_with(&self, words: impl Iterator<Item = WordId>) {
        self.postings.touch(words.map(|word| OF_POSTING * self.stretch_of(word, 1).start));
    }

    /// Where the words of a name lie.
    fn places_of(&self, name: NameId) -> Range<usize> {
        self.starts.stretch(name as usize)
    }

    fn words_of(&self, name: NameId) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.spelled.range(self.places_of(name))
    }

    /// What is known of a word, as [`packed`].
    fn known(&self, word: WordId) -> u32 {
        self.vocabulary.get(OF_WORD * word as usize + 2)
    }

    /// What a word of the registry costs when it is missing, in steps: the rarer and longer it is, the more.
    fn weight(&self, word: WordId) -> u32 {
        self.known(word) >> 24
    }

    /// The letters of a word as a set.
    fn letters_set(&self, word: WordId) -> LetterSet {
        self.vocabulary.get(OF_WORD * word as usize + 3)
    }

    /// What a word means by the tables of parts.
    fn sense(&self, word: WordId) -> Option<(u16, Sense)> {
        let number = self.known(word);
        let sense = Sense::ALL.get((number >> 16 & 7) as usize)?;
        (number & 0xFFFF != 0).then_some((number as u16, *sense))
    }

    /// The words that mean something by the tables of parts.
    fn words_meaning(&self, meaning: u16) -> impl Iterator<Item = WordId> + '_ {
        self.meant.find(hash_of_meaning(meaning)).filter(move |id| self.sense(*id).is_some_and(|(own, _)| own == meaning))
    }

    /// The bit of a word.
    fn bit(&self, word: WordId) -> Seen {
        1 << (self.known(word) >> 19 & 31)
    }

    /// The id of a word that some name has.
    fn word(&self, letters: &[Letter]) -> Option<WordId> {
        self.words.find(hash_of(letters)).find(|id| self.word_letters(*id) == letters)
    }
}

/// How many numbers of the vocabulary a word has, and how many of the postings a name.
const OF_WORD: usize = 4;
const OF_POSTING: usize = 3;

/// What is known of a word, as one number: what it means by the tables of parts (16 bits, 0 is nothing), what it does in a name (3), which of the
/// bits of [`Seen`] is its own (5), and what it weighs (8, see [`weight`]).
fn packed(sense: Option<(u16, Sense)>, hash: u64) -> u32 {
    sense.map_or(0, |(meaning, sense)| u32::from(meaning) | (sense as u32) << 16) | ((hash >> 40) as u32 % BITS) << 19
}

/// The logarithm to base 2 of a number above 0, to a tenth.
fn log2(number: u32) -> f32 {
    let whole = number.ilog2();
    whole as f32 + number as f32 / (1u32 << whole) as f32 - 1.0
}

/// What a word costs when it is missing, in steps, for a word that so many of so many names have.
pub(super) fn weight(letters: usize, frequency: u32, names: usize, sense: Option<Sense>) -> u32 {
    let WordWeights { cost, senses } = word_weights();
    let rarity = (1.0 - log2(frequency.max(1)) / log2(names.clamp(1000, u32::MAX as usize) as u32)).max(0.0);
    let letters = letters.min(cost.longest) as f32;
    crate::name::reading::steps((cost.word + cost.each_letter * letters * (1.0 - cost.rarity + cost.rarity * rarity)) * senses.of(sense))
}
