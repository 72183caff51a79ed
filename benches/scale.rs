//! How matching grows with the registry: `cargo bench --bench scale`, with `-- 10000000` also at ten million names.
//!
//! Prints one table, from a registry of invented names ([`generate`]) written to a temporary folder (which `TMPDIR` chooses). Building
//! and asking are processes of their own, so that their memory can be told. Beside it stand what one would do instead: going
//! through all names with `rapidfuzz` or `strsim`. For figures of one core: `taskset -c 1 cargo bench --bench scale`.

mod generate;

use atau::resolve::{Context, How, Outcome, Reading, Verdict, compare, score};
use atau::{Registry, Resolver};
use generate::{Ask, Generator, Query, Random, id};
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const SIZES: [usize; 2] = [100_000, 1_000_000];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", names, csv] => write(names.parse().expect("a number"), Path::new(csv)),
        ["queries", entities, count] => queries(entities.parse().expect("a number"), count.parse().expect("a number")),
        ["build", csv, image] => build(Path::new(csv), Path::new(image)),
        ["ask", image, entities, ref kinds @ ..] => ask(Path::new(image), entities.parse().expect("a number"), kinds),
        ["scan", csv, entities] => scan(Path::new(csv), entities.parse().expect("a number")),
        ["compare", ref files @ ..] if files.iter().any(|file| file.ends_with(".jsonl")) => files.iter().for_each(|file| of_file(file)),
        ["compare", ref chosen @ ..] => pairs(chosen),
        ref more => {
            let mut sizes = SIZES.to_vec();
            sizes.extend(more.iter().filter_map(|arg| arg.parse::<usize>().ok()));
            sizes.dedup();
            table(&sizes);
        }
    }
}

/// A figure of one size: what it is, its value, its unit.
type Figure = (String, f64, String);

/// Runs a part in a process of its own and reads the figures it prints.
fn part(args: &[&str]) -> Vec<Figure> {
    let own = std::env::current_exe().expect("the path of this program");
    let output = Command::new(own).args(args).stderr(Stdio::inherit()).output().expect("this program");
    assert!(output.status.success(), "{args:?} failed");
    let figure = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let name = cells.next()?;
        Some((name, cells.next()?.parse().ok()?, cells.next().unwrap_or_default()))
    };
    String::from_utf8_lossy(&output.stdout).lines().filter_map(figure).collect()
}

fn tell(name: &str, value: f64, unit: &str) {
    println!("{name}\t{value}\t{unit}");
}

fn table(sizes: &[usize]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (csv, image) = (folder.path().join("names.csv"), folder.path().join("names.atau"));
    let path = |path: &Path| path.to_str().expect("a path in Unicode").to_owned();
    let (csv, image) = (path(&csv), path(&image));
    let mut columns: Vec<Vec<Figure>> = Vec::new();
    for size in sizes {
        eprintln!("{size} names");
        let mut figures = part(&["write", &size.to_string(), &csv]);
        let entities = (figures[0].1 as u64).to_string();
        figures.extend(part(&["build", &csv, &image]));
        let bytes = std::fs::metadata(&image).expect("the file just built").len();
        figures.push(("size for each name".to_owned(), bytes as f64 / *size as f64, "bytes".to_owned()));
        figures.extend(part(&["ask", &image, &entities]));
        if *size <= 1_000_000 {
            figures.extend(part(&["scan", &csv, &entities]));
        }
        columns.push(figures);
    }
    let header = sizes.iter().map(|size| format!("{size:>14}"));
    println!("{:44}{}{:>14}", "names", header.collect::<String>(), "last to first");
    for (row, (name, first, unit)) in columns[0].iter().enumerate() {
        let values: Vec<f64> = columns.iter().filter_map(|c| c.get(row).filter(|(n, ..)| n == name)).map(|(_, v, _)| *v).collect();
        let cells: String = values.iter().map(|v| format!("{:>14}", number(*v))).collect();
        let growth = values.last().filter(|_| values.len() == sizes.len()).map(|last| format!("{:>14.2}", last / first));
        println!("{:44}{cells}{}", format!("{name}, {unit}"), growth.unwrap_or_default());
    }
    for (name, value, unit) in part(&["compare"]) {
        println!("{:44}{:>14}", format!("{name}, {unit}"), number(value));
    }
}

fn number(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 1.0 => format!("{v:.2}"),
        v => format!("{v:.4}"),
    }
}

