//! The steps from a string to names that may be meant, strongest first. One step's result is taken if it has any.

use super::aligned::{Aligned, Way, alignment};
use super::index::{Finder, Forms, Index, Initials, NameId, Near, OfForm, Place};
use super::named::{Compared, Named};
use super::outcome::{Evidence, How};
use super::roles::{Told, revise};
use super::sentence::Message;
use super::spelled::Spelled;
use super::weights::weights;
use super::{Thresholds, apart, inflected, otherwise, score, shared};
use crate::name::inflect;
use crate::name::parts::{Parts, What, analyse};
use crate::name::reading::{Comparer, Doubt, Met, STEP, Spelling, steps};
use crate::registry::{NameKind, Registry};
use crate::text::{fold, fold_into, is_alphanumeric, is_invisible, is_mark, nfc, repair_all};
use rustc_hash::FxHashSet;
use std::cell::{OnceCell, RefCell};
use std::ptr;
use std::sync::OnceLock;

thread_local! {
    static FINDER: RefCell<Finder> = RefCell::new(Finder::new());
    static COMPARER: RefCell<Comparer> = RefCell::new(Comparer::new());
}

/// A registered name that may be meant.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub name: NameId,
    pub how: How,
    pub score: f64,
    /// Why the step alone is not strong enough for a match; nothing when it is.
    pub doubt: Option<Message>,
    /// Which words of a name answer to those of the string, as far as that is still to be told.
    pub aligned: Option<Box<Aligned>>,
    /// What else the step found out; what a folded form has in common with the name is told when it is asked for.
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

impl From<Vec<Hit>> for Found {
    fn from(hits: Vec<Hit>) -> Found {
        Found { hits, comparable: Vec::new() }
    }
}

impl Found {
    /// This and what another step found, the best first; what is sure goes before what is not.
    pub(super) fn beside(mut self, mut other: Found) -> Found {
        let mut all = Found::default();
        // A case form that others bear too is nearer than anything that is merely alike.
        if self.hits.first().is_some_and(|h| h.how == How::Inflected && h.score >= weights().steps.shared) {
            let known: FxHashSet<NameId> = self.hits.iter().map(|h| h.name).collect();
            other.hits.append(&mut other.comparable);
            self.comparable.extend(other.hits.into_iter().filter(|h| !known.contains(&h.name)));
            return self;
        }
        let mut hits: Vec<Hit> = self.hits.into_iter().chain(other.hits).collect();
        hits.sort_by(|a, b| a.doubt.is_some().cmp(&b.doubt.is_some()).then(b.score.total_cmp(&a.score)));
        // The sure ones stand first.
        let is_any_sure = hits.first().is_some_and(|h| h.doubt.is_none());
        let (mut known, mut comparable) = (FxHashSet::default(), FxHashSet::default());
        for hit in hits {
            let (list, known) = match is_any_sure && hit.doubt.is_some() {
                true => (&mut all.comparable, &mut comparable),
                false => (&mut all.hits, &mut known),
            };
            if known.insert(hit.name) {
                list.push(hit);
            }
        }
        all.comparable.extend(other.comparable.into_iter().filter(|h| !known.contains(&h.name)));
        all
    }
}

/// Where names are looked up.
pub(super) struct Known<'a> {
    pub registry: &'a Registry,
    pub forms: &'a Forms,
    /// Made when a string is first asked for that no name is.
    pub index: &'a OnceLock<Index>,
    pub initials: &'a OnceLock<Initials>,
    pub thresholds: Thresholds,
}

impl Known<'_> {
    /// The index of words, made when it is first asked for.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.registry, self.forms))
    }
}

/// A string to look up: as it was given, in NFC, and folded, which is in bytes that are not looked at as a text unless they have to be.
pub(super) struct Query<'a> {
    pub raw: &'a str,
    pub text: &'a str,
    form: &'a [u8],
    folded: OnceCell<&'a str>,
    /// How its words begin in the nominatives that it may be a form of, and these, once somebody asked for them.
    beginnings: OnceCell<Vec<Option<&'a str>>>,
    readings: OnceCell<Vec<(inflect::Language, inflect::Nominative)>>,
    /// Its parts, once somebody asked for them.
    parts: OnceCell<Parts>,
}

impl<'a> Query<'a> {
    pub(super) fn new(raw: &'a str, text: &'a str, form: &'a [u8]) -> Query<'a> {
        let (beginnings, readings) = (OnceCell::new(), OnceCell::new());
        Query { raw, text, form, folded: OnceCell::new(), beginnings, readings, parts: OnceCell::new() }
    }

    /// The folded form.
    pub(super) fn folded(&self) -> &'a str {
        // What folds a text gives one.
        self.folded.get_or_init(|| str::from_utf8(self.form).unwrap_or_default())
    }

