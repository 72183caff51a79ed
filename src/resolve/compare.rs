//! Two strings side by side: string evidence only.

use super::aligned::{Way, alignment};
use super::fault::Fault;
use super::named::Compared;
use super::outcome::{Evidence, How};
use super::reading::{Reading, with_readings};
use super::roles::{Told, clauses, revise, says_nothing, separate};
use super::sentence::{Language, Message};
use super::weights::weights;
use super::{Context, Resolver, score};
use crate::name::abbreviation::{self, Derivation, derive, derive_translated_of};
use crate::name::inflect::{is_of_people, names_of_country};
use crate::name::parts::{Kind, Parts, Role, Says, What, Word, analyse, country};
use crate::name::reading::{Alignment, Comparer, STEP, steps};
use crate::text::{Repair, fold, letters_apart, repair_all};
use serde::Serialize;
use std::borrow::Cow;

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

/// Words that cost more than this for each letter are other words, in steps.
pub(super) const FAR: u32 = steps(1.8);

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
    with_readings(a, b, |a, b| a.compare_in(b, language))
}

/// What a score rests on.
pub(super) enum Ground {
    /// One of them cannot be a name.
    Fault(Fault),
    SameCharacters,
    SameFolded,
    /// Look-alike letters of one, read as the letters meant.
    Repaired(Repair),
    OneWithoutLetters,
    /// One abbreviates the other; whether that is the first.
    Abbreviated(Derivation, bool),
    /// Words that answer to each other, or none, and what their parts say.
    Words(Told),
}

/// The score of two names, and what it rests on; where that is words, `likeness` says which.
pub(super) fn weigh(a: &Reading, b: &Reading, comparer: &mut Comparer, likeness: &mut Alignment) -> (f64, Ground) {
    if let Some(fault) = a.fault.or(b.fault) {
        return (0.0, Ground::Fault(fault));
    }
    let weights = weights();
    if a.text == b.text {
        return (weights.steps.exact, Ground::SameCharacters);
    }
    if a.folded == b.folded {
        return (weights.steps.folded, Ground::SameFolded);
    }
    // An abbreviation with stops between its letters; two are as well the initials of somebody.
    let together = |of: &Reading, other: &Reading| {
        let begins = of.spelling.words.first().is_none_or(|word| word.letters == 1) || !of.spelling.guessed.is_empty();
        if !begins {
            return false;
        }
        let is_long = |letters: &String| letters.chars().nth(2).is_some();
        let letters = letters_apart(&of.folded).filter(|letters| is_long(letters) && *letters == other.folded);
        letters.is_some() && !other.text.chars().any(char::is_lowercase)
    };
    if together(a, b) || together(b, a) {
        return (weights.steps.folded, Ground::SameFolded);
    }
    let repaired = |of: &Reading, other: &Reading| {
        let readings = if of.mixed { repair_all(&of.text) } else { Vec::new() };
        readings.into_iter().find(|r| r.mixed && fold(&r.text) == other.folded)
    };
    if let Some(repair) = repaired(a, b).or_else(|| repaired(b, a)) {
        return (weights.steps.repaired, Ground::Repaired(repair));
    }
    let (spelled_a, spelled_b) = (&a.spelling, &b.spelling);
    if spelled_a.words.is_empty() || spelled_b.words.is_empty() {
        return (0.0, Ground::OneWithoutLetters);
    }
    comparer.compare(spelled_a, spelled_b, (&a.weights, &b.weights), FAR, likeness);
    let told = if says_nothing(a, b, likeness) { Told::by_letters(a, b, likeness) } else { judge(a, b, comparer, likeness) };
    let weight: u32 = a.weights.iter().chain(&b.weights).sum();
    let nats = |steps: u32| f64::from(steps) * f64::from(STEP);
    let said = score::Said {
        weight: nats(weight),
        met_weight: nats(likeness.met_weight),
        letters: nats(likeness.letters),
        left: likeness.left.map(nats),
        length: 0,
        doubt: likeness.doubt,
    };
    let single = spelled_a.words.len() == 1 && spelled_b.words.len() == 1;
    let score = score::of_pair(&said, &told, single);
    // What was guessed or left out is sure of nothing.
    let sure = [spelled_a, spelled_b].iter().all(|s| s.guessed.is_empty() && !s.is_cut);
    let score = if sure { score } else { score.min(weights.verdict.same - 0.01) };
    let initials_only = told.has(What::InitialsOnly, Says::Contradiction);
    if score < weights.verdict.unsure
        && !initials_only
        && let Some((derivation, first)) = abbreviated(a, b)
    {
        return (score::of_abbreviation(derivation.cost), Ground::Abbreviated(derivation, first));
    }
    (score, Ground::Words(told))
}

/// What the parts of two names say, beyond their letters.
pub(super) fn judge(a: &Reading, b: &Reading, comparer: &mut Comparer, likeness: &mut Alignment) -> Told {
    let (Some(named_a), Some(named_b)) = (a.named(), b.named()) else { return Told::by_letters(a, b, likeness) };
    let side_a = Compared { spelling: &a.spelling, weights: &a.weights, named: named_a };
    let side_b = Compared { spelling: &b.spelling, weights: &b.weights, named: named_b };
    revise(comparer, &side_a, &side_b, likeness)
}