/// A line of `/proc/self/status` in megabytes; nothing where there is none.
fn memory(line: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|l| l.strip_prefix(line)?.trim_start_matches(':').trim().strip_suffix(" kB"));
    found.and_then(|n| n.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1024.0)
}

fn write(names: usize, csv: &Path) {
    let mut out = BufWriter::new(File::create(csv).expect("a temporary file"));
    let entities = Generator::new().write(names, &mut out).expect("writing a temporary file");
    out.flush().expect("writing a temporary file");
    tell("entities", entities as f64, "");
}

/// Prints names romanised and misspelt in turn, one a line.
fn queries(entities: u64, count: usize) {
    let generator = Generator::new();
    let [romanised, misspelt] = [Ask::Romanised, Ask::Misspelt].map(|kind| generator.queries(kind, entities, count / 2));
    romanised.iter().zip(&misspelt).for_each(|(a, b)| println!("{}\n{}", a.text, b.text));
}

fn build(csv: &Path, image: &Path) {
    let start = Instant::now();
    let registry = Registry::open([csv], false).unwrap_or_else(|error| panic!("{error}"));
    let read = start.elapsed().as_secs_f64();
    let resolver = Resolver::new(registry);
    let mut out = BufWriter::new(File::create(image).expect("a temporary file"));
    resolver.write_to(&mut out).expect("writing a temporary file");
    out.flush().expect("writing a temporary file");
    tell("build: reading the CSV", read, "s");
    tell("build: whole", start.elapsed().as_secs_f64(), "s");
    tell("build: most memory", memory("VmHWM"), "MB");
}

/// Asks for strings of all kinds, or of those named: `ask FILE ENTITIES misspelt`, which also says what was not found.
fn ask(image: &Path, entities: u64, kinds: &[&str]) {
    let before = memory("VmRSS");
    let start = Instant::now();
    let resolver = Resolver::new(Registry::open([image], false).unwrap_or_else(|error| panic!("{error}")));
    tell("open", start.elapsed().as_secs_f64() * 1e3, "ms");
    tell("memory after open", memory("VmRSS") - before, "MB");
    tell("  of that not the file's", memory("RssAnon"), "MB");
    let generator = Generator::new();
    let context = Context::new();
    // What is loaded on first use is loaded before; the file is in memory.
    generator.queries(Ask::Both, entities, 50).iter().for_each(|q| drop(black_box(resolver.resolve(&q.text, &context))));
    for kind in Ask::ALL {
        let name = format!("{kind:?}").to_lowercase();
        if !kinds.is_empty() && !kinds.contains(&&*name) {
            continue;
        }
        if matches!(kind, Ask::Exact | Ask::Folded) {
            quick(&resolver, &name, &generator.queries(kind, entities, 200_000));
            continue;
        }
        // Others of the kind come before, which bring what such strings touch of the file into the program's memory.
        let mut queries = generator.queries(kind, entities, 4_000);
        let others = queries.split_off(2_000);
        let first = timed(|| others.iter().for_each(|q| drop(black_box(resolver.resolve(&q.text, &context)))));
        tell(&format!("{name}: mean of as many before"), first * 1e3 / others.len() as f64, "ms");
        let mut times: Vec<f64> = Vec::with_capacity(queries.len());
        let mut slowest = (0.0, "");
        let mut seen = Seen::default();
        for query in &queries {
            let start = Instant::now();
            let outcome = black_box(resolver.resolve(&query.text, &context));
            let time = start.elapsed().as_secs_f64();
            if time > slowest.0 {
                slowest = (time, &query.text);
            }
            times.push(time);
            if !seen.note(query, &outcome) && !kinds.is_empty() {
                eprintln!("{:.1} ms\t{}\t{}\t{}", time * 1e3, query.text, id(query.entity), outcome.why());
            }
        }
        times.sort_by(f64::total_cmp);
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        tell(&name, 1.0 / mean, "a second");
        tell(&format!("{name}: mean"), mean * 1e3, "ms");
        tell(&format!("{name}: median"), times[times.len() / 2] * 1e3, "ms");
        tell(&format!("{name}: 99th percentile"), times[times.len() * 99 / 100] * 1e3, "ms");
        tell(&format!("{name}: slowest"), slowest.0 * 1e3, "ms");
        eprintln!("slowest {name}: {}", slowest.1);
        seen.tell(&name, queries.len());
    }
    tell("memory after all", memory("VmRSS") - before, "MB");
}

