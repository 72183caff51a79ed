//! An answer in one sentence.

use super::View;
use super::decide::{Bearer, Decider, Setting};
use super::outcome::{Agreement, Evidence, How, Verdict};
use crate::registry::{NameKind, Scope};
use crate::text::shown;
use std::fmt::Write;

/// The scope in words.
pub(super) fn scope(scope: &Scope) -> String {
    let country = scope.country.as_ref().map(|c| format!("country {c}"));
    let kind = scope.kind.map(|k| format!("type {k}"));
    [country, kind].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// From this score the nearest name is worth naming.
const NAMED: f64 = 0.5;

/// Why a string is no name that is known.
pub(super) fn nothing(text: &str, comparable: &[Bearer]) -> String {
    match comparable.first() {
        None => format!("no registered name is like {}", clip(text)),
        Some(nearest) if nearest.hit.score < NAMED => format!("no registered name is near {}", clip(text)),
        Some(nearest) => {
            format!("no registered name is near {}; the nearest is {} of {}", clip(text), shown(&nearest.name().text), nearest.entity.id)
        }
    }
}

/// Why the first of the bearers was, or was not, taken. `left` of them remained after what `deciders` say.
pub(super) fn found(setting: &Setting, text: &str, verdict: Verdict, bearers: &[Bearer], left: usize, deciders: &[Decider]) -> String {
    let best = &bearers[0];
    let mut why = String::with_capacity(160);
    // Writing to a String cannot fail.
    let _ = match (verdict, best.hit.how) {
        (Verdict::Ambiguous, How::Exact) => {
            write!(why, "{} is a name of {}, and nothing decides", clip(text), dated_ids(&bearers[..left]))
        }
        (Verdict::Ambiguous, _) => {
            write!(why, "{} {}; {} bear it, and nothing decides", clip(text), relation(best), dated_ids(&bearers[..left]))
        }
        (_, How::Exact | How::Folded | How::Repaired | How::Script) if !best.name().valid.is_empty() => {
            write!(why, "{} {}, in use {}", clip(text), relation(best), best.name().dates_in_words())
        }
        _ => write!(why, "{} {}", clip(text), relation(best)),
    };
    if verdict == Verdict::Candidate && left > 1 {
        let _ = write!(why, "; {} may be meant", ids(&bearers[..left]));
    }
    if left < bearers.len() && !deciders.is_empty() {
        let by: Vec<String> = deciders.iter().map(|d| decider(setting, *d)).collect();
        let _ = write!(why, "; also a name of {}: {} decided", ids(&bearers[left..]), by.join(" and "));
    }
    if verdict == Verdict::Candidate {
        why.push_str(&reasons(best));
    }
    if best.date == Some(Agreement::Differs)
        && let Some(date) = &setting.context.date
    {
        let _ = write!(why, "; warning: {date} is outside these dates");
    }
    if setting.view == View::Bodies {
        let latest = setting.registry.latest(&best.entity.id);
        if latest != best.entity.id {
            let _ = write!(why, "; renamed, now {latest}");
        }
    }
    why
}

/// What the string is to the name.
fn relation(bearer: &Bearer) -> String {
    let (name, id) = (shown(&bearer.name().text), &bearer.entity.id);
    match bearer.hit.how {
        How::Exact => format!("is {} of {id}", role(bearer.name().kind)),
        How::Folded => format!("is {name} of {id} but for {}", folded(bearer)),
        How::Repaired => {
            let letters = bearer.hit.evidence.iter().find_map(|e| match e {
                Evidence::Repaired { letters, .. } => {
                    Some(letters.iter().map(|(a, b)| format!("U+{:04X} {a} as {b}", *a as u32)).collect::<Vec<_>>())
                }
                _ => None,
            });
            format!("is {name} of {id} with look-alike letters read as meant ({})", letters.unwrap_or_default().join(", "))
        }
        How::Script => format!("reads like {name} of {id}{}", schemes(bearer)),
        How::Near => format!("is near {name} of {id}{}", distance(bearer)),
    }
}

fn folded(bearer: &Bearer) -> String {
    let found = bearer.hit.evidence.iter().find_map(|e| match e {
        Evidence::Folded { differs, .. } => Some(differs.join(" and ")),
        _ => None,
    });
    found.unwrap_or_default()
}

fn role(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Authorised => "the authorised name",
        NameKind::Parallel => "a parallel name",
        NameKind::Former => "a former name",
        NameKind::Variant => "a variant name",
        NameKind::Abbreviation => "an abbreviation",
        NameKind::Romanisation => "a romanisation",
        NameKind::Inflected => "an inflected form",
        NameKind::Misspelling => "a misspelling",
        NameKind::Partial => "a part of the name",
        NameKind::Description => "a description",
        NameKind::Demonym => "a demonym",
    }
}

