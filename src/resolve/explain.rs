//! An answer in one sentence: which messages it has; the words stand in `tables/sentences/`.

use super::View;
use super::decide::{Bearer, Decider, Decision, Setting};
use super::outcome::{Agreement, Evidence, How, Verdict, WordRead};
use super::roles::clauses;
use super::sentence::{Language, Message};
use super::steps::{INVISIBLE, differences};
use crate::registry::{EntityType, Name, NameKind, Scope};
use crate::text::{fold, script_of};

/// The scope in words.
pub(super) fn scope(language: Language, scope: &Scope) -> String {
    let country = scope.country.as_ref().map(|c| language.say(Message::ScopeCountry, &[("country", c)]));
    let kind = scope.kind.map(|k| language.say(Message::ScopeType, &[("type", &entity_type(language, k))]));
    [country, kind].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// From this score the nearest name is worth naming.
const NAMED: f64 = 0.5;

/// The answer in one sentence.
pub(super) fn why(setting: &Setting, text: &str, decision: &Decision) -> String {
    match decision.bearers.first() {
        None => nothing(setting, text, decision.comparable.first()),
        Some(best) => found(setting, text, decision, best),
    }
}

/// Why a string is no name that is known.
fn nothing(setting: &Setting, text: &str, nearest: Option<&Bearer>) -> String {
    let language = setting.resolver.language;
    let text = clip(language, text);
    match nearest {
        None => language.say(Message::NothingAlike, &[("text", &text)]),
        Some(nearest) if nearest.hit.score < NAMED => language.say(Message::NothingNear, &[("text", &text)]),
        Some(nearest) => {
            let name = language.quote(&setting.name(nearest).text);
            language.say(Message::NothingNearer, &[("text", &text), ("name", &name), ("id", setting.id(nearest))])
        }
    }
}

/// Why the best was, or was not, taken.
fn found(setting: &Setting, raw: &str, decision: &Decision, best: &Bearer) -> String {
    let (language, verdict, name) = (setting.resolver.language, decision.verdict, setting.name(best));
    let (text, (borne, lost)) = (clip(language, raw), decision.bearers.split_at(decision.left));
    let finding = || finding(setting, (raw, &text), best, &name);
    let mut why = match (verdict, best.hit.how) {
        (Verdict::Ambiguous, How::Exact) => language.say(Message::AmbiguousExact, &[("text", &text), ("ids", &dated_ids(setting, borne))]),
        (Verdict::Ambiguous, _) => finding(),
        (_, how) if !name.valid.is_empty() && (how != How::Near || best.date == Some(Agreement::Differs)) => {
            language.say(Message::InUse, &[("finding", &finding()), ("dates", &dates(language, &name))])
        }
        _ => finding(),
    };
    if matches!(best.hit.how, How::Script | How::Near) {
        // What one of the two leaves out is said already.
        why.push_str(&clauses(language, &best.hit.evidence, false));
    }
    let mut add = |message, values: &[(&str, &str)]| {
        why.push_str("; ");
        why.push_str(&language.say(message, values));
    };
    if verdict == Verdict::Ambiguous && best.hit.how != How::Exact {
        add(Message::Ambiguous, &[("ids", &dated_ids(setting, borne))]);
    }
    if verdict == Verdict::Candidate && borne.len() > 1 {
        add(Message::OneOf, &[("ids", &ids(setting, borne))]);
    }
    if !lost.is_empty() && !decision.deciders.is_empty() {
        let by: Vec<String> = decision.deciders.iter().map(|d| decider(setting, *d)).collect();
        add(Message::Decided, &[("ids", &ids(setting, lost)), ("by", &language.join(&by))]);
    }
    if verdict == Verdict::Candidate {
        if best.place.kind.is_weak() {
            add(Message::Weak, &[]);
        }
        let entity = setting.entity(best).filter(|_| best.is_contradicted());
        if best.kind == Some(Agreement::Differs) {
            let kind = entity.as_ref().and_then(|e| e.kind).map(|kind| entity_type(language, kind));
            add(Message::ItsType, &[("type", &kind.unwrap_or_default())]);
        }
        if best.country == Some(Agreement::Differs) {
            let country = entity.as_ref().and_then(|e| e.country.as_deref());
            add(Message::ItsCountry, &[("country", country.unwrap_or_default())]);
        }
        if let Some(doubt) = best.hit.doubt {
            add(doubt, &[]);
        }
    }
    if best.date == Some(Agreement::Differs)
        && let Some(date) = &setting.context.date
    {
        add(Message::OutsideDates, &[("date", &date.to_string())]);
    }
    if setting.resolver.view == View::Bodies {
        let latest = setting.resolver.registry.latest(setting.id(best));
        if latest != setting.id(best) {
            add(Message::Renamed, &[("id", &latest)]);
        }
    }
    why
}

/// What the string, as it is and as it is cited, is to the name.
fn finding(setting: &Setting, (raw, text): (&str, &str), bearer: &Bearer, name: &Name) -> String {
    let (language, quoted) = (setting.resolver.language, &*setting.resolver.language.quote(&name.text));
    let say = |message, (key, value): (&str, &str)| {
        language.say(message, &[("text", text), ("name", quoted), ("id", setting.id(bearer)), (key, value)])
    };
    match bearer.hit.how {
        How::Exact => say(Message::Exact, ("role", &language.say(role(name.kind), &[]))),
        How::Folded => say(Message::Folded, ("differs", &folded(language, raw, name))),
        How::Repaired => say(Message::Repaired, ("letters", &repaired(language, bearer))),
        How::Inflected => say(Message::CaseForm, ("cases", &cases(language, bearer))),
        How::Script | How::Near if has_same_words(bearer) => match stand_in(words_read(bearer), &name.text) {
            true => say(Message::Folded, ("differs", &folded(language, raw, name))),
            false => say(Message::Near, ("how", &language.say(Message::OtherOrder, &[]))),
        },
        How::Script => say(Message::Script, ("how", &schemes(language, bearer))),
        How::Near => say(Message::Near, ("how", &distance(language, bearer))),
    }
}

/// The words of a name that answer to those of the string.
fn words_read(bearer: &Bearer) -> &[WordRead] {
    let words = bearer.hit.evidence.iter().find_map(|e| match e {
        Evidence::Read { words } => Some(words.as_slice()),
        _ => None,
    });
    words.unwrap_or_default()
}

/// Whether the string and the name have the same words, letter by letter.
fn has_same_words(bearer: &Bearer) -> bool {
    let words = words_read(bearer);
    let left = bearer.hit.evidence.iter().any(|e| matches!(e, Evidence::Left { .. }));
    !left && !words.is_empty() && words.iter().all(is_as_written)
}

fn is_as_written(word: &WordRead) -> bool {
    fold(&word.word) == fold(&word.name)
}

/// Whether words stand in a name in their order.
fn stand_in(words: &[WordRead], name: &str) -> bool {
    let name = fold(name);
    let mut from = 0;
    words.iter().all(|w| {
        let word = fold(&w.name);
        let found = name[from..].find(&word).map(|at| from += at + word.len());
        found.is_some()
    })
}

/// The letters that were read otherwise.
fn repaired(language: Language, bearer: &Bearer) -> String {
    let letters = bearer.hit.evidence.iter().find_map(|e| match e {
        Evidence::Repaired { letters, .. } => Some(letters.as_slice()),
        _ => None,
    });
    let letter = |(from, to): &(char, char)| {
        let code = format!("U+{:04X}", *from as u32);
        language.say(Message::Letter, &[("code", &code), ("from", &from.to_string()), ("to", &to.to_string())])
    };
    letters.unwrap_or_default().iter().map(letter).collect::<Vec<_>>().join(", ")
}

/// The cases that the string may be in.
fn cases(language: Language, bearer: &Bearer) -> String {
    let cases = bearer.hit.evidence.iter().find_map(|e| match e {
        Evidence::Inflected { cases, .. } => Some(cases.as_slice()),
        _ => None,
    });
    let message = |case: &String| match case.as_str() {
        "genitive" => Message::Genitive,
        "dative" => Message::Dative,
        "accusative" => Message::Accusative,
        "instrumental" => Message::Instrumental,
        "prepositional" => Message::Prepositional,
        "locative" => Message::Locative,
        "ablative" => Message::Ablative,
        _ => Message::OtherCase,
    };
    let mut said: Vec<String> = cases.unwrap_or_default().iter().map(|c| language.say(message(c), &[])).collect();
    said.dedup();
    if said.is_empty() { language.say(Message::OtherCase, &[]) } else { said.join("/") }
}

/// In what the string differs from the name of the same folded form.
fn folded(language: Language, text: &str, name: &Name) -> String {
    let said = |what: &&str| {
        let message = match *what {
            "capitals" => Message::Capitals,
            "width" => Message::Width,
            "punctuation" => Message::Punctuation,
            "spaces" => Message::Spaces,
            INVISIBLE => Message::Invisible,
            _ => Message::NormalForm,
        };
        language.say(message, &[])
    };
    language.join(&differences(text, &name.text).iter().map(said).collect::<Vec<_>>())
}

fn role(kind: NameKind) -> Message {
    match kind {
        NameKind::Authorised => Message::Authorised,
        NameKind::Parallel => Message::Parallel,
        NameKind::Former => Message::Former,
        NameKind::Variant => Message::Variant,
        NameKind::Abbreviation => Message::Abbreviation,
        NameKind::Romanisation => Message::Romanisation,
        NameKind::Inflected => Message::Inflected,
        NameKind::Misspelling => Message::Misspelling,
        NameKind::Partial => Message::Partial,
        NameKind::Description => Message::Description,
        NameKind::Demonym => Message::Demonym,
    }
}

fn entity_type(language: Language, kind: EntityType) -> String {
    let message = match kind {
        EntityType::Organisation => Message::Organisation,
        EntityType::Person => Message::Person,
        EntityType::Place => Message::Place,
        EntityType::Event => Message::Event,
        EntityType::Publication => Message::Publication,
        EntityType::Media => Message::Media,
        EntityType::Campaign => Message::Campaign,
        EntityType::Office => Message::Office,
        EntityType::Law => Message::Law,
        EntityType::Slogan => Message::Slogan,
        EntityType::Project => Message::Project,
        EntityType::Language => Message::LanguageType,
    };
    language.say(message, &[])
}

/// The reading by which the string is the name in another script.
fn schemes(language: Language, bearer: &Bearer) -> String {
    let words = words_read(bearer);
    let mut by: Vec<Option<&str>> = Vec::new();
    for scheme in words.iter().map(|w| w.scheme.as_deref()) {
        if !by.contains(&scheme) {
            by.push(scheme);
        }
    }
    match by.as_slice() {
        [None] if words.iter().any(|w| script_of(&w.word) != script_of(&w.name)) => language.say(Message::OtherScript, &[]),
        [] | [None] => language.say(Message::OtherSpelling, &[]) + &differing(language, words.iter().filter(|w| !is_as_written(w))),
        [Some(scheme)] => match language.alphabet(scheme) {
            Some(title) => language.say(Message::ReadAs, &[("title", title), ("scheme", scheme)]),
            None => language.say(Message::Romanised, &[("scheme", scheme)]),
        },
        _ => {
            let none = language.say(Message::NoScheme, &[]);
            let each: Vec<String> = words.iter().map(|w| format!("{} {}", w.word, w.scheme.as_deref().unwrap_or(&none))).collect();
            language.say(Message::RomanisedBySeveral, &[("words", &each.join(", "))])
        }
    }
}

/// How far the string is from the name.
fn distance(language: Language, bearer: &Bearer) -> String {
    let mut said = String::new();
    for evidence in &bearer.hit.evidence {
        match evidence {
            Evidence::Read { words } => {
                said.push_str(&differing(language, words.iter().filter(|w| w.word != w.name && w.cost >= WRONG)));
            }
            Evidence::Left { text, name } => {
                for (words, message) in [(text, Message::NotInName), (name, Message::OnlyInName)] {
                    if !words.is_empty() {
                        said.push_str(&language.say(message, &[("words", &words.join(" "))]));
                    }
                }
            }
            Evidence::Abbreviation { derivation, .. } => {
                said.push_str("; ");
                said.push_str(&language.say(Message::Abbreviated, &[("derivation", derivation)]));
            }
            Evidence::Within { part, .. } => said.push_str(&language.say(Message::Within, &[("part", &language.quote(part))])),
            _ => {}
        }
    }
    match said.is_empty() {
        true => differing(language, words_read(bearer).iter().filter(|w| !is_as_written(w) && script_of(&w.word) == script_of(&w.name))),
        false => said,
    }
}

/// The words that are written otherwise, each with that of the name.
fn differing<'w>(language: Language, words: impl Iterator<Item = &'w WordRead>) -> String {
    let each: Vec<String> = words.map(|w| language.say(Message::Instead, &[("word", &w.word), ("name", &w.name)])).collect();
    if each.is_empty() { String::new() } else { language.say(Message::Differing, &[("words", &each.join(", "))]) }
}

