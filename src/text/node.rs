//! A data file as a tree whose every value knows its place, so that all its faults are told at once.

use super::numbers::Number;
use super::{Diagnostic, Source, nearest, shown};
use std::ops::{Range, RangeInclusive};
use toml::de::{DeTable, DeValue};

/// A value with the place it was read from.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub value: T,
    pub span: Range<usize>,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    /// A number with a fraction, or one too large for an integer; not a number (NaN) where it is too large for this, too.
    Float(f64),
    Boolean(bool),
    List(Vec<At<Value>>),
    Table(Vec<(At<String>, At<Value>)>),
    Nothing,
}

impl Value {
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Nothing => "nothing",
        }
    }
}

/// Reads a TOML file; its syntax errors go to `found`, and what could be read is returned.
pub(crate) fn read_toml(source: &Source, found: &mut Vec<Diagnostic>) -> At<Value> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    found.extend(errors.iter().map(|e| source.error(e.span().unwrap_or(0..0), e.message().trim())));
    let span = table.span();
    At { value: from_toml(DeValue::Table(table.into_inner())), span }
}

fn from_toml(value: DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).map_or(Value::Float(f64::NAN), Value::Integer),
        DeValue::Boolean(b) => Value::Boolean(b),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Float(n) => Value::Float(n.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| {
                    let span = item.span();
                    At { value: from_toml(item.into_inner()), span }
                })
                .collect(),
        ),
        DeValue::Table(table) => {
            let mut rows: Vec<_> = table
                .into_iter()
                .map(|(key, item)| {
                    let key = At { span: key.span(), value: key.into_inner().into_owned() };
                    let span = item.span();
                    (key, At { value: from_toml(item.into_inner()), span })
                })
                .collect();
            rows.sort_by_key(|(key, _)| key.span.start);
            Value::Table(rows)
        }
    }
}

/// A JSON value as such a tree; every part of it has the place of the whole.
pub(crate) fn from_json(value: serde_json::Value, span: Range<usize>) -> At<Value> {
    use serde_json::Value as Json;
    let value = match value {
        Json::String(text) => Value::Text(text),
        Json::Bool(b) => Value::Boolean(b),
        Json::Number(n) => n.as_i64().map_or(Value::Float(n.as_f64().unwrap_or(f64::NAN)), Value::Integer),
        Json::Array(items) => Value::List(items.into_iter().map(|item| from_json(item, span.clone())).collect()),
        Json::Object(rows) => Value::Table(
            rows.into_iter()
                .filter(|(_, item)| !item.is_null())
                .map(|(key, item)| (At { value: key, span: span.clone() }, from_json(item, span.clone())))
                .collect(),
        ),
        Json::Null => Value::Nothing,
    };
    At { value, span }
}

