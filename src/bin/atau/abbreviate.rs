//! `atau abbreviate`.

use crate::report::{Failure, count, say};
use crate::rows::{self, Answer, Column, Format, InputArgs, OutputArgs, Row, Work};
use atau::abbreviation::{Derivation, Proposal, derive, derive_translated, propose};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Propose abbreviations of names, or check whether one fits
///
/// Proposals are made by machine: nobody need have used them. That an abbreviation fits a name is evidence and no proof: two
/// names may have the same letters, and only a registry knows whose they are.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau abbreviate \"Социалистическое Сопротивление Казахстана\"
  atau abbreviate --check СоцСопр \"Социалистическое Сопротивление Казахстана\"
  atau abbreviate names.csv --column name --most 3 > proposed.csv
  atau abbreviate pairs.csv --column name --against short > checked.csv")]
pub struct Args {
    /// Names; or one file of names, - for standard input
    #[arg(value_name = "NAME|FILE")]
    names: Vec<String>,
    /// Check this abbreviation instead of proposing some
    #[arg(long, value_name = "ABBREVIATION")]
    check: Option<String>,
    /// Check the abbreviation in this column of each row instead of proposing some
    #[arg(long, value_name = "COLUMN", conflicts_with = "check", requires = "column")]
    against: Option<String>,
    /// At most so many proposals for a name
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = rows::from_one, conflicts_with_all = ["check", "against"])]
    most: usize,
    /// Column with the names, by its name or its number from 1; the argument is a file then
    #[arg(short, long, value_name = "NAME", help_heading = "Input")]
    column: Option<String>,
    /// Format of the input [default: by the file's ending; for standard input csv with --column, else text]
    #[arg(long, value_name = "FORMAT", help_heading = "Input")]
    from: Option<Format>,
    /// Delimiter of CSV, read and written: one character, or \t
    #[arg(short, long, value_name = "CHAR", value_parser = rows::delimiter, help_heading = "Input")]
    delimiter: Option<u8>,
    /// The first line is a row, not a header, and none is written; columns are numbers
    #[arg(short, long, help_heading = "Input")]
    no_headers: bool,
    /// Encoding of the input, such as windows-1251, or auto to guess [default: utf-8]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    encoding: Option<String>,
    /// Pass rows with too few or too many fields through, with the reason, instead of stopping
    #[arg(long, help_heading = "Input")]
    lenient: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let file = match args.names.as_slice() {
        [] => None,
        [one] if args.column.is_some() || args.from.is_some() || one == "-" || Path::new(one).is_file() => Some(PathBuf::from(one)),
        _ if args.column.is_some() || args.from.is_some() => return Err(Failure::new("one file at a time")),
        names => {
            rows::refuse(&[(args.encoding.is_some(), "--encoding")], "the names are on the command line")?;
            if matches!(args.output.asked(), None | Some(Format::Text)) {
                return for_reading(&args, names);
            }
            None
        }
    };
    let given = if file.is_some() { &[] } else { args.names.as_slice() };
    let input = InputArgs {
        file,
        column: args.column.clone(),
        from: args.from,
        delimiter: args.delimiter,
        no_headers: args.no_headers,
        encoding: args.encoding.clone(),
        lenient: args.lenient,
    };
    let outcome = if args.check.is_some() || args.against.is_some() {
        rows::run(&input, given, &args.output, |input| {
            let against = args.against.as_deref().map(|column| input.column(column)).transpose()?;
            Ok(Check { abbreviation: args.check.clone().unwrap_or_default(), against })
        })?
    } else {
        rows::run(&input, given, &args.output, |_| Ok(Propose { most: args.most }))?
    };
    if !args.output.quiet && given.is_empty() {
        let rows = count(outcome.rows as usize, "row", "rows");
        let counted = outcome.counts.iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>();
        say(&format!("atau: {rows}: {}", if counted.is_empty() { "none".to_owned() } else { counted.join(", ") }));
    }
    crate::DONE
}

/// Names of the command line: one line for each proposal or check.
fn for_reading(args: &Args, names: &[String]) -> Result<ExitCode, Failure> {
    let of_rows = [(args.delimiter.is_some(), "--delimiter"), (args.no_headers, "--no-headers")];
    rows::refuse(&of_rows, "names of the command line are answered in text; --format csv makes a table")?;
    rows::refuse(&args.output.of_tables(), "names of the command line are answered in text; --format csv makes a table")?;
    let mut out = String::new();
    // Writing to a String cannot fail.
    for (n, name) in names.iter().enumerate() {
        if let Some(abbreviation) = &args.check {
            let _ = writeln!(out, "{}", verdict(abbreviation, name, fits(abbreviation, name).as_ref()));
            continue;
        }
        let _ = writeln!(out, "{}{name}: proposed by machine", if n > 0 { "\n" } else { "" });
        let proposals = first(name, args.most);
        let width = proposals.iter().map(|p| p.text.chars().count()).max().unwrap_or_default();
        for p in &proposals {
            let _ = writeln!(out, "  {:width$}  {:17}  {}", p.text, p.form.as_str(), p.derivation);
        }
        if proposals.is_empty() {
            let _ = writeln!(out, "  none");
        }
    }
    args.output.write_text(&out)?;
    crate::DONE
}

