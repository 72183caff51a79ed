//! `atau registry`: check, show, convert, build, init.

use crate::report::{Failure, count, print_diagnostics, say};
use crate::rows::{TEXTS, open_file, screen, spare};
use atau::registry::{Entity, Made, Name, RegistryFormat, Relation, relation_types};
use atau::{Error, Registry, Resolver};
use clap::{Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Check, show, convert, build or start a registry
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

/// Which registries a command works on.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Registry")]
pub struct Registries {
    /// Registry to use in place of the built-in one: a file or folder of TOML, CSV or JSON lines, which may be given more than once, or a file of `atau registry build`
    #[arg(long, value_name = "PATH")]
    pub registry: Vec<PathBuf>,
    /// Use the built-in registry too
    #[arg(long)]
    pub builtin: bool,
}

impl Registries {
    fn shown(&self) -> String {
        let paths: Vec<String> = self.registry.iter().map(|p| p.display().to_string()).collect();
        format!("{}{}", if self.builtin { "--builtin " } else { "" }, paths.join(" "))
    }

    /// Opens them; faults stop before any row is read, warnings are counted in one line.
    pub fn open(&self, quiet: bool) -> Result<Registry, Failure> {
        if self.registry.is_empty() {
            return Ok(Registry::builtin());
        }
        let registry = Registry::open(&self.registry, self.builtin)?;
        self.warn(&registry, quiet);
        Ok(registry)
    }

    fn warn(&self, registry: &Registry, quiet: bool) {
        let warnings = registry.warnings().len();
        if warnings > 0 && !quiet {
            let warnings = count(warnings, "warning", "warnings");
            say(&format!("atau: {warnings} in the registry; `atau registry check {}` shows them", self.shown()));
        }
    }
}

#[derive(Subcommand)]
enum Command {
    /// Report what is wrong in registry files, with file, line and column
    ///
    /// Exit code 0, or 1 when there are errors (with --strict: or warnings). A file of `atau registry build` is read whole,
    /// with all its checksums.
    #[command(after_help = "Examples:\n  atau registry check my-registry/\n  atau registry check --strict bodies.csv people.toml")]
    Check {
        /// Files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
        /// Check them together with the built-in registry, whose ids they may name
        #[arg(long)]
        builtin: bool,
    },
    /// Print one entity for reading: names by language with dates, claims side by side, relations both ways
    #[command(after_help = "Examples:\n  atau registry show kz-org-socialist-resistance\n  atau registry show --registry bodies.csv b-17")]
    Show {
        /// The entity's id
        id: String,
        #[command(flatten)]
        registries: Registries,
    },
    /// Convert a registry between TOML, CSV and JSON lines
    #[command(
        after_help = "Examples:\n  atau registry convert bodies.csv -o bodies.toml\n  atau registry convert bodies.csv people.csv -o all.jsonl\n  atau registry convert builtin --to csv"
    )]
    Convert {
        /// Files or folders to read, which become one registry, or `builtin`
        #[arg(required = true, value_name = "IN")]
        inputs: Vec<PathBuf>,
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "OUT")]
        output: Option<PathBuf>,
        /// Format to write [default: by the ending of OUT, else toml]
        #[arg(long, value_name = "FORMAT")]
        to: Option<Format>,
    },
    /// Make one file of a registry that opens at once, however long it is
    ///
    /// The file holds the registry and its index, and `--registry FILE` uses it where it lies. A file that is there is replaced
    /// when the new one is whole.
    #[command(
        after_help = "Examples:\n  atau registry build my-registry/ -o my.atau\n  atau registry build --builtin bodies.csv people.toml -o all.atau\n  atau resolve --registry all.atau names.csv --column name"
    )]
    Build {
        /// Files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Put the built-in registry into it too
        #[arg(long)]
        builtin: bool,
        /// No progress and no summary
        #[arg(short, long)]
        quiet: bool,
    },
    /// Start a registry: a folder with a manifest, a list of sources and one example entity
    #[command(after_help = "Example:\n  atau registry init my-registry")]
    Init {
        /// The folder to make
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Toml,
    Csv,
    Jsonl,
}

pub fn run(args: Args) -> Result<ExitCode, Failure> {
    match args.command {
        Command::Check { paths, strict, builtin } => check(&paths, strict, builtin),
        Command::Show { id, registries } => {
            let registry = registries.open(false)?;
            let Some(entity) = registry.entity(&id) else {
                let ids: Vec<String> = registry.entities().map(|e| e.into_owned().id).collect();
                let near = atau::text::nearest(&id, ids.iter().map(String::as_str));
                let near =
                    near.map_or("; `atau resolve --text NAME` tells the id of a name".to_owned(), |n| format!("; did you mean {n}?"));
                return Err(Failure::new(format!("no entity has the id {id}{near}")));
            };
            screen::print(&show(&registry, &entity))?;
            crate::DONE
        }
        Command::Convert { inputs, output, to } => convert(inputs, output, to),
        Command::Build { paths, output, builtin, quiet } => build(Registries { registry: paths, builtin }, &output, quiet),
        Command::Init { folder } => init(&folder),
    }
}

