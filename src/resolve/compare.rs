//! Two strings side by side: string evidence only.

use super::outcome::{Evidence, How};
use super::steps::{Comparer, score};
use super::{romanised, unusable};
use crate::name::keys;
use crate::text::{fold, nfc, repair_all, shown};
use serde::Serialize;

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
    let (keys_a, keys_b) = (keys(&a), keys(&b));
    if keys_a.all.iter().any(|k| keys_b.all.contains(k)) {
        return match romanised::read(&a, &b, None) {
            Some(reading) => {
                let by = if reading.exact { "each word by a published scheme" } else { "by no published scheme" };
                answer(
                    reading.score(),
                    Some(How::Script),
                    format!("one name in two scripts, {by}"),
                    vec![Evidence::Read { words: reading.words }],
                )
            }
            None => answer(score::KEY, Some(How::Script), "two spellings that sound alike".to_owned(), Vec::new()),
        };
    }
    let comparer = Comparer::new(&keys_a.all);
    let best = keys_b.all.iter().map(|key| comparer.similarity(key)).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((score, edits, of)) = best else {
        return answer(0.0, None, "one of the two has no letter".to_owned(), Vec::new());
    };
    if edits == 0 {
        let why = "the same words in another order".to_owned();
        return answer(score, Some(How::Near), why, vec![Evidence::Distance { edits, of }]);
    }
    let why = format!("{edits} of {of} letters differ once both are read onto one alphabet");
    answer(score, Some(How::Near), why, vec![Evidence::Distance { edits, of }])
}
