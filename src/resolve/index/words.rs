//! The words of the registry that a word may be taken for: by its letters, by how it sounds, and as a last resort among all words.

use super::keys::{ALMOST, Room};
use super::nearest::nearest;
use super::places::Places;
use super::skeleton::{Key, Reading, read, read_first};
use super::spelled::Spelled;
use super::{Index, LetterSet, NameId, Seen, WordId};
use crate::name::reading::{Bound, Comparer, Cost, Costs, Endings, Letter, Spelling, Word, steps};
use crate::text::Recent;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// For each letter and end of the word it costs this at most, and this when more is searched for than `MUCH`.
const FOR_LETTER: [u32; 2] = [steps(1.3), steps(2.2)];
const MUCH: u32 = steps(15.0);
/// A sound of fewer letters than this is another one sooner.
const SHORT_SOUND: usize = 6;
/// How many letters of two sounds differ at most, when one is short or not; and when all words are looked through, near and far.
const APART: [u32; 2] = [2, 3];
const APART_NEAR: [u32; 2] = [3, 4];
const APART_FAR: [u32; 2] = [4, 6];
/// How many of the words that sound alike are measured by their letters: of the same sounds, with an error, and of all.
const MEASURED: [usize; 3] = [16, 48, 192];
/// As many times more are looked at to choose them.
const CHOSEN: usize = 4;
/// What a difference of the sounds is worth beside what letters cost at least, in steps, to put words in an order.
const OF_SOUND: u32 = steps(5.0);
/// Words whose sets of letters differ in more than this cost more than is searched for: of the same sounds, and with an error.
const SETS_APART: [u32; 2] = [8, 10];
/// What a word of the same meaning costs.
pub(super) const SAME_MEANING: u32 = steps(1.0);
/// The letters of the longest abbreviation.
const ABBREVIATION: usize = 3;
/// Where a string has no more words than this, words of other endings are looked for from the start: each may be another name.
const FEW_OTHERS: usize = 2;
/// A word that more names have is not asked for the words beside it.
const MANY: u32 = 200;
/// How many readings of a word are looked for among all.
const SCANS: usize = 2;
/// How much worse than the best a word may be, in steps.
const MARGIN: u32 = steps(5.0);
/// The most words that are taken for a word.
pub(super) const WORDS: usize = 48;

/// Where a search goes, and how much a word may cost.
#[derive(Debug, Clone, Copy)]
pub(super) enum Search {
    /// The same letters.
    Same,
    /// Another spelling of the same sounds.
    Habit(u32),
    /// A consonant of them may be wrong.
    Error(u32),
    /// Any word.
    All(u32),
}

/// Words that stand in the string beside the one that is looked for.
#[derive(Default)]
pub(super) struct Beside {
    bits: Seen,
    letters: Vec<LetterSet>,
}

impl Beside {
    pub(super) fn clear(&mut self) {
        self.bits = 0;
        self.letters.clear();
    }

    pub(super) fn extend(&mut self, index: &Index, words: impl Iterator<Item = WordId>) {
        for word in words {
            self.bits |= index.bit(word);
            self.letters.push(index.letters_set(word));
        }
    }

    /// Whether a name seems to have a word beside one of these; not told of words that very many have.
    fn may_be_with(&self, index: &Index, word: WordId) -> bool {
        let has = |(_, seen, set): (NameId, Seen, LetterSet)| seen & self.bits != 0 && self.letters.iter().any(|own| own & !set == 0);
        index.frequency(word) > MANY || index.names_with(word).any(has)
    }
}

/// A word, how near it seems, and what it costs at least, in steps; as one number that is soon put in order: the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Tried(u64);

impl Tried {
    fn new(near: u32, least: u32, word: WordId) -> Tried {
        // No word costs so much.
        let half = |cost: u32| u64::from(cost.min(u32::from(u16::MAX)));
        Tried(half(near) << 48 | half(least) << 32 | u64::from(word))
    }

    fn least(self) -> u32 {
        (self.0 >> 32) as u32 & u32::from(u16::MAX)
    }

    fn word(self) -> WordId {
        self.0 as u32
    }
}

