//! The way back: from what a scheme wrote to what it may have been.
//!
//! A word is cut into outputs of the scheme in every way, each piece standing for the letters that write it; the likeliest
//! ways by the letter statistics of the language are kept, and those are answers whose transliteration is the word again.
//! Rules therefore need no inverse of their own.

use super::Scheme;
use super::words::{Words, words};
use crate::text::{fold, is_mark, usual_marks};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// So many ways to read a word are followed at a time.
const BEAM: usize = 96;
/// What it costs, as a logarithm, to leave a character as it is that the scheme writes only with others.
const STRANGE: f64 = 40.0;
/// The longest word that is read back, in characters; longer ones are cut.
const LONGEST: usize = 200;

/// What a text may have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The text.
    pub text: String,
    /// How likely it is among all that were found, from 0 to 1.
    pub weight: f64,
}

/// A piece of output and the letters that may write it.
#[derive(Debug, Clone)]
struct Unit {
    /// Each character of the output, and its capital in the scheme where it has one.
    output: Vec<(char, Option<char>)>,
    source: Vec<char>,
}

/// A scheme's outputs by their first characters, and the letters that write nothing.
#[derive(Debug, Default)]
pub(super) struct Backward {
    units: FxHashMap<char, Vec<Unit>>,
    silent: Vec<char>,
    /// Marks that are part of some output, and so never stand alone.
    marks: Vec<char>,
    longest: usize,
}

impl Backward {
    fn of(scheme: &Scheme) -> Backward {
        let mut backward = Backward::default();
        let table = &scheme.table;
        let on = |rule: &&super::table::Rule| rule.when.iter().all(|(name, value)| scheme.options.get(&name.value) == Some(&value.value));
        let letters = table.letters.iter().map(|(from, to)| (from.value.as_str(), to.value.as_str()));
        let rules = table.rules.iter().filter(on).flat_map(|r| r.from.iter().map(|from| (from.value.as_str(), r.to.value.as_str())));
        let mut seen = rustc_hash::FxHashSet::default();
        for (from, to) in letters.chain(rules) {
            let doubled = table.collapse.iter().any(|c| c.value == to);
            for source in [from.to_owned(), from.repeat(2)].into_iter().take(1 + usize::from(doubled)) {
                if seen.insert((source.clone(), to.to_owned())) {
                    backward.add(scheme, &source, to);
                }
            }
        }
        backward
    }

    fn add(&mut self, scheme: &Scheme, source: &str, output: &str) {
        let source: Vec<char> = source.chars().collect();
        if output.is_empty() {
            if let [only] = source.as_slice() {
                self.silent.push(*only);
            }
            return;
        }
        let capital = |c: char| {
            let own = scheme.table.upper.iter().find(|(from, _)| from.value.chars().eq([c])).and_then(|(_, to)| to.value.chars().next());
            own.or_else(|| c.to_uppercase().next().filter(|upper| *upper != c && c.to_uppercase().count() == 1))
        };
        let output: Vec<(char, Option<char>)> = output.chars().map(|c| (c, capital(c))).collect();
        self.marks.extend(output.iter().map(|(c, _)| *c).filter(|c| is_mark(*c)));
        self.longest = self.longest.max(output.len());
        let (first, upper) = output[0];
        let unit = Unit { output, source };
        for c in [Some(first), upper].into_iter().flatten() {
            self.units.entry(c).or_default().push(unit.clone());
        }
    }

    fn is_output(&self, c: char) -> bool {
        self.units.contains_key(&c)
            || self.marks.contains(&c)
            || self.units.values().flatten().any(|u| u.output.iter().any(|(s, l)| *s == c || *l == Some(c)))
    }
}

impl Scheme {
    fn backward(&self) -> &Backward {
        self.backward.get_or_init(|| Backward::of(self))
    }
}

/// A way to read a word so far.
#[derive(Debug, Clone)]
struct Way {
    source: String,
    last: [char; 2],
    chance: f64,
    /// Whether the last letter writes nothing, so that no other such letter follows it.
    silent: bool,
}

/// What a word may be read as, with the logarithm of how likely that is; the likeliest first.
type Readings = Rc<[(String, f64)]>;

pub(super) fn best(scheme: &Scheme, text: &str) -> String {
    let text = usual_marks(text, |c| scheme.backward().is_output(c));
    let mut out = String::with_capacity(text.len() * 2);
    let mut known: FxHashMap<&str, String> = FxHashMap::default();
    for (piece, is_word) in pieces(scheme, &text) {
        if !is_word {
            out.push_str(piece);
            continue;
        }
        let read = known.entry(piece).or_insert_with(|| sources(scheme, piece).into_iter().next().map_or(piece.to_owned(), |(s, _)| s));
        out.push_str(read);
    }
    out
}