/// Tells how many a second are found, of all and of those whose name nobody else bears.
fn quick(resolver: &Resolver, name: &str, queries: &[Query]) {
    let context = Context::new();
    let (mut bearers, mut sole) = (0, Vec::new());
    for query in queries {
        let outcome = resolver.resolve(&query.text, &context);
        bearers += outcome.candidates().len().max(1);
        if outcome.verdict == Verdict::Match && outcome.candidates().len() <= 1 {
            sole.push(query);
        }
    }
    let speed = |queries: &[&Query]| {
        let all = || queries.iter().for_each(|q| drop(black_box(resolver.resolve(&q.text, &context))));
        queries.len() as f64 / (0..3).map(|_| timed(all)).fold(f64::INFINITY, f64::min)
    };
    tell(name, speed(&queries.iter().collect::<Vec<_>>()), "a second");
    tell(&format!("{name}: bearers of a name"), bearers as f64 / queries.len() as f64, "mean");
    tell(&format!("{name}: borne by one"), speed(&sole), "a second");
    let told = || sole.iter().map(|q| resolver.resolve(&q.text, &context)).for_each(|o| _ = black_box((o.why(), o.candidates())));
    tell(&format!("{name}: borne by one, with the reasons"), sole.len() as f64 / timed(told), "a second");
}

fn timed(run: impl Fn()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

/// What was found: the times say little without it.
#[derive(Default)]
struct Seen {
    first: usize,
    listed: usize,
    matched: usize,
    /// Of the matches those of an entity that was not meant, though it may bear the same name.
    other: usize,
    by_form: usize,
}

impl Seen {
    /// Whether the entity meant is first.
    fn note(&mut self, query: &Query, outcome: &Outcome) -> bool {
        let meant = id(query.entity);
        let first = outcome.id.as_deref().or(outcome.candidates().first().map(|c| c.id.as_str()));
        self.first += usize::from(first == Some(&*meant));
        let listed = outcome.id.as_deref() == Some(&*meant) || outcome.candidates().iter().any(|c| c.id == meant);
        self.listed += usize::from(listed);
        let is_match = outcome.verdict == Verdict::Match;
        self.matched += usize::from(is_match);
        self.other += usize::from(is_match && outcome.id.as_deref() != Some(&*meant));
        self.by_form += usize::from(matches!(outcome.how, Some(How::Exact | How::Folded | How::Repaired)));
        first == Some(&*meant)
    }

    fn tell(&self, name: &str, count: usize) {
        let share = |n: usize| 100.0 * n as f64 / count as f64;
        tell(&format!("{name}: the entity meant is first"), share(self.first), "%");
        tell(&format!("{name}: is listed"), share(self.listed), "%");
        tell(&format!("{name}: verdict match"), share(self.matched), "%");
        tell(&format!("{name}: verdict match, another entity"), share(self.other), "%");
        tell(&format!("{name}: found by its form"), share(self.by_form), "%");
    }
}

/// All names one after the other, by edit distance and by Jaro-Winkler.
fn scan(csv: &Path, entities: u64) {
    let mut reader = csv::Reader::from_path(csv).expect("the file just written");
    let rows = reader.records().map(|row| row.expect("a row just written"));
    let (ids, names): (Vec<String>, Vec<String>) = rows.map(|row| (row[0].to_owned(), row[1].to_lowercase())).unzip();
    let generator = Generator::new();
    for kind in [Ask::Misspelt, Ask::Romanised] {
        let queries = generator.queries(kind, entities, 20);
        let rival = |name: &str, best: &dyn Fn(&str) -> usize| {
            let start = Instant::now();
            let right = queries.iter().filter(|q| ids[best(&q.text.to_lowercase())] == id(q.entity)).count();
            let name = format!("{name}, {}", format!("{kind:?}").to_lowercase());
            tell(&name, 20.0 / start.elapsed().as_secs_f64(), "a second");
            tell(&format!("{name}: the entity meant is first"), 5.0 * right as f64, "%");
        };
        let highest = |scores: &mut dyn Iterator<Item = f64>| scores.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at);
        rival("scan, rapidfuzz Levenshtein", &|text| {
            let scorer = rapidfuzz::distance::levenshtein::BatchComparator::new(text.chars());
            highest(&mut names.iter().map(|name| scorer.normalized_similarity(name.chars())))
        });
        rival("scan, rapidfuzz Jaro-Winkler", &|text| {
            let scorer = rapidfuzz::distance::jaro_winkler::BatchComparator::new(text.chars());
            highest(&mut names.iter().map(|name| scorer.similarity(name.chars())))
        });
        rival("scan, strsim Levenshtein", &|text| highest(&mut names.iter().map(|name| strsim::normalized_levenshtein(text, name))));
    }
}