/// Which of the words that sound alike are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Those that sound almost the same.
    Almost,
    /// The others.
    Rest,
    All,
}

/// Room for searches, kept from one to the next.
pub(super) struct Words {
    /// What was found, with the costs, the cheapest first.
    pub found: Vec<(WordId, u32)>,
    /// What those that were measured for it cost by their letters.
    pub measured: Vec<(WordId, Cost)>,
    /// Whether others may be as near that stand beside nothing that the string has.
    pub is_partial: bool,
    comparer: Comparer,
    bound: Bound,
    letters: Vec<Letter>,
    cuts: Vec<(u8, u32)>,
    readings: Vec<Reading>,
    /// Words that sound alike, with the distance of their sounds.
    similar: Vec<(u32, WordId)>,
    places: Places,
    /// Readings of the word with other endings, with the skeletons of these; whether they were looked up.
    changed: Vec<Reading>,
    skeletons: FxHashSet<Key>,
    is_changed: bool,
    /// The different endings of groups.
    endings: FxHashMap<u32, Vec<Reading>>,
    /// Words by how near they seem, with what they cost at least.
    tried: Vec<Tried>,
    room: Room,
    /// For those with other endings, and for all.
    other_room: Room,
    /// What is asked, and what was of the index of a number.
    question: Vec<u8>,
    asked: Recent<Box<[(WordId, u32)]>>,
    index: u64,
    /// Words of the registry.
    pub spelled: Spelled,
}

impl Words {
    pub(super) fn new() -> Words {
        Words {
            found: Vec::new(),
            measured: Vec::new(),
            is_partial: false,
            comparer: Comparer::new(),
            bound: Bound::new(),
            letters: Vec::new(),
            cuts: Vec::new(),
            readings: Vec::new(),
            similar: Vec::new(),
            places: Places::default(),
            changed: Vec::new(),
            skeletons: FxHashSet::default(),
            is_changed: false,
            endings: FxHashMap::default(),
            tried: Vec::new(),
            room: Room::default(),
            other_room: Room::default(),
            question: Vec::new(),
            asked: Recent::default(),
            index: u64::MAX,
            spelled: Spelled::new(),
        }
    }

    /// Finds the words that a word may be taken for. Of those with errors only such as names have with what stands beside them, where there are any.
    pub(super) fn find(&mut self, index: &Index, query: &Spelling, word: &Word, (search, beside): (Search, &Beside)) {
        self.found.clear();
        self.measured.clear();
        self.is_partial = false;
        self.letters.clear();
        self.letters.extend_from_slice(query.letters_of(word));
        let is_search = !matches!(search, Search::Same) && !word.is_number;
        if is_search {
            self.ask(query, word, (search, beside));
            if self.index != index.number {
                (self.index, self.asked) = (index.number, Recent::default());
            }
            if let Some(found) = self.asked.answer(&self.question) {
                self.found.extend_from_slice(found);
                self.is_partial = beside.bits != 0;
                return;
            }
        }
        match search {
            Search::Habit(budget) | Search::Error(budget) | Search::All(budget) if is_search => {
                self.by_sound(index, (query, word), (search, beside), within(budget, word));
                if query.words.len() > 1 {
                    self.of_one_meaning(index, word);
                }
            }
            _ => self.found.extend(index.word(&self.letters).map(|id| (id, 0))),
        }
        self.found.sort_unstable_by_key(|(id, cost)| (*cost, *id));
        let limit = self.found.first().map_or(0, |(_, cost)| cost + MARGIN);
        let near = self.found.iter().take(WORDS).take_while(|(_, cost)| *cost <= limit).count();
        self.found.truncate(near);
        if is_search {
            self.asked.keep(&self.question, self.found.as_slice().into());
        }
    }

    /// Makes the question for a word: all that an answer depends on.
    fn ask(&mut self, query: &Spelling, word: &Word, (search, beside): (Search, &Beside)) {
        let (kind, budget) = match search {
            Search::Same => (0, 0),
            Search::Habit(budget) => (1, budget),
            Search::Error(budget) => (2, budget),
            Search::All(budget) => (3, budget),
        };
        let meaning = word.sense.map_or(0, |(meaning, _)| meaning);
        self.question.clear();
        self.question.extend([kind, query.words.len().min(FEW_OTHERS + 1) as u8]);
        self.question.extend(budget.to_le_bytes().into_iter().chain(meaning.to_le_bytes()));
        self.question.extend(beside.letters.iter().flat_map(|set| set.to_le_bytes()).chain(beside.bits.to_le_bytes()));
        self.question.extend_from_slice(&self.letters);
    }

