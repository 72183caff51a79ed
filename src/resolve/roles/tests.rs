//! Tests of names compared part by part.

use crate::name::parts::{Says, What};
use crate::resolve::Reading;

/// What is found about the parts of two names.
fn findings(a: &str, b: &str) -> Vec<(What, Says)> {
    Reading::of(a).told(&Reading::of(b)).findings.into_iter().map(|f| (f.what, f.says)).collect()
}

#[test]
fn what_contradicts() {
    use What::*;
    let cases = [
        ("Айнур Курманов", "Айнура Курманова", Gender),
        ("Курманов", "Курманова", Gender),
        ("Ainur Kurmanov", "Курманова Айнура", Gender),
        ("Жуковский Иван", "Жуковская Иван", Gender),
        ("Болат Серікұлы", "Болат Серікқызы", Gender),
        ("Болат Серікұлы", "Болат Маратович", Patronymic),
        ("Тимур Нариманович Мухамедзянов", "Тимур Маратович Мухамедзянов", Patronymic),
        ("Т. Н. Мухамедзянов", "Айнур Мухамедзянов", Initial),
        ("Т. Н. Мухамедзянов", "М. Н. Мухамедзянов", Initial),
        ("Семён Степанов", "О. Степанов", Initial),
        ("Y. Gagarin", "Андрей Гагарин", Initial),
        ("Тахир Мухамедзянов", "Тимур Мухамедзянов", Given),
        ("Айнур Курманов", "Айнур Токаев", Family),
        ("Т. Н.", "Тахир Нариманович Мухамедзянов", InitialsOnly),
        ("Социалистическое Сопротивление Казахстана", "Социалистическое Движение Казахстана", Head),
        ("Социалистическое Сопротивление Казахстана", "Socialist Movement of Kazakhstan", Head),
        ("Қазақстанның Социалистік Қозғалысы", "Қазақстанның Социалистік қарсылығы", Head),
        ("Qazaqstannıñ Socïalïstik Qozğalısı", "Socialističeskoe Soprotivlenie Kazahstana", Head),
        ("Социалистическое Движение Казахстана", "Коммунистическое Движение Казахстана", Quality),
        ("Социалистическое Движение Казахстана", "Российское Социалистическое Движение", Country),
        ("Kazakhstan 2012", "Казахстан 2011", Number),
        ("школа № 28", "29-я школа", Number),
        ("ТОО «Бурылтас»", "АО «Бурылтас»", Legal),
        ("город Алматы", "Алматинская область", PlaceWord),
        ("ТОО «Бурылтас»", "ТОО «Самрук»", Core),
    ];
    let mut wrong = Vec::new();
    for (a, b, what) in cases {
        for (a, b) in [(a, b), (b, a)] {
            if !findings(a, b).contains(&(what, Says::Contradiction)) {
                wrong.push(format!("{a} ~ {b}: {:?}, expected {what:?}", findings(a, b)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_does_not_contradict() {
    let cases = [
        ("Т. Н. Мухамедзянов", "Тахир Нариманович Мухамедзянов"),
        ("Мухамедзянов Т.Н.", "Takhir Narimanovich Mukhamedzyanov"),
        ("Mukhamedzyanov T N", "Тахир Мухамедзянов"),
        // Y is the beginning of Yu, Д that of Дж.
        ("Y. Gagarin", "Юрий Гагарин"),
        ("S. Ivanov", "Шамиль Иванов"),
        ("Д. Смит", "John Smith"),
        ("Мукашев Сиязбек Онербекович", "Siyazbek Onerbekuly Mukashev"),
        ("Айсина Мәди Серікқызы", "Айсина Мади Сериковна"),
        ("Болат Серік ұлы", "Болат Серикович"),
        ("Болат Серік ұлы", "Bolat Serikuly"),
        ("Мария Сергейқызы Ли", "Мария Сергеевна Ли"),
        ("Григорийұлы Марат", "Марат Григорьевич"),
        ("Айнұр Құрманов", "Айнұр Құрман"),
        ("Жанбулатов Марат", "Марат Жанбулат"),
        ("Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"),
        ("ТОКАЕВ Касым-Жомарт Кемелевич", "Қасым-Жомарт Кемелұлы Тоқаев"),
        ("Саша Курманов", "Александр Курманов"),
        ("Айнур Курманов", "Kurmanov, Ainur"),
        ("Дәния Еспаева", "Daniya Espaeva"),
        ("Тахир Нариманович Мухамедзянов", "Тахир Мухамедзянов"),
        ("профсоюз «Жанарту»", "Zhanartu trade union"),
        ("ТОО «Бурылтас»", "Бұрылтас ЖШС"),
        ("ТОО «Бурылтас»", "Бурылтас"),
        ("Социалистическое Движение", "Socialist Movement of Kazakhstan"),
        ("Қазақстанның Социалистік Қозғалысы", "Socialist Movement of Kazakhstan"),
        ("Қазақстан халық партиясы", "Народная партия Казахстана"),
        ("школа № 28", "28-я школа"),
        ("28-мектеп", "school No 28"),
        ("Қарағанды облысы", "Карагандинская область"),
        ("Министерство внутренних дел", "Ministry of Internal Affairs of Kazakhstan"),
    ];
    let mut wrong = Vec::new();
    for (a, b) in cases {
        for (a, b) in [(a, b), (b, a)] {
            let found: Vec<_> = findings(a, b).into_iter().filter(|f| f.1 == Says::Contradiction && f.0 != What::Core).collect();
            if !found.is_empty() {
                wrong.push(format!("{a} ~ {b}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (a, b, found) in [
        ("Айнұр Құрманов", "Айнұр Құрман", (What::Family, Says::Agreement)),
        ("Болат Серікұлы", "Болат Серикович", (What::Patronymic, Says::Agreement)),
        ("Тахир Нариманович Мухамедзянов", "Тахир Мухамедзянов", (What::Patronymic, Says::Omission)),
        ("Саша Курманов", "Александр Курманов", (What::Given, Says::Agreement)),
        ("профсоюз «Жанарту»", "Жанарту", (What::Head, Says::Omission)),
        ("школа № 28", "школа", (What::Number, Says::Omission)),
        ("благотворительный фонд «Ая»", "Фонд «Ая»", (What::Head, Says::Omission)),
    ] {
        assert!(findings(a, b).contains(&found), "{a} ~ {b}: {:?}", findings(a, b));
    }
}

/// A quality and a word, and both as one word of another language.
#[test]
fn compounds_of_another_language() {
    for (a, b, same) in [
        ("Жаңаөзен", "Новый Узень", true),
        ("Zhanaozen", "Новый Узень", true),
        ("Старый Тогузак", "Ескітоғызақ", true),
        ("Красный Яр", "Қызылжар", true),
        ("Жаңатас", "Новый Узень", false),
        ("Жаңаөзен", "Старый Узень", false),
        ("Жаңақорған", "Новый Уренгой", false),
        ("Жаңаөзен", "Узень", false),
    ] {
        for (a, b) in [(a, b), (b, a)] {
            let score = Reading::of(a).score(&Reading::of(b));
            assert!(if same { score > 0.8 } else { score < 0.3 }, "{a} ~ {b}: {score}");
        }
    }
}

/// A place named after something is near it, and not the same.
#[test]
fn derived_names_are_unsure() {
    for (a, b) in [("Ставрополь", "Ставропольское"), ("Каменогорск", "Камен"), ("Петропавл", "Петропавловск")]
    {
        let score = Reading::of(a).score(&Reading::of(b));
        assert!((0.5..0.8).contains(&score), "{a} ~ {b}: {score}");
    }
}

/// Which of two is named first changes nothing, also when they are of one length.
#[test]
fn abbreviations_are_told_either_way() {
    let a = Reading::of("ССК......................................");
    let b = Reading::of("Социалистическое Сопротивление Казахстана");
    assert_eq!(a.text().chars().count(), b.text().chars().count());
    assert_eq!((a.score(&b) > 0.0, b.score(&a) > 0.0), (true, true));
}

/// A name that only looks like a person's may be abbreviated; that of a person is not, and two letters are a country's only where they are known.
#[test]
fn what_is_abbreviated() {
    let cases = [
        ("РПЦ", "Русской Православной церкви", true),
        ("ЕР", "Единая Россия", true),
        ("МЮ", "Манчестер Юнайтед", true),
        ("АК", "Айнур Курманов", false),
        ("НС", "Николя Саркози", false),
        ("СК", "Северную Корею", false),
        ("РК", "Республика Казахстан", true),
    ];
    for (a, b, fits) in cases {
        let score = Reading::of(a).score(&Reading::of(b));
        assert_eq!(score > 0.5, fits, "{a} ~ {b}: {score}");
    }
}

#[test]
fn words_of_a_kind_alone_make_no_name() {
    let cases = [("Management Company", "Westminster Management Company"), ("ТОО", "ТОО «Бурылтас»"), ("профсоюз", "профсоюз «Жанарту»")];
    for (kind, name) in cases {
        assert!(crate::resolve::score(kind, name) < 0.5, "{kind} ~ {name}");
        assert!(crate::resolve::score(name, name) > 0.9, "{name}");
    }
}

/// Words whose meaning one side alone has, and fathers that several words are like, count the same whichever name is first.
#[test]
fn the_order_of_two_names_changes_little() {
    let cases = [
        ("Соломон аралдары", "Solomon Adaları"),
        ("Оңтүстік Корея", "Түштүк Корея"),
        ("Америкалық Самоа", "Американское Самоа"),
        ("Кенгирское", "Leninskoe"),
        ("Гренландия", "Ирландия"),
        ("Малави", "Мали"),
        ("Bowne of New York City, L.L.C.", "Bowne of Los Angeles, Inc."),
    ];
    for (a, b) in cases {
        let (a, b) = (Reading::of(a), Reading::of(b));
        let (there, back) = (a.score(&b), b.score(&a));
        assert!((there - back).abs() < 0.02, "{} ~ {}: {there} {back}", a.text(), b.text());
    }
}
