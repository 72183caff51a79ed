//! What a scheme can write: its outputs with the letters they come from, and the search for a source that the
//! scheme would have written as a given word.

use super::alike::{Alike, Traits};
use super::spelling::{self, Spelling};
use crate::scheme::Scheme;
use crate::scheme::language::language;
use crate::scheme::pattern::{Atom, parse_pattern};
use crate::scheme::table::{Rule, Table};
use crate::text::{At, is_mark};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// The most partial sources of a word that are looked at; no word of either language needs nearly as many.
const MOST_NODES: usize = 4096;
/// How many letters back two partial sources must agree to be followed as one.
const CONTEXT: usize = 5;

/// A scheme under one setting of its options.
pub(super) struct Writer {
    scheme: Scheme,
    /// The option that is not at its default, and its value.
    pub option: Option<(String, String)>,
    /// Outputs by their first character.
    chunks: FxHashMap<char, Vec<Chunk>>,
    /// Letters that are dropped.
    dropped: Vec<String>,
    /// The letters that rules ask a whole word for, so that a part of a word says nothing.
    of_words: Vec<Vec<char>>,
    spelling: Option<&'static Spelling>,
    pub(super) traits: Traits,
}

/// An output in NFD.
pub(super) type Form = Vec<char>;

/// An output in one of its cases.
struct Chunk {
    form: Form,
    source: String,
    /// Whether it depends on the letter before.
    after: bool,
}

/// A partial source.
struct Node {
    source: String,
    /// Letters of the word that no letter of the source gives.
    skipped: u32,
    /// Those, and letters of the source where the language does not put them.
    against: u32,
    /// Where the last two outputs began.
    starts: [usize; 2],
}

/// Buffers that the search uses again and again.
#[derive(Default)]
pub(super) struct Room {
    forward: String,
    source: String,
    marks: String,
    /// What was found misspelt, by language.
    misspelt: FxHashMap<usize, FxHashMap<String, u32>>,
}

impl Room {
    /// Forgets what is of account for one word only.
    pub(super) fn clear(&mut self) {
        self.misspelt.values_mut().for_each(FxHashMap::clear);
    }
}

impl Writer {
    /// The scheme under its defaults and under every other setting of one option.
    pub(super) fn all(scheme: &Scheme, alike: &mut Alike) -> Vec<Writer> {
        let mut writers = vec![Writer::new(scheme.clone(), None, alike)];
        for option in &scheme.table.options {
            for value in option.values.iter().filter(|v| v.value != option.default.value) {
                if let Ok(set) = scheme.with_option(&option.name.value, &value.value) {
                    writers.push(Writer::new(set, Some((option.name.value.clone(), value.value.clone())), alike));
                }
            }
        }
        writers
    }

    fn new(scheme: Scheme, option: Option<(String, String)>, alike: &mut Alike) -> Writer {
        let table = scheme.table.clone();
        let mut writer = Writer {
            spelling: spelling::of(&table.language.value),
            option,
            chunks: FxHashMap::default(),
            dropped: Vec::new(),
            of_words: of_words(&table),
            traits: Traits::default(),
            scheme,
        };
        for (letter, value) in &table.letters {
            if value.value.is_empty() {
                writer.dropped.push(letter.value.clone());
            } else if letter.value.chars().all(char::is_alphabetic) {
                writer.add(&letter.value, &value.value, false);
            }
        }
        let set = |(name, value): &(At<String>, At<String>)| writer.scheme.options.get(&name.value) == Some(&value.value);
        let rules: Vec<&Rule> = table.rules.iter().filter(|rule| rule.when.iter().all(set)).collect();
        for rule in rules.iter().filter(|r| !r.to.value.is_empty()) {
            for from in &rule.from {
                writer.add(&from.value, &rule.to.value, !rule.after.is_empty());
            }
        }
        writer.traits = alike.traits(&table, &rules, &writer);
        writer
    }

    /// An output with small letters, with one capital, and with capitals, in NFD.
    pub(super) fn forms(&self, output: &str) -> [Form; 3] {
        let table: &Table = &self.scheme.table;
        let raise = |c: char| -> Vec<char> {
            let own = table.upper.iter().find(|(from, _)| from.value.chars().eq([c]));
            own.map_or_else(|| c.to_uppercase().collect(), |(_, to)| to.value.chars().collect())
        };
        let upper: String = output.chars().flat_map(raise).collect();
        let title = table.title_forms.iter().find(|(from, _)| from.value == output).map(|(_, to)| to.value.clone());
        let title = title.unwrap_or_else(|| {
            let mut raised = false;
            let first = |c: char| {
                let capital = raise(c);
                match raised || capital == [c] {
                    true => vec![c],
                    false => {
                        raised = true;
                        capital
                    }
                }
            };
            output.chars().flat_map(first).collect()
        });
        [output, &title, &upper].map(|form| form.nfd().collect())
    }

