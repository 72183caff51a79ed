//! Benches from files and folders: links (a registry with queries) and pairs, known by what is in them.

use crate::report::{Failure, count, describe_io};
use atau::text::{Diagnostic, Severity};
use clap::ValueEnum;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

/// A bench and the file it is from.
#[derive(Debug)]
pub struct Set {
    /// The file's name without its ending.
    pub name: String,
    pub path: PathBuf,
    pub bench: Bench,
}

#[derive(Debug)]
pub enum Bench {
    Link(Links),
    Pairs(Vec<Pair>),
}

/// Entities with their names, and strings that name one of them or nobody.
#[derive(Debug, serde::Deserialize)]
pub struct Links {
    pub registry: Registered,
    pub queries: Vec<Query>,
}

/// Ids with their names, in the order of the file.
#[derive(Debug)]
pub struct Registered(pub Vec<(String, Vec<String>)>);

#[derive(Debug, serde::Deserialize)]
pub struct Query {
    #[serde(rename = "q")]
    pub text: String,
    /// The ids that are right; none, or ids that are not registered, when no match is right. The field must be there.
    #[serde(deserialize_with = "Option::deserialize")]
    pub gold: Option<Vec<String>>,
    #[serde(default)]
    split: Option<Split>,
}

#[derive(Debug, serde::Deserialize)]
pub struct Pair {
    pub a: String,
    pub b: String,
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// Whether they are one; none where that cannot be said. The field must be there.
    #[serde(deserialize_with = "Option::deserialize")]
    label: Option<Label>,
    #[serde(default)]
    split: Option<Split>,
}

#[derive(Debug, Clone, Copy)]
struct Label(bool);

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Label;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("1 for same, 0 for different, or null")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Label, E> {
                match number {
                    0 | 1 => Ok(Label(number == 1)),
                    _ => Err(E::invalid_value(de::Unexpected::Unsigned(number), &self)),
                }
            }
        }
        deserializer.deserialize_u64(Visitor)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Split {
    Dev,
    Test,
}

/// Which rows are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Rows whose split is dev
    Dev,
    /// Rows whose split is test
    Test,
    /// All rows, also those without a split
    All,
}

impl Part {
    fn holds(self, split: Option<Split>) -> bool {
        match self {
            Part::All => true,
            Part::Dev => split == Some(Split::Dev),
            Part::Test => split == Some(Split::Test),
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Part::Dev => "dev",
            Part::Test => "test",
            Part::All => "all",
        }
    }
}

/// The type of pairs of places that were renamed: two names that no look at the strings can tell to be one.
const RENAMED: &str = "place-renamed";

impl Links {
    pub fn chosen(&self, part: Part) -> Vec<&Query> {
        self.queries.iter().filter(|q| part.holds(q.split)).collect()
    }
}

/// Pairs that are scored, each with its label: those of the part that have one and are not of a renamed place.
pub fn scored(pairs: &[Pair], part: Part) -> Vec<(&Pair, bool)> {
    let chosen = pairs.iter().filter(|p| part.holds(p.split) && p.kind.as_deref() != Some(RENAMED));
    chosen.filter_map(|p| p.label.map(|label| (p, label.0))).collect()
}

impl<'de> Deserialize<'de> for Registered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Registered;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of ids, each with a list of names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Registered, A::Error> {
                let mut entities = Vec::new();
                let mut seen = BTreeSet::new();
                while let Some(id) = map.next_key::<String>()? {
                    if id.trim().is_empty() || id.contains(|c: char| c.is_control() || c == '|') {
                        return Err(de::Error::custom(format_args!("the id {id:?}: expected a text without control characters and |")));
                    }
                    if !seen.insert(id.clone()) {
                        return Err(de::Error::custom(format_args!("the id {id:?} stands twice")));
                    }
                    let names = map.next_value::<Vec<String>>()?;
                    if names.is_empty() || names.iter().any(|n| n.trim().is_empty()) {
                        let what = if names.is_empty() { "has no name" } else { "has an empty name" };
                        return Err(de::Error::custom(format_args!("the entity {id:?} {what}")));
                    }
                    entities.push((id, names));
                }
                Ok(Registered(entities))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// What a file holds, as far as its first row or its outermost keys say.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Link,
    Pairs,
    Other,
}

