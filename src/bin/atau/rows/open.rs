//! Opening what rows come from.

use crate::report::{Failure, describe_io, say};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What begins files that are no text, and what to do with them.
const NO_TEXT: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a spreadsheet or an archive, not text; save the sheet as CSV"),
    (b"\xD0\xCF\x11\xE0", "a spreadsheet or a document, not text; save the sheet as CSV"),
    (b"\x1F\x8B", "compressed, not text; `gunzip -c FILE | atau ...` reads it"),
    (b"%PDF-", "a PDF, not text"),
    (b"SQLite format 3", "a database, not text; export the table as CSV"),
];

/// What a file is that begins so, if it is no text.
pub fn no_text(sample: &[u8]) -> Option<&'static str> {
    NO_TEXT.iter().find(|(begins, _)| sample.starts_with(begins)).map(|(_, told)| *told)
}

/// Counts the bytes that pass, for the progress bar.
pub struct Counting<R> {
    pub inner: R,
    pub read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

pub fn cannot_read(name: &str, error: &io::Error) -> Failure {
    Failure::new(format!("{name}: {}", describe_io(error)))
}

type Raw = (Box<dyn Read + Send>, Option<u64>);

/// Opens a file, or standard input when there is none.
pub fn open_raw(path: Option<&Path>) -> Result<Raw, Failure> {
    let Some(path) = path else {
        if io::stdin().is_terminal() {
            say("atau: reading names from the keyboard, one a line; end with Ctrl-D");
        }
        return Ok((Box::new(io::stdin()), None));
    };
    let failed = |e: io::Error| cannot_read(&path.display().to_string(), &e);
    let file = File::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if meta.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    Ok((Box::new(file), meta.is_file().then_some(meta.len())))
}

/// Whether the first line ends with CRLF.
pub fn ends_crlf(sample: &str) -> bool {
    sample.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'))
}
