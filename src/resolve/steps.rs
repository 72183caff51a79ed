//! The steps from a string to names that may be meant, strongest first. One step's result is taken if it has any.

use super::index::{Index, NameId};
use super::outcome::{Evidence, How};
use super::romanised;
use crate::name::{Keys, keys};
use crate::registry::{Name, NameKind, Registry};
use crate::text::{fold, is_mark, nfc, repair_all};
use rapidfuzz::distance::osa;

/// Scores of the steps. Fixed for now; they order answers, they are no probabilities.
pub(super) mod score {
    pub const EXACT: f64 = 1.0;
    pub const FOLDED: f64 = 0.99;
    pub const REPAIRED: f64 = 0.98;
    /// Every word is rendered by one scheme, or by several.
    pub const ONE_SCHEME: f64 = 0.97;
    pub const SCHEMES: f64 = 0.95;
    /// The keys are equal.
    pub const KEY: f64 = 0.85;
    /// At most this for a name some letters away.
    pub const NEAR: f64 = 0.8;
    /// At least this for some words of a name.
    pub const PART: f64 = 0.65;
    /// What is left of a score when the numbers in the names are not the same.
    pub const OTHER_NUMBER: f64 = 0.75;
    /// From here a near name is worth a person's look.
    pub const CANDIDATE: f64 = 0.64;
}

/// The shortest key, in letters, whose equality is more than chance.
const SHORTEST_KEY: usize = 5;
/// The shortest word, in letters, that says something when it is found alone in a name.
const SHORTEST_WORD: usize = 4;
/// How many comparable names are compared letter by letter.
const COMPARED: usize = 40;

/// A registered name that may be meant.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub name: NameId,
    pub how: How,
    pub score: f64,
    /// Why the step alone is not strong enough for a match; nothing when it is.
    pub doubt: Option<&'static str>,
    pub evidence: Vec<Evidence>,
}

/// What a string gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// Names that may be meant, by the strongest step that has any; the best first.
    pub hits: Vec<Hit>,
    /// Names that are merely comparable.
    pub comparable: Vec<Hit>,
}

/// A string to look up: as it was given, in NFC, and folded.
pub(super) struct Query<'a> {
    pub raw: &'a str,
    pub text: &'a str,
    pub folded: &'a str,
}

/// The steps in their order; each finds what the ones before it did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Form,
    Repair,
    Key,
    Distance,
}

impl Step {
    pub(super) const ALL: [Step; 4] = [Step::Form, Step::Repair, Step::Key, Step::Distance];

    /// Looks a string up by this step.
    pub(super) fn look_up(self, registry: &Registry, index: &Index, query: &Query) -> Found {
        let found = |hits| Found { hits, comparable: Vec::new() };
        match self {
            Step::Form => found(by_form(registry, index, query)),
            Step::Repair => found(by_repair(registry, index, query.text)),
            Step::Key => found(by_key(registry, index, query.text, &keys(query.text))),
            Step::Distance => by_distance(registry, index, &keys(query.text)),
        }
    }
}

/// The same characters, else the same folded form. Names that differ in their normal form alone go before others.
fn by_form(registry: &Registry, index: &Index, query: &Query) -> Vec<Hit> {
    let ids = index.by_folded(query.folded);
    let name = |id: &NameId| index.get(registry, *id).2;
    let same = |id: &NameId| nfc(&name(id).text) == query.text;
    let any_same = ids.iter().any(same);
    ids.iter()
        .filter(|id| !any_same || same(id))
        .map(|id| {
            if query.raw == name(id).text {
                return Hit { name: *id, how: How::Exact, score: score::EXACT, doubt: None, evidence: Vec::new() };
            }
            let differs = differences(query, &nfc(&name(id).text));
            // Capitals make an abbreviation: ISA is not Isa.
            let small = query.text.chars().any(char::is_lowercase) && differs.contains(&CASE);
            let doubt = (small && name(id).kind == NameKind::Abbreviation).then_some("an abbreviation lives by its capitals");
            let evidence = vec![Evidence::Folded { form: query.folded.to_owned(), differs }];
            Hit { name: *id, how: How::Folded, score: score::FOLDED, doubt, evidence }
        })
        .collect()
}

/// The difference that abbreviations do not bear.
const CASE: &str = "capitals";

/// In what a string differs from a name of the same folded form.
fn differences(query: &Query, name: &str) -> Vec<&'static str> {
    let text = query.text;
    let only = |text: &str, keep: fn(char) -> bool| text.chars().filter(|c| keep(*c)).collect::<String>();
    let letters = |c: char| c.is_alphanumeric() || is_mark(c);
    let signs = |c: char| !c.is_alphanumeric() && !is_mark(c) && !c.is_whitespace();
    let spaces = |text: &str| text.matches(' ').count();
    let odd_space = |text: &str| text.chars().any(|c| c.is_whitespace() && c != ' ');
    let mut differs = Vec::new();
    if query.raw != text {
        differs.push("Unicode normal form");
    }
    if only(text, letters) != only(name, letters) {
        let wide = |c: char| ('\u{FF01}'..='\u{FFEE}').contains(&c);
        differs.push(if text.chars().any(wide) != name.chars().any(wide) { "width" } else { CASE });
    }
    if only(text, signs) != only(name, signs) {
        differs.push("punctuation");
    }
    if spaces(text) != spaces(name) || odd_space(text) != odd_space(name) {
        differs.push("spaces");
    }
    differs
}

