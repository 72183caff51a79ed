//! From names that may be meant, and the context, to an outcome.

use super::context::{Context, View};
use super::explain;
use super::index::Forms;
use super::outcome::{Agreement, Candidate, Evidence, How, Outcome, Verdict};
use super::sentence::Language;
use super::steps::{Found, Hit};
use crate::registry::{Entity, Name, Registry, Scope};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// What an answer depends on besides the string.
pub(super) struct Setting<'a> {
    pub registry: &'a Registry,
    pub forms: &'a Forms,
    pub context: &'a Context,
    pub scope: Option<&'a Scope>,
    pub view: View,
    pub top: usize,
    pub candidate_from: f64,
    pub language: Language,
}

/// An entity whose names were hit, with its best hit.
pub(super) struct Bearer<'a> {
    pub entity: Cow<'a, Entity>,
    /// The number of the name that was hit among those of the entity, which has it.
    name: usize,
    pub hit: Hit,
    pub kind: Option<Agreement>,
    pub country: Option<Agreement>,
    pub date: Option<Agreement>,
    pub in_scope: Option<bool>,
}

impl Bearer<'_> {
    /// The name that was hit.
    pub(super) fn name(&self) -> &Name {
        &self.entity.names[self.name]
    }
}

/// What decided between several bearers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decider {
    Kind,
    Country,
    Date,
    Scope,
}

pub(super) fn decide(setting: &Setting, text: &str, found: Found) -> Outcome {
    let mut bearers = bearers(setting, found.hits);
    let comparable = self::bearers(setting, found.comparable);
    if bearers.is_empty() {
        let why = explain::nothing(setting.language, text, &comparable);
        let score = comparable.first().map_or(0.0, |b| b.hit.score);
        let candidates = comparable.into_iter().take(setting.top).map(|b| candidate(setting, b)).collect();
        return Outcome { score, candidates, candidate_from: setting.candidate_from, ..Outcome::nothing(why) };
    }
    let (left, deciders) = narrow(setting, &mut bearers);
    let one_body = left > 1 && setting.view == View::Bodies && {
        let latest = |b: &Bearer| setting.registry.latest(&b.entity.id).into_owned();
        let first = latest(&bearers[0]);
        bearers[..left].iter().all(|b| latest(b) == first)
    };
    let best = &bearers[0];
    let contradicted = [best.kind, best.country].contains(&Some(Agreement::Differs));
    let sure = best.hit.doubt.is_none() && !best.name().kind.is_weak() && !contradicted;
    let verdict = match (left == 1 || one_body, sure) {
        (true, true) => Verdict::Match,
        (true, false) => Verdict::Candidate,
        (false, _) if bearers[..left].iter().any(|b| b.hit.doubt.is_none() && !b.name().kind.is_weak()) => Verdict::Ambiguous,
        (false, _) => Verdict::Candidate,
    };
    let why = explain::found(setting, text, verdict, &bearers, left, &deciders);
    let (score, how) = (best.hit.score, Some(best.hit.how));
    // All bearers of the name are listed, however many; what is merely near fills up to the number asked for.
    let room = setting.top.saturating_sub(bearers.len());
    let most = if how == Some(How::Near) { setting.top } else { bearers.len() };
    let mut candidates: Vec<Candidate> = Vec::with_capacity(bearers.len());
    let mut listed: FxHashSet<String> = FxHashSet::default();
    for bearer in bearers.into_iter().take(most).chain(comparable.into_iter().take(room)) {
        let next = candidate(setting, bearer);
        if listed.insert(next.id.clone()) {
            candidates.push(next);
        }
    }
    let answer = (verdict == Verdict::Match).then(|| candidates.first()).flatten();
    let (id, name) = (answer.map(|c| c.id.clone()), answer.map(|c| c.name.clone()));
    Outcome { verdict, id, name, score, how, why, candidates, candidate_from: setting.candidate_from }
}

/// The entities whose names were hit, each once with its best hit, in the order of the hits.
fn bearers<'a>(setting: &Setting<'a>, hits: Vec<Hit>) -> Vec<Bearer<'a>> {
    let mut bearers: Vec<Bearer> = Vec::new();
    let mut places: FxHashMap<u32, usize> = FxHashMap::default();
    for hit in hits {
        let Some((number, entity, name)) = setting.forms.get(setting.registry, hit.name) else { continue };
        let next = bearer(setting, number, entity, name, hit);
        match places.get(&number).map(|at| &mut bearers[*at]) {
            None => {
                places.insert(number, bearers.len());
                bearers.push(next);
            }
            // Of several records of one name that counts which the date agrees with, then the strongest.
            Some(known) => {
                let rank = |b: &Bearer| (b.date != Some(Agreement::Agrees), b.name().kind.is_weak(), b.name().kind);
                if next.hit.score >= known.hit.score && rank(&next) < rank(known) {
                    *known = next;
                }
            }
        }
    }
    bearers
}