/// Two strings side by side: two names of one entity, or of two; and names of two or three words of six to ten letters alone. All of it, or what
/// was chosen: `compare "of two, typical" "scored, both read"`.
fn pairs(chosen: &[&str]) {
    let generator = Generator::new();
    let mut random = Random::new(1);
    let mut name = |entity: u64| {
        let mut aliases = generator.entity(entity).aliases;
        aliases.swap_remove(random.below(aliases.len())).text
    };
    let words = |name: &str| name.split_whitespace().map(|word| word.chars().count()).collect::<Vec<_>>();
    let typical = |name: &str| matches!(words(name)[..], [_, _] | [_, _, _]) && words(name).iter().all(|n| (6..=10).contains(n));
    let mut both = Vec::with_capacity(16_000);
    for (kind, step) in [("of one entity", 0), ("of two", 10_007)] {
        let all: Vec<(String, String)> = (0..100_000).map(|i| (name(i), name(i + step))).filter(|(a, b)| a != b).collect();
        let few: Vec<(String, String)> = all.iter().filter(|(a, b)| typical(a) && typical(b)).take(8_000).cloned().collect();
        compared(&all[..8_000], kind, chosen);
        compared(&few, &format!("{kind}, typical"), chosen);
        both.extend_from_slice(&all[..8_000]);
    }
    compared(&both, "half of one entity, half of two", chosen);
}

/// The pairs of a set that `atau eval` reads: `compare FILE.jsonl`.
fn of_file(file: &str) {
    let text = std::fs::read_to_string(file).expect("a set of pairs");
    let side = |row: &serde_json::Value, side: &str| row[side].as_str().expect("two names a row").to_owned();
    let rows = text.lines().map(|line| serde_json::from_str(line).expect("JSON in each line"));
    let pairs: Vec<(String, String)> = rows.map(|row| (side(&row, "a"), side(&row, "b"))).collect();
    compared(&pairs, &format!("of {file}"), &[]);
}

/// Tells how many pairs a second are explained, scored, scored when read before, and what others give.
fn compared(pairs: &[(String, String)], kind: &str, chosen: &[&str]) {
    if chosen.first().is_some_and(|chosen| *chosen != kind) {
        return;
    }
    let speed = |what: &str, all: &dyn Fn()| {
        if chosen.get(1).is_some_and(|chosen| *chosen != what) {
            return;
        }
        all();
        let each = (0..7).map(|_| timed(all)).fold(f64::INFINITY, f64::min) / pairs.len() as f64;
        tell(&format!("pairs {kind}: {what}"), 1.0 / each, "a second");
    };
    fn keep(score: f64) {
        black_box(score);
    }
    let words: usize = pairs.iter().map(|(a, b)| a.split_whitespace().count() + b.split_whitespace().count()).sum();
    tell(&format!("pairs {kind}: words of a name"), words as f64 / 2.0 / pairs.len() as f64, "mean");
    speed("compared, with reasons", &|| pairs.iter().for_each(|(a, b)| drop(black_box(compare(a, b)))));
    speed("scored from strings", &|| pairs.iter().map(|(a, b)| score(a, b)).for_each(keep));
    speed("read, each side", &|| pairs.iter().for_each(|(a, b)| drop(black_box([Reading::of(a), Reading::of(b)]))));
    let readings: Vec<[Reading; 2]> = pairs.iter().map(|(a, b)| [a, b].map(|name| Reading::of(name))).collect();
    speed("scored, both read", &|| readings.iter().map(|[a, b]| a.score(b)).for_each(keep));
    let lower: Vec<(String, String)> = pairs.iter().map(|(a, b)| (a.to_lowercase(), b.to_lowercase())).collect();
    speed("rapidfuzz Levenshtein", &|| {
        let likeness = |a: &str, b: &str| rapidfuzz::distance::levenshtein::normalized_similarity(a.chars(), b.chars());
        lower.iter().map(|(a, b)| likeness(a, b)).for_each(keep);
    });
    speed("strsim Jaro-Winkler", &|| lower.iter().map(|(a, b)| strsim::jaro_winkler(a, b)).for_each(keep));
}
