//! Every name of the built-in registry resolves, in every form it may be typed in.

use atau::registry::{Entity, EntityType, Name, NameKind, Registry, RegistryFormat};
use atau::resolve::{Comparison, Context, How, Outcome, Reading, Resolver, Verdict, View};
use atau::text::{Script, script_of};
use atau::{Error, Scheme};
use std::borrow::Cow;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

fn builtin() -> Resolver {
    Resolver::new(Registry::builtin())
}

/// Look-alikes as they are found in lists: a Latin letter in a Cyrillic word and the other way round.
const TWINS: [(char, char); 22] = [
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ә', 'ə'),
    ('һ', 'h'),
    ('І', 'I'),
];

/// The text with its first letter that has a twin replaced.
fn with_twin(text: &str) -> Option<String> {
    let (at, c) = text.char_indices().find(|(_, c)| TWINS.iter().any(|(a, b)| a == c || b == c))?;
    let twin = TWINS.iter().find_map(|(a, b)| if *a == c { Some(*b) } else { (*b == c).then_some(*a) })?;
    let changed = format!("{}{twin}{}", &text[..at], &text[at + c.len_utf8()..]);
    // A word that is now wholly in the other script says nothing of what was meant.
    (script_of(&changed).is_none()).then_some(changed)
}

/// The ways a name is typed: as it is, and changed.
fn typed(text: &str) -> Vec<(&'static str, String)> {
    let mut forms = vec![
        ("as it is", text.to_owned()),
        ("in capitals", text.to_uppercase()),
        ("in normal form D", text.nfd().collect()),
        ("with no-break spaces", text.replace(' ', "\u{A0}")),
        ("with doubled spaces", text.replace(' ', "  ")),
    ];
    forms.extend(with_twin(text).map(|t| ("with a look-alike", t)));
    forms
}

/// How many entities bear the text exactly.
fn bearers(registry: &Registry, text: &str) -> Vec<String> {
    let bears = |e: &Entity| e.names.iter().any(|n| n.text == text);
    registry.entities().filter(|e| bears(e)).map(|e| e.id.clone()).collect()
}

/// What a form of `text`, a name of `gold` of this kind, must give; `changed` is a form that lost its capitals.
fn fault(resolver: &Resolver, text: &str, form: &str, gold: &Entity, weak: bool, changed: bool) -> Option<String> {
    let all = bearers(resolver.registry(), text);
    let outcome = resolver.resolve(form, &Context::new());
    let first = outcome.candidates().first().map(|c| c.id.as_str());
    let among = outcome.candidates().iter().take(10).any(|c| c.id == gold.id);
    let told = |what: &str| Some(format!("{form:?} ({}): {what}: {:?} {:?} {}", gold.id, outcome.verdict, first, outcome.why()));
    if all.len() == 1 && weak {
        let right = outcome.verdict == Verdict::Candidate && first == Some(&gold.id);
        return if right || changed && among { None } else { told("expected a candidate") };
    }
    if all.len() == 1 {
        let right = outcome.verdict == Verdict::Match && outcome.id.as_deref() == Some(&gold.id);
        let open = changed && outcome.verdict == Verdict::Ambiguous && among;
        return if right || open { None } else { told("expected a match") };
    }
    if !among {
        return told("expected to be among the candidates");
    }
    if weak {
        return None;
    }
    let mut context = Context::new();
    context = context.kind(gold.kind.unwrap().as_str()).unwrap();
    if let Some(country) = &gold.country {
        context = context.country(country).unwrap();
    } else if gold.id == "intl-org-cwi" {
        context = context.as_of("2010").unwrap();
    } else if gold.id == "intl-org-cwi-refounded" {
        context = context.as_of("2021").unwrap();
    }
    let outcome = resolver.resolve(form, &context);
    // A town and the lake it lies on: neither type nor country tells them apart.
    let twin = |id: &String| {
        let other = resolver.registry().entity(id).unwrap();
        *id != gold.id && (other.kind, &other.country) == (gold.kind, &gold.country)
    };
    if gold.kind == Some(EntityType::Place) && all.iter().any(twin) {
        return if outcome.verdict == Verdict::Ambiguous { None } else { told("expected both in context") };
    }
    if outcome.id.as_deref() == Some(&gold.id) { None } else { told("expected a match in context") }
}

