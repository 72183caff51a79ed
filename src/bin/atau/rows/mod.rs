//! Rows in and rows out: the formats, and the loop that adds columns to each row in order.

mod decode;
mod input;
mod object;
mod open;
mod output;
mod progress;
mod quotes;
mod run;
pub mod screen;

pub use input::{Column, Input, InputArgs, MARK, NOT_WITH_TEXT, Row, delimiter};
pub use output::{OutputArgs, TEXTS, open_file, same_file, spare};
pub use run::{Answer, Work, run};

use crate::report::Failure;
use clap::ValueEnum;
use std::borrow::Cow;
use std::path::Path;

/// How rows are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// One JSON object a line
    Jsonl,
    /// One name a line; on output an aligned table on a terminal, else tab-separated values
    Text,
}

impl Format {
    /// The format that a file's ending says.
    pub fn of_path(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "tsv" | "tab" => Some(Format::Tsv),
            "jsonl" | "ndjson" | "json" => Some(Format::Jsonl),
            "txt" | "text" | "lst" => Some(Format::Text),
            _ => None,
        }
    }
}

/// What ends a cell or a line of tab-separated values, which know no quotes, as text: \\t, \\n, \\r.
const ENDS: [(char, &str); 3] = [('\t', "\\t"), ('\n', "\\n"), ('\r', "\\r")];

/// A text as a cell of tab-separated values.
pub fn one_line(text: &str) -> Cow<'_, str> {
    without(text, &ENDS)
}

/// The same of a text that was a line or a cell of one, which keeps its carriage returns: no line ends there.
fn within_line(text: &str) -> Cow<'_, str> {
    without(text, &ENDS[..2])
}

fn without<'t>(text: &'t str, ends: &[(char, &str)]) -> Cow<'t, str> {
    let is_end = |c: char| ends.iter().any(|(end, _)| c == *end);
    if !text.contains(is_end) {
        return text.into();
    }
    ends.iter().fold(text.to_owned(), |text, (end, written)| text.replace(*end, written)).into()
}

/// A whole number from 1.
pub fn from_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|n| *n > 0);
    number.ok_or_else(|| "expected a whole number from 1".to_owned())
}

/// Refuses the first option that was given though nothing here depends on it.
pub fn refuse(options: &[(bool, &str)], why: &str) -> Result<(), Failure> {
    match options.iter().find(|(given, _)| *given) {
        Some((_, option)) => Err(Failure::new(format!("{option} does nothing here: {why}"))),
        None => Ok(()),
    }
}
