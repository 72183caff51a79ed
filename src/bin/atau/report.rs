//! What a person is told on standard error, and the exit code that goes with it.

use crate::rows::screen;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use atau::Error;
use atau::text::Diagnostic;
use std::io::{self, Write};
use std::process::ExitCode;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// Something to tell; exit code 2.
    Told(String),
    /// Findings in data files with their places, and a closing line; exit code 2.
    Found(Vec<Diagnostic>, String),
    /// The reader of our output went away; nothing to tell.
    PipeClosed,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Failure::Told(message.into())
    }

    /// Tells the user and gives the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Failure::Told(message) => {
                say(&format!("atau: {message}"));
                ExitCode::from(2)
            }
            Failure::Found(diagnostics, closing) => {
                print_diagnostics(&diagnostics, &mut anstream::stderr());
                say(&format!("atau: {closing}"));
                ExitCode::from(2)
            }
            Failure::PipeClosed => ExitCode::SUCCESS,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::PipeClosed,
            io::ErrorKind::StorageFull => Failure::new("the disk is full"),
            _ => Failure::new(describe_io(&error)),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.diagnostics() {
            [] => Failure::new(error.to_string()),
            found => {
                let errors = found.iter().filter(|d| d.is_error()).count();
                Failure::Found(
                    found.to_vec(),
                    format!("{errors} error{}; nothing was read beyond this", if errors == 1 { "" } else { "s" }),
                )
            }
        }
    }
}

/// An input or output error in words, without the operating system's number.
pub fn describe_io(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder, not a file".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_owned()
        }
    }
}

/// A number with its noun.
pub fn count(n: usize, one: &str, several: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { several })
}

/// One line on standard error; if that is closed there is nobody to tell.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Findings with the line they are in and a mark under the place; colour goes where the stream shows it.
pub fn print_diagnostics(diagnostics: &[Diagnostic], out: &mut impl Write) {
    let renderer = match screen::width() {
        Some(width) => Renderer::styled().term_width(width.into()),
        None => Renderer::styled(),
    };
    for d in diagnostics {
        let level = if d.is_error() { Level::ERROR } else { Level::WARNING };
        let start: usize = d.excerpt.chars().take(d.column - 1).map(char::len_utf8).sum();
        let end = start + d.excerpt[start..].chars().take(d.width).map(char::len_utf8).sum::<usize>();
        let snippet = Snippet::source(&d.excerpt).line_start(d.line).path(&d.file).annotation(AnnotationKind::Primary.span(start..end));
        let mut group = level.primary_title(&d.message).element(snippet);
        if let Some(help) = &d.help {
            group = group.element(Level::HELP.message(help));
        }
        // Nobody is left to tell when the stream is closed.
        let _ = writeln!(out, "{}\n", renderer.render(&[group]));
    }
}
