//! Which scheme a text was transliterated by, word by word: real romanisations mix schemes, and a mixed text is
//! reported, not refused.
//!
//! What a scheme could have written comes from its table: a word is cut into the scheme's outputs, their sources are
//! put together, and the scheme must write the word from them. Letters that no output gives speak against it, and so
//! do letters of the source where the language does not put them (`tables/spelling/`).

mod alike;
mod column;
mod search;
mod spelling;
mod split;
mod writer;

pub use column::{Column, ColumnDetection, Disagreement, SchemeShare};

use super::Scheme;
use super::language::languages;
use crate::text::{Script, is_mark, script_code, script_of, usual_marks};
use alike::Alike;
use rustc_hash::FxHashMap;
use search::Search;
use serde::Serialize;
use split::{Word, words};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use writer::Writer;

/// The most characters of a word that is looked at; no word of either language is near it.
pub const LONGEST_WORD: usize = 48;
/// The most words of a text that are looked at.
pub const MOST_WORDS: usize = 256;

/// How many more letters against than the best a scheme may have and still be looked at closely.
const SLACK: u32 = 2;
/// By which factor a letter against lowers a score, as a power of two.
const AGAINST: f64 = 3.0;
/// By which factor each other word of the text that a scheme could have written raises its score, as a power of two,
/// and how many such words count.
const COMPANY: f64 = 3.0;
const MOST_COMPANY: u32 = 4;
/// A text with more letters against every scheme than one in so many is in another language.
const LETTERS_TO_ONE: u32 = 8;

/// What [`detect`] found.
#[derive(Debug, Clone, Serialize)]
pub struct Detection {
    /// The text as it was given.
    pub input: String,
    /// ISO 15924 code of its script; several joined by `+`, in order; nothing when it has no letters.
    pub script: Option<String>,
    /// `kk`, `ru` or `other`: for Cyrillic by the letters of the alphabets, the smaller first; for other scripts by the
    /// schemes that fit.
    pub language: &'static str,
    /// The words, in order; numbers and what is between words are left out.
    pub words: Vec<WordDetection>,
    /// The likeliest scheme that could have written all words; nothing when none could, and for a text that was not
    /// transliterated.
    pub scheme: Option<&'static str>,
    /// The scheme that the fewest letters speak against.
    pub nearest: Option<&'static str>,
    /// Whether some words were written by a scheme, and no scheme wrote them all.
    pub mixed: bool,
    /// What was not looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// Letters against each scheme, in the order of [`KNOWN`]; none for a text to which no scheme applies.
    #[serde(skip)]
    against: Vec<u32>,
}

/// A word and the schemes that could have written it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordDetection {
    /// The word.
    pub word: String,
    /// The schemes that the fewest letters speak against, the likeliest first. No letter speaks against a scheme that
    /// could have written the word.
    pub schemes: Vec<SchemeFit>,
    /// Why no scheme is claimed for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
}

/// How well a scheme fits a word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SchemeFit {
    /// The scheme.
    pub id: &'static str,
    /// The setting, when it is under another one than the default that the scheme fits.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
    /// From 0 to 1, the scheme's part of all schemes of the script: by its `prior`, by how many letters speak against
    /// it, by how few schemes have those letters, and by how many other words of the text it could have written. Near 1 when only this one fits; small when many do.
    pub score: f64,
    /// How many letters of the word speak against the scheme.
    pub against: u32,
}

/// A built-in scheme as a possible writer.
struct Known {
    id: &'static str,
    language: &'static str,
    script: Option<Script>,
    prior: f64,
    /// Under its defaults and under each other setting.
    writers: Vec<Writer>,
}

struct Schemes {
    all: Vec<Known>,
    /// For each letter the schemes that write it.
    letters: FxHashMap<char, Vec<bool>>,
    alike: Alike,
}

