//! The loop: rows are read in order, worked on by one thread or several, and written in order.

use super::input::{Column, Data, Input, MARK, Row, as_text};
use super::output::{Output, OutputArgs};
use super::progress::Progress;
use super::screen::{aligned, width};
use super::{Format, InputArgs, one_line, refuse, within_line};
use crate::report::{Failure, say};
use crossbeam_channel::bounded;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

/// Rows that one thread works on at a time.
const BATCH: usize = 512;
/// Or fewer, once they are so many bytes.
const BATCH_BYTES: usize = 1 << 20;

/// What a subcommand adds to a row.
#[derive(Debug, Default)]
pub struct Answer {
    /// The added cells, as many as there are added columns.
    pub cells: Vec<String>,
    /// The JSON object to write in place of the row with its added cells.
    pub json: Option<Map<String, Value>>,
    /// Whether that object gets the input's columns as `row`.
    pub with_row: bool,
    /// What is counted.
    pub counts: Vec<&'static str>,
}

/// What a subcommand does with a row.
pub trait Work: Sync {
    /// The names of the added columns, without prefix.
    fn columns(&self) -> &[&'static str];
    /// The added column that goes on a line of its own below the row in a table on a terminal.
    fn remark(&self) -> Option<usize> {
        None
    }
    /// Whether JSON lines are objects of the subcommand's own, with the input's columns as `row`.
    fn has_own_object(&self) -> bool {
        false
    }
    /// Fills the answer, which comes empty. `json` says whether the output is JSON.
    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer);
}

impl<W: Work> Work for &W {
    fn columns(&self) -> &[&'static str] {
        (**self).columns()
    }

    fn remark(&self) -> Option<usize> {
        (**self).remark()
    }

    fn has_own_object(&self) -> bool {
        (**self).has_own_object()
    }

    fn work(&self, row: &Row, cell: Option<&str>, json: bool, answer: &mut Answer) {
        (**self).work(row, cell, json, answer);
    }
}

/// What was counted over all rows.
#[derive(Debug, Default)]
pub struct Outcome {
    pub rows: u64,
    pub counts: BTreeMap<&'static str, u64>,
}

struct Plan<'a, W> {
    work: &'a W,
    column: Column,
    format: Format,
    added: Vec<String>,
    header: Option<Vec<String>>,
    width: Option<usize>,
    crlf: bool,
    /// Whether the cells come from lines, so that no line end but a carriage return can be in them.
    raw_lines: bool,
    delimiter: u8,
    excel_safe: bool,
    /// Cells for an aligned table rather than bytes.
    table: bool,
}

/// What became of a batch.
#[derive(Default)]
struct Done {
    bytes: Vec<u8>,
    table: Vec<Vec<String>>,
    outcome: Outcome,
    failure: Option<Failure>,
}