/// Look-alike letters read as the letters meant.
fn by_repair(registry: &Registry, index: &Index, text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for reading in repair_all(text) {
        let ids = index.by_folded(&fold(&reading.text));
        let exact = |id: &NameId| index.get(registry, *id).2.text == reading.text;
        let any_exact = ids.iter().any(exact);
        for id in ids.iter().filter(|id| !any_exact || exact(id)) {
            if hits.iter().any(|h| h.name == *id) {
                continue;
            }
            let doubt = (!reading.mixed).then_some("every letter would have to be read otherwise");
            let evidence = vec![Evidence::Repaired { letters: reading.letters.clone(), form: reading.text.clone() }];
            hits.push(Hit { name: *id, how: How::Repaired, score: score::REPAIRED, doubt, evidence });
        }
    }
    if hits.iter().any(|h| h.doubt.is_none()) {
        hits.retain(|h| h.doubt.is_none());
    }
    hits
}

/// The same key: the same name in another script, if schemes confirm it; else a candidate.
fn by_key(registry: &Registry, index: &Index, text: &str, keys: &Keys) -> Vec<Hit> {
    if keys.all.is_empty() {
        return Vec::new();
    }
    let keyed = index.keyed(registry);
    let mut hits: Vec<Hit> = Vec::new();
    for key in &keys.all {
        let long = key.chars().filter(|c| *c != ' ').count() >= SHORTEST_KEY;
        for id in keyed.by_key(key) {
            if hits.iter().all(|h| h.name != *id) {
                let (score, exact, evidence) = read_as(text, index.get(registry, *id).2);
                let doubt = match (exact, long, keys.guessed.is_empty()) {
                    (true, true, true) => None,
                    (false, _, _) => Some("no scheme writes it so"),
                    (_, false, _) => Some("too short to be sure"),
                    (_, _, false) => Some("some letters are in no table"),
                };
                hits.push(Hit { name: *id, how: How::Script, score, doubt, evidence });
            }
        }
    }
    let guessed = (!keys.guessed.is_empty()).then(|| Evidence::Guessed { letters: keys.guessed.clone() });
    hits.iter_mut().for_each(|h| h.evidence.extend(guessed.clone()));
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.name.cmp(&b.name)));
    if hits.iter().any(|h| h.doubt.is_none()) {
        // What a scheme writes exactly goes before what only sounds alike.
        hits.retain(|h| h.doubt.is_none());
    }
    hits
}

fn read_as(text: &str, name: &Name) -> (f64, bool, Vec<Evidence>) {
    match romanised::read(&nfc(text), &nfc(&name.text), name.lang.as_deref()) {
        Some(reading) => (reading.score(), reading.exact, vec![Evidence::Read { words: reading.words }]),
        None => (score::KEY, false, Vec::new()),
    }
}

/// A few letters of the key differ: candidates at most.
fn by_distance(registry: &Registry, index: &Index, keys: &Keys) -> Found {
    let Some(key) = keys.all.first() else { return Found::default() };
    let keyed = index.keyed(registry);
    let comparer = Comparer::new(&keys.all);
    let mut all: Vec<Hit> = keyed
        .comparable(key, COMPARED)
        .into_iter()
        .map(|id| {
            let (mut score, edits, of) = comparer.similarity(keyed.key(id));
            let mut evidence = vec![Evidence::Distance { edits, of }];
            if let Some((words, of)) = comparer.part_of(keyed.key(id)) {
                score = score.max(score::PART + (score::NEAR - score::PART) * words as f64 / of as f64);
                evidence = vec![Evidence::Part { words, of }];
            }
            Hit { name: id, how: How::Near, score, doubt: Some(""), evidence }
        })
        .collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.name.cmp(&b.name)));
    let near = all.iter().take_while(|h| h.score >= score::CANDIDATE).count();
    let comparable = all.split_off(near);
    Found { hits: all, comparable }
}

/// The keys of a string made ready for comparing with many others.
pub(super) struct Comparer<'k> {
    keys: &'k [String],
    /// Each key, and its words in the order of the alphabet.
    ready: Vec<(osa::BatchComparator<char>, usize)>,
}

impl<'k> Comparer<'k> {
    pub(super) fn new(keys: &'k [String]) -> Self {
        let forms = keys.iter().flat_map(|key| [key.clone(), sorted(key)]);
        let ready = forms.map(|f| (osa::BatchComparator::new(f.chars()), f.chars().count())).collect();
        Comparer { keys, ready }
    }

    /// The best score of any of the keys against another, with the letters that differ and those compared.
    pub(super) fn similarity(&self, other: &str) -> (f64, usize, usize) {
        let others = [other.to_owned(), sorted(other)];
        let length = other.chars().count();
        let compare = |(i, (key, own)): (usize, &(osa::BatchComparator<char>, usize))| {
            let of = length.max(*own).max(1);
            let edits = key.distance(others[i % 2].chars());
            (score::NEAR * (1.0 - edits as f64 / of as f64), edits, of)
        };
        let (score, edits, of) = self.ready.iter().enumerate().map(compare).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, 0, 0));
        let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
        let same_numbers = self.keys.first().is_some_and(|key| digits(key) == digits(other));
        (if same_numbers { score } else { score * score::OTHER_NUMBER }, edits, of)
    }

    /// Whether some key's words are all words of another key that has more: how many, and of how many.
    fn part_of(&self, other: &str) -> Option<(usize, usize)> {
        self.keys.iter().find_map(|key| part_of(key, other))
    }
}

/// Whether every word of a key is a word of another that has more: how many, and of how many.
fn part_of(key: &str, other: &str) -> Option<(usize, usize)> {
    let words: Vec<&str> = key.split(' ').collect();
    let others: Vec<&str> = other.split(' ').collect();
    let telling = words.iter().any(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_WORD);
    (telling && words.len() < others.len() && words.iter().all(|w| others.contains(w))).then_some((words.len(), others.len()))
}

/// The words of a key in the order of the alphabet.
fn sorted(key: &str) -> String {
    let mut words: Vec<&str> = key.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}
