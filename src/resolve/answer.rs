//! What an outcome tells when it is asked: the sentence, and the candidates with their evidence.

use super::context::{Context, View};
use super::decide::{Bearer, Decision, Setting, decide_placed};
use super::fault::Fault;
use super::index::Place;
use super::outcome::{Agreement, Candidate, Evidence, How};
use super::sentence::Language;
use super::steps::{Hit, differences};
use super::{Resolver, aligned, explain};
use crate::registry::{Glance, Registry};
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::OnceLock;

/// What an outcome rests on.
#[derive(Clone)]
pub(super) enum Ground<'r> {
    /// The string cannot be a name.
    Fault(Fault, Language),
    /// One name has the form of the string, which is not kept where it is that name as it stands, and nothing else is known of it.
    Sole {
        resolver: &'r Resolver,
        text: Option<Box<str>>,
        hit: Hit,
        place: Place,
    },
    Decided(Box<Decided<'r>>),
}

/// What was decided, and from what.
#[derive(Clone)]
pub(super) struct Decided<'r> {
    pub resolver: &'r Resolver,
    pub text: Box<str>,
    pub context: Context,
    pub decision: Decision,
    /// The same with all that is known, once somebody asked for it.
    pub told: OnceLock<Decision>,
}

impl<'r> Ground<'r> {
    /// The answer in one sentence.
    pub(super) fn why(&self) -> String {
        match self {
            Ground::Fault(fault, language) => fault.say(*language),
            _ => self.tell(explain::why).unwrap_or_default(),
        }
    }

    /// All that may be meant, the best first.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let told = self.tell(|setting, text, decision| {
            let mut listed: FxHashSet<String> = FxHashSet::default();
            let all = listed_of(decision, setting.resolver.top).map(|bearer| candidate(setting, text, bearer));
            all.filter(|next| listed.insert(next.id.clone())).collect()
        });
        told.unwrap_or_default()
    }

    /// What is told from what was decided, if anything was.
    fn tell<T>(&self, told: impl FnOnce(&Setting, &str, &Decision) -> T) -> Option<T> {
        match self {
            Ground::Fault(..) => None,
            Ground::Sole { resolver, text, hit, place } => {
                let context = Context::new();
                let setting = Setting::new(resolver, &context);
                let decision = decide_placed(&setting, vec![(hit.clone(), *place)], Vec::new());
                let name = decision.bearers.first().filter(|_| text.is_none()).map(|bearer| setting.name(bearer));
                let text = text.as_deref().or(name.as_ref().map(|name| name.text.as_str())).unwrap_or_default();
                Some(told(&setting, text, &decision))
            }
            Ground::Decided(decided) => {
                let decision = decided.told.get_or_init(|| {
                    let mut decision = decided.decision.clone();
                    aligned::tell(decided.resolver, &decided.text, &mut decision);
                    decision
                });
                Some(told(&Setting::new(decided.resolver, &decided.context), &decided.text, decision))
            }
        }
    }

    /// Whether nobody but the answer is listed.
    pub(super) fn is_alone(&self) -> bool {
        match self {
            Ground::Fault(..) | Ground::Sole { .. } => true,
            Ground::Decided(decided) => listed_of(&decided.decision, decided.resolver.top).nth(1).is_none(),
        }
    }

    fn resolver(&self) -> Option<&'r Resolver> {
        match self {
            Ground::Fault(..) => None,
            Ground::Sole { resolver, .. } => Some(resolver),
            Ground::Decided(decided) => Some(decided.resolver),
        }
    }

    /// How many candidates, the first, bear a name that the string may be.
    pub(super) fn bearers(&self) -> usize {
        match self {
            Ground::Fault(..) => 0,
            Ground::Sole { .. } => 1,
            Ground::Decided(decided) => listed(&decided.decision, decided.resolver.top),
        }
    }

    /// From which score a candidate may be meant.
    pub(super) fn candidate_from(&self) -> f64 {
        self.resolver().map_or(0.0, |resolver| resolver.thresholds.candidate_from)
    }

    /// The name to show of the entity of an id; empty where the registry's file is damaged.
    pub(super) fn name_of(&self, id: &str) -> &'r str {
        let of = |registry: &'r Registry| Some(registry.glance(registry.number(id)?)?.display_name());
        self.resolver().and_then(|resolver| of(&resolver.registry)).unwrap_or_default()
    }
}