    /// Its parts.
    pub(super) fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| analyse(self.text, None))
    }

    /// Whether it may be a form, in the languages its letters allow.
    fn may_be_form(&self) -> bool {
        self.text.len() <= LONGEST_FORM && self.folded().contains(|c| matches!(c, '\u{400}'..='\u{52F}'))
    }

    /// How each of its words begins in all nominatives that it may be a form of, and in their other forms, as [`inflect::beginnings`].
    pub(super) fn beginnings(&self) -> &[Option<&'a str>] {
        self.beginnings.get_or_init(|| if self.may_be_form() { inflect::beginnings(self.text, self.folded()) } else { Vec::new() })
    }

    /// The nominatives that it may be a form of, in the languages its letters allow.
    pub(super) fn readings(&self) -> &[(inflect::Language, inflect::Nominative)] {
        self.readings.get_or_init(|| if self.may_be_form() { inflect::readings(self.text) } else { Vec::new() })
    }
}

impl Query<'_> {
    /// The nominatives that it is likely to be a form of.
    pub(super) fn likely(&self) -> impl Iterator<Item = &str> {
        let likely = self.readings().iter().filter(|(_, reading)| reading.confidence >= LIKELY);
        likely.take(MOST_LIKELY).map(|(_, reading)| reading.text.as_str())
    }
}

/// The least share of a nominative that is likely, and how many are looked at.
const LIKELY: f32 = 0.2;
const MOST_LIKELY: usize = 4;
/// Longer strings are no names in a case, in bytes.
const LONGEST_FORM: usize = 400;

/// The steps in their order, after [`by_form`]; each finds what the ones before it did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    LettersApart,
    Repair,
    Inflection,
    Likeness,
}

impl Step {
    pub(super) const ALL: [Step; 4] = [Step::LettersApart, Step::Repair, Step::Inflection, Step::Likeness];

    /// Looks a string up by this step.
    pub(super) fn look_up(self, known: &Known, query: &Query, top: usize) -> Found {
        let registry = known.registry;
        match self {
            Step::LettersApart => apart::by_letters_apart(registry, known.forms, query).into(),
            Step::Repair => by_repair(registry, known.forms, query.text).into(),
            Step::Inflection => inflected::by_inflection(registry, known.index(), query).into(),
            Step::Likeness => {
                let index = known.index();
                let near = inflected::one_country(registry, index, query, by_likeness(known, query, top));
                // What is sure needs no other words.
                match near.hits.as_slice() {
                    [only] if only.doubt.is_none() => near,
                    _ => otherwise::beside(otherwise::in_other_words(known, query), near, known.thresholds.match_from),
                }
            }
        }
    }
}

/// The names that have the form of a string.
pub(super) enum ByForm<'r> {
    /// One, and how it was met.
    One(Hit, OfForm<'r>),
    /// Several, or none.
    Several(Vec<(Hit, Place)>),
}

impl ByForm<'_> {
    /// All of them, with where they stand.
    pub(super) fn placed(self) -> Vec<(Hit, Place)> {
        match self {
            ByForm::One(hit, name) => vec![(hit, name.place)],
            ByForm::Several(names) => names,
        }
    }
}

/// The same characters, else the same folded form. Names that differ in their normal form alone go before others.
#[inline]
pub(super) fn by_form<'r>(registry: &'r Registry, forms: &Forms, query: &Query) -> ByForm<'r> {
    let mut found = forms.by_text(registry, query.text, query.form);
    let Some(first) = found.next() else { return ByForm::Several(Vec::new()) };
    let Some(second) = found.next() else { return ByForm::One(hit(query, &first), first) };
    let same = |name: &[u8]| name == query.text.as_bytes() || str::from_utf8(name).is_ok_and(|name| nfc(name) == query.text);
    // What one name is to the string, others of its text and kind are too.
    let mut last = (first.text, first.place.kind, same(first.text), hit(query, &first));
    let all = [first, second].into_iter().chain(found).map(|name| {
        if !ptr::eq(last.0, name.text) || last.1 != name.place.kind {
            last = (name.text, name.place.kind, same(name.text), hit(query, &name));
        }
        (last.2, Hit { name: name.id, ..last.3.clone() }, name.place)
    });
    let all: Vec<_> = all.collect();
    let any_same = all.iter().any(|(same, ..)| *same);
    ByForm::Several(all.into_iter().filter(|(same, ..)| !any_same || *same).map(|(_, hit, place)| (hit, place)).collect())
}

