use super::lexicon::{LEXICON, Sort};
use super::*;
use crate::builtin::PARTS;
use crate::text::fold;
use proptest::prelude::*;
use std::collections::HashSet;

/// A name in short: its kind, and each word as its role; what has a meaning as that.
fn told(name: &str, kind: Option<Kind>) -> String {
    let parts = analyse(name, kind);
    let words: Vec<String> = parts
        .words
        .iter()
        .filter(|w| !w.continues())
        .map(|w| match w.role {
            Role::Number(n) => n.to_string(),
            role => role.meaning().map_or(role.name(), Meaning::id).to_owned(),
        })
        .collect();
    format!("{}: {}", parts.kind.name(), words.join(" "))
}

#[test]
fn persons_in_any_order_and_script() {
    let cases = [
        (
            "initial initial family",
            &["Т. Н. Мухамедзянов", "Т.Н. Мухамедзянов", "Т.Н.Мухамедзянов", "T. N. Mukhamedzyanov", "ТН Мухамедзянов"][..],
        ),
        (
            "family initial initial",
            &["Мухамедзянов Т.Н.", "Мухамедзянов, Т. Н.", "Mukhamedzyanov T N", "МУХАМЕДЗЯНОВ Т Н", "Мухамедзянов ТН", "Mukhamedzyanov TN"],
        ),
        ("initial family", &["А. Құрманов", "Zh. Mamayev", "A. Kurmanov"]),
        (
            "given patronymic family",
            &[
                "Тахир Нариманович Мухамедзянов",
                "Takhir Narimanovich Mukhamedzyanov",
                "Siyazbek Onerbekuly Mukashev",
                "Сиязбек Өнербекұлы Мұқашев",
            ],
        ),
        (
            "family given patronymic",
            &[
                "Мукашев Сиязбек Онербекович",
                "ТОКАЕВ Кемел Жомартович",
                "Абсатиров Кенес Гарапович",
                "АБСАТИРОВ Кенес Гарапович",
                "Әшімбаев Мәулен Сағатханұлы",
            ],
        ),
        (
            "given family",
            &[
                "Айнур Курманов",
                "Айнұр Құрманов",
                "Aynur Qurmanov",
                "اينۇر قۇرمانوۆ",
                "Esenbek Ukteshbayev",
                "Есенбек Өктешбаев",
                "Janbolat Mamai",
                "Айнура КУРМАНОВА",
            ],
        ),
        (
            "family given",
            &[
                "Kurmanov, Ainur",
                "Курманов Айнур",
                "Құрман Айнұр",
                "КУРМАНОВ Айнур",
                "Смағұл Бақытбек",
                "Достоевский Фёдор",
                "Savchenko, Olha",
            ],
        ),
        ("given given family", &["Касым-Жомарт Токаев", "Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев"]),
        ("given given patronymic family", &["Қасым-Жомарт Кемелұлы Тоқаев"]),
        ("family family given patronymic", &["Иванова-Петрова Анна Сергеевна"]),
        ("patronymic given", &["Серік ұлы Болат"]),
        ("family initial initial", &["Рабинович М.И."]),
        ("given number", &["Николай II"]),
    ];
    let mut wrong = Vec::new();
    for (expected, names) in cases {
        for name in names {
            let told = told(name, None).replace(" 2", " number");
            if told != format!("person: {expected}") {
                wrong.push(format!("{name}: {told}, expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn organisations_and_places() {
    let cases = [
        (
            "organisation: socialist resistance KZ",
            "Социалистическое Сопротивление Казахстана|Социалистического сопротивления Казахстана|Socialist Resistance Kazakhstan",
        ),
        (
            "organisation: KZ socialist movement",
            "Қазақстанның Социалистік Қозғалысы|Qazaqstannıñ Socïalïstik Qozğalısı|Kazakhstan Socialist Movement",
        ),
        ("organisation: KZ socialist resistance", "Қазақстанның Социалистік қарсылығы|Qazaqstannyń Sotsıalıstik karsylyǵy"),
        (
            "organisation: socialist movement KZ",
            "Социалистическое Движение Казахстана|Socialističeskoe Dvizheniye Kazahstana|Социалистического движения Казахстана",
        ),
        ("organisation: core trade-union", "Zhanartu trade union|Жаңарту кәсіподағы"),
        ("organisation: trade-union core", "профсоюз «Жанарту»|Профессиональный союз «Жанарту»"),
        ("organisation: core party", "Отан партиясы|Otan partiasy|Otan party"),
        ("organisation: llp core", "ТОО «Бурылтас»|Товарищество с ограниченной ответственностью «Бурылтас»"),
        ("organisation: core llp", "Бұрылтас ЖШС|«Бұрылтас» жауапкершілігі шектеулі серіктестігі|Buryltas LLP"),
        ("organisation: core jsc", "«Қазпошта» АҚ|Kazpost JSC|Казпочта АО"),
        ("organisation: KZ 2012", "Kazakhstan 2012|Казахстан 2012"),
        ("organisation: school particle 28", "школа № 28|Мектеп № 28|School No. 28"),
        ("organisation: 28 school", "28-я школа|28-мектеп|28th school|28-ші мектеп"),
        ("organisation: movement resistance named core core", "Движение сопротивления имени Петра Алексеева"),
        ("organisation: initial initial core named eurasian national university", "Л.Н. Гумилев атындағы Еуразия ұлттық университеті"),
        ("organisation: ministry-interior KZ", "Министерство внутренних дел Республики Казахстан|Ministry of Internal Affairs Kazakhstan"),
        ("organisation: KZ ministry-interior", "Қазақстан Республикасы Ішкі істер министрлігі|ҚР ішкі істер министрлігі"),
        ("organisation: core core university", "Нурсултан Назарбаев Университеті|Nursultan Nazarbayev University"),
        ("organisation: akimat city core", "Акимат города Алматы"),
        ("organisation: white road party", "Ақ жол партиясы"),
        ("place: core region", "Алматы облысы|Almaty oblysy|Алматинская область|Almaty Region|Атырауская обл."),
        ("place: core city", "Алматы қаласы|Almaty qalasy"),
        ("place: city core", "город Алматы|г. Алматы"),
        ("place: core village", "Шортанды ауылы|Shortandy village"),
        ("place: village core", "село Ивановка|с. Ивановка"),
        ("place: street core", "улица Курманова"),
        ("place: KZ", "Казахстан|Republic of Kazakhstan|Қазақстан Республикасы|Казахстана|Қазақстанның|РК"),
        ("unknown: core", "Ақтау|Zhanaozen|Жаңаөзен"),
        ("unknown: core core", "Нур-Султан"),
        ("unknown: white core", "Белые Воды"),
        ("unknown: named core", "имени Кирова"),
        ("unknown: new core", "Новая Гвинея|New Guinea"),
        ("organisation: federation trade-union KZ", "Федерация профсоюзов Казахстана"),
        ("unknown: family", "Курманов|Kurmanova"),
    ];
    let mut wrong = Vec::new();
    for (expected, names) in cases {
        for name in names.split('|').filter(|n| !n.is_empty()) {
            if told(name, None) != expected {
                wrong.push(format!("{name}: {}, expected {expected}", told(name, None)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_known_of_the_kind_decides() {
    assert_eq!(told("Ли Ван", Some(Kind::Person)), "person: given family");
    assert_eq!(told("John Smith", Some(Kind::Person)), "person: given family");
    assert_eq!(told("Айнур Курманов", Some(Kind::Organisation)), "organisation: core core");
    assert_eq!(told("Киров", Some(Kind::Place)), "place: core");
}

#[test]
fn places_of_words_are_those_of_the_name() {
    let name = "  «Қ. И. Сәтбаев» атындағы 28-ші мектеп, ЖШС";
    let parts = analyse(name, None);
    let words: Vec<&str> = parts.words.iter().map(|w| &name[w.range()]).collect();
    assert_eq!(words, ["Қ", "И", "Сәтбаев", "атындағы", "28-ші", "мектеп", "ЖШС"]);
    assert_eq!(parts.folded(2), "сәтбаев");
    let long = "а ".repeat(500);
    assert_eq!(analyse(&long, None).words.len(), MOST_WORDS);
}

#[test]
fn the_tables_are_sound() {
    assert_eq!(LEXICON.found, []);
    let count = |sort| LEXICON.meanings().iter().filter(|m| m.sort == sort).count();
    assert!(count(Sort::Head) + count(Sort::Legal) >= 300);
    // Words with two meanings: in capitals a joint-stock company, else white; with a stop a village, else "with".
    assert_eq!(LEXICON.shared, [("ақ", "jsc", "white"), ("с", "with", "village")]);
    let mut ids = HashSet::new();
    for m in LEXICON.meanings().iter().filter(|m| !matches!(m.sort, Sort::Particle)) {
        assert!(ids.insert((m.sort, m.id)), "{} twice", m.id);
    }
    for file in PARTS.iter().filter(|f| f.path.ends_with(".tsv")) {
        assert!(file.text.contains("# Source"), "{} names no source", file.path);
        for line in file.text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let mut cells: Vec<&str> = line.split('\t').collect();
            if file.stem == "small" {
                cells.remove(0);
            }
            for cell in &cells[1..cells.len() - 1] {
                for word in cell.split(',').map(|w| w.trim().trim_start_matches('=')).filter(|w| *w != "-") {
                    let folded = fold(word);
                    assert!(folded == word || word.ends_with(['.', '#', '№']), "{}: {word:?} is not folded", file.path);
                }
            }
        }
    }
}

#[test]
fn every_head_in_three_languages_is_found() {
    let mut wrong = Vec::new();
    for stem in ["heads", "legal", "places", "qualities", "countries"] {
        let file = PARTS.iter().find(|f| f.stem == stem).expect("a table");
        for line in file.text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            for phrase in cells[1..5].iter().flat_map(|c| c.split(',')).map(|p| p.trim().trim_start_matches('=')).filter(|p| *p != "-") {
                let text = if phrase.chars().count() == 1 { format!("{phrase}.") } else { phrase.to_uppercase() };
                let parts = analyse(if cells[0] == "white" { phrase } else { &text }, Some(Kind::Organisation));
                let found = parts.words.iter().find_map(|w| w.role.meaning()).map_or("", Meaning::id);
                if found != cells[0] {
                    wrong.push(format!("{phrase}: {found}, expected {}", cells[0]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn any_text_is_taken_apart(name in "\\PC{0,60}", other in "\\PC{0,60}") {
        let (a, b) = (analyse(&name, None), analyse(&other, Some(Kind::Person)));
        for w in &a.words {
            prop_assert!(name.get(w.range()).is_some());
        }
        prop_assert!(b.words.len() <= MOST_WORDS);
    }

    #[test]
    fn names_are_taken_apart(name in "[А-Яа-яӘҚқA-Za-z.,«»№0-9 'ұІX-]{0,40}") {
        let a = analyse(&name, None);
        for w in &a.words {
            prop_assert!(name.get(w.range()).is_some());
        }
    }
}
