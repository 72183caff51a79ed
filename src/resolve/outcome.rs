//! Answers and what speaks for them, as data.

use super::answer::{Decided, Ground, answering};
use super::decide::{Decision, verdict_for};
use super::fault::Fault;
use super::index::OfForm;
use super::sentence::Language;
use super::steps::Hit;
use super::{Context, Resolver};
use crate::name::inflect;
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// What can be said of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is the name of exactly one entity, on strong evidence.
    Match,
    /// It is the name of several, and nothing in the context decides.
    Ambiguous,
    /// Something is near, and a person must look.
    Candidate,
    /// Nothing is near.
    None,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 4] = [Verdict::Match, Verdict::Ambiguous, Verdict::Candidate, Verdict::None];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Match => "match",
            Verdict::Ambiguous => "ambiguous",
            Verdict::Candidate => "candidate",
            Verdict::None => "none",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The step by which a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum How {
    /// The same characters.
    Exact,
    /// The same but for case, width, quotes, spaces, normal form.
    Folded,
    /// The same once look-alike letters are read as the letters meant.
    Repaired,
    /// A case form of it.
    Inflected,
    /// The same name in another script or romanisation.
    Script,
    /// A few letters differ.
    Near,
}

impl How {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            How::Exact => "exact",
            How::Folded => "folded",
            How::Repaired => "repaired",
            How::Inflected => "inflected",
            How::Script => "script",
            How::Near => "near",
        }
    }
}

/// Whether context agrees with an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// It does.
    Agrees,
    /// It does not.
    Differs,
    /// The registry does not say.
    Unknown,
}

/// One thing that speaks for or against a candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Evidence {
    /// The registered name that was met.
    Registered {
        /// The name.
        name: String,
        /// What it is to the entity.
        role: &'static str,
        /// BCP 47 tag of its language.
        #[serde(skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
        /// When it was in use.
        #[serde(skip_serializing_if = "String::is_empty")]
        valid: String,
        /// Who says so.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        source: Vec<String>,
    },
    /// What the string and the name have in common once differences of typing are taken away.
    Folded {
        /// The folded form.
        form: String,
        /// In what the two differ: capitals, punctuation, spaces, width, invisible characters, Unicode normal form.
        differs: Vec<&'static str>,
    },
    /// Look-alike letters that were read otherwise.
    Repaired {
        /// Each letter and what it was read as.
        letters: Vec<(char, char)>,
        /// The text as read.
        form: String,
    },
    /// A nominative that the string may be a form of.
    Inflected {
        /// The nominative.
        nominative: String,
        /// The language whose endings these are.
        language: inflect::Language,
        /// The cases in which the nominative is written as the string; none where its paradigm is not sure.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        cases: Vec<String>,
        /// Share of this nominative among all that the string may be a form of, registered or not.
        confidence: f64,
    },
    /// The words that answer to each other, in the order of the string.
    Read {
        /// The words, in order.
        words: Vec<WordRead>,
    },
    /// Characters that no table knows, read through their plain Latin counterparts.
    Guessed {
        /// The characters.
        letters: Vec<char>,
    },
    /// Words that nothing on the other side answers to.
    Left {
        /// Of the string.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        text: Vec<String>,
        /// Of the registered name.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        name: Vec<String>,
    },
    /// The parts of the two names: what met as what, what one leaves out, what contradicts.
    Parts {
        /// Each finding.
        parts: Vec<PartFound>,
    },
    /// One abbreviates the other. Evidence, never proof: other names may be abbreviated so.
    Abbreviation {
        /// The full name.
        name: String,
        /// The name with the letters that the abbreviation takes marked: `Соц|иалистическое Сопр|отивление`.
        derivation: String,
    },
    /// The string means the same in other words: an adjective, people of a country, another of its names.
    Meaning {
        /// The name that says it.
        name: String,
    },
    /// A part of the string is the name.
    Within {
        /// That part.
        part: String,
        /// The name.
        name: String,
    },
    /// What the context says of the entity.
    Context {
        /// `type`, `country`, `date` or `scope`.
        what: &'static str,
        /// What the context asks for.
        wanted: String,
        /// What the registry says.
        found: String,
        /// Whether they agree.
        agreement: Agreement,
    },
    /// A renaming that was followed from the id whose name it is.
    Renamed {
        /// That id.
        from: String,
    },
}

/// A word of the string and the word of the name it is taken for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordRead {
    /// The word of the string.
    pub word: String,
    /// The word of the registered name.
    pub name: String,
    /// The scheme that writes one as the other; none when no scheme does so exactly.
    pub scheme: Option<String>,
    /// What it costs to take one for the other: about 0 for two spellings of habit, 6 for each wrong letter (negative natural logarithms).
    pub cost: f64,
}

