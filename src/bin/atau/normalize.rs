//! `atau normalize`.

use crate::report::{Failure, count, say};
use crate::rows::{self, Answer, InputArgs, OutputArgs, Row, Work};
use atau::text::{Change, clean};
use std::process::ExitCode;

/// Clean a list of names: spaces, quotes, dashes, Unicode form, look-alike letters, glued labels
///
/// Adds the clean form and what was done to each row. Never guesses: a letter that could be two others stays.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau normalize names.csv --column name > clean.csv
  atau normalize --text \"Kazakh nameҚазақстанның Социалистік Қозғалысы\"
  atau normalize --column 2 --in-place list.tsv")]
pub struct Args {
    /// Clean this name; may be given more than once
    #[arg(short, long, value_name = "NAME", conflicts_with = "file")]
    text: Vec<String>,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let outcome = rows::run(&args.input, &args.text, &args.output, |_| Ok(Normalize))?;
    if !args.output.quiet && args.text.is_empty() {
        let counted = |name| outcome.counts.get(name).copied().unwrap_or(0);
        let rows = count(outcome.rows as usize, "row", "rows");
        say(&format!("atau: {rows}: {} changed, {} with look-alike letters", counted("changed"), counted("repaired")));
    }
    crate::DONE
}

struct Normalize;

impl Work for Normalize {
    fn columns(&self) -> &[&'static str] {
        &["clean", "changes"]
    }

    fn work(&self, row: &Row, cell: Option<&str>, _json: bool, answer: &mut Answer) {
        if let Some(fault) = &row.fault {
            return answer.cells.extend([String::new(), fault.clone()]);
        }
        let cleaned = clean(cell.unwrap_or_default());
        if !cleaned.changes.is_empty() {
            answer.counts.push("changed");
        }
        if cleaned.changes.iter().any(|c| matches!(c, Change::LookAlike(..))) {
            answer.counts.push("repaired");
        }
        let changes: Vec<String> = cleaned.changes.iter().map(ToString::to_string).collect();
        answer.cells.extend([cleaned.text, changes.join("; ")]);
    }
}