/// What a score rests on, told.
pub(super) fn explain(
    a: &Reading,
    b: &Reading,
    (score, ground): (f64, Ground),
    (comparer, likeness): (&mut Comparer, &mut Alignment),
    language: Language,
) -> Comparison {
    let say = |message| language.say(message, &[]);
    let bounds = &weights().verdict;
    let verdict = match score {
        s if s >= bounds.same => Likeness::Same,
        s if s >= bounds.unsure => Likeness::Unsure,
        _ => Likeness::Different,
    };
    let (how, why, evidence) = match ground {
        Ground::Fault(fault) => (None, language.say(Message::OneIsNoName, &[("reason", &fault.say(language))]), Vec::new()),
        Ground::SameCharacters => (Some(How::Exact), say(Message::SameCharacters), Vec::new()),
        Ground::SameFolded => {
            let evidence = Evidence::Folded { form: a.folded.clone(), differs: Vec::new() };
            (Some(How::Folded), say(Message::SameFolded), vec![evidence])
        }
        Ground::Repaired(repair) => {
            let why = language.say(Message::SameRepaired, &[("text", &language.quote(&repair.text))]);
            (Some(How::Repaired), why, vec![Evidence::Repaired { letters: repair.letters, form: repair.text }])
        }
        Ground::OneWithoutLetters => (None, say(Message::OneWithoutLetters), Vec::new()),
        Ground::Abbreviated(derivation, first) => {
            let why = language.say(Message::Abbreviated, &[("derivation", &derivation.to_string())]);
            let name = if first { &b.text } else { &a.text };
            let evidence = Evidence::Abbreviation { name: name.clone(), derivation: derivation.to_string() };
            (Some(How::Near), why, vec![evidence])
        }
        Ground::Words(mut told) => {
            if told.findings.is_empty() && !likeness.met.is_empty() {
                told = judge(a, b, comparer, likeness);
            }
            let sides = ((&*a.text, &*a.folded, &a.spelling), (&*b.text, &*b.folded, &b.spelling));
            let way = Way::of(&a.spelling, &b.spelling, likeness);
            let how = way.how();
            let mut evidence = alignment(sides.0, sides.1, &likeness.met, way.may_be_of_scheme().then_some(None));
            evidence.extend(a.named().zip(b.named()).and_then(|(x, y)| told.evidence((&a.text, x), (&b.text, y))));
            separate(&mut evidence);
            let why = match how {
                How::Script if score >= bounds.unsure && way.may_be_of_scheme() => Message::TwoScripts,
                _ if likeness.met.is_empty() => Message::NoWordAlike,
                _ if score < bounds.unsure => Message::NotAlike,
                _ if likeness.left == [0, 0] => Message::WordsAnswer,
                _ => Message::SomeWordsAnswer,
            };
            let why = say(why) + &clauses(language, &evidence, true);
            ((!likeness.met.is_empty()).then_some(how), why, evidence)
        }
    };
    Comparison { score, verdict, how, why, evidence }
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
            comparison.evidence = left.candidates().iter().chain(right.candidates()).flat_map(|c| c.evidence.iter().cloned()).collect();
        }
        comparison
    }
}

/// How one of two strings abbreviates the other, and whether it is the first.
fn abbreviated(a: &Reading, b: &Reading) -> Option<(Derivation, bool)> {
    // Of two of one length the one that has the looks of an abbreviation; whichever is named first.
    let key = |of: &Reading| (of.length, !of.could_abbreviate);
    let first = (key(a), &a.text) <= (key(b), &b.text);
    let (short, long) = if first { (a, b) } else { (b, a) };
    if !short.could_abbreviate || long.named().is_some_and(|named| is_person(&named.parts) || is_other_country(&named.parts, &short.folded))
    {
        return None;
    }
    let parts = || long.named().map_or_else(|| Cow::Owned(analyse(&long.text, None)), |named| Cow::Borrowed(&named.parts));
    let own = if long.may_be_abbreviated() { derive(&short.text, &long.text) } else { None };
    let derivation = own.or_else(|| derive_translated_of(&short.text, parts))?;
    // A word that stands in the name as it is shortens nothing.
    (derivation.kind != abbreviation::Kind::Part).then_some((derivation, first))
}

/// Whether a name is that of a person, whose letters are nobody's abbreviation.
fn is_person(parts: &Parts) -> bool {
    let is_core = |w: &Word| matches!(w.role, Role::Core | Role::Given | Role::Family);
    let is_called = |w: usize| parts.words[w].role == Role::Core && is_of_people(parts.folded(w));
    parts.kind == Kind::Person && parts.words.iter().any(|w| w.role == Role::Given && w.is_given_name())
        || parts.words.len() == 2 && parts.words.iter().all(is_core) && (0..2).any(is_called)
}

/// Whether a name is that of a country, which two letters are short for only where the table has them.
fn is_other_country(parts: &Parts, short: &str) -> bool {
    short.chars().nth(2).is_none() && country(parts).is_some_and(|id| names_of_country(id).iter().all(|name| name != short))
}
