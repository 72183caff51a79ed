//! Findings in data files, with the place where they are.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used; a person should look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// One finding in a data file. Lines and columns start at 1 and columns count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What was expected and what was found.
    pub message: String,
    /// What to do, when that is known.
    pub help: Option<String>,
    /// The file, as it was named to the reader.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The offending line.
    pub excerpt: String,
    /// How many characters of the line are meant.
    pub width: usize,
}

impl Diagnostic {
    /// Whether the file cannot be used because of this.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}: {}", self.file, self.line, self.column, self.severity, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// A data file's name and text, from which findings get their place.
#[derive(Debug, Clone)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    /// Where each line starts; found when first asked for.
    lines: Arc<OnceLock<Vec<usize>>>,
}

impl Source {
    pub(crate) fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Source { name: name.into(), text: text.into(), lines: Arc::default() }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Line and column, from 1 and in characters, of a byte offset.
    pub(crate) fn position(&self, offset: usize) -> (usize, usize) {
        let offset = self.floor_boundary(offset);
        let (line, start) = self.line_at(offset);
        (line, self.text[start..offset].chars().count() + 1)
    }

    /// The line, from 1, that holds a byte offset, and where it starts.
    fn line_at(&self, offset: usize) -> (usize, usize) {
        let starts = || std::iter::once(0).chain(self.text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        let lines = self.lines.get_or_init(starts);
        let line = lines.partition_point(|start| *start <= offset);
        (line, lines[line - 1])
    }

    /// Where a line, from 1, starts.
    pub(crate) fn line_start(&self, line: u64) -> usize {
        let mut starts = std::iter::once(0).chain(self.text.match_indices('\n').map(|(i, _)| i + 1));
        starts.nth(line.saturating_sub(1) as usize).unwrap_or(self.text.len())
    }

    fn floor_boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    pub(crate) fn error(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        self.finding(Severity::Error, span, message.into())
    }

    pub(crate) fn warning(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        self.finding(Severity::Warning, span, message.into())
    }

    fn finding(&self, severity: Severity, span: Range<usize>, message: String) -> Diagnostic {
        let start = self.floor_boundary(span.start);
        let end = self.floor_boundary(span.end).max(start);
        let (line, column) = self.position(start);
        let (_, line_start) = self.line_at(start);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |i| start + i);
        Diagnostic {
            severity,
            message,
            help: None,
            file: self.name.to_string(),
            line,
            column,
            excerpt: self.text[line_start..line_end].trim_end_matches('\r').to_owned(),
            width: self.text[start..end.min(line_end)].chars().count().max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("қ.toml", "a = 1\nәріп = \"ң\"\n");
        let at = source.text().find("ң").unwrap();
        let found = source.error(at..at + 2, "unexpected letter");
        assert_eq!(found.to_string(), "қ.toml:2:9: error: unexpected letter");
        assert_eq!((found.excerpt.as_str(), found.width), ("әріп = \"ң\"", 1));
    }

    #[test]
    fn offsets_inside_a_character_or_past_the_end_are_held() {
        let source = Source::new("x", "ң");
        assert_eq!(source.position(1), (1, 1));
        assert_eq!(source.position(99), (1, 2));
    }
}
