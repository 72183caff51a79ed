//! Reading registry files: TOML, JSON lines and CSV, one file or a folder of them.

use super::draft::{Draft, DraftEntity, Place, Reader, is_no_id};
use super::image;
use super::model::*;
use crate::error::Error;
use crate::text::{At, Fields, Quotes, Source, from_json, read_toml};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// The columns of a CSV registry; `id` and `name` must be there.
pub(super) const COLUMNS: [&str; 11] = ["id", "name", "type", "country", "lang", "script", "scheme", "kind", "valid", "source", "note"];

/// Reads a file, or all registry files of a folder in the order of their names.
pub(super) fn read_path(path: &Path, draft: &mut Draft) -> Result<(), Error> {
    let meta = std::fs::metadata(path).map_err(|e| Error::io(path, &e))?;
    if !meta.is_dir() {
        return read_file(path, draft);
    }
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort();
    if files.is_empty() {
        return Err(Error::file(path, "the folder has no .toml, .csv or .jsonl file"));
    }
    files.iter().try_for_each(|file| read_file(file, draft))
}

/// The registry files of a folder and its folders; links to folders are not followed, so that there is no circle.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::io(folder, &e);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(&path, files)?;
        } else if format_of(&path).is_some() && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// The format that a file's ending says.
fn format_of(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    ["toml", "csv", "jsonl"].into_iter().find(|known| *known == ending)
}

fn read_file(path: &Path, draft: &mut Draft) -> Result<(), Error> {
    let Some(format) = format_of(path) else {
        if path.extension().is_some_and(|ending| ending == "atau") {
            return Err(Error::file(path, image::NOT_BUILT));
        }
        return Err(Error::file(path, "expected a registry file: .toml, .csv or .jsonl"));
    };
    read_text(&path.display().to_string(), &Error::text(path, "registry")?, format, draft);
    Ok(())
}

/// Reads one file's text; `format` is the ending of its name.
pub(super) fn read_text(name: &str, text: &str, format: &str, draft: &mut Draft) {
    let source = Source::new(name, text);
    let file = draft.files.len();
    draft.files.push(source.clone());
    draft.registry_of.push(draft.registry);
    match format {
        "jsonl" => read_jsonl(file, &source, draft),
        "csv" => read_csv(file, &source, draft),
        _ => read_toml_file(file, &source, draft),
    }
}

fn read_toml_file(file: usize, source: &Source, draft: &mut Draft) {
    let node = read_toml(source, &mut draft.found);
    let mut fields = Fields::new(source, node, &mut draft.found);
    let found = &mut draft.found;
    let (entities, claims, sources) = (fields.tables("entity", found), fields.tables("claim", found), fields.tables("source", found));
    let mut reader = Reader { file, source, found };
    let manifest = reader.manifest(&mut fields);
    draft.entities.extend(entities.into_iter().map(|f| reader.entity(f)));
    draft.claims.extend(claims.into_iter().map(|f| reader.claim(f)));
    draft.sources.extend(sources.into_iter().map(|f| reader.source_record(f)));
    let registry = draft.registry;
    draft.manifests.extend(manifest.map(|m| (registry, m)));
    fields.finish(&mut draft.found);
}

fn read_jsonl(file: usize, source: &Source, draft: &mut Draft) {
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let span = start..start + line.trim_end().len();
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let value = match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => {
                let at = span.start + column_offset(line, error.column());
                // The place that it tells is in bytes.
                let told = error.to_string();
                let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
                draft.found.push(source.error(at..at, format!("expected one JSON object a line: {told}")));
                continue;
            }
        };
        let serde_json::Value::Object(_) = value else {
            draft
                .found
                .push(source.error(span, format!("expected one JSON object a line, found {}", from_json(value, 0..0).value.describe())));
            continue;
        };
        let fields = Fields::new(source, from_json(value, span), &mut draft.found);
        let entity = Reader { file, source, found: &mut draft.found }.entity(fields);
        draft.entities.push(entity);
    }
}

/// serde_json counts columns in bytes from 1.
fn column_offset(line: &str, column: usize) -> usize {
    column.saturating_sub(1).min(line.trim_end().len())
}