pub(super) fn candidates(scheme: &Scheme, text: &str, most: usize) -> Vec<Candidate> {
    let text = usual_marks(text, |c| scheme.backward().is_output(c));
    // The readings of the words are put together, the likeliest kept at each step: which they go on from, and with which reading of the word.
    let mut steps: Vec<(Readings, Vec<[usize; 2]>)> = Vec::new();
    let mut known: FxHashMap<&str, Readings> = FxHashMap::default();
    let mut chances = vec![0.0];
    for (piece, is_word) in pieces(scheme, &text) {
        let read = || if is_word { sources(scheme, piece) } else { vec![(piece.to_owned(), 0.0)] };
        let readings = known.entry(piece).or_insert_with(|| read().into()).clone();
        let mut next: Vec<(f64, [usize; 2])> = Vec::new();
        for (i, chance) in chances.iter().enumerate() {
            // Both are in order: what has so many before it on both sides is not among the likeliest.
            next.extend(readings.iter().take(BEAM / (i + 1)).enumerate().map(|(j, (_, c))| (chance + c, [i, j])));
        }
        next.sort_by(|a, b| b.0.total_cmp(&a.0));
        next.truncate(BEAM);
        chances = next.iter().map(|(chance, _)| *chance).collect();
        steps.push((readings, next.into_iter().map(|(_, step)| step).collect()));
    }
    let top = chances.first().copied().unwrap_or_default();
    let sum: f64 = chances.iter().map(|chance| (chance - top).exp()).sum();
    let whole = |mut at: usize| {
        let mut words: Vec<&str> = Vec::with_capacity(steps.len());
        for (readings, from) in steps.iter().rev() {
            let [before, reading] = from[at];
            words.push(&readings[reading].0);
            at = before;
        }
        words.into_iter().rev().collect()
    };
    let weight = |chance: f64| (chance - top).exp() / sum;
    chances.iter().take(most).enumerate().map(|(i, chance)| Candidate { text: whole(i), weight: weight(*chance) }).collect()
}

/// Quotation marks that close a text, which some schemes also write for ъ and ь, after those that open it.
const QUOTES: [(char, char); 4] = [('“', '”'), ('„', '”'), ('‘', '’'), ('‚', '’')];

/// The text as words, which are runs of characters that the scheme writes, and what is between them.
fn pieces<'t>(scheme: &Scheme, text: &'t str) -> Vec<(&'t str, bool)> {
    let backward = scheme.backward();
    let mut outputs: FxHashMap<char, bool> = FxHashMap::default();
    let mut is_output = |c: char| *outputs.entry(c).or_insert_with(|| backward.is_output(c));
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    let (mut start, mut length, mut kind) = (0, 0, None);
    let mut open: Vec<char> = Vec::new();
    for (at, c) in text.char_indices() {
        let next = || text[at + c.len_utf8()..].chars().next();
        let closes = open.last() == Some(&c) && next().is_none_or(|next| next != c && !next.is_alphabetic());
        if closes {
            open.pop();
        }
        open.extend(QUOTES.iter().find(|(opening, _)| *opening == c).map(|(_, closing)| *closing));
        let is_word = !closes && is_output(c);
        if kind.is_some_and(|k| k != is_word) || length >= LONGEST && !is_mark(c) {
            pieces.push((&text[start..at], kind == Some(true)));
            (start, length) = (at, 0);
        }
        kind = Some(is_word);
        length += 1;
    }
    if start < text.len() {
        pieces.push((&text[start..], kind == Some(true)));
    }
    pieces
}

/// What a word may have been, with the logarithms of the chances, the likeliest first; those whose transliteration is
/// the word, or if there are none the likeliest of the others.
fn sources(scheme: &Scheme, word: &str) -> Vec<(String, f64)> {
    let backward = scheme.backward();
    let words = words(scheme.language());
    let chars: Vec<char> = word.chars().collect();
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); chars.len() + 1];
    ways[0].push(Way { source: String::new(), last: [' ', ' '], chance: 0.0, silent: false });
    for at in 0..=chars.len() {
        let mut here = std::mem::take(&mut ways[at]);
        silent_letters(backward, words, &chars, at, &mut here);
        here.sort_by(|a, b| b.chance.total_cmp(&a.chance).then_with(|| a.source.cmp(&b.source)));
        here.dedup_by(|a, b| a.source == b.source);
        here.truncate(BEAM);
        if at == chars.len() {
            return ranked(scheme, words, word, here);
        }
        let units = backward.units.get(&chars[at]).map_or(&[][..], Vec::as_slice);
        let mut read = false;
        for unit in units {
            let Some(capital) = fits(unit, &chars[at..]) else { continue };
            let end = at + unit.output.len();
            if chars.get(end).is_some_and(|c| backward.marks.contains(c)) {
                continue;
            }
            read = true;
            let next: Vec<Way> = here.iter().map(|way| way.with(words, &unit.source, capital)).collect();
            ways[end].extend(next);
        }
        if !read {
            // A character that begins no output stays as it is, if nothing better is found.
            let next = here.iter().map(|way| Way { chance: way.chance - STRANGE, ..way.with(words, &[chars[at]], false) });
            let next: Vec<Way> = next.collect();
            ways[at + 1].extend(next);
        }
    }
    Vec::new()
}

