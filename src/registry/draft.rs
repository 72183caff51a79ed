//! What was read from registry files, with the places it was read from; checked before it becomes a registry.

use super::date::Period;
use super::language::primary;
use super::model::*;
use crate::text::{At, Diagnostic, Fields, Source, shown};
use std::ops::Range;

/// What no id may hold: ids are listed with | between them.
pub(super) fn is_no_id(c: char) -> bool {
    c.is_control() || c == '|'
}

/// A file's number and a place in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub file: usize,
    pub span: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct DraftEntity {
    pub entity: Entity,
    pub id_at: Place,
    /// For each name, where its text stands.
    pub names_at: Vec<Place>,
    /// For each relation, where its target stands.
    pub relations_at: Vec<Place>,
}

/// Everything read so far, from any number of files.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub files: Vec<Source>,
    pub entities: Vec<DraftEntity>,
    pub claims: Vec<(Claim, Place)>,
    pub sources: Vec<(SourceRecord, Place)>,
    /// Each with the registry it belongs to.
    pub manifests: Vec<(usize, Manifest)>,
    /// For each file the registry it belongs to: the built-in one is 0, those named by a user follow.
    pub registry_of: Vec<usize>,
    /// The registry being read.
    pub registry: usize,
    /// Files that give no source for any name, told once a file.
    pub unsourced: Vec<usize>,
    pub found: Vec<Diagnostic>,
}

