//! Writing a registry as TOML, JSON lines or CSV, and what each cannot hold.

use super::model::*;
use super::read::COLUMNS;
use super::{Period, Registry};
use serde_json::{Map, Value, json};

/// A format of registry files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegistryFormat {
    /// TOML: everything.
    Toml,
    /// CSV: one name a row; no relations, identifiers, claims and sources.
    Csv,
    /// One entity a line; no claims, sources and manifest.
    Jsonl,
}

impl RegistryFormat {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            RegistryFormat::Toml => "toml",
            RegistryFormat::Csv => "csv",
            RegistryFormat::Jsonl => "jsonl",
        }
    }
}

impl Registry {
    /// The registry as the text of one file. [`Registry::losses`] tells what the format does not hold.
    pub fn to_text(&self, format: RegistryFormat) -> String {
        match format {
            RegistryFormat::Toml => self.to_toml(),
            RegistryFormat::Csv => self.to_csv(),
            RegistryFormat::Jsonl => self.entities().map(|e| entity_json(&e).to_string() + "\n").collect(),
        }
    }

    /// What is lost in a format, in words; empty when nothing is.
    pub fn losses(&self, format: RegistryFormat) -> Vec<String> {
        let mut losses = Vec::new();
        let mut lose = |count: usize, one: &str, several: &str| {
            if count > 0 {
                losses.push(format!("{count} {}", if count == 1 { one } else { several }));
            }
        };
        if format != RegistryFormat::Toml {
            lose(self.claims().len(), "claim", "claims");
            lose(self.sources().len(), "record of a source", "records of sources");
            lose(self.titles().len(), "manifest", "manifests");
        } else {
            // What was joined has one manifest now, and one list of sources.
            lose(self.titles().len().saturating_sub(1), "further manifest", "further manifests");
            let scope = &self.manifest().scope;
            let moved = self.entities().enumerate().filter(|(at, e)| (scope.is_empty() || scope.holds(e)) != self.is_in_scope(*at)).count();
            lose(moved, "entity's place in the scope of its registry", "entities' places in the scopes of their registries");
            let is_listed = |citation: &&String| self.sources().is_empty() || self.source(citation).is_some();
            let cited = |e: &Entity| {
                let cited = e.names.iter().flat_map(|n| &n.sources).chain(e.relations.iter().flat_map(|r| &r.sources));
                cited.filter(|citation| !is_listed(citation)).count()
            };
            let of_claims = self.claims().iter().flat_map(|c| &c.values).flat_map(|v| &v.sources).filter(|citation| !is_listed(citation));
            let unlisted = self.entities().map(|e| cited(&e)).sum::<usize>() + of_claims.count();
            lose(unlisted, "citation of a source that no list has, an error now", "citations of sources that no list has, errors now");
        }
        if format == RegistryFormat::Csv {
            let sum = |f: &dyn Fn(&Entity) -> usize| self.entities().map(|e| f(&e)).sum();
            lose(sum(&|e| e.relations.len()), "relation", "relations");
            let spaced = |text: &str| text.trim() != text;
            lose(
                sum(&|e| e.names.iter().filter(|n| spaced(&n.text) || spaced(&e.id)).count()),
                "name or id with spaces at its ends",
                "names or ids with spaces at their ends",
            );
            let divided = |n: &Name| n.sources.iter().chain(&n.schemes).any(|s| s.contains(';'));
            lose(sum(&|e| e.names.iter().filter(|n| divided(n)).count()), "source with ; in it", "sources with ; in them");
            lose(sum(&|e| e.identifiers.len()), "identifier", "identifiers");
            lose(sum(&|e| usize::from(!e.note.is_empty())), "note on an entity", "notes on entities");
            lose(sum(&|e| e.names.iter().filter(|n| n.certainty.is_some()).count()), "mark of certainty", "marks of certainty");
            lose(sum(&|e| e.names.iter().filter(|n| n.made.is_some()).count()), "mark of who made a name", "marks of who made a name");
        }
        losses
    }

    fn to_csv(&self) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        let mut write = |row: [&str; 11]| out.write_record(row).is_ok();
        write(COLUMNS);
        for entity in self.entities() {
            for name in &entity.names {
                write([
                    &entity.id,
                    &name.text,
                    entity.kind.map_or("", EntityType::as_str),
                    entity.country.as_deref().unwrap_or_default(),
                    name.lang.as_deref().unwrap_or_default(),
                    name.stated_script.as_deref().unwrap_or_default(),
                    &name.schemes.join(";"),
                    name.kind.as_str(),
                    &name.valid.iter().map(Period::to_string).collect::<Vec<_>>().join(";"),
                    &name.sources.join(";"),
                    &name.note,
                ]);
            }
        }
        // Writing UTF-8 to memory gives UTF-8.
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    fn to_toml(&self) -> String {
        let mut out = String::new();
        let manifest = self.manifest();
        let mut head = Lines(&mut out);
        head.text("title", &manifest.title);
        head.text("version", &manifest.version);
        let mut scope = Vec::new();
        scope.extend(manifest.scope.country.as_ref().map(|c| format!("country = {}", quoted(c))));
        scope.extend(manifest.scope.kind.map(|k| format!("type = {}", quoted(k.as_str()))));
        if !scope.is_empty() {
            head.raw("scope", &format!("{{ {} }}", scope.join(", ")));
        }
        head.text("note", &manifest.note);
        for source in self.sources() {
            let mut lines = head.begin("[[source]]");
            lines.text("id", &source.id);
            lines.text("title", &source.title);
            lines.text("date", &source.date.as_ref().map(Period::to_string).unwrap_or_default());
            lines.text("quality", source.quality.map_or("", Certainty::as_str));
            lines.text("url", &source.url);
            lines.text("note", &source.note);
        }
        for claim in self.claims() {
            let mut lines = head.begin("[[claim]]");
            lines.text("id", &claim.id);
            lines.list("about", &claim.about);
            lines.text("field", &claim.field);
            lines.text("reading", &claim.reading);
            for value in &claim.values {
                let mut lines = lines.begin("[[claim.value]]");
                lines.text("value", &value.value);
                lines.list("source", &value.sources);
            }
        }
        for entity in self.entities() {
            entity_toml(&entity, head.begin("[[entity]]"));
        }
        out
    }
}