/// The benches of files and folders, in the order named, those of a folder in the order of their paths; and the files of
/// folders that are none.
pub fn read(paths: &[PathBuf]) -> Result<(Vec<Set>, Vec<PathBuf>), Failure> {
    let (mut sets, mut others, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        let (mut files, is_folder) = (Vec::new(), path.is_dir());
        match is_folder {
            true => collect(path, &mut files)?,
            false => files.push(path.clone()),
        }
        for file in files {
            let text = text_of(&file)?;
            let bench = match kind(&text, &file) {
                Kind::Link => links(&text, &file, &mut found).map(Bench::Link),
                Kind::Pairs => Some(Bench::Pairs(pairs(&text, &file, &mut found))),
                Kind::Other if is_folder => {
                    others.push(file);
                    continue;
                }
                Kind::Other => {
                    let what = "no bench: expected an object with registry and queries, or lines of objects with a, b and label";
                    return Err(Failure::new(format!("{}: {what}", file.display())));
                }
            };
            let name = file.file_stem().map_or(String::new(), |s| s.to_string_lossy().into_owned());
            sets.extend(bench.map(|bench| Set { name, path: file, bench }));
        }
    }
    if !found.is_empty() {
        let errors = count(found.len(), "error", "errors");
        return Err(Failure::Found(found, format!("{errors}; nothing was measured")));
    }
    Ok((sets, others))
}

/// The JSON files below a folder; not those, and not in folders, whose name begins with a full stop.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::new(format!("{}: {}", folder.display(), describe_io(&e)));
    let mut entries = std::fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    entries.sort_by_key(|e| e.path());
    for entry in entries.iter().filter(|e| !e.file_name().to_string_lossy().starts_with('.')) {
        let path = entry.path();
        // A link to a folder is not followed, since it may lead round.
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "json" || e == "jsonl") && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn text_of(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|e| Failure::new(format!("{}: {}", path.display(), describe_io(&e))))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let good = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        Failure::new(format!("{}: line {line}, byte offset {}: not UTF-8; a bench is kept in UTF-8", path.display(), good.len()))
    })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// By the keys of the first line, or of the whole; a file with faults by the ending of its name.
fn kind(text: &str, path: &Path) -> Kind {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let Some(whole) = [first, text].into_iter().find(|part| serde_json::from_str::<IgnoredAny>(part).is_ok()) else {
        return match path.extension().and_then(|e| e.to_str()) {
            _ if text.trim().is_empty() => Kind::Other,
            Some("jsonl") => Kind::Pairs,
            Some("json") => Kind::Link,
            _ if text.trim_start().starts_with('{') => Kind::Link,
            _ => Kind::Other,
        };
    };
    // A JSON value that is no object has no keys.
    let keys: BTreeMap<String, IgnoredAny> = serde_json::from_str(whole).unwrap_or_default();
    let any = |names: [&str; 2]| names.iter().any(|n| keys.contains_key(*n));
    match () {
        () if any(["registry", "queries"]) => Kind::Link,
        () if any(["a", "b"]) => Kind::Pairs,
        () => Kind::Other,
    }
}

fn links(text: &str, path: &Path, found: &mut Vec<Diagnostic>) -> Option<Links> {
    serde_json::from_str(text).map_err(|error| found.push(diagnostic(path, text, 0, &error))).ok()
}

fn pairs(text: &str, path: &Path, found: &mut Vec<Diagnostic>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (i, line) in text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(pair) => pairs.push(pair),
            Err(error) => found.push(diagnostic(path, line, i, &error)),
        }
    }
    pairs
}

