//! Where rows come from.

use super::Format;
use super::decode::{Decoding, NotText, encoding_named, guess};
use super::object::Object;
use super::open::{Counting, cannot_read, ends_crlf, no_text, open_raw};
use super::quotes::{BadQuotes, CheckQuotes};
use crate::report::{Failure, say};
use clap::Args;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Input")]
pub struct InputArgs {
    /// File to read; standard input when there is none, or for -
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Column with the names, by its name or its number from 1
    #[arg(short, long, value_name = "NAME")]
    pub column: Option<String>,
    /// Format of the input [default: by the file's ending; for standard input csv with --column, else text]
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<Format>,
    /// Delimiter of CSV, read and written: one character, or \t
    #[arg(short, long, value_name = "CHAR", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// The first line is a row, not a header, and none is written; columns are numbers
    #[arg(short, long)]
    pub no_headers: bool,
    /// Encoding of the input, such as windows-1251, or auto to guess [default: utf-8]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Pass rows with too few or too many fields through, with the reason, instead of stopping; surplus fields follow the added ones
    #[arg(long)]
    pub lenient: bool,
}

/// What says where and how rows are read, and so does nothing for names given with --text.
pub const NOT_WITH_TEXT: [&str; 4] = ["file", "column", "from", "encoding"];

pub fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [b] if b.is_ascii() && !matches!(b, b'\n' | b'\r' | b'"') => Ok(*b),
        b"\\t" => Ok(b'\t'),
        _ => Err("expected one ASCII character, no quotation mark or line end, or \\t".to_owned()),
    }
}

/// The byte-order mark of UTF-8.
pub const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// One row of the input.
#[derive(Debug, Clone)]
pub struct Row {
    /// Number among the data rows, from 1.
    pub number: u64,
    pub data: Data,
    /// Why the row cannot be worked on, if it cannot.
    pub fault: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Data {
    Record(csv::StringRecord),
    Line(String),
    Object(Map<String, Value>),
}

/// A column: its place in a record, its name in an object.
#[derive(Debug, Clone)]
pub struct Column {
    pub index: usize,
    pub name: String,
}

impl Row {
    /// About how many bytes it takes.
    pub fn size(&self) -> usize {
        match &self.data {
            Data::Record(record) => record.as_slice().len(),
            Data::Line(line) => line.len(),
            Data::Object(object) => object.values().map(|v| v.as_str().map_or(16, str::len)).sum(),
        }
    }

    /// The text of a cell; nothing when the row has none.
    pub fn cell(&self, column: &Column) -> Option<Cow<'_, str>> {
        match &self.data {
            Data::Record(record) => record.get(column.index).map(Cow::Borrowed),
            Data::Line(line) => Some(Cow::Borrowed(line)),
            Data::Object(object) => object.get(&column.name).and_then(as_text),
        }
    }
}

/// A JSON value as the text of a cell: numbers and lists as JSON writes them; nothing for null.
pub fn as_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => Some(Cow::Owned(other.to_string())),
    }
}

/// The rows of an input, and what is known of it before the first.
pub struct Input {
    rows: Rows,
    pub format: Format,
    /// The names of the columns; none for text and for files without a header.
    pub header: Option<Vec<String>>,
    /// How many fields a row should have, when that is fixed.
    pub width: Option<usize>,
    pub path: Option<PathBuf>,
    pub crlf: bool,
    /// Whether it is UTF-8, with a byte-order mark or without.
    pub is_utf8: bool,
    /// Whether its encoding was guessed.
    is_guessed: bool,
    pub has_mark: bool,
    /// Size of the file in bytes, where it is known.
    pub size: Option<u64>,
    name: String,
    /// Bytes read so far.
    pub read: Arc<AtomicU64>,
    lenient: bool,
    number: u64,
    /// Lines read, of formats of lines.
    line: u64,
}

/// Decoded text.
type Text = Decoding<BufReader<Box<dyn Read + Send>>>;

/// Where rows come from, and the first of them where it had to be read already.
enum Rows {
    Records(Box<csv::Reader<CheckQuotes<Text>>>, Option<csv::StringRecord>),
    Lines(Box<BufReader<Text>>, Option<String>),
    Given(std::vec::IntoIter<String>),
}

impl Input {
    /// Names given on the command line, as rows of text.
    pub fn given(names: Vec<String>) -> Input {
        Input {
            rows: Rows::Given(names.into_iter()),
            format: Format::Text,
            header: None,
            width: None,
            path: None,
            crlf: false,
            is_utf8: true,
            is_guessed: false,
            has_mark: false,
            size: None,
            name: "--text".to_owned(),
            read: Arc::default(),
            lenient: false,
            number: 0,
            line: 0,
        }
    }

