//! Rows in and rows out: the formats, and the loop that adds columns to each row in order.

mod decode;
mod input;
mod output;
mod progress;
mod quotes;
mod run;

pub use input::{Column, Input, InputArgs, Row, delimiter};
pub use output::{OutputArgs, TEXTS, open_file, same_file, spare};
pub use run::{Answer, Work, run};

use clap::ValueEnum;
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
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "txt" | "text" | "lst" => Some(Format::Text),
            _ => None,
        }
    }
}
