//! How fast strings are resolved: `cargo bench --bench resolve`. The figures are per string.

use atau::registry::Registry;
use atau::resolve::{Context, Resolver, compare};
use atau::text::fold;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// The registered names, changed.
fn names(change: impl Fn(&str) -> String) -> Vec<String> {
    let registry = Registry::builtin();
    registry.entities().flat_map(|e| e.into_owned().names).map(|n| change(&n.text)).collect()
}

fn resolve_all(bencher: Bencher, names: Vec<String>) {
    let resolver = Resolver::new(Registry::builtin());
    let context = Context::new();
    // What is loaded on first use is loaded before.
    resolver.resolve("Shymkent qalasy", &context);
    bencher.counter(ItemsCount::new(names.len())).bench_local(|| {
        for name in &names {
            divan::black_box(resolver.resolve(name, &context));
        }
    });
}

#[divan::bench]
fn exact(bencher: Bencher) {
    resolve_all(bencher, names(str::to_owned));
}

#[divan::bench]
fn folded(bencher: Bencher) {
    resolve_all(bencher, names(|n| format!("«{}»", n.to_uppercase())));
}

#[divan::bench]
fn repaired(bencher: Bencher) {
    let twins = names(|n| n.replace('а', "a").replace('С', "C"));
    resolve_all(bencher, twins);
}

#[divan::bench]
fn script(bencher: Bencher) {
    let scheme = atau::Scheme::builtin("rus-bgnpcgn-1947").expect("a built-in scheme");
    resolve_all(bencher, names(|n| scheme.transliterate(n)));
}

#[divan::bench]
fn near(bencher: Bencher) {
    resolve_all(bencher, names(|n| format!("{n}x")));
}

#[divan::bench]
fn comparison(bencher: Bencher) {
    let names = names(str::to_owned);
    let pairs: Vec<_> = names.windows(2).collect();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        for pair in &pairs {
            divan::black_box(compare(&pair[0], &pair[1]));
        }
    });
}

#[divan::bench]
fn folding(bencher: Bencher) {
    let names = names(str::to_owned);
    bencher.counter(ItemsCount::new(names.len())).bench_local(|| {
        for name in &names {
            divan::black_box(fold(name));
        }
    });
}
