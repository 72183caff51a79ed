//! Learns how Latin and Arabic letters answer to Cyrillic ones: `tables/reading/learned.tsv`.
//!
//! Reads pairs of one name in Latin and in Cyrillic letters (`latin<TAB>cyrillic<TAB>count`) on standard input, adds what every scheme
//! makes of the project's own word lists, and aligns all of them by expectation maximisation over runs of up to three Latin (or Arabic) and up to
//! two Cyrillic letters (M. Bisani, H. Ney, "Joint-sequence models for grapheme-to-phoneme conversion", Speech Communication 50, 2008).
//! The result is the same for the same input.
//!
//! ```text
//! zcat wd_russian_64.tsv.gz | cargo run --release --example learn-reading > tables/reading/learned.tsv
//! ```

use atau::Scheme;
use atau::text::fold;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};

/// The most letters of the first side and of the Cyrillic side in one run.
const LONGEST: [usize; 2] = [3, 2];
/// How many letters of each side one step takes.
const STEPS: [(usize, usize); 8] = [(1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (3, 1), (2, 2), (3, 2)];
const ROUNDS: usize = 5;
/// What is taken from the expected count of a run, for each letter it has more than two.
const DISCOUNT: f64 = 8.0;
/// Words longer than this, in letters, teach nothing that shorter ones do not.
const LONGEST_WORD: usize = 24;

/// Runs of letters by number.
#[derive(Default)]
struct Runs {
    ids: FxHashMap<Vec<char>, u32>,
    texts: Vec<Vec<char>>,
}

impl Runs {
    fn id(&mut self, run: &[char]) -> u32 {
        if let Some(id) = self.ids.get(run) {
            return *id;
        }
        self.ids.insert(run.to_vec(), self.texts.len() as u32);
        self.texts.push(run.to_vec());
        self.texts.len() as u32 - 1
    }

    /// The runs that start at each letter of a word, by length; the word's ends are letters.
    fn of(&mut self, word: &str, longest: usize) -> Vec<[u32; 4]> {
        let letters: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
        let run = |at: usize, n: usize, runs: &mut Runs| if at + n <= letters.len() { runs.id(&letters[at..at + n]) } else { 0 };
        (0..letters.len()).map(|at| std::array::from_fn(|n| if n == 0 || n > longest { 0 } else { run(at, n, self) })).collect()
    }
}

struct Pair {
    first: Vec<[u32; 4]>,
    second: Vec<[u32; 4]>,
    weight: f64,
}

struct Lesson {
    runs: [Runs; 2],
    pairs: Vec<Pair>,
}

impl Lesson {
    fn new() -> Lesson {
        let mut runs: [Runs; 2] = Default::default();
        runs.iter_mut().for_each(|runs| assert_eq!(runs.id(&[]), 0, "the empty run is number 0"));
        Lesson { runs, pairs: Vec::new() }
    }

    fn add(&mut self, first: &str, second: &str, weight: f64) {
        let (first, second) = (fold(first), fold(second));
        let long = |w: &str| w.chars().count() > LONGEST_WORD;
        if first.is_empty() || second.is_empty() || first.contains(' ') || long(&first) || long(&second) {
            return;
        }
        let first = self.runs[0].of(&first, LONGEST[0]);
        let second = self.runs[1].of(&second, LONGEST[1]);
        self.pairs.push(Pair { first, second, weight });
    }
}

type Counts = FxHashMap<(u32, u32), f64>;

/// How likely each step is; in the first round by its lengths and by how far it is off the diagonal.
fn likelihood(learned: Option<&Counts>, pair: &Pair, at: (usize, usize), step: (usize, usize)) -> f64 {
    let (n, m) = (pair.first.len(), pair.second.len());
    if at.0 + step.0 > n || at.1 + step.1 > m {
        return 0.0;
    }
    match learned {
        Some(learned) => learned.get(&runs_at(pair, at, step)).copied().unwrap_or(0.0),
        None => {
            let base = match step {
                (1, 1) => 0.1,
                (2, 1) | (1, 2) => 0.005,
                (1, 0) | (0, 1) => 0.001,
                _ => 0.0005,
            };
            base * (1.0 - (at.0 as f64 / n as f64 - at.1 as f64 / m as f64).abs()).powi(6)
        }
    }
}

fn runs_at(pair: &Pair, at: (usize, usize), step: (usize, usize)) -> (u32, u32) {
    let run = |side: &[[u32; 4]], at: usize, n: usize| if n == 0 { 0 } else { side[at][n] };
    (run(&pair.first, at.0, step.0), run(&pair.second, at.1, step.1))
}

/// Adds the expected count of each step in one pair.
fn expect(learned: Option<&Counts>, pair: &Pair, counts: &mut Counts) {
    let (n, m) = (pair.first.len(), pair.second.len());
    let cell = |i: usize, j: usize| i * (m + 1) + j;
    let mut forward = vec![0.0; (n + 1) * (m + 1)];
    let mut backward = forward.clone();
    forward[0] = 1.0;
    for i in 0..=n {
        for j in 0..=m {
            for step in STEPS {
                let p = likelihood(learned, pair, (i, j), step);
                if p > 0.0 {
                    forward[cell(i + step.0, j + step.1)] += forward[cell(i, j)] * p;
                }
            }
        }
    }
    let all = forward[cell(n, m)];
    if all <= 0.0 {
        return;
    }
    backward[cell(n, m)] = 1.0;
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            for step in STEPS {
                let p = likelihood(learned, pair, (i, j), step);
                if p <= 0.0 {
                    continue;
                }
                let after = backward[cell(i + step.0, j + step.1)] * p;
                backward[cell(i, j)] += after;
                let share = forward[cell(i, j)] * after / all;
                if share > 1e-4 {
                    *counts.entry(runs_at(pair, (i, j), step)).or_default() += share * pair.weight;
                }
            }
        }
    }
}

