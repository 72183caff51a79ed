//! From names that may be meant, and the context, to what is answered.

use super::Resolver;
use super::context::{Context, View};
use super::index::Place;
use super::outcome::{Agreement, How, Verdict};
use super::steps::{Found, Hit};
use super::weights::weights;
use crate::registry::{Entity, Name, Scope};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::borrow::Cow;

/// What an answer depends on besides the string.
pub(super) struct Setting<'a> {
    pub resolver: &'a Resolver,
    pub context: &'a Context,
    pub scope: Option<&'a Scope>,
}

impl<'a> Setting<'a> {
    pub(super) fn new(resolver: &'a Resolver, context: &'a Context) -> Setting<'a> {
        let scope = Some(&resolver.registry.manifest().scope).filter(|s| resolver.use_scope && !s.is_empty());
        Setting { resolver, context, scope }
    }

    /// The id of a bearer; empty where the registry's file is damaged.
    pub(super) fn id(&self, bearer: &Bearer) -> &'a str {
        self.resolver.registry.glance(bearer.place.entity).map_or("", |entity| entity.id())
    }

    /// The name that was hit, with all that is known of it.
    pub(super) fn name(&self, bearer: &Bearer) -> Cow<'a, Name> {
        let name = self.resolver.registry.name_at(bearer.place.entity, bearer.place.number);
        name.unwrap_or_else(|| Cow::Owned(Name::new("")))
    }

    pub(super) fn entity(&self, bearer: &Bearer) -> Option<Cow<'a, Entity>> {
        self.resolver.registry.entity_at(bearer.place.entity)
    }
}

/// An entity whose names were hit, with its best hit.
#[derive(Debug, Clone)]
pub(super) struct Bearer {
    /// The name that was hit.
    pub place: Place,
    pub hit: Hit,
    pub kind: Option<Agreement>,
    pub country: Option<Agreement>,
    pub date: Option<Agreement>,
    pub in_scope: Option<bool>,
}

impl Bearer {
    /// Whether nothing but the context can speak against it.
    fn is_sure(&self) -> bool {
        is_sure(&self.hit, self.place)
    }

    /// Whether its type or country is not that of the context.
    pub(super) fn is_contradicted(&self) -> bool {
        [self.kind, self.country].contains(&Some(Agreement::Differs))
    }
}

/// Whether nothing but the context can speak against who bears a name.
fn is_sure(hit: &Hit, place: Place) -> bool {
    hit.doubt.is_none() && !place.kind.is_weak()
}

/// What is answered: who may be meant, and who of them is.
#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub verdict: Verdict,
    /// The best first.
    pub bearers: Vec<Bearer>,
    /// How many of them, the first, the context leaves.
    pub left: usize,
    /// What decided that.
    pub deciders: Vec<Decider>,
    /// Who bears a name that is merely comparable.
    pub comparable: Vec<Bearer>,
}

/// What decided between several bearers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decider {
    Kind,
    Country,
    Date,
    Scope,
}

/// The verdict where one name was hit and nothing else is known of the string: as that of [`decide`].
#[inline]
pub(super) fn verdict_for(hit: &Hit, place: Place) -> Verdict {
    if is_sure(hit, place) { Verdict::Match } else { Verdict::Candidate }
}

/// Who is meant by names that were found.
pub(super) fn decide(setting: &Setting, found: Found) -> Decision {
    let placed = |hits: Vec<Hit>| {
        let Resolver { registry, forms, .. } = setting.resolver;
        hits.into_iter().filter_map(|hit| Some((forms.place_of(registry, hit.name)?, hit))).map(|(place, hit)| (hit, place)).collect()
    };
    decide_placed(setting, placed(found.hits), placed(found.comparable))
}