#[test]
fn every_registered_name_resolves_however_it_is_typed() {
    let resolver = builtin();
    let mut faults = Vec::new();
    let mut forms = 0;
    for entity in resolver.registry().entities() {
        for name in &entity.names {
            // Where one entity bears a text as several kinds, the strongest counts.
            let weak = entity.names.iter().filter(|n| n.text == name.text).all(|n| n.kind.is_weak());
            for (how, form) in typed(&name.text) {
                forms += 1;
                faults.extend(fault(&resolver, &name.text, &form, &entity, weak, how == "in capitals").map(|f| format!("{how}: {f}")));
            }
        }
    }
    assert!(forms > 2500, "{forms}");
    assert!(faults.is_empty(), "{} of {forms}:\n{}", faults.len(), faults.join("\n"));
}

/// A registry without one name (and the same text elsewhere in the entity).
fn without(registry: &Registry, id: &str, text: &str) -> Registry {
    let jsonl = registry.to_text(RegistryFormat::Jsonl);
    let lines: Vec<String> = jsonl
        .lines()
        .map(|line| {
            let mut entity: serde_json::Value = serde_json::from_str(line).unwrap();
            if entity["id"] == id {
                entity["name"].as_array_mut().unwrap().retain(|n| n["text"] != text);
            }
            entity.to_string()
        })
        .collect();
    Registry::from_text(&lines.join("\n"), "without.jsonl", RegistryFormat::Jsonl).unwrap()
}

