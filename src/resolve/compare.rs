//! Two strings side by side: string evidence only.

use super::index::weight;
use super::outcome::{Evidence, How};
use super::sentence::{Language, Message};
use super::steps::alignment;
use super::{Context, Resolver, score, unusable};
use crate::name::abbreviation::{self, Derivation, could_abbreviate, derive};
use crate::name::reading::{Alignment, Comparer, STEP, Spelling};
use crate::text::{fold, mixed_word, nfc, repair_all};
use serde::Serialize;
use std::cell::RefCell;

/// Whether two strings name the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Likeness {
    /// They are one name.
    Same,
    /// A person must look.
    Unsure,
    /// They are two names.
    Different,
}

impl Likeness {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Likeness::Same => "same",
            Likeness::Unsure => "unsure",
            Likeness::Different => "different",
        }
    }
}

/// What comparing two strings gave.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// From 0 to 1.
    pub score: f64,
    /// What the score says.
    pub verdict: Likeness,
    /// The step that found it; none when the strings have nothing in common.
    pub how: Option<How>,
    /// The finding in one sentence.
    pub why: String,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}

/// From here two strings are taken for one name, and below this for two.
const SAME: f64 = 0.8;
const UNSURE: f64 = 0.5;

/// Compares two strings.
///
/// ```
/// use atau::resolve::{Likeness, compare};
/// let same = compare("Тахир Мухамедзянов", "Takhir Mukhamedzyanov");
/// assert_eq!(same.verdict, Likeness::Same);
/// assert_eq!(compare("Айнур Курманов", "Nur-Sultan").verdict, Likeness::Different);
/// ```
pub fn compare(a: &str, b: &str) -> Comparison {
    compare_in(a, b, Language::English)
}

/// Compares two strings, and says why in a language.
///
/// ```
/// use atau::resolve::{Language, compare_in};
/// let same = compare_in("Тахир Мухамедзянов", "Takhir Mukhamedzyanov", Language::Russian);
/// assert!(same.why.starts_with("одно имя в двух письменностях"));
/// ```
pub fn compare_in(a: &str, b: &str, language: Language) -> Comparison {
    let say = |message| language.say(message, &[]);
    if let Some(reason) = unusable(a, language).or_else(|| unusable(b, language)) {
        let why = language.say(Message::OneIsNoName, &[("reason", &reason)]);
        return Comparison { score: 0.0, verdict: Likeness::Different, how: None, why, evidence: Vec::new() };
    }
    let (a, b) = (nfc(a), nfc(b));
    let (folded_a, folded_b) = (fold(&a), fold(&b));
    let answer = |score: f64, how, why: String, evidence| {
        let verdict = match score {
            s if s >= SAME => Likeness::Same,
            s if s >= UNSURE => Likeness::Unsure,
            _ => Likeness::Different,
        };
        Comparison { score, verdict, how, why, evidence }
    };
    if a == b {
        return answer(score::EXACT, Some(How::Exact), say(Message::SameCharacters), Vec::new());
    }
    if folded_a == folded_b {
        let why = say(Message::SameFolded);
        return answer(score::FOLDED, Some(How::Folded), why, vec![Evidence::Folded { form: folded_a, differs: Vec::new() }]);
    }
    let repaired = |text: &str, other: &str| {
        let readings = if mixed_word(text).is_some() { repair_all(text) } else { Vec::new() };
        readings.into_iter().find(|r| r.mixed && fold(&r.text) == *other)
    };
    if let Some(r) = repaired(&a, &folded_b).or_else(|| repaired(&b, &folded_a)) {
        let why = language.say(Message::SameRepaired, &[("text", &language.quote(&r.text))]);
        return answer(score::REPAIRED, Some(How::Repaired), why, vec![Evidence::Repaired { letters: r.letters, form: r.text }]);
    }
    let (spelled_a, spelled_b) = (Spelling::of(&folded_a), Spelling::of(&folded_b));
    if spelled_a.words.is_empty() || spelled_b.words.is_empty() {
        return answer(0.0, None, say(Message::OneWithoutLetters), Vec::new());
    }
    let weights = |s: &Spelling| -> Vec<u32> {
        s.words.iter().map(|w| weight(usize::from(w.letters), 1, 1, w.sense.map(|(_, sense)| sense))).collect()
    };
    let (weights_a, weights_b) = (weights(&spelled_a), weights(&spelled_b));
    let mut likeness = Alignment::default();
    COMPARER.with_borrow_mut(|comparer| comparer.compare(&spelled_a, &spelled_b, (&weights_a, &weights_b), &mut likeness));
    let weight: u32 = weights_a.iter().chain(&weights_b).sum();
    let nats = |steps: u32| f64::from(steps) * f64::from(STEP);
    let score = score::of_pair(&score::Said {
        weight: nats(weight),
        met_weight: nats(likeness.met_weight),
        letters: nats(likeness.letters),
        left: likeness.left.map(nats),
        length: 0,
        doubt: likeness.doubt,
    });
    // What was guessed or left out is sure of nothing.
    let sure = [&spelled_a, &spelled_b].iter().all(|s| s.guessed.is_empty() && !s.is_cut);
    let score = if sure { score } else { score.min(SAME - 0.01) };
    if score < UNSURE
        && let Some((derivation, name)) = abbreviated(&a, &b)
    {
        let why = language.say(Message::Abbreviated, &[("derivation", &derivation.to_string())]);
        let score = score::of_abbreviation(derivation.cost);
        let evidence = Evidence::Abbreviation { name: name.to_owned(), derivation: derivation.to_string() };
        return answer(score, Some(How::Near), why, vec![evidence]);
    }
    let (how, evidence) = alignment((&a, &folded_a, &spelled_a), (&b, &folded_b, &spelled_b), &likeness, Some(None));
    let why = match how {
        How::Script if score >= UNSURE => Message::TwoScripts,
        _ if likeness.met.is_empty() => Message::NoWordAlike,
        _ if score < UNSURE => Message::NotAlike,
        _ if likeness.left == [0, 0] => Message::WordsAnswer,
        _ => Message::SomeWordsAnswer,
    };
    answer(score, (!likeness.met.is_empty()).then_some(how), say(why), evidence)
}

