//! Strings and registries that nobody means well with: there is an outcome, soon, and none that is surer than it should be.

use atau::registry::RegistryFormat::{Csv, Toml};
use atau::resolve::{Comparison, Context, Evidence, LONGEST_NAME, Likeness, Outcome, Verdict, compare};
use atau::{Registry, Resolver};
use std::time::{Duration, Instant};

/// Far more than any of these takes, on a slow and busy machine, built without optimisation.
const LONG: Duration = Duration::from_secs(20);

fn registry(names: impl IntoIterator<Item = (String, String)>) -> Registry {
    let lines = names.into_iter().map(|(id, name)| format!("{id},\"{}\"\n", name.replace('"', "\"\"")));
    let csv: String = std::iter::once("id,name\n".to_owned()).chain(lines).collect();
    Registry::from_text(&csv, "names.csv", Csv).unwrap()
}

fn of(names: &[&str]) -> Resolver {
    Resolver::new(registry(names.iter().enumerate().map(|(i, name)| (format!("e{i}"), (*name).to_owned()))))
}

/// As read from a file that `atau registry build` writes.
fn built(resolver: &Resolver) -> Resolver {
    let mut file = Vec::new();
    resolver.write_to(&mut file).unwrap();
    Resolver::new(Registry::from_bytes(file).unwrap())
}

fn resolve<'r>(resolver: &'r Resolver, text: &str) -> Outcome<'r> {
    let start = Instant::now();
    let outcome = resolver.resolve(text, &Context::new());
    let shown: String = text.chars().take(40).collect();
    assert!(start.elapsed() < LONG, "“{shown}” took {:?}", start.elapsed());
    assert!(!outcome.why().is_empty() && (0.0..=1.0).contains(&outcome.score), "“{shown}”: {outcome:?}");
    assert_eq!(outcome.verdict == Verdict::Match, outcome.id.is_some(), "“{shown}”: {outcome:?}");
    assert!(outcome.candidates().iter().all(|c| (0.0..=1.0).contains(&c.score)), "“{shown}”: {outcome:?}");
    outcome
}

fn compared(a: &str, b: &str) -> Comparison {
    let start = Instant::now();
    let comparison = compare(a, b);
    assert!(start.elapsed() < LONG, "took {:?}", start.elapsed());
    assert!((0.0..=1.0).contains(&comparison.score) && !comparison.why.is_empty(), "{comparison:?}");
    comparison
}

/// Strings that are odd names, and no names at all.
fn odd() -> Vec<String> {
    let mut all: Vec<String> = ["Ж", "ж", "Z", "Ә", "İ", "ß", "ſ", "ﬁ", "Ⅷ", "中", "Ж.", "Ж. Ж.", "A A A A A A A A A A A A A A A A A A A"]
        .map(str::to_owned)
        .into();
    all.extend(["1", "12", "2008", "12 34 56", "1-2", "№ 5", "٣٤", "०", "³", "½"].map(str::to_owned));
    all.extend(
        [".", "—", "«»", "«—…»", "''", "()", "!?", "&", "🦊", "🦊🦊 🦊", "\u{301}", "\u{200D}", "\u{AD}", "\u{FEFF}"].map(str::to_owned),
    );
    all.extend(["", " ", "\n", "\0", "\u{A0}\u{2003}", "Айнур\0", "\u{202E}Айнур", "\u{FFFD}", "\u{10FFFF}"].map(str::to_owned));
    for part in ["Ж", "а", "zh", "Қа ", "Ж.", "中", "é", "e\u{301}", "1", "-", "'", "щ щ", "ab-", "\u{301}", "Kommunist", "Мұхаметқазыұлы "]
    {
        for letters in [40, 41, LONGEST_NAME, LONGEST_NAME + 1, 100_000] {
            all.push(part.chars().cycle().take(letters).collect());
        }
    }
    all
}

#[test]
fn odd_strings_have_an_outcome() {
    let small = of(&["Ж", "Айнур Курманов", "12", "2008", "中", "Ж. Ж.", "A", &"а".repeat(LONGEST_NAME)]);
    for resolver in [&small, &built(&small), &Resolver::new(Registry::builtin())] {
        for text in odd() {
            let outcome = resolve(resolver, &text);
            if !text.chars().any(char::is_alphanumeric) || text.chars().count() > LONGEST_NAME {
                assert_eq!(outcome.verdict, Verdict::None, "{outcome:?}");
            }
        }
    }
}