#[test]
fn romanised_names_resolve_without_their_entry() {
    let registry = Registry::builtin();
    let latin = |n: &Name| n.kind == NameKind::Romanisation || n.lang.as_deref().is_some_and(|l| l.ends_with("-Latn"));
    // A surname alone has no Cyrillic counterpart once its own entry is gone.
    let romanised = |n: &&Name| latin(n) && n.kind != NameKind::Partial;
    let mut faults = Vec::new();
    let mut tried = 0;
    for entity in registry.entities().filter(|e| e.names.iter().any(|n| n.script() == Some(Script::Cyrillic))) {
        for name in entity.names.iter().filter(romanised) {
            tried += 1;
            let resolver = Resolver::new(without(&registry, &entity.id, &name.text));
            let outcome = resolver.resolve(&name.text, &Context::new());
            let first = outcome.candidates().first().map(|c| c.id.as_str());
            let found = matches!(outcome.verdict, Verdict::Match | Verdict::Candidate | Verdict::Ambiguous) && first == Some(&entity.id);
            if !found || !matches!(outcome.how, Some(How::Script | How::Exact | How::Folded)) {
                faults.push(format!("{} ({}): {:?} {:?} {}", name.text, entity.id, outcome.verdict, outcome.how, outcome.why()));
            }
        }
    }
    assert!(tried > 60, "{tried}");
    assert!(faults.is_empty(), "{} of {tried}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn scope_date_country_and_view_decide() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);
    let cases: [Case; 25] = [
        ("СоцСопр", &[], "match", "kz-org-socialist-resistance"),
        ("СоцСопр", &[("country", "RU")], "match", "ru-org-socialist-resistance"),
        ("СоцСопр", &[("scope", "no")], "ambiguous", ""),
        // In 2008 there were both bodies, in 2003 only the Russian one, in 2015 neither.
        ("СоцСопр", &[("scope", "no"), ("date", "2008")], "ambiguous", ""),
        ("СоцСопр", &[("date", "2003")], "match", "ru-org-socialist-resistance"),
        ("СоцСопр", &[("date", "2015")], "match", "kz-org-socialist-resistance"),
        ("Socialist Resistance", &[], "match", "kz-org-socialist-resistance"),
        ("CWI", &[], "ambiguous", ""),
        ("CWI", &[("date", "2010")], "match", "intl-org-cwi"),
        ("CWI", &[("date", "2021")], "match", "intl-org-cwi-refounded"),
        ("CWI", &[("date", "2019")], "ambiguous", ""),
        ("CWI", &[("date", "1994/2006")], "match", "intl-org-cwi"),
        ("CWI", &[("date", "2020/..")], "match", "intl-org-cwi-refounded"),
        ("CWI", &[("date", "2010/2020")], "ambiguous", ""),
        ("ҚСҚ", &[], "match", "kz-org-socialist-movement"),
        ("СоҚ", &[], "match", "kz-org-socialist-resistance"),
        ("ССК", &[("view", "bodies")], "match", "kz-org-socialist-movement"),
        ("ССК", &[("type", "person")], "candidate", ""),
        ("Isa", &[], "candidate", ""),
        ("ССК.", &[], "match", "kz-org-socialist-resistance"),
        ("Sotsialist", &[("country", "RU")], "candidate", ""),
        ("ССК", &[("country", "UA")], "candidate", ""),
        ("ССК", &[("date", "2015")], "match", "kz-org-socialist-resistance"),
        ("Socialist Rezistance of Kazakhstan", &[("type", "organisation"), ("country", "KZ")], "match", "kz-org-socialist-resistance"),
        ("Айнура Курманова", &[], "candidate", ""),
    ];
    for (text, setting, verdict, id) in cases {
        let mut resolver = builtin();
        let mut context = Context::new();
        for (what, value) in setting {
            match *what {
                "scope" => resolver = resolver.without_scope(),
                "view" => resolver = resolver.with_view(View::Bodies),
                "type" => context = context.kind(value).unwrap(),
                "country" => context = context.country(value).unwrap(),
                _ => context = context.as_of(value).unwrap(),
            }
        }
        let outcome = resolver.resolve(text, &context);
        let found = (outcome.verdict.as_str(), outcome.id.as_deref().unwrap_or_default());
        assert_eq!(found, (verdict, id), "{text} {setting:?}: {}", outcome.why());
    }
}

#[test]
fn a_name_outside_its_dates_is_warned_about() {
    let resolver = builtin();
    let outcome = resolver.resolve("ССК", &Context::new().as_of("2015").unwrap());
    assert!(outcome.why().ends_with("in use 2006-02 to 2011-05-07; warning: 2015 is outside these dates"), "{}", outcome.why());
}

#[test]
fn renamed_places() {
    let resolver = builtin();
    let answer = |text: &str| resolver.resolve(text, &Context::new());
    for (text, id) in [
        ("Семипалатинск", "semey"),
        ("Aqtau", "aktau"),
        ("город Шевченко", "aktau"),
        ("г. Гурьев", "atyrau"),
        ("Ust-Kamenogorsk", "oskemen"),
        ("Öskemen", "oskemen"),
        ("Кзыл-Орде", "kyzylorda"),
        ("Чимкентская область", "turkistan-region"),
        ("ВКО", "east-kazakhstan-region"),
    ] {
        assert_eq!(answer(text).id, Some(format!("kz-place-{id}").into()), "{text}");
    }
    // What else is called so must not become the town.
    for text in ["Шевченко", "Shevchenko", "Тарас Шевченко", "Панфилов", "Гурьева", "Ермак", "Қонаев", "Самаркандский", "Туркестан"]
    {
        assert!(!matches!(answer(text).verdict, Verdict::Match | Verdict::Ambiguous), "{text}");
    }
    assert_eq!(answer("Балхаш").verdict, Verdict::Ambiguous);
    for text in ["г. Семипалатинск", "город Семей", "Семей қаласы", "гор. Алма-Ата"] {
        let outcome = answer(text);
        assert_eq!(outcome.verdict, Verdict::Candidate, "{text}");
        assert!(["kz-place-semey", "kz-place-almaty"].contains(&outcome.candidates()[0].id.as_str()), "{text}");
    }
    assert_eq!(answer("г. Құрманов").verdict, Verdict::None);
    let before = resolver.resolve("Акмолинская область", &Context::new().as_of("1890").unwrap());
    assert_eq!(before.id.as_deref(), Some("ru-place-akmolinsk-oblast"));
}

#[test]
fn names_that_must_not_be_merged() {
    let resolver = builtin();
    let id = |text: &str| resolver.resolve(text, &Context::new()).id;
    for (a, b) in [
        ("Nursultan", "Nur-Aslan"),
        ("Socialist Movement of Kazakhstan", "Russian Socialist Movement"),
        ("European Council", "Council of Europe"),
        ("Айнур Курманов", "Айнура Курманова"),
        ("Социалистическое Сопротивление Казахстана", "Социалистическое Движение Казахстана"),
    ] {
        assert!(id(a).is_some() || id(b).is_some(), "neither {a} nor {b} is known");
        assert_ne!(id(a), id(b), "{a} and {b}");
    }
    for unknown in ["Кондратий Рылеев", "CCK", "Zhanartu Bank", "Иванов"] {
        assert_eq!(id(unknown), None, "{unknown}");
    }
}

#[test]
fn each_record_of_a_name_has_its_dates() {
    let csv = "id,name,valid\na,Фронт,1990/1995\na,Фронт,2005/2010\nc,Фронт,2006/2008\n";
    let resolver = Resolver::new(Registry::from_text(csv, "x.csv", RegistryFormat::Csv).unwrap());
    let at = |date: &str| resolver.resolve("Фронт", &Context::new().as_of(date).unwrap());
    assert_eq!(at("2007").verdict, Verdict::Ambiguous);
    assert_eq!(at("1992").id.as_deref(), Some("a"));
    assert_eq!(at("2010").id.as_deref(), Some("a"));
}

#[test]
fn a_scope_orders_only_its_own_registry() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.csv");
    std::fs::write(&path, "id,name\nx-1,ССК\n").unwrap();
    let resolver = Resolver::new(Registry::open([&path], true).unwrap());
    assert_eq!(resolver.resolve("ССК", &Context::new()).verdict, Verdict::Ambiguous);
    assert_eq!(resolver.resolve("СоцСопр", &Context::new()).id.as_deref(), Some("kz-org-socialist-resistance"));
}

