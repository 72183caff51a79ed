//! What a scheme can write: its outputs with the letters they come from, and the search for a source that the
//! scheme would have written as a given word.

use super::spelling::{self, Spelling};
use crate::scheme::Scheme;
use crate::text::is_mark;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// The most partial sources that are followed at one place of a word.
const BEAM: usize = 12;
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
    /// Whether a rule looks at the whole word, so that a part of a word says nothing.
    whole_words: bool,
    spelling: Option<&'static Spelling>,
}

/// An output in one of its cases.
struct Chunk {
    /// In NFD.
    form: Vec<char>,
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
}

impl Writer {
    /// The scheme under its defaults and under every other setting of one option.
    pub(super) fn all(scheme: &Scheme) -> Vec<Writer> {
        let mut writers = vec![Writer::new(scheme.clone(), None)];
        for option in &scheme.table.options {
            for value in option.values.iter().filter(|v| v.value != option.default.value) {
                if let Ok(set) = scheme.with_option(&option.name.value, &value.value) {
                    writers.push(Writer::new(set, Some((option.name.value.clone(), value.value.clone()))));
                }
            }
        }
        writers
    }

    fn new(scheme: Scheme, option: Option<(String, String)>) -> Writer {
        let table = scheme.table.clone();
        let mut writer = Writer {
            spelling: spelling::of(&table.language.value),
            option,
            chunks: FxHashMap::default(),
            dropped: Vec::new(),
            whole_words: table.rules.iter().any(|r| !r.word_has.is_empty() || !r.word_lacks.is_empty()),
            scheme,
        };
        for (letter, value) in &table.letters {
            if value.value.is_empty() {
                writer.dropped.push(letter.value.clone());
            } else if letter.value.chars().all(char::is_alphabetic) {
                writer.add(&letter.value, &value.value, false);
            }
        }
        let holds = |rule: &&crate::scheme::table::Rule| {
            rule.when.iter().all(|(name, value)| writer.scheme.options.get(&name.value) == Some(&value.value))
        };
        let rules: Vec<_> = table.rules.iter().filter(holds).filter(|r| !r.to.value.is_empty()).collect();
        for rule in rules {
            for from in &rule.from {
                writer.add(&from.value, &rule.to.value, !rule.after.is_empty());
            }
        }
        writer
    }

    fn add(&mut self, source: &str, output: &str, after: bool) {
        let table = self.scheme.table.clone();
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
        let mut letters = source.chars();
        let first: String = letters.by_ref().take(1).flat_map(char::to_uppercase).collect();
        let sources = [source.to_owned(), first + letters.as_str(), source.to_uppercase()];
        for (form, source) in [output.to_owned(), title, upper].into_iter().zip(sources) {
            let form: Vec<char> = form.nfd().collect();
            let Some(first) = form.first() else { continue };
            let known = self.chunks.entry(*first).or_default();
            // For what has no capital the small letter will do.
            if !known.iter().any(|c| c.form == form && c.source.to_lowercase() == source.to_lowercase()) {
                known.push(Chunk { form, source, after });
            }
        }
    }

    pub(super) fn outputs(&self) -> impl Iterator<Item = &[char]> {
        self.chunks.values().flatten().map(|c| c.form.as_slice())
    }

    fn at<'a>(&'a self, word: &'a [char]) -> impl Iterator<Item = &'a Chunk> {
        let chunks = word.first().and_then(|c| self.chunks.get(c)).map(Vec::as_slice).unwrap_or_default();
        chunks.iter().filter(|c| word.starts_with(&c.form))
    }

    /// How many letters of the word are in none of the scheme's outputs, at the least. The word is in NFD.
    pub(super) fn uncovered(&self, word: &[char]) -> u32 {
        let mut least = vec![u32::MAX; word.len() + 1];
        least[0] = 0;
        for at in 0..word.len() {
            let so_far = least[at];
            if so_far == u32::MAX {
                continue;
            }
            for chunk in self.at(&word[at..]) {
                let end = &mut least[at + chunk.form.len()];
                *end = so_far.min(*end);
            }
            let (end, cost) = skip(word, at);
            least[end] = least[end].min(so_far + cost);
        }
        least[word.len()]
    }