#[test]
fn one_name_of_very_many() {
    let start = Instant::now();
    let resolver = Resolver::new(registry((0..60_000).map(|i| (format!("e{i}"), "Әлібек Нұржан".to_owned()))));
    assert_eq!(resolve(&resolver, "Әлібек Нұржан").candidates().len(), 60_000);
    assert_eq!(resolve(&resolver, "Alibek Nurzhan").candidates().len(), 60_000);
    assert_eq!(resolve(&resolver, "Басқа").verdict, Verdict::None);
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

#[test]
fn odd_strings_compare() {
    for text in odd() {
        let own = compared(&text, &text);
        assert!(own.verdict == Likeness::Same || own.why.contains("no name"), "{own:?}");
        for other in ["Ж", "Айнур Курманов", "2008", "中国"] {
            let verdict = compared(&text, other).verdict;
            assert_eq!(verdict, compared(other, &text).verdict, "{other}");
            assert!(verdict != Likeness::Same || text.chars().count() < 10, "{other}");
        }
    }
}

#[test]
fn odd_strings_are_names_of_a_registry() {
    let usable = |text: &String| text.chars().any(char::is_alphanumeric) && !text.contains(['\0', '\u{202E}']);
    let names: Vec<String> = odd().into_iter().filter(usable).collect();
    let start = Instant::now();
    let resolver = Resolver::new(registry(names.iter().enumerate().map(|(i, name)| (format!("e{i}"), name.clone()))));
    assert!(start.elapsed() < LONG);
    for resolver in [&resolver, &built(&resolver)] {
        for (i, name) in names.iter().enumerate() {
            let outcome = resolve(resolver, name);
            let found = outcome.candidates().iter().any(|c| c.id == format!("e{i}")) || outcome.id.as_deref() == Some(&format!("e{i}"));
            assert!(found || name.chars().count() > LONGEST_NAME, "{name}: {outcome:?}");
        }
    }
}

/// Names in scripts that no table covers, with what a character-by-character reading makes of them.
const OTHER_SCRIPTS: [(&str, &str); 9] = [
    ("中国共产党", "Zhong Guo Gong Chan Dang"),
    ("习近平", "Xi Jin Ping"),
    ("Ελλάδα", "Ellada"),
    ("Νίκος Καζαντζάκης", "Nikos Kazantzakis"),
    ("საქართველო", "Sakartvelo"),
    ("ნინო", "Nino"),
    ("Հայաստան", "Hayastan"),
    ("서울", "Seoul"),
    ("תל אביב", "Tl Abyb"),
];

/// What a match through such a reading would be.
fn guessed_match(registered: &str, asked: &str) -> Option<String> {
    let resolver = of(&[registered]);
    let outcome = resolve(&resolver, asked);
    let guessed = outcome.candidates().iter().all(|c| c.evidence.iter().any(|e| matches!(e, Evidence::Guessed { .. })));
    let told = outcome.why().contains("in no table") || outcome.candidates().is_empty() || outcome.verdict == Verdict::None;
    let good = outcome.verdict != Verdict::Match && guessed && told;
    (!good).then(|| format!("{asked} asked, {registered} registered: {} {}", outcome.verdict, outcome.why()))
}

#[test]
fn scripts_without_a_table_are_no_match() {
    let faults: Vec<String> = OTHER_SCRIPTS.iter().filter_map(|(name, read)| guessed_match(read, name)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // Its own letters are what they are.
    for (name, _) in OTHER_SCRIPTS {
        assert_eq!(resolve(&of(&[name, "Nino Kazantzaki"]), name).verdict, Verdict::Match, "{name}");
    }
}

#[test]
fn names_in_scripts_without_a_table_are_no_match() {
    let mut faults: Vec<String> = OTHER_SCRIPTS.iter().filter_map(|(name, read)| guessed_match(name, read)).collect();
    // Different names that are read alike.
    faults.extend(READ_ALIKE.iter().filter_map(|(a, b)| guessed_match(a, b)));
    assert!(faults.is_empty(), "{faults:#?}");
}

const READ_ALIKE: [(&str, &str); 3] = [("李", "里"), ("北京", "背景"), ("王伟", "汪維")];

#[test]
fn scripts_without_a_table_compare_as_unsure() {
    let pairs = OTHER_SCRIPTS.iter().chain(&READ_ALIKE);
    let same = |(a, b): &&(&str, &str)| compared(a, b).verdict == Likeness::Same || compared(b, a).verdict == Likeness::Same;
    let faults: Vec<_> = pairs.filter(same).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_thousand_names_of_one_and_one_name_of_a_thousand() {
    let one = Resolver::new(registry((0..1000).map(|i| ("e".to_owned(), format!("Айнур Курманов {i}")))));
    let many = Resolver::new(registry((0..1000).map(|i| (format!("e{i}"), "Айнур Курманов".to_owned()))));
    let alike = Resolver::new(registry((0..1000).map(|i| (format!("e{i}"), format!("Айнур Курманов {i}")))));
    for (one, many, alike) in [(&one, &many, &alike), (&built(&one), &built(&many), &built(&alike))] {
        for text in ["Айнур Курманов 7", "АЙНУР КУРМАНОВ 999", "Ainur Kurmanov 7", "Айнур Курмнов 7"]
        {
            let outcome = resolve(one, text);
            assert!(outcome.candidates().iter().map(|c| &*c.id).eq(["e"]), "{text}: {outcome:?}");
            resolve(alike, text);
        }
        for text in ["Айнур Курманов", "«айнур курманов»", "Ainur Kurmanov", "Айнур Курмнов", "Айнур", "А. Курманов"]
        {
            let outcome = resolve(many, text);
            assert_ne!(outcome.verdict, Verdict::Match, "{text}: {outcome:?}");
            assert!(!outcome.candidates().is_empty(), "{text}: {outcome:?}");
            assert_ne!(resolve(alike, text).verdict, Verdict::Match, "{text}");
        }
        assert_eq!(resolve(many, "Айнур Курманов").candidates().len(), 1000);
        assert_eq!(resolve(alike, "Айнур Курманов 7").id.as_deref(), Some("e7"));
    }
}

#[test]
fn an_empty_registry_knows_nobody() {
    let empty = Resolver::new(Registry::from_text("title = \"Empty\"\n", "empty.toml", Toml).unwrap());
    for resolver in [&empty, &built(&empty)] {
        for text in odd().iter().map(String::as_str).chain(["Айнур Курманов", "CДК"]) {
            let outcome = resolve(resolver, text);
            assert_eq!((outcome.verdict, outcome.candidates().len()), (Verdict::None, 0), "{outcome:?}");
        }
    }
}

/// Strings that take every step.
const ASKED: [&str; 8] = [
    "Айнур Курманов",
    "АЙНУР КУРМАНОВ",
    "Aйнур Курманов",
    "Ainur Kurmanov",
    "Айнр Курмонов",
    "Курманов А.",
    "АйнурКурманов",
    "Zh. Partiasy 12",
];

#[test]
fn damaged_files_have_outcomes() {
    let names = ["Айнур Курманов", "Ainur Kurmanov", "А. Курманов", "Жаңарту партиясы №12", "Социалистическое движение", "Ж"];
    let mut file = Vec::new();
    of(&names).write_to(&mut file).unwrap();
    let ask = |file: Vec<u8>| {
        let Ok(registry) = Registry::from_bytes(file) else { return };
        let resolver = Resolver::new(registry);
        ASKED.iter().for_each(|text| drop(resolve(&resolver, text)));
    };
    for at in 0..file.len() {
        for byte in [0, file[at] ^ 1, file[at] ^ 0x80, 0xff] {
            let mut damaged = file.clone();
            damaged[at] = byte;
            ask(damaged);
        }
        if at % 7 == 0 {
            ask(file[..at].to_vec());
            // A whole stretch that is not what it was.
            for byte in [0, 0xff] {
                let mut damaged = file.clone();
                damaged[at..].iter_mut().take(64).for_each(|b| *b = byte);
                ask(damaged);
            }
        }
    }
}

/// What is asked of names alone has no limit of length, and takes a time that goes with it.
#[test]
fn very_long_names_are_read_in_time() {
    let words =
        ["Ж".repeat(300_000), "Ақ ".repeat(30_000), format!("а{}", "\u{301}".repeat(300_000)), "а-".repeat(20_000), "А.".repeat(20_000)];
    for text in words {
        let shown: String = text.chars().take(4).collect();
        let start = Instant::now();
        let nominatives = atau::name::inflect::nominatives(&text, None, None);
        assert!(nominatives.len() < 100 && start.elapsed() < LONG, "nominatives of {shown}…: {:?}", start.elapsed());
        let forms = atau::name::inflect::forms(&text, None, None);
        assert!(!forms.is_empty() && start.elapsed() < LONG, "forms of {shown}…: {:?}", start.elapsed());
        let parts = atau::name::parts::analyse(&text, None);
        assert!(parts.words.len() <= text.len() && start.elapsed() < LONG, "parts of {shown}…: {:?}", start.elapsed());
        let proposals = atau::abbreviation::propose(&text);
        assert!(proposals.len() < 100 && start.elapsed() < LONG, "abbreviations of {shown}…: {:?}", start.elapsed());
    }
}