    /// Opens what the arguments name.
    pub fn open(args: &InputArgs) -> Result<Input, Failure> {
        let path = args.file.clone().filter(|p| p.as_os_str() != "-");
        let name = path.as_ref().map_or("standard input".to_owned(), |p| p.display().to_string());
        let format = args.from.or_else(|| path.as_ref().and_then(|p| Format::of_path(p))).unwrap_or(if args.column.is_some() {
            Format::Csv
        } else {
            Format::Text
        });
        let (raw, size) = open_raw(path.as_deref())?;
        let read = Arc::<AtomicU64>::default();
        let raw: Box<dyn Read + Send> = Box::new(Counting { inner: raw, read: read.clone() });
        let mut raw = BufReader::with_capacity(1 << 18, raw);
        let named = args.encoding.as_deref().unwrap_or("utf-8");
        let Some(encoding) = encoding_named(named) else {
            return Err(Failure::new(format!(
                "unknown encoding {named:?}: expected a name such as utf-8, windows-1251, koi8-r, utf-16le, or auto"
            )));
        };
        let is_guessed = encoding.is_none();
        let encoding = match encoding {
            Some(encoding) => encoding,
            None => {
                let guessed = guess(&mut raw).map_err(|e| cannot_read(&name, &e))?;
                say(&format!("atau: {name}: read as {}", guessed.name()));
                guessed
            }
        };
        let sample = raw.fill_buf().map_err(|e| cannot_read(&name, &e))?;
        if let Some(told) = no_text(sample) {
            return Err(Failure::new(format!("{name}: is {told}")));
        }
        let (is_utf8, has_mark) = (encoding == encoding_rs::UTF_8, sample.starts_with(MARK));
        let crlf = ends_crlf(&encoding.decode(&sample[..sample.len().min(1 << 16)]).0);
        let text = Decoding::new(raw, encoding);
        let rows = Rows::Given(Vec::new().into_iter());
        let lenient = args.lenient;
        let (header, width, number, line) = (None, None, 0, 0);
        let mut input =
            Input { rows, format, header, width, path, crlf, is_utf8, is_guessed, has_mark, size, name, read, lenient, number, line };
        match format {
            Format::Csv => input.open_records(text, args)?,
            Format::Tsv | Format::Jsonl | Format::Text => input.open_lines(text, args)?,
        }
        Ok(input)
    }

    fn open_records(&mut self, text: Text, args: &InputArgs) -> Result<(), Failure> {
        let delimiter = args.delimiter.unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(CheckQuotes::new(text, delimiter));
        let mut first = csv::StringRecord::new();
        let any = reader.read_record(&mut first).map_err(|e| self.bad_record(&e))?;
        self.width = any.then_some(first.len());
        let mut pending = None;
        if args.no_headers {
            pending = any.then_some(first);
        } else {
            self.header = Some(first.iter().map(str::to_owned).collect());
        }
        self.rows = Rows::Records(Box::new(reader), pending);
        Ok(())
    }

    fn open_lines(&mut self, text: Text, args: &InputArgs) -> Result<(), Failure> {
        let mut reader = BufReader::with_capacity(1 << 16, text);
        let mut pending = None;
        if self.format == Format::Tsv {
            let mut line = String::new();
            if reader.read_line(&mut line).map_err(|e| self.bad_line(&e))? > 0 {
                let first = fields(without_end(&line));
                self.width = Some(first.len());
                match args.no_headers {
                    true => pending = Some(line),
                    false => self.header = Some(first.iter().map(str::to_owned).collect()),
                }
            }
            self.line = u64::from(!args.no_headers);
        }
        if self.format == Format::Jsonl {
            // The keys of the first object are the columns.
            let mut line = String::new();
            while reader.read_line(&mut line).map_err(|e| self.bad_line(&e))? > 0 {
                self.line += 1;
                if !line.trim().is_empty() {
                    self.header = Some(self.object(&line, 1)?.keys().cloned().collect());
                    // It is counted when it is taken.
                    self.line -= 1;
                    pending = Some(line);
                    break;
                }
                line.clear();
            }
        }
        self.rows = Rows::Lines(Box::new(reader), pending);
        Ok(())
    }

    /// Refuses to write over an input that would change more than its rows: the output is UTF-8.
    pub fn keeps_encoding(&self) -> Result<(), Failure> {
        match self.is_utf8 {
            true => Ok(()),
            false => Err(Failure::new("--in-place keeps the encoding of the input, and UTF-8 is written; write to another file with -o")),
        }
    }