fn check(paths: &[PathBuf], strict: bool, builtin: bool) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    let (found, entities) = match Registry::open(paths, builtin) {
        Ok(registry) => {
            if let Err(error) = registry.verify() {
                writeln!(out, "{error}")?;
                return Ok(ExitCode::from(1));
            }
            (registry.warnings().to_vec(), Some(registry.len()))
        }
        Err(error) if error.is_data() => (error.diagnostics().to_vec(), None),
        Err(error) => return Err(error.into()),
    };
    print_diagnostics(&found, &mut out);
    let errors = found.iter().filter(|d| d.is_error()).count();
    let warnings = found.len() - errors;
    let entities = entities.map_or(String::new(), |n| format!(" in {}", count(n, "entity", "entities")));
    // The exit code says it also to a closed pipe.
    let _ = writeln!(out, "{}, {}{entities}", count(errors, "error", "errors"), count(warnings, "warning", "warnings"));
    Ok(ExitCode::from(u8::from(errors > 0 || strict && warnings > 0)))
}

/// One entity for reading.
fn show(registry: &Registry, entity: &Entity) -> String {
    let mut out = String::new();
    let kind = entity.kind.map_or("", |k| k.as_str());
    let country = entity.country.as_deref().unwrap_or_default();
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}\n{}", entity.display_name(), format!("{}  {kind} {country}", entity.id).trim_end());
    if !entity.note.is_empty() {
        let _ = writeln!(out, "{}", entity.note);
    }
    let mut languages: Vec<Option<&str>> = Vec::new();
    for name in &entity.names {
        if !languages.contains(&name.lang.as_deref()) {
            languages.push(name.lang.as_deref());
        }
    }
    let _ = writeln!(out, "\nNames");
    for language in languages {
        let _ = writeln!(out, "  {}", language.unwrap_or("(no language)"));
        for name in entity.names.iter().filter(|n| n.lang.as_deref() == language) {
            let _ = writeln!(out, "    {}", name_line(name));
        }
    }
    let relations = relation_lines(registry, entity);
    if !relations.is_empty() {
        let _ = writeln!(out, "\nRelations\n{}", relations.join("\n"));
    }
    if !entity.identifiers.is_empty() {
        let _ = writeln!(out, "\nIdentifiers");
    }
    for identifier in &entity.identifiers {
        let _ = writeln!(out, "  {}  {}", identifier.authority, identifier.value);
    }
    let claims: Vec<_> = registry.claims().iter().filter(|c| c.about.contains(&entity.id)).collect();
    if !claims.is_empty() {
        let _ = writeln!(out, "\nSources differ");
    }
    for claim in &claims {
        let _ = writeln!(out, "  {} ({})", claim.field, claim.id);
        for value in &claim.values {
            let _ = writeln!(out, "    {}  [{}]", value.value, value.sources.join(", "));
        }
        if !claim.reading.is_empty() {
            let _ = writeln!(out, "    reading: {}", claim.reading);
        }
    }
    let of_claims = claims.iter().flat_map(|c| &c.values).flat_map(|v| &v.sources);
    let cited = entity.names.iter().flat_map(|n| &n.sources).chain(entity.relations.iter().flat_map(|r| &r.sources));
    let mut records: Vec<_> = cited.chain(of_claims).filter_map(|c| registry.source(c)).collect();
    records.sort_by(|a, b| a.id.cmp(&b.id));
    records.dedup_by(|a, b| a.id == b.id);
    if !records.is_empty() {
        let _ = writeln!(out, "\nSources");
        for record in records {
            let date = record.date.as_ref().map_or(String::new(), |date| format!(", {date}"));
            let quality = record.quality.map_or(String::new(), |q| format!(" ({q} quality)"));
            let url = if record.url.is_empty() { String::new() } else { format!("  {}", record.url) };
            let _ = writeln!(out, "  {}  {}{date}{quality}{url}", record.id, record.title);
        }
    }
    let _ = writeln!(out, "\n{}", registry.citation());
    out
}

fn name_line(name: &Name) -> String {
    let mut line = format!("{}  {}", name.text, name.kind);
    let mut part = |text: String| line.extend(["  ", text.as_str()]);
    if !name.schemes.is_empty() {
        part(name.schemes.join(" "));
    }
    if !name.valid.is_empty() {
        part(name.dates_in_words());
    }
    match name.made {
        Some(Made::Machine) => part("made by machine".to_owned()),
        Some(Made::Checked) => part("made by machine, checked by a person".to_owned()),
        _ => {}
    }
    if let Some(certainty) = name.certainty.filter(|c| c.as_str() != "high") {
        part(format!("certainty {certainty}"));
    }
    if !name.sources.is_empty() {
        part(format!("[{}]", name.sources.join(", ")));
    }
    if !name.note.is_empty() {
        part(format!("# {}", name.note));
    }
    line
}

