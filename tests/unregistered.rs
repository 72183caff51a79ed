//! Strings that are no registered name as they stand, over small registries made for them: what is found, which goes first, and whether
//! it is sure.

use atau::registry::{Registry, RegistryFormat};
use atau::resolve::{Context, Evidence, How, Resolver, Verdict};

/// An abbreviation that nobody registered is a candidate at most, however well its letters fit; one that fits two names leaves both.
#[test]
fn unregistered_abbreviations_are_candidates() {
    let registry = |names: &[(&str, &str)]| {
        let rows: String = names.iter().map(|(id, name)| format!("{id},{name}\n")).collect();
        Resolver::new(Registry::from_text(&format!("id,name\n{rows}"), "names.csv", RegistryFormat::Csv).unwrap())
    };
    let kazakh = [("movement", "Қазақстанның Социалистік Қозғалысы"), ("resistance", "Қазақстанның Социалистік қарсылығы")];
    let bodies = [
        ("military", "Южный военный округ"),
        ("fund", "Международный валютный фонд"),
        ("union", "Европейский союз"),
        ("osce", "ОБСЕ"),
        ("journalists", "КЗЖ"),
        ("kostanay", "Қостанай мемлекеттік университеті"),
        ("satpayev", "Казахский национальный технический университет имени К. И. Сатпаева"),
        ("yassawi", "Қожа Ахмет Ясауи атындағы халықаралық қазақ-түрік университеті"),
    ];
    /// Ids with names, the string, the ids that it may mean.
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a [&'a str]);
    let cases: [Case; 11] = [
        (&kazakh, "ҚСҚ", &["movement", "resistance"]),
        (&kazakh[..1], "ҚСҚ", &["movement"]),
        (&bodies, "ЮВО", &["military"]),
        (&bodies, "МВФ", &["fund"]),
        (&bodies, "Организацию по безопасности и сотрудничеству в Европе", &["osce"]),
        (&bodies, "Комитет защиты журналистов", &["journalists"]),
        (&bodies, "СДК", &[]),
        // In Latin letters: as the words are read, or what they are in English; without whom the body is named after.
        (&bodies, "KSU", &["kostanay"]),
        (&bodies, "KazNTU", &["satpayev"]),
        (&bodies, "IKTU", &["yassawi"]),
        (&bodies, "EVA", &[]),
    ];
    for (names, text, wanted) in cases {
        let resolver = registry(names);
        let outcome = resolver.resolve(text, &Context::new());
        let verdict = if wanted.is_empty() { Verdict::None } else { Verdict::Candidate };
        let mut found: Vec<&str> = outcome.others().collect();
        found.sort_unstable();
        assert_eq!((outcome.verdict, found.as_slice()), (verdict, wanted), "{text}: {}", outcome.why());
    }
    // Registered, it is a name like any other.
    let known = registry(&[
        ("movement", "Қазақстанның Социалистік Қозғалысы"),
        ("movement", "ҚСҚ"),
        ("resistance", "Қазақстанның Социалистік қарсылығы"),
    ]);
    assert_eq!(known.resolve("ҚСҚ", &Context::new()).id.as_deref(), Some("movement"));
}

/// Names, the string, the name that comes first, whether it is sure.
type Case<'a> = (&'a [&'a str], &'a str, &'a str, bool);

/// Looks for strings among names, each of which is that of an entity.
fn check(cases: &[Case]) {
    for (names, text, first, is_sure) in cases {
        let rows: String = names.iter().map(|name| format!("{name},{name}\n")).collect();
        let registry = Registry::from_text(&format!("id,name\n{rows}"), "names.csv", RegistryFormat::Csv).unwrap();
        let resolver = Resolver::new(registry);
        let outcome = resolver.resolve(text, &Context::new());
        let candidates = outcome.candidates();
        let found = candidates.first().map_or("", |c| c.id.as_str());
        assert_eq!((found, outcome.verdict == Verdict::Match), (*first, *is_sure), "{text}: {}", outcome.why());
    }
}

/// Names as other languages write them are sure, beside names that are near.
#[test]
fn names_as_other_languages_write_them() {
    let names =
        &["Мұхтар Шаханов", "Мұхтар Шахметов", "Төлеш Кенжин", "Төлеш Кенжебаев", "Жұмабек Жақсыбаев", "Сергей Дьяченко", "Сергей Дьяков"];
    check(&[
        (names, "Muxtar Sjaxanov", "Мұхтар Шаханов", true),
        (names, "Moukhtar Chakhanov", "Мұхтар Шаханов", true),
        (names, "Toelesj Kenzjin", "Төлеш Кенжин", true),
        (names, "Zjoemabek Zjaqsybaev", "Жұмабек Жақсыбаев", true),
        (names, "Schumabek Schaqsybajew", "Жұмабек Жақсыбаев", true),
        (names, "Sergei Djatšenko", "Сергей Дьяченко", true),
    ]);
}

/// Names of places: which of several is nearest, and whether it is sure.
#[test]
fn names_of_places() {
    check(&[
        // An adjective alone is of a district or a region.
        (&["Мартук", "Мартукский район"], "Martukskiy", "Мартукский район", false),
        (&["Мартөк", "Мартөк ауданы"], "Martukskiy", "Мартөк ауданы", false),
        (&["Мартук", "Мартукский район"], "Martuk", "Мартук", true),
        (&["Мангистау", "Мангистауская область"], "Mangistauskaya", "Мангистауская область", false),
        // Two words as one, in an older spelling.
        (&["Теренозек", "Таран", "Сага"], "Teren’-Uzyak", "Теренозек", false),
        (&["Бестобе", "Бестау"], "Bestyube", "Бестобе", true),
        (&["Батпақкөл", "Батпақты"], "Batpakkol’", "Батпақкөл", true),
        // Roman numbers of one letter.
        (&["Ковыльное", "Ковыльное 1", "Ковыльное 2"], "Ковыльное I", "Ковыльное 1", true),
        (&["Ковыльное", "Ковыльное 1", "Ковыльное 2"], "І Ковыльное", "Ковыльное 1", true),
        // A name that is made from another stands beside it.
        (&["Петропавловский", "Петропавловка"], "Petropavlovskoye", "Петропавловский", false),
        (&["Петропавловский"], "Petropavlovskoye", "Петропавловский", true),
        // Places of one stem, by another adjective or with another spelling of what they are named after.
        (&["Каленое", "Калиновка"], "Kalenovskiy", "Каленое", false),
        (&["Аксу", "Аксай"], "Aksuyskaya", "Аксу", false),
        (&["Кеноткель", "Жанатколь"], "Kenetkol’", "Кеноткель", false),
        (&["Карши", "Джержинский"], "Karshinski", "Карши", false),
        (&["Шортанды", "Шортанская"], "Shortandinskaya", "Шортанды", false),
        (&["Окраинная", "Украинка"], "Okraīnka", "Окраинная", false),
        // Two words as one, before what they mean.
        (&["Красный Октябрь", "Кызылоктябрь"], "Qyzyl Oktyabr’", "Кызылоктябрь", false),
        (&["Красный Октябрь", "Октябрь"], "Qyzyl Oktyabr’", "Красный Октябрь", true),
        // What a name says besides a number weighs more.
        (&["Ульке", "Первого Мая"], "Ul’ke Pervoye", "Ульке", false),
        // A romanised name has no cases, and a first letter is not left out.
        (&["Риго", "Ригоберто"], "Rigobert", "Ригоберто", false),
        (&["Оман", "Орман"], "Toman", "Оман", false),
    ]);
}

/// What a string has in other words is proposed, and never sure.
#[test]
fn names_in_other_words() {
    check(&[
        // A name that the string begins with, and one that words before it tell of.
        (&["отдел России", "японский МИД"], "отдел России в японском МИДе", "отдел России", false),
        (&["Мюнхен", "Бавария"], "мюнхенской Баварии", "Бавария", false),
        // A body of what the string names is another.
        (&["Союз ветеранов", "президиум Союза ветеранов Казахстана"], "Союза ветеранов Казахстана", "Союз ветеранов", false),
        // Other names of a place, and the country that an adjective is made of.
        (&["Чеченская республика", "парламент Чечни"], "Чечни", "Чеченская республика", false),
        (&["Подмосковье", "Москва"], "Подмосковью", "Подмосковье", true),
        (&["Подмосковье", "Московская область"], "Подмосковью", "Подмосковье", false),
        (&["Великобритания", "Британия"], "британский", "Британия", false),
        // ё is often written е, in other cases too; a woman's family name that ends in a consonant has none.
        (&["Орёл", "Михаил Орлов"], "Орле", "Орёл", true),
        (&["Алла Бут", "Виктор Бут"], "Бута", "Виктор Бут", false),
        // Two letters stand for all words of what is no person's name.
        (&["HP", "Флора Хьюлетт"], "Hewlett-Packard", "HP", false),
        // Of names as near the one that is spelled so goes first.
        (&["Михаель Штейн", "Михаэль Шумер"], "Михаэль", "Михаэль Шумер", false),
    ]);
}

/// Roman numbers are the same or not, however like their letters are.
#[test]
fn roman_numbers_are_no_spellings_of_each_other() {
    check(&[
        (&["Колхоз имени XX съезда", "Алматы"], "Колхоз имени XXII съезда", "Колхоз имени XX съезда", false),
        (&["Колхоз имени XXII съезда", "Алматы"], "Колхоз имени XX съезда", "Колхоз имени XXII съезда", false),
        (&["I Всеказахский съезд", "Алматы"], "II Всеказахский съезд", "I Всеказахский съезд", false),
        (&["II Всеказахский съезд", "Алматы"], "I Всеказахский съезд", "II Всеказахский съезд", false),
        (&["II Всеказахский съезд", "Алматы"], "2-й Всеказахский съезд", "II Всеказахский съезд", true),
    ]);
}

/// A word that may be another one is left to a person, however alike the rest is and however rare the words are among few names.
#[test]
fn names_beside_which_another_may_be_meant() {
    let two = [
        // Given names, fathers, family names; in Latin too.
        ("Ержан Маратович", "Ерлан Маратович"),
        ("Марат Омаров", "Мурат Омаров"),
        ("Асан Омаров", "Асен Омаров"),
        ("Сәкен Омаров", "Шәкен Омаров"),
        ("Нұрлан Омаров", "Nurzhan Omarov"),
        ("Омаров Ержан Маратович", "Omarov Yerlan Maratovich"),
        ("Айгүл Сериковна", "Айгерім Сериковна"),
        ("Омаров Қайрат Болатұлы", "Омаров Қайрат Бейбітұлы"),
        ("Омаров Кайрат Болатович", "Омаров Кайрат Булатович"),
        ("Омаров Қайрат Мұратұлы", "Омаров Кайрат Маратович"),
        ("Омаров Кайрат Булатович", "Omarov Kairat Bolatovich"),
        ("Кайрат Булатович Омаров", "Kairat Bolatovic Omarov"),
        ("Захаров Асан Болатович", "Сахаров Асан Болатович"),
        ("Золотов Виктор", "Болотов Виктор"),
        ("Островский Марат", "Достровский Марат"),
        ("Марков Асан", "Мерков Асан"),
        // Bodies, places, works.
        ("Союз молодых", "Союз молодёжи"),
        ("Казахстанская правда", "Казахстанское право"),
        ("Институт геологии", "Институт географии"),
        ("Всемирный банк", "Всемирный бланк"),
        ("Санта-Роза", "Санта-Роса"),
        ("Жазушылар одағы", "Жастар одағы"),
    ];
    let one = [
        ("Алиева Айша", "Әлиева Айша"),
        ("Касымов Нурлан", "Қасымов Нұрлан"),
        ("Омаров Даулет Маратович", "Омаров Дәулет Маратұлы"),
        ("Гүлнар Омарова", "Гульнара Омарова"),
        ("Сулейменов Қайырбек", "Suleimenov Kairbek"),
        ("Тлеухан Бекболат Канайулы", "Тілеухан Бекболат Қанайұлы"),
        ("Әлібек Нұржан", "Alibek Nurzhan"),
        // A letter that is wrong in a long word makes no other one.
        ("Мухамедзянов Тахир", "Мухамедзянв Тахир"),
        ("Университет дружбы народов", "Универитет дружбы народов"),
    ];
    for (pairs, is_sure) in [(two.as_slice(), false), (one.as_slice(), true)] {
        for (name, text) in pairs.iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
            check(&[(&[name], text, name, is_sure), (&[name, "Басқа Адам", "Алматы"], text, name, is_sure)]);
        }
    }
}

/// A given name alone is not the family name that is made of it; beside other words the ending may be dropped.
#[test]
fn given_names_and_family_names() {
    check(&[
        (&["Жұмабаев"], "Жұмабай", "Жұмабаев", false),
        (&["Болатов"], "Болат", "Болатов", false),
        (&["Құрман"], "Құрманов", "Құрман", false),
        (&["Айнұр Құрманов"], "Айнұр Құрман", "Айнұр Құрманов", true),
    ]);
}

/// A letter that no name is written without is no reason to read one into another: Kamura is not Окамура.
#[test]
fn letters_that_are_hardly_ever_silent() {
    check(&[(&["окамура"], "kamura", "окамура", false), (&["Обок"], "Boke", "Обок", false)]);
}

/// A patronymic in Russian is the same father's in Kazakh before it is another's, whatever else is spelled otherwise.
#[test]
fn patronymics_of_one_father() {
    let all = ["Омаров Қайрат Болатұлы", "Омаров Кайрат Болатулы", "Omarov Kairat Bolatuly"];
    for name in all {
        for text in ["Омаров Кайрат Болатович", "Omarov Kairat Bolatovich"] {
            check(&[(&[name, "Омаров Кайрат Булатович"], text, name, false)]);
        }
    }
    let daughters = ["Омарова Айгүл Болатқызы", "Омарова Айгуль Булатовна"];
    check(&[(&daughters, "Омарова Айгуль Болатовна", daughters[0], false), (&daughters, "Omarova Aigul Bolatovna", daughters[0], false)]);
}

#[test]
fn of_bearers_as_near_those_without_other_names_are_first() {
    let rows = "a,Ульяновский\na,Ботакара\nb,Ботакара\nc,Каратобе\nc,Ботакара\nc,Карасу\n";
    let registry = Registry::from_text(&format!("id,name\n{rows}"), "places.csv", RegistryFormat::Csv).unwrap();
    let resolver = Resolver::new(registry);
    let outcome = resolver.resolve("Botakara", &Context::new());
    let ids: Vec<&str> = outcome.candidates().iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["b", "a", "c"]);
}

