//! `atau normalize`.

use crate::report::{Failure, count, say};
use crate::rows::{self, Answer, InputArgs, OutputArgs, Row, Work};
use atau::name::parts::{Parts, Role, Word, analyse};
use atau::text::{Change, clean};
use serde_json::{Map, Value, json};
use std::process::ExitCode;

/// Clean a list of names: spaces, quotes, dashes, Unicode form, look-alike letters, glued labels
///
/// Adds the clean form and what was done to each row. Never guesses: a letter that could be two others stays. With --parts also what
/// each name is of, and what each of its words does: family name, patronymic, kind of body, legal form.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau normalize names.csv --column name > clean.csv
  atau normalize --text \"Kazakh nameҚазақстанның Социалистік Қозғалысы\"
  atau normalize --column 2 --in-place list.tsv
  atau normalize --parts --text \"Мухамедзянов Т.Н.\"")]
pub struct Args {
    /// Clean this name; may be given more than once
    #[arg(short, long, value_name = "NAME", conflicts_with = "file")]
    text: Vec<String>,
    /// Add the parts that are seen in the clean name: its kind, the gender of a person, each word with its role
    #[arg(long)]
    parts: bool,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let outcome = rows::run(&args.input, &args.text, &args.output, |_| Ok(Normalize { parts: args.parts }))?;
    if !args.output.quiet && args.text.is_empty() {
        let counted = |name| outcome.counts.get(name).copied().unwrap_or(0);
        let rows = count(outcome.rows as usize, "row", "rows");
        say(&format!("atau: {rows}: {} changed, {} with look-alike letters", counted("changed"), counted("repaired")));
    }
    crate::DONE
}

struct Normalize {
    parts: bool,
}

impl Work for Normalize {
    fn columns(&self) -> &[&'static str] {
        if self.parts { &["clean", "changes", "kind", "gender", "parts"] } else { &["clean", "changes"] }
    }

    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer) {
        if let Some(fault) = &row.fault {
            answer.cells.extend([String::new(), fault.clone()]);
            return answer.cells.resize(self.columns().len(), String::new());
        }
        let cleaned = clean(cell.unwrap_or_default());
        if !cleaned.changes.is_empty() {
            answer.counts.push("changed");
        }
        if cleaned.changes.iter().any(|c| matches!(c, Change::LookAlike(..))) {
            answer.counts.push("repaired");
        }
        let changes: Vec<String> = cleaned.changes.iter().map(ToString::to_string).collect();
        if !self.parts {
            return answer.cells.extend([cleaned.text, changes.join("; ")]);
        }
        let parts = analyse(&cleaned.text, None);
        if json {
            answer.json = Some(object(cell, &cleaned.text, &changes, &parts));
            answer.with_row = true;
            return;
        }
        let told = phrases(&cleaned.text, &parts).map(|(text, first)| format!("{text} {}", role(&parts.words[first]))).collect::<Vec<_>>();
        let kind = if parts.words.is_empty() { "" } else { parts.kind.name() };
        let gender = parts.gender.name();
        answer.cells.extend([cleaned.text.clone(), changes.join("; "), kind.to_owned(), gender.to_owned(), told.join("; ")]);
    }
}

/// Each word, or phrase of one meaning, with the index of its first word.
fn phrases<'a>(name: &'a str, parts: &'a Parts) -> impl Iterator<Item = (&'a str, usize)> {
    let first = |i: &usize| !parts.words[*i].continues();
    (0..parts.words.len()).filter(first).map(|i| {
        let last = i + parts.words[i + 1..].iter().take_while(|w| w.continues()).count();
        (name.get(parts.words[i].range().start..parts.words[last].range().end).unwrap_or_default(), i)
    })
}

/// A role with what it means: `head (party)`, `number (28)`.
fn role(word: &Word) -> String {
    match word.role {
        Role::Number(n) => format!("number ({n})"),
        role => role.meaning().map_or(role.name().to_owned(), |m| format!("{} ({})", role.name(), m.id())),
    }
}

fn object(cell: Option<&str>, clean: &str, changes: &[String], parts: &Parts) -> Map<String, Value> {
    let words: Vec<Value> = phrases(clean, parts)
        .map(|(text, i)| {
            let word = &parts.words[i];
            let mut object = Map::new();
            object.insert("text".to_owned(), text.into());
            object.insert("role".to_owned(), word.role.name().into());
            match word.role {
                Role::Number(n) => object.insert("value".to_owned(), n.into()),
                role => role.meaning().and_then(|m| object.insert("meaning".to_owned(), m.id().into())),
            };
            if !word.gender.name().is_empty() {
                object.insert("gender".to_owned(), word.gender.name().into());
            }
            if let Some(ending) = word.ending() {
                object.insert("stem".to_owned(), parts.stem(i).into());
                object.insert("ending".to_owned(), ending.into());
            }
            if word.joined() {
                object.insert("joined".to_owned(), true.into());
            }
            object.insert("sure".to_owned(), word.sure.into());
            Value::Object(object)
        })
        .collect();
    let object = json!({
        "input": cell,
        "clean": clean,
        "changes": changes,
        "kind": parts.kind.name(),
        "gender": parts.gender.name(),
        "parts": words,
    });
    match object {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
