//! The command line of atau: one file per subcommand, one folder for rows in and out.

mod abbreviate;
mod compare;
mod detect;
mod eval;
mod inflect;
mod normalize;
mod registry;
mod report;
mod resolve;
mod rows;
mod schemes;
mod shell;
mod translit;

use clap::{Parser, Subcommand};
use report::Failure;
use std::process::ExitCode;

/// Names in several scripts: transliterate, normalise, resolve onto entity ids.
///
/// Reads a file or standard input, writes standard output or -o FILE; rows and columns keep their order, columns are only added.
#[derive(Parser)]
#[command(name = "atau", version, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  atau resolve names.csv --column name > resolved.csv
  atau resolve --text СоцСопр --text \"Socialist Resistance\"
  atau translit --scheme kaz-latn-2021 --text \"Қазақстан Республикасы\"
  atau registry check my-registry/

Exit codes: 0 done; 1 something found that the caller asked to fail on; 2 bad usage or unreadable input.";

#[derive(Subcommand)]
enum Command {
    Resolve(resolve::Args),
    Compare(compare::Args),
    Translit(translit::Args),
    Detect(detect::Args),
    Schemes(schemes::Args),
    Normalize(normalize::Args),
    Abbreviate(abbreviate::Args),
    Inflect(inflect::Args),
    Registry(registry::Args),
    Eval(eval::Args),
    Completions(shell::Completions),
    Man(shell::Man),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Resolve(args) => resolve::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Translit(args) => translit::run(args),
        Command::Detect(args) => detect::run(args),
        Command::Schemes(args) => schemes::run(args),
        Command::Abbreviate(args) => abbreviate::run(args),
        Command::Normalize(args) => normalize::run(args),
        Command::Inflect(args) => inflect::run(args),
        Command::Registry(args) => registry::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Completions(args) => shell::completions(args),
        Command::Man(args) => shell::man(args),
    };
    match done {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

/// The exit code when everything went well.
const DONE: Result<ExitCode, Failure> = Ok(ExitCode::SUCCESS);
