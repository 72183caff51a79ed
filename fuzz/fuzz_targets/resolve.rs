//! Any text resolved over the built-in registry, in several contexts, and compared with a name; and its lines as the names of
//! a registry of their own, written to a file's bytes and read from them, in which each is looked up.
#![no_main]

use atau::registry::RegistryFormat;
use atau::resolve::{Comparison, Context, LONGEST_NAME, Likeness, Outcome, Verdict, View, compare};
use atau::{Registry, Resolver};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const NAME: &str = "Айнур Курманов";

struct Fixed {
    resolvers: [Resolver; 3],
    contexts: Vec<Context>,
}

static FIXED: LazyLock<Fixed> = LazyLock::new(|| {
    let resolver = || Resolver::new(Registry::builtin());
    let context = |c: Result<Context, atau::Error>| c.expect("a context");
    Fixed {
        resolvers: [resolver(), resolver().without_scope(), resolver().with_view(View::Bodies).with_top(1)],
        contexts: vec![
            Context::new(),
            context(Context::new().country("RU")),
            context(Context::new().kind("person")),
            context(Context::new().as_of("2008")),
            context(Context::new().kind("organisation").and_then(|c| c.country("KZ")).and_then(|c| c.as_of("199X"))),
        ],
    }
});

fuzz_target!(|text: &str| {
    let fixed = &*FIXED;
    for (number, context) in fixed.contexts.iter().enumerate() {
        let resolver = &fixed.resolvers[number % fixed.resolvers.len()];
        check(resolver, &resolver.resolve(text, context));
    }
    check_comparison(&compare(text, NAME));
    check_comparison(&compare(NAME, text));
    let own = compare(text, text);
    check_comparison(&own);
    let usable = text.chars().count() <= LONGEST_NAME && text.chars().any(char::is_alphanumeric);
    assert!(own.verdict == Likeness::Same || !usable || own.why.contains("no name"), "{own:?}");
    // Whatever text may stand where a word of the context does.
    let _ = (Context::new().country(text), Context::new().kind(text), Context::new().as_of(text));
    check_own(text);
});

/// The lines as names of entities, a line with a space before it of the entity before, one that starts with “*” a hundred
/// times itself.
fn check_own(text: &str) {
    let mut csv = "id,name\n".to_owned();
    let mut entity = 0;
    for (number, line) in text.lines().enumerate() {
        entity = if line.starts_with(' ') { entity } else { number };
        let name = match line.strip_prefix('*') {
            Some(part) => part.repeat(100),
            None => line.to_owned(),
        };
        csv.push_str(&format!("e{entity},\"{}\"\n", name.replace('"', "\"\"")));
    }
    let Ok(registry) = Registry::from_text(&csv, "own.csv", RegistryFormat::Csv) else { return };
    let resolver = Resolver::new(registry);
    let mut file = Vec::new();
    resolver.write_to(&mut file).expect("writing to memory");
    let built = Resolver::new(Registry::from_bytes(file).expect("a file just written"));
    let names = resolver.registry().entities().flat_map(|e| e.into_owned().names).take(20);
    for name in names.map(|n| n.text) {
        let outcome = resolver.resolve(&name, &Context::new());
        check(&resolver, &outcome);
        assert_eq!(format!("{outcome:?}"), format!("{:?}", built.resolve(&name, &Context::new())));
        let odd = |c: char| matches!(c, '\0' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let usable = name.chars().count() <= LONGEST_NAME && name.chars().any(char::is_alphanumeric) && !name.contains(odd);
        assert!(!usable || !outcome.candidates().is_empty() || outcome.id.is_some(), "{name:?} {outcome:?}");
        for part in name.split_whitespace().take(3) {
            check(&resolver, &resolver.resolve(part, &Context::new()));
        }
    }
    check(&resolver, &resolver.resolve(text, &Context::new()));
}

fn check(resolver: &Resolver, outcome: &Outcome) {
    assert_eq!(outcome.verdict == Verdict::Match, outcome.id.is_some(), "{outcome:?}");
    assert_eq!(outcome.id.is_some(), outcome.name().is_some(), "{outcome:?}");
    assert!((0.0..=1.0).contains(&outcome.score) && !outcome.why().is_empty(), "{outcome:?}");
    for id in outcome.id.as_deref().into_iter().chain(outcome.candidates().iter().map(|c| c.id.as_str())) {
        assert!(resolver.registry().entity(id).is_some(), "{id}");
    }
    assert!(outcome.candidates().iter().all(|c| (0.0..=1.0).contains(&c.score)), "{outcome:?}");
}

fn check_comparison(comparison: &Comparison) {
    assert!((0.0..=1.0).contains(&comparison.score) && !comparison.why.is_empty(), "{comparison:?}");
}
