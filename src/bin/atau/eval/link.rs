//! Queries put to a resolver over the bench's own registry.

use super::metrics::{Calibration, Share, mean, reciprocal_rank};
use super::read::{Links, Query};
use super::show::{Got, Miss, Wanted};
use crate::report::Failure;
use crate::resolve::rounded;
use atau::registry::{Registry, RegistryFormat};
use atau::resolve::{Context, How, Outcome, Resolver};
use atau::text::{script_code, script_of};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// How many candidates are asked for; the figures look at ten.
const LISTED: usize = 10;
/// How many are asked for where it counts whether an entity was among them at all.
const SCORED: usize = 100;
/// A string that nobody is called, so that every step is taken, and what it needs is built, before time is kept.
const NOBODY: &str = "zxqwv wvqxz";

/// What was counted over queries.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub queries: usize,
    /// Queries whose entity is registered.
    pub known: usize,
    first: usize,
    reciprocal: f64,
    matches: Share,
    /// Queries for nobody that got no match.
    silent: usize,
    /// Matches by the step that gave them.
    pub by_how: BTreeMap<Option<How>, Share>,
    /// Of queries whose entity is registered: whether it was scored, by the script of the query.
    pub scored: BTreeMap<String, Share>,
    pub calibration: Calibration,
    time: Duration,
}

/// Figures from 0 to 1, where there is something to make them of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    pub top1: Option<f64>,
    pub mrr: Option<f64>,
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub accuracy: Option<f64>,
    pub wrong: Option<f64>,
    pub judged: Option<f64>,
}

impl Figures {
    pub const NAMES: [&str; 7] = ["top1", "mrr", "precision", "recall", "accuracy", "wrong", "judged"];

    /// In the order of their names.
    pub fn all(self) -> [Option<f64>; 7] {
        [self.top1, self.mrr, self.precision, self.recall, self.accuracy, self.wrong, self.judged]
    }

    pub fn mean(sets: &[Figures]) -> Figures {
        let of = |figure: fn(&Figures) -> Option<f64>| mean(sets.iter().map(figure));
        Figures {
            top1: of(|f| f.top1),
            mrr: of(|f| f.mrr),
            precision: of(|f| f.precision),
            recall: of(|f| f.recall),
            accuracy: of(|f| f.accuracy),
            wrong: of(|f| f.wrong),
            judged: of(|f| f.judged),
        }
    }
}

impl Tally {
    pub fn figures(&self) -> Figures {
        let ratio = |hits: usize, of: usize| Share { hits, of }.ratio();
        let (right, wrong) = (self.matches.hits, self.matches.of - self.matches.hits);
        let certain = [How::Exact, How::Folded].iter().filter_map(|how| self.by_how.get(&Some(*how)));
        let wrong_certain: usize = certain.map(|share| share.of - share.hits).sum();
        Figures {
            top1: ratio(self.first, self.known),
            mrr: (self.known > 0).then(|| self.reciprocal / self.known as f64),
            precision: self.matches.ratio(),
            recall: ratio(right, self.known),
            accuracy: ratio(right + self.silent, self.queries),
            wrong: ratio(wrong, self.queries),
            judged: ratio(wrong - wrong_certain, self.queries),
        }
    }

    /// Queries a second.
    pub fn rate(&self) -> Option<f64> {
        (self.queries > 0 && !self.time.is_zero()).then(|| self.queries as f64 / self.time.as_secs_f64())
    }

    pub fn join(&mut self, other: &Tally) {
        self.queries += other.queries;
        self.known += other.known;
        self.first += other.first;
        self.reciprocal += other.reciprocal;
        self.matches.join(other.matches);
        self.silent += other.silent;
        other.by_how.iter().for_each(|(how, share)| self.by_how.entry(*how).or_default().join(*share));
        other.scored.iter().for_each(|(script, share)| self.scored.entry(script.clone()).or_default().join(*share));
        self.calibration.join(&other.calibration);
        self.time += other.time;
    }

    pub fn json(&self) -> Map<String, Value> {
        let mut out = Map::new();
        out.extend([("queries".to_owned(), json!(self.queries)), ("known".to_owned(), json!(self.known))]);
        out.extend(super::json_of(&Figures::NAMES, &self.figures().all()));
        let by_how = self.by_how.iter().map(|(how, s)| (how_word(*how).to_owned(), json!({ "matches": s.of, "right": s.hits })));
        out.insert("by_how".to_owned(), Value::Object(by_how.collect()));
        let scored = self.scored.iter().map(|(script, s)| (script.clone(), json!({ "known": s.of, "scored": s.hits })));
        out.insert("candidate_recall".to_owned(), Value::Object(scored.collect()));
        out.insert("calibration".to_owned(), self.calibration.json());
        out.extend(super::json_of(&["seconds", "per_second"], &[Some(self.time.as_secs_f64()), self.rate()]));
        out
    }