    /// What it is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is no header and no row. Without a header columns cannot be looked for, so this is asked first.
    pub fn is_empty(&self) -> bool {
        match &self.rows {
            Rows::Records(_, first) => self.width.is_none() && first.is_none(),
            Rows::Lines(..) => self.format != Format::Text && self.width.is_none() && self.header.is_none(),
            Rows::Given(names) => names.len() == 0,
        }
    }

    /// The column of a name or a number from 1. Names go first.
    pub fn column(&self, wanted: &str) -> Result<Column, Failure> {
        if self.format == Format::Text {
            return Err(Failure::new(format!("{}: a list of names has no columns; --from csv reads it as a table", self.name)));
        }
        let header = self.header.as_deref().unwrap_or_default();
        let named: Vec<usize> = (0..header.len()).filter(|i| header[*i] == wanted).collect();
        if named.len() > 1 {
            let places: Vec<String> = named.iter().map(|i| (i + 1).to_string()).collect();
            return Err(Failure::new(format!(
                "{}: columns {} are all called {wanted:?}; name one by its number",
                self.name,
                places.join(" and ")
            )));
        }
        let width = self.width.unwrap_or(header.len());
        let by_number = wanted.parse::<usize>().ok().filter(|n| (1..=width).contains(n)).map(|n| n - 1);
        match named.first().copied().or(by_number) {
            Some(index) => Ok(Column { index, name: header.get(index).cloned().unwrap_or_default() }),
            None => Err(Failure::new(self.no_column(wanted, header, width))),
        }
    }

    fn no_column(&self, wanted: &str, header: &[String], width: usize) -> String {
        if self.header.is_none() {
            return format!("{}: no column {wanted:?}: without a header columns are numbers, 1 to {width}", self.name);
        }
        if header.iter().all(String::is_empty) {
            return format!("{}: no column {wanted:?}: the first line, which is the header, is empty", self.name);
        }
        if let Some(told) = self.other_delimiter() {
            return format!("{}: no column {wanted:?}; {told}", self.name);
        }
        let near =
            atau::text::nearest(wanted, header.iter().map(String::as_str)).map_or(String::new(), |n| format!("; did you mean {n:?}?"));
        format!("{}: no column {wanted:?}; the columns are {}{near}", self.name, header.join(", "))
    }

    /// That the only column of CSV may be several.
    fn other_delimiter(&self) -> Option<String> {
        let ([only], Format::Csv) = (self.header.as_deref()?, self.format) else { return None };
        let delimiter = only.chars().find(|c| matches!(c, ';' | '\t' | '|'))?;
        let option = if delimiter == '\t' { "\\t".to_owned() } else { delimiter.to_string() };
        Some(format!("there is one column, {only:?}: is the delimiter -d '{option}'?"))
    }

    /// The column of the names: the one asked for, the only one, or the line.
    pub fn name_column(&self, wanted: Option<&str>) -> Result<Column, Failure> {
        match wanted {
            Some(wanted) => self.column(wanted),
            None if self.format == Format::Text => Ok(Column { index: 0, name: "name".to_owned() }),
            None if self.width == Some(1) => match self.other_delimiter() {
                Some(told) => Err(Failure::new(format!("{}: say which column with --column NAME; {told}", self.name))),
                None => Ok(Column { index: 0, name: self.header.as_ref().map_or(String::new(), |h| h[0].clone()) }),
            },
            None => {
                let columns = self.header.as_ref().map_or(String::new(), |h| format!("; the columns are {}", h.join(", ")));
                Err(Failure::new(format!("{}: say which column with --column NAME{columns}", self.name)))
            }
        }
    }

    /// The next row; nothing at the end.
    pub fn next(&mut self) -> Result<Option<Row>, Failure> {
        let number = self.number + 1;
        let row = match &mut self.rows {
            Rows::Given(names) => names.next().map(|name| Row { number, data: Data::Line(name), fault: None }),
            Rows::Records(..) => self.next_record(number)?,
            Rows::Lines(..) => self.next_line(number)?,
        };
        self.number += u64::from(row.is_some());
        Ok(row)
    }