fn relation_lines(registry: &Registry, entity: &Entity) -> Vec<String> {
    let line = |kind: &str, other: &str, relation: &Relation| {
        let shown = registry.entity(other).map(|e| e.display_name().to_owned()).unwrap_or_default();
        let mut line = format!("  {} {shown}  {other}", kind.replace('_', " "));
        let mut part = |text: &str| line.extend(["  ", text]);
        if let Some(valid) = &relation.valid {
            part(&valid.in_words());
        }
        if !relation.sources.is_empty() {
            part(&format!("[{}]", relation.sources.join(", ")));
        }
        if !relation.note.is_empty() {
            part(&format!("# {}", relation.note));
        }
        line
    };
    let own = entity.relations.iter().map(|r| line(&r.kind, &r.to, r));
    let inverse = |kind: &str| relation_types().iter().find(|r| r.name == kind).map_or(kind.to_owned(), |r| r.inverse.clone());
    let others = registry.entities().flat_map(|other| {
        let here = other.relations.iter().filter(|r| r.to == entity.id);
        here.map(|r| line(&inverse(&r.kind), &other.id, r)).collect::<Vec<_>>()
    });
    own.chain(others).collect()
}

fn convert(inputs: Vec<PathBuf>, output: Option<PathBuf>, to: Option<Format>) -> Result<ExitCode, Failure> {
    let (builtin, paths): (Vec<_>, Vec<_>) = inputs.into_iter().partition(|input| input.as_os_str() == "builtin" && !input.exists());
    let registry = match paths.is_empty() {
        true => Registry::builtin(),
        false => Registry::open(&paths, !builtin.is_empty())?,
    };
    // What is damaged does not become a text that looks whole.
    registry.verify()?;
    let ending = output.as_ref().and_then(|o| o.extension()).map(|e| e.to_string_lossy().to_ascii_lowercase());
    let format = match (to, ending.as_deref()) {
        (Some(Format::Toml), _) | (None, Some("toml") | None) => RegistryFormat::Toml,
        (Some(Format::Csv), _) | (None, Some("csv")) => RegistryFormat::Csv,
        (Some(Format::Jsonl), _) | (None, Some("jsonl")) => RegistryFormat::Jsonl,
        (None, Some(other)) => {
            return Err(Failure::new(format!("a registry is not written as .{other}: expected .toml, .csv or .jsonl")));
        }
    };
    let losses = registry.losses(format);
    if !losses.is_empty() {
        say(&format!("atau: {} does not hold: {}", format.ending(), losses.join(", ")));
    }
    let text = registry.to_text(format);
    match output {
        Some(path) => {
            spare(&path, &paths)?;
            let mut out = open_file(&path)?;
            out.write_all(text.as_bytes())?;
            out.finish()?;
        }
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    crate::DONE
}

fn build(registries: Registries, output: &Path, quiet: bool) -> Result<ExitCode, Failure> {
    // So that no file is written over that is read, nor one put among them that would be.
    let ending = output.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    if let Some(text) = ending.filter(|e| TEXTS.contains(&e.as_str())) {
        return Err(Failure::new(format!("{}: .{text} is the ending of a text file; write to a file ending in .atau", output.display())));
    }
    let bar = progress(quiet);
    bar.set_message("reading");
    let registry = registries.open(true)?;
    if registry.is_built() {
        return Err(Failure::new(format!("{} is built already", registries.shown())));
    }
    bar.suspend(|| registries.warn(&registry, quiet));
    bar.set_message(format!("indexing {}", count(registry.names(), "name", "names")));
    let (entities, names) = (registry.len(), registry.names());
    let resolver = Resolver::new(registry);
    bar.set_message(format!("writing {}", output.display()));
    let mut out = open_file(output)?;
    let bytes = resolver.write_to(&mut out)?;
    out.finish()?;
    drop(bar);
    if !quiet {
        let (entities, each) = (count(entities, "entity", "entities"), bytes as f64 / names.max(1) as f64);
        say(&format!("atau: {entities}, {}, {bytes} bytes, {each:.1} bytes a name", count(names, "name", "names")));
    }
    crate::DONE
}

/// A sign of life on a terminal.
fn progress(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner}  {msg}  {elapsed}");
    let bar = ProgressBar::new_spinner()
        .with_finish(ProgressFinish::AndClear)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    bar
}

const FILES: [(&str, &str); 3] = [
    ("registry.toml", include_str!("init/registry.toml")),
    ("sources.toml", include_str!("init/sources.toml")),
    ("entities.toml", include_str!("init/entities.toml")),
];

fn init(folder: &Path) -> Result<ExitCode, Failure> {
    let failed = |e: std::io::Error| Failure::new(format!("{}: {}", folder.display(), crate::report::describe_io(&e)));
    if folder.exists() && std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
        return Err(Failure::new(format!("{} is not empty; a registry is started in a new folder", folder.display())));
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in FILES {
        std::fs::write(folder.join(name), text).map_err(failed)?;
        writeln!(std::io::stdout(), "{}", folder.join(name).display())?;
    }
    Registry::open([folder], false).map_err(|e: Error| Failure::from(e))?;
    crate::DONE
}
