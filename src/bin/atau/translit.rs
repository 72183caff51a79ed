//! `atau translit`.

use crate::report::Failure;
use crate::rows::{self, Answer, Format, Input, InputArgs, OutputArgs, Row, Work};
use atau::Scheme;
use atau::text::repair;
use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Transliterate text, or a column of a table
///
/// Without --column whole lines are transliterated and nothing is added. With --column the result goes to a new column.
#[derive(clap::Args)]
#[command(
    override_usage = "atau translit [OPTIONS] --scheme <ID> [FILE]...",
    after_help = "Examples:
  atau translit --scheme rus-bgnpcgn-1947 letter.txt
  atau translit --scheme kaz-latn-2021 --text \"Қазақстан Республикасы\"
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
    /// Set an option of the scheme, as NAME=VALUE
    #[arg(long = "option", value_name = "NAME=VALUE")]
    options: Vec<String>,
    /// Read look-alike letters of another script as the letters meant
    #[arg(long)]
    repair: bool,
    /// Transliterate this text; may be given more than once
    #[arg(short, long, value_name = "TEXT", conflicts_with = "file")]
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
    let mut scheme = match (&args.scheme, &args.table) {
        (_, Some(path)) => Scheme::open(path)?,
        (Some(id), None) => crate::schemes::named(id)?,
        (None, None) => return Err(Failure::new("name a scheme with --scheme")),
    };
    for option in &args.options {
        let Some((name, value)) = option.split_once('=') else {
            return Err(Failure::new(format!("--option {option}: expected NAME=VALUE")));
        };
        scheme = scheme.with_option(name, value)?;
    }
    let work = Translit { scheme, repair: args.repair };
    if !args.text.is_empty() {
        let mut out = args.output.open(None)?;
        for text in &args.text {
            writeln!(out, "{}", work.line(text))?;
        }
        out.finish()?;
        return crate::DONE;
    }
    if args.input.column.is_none() {
        return whole_lines(&args, &work);
    }
    if !args.more.is_empty() {
        return Err(Failure::new("with --column, one file at a time"));
    }
    rows::run(&args.input, &[], &args.output, |_| Ok(work))?;
    crate::DONE
}

struct Translit {
    scheme: Scheme,
    repair: bool,
}

impl Translit {
    fn meant<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.repair.then(|| repair(text)).flatten() {
            Some(repaired) => repaired.text.into(),
            None => text.into(),
        }
    }

    fn line(&self, text: &str) -> String {
        self.scheme.transliterate(&self.meant(text))
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
    if args.output.format.is_some_and(|f| f != Format::Text) {
        return Err(Failure::new("whole lines are written as text; --format goes with --column"));
    }
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
        while lines.next_raw_line(&mut line)? {
            result.clear();
            work.scheme.transliterate_into(&work.meant(&line), &mut result);
            out.write_all(result.as_bytes())?;
        }
    }
    out.finish()?;
    crate::DONE
}
