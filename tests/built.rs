//! A registry in one file: what was written comes back, and damage is told.

use atau::registry::RegistryFormat::{Jsonl, Toml};
use atau::resolve::Context;
use atau::{Registry, Resolver};
use proptest::prelude::*;
use std::borrow::Cow;
use std::sync::LazyLock;

fn build(registry: &Registry) -> Vec<u8> {
    let mut file = Vec::new();
    let length = Resolver::new(registry.clone()).write_to(&mut file).unwrap();
    assert_eq!(length, file.len() as u64);
    file
}

static BUILTIN: LazyLock<Vec<u8>> = LazyLock::new(|| build(&Registry::builtin()));

/// A registry of few entities, with every field.
const SMALL: &str = r#"
title = "Small"
version = "3"
note = "n"
scope = { country = "KZ", type = "organisation" }
[[source]]
id = "s"
title = "S"
date = "1993~"
quality = "low"
url = "https://example.org"
note = "n"
[[claim]]
id = "c"
about = ["a", "b"]
field = "name"
reading = "r"
[[claim.value]]
value = "v"
source = ["s#1"]
[[entity]]
id = "a"
type = "organisation"
country = "KZ"
note = "n"
name = [
  { text = "Жанарту", lang = "kk", script = "Cyrl", valid = ["1993/2001", "2003-01-02/.."], source = ["s#1", "s"], certainty = "low", note = "n" },
  { text = "Zhan artu", kind = "romanisation", scheme = ["rus-alalc", "rus-iso-9-1995"], made = "checked", source = "s" },
]
relation = [{ type = "renamed_to", to = "b", valid = "2001", source = "s", note = "n" }, { type = "related_to", to = "b" }]
identifier = [{ authority = "wikidata", value = "Q1" }]
[[entity]]
id = "b"
name = [{ text = "Жаңарту" }]
"#;

fn assert_same(built: &Registry, registry: &Registry) {
    assert!(built.is_built() && !registry.is_built());
    assert!(built.entities().eq(registry.entities()));
    assert_eq!((built.len(), built.names()), (registry.len(), registry.names()));
    assert_eq!((built.claims(), built.sources(), built.manifest()), (registry.claims(), registry.sources(), registry.manifest()));
    assert_eq!((built.citation(), built.content_hash()), (registry.citation(), registry.content_hash()));
    for entity in registry.entities() {
        assert_eq!(built.entity(&entity.id), Some(Cow::Owned(entity.clone().into_owned())));
        assert_eq!(built.latest(&entity.id), registry.latest(&entity.id));
    }
    assert_eq!(built.entity("no such id"), None);
    assert_eq!(built.entity_at(registry.len()), None);
    assert_eq!(built.to_text(Toml), registry.to_text(Toml));
    built.verify().unwrap();
}

#[test]
fn a_built_registry_is_the_registry() {
    let empty = Registry::from_text("title = \"Empty\"\n", "x.toml", Toml).unwrap();
    for registry in [Registry::builtin(), Registry::from_text(SMALL, "x.toml", Toml).unwrap(), empty] {
        assert_same(&Registry::from_bytes(build(&registry)).unwrap(), &registry);
    }
}

#[test]
fn a_built_registry_resolves_as_the_registry() {
    let registry = Registry::builtin();
    let built = Resolver::new(Registry::from_bytes(BUILTIN.clone()).unwrap());
    let resolver = Resolver::new(registry.clone());
    for name in registry.entities().flat_map(|e| e.into_owned().names) {
        for context in [Context::new(), Context::new().country("RU").unwrap()] {
            assert_eq!(format!("{:?}", built.resolve(&name.text, &context)), format!("{:?}", resolver.resolve(&name.text, &context)));
        }
    }
}

#[test]
fn files_of_registries() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bodies.any-ending");
    std::fs::write(&path, &*BUILTIN).unwrap();
    let mapped = Registry::open([&path], false).unwrap();
    assert_same(&mapped, &Registry::builtin());
    // Who has a file open keeps it when another takes its place.
    let other = folder.path().join("other");
    std::fs::write(&other, build(&Registry::from_text(SMALL, "x.toml", Toml).unwrap())).unwrap();
    std::fs::rename(&other, &path).unwrap();
    assert_eq!(mapped.len(), Registry::builtin().len());
    assert_eq!(Registry::open([&path], false).unwrap().len(), 2);
    let fault = |paths: &[&std::path::Path], builtin: bool| Registry::open(paths, builtin).unwrap_err().to_string();
    let alone = "a registry that was built stands alone: build one of all their source files";
    assert!(fault(&[&path, &path], false).ends_with(alone));
    assert!(fault(&[&path], true).ends_with(alone));
}

