//! What the CSV reader does not tell: blank lines, and a quotation mark that is never closed.

use std::io::{self, Read};

/// A quotation mark opened a field that goes on to the end of the file.
#[derive(Debug)]
pub struct NeverClosed {
    /// The line it stands in, from 1.
    pub line: u64,
}

impl std::fmt::Display for NeverClosed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: the quotation mark that opens a field is never closed", self.line)
    }
}

impl std::error::Error for NeverClosed {}

/// Passes CSV text on. In a file of one column a blank line gets a pair of quotes, since it is a row there and the CSV
/// reader would skip it; at the end an open quotation mark is an error.
pub struct Quotes<R> {
    inner: R,
    delimiter: u8,
    state: State,
    /// Whether a delimiter was seen outside quotes: then a blank line is no row.
    several: bool,
    first_line: bool,
    line: u64,
    opened: u64,
    pending: Vec<u8>,
    given: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    LineStart,
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

impl<R: Read> Quotes<R> {
    pub fn new(inner: R, delimiter: u8) -> Self {
        let state = State::LineStart;
        Quotes { inner, delimiter, state, several: false, first_line: true, line: 1, opened: 0, pending: Vec::new(), given: 0 }
    }

    /// Follows the bytes; with `keep` they go to what is pending, quotes for blank lines among them.
    fn pass(&mut self, bytes: &[u8], keep: bool) {
        for &b in bytes {
            if keep && b == b'\n' && self.state == State::LineStart && !self.first_line && !self.several {
                let cr = self.pending.last() == Some(&b'\r');
                self.pending.truncate(self.pending.len() - usize::from(cr));
                self.pending.extend_from_slice(if cr { b"\"\"\r" } else { b"\"\"" });
            }
            let next = match (self.state, b) {
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::Quoted, _) => State::Quoted,
                (State::LineStart | State::FieldStart | State::QuoteInQuoted, b'"') => State::Quoted,
                (_, b'\n') => State::LineStart,
                (State::LineStart, b'\r') => State::LineStart,
                (_, b) if b == self.delimiter => State::FieldStart,
                (_, _) => State::Plain,
            };
            if next == State::Quoted && matches!(self.state, State::LineStart | State::FieldStart) {
                self.opened = self.line;
            }
            self.several |= self.first_line && next == State::FieldStart;
            self.first_line &= next != State::LineStart || b != b'\n';
            self.line += u64::from(b == b'\n');
            self.state = next;
            if keep {
                self.pending.push(b);
            }
        }
    }

    fn at_end(&self) -> io::Result<usize> {
        match self.state {
            State::Quoted => Err(io::Error::new(io::ErrorKind::InvalidData, NeverClosed { line: self.opened })),
            _ => Ok(0),
        }
    }
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.pending.len() {
            let n = self.inner.read(out)?;
            if n == 0 {
                return self.at_end();
            }
            if self.several {
                self.pass(&out[..n], false);
                return Ok(n);
            }
            self.pending.clear();
            self.given = 0;
            self.pass(&out[..n], true);
        }
        let n = out.len().min(self.pending.len() - self.given);
        out[..n].copy_from_slice(&self.pending[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> io::Result<String> {
        let mut out = String::new();
        Quotes::new(text.as_bytes(), b',').read_to_string(&mut out)?;
        Ok(out)
    }

    #[test]
    fn blank_lines_of_one_column_are_rows() {
        let cases = [
            ("name\na\n\nb\n", "name\na\n\"\"\nb\n"),
            ("name\r\na\r\n\r\nb\r\n", "name\r\na\r\n\"\"\r\nb\r\n"),
            ("name\n\"a\n\nb\"\n", "name\n\"a\n\nb\"\n"),
            ("name,x\na,1\n\n", "name,x\na,1\n\n"),
            ("\"a,b\"\n\nc\n", "\"a,b\"\n\"\"\nc\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(rows(text).unwrap(), expected);
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_an_error() {
        assert_eq!(rows("a,b\n1,\"x\ny\n").unwrap_err().to_string(), "line 2: the quotation mark that opens a field is never closed");
        for fine in ["a,b\n1,5\" disk\n", "a\n\"x \"\"y\"\" z\"\n", "a,b\n\"\",\"\"\n"] {
            assert_eq!(rows(fine).unwrap(), fine);
        }
    }
}
