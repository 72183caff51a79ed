//! Where rows go: standard output, or a file that is there whole or not at all.

use super::Format;
use super::screen::{fitted, width};
use crate::report::{Failure, describe_io};
use clap::Args;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// File to write, beside itself first and then renamed [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over the input file
    #[arg(long, conflicts_with = "output")]
    pub in_place: bool,
    /// Format of the output [default: as the input]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// What the added columns' names begin with [default: atau_]
    #[arg(long, value_name = "PREFIX")]
    pub prefix: Option<String>,
    /// Put an apostrophe before cells that a spreadsheet would run as a formula (=, +, -, @)
    #[arg(long)]
    pub excel_safe: bool,
    /// No progress bar and no summary
    #[arg(short, long)]
    pub quiet: bool,
    /// Threads to work with; the order of rows is kept
    #[arg(short, long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,
}

/// The endings of the files of a folder that are read as a registry.
pub const TEXTS: [&str; 3] = ["toml", "csv", "jsonl"];

/// Endings of files that other programs would not read as what is written.
const NOT_WRITTEN: [&str; 6] = ["xlsx", "xls", "ods", "parquet", "sqlite", "gz"];

/// An open output.
pub enum Output {
    Stdout(BufWriter<io::Stdout>),
    /// A pipe, a device or another file that cannot be replaced.
    Direct(BufWriter<std::fs::File>),
    /// A new file beside the one to be written, renamed at the end and removed if there is none.
    Beside(BufWriter<NamedTempFile>, PathBuf),
}

impl OutputArgs {
    /// What is asked for and depends on there being a table.
    pub fn of_tables(&self) -> [(bool, &'static str); 3] {
        [(self.prefix.is_some(), "--prefix"), (self.excel_safe, "--excel-safe"), (self.in_place, "--in-place")]
    }

    /// The format that the arguments say: by name, or by the ending of the file to write.
    pub fn asked(&self) -> Option<Format> {
        self.format.or_else(|| Format::of_path(self.output.as_deref()?))
    }

    /// Refuses an input as the file to write: writing over it is asked for otherwise.
    pub fn refuse(&self, input: &Path) -> Result<(), Failure> {
        match &self.output {
            Some(path) if same_file(input, path) => {
                Err(Failure::new(format!("{} is the input; --in-place writes over it", path.display())))
            }
            _ => Ok(()),
        }
    }

    /// Refuses to write over what is read besides the input, such as a registry, and into a folder of it.
    pub fn spare(&self, input: Option<&Path>, read: &[PathBuf]) -> Result<(), Failure> {
        let target = self.output.as_deref().or(input.filter(|_| self.in_place));
        target.map_or(Ok(()), |target| spare(target, read))
    }

    /// Writes a text for people to the output: on a terminal within its width.
    pub fn write_text(&self, text: &str) -> Result<(), Failure> {
        let mut out = self.open(None)?;
        match width().filter(|_| matches!(out, Output::Stdout(_))) {
            Some(width) => out.write_all(fitted(text, width).as_bytes())?,
            None => out.write_all(text.as_bytes())?,
        }
        out.finish()
    }

    /// Opens the output; the input's own file only where that was asked for.
    pub fn open(&self, input: Option<&Path>) -> Result<Output, Failure> {
        let target = match (&self.output, self.in_place, input) {
            (Some(path), _, input) => {
                input.map_or(Ok(()), |input| self.refuse(input))?;
                path.clone()
            }
            // What a pipe or device gives cannot be written over.
            (None, true, Some(input)) if input.metadata().is_ok_and(|meta| !meta.is_file()) => {
                return Err(Failure::new(format!("--in-place writes over a file, and {} is none", input.display())));
            }
            (None, true, Some(input)) => input.to_owned(),
            (None, true, None) => return Err(Failure::new("--in-place needs an input file")),
            (None, false, _) => return Ok(Output::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()))),
        };
        let ending = target.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        if let Some(ending) = ending.filter(|e| NOT_WRITTEN.contains(&e.as_str()) && self.format.is_none()) {
            let message = format!("{}: .{ending} is not written: expected .csv, .tsv, .jsonl or .txt, or a --format", target.display());
            return Err(Failure::new(message));
        }
        if target.as_os_str() == "-" {
            return Ok(Output::Stdout(BufWriter::with_capacity(1 << 16, io::stdout())));
        }
        open_file(&target)
    }
}

