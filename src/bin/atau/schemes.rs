//! `atau schemes`.

use crate::report::{Failure, count, print_diagnostics};
use crate::rows::screen;
use atau::Scheme;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// List the schemes, or show one: its letters, rules, options, examples and sources
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Examples:\n  atau schemes\n  atau schemes kaz-latn-2021\n  atau schemes iuliia:wikipedia\n  atau schemes check my-scheme.toml"
)]
pub struct Args {
    /// Scheme, by its id or another tool's name for it
    id: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Report what is wrong in a scheme's table, with file, line and column
    ///
    /// Letters without a value, rules that never fit, examples that come out otherwise, and texts that are written alike but not
    /// declared. Exit code 0, or 1 when something was found.
    #[command(after_help = "Example:\n  atau schemes check my-scheme.toml")]
    Check {
        /// Table files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    if let Some(Command::Check { files }) = args.command {
        return check(&files);
    }
    let text = match args.id {
        Some(id) => show(&named(&id)?),
        None => list()?,
    };
    screen::print(&text)?;
    crate::DONE
}

fn check(files: &[PathBuf]) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    let (mut errors, mut warnings) = (0, 0);
    for file in files {
        let found = match Scheme::open(file) {
            Ok(scheme) => scheme.lint(),
            Err(error) if error.is_data() => error.diagnostics().to_vec(),
            Err(error) => return Err(error.into()),
        };
        errors += found.iter().filter(|d| d.is_error()).count();
        warnings += found.iter().filter(|d| !d.is_error()).count();
        print_diagnostics(&found, &mut out);
    }
    // The exit code says it also to a closed pipe.
    let _ = writeln!(out, "{}, {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings"));
    Ok(ExitCode::from(u8::from(errors + warnings > 0)))
}

/// The built-in scheme of a name.
pub fn named(name: &str) -> Result<Scheme, Failure> {
    Scheme::builtin(name).map_err(|error| match error.is_unknown() {
        true => Failure::new(format!("{error}; `atau schemes` lists them")),
        false => error.into(),
    })
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_header(header.iter().copied());
    table
}

fn list() -> Result<String, Failure> {
    let mut table = table(&["scheme", "language", "year", "back", "authority", "used"]);
    for id in Scheme::ids() {
        let scheme = Scheme::builtin(id)?;
        let year = scheme.year().map_or(String::new(), |y| y.to_string());
        let back = if scheme.is_reversible() { "exact" } else { "guess" };
        table.add_row([scheme.id(), scheme.language(), &year, back, scheme.authority(), scheme.used()]);
    }
    // An id is copied whole.
    if let Some(ids) = table.column_mut(0) {
        ids.set_constraint(ColumnConstraint::ContentWidth);
    }
    Ok(table.trim_fmt()
        + "\n\nback: exact where the source can be rebuilt from every output, else the likeliest one is given. `atau schemes ID` shows one in full.\n")
}

fn show(scheme: &Scheme) -> String {
    let mut out = String::new();
    let (from, to) = scheme.scripts();
    let year = scheme.year().map_or(String::new(), |y| format!(", {y}"));
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}\n{}\n{}{year}", scheme.id(), scheme.title(), scheme.authority());
    let _ = writeln!(out, "\nlanguage     {} ({from} to {to})", scheme.language());
    let _ = writeln!(out, "used         {}", scheme.used());
    let _ = writeln!(out, "reversible   {}", if scheme.is_reversible() { "exactly" } else { "not exactly" });
    if let Some(tag) = scheme.tag() {
        let _ = writeln!(out, "BCP 47       {tag}");
    }
    let aliases: Vec<&str> = scheme.aliases().collect();
    if !aliases.is_empty() {
        let _ = writeln!(out, "also called  {}", aliases.join(", "));
    }
    if !scheme.note().is_empty() {
        let _ = writeln!(out, "\n{}", scheme.note());
    }
    let _ = writeln!(out, "\nLetters");
    for row in scheme.letters().chunks(8) {
        let cells = row.iter().map(|l| {
            let value = if l.value.is_empty() { "∅" } else { &l.value };
            format!("{} {value}{}", l.letter, if l.inferred { "?" } else { "" })
        });
        let _ = writeln!(out, "  {}", cells.map(|c| format!("{c:<8}")).collect::<String>().trim_end());
    }
    if scheme.letters().iter().any(|l| l.inferred) {
        let _ = writeln!(out, "  ? no source gives the value; it was inferred");
    }
    if !scheme.rules().is_empty() {
        let _ = writeln!(out, "\nRules, the first that fits (^ word start, $ word end, {{class}})");
        for rule in scheme.rules() {
            let note = if rule.note.is_empty() { String::new() } else { format!("  # {}", rule.note) };
            let to = if rule.to.is_empty() { "∅" } else { &rule.to };
            let _ = writeln!(out, "  {} → {to}  {}{note}", rule.from.join(", "), rule.conditions.join("; "));
        }
    }
    let shown = |pair: &str| if pair.starts_with('/') { format!("∅ {pair}") } else { pair.to_owned() };
    let collisions: Vec<String> = scheme.declared_collisions().map(shown).collect();
    if !collisions.is_empty() {
        let what = if scheme.is_lossy() { "Written alike, among others (∅ is nothing)" } else { "Written alike (∅ is nothing)" };
        let _ = writeln!(out, "\n{what}");
        for row in collisions.chunks(8) {
            let _ = writeln!(out, "  {}", row.join(", "));
        }
    }
    if !scheme.options().is_empty() {
        let _ = writeln!(out, "\nOptions");
        for option in scheme.options() {
            let _ = writeln!(out, "  {} = {} (default {}): {}", option.name, option.values.join(" | "), option.default, option.about);
        }
    }
    let _ = writeln!(out, "\nExamples");
    for (input, output) in scheme.examples() {
        let _ = writeln!(out, "  {input} = {output}");
    }
    let _ = writeln!(out, "\nSources");
    for (title, locator) in scheme.sources() {
        let _ = writeln!(out, "  {title}{}", if locator.is_empty() { String::new() } else { format!(", {locator}") });
    }
    out
}
