//! How fast text is transliterated, beside what one would pick instead: `cargo bench --bench translit`.
//!
//! Running text is a megabyte of sentences made by a seeded generator of case forms, small words, names, numbers and signs,
//! so that letters, lengths of words and signs are about those of real texts; short names are names of the built-in registry. `deunicode` and `any_ascii` know no rules; `translit`, the two crates of iuliia and ICU know those of Russian.
//! A table of all beside each other, on one core and from one run, comes last, or alone with `-- table`. ICU is run as
//! `uconv`, if that is installed, over a text that makes its start count little, which is subtracted too.

use atau::name::inflect::{Language, forms};
use atau::{Registry, Scheme};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::collections::HashMap;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Instant;

/// Those that short names are written in.
const SHORT: [&str; 6] = ["rus-iso-9-1995", "rus-bgnpcgn-1947", "rus-wikipedia", "kaz-latn-2021", "kaz-arab-mw", "kaz-arab-tote"];

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
    let alone = std::env::args().any(|arg| arg == "table");
    if !alone {
        divan::main();
    }
    // With other arguments a part was asked for.
    if alone || std::env::args().skip(1).all(|arg| arg == "--bench") {
        table();
    }
}

/// What is compared: what it is called and what is run.
type Contender<'t> = (&'t str, Box<dyn FnMut() + 't>);
/// What was compared, with its median time in seconds.
type Timed = (String, f64);

/// Prints how many megabytes a second each takes, and how many times as fast each scheme is as the others.
fn table() {
    for language in ["rus", "kaz"] {
        let text = text_for(language);
        let mut others: Vec<Contender> = vec![
            ("deunicode", Box::new(|| drop(black_box(deunicode::deunicode(text))))),
            ("any_ascii", Box::new(|| drop(black_box(any_ascii::any_ascii(text))))),
        ];
        if language == "rus" {
            let gost = translit::Gost779B::new(translit::Language::Ru);
            let wikipedia = iuliia_rust::Schema::for_name("wikipedia");
            others.push(("translit", Box::new(move || drop(black_box(translit::ToLatin::to_latin(&gost, text))))));
            others.push((
                "iuliia",
                Box::new(|| drop(black_box(<iuliia::schemas::wikipedia::Wikipedia as iuliia::Schema>::transliterate(text)))),
            ));
            // So slow that a part must do.
            others.push(("iuliia-rust", Box::new(move || drop(black_box(iuliia_rust::parse_by_schema(part(text), &wikipedia))))));
        }
        let mut all: Vec<Contender> = Vec::new();
        for id in SCHEMES.into_iter().filter(|id| id.starts_with(language)) {
            let scheme = Scheme::builtin(id).expect("a built-in scheme");
            let mut out = String::with_capacity(text.len() * 2);
            all.push((
                id,
                Box::new(move || {
                    out.clear();
                    scheme.transliterate_into(text, &mut out);
                    black_box(&out);
                }),
            ));
        }
        let mut others = medians(others);
        if let Some((_, seconds)) = others.iter_mut().find(|(name, _)| name == "iuliia-rust") {
            *seconds *= text.len() as f64 / part(text).len() as f64;
        }
        let transform = if language == "rus" { "Russian-Latin/BGN" } else { "Kazakh-Latin/BGN" };
        others.extend(uconv(transform, text).map(|seconds| ("ICU".to_owned(), seconds)));
        let speed = |seconds: f64| text.len() as f64 / 1e6 / seconds;
        println!("\n{language}, MB/s; below, how many times as fast as each");
        println!("{:28}{}", "", others.iter().map(|(name, _)| format!("{name:>12}")).collect::<String>());
        println!("{:28}{}", "", others.iter().map(|(_, s)| format!("{:>12.1}", speed(*s))).collect::<String>());
        for (id, seconds) in medians(all) {
            let ratios: String = others.iter().map(|(_, other)| format!("{:>12.1}", other / seconds)).collect();
            println!("{id:20}{:>8.0}{ratios}", speed(seconds));
        }
    }
    short_table();
}