fn entity_toml(entity: &Entity, mut lines: Lines) {
    lines.text("id", &entity.id);
    lines.text("type", entity.kind.map_or("", EntityType::as_str));
    lines.text("country", entity.country.as_deref().unwrap_or_default());
    lines.text("note", &entity.note);
    for name in &entity.names {
        let mut lines = lines.begin("[[entity.name]]");
        lines.text("text", &name.text);
        lines.text("lang", name.lang.as_deref().unwrap_or_default());
        lines.text("script", name.stated_script.as_deref().unwrap_or_default());
        lines.text("kind", name.kind.as_str());
        match name.schemes.as_slice() {
            [one] => lines.text("scheme", one),
            several => lines.list("scheme", several),
        }
        lines.text("made", name.made.map_or("", Made::as_str));
        lines.list("valid", &name.valid.iter().map(Period::to_string).collect::<Vec<_>>());
        lines.list("source", &name.sources);
        lines.text("certainty", name.certainty.map_or("", Certainty::as_str));
        lines.text("note", &name.note);
    }
    for relation in &entity.relations {
        let mut lines = lines.begin("[[entity.relation]]");
        lines.text("type", &relation.kind);
        lines.text("to", &relation.to);
        lines.text("valid", &relation.valid.as_ref().map(Period::to_string).unwrap_or_default());
        lines.list("source", &relation.sources);
        lines.text("note", &relation.note);
    }
    for identifier in &entity.identifiers {
        let mut lines = lines.begin("[[entity.identifier]]");
        lines.text("authority", &identifier.authority);
        lines.text("value", &identifier.value);
    }
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Writes the fields that are not empty, one a line.
struct Lines<'a>(&'a mut String);

impl Lines<'_> {
    fn begin(&mut self, header: &str) -> Lines<'_> {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(header);
        self.0.push('\n');
        Lines(self.0)
    }

    fn raw(&mut self, name: &str, value: &str) {
        self.0.extend([name, " = ", value, "\n"]);
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.raw(name, &quoted(value));
        }
    }

    fn list(&mut self, name: &str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|v| quoted(v)).collect();
            self.raw(name, &format!("[{}]", values.join(", ")));
        }
    }
}

fn entity_json(entity: &Entity) -> Value {
    let list = |values: &[String]| Value::from(values.to_vec());
    let names = entity.names.iter().map(|name| {
        object([
            ("text", name.text.clone().into()),
            ("lang", name.lang.clone().into()),
            ("script", name.stated_script.clone().into()),
            ("kind", name.kind.as_str().into()),
            ("scheme", list(&name.schemes)),
            ("made", name.made.map(Made::as_str).into()),
            ("valid", list(&name.valid.iter().map(Period::to_string).collect::<Vec<_>>())),
            ("source", list(&name.sources)),
            ("certainty", name.certainty.map(Certainty::as_str).into()),
            ("note", name.note.clone().into()),
        ])
    });
    let relations = entity.relations.iter().map(|relation| {
        object([
            ("type", relation.kind.clone().into()),
            ("to", relation.to.clone().into()),
            ("valid", relation.valid.as_ref().map(Period::to_string).into()),
            ("source", list(&relation.sources)),
            ("note", relation.note.clone().into()),
        ])
    });
    let identifiers = entity.identifiers.iter().map(|i| json!({ "authority": i.authority, "value": i.value }));
    object([
        ("id", entity.id.clone().into()),
        ("type", entity.kind.map(EntityType::as_str).into()),
        ("country", entity.country.clone().into()),
        ("note", entity.note.clone().into()),
        ("name", names.collect()),
        ("relation", relations.collect()),
        ("identifier", identifiers.collect()),
    ])
}

/// An object of the fields that are not empty.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let empty = |v: &Value| v.is_null() || v.as_str() == Some("") || v.as_array().is_some_and(Vec::is_empty);
    Value::Object(fields.into_iter().filter(|(_, v)| !empty(v)).map(|(k, v)| (k.to_owned(), v)).collect::<Map<_, _>>())
}