/// How many bearers are listed: all of one name, however many; of names that are merely near as many as were asked for.
fn listed(decision: &Decision, top: usize) -> usize {
    let is_near = decision.bearers.first().is_some_and(|b| b.hit.how == How::Near);
    if is_near { decision.bearers.len().min(top) } else { decision.bearers.len() }
}

/// The bearers that are listed; what is merely comparable fills up to the number asked for.
fn listed_of(decision: &Decision, top: usize) -> impl Iterator<Item = &Bearer> {
    let bearers = &decision.bearers;
    bearers.iter().take(listed(decision, top)).chain(decision.comparable.iter().take(top.saturating_sub(bearers.len())))
}

/// The id that answers for an entity: its own, or that of what became of it.
#[inline]
pub(super) fn answering<'r>(resolver: &'r Resolver, entity: &Glance<'r>) -> Cow<'r, str> {
    match resolver.view {
        View::Names => entity.id().into(),
        View::Bodies => resolver.registry.latest(entity.id()),
    }
}

/// The id that answers for a bearer, and the name to show of that; empty where the registry's file is damaged.
fn shown<'r>(setting: &Setting<'r>, bearer: &Bearer) -> (Cow<'r, str>, &'r str) {
    let registry = &setting.resolver.registry;
    let Some(entity) = registry.glance(bearer.place.entity) else { return Default::default() };
    let id = answering(setting.resolver, &entity);
    let other = if id == entity.id() { None } else { registry.number(&id).and_then(|number| registry.glance(number)) };
    (id, other.unwrap_or(entity).display_name())
}

fn candidate(setting: &Setting, text: &str, bearer: &Bearer) -> Candidate {
    let (name, hit, context) = (setting.name(bearer), &bearer.hit, setting.context);
    let mut evidence = vec![Evidence::Registered {
        name: name.text.clone(),
        role: name.kind.as_str(),
        lang: name.lang.clone(),
        valid: name.dates(),
        source: name.sources.clone(),
    }];
    if hit.how == How::Folded {
        evidence.push(Evidence::Folded { form: fold(text), differs: differences(text, &name.text) });
    }
    evidence.extend(hit.evidence.iter().cloned());
    if !context.is_empty() || setting.scope.is_some() {
        of_context(setting, bearer, &name.dates(), &mut evidence);
    }
    let (id, name) = shown(setting, bearer);
    let own = setting.id(bearer);
    if id != own {
        evidence.push(Evidence::Renamed { from: own.to_owned() });
    }
    Candidate { id: id.into_owned(), name: name.to_owned(), score: hit.score, evidence }
}

/// What the context, and the scope of the registry, say of a bearer of a name with these dates.
fn of_context(setting: &Setting, bearer: &Bearer, dates: &str, evidence: &mut Vec<Evidence>) {
    let context = setting.context;
    let entity = setting.entity(bearer);
    let kind = entity.as_ref().and_then(|e| e.kind).map_or(String::new(), |k| k.to_string());
    let country = entity.and_then(|e| e.country.clone()).unwrap_or_default();
    let wanted = [
        ("type", context.kind.map(|k| k.to_string()), &*kind, bearer.kind),
        ("country", context.country.clone(), &*country, bearer.country),
        ("date", context.date.as_ref().map(|d| d.to_string()), dates, bearer.date),
    ];
    for (what, wanted, found, agreement) in wanted {
        if let (Some(wanted), Some(agreement)) = (wanted, agreement) {
            evidence.push(Evidence::Context { what, wanted, found: found.to_owned(), agreement });
        }
    }
    if let (Some(scope), Some(inside), None) = (setting.scope, bearer.in_scope, &context.country) {
        let agreement = if inside { Agreement::Agrees } else { Agreement::Differs };
        let wanted = explain::scope(Language::English, scope);
        evidence.push(Evidence::Context { what: "scope", wanted, found: country, agreement });
    }
}