    /// Notes the words that sound like the letters and cost no more than a limit.
    fn by_sound(&mut self, index: &Index, (query, word): (&Spelling, &Word), (search, beside): (Search, &Beside), limit: u32) {
        read(&self.letters, &mut self.readings);
        index.keys.look_up(&self.readings, !matches!(search, Search::Habit(_)), &mut self.room);
        self.is_changed = false;
        self.bound.take(query, word);
        let mut left = measured(search).0;
        let stages: &[Reach] = match search {
            // A name of one word is as near to others.
            _ if query.words.len() == 1 => &[Reach::All],
            // What is only spelled otherwise sounds almost the same.
            Search::Habit(_) => &[Reach::Almost],
            // With errors that goes first, and the rest only where none of it is near. A word that may be read in several ways may sound otherwise.
            Search::Error(_) if self.readings.len() == 1 => &[Reach::Almost, Reach::Rest],
            _ => &[Reach::All],
        };
        for reach in stages {
            self.sounding_alike(index, search, *reach, limit, query.words.len() <= FEW_OTHERS);
            nearest(&mut self.similar, CHOSEN * left, &mut self.places);
            let with = self.with(index, beside);
            for range in [0..with, with..self.similar.len()] {
                left -= self.measure(index, (query, word), range.clone(), measured(search).1, limit, left);
                if !self.found.is_empty() || left == 0 {
                    self.is_partial = range.end < self.similar.len();
                    return;
                }
            }
        }
    }

    /// Notes the words that sound like the letters, of those whose keys were looked up and of those with other endings.
    fn sounding_alike(&mut self, index: &Index, search: Search, reach: Reach, limit: u32, has_few: bool) {
        self.similar.clear();
        let is_long = usize::from(self.readings[0].sound.len() >= SHORT_SOUND);
        let most = if reach == Reach::Almost { ALMOST } else { APART[is_long] };
        if let Search::All(budget) = search {
            let most = if budget > MUCH { APART_FAR } else { APART_NEAR }[is_long];
            for reading in self.readings.iter().take(SCANS) {
                index.keys.scan(reading, most, &mut self.other_room, &mut self.similar);
            }
        }
        match reach {
            Reach::Almost => index.keys.almost(&self.readings, &self.room, &mut self.similar),
            _ => index.keys.near(&self.readings, most, &mut self.room, &mut self.similar),
        }
        // Among many words these are looked for once: with the spellings of habit, or else with the errors. Among few they are always: a name
        // that is only spelled by habit is no nearer for it.
        let errors = !matches!(search, Search::Habit(_));
        if errors != has_few || index.is_small() {
            if !std::mem::replace(&mut self.is_changed, true) {
                self.change_endings(index, limit);
            }
            index.keys.near(&self.changed, most, &mut self.other_room, &mut self.similar);
        }
        if reach == Reach::Rest {
            self.similar.retain(|(distance, _)| *distance > ALMOST);
        }
    }

    /// Puts the words that sound alike first that names seem to have with what stands beside them; how many.
    fn with(&mut self, index: &Index, beside: &Beside) -> usize {
        let mut count = 0;
        if beside.bits != 0 {
            index.touch(self.similar.iter().map(|(_, id)| *id));
            index.touch_names_with(self.similar.iter().map(|(_, id)| *id));
            for at in 0..self.similar.len() {
                if beside.may_be_with(index, self.similar[at].1) {
                    self.similar.swap(at, count);
                    count += 1;
                }
            }
        }
        count
    }