    fn next_record(&mut self, number: u64) -> Result<Option<Row>, Failure> {
        let Rows::Records(reader, pending) = &mut self.rows else { return Ok(None) };
        let mut record = csv::StringRecord::new();
        match pending.take() {
            Some(first) => record = first,
            None => match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => return Err(self.bad_record(&error)),
            },
        }
        let line = record.position().map_or(0, |p| p.line());
        self.record(number, line, record).map(Some)
    }

    /// A record as a row, if it has as many fields as it should.
    fn record(&self, number: u64, line: u64, record: csv::StringRecord) -> Result<Row, Failure> {
        let width = self.width.unwrap_or(record.len());
        if record.len() == width {
            return Ok(Row { number, data: Data::Record(record), fault: None });
        }
        let plural = |n: usize| if n == 1 { "field" } else { "fields" };
        let fault = format!("line {line} has {} {}, expected {width}", record.len(), plural(record.len()));
        match self.lenient {
            true => Ok(Row { number, data: Data::Record(record), fault: Some(fault) }),
            false => Err(Failure::new(format!("{}: row {number}: {fault}; --lenient passes such rows through", self.name))),
        }
    }

    fn next_line(&mut self, number: u64) -> Result<Option<Row>, Failure> {
        let mut line = String::new();
        loop {
            if !self.next_raw_line(&mut line)? {
                return Ok(None);
            }
            // A blank line is a row of text, or of a table of one column.
            let blank_is_row = self.format == Format::Text || self.format == Format::Tsv && self.width == Some(1);
            if blank_is_row || !line.trim_end_matches(['\n', '\r']).is_empty() {
                break;
            }
        }
        match self.format {
            Format::Jsonl => {
                let object = self.object(&line, number)?;
                Ok(Some(Row { number, data: Data::Object(object), fault: None }))
            }
            Format::Tsv => self.record(number, self.line, fields(without_end(&line))).map(Some),
            Format::Csv | Format::Text => {
                line.truncate(without_end(&line).len());
                Ok(Some(Row { number, data: Data::Line(line), fault: None }))
            }
        }
    }

    /// Hands all of the text to a function that reads it and checks that it is UTF-8.
    pub fn read_with(&mut self, read: impl FnOnce(&mut dyn Read) -> io::Result<()>) -> Result<(), Failure> {
        let Rows::Lines(reader, _) = &mut self.rows else { return Ok(()) };
        let result = match reader.get_mut().undecoded() {
            Some(mut raw) => read(&mut raw),
            None => read(reader.as_mut()),
        };
        match result {
            // What is said of the input has its place; the rest is said of the output.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(self.not_text(&error)),
            other => Ok(other?),
        }
    }

    /// The next line with its end; false when there is none.
    pub fn next_raw_line(&mut self, line: &mut String) -> Result<bool, Failure> {
        let Rows::Lines(reader, pending) = &mut self.rows else { return Ok(false) };
        line.clear();
        self.line += 1;
        if let Some(first) = pending.take() {
            *line = first;
            return Ok(true);
        }
        match reader.read_line(line) {
            Ok(n) => Ok(n > 0),
            Err(error) => Err(self.bad_line(&error)),
        }
    }

    fn object(&self, line: &str, number: u64) -> Result<Map<String, Value>, Failure> {
        serde_json::from_str(line).map(|Object(object)| object).map_err(|error| {
            // serde_json counts bytes of what it was given, and takes a missing end for the next line.
            let line = without_end(line);
            let bytes = if error.line() > 1 { line.len() } else { error.column().saturating_sub(1) };
            let column = line.char_indices().take_while(|(at, _)| *at < bytes).count() + 1;
            let told = error.to_string();
            let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
            let place = format!("row {number}, line {}, column {column}", self.line);
            let list = if line.trim_start().starts_with('[') { "; `jq -c '.[]'` makes such lines of a list" } else { "" };
            Failure::new(format!("{}: {place}: expected one JSON object a line: {told}{list}", self.name))
        })
    }

    fn bad_record(&self, error: &csv::Error) -> Failure {
        match error.kind() {
            csv::ErrorKind::Io(error) => self.bad_line(error),
            _ => Failure::new(format!("{}: row {}: {error}", self.name, self.number + 1)),
        }
    }

    fn bad_line(&self, error: &io::Error) -> Failure {
        if let Some(fault) = error.get_ref().and_then(|e| e.downcast_ref::<BadQuotes>()) {
            return Failure::new(format!("{}: {fault}", self.name));
        }
        match error.get_ref().and_then(|e| e.downcast_ref::<NotText>()) {
            Some(fault) => self.not_text(&format!("row {}, {fault}", self.number + 1)),
            None => cannot_read(&self.name, error),
        }
    }

    fn not_text(&self, fault: &dyn std::fmt::Display) -> Failure {
        // The guess is made from the beginning, or is UTF-8 that is damaged.
        let guess = if self.is_guessed { "" } else { ", or try --encoding auto" };
        Failure::new(format!("{}: {fault}; name the encoding with --encoding{guess}", self.name))
    }
}

/// A line without its end.
fn without_end(line: &str) -> &str {
    line.strip_suffix('\n').map_or(line, |l| l.strip_suffix('\r').unwrap_or(l))
}

/// The fields of a line of tab-separated values, which knows no quotes.
fn fields(line: &str) -> csv::StringRecord {
    line.split('\t').collect::<Vec<_>>().into()
}