/// However many bear a name, one who writes it in another way is told that they do.
#[test]
fn several_bearers_of_a_name_that_is_like_the_string() {
    for many in [1, 2, 3, 5, 12, 300] {
        let bearers: String = (0..many).map(|i| format!("e{i},Әлібек Нұржан\n")).collect();
        let rows = format!("id,name\n{bearers}z,Басқа Адам\n");
        let resolver = Resolver::new(Registry::from_text(&rows, "names.csv", RegistryFormat::Csv).unwrap());
        for (text, how) in [("Alibek Nurzhan", How::Script), ("Әлибек Нұржан", How::Near)] {
            let outcome = resolver.resolve(text, &Context::new());
            let verdict = if many == 1 { Verdict::Match } else { Verdict::Ambiguous };
            assert_eq!((outcome.verdict, outcome.how), (verdict, Some(how)), "{many} {text}: {}", outcome.why());
            let listed = if how == How::Near { many.min(5) } else { many };
            assert_eq!(outcome.others().count(), if many == 1 { 0 } else { listed }, "{many} {text}");
            let together: f64 = outcome.candidates().iter().map(|c| c.score).sum();
            assert!(together <= 1.0 && outcome.candidates().iter().all(|c| c.id != "z"), "{many} {text} {together}");
        }
    }
}