    /// Notes which of a range of the words that sound alike cost no more than a limit, and whose sets of letters differ in no more letters than `apart`. At most
    /// `most` are measured; how many were, is given.
    fn measure(
        &mut self,
        index: &Index,
        (query, word): (&Spelling, &Word),
        range: Range<usize>,
        apart: u32,
        mut limit: u32,
        most: usize,
    ) -> usize {
        let set = Costs::get().signature(self.letters.iter().copied());
        let similar = &self.similar[range];
        self.tried.clear();
        index.touch(similar.iter().map(|(_, id)| *id));
        for (distance, id) in similar {
            if (set ^ index.letters_set(*id)).count_ones() <= apart {
                let least = self.bound.least(index.word_letters(*id), limit);
                if least <= limit {
                    self.tried.push(Tried::new(least + OF_SOUND * *distance, least, *id));
                }
            }
        }
        // The nearest first.
        if self.tried.len() > most {
            self.tried.select_nth_unstable(most);
            self.tried.truncate(most);
        }
        self.tried.sort_unstable();
        for (least, id) in self.tried.iter().map(|tried| (tried.least(), tried.word())) {
            // What is much farther than they are need not be read.
            if least > limit && self.bound.least(index.word_letters(id), limit) > limit {
                continue;
            }
            // By its letters: what it means is for the comparison of names.
            let spelling = self.spelled.word(index, id);
            let Some(other) = spelling.words.first().filter(|word| !word.is_initial) else { continue };
            let (cost, noted) = self.comparer.word_cost_from((query, word), (spelling, other), least.min(limit), limit);
            if cost <= limit {
                self.measured.push((id, (cost, noted)));
                // What is farther from the best is not kept.
                limit = limit.min(cost + MARGIN);
                self.found.push((id, cost));
            }
        }
        self.tried.len()
    }

    /// Notes words that mean the same, whatever their letters: ministry, министрлігі. A word alone is a name, not what it means, and
    /// abbreviations (РК) stand beside too many others.
    fn of_one_meaning(&mut self, index: &Index, word: &Word) {
        let Some((meaning, _)) = word.sense else { return };
        for id in index.words_meaning(meaning).filter(|id| index.word_letters(*id).len() > ABBREVIATION) {
            match self.found.iter_mut().find(|(known, _)| *known == id) {
                Some((_, cost)) => *cost = (*cost).min(SAME_MEANING),
                None => self.found.push((id, SAME_MEANING)),
            }
        }
    }

    /// Looks up words of the same stem with another ending.
    fn change_endings(&mut self, index: &Index, limit: u32) {
        let endings = Endings::get();
        endings.cuts(&self.letters, &mut self.cuts);
        self.changed.clear();
        self.skeletons.clear();
        let near = endings.groups(u32::MAX).filter(|(_, group)| group.cost <= limit).fold(0, |near, (number, _)| near | 1 << number);
        for (stem, groups) in &self.cuts {
            let stem = read_first(&self.letters[..usize::from(*stem)]);
            for ending in self.endings.entry(groups & near).or_insert_with_key(|groups| distinct(*groups)) {
                let whole = stem.then(*ending);
                if self.skeletons.insert(whole.skeleton) {
                    self.changed.push(whole);
                }
            }
        }
        index.keys.look_up(&self.changed, false, &mut self.other_room);
    }
}

/// How many words are measured at most, and in how many letters their sets may differ.
fn measured(search: Search) -> (usize, u32) {
    match search {
        Search::Same | Search::Habit(_) => (MEASURED[0], SETS_APART[0]),
        Search::Error(_) => (MEASURED[1], SETS_APART[1]),
        Search::All(_) => (MEASURED[2], u32::MAX),
    }
}

/// For each group of endings those of different skeletons.
static SOUNDS: LazyLock<Vec<Vec<Reading>>> = LazyLock::new(|| {
    let of = |endings: &[Vec<Letter>]| {
        let mut sounds: Vec<Reading> = Vec::new();
        for ending in endings {
            let reading = read_first(ending);
            if sounds.iter().all(|sound| sound.skeleton != reading.skeleton) {
                sounds.push(reading);
            }
        }
        sounds
    };
    Endings::get().groups(u32::MAX).map(|(_, group)| of(&group.endings)).collect()
});