    fn add(&mut self, source: &str, output: &str, after: bool) {
        let mut letters = source.chars();
        let first: String = letters.by_ref().take(1).flat_map(char::to_uppercase).collect();
        let sources = [source.to_owned(), first + letters.as_str(), source.to_uppercase()];
        for (form, source) in self.forms(output).into_iter().zip(sources) {
            let Some(first) = form.first() else { continue };
            let known = self.chunks.entry(*first).or_default();
            // For what has no capital the small letter will do.
            if !known.iter().any(|c| c.form == form && c.source.to_lowercase() == source.to_lowercase()) {
                known.push(Chunk { form, source, after });
            }
        }
    }

    /// The outputs, each with a source and whether it depends on the letter before.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Form, &str, bool)> {
        self.chunks.values().flatten().map(|c| (&c.form, c.source.as_str(), c.after))
    }

    /// What hangs on no letter.
    pub(super) fn whole(&self) -> impl std::fmt::Debug {
        !self.of_words.is_empty()
    }

    pub(super) fn outputs(&self) -> impl Iterator<Item = &[char]> {
        self.chunks.values().flatten().map(|c| c.form.as_slice())
    }

    fn at<'a>(&'a self, word: &'a [char]) -> impl Iterator<Item = &'a Chunk> {
        let chunks = word.first().and_then(|c| self.chunks.get(c)).map(Vec::as_slice).unwrap_or_default();
        chunks.iter().filter(|c| word.starts_with(&c.form))
    }

    /// How many letters speak against the scheme having written the word, when they are no more than `most`.
    ///
    /// Of all partial sources the one goes on that the fewest letters speak against, and of those the last found.
    pub(super) fn against(&self, word: &[char], most: u32, room: &mut Room) -> Option<u32> {
        let small: Vec<char> = word.iter().map(|c| fold(*c)).collect();
        let mut search = Search { small: &small, most, nodes: Vec::new(), open: vec![Vec::new(); most as usize + 1], places: Vec::new() };
        search.places.resize(word.len() + 1, Vec::new());
        search.add(0, 0, Node { source: String::new(), skipped: 0, against: 0, starts: [0, 0] });
        search.open_from(0);
        let mut least: Option<u32> = None;
        while least != Some(0)
            && search.nodes.len() < MOST_NODES
            && let Some(number) = search.open.iter_mut().find_map(Vec::pop)
        {
            let Some((at, node)) = search.nodes[number].take() else { continue };
            // Letters that are out of place so far may find theirs; those that nothing gives stay.
            if least.is_some_and(|least| node.skipped >= least) {
                continue;
            }
            if at == word.len() {
                room.forward.clear();
                self.scheme.transliterate_into(&node.source, &mut room.forward);
                let same = room.forward.nfd().map(fold).eq(small.iter().copied());
                let found = node.skipped + self.misspelt(&node.source, room) + u32::from(!same);
                least = Some(least.map_or(found, |least| least.min(found)));
                continue;
            }
            let mut read = false;
            let first = search.nodes.len();
            for chunk in self.at(&word[at..]) {
                let end = at + chunk.form.len();
                read |= self.step(&node, &["", &chunk.source], [at, end], 0, &mut search, room);
                if chunk.after {
                    for dropped in &self.dropped {
                        read |= self.step(&node, &[dropped, &chunk.source], [at, end], 0, &mut search, room);
                    }
                }
            }
            if !read {
                // A letter that the scheme has is not passed over as lightly as one that it lacks.
                let (end, cost) = skip(word, at);
                let cost = cost << u32::from(self.at(&word[at..]).next().is_some());
                let letters: String = word[at..end].iter().collect();
                self.step(&node, &["", &letters], [at, end], cost, &mut search, room);
            }
            search.open_from(first);
        }
        least.filter(|l| *l <= most)
    }

    /// Takes a partial source one output further, which goes from one place of the word to another; false when the scheme
    /// would not have written so.
    fn step(&self, node: &Node, add: &[&str; 2], [at, end]: [usize; 2], cost: u32, search: &mut Search, room: &mut Room) -> bool {
        let skipped = node.skipped + cost;
        if skipped > search.most {
            return false;
        }
        room.source.clear();
        room.source.extend([node.source.as_str(), add[0], add[1]]);
        let len = room.source.len();
        // What the last outputs are may still depend on what follows; the sentinel keeps the word from ending.
        room.source.push(SENTINEL);
        if self.of_words.is_empty() && node.starts[0] > 0 {
            room.forward.clear();
            self.scheme.transliterate_into(&room.source, &mut room.forward);
            if agrees(&room.forward, search.small) < node.starts[0] {
                return false;
            }
        }
        let open = std::mem::take(&mut room.source);
        let against = skipped + self.misspelt(&open, room);
        room.source = open;
        room.source.truncate(len);
        if against > search.most {
            return false;
        }
        let words = self.of_words.iter().map(|letters| room.source.chars().any(|c| letters.contains(&fold(c))));
        let words = words.fold(0, |all, has| all << 1 | u64::from(has));
        search.add(end, words, Node { source: room.source.clone(), skipped, against, starts: [node.starts[1], at] });
        true
    }

    fn misspelt(&self, source: &str, room: &mut Room) -> u32 {
        let Some(spelling) = self.spelling else { return 0 };
        let known = room.misspelt.entry(std::ptr::from_ref(spelling).addr()).or_default();
        if let Some(found) = known.get(source) {
            return *found;
        }
        room.marks.clear();
        spelling.mark(source, &mut room.marks);
        let found = room.marks.bytes().filter(|b| *b == b'!').count() as u32;
        known.insert(source.to_owned(), found);
        found
    }
}