/// A part that two names have in common, that one of them leaves out, or in which they contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartFound {
    /// What it is: `family`, `given`, `patronymic`, `initial`, `initials-only`, `gender`, `head` (the kind of body), `quality` (which of
    /// several: socialist, national), `legal`, `place-word`, `country`, `number`, `core` (any other word).
    pub part: &'static str,
    /// Whether both have it alike; unknown where one leaves it out.
    pub says: Agreement,
    /// The words of the string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The words of the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// An entity that may be meant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// How well the string fits, from 0 to 1.
    pub score: f64,
    /// What speaks for and against it.
    pub evidence: Vec<Evidence>,
}

/// The answer for one string. The name, the sentence and the candidates are made when they are asked for.
#[derive(Clone)]
pub struct Outcome<'r> {
    /// What can be said.
    pub verdict: Verdict,
    /// The entity's id; only for a match.
    pub id: Option<Cow<'r, str>>,
    /// How well the best candidate fits, from 0 to 1.
    pub score: f64,
    /// The step that found it.
    pub how: Option<How>,
    ground: Ground<'r>,
    why: OnceLock<String>,
    candidates: OnceLock<Vec<Candidate>>,
}

impl<'r> Outcome<'r> {
    /// The entity's name to show; only for a match.
    ///
    /// ```
    /// use atau::resolve::{Context, Resolver};
    /// use atau::Registry;
    ///
    /// let resolver = Resolver::new(Registry::builtin());
    /// let outcome = resolver.resolve("СоцСопр", &Context::new());
    /// assert_eq!(outcome.name(), Some("Социалистическое Сопротивление Казахстана"));
    /// ```
    pub fn name(&self) -> Option<&'r str> {
        self.id.as_deref().map(|id| self.ground.name_of(id))
    }

    /// The answer in one sentence.
    pub fn why(&self) -> &str {
        self.why.get_or_init(|| self.ground.why())
    }

    /// All that may be meant, the best first, with what speaks for them.
    ///
    /// ```
    /// use atau::resolve::{Context, Resolver};
    /// use atau::Registry;
    ///
    /// let resolver = Resolver::new(Registry::builtin());
    /// let outcome = resolver.resolve("Социстическое Сопротивление", &Context::new());
    /// for candidate in outcome.candidates() {
    ///     println!("{} {:.2} {:?}", candidate.id, candidate.score, candidate.evidence);
    /// }
    /// ```
    pub fn candidates(&self) -> &[Candidate] {
        self.candidates.get_or_init(|| self.ground.candidates())
    }

    /// The ids of the other candidates that the string may mean: for a match those that lost, else all.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        let answer = self.id.as_deref();
        let candidates = if answer.is_some() && self.ground.is_alone() { &[] } else { self.candidates() };
        // Bearers of one name have a share of its score each.
        let (bearers, from) = (self.ground.bearers(), self.ground.candidate_from());
        let meant = candidates.iter().enumerate().filter(move |(i, c)| *i < bearers || c.score >= from);
        meant.map(|(_, c)| c.id.as_str()).filter(move |id| Some(*id) != answer)
    }

    /// The answer for a string that cannot be a name.
    pub(super) fn of_fault(fault: Fault, language: Language) -> Outcome<'static> {
        Outcome::new(Verdict::None, None, (0.0, None), Ground::Fault(fault, language))
    }

    /// The answer for a string whose form one name has, and of which nothing else is known.
    #[inline]
    pub(super) fn of_sole(resolver: &'r Resolver, text: &str, hit: Hit, name: OfForm<'r>) -> Outcome<'r> {
        let verdict = verdict_for(&hit, name.place);
        let entity = name.entity.filter(|_| verdict == Verdict::Match);
        let (score, how) = (hit.score, hit.how);
        let text = (how != How::Exact).then(|| text.into());
        let ground = Ground::Sole { resolver, text, hit, place: name.place };
        Outcome::new(verdict, entity.map(|entity| answering(resolver, &entity)), (score, Some(how)), ground)
    }

    pub(super) fn decided(resolver: &'r Resolver, text: &str, context: &Context, decision: Decision) -> Outcome<'r> {
        let best = decision.bearers.first();
        let id = best.filter(|_| decision.verdict == Verdict::Match).map(|best| {
            let entity = resolver.registry.glance(best.place.entity);
            entity.map_or(Cow::Borrowed(""), |entity| answering(resolver, &entity))
        });
        let score = best.or(decision.comparable.first()).map_or(0.0, |b| b.hit.score);
        let how = best.map(|b| b.hit.how);
        let verdict = decision.verdict;
        let ground =
            Ground::Decided(Box::new(Decided { resolver, text: text.into(), context: context.clone(), decision, told: OnceLock::new() }));
        Outcome::new(verdict, id, (score, how), ground)
    }

    #[inline]
    fn new(verdict: Verdict, id: Option<Cow<'r, str>>, (score, how): (f64, Option<How>), ground: Ground<'r>) -> Outcome<'r> {
        Outcome { verdict, id, score, how, ground, why: OnceLock::new(), candidates: OnceLock::new() }
    }
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Outcome");
        fields.field("verdict", &self.verdict).field("id", &self.id).field("name", &self.name()).field("score", &self.score);
        fields.field("how", &self.how).field("why", &self.why()).field("candidates", &self.candidates()).finish()
    }
}
