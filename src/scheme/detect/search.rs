//! The search for a source that a scheme would have written as a given word.

use super::alike::Spot;
use super::writer::Writer;
use crate::text::is_mark;
use rustc_hash::FxHashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// The most partial sources of a word that are looked at; no word of either language needs nearly as many.
const MOST_NODES: usize = 4096;
/// How many letters back two partial sources must agree to be followed as one.
const CONTEXT: usize = 5;
/// A letter that no table has, of two bytes as theirs are.
const SENTINEL: char = 'µ';

/// A partial source.
#[derive(Clone)]
struct Node {
    /// Its place in the text of all sources.
    source: Range<usize>,
    /// How far in the word it goes.
    at: usize,
    /// Letters of the word that no letter of the source gives.
    skipped: u32,
    /// Those, and letters of the source where the language does not put them.
    against: u32,
    /// Where the last two outputs began.
    starts: [usize; 2],
    /// Whether it did not go on yet.
    open: bool,
}

/// Where the last two outputs began, the last letters, and what of the letters that rules ask a word for there is.
type Further = ([usize; 2], [char; CONTEXT], u64);

/// A word and the partial sources of it for one scheme. Its buffers are used again and again.
#[derive(Default)]
pub(super) struct Search {
    /// The word in NFD, and without its case.
    word: Vec<char>,
    small: Vec<char>,
    /// For each place of the word how many letters from there on are in none of the scheme's outputs, at the least.
    uncovered: Vec<u32>,
    most: u32,
    sources: String,
    nodes: Vec<Node>,
    /// For each number of letters against the nodes that did not go on yet.
    open: Vec<Vec<usize>>,
    /// For each place of the word the nodes that lead there, by what of them is of account further on.
    places: Vec<Vec<(Further, usize)>>,
    forward: String,
    marks: String,
    /// How many letters of a source are misspelt, by language.
    misspelt: FxHashMap<&'static str, FxHashMap<Box<str>, u32>>,
}

impl Search {
    /// Takes up another word, in NFD.
    pub(super) fn begin(&mut self, word: &[char]) {
        self.word.clear();
        self.word.extend(word);
        self.small.clear();
        self.small.extend(word.iter().map(|c| fold(*c)));
        self.misspelt.values_mut().for_each(FxHashMap::clear);
    }

    /// How many letters speak against the scheme having written the word, when they are no more than `most`. `spots` are the
    /// outputs in the word, its own and others.
    ///
    /// Of all partial sources the one goes on that the fewest letters speak against, and of those the last found.
    pub(super) fn against(&mut self, writer: &Writer, spots: &[Spot], most: u32) -> Option<u32> {
        self.most = most;
        writer.traits.uncovered(&self.word, spots, &mut self.uncovered);
        self.sources.clear();
        self.nodes.clear();
        self.open.iter_mut().for_each(Vec::clear);
        self.open.resize(self.open.len().max(most as usize + 1), Vec::new());
        self.places.iter_mut().for_each(Vec::clear);
        self.places.resize(self.places.len().max(self.word.len() + 1), Vec::new());
        self.nodes.push(Node { source: 0..0, at: 0, skipped: 0, against: 0, starts: [0, 0], open: true });
        self.open_from(0);
        let mut least: Option<u32> = None;
        while least != Some(0)
            && self.nodes.len() < MOST_NODES
            && let Some(number) = self.open.iter_mut().find_map(Vec::pop)
        {
            let node = &mut self.nodes[number];
            // Letters that are out of place so far may find theirs; those that nothing gives stay.
            let surely = node.skipped + self.uncovered[node.at];
            if !node.open || surely > most || least.is_some_and(|least| surely >= least) {
                continue;
            }
            node.open = false;
            let node = node.clone();
            if node.at == self.word.len() {
                let found = self.whole(writer, &node);
                least = Some(least.map_or(found, |least| least.min(found)));
            } else {
                let first = self.nodes.len();
                self.go_on(writer, &node);
                self.open_from(first);
            }
        }
        least.filter(|l| *l <= most)
    }

    /// How many letters speak against a source of the whole word.
    fn whole(&mut self, writer: &Writer, node: &Node) -> u32 {
        self.forward.clear();
        writer.scheme.transliterate_into(&self.sources[node.source.clone()], &mut self.forward);
        let same = self.forward.nfd().map(fold).eq(self.small.iter().copied());
        node.skipped + self.misspelt(writer, node.source.clone()) + u32::from(!same)
    }