/// A fault that serde_json found in a text that begins after so many lines of the file.
fn diagnostic(path: &Path, text: &str, before: usize, error: &serde_json::Error) -> Diagnostic {
    let excerpt = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default().trim_end_matches('\r');
    // serde_json counts bytes, from 1, and may point after the end of the line.
    let byte = error.column().saturating_sub(1).min(excerpt.len());
    let column = excerpt.char_indices().take_while(|(i, _)| *i < byte).count() + 1;
    let full = error.to_string();
    let message = full.rsplit_once(" at line ").map_or(full.as_str(), |(message, _)| message).to_owned();
    Diagnostic {
        severity: Severity::Error,
        message,
        help: None,
        file: path.display().to_string(),
        line: before + error.line().max(1),
        column,
        excerpt: excerpt.to_owned(),
        width: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bench_is_known_by_its_keys() {
        let cases = [
            (r#"{"registry": {}, "queries": []}"#, "x.jsonl", Kind::Link),
            ("{\n \"queries\": [],\n \"registry\": {}\n}\n", "x.json", Kind::Link),
            ("\n{\"a\": \"1\", \"b\": \"2\"}\n{}", "x.json", Kind::Pairs),
            ("{\"a\": \"1\"}\n{broken", "x", Kind::Pairs),
            ("[1, 2]", "x.json", Kind::Other),
            ("{\"mention\": \"x\"}\n{\"mention\": \"y\"}", "x.jsonl", Kind::Other),
            (" \n", "x.jsonl", Kind::Other),
            ("{broken", "x.jsonl", Kind::Pairs),
            ("{broken", "x.json", Kind::Link),
            ("{broken", "x", Kind::Link),
            ("id,name\n", "x.csv", Kind::Other),
        ];
        for (text, path, expected) in cases {
            assert_eq!(kind(text, Path::new(path)), expected, "{text}");
        }
    }

    #[test]
    fn faults_have_their_place_in_characters() {
        let links_of = |text: &str| {
            let mut found = Vec::new();
            links(text, Path::new("ә.json"), &mut found);
            found.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let cases = [
            (r#"{"registry": {"а": ["Ә"]}, "queries": [{"q": "Ә"}]}"#, "ә.json:1:49: error: missing field `gold`"),
            ("{\"registry\": {\"ә\": [\"Ә\"],\n\"ә\": [\"Ә\"]}, \"queries\": []}", "ә.json:2:3: error: the id \"ә\" stands twice"),
            (r#"{"registry": {"1": []}, "queries": []}"#, "ә.json:1:22: error: the entity \"1\" has no name"),
            (
                r#"{"registry": {"1|2": ["x"]}, "queries": []}"#,
                "ә.json:1:19: error: the id \"1|2\": expected a text without control characters and |",
            ),
            (r#"{"registry": []}"#, "ә.json:1:13: error: invalid type: sequence, expected an object of ids, each with a list of names"),
            ("{\"registry\": {", "ә.json:1:14: error: EOF while parsing an object"),
        ];
        for (text, expected) in cases {
            assert_eq!(links_of(text), [expected], "{text}");
        }
        let mut found = Vec::new();
        let rows = [
            "{\"a\": \"Ә\", \"b\": 3, \"label\": 1}\n",
            "{\"a\": \"Ә\", \"b\": \"Ә\", \"label\": 2}\r",
            "{\"a\": \"Ә\", \"b\": \"Ә\", \"label\": null}",
            "{\"a\": \"Ә\", \"b\": \"Ә\"}",
            "{\"a\": \"Ә\", \"b\": \"Ә\", \"label\": 1, \"split\": \"train\"}",
        ];
        assert_eq!(pairs(&rows.join("\n"), Path::new("p.jsonl"), &mut found).len(), 1);
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "p.jsonl:1:17: error: invalid type: integer `3`, expected a string",
                "p.jsonl:3:31: error: invalid value: integer `2`, expected 1 for same, 0 for different, or null",
                "p.jsonl:5:20: error: missing field `label`",
                "p.jsonl:6:49: error: unknown variant `train`, expected `dev` or `test`",
            ]
        );
    }

    #[test]
    fn rows_are_chosen_by_their_split() {
        let text = r#"{"a": "1", "b": "", "label": 1, "split": "dev"}
{"a": "2", "b": "", "label": 0, "split": "test"}
{"a": "3", "b": "", "label": 1}
{"a": "4", "b": "", "label": null, "split": "dev"}
{"a": "5", "b": "", "label": 1, "split": "dev", "type": "place-renamed"}"#;
        let rows = pairs(text, Path::new("p.jsonl"), &mut Vec::new());
        for (part, expected) in [(Part::Dev, "1"), (Part::Test, "2"), (Part::All, "123")] {
            let chosen: String = scored(&rows, part).iter().map(|(p, _)| p.a.as_str()).collect();
            assert_eq!(chosen, expected, "{part:?}");
        }
    }
}
