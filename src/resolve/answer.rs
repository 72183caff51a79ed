//! What an outcome tells when it is asked: the sentence, and the candidates with their evidence.

use super::context::{Context, View};
use super::decide::{Bearer, Decision, Setting};
use super::fault::Fault;
use super::outcome::{Agreement, Candidate, Evidence, How};
use super::sentence::Language;
use super::steps::differences;
use super::{Resolver, explain};
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// What an outcome rests on.
#[derive(Clone)]
pub(super) enum Ground<'r> {
    /// The string cannot be a name.
    Fault(Fault, Language),
    Decided {
        resolver: &'r Resolver,
        text: Box<str>,
        context: Context,
        decision: Decision,
    },
}

impl Ground<'_> {
    /// The answer in one sentence.
    pub(super) fn why(&self) -> String {
        match self {
            Ground::Fault(fault, language) => fault.say(*language),
            Ground::Decided { resolver, text, context, decision } => explain::why(&Setting::new(resolver, context), text, decision),
        }
    }

    /// All that may be meant, the best first.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let Ground::Decided { resolver, text, context, decision } = self else { return Vec::new() };
        let setting = Setting::new(resolver, context);
        let mut listed: FxHashSet<String> = FxHashSet::default();
        let all = listed_of(decision, resolver.top).map(|bearer| candidate(&setting, text, bearer));
        all.filter(|next| listed.insert(next.id.clone())).collect()
    }

    /// Whether nobody but the answer is listed.
    pub(super) fn is_alone(&self) -> bool {
        match self {
            Ground::Fault(..) => true,
            Ground::Decided { resolver, decision, .. } => listed_of(decision, resolver.top).nth(1).is_none(),
        }
    }

    /// From which score a candidate may be meant.
    pub(super) fn candidate_from(&self) -> f64 {
        match self {
            Ground::Fault(..) => 0.0,
            Ground::Decided { resolver, .. } => resolver.thresholds.candidate_from,
        }
    }
}

/// All bearers of the name, however many; what is merely near fills up to the number asked for.
fn listed_of(decision: &Decision, top: usize) -> impl Iterator<Item = &Bearer> {
    let bearers = &decision.bearers;
    let most = if bearers.first().is_some_and(|b| b.hit.how == How::Near) { top } else { bearers.len() };
    bearers.iter().take(most).chain(decision.comparable.iter().take(top.saturating_sub(bearers.len())))
}

/// The id and the name to show of a bearer, or of what became of it.
pub(super) fn shown<'r>(setting: &Setting<'r>, bearer: &Bearer) -> (Cow<'r, str>, Cow<'r, str>) {
    let registry = &setting.resolver.registry;
    let Some(entity) = registry.glance(bearer.entity) else { return Default::default() };
    if setting.resolver.view == View::Bodies {
        let latest = registry.latest(entity.id());
        if latest != entity.id() {
            let name = registry.number(&latest).and_then(|number| registry.glance(number));
            let name = name.unwrap_or(entity).display_name();
            return (latest, name.into());
        }
    }
    (entity.id().into(), entity.display_name().into())
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
    Candidate { id: id.into_owned(), name: name.into_owned(), score: hit.score, evidence }
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