/// The same for short names, of one word and of two, each into a buffer that is used again.
fn short_table() {
    for (what, names, id) in SHORT.into_iter().flat_map(|id| [("names of a word", short(id), id), ("names of two", two_words(id), id)]) {
        let scheme = Scheme::builtin(id).expect("a built-in scheme");
        let mut out = String::with_capacity(100);
        let times: usize = 1000;
        let found = medians(vec![
            ("deunicode", {
                let names = names.clone();
                Box::new(move || (0..times).for_each(|_| names.iter().for_each(|name| drop(black_box(deunicode::deunicode(name))))))
            }),
            (id, {
                let names = names.clone();
                Box::new(move || {
                    for name in (0..times).flat_map(|_| &names) {
                        out.clear();
                        scheme.transliterate_into(name, &mut out);
                        black_box(&out);
                    }
                })
            }),
        ]);
        let each = |at: usize| found[at].1 * 1e9 / (times * names.len()) as f64;
        println!("{what}, {id}: {:.0} ns, deunicode {:.0} ns: {:.1} times as fast", each(1), each(0), each(0) / each(1));
    }
}

/// The median times of fifteen runs, taken in turn.
fn medians(mut all: Vec<Contender>) -> Vec<Timed> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); all.len()];
    for _ in 0..15 {
        for (times, (_, run)) in times.iter_mut().zip(&mut all) {
            let start = Instant::now();
            run();
            times.push(start.elapsed().as_secs_f64());
        }
    }
    times.iter_mut().for_each(|times| times.sort_by(f64::total_cmp));
    all.iter().zip(times).map(|((name, _), times)| ((*name).to_owned(), times[times.len() / 2])).collect()
}

/// The first sixteenth of a text.
fn part(text: &str) -> &str {
    let mut end = text.len() / 16;
    while !text.is_char_boundary(end) {
        end += 1;
    }
    &text[..end]
}

/// The time that `uconv` takes for a text, its start subtracted; nothing where it is not installed.
fn uconv(transform: &str, text: &str) -> Option<f64> {
    const TIMES: usize = 4;
    let folder = tempfile::tempdir().ok()?;
    let time = |name: &str, text: &str| -> Option<f64> {
        let path = folder.path().join(name);
        std::fs::write(&path, text).ok()?;
        let mut times = Vec::new();
        for _ in 0..3 {
            let mut command = Command::new("uconv");
            command.args(["-f", "utf-8", "-t", "utf-8", "-x", transform]).arg(&path).stdout(Stdio::null()).stderr(Stdio::null());
            let start = Instant::now();
            command.status().ok().filter(|status| status.success())?;
            times.push(start.elapsed().as_secs_f64());
        }
        times.sort_by(f64::total_cmp);
        times.get(1).copied()
    };
    // It is made for lines.
    let lines = text.replace(". ", ".\n").repeat(TIMES);
    Some((time("whole", &lines)? - time("start", "а")?) / TIMES as f64)
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

/// A megabyte of sentences of a language that mean nothing: words and case forms of names in small letters, small words in
/// between, and names, numbers and signs about as often as texts have them.
fn text(language: Language) -> String {
    let mut random = Seeded(42);
    let russian = language == Language::Russian;
    let names = case_forms(language, &mut random);
    let words = if russian { by_letters(&mut random) } else { case_forms(language, &mut random) };
    let (small, told) = if russian { (SMALL_RUSSIAN, "") } else { (SMALL_KAZAKH, include_str!("../tables/sentences/kk.toml")) };
    let small: Vec<&str> = small.split(' ').collect();
    let told: Vec<&str> = told.lines().filter(|l| !l.starts_with('#')).flat_map(|l| l.split(|c: char| !c.is_alphabetic())).collect();
    let told: Vec<&str> = told.into_iter().filter(|w| !w.is_ascii()).collect();
    let mut text = String::with_capacity(1 << 20);
    let mut begins = true;
    while text.len() < 1 << 20 {
        let word = match random.below(100) {
            0 => (1 + random.below(2030)).to_string(),
            1..8 => capital(&names[random.below(names.len())]),
            8..32 if russian => small[random.below(small.len())].to_owned(),
            8..22 => small[random.below(small.len())].to_owned(),
            22..58 if !told.is_empty() => told[random.below(told.len())].to_lowercase(),
            _ => words[random.below(words.len())].clone(),
        };
        text.push_str(&if begins { capital(&word) } else { word });
        begins = false;
        match random.below(100) {
            0..7 => {
                text.push_str(if random.below(9) == 0 { "?\n" } else { ". " });
                begins = true;
            }
            7..14 => text.push_str(", "),
            14 => text.push_str(" – "),
            15 => text.push_str(" «"),
            16 => text.push_str("» "),
            17 => text.push('-'),
            _ => text.push(' '),
        }
    }
    text
}

/// Small words of running text.
const SMALL_RUSSIAN: &str = "и в не на с что по как это но из у за от о к а для же так его бы он она они мы я было был все \
    или до при то того при этом также может если только уже более после которые чтобы";
const SMALL_KAZAKH: &str = "және мен бен үшін бұл бір да де осы оның ол деп бар жоқ емес туралы бойынша болып болады болды \
    керек еді екен ғана кейін дейін сияқты өз сол оны олар біз ең өте әр не немесе мүмкін бірақ қазір ретінде арқылы";

/// A word with a capital.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// The case forms of some names of a language, in small letters.
fn case_forms(language: Language, random: &mut Seeded) -> Vec<String> {
    let table = match language {
        Language::Russian => include_str!("../tables/inflection/rus-others.tsv"),
        _ => include_str!("../tables/words/kaz.tsv"),
    };
    let words: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).collect();
    let some = (0..2500).map(|_| words[random.below(words.len())]);
    some.flat_map(|word| forms(word, Some(language), None))
        .map(|form| form.text.to_lowercase())
        .filter(|form| form.chars().count() < 13)
        .collect()
}

