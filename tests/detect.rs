//! Which scheme a text is in: the strings of `tests/data/detect.jsonl` and what holds for every text.

use atau::Scheme;
use atau::scheme::{Column, LONGEST_WORD, MOST_WORDS, detect};
use proptest::prelude::*;
use serde_json::Value;

/// One expected answer for each string. A word of the list is the likeliest scheme for the word, or a scheme with the
/// number of letters against it, or `*` where any will do.
#[test]
fn mixed_romanisations_are_read_word_by_word() {
    let mut wrong = Vec::new();
    for line in include_str!("data/detect.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let input = row["input"].as_str().unwrap();
        let found = detect(input);
        let json = serde_json::to_value(&found).unwrap();
        for field in ["language", "scheme", "nearest", "mixed"] {
            if json[field] != row[field] {
                wrong.push(format!("{input}: {field}: expected {}, found {}", row[field], json[field]));
            }
        }
        let words = row["words"].as_array().unwrap();
        assert_eq!(words.len(), found.words.len(), "{input}");
        for (expected, word) in words.iter().zip(&found.words) {
            let (id, against) = match expected {
                Value::String(any) if any == "*" => continue,
                Value::String(id) => (id, 0),
                Value::Object(one) => one.iter().map(|(id, n)| (id, n.as_u64().unwrap() as u32)).next().unwrap(),
                other => panic!("{other}"),
            };
            let first = &word.schemes[0];
            if (first.id, first.against) != (id, against) {
                wrong.push(format!("{input}: {}: expected {id} {against}, found {} {}", word.word, first.id, first.against));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn scripts_and_languages() {
    let cases = [
        ("Социалистическое Движение Казахстана", Some("Cyrl"), "ru"),
        ("Қазақстанның Социалистік Қозғалысы", Some("Cyrl"), "kk"),
        ("Україна", Some("Cyrl"), "other"),
        ("Movement of Kazakhstan", Some("Latn"), "other"),
        ("العربية", Some("Arab"), "other"),
        ("قازاقستان", Some("Arab"), "kk"),
        ("Kazakh nameҚазақстанның", Some("Latn+Cyrl"), "kk"),
        ("1991, «–»", None, "other"),
        ("", None, "other"),
        ("日本", Some("Hani"), "other"),
    ];
    for (text, script, language) in cases {
        let found = detect(text);
        assert_eq!((found.script.as_deref(), found.language), (script, language), "{text}: {found:?}");
    }
}

/// Every scheme is among those that could have written what it wrote.
#[test]
fn a_scheme_recognises_what_it_wrote() {
    let texts = [
        ("rus", "Социалистическое Движение Казахстана"),
        ("rus", "Чапаевск, Юрий Щербаков, Хрущёв, объезд, Васильев"),
        ("rus", "ЖАНАОЗЕН, Шымкент, Эдуард Цой, Йошкар-Ола, новый синий"),
        ("kaz", "Қазақстанның Социалистік Қозғалысы"),
        ("kaz", "Өскемен, Жаңаөзен, Ғалым Шәріпов, Үкімет, Ұлттық, Ілияс, аяқ, су"),
    ];
    let (mut words, mut missed) = (0, Vec::new());
    for scheme in Scheme::ids().map(|id| Scheme::builtin(id).unwrap()) {
        for text in texts.iter().filter(|(language, _)| *language == scheme.language()).map(|(_, text)| text) {
            let out = scheme.transliterate(text);
            for word in detect(&out).words {
                words += 1;
                if !word.schemes.iter().any(|s| s.id == scheme.id() && s.against == 0) {
                    missed.push(format!("{}: {} {:?}", scheme.id(), word.word, word.schemes.first()));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} of {words}:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn the_scheme_of_a_column_and_the_rows_that_disagree() {
    let mut column = Column::default();
    let texts = ["Socialističeskoe Soprotivlenie", "Žambyl", "Zhanaozen", "Казахстан", "Čapaev", "Kazahstan", ""];
    for (i, text) in texts.iter().enumerate().rev() {
        column.add(i as u64 + 1, &detect(text));
    }
    let found = column.finish();
    assert_eq!((found.rows, found.transliterated, found.written), (7, 5, 4));
    assert_eq!(found.scheme, Some("rus-iso-9-1995"));
    assert_eq!(found.disagree.iter().map(|d| (d.row, d.nearest)).collect::<Vec<_>>(), [(3, Some("rus-bgnpcgn-1947"))]);
    assert_eq!(Column::default().finish().scheme, None);
}

#[test]
fn long_text_is_cut_and_the_note_says_so() {
    let started = std::time::Instant::now();
    let long = detect(&"ia".repeat(500_000));
    assert!(long.words[0].schemes.is_empty() && long.words[0].note.is_some() && long.scheme.is_none());
    let many = detect(&"Qazaqstan ".repeat(MOST_WORDS + 1));
    assert_eq!(many.words.len(), MOST_WORDS);
    assert!(many.note.is_some());
    for word in ["i", "ia", "sh", "y", "a\u{301}", "’", "ıı", "shchya"] {
        let word: String = word.chars().cycle().take(LONGEST_WORD).collect();
        detect(&word);
    }
    assert!(started.elapsed().as_secs() < 60);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}") {
        detect(&text);
    }

    #[test]
    fn scores_are_shares(text in "[a-zčšžʹ’ıñğq]{1,14}") {
        for word in detect(&text).words {
            let sum: f64 = word.schemes.iter().map(|s| s.score).sum();
            prop_assert!((0.0..=1.02).contains(&sum), "{sum}");
            prop_assert!(word.schemes.windows(2).all(|w| w[0].against == w[1].against && w[0].score >= w[1].score));
        }
    }
}
