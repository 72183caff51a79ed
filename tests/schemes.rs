//! What holds for every built-in scheme.

use atau::Scheme;
use unicode_normalization::is_nfc;

fn all() -> impl Iterator<Item = Scheme> {
    Scheme::ids().map(|id| Scheme::builtin(id).unwrap_or_else(|e| panic!("{id}: {e}")))
}

#[test]
fn every_example_comes_out_as_written() {
    let failing: Vec<String> = all().flat_map(|s| s.failing_examples()).map(|d| d.to_string()).collect();
    assert!(failing.is_empty(), "{}", failing.join("\n"));
}

#[test]
fn every_scheme_says_what_it_is() {
    let mut names = std::collections::HashSet::new();
    for (file, scheme) in Scheme::ids().zip(all()) {
        assert_eq!(file, scheme.id(), "the file is named by the id");
        assert!(scheme.id().starts_with(scheme.language()), "{file}: an id begins with its language");
        assert!(!scheme.title().is_empty() && !scheme.authority().is_empty() && !scheme.used().is_empty(), "{file}");
        assert!(!scheme.sources().is_empty(), "{file}: cites a source");
        assert!(scheme.examples().count() >= 20, "{file}: {} examples", scheme.examples().count());
        for name in scheme.aliases().chain([scheme.id()]).chain(scheme.tag()) {
            assert!(names.insert(name.to_owned()), "{name} names two schemes");
            assert_eq!(Scheme::builtin(name).map(|s| s.id().to_owned()).ok().as_deref(), Some(scheme.id()));
        }
    }
}