/// A name that has the form of a string.
fn hit(query: &Query, name: &OfForm) -> Hit {
    let is_raw = name.text == query.raw.as_bytes();
    let (how, score) = if is_raw { (How::Exact, weights().steps.exact) } else { (How::Folded, weights().steps.folded) };
    let small =
        !is_raw && name.place.kind == NameKind::Abbreviation && needs_capitals(query, str::from_utf8(name.text).unwrap_or_default());
    Hit { name: name.id, how, score, doubt: small.then_some(Message::NeedsCapitals), aligned: None, evidence: Vec::new() }
}

/// Capitals make an abbreviation: ISA is not Isa.
fn needs_capitals(query: &Query, abbreviation: &str) -> bool {
    query.text.chars().any(char::is_lowercase) && differences(query.raw, abbreviation).contains(&CASE)
}

/// The difference that abbreviations do not bear.
const CASE: &str = "capitals";

/// Characters that are not seen, such as a soft hyphen.
pub(super) const INVISIBLE: &str = "invisible characters";

/// In what a string differs from a name of the same folded form.
pub(super) fn differences(raw: &str, name: &str) -> Vec<&'static str> {
    let (text, written) = (&*nfc(raw), name);
    let name = &*nfc(written);
    let same = |keep: fn(&char) -> bool| text.chars().filter(keep).eq(name.chars().filter(keep));
    let letters = |c: &char| is_alphanumeric(*c) || is_mark(*c);
    let signs = |c: &char| !is_alphanumeric(*c) && !is_mark(*c) && !c.is_whitespace() && !is_invisible(*c);
    let spaces = |text: &str| text.matches(' ').count();
    let odd_space = |text: &str| text.chars().any(|c| c.is_whitespace() && c != ' ');
    let mut differs = Vec::new();
    if raw != text || written != name {
        differs.push("Unicode normal form");
    }
    if !same(letters) {
        let wide = |c: char| ('\u{FF01}'..='\u{FFEE}').contains(&c);
        differs.push(if text.chars().any(wide) != name.chars().any(wide) { "width" } else { CASE });
    }
    if !same(signs) {
        differs.push("punctuation");
    }
    if spaces(text) != spaces(name) || odd_space(text) != odd_space(name) {
        differs.push("spaces");
    }
    if !same(|c| is_invisible(*c)) {
        differs.push(INVISIBLE);
    }
    // As many of each, in other places.
    if differs.is_empty() {
        differs.push(if same(|c| !c.is_whitespace()) { "spaces" } else { "punctuation" });
    }
    differs
}

/// Look-alike letters read as the letters meant.
pub(super) fn by_repair(registry: &Registry, forms: &Forms, text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for reading in repair_all(text) {
        let ids = forms.by_folded(registry, &fold(&reading.text));
        let any_exact = ids.iter().any(|(_, name)| *name == reading.text);
        for (id, _) in ids.iter().filter(|(_, name)| !any_exact || *name == reading.text) {
            if hits.iter().any(|h| h.name == *id) {
                continue;
            }
            let doubt = (!reading.mixed).then_some(Message::EveryLetter);
            let evidence = vec![Evidence::Repaired { letters: reading.letters.clone(), form: reading.text.clone() }];
            hits.push(Hit { name: *id, how: How::Repaired, score: weights().steps.repaired, doubt, aligned: None, evidence });
        }
    }
    if hits.iter().any(|h| h.doubt.is_none()) {
        hits.retain(|h| h.doubt.is_none());
    }
    hits
}