/// Opens input and output as the arguments say, checks the names of columns, and runs `make`'s work over every row.
pub fn run<W: Work>(
    input: &InputArgs,
    given: &[String],
    output: &OutputArgs,
    make: impl FnOnce(&Input) -> Result<W, Failure>,
) -> Result<Outcome, Failure> {
    let rows = if given.is_empty() { Input::open(input)? } else { Input::given(given.to_vec()) };
    let format = output.asked().unwrap_or(rows.format);
    if given.is_empty() && rows.is_empty() {
        output.open(rows.path.as_deref())?.finish()?;
        if !output.quiet {
            say(&format!("atau: {} is empty", rows.name()));
        }
        return Ok(Outcome::default());
    }
    let column = rows.name_column(input.column.as_deref())?;
    let work = make(&rows)?;
    let no_csv = input.delimiter.is_some() && ![rows.format, format].contains(&Format::Csv);
    refuse(&[(no_csv, "--delimiter")], "it is that of CSV, and none is read or written; --from csv or --format csv asks for it")?;
    if format == Format::Jsonl {
        refuse(&[(output.excel_safe, "--excel-safe")], "JSON lines are no table")?;
        let own = output.prefix.is_some() && work.has_own_object();
        refuse(&[(own, "--prefix")], "these JSON lines have keys of their own, and the input's columns as \"row\"")?;
    }
    let prefix = output.prefix.as_deref().unwrap_or("atau_");
    let added: Vec<String> = work.columns().iter().map(|c| format!("{prefix}{c}")).collect();
    let header = match rows.format {
        Format::Text => Some(vec![column.name.clone()]),
        _ => rows.header.clone(),
    };
    if let Some(taken) = added.iter().find(|a| header.iter().flatten().any(|h| h == *a)) {
        let message = format!("the input already has a column {taken:?}; give the added ones another name with --prefix");
        return Err(Failure::new(message));
    }
    if output.in_place && !given.is_empty() {
        return Err(Failure::new("--in-place needs an input file"));
    }
    if output.in_place && rows.format == Format::Text {
        return Err(Failure::new("a list of names would become a table; write it to another file with -o"));
    }
    if output.in_place && format != rows.format {
        return Err(Failure::new("--in-place keeps the format of the input; write another one to another file with -o"));
    }
    if output.in_place {
        rows.keeps_encoding()?;
    }
    if let (Format::Jsonl, Some(header)) = (format, &header)
        && let Some(name) = header.iter().enumerate().find(|(i, name)| header[..*i].contains(name)).map(|(_, name)| name)
    {
        return Err(Failure::new(format!("two columns are called {name:?}; a JSON object holds only one of them")));
    }
    let header = header.filter(|_| !input.no_headers || rows.format == Format::Jsonl);
    let no_header = output.prefix.is_some() && header.is_none() && format != Format::Jsonl;
    refuse(&[(no_header, "--prefix")], "with --no-headers columns have no names")?;
    let out = output.open(rows.path.as_deref())?;
    let table = format == Format::Text && matches!(out, Output::Stdout(_)) && io::stdout().is_terminal();
    let plan = Plan {
        work: &work,
        column,
        format,
        added,
        width: rows.width.or(header.as_ref().map(Vec::len)),
        header,
        raw_lines: matches!(rows.format, Format::Tsv | Format::Text),
        crlf: rows.crlf,
        delimiter: input.delimiter.unwrap_or(b','),
        excel_safe: output.excel_safe,
        table,
    };
    plan.over(rows, out, output)
}

