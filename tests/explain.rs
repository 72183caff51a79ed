//! The sentences of answers in every language.

use atau::resolve::{Context, Language, Resolver, View, compare_in};
use atau::{Registry, registry::RegistryFormat};

fn resolver(language: Language) -> Resolver {
    Resolver::new(Registry::builtin()).with_language(language)
}

/// A sentence without what is quoted or in brackets, ids, dates and country codes.
fn own_words(why: &str) -> String {
    let mut depth = 0;
    let outside: String = why
        .chars()
        .filter(|c| {
            depth += i32::from(matches!(c, '«' | '('));
            let keep = depth == 0;
            depth -= i32::from(matches!(c, '»' | ')'));
            keep
        })
        .collect();
    let is_code = |word: &str| word.trim_end_matches(';').len() == 2 && word.starts_with(|c: char| c.is_ascii_uppercase());
    outside.split_whitespace().filter(|w| !w.contains('-') && !is_code(w)).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_language_changes_the_sentence_and_nothing_else() {
    let names = Registry::builtin().to_text(RegistryFormat::Csv);
    let mut texts: Vec<String> = names.lines().skip(1).filter_map(|l| l.split(',').nth(1)).map(str::to_owned).collect();
    texts.extend(texts.clone().iter().step_by(3).map(|t| t.to_lowercase()));
    texts.extend(["", " ", "…", "С\0СК", "\u{202E}КСС", "CДК", "ЁЁЁ", "Wholly unknown"].map(str::to_owned));
    texts.push("щ".repeat(2000));
    let contexts = [Context::new(), Context::new().kind("person").unwrap().country("RU").unwrap().as_of("2009").unwrap()];
    let views = [View::Names, View::Bodies];
    for (context, view) in contexts.iter().zip(views) {
        let english = resolver(Language::English).with_view(view);
        for language in [Language::Russian, Language::Kazakh] {
            let other = resolver(language).with_view(view);
            for text in &texts {
                let (a, b) = (english.resolve(text, context), other.resolve(text, context));
                let (told, said) = (a.why(), b.why());
                assert_eq!((a.verdict, &a.id, a.name(), a.score, a.how), (b.verdict, &b.id, b.name(), b.score, b.how), "{text:?}");
                assert_eq!(a.candidates(), b.candidates(), "{text:?}");
                assert!(!told.is_empty() && !said.is_empty() && told != said, "{text:?}: {told} {said}");
                assert!(!said.contains(['{', '}']), "{said}");
                // Words of a name may be cited bare where they differ.
                if !said.contains(": ") {
                    let own = own_words(said).replace("NUL", "");
                    assert!(!own.contains(|c: char| c.is_ascii_alphabetic()), "{text:?}: {said}");
                }
            }
        }
    }
}

/// What is the same but for typing differs in something, and that is said.
#[test]
fn what_differs_is_said() {
    let cases = [
        ("В.И. Ленин", "В. И.Ленин", "spaces"),
        ("В.И. Ленин", "В.И. ленин", "capitals"),
        ("«АБ» ВГ", "«АБ ВГ»", "punctuation"),
        ("«АБ» ВГ", "АБ  ВГ", "punctuation and spaces"),
        ("Жани\u{306}", "Жан\u{439}", "Unicode normal form"),
        ("Жан\u{439}", "Жани\u{306}", "Unicode normal form"),
        ("Иванов Иван", "Ива\u{AD}нов\u{200E} Иван", "invisible characters"),
        ("Ivanov", "Ｉvanov", "width"),
    ];
    for (name, text, differs) in cases {
        let registry = Registry::from_text(&format!("id,name\nx,{name}\n"), "x.csv", RegistryFormat::Csv).unwrap();
        let resolver = Resolver::new(registry);
        let outcome = resolver.resolve(text, &Context::new());
        assert!(outcome.why().ends_with(&format!(" of x but for {differs}")), "{text:?}: {}", outcome.why());
    }
}

/// A sentence says of two names of one script nothing of another, and what it warns of is in it.
#[test]
fn how_a_name_is_near_is_said() {
    let registry = "id,name,valid\np,Иван Петров,1990/1995\nq,\"Sidorov, Yegor\",\nr,Socialist Resistance of Kazakhstan,2006/2011\n";
    let resolver = Resolver::new(Registry::from_text(registry, "x.csv", RegistryFormat::Csv).unwrap());
    let date = Context::new().as_of("2015").unwrap();
    let cases = [
        ("Петров Иван", Context::new(), "“Петров Иван” is near “Иван Петров” of p, its words in another order"),
        (
            "Петров Иван",
            date.clone(),
            "“Петров Иван” is near “Иван Петров” of p, its words in another order, in use 1990 to 1995; warning: 2015 is outside these dates",
        ),
        ("Sidorov Yegor", Context::new(), "“Sidorov Yegor” is “Sidorov, Yegor” of q but for punctuation"),
        ("Yegor Sidorov", Context::new(), "“Yegor Sidorov” is near “Sidorov, Yegor” of q, its words in another order"),
        ("Sidorov, Egor", Context::new(), "“Sidorov, Egor” reads like “Sidorov, Yegor” of q in another spelling: Egor for Yegor"),
        ("Сидоров Егор", Context::new(), "“Сидоров Егор” reads like “Sidorov, Yegor” of q, romanised by rus-bgnpcgn-1947"),
    ];
    for (text, context, expected) in cases {
        let outcome = resolver.resolve(text, &context);
        let parts = outcome.why().find("; by its parts").map_or(outcome.why().len(), |at| at);
        let rest = outcome.why()[parts..].find("; warning").map_or("", |at| &outcome.why()[parts + at..]);
        assert_eq!(format!("{}{rest}", &outcome.why()[..parts]), expected, "{}", outcome.why());
    }
    for (a, b, expected) in [
        ("Yesenbek Ukteshbaev", "Yesenbek Ukteshbayev", "the words answer to each other"),
        ("Есенбек Уктешбаев", "Yesenbek Ukteshbayev", "one name in two scripts"),
    ] {
        assert!(compare_in(a, b, Language::English).why.starts_with(expected), "{a} {b}");
    }
}

#[test]
fn the_reading_that_won_is_said() {
    let cases = [
        (Language::English, "Takhir Mukhamedzyanov", "romanised by rus-bgnpcgn-1947"),
        (Language::English, "Qazaqstannyń Sotsıalıstik Qozǵalysy", "read as Kazakh 2018 Latin (kaz-latn-2018-acute)"),
        (Language::Russian, "Qazaqstannyń Sotsıalıstik Qozǵalysy", "письмо — казахская латиница 2018 года (kaz-latn-2018-acute)"),
        (Language::Kazakh, "قازاقستان", "жазуы — араб әрпіндегі қазақ жазуы, төте жазу (kaz-arab-tote)"),
    ];
    let names = "id,name\na,Қазақстанның Социалистік Қозғалысы\nb,Тахир Мухамедзянов\nc,Қазақстан\n";
    for (language, text, expected) in cases {
        let registry = Registry::from_text(names, "x.csv", RegistryFormat::Csv).unwrap();
        let resolver = Resolver::new(registry).with_language(language);
        let outcome = resolver.resolve(text, &Context::new());
        let why = outcome.why();
        assert!(why.contains(expected), "{why}");
    }
}

#[test]
fn two_strings_are_compared_in_each_language() {
    let pairs = [("СДК", "СДК"), ("СДК", "сдк"), ("СДК", "CДК"), ("", "а"), ("Тахир", "Takhir"), ("Ақтау", "Берлин"), ("1", "а")];
    for (a, b) in pairs {
        let english = compare_in(a, b, Language::English);
        for language in [Language::Russian, Language::Kazakh] {
            let other = compare_in(a, b, language);
            assert_eq!((english.verdict, english.score), (other.verdict, other.score));
            let own = own_words(&other.why);
            assert!(!own.contains(|c: char| c.is_ascii_alphabetic()) && !own.contains(['{', '}']), "{}", other.why);
        }
    }
}