/// A table whose fields are taken out one by one; what is left at the end is unknown.
pub(crate) struct Fields<'a> {
    source: &'a Source,
    span: Range<usize>,
    rest: Vec<(At<String>, At<Value>)>,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(source: &'a Source, node: At<Value>, found: &mut Vec<Diagnostic>) -> Self {
        let span = node.span;
        let rest = match node.value {
            Value::Table(rows) => rows,
            other => {
                found.push(source.error(span.clone(), format!("expected a table, found {}", other.describe())));
                Vec::new()
            }
        };
        Fields { source, span, rest, asked: Vec::new() }
    }

    /// Where the table stands.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    fn take(&mut self, name: &'static str) -> Option<At<Value>> {
        self.asked.push(name);
        let at = self.rest.iter().position(|(key, _)| key.value == name)?;
        Some(self.rest.remove(at).1)
    }

    fn mismatch<T>(&self, name: &str, expected: &str, node: &At<Value>, found: &mut Vec<Diagnostic>) -> Option<T> {
        let message = format!("{name}: expected {expected}, found {}", node.value.describe());
        found.push(self.source.error(node.span.clone(), message));
        None
    }

    /// A text, if the field is there.
    pub(crate) fn text(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Option<At<String>> {
        let node = self.take(name)?;
        match node.value {
            Value::Text(value) => Some(At { value, span: node.span }),
            _ => self.mismatch(name, "text", &node, found),
        }
    }

    /// A text that must be there; empty, after an error, when it is not.
    pub(crate) fn required(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> At<String> {
        let before = found.len();
        match self.text(name, found) {
            Some(text) => text,
            None => {
                if found.len() == before {
                    found.push(self.source.error(self.head(), format!("the field {} is missing", shown(name))));
                }
                At { value: String::new(), span: self.span() }
            }
        }
    }

    /// A text that must be there and say something.
    pub(crate) fn filled(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> At<String> {
        let before = found.len();
        let text = self.required(name, found);
        if text.value.trim().is_empty() && found.len() == before {
            found.push(self.source.error(text.span.clone(), format!("the field {} is empty", shown(name))));
        }
        text
    }

    /// The first line of the table, to point at when something in it is missing.
    fn head(&self) -> Range<usize> {
        let text = &self.source.text()[self.span.start.min(self.source.text().len())..];
        self.span.start..self.span.start + text.find('\n').unwrap_or(text.len())
    }

    pub(crate) fn integer(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Option<i64> {
        self.placed_integer(name, found).map(|n| n.value)
    }

    pub(crate) fn placed_integer(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Option<At<i64>> {
        let node = self.take(name)?;
        match node.value {
            Value::Integer(value) => Some(At { value, span: node.span }),
            _ => self.mismatch(name, "a whole number", &node, found),
        }
    }

    /// A number that must be there and lie in a range; the least of it, after an error, when it does not.
    pub(crate) fn number<N: Number>(&mut self, name: &'static str, range: RangeInclusive<f64>, found: &mut Vec<Diagnostic>) -> N {
        let (least, most) = (*range.start(), *range.end());
        let Some(node) = self.take(name) else {
            found.push(self.source.error(self.head(), format!("the field {} is missing", shown(name))));
            return N::of(least);
        };
        let kind = if N::WHOLE { "a whole number" } else { "a number" };
        let value = match node.value {
            Value::Integer(n) => n as f64,
            Value::Float(n) => n,
            _ => return N::of(self.mismatch(name, kind, &node, found).unwrap_or(least)),
        };
        if range.contains(&value) && !(N::WHOLE && value.fract() != 0.0) {
            return N::of(value);
        }
        found.push(self.source.error(node.span, format!("{name}: expected {kind} from {least} to {most}, found {value}")));
        N::of(least)
    }

    pub(crate) fn boolean(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Option<bool> {
        let node = self.take(name)?;
        match node.value {
            Value::Boolean(b) => Some(b),
            _ => self.mismatch(name, "true or false", &node, found),
        }
    }

    /// A list of texts; one text alone counts as a list of one. Empty when the field is not there.
    pub(crate) fn texts(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Vec<At<String>> {
        let Some(node) = self.take(name) else { return Vec::new() };
        let items = match node.value {
            Value::List(items) => items,
            Value::Text(_) => vec![node],
            _ => return self.mismatch::<Vec<_>>(name, "a list of texts", &node, found).unwrap_or_default(),
        };
        items
            .into_iter()
            .filter_map(|item| match item.value {
                Value::Text(value) => Some(At { value, span: item.span }),
                _ => self.mismatch(name, "text", &item, found),
            })
            .collect()
    }

    /// A table of texts, in the order of the file.
    pub(crate) fn pairs(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Vec<(At<String>, At<String>)> {
        let Some(node) = self.take(name) else { return Vec::new() };
        let Value::Table(rows) = node.value else {
            return self.mismatch::<Vec<_>>(name, "a table", &node, found).unwrap_or_default();
        };
        rows.into_iter()
            .filter_map(|(key, item)| match item.value {
                Value::Text(value) => Some((key, At { value, span: item.span })),
                _ => self.mismatch(&key.value, "text", &item, found),
            })
            .collect()
    }

    /// A table of tables or of anything else, by name.
    pub(crate) fn named(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Vec<(At<String>, Fields<'a>)> {
        let Some(node) = self.take(name) else { return Vec::new() };
        let Value::Table(rows) = node.value else {
            return self.mismatch::<Vec<_>>(name, "a table", &node, found).unwrap_or_default();
        };
        rows.into_iter().map(|(key, item)| (key, Fields::new(self.source, item, found))).collect()
    }

    /// One table.
    pub(crate) fn table(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Option<Fields<'a>> {
        let node = self.take(name)?;
        Some(Fields::new(self.source, node, found))
    }

    /// One table that must be there.
    pub(crate) fn section(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Option<Fields<'a>> {
        let table = self.table(name, found);
        if table.is_none() {
            found.push(self.source.error(self.head(), format!("the table {} is missing", shown(name))));
        }
        table
    }

    /// A list of tables.
    pub(crate) fn tables(&mut self, name: &'static str, found: &mut Vec<Diagnostic>) -> Vec<Fields<'a>> {
        let Some(node) = self.take(name) else { return Vec::new() };
        match node.value {
            Value::List(items) => items.into_iter().map(|item| Fields::new(self.source, item, found)).collect(),
            _ => self.mismatch::<Vec<_>>(name, "a list of tables", &node, found).unwrap_or_default(),
        }
    }

    /// Whatever was not asked for is an unknown field.
    pub(crate) fn finish(self, found: &mut Vec<Diagnostic>) {
        for (key, _) in &self.rest {
            let mut finding = self.source.error(key.span.clone(), format!("unknown field {}", shown(&key.value)));
            if let Some(near) = nearest(&key.value, self.asked.iter().copied()) {
                finding = finding.with_help(format!("did you mean {}?", shown(near)));
            }
            found.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_are_told_with_their_places() {
        let source = Source::new("x.toml", "id = 3\ntitel = \"Ә\"\nwhen = [1, \"a\"]\n");
        let mut found = Vec::new();
        let node = read_toml(&source, &mut found);
        let mut fields = Fields::new(&source, node, &mut found);
        fields.text("id", &mut found);
        fields.required("title", &mut found);
        assert_eq!(fields.texts("when", &mut found).len(), 1);
        fields.finish(&mut found);
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "x.toml:1:6: error: id: expected text, found a number",
                "x.toml:1:1: error: the field “title” is missing",
                "x.toml:3:9: error: when: expected text, found a number",
                "x.toml:2:1: error: unknown field “titel” (did you mean “title”?)",
            ]
        );
    }

    #[test]
    fn several_syntax_errors_are_told_at_once() {
        let source = Source::new("x.toml", "a = \nb = \"x\"\nc = ]\n");
        let mut found = Vec::new();
        read_toml(&source, &mut found);
        assert!(found.len() >= 2, "{found:?}");
    }
}