#[test]
fn a_thousand_bearers_of_one_name_are_listed() {
    let csv: String = std::iter::once("id,name\n".to_owned()).chain((0..1000).map(|i| format!("e{i},Икс\n"))).collect();
    let resolver = Resolver::new(Registry::from_text(&csv, "x.csv", RegistryFormat::Csv).unwrap());
    let outcome = resolver.resolve("Икс", &Context::new());
    assert_eq!((outcome.verdict, outcome.candidates().len()), (Verdict::Ambiguous, 1000));
    assert!(outcome.why().len() < 300, "{}", outcome.why());
}

#[test]
fn odd_input_gives_a_reason() {
    let resolver = builtin();
    let long = "щ".repeat(5_000_000);
    for (text, reason) in [
        ("", "empty"),
        ("   ", "only spaces"),
        ("\u{A0}\u{200B}", "no letter"),
        ("С\0СК", "NUL"),
        ("\u{202E}КСС", "direction control (U+202E)"),
        (long.as_str(), "longer than any name: 5000000 characters"),
        ("…", "no letter"),
    ] {
        let outcome = resolver.resolve(text, &Context::new());
        assert_eq!(outcome.verdict, Verdict::None);
        assert!(outcome.why().contains(reason), "{}", outcome.why());
    }
}

/// Threads share what is read, and each gets the answers that one alone gets; also where the first of them makes the index.
#[test]
fn threads_share_a_resolver() {
    fn shared<T: Send + Sync>() {}
    shared::<(Registry, Resolver, Context, Outcome, Scheme, Reading, Comparison, Error)>();
    let asked: Vec<String> = Registry::builtin().entities().flat_map(|e| e.into_owned().names).map(|n| n.text.replace('а', "о")).collect();
    let answer = |resolver: &Resolver, text: &str| {
        let outcome = resolver.resolve(text, &Context::new());
        (outcome.verdict, outcome.why().to_owned(), outcome.candidates().to_vec())
    };
    let alone = builtin();
    let expected: Vec<_> = asked.iter().map(|text| answer(&alone, text)).collect();
    let resolver = builtin();
    std::thread::scope(|threads| {
        for first in 0..4 {
            let (asked, expected, resolver, answer) = (&asked, &expected, &resolver, &answer);
            threads.spawn(move || {
                for at in (0..asked.len()).map(|at| (at + first * 101) % asked.len()) {
                    assert_eq!(answer(resolver, &asked[at]), expected[at], "{}", asked[at]);
                }
            });
        }
    });
}

#[test]
fn the_same_question_has_the_same_answer_whatever_the_order_of_the_registry() {
    let jsonl = Registry::builtin().to_text(RegistryFormat::Jsonl);
    let mut lines: Vec<&str> = jsonl.lines().collect();
    lines.reverse();
    let reversed = Registry::from_text(&lines.join("\n"), "x.jsonl", RegistryFormat::Jsonl).unwrap();
    let (one, other) = (builtin().without_scope(), Resolver::new(reversed));
    for question in ["СоцСопр", "CWI", "СДК", "Zhanartu", "Айнур Курманов", "Socialist Movement", "Кондратий Рылеев"]
    {
        let answer = |r: &Resolver| {
            let outcome: Outcome = r.resolve(question, &Context::new());
            let mut ids: Vec<String> = outcome.candidates().iter().filter(|c| c.score > 0.9).map(|c| c.id.clone()).collect();
            ids.sort();
            (outcome.verdict, outcome.id.map(Cow::into_owned), outcome.how, ids)
        };
        assert_eq!(answer(&one), answer(&other), "{question}");
    }
}