/// Names that are like the string letter by letter, in any script.
fn by_likeness(known: &Known, query: &Query, most: usize) -> Found {
    let (registry, index, from) = (known.registry, known.index(), known.thresholds);
    let string = Spelled::new(query.text, query.folded());
    let spelling = &string.spelling;
    if spelling.words.is_empty() {
        return Found::default();
    }
    let (mut others, weights_of_string) = FINDER.with_borrow_mut(|finder| finder.find(index, spelling, most));
    let mut looked_at = by_parts(registry, index, query, (spelling, &weights_of_string), &mut others);
    let nats = |steps: u32| f64::from(steps) * f64::from(STEP);
    let length = spelling.words.iter().map(|w| usize::from(w.letters)).sum();
    let said = |n: &Near| score::Said {
        weight: nats(n.weight),
        met_weight: nats(n.likeness.met_weight),
        letters: nats(n.likeness.letters),
        left: n.likeness.left.map(nats),
        length,
        doubt: n.likeness.doubt,
    };
    let scores = score::probabilities(&others.iter().map(said).collect::<Vec<_>>());
    let any: f64 = scores.iter().sum();
    let names: Vec<Option<Spelled>> = others
        .iter()
        .zip(&mut looked_at)
        .map(|(near, looked_at)| looked_at.spelled.take().or_else(|| spell_name(registry, index, near.name)))
        .collect();
    let folded: Vec<&str> = names.iter().map(|name| name.as_ref().map_or("", |name| name.folded.as_str())).collect();
    let likely = shared::together(&folded, &scores);
    let of_scheme = &weights().scheme;
    let mut found = Found::default();
    for (rank, ((near, looked_at), score)) in others.iter().zip(looked_at).zip(scores.iter().copied()).enumerate() {
        let LookedAt { told, evidence: parts, .. } = looked_at;
        let Some(Spelled { text, folded: other, spelling: spelled }) = &names[rank] else { continue };
        let letters: Vec<char> = spelling.guessed.iter().chain(&spelled.guessed).copied().collect();
        let cut = spelling.is_cut || spelled.is_cut;
        let guessed = (!letters.is_empty()).then(|| Evidence::Guessed { letters: letters.clone() });
        let way = Way::of(spelling, spelled, &near.likeness);
        let how = way.how();
        // Every word as one scheme writes it, and no other name as near: that is sure, however common the words are.
        let schemes = rank == 0 && way.may_be_of_scheme();
        let alone = || others.get(1).is_none_or(|second| second.likeness.cost >= near.likeness.cost + steps(of_scheme.apart));
        let may_be_sure = schemes && score < of_scheme.score && length >= of_scheme.letters && alone();
        // What tells nothing of the score is told when it is asked for.
        let (aligned, evidence) = match may_be_sure {
            false => (Some(Box::new(Aligned { name: near.name, met: near.likeness.met.clone(), schemes })), Vec::new()),
            true => {
                let name = index.name(registry, near.name);
                let lang = name.as_ref().and_then(|name| name.lang.as_deref());
                (None, alignment((query.text, query.folded(), spelling), (text, other, spelled), &near.likeness.met, Some(lang)))
            }
        };
        let written = |e: &Evidence| matches!(e, Evidence::Read { words } if words.iter().all(|w| w.scheme.is_some()));
        let score = if evidence.first().is_some_and(written) { of_scheme.score } else { score };
        let doubt = match score {
            _ if !letters.is_empty() => Some(Message::UnknownLetters),
            _ if cut => Some(Message::ManyWords),
            _ if near.likeness.doubt.is_some() => near.likeness.doubt.map(|doubt| message(doubt, &told)),
            _ if rank == 0 && is_beside_kin(&others) => Some(Message::NotNearEnough),
            s if s >= from.match_from => None,
            _ if any >= from.match_from && likely[rank] >= from.candidate_from => None,
            _ => Some(Message::NotNearEnough),
        };
        let hit = Hit { name: near.name, how, score, doubt, aligned, evidence: evidence.into_iter().chain(parts).chain(guessed).collect() };
        // Beside what is sure, or as likely, the rest is only comparable.
        let with_first =
            found.hits.first().is_none_or(|first: &Hit| first.doubt.is_some() || doubt.is_none() && first.score < from.match_from);
        if likely[rank] >= from.candidate_from && with_first { found.hits.push(hit) } else { found.comparable.push(hit) }
    }
    // Only where several are about as likely is less than the score of a match enough; one alone is not sure.
    if let [only] = found.hits.as_mut_slice()
        && only.doubt.is_none()
        && only.score < from.match_from
    {
        only.doubt = Some(Message::NotNearEnough);
    }
    // The list is cut at so many; a name that fills it may have more bearers.
    if folded.len() >= most && found.hits.len() > 1 && folded[..found.hits.len()].iter().all(|name| *name == folded[0]) {
        shared::with_all_bearers(&mut found.hits, known.forms.by_folded(registry, folded[0]).into_iter().map(|(id, _)| id));
    }
    found
}

/// A name that costs this much more than the best by its letters is not meant, whatever its parts are.
const FAR: u32 = steps(12.0);

/// What is charged, for their order, to names that have the words of the string in another spelling, or say what kind of thing they are.
const WRITTEN_OTHERWISE: u32 = steps(1.5);

