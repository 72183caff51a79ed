//! `atau inflect`.

use crate::report::Failure;
use crate::rows::{Format, OutputArgs, one_line};
use atau::name::inflect::{Form, Kind, Language, forms};
use clap::ValueEnum;
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// The language of names.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// Kazakh
    #[value(alias = "kk")]
    Kaz,
    /// Russian
    #[value(alias = "ru")]
    Rus,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Kaz => Language::Kazakh,
            Lang::Rus => Language::Russian,
        }
    }
}

/// What bears a name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Type {
    /// A person: all parts of the name change
    Person,
    /// A body, place, work or event: the head changes, with the adjectives before it
    Other,
}

impl From<Type> for Kind {
    fn from(kind: Type) -> Kind {
        match kind {
            Type::Person => Kind::Person,
            Type::Other => Kind::Other,
        }
    }
}

/// The case forms of names
///
/// The names stand in the nominative, and keep the number they have. A case has several forms where usage wavers.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau inflect \"Социалистическое Движение Казахстана\"
  atau inflect --type person \"Асия Тулесова\"
  atau inflect --lang kaz Алматы --format jsonl

`atau normalize --nominative` goes the other way.")]
pub struct Args {
    /// Names
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// Language of the names [default: Kazakh where a letter says so, else Russian]
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// What bears the names [default: as their words say]
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<Type>,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<std::path::PathBuf>,
    /// Format of the output [default: by the ending of FILE, else text]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let to = OutputArgs { output: args.output, format: args.format, ..OutputArgs::default() };
    let mut out = to.open(None)?;
    let all: Vec<(&str, Vec<Form>)> =
        args.names.iter().map(|name| (name.as_str(), forms(name, args.lang.map(Into::into), args.kind.map(Into::into)))).collect();
    let rows = || all.iter().flat_map(|(name, forms)| forms.iter().map(move |f| (*name, f)));
    let header = ["name", "case", "number", "form"];
    match to.asked().unwrap_or(Format::Text) {
        Format::Jsonl => {
            for (name, form) in rows() {
                let object = json!({ "name": name, "case": form.case, "number": form.number, "form": form.text });
                writeln!(out, "{object}")?;
            }
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(Vec::new());
            let failed = |e: csv::Error| Failure::new(e.to_string());
            csv.write_record(header).map_err(failed)?;
            for (name, form) in rows() {
                csv.write_record([name, form.case.name(), form.number.name(), &form.text]).map_err(failed)?;
            }
            out.write_all(&csv.into_inner().map_err(|e| Failure::new(e.to_string()))?)?;
        }
        Format::Text if to.output.is_none() && std::io::stdout().is_terminal() => {
            let mut table = comfy_table::Table::new();
            table.load_preset(comfy_table::presets::NOTHING).set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
            table.set_header(header);
            for (name, form) in rows() {
                table.add_row([name, form.case.name(), form.number.name(), &form.text]);
            }
            writeln!(out, "{}", table.trim_fmt())?;
        }
        Format::Tsv | Format::Text => {
            writeln!(out, "{}", header.join("\t"))?;
            for (name, form) in rows() {
                writeln!(out, "{}\t{}\t{}\t{}", one_line(name), form.case.name(), form.number.name(), one_line(&form.text))?;
            }
        }
    }
    out.finish()?;
    crate::DONE
}
