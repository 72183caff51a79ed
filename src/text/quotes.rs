//! The quotation marks of CSV text, followed byte by byte.

/// Follows the quotation marks of CSV text, to tell what a CSV reader does not: a quotation mark that is never closed,
/// and text after a closing one.
///
/// ```
/// let mut quotes = atau::text::Quotes::default();
/// "a,\"b\nc".bytes().for_each(|b| quotes.follow(b, b','));
/// assert_eq!(quotes.unclosed(), Some(1));
/// ```
#[derive(Debug, Clone)]
pub struct Quotes {
    state: State,
    line: u64,
    opened: u64,
    trailing: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    LineStart,
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

impl Default for Quotes {
    fn default() -> Self {
        Quotes { state: State::LineStart, line: 1, opened: 0, trailing: None }
    }
}

impl Quotes {
    /// Takes the next byte.
    #[inline]
    pub fn follow(&mut self, b: u8, delimiter: u8) {
        let next = match (self.state, b) {
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => State::Quoted,
            (State::LineStart | State::FieldStart, b'"') => {
                self.opened = self.line;
                State::Quoted
            }
            (State::QuoteInQuoted, b'"') => State::Quoted,
            (_, b'\n') => State::LineStart,
            (State::LineStart | State::QuoteInQuoted, b'\r') => self.state,
            (_, b) if b == delimiter => State::FieldStart,
            (State::QuoteInQuoted, _) => {
                self.trailing = self.trailing.or(Some(self.line));
                State::Plain
            }
            (_, _) => State::Plain,
        };
        self.line += u64::from(b == b'\n');
        self.state = next;
    }

    /// Whether a row or the text begins here.
    pub fn at_line_start(&self) -> bool {
        self.state == State::LineStart
    }

    /// Whether a field begins here that is not the first of its row.
    pub fn at_next_field(&self) -> bool {
        self.state == State::FieldStart
    }

    /// The line, from 1, of the quotation mark that is open here.
    pub fn unclosed(&self) -> Option<u64> {
        (self.state == State::Quoted).then_some(self.opened)
    }

    /// The first line, from 1, with text after a closing quotation mark.
    pub fn trailing_text(&self) -> Option<u64> {
        self.trailing
    }
}
