//! The one error type of the crate.

use crate::text::{Diagnostic, nearest, shown};
use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, in words for the person who has to mend it.
///
/// The variants are private; ask with the `is_*` predicates. [`Error::diagnostics`] gives the findings
/// of a scheme table or registry one by one, with file, line and column.
///
/// ```
/// let error = atau::Scheme::builtin("rus-bgnpcgn-1974").unwrap_err();
/// assert!(error.is_unknown());
/// assert_eq!(
///     error.to_string(),
///     "unknown scheme “rus-bgnpcgn-1974”; did you mean “rus-bgnpcgn-1947”?"
/// );
/// ```
#[derive(Debug, Clone)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// A name that the program does not know: what it names, the name, the nearest known one, or all if they are few.
    Unknown { what: &'static str, given: String, nearest: Option<String>, all: Vec<String> },
    /// A value that has the wrong form: what it is, the value, what was expected.
    Invalid { what: &'static str, given: String, expected: String },
    /// A file that could not be read or written.
    File { path: PathBuf, reason: String },
    /// Findings in a table or registry, at least one of them an error.
    Data { what: &'static str, diagnostics: Vec<Diagnostic> },
}

/// So many known names are listed when none is near.
const FEW: usize = 20;

impl Error {
    pub(crate) fn unknown<'a>(what: &'static str, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let nearest = nearest(given, known.iter().copied()).map(str::to_owned);
        let few = known.len() <= FEW && nearest.is_none();
        let all = if few { known.into_iter().map(str::to_owned).collect() } else { Vec::new() };
        Error { kind: Kind::Unknown { what, given: given.to_owned(), nearest, all } }
    }

    /// The same where it is known what was meant.
    pub(crate) fn mistaken(what: &'static str, given: &str, meant: &str) -> Self {
        Error { kind: Kind::Unknown { what, given: given.to_owned(), nearest: Some(meant.to_owned()), all: Vec::new() } }
    }

    pub(crate) fn invalid(what: &'static str, given: &str, expected: impl Into<String>) -> Self {
        Error { kind: Kind::Invalid { what, given: given.to_owned(), expected: expected.into() } }
    }

    pub(crate) fn file(path: &Path, reason: impl fmt::Display) -> Self {
        Error { kind: Kind::File { path: path.to_owned(), reason: reason.to_string() } }
    }

    /// The text of a file that is kept in UTF-8, `kind` of file, without a byte-order mark; an error with the place where it is no text.
    pub(crate) fn text(path: &Path, kind: &str) -> Result<String, Self> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, &e))?;
        let mut text = String::from_utf8(bytes).map_err(|e| {
            let good = &e.as_bytes()[..e.utf8_error().valid_up_to()];
            let line = good.iter().filter(|b| **b == b'\n').count() + 1;
            Error::file(path, format!("line {line}, byte offset {}: not UTF-8; a {kind} is kept in UTF-8", good.len()))
        })?;
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        Ok(text)
    }

    /// An error of the operating system, without its number.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Error::file(path, "no such file or folder"),
            _ => Error::file(path, error.to_string().split(" (os error").next().unwrap_or_default()),
        }
    }

    pub(crate) fn data(what: &'static str, diagnostics: Vec<Diagnostic>) -> Self {
        Error { kind: Kind::Data { what, diagnostics } }
    }

    /// A scheme, entity type, option or the like that does not exist.
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown { .. })
    }

    /// A value of the wrong form, such as a date.
    pub fn is_invalid(&self) -> bool {
        matches!(self.kind, Kind::Invalid { .. })
    }

    /// A file that could not be read or written.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, Kind::File { .. })
    }

    /// A scheme table or registry that has errors; see [`Error::diagnostics`].
    pub fn is_data(&self) -> bool {
        matches!(self.kind, Kind::Data { .. })
    }

    /// The findings of a faulty table or registry, in the order of the files; else empty.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match &self.kind {
            Kind::Data { diagnostics, .. } => diagnostics,
            _ => &[],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Unknown { what, given, nearest: None, all } if all.is_empty() => write!(f, "unknown {what} {}", shown(given)),
            Kind::Unknown { what, given, nearest: None, all } => {
                write!(f, "unknown {what} {}: expected one of {}", shown(given), all.join(", "))
            }
            Kind::Unknown { what, given, nearest: Some(near), .. } => {
                write!(f, "unknown {what} {}; did you mean {}?", shown(given), shown(near))
            }
            Kind::Invalid { what, given, expected } => write!(f, "{} is not a {what}: expected {expected}", shown(given)),
            Kind::File { path, reason } => write!(f, "{}: {reason}", path.display()),
            Kind::Data { what, diagnostics } => {
                let errors = diagnostics.iter().filter(|d| d.is_error()).count();
                let plural = if errors == 1 { "" } else { "s" };
                write!(f, "the {what} has {errors} error{plural}")?;
                if let Some(first) = diagnostics.iter().find(|d| d.is_error()) {
                    write!(f, "; the first: {first}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}
