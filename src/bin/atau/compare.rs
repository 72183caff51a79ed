//! `atau compare`.

use crate::registry::Registries;
use crate::report::Failure;
use crate::resolve::rounded;
use crate::rows::{self, Answer, Column, Format, InputArgs, OutputArgs, Row, Work, screen};
use atau::resolve::{Comparison, Context, Evidence, Language, Resolver, compare_in};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compare two names, or the pairs of a file
///
/// Looks at the strings only, unless a registry is given. A file has the columns a and b, and may have type, which is context for the registry.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  atau compare \"Тахир Мухамедзянов\" \"Takhir Mukhamedzyanov\"
  atau compare --pairs pairs.csv > compared.csv
  atau compare --format jsonl pairs.csv | jq .verdict
  atau compare --builtin ССК \"Socialist Resistance of Kazakhstan\"")]
pub struct Args {
    /// Two names; or one file of pairs, - for standard input
    #[arg(value_name = "A B", num_args = 0..=2)]
    names: Vec<String>,
    /// File of pairs, with columns a and b, and perhaps type
    #[arg(long, value_name = "FILE", conflicts_with = "names")]
    pairs: Option<PathBuf>,
    /// Format of the pairs [default: by the file's ending, else csv]
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// Delimiter of CSV, read and written: one character, or \t
    #[arg(short, long, value_name = "CHAR", value_parser = rows::delimiter)]
    delimiter: Option<u8>,
    /// Encoding of the pairs, such as windows-1251, or auto to guess [default: utf-8]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Language of the sentence that says why: en, ru or kk
    #[arg(long, value_name = "LANG", default_value_t)]
    explain_lang: Language,
    #[command(flatten)]
    registries: Registries,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let with_registry = args.registries.builtin || !args.registries.registry.is_empty();
    let language = args.explain_lang;
    let file = args.pairs.clone().or_else(|| args.names.first().map(PathBuf::from)).filter(|_| args.names.len() < 2);
    args.output.spare(file.as_deref(), &args.registries.registry)?;
    let resolver = match with_registry {
        true => Some(Resolver::new(args.registries.open(args.output.quiet)?).with_language(language)),
        false => None,
    };
    if let [a, b] = args.names.as_slice() {
        let of_files =
            [(args.from.is_some(), "--from"), (args.delimiter.is_some(), "--delimiter"), (args.encoding.is_some(), "--encoding")];
        rows::refuse(&of_files, "two names are no file of pairs")?;
        rows::refuse(&args.output.of_tables(), "two names are no file of pairs")?;
        let comparison = look(resolver.as_ref(), language, a, b, "");
        let text = match args.output.format {
            Some(Format::Jsonl) => object(a, b, &comparison).to_string() + "\n",
            None | Some(Format::Text) => {
                let width = screen::width().filter(|_| args.output.output.is_none()).map_or(usize::MAX, usize::from);
                args.output.write_text(&alignment(a, b, &comparison, width))?;
                return crate::DONE;
            }
            Some(_) => return Err(Failure::new("two names are shown as text or jsonl; csv and tsv are for files of pairs")),
        };
        let mut out = args.output.open(None)?;
        out.write_all(text.as_bytes())?;
        out.finish()?;
        return crate::DONE;
    }
    if let ([one], true) = (args.names.as_slice(), file.as_ref().is_some_and(|f| f.as_os_str() != "-" && !f.exists())) {
        return Err(Failure::new(format!("{one}: no such file; compare takes two names, or a file of pairs")));
    }
    let from = args.from.or_else(|| file.as_deref().and_then(Format::of_path)).or(Some(Format::Csv));
    let input = InputArgs {
        file,
        column: Some("a".to_owned()),
        from,
        delimiter: args.delimiter,
        encoding: args.encoding.clone(),
        ..InputArgs::default()
    };
    rows::run(&input, &[], &args.output, |input| {
        Ok(Compare { b: input.column("b")?, kind: input.column("type").ok(), resolver, language })
    })?;
    crate::DONE
}

struct Compare {
    b: Column,
    kind: Option<Column>,
    resolver: Option<Resolver>,
    language: Language,
}

impl Work for Compare {
    fn columns(&self) -> &[&'static str] {
        &["score", "verdict", "why"]
    }

    fn has_own_object(&self) -> bool {
        true
    }

    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer) {
        let (a, b) = (cell.unwrap_or_default(), &*row.cell(&self.b).unwrap_or_default());
        let kind = self.kind.as_ref().and_then(|c| row.cell(c)).unwrap_or_default();
        let comparison = look(self.resolver.as_ref(), self.language, a, b, &kind);
        if json {
            if let Value::Object(object) = object(a, b, &comparison) {
                answer.json = Some(object);
                answer.with_row = true;
            }
            return;
        }
        answer.cells.extend([format!("{:.3}", comparison.score), comparison.verdict.as_str().to_owned(), comparison.why]);
    }
}

/// Compares the strings, and what a registry knows of them if there is one. The type of a pair, where it has one, is context
/// for the registry.
fn look(resolver: Option<&Resolver>, language: Language, a: &str, b: &str, kind: &str) -> Comparison {
    let Some(resolver) = resolver else { return compare_in(a, b, language) };
    let context = if kind.trim().is_empty() { Ok(Context::new()) } else { Context::new().kind(kind.trim()) };
    match context {
        Ok(context) => resolver.compare(a, b, &context),
        Err(error) => {
            let mut comparison = resolver.compare(a, b, &Context::new());
            comparison.why.extend(["; ignored: ", &error.to_string()]);
            comparison
        }
    }
}

fn object(a: &str, b: &str, comparison: &Comparison) -> Value {
    json!({
        "a": a,
        "b": b,
        "score": rounded(comparison.score),
        "verdict": comparison.verdict,
        "why": comparison.why,
        "evidence": comparison.evidence,
    })
}

/// The comparison for reading, words under each other, as many beside each other as `width` holds.
fn alignment(a: &str, b: &str, comparison: &Comparison, width: usize) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}  {:.3}  {}", comparison.verdict.as_str(), comparison.score, comparison.why);
    let read = comparison.evidence.iter().find_map(|e| match e {
        Evidence::Read { words } => Some(words),
        _ => None,
    });
    let Some(words) = read.filter(|words| !words.is_empty()) else {
        let _ = writeln!(out, "  {a}\n  {b}");
        return out;
    };
    // Where no word is in two scripts there is no scheme to name.
    let shown = if words.iter().any(|w| w.scheme.is_some()) { 3 } else { 2 };
    let mut lines = vec![String::from(" "); shown];
    for word in words {
        let cells = [word.word.as_str(), word.name.as_str(), word.scheme.as_deref().unwrap_or("no scheme")];
        let wide = cells.iter().map(|c| c.chars().count()).max().unwrap_or(0);
        if lines[0].len() > 1 && lines[0].chars().count() + wide > width {
            lines.iter_mut().for_each(|line| _ = writeln!(out, "{}", std::mem::replace(line, " ".to_owned()).trim_end()));
        }
        for (line, cell) in lines.iter_mut().zip(cells) {
            let _ = write!(line, " {cell:wide$} ");
        }
    }
    for line in &lines {
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for evidence in &comparison.evidence {
        if let Evidence::Left { text, name } = evidence {
            for (words, which) in [(text, "first"), (name, "second")] {
                if !words.is_empty() {
                    let _ = writeln!(out, "  only in the {which}: {}", words.join(" "));
                }
            }
        }
    }
    out
}
