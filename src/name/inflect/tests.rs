use super::*;

fn best(mention: &str) -> String {
    nominatives(mention, None, None)[0].text.clone()
}

#[test]
fn nominatives_of_russian_names() {
    let cases = [
        ("Социалистического движения Казахстана", "Социалистическое движение Казахстана"),
        ("Социалистическим Движением Казахстана", "Социалистическое Движение Казахстана"),
        ("КАЗАХСТАНА", "КАЗАХСТАН"),
        ("В.И. Ленина", "В.И. Ленин"),
        ("Асию Тулесову", "Асия Тулесова"),
        ("Бейбарыса Толымбекова", "Бейбарыс Толымбеков"),
        ("Тахиром Мухамедзяновым", "Тахир Мухамедзянов"),
        ("Вооружённых сил", "Вооружённые силы"),
        ("Министерству обороны России", "Министерство обороны России"),
        ("Ростова-на-Дону", "Ростов-на-Дону"),
        ("МИДа", "МИД"),
        ("МИД Германии", "МИД Германии"),
        ("«Северного потока-2»", "«Северный поток-2»"),
        ("Алматы", "Алматы"),
        ("Ангела Меркель", "Ангела Меркель"),
        ("лента.ру", "лента.ру"),
        ("", ""),
        ("— «»", "— «»"),
        ("2011", "2011"),
        ("Астанада", "Астана"),
        ("Павлодар", "Павлодар"),
        ("Гранада", "Гранада"),
        ("Русской православной церкви", "Русская православная церковь"),
        ("Курильских островах", "Курильские острова"),
        ("Третьего рейха", "Третий рейх"),
        ("Большой двадцатки", "Большая двадцатка"),
        ("Черном море", "Черное море"),
        ("Египте", "Египет"),
        ("пророка Мухаммеда", "пророк Мухаммед"),
        ("Романа Абрамовича", "Роман Абрамович"),
        ("Светлана Леонтьева", "Светлана Леонтьева"),
        ("Университета Джонса Хопкинса", "Университет Джонса Хопкинса"),
        ("Почта России", "Почта России"),
        ("Беларуси", "Беларусь"),
        ("Михайловке", "Михайловка"),
        ("Сибири", "Сибирь"),
        ("64-й отдельной мотострелковой бригады", "64-я отдельная мотострелковая бригада"),
        ("3-го энергопакета", "3-й энергопакет"),
        ("австралийского МВД", "австралийское МВД"),
        ("британского МИД", "британский МИД"),
        ("МИД Германии", "МИД Германии"),
        ("Минфина России", "Минфин России"),
        ("Рижском аэропорту", "Рижский аэропорт"),
        ("Иисуса Христа", "Иисус Христос"),
        ("Эвой-Марией Лийметс", "Эва-Мария Лийметс"),
        ("Франка-Вальтера Штайнмайера", "Франк-Вальтер Штайнмайер"),
        ("Гвинее-Бисау", "Гвинея-Бисау"),
        ("Нью-Йорка", "Нью-Йорк"),
        ("Азовского морей", "Азовское море"),
        ("Минобороны", "Минобороны"),
        ("Блю Стрим", "Блю Стрим"),
    ];
    for (mention, expected) in cases {
        assert_eq!(best(mention), expected, "{mention}");
    }
}

#[test]
fn nominatives_of_kazakh_names() {
    let cases = [
        ("Қазақстан", "Қазақстан"),
        ("Алматы", "Алматы"),
        ("Қарағанды", "Қарағанды"),
        ("Түркістан", "Түркістан"),
        ("Қазақстанның", "Қазақстан"),
        ("Қазақстанның Социалистік Қозғалысының", "Қазақстанның Социалистік Қозғалысы"),
        ("Қызылорда облысында", "Қызылорда облысы"),
        ("АҚШ-тың", "АҚШ"),
        ("ҚАЗАҚСТАНҒА", "ҚАЗАҚСТАН"),
        ("Мәулен Әшімбаевты", "Мәулен Әшімбаев"),
    ];
    for (mention, expected) in cases {
        assert_eq!(nominatives(mention, Some(Language::Kazakh), None)[0].text, expected, "{mention}");
    }
}