/// As [`decide`], where it is known where the names stand.
pub(super) fn decide_placed(setting: &Setting, hits: Vec<(Hit, Place)>, comparable: Vec<(Hit, Place)>) -> Decision {
    let mut bearers = bearers(setting, hits);
    let comparable = self::bearers(setting, comparable);
    if bearers.is_empty() {
        return Decision { verdict: Verdict::None, bearers, left: 0, deciders: Vec::new(), comparable };
    }
    let (left, deciders) = narrow(setting, &mut bearers);
    if left < bearers.len() && bearers[0].hit.how == How::Script {
        // What is likely of the name is likely of those who are left.
        let whole = bearers.iter().map(|b| b.hit.score).sum::<f64>().min(weights().steps.most);
        bearers[..left].iter_mut().for_each(|b| b.hit.score = whole / left as f64);
    }
    let one_body = left > 1 && setting.resolver.view == View::Bodies && {
        let latest = |b: &Bearer| setting.resolver.registry.latest(setting.id(b)).into_owned();
        let first = latest(&bearers[0]);
        bearers[..left].iter().all(|b| latest(b) == first)
    };
    let sure = bearers[0].is_sure() && !bearers[0].is_contradicted();
    let verdict = match (left == 1 || one_body, sure) {
        (true, true) => Verdict::Match,
        (true, false) => Verdict::Candidate,
        (false, _) if bearers[..left].iter().any(Bearer::is_sure) => Verdict::Ambiguous,
        (false, _) => Verdict::Candidate,
    };
    Decision { verdict, bearers, left, deciders, comparable }
}

/// The entities whose names were hit, each once with its best hit, in the order of the hits.
fn bearers(setting: &Setting, hits: Vec<(Hit, Place)>) -> Vec<Bearer> {
    let mut bearers: Vec<Bearer> = Vec::with_capacity(hits.len());
    let several = hits.len() > 1;
    let mut places: FxHashMap<usize, usize> = FxHashMap::with_capacity_and_hasher(if several { hits.len() } else { 0 }, FxBuildHasher);
    for (hit, place) in hits {
        let Some(next) = bearer(setting, hit, place) else { continue };
        match places.get(&place.entity).map(|at| &mut bearers[*at]) {
            None => {
                if several {
                    places.insert(place.entity, bearers.len());
                }
                bearers.push(next);
            }
            // Of several records of one name that counts which the date agrees with, then the strongest.
            Some(known) => {
                let rank = |b: &Bearer| (b.date != Some(Agreement::Agrees), b.place.kind.is_weak(), b.place.kind);
                if next.hit.score >= known.hit.score && rank(&next) < rank(known) {
                    *known = next;
                }
            }
        }
    }
    bearers
}

/// Who bears a name; nothing where the registry's file is damaged.
fn bearer(setting: &Setting, hit: Hit, place: Place) -> Option<Bearer> {
    let in_scope = setting.scope.map(|_| setting.resolver.registry.is_in_scope(place.entity));
    let mut bearer = Bearer { place, hit, kind: None, country: None, date: None, in_scope };
    let context = setting.context;
    if !context.is_empty() {
        let agree = |same: Option<bool>| match same {
            Some(true) => Agreement::Agrees,
            Some(false) => Agreement::Differs,
            None => Agreement::Unknown,
        };
        let entity = setting.entity(&bearer)?;
        bearer.kind = context.kind.map(|k| agree(entity.kind.map(|own| own == k)));
        bearer.country = context.country.as_ref().map(|c| agree(entity.country.as_ref().map(|own| own == c)));
        bearer.date = context.date.as_ref().map(|d| agree(entity.names.get(place.number).and_then(|name| entity.bore(name, d))));
    }
    Some(bearer)
}

/// Puts the bearers that the context leaves first, and says how many those are and what decided.
fn narrow(setting: &Setting, bearers: &mut [Bearer]) -> (usize, Vec<Decider>) {
    let mut left = bearers.len();
    let mut deciders = Vec::new();
    // Names that are merely near are ordered by nearness; context does not choose among them.
    if bearers[0].hit.how == How::Near {
        return (left, deciders);
    }
    let mut keep = |decider: Decider, bearers: &mut [Bearer], left: &mut usize, fits: &dyn Fn(&Bearer) -> bool| {
        let fitting = bearers[..*left].iter().filter(|b| fits(b)).count();
        if *left > 1 && fitting > 0 && fitting < *left {
            bearers[..*left].sort_by_key(|b| !fits(b));
            *left = fitting;
            deciders.push(decider);
        }
    };
    let of_context = [Decider::Kind, Decider::Country, Decider::Date];
    for decider in of_context.into_iter().filter(|_| !setting.context.is_empty()) {
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
        keep(Decider::Scope, bearers, &mut left, &|b| b.in_scope == Some(true) && !b.place.kind.is_weak());
    }
    deciders.dedup();
    (left, deciders)
}