fn bearer<'a>(setting: &Setting<'a>, number: u32, entity: Cow<'a, Entity>, name: usize, hit: Hit) -> Bearer<'a> {
    let agree = |same: Option<bool>| match same {
        Some(true) => Agreement::Agrees,
        Some(false) => Agreement::Differs,
        None => Agreement::Unknown,
    };
    let context = setting.context;
    Bearer {
        name,
        hit,
        kind: context.kind.map(|k| agree(entity.kind.map(|own| own == k))),
        country: context.country.as_ref().map(|c| agree(entity.country.as_ref().map(|own| own == c))),
        date: context.date.as_ref().map(|d| agree(entity.bore(&entity.names[name], d))),
        in_scope: setting.scope.map(|_| setting.registry.is_in_scope(number as usize)),
        entity,
    }
}

/// Puts the bearers that the context leaves first, and says how many those are and what decided.
fn narrow(setting: &Setting, bearers: &mut Vec<Bearer>) -> (usize, Vec<Decider>) {
    let mut left = bearers.len();
    let mut deciders = Vec::new();
    // Names that are merely near are ordered by nearness; context does not choose among them.
    if bearers[0].hit.how == How::Near {
        return (left, deciders);
    }
    let mut keep = |decider: Decider, bearers: &mut Vec<Bearer>, left: &mut usize, fits: &dyn Fn(&Bearer) -> bool| {
        let fitting = bearers[..*left].iter().filter(|b| fits(b)).count();
        if *left > 1 && fitting > 0 && fitting < *left {
            bearers[..*left].sort_by_key(|b| !fits(b));
            *left = fitting;
            deciders.push(decider);
        }
    };
    for decider in [Decider::Kind, Decider::Country, Decider::Date] {
        let of = |b: &Bearer| match decider {
            Decider::Kind => b.kind,
            Decider::Country => b.country,
            Decider::Date | Decider::Scope => b.date,
        };
        // Those that agree go first; where none does, those that are not known to differ. A name is used beyond its
        // dates, and many have none: a date speaks only against those it contradicts, and only for somebody it does not.
        let agrees = |b: &Bearer| of(b) == Some(Agreement::Agrees);
        let may_agree = |b: &Bearer| of(b) != Some(Agreement::Differs);
        match decider {
            Decider::Date if !bearers[..left].iter().any(agrees) => {}
            Decider::Date => keep(decider, bearers, &mut left, &may_agree),
            _ => {
                keep(decider, bearers, &mut left, &agrees);
                keep(decider, bearers, &mut left, &may_agree);
            }
        }
    }
    if setting.context.country.is_none() {
        // A description inside the scope does not go before a name outside it.
        keep(Decider::Scope, bearers, &mut left, &|b| b.in_scope == Some(true) && !b.name().kind.is_weak());
    }
    deciders.dedup();
    (left, deciders)
}

fn candidate(setting: &Setting, bearer: Bearer) -> Candidate {
    let (entity, name, hit) = (&bearer.entity, bearer.name(), &bearer.hit);
    let mut evidence = vec![Evidence::Registered {
        name: name.text.clone(),
        role: name.kind.as_str(),
        lang: name.lang.clone(),
        valid: name.dates(),
        source: name.sources.clone(),
    }];
    evidence.extend(hit.evidence.iter().cloned());
    let context = setting.context;
    let kind = entity.kind.map_or(String::new(), |k| k.to_string());
    let country = entity.country.clone().unwrap_or_default();
    let wanted = [
        ("type", context.kind.map(|k| k.to_string()), kind, bearer.kind),
        ("country", context.country.clone(), country.clone(), bearer.country),
        ("date", context.date.as_ref().map(|d| d.to_string()), name.dates(), bearer.date),
    ];
    for (what, wanted, found, agreement) in wanted {
        if let (Some(wanted), Some(agreement)) = (wanted, agreement) {
            evidence.push(Evidence::Context { what, wanted, found, agreement });
        }
    }
    if let (Some(scope), Some(inside), None) = (setting.scope, bearer.in_scope, &context.country) {
        let agreement = if inside { Agreement::Agrees } else { Agreement::Differs };
        let wanted = explain::scope(Language::English, scope);
        evidence.push(Evidence::Context { what: "scope", wanted, found: country, agreement });
    }
    let mut id = Cow::Borrowed(entity.id.as_str());
    let mut shown = Cow::Borrowed(entity.display_name());
    if setting.view == View::Bodies {
        let latest = setting.registry.latest(&entity.id);
        if latest != id {
            evidence.push(Evidence::Renamed { from: entity.id.clone() });
            shown = setting.registry.entity(&latest).map_or(shown, |e| Cow::Owned(e.display_name().to_owned()));
            id = latest;
        }
    }
    Candidate { id: id.into_owned(), name: shown.into_owned(), score: hit.score, evidence }
}
