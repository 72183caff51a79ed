//! The way back from what a scheme wrote.

use atau::Scheme;
use proptest::prelude::*;
use std::sync::LazyLock;

const RUSSIAN: &str = include_str!("../tables/words/rus.tsv");
const KAZAKH: &str = include_str!("../tables/words/kaz.tsv");

fn words(language: &str) -> impl Iterator<Item = &'static str> {
    let text = if language == "rus" { RUSSIAN } else { KAZAKH };
    text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next())
}

/// The share of the words, every twenty-third of the list, that come back.
fn share(scheme: &Scheme) -> f64 {
    let (mut right, mut all) = (0, 0);
    for word in words(scheme.language()).step_by(23) {
        all += 1;
        right += usize::from(scheme.reverse(&scheme.transliterate(word)) == word);
    }
    right as f64 / all as f64
}

static EXACT: LazyLock<Vec<Scheme>> =
    LazyLock::new(|| Scheme::ids().map(|id| Scheme::builtin(id).unwrap()).filter(|s| s.is_reversible()).collect());

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn reversible_schemes_give_every_string_back(russian in "[а-яё]{1,12}", kazakh in "[аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя]{1,12}", case in 0..3) {
        for scheme in EXACT.iter() {
            let word = if scheme.language() == "rus" { &russian } else { &kazakh };
            let word = match case {
                0 => word.clone(),
                1 => word.to_uppercase(),
                _ => word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect(),
            };
            let written = scheme.transliterate(&word);
            // The case of ъ and ь is that of their neighbours, who may have none.
            let signs = |text: &str| text.replace('Ъ', "ъ").replace('Ь', "ь");
            prop_assert_eq!(signs(&scheme.reverse(&written)), signs(&word), "{} {}", scheme.id(), written);
        }
    }
}