fn schemes(bearer: &Bearer) -> String {
    let words = bearer.hit.evidence.iter().find_map(|e| match e {
        Evidence::Read { words } => Some(words),
        _ => None,
    });
    let Some(words) = words else { return " in another spelling".to_owned() };
    let mut by: Vec<&str> = Vec::new();
    for scheme in words.iter().map(|w| w.scheme.as_deref().unwrap_or("no scheme")) {
        if !by.contains(&scheme) {
            by.push(scheme);
        }
    }
    match by.as_slice() {
        ["no scheme"] => " in another script".to_owned(),
        [one] => format!(", romanised by {one}"),
        _ => {
            let each: Vec<String> = words.iter().map(|w| format!("{} {}", w.word, w.scheme.as_deref().unwrap_or("no scheme"))).collect();
            format!(", romanised by several schemes ({})", each.join(", "))
        }
    }
}

/// How far the string is from the name.
fn distance(bearer: &Bearer) -> String {
    let mut said = String::new();
    for evidence in &bearer.hit.evidence {
        match evidence {
            Evidence::Read { words } => {
                let differ: Vec<String> =
                    words.iter().filter(|w| w.word != w.name && w.cost >= WRONG).map(|w| format!("{} for {}", w.word, w.name)).collect();
                if !differ.is_empty() {
                    let _ = write!(said, ": {}", differ.join(", "));
                }
            }
            Evidence::Left { text, name } => {
                for (words, which) in [(text, "not in the name"), (name, "only in the name")] {
                    if !words.is_empty() {
                        let _ = write!(said, "; {which}: {}", words.join(" "));
                    }
                }
            }
            _ => {}
        }
    }
    said
}

/// From this cost a word is written otherwise than by habit.
const WRONG: f64 = 2.5;

/// Why a lone candidate is no match.
fn reasons(best: &Bearer) -> String {
    let mut reasons = String::new();
    if best.name().kind.is_weak() {
        reasons.push_str("; such a name alone identifies nobody");
    }
    let kind = best.entity.kind.map_or(String::new(), |k| k.to_string());
    let country = best.entity.country.clone().unwrap_or_default();
    for (what, agreement, found) in [("type", best.kind, kind), ("country", best.country, country)] {
        if agreement == Some(Agreement::Differs) {
            let _ = write!(reasons, "; its {what} is {found}");
        }
    }
    if let Some(doubt) = best.hit.doubt.filter(|d| !d.is_empty()) {
        let _ = write!(reasons, "; {doubt}");
    }
    reasons
}

fn decider(setting: &Setting, decider: Decider) -> String {
    match decider {
        Decider::Kind => "the type".to_owned(),
        Decider::Country => "the country".to_owned(),
        Decider::Date => "the date".to_owned(),
        Decider::Scope => format!("the registry's scope ({})", setting.scope.map(scope).unwrap_or_default()),
    }
}

fn ids(bearers: &[Bearer]) -> String {
    bearers.iter().take(LISTED).map(|b| b.entity.id.as_str()).collect::<Vec<_>>().join(", ") + &more(bearers.len())
}

/// So many ids are named in a sentence; the answer's data has them all.
const LISTED: usize = 10;

fn more(all: usize) -> String {
    if all > LISTED { format!(" and {} more", all - LISTED) } else { String::new() }
}

/// The ids with the times in which they bore the name.
fn dated_ids(bearers: &[Bearer]) -> String {
    let each = bearers.iter().take(LISTED).map(|b| match b.name().valid.is_empty() {
        true => b.entity.id.clone(),
        false => format!("{} ({})", b.entity.id, b.name().dates_in_words()),
    });
    each.collect::<Vec<_>>().join(" and ") + &more(bearers.len())
}

/// A string for a sentence: long ones are cut.
fn clip(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => shown(&format!("{}…", &text[..end])),
        None => shown(text),
    }
}