/// What sounds like Russian words: letters drawn by the two before them.
fn by_letters(random: &mut Seeded) -> Vec<String> {
    let mut next: HashMap<[char; 2], Vec<(char, usize)>> = HashMap::new();
    for row in include_str!("../tables/letters/rus.tsv").lines() {
        if let Some((letters, count)) = row.split_once('\t')
            && let [a, b, c] = letters.chars().collect::<Vec<char>>()[..]
        {
            next.entry([a, b]).or_default().push((c, count.parse().expect("a count")));
        }
    }
    let mut word = || {
        let (mut word, mut last) = (String::new(), ['_', '_']);
        while let Some(all) = next.get(&last).filter(|_| word.len() < 40) {
            let mut place = random.below(all.iter().map(|(_, count)| count).sum::<usize>().max(1));
            let drawn = all.iter().find(|(_, count)| {
                let found = place < *count;
                place = place.saturating_sub(*count);
                found
            });
            let Some((c, _)) = drawn.filter(|(c, _)| *c != '_') else { break };
            word.push(*c);
            last = [last[1], *c];
        }
        word
    };
    (0..20_000).map(|_| word()).filter(|word| (3..14).contains(&word.chars().count())).collect()
}

static RUSSIAN: LazyLock<String> = LazyLock::new(|| text(Language::Russian));
static KAZAKH: LazyLock<String> = LazyLock::new(|| text(Language::Kazakh));

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

#[divan::bench]
fn running_text_iuliia(bencher: Bencher) {
    let text: &str = &RUSSIAN;
    bencher
        .counter(BytesCount::of_str(text))
        .bench_local(|| divan::black_box(<iuliia::schemas::wikipedia::Wikipedia as iuliia::Schema>::transliterate(text)));
}

#[divan::bench(sample_count = 10)]
fn running_text_iuliia_rust(bencher: Bencher) {
    let text = part(&RUSSIAN);
    let wikipedia = iuliia_rust::Schema::for_name("wikipedia");
    bencher.counter(BytesCount::of_str(text)).bench_local(|| divan::black_box(iuliia_rust::parse_by_schema(text, &wikipedia)));
}

#[divan::bench(args = SHORT)]
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

/// Names of two words of about fourteen letters in all.
fn two_words(id: &str) -> Vec<String> {
    let names = names(if id.starts_with("rus") { "ru" } else { "kk" });
    names.into_iter().filter(|name| name.split([' ', '-']).count() == 2 && name.chars().count() < 25).collect()
}

#[divan::bench(args = ["rus-iso-9-1995", "rus-bgnpcgn-1947", "rus-duden", "kaz-latn-2021", "kaz-arab-mw"])]
fn loading(bencher: Bencher, id: &str) {
    bencher.bench_local(|| divan::black_box(Scheme::builtin(id)));
}
