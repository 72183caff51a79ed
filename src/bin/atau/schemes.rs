//! `atau schemes`.

use crate::report::Failure;
use atau::Scheme;
use comfy_table::{ContentArrangement, Table, presets};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

/// List the schemes, or show one: its letters, rules, options, examples and sources
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  atau schemes\n  atau schemes kaz-latn-2021\n  atau schemes iuliia:wikipedia")]
pub struct Args {
    /// Scheme, by its id or another tool's name for it
    id: Option<String>,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    let text = match args.id {
        Some(id) => show(&named(&id)?),
        None => list()?,
    };
    std::io::stdout().write_all(text.as_bytes())?;
    crate::DONE
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
    let mut table = table(&["scheme", "year", "back", "used"]);
    for id in Scheme::ids() {
        let scheme = Scheme::builtin(id)?;
        let year = scheme.year().map_or(String::new(), |y| y.to_string());
        let back = if scheme.is_reversible() { "exact" } else { "" };
        table.add_row([scheme.id(), &year, back, scheme.used()]);
    }
    Ok(table.trim_fmt() + "\n\nback: the source can be rebuilt from the output. `atau schemes ID` shows one in full.\n")
}

fn show(scheme: &Scheme) -> String {
    let mut out = String::new();
    let (from, to) = scheme.scripts();
    let year = scheme.year().map_or(String::new(), |y| format!(", {y}"));
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}\n{}\n{}{year}", scheme.id(), scheme.title(), scheme.authority());
    let _ = writeln!(out, "\nlanguage     {} ({from} to {to})", scheme.language());
    let _ = writeln!(out, "used         {}", scheme.used());
    let _ = writeln!(out, "reversible   {}", if scheme.is_reversible() { "exactly" } else { "no" });
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