static KNOWN: LazyLock<Schemes> = LazyLock::new(|| {
    let mut alike = Alike::default();
    let read = |id: &'static str| {
        let scheme = Scheme::builtin(id).ok()?;
        let language = languages().iter().find(|l| l.code == scheme.language())?;
        // A scheme whose table says nothing is rare.
        let prior = scheme.table.prior.as_ref().map_or(1, |prior| prior.value) as f64;
        let script = Script::from_short_name(scheme.scripts().1);
        Some(Known { id, language: &language.tag, script, prior, writers: Writer::all(&scheme, &mut alike) })
    };
    let all: Vec<Known> = Scheme::ids().filter_map(read).collect();
    let mut letters: FxHashMap<char, Vec<bool>> = FxHashMap::default();
    for (i, known) in all.iter().enumerate() {
        for output in known.writers.iter().flat_map(Writer::outputs) {
            for c in output.iter().copied().nfc().filter(|c| c.is_alphabetic()) {
                letters.entry(c).or_insert_with(|| vec![false; all.len()])[i] = true;
            }
        }
    }
    Schemes { all, letters, alike }
});

/// How each scheme fits one word.
struct Fit {
    against: u32,
    /// Which setting of the scheme.
    writer: usize,
    /// The logarithm of its likelihood, to base two.
    weight: f64,
}

/// The letters against each scheme, at most 254, and which setting of it that is; nothing for schemes of another script.
type Against = Box<[Option<(u8, u8)>]>;

/// The most words that a thread remembers.
const MOST_SEEN: usize = 1 << 16;

thread_local! {
    static SEEN: RefCell<(FxHashMap<Box<str>, Against>, Search)> = RefCell::default();
}

/// Finds by which schemes a text could have been transliterated.
///
/// Letters of the text are held against the tables of the built-in schemes; no word list of the languages is used, so
/// that a short word fits many schemes and its score says so. The text is never refused. Of a word longer than
/// [`LONGEST_WORD`] and of more than [`MOST_WORDS`] words the rest is not looked at, and a note says so.
///
/// ```
/// use atau::scheme::detect;
/// let found = detect("Socialističeskoe Dvizheniye Kazahstana");
/// assert!(found.mixed && found.scheme.is_none());
/// assert_eq!(found.nearest, Some("rus-iso-9-1995"));
/// let words: Vec<&str> = found.words.iter().map(|w| w.schemes[0].id).collect();
/// assert_eq!(words, ["rus-iso-9-1995", "rus-bgnpcgn-1947", "rus-iso-9-1995"]);
///
/// let found = detect("Qazaqstannıñ Socïalïstik Qozğalısı");
/// assert_eq!((found.language, found.scheme), ("kk", Some("kaz-mw-latn")));
/// ```
pub fn detect(text: &str) -> Detection {
    let normal = usual_marks(text, |_| true);
    let (words, cut) = words(&normal, MOST_WORDS);
    let mut detection = Detection {
        input: text.to_owned(),
        script: scripts(&words),
        language: "other",
        words: Vec::with_capacity(words.len()),
        scheme: None,
        nearest: None,
        mixed: false,
        note: cut.then_some("only the first 256 words were looked at"),
        against: Vec::new(),
    };
    let mut total = Total::default();
    let mut all_fits: Vec<(Vec<Option<Fit>>, _)> = Vec::with_capacity(words.len());
    for word in &words {
        let (fits, note) = match script_of(word.text) {
            Some(Script::Cyrillic) => (Vec::new(), None),
            None => (Vec::new(), Some("letters of several scripts")),
            _ if word.text.chars().count() > LONGEST_WORD => (Vec::new(), Some("longer than any word of the languages")),
            Some(script) => (read(word.text, script), word.hashtag.then_some("a hashtag hides where its words begin")),
        };
        total.claimed &= note.is_none();
        if !fits.is_empty() {
            total.add(&fits);
            total.letters += word.text.chars().filter(|c| c.is_alphabetic()).count() as u32;
        }
        all_fits.push((fits, note));
    }
    for (word, (fits, note)) in words.iter().zip(all_fits) {
        detection.words.push(WordDetection { word: word.text.to_owned(), schemes: ranked(&fits, &total.wrote), note });
    }
    total.judge(&words, &mut detection);
    detection
}

/// What speaks against and for each scheme in all words together.
struct Total {
    /// Nothing for schemes that do not write the script of every word.
    schemes: Vec<Option<(u32, f64)>>,
    /// How many words each could have written.
    wrote: Vec<u32>,
    words: usize,
    /// Letters of the words that were held against schemes.
    letters: u32,
    /// Whether every word can be claimed for a scheme.
    claimed: bool,
}