/// The letters of the name, or of its words in another language.
fn fits(abbreviation: &str, name: &str) -> Option<Derivation> {
    derive(abbreviation, name).or_else(|| derive_translated(abbreviation, name))
}

fn verdict(abbreviation: &str, name: &str, found: Option<&Derivation>) -> String {
    let Some(found) = found else { return format!("{abbreviation} does not fit {name}") };
    let rules: String = found.rules.iter().map(|r| format!("\n  {}", r.about())).collect();
    format!("{abbreviation} fits, cost {}: {found}{rules}", found.cost)
}

fn first(name: &str, most: usize) -> Vec<Proposal> {
    let mut proposals = propose(name);
    proposals.truncate(most);
    proposals
}

struct Propose {
    most: usize,
}

impl Work for Propose {
    fn columns(&self) -> &[&'static str] {
        &["abbreviations", "made_by", "derivations"]
    }

    fn remark(&self) -> Option<usize> {
        Some(2)
    }

    fn has_own_object(&self) -> bool {
        true
    }

    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer) {
        // What stands in a row of the wrong length may be another column's.
        let proposals = first(cell.filter(|_| row.fault.is_none()).unwrap_or_default(), self.most);
        if !proposals.is_empty() {
            answer.counts.push("with proposals made by machine");
        }
        if json {
            let one = |p: &Proposal| {
                let mut object = derivation(&p.derivation);
                object.insert("abbreviation".to_owned(), p.text.as_str().into());
                object.insert("form".to_owned(), p.form.as_str().into());
                object.insert("made_by".to_owned(), "machine".into());
                Value::Object(object)
            };
            answer.json = Some(object(row, cell, [("proposals", proposals.iter().map(one).collect())]));
            answer.with_row = true;
            return;
        }
        let joined = |texts: Vec<String>| texts.join("; ");
        let derivations = match &row.fault {
            Some(fault) => fault.clone(),
            None => joined(proposals.iter().map(|p| p.derivation.to_string()).collect()),
        };
        let made_by = if proposals.is_empty() { "" } else { "machine" };
        answer.cells.extend([joined(proposals.into_iter().map(|p| p.text).collect()), made_by.to_owned(), derivations]);
    }
}

struct Check {
    abbreviation: String,
    against: Option<Column>,
}

impl Work for Check {
    fn columns(&self) -> &[&'static str] {
        &["fits", "cost", "rules", "derivation"]
    }

    fn remark(&self) -> Option<usize> {
        Some(3)
    }

    fn has_own_object(&self) -> bool {
        true
    }

    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer) {
        let abbreviation = match &self.against {
            Some(column) => row.cell(column).unwrap_or_default(),
            None => self.abbreviation.as_str().into(),
        };
        let found = fits(&abbreviation, cell.filter(|_| row.fault.is_none()).unwrap_or_default());
        if found.is_some() {
            answer.counts.push("fit");
        }
        if json {
            let mut object = object(row, cell, [("abbreviation", (*abbreviation).into()), ("fits", found.is_some().into())]);
            object.extend(found.iter().flat_map(derivation));
            answer.json = Some(object);
            answer.with_row = true;
            return;
        }
        let cells = match (&found, &row.fault) {
            (Some(d), _) => {
                let rules: Vec<&str> = d.rules.iter().map(|r| r.as_str()).collect();
                ["yes".to_owned(), d.cost.to_string(), rules.join("; "), d.to_string()]
            }
            (None, fault) => ["no".to_owned(), String::new(), String::new(), fault.clone().unwrap_or_default()],
        };
        answer.cells.extend(cells);
    }
}

fn derivation(d: &Derivation) -> Map<String, Value> {
    let value = json!({"derivation": d.to_string(), "kind": d.kind, "cost": d.cost, "rules": d.rules});
    let Value::Object(mut object) = value else { return Map::new() };
    if let Some(translated) = &d.translated {
        object.insert("translated".to_owned(), translated.as_str().into());
    }
    object
}

fn object<const N: usize>(row: &Row, cell: Option<&str>, more: [(&str, Value); N]) -> Map<String, Value> {
    let mut object = Map::from_iter([("input".to_owned(), cell.into())]);
    object.extend(more.map(|(name, value)| (name.to_owned(), value)));
    if let Some(fault) = &row.fault {
        object.insert("note".to_owned(), fault.as_str().into());
    }
    object
}