/// Where the last two outputs began, the last letters, and what of the letters that rules ask a word for there is.
type Further = ([usize; 2], [char; CONTEXT], u64);

/// Partial sources of a word.
struct Search<'w> {
    /// The word without its case.
    small: &'w [char],
    most: u32,
    /// Those that did not go on yet.
    nodes: Vec<Option<(usize, Node)>>,
    /// For each number of letters against, where in the word such nodes are, and their numbers.
    open: Vec<Vec<usize>>,
    /// For each place of the word the sources that lead there, by what of them is of account further on, with the numbers
    /// of their nodes and the letters against them.
    places: Vec<Vec<(Further, usize, u32)>>,
}

impl Search<'_> {
    fn add(&mut self, at: usize, words: u64, node: Node) {
        // Sources that differ further back than rules look, and whose outputs are settled there, go on alike.
        let mut last = ['\0'; CONTEXT];
        last.iter_mut().zip(node.source.chars().rev()).for_each(|(to, c)| *to = c);
        let further = (node.starts, last, words);
        let number = self.nodes.len();
        match self.places[at].iter_mut().find(|(known, ..)| *known == further) {
            Some((.., against)) if *against <= node.against => return,
            Some((_, known, against)) => {
                self.nodes[*known] = None;
                (*known, *against) = (number, node.against);
            }
            None => self.places[at].push((further, number, node.against)),
        }
        self.nodes.push(Some((at, node)));
    }

    /// Lets new nodes go on, the first found before the others.
    fn open_from(&mut self, first: usize) {
        for number in (first..self.nodes.len()).rev() {
            if let Some((_, node)) = &self.nodes[number] {
                self.open[node.against as usize].push(number);
            }
        }
    }
}

/// The letters that rules ask a whole word for.
fn of_words(table: &Table) -> Vec<Vec<char>> {
    let Some(language) = language(&table.language.value) else { return Vec::new() };
    let atoms = table.rules.iter().flat_map(|r| r.word_has.iter().chain(&r.word_lacks)).flat_map(|p| parse_pattern(&p.value, language));
    let letters = |atom| match atom {
        Atom::Letter(c) => Some(vec![c]),
        Atom::Class(name) => language.classes.get(&name).cloned(),
        Atom::Start | Atom::End => None,
    };
    let mut found: Vec<_> = atoms.flatten().filter_map(letters).collect();
    found.sort();
    found.dedup();
    found
}

/// A letter that no table has.
const SENTINEL: char = 'x';

/// Where the letter at a place ends with its marks, and what it counts; digits count nothing.
pub(super) fn skip(word: &[char], at: usize) -> (usize, u32) {
    let marks = word[at + 1..].iter().take_while(|c| is_mark(**c)).count();
    (at + 1 + marks, u32::from(!word[at].is_numeric()))
}

/// For how many characters a text and a word in NFD without case agree.
fn agrees(text: &str, small: &[char]) -> usize {
    let mut count = 0;
    let mut marks = false;
    for c in text.chars() {
        let alike = if c.is_ascii() {
            marks = false;
            let alike = small.get(count) == Some(&c.to_ascii_lowercase());
            count += usize::from(alike);
            alike
        } else {
            let mut alike = true;
            decompose_canonical(c, |part| {
                // Marks one after the other have an order.
                alike &= small.get(count) == Some(&fold(part)) && !(marks && is_mark(part));
                marks = is_mark(part);
                count += usize::from(alike);
            });
            alike
        };
        if !alike {
            break;
        }
    }
    count
}

/// A letter without its case.
fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}