impl Default for Total {
    fn default() -> Self {
        let schemes: Vec<_> = KNOWN.all.iter().map(|k| Some((0, k.prior.log2()))).collect();
        Total { wrote: vec![0; schemes.len()], schemes, words: 0, letters: 0, claimed: true }
    }
}

impl Total {
    fn add(&mut self, fits: &[Option<Fit>]) {
        self.words += 1;
        for (wrote, fit) in self.wrote.iter_mut().zip(fits) {
            *wrote += u32::from(fit.as_ref().is_some_and(|f| f.against == 0));
        }
        for ((sum, fit), known) in self.schemes.iter_mut().zip(fits).zip(&KNOWN.all) {
            *sum = sum
                .as_ref()
                .zip(fit.as_ref())
                .map(|(sum, fit)| (sum.0.saturating_add(fit.against), sum.1 + fit.weight - known.prior.log2()));
        }
    }

    fn judge(&self, words: &[Word], detection: &mut Detection) {
        let is_cyrillic = |c: &char| script_of(c.encode_utf8(&mut [0; 4])) == Some(Script::Cyrillic);
        let cyrillic: String = words.iter().flat_map(|w| w.text.chars()).filter(is_cyrillic).collect();
        if !cyrillic.is_empty() {
            detection.language = language_of(&cyrillic);
        }
        if self.words == 0 || words.iter().any(|w| spelling::is_foreign(w.text)) {
            return;
        }
        let sums = self.schemes.iter().enumerate().filter_map(|(i, sum)| sum.map(|(against, weight)| (i, against, weight)));
        let best = sums.min_by(|a, b| a.1.cmp(&b.1).then(b.2.total_cmp(&a.2)));
        let Some((best, against, _)) = best.filter(|(_, against, _)| against.saturating_mul(LETTERS_TO_ONE) <= self.letters) else {
            return;
        };
        detection.nearest = Some(KNOWN.all[best].id);
        detection.against = self.schemes.iter().map(|sum| sum.map_or(u32::MAX, |(against, _)| against)).collect();
        if cyrillic.is_empty() {
            detection.language = KNOWN.all[best].language;
        }
        if against == 0 && self.claimed {
            detection.scheme = detection.nearest;
        }
        let written = |w: &WordDetection| w.note.is_none() && w.schemes.first().is_some_and(|s| s.against == 0);
        detection.mixed = against > 0 && self.words > 1 && detection.words.iter().any(written);
    }
}

/// The language of a Cyrillic text: the smallest alphabet that has all its letters.
fn language_of(text: &str) -> &'static str {
    let mut languages: Vec<_> = languages().iter().collect();
    languages.sort_by_key(|l| l.alphabet.len());
    let letters = || text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic() && !is_mark(*c));
    languages.into_iter().find(|l| letters().all(|c| l.alphabet.contains(&c))).map_or("other", |l| &l.tag)
}

fn scripts(words: &[Word]) -> Option<String> {
    let mut found: Vec<Script> = Vec::new();
    for c in words.iter().flat_map(|w| w.text.chars()) {
        let script = crate::text::script_of(c.encode_utf8(&mut [0; 4]));
        if let Some(script) = script.filter(|s| !found.contains(s)) {
            found.push(script);
        }
    }
    (!found.is_empty()).then(|| found.into_iter().map(script_code).collect::<Vec<_>>().join("+"))
}

/// How every scheme fits a word, nothing for those of another script; the words of a list come again and again.
fn read(word: &str, script: Script) -> Vec<Option<Fit>> {
    SEEN.with_borrow_mut(|(seen, search)| {
        if let Some(against) = seen.get(word) {
            return weighed(word, script, against);
        }
        let against = against(word, script, search);
        let fits = weighed(word, script, &against);
        if seen.len() >= MOST_SEEN {
            seen.clear();
        }
        seen.insert(word.into(), against);
        fits
    })
}