/// Opens a file for writing that replaces the one at `target` when it is finished.
pub fn open_file(target: &Path) -> Result<Output, Failure> {
    let failed = |e: io::Error| Failure::new(format!("{}: {}", target.display(), describe_io(&e)));
    // Through a link, the file it points to is replaced, not the link.
    let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let meta = std::fs::metadata(&target).ok();
    if let Some(meta) = &meta
        && !meta.is_file()
    {
        let file = OpenOptions::new().write(true).open(&target).map_err(failed)?;
        return Ok(Output::Direct(BufWriter::new(file)));
    }
    // A rename would take the place of a file that was protected from being written over.
    if meta.as_ref().is_some_and(|meta| meta.permissions().readonly()) {
        return Err(Failure::new(format!("{}: is write-protected", target.display())));
    }
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(Failure::new(format!("{}: the folder {} is not there", target.display(), folder.display())));
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let permissions = {
        use std::os::unix::fs::PermissionsExt;
        meta.map_or(std::fs::Permissions::from_mode(0o666), |m| m.permissions())
    };
    #[cfg(unix)]
    builder.permissions(permissions);
    let file = builder.prefix(".atau-").tempfile_in(folder).map_err(failed)?;
    remove_on_interrupt(file.path().to_owned());
    Ok(Output::Beside(BufWriter::with_capacity(1 << 16, file), target))
}

/// An interrupted run leaves no half file behind.
fn remove_on_interrupt(path: PathBuf) {
    // Without the handler the only loss is that the unfinished file is left; that is no reason to stop.
    let _ = ctrlc::set_handler(move || {
        let _ = std::fs::remove_file(&path);
        std::process::exit(130);
    });
}

impl Output {
    /// Writes out what is buffered and puts the file in its place.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Output::Stdout(mut out) => out.flush()?,
            Output::Direct(mut out) => out.flush()?,
            Output::Beside(out, target) => {
                let failed = |e: &io::Error| Failure::new(format!("{}: {}; it was left as it was", target.display(), describe_io(e)));
                let file = out.into_inner().map_err(|e| failed(e.error()))?;
                file.as_file().sync_all().map_err(|e| failed(&e))?;
                file.persist(&target).map_err(|e| failed(&e.error))?;
            }
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::Direct(out) => out.write(bytes),
            Output::Beside(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::Direct(out) => out.flush(),
            Output::Beside(out, _) => out.flush(),
        }
    }
}

/// Refuses a file to write that is one of those that are read, or that lies in a folder of them and would be read with it.
pub fn spare(target: &Path, read: &[PathBuf]) -> Result<(), Failure> {
    if read.iter().any(|read| same_file(read, target)) {
        return Err(Failure::new(format!("{} is read; write to another file", target.display())));
    }
    // A file that is not there yet is where its folder is.
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let within = |read: &&PathBuf| {
        let folders = read.canonicalize().ok().zip(target.canonicalize().or_else(|_| folder.canonicalize()).ok());
        folders.is_some_and(|(read, target)| read.is_dir() && target.starts_with(read))
    };
    let ending = target.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    match read.iter().find(within) {
        Some(read) if ending.is_some_and(|e| TEXTS.contains(&e.as_str())) => {
            Err(Failure::new(format!("{} would be read as a part of {}; write to another folder", target.display(), read.display())))
        }
        _ => Ok(()),
    }
}

/// Whether two paths are of one file.
pub fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