#[test]
fn published_pairs_come_out_exactly() {
    let rows = include_str!("data/transliteration.tsv");
    let mut wrong = Vec::new();
    let mut tested = 0;
    for row in rows.lines().skip(1) {
        let [id, input, output, _source] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("four columns: {row}") };
        if !Scheme::ids().any(|known| known == id) {
            continue;
        }
        tested += 1;
        let found = Scheme::builtin(id).unwrap().transliterate(input);
        if found != output {
            wrong.push(format!("{id}: {input}: expected {output}, found {found}"));
        }
    }
    assert!(tested > 100, "only {tested} rows are of built-in schemes");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_written_alike_is_declared_and_no_rule_is_idle() {
    let found: Vec<String> = all().flat_map(|s| s.lint()).map(|d| d.to_string()).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_dropped_stress_mark_changes_nothing_else() {
    for scheme in all().filter(|s| s.language() == "rus") {
        let examples: Vec<String> = scheme.examples().map(|(input, _)| input.to_owned()).collect();
        for input in examples.iter().map(String::as_str).chain(["Кий", "Русский", "Новый", "Александр", "ЁЛКИ"])
        {
            let stressed: String =
                input.chars().flat_map(|c| if "аеиоуыэюяАЕИОУЫЭЮЯ".contains(c) { vec![c, '\u{301}'] } else { vec![c] }).collect();
            assert_eq!(scheme.transliterate(&stressed), scheme.transliterate(input), "{}: {stressed}", scheme.id());
        }
    }
}

/// Every character of the Cyrillic and Arabic blocks, everywhere in a word and in every case.
#[test]
fn no_letter_of_the_alphabet_is_left() {
    let cyrillic = ('\u{400}'..='\u{52F}').chain('\u{1C80}'..='\u{1C8A}').chain('\u{2DE0}'..='\u{2DFF}').chain('\u{A640}'..='\u{A69F}');
    let arabic = ('\u{600}'..='\u{6FF}')
        .chain('\u{750}'..='\u{77F}')
        .chain('\u{8A0}'..='\u{8FF}')
        .chain('\u{FB50}'..='\u{FDFF}')
        .chain('\u{FE70}'..='\u{FEFF}');
    let characters: Vec<char> = cyrillic.chain(arabic).collect();
    for scheme in all() {
        let own: Vec<String> = scheme.letters().into_iter().map(|l| l.letter).collect();
        let is_own = |c: char| own.contains(&c.to_lowercase().to_string());
        for c in &characters {
            for word in [format!("{c}"), format!("{c}ам"), format!("а{c}а"), format!("ам{c}"), format!("А{c}М"), format!("а{c}{c}")]
            {
                for word in [word.clone(), word.to_uppercase(), word.to_lowercase()] {
                    let out = scheme.transliterate(&word);
                    assert!(!out.chars().any(is_own), "{}: {word} = {out}", scheme.id());
                    assert!(is_nfc(&out), "{}: {word} = {out} is not in NFC", scheme.id());
                    assert_eq!(scheme.transliterate(&out), out, "{}: {word} changes when run twice", scheme.id());
                }
            }
        }
    }
}

#[test]
fn capitals() {
    let cases = [
        ("rus-bgnpcgn-1947", "Щука", "Shchuka"),
        ("rus-bgnpcgn-1947", "ЩУКА", "SHCHUKA"),
        ("rus-bgnpcgn-1947", "ЩИ", "SHCHI"),
        ("rus-bgnpcgn-1947", "ЩуКА", "ShchuKA"),
        ("rus-bgnpcgn-1947", "Я", "Ya"),
        ("rus-bgnpcgn-1947", "Я ВИЖУ", "YA VIZHU"),
        ("rus-bgnpcgn-1947", "ВИЖУ Я", "VIZHU YA"),
        ("rus-bgnpcgn-1947", "Я вижу США", "Ya vizhu SSHA"),
        ("rus-bgnpcgn-1947", "Щ.", "Shch."),
        ("rus-bgnpcgn-1947", "Щ. Юсупов", "Shch. Yusupov"),
        ("rus-bgnpcgn-1947", "Ж. Я. ЮСУПОВ", "ZH. YA. YUSUPOV"),
        ("rus-bgnpcgn-1947", "Ж. Я. Юсупов", "Zh. Ya. Yusupov"),
        ("rus-bgnpcgn-1947", "МОЁ", "MOYË"),
        ("rus-bgnpcgn-1947", "ЮЩ-ЖУК", "YUSHCH-ZHUK"),
        ("rus-bgnpcgn-1947", "Жан-Жак", "Zhan-Zhak"),
        ("rus-bgnpcgn-1947", "ОБЪЕКТ", "OB”YEKT"),
        ("rus-icao-9303", "ОБЪЕКТ", "OBIEEKT"),
        ("rus-alalc", "ЯЦЮК, Яков, Я", "I͡AT͡SI͡UK, I͡Akov, I͡A"),
        ("kaz-alalc", "ҒАЛЫМ Ғалым Ң", "GHALYM Ghalym N͡G"),
        ("kaz-latn-2021", "ІЛИЯС Ілияс Шығыс", "ILİİAS Iliias Şyğys"),
        ("kaz-mw-latn", "ЫРЫС ІНІ", "IRIS İNİ"),
        ("kaz-latn-2018-acute", "ИЛИЯС Ильяс ІНІ", "ILIIAS Ilıas INI"),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .map(|(id, input, expected)| (id, input, expected, Scheme::builtin(id).unwrap().transliterate(input)))
        .filter(|(_, _, expected, found)| *expected != found)
        .map(|(id, input, expected, found)| format!("{id}: {input}: expected {expected}, found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn form_marks_and_mixed_text() {
    let bgn = Scheme::builtin("rus-bgnpcgn-1947").unwrap();
    let cases = [
        ("Тольи\u{306}", "Tol’y"),        // й in normal form D
        ("Е\u{308}лкин", "Yëlkin"),       // ё in normal form D
        ("Герма\u{301}ния", "Germaniya"), // stress
        ("вѐли", "vèli"),                 // a letter that NFC joined with a mark: the mark stays
        ("ма\u{304}ма", "māma"),          // another mark stays
        ("Со\u{AD}ветское", "So\u{AD}vetskoye"),
        ("Санкт-Ельцин", "Sankt-Yel’tsin"),
        ("д'Ельцин", "d'El’tsin"), // an apostrophe inside a word does not begin one
        ("iPhone 15 и <b>Ель</b> 🌲 №5", "iPhone 15 i <b>Yel’</b> 🌲 №5"),
        ("", ""),
    ];
    for (input, expected) in cases {
        assert_eq!(bgn.transliterate(input), expected, "{input}");
    }
}

#[test]
fn what_a_whole_word_has_counts_wherever_the_word_is() {
    // A high hamza says that there are front vowels and no е, г, к, ғ or қ in the word.
    let tote = Scheme::builtin("kaz-arab-tote").unwrap();
    let long = "ма".repeat(300);
    for (word, hamza) in [("сөз", true), ("сөзге", false), ("сөз'ге", false), ("сөз'1ге", true), ("“сөз”", true), ("мсі", true)]
    {
        for lead in (0..140).map(|n| "а ".repeat(n)).chain([long.clone() + "і "]) {
            let out = tote.transliterate(&format!("{lead}{word} {word}"));
            assert_eq!(out.matches('ء').count(), 2 * usize::from(hamza) + usize::from(lead.len() > long.len()), "{lead}{word}: {out}");
        }
    }
}

#[test]
fn a_table_of_ones_own_is_checked_and_its_faults_are_told_together() {
    let table = "id = \"rus own\"\ntitle = \"x\"\nauthority = \"x\"\nlanguage = \"rus\"\nscript = { from = \"Cyrl\", to = \"Latn\" }\n\
                 extends = \"rus-bgnpcgn-1947\"\n[letters]\n\"щ\" = \"щ\"\n\"шч\" = \"x\"\n[[rules]]\nfrom = \"е\"\nto = \"je\"\nafter = [\"{wovel}\"]\n";
    let error = Scheme::from_table(table, "own.toml").unwrap_err();
    let told: Vec<String> = error.diagnostics().iter().filter(|d| d.is_error()).map(ToString::to_string).collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told.iter().any(|t| t.starts_with("own.toml:8:7: error: the value holds щ")), "{told:#?}");
    assert!(told.iter().any(|t| t.starts_with("own.toml:13:10: error: no class is called “wovel”")), "{told:#?}");
}

fn own_table(rest: &str) -> Result<Scheme, atau::Error> {
    let head = "id = \"rus-own\"\ntitle = \"x\"\nauthority = \"x\"\nlanguage = \"rus\"\nscript = { from = \"Cyrl\", to = \"Latn\" }\n";
    Scheme::from_table(&format!("{head}{rest}"), "own.toml")
}

#[test]
fn odd_tables_are_read_or_told() {
    // An output that is a mark joins the letter before it.
    let marks = own_table("extends = \"rus-iso-9-1995\"\n[letters]\n\"ь\" = \"\u{301}\"\n").unwrap();
    assert_eq!(marks.transliterate("конь"), "ko\u{144}");
    let hangul = own_table("extends = \"rus-iso-9-1995\"\n[letters]\n\"а\" = \"\u{1100}\"\n\"б\" = \"\u{1161}\"\n").unwrap();
    assert!(is_nfc(&hangul.transliterate("аб")));
    // So do parts of a syllable when what stood between them is not written.
    let signs = Scheme::builtin("kaz-arab-mw").unwrap();
    assert_eq!(signs.transliterate("\u{1100}ь\u{1161}"), "\u{AC00}");
    // The forms of a parent whose outputs are gone do not matter, and its capitals give way.
    let child = own_table("extends = \"rus-alalc\"\n[letters]\n\"ц\" = \"c\"\n\"ю\" = \"ju\"\n\"я\" = \"ja\"\n").unwrap();
    assert_eq!(child.transliterate("Цюрих ЯЩИК"), "Cjurikh JASHCHIK");
    for (rest, told) in [
        ("extends = \"rus-own\"", "cannot extend itself"),
        ("extends = \"rus-alalc\"\n[letters]\n\"𐐨\" = \"x\"", "beyond the basic plane"),
        ("extends = \"rus-alalc\"\n[[rules]]\nfrom = \"а\"\nto = \"x\"\nbefore = [\"^\"]", "^ never fits here"),
        ("extends = \"rus-alalc\"\nexamples = [{ in = \"а\", out = \"x\" }]", "expected “x”, found “a”"),
    ] {
        let error = own_table(rest).unwrap_err();
        let all: Vec<String> = error.diagnostics().iter().map(ToString::to_string).collect();
        assert!(all.iter().any(|d| d.contains(told)), "{told}: {all:?}");
    }
}

#[test]
fn long_and_hostile_text_takes_no_time() {
    let texts = [
        "а".to_owned() + &"\u{304}".repeat(300_000),
        "а".repeat(300_000),
        "'".repeat(300_000),
        "Щ ".repeat(100_000),
        "а\u{AD}".repeat(100_000),
    ];
    for text in &texts {
        for id in ["rus-bgnpcgn-1947", "kaz-arab-tote"] {
            Scheme::builtin(id).unwrap().transliterate(text);
        }
        atau::text::clean(text);
        atau::text::fold(text);
        assert_eq!(atau::resolve::compare(text, "а").verdict, atau::resolve::Likeness::Different);
    }
}

#[test]
fn the_rule_language_can_say_what_arabic_script_needs() {
    let table = r#"
id = "kaz-test"
title = "A test"
authority = "the tests"
language = "kaz"
script = { from = "Cyrl", to = "Latn" }
extends = "kaz-iso-9-1995"
collapse = ["š"]
examples = [{ in = "а", out = "a" }]
[[rules]]
from = "ө"
to = "'o"
after = ["^"]
word_lacks = ["{velar}", "е"]
[[rules]]
from = "тс"
to = "c"
not_before = ["$"]
"#;
    let scheme = Scheme::from_table(table, "test.toml").unwrap();
    assert_eq!(scheme.transliterate("өң өзен көң"), "'oņ ôzen kôņ");
    assert_eq!(scheme.transliterate("атса атс"), "aca ats");
    assert_eq!(scheme.transliterate("ашша АШША"), "aša AŠA");
}
