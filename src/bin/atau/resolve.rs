//! `atau resolve`.

use crate::registry::Registries;
use crate::report::{Failure, count, say};
use crate::rows::{self, Answer, Column, InputArgs, OutputArgs, Row, Work};
use atau::resolve::{Candidate, Context, How, Language, Outcome, Resolver, Thresholds, Verdict, View};
use clap::{ArgAction, ValueEnum};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::process::ExitCode;

/// Resolve names onto entity ids
///
/// Each row gets an outcome: `match` (one entity, on strong evidence), `ambiguous` (several bear the name and nothing decides),
/// `candidate` (something is near, a person must look) or `none`. The id and name are filled only for a match.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau resolve names.csv --column name > resolved.csv
  atau resolve --text СоцСопр
  atau resolve --text \"Socialist Resistance\" --country RU
  atau resolve --text CWI --as-of 2010
  cut -f2 list.tsv | atau resolve --format jsonl | jq .id
  atau resolve --registry my-registry/ --builtin names.csv --column 3 -o out.csv
  atau resolve names.csv --column name --fail-on ambiguous,none -o out.csv")]
pub struct Args {
    /// Resolve this name; may be given more than once
    #[arg(short, long, value_name = "NAME", conflicts_with_all = rows::NOT_WITH_TEXT)]
    text: Vec<String>,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    registries: Registries,
    #[command(flatten)]
    context: ContextArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Most candidates to list; all bearers of one name are listed, however many
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = rows::from_one)]
    top: usize,
    /// From this score a name that is only like the string is a match, when no other is as near
    #[arg(long, value_name = "SCORE", default_value_t = Thresholds::default().match_from, value_parser = share)]
    match_from: f64,
    /// From this score it is a candidate
    #[arg(long, value_name = "SCORE", default_value_t = Thresholds::default().candidate_from, value_parser = share)]
    candidate_from: f64,
    /// Language of the sentence that says why: en, ru or kk
    #[arg(long, value_name = "LANG", default_value_t)]
    explain_lang: Language,
    /// Exit with code 1 when a row has one of these outcomes
    #[arg(long, value_name = "OUTCOMES", value_delimiter = ',', value_parser = verdict, action = ArgAction::Append)]
    fail_on: Vec<Verdict>,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Context")]
struct ContextArgs {
    /// The names are of entities of this type: organisation, person, place, event…
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// The names are of entities of this country, as two letters
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The names were used at this date, or in this period: 2011, 2011-05, 2011-05-07, 2006/2011
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Column with the type of each row
    #[arg(long, value_name = "NAME")]
    type_column: Option<String>,
    /// Column with the country of each row
    #[arg(long, value_name = "NAME")]
    country_column: Option<String>,
    /// Column with the date or period of each row
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// Do not prefer what the registry declares to be about
    #[arg(long)]
    no_scope: bool,
    /// For a renamed body answer with the id whose name it is, or with the body's latest id
    #[arg(long, value_name = "VIEW", default_value = "names")]
    view: ViewArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum ViewArg {
    Names,
    Bodies,
}

/// What is counted of the rows besides their outcomes.
const REPAIRED: &str = "look-alike letters repaired";
const IGNORED: &str = "a type, country or date that cannot be read";
const FAULTY: &str = "too few or too many fields";

fn verdict(text: &str) -> Result<Verdict, String> {
    let known = Verdict::ALL.iter().find(|v| v.as_str() == text);
    known.copied().ok_or_else(|| "expected match, ambiguous, candidate or none".to_owned())
}

/// A score, from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let score: Option<f64> = text.parse().ok();
    score.filter(|s| (0.0..=1.0).contains(s)).ok_or_else(|| "expected a score from 0 to 1, such as 0.9".to_owned())
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let context = args.context.context()?;
    args.output.spare(args.input.file.as_deref(), &args.registries.registry)?;
    let registry = args.registries.open(args.output.quiet)?;
    let citation = registry.citation();
    if args.match_from < args.candidate_from {
        let message =
            format!("--match-from {} is below --candidate-from {}: a match is a candidate too", args.match_from, args.candidate_from);
        return Err(Failure::new(message));
    }
    let thresholds = Thresholds { match_from: args.match_from, candidate_from: args.candidate_from };
    let mut resolver = Resolver::new(registry).with_top(args.top).with_language(args.explain_lang).with_thresholds(thresholds);
    if args.context.no_scope {
        resolver = resolver.without_scope();
    }
    if let ViewArg::Bodies = args.context.view {
        resolver = resolver.with_view(View::Bodies);
    }
    let counted = rows::run(&args.input, &args.text, &args.output, |input| {
        let column = |name: &Option<String>| name.as_deref().map(|n| input.column(n)).transpose();
        Ok(Resolve {
            resolver,
            context,
            type_column: column(&args.context.type_column)?,
            country_column: column(&args.context.country_column)?,
            date_column: column(&args.context.date_column)?,
        })
    })?;
    let counted_as = |name: &str| counted.counts.get(name).copied().unwrap_or(0);
    if !args.output.quiet && args.text.is_empty() {
        let outcomes: Vec<String> = Verdict::ALL.iter().map(|v| format!("{} {v}", counted_as(v.as_str()))).collect();
        let beside: String = [REPAIRED, IGNORED, FAULTY]
            .into_iter()
            .filter(|what| counted_as(what) > 0)
            .map(|what| format!("; {} with {what}", counted_as(what)))
            .collect();
        let rows = count(counted.rows as usize, "row", "rows");
        say(&format!("atau: {rows}: {}{beside}", outcomes.join(", ")));
        say(&format!("atau: registry {citation}"));
    }
    let failed = args.fail_on.iter().any(|v| counted_as(v.as_str()) > 0);
    Ok(ExitCode::from(u8::from(failed)))
}