/// Outside the collisions that their tables declare these give every string back.
static NEARLY: LazyLock<Vec<(Scheme, Vec<String>)>> = LazyLock::new(|| {
    let plain = [
        "rus-alalc",
        "kaz-alalc",
        "kaz-mw-latn",
        "rus-un-1987",
        "rus-scientific",
        "rus-iso-r-9-1954",
        "rus-iso-r-9-1968",
        "rus-iso-r-9-1968-alt1",
        "rus-iso-r-9-1968-alt2",
        "rus-din-1460",
        "rus-gost-7.79-b",
        "rus-gost-r-7.0.34",
    ];
    let mut schemes: Vec<Scheme> = plain.iter().map(|id| Scheme::builtin(id).unwrap()).collect();
    schemes.push(Scheme::builtin("rus-bgnpcgn-1947").unwrap().with_option("middots", "on").unwrap());
    let sides = |scheme: &Scheme| scheme.collisions().into_iter().flat_map(|(a, b)| [a, b]).collect();
    schemes
        .into_iter()
        .map(|scheme| {
            let sides = sides(&scheme);
            (scheme, sides)
        })
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn outside_their_collisions_schemes_give_every_string_back(russian in "[а-яё]{1,9}", kazakh in "[аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя]{1,9}") {
        for (scheme, sides) in NEARLY.iter() {
            let letters: Vec<char> = sides.iter().filter(|side| side.chars().count() == 1).flat_map(|s| s.chars()).collect();
            let word = if scheme.language() == "rus" { &russian } else { &kazakh };
            let mut word: String = word.chars().filter(|c| !letters.contains(c)).collect();
            while let Some(side) = sides.iter().find(|side| side.chars().count() > 1 && word.contains(side.as_str())) {
                word = word.replacen(side.as_str(), "", 1);
            }
            let written = scheme.transliterate(&word);
            prop_assert_eq!(scheme.reverse(&written), word, "{} {}", scheme.id(), written);
        }
    }
}

#[test]
fn capitals_come_back() {
    let cases = [
        ("rus-iso-9-1995", "OBʺEKT Obʺekt VÂZʹ Ŝuka ŜUKA ŜuKA", "ОБЪЕКТ Объект ВЯЗЬ Щука ЩУКА ЩуКА"),
        ("rus-alalc", "Svi͡ashchennyĭ musor, I͡Akov T͡SYPKIN", "Священный мусор, Яков ЦЫПКИН"),
        ("rus-bgnpcgn-1947", "YA VIZHU SHCHUKU", "Я ВИЖУ ЩУКУ"),
        ("kaz-mw-latn", "ISTIQ İLE", "ЫСТЫҚ ІЛЕ"),
        ("kaz-latn-2021", "Qazaqstan Respublikasy", "Қазақстан Республикасы"),
        ("rus-icao-9303", "Andrei Iurii", "Андрей Юрий"),
        ("kaz-arab-tote", "قازاقستان", "қазақстан"),
        ("kaz-arab-tote", "ءۇندىستان", "үндістан"),
    ];
    for (id, written, expected) in &cases {
        assert_eq!(Scheme::builtin(id).unwrap().reverse(written), *expected, "{id}");
    }
}

#[test]
fn most_words_come_back_from_every_scheme() {
    for id in Scheme::ids() {
        let scheme = Scheme::builtin(id).unwrap();
        let share = share(&scheme);
        assert!(share > 0.95, "{id}: {share}");
    }
}

#[test]
fn letters_that_never_follow_each_other_are_no_way_back() {
    let words = [
        ("rus-icao-9303", "KUZMINYKH", "КУЗЬМИНЫХ"),
        ("rus-mosmetro", "Khryaschev", "Хрящев"),
        // Adjectives and case forms, which lists of persons have not.
        ("rus-mosmetro", "Azovskoe", "Азовское"),
        ("rus-bgnpcgn-1947", "Amerike", "Америке"),
        ("rus-wikipedia", "Assotsiatsiya", "Ассоциация"),
        ("rus-bgnpcgn-1947", "Tsyganchuk", "Цыганчук"),
    ];
    for (id, written, word) in words {
        assert_eq!(Scheme::builtin(id).unwrap().reverse(written), word, "{id}");
    }
}

#[test]
fn candidates_are_ranked_and_weighed() {
    let scheme = Scheme::builtin("rus-icao-9303").unwrap();
    let candidates = scheme.reverse_candidates("Artem", 5);
    assert!(candidates.len() > 1 && candidates.iter().any(|c| c.text == "Артём"), "{candidates:?}");
    assert!(candidates.windows(2).all(|w| w[0].weight >= w[1].weight));
    assert!(candidates.iter().map(|c| c.weight).sum::<f64>() <= 1.0001);
    for text in ["", "«»", "日本", "𝒳", "a\u{301}\u{301}", "x".repeat(5000).as_str()] {
        scheme.reverse(text);
        scheme.reverse_candidates(text, 3);
    }
}

/// Library records have the tie in two halves, and a comma below for a cedilla.
#[test]
fn marks_that_are_written_otherwise_are_read() {
    let cases = [
        ("rus-alalc", "I\u{FE20}A\u{FE21}kov T\u{FE20}S\u{FE21}oĭ", "Яков Цой"),
        ("rus-alalc", "I\u{361}Akov T\u{361}Soĭ", "Яков Цой"),
        ("kaz-iso-9-1995", "K\u{326}azak\u{326}stan, on\u{326}", "Қазақстан, оң"),
    ];
    for (id, written, text) in cases {
        assert_eq!(Scheme::builtin(id).unwrap().reverse(written), text, "{id}");
        let found = atau::scheme::detect(written);
        assert_eq!(found.scheme, Some(id), "{found:?}");
    }
}

/// What the scheme does not write stays as it is, in every normal form.
#[test]
fn marks_of_other_letters_stay() {
    let scheme = Scheme::builtin("rus-iso-r-9-1968").unwrap();
    for text in ["\u{21B}ara", "t\u{326}ara"] {
        assert_eq!(scheme.reverse(text), "\u{21B}ара");
    }
    assert_eq!(scheme.reverse("d\u{326}a"), "д\u{326}а");
    assert_eq!(scheme.reverse("l\u{FE20}a\u{FE21}"), "л\u{FE20}а\u{FE21}");
}

/// A letter that writes nothing stands after a letter, not after a sign.
#[test]
fn silent_letters_stand_after_letters() {
    let scheme = Scheme::builtin("kaz-arab-mw").unwrap();
    let candidates = scheme.reverse_candidates("قالاسى، ۇكىمەت", 50);
    let odd = |text: &str| [",ь", ",ъ", "،ь", "،ъ"].iter().any(|sign| text.contains(sign));
    assert_eq!(candidates[0].text, "қаласы, үкімет");
    assert!(candidates.iter().all(|c| !odd(&c.text)), "{candidates:?}");
}

/// The readings of a text are those of its words put together, however long it is.
#[test]
fn candidates_of_a_long_text() {
    let scheme = Scheme::builtin("rus-icao-9303").unwrap();
    let two = scheme.reverse_candidates("Artem Iurii", 20);
    assert_eq!(two[0].text, "Артём Юрий");
    let product = |a: &str, b: &str| {
        let weight = |word: &str, text: &str| scheme.reverse_candidates(word, 96).into_iter().find(|c| c.text == text).unwrap().weight;
        weight("Artem", a) * weight("Iurii", b)
    };
    for candidate in &two {
        let (a, b) = candidate.text.split_once(' ').unwrap();
        let (first, second) = (product(a, b), product("Артём", "Юрий"));
        assert!((candidate.weight / two[0].weight - first / second).abs() < 1e-6, "{candidate:?}");
    }
    let long = scheme.reverse_candidates(&"Artem Iurii, ".repeat(20_000), 3);
    assert_eq!((long.len(), long[0].text.starts_with("Артём Юрий, ")), (3, true));
}

/// What closes a quotation is no hard or soft sign.
#[test]
fn quotation_marks_around_words_stay() {
    let scheme = Scheme::builtin("rus-bgnpcgn-1947").unwrap();
    let cases = [
        ("“Moskva”", "“Москва”"),
        ("“Severnyy ob”yezd”, Moskva", "“Северный объезд”, Москва"),
        ("‘Gogol’’", "‘Гоголь’"),
        ("„Gogol’”", "„Гоголь”"),
        ("Gogol’", "Гоголь"),
    ];
    for (written, text) in cases {
        assert_eq!(scheme.reverse(written), text);
        assert_eq!(scheme.transliterate(text), written);
    }
}