impl<W: Work> Plan<'_, W> {
    fn over(&self, rows: Input, out: Output, args: &OutputArgs) -> Result<Outcome, Failure> {
        let mut out = out;
        if args.in_place && rows.has_mark {
            out.write_all(MARK)?;
        }
        let mut sink = Sink { out, table: Vec::new(), outcome: Outcome::default(), progress: Progress::new(&rows, args) };
        if let Some(header) = &self.header {
            self.write_header(header, &mut sink)?;
        }
        match args.jobs {
            1 => self.on_one_thread(rows, &mut sink)?,
            jobs => self.on_threads(rows, usize::from(jobs), &mut sink)?,
        }
        sink.progress.clear();
        if self.table {
            let own = self.header.as_ref().map_or(1, Vec::len);
            let remark = self.work.remark().map(|at| own + at);
            let header = self.header.as_ref().map(|h| self.full_header(h));
            sink.out.write_all(aligned(header, sink.table, remark, width()).as_bytes())?;
        }
        sink.out.finish()?;
        Ok(sink.outcome)
    }

    fn on_one_thread(&self, mut rows: Input, sink: &mut Sink) -> Result<(), Failure> {
        loop {
            let (batch, end) = read_batch(&mut rows);
            sink.take(self.batch(&batch))?;
            match end {
                End::More => {}
                End::Last => return Ok(()),
                End::Failed(failure) => return sink.stop(failure),
            }
        }
    }

    fn on_threads(&self, mut rows: Input, jobs: usize, sink: &mut Sink) -> Result<(), Failure> {
        let (to_work, work) = bounded::<(u64, Vec<Row>)>(jobs * 2);
        let (to_sink, done) = bounded::<(u64, Done)>(jobs * 4 + 4);
        std::thread::scope(|scope| {
            // Owned here, so that the threads end when this closure does, also by an early return.
            let (to_work, done) = (to_work, done);
            for _ in 0..jobs {
                let (work, to_sink) = (work.clone(), to_sink.clone());
                scope.spawn(move || {
                    for (number, batch) in work {
                        if to_sink.send((number, self.batch(&batch))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop((work, to_sink));
            let mut waiting = BTreeMap::new();
            let (mut sent, mut written) = (0u64, 0u64);
            let mut end = End::More;
            loop {
                // No more is read ahead than the threads can hold, so that memory stays bounded.
                while matches!(end, End::More) && sent - written < jobs as u64 * 3 {
                    let (batch, now) = read_batch(&mut rows);
                    end = now;
                    if to_work.send((sent, batch)).is_err() {
                        break;
                    }
                    sent += 1;
                }
                if written == sent {
                    break;
                }
                let Ok((number, batch)) = done.recv() else { break };
                waiting.insert(number, batch);
                while let Some(batch) = waiting.remove(&written) {
                    sink.take(batch)?;
                    written += 1;
                }
            }
            match end {
                End::Failed(failure) => sink.stop(failure),
                End::More | End::Last => Ok(()),
            }
        })
    }

    fn batch(&self, rows: &[Row]) -> Done {
        let mut done = Done::default();
        let mut answer = Answer::default();
        let mut csv = self.csv();
        for row in rows {
            answer.cells.clear();
            answer.json = None;
            answer.with_row = false;
            answer.counts.clear();
            self.work.work(row, row.cell(&self.column).as_deref(), self.format == Format::Jsonl, &mut answer);
            done.outcome.rows += 1;
            for count in &answer.counts {
                *done.outcome.counts.entry(count).or_default() += 1;
            }
            let wrote = match (self.format, self.table) {
                (Format::Jsonl, _) => self.json(row, &mut answer, &mut done.bytes),
                (_, true) => {
                    done.table.push(self.fields(row, &answer).map(Cow::into_owned).collect());
                    Ok(())
                }
                _ => self.known_keys(row).and_then(|()| {
                    let mut fields = self.fields(row, &answer).map(|f| if self.excel_safe { guard(f) } else { f });
                    if self.format == Format::Csv {
                        let write = fields.try_for_each(|f| csv.write_field(f.as_bytes()));
                        return write.and_then(|()| csv.write_record(None::<&[u8]>)).map_err(|e| Failure::new(e.to_string()));
                    }
                    self.tabbed(fields, &mut done.bytes);
                    Ok(())
                }),
            };
            if let Err(failure) = wrote {
                done.failure = Some(failure);
                break;
            }
        }
        if let Ok(bytes) = csv.into_inner() {
            done.bytes.extend(bytes);
        }
        done
    }

    /// An object with a key that is no column cannot be written as a row without losing it.
    fn known_keys(&self, row: &Row) -> Result<(), Failure> {
        let (Data::Object(object), Some(header)) = (&row.data, &self.header) else { return Ok(()) };
        match object.keys().find(|k| !header.contains(k)) {
            None => Ok(()),
            Some(key) => {
                let columns = header.join(", ");
                Err(Failure::new(format!(
                    "row {}: the key {key:?} is not among the columns of the first row ({columns}); write --format jsonl",
                    row.number
                )))
            }
        }
    }

    /// The fields of a row with the added ones, which stand under their header also when the row is too long or short.
    fn fields<'r>(&'r self, row: &'r Row, answer: &'r Answer) -> Box<dyn Iterator<Item = Cow<'r, str>> + 'r> {
        let added = answer.cells.iter().map(|c| Cow::Borrowed(c.as_str()));
        match &row.data {
            Data::Record(record) => {
                let width = self.width.unwrap_or(record.len());
                let missing = width.saturating_sub(record.len());
                let padding = std::iter::repeat_n("", missing).map(Cow::Borrowed);
                let own = || record.iter().map(Cow::Borrowed);
                Box::new(own().take(width).chain(padding).chain(added).chain(own().skip(width)))
            }
            Data::Line(line) => Box::new(std::iter::once(Cow::Borrowed(line.as_str())).chain(added)),
            Data::Object(object) => {
                let header = self.header.as_deref().unwrap_or_default();
                Box::new(header.iter().map(|h| object.get(h).and_then(as_text).unwrap_or_default()).chain(added))
            }
        }
    }

    fn json(&self, row: &Row, answer: &mut Answer, bytes: &mut Vec<u8>) -> Result<(), Failure> {
        let object = match answer.json.take() {
            Some(mut object) => {
                if let Some(own) = self.object(row).filter(|_| answer.with_row) {
                    object.insert("row".to_owned(), Value::Object(own));
                }
                object
            }
            None => {
                let mut object = self.object(row).unwrap_or_else(|| {
                    let name = self.column.name.clone();
                    Map::from_iter([(name, row.cell(&self.column).map(Cow::into_owned).into())])
                });
                if let Some(taken) = self.added.iter().find(|a| object.contains_key(*a)) {
                    let message = format!("row {} already has a key {taken:?}; give the added ones another name with --prefix", row.number);
                    return Err(Failure::new(message));
                }
                let added = self.added.iter().cloned().zip(answer.cells.iter().map(|c| Value::from(c.as_str())));
                object.extend(added);
                object
            }
        };
        serde_json::to_writer(&mut *bytes, &object).map_err(|e| Failure::new(e.to_string()))?;
        bytes.push(b'\n');
        Ok(())
    }

    /// The input's columns as an object; nothing for a line of text.
    fn object(&self, row: &Row) -> Option<Map<String, Value>> {
        match &row.data {
            Data::Line(_) => None,
            Data::Object(object) => Some(object.clone()),
            Data::Record(record) => {
                let name = |i: usize| self.header.as_ref().and_then(|h| h.get(i)).cloned().unwrap_or_else(|| (i + 1).to_string());
                Some(record.iter().enumerate().map(|(i, field)| (name(i), field.into())).collect())
            }
        }
    }

    fn full_header(&self, header: &[String]) -> Vec<String> {
        header.iter().chain(&self.added).cloned().collect()
    }

    fn write_header(&self, header: &[String], sink: &mut Sink) -> Result<(), Failure> {
        if self.table || self.format == Format::Jsonl {
            return Ok(());
        }
        let mut header = self.full_header(header);
        if self.excel_safe {
            header = header.into_iter().map(|h| guard(Cow::Owned(h)).into_owned()).collect();
        }
        if self.format != Format::Csv {
            let mut bytes = Vec::new();
            self.tabbed(header.iter().map(|h| Cow::Borrowed(h.as_str())), &mut bytes);
            sink.out.write_all(&bytes)?;
            return Ok(());
        }
        let mut csv = self.csv();
        let failed = |e: &dyn std::fmt::Display| Failure::new(e.to_string());
        csv.write_record(header).map_err(|e| failed(&e))?;
        sink.out.write_all(&csv.into_inner().map_err(|e| failed(&e))?)?;
        Ok(())
    }

    fn csv(&self) -> csv::Writer<Vec<u8>> {
        csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(if self.crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .flexible(true)
            .from_writer(Vec::new())
    }

    /// A line of tab-separated values.
    fn tabbed<'c>(&self, cells: impl Iterator<Item = Cow<'c, str>>, bytes: &mut Vec<u8>) {
        for (i, cell) in cells.enumerate() {
            if i > 0 {
                bytes.push(b'\t');
            }
            let cell = if self.raw_lines { within_line(&cell) } else { one_line(&cell) };
            bytes.extend_from_slice(cell.as_bytes());
        }
        bytes.extend_from_slice(if self.crlf { b"\r\n" } else { b"\n" });
    }
}

enum End {
    More,
    Last,
    /// After the rows that could be read.
    Failed(Failure),
}

fn read_batch(rows: &mut Input) -> (Vec<Row>, End) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        match rows.next() {
            Ok(Some(row)) => {
                bytes += row.size();
                batch.push(row);
            }
            Ok(None) => return (batch, End::Last),
            Err(failure) => return (batch, End::Failed(failure)),
        }
    }
    (batch, End::More)
}

struct Sink {
    out: Output,
    table: Vec<Vec<String>>,
    outcome: Outcome,
    progress: Progress,
}

impl Sink {
    fn take(&mut self, done: Done) -> Result<(), Failure> {
        self.out.write_all(&done.bytes)?;
        self.table.extend(done.table);
        self.outcome.rows += done.outcome.rows;
        for (name, count) in done.outcome.counts {
            *self.outcome.counts.entry(name).or_default() += count;
        }
        self.progress.tell(self.outcome.rows);
        match done.failure {
            Some(failure) => Err(failure),
            None => Ok(()),
        }
    }

    /// The rows before a fault still go to standard output; a file is not written half.
    fn stop(&mut self, failure: Failure) -> Result<(), Failure> {
        if matches!(self.out, Output::Stdout(_)) {
            self.out.flush()?;
        }
        Err(failure)
    }
}

/// A cell that no spreadsheet takes for a formula.
fn guard(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}").into(),
        false => cell,
    }
}