/// The endings of these groups, the first of those whose skeleton is the same after any stem.
fn distinct(groups: u32) -> Vec<Reading> {
    let mut all: Vec<Reading> = Vec::new();
    for ending in Endings::get().groups(groups).flat_map(|(number, _)| &SOUNDS[number]) {
        let is_same = |other: &Reading| other.skeleton == ending.skeleton && other.sound.symbols().next() == ending.sound.symbols().next();
        if !all.iter().any(is_same) {
            all.push(*ending);
        }
    }
    all
}

/// The budget for a word of its length.
fn within(budget: u32, word: &Word) -> u32 {
    // Its ends count.
    budget.min(FOR_LETTER[usize::from(budget > MUCH)] * (u32::from(word.letters) + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::Registry;
    use crate::Scheme;
    use crate::registry::RegistryFormat::Csv;

    /// Of the words that comparing with every one finds, which are found, in every script. What a search misses is short, or other by its sound
    /// (дж for ж); the search among all finds it.
    #[test]
    fn what_comparing_with_every_word_finds_is_found() {
        let tables = [include_str!("../../../tables/words/rus.tsv"), include_str!("../../../tables/words/kaz.tsv")];
        let words = |table: &'static str| table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
        let known: Vec<&str> = tables.into_iter().flat_map(|table| words(table).step_by(7).take(1200)).collect();
        let lines: String = known.iter().enumerate().map(|(id, word)| format!("{id},{word}\n")).collect();
        let registry = Registry::from_text(&format!("id,name\n{lines}"), "words.csv", Csv).unwrap();
        let index = Index::new(&registry, &crate::resolve::index::Forms::new(&registry));
        let count = (index.vocabulary.len() / super::super::OF_WORD) as WordId - 1;
        let schemes = ["rus-bgnpcgn-1947", "rus-iso-9-1995", "kaz-latn-2021", "kaz-arab-mw", "kaz-bgnpcgn-1979"]
            .map(|id| Scheme::builtin(id).unwrap());
        let (mut finder, mut comparer) = (Words::new(), Comparer::new());
        let mut spelled = Spelling::default();
        // For each search: how many there are, and how many of them are found.
        let mut shares = [(Search::Habit(steps(2.0)), 0, 0), (Search::Error(steps(6.5)), 0, 0), (Search::All(steps(11.0)), 0, 0)];
        for (at, word) in known.iter().enumerate().filter(|(at, _)| at % 12 == 0) {
            let half = usize::from(at >= 1200);
            let written = match at / 12 % 4 {
                0 => (*word).to_owned(),
                1 => schemes[2 * half].transliterate(word),
                2 => schemes[2 * half + 1].transliterate(word),
                _ => schemes[3 * half].transliterate(word),
            };
            // Every other one lacks its third letter.
            let written: String = written.chars().enumerate().filter(|(i, _)| at / 12 % 2 == 0 || *i != 2).map(|(_, c)| c).collect();
            let query = Spelling::of(&crate::text::fold(&written));
            let Some(asked) = query.words.first().filter(|w| !w.is_initial) else { continue };
            let mut costs: Vec<(u32, WordId)> = (0..count)
                .filter_map(|id| {
                    spelled.clear();
                    spelled.push_word(index.word_letters(id), 0..0, false);
                    let other = spelled.words.first().filter(|w| !w.is_initial)?;
                    Some((comparer.word_cost((&query, asked), (&spelled, other), (steps(11.0), 0)), id))
                })
                .collect();
            costs.sort_unstable();
            for (search, all, met) in &mut shares {
                let (Search::Habit(budget) | Search::Error(budget) | Search::All(budget)) = *search else { continue };
                finder.find(&index, &query, asked, (*search, &Beside::default()));
                // Only what is about as near as the nearest is kept.
                let near = costs[0].0 + steps(2.0);
                for (_, id) in costs.iter().take(8).filter(|(cost, _)| *cost <= near.min(within(budget, asked))) {
                    *all += 1;
                    *met += usize::from(finder.found.iter().any(|(found, _)| found == id));
                }
            }
        }
        let share = |at: usize| shares[at].2 as f64 / shares[at].1 as f64;
        assert!(shares.iter().all(|(_, all, _)| *all >= 90), "{shares:?}");
        assert!(share(0) >= 0.9 && share(1) >= 0.83 && share(2) >= 0.97, "{shares:?}");
    }
}