#[test]
fn forms_of_names() {
    let (rus, kaz) = (Some(Language::Russian), Some(Language::Kazakh));
    let person = Some(Kind::Person);
    let cases = [
        (
            "Социалистическое Движение Казахстана",
            rus,
            None,
            "Социалистическое Движение Казахстана|Социалистического Движения Казахстана|Социалистическому Движению Казахстана|\
             Социалистическое Движение Казахстана|Социалистическим Движением Казахстана|Социалистическом Движении Казахстана",
        ),
        (
            "Партия «Нур Отан»",
            rus,
            None,
            "Партия «Нур Отан»|Партии «Нур Отан»|Партии «Нур Отан»|Партию «Нур Отан»|Партией «Нур Отан»|Партии «Нур Отан»",
        ),
        (
            "Айнур Курманов",
            rus,
            person,
            "Айнур Курманов|Айнура Курманова|Айнуру Курманову|Айнура Курманова|Айнуром Курмановым|Айнуре Курманове",
        ),
        ("Асия Тулесова", rus, person, "Асия Тулесова|Асии Тулесовой|Асии Тулесовой|Асию Тулесову|Асией Тулесовой|Асии Тулесовой"),
        ("Ирина Ким", rus, person, "Ирина Ким|Ирины Ким|Ирине Ким|Ирину Ким|Ириной Ким|Ирине Ким"),
        ("Ростов", rus, Some(Kind::Other), "Ростов|Ростова|Ростову|Ростов|Ростовом|Ростове"),
        ("СДК", rus, None, "СДК|СДК|СДК|СДК|СДК|СДК"),
        (
            "Қазақстан халық партиясы",
            kaz,
            None,
            "Қазақстан халық партиясы|Қазақстан халық партиясының|Қазақстан халық партиясына|Қазақстан халық партиясын|\
             Қазақстан халық партиясында|Қазақстан халық партиясынан|Қазақстан халық партиясымен",
        ),
        ("Алматы", kaz, None, "Алматы|Алматының|Алматыға|Алматыны|Алматыда|Алматыдан|Алматымен"),
        (
            "Құрманов",
            kaz,
            None,
            "Құрманов|Құрмановтың|Құрмановтің|Құрмановқа|Құрмановке|Құрмановты|Құрмановті|Құрмановта|Құрмановте|Құрмановтан|Құрмановтен|Құрмановпен",
        ),
        ("АҚШ", kaz, None, "АҚШ|АҚШ-тың|АҚШ-қа|АҚШ-ты|АҚШ-та|АҚШ-тан|АҚШ-пен"),
    ];
    for (name, language, kind, expected) in cases {
        let all: Vec<String> = forms(name, language, kind).into_iter().map(|f| f.text).collect();
        assert_eq!(all.join("|"), expected);
    }
}

/// What every case form of a name is a form of.
#[test]
fn base_words_find_the_way_back() {
    let words = ["движение", "партия", "союз", "казахстан", "комитет", "область", "курманов", "тулесова", "ленин", "республика", "отец"];
    let kazakh = ["партиясы", "қозғалысы", "облысы", "назарбаев", "қазақстан", "алматы", "орталық", "мәжіліс"];
    for (list, language) in [(&words[..], Language::Russian), (&kazakh[..], Language::Kazakh)] {
        for word in list {
            for form in forms(word, Some(language), Some(Kind::Other)) {
                assert!(base_words(&form.text).iter().any(|(base, _)| base == word), "{} of {word}", form.text);
            }
        }
    }
    for (form, base) in [("орталығында", "орталық"), ("партиялар", "партия"), ("социалистического", "социалистическое")]
    {
        assert!(base_words(form).iter().any(|(b, _)| b == base), "{form}");
    }
    assert!(base_words("қазақстан").iter().all(|(w, s)| w != "қазақс" || *s < 0.9));
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_nominative(text in "[ а-яёәғқңөұүһіА-ЯA-Za-z0-9«»\"'.,()ÄЇ\u{301}\u{2011}-]{0,40}") {
        for language in [Language::Kazakh, Language::Russian] {
            let all = nominatives(&text, Some(language), None);
            proptest::prop_assert!(!all.is_empty());
            proptest::prop_assert!(all.iter().all(|n| n.confidence > 0.0 && n.confidence <= 1.0));
            proptest::prop_assert_eq!(forms(&text, Some(language), None)[0].text.clone(), crate::text::nfc(&text).into_owned());
        }
        base_words(&text);
    }
}