    /// Counts one answer; gives whether the first candidate is right and whether a match is wrong.
    fn add(&mut self, query: &Query, known: bool, outcome: &Outcome) -> Judgement {
        let gold = query.gold.as_deref().unwrap_or_default();
        let mut ranked: Vec<&str> = Vec::with_capacity(LISTED);
        for candidate in outcome.candidates() {
            if !ranked.contains(&candidate.id.as_str()) {
                ranked.push(&candidate.id);
            }
        }
        let right = |id: &str| gold.iter().any(|g| g == id);
        let first = ranked.first().is_some_and(|id| right(id));
        self.queries += 1;
        if known {
            self.known += 1;
            self.first += usize::from(first);
            self.reciprocal += reciprocal_rank(ranked.iter().map(|id| right(id)));
        }
        let matched = outcome.id.as_deref().map(right);
        match matched {
            Some(right) => {
                self.matches.add(right);
                self.by_how.entry(outcome.how).or_default().add(right);
            }
            None => self.silent += usize::from(!known),
        }
        if !ranked.is_empty() {
            self.calibration.add(rounded(outcome.score), first);
        }
        Judgement { known, first, wrong: matched == Some(false), listed: ranked.into_iter().any(right) }
    }
}

struct Judgement {
    known: bool,
    first: bool,
    wrong: bool,
    listed: bool,
}

pub fn how_word(how: Option<How>) -> &'static str {
    how.map_or("none", How::as_str)
}

/// Puts the queries; `tick` is called after each. The failures are in the order of the file.
pub fn measure(bench: &Links, queries: &[&Query], wanted: Wanted, tick: &mut dyn FnMut()) -> Result<(Tally, Vec<Miss>), Failure> {
    let resolver = Resolver::new(registry(bench)?).with_top(LISTED);
    let context = Context::new();
    let mut tally = Tally::default();
    let mut misses = Vec::new();
    let mut unlisted = Vec::new();
    for text in queries.iter().take(super::UNTIMED).map(|q| q.text.as_str()).chain([NOBODY]) {
        resolver.resolve(text, &context);
    }
    for query in queries {
        let begun = Instant::now();
        let outcome = resolver.resolve(&query.text, &context);
        tally.time += begun.elapsed();
        let gold = query.gold.as_deref().unwrap_or_default();
        let known = gold.iter().any(|id| resolver.registry().entity(id).is_some());
        let judged = tally.add(query, known, &outcome);
        if known && !judged.listed {
            unlisted.push(*query);
        } else if known {
            tally.scored.entry(script(&query.text)).or_default().add(true);
        }
        if wanted.takes(judged.known && !judged.first, judged.wrong) {
            misses.push(miss(query, resolver.registry(), &outcome));
        }
        tick();
    }
    let resolver = resolver.with_top(SCORED);
    for query in unlisted {
        let scored = is_scored(&resolver, query);
        tally.scored.entry(script(&query.text)).or_default().add(scored);
    }
    Ok((tally, misses))
}

/// Whether an entity that is right was among those that the resolver scored. The resolver tells of those it lists, so that
/// these are taken.
fn is_scored(resolver: &Resolver, query: &Query) -> bool {
    let gold = query.gold.as_deref().unwrap_or_default();
    resolver.resolve(&query.text, &Context::new()).candidates().iter().any(|c| gold.contains(&c.id))
}

/// The registry of a bench: the first name of an entity is the one to show, the others are variants.
fn registry(bench: &Links) -> Result<Registry, Failure> {
    let mut text = String::new();
    for (id, names) in &bench.registry.0 {
        let names: Vec<Value> = names.iter().map(|name| json!({ "text": name })).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", json!({ "id": id, "name": names }));
    }
    Ok(Registry::from_text(&text, "the bench's registry", RegistryFormat::Jsonl)?)
}

/// The script of a query: a code, or that it has letters of several or none.
fn script(text: &str) -> String {
    match script_of(text) {
        Some(script) => script_code(script).to_owned(),
        None if text.chars().any(char::is_alphabetic) => "mixed".to_owned(),
        None => "none".to_owned(),
    }
}