fn read_csv(file: usize, source: &Source, draft: &mut Draft) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source.text().as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return draft.found.push(source.error(0..0, error.to_string())),
    };
    let mut quotes = Quotes::default();
    source.text().bytes().for_each(|b| quotes.follow(b, b','));
    if let Some(line) = quotes.unclosed() {
        let start = source.line_start(line);
        draft.found.push(source.error(start..start, "the quotation mark that opens a field is never closed"));
    }
    let first_line = 0..source.text().find('\n').unwrap_or(source.text().len());
    for name in header.iter().filter(|h| !COLUMNS.contains(h)) {
        let mut finding = source.error(first_line.clone(), format!("unknown column {name:?}: expected some of {}", COLUMNS.join(", ")));
        if let Some(near) = crate::text::nearest(name, COLUMNS) {
            finding = finding.with_help(format!("did you mean {near:?}?"));
        } else if header.len() == 1 && name.contains([';', '\t']) {
            finding = finding.with_help("the columns of a registry are separated by commas");
        }
        draft.found.push(finding);
    }
    for (i, name) in header.iter().enumerate().filter(|(i, name)| header.iter().take(*i).any(|h| h == *name)) {
        draft.found.push(source.error(first_line.clone(), format!("columns are called {name:?} twice: {} is the second", i + 1)));
    }
    let column = |name: &str| header.iter().position(|h| h == name);
    for name in ["id", "name"] {
        if column(name).is_none() {
            draft.found.push(source.error(first_line.clone(), format!("there is no column {name:?}")));
        }
    }
    if draft.found.iter().any(|f| f.is_error() && f.file == source.name()) {
        return;
    }
    if let Some(line) = quotes.trailing_text() {
        let start = source.line_start(line);
        let row = start..start + source.text()[start..].lines().next().map_or(0, str::len);
        let message = "there is text after the quotation mark that closes a field; a mark inside a field is doubled";
        draft.found.push(source.error(row, message));
    }
    if column("source").is_none() {
        draft.unsourced.push(file);
    }
    let columns = COLUMNS.map(column);
    let mut at_id: FxHashMap<String, usize> = FxHashMap::default();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                draft.found.push(source.error(0..0, error.to_string()));
                break;
            }
        }
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let line_start = start + source.text()[start..].len() - source.text()[start..].trim_start_matches(['\n', '\r']).len();
        let line_end = source.text()[line_start..].find('\n').map_or(source.text().len(), |i| line_start + i);
        let span = line_start..line_end;
        if record.len() != header.len() {
            let fields = if record.len() == 1 { "field" } else { "fields" };
            let message = format!("the row has {} {fields}, expected {}", record.len(), header.len());
            draft.found.push(source.error(span, message));
            continue;
        }
        let cell = |column: Column| columns[column as usize].and_then(|i| record.get(i)).map(str::trim).filter(|c| !c.is_empty());
        let row = CsvRow { cell: &cell, span: span.clone() };
        let mut reader = Reader { file, source, found: &mut draft.found };
        let Some(id) = cell(Column::Id) else {
            reader.found.push(source.error(span, "the row has no id"));
            continue;
        };
        match at_id.get(id) {
            Some(at) => row.add_to(&mut draft.entities[*at], &mut reader),
            None => {
                at_id.insert(id.to_owned(), draft.entities.len());
                let entity = row.begin(id, &mut reader);
                draft.entities.push(entity);
            }
        }
    }
}

/// The columns in the order of [`COLUMNS`].
#[derive(Clone, Copy)]
enum Column {
    Id,
    Name,
    Type,
    Country,
    Lang,
    Script,
    Scheme,
    Kind,
    Valid,
    Source,
    Note,
}

struct CsvRow<'a> {
    cell: &'a dyn Fn(Column) -> Option<&'a str>,
    span: std::ops::Range<usize>,
}

impl CsvRow<'_> {
    fn at(&self, column: Column) -> Option<At<String>> {
        (self.cell)(column).map(|value| At { value: value.to_owned(), span: self.span.clone() })
    }

    fn begin(&self, id: &str, reader: &mut Reader) -> DraftEntity {
        if id.contains(is_no_id) {
            reader.found.push(reader.source.error(self.span.clone(), "an id has no control characters and no |"));
        }
        let entity = Entity {
            id: id.to_owned(),
            kind: reader.parse(self.at(Column::Type)),
            country: reader.country(self.at(Column::Country)),
            // Most have one; a vector that grows of itself has room for four.
            names: Vec::with_capacity(1),
            relations: Vec::new(),
            identifiers: Vec::new(),
            note: String::new(),
        };
        let mut draft =
            DraftEntity { entity, id_at: reader.place(self.span.clone()), names_at: Vec::with_capacity(1), relations_at: Vec::new() };
        self.add_name(&mut draft, reader, NameKind::Authorised);
        draft
    }

    /// A further row of an entity: another name, and the same type and country if it says them.
    fn add_to(&self, draft: &mut DraftEntity, reader: &mut Reader) {
        let kind: Option<EntityType> = reader.parse(self.at(Column::Type));
        let country = reader.country(self.at(Column::Country));
        let entity = &mut draft.entity;
        let differs = |a: Option<String>, b: Option<String>| a.zip(b).filter(|(a, b)| a != b);
        let word = |k: EntityType| k.as_str().to_owned();
        let clash = differs(entity.kind.map(word), kind.map(word)).or_else(|| differs(entity.country.clone(), country.clone()));
        if let Some((before, now)) = clash {
            let message = format!("{} was {before} in an earlier row and is {now} here", entity.id);
            reader.found.push(reader.source.error(self.span.clone(), message));
        }
        entity.kind = entity.kind.or(kind);
        entity.country = entity.country.take().or(country);
        self.add_name(draft, reader, NameKind::Variant);
    }

    fn add_name(&self, draft: &mut DraftEntity, reader: &mut Reader, default: NameKind) {
        let Some(text) = (self.cell)(Column::Name) else {
            reader.found.push(reader.source.error(self.span.clone(), format!("the row of {} has no name", draft.entity.id)));
            return;
        };
        let list = |column: Column| -> Vec<String> {
            let parts = (self.cell)(column).unwrap_or_default().split(';').map(str::trim);
            parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let lang = reader.language(self.at(Column::Lang));
        let valid = list(Column::Valid).into_iter().filter_map(|p| reader.parse(Some(At { value: p, span: self.span.clone() })));
        let name = Name {
            text: text.to_owned(),
            lang,
            valid: valid.collect(),
            kind: reader.parse(self.at(Column::Kind)).unwrap_or(default),
            stated_script: reader.script(self.at(Column::Script)),
            schemes: list(Column::Scheme),
            made: None,
            sources: list(Column::Source),
            certainty: None,
            note: (self.cell)(Column::Note).unwrap_or_default().to_owned(),
        };
        draft.entity.names.push(name);
        draft.names_at.push(Place { file: reader.file, span: self.span.clone() });
    }
}
