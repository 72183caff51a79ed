//! How fast text is transliterated, beside what one would pick instead: `cargo bench --bench translit`.
//!
//! Running text is a megabyte of words in an order drawn by a seeded generator; short names are names of the built-in
//! registry. `deunicode` and `any_ascii` know no rules; `translit` and `iuliia` know those of Russian.

use atau::{Registry, Scheme};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::sync::LazyLock;

const SCHEMES: [&str; 15] = [
    "rus-iso-9-1995",
    "kaz-iso-9-1995",
    "rus-bgnpcgn-1947",
    "rus-wikipedia",
    "rus-mosmetro",
    "rus-yandex-maps",
    "rus-sfs-4900",
    "rus-duden",
    "rus-kr76",
    "kaz-bgnpcgn-1979",
    "kaz-latn-2021",
    "kaz-alalc",
    "kaz-arab-mw",
    "kaz-arab-tote",
    "kaz-odni-2015",
];

fn main() {
    divan::main();
}

/// A generator that gives the same numbers each time.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// The Cyrillic names of the registry in a language.
fn names(language: &str) -> Vec<String> {
    let registry = Registry::builtin();
    let names = registry.entities().flat_map(|e| e.into_owned().names).filter(|n| n.lang.as_deref() == Some(language));
    names.map(|n| n.text.clone()).collect()
}

/// A megabyte of words of a language: those of its names, most in small letters, with the signs of running text.
fn text(language: &str) -> String {
    let names = names(language);
    let words: Vec<&str> = names.iter().flat_map(|n| n.split_whitespace()).collect();
    let mut random = Seeded(42);
    let mut text = String::with_capacity(1 << 20);
    while text.len() < 1 << 20 {
        let word = words[random.below(words.len())];
        match random.below(10) {
            0 => text.push_str(word),
            1 => text.extend([&word.to_lowercase(), ","]),
            _ => text.push_str(&word.to_lowercase()),
        }
        text.push_str(if random.below(14) == 0 { ". " } else { " " });
    }
    text
}

static RUSSIAN: LazyLock<String> = LazyLock::new(|| text("ru"));
static KAZAKH: LazyLock<String> = LazyLock::new(|| text("kk"));

fn text_for(id: &str) -> &'static str {
    if id.starts_with("rus") { &RUSSIAN } else { &KAZAKH }
}

#[divan::bench(args = SCHEMES)]
fn running_text(bencher: Bencher, id: &str) {
    let (scheme, text) = (Scheme::builtin(id).expect("a built-in scheme"), text_for(id));
    let mut out = String::with_capacity(text.len() * 2);
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        out.clear();
        scheme.transliterate_into(text, &mut out);
        divan::black_box(&out);
    });
}

#[divan::bench(args = ["rus", "kaz"])]
fn running_text_deunicode(bencher: Bencher, id: &str) {
    let text = text_for(id);
    bencher.counter(BytesCount::of_str(text)).bench_local(|| divan::black_box(deunicode::deunicode(text)));
}

#[divan::bench(args = ["rus", "kaz"])]
fn running_text_any_ascii(bencher: Bencher, id: &str) {
    let text = text_for(id);
    bencher.counter(BytesCount::of_str(text)).bench_local(|| divan::black_box(any_ascii::any_ascii(text)));
}

#[divan::bench]
fn running_text_translit(bencher: Bencher) {
    let text: &str = &RUSSIAN;
    let scheme = translit::Gost779B::new(translit::Language::Ru);
    bencher.counter(BytesCount::of_str(text)).bench_local(|| divan::black_box(translit::ToLatin::to_latin(&scheme, text)));
}

#[divan::bench(args = ["rus-bgnpcgn-1947", "rus-iso-9-1995", "rus-wikipedia", "kaz-latn-2021"])]
fn short_names(bencher: Bencher, id: &str) {
    let scheme = Scheme::builtin(id).expect("a built-in scheme");
    let names = short(id);
    let mut out = String::with_capacity(100);
    bencher.counter(ItemsCount::new(names.len())).bench_local(|| {
        for name in &names {
            out.clear();
            scheme.transliterate_into(name, &mut out);
            divan::black_box(&out);
        }
    });
}

#[divan::bench(args = ["rus", "kaz"])]
fn short_names_deunicode(bencher: Bencher, id: &str) {
    let names = short(id);
    bencher.counter(ItemsCount::new(names.len())).bench_local(|| {
        for name in &names {
            divan::black_box(deunicode::deunicode(name));
        }
    });
}

/// Single words of about thirteen letters.
fn short(id: &str) -> Vec<String> {
    let names = names(if id.starts_with("rus") { "ru" } else { "kk" });
    let long = names.iter().flat_map(|n| n.split_whitespace()).filter(|w| (11..16).contains(&w.chars().count()));
    long.map(str::to_owned).collect()
}

#[divan::bench(args = ["rus-iso-9-1995", "rus-bgnpcgn-1947", "rus-duden", "kaz-latn-2021", "kaz-arab-mw"])]
fn loading(bencher: Bencher, id: &str) {
    bencher.bench_local(|| divan::black_box(Scheme::builtin(id)));
}
