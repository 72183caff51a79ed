//! `atau translit`.

use crate::report::{Failure, count, say};
use crate::rows::{self, Answer, Format, Input, InputArgs, MARK, OutputArgs, Row, Work};
use atau::Scheme;
use atau::scheme::Candidate;
use atau::text::{Script, repair};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use unicode_script::UnicodeScript;

/// Transliterate text, or a column of a table
///
/// Without --column whole lines are transliterated and nothing is added. With --column the result goes to a new column.
#[derive(clap::Args)]
#[command(
    override_usage = "atau translit [OPTIONS] --scheme <ID> [FILE]...",
    after_help = "Examples:
  atau translit --scheme rus-bgnpcgn-1947 letter.txt
  atau translit --scheme kaz-latn-2021 --text \"Қазақстан Республикасы\"
  atau translit --scheme rus-icao-9303 --reverse --candidates 3 --text Andrei
  atau translit --scheme rus-alalc --option ties=off --column title books.csv

`atau schemes` lists the schemes."
)]
pub struct Args {
    /// Scheme, by its id or another tool's name for it
    #[arg(short, long, value_name = "ID", conflicts_with = "table", required_unless_present = "table")]
    scheme: Option<String>,
    /// Scheme from a table file of your own
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// Set an option of the scheme; one that is on or off also as NAME or no-NAME
    #[arg(long = "option", value_name = "NAME=VALUE")]
    options: Vec<String>,
    /// The way back: what the text was before the scheme wrote it
    #[arg(short, long)]
    reverse: bool,
    /// With --reverse: print the N likeliest readings of each line with their weights
    #[arg(long, value_name = "N", requires = "reverse", value_parser = rows::from_one)]
    candidates: Option<usize>,
    /// Tell on standard error how many letters passed through that the scheme does not know, and what was repaired
    #[arg(long)]
    report: bool,
    /// Read look-alike letters of another script as the letters meant
    #[arg(long)]
    repair: bool,
    /// Transliterate this text; may be given more than once
    #[arg(short, long, value_name = "TEXT", conflicts_with_all = rows::NOT_WITH_TEXT)]
    text: Vec<String>,
    #[command(flatten)]
    input: InputArgs,
    /// More files, read one after the other
    #[arg(value_name = "FILE")]
    more: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    args.output.spare(args.input.file.as_deref(), args.table.as_slice())?;
    let mut scheme = match (&args.scheme, &args.table) {
        (_, Some(path)) => Scheme::open(path)?,
        (Some(id), None) => crate::schemes::named(id)?,
        (None, None) => return Err(Failure::new("name a scheme with --scheme")),
    };
    for option in &args.options {
        let (name, value) = match (option.split_once('='), option.strip_prefix("no-")) {
            (Some(set), _) => set,
            (None, Some(name)) => (name, "off"),
            (None, None) => (option.as_str(), "on"),
        };
        scheme = scheme.with_option(name, value)?;
    }
    let reverse = args.reverse.then_some(args.candidates.unwrap_or(0));
    let work = Translit { scheme, repair: args.repair, reverse, report: args.report.then(Report::default) };
    let table = args.output.asked().is_some_and(|f| f != Format::Text);
    if !args.text.is_empty() && !table {
        plain(&args)?;
        let mut out = args.output.open(None)?;
        for text in &args.text {
            writeln!(out, "{}", work.line(text))?;
        }
        out.finish()?;
        work.report.iter().for_each(Report::tell);
        return crate::DONE;
    }
    if args.text.is_empty() && args.input.column.is_none() && !table {
        return whole_lines(&args, &work);
    }
    if !args.more.is_empty() {
        return Err(Failure::new("rows of a table are read from one file at a time"));
    }
    rows::run(&args.input, &args.text, &args.output, |_| Ok(&work))?;
    work.report.iter().for_each(Report::tell);
    crate::DONE
}

/// Refuses what depends on there being a table, where text is written as it comes.
fn plain(args: &Args) -> Result<(), Failure> {
    let of_rows = [(args.input.delimiter.is_some(), "--delimiter"), (args.input.no_headers, "--no-headers")];
    let [prefix, excel_safe, _] = args.output.of_tables();
    rows::refuse(&[of_rows.as_slice(), &[prefix, excel_safe]].concat(), "text is no table; --column or --format csv makes one")
}

struct Translit {
    scheme: Scheme,
    repair: bool,
    /// The way back, and how many candidates are wanted; with none of them the best alone.
    reverse: Option<usize>,
    report: Option<Report>,
}

/// What passed through and what was repaired.
#[derive(Default)]
struct Report(Mutex<BTreeMap<char, u64>>, Mutex<BTreeMap<(char, char), u64>>);