/// Who is left of several by the context has what the name has.
#[test]
fn the_context_decides_between_bearers_of_a_name_that_is_like_the_string() {
    let rows = "id,name,country\na,Әлібек Нұржан,KZ\nb,Әлібек Нұржан,RU\nc,Әлібек Нұржан,UZ\nd,Әлібек Нұржан,RU\nz,Басқа Адам,RU\n";
    let resolver = Resolver::new(Registry::from_text(rows, "names.csv", RegistryFormat::Csv).unwrap());
    let at = |country| resolver.resolve("Alibek Nurzhan", &Context::new().country(country).unwrap());
    let kazakh = at("KZ");
    assert_eq!((kazakh.verdict, kazakh.id.as_deref()), (Verdict::Match, Some("a")), "{}", kazakh.why());
    assert!(kazakh.score > 0.9, "{kazakh:?}");
    let russian = at("RU");
    assert_eq!(russian.verdict, Verdict::Ambiguous);
    assert!((0.4..=0.5).contains(&russian.score), "{russian:?}");
    assert_eq!(russian.others().take(2).collect::<Vec<_>>(), ["b", "d"]);
}

/// Case forms of registered names are found with their case; what is registered as it stands is not taken apart, and what may be a
/// woman's name or somebody else's is left to a person.
#[test]
fn case_forms_of_registered_names() {
    let names = "id,name\nkz,Қазақстан\nalmaty,Алматы\nparty,Қазақстан халық партиясы\nmovement,Социалистическое Движение Казахстана\n\
                 kurmanov,Айнур Курманов\nmoscow,Москва\ntulesova,Асия Тулесова\nurl,Орал\nminister,Тимур Сапаров\nsaparov,Сапаров\n";
    let resolver = Resolver::new(Registry::from_text(names, "names.csv", RegistryFormat::Csv).unwrap());
    let cases = [
        ("Қазақстанның", Verdict::Match, "kz", "genitive"),
        ("Алматыдан", Verdict::Match, "almaty", "ablative"),
        ("Қазақстан халық партиясына", Verdict::Match, "party", "dative"),
        ("Социалистическим Движением Казахстана", Verdict::Match, "movement", "instrumental"),
        ("Айнуру Курманову", Verdict::Match, "kurmanov", "dative"),
        ("Асию Тулесову", Verdict::Match, "tulesova", "accusative"),
        ("Москве", Verdict::Match, "moscow", "dative"),
        ("Айнура Курманова", Verdict::Candidate, "kurmanov", ""),
        ("Сапаровым", Verdict::Candidate, "saparov", ""),
    ];
    for (text, verdict, id, case) in cases {
        let outcome = resolver.resolve(text, &Context::new());
        let first = &outcome.candidates()[0];
        assert_eq!((outcome.verdict, first.id.as_str()), (verdict, id), "{text}: {}", outcome.why());
        let inflected = first.evidence.iter().find_map(|e| if let Evidence::Inflected { cases, .. } = e { Some(cases) } else { None });
        assert!(case.is_empty() || inflected.is_some_and(|cases| cases.iter().any(|c| c == case)), "{text}: {:?}", first.evidence);
    }
    for (text, id) in [("Қазақстан", "kz"), ("Алматы", "almaty"), ("Москва", "moscow")] {
        let outcome = resolver.resolve(text, &Context::new());
        assert_eq!((outcome.how, outcome.id.as_deref()), (Some(How::Exact), Some(id)));
    }
}