/// Over lines of `mention`, `lemma`, `n`, and perhaps `lang`, in the file named by the variable `ATAU_NOMINATIVES`.
#[test]
#[ignore = "needs the file named by ATAU_NOMINATIVES"]
fn nominatives_of_a_list() {
    let path = std::env::var_os("ATAU_NOMINATIVES").expect("ATAU_NOMINATIVES names no file");
    let text = std::fs::read_to_string(path).unwrap();
    let (mut rows, mut right, mut of_n, mut right_n) = (0, 0, 0, 0);
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let (mention, lemma) = (row["mention"].as_str().unwrap(), row["lemma"].as_str().unwrap().to_lowercase());
        let n = row["n"].as_u64().unwrap_or(1);
        let language = match row["lang"].as_str() {
            Some("kaz") => Some(Language::Kazakh),
            Some("rus") => Some(Language::Russian),
            _ => None,
        };
        let all = nominatives(mention, language, None);
        (rows, of_n) = (rows + 1, of_n + n);
        if all[0].text.to_lowercase() == lemma {
            (right, right_n) = (right + 1, right_n + n);
        } else {
            let rank = all.iter().position(|a| a.text.to_lowercase() == lemma);
            println!("{n}\t{}\t{mention}\t{lemma}\t{} {:.2}\t{rank:?}", row["type"], all[0].text, all[0].confidence);
        }
    }
    println!("rows {right}/{rows} = {:.3}; by n {right_n}/{of_n} = {:.3}", right as f64 / rows as f64, right_n as f64 / of_n as f64);
}

/// Of Chinese, Korean and Vietnamese names Russian declines the last part alone, where it ends in a consonant.
#[test]
fn names_whose_last_part_is_declined() {
    let cases = [
        ("Ким Ир Сен", "Ким Ир Сена", "Ким Ир Сеном"),
        ("Ким Чен Ын", "Ким Чен Ына", "Ким Чен Ыном"),
        ("Хо Ши Мин", "Хо Ши Мина", "Хо Ши Мином"),
        ("Пак Чон Хи", "Пак Чон Хи", "Пак Чон Хи"),
        ("Нгуен Ван Тхиеу", "Нгуен Ван Тхиеу", "Нгуен Ван Тхиеу"),
        ("Дэн Сяопин", "Дэн Сяопина", "Дэн Сяопином"),
        ("Си Цзиньпин", "Си Цзиньпина", "Си Цзиньпином"),
        ("Цзян Цзэминь", "Цзян Цзэминя", "Цзян Цзэминем"),
        ("Чжоу Эньлай", "Чжоу Эньлая", "Чжоу Эньлаем"),
        ("Чан Кайши", "Чан Кайши", "Чан Кайши"),
        ("КИМ ИР СЕН", "КИМ ИР СЕНА", "КИМ ИР СЕНОМ"),
    ];
    for (name, genitive, instrumental) in cases {
        let form = |case| forms(name, None, None).into_iter().find(|f| f.case == case).map(|f| f.text);
        assert_eq!((form(Case::Genitive).as_deref(), form(Case::Instrumental).as_deref()), (Some(genitive), Some(instrumental)));
        for form in [name, genitive, instrumental] {
            assert_eq!(best(form), name, "{form}");
        }
    }
    // Others with such a family name are declined as ever.
    let genitive = |name| forms(name, None, Some(Kind::Person)).into_iter().find(|f| f.case == Case::Genitive).map(|f| f.text);
    for (name, wanted) in [
        ("Виктор Цой", "Виктора Цоя"),
        ("Цой Виктор Робертович", "Цоя Виктора Робертовича"),
        ("Ким Виктор", "Кима Виктора"),
        ("Ян Иван", "Яна Ивана"),
        ("Винсент Ван Гог", "Винсента Ван Гога"),
    ] {
        assert_eq!(genitive(name).as_deref(), Some(wanted));
    }
}