/// Whether the first name is not spelled as the string is, and another that is made from it, or that it is made from, is about as near:
/// Petropavlovskoye beside Петропавловский and Петропавловка.
fn is_beside_kin(near: &[Near]) -> bool {
    let Some((first, others)) = near.split_first() else { return false };
    let of_scheme = &weights().scheme;
    let is_kin =
        |other: &Near| other.likeness.doubt == Some(Doubt::Derived) && other.likeness.cost < first.likeness.cost + steps(of_scheme.apart);
    first.likeness.cost >= steps(of_scheme.as_spelled) && others.iter().any(is_kin)
}

/// A registered name that was found to be like a string; nothing when the registry's file is damaged there.
fn spell_name<'r>(registry: &'r Registry, index: &Index, id: NameId) -> Option<Spelled<'r>> {
    let text = index.text(registry, id)?;
    Some(Spelled::read(text, |folded, spelling| {
        fold_into(text, folded);
        FINDER.with_borrow_mut(|finder| finder.spell(index, id, folded, spelling));
    }))
}

/// What looking at the parts of a name told.
#[derive(Default)]
struct LookedAt<'r> {
    told: Told,
    evidence: Option<Evidence>,
    /// The name, when it was read.
    spelled: Option<Spelled<'r>>,
}

/// Looks at the names found part by part, and puts them in order again. Gives what was told of each.
fn by_parts<'r>(
    registry: &'r Registry,
    index: &Index,
    query: &Query,
    (spelling, weights): (&Spelling, &[u32]),
    others: &mut Vec<Near>,
) -> Vec<LookedAt<'r>> {
    let Some(named) = Named::of(query.parts().clone(), query.text, query.folded(), spelling) else {
        return others.iter().map(|_| LookedAt::default()).collect();
    };
    let string = Compared { spelling, weights, named: &named };
    let mut all: Vec<(u32, Near, LookedAt)> = Vec::with_capacity(others.len());
    let least = others.first().map_or(0, |near| near.likeness.cost);
    COMPARER.with_borrow_mut(|comparer| {
        for mut near in others.drain(..) {
            let may_be = near.likeness.cost <= least + FAR;
            let mut looked_at = LookedAt::default();
            let mut as_written = false;
            if let Some(spelled) = may_be.then(|| spell_name(registry, index, near.name)).flatten() {
                let Spelled { text, folded, spelling: other } = &spelled;
                let text = nfc(text);
                if let Some(named) = Named::new(&text, folded, other).filter(|_| near.own.len() == other.words.len()) {
                    let side = Compared { spelling: other, weights: &near.own, named: &named };
                    looked_at.told = revise(comparer, &string, &side, &mut near.likeness);
                    let same = |m: &Met| m.words == (1, 1) && written(spelling, query.folded(), m.a) == written(other, folded, m.b);
                    as_written = near.likeness.doubt != Some(Doubt::Kind) && near.likeness.met.iter().all(same);
                    looked_at.evidence = looked_at.told.evidence((query.text, string.named), (&text, side.named));
                }
                looked_at.spelled = Some(spelled);
            }
            let cost = near.likeness.cost + if as_written { 0 } else { WRITTEN_OTHERWISE };
            all.push((cost, near, looked_at));
        }
    });
    // Who has several names is as often called by the others.
    let names = |near: &Near| registry.glance(index.entity(near.name) as usize).map_or(0, |entity| entity.count());
    all.sort_by_key(|(cost, ..)| *cost);
    for alike in all.chunk_by_mut(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
        alike.sort_by_cached_key(|(_, near, _)| (names(near), near.name));
    }
    let (near, looked_at) = all.into_iter().map(|(_, near, looked_at)| (near, looked_at)).unzip();
    *others = near;
    looked_at
}

/// A word of a spelling as it stands in the folded text.
fn written<'t>(of: &Spelling, folded: &'t str, at: u8) -> Option<&'t str> {
    let text = &of.words.get(usize::from(at))?.text;
    folded.get(text.start as usize..text.end as usize)
}

/// The message for a doubt.
fn message(doubt: Doubt, told: &Told) -> Message {
    match doubt {
        // Letters fit many names.
        Doubt::Spelling if told.findings.iter().any(|f| f.what == What::Initial) => Message::NotNearEnough,
        Doubt::Contradiction => Message::Contradiction,
        Doubt::Gender => Message::OtherGender,
        Doubt::Derived => Message::NamedAfter,
        Doubt::More => Message::SaysMore,
        Doubt::Kind | Doubt::Body => Message::KindUnsaid,
        Doubt::Spelling => Message::SingleWord,
        Doubt::Word => Message::OtherWord,
        Doubt::Part => Message::SmallPart,
    }
}