impl Resolver {
    /// Compares two strings as [`compare`] does; but when both are matches in the registry, that decides: two names of one
    /// entity are the same, names of two are not. The sentence is in the resolver's language.
    ///
    /// ```
    /// use atau::resolve::{Context, Likeness, Resolver};
    /// use atau::Registry;
    ///
    /// let resolver = Resolver::new(Registry::builtin());
    /// let same = resolver.compare("ССК", "Socialist Resistance of Kazakhstan", &Context::new());
    /// assert_eq!(same.verdict, Likeness::Same);
    /// ```
    pub fn compare(&self, a: &str, b: &str, context: &Context) -> Comparison {
        let mut comparison = compare_in(a, b, self.language);
        let (left, right) = (self.resolve(a, context), self.resolve(b, context));
        if let (Some(left_id), Some(right_id)) = (&left.id, &right.id) {
            let same = left_id == right_id;
            comparison.verdict = if same { Likeness::Same } else { Likeness::Different };
            comparison.score = if same { left.score.min(right.score) } else { 0.0 };
            comparison.why = match same {
                true => self.language.say(Message::BothOf, &[("id", left_id)]),
                false => self.language.say(Message::TwoEntities, &[("left", left_id), ("right", right_id)]),
            };
            comparison.evidence = left.candidates.into_iter().chain(right.candidates).flat_map(|c| c.evidence).collect();
        }
        comparison
    }
}

/// How one of two strings abbreviates the other, with the other.
fn abbreviated<'s>(a: &'s str, b: &'s str) -> Option<(Derivation, &'s str)> {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let derivation = could_abbreviate(short).then(|| derive(short, long)).flatten()?;
    // A word that stands in the name as it is shortens nothing.
    (derivation.kind != abbreviation::Kind::Part).then_some((derivation, long))
}

thread_local! {
    static COMPARER: RefCell<Comparer> = RefCell::new(Comparer::new());
}
