//! What the CSV reader does not tell: blank lines, a quotation mark that is never closed, text after a closing one.

use atau::text::Quotes;
use std::io::{self, Read};

/// Quotation marks that are not as they should be; reading on would lose or change what is there.
#[derive(Debug)]
pub enum BadQuotes {
    /// One opened a field that goes on to the end of the file; the line it stands in, from 1.
    NeverClosed(u64),
    /// There is text between a closing one and the end of its field; the line, from 1.
    TextAfter(u64),
}

impl std::fmt::Display for BadQuotes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadQuotes::NeverClosed(line) => write!(f, "line {line}: the quotation mark that opens a field is never closed"),
            BadQuotes::TextAfter(line) => {
                write!(f, "line {line}: there is text after the quotation mark that closes a field; a mark inside a field is doubled")
            }
        }
    }
}

impl std::error::Error for BadQuotes {}

/// Passes CSV text on. In a file of one column a blank line gets a pair of quotes, since it is a row there and the CSV
/// reader would skip it; bad quotation marks are errors.
pub struct CheckQuotes<R> {
    inner: R,
    delimiter: u8,
    quotes: Quotes,
    /// Whether a delimiter was seen outside quotes: then a blank line is no row.
    several: bool,
    first_line: bool,
    pending: Vec<u8>,
    given: usize,
}

impl<R: Read> CheckQuotes<R> {
    pub fn new(inner: R, delimiter: u8) -> Self {
        CheckQuotes { inner, delimiter, quotes: Quotes::default(), several: false, first_line: true, pending: Vec::new(), given: 0 }
    }

    /// Follows the bytes; with `keep` they go to what is pending, quotes for blank lines among them.
    fn pass(&mut self, bytes: &[u8], keep: bool) {
        for &b in bytes {
            if keep && b == b'\n' && self.quotes.at_line_start() && !self.first_line && !self.several {
                let cr = self.pending.last() == Some(&b'\r');
                self.pending.truncate(self.pending.len() - usize::from(cr));
                self.pending.extend_from_slice(if cr { b"\"\"\r" } else { b"\"\"" });
            }
            self.quotes.follow(b, self.delimiter);
            self.several |= self.first_line && self.quotes.at_next_field();
            self.first_line &= !(b == b'\n' && self.quotes.at_line_start());
            if keep {
                self.pending.push(b);
            }
        }
    }

    fn fault(&self, at_end: bool) -> io::Result<usize> {
        let open = self.quotes.unclosed().filter(|_| at_end).map(BadQuotes::NeverClosed);
        match open.or(self.quotes.trailing_text().map(BadQuotes::TextAfter)) {
            Some(bad) => Err(io::Error::new(io::ErrorKind::InvalidData, bad)),
            None => Ok(0),
        }
    }
}

impl<R: Read> Read for CheckQuotes<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.pending.len() {
            let n = self.inner.read(out)?;
            if n == 0 {
                return self.fault(true);
            }
            self.pending.clear();
            self.given = 0;
            self.pass(&out[..n], !self.several);
            self.fault(false)?;
            if self.pending.is_empty() {
                return Ok(n);
            }
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
        CheckQuotes::new(text.as_bytes(), b',').read_to_string(&mut out)?;
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
        assert!(rows("a,b\n\"x\" y,2\n").unwrap_err().to_string().starts_with("line 2: there is text after"));
    }
}