fn learn(lesson: &Lesson) -> Counts {
    let mut learned: Option<Counts> = None;
    for round in 0..ROUNDS {
        let mut counts = Counts::default();
        lesson.pairs.iter().for_each(|pair| expect(learned.as_ref(), pair, &mut counts));
        let discount = if round == 0 { 0.3 } else { DISCOUNT };
        for ((a, b), count) in &mut counts {
            let letters = lesson.runs[0].texts[*a as usize].len() + lesson.runs[1].texts[*b as usize].len();
            *count -= if letters > 2 { discount * (letters - 1) as f64 } else { discount * 0.1 };
        }
        counts.retain(|_, count| *count > 0.0);
        let mut in_order: Vec<_> = counts.iter().map(|(k, v)| (*k, *v)).collect();
        in_order.sort_by_key(|(k, _)| *k);
        let all: f64 = in_order.iter().map(|(_, v)| v).sum();
        counts.values_mut().for_each(|count| *count /= all);
        eprintln!("round {}: {} runs", round + 1, counts.len());
        learned = Some(counts);
    }
    learned.unwrap_or_default()
}

/// The words of a list under `tables/words`.
fn words(language: &str) -> Vec<String> {
    let path = format!("{}/tables/words/{language}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a word list of the project");
    text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).map(str::to_owned).collect()
}

/// Kazakh letters as a Russian types them.
fn russified(word: &str) -> String {
    let table = include_str!("../tables/reading/russian-letters.tsv");
    let pairs: HashMap<&str, &str> = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect();
    let letter = |c: char| pairs.get(c.encode_utf8(&mut [0; 4]) as &str).map_or_else(|| c.to_string(), |r| (*r).to_owned());
    word.chars().map(letter).collect()
}

/// Kazakh letters as older maps in Russian have them.
fn traditional(word: &str) -> String {
    let table = include_str!("../tables/reading/older-letters.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    russified(&rows.fold(word.to_owned(), |word, (run, older)| word.replace(run, older)))
}

/// A word with each of the ways its spelling may waver, of which every sixth is enough to learn from; `at` is its place in the list.
fn wavering(word: &str, at: usize) -> impl Iterator<Item = String> {
    let table = include_str!("../tables/reading/wavering-letters.tsv");
    let ways = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).enumerate();
    let ways = ways.filter(move |(way, (run, _))| (at + way).is_multiple_of(6) && word.contains(run));
    ways.map(|(_, (run, other))| russified(&word.replacen(run, other, 1)))
}

/// How a language writes the runs of Cyrillic letters.
type Habit = HashMap<&'static str, &'static str>;

/// The habits of other languages, in the order of their table; rows without a language are for all of them.
fn habits() -> Vec<Habit> {
    let table = include_str!("../tables/reading/foreign-letters.tsv");
    let row = |line: &'static str| <[&str; 3]>::try_from(line.split('\t').collect::<Vec<_>>()).ok();
    let rows: Vec<[&str; 3]> = table.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect();
    let mut languages: Vec<&str> = rows.iter().map(|[language, ..]| *language).filter(|l| !l.is_empty()).collect();
    languages.dedup();
    let of =
        |language: &str| rows.iter().filter(move |row| row[0] == language).map(|[_, run, written]| (*run, *written)).collect::<Vec<_>>();
    languages.into_iter().map(|language| of("").into_iter().chain(of(language)).collect()).collect()
}

/// A word as another language writes it, the longest runs first; ^ and $ are its ends, and what the language has no rule for stays.
fn foreign(word: &str, habit: &Habit) -> String {
    let whole = format!("^{word}$");
    let (mut rest, mut written) = (whole.as_str(), String::new());
    while let Some(next) = rest.chars().next() {
        let ends: Vec<usize> = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST[0]).collect();
        let known = ends.iter().rev().find_map(|end| Some((*end, *habit.get(&rest[..*end])?)));
        let (end, run) = known.unwrap_or((next.len_utf8(), if matches!(next, '^' | '$') { "" } else { &rest[..next.len_utf8()] }));
        written.push_str(run);
        rest = &rest[end..];
    }
    written
}