/// Whether a unit's output stands here, and then whether with a capital.
fn fits(unit: &Unit, chars: &[char]) -> Option<bool> {
    let mut capital = None;
    for (i, (small, upper)) in unit.output.iter().enumerate() {
        let c = *chars.get(i)?;
        let raised = *upper == Some(c) && c != *small;
        if c != *small && !raised {
            return None;
        }
        if upper.is_some() {
            capital = capital.or(Some(raised));
        }
    }
    Some(capital.unwrap_or(false))
}

/// Adds the ways on which a letter that writes nothing stands here.
fn silent_letters(backward: &Backward, words: Option<&Words>, chars: &[char], at: usize, here: &mut Vec<Way>) {
    if at == 0 || backward.silent.is_empty() {
        return;
    }
    let capital = chars[at - 1].is_uppercase() && chars.get(at).is_none_or(|c| c.is_uppercase());
    let more: Vec<Way> = here
        .iter()
        // After a sign there is nothing that it could belong to.
        .filter(|way| !way.silent && way.last[1].is_alphabetic())
        .flat_map(|way| backward.silent.iter().map(move |letter| Way { silent: true, ..way.with(words, &[*letter], capital && at > 1) }))
        .collect();
    here.extend(more);
}

impl Way {
    fn with(&self, words: Option<&Words>, source: &[char], capital: bool) -> Way {
        let mut way = Way { silent: false, ..self.clone() };
        for (i, c) in source.iter().enumerate() {
            way.chance += words.map_or(0.0, |w| w.letter(way.last, *c));
            way.last = [way.last[1], *c];
            if capital && i == 0 {
                way.source.extend(c.to_uppercase());
            } else {
                way.source.push(*c);
            }
        }
        way
    }
}

fn ranked(scheme: &Scheme, words: Option<&Words>, word: &str, ways: Vec<Way>) -> Vec<(String, f64)> {
    let capitals = !word.chars().any(char::is_lowercase);
    let mut written = String::new();
    let mut again: Vec<(String, f64)> = Vec::new();
    let mut others: Vec<(String, f64)> = Vec::new();
    for way in ways {
        let end = words.map_or(0.0, |w| w.letter(way.last, ' ') + w.known(&way.source.to_lowercase()));
        let source = with_cases(scheme, &way.source, word);
        written.clear();
        scheme.transliterate_into(&source, &mut written);
        // A lone letter is written in capitals beside a word in capitals, which is not seen here.
        let same = written == word || capitals && fold(&written) == fold(word);
        let list = if same { &mut again } else { &mut others };
        if list.iter().all(|(known, _)| *known != source) {
            list.push((source, way.chance + end));
        }
    }
    let mut list = if again.is_empty() { others } else { again };
    list.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}

/// Gives letters whose output has no case, such as ъ and ь, the case of their neighbours; and letters of a source of
/// several the case of the word.
fn with_cases(scheme: &Scheme, source: &str, word: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let caseless = |c: char| {
        let letter = c.to_lowercase().next().unwrap_or(c);
        let value = scheme.table.letters.iter().find(|(from, _)| from.value.chars().eq([letter]));
        value.is_some_and(|(_, to)| !to.value.chars().any(char::is_alphabetic))
    };
    let all_capitals = !word.chars().any(char::is_lowercase) && word.chars().filter(|c| c.is_uppercase()).count() > 1;
    let case_of = |c: &char| (!caseless(*c)).then_some(c.is_uppercase());
    chars
        .iter()
        .enumerate()
        .map(|(i, c)| {
            if all_capitals {
                return c.to_uppercase().next().unwrap_or(*c);
            }
            if !caseless(*c) || c.is_uppercase() {
                return *c;
            }
            let before = chars[..i].iter().rev().find_map(case_of);
            let after = chars[i + 1..].iter().find_map(case_of);
            let capital = match (before, after) {
                (Some(before), Some(after)) => before && after,
                // At the end of a word two capitals before it make it one.
                (Some(true), None) => chars[..i].iter().filter_map(case_of).filter(|upper| *upper).count() > 1,
                _ => false,
            };
            if capital { c.to_uppercase().next().unwrap_or(*c) } else { *c }
        })
        .collect()
}