#[test]
fn other_formats_are_told() {
    let with = |at: usize, bytes: &[u8]| {
        let mut file = BUILTIN.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        Registry::from_bytes(file).unwrap_err().to_string()
    };
    assert!(with(8, &99_u32.to_le_bytes()).contains("written by a newer atau (format 99; this one reads format "));
    assert!(with(8, &0_u32.to_le_bytes()).contains("written by an older atau (format 0; "));
    assert!(with(0, b"ATAU").ends_with("it is no file that `atau registry build` writes"));
    assert!(with(16, b"x").contains("the checksum of its header is wrong; the file is damaged: build it again"));
    // A program for texts that changes line ends is noticed at once.
    let text: Vec<u8> = BUILTIN.iter().copied().filter(|b| *b != b'\r').collect();
    assert!(Registry::from_bytes(text).is_err());
}

/// Opens damaged bytes and reads everything; whether the damage was told.
fn survives(file: Vec<u8>) -> bool {
    let Ok(registry) = Registry::from_bytes(file) else { return true };
    let told = registry.verify().is_err();
    for entity in registry.entities() {
        let _ = (registry.entity(&entity.id), registry.latest(&entity.id), entity.display_name());
    }
    let _ = (registry.to_text(Jsonl), registry.claims(), registry.sources(), registry.source("s#1"), registry.citation());
    let resolver = Resolver::new(registry);
    let context = Context::new().as_of("2000").unwrap();
    let outcome = resolver.resolve("Жанарту", &context);
    let _ = (outcome.why(), outcome.candidates());
    told
}

#[test]
fn every_damaged_byte_is_told() {
    let file = build(&Registry::from_text(SMALL, "x.toml", Toml).unwrap());
    assert!(!survives(file.clone()));
    for at in 0..file.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = file.clone();
            damaged[at] ^= change;
            assert!(survives(damaged), "byte {at} of {}, changed by {change:#x}", file.len());
        }
        assert!(survives(file[..at].to_vec()), "cut to {at}");
    }
    assert!(survives([file.as_slice(), b"\n"].concat()));
}

proptest! {
    #[test]
    fn damage_anywhere_is_told(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut file = BUILTIN.clone();
        for (at, byte) in &changes {
            let at = at.index(file.len());
            file[at] = *byte;
        }
        file.truncate(cut.map_or(file.len(), |cut| cut.index(file.len())));
        let same = file == *BUILTIN;
        prop_assert!(survives(file) != same);
    }

    #[test]
    fn any_registry_comes_back(
        entities in prop::collection::vec(
            (
                "[a-zа-я0-9 ;-]{1,8}",
                prop::collection::vec(("\\PC{1,20}", prop::sample::select(vec!["", "kk", "ru-Latn"]), "[12][0-9]{3}", "\\PC{0,8}", 0..64_u8), 1..5),
                0..16_u8,
            ),
            1..60,
        )
    ) {
        let mut ids = std::collections::HashSet::new();
        let lines = entities.iter().filter(|(id, ..)| !id.trim().is_empty() && ids.insert(id)).map(|(id, names, has)| {
            let names: Vec<_> = names.iter().map(|(text, lang, year, note, has)| {
                let mut name = serde_json::json!({ "text": format!("x{text}") });
                let fields = [
                    ("lang", (*lang).into()),
                    ("valid", vec![year.clone(), format!("../{year}~")].into()),
                    ("note", note.clone().into()),
                    ("source", vec![note.clone(), format!("s#{year}")].into()),
                    ("certainty", "medium".into()),
                    ("made", "person".into()),
                ];
                for (i, (field, value)) in fields.into_iter().enumerate().filter(|(i, _)| has >> i & 1 == 1) {
                    let _ = i;
                    name[field] = value;
                }
                name
            }).collect();
            let mut entity = serde_json::json!({ "id": id, "name": names });
            if has & 1 == 1 { entity["type"] = "place".into(); }
            if has & 2 == 2 { entity["country"] = "SU".into(); }
            if has & 4 == 4 { entity["relation"] = serde_json::json!([{ "type": "related_to", "to": id, "valid": "1999/2000" }]); }
            if has & 8 == 8 { entity["identifier"] = serde_json::json!([{ "authority": "viaf", "value": id }]); }
            entity.to_string() + "\n"
        });
        let text: String = lines.collect();
        if let Ok(registry) = Registry::from_text(&text, "x.jsonl", Jsonl) {
            assert_same(&Registry::from_bytes(build(&registry)).unwrap(), &registry);
        }
    }
}