impl ContextArgs {
    fn context(&self) -> Result<Context, Failure> {
        let mut context = Context::new();
        if let Some(kind) = &self.kind {
            context = context.kind(kind)?;
        }
        if let Some(country) = &self.country {
            context = context.country(country)?;
        }
        if let Some(date) = &self.as_of {
            context = context.as_of(date)?;
        }
        Ok(context)
    }
}

struct Resolve {
    resolver: Resolver,
    context: Context,
    type_column: Option<Column>,
    country_column: Option<Column>,
    date_column: Option<Column>,
}

impl Resolve {
    /// The context of one row; a value that cannot be read is told and left out.
    fn context(&self, row: &Row, ignored: &mut Vec<String>) -> Context {
        let mut context = self.context.clone();
        let mut read = |column: &Option<Column>, set: fn(Context, &str) -> Result<Context, atau::Error>| {
            let value = column.as_ref().and_then(|c| row.cell(c)).unwrap_or_default();
            if value.trim().is_empty() {
                return;
            }
            match set(context.clone(), value.trim()) {
                Ok(next) => context = next,
                Err(error) => ignored.push(format!("ignored: {error}")),
            }
        };
        read(&self.type_column, |context, value| context.kind(value));
        read(&self.country_column, |context, value| context.country(value));
        read(&self.date_column, |context, value| context.as_of(value));
        context
    }

    /// The answer for a row, and what is to be told of it beside.
    fn outcome(&self, row: &Row, cell: Option<&str>) -> (Outcome<'_>, Vec<String>) {
        let mut ignored = Vec::new();
        if row.fault.is_some() {
            return (self.resolver.resolve("", &self.context), ignored);
        }
        let has_columns = [&self.type_column, &self.country_column, &self.date_column].iter().any(|c| c.is_some());
        let context = if has_columns { Cow::Owned(self.context(row, &mut ignored)) } else { Cow::Borrowed(&self.context) };
        (self.resolver.resolve(cell.unwrap_or_default(), &context), ignored)
    }
}

impl Work for Resolve {
    fn columns(&self) -> &[&'static str] {
        &["outcome", "id", "name", "score", "how", "why", "others"]
    }

    fn remark(&self) -> Option<usize> {
        self.columns().iter().position(|c| *c == "why")
    }

    fn has_own_object(&self) -> bool {
        true
    }

    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer) {
        let (outcome, ignored) = self.outcome(row, cell);
        let mut why = row.fault.clone().unwrap_or_else(|| outcome.why().to_owned());
        let beside = [(outcome.how == Some(How::Repaired), REPAIRED), (!ignored.is_empty(), IGNORED), (row.fault.is_some(), FAULTY)];
        for remark in ignored {
            why.push_str("; ");
            why.push_str(&remark);
        }
        answer.counts.push(outcome.verdict.as_str());
        answer.counts.extend(beside.into_iter().filter(|(is, _)| *is).map(|(_, what)| what));
        if json {
            answer.json = Some(object(cell, &outcome, why));
            answer.with_row = true;
            return;
        }
        let others = outcome.others().collect::<Vec<_>>().join("|");
        let score = format!("{:.3}", outcome.score);
        let how = outcome.how.map_or("", How::as_str);
        let (id, name) = (outcome.id.as_deref().unwrap_or_default(), outcome.name().unwrap_or_default());
        let cells = [outcome.verdict.as_str(), id, name].map(str::to_owned);
        answer.cells.extend(cells);
        answer.cells.extend([score, how.to_owned(), why, others]);
    }
}

/// A score with three decimals, as answers tell it.
pub fn rounded(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}

fn object(input: Option<&str>, outcome: &Outcome, why: String) -> Map<String, Value> {
    let candidate = |c: &Candidate| {
        let evidence = serde_json::to_value(&c.evidence).unwrap_or_default();
        json!({ "id": c.id, "name": c.name, "score": rounded(c.score), "evidence": evidence })
    };
    let fields = [
        ("input", json!(input)),
        ("outcome", json!(outcome.verdict)),
        ("id", json!(outcome.id)),
        ("name", json!(outcome.name())),
        ("score", json!(rounded(outcome.score))),
        ("how", json!(outcome.how)),
        ("why", why.into()),
        ("candidates", outcome.candidates().iter().map(candidate).collect()),
    ];
    fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
}