fn against(word: &str, script: Script, search: &mut Search) -> Against {
    let letters: Vec<char> = word.nfd().collect();
    search.begin(&letters);
    let spots = KNOWN.alike.spots(&letters);
    let own = KNOWN.alike.own_letters(&letters);
    let writers = || {
        let known = KNOWN.all.iter().enumerate().filter(|(_, k)| k.script == Some(script));
        known.flat_map(|(i, known)| known.writers.iter().enumerate().map(move |(w, writer)| (i, w, writer)))
    };
    let parts = KNOWN.alike.parts(&letters, &spots, writers().map(|(.., writer)| writer));
    // The fewest letters that can speak against each scheme, in whatever order its outputs come.
    let mut lower: Vec<_> = writers().zip(&parts).map(|((i, w, writer), part)| (part.uncovered, i, w, writer, part)).collect();
    lower.sort_unstable_by_key(|(uncovered, i, w, ..)| (*uncovered, *i, *w));
    let mut fits: Vec<Option<(u32, usize)>> = vec![None; KNOWN.all.len()];
    let mut least = u32::MAX;
    // Of writers that are one for this word the first is asked.
    let mut asked: Vec<(Vec<u32>, u32, u32)> = Vec::new();
    for (uncovered, i, w, writer, part) in lower {
        if fits[i].is_some_and(|(against, _)| against <= uncovered) {
            continue;
        }
        let most = least.saturating_add(SLACK);
        let against = match uncovered > most {
            true => uncovered,
            false => {
                let most = most.min(letters.len() as u32);
                let key = writer.traits.of_account(part, own);
                match asked.iter().find(|(known, at_most, _)| *at_most == most && *known == key) {
                    Some((.., against)) => *against,
                    None => {
                        // Beyond what is searched, it is more than that.
                        let against = search.against(writer, &spots, most).unwrap_or(most + 1);
                        asked.push((key, most, against));
                        against
                    }
                }
            }
        };
        least = least.min(against);
        if fits[i].is_none_or(|(known, _)| against < known) {
            fits[i] = Some((against, w));
        }
    }
    fits.into_iter().map(|fit| fit.map(|(against, w)| (against.min(254) as u8, w as u8))).collect()
}

/// How well every scheme fits a word, by the letters against it.
fn weighed(word: &str, script: Script, against: &[Option<(u8, u8)>]) -> Vec<Option<Fit>> {
    let schemes = KNOWN.all.iter().filter(|k| k.script == Some(script)).count() as f64;
    // A letter that few schemes have speaks louder against those that do not have it; not so the letters of ASCII,
    // which come from a writer's own spelling as well (x, j).
    let having = word.chars().filter(|c| !c.is_ascii()).filter_map(|c| KNOWN.letters.get(&c));
    let loud: Vec<_> = having.map(|having| (having, (schemes / having.iter().filter(|h| **h).count() as f64).log2())).collect();
    let fit = |(i, against): (usize, &Option<(u8, u8)>)| {
        let (against, writer) = (*against)?;
        let loudness: f64 = loud.iter().filter(|(having, _)| against > 0 && !having[i]).map(|(_, louder)| louder).sum();
        let weight = KNOWN.all[i].prior.log2() - AGAINST * f64::from(against) - loudness;
        Some(Fit { against: against.into(), writer: writer.into(), weight })
    };
    against.iter().enumerate().map(fit).collect()
}

/// The schemes that the fewest letters speak against, the likeliest first. `wrote` says how many words of the text
/// each could have written.
fn ranked(fits: &[Option<Fit>], wrote: &[u32]) -> Vec<SchemeFit> {
    let fitting = || {
        fits.iter().enumerate().filter_map(|(i, fit)| {
            let fit = fit.as_ref()?;
            let company = wrote[i].saturating_sub(u32::from(fit.against == 0)).min(MOST_COMPANY);
            Some((i, fit, fit.weight + COMPANY * f64::from(company)))
        })
    };
    let sum: f64 = fitting().map(|(_, _, weight)| weight.exp2()).sum();
    let least = fitting().map(|(_, f, _)| f.against).min().unwrap_or(0);
    let mut best: Vec<_> = fitting().filter(|(_, f, _)| f.against == least).collect();
    best.sort_by(|a, b| b.2.total_cmp(&a.2));
    let scored = |(i, fit, weight): (usize, &Fit, f64)| SchemeFit {
        id: KNOWN.all[i].id,
        options: KNOWN.all[i].writers[fit.writer].option.iter().cloned().collect(),
        score: (weight.exp2() / sum * 1000.0).round() / 1000.0,
        against: fit.against,
    };
    best.into_iter().map(scored).collect()
}
