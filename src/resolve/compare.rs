//! Two strings side by side: string evidence only.

use super::index::weight;
use super::outcome::{Evidence, How};
use super::steps::alignment;
use super::{score, unusable};
use crate::name::reading::{Alignment, Comparer, Spelling};
use crate::text::{fold, nfc, repair_all, shown};
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
const SAME: f64 = 0.9;
const UNSURE: f64 = 0.6;

/// Compares two strings.
///
/// ```
/// use atau::resolve::{Likeness, compare};
/// let same = compare("Тахир Мухамедзянов", "Takhir Mukhamedzyanov");
/// assert_eq!(same.verdict, Likeness::Same);
/// assert_eq!(compare("Айнур Курманов", "Nur-Sultan").verdict, Likeness::Different);
/// ```
pub fn compare(a: &str, b: &str) -> Comparison {
    if let Some(reason) = unusable(a).or_else(|| unusable(b)) {
        let why = format!("one of the two is no name: {reason}");
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
        return answer(score::EXACT, Some(How::Exact), "the same characters".to_owned(), Vec::new());
    }
    if folded_a == folded_b {
        let why = "the same but for case, spaces, quotes or form".to_owned();
        return answer(score::FOLDED, Some(How::Folded), why, vec![Evidence::Folded { form: folded_a, differs: Vec::new() }]);
    }
    let repaired = |text: &str, other: &str| repair_all(text).into_iter().find(|r| r.mixed && fold(&r.text) == *other);
    if let Some(r) = repaired(&a, &folded_b).or_else(|| repaired(&b, &folded_a)) {
        let why = format!("the same once look-alike letters are read as meant: {}", shown(&r.text));
        return answer(score::REPAIRED, Some(How::Repaired), why, vec![Evidence::Repaired { letters: r.letters, form: r.text }]);
    }
    let (spelled_a, spelled_b) = (Spelling::of(&folded_a), Spelling::of(&folded_b));
    if spelled_a.words.is_empty() || spelled_b.words.is_empty() {
        return answer(0.0, None, "one of the two has no letter".to_owned(), Vec::new());
    }
    let weights = |s: &Spelling| -> Vec<u32> {
        s.words.iter().map(|w| weight(usize::from(w.letters), 1, 1, w.sense.map(|(_, sense)| sense))).collect()
    };
    let (weights_a, weights_b) = (weights(&spelled_a), weights(&spelled_b));
    let mut likeness = Alignment::default();
    COMPARER.with_borrow_mut(|comparer| comparer.compare(&spelled_a, &spelled_b, (&weights_a, &weights_b), &mut likeness));
    let weight: u32 = weights_a.iter().chain(&weights_b).sum();
    let score = score::of_pair(likeness.cost, weight);
    let (how, evidence) = alignment((&folded_a, &spelled_a), (&folded_b, &spelled_b), &likeness, Some(None));
    let why = match how {
        How::Script => "one name in two scripts",
        _ if likeness.met.is_empty() => "no word of one is like a word of the other",
        _ if likeness.left == [0, 0] => "the words answer to each other",
        _ => "some of the words answer to each other",
    };
    answer(score, (!likeness.met.is_empty()).then_some(how), why.to_owned(), evidence)
}

thread_local! {
    static COMPARER: RefCell<Comparer> = RefCell::new(Comparer::new());
}