fn miss(query: &Query, registry: &Registry, outcome: &Outcome) -> Miss {
    let gold = query.gold.iter().flatten().filter_map(|id| registry.entity(id));
    let names = gold.flat_map(|entity| entity.names.iter().map(|n| n.text.clone()).collect::<Vec<_>>());
    Miss::Link {
        query: query.text.clone(),
        gold: names.collect(),
        got: outcome.candidates().first().map(|c| Got { id: c.id.clone(), name: c.name.clone(), score: rounded(c.score) }),
        outcome: outcome.verdict.as_str(),
        how: outcome.how.map(How::as_str),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Queries to three entities with what they count, by a registry whose names are told apart at once.
    fn measured(queries: &str) -> (Tally, Vec<Miss>) {
        let registry = r#"{"1": ["Алматы", "Алма-Ата"], "2": ["Астана"], "3": ["Орал"], "4": ["Орал"]}"#;
        let bench: Links = serde_json::from_str(&format!(r#"{{"registry": {registry}, "queries": {queries}}}"#)).unwrap();
        let queries: Vec<&Query> = bench.queries.iter().collect();
        measure(&bench, &queries, Wanted { failures: true, wrong_only: false }, &mut || ()).unwrap()
    }

    #[test]
    fn each_answer_is_counted_where_it_belongs() {
        // Known, first, matches, right ones, silent, failures.
        let cases = [
            (r#"{"q": "Алматы", "gold": ["1"]}"#, [1, 1, 1, 1, 0, 0], 1.0),
            (r#"{"q": "Алматы", "gold": ["2", "1"]}"#, [1, 1, 1, 1, 0, 0], 1.0),
            (r#"{"q": "Алматы", "gold": ["2"]}"#, [1, 0, 1, 0, 0, 1], 0.0),
            (r#"{"q": "Алматы", "gold": null}"#, [0, 0, 1, 0, 0, 1], 0.0),
            (r#"{"q": "Алматы", "gold": ["9"]}"#, [0, 0, 1, 0, 0, 1], 0.0),
            (r#"{"q": "Алматы", "gold": ["9", "1"]}"#, [1, 1, 1, 1, 0, 0], 1.0),
            (r#"{"q": "Лондон", "gold": null}"#, [0, 0, 0, 0, 1, 0], 0.0),
            (r#"{"q": "Лондон", "gold": ["2"]}"#, [1, 0, 0, 0, 0, 1], 0.0),
            (r#"{"q": "Орал", "gold": ["4"]}"#, [1, 0, 0, 0, 0, 1], 0.5),
            (r#"{"q": "Орал", "gold": null}"#, [0, 0, 0, 0, 1, 0], 0.0),
        ];
        for (query, expected, reciprocal) in cases {
            let (t, misses) = measured(&format!("[{query}]"));
            let counted = [t.known, t.first, t.matches.of, t.matches.hits, t.silent, misses.len()];
            assert_eq!((counted, t.reciprocal), (expected, reciprocal), "{query}");
        }
    }

    #[test]
    fn figures_are_made_of_the_counts() {
        let exact = Share { hits: 3, of: 4 };
        let near = Share { hits: 1, of: 3 };
        let tally = Tally {
            queries: 10,
            known: 5,
            first: 4,
            reciprocal: 4.5,
            matches: Share { hits: 4, of: 7 },
            silent: 2,
            by_how: [(Some(How::Exact), exact), (Some(How::Near), near)].into(),
            ..Tally::default()
        };
        let expected = [0.8, 0.9, 4.0 / 7.0, 0.8, 0.6, 0.3, 0.2].map(Some);
        assert_eq!(tally.figures().all(), expected);
        let mut twice = tally.clone();
        twice.join(&tally);
        assert_eq!(twice.figures(), tally.figures());
        assert_eq!(Tally::default().figures(), Figures::default());
        assert_eq!(Figures::mean(&[tally.figures(), Figures { top1: Some(0.4), ..Figures::default() }]).top1, Some(0.6000000000000001));
    }

    #[test]
    fn entities_that_are_scored_are_counted_by_the_script_of_the_query() {
        let (tally, _) = measured(
            r#"[{"q": "Almaty", "gold": ["1"]}, {"q": "Астана", "gold": ["2"]}, {"q": "Лондон", "gold": ["3"]}, {"q": "Лондон", "gold": null}]"#,
        );
        let scored: Vec<_> = tally.scored.iter().map(|(script, s)| (script.as_str(), s.hits, s.of)).collect();
        assert_eq!(scored, [("Cyrl", 1, 2), ("Latn", 1, 1)]);
        assert_eq!([script("CДК"), script("1991")], ["mixed", "none"]);
    }
}