fn main() {
    let mut latin_lesson = Lesson::new();
    let mut arabic_lesson = Lesson::new();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("pairs in UTF-8");
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [latin, cyrillic, count] = fields[..] else { continue };
        let seen: f64 = count.parse().unwrap_or(1.0);
        latin_lesson.add(latin, cyrillic, 1.0 + seen.ln());
    }
    let (kazakh, russian) = (words("kaz"), words("rus"));
    for id in Scheme::ids() {
        let scheme = Scheme::builtin(id).expect("a built-in scheme");
        if id.starts_with("kaz-") {
            let lesson = if id.starts_with("kaz-arab-") { &mut arabic_lesson } else { &mut latin_lesson };
            kazakh.iter().for_each(|word| lesson.add(&scheme.transliterate(word), word, 0.3));
        } else {
            russian.iter().take(1500).for_each(|word| latin_lesson.add(&scheme.transliterate(word), word, 0.3));
            // ё is mostly printed as е, and romanised as it sounds.
            let with_yo = russian.iter().filter(|word| word.contains('ё'));
            with_yo.for_each(|word| latin_lesson.add(&scheme.transliterate(word), &word.replace('ё', "е"), 0.03));
        }
    }
    for id in ["rus-bgnpcgn-1947", "rus-wikipedia", "rus-icao-9303", "rus-yandex-maps", "rus-gost-r-52535", "rus-mvd-fr"] {
        let scheme = Scheme::builtin(id).expect("a built-in scheme");
        kazakh.iter().for_each(|word| latin_lesson.add(&scheme.transliterate(&russified(word)), word, 0.5));
    }
    for id in ["rus-bgnpcgn-1947", "rus-wikipedia", "rus-icao-9303"] {
        let scheme = Scheme::builtin(id).expect("a built-in scheme");
        for word in &kazakh {
            let (older, newer) = (traditional(word), russified(word));
            if older != newer {
                latin_lesson.add(&scheme.transliterate(&older), word, 0.2);
                latin_lesson.add(&scheme.transliterate(&older), &newer, 0.2);
            }
        }
    }
    for (at, word) in kazakh.iter().enumerate() {
        let plain = russified(word);
        for odd in wavering(word, at) {
            for id in ["kaz-bgnpcgn-1979", "kaz-latn-2021"] {
                latin_lesson.add(&Scheme::builtin(id).expect("a built-in scheme").transliterate(word), &odd, 0.05);
            }
            let scheme = Scheme::builtin("rus-bgnpcgn-1947").expect("a built-in scheme");
            let romanised = scheme.transliterate(&odd);
            latin_lesson.add(&romanised, word, 0.05);
            latin_lesson.add(&romanised, &plain, 0.05);
            latin_lesson.add(&scheme.transliterate(&plain), &odd, 0.05);
        }
    }
    for (n, habit) in habits().iter().enumerate() {
        // Every third word is enough to learn from, another third for each language.
        for (at, word) in kazakh.iter().enumerate().filter(|(at, _)| (at + n).is_multiple_of(3)) {
            let plain = russified(word);
            latin_lesson.add(&foreign(word, habit), word, 0.1);
            if at.is_multiple_of(2) {
                latin_lesson.add(&foreign(&plain, habit), word, 0.1);
            }
            if plain != *word {
                latin_lesson.add(&foreign(word, habit), &plain, 0.1);
            }
        }
        russian.iter().skip(n).step_by(9).for_each(|word| latin_lesson.add(&foreign(word, habit), word, 0.03));
    }
    // What is romanised from Kazakh is looked for in Russian lists.
    for id in ["kaz-bgnpcgn-1979", "kaz-latn-2021", "kaz-latn-2018-acute"] {
        let scheme = Scheme::builtin(id).expect("a built-in scheme");
        kazakh.iter().for_each(|word| latin_lesson.add(&scheme.transliterate(word), &russified(word), 0.05));
    }
    print!("{}", include_str!("learn-reading.head.txt"));
    for (script, lesson) in [("Arab", arabic_lesson), ("Latn", latin_lesson)] {
        eprintln!("{script}: {} pairs", lesson.pairs.len());
        print(script, &lesson, &learn(&lesson));
    }
}

fn print(script: &str, lesson: &Lesson, learned: &Counts) {
    let mut rows: BTreeMap<(String, String), f64> = BTreeMap::new();
    let mut totals: [HashMap<String, f64>; 2] = Default::default();
    for ((a, b), p) in learned {
        let text = |side: usize, id: u32| lesson.runs[side].texts[id as usize].iter().collect::<String>();
        rows.insert((text(0, *a), text(1, *b)), *p);
    }
    for ((a, b), p) in &rows {
        *totals[0].entry(a.clone()).or_default() += p;
        *totals[1].entry(b.clone()).or_default() += p;
    }
    let mut out = std::io::stdout().lock();
    for ((a, b), p) in &rows {
        let writing = -(p / totals[1][b]).ln();
        let reading = -(p / totals[0][a]).ln();
        writeln!(out, "{script}\t{a}\t{b}\t{:.2}\t{:.2}", writing.max(0.0), reading.max(0.0)).expect("standard output");
    }
}
