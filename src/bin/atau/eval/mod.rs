//! `atau eval`.

mod link;
mod metrics;
mod pairs;
mod print;
mod read;
mod show;

use crate::report::{Failure, count, say};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use link::Figures;
use read::{Bench, Part};
use serde_json::{Map, Value, json};
use show::{Miss, Wanted};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Measure how well names are resolved and compared, on questions whose answers are known
///
/// Reads benches of two kinds, told by what is in them: a registry with queries (JSON), and pairs with labels (JSON lines). The
/// queries are put to the registry of their bench, one after the other. The formats and figures are described in
/// docs/evaluation.md.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau eval my-benches/
  atau eval places.json pairs.jsonl --part dev --show 20
  atau eval places.json --show 50 --wrong
  atau eval my-benches/ --json > figures.json")]
pub struct Args {
    /// Files, or folders whose .json and .jsonl files are read
    #[arg(required = true, value_name = "BENCH")]
    benches: Vec<PathBuf>,
    /// Ask the rows of this split
    #[arg(long, value_name = "PART", default_value = "all")]
    part: Part,
    /// Show up to so many failures of each set: query, right names, and what was found
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    show: usize,
    /// Show wrong matches only
    #[arg(long, requires = "show")]
    wrong: bool,
    /// Write everything as one JSON object
    #[arg(long)]
    json: bool,
    /// No progress bar and no remarks
    #[arg(short, long)]
    quiet: bool,
}

/// So many rows are asked once before time is kept, since tables are read when they are first used.
const UNTIMED: usize = 20;

struct LinkSet {
    name: String,
    path: PathBuf,
    tally: link::Tally,
    misses: Vec<Miss>,
}

struct PairSet {
    name: String,
    path: PathBuf,
    tally: pairs::Tally,
    misses: Vec<Miss>,
}

/// What was measured.
struct Results {
    part: Part,
    show: usize,
    wrong: bool,
    links: Vec<LinkSet>,
    pairs: Vec<PairSet>,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let (sets, others) = read::read(&args.benches)?;
    let remark = |line: &str| {
        if !args.quiet {
            say(line);
        }
    };
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|p| p.display().to_string()).collect();
        remark(&format!("atau: {} left out, no bench: {}", count(others.len(), "file", "files"), names.join(", ")));
    }
    let wanted = Wanted { failures: args.show > 0, wrong_only: args.wrong };
    let mut results = Results { part: args.part, show: args.show, wrong: args.wrong, links: Vec::new(), pairs: Vec::new() };
    let mut progress = Progress::new(args.quiet);
    let mut empty = Vec::new();
    for set in sets {
        let (name, path) = (set.name, set.path);
        match &set.bench {
            Bench::Link(bench) => {
                let queries = bench.chosen(args.part);
                if queries.is_empty() {
                    empty.push(name);
                    continue;
                }
                progress.begin(&name, queries.len());
                let (tally, misses) = link::measure(bench, &queries, wanted, &mut || progress.tick())?;
                results.links.push(LinkSet { name, path, tally, misses });
            }
            Bench::Pairs(rows) => {
                let pairs = read::scored(rows, args.part);
                if pairs.is_empty() {
                    empty.push(name);
                    continue;
                }
                progress.begin(&name, pairs.len());
                let (tally, misses) = pairs::measure(&pairs, wanted, &mut || progress.tick());
                results.pairs.push(PairSet { name, path, tally, misses });
            }
        }
    }
    progress.finish();
    let of_part = if args.part == Part::All { String::new() } else { format!(" of the part {}", args.part.as_str()) };
    if results.links.is_empty() && results.pairs.is_empty() {
        return Err(Failure::new(format!("there are no rows{of_part} to ask")));
    }
    if !empty.is_empty() {
        remark(&format!("atau: no rows{of_part} in {}", empty.join(", ")));
    }
    match args.json {
        true => writeln!(io::stdout(), "{}", results.json())?,
        false => anstream::stdout().write_all(print::tables(&results).as_bytes())?,
    }
    crate::DONE
}

impl Results {
    fn json(&self) -> Value {
        let set = |name: &str, path: &PathBuf, figures: Map<String, Value>, misses: &[Miss]| {
            let mut out = Map::new();
            out.insert("set".to_owned(), json!(name));
            out.insert("file".to_owned(), json!(path.display().to_string()));
            out.extend(figures);
            if self.show > 0 {
                out.insert("failures".to_owned(), json!(misses.len()));
                out.insert("shown".to_owned(), json!(&misses[..misses.len().min(self.show)]));
            }
            Value::Object(out)
        };
        let means: Vec<Figures> = self.links.iter().map(|s| s.tally.figures()).collect();
        let separations: Vec<_> = self.pairs.iter().map(|s| s.tally.separation()).collect();
        let total = |together: Map<String, Value>, names: &[&str], figures: &[Option<f64>]| json!({ "together": together, "mean": json_of(names, figures).collect::<Map<_, _>>() });
        json!({
            "part": self.part.as_str(),
            "link": self.links.iter().map(|s| set(&s.name, &s.path, s.tally.json(), &s.misses)).collect::<Value>(),
            "pairs": self.pairs.iter().map(|s| set(&s.name, &s.path, s.tally.json(), &s.misses)).collect::<Value>(),
            "total": {
                "link": total(links_together(&self.links).json(), &Figures::NAMES, &Figures::mean(&means).all()),
                "pairs": total(pairs_together(&self.pairs).json(), &pairs::NAMES, &pairs::figures(pairs::mean_of(&separations))),
            },
        })
    }
}

/// All queries as those of one set.
fn links_together(sets: &[LinkSet]) -> link::Tally {
    let mut all = link::Tally::default();
    sets.iter().for_each(|s| all.join(&s.tally));
    all
}

/// All pairs as those of one set.
fn pairs_together(sets: &[PairSet]) -> pairs::Tally {
    let mut all = pairs::Tally::default();
    sets.iter().for_each(|s| all.join(&s.tally));
    all
}

/// Figures with six decimals under their names.
fn json_of<'a>(names: &'a [&str], figures: &'a [Option<f64>]) -> impl Iterator<Item = (String, Value)> + 'a {
    let value = |figure: &Option<f64>| figure.map_or(Value::Null, |f| json!((f * 1e6).round() / 1e6));
    names.iter().zip(figures).map(move |(name, figure)| ((*name).to_owned(), value(figure)))
}

/// A bar on a terminal, for what takes longer than a moment.
struct Progress {
    wanted: bool,
    started: Instant,
    bar: Option<ProgressBar>,
    name: String,
    rows: usize,
    done: u64,
}

impl Progress {
    fn new(quiet: bool) -> Progress {
        let wanted = !quiet && io::stderr().is_terminal();
        Progress { wanted, started: Instant::now(), bar: None, name: String::new(), rows: 0, done: 0 }
    }

    fn begin(&mut self, name: &str, rows: usize) {
        (self.name, self.rows, self.done) = (name.to_owned(), rows, 0);
    }

    fn tick(&mut self) {
        self.done += 1;
        if !self.wanted || self.started.elapsed() < Duration::from_millis(800) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(ProgressStyle::with_template("{bar:30} {percent}%  {msg}").unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        if bar.length() != Some(self.rows as u64) || bar.message() != self.name {
            bar.set_length(self.rows as u64);
            bar.set_message(self.name.clone());
        }
        bar.set_position(self.done);
    }

    fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