/// Over a folder with `seed_mentions.jsonl` (`text`, `type`, `entity`, `form`), named by the variable `ATAU_SEEDS`.
#[test]
#[ignore = "needs the folder named by ATAU_SEEDS"]
fn every_mention_of_the_annotated_documents_resolves() {
    let Some(folder) = std::env::var_os("ATAU_SEEDS") else { panic!("ATAU_SEEDS names no folder") };
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join("seed_mentions.jsonl")).unwrap();
    let resolver = builtin();
    let registry = resolver.registry();
    let (mut faults, mut forms, mut mentions) = (Vec::new(), 0, 0);
    let mut missing = HashMap::new();
    for line in text.lines() {
        let mention: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| mention[name].as_str().unwrap_or_default();
        if field("form") == "descriptive" || ["demonym", "language"].contains(&field("type")) {
            continue;
        }
        mentions += 1;
        let text = field("text");
        let entity = registry.entity(field("entity")).unwrap();
        let names: Vec<&Name> = entity.names.iter().filter(|n| n.text == text).collect();
        if names.is_empty() {
            // The text is not registered as it stands: it must still be among the first ten.
            let outcome = resolver.resolve(text, &Context::new());
            if !outcome.candidates().iter().take(10).any(|c| c.id == entity.id) {
                missing.insert(text.to_owned(), entity.id.clone());
            }
            continue;
        }
        let weak = names.iter().all(|n| n.kind.is_weak());
        for (how, form) in typed(text) {
            forms += 1;
            faults.extend(fault(&resolver, text, &form, &entity, weak, how == "in capitals").map(|f| format!("{how}: {f}")));
        }
    }
    println!("{mentions} mentions, {forms} forms, {} faults; not found unregistered: {missing:?}", faults.len());
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(mentions > 300);
}

/// A registry without a name, wherever it stands, in any writing that folds to the same.
fn without_form(lines: &[serde_json::Value], text: &str) -> Registry {
    let folded = atau::text::fold(text);
    let kept = |entity: &serde_json::Value| {
        let mut entity = entity.clone();
        entity["name"].as_array_mut().unwrap().retain(|n| atau::text::fold(n["text"].as_str().unwrap_or_default()) != folded);
        entity.as_object_mut().unwrap().remove("relation");
        // An entity has at least one name; one that had no other is left out.
        (!entity["name"].as_array().unwrap().is_empty()).then(|| entity.to_string())
    };
    let text: Vec<String> = lines.iter().filter_map(kept).collect();
    Registry::from_text(&text.join("\n"), "without.jsonl", RegistryFormat::Jsonl).unwrap()
}

/// Each mention of the annotated documents once its own form is taken out of the registry, wherever it stands: a report of how
/// often the rest leads to the entity, and of what fails, over the folder named by the variable `ATAU_SEEDS`.
#[test]
#[ignore = "needs the folder named by ATAU_SEEDS"]
fn mentions_of_the_annotated_documents_without_their_own_form() {
    let Some(folder) = std::env::var_os("ATAU_SEEDS") else { panic!("ATAU_SEEDS names no folder") };
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join("seed_mentions.jsonl")).unwrap();
    let jsonl = Registry::builtin().to_text(RegistryFormat::Jsonl);
    let lines: Vec<serde_json::Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut mentions: HashMap<(String, String), (String, usize)> = HashMap::new();
    for line in text.lines() {
        let mention: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| mention[name].as_str().unwrap_or_default().to_owned();
        if field("form") != "descriptive" && !["demonym", "language"].contains(&field("type").as_str()) {
            mentions.entry((field("text"), field("entity"))).or_insert((field("form"), 0)).1 += 1;
        }
    }
    let (mut first, mut among, mut wrong, mut all, mut alone) = (0, 0, 0, 0, 0);
    let mut failed: Vec<String> = Vec::new();
    for ((text, id), (form, _)) in &mentions {
        let registry = without_form(&lines, text);
        if registry.entity(id).is_none_or(|e| e.names.is_empty()) {
            alone += 1;
            continue;
        }
        all += 1;
        let resolver = Resolver::new(registry).with_top(10);
        let outcome = resolver.resolve(text, &Context::new());
        let rank = outcome.candidates().iter().position(|c| c.id == *id);
        first += usize::from(rank == Some(0));
        among += usize::from(rank.is_some());
        wrong += usize::from(outcome.id.as_ref().is_some_and(|found| found != id));
        if rank != Some(0) {
            let found = outcome.candidates().first().map_or("-", |c| c.id.as_str());
            failed.push(format!("{form}\t{text}\t{id}\t{}\t{found}\t{:.2}\t{rank:?}", outcome.verdict, outcome.score));
        }
    }
    failed.sort();
    println!("{}", failed.join("\n"));
    let share = |n: usize| n as f64 / all as f64;
    println!(
        "{all} mentions, {alone} more whose entity has no other name: first {:.3}, among ten {:.3}, wrong match {wrong}",
        share(first),
        share(among)
    );
}
