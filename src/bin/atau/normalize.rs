//! `atau normalize`.

use crate::inflect::{Lang, Type};
use crate::report::{Failure, count, say};
use crate::rows::{self, Answer, InputArgs, OutputArgs, Row, Work};
use atau::name::inflect::{Kind, Language, nominatives};
use atau::name::parts::{Parts, Role, Word, analyse};
use atau::text::{Change, clean, clean_letters};
use serde_json::{Map, Value, json};
use std::process::ExitCode;

/// Clean a list of names: spaces, quotes, dashes, Unicode form, look-alike letters, glued labels
///
/// Adds the clean form and what was done to each row. Never guesses: a letter that could be two others stays. With --parts also what
/// each name is of, and what each of its words does: family name, patronymic, kind of body, legal form.
/// With --nominative also the nominative of a name that stands in another case, with its share among the readings.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau normalize names.csv --column name > clean.csv
  atau normalize --text \"Kazakh nameҚазақстанның Социалистік Қозғалысы\"
  atau normalize --column 2 --in-place list.tsv
  atau normalize --parts --text \"Мухамедзянов Т.Н.\"
  atau normalize --nominative --text \"Социалистического движения Казахстана\"")]
pub struct Args {
    /// Clean this name; may be given more than once
    #[arg(short, long, value_name = "NAME", conflicts_with_all = rows::NOT_WITH_TEXT)]
    text: Vec<String>,
    /// Add the parts that are seen in the clean name: its kind, the gender of a person, each word with its role
    #[arg(long)]
    parts: bool,
    /// Add the nominative, which is a guess, and its confidence from 0 to 1; number and gender are kept
    #[arg(long)]
    nominative: bool,
    /// Language of the names, for --nominative [default: Kazakh where a letter says so, else Russian]
    #[arg(long, value_name = "LANGUAGE", requires = "nominative")]
    lang: Option<Lang>,
    /// What bears the names, for --nominative [default: as their words say]
    #[arg(long = "type", value_name = "TYPE", requires = "nominative")]
    kind: Option<Type>,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let (lang, kind) = (args.lang.map(Into::into), args.kind.map(Into::into));
    let columns = columns(args.nominative, args.parts);
    let work = |_: &_| Ok(Normalize { columns: columns.clone(), nominative: args.nominative, parts: args.parts, lang, kind });
    let outcome = rows::run(&args.input, &args.text, &args.output, work)?;
    if !args.output.quiet && args.text.is_empty() {
        let counted = |name| outcome.counts.get(name).copied().unwrap_or(0);
        let rows = count(outcome.rows as usize, "row", "rows");
        say(&format!("atau: {rows}: {} changed, {} with look-alike letters", counted("changed"), counted("repaired")));
    }
    crate::DONE
}

struct Normalize {
    columns: Vec<&'static str>,
    nominative: bool,
    lang: Option<Language>,
    kind: Option<Kind>,
    parts: bool,
}

impl Work for Normalize {
    fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    fn has_own_object(&self) -> bool {
        self.parts
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
        let nominative = match cell.filter(|_| self.nominative) {
            // A name keeps its own quotation marks and dashes.
            Some(cell) if cleaned.changes.iter().any(|c| matches!(c, Change::Quotes | Change::Dashes)) => {
                nominatives(&clean_letters(cell).text, self.lang, self.kind)
            }
            Some(_) => nominatives(&cleaned.text, self.lang, self.kind),
            None => Vec::new(),
        };
        // Nothing to say of an empty cell.
        let best = nominative.first().filter(|best| !best.text.is_empty());
        let parts = self.parts.then(|| analyse(&cleaned.text, None));
        if let Some(parts) = parts.as_ref().filter(|_| json) {
            let mut object = object(cell, &cleaned.text, &changes, parts);
            if let Some(best) = best {
                object.insert("nominative".to_owned(), best.text.clone().into());
                object.insert("confidence".to_owned(), format!("{:.2}", best.confidence).into());
            }
            answer.json = Some(object);
            answer.with_row = true;
            return;
        }
        let clean = cleaned.text;
        answer.cells.extend([clean.clone(), changes.join("; ")]);
        if self.nominative {
            let (text, confidence) = best.map_or_else(Default::default, |best| (best.text.clone(), format!("{:.2}", best.confidence)));
            answer.cells.extend([text, confidence]);
        }
        if let Some(parts) = parts {
            let told = phrases(&clean, &parts).map(|(text, first)| format!("{text} {}", role(&parts.words[first]))).collect::<Vec<_>>();
            let kind = if parts.words.is_empty() { "" } else { parts.kind.name() };
            answer.cells.extend([kind.to_owned(), parts.gender.name().to_owned(), told.join("; ")]);
        }
    }
}

fn columns(nominative: bool, parts: bool) -> Vec<&'static str> {
    let mut columns = vec!["clean", "changes"];
    if nominative {
        columns.extend(["nominative", "confidence"]);
    }
    if parts {
        columns.extend(["kind", "gender", "parts"]);
    }
    columns
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
