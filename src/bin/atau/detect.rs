//! `atau detect`.

use crate::report::{Failure, count, say};
use crate::rows::{self, Answer, InputArgs, OutputArgs, Row, Work, open_file, same_file, spare};
use atau::scheme::{Column, ColumnDetection, Detection, WordDetection, detect};
use serde_json::{Map, Value};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// The most rows that are named on standard error.
const NAMED: usize = 10;

/// Tell which scheme names were transliterated by, word by word and for the whole column
///
/// Adds script, language, the scheme that could have written the whole name (empty when none could), the nearest one, and the
/// likeliest for each word. JSON lines list all schemes that could have written a word, with their scores.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau detect names.csv --column name > detected.csv
  atau detect --text \"Socialističeskoe Dvizheniye Kazahstana\" --format jsonl
  atau detect names.csv --column name --summary column.json -o detected.csv

`atau schemes` lists the schemes.")]
pub struct Args {
    /// Look at this name; may be given more than once
    #[arg(short, long, value_name = "NAME", conflicts_with_all = rows::NOT_WITH_TEXT)]
    text: Vec<String>,
    /// Write what was found for the whole column to a file, or to standard error for -, as JSON
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    if let Some(summary) = args.summary.as_ref().filter(|path| path.as_os_str() != "-") {
        let read: Vec<PathBuf> = args.input.file.iter().cloned().collect();
        spare(summary, &read)?;
        if args.output.output.iter().any(|output| same_file(output, summary)) {
            return Err(Failure::new(format!("{} is to hold the rows; write the summary to another file", summary.display())));
        }
    }
    // Opened first: what cannot be written is told before the rows.
    let to_file = args.summary.as_deref().filter(|path| path.as_os_str() != "-").map(open_file).transpose()?;
    let column = Mutex::new(Column::default());
    rows::run(&args.input, &args.text, &args.output, |_| Ok(Detect { column: &column }))?;
    let found = column.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
    if let Some(path) = &args.summary {
        let json = serde_json::to_string(&found).map_err(|e| Failure::new(format!("{}: {e}", path.display())))?;
        match to_file {
            None => say(&json),
            Some(mut out) => {
                writeln!(out, "{json}")?;
                out.finish()?;
            }
        }
    }
    if !args.output.quiet && args.text.is_empty() {
        tell(&found);
    }
    crate::DONE
}

/// The scheme of the column and the rows that disagree.
fn tell(found: &ColumnDetection) {
    let rows = count(found.rows as usize, "row", "rows");
    say(&format!("atau: {rows}: {} in transliteration", found.transliterated));
    let Some(scheme) = found.scheme else { return };
    say(&format!("atau: most likely {scheme}, which could have written {} of {}", found.written, found.transliterated));
    if found.disagree.is_empty() {
        return;
    }
    let named = found.disagree.iter().take(NAMED).map(|d| match d.nearest {
        Some(nearest) if nearest != scheme => format!("{} ({nearest})", d.row),
        _ => d.row.to_string(),
    });
    let more = match found.disagree.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    say(&format!("atau: rows that disagree: {}{more}", named.collect::<Vec<_>>().join(", ")));
}

struct Detect<'a> {
    column: &'a Mutex<Column>,
}

impl Work for Detect<'_> {
    fn columns(&self) -> &[&'static str] {
        &["script", "language", "scheme", "nearest", "words"]
    }

    fn remark(&self) -> Option<usize> {
        Some(4)
    }

    fn has_own_object(&self) -> bool {
        true
    }

    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer) {
        // What stands in a row of the wrong length may be another column's.
        let found = detect(cell.filter(|_| row.fault.is_none()).unwrap_or_default());
        self.column.lock().unwrap_or_else(PoisonError::into_inner).add(row.number, &found);
        if json {
            answer.json = Some(object(row, cell, &found));
            answer.with_row = true;
            return;
        }
        let words: Vec<String> = found.words.iter().map(|w| word(w, found.nearest)).collect();
        let words = row.fault.clone().unwrap_or_else(|| words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("; "));
        let id = |id: Option<&str>| id.unwrap_or_default().to_owned();
        answer.cells.extend([found.script.unwrap_or_default(), found.language.to_owned(), id(found.scheme), id(found.nearest), words]);
    }
}

fn object(row: &Row, cell: Option<&str>, found: &Detection) -> Map<String, Value> {
    let Ok(Value::Object(mut object)) = serde_json::to_value(found) else { return Map::new() };
    object.insert("input".to_owned(), cell.into());
    if let Some(fault) = &row.fault {
        object.insert("note".to_owned(), fault.as_str().into());
    }
    object
}

/// A word with the scheme named for it: the one nearest to the whole name, where it is among the word's best.
fn word(word: &WordDetection, nearest: Option<&str>) -> String {
    let best = word.schemes.iter().find(|s| Some(s.id) == nearest).or(word.schemes.first());
    match best {
        None => String::new(),
        Some(fit) if fit.against == 0 => format!("{} {}", word.word, fit.id),
        Some(fit) => format!("{} {} ({} against)", word.word, fit.id, fit.against),
    }
}