/// Reads the parts of one file.
pub(super) struct Reader<'a> {
    pub file: usize,
    pub source: &'a Source,
    pub found: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file, span }
    }

    /// Parses a word of a field, or tells that it is none.
    pub(super) fn parse<T: std::str::FromStr<Err = crate::Error>>(&mut self, text: Option<At<String>>) -> Option<T> {
        let text = text?;
        match text.value.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.found.push(self.source.error(text.span, error.to_string()));
                None
            }
        }
    }

    fn parse_all<T: std::str::FromStr<Err = crate::Error>>(&mut self, texts: Vec<At<String>>) -> Vec<T> {
        texts.into_iter().filter_map(|text| self.parse(Some(text))).collect()
    }

    fn values(texts: Vec<At<String>>) -> Vec<String> {
        texts.into_iter().map(|t| t.value).collect()
    }

    /// The citations of a field; an empty one is none.
    fn cited(&mut self, fields: &mut Fields) -> Vec<String> {
        let texts = fields.texts("source", self.found);
        texts.into_iter().map(|t| t.value).filter(|t| !t.trim().is_empty()).collect()
    }

    pub(super) fn country(&mut self, text: Option<At<String>>) -> Option<String> {
        let text = text.filter(|t| !t.value.is_empty())?;
        match country_code(&text.value) {
            Ok(code) => Some(code),
            Err(error) => {
                self.found.push(self.source.error(text.span, error.to_string()));
                None
            }
        }
    }

    pub(super) fn entity(&mut self, mut fields: Fields) -> DraftEntity {
        let id = fields.filled("id", self.found);
        if !id.value.is_empty() && id.value.contains(is_no_id) {
            self.found.push(self.source.error(id.span.clone(), "an id has no control characters and no |"));
        }
        let kind = fields.text("type", self.found);
        let country = fields.text("country", self.found);
        let rows = fields.tables("name", self.found);
        let (mut names, mut names_at) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for name in rows {
            let (name, at) = self.name(name, names.is_empty());
            names.push(name);
            names_at.push(at);
        }
        if names.is_empty() {
            self.found.push(self.source.error(id.span.clone(), format!("the entity {} has no name", id.value)));
        }
        let (mut relations, mut relations_at) = (Vec::new(), Vec::new());
        for relation in fields.tables("relation", self.found) {
            let (relation, at) = self.relation(relation);
            relations.push(relation);
            relations_at.push(at);
        }
        let mut identifiers = Vec::new();
        for mut row in fields.tables("identifier", self.found) {
            let authority = row.filled("authority", self.found).value;
            identifiers.push(Identifier { authority, value: row.filled("value", self.found).value });
            row.finish(self.found);
        }
        let note = fields.text("note", self.found).map(|t| t.value).unwrap_or_default();
        fields.finish(self.found);
        let entity = Entity { id: id.value, kind: self.parse(kind), country: self.country(country), names, relations, identifiers, note };
        DraftEntity { entity, id_at: self.place(id.span), names_at, relations_at }
    }

    fn name(&mut self, mut fields: Fields, first: bool) -> (Name, Place) {
        let text = fields.filled("text", self.found);
        let kind = fields.text("kind", self.found);
        let default = if first { NameKind::Authorised } else { NameKind::Variant };
        let lang = fields.text("lang", self.found);
        let script = fields.text("script", self.found);
        let name = Name {
            lang: self.language(lang),
            stated_script: self.script(script),
            kind: if kind.is_some() { self.parse(kind).unwrap_or(default) } else { default },
            schemes: Self::values(fields.texts("scheme", self.found)),
            made: {
                let made = fields.text("made", self.found);
                self.parse(made)
            },
            valid: {
                let valid = fields.texts("valid", self.found);
                self.parse_all::<Period>(valid)
            },
            sources: self.cited(&mut fields),
            certainty: {
                let certainty = fields.text("certainty", self.found);
                self.parse(certainty)
            },
            note: fields.text("note", self.found).map(|t| t.value).unwrap_or_default(),
            text: text.value,
        };
        fields.finish(self.found);
        (name, self.place(text.span))
    }

    /// A language tag. Its first part is a code of a language, where it has two letters one that is known; the rest is told by its form.
    pub(super) fn language(&mut self, text: Option<At<String>>) -> Option<String> {
        let text = text.filter(|t| !t.value.is_empty())?;
        let mut subtags = text.value.split('-');
        let (first, letters) = (subtags.next().unwrap_or_default(), |tag: &str| tag.bytes().all(|b| b.is_ascii_alphabetic()));
        let is_primary = letters(first) && matches!(first.len(), 2 | 3) || matches!(first, "x" | "i") && text.value.len() > 2;
        let is_further = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_code = is_primary && matches!(first.len(), 2 | 3);
        let message = match if is_code { primary(first) } else { Ok(()) } {
            Err(Some(meant)) => format!("unknown language tag {}; did you mean {}?", shown(first), shown(meant)),
            Ok(()) if is_primary && subtags.all(is_further) => return Some(text.value),
            _ => format!("{} is not a language tag: expected one of BCP 47, such as kk, ru or kk-Latn", shown(&text.value)),
        };
        self.found.push(self.source.error(text.span, message));
        None
    }

    pub(super) fn script(&mut self, text: Option<At<String>>) -> Option<String> {
        let text = text.filter(|t| !t.value.is_empty())?;
        if crate::text::Script::from_short_name(&text.value).is_none() {
            let message = format!("{:?} is not a script code: expected an ISO 15924 code, such as Cyrl", text.value);
            self.found.push(self.source.error(text.span, message));
            return None;
        }
        Some(text.value)
    }

    fn relation(&mut self, mut fields: Fields) -> (Relation, Place) {
        let kind = fields.filled("type", self.found);
        if !kind.value.is_empty() && super::relation::relation_type(&kind.value).is_none() {
            let all = super::relation::relation_types();
            let mut message = crate::Error::unknown("relation", &kind.value, all.iter().map(|r| r.name.as_str())).to_string();
            if let Some(relation) = all.iter().find(|r| r.inverse == kind.value) {
                message = format!("{:?} is the other side of {:?}: write it on the other entity", kind.value, relation.name);
            }
            self.found.push(self.source.error(kind.span, message));
        }
        let to = fields.filled("to", self.found);
        let valid = fields.text("valid", self.found);
        let relation = Relation {
            kind: kind.value,
            valid: self.parse(valid),
            sources: self.cited(&mut fields),
            note: fields.text("note", self.found).map(|t| t.value).unwrap_or_default(),
            to: to.value,
        };
        fields.finish(self.found);
        (relation, self.place(to.span))
    }

    pub(super) fn claim(&mut self, mut fields: Fields) -> (Claim, Place) {
        let id = fields.filled("id", self.found);
        let mut claim = Claim {
            id: id.value,
            about: Self::values(fields.texts("about", self.found)),
            field: fields.filled("field", self.found).value,
            values: Vec::new(),
            reading: fields.text("reading", self.found).map(|t| t.value).unwrap_or_default(),
        };
        for mut row in fields.tables("value", self.found) {
            let value = row.filled("value", self.found).value;
            claim.values.push(ClaimValue { value, sources: self.cited(&mut row) });
            row.finish(self.found);
        }
        fields.finish(self.found);
        (claim, self.place(id.span))
    }

    pub(super) fn source_record(&mut self, mut fields: Fields) -> (SourceRecord, Place) {
        let id = fields.filled("id", self.found);
        let date = fields.text("date", self.found);
        let quality = fields.text("quality", self.found);
        let record = SourceRecord {
            title: fields.filled("title", self.found).value,
            date: self.parse(date),
            quality: self.parse(quality),
            url: fields.text("url", self.found).map(|t| t.value).unwrap_or_default(),
            note: fields.text("note", self.found).map(|t| t.value).unwrap_or_default(),
            id: id.value,
        };
        fields.finish(self.found);
        (record, self.place(id.span))
    }

    pub(super) fn manifest(&mut self, fields: &mut Fields) -> Option<Manifest> {
        let title = fields.text("title", self.found);
        let version = fields.text("version", self.found);
        let scope = fields.table("scope", self.found);
        let note = fields.text("note", self.found);
        if title.is_none() && version.is_none() && scope.is_none() && note.is_none() {
            return None;
        }
        let mut read = Scope::default();
        if let Some(mut scope) = scope {
            let country = scope.text("country", self.found);
            let kind = scope.text("type", self.found);
            read = Scope { country: self.country(country), kind: self.parse(kind) };
            scope.finish(self.found);
        }
        let text = |at: Option<At<String>>| at.map(|t| t.value).unwrap_or_default();
        Some(Manifest { title: text(title), version: text(version), scope: read, note: text(note) })
    }
}