    /// Takes a partial source further in every way.
    fn go_on(&mut self, writer: &Writer, node: &Node) {
        let word = std::mem::take(&mut self.word);
        let mut read = false;
        let mut any = false;
        for chunk in writer.at(&word[node.at..]) {
            any = true;
            let end = node.at + chunk.form.len();
            read |= self.step(writer, node, ["", &chunk.source], end, 0);
            if chunk.after {
                for dropped in &writer.dropped {
                    read |= self.step(writer, node, [dropped, &chunk.source], end, 0);
                }
            }
        }
        if !read {
            // A letter that the scheme has is not passed over as lightly as one that it lacks.
            let (end, cost) = skip(&word, node.at);
            // Without marks of their own, which would take the slow way through the scheme.
            let letters: String = word[node.at..end].iter().copied().nfc().collect();
            self.step(writer, node, ["", &letters], end, cost << u32::from(any));
        }
        self.word = word;
    }

    /// Takes a partial source one output further, to a place of the word; false when the scheme would not have written so.
    fn step(&mut self, writer: &Writer, node: &Node, add: [&str; 2], end: usize, cost: u32) -> bool {
        let skipped = node.skipped + cost;
        if skipped > self.most {
            return false;
        }
        let start = self.sources.len();
        self.sources.extend_from_within(node.source.clone());
        add.iter().for_each(|part| self.sources.push_str(part));
        let source = start..self.sources.len();
        // What the last outputs are may still depend on what follows; the sentinel keeps the word from ending.
        self.sources.push(SENTINEL);
        let added = self.step_to(writer, node, source, end, skipped);
        match added {
            Some(true) => self.sources.truncate(self.sources.len() - SENTINEL.len_utf8()),
            _ => self.sources.truncate(start),
        }
        added.is_some()
    }

    /// Whether a source, behind which the sentinel stands, is a new one; nothing when the scheme would not have written so.
    fn step_to(&mut self, writer: &Writer, node: &Node, source: Range<usize>, end: usize, skipped: u32) -> Option<bool> {
        let open = source.start..self.sources.len();
        if writer.of_words.is_empty() && node.starts[0] > 0 {
            self.forward.clear();
            writer.scheme.transliterate_into(&self.sources[open.clone()], &mut self.forward);
            if agrees(&self.forward, &self.small) < node.starts[0] {
                return None;
            }
        }
        let against = skipped + self.misspelt(writer, open);
        if against > self.most {
            return None;
        }
        let text = &self.sources[source.clone()];
        // Sources that differ further back than rules look, and whose outputs are settled there, go on alike.
        let mut last = ['\0'; CONTEXT];
        last.iter_mut().zip(text.chars().rev()).for_each(|(to, c)| *to = c);
        let has = |letters: &Vec<char>| text.chars().any(|c| letters.contains(&fold(c)));
        let words = writer.of_words.iter().fold(0, |all, letters| all << 1 | u64::from(has(letters)));
        let starts = [node.starts[1], node.at];
        let further = (starts, last, words);
        let number = self.nodes.len();
        match self.places[end].iter_mut().find(|(known, _)| *known == further) {
            Some((_, known)) if self.nodes[*known].against <= against => return Some(false),
            Some((_, known)) => {
                self.nodes[*known].open = false;
                *known = number;
            }
            None => self.places[end].push((further, number)),
        }
        self.nodes.push(Node { source, at: end, skipped, against, starts, open: true });
        Some(true)
    }

    /// Lets new nodes go on, the first found before the others.
    fn open_from(&mut self, first: usize) {
        for number in (first..self.nodes.len()).rev() {
            if self.nodes[number].open {
                self.open[self.nodes[number].against as usize].push(number);
            }
        }
    }

    fn misspelt(&mut self, writer: &Writer, source: Range<usize>) -> u32 {
        let Some(spelling) = writer.spelling else { return 0 };
        let source = &self.sources[source];
        let known = self.misspelt.entry(spelling.language()).or_default();
        if let Some(found) = known.get(source) {
            return *found;
        }
        self.marks.clear();
        spelling.mark(source, &mut self.marks);
        let found = self.marks.bytes().filter(|b| *b == b'!').count() as u32;
        known.insert(source.into(), found);
        found
    }
}

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