impl Report {
    /// The letters of a text that stand in its result too: those that were in the script that is written already, and those of the
    /// result that are in another.
    fn count(&self, target: &str, text: &str, result: &str) {
        let target = Script::from_short_name(target);
        let is_target = |c: &char| Some(c.script()) == target;
        let is_letter = |c: &char| c.is_alphabetic() && c.script() != Script::Common && c.script() != Script::Inherited;
        let mut passed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut count = |c: char| *passed.entry(c).or_default() += 1;
        text.chars().filter(|c| is_letter(c) && is_target(c)).for_each(&mut count);
        result.chars().filter(|c| is_letter(c) && !is_target(c)).for_each(&mut count);
    }

    fn tell(&self) {
        let passed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let letters: Vec<String> = passed.iter().map(|(c, n)| format!("{c} U+{:04X} {n}", *c as u32)).collect();
        let sum = |counts: &mut dyn Iterator<Item = &u64>, one: &str, several: &str| count(counts.sum::<u64>() as usize, one, several);
        let all = sum(&mut passed.values(), "letter", "letters");
        say(&format!("atau: {all} of other alphabets passed through{}", listed(&letters)));
        let repaired = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = repaired.iter().map(|((a, b), n)| format!("U+{:04X} {a} as {b} {n}", *a as u32)).collect();
        let all = sum(&mut repaired.values(), "look-alike letter", "look-alike letters");
        say(&format!("atau: {all} repaired{}", listed(&pairs)));
    }
}

fn listed(items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!(": {}", items.join(", ")) }
}

impl Translit {
    fn meant<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(repaired) = self.repair.then(|| repair(text)).flatten() else { return text.into() };
        if let Some(report) = &self.report {
            let mut counts = report.1.lock().unwrap_or_else(PoisonError::into_inner);
            repaired.letters.iter().for_each(|pair| *counts.entry(*pair).or_default() += 1);
        }
        repaired.text.into()
    }

    /// Whether nothing is done but to transliterate.
    fn is_plain(&self) -> bool {
        !self.repair && self.reverse.is_none() && self.report.is_none()
    }

    fn line(&self, text: &str) -> String {
        let mut out = String::new();
        self.line_into(text, &mut out);
        out
    }

    /// Appends the result for a line; candidates are lines of their own.
    fn line_into(&self, text: &str, out: &mut String) {
        let meant = self.meant(text);
        let count = |target: &str, result: &str| {
            if let Some(report) = &self.report {
                report.count(target, &meant, result);
            }
        };
        let (from, to) = self.scheme.scripts();
        match self.reverse {
            None => {
                let start = out.len();
                self.scheme.transliterate_into(&meant, out);
                count(to, &out[start..]);
            }
            Some(0) => {
                let back = self.scheme.reverse(&meant);
                count(from, &back);
                out.push_str(&back);
            }
            Some(most) => {
                let candidates = self.scheme.reverse_candidates(&meant, most);
                count(from, candidates.first().map_or("", |best| &best.text));
                let text = rows::one_line(text);
                let line = |c: &Candidate| format!("{text}\t{}\t{:.3}", rows::one_line(&c.text), c.weight);
                out.push_str(&candidates.iter().map(line).collect::<Vec<_>>().join("\n"));
            }
        }
    }
}

impl Work for Translit {
    fn columns(&self) -> &[&'static str] {
        &["translit"]
    }

    fn work(&self, row: &Row, cell: Option<&str>, _json: bool, answer: &mut Answer) {
        // What stands in a row of the wrong length may be another column's.
        let cell = cell.filter(|_| row.fault.is_none());
        answer.cells.push(self.line(cell.unwrap_or_default()));
    }
}

/// Every line of every file, with its own line end.
fn whole_lines(args: &Args, work: &Translit) -> Result<ExitCode, Failure> {
    plain(args)?;
    let mut files: Vec<Option<PathBuf>> = vec![args.input.file.clone()];
    files.extend(args.more.iter().cloned().map(Some));
    if args.output.in_place && !args.more.is_empty() {
        return Err(Failure::new("--in-place takes one file at a time"));
    }
    args.more.iter().try_for_each(|file| args.output.refuse(file))?;
    let mut out = args.output.open(args.input.file.as_deref())?;
    let (mut line, mut result) = (String::new(), String::new());
    for file in files {
        let from = args.input.from;
        let mut lines = Input::open(&InputArgs { file, from, encoding: args.input.encoding.clone(), ..InputArgs::default() })?;
        if lines.format != Format::Text {
            return Err(Failure::new("say which column with --column NAME, or --from text to transliterate whole lines"));
        }
        if args.output.in_place {
            lines.keeps_encoding()?;
            if lines.has_mark {
                out.write_all(MARK)?;
            }
        }
        if work.is_plain() {
            lines.read_with(|reader| work.scheme.transliterate_stream(reader, &mut out))?;
            continue;
        }
        while lines.next_raw_line(&mut line)? {
            result.clear();
            let text = line.trim_end_matches(['\n', '\r']);
            work.line_into(text, &mut result);
            result.push_str(&line[text.len()..]);
            out.write_all(result.as_bytes())?;
        }
    }
    out.finish()?;
    work.report.iter().for_each(Report::tell);
    crate::DONE
}