/// From this cost a word is written otherwise than by habit.
const WRONG: f64 = 2.5;

fn decider(setting: &Setting, decider: Decider) -> String {
    let language = setting.resolver.language;
    match decider {
        Decider::Kind => language.say(Message::ByType, &[]),
        Decider::Country => language.say(Message::ByCountry, &[]),
        Decider::Date => language.say(Message::ByDate, &[]),
        Decider::Scope => {
            let scope = setting.scope.map(|s| scope(language, s)).unwrap_or_default();
            language.say(Message::ByScope, &[("scope", &scope)])
        }
    }
}

fn ids(setting: &Setting, bearers: &[Bearer]) -> String {
    let list = bearers.iter().take(LISTED).map(|b| setting.id(b)).collect::<Vec<_>>().join(", ");
    with_more(setting.resolver.language, list, bearers.len())
}

/// So many ids are named in a sentence; the answer's data has them all.
const LISTED: usize = 10;

fn with_more(language: Language, list: String, all: usize) -> String {
    match all.checked_sub(LISTED) {
        None | Some(0) => list,
        Some(more) => language.say(Message::More, &[("list", &list), ("count", &more.to_string())]),
    }
}

/// The ids with the times in which they bore the name.
fn dated_ids(setting: &Setting, bearers: &[Bearer]) -> String {
    let language = setting.resolver.language;
    let each = bearers.iter().take(LISTED).map(|b| {
        let (id, name) = (setting.id(b), setting.name(b));
        if name.valid.is_empty() { id.to_owned() } else { format!("{id} ({})", dates(language, &name)) }
    });
    with_more(language, language.join(&each.collect::<Vec<_>>()), bearers.len())
}

/// When a name was in use.
fn dates(language: Language, name: &Name) -> String {
    let each = name.valid.iter().map(|period| match period.ends() {
        (Some(start), Some(end)) if start == end => start.to_owned(),
        (Some(start), Some(end)) => language.say(Message::Between, &[("start", start), ("end", end)]),
        (Some(start), None) => language.say(Message::From, &[("start", start)]),
        (None, end) => language.say(Message::Until, &[("end", end.unwrap_or_default())]),
    });
    language.join(&each.collect::<Vec<_>>())
}

/// A string for a sentence: long ones are cut.
fn clip(language: Language, text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => language.quote(&format!("{}…", &text[..end])),
        None => language.quote(text),
    }
}
