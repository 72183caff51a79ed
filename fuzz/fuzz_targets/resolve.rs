//! Any text resolved over the built-in registry, in several contexts, and compared with a name.
#![no_main]

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
});

fn check(resolver: &Resolver, outcome: &Outcome) {
    assert_eq!(outcome.verdict == Verdict::Match, outcome.id.is_some(), "{outcome:?}");
    assert_eq!(outcome.id.is_some(), outcome.name.is_some(), "{outcome:?}");
    assert!((0.0..=1.0).contains(&outcome.score) && !outcome.why.is_empty(), "{outcome:?}");
    for id in outcome.id.as_deref().into_iter().chain(outcome.candidates.iter().map(|c| c.id.as_str())) {
        assert!(resolver.registry().entity(id).is_some(), "{id}");
    }
    assert!(outcome.candidates.iter().all(|c| (0.0..=1.0).contains(&c.score)), "{outcome:?}");
}

fn check_comparison(comparison: &Comparison) {
    assert!((0.0..=1.0).contains(&comparison.score) && !comparison.why.is_empty(), "{comparison:?}");
}