/// С.Д.К. and СДК are one abbreviation, in every script and with spaces; two letters may be somebody's initials.
#[test]
fn abbreviations_whose_letters_stand_apart() {
    let toml = [("movement", "organisation", "СДК", "abbreviation"), ("states", "place", "U.S.A.", "abbreviation")]
        .into_iter()
        .chain([("party", "organisation", "ҚСҚ", "variant"), ("commission", "organisation", "АК", "abbreviation")])
        .chain([("ivanov", "person", "А. Б. Иванов", "authorised"), ("initials", "person", "А. Б. В.", "variant")])
        .chain([("republic", "place", "ج.م.ع", "abbreviation")])
        .map(|(id, kind, name, of)| {
            format!("[[entity]]\nid = \"{id}\"\ntype = \"{kind}\"\n[[entity.name]]\ntext = \"{name}\"\nkind = \"{of}\"\n")
        })
        .collect::<String>();
    let resolver = Resolver::new(Registry::from_text(&toml, "names.toml", RegistryFormat::Toml).unwrap());
    let cases = [
        ("С.Д.К.", Verdict::Match, Some("movement")),
        ("С. Д. К.", Verdict::Match, Some("movement")),
        ("С.\u{A0}Д.\u{A0}К", Verdict::Match, Some("movement")),
        ("С Д К", Verdict::Match, Some("movement")),
        // With a Latin C.
        ("C.Д.К.", Verdict::Match, Some("movement")),
        ("с.д.к.", Verdict::Candidate, Some("movement")),
        ("с д к", Verdict::None, None),
        ("USA", Verdict::Match, Some("states")),
        ("U S A", Verdict::Match, Some("states")),
        ("Usa", Verdict::None, None),
        ("Қ.С.Қ.", Verdict::Match, Some("party")),
        ("А.К.", Verdict::Candidate, Some("commission")),
        ("جمع", Verdict::Match, Some("republic")),
        ("ج. م. ع.", Verdict::Match, Some("republic")),
        // Initials are no abbreviation.
        ("АБВ", Verdict::None, None),
        ("А.Б. Иванов", Verdict::Match, Some("ivanov")),
        ("Иванов А.Б.", Verdict::Match, Some("ivanov")),
    ];
    for (text, verdict, id) in cases {
        let outcome = resolver.resolve(text, &Context::new());
        let found = outcome.id.as_deref().or(outcome.others().next()).filter(|_| verdict != Verdict::None);
        assert_eq!((outcome.verdict, found), (verdict, id), "{text}: {}", outcome.why());
    }
    assert_eq!(resolver.resolve("С.Д.К.", &Context::new()).why(), "“С.Д.К.” is “СДК” of movement but for punctuation");
    // What nobody registered may abbreviate a name with its stops too.
    let of = |text| {
        resolver_of("fund", "Международный валютный фонд").resolve(text, &Context::new()).others().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of("М.В.Ф."), of("МВФ"));
    assert_eq!(of("М.В.Ф."), ["fund"]);
}

/// Over one entity of one name.
fn resolver_of(id: &str, name: &str) -> Resolver {
    Resolver::new(Registry::from_text(&format!("id,name\n{id},{name}\n"), "names.csv", RegistryFormat::Csv).unwrap())
}