    /// How many letters speak against the scheme having written the word, when they are no more than `most`.
    pub(super) fn against(&self, word: &[char], most: u32, room: &mut Room) -> Option<u32> {
        let small: Vec<char> = word.iter().map(|c| fold(*c)).collect();
        let mut places: Vec<Vec<Node>> = (0..=word.len()).map(|_| Vec::new()).collect();
        places[0].push(Node { source: String::new(), skipped: 0, against: 0, starts: [0, 0] });
        for at in 0..word.len() {
            let mut nodes = std::mem::take(&mut places[at]);
            nodes.sort_by_key(|n| n.against);
            nodes.truncate(BEAM);
            for node in &nodes {
                let mut read = false;
                for chunk in self.at(&word[at..]) {
                    let end = &mut places[at + chunk.form.len()];
                    read |= self.step(node, &["", &chunk.source], at, 0, &small, most, end, room);
                    if chunk.after {
                        for dropped in &self.dropped {
                            read |= self.step(node, &[dropped, &chunk.source], at, 0, &small, most, end, room);
                        }
                    }
                }
                if !read {
                    // A letter that the scheme has is not passed over as lightly as one that it lacks.
                    let (end, cost) = skip(word, at);
                    let cost = cost << u32::from(self.at(&word[at..]).next().is_some());
                    let letters: String = word[at..end].iter().collect();
                    self.step(node, &["", &letters], at, cost, &small, most, &mut places[end], room);
                }
            }
        }
        let mut nodes = std::mem::take(&mut places[word.len()]);
        nodes.sort_by_key(|n| n.against);
        let mut least: Option<u32> = None;
        for node in nodes {
            room.forward.clear();
            self.scheme.transliterate_into(&node.source, &mut room.forward);
            let same = room.forward.nfd().map(fold).eq(small.iter().copied());
            let found = node.skipped + self.misspelt(&node.source, room) + u32::from(!same);
            least = Some(least.map_or(found, |l| l.min(found)));
        }
        least.filter(|l| *l <= most)
    }

    /// Takes a partial source one output further; false when the scheme would not have written so.
    #[allow(clippy::too_many_arguments)]
    fn step(
        &self,
        node: &Node,
        add: &[&str; 2],
        at: usize,
        cost: u32,
        small: &[char],
        most: u32,
        end: &mut Vec<Node>,
        room: &mut Room,
    ) -> bool {
        let skipped = node.skipped + cost;
        if skipped > most {
            return false;
        }
        room.source.clear();
        room.source.extend([node.source.as_str(), add[0], add[1]]);
        if !self.whole_words {
            // What the last outputs are may still depend on what follows; the sentinel keeps the word from ending.
            let len = room.source.len();
            room.source.push(SENTINEL);
            room.forward.clear();
            self.scheme.transliterate_into(&room.source, &mut room.forward);
            room.source.truncate(len);
            if agrees(&room.forward, small) < node.starts[0] {
                return false;
            }
        }
        let source = std::mem::take(&mut room.source);
        let len = source.len();
        let mut open = source;
        open.push(SENTINEL);
        let against = skipped + self.misspelt(&open, room);
        open.truncate(len);
        room.source = open;
        if against > most {
            return false;
        }
        // Sources that differ further back than rules look, and whose outputs are settled there, go on alike.
        let alike = |other: &str| other.chars().rev().take(CONTEXT).eq(room.source.chars().rev().take(CONTEXT));
        let starts = [node.starts[1], at];
        match end.iter_mut().find(|n| n.starts == starts && alike(&n.source)) {
            Some(known) if known.against <= against => {}
            Some(known) => *known = Node { source: room.source.clone(), skipped, against, starts },
            None => end.push(Node { source: room.source.clone(), skipped, against, starts }),
        }
        true
    }

    fn misspelt(&self, source: &str, room: &mut Room) -> u32 {
        let Some(spelling) = self.spelling else { return 0 };
        room.marks.clear();
        spelling.mark(source, &mut room.marks);
        room.marks.bytes().filter(|b| *b == b'!').count() as u32
    }
}

/// A letter that no table has.
const SENTINEL: char = 'x';

/// Where the letter at a place ends with its marks, and what it counts; digits count nothing.
fn skip(word: &[char], at: usize) -> (usize, u32) {
    let marks = word[at + 1..].iter().take_while(|c| is_mark(**c)).count();
    (at + 1 + marks, u32::from(!word[at].is_numeric()))
}

/// For how many characters a text and a word in NFD without case agree.
fn agrees(text: &str, small: &[char]) -> usize {
    match text.is_ascii() {
        true => text.bytes().zip(small).take_while(|(a, b)| char::from(a.to_ascii_lowercase()) == **b).count(),
        false => text.nfd().map(fold).zip(small).take_while(|(a, b)| a == *b).count(),
    }
}

/// A letter without its case.
fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}
