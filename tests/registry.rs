//! The built-in registry, reading and writing.

use atau::Registry;
use atau::registry::RegistryFormat::{Csv, Jsonl, Toml};

fn faults(text: &str, name: &str, format: atau::registry::RegistryFormat) -> Vec<String> {
    match Registry::from_text(text, name, format) {
        Ok(registry) => registry.warnings().iter().map(ToString::to_string).collect(),
        Err(error) => error.diagnostics().iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn the_builtin_registry_is_whole() {
    let registry = Registry::builtin();
    assert_eq!(registry.len(), 250);
    assert_eq!(registry.entities().map(|e| e.names.len()).sum::<usize>(), 996);
    assert_eq!(registry.claims().len(), 19);
    assert_eq!(registry.manifest().scope.country.as_deref(), Some("KZ"));
    for entity in registry.entities() {
        assert!(entity.kind.is_some(), "{}", entity.id);
        let cited = entity.names.iter().flat_map(|n| &n.sources).chain(entity.relations.iter().flat_map(|r| &r.sources));
        assert!(cited.clone().count() > 0 && cited.clone().all(|c| registry.source(c).is_some()), "{}", entity.id);
        assert!(entity.names.iter().all(|n| !n.sources.is_empty()), "{}", entity.id);
    }
    assert!(registry.warnings().iter().all(|w| w.message.contains("is also a name of")), "{:#?}", registry.warnings());
    assert_eq!(registry.latest("kz-org-socialist-resistance"), "kz-org-socialist-movement");
}

#[test]
fn every_format_gives_the_same_registry_back() {
    let registry = Registry::builtin();
    for format in [Toml, Jsonl, Csv] {
        let text = registry.to_text(format);
        let again = Registry::from_text(&text, "x", format).unwrap_or_else(|e| panic!("{format:?}: {e}"));
        assert_eq!(again.len(), 250);
        if format != Csv {
            assert!(again.entities().eq(registry.entities()), "{format:?}");
        }
        assert_eq!(again.to_text(format), text, "{format:?}");
        assert_eq!(registry.losses(format).is_empty(), format == Toml);
    }
    let again = Registry::from_text(&registry.to_text(Toml), "x", Toml).unwrap();
    assert_eq!((again.claims(), again.sources(), again.manifest()), (registry.claims(), registry.sources(), registry.manifest()));
}

#[test]
fn faults_are_told_with_their_places() {
    let text = r#"
[[source]]
id = "s"
title = "S"

[[entity]]
id = "a"
type = "orgnisation"
country = "Kz"
colour = "red"

[[entity.name]]
text = "Ақ жол"
kind = "alias"
valid = ["c. 1993"]
source = ["t"]

[[entity.relation]]
type = "renamed_from"
to = "b"

[[entity]]
id = "a"
"#;
    let told = faults(text, "x.toml", Toml);
    let expected = [
        "x.toml:8:8: error: unknown type “orgnisation”; did you mean “organisation”?",
        "x.toml:9:11: error: unknown country code “Kz”",
        "x.toml:10:1: error: unknown field “colour”",
        "x.toml:16:12: error: no source has the id \"t\"",
        "x.toml:14:8: error: unknown kind of name “alias”",
        "x.toml:15:10: error: “c. 1993” is not a period",
        "x.toml:19:8: error: \"renamed_from\" is the other side of \"renamed_to\"",
        "x.toml:20:6: error: no entity has the id \"b\"",
        "x.toml:23:6: error: the entity a has no name",
        "x.toml:23:6: error: the id a stands already at x.toml:7",
    ];
    for expected in &expected {
        assert!(told.iter().any(|t| t.starts_with(expected)), "{expected} in {told:#?}");
    }
}

/// A fault is told where it stands, and what follows from it is not.
#[test]
fn faults_of_names() {
    let text = r#"version = 1.5
[[entity]]
id = "a"
name = [{ text = "Ақ", lang = "казахский", source = "s" }, { text = "Ak", scheme = "kaz-2021", source = "s" }]
[[entity]]
id = "b"
name = [{ text = "" }, { text = "", lang = "kaz" }, { text = "B", lang = "kk-Latn", source = "s" }, { text = "В", lang = "kz", source = "s" }]
"#;
    assert_eq!(
        faults(text, "x.toml", Toml),
        [
            "x.toml:1:11: error: version: expected text, found a number",
            "x.toml:4:31: error: “казахский” is not a language tag: expected one of BCP 47, such as kk, ru or kk-Latn",
            "x.toml:4:85: error: unknown scheme “kaz-2021”; did you mean “kaz-latn-2021”?",
            "x.toml:7:18: error: the field “text” is empty",
            "x.toml:7:33: error: the field “text” is empty",
            "x.toml:7:44: error: unknown language tag “kaz”; did you mean “kk”?",
            "x.toml:7:122: error: unknown language tag “kz”; did you mean “kk”?",
        ]
    );
}

/// What is probably a slip is told where it stands, and nothing else.
#[test]
fn slips_are_warned_about() {
    let text = r##"
entity = [
  { id = "a ", name = [{ text = " Ақ", source = "s" }, { text = "—", source = "s" }, { text = "Ақ\u00AD жол", source = "s" }] },
  { id = "b", name = [{ text = "Бір", source = "s" }, { text = "бір", source = "s" }, { text = "Бір", kind = "authorised", source = "t" }] },
  { id = "c", name = [{ text = "Екі", source = "" }], relation = [{ type = "renamed_to", to = "d", source = "s" }] },
  { id = "d", name = [{ text = "Үш", source = ["s", "#p"] }], relation = [{ type = "renamed_to", to = "c", source = "s" }] },
  { id = "f", name = [{ text = "Тарас", lang = "kk-Latn", source = "s" }, { text = "Taras", lang = "ru-Latn-t-ru-Cyrl", source = "s" }] },
  { id = "e", name = [{ text = "می\u200Cخواهم", source = "s" }], relation = [{ type = "part_of", to = "e", source = "s" }] },
]
"##;
    let told: Vec<String> = faults(text, "x.toml", Toml).into_iter().map(|t| t.splitn(4, ':').last().unwrap().trim().to_owned()).collect();
    assert_eq!(
        told,
        [
            "warning: the id “a ” has spaces at its ends",
            "warning: the name “ Ақ” has spaces at its ends",
            "warning: the name “—” has no letter or digit: nothing resolves to it",
            "warning: the name “Ақ\\u{ad} жол” holds a character that is not seen, U+00AD",
            "warning: the name “Бір” stands already at x.toml:4",
            "warning: the name “Екі” cites no source",
            "error: the citation “#p” names no source: expected its id, or id#place",
            "warning: renamed to c, which was renamed to this one: no one id is the latest",
            "warning: the name “Тарас” is said to be Latn, and its letters are Cyrl",
            "warning: part_of: e is related to itself",
        ]
    );
    let told = faults("id,name,source\na,Ақ,s;\nb,Екі,;\n", "x.csv", Csv);
    assert_eq!(told, ["x.csv:3:1: warning: the name “Екі” cites no source"]);
}

#[test]
fn warnings_do_not_stop() {
    let text = "id,name,kind,valid\na,Cдк,,2012/2011\nb,сдк,,\n\na,Жан\u{438}\u{306},variant,\n";
    let told = faults(text, "x.csv", Csv);
    for expected in [
        "x.csv:1:1: warning: there is no column \"source\"",
        "x.csv:2:1: warning: the name “Cдк” mixes scripts inside a word: U+0043 C for С",
        "x.csv:2:1: warning: “Cдк”: 2012/2011 ends before it begins",
        "x.csv:5:1: warning: the name “Жани\u{306}” is not in Unicode normal form C",
    ] {
        assert!(told.iter().any(|t| t.starts_with(expected)), "{expected} in {told:#?}");
    }
}

#[test]
fn faults_of_csv_and_json_lines() {
    let told = faults("id,nmae\n1,x\n", "x.csv", Csv);
    assert_eq!(
        told[0],
        "x.csv:1:1: error: unknown column \"nmae\": expected some of id, name, type, country, lang, script, scheme, kind, valid, source, note (did you mean \"name\"?)"
    );
    let told = faults("id,name,type\na,x,person\nb\na,y,place\n", "x.csv", Csv);
    assert!(told.iter().any(|t| t == "x.csv:3:1: error: the row has 1 field, expected 3"), "{told:#?}");
    assert!(told.iter().any(|t| t == "x.csv:4:1: error: a was person in an earlier row and is place here"), "{told:#?}");
    let told = faults("{\"id\":\"a\",\"name\":[{\"text\":\"x\"}]}\n{\"id\":\"b\" \"name\":1}\n", "x.jsonl", Jsonl);
    assert!(
        told[0].starts_with("x.jsonl:1:1: warning")
            && told.iter().any(|t| t == "x.jsonl:2:11: error: expected one JSON object a line: expected `,` or `}`"),
        "{told:#?}"
    );
    // The place is in characters, and told once.
    let told = faults("{\"id\":\"қала\" \"name\":1}\n[]\n", "x.jsonl", Jsonl);
    assert_eq!(
        told,
        [
            "x.jsonl:1:14: error: expected one JSON object a line: expected `,` or `}`",
            "x.jsonl:2:1: error: expected one JSON object a line, found a list",
        ]
    );
}

#[test]
fn csv_that_would_be_read_otherwise_than_it_stands_is_refused() {
    let told = faults("id,name\nx,Foo\ny,\"Bar\nz,Baz\nw,Qux\n", "x.csv", Csv);
    assert!(told.iter().any(|t| t == "x.csv:3:1: error: the quotation mark that opens a field is never closed"), "{told:#?}");
    let told = faults("id,name\nx,\"Ақ\" жол\n", "x.csv", Csv);
    assert!(
        told.iter().any(|t| t.starts_with("x.csv:2:1: error: there is text after the quotation mark that closes a field")),
        "{told:#?}"
    );
    let told = faults("id,name,name\nx,Foo,Bar\n", "x.csv", Csv);
    assert!(told.iter().any(|t| t.contains("columns are called \"name\" twice")), "{told:#?}");
}

#[test]
fn files_and_folders() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("PEOPLE.CSV", "id,name\nx,Икс\n");
    write("bodies.jsonl", "{\"id\":\"y\",\"name\":[{\"text\":\"Игрек\"}]}\n");
    write("notes.txt", "no registry");
    let registry = Registry::open([folder.path()], false).unwrap();
    assert_eq!(registry.len(), 2);
    assert!(
        Registry::open([folder.path().join("notes.txt")], false)
            .unwrap_err()
            .to_string()
            .ends_with("expected a registry file: .toml, .csv or .jsonl")
    );
    assert!(Registry::open([folder.path().join("nothing.csv")], false).unwrap_err().to_string().ends_with("no such file or folder"));
}

#[test]
fn rows_of_one_id_stand_together_or_apart() {
    let registry = Registry::from_text("id,name,type\nx,Икс,person\ny,Игрек,place\nx,Iks,\n", "x.csv", Csv).unwrap();
    let entity = registry.entity("x").unwrap();
    let texts: Vec<&str> = entity.names.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(texts, ["Икс", "Iks"]);
}

#[test]
fn fields_that_must_say_something_are_not_empty() {
    let told = faults("[[entity]]\nid = \"\"\n[[entity.name]]\ntext = \" \"\nlang = \"\"\n", "x.toml", Toml);
    assert!(told.iter().any(|t| t == "x.toml:2:6: error: the field “id” is empty"), "{told:#?}");
    assert!(told.iter().any(|t| t == "x.toml:4:8: error: the field “text” is empty"), "{told:#?}");
}

#[test]
fn many_unknown_schemes_take_no_time() {
    let rows: String = (0..3000).map(|i| format!("e{i},Икс {i},zz-{i}\n")).collect();
    let told = faults(&format!("id,name,scheme\n{rows}"), "x.csv", Csv);
    assert_eq!(told.iter().filter(|t| t.contains("unknown scheme")).count(), 3000);
}

/// What one file cannot say of registries that were joined is told, not lost without a word.
#[test]
fn losses_of_joined_registries() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "title = \"Mine\"\n[[entity]]\nid = \"q\"\ncountry = \"RU\"\nname = [{ text = \"Ақ\", source = \"minutes\" }]\n")
        .unwrap();
    assert_eq!(Registry::open([&path], false).unwrap().losses(Toml), [""; 0]);
    let told = Registry::open([&path], true).unwrap().losses(Toml);
    assert_eq!(
        told,
        ["1 further manifest", "1 entity's place in the scope of its registry", "1 citation of a source that no list has, an error now",]
    );
}
