//! Abbreviations fit the names they stand for, and not others.

use atau::abbreviation::{Kind, could_abbreviate, derive, derive_translated, propose};
use atau::registry::{NameKind, Registry};
use std::collections::BTreeSet;

/// Over a file of JSON lines with `a` (abbreviation) and `b` (full name), or `abbr` and `full`, named by the variable
/// `ATAU_ABBREVIATIONS`: how many are derived, and how many of all other pairs of its texts.
#[test]
#[ignore = "needs the file named by ATAU_ABBREVIATIONS"]
fn pairs_of_a_file_are_derived_and_crossed_pairs_are_not() {
    let Some(file) = std::env::var_os("ATAU_ABBREVIATIONS") else { panic!("ATAU_ABBREVIATIONS names no file") };
    let text = std::fs::read_to_string(file).unwrap();
    let field = |row: &serde_json::Value, names: [&str; 2]| names.iter().find_map(|n| row[n].as_str()).unwrap_or_default().to_owned();
    let rows: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let pairs: Vec<(String, String)> = rows.iter().map(|r| (field(r, ["a", "abbr"]), field(r, ["b", "full"]))).collect();
    let (mut derived, mut parts) = (0, 0);
    for (a, b) in &pairs {
        match derive(a, b) {
            Some(found) => {
                derived += 1;
                parts += usize::from(found.kind == Kind::Part);
                println!("+ {a}\t{found}\t{} {:?} {}", found.cost, found.rules, if could_abbreviate(a) { "" } else { "(no look)" });
            }
            None => println!("- {a}\t{b}"),
        }
    }
    let (short, full): (BTreeSet<_>, BTreeSet<_>) = pairs.iter().cloned().unzip();
    let known: BTreeSet<_> = pairs.iter().cloned().collect();
    let (mut crossed, mut accepted, mut looks) = (0, 0, 0);
    for a in &short {
        for b in full.iter().filter(|b| !known.contains(&(a.clone(), (*b).clone()))) {
            crossed += 1;
            if let Some(found) = derive(a, b) {
                accepted += 1;
                looks += usize::from(could_abbreviate(a) && found.kind != Kind::Part);
                println!("x {a}\t{found}\t{} {:?}", found.cost, found.rules);
            }
        }
    }
    println!("{derived} of {} derived, {parts} as parts; {accepted} of {crossed} crossed pairs, {looks} without parts", pairs.len());
}

/// Each abbreviation of the built-in registry and whether it fits a full name of its entity.
fn registered() -> (usize, Vec<(String, String)>) {
    let (mut fit, mut missed) = (0, Vec::new());
    for entity in Registry::builtin().entities() {
        let full = || entity.names.iter().filter(|n| n.kind != NameKind::Abbreviation);
        for name in entity.names.iter().filter(|n| n.kind == NameKind::Abbreviation) {
            match full().find_map(|n| derive(&name.text, &n.text)) {
                Some(_) => fit += 1,
                None => missed.push((name.text.clone(), entity.id.clone())),
            }
        }
    }
    (fit, missed)
}

#[test]
fn registered_abbreviations_fit_names_of_their_entities() {
    let (fit, missed) = registered();
    // No full name in that language, and abbreviations that are not made of the name's words.
    let not = ["USSR", "КРИ", "CC BY-SA", "Қазақ КСР"];
    assert!(missed.iter().all(|(text, _)| not.contains(&text.as_str())), "{missed:?}");
    assert!(fit >= 69, "{fit}");
}

#[test]
fn abbreviations_fit_in_every_way_they_are_formed() {
    let cases = [
        // Letters; prepositions and and-words drop out, or stay when first or in small letters.
        ("ССК", "Социалистическое Сопротивление Казахстана", "С|оциалистическое С|опротивление К|азахстана"),
        ("ОЗХО", "Организация по запрещению химического оружия", "О|рганизация (по) з|апрещению х|имического о|ружия"),
        ("ЗДЖ", "За достойное жилье", "З|а д|остойное ж|илье"),
        ("АиФ", "Аргументы и факты", "А|ргументы и ф|акты"),
        ("IMF", "International Monetary Fund", "I|nternational M|onetary F|und"),
        ("ҚХП", "Қазақстан Халық партиясы", "Қ|азақстан Х|алық п|артиясы"),
        // Words with a hyphen, and compounds.
        ("СКФО", "Северо-Кавказский федеральный округ", "С|еверо-К|авказский ф|едеральный о|круг"),
        ("МКАД", "Московская кольцевая автодорога", "М|осковская к|ольцевая а|вто·д|орога"),
        // The country, and the one a body is named after.
        ("СоҚ", "Қазақстанның Социалистік қарсылығы", "(Қазақстанның) Со|циалистік қ|арсылығы"),
        ("КНБ", "Комитет национальной безопасности Республики Казахстан", "К|омитет н|ациональной б|езопасности (Республики Казахстан)"),
        (
            "ЕНУ",
            "Евразийский национальный университет имени Л.Н. Гумилёва",
            "Е|вразийский н|ациональный у|ниверситет (имени Л.Н. Гумилёва)",
        ),
        ("ЕҰУ", "Л.Н. Гумилёв атындағы Еуразия ұлттық университеті", "(Л.Н. Гумилёв атындағы) Е|уразия ұ|лттық у|ниверситеті"),
        // Beginnings, whole words, and mixtures.
        ("райисполком", "районный исполнительный комитет", "рай|онный испол|нительный ком|итет"),
        ("Ортсайлауком", "Орталық сайлау комиссиясы", "Орт|алық сайлау ком|иссиясы"),
        ("КазНУ", "Казахский национальный университет", "Каз|ахский н|ациональный у|ниверситет"),
        ("РОТ ФРОНТ", "Российский объединённый трудовой фронт", "Р|оссийский о|бъединённый т|рудовой фронт"),
        ("JShS", "Jaýapkershiligi shekteýli seriktestik", "J|aýapkershiligi sh|ekteýli s|eriktestik"),
        // Case endings.
        ("МИДа", "Министерство иностранных дел", "М|инистерство и|ностранных д|ел + а"),
        ("ТМД-ға", "Тәуелсіз Мемлекеттер Достастығы", "Т|әуелсіз М|емлекеттер Д|остастығы + ға"),
        // Other scripts.
        ("QSQ", "Қазақстанның Социалистік Қозғалысы", "Қ|азақстанның С|оциалистік Қ|озғалысы"),
        ("ССК", "Socialističeskoe Soprotivlenie Kazahstana", "S|ocialističeskoe S|oprotivlenie K|azahstana"),
        ("ONZh", "Оставим народу жильё", "О|ставим н|ароду ж|ильё"),
        ("ONJ", "Оставим народу жильё", "О|ставим н|ароду ж|ильё"),
        ("SocSopr", "Социалистическое сопротивление", "Соц|иалистическое сопр|отивление"),
        ("МИТ", "Корпорация МИТ", "(Корпорация) МИТ"),
    ];
    for (short, full, shown) in cases {
        let found = derive(short, full).map(|d| d.to_string());
        assert_eq!(found.as_deref(), Some(shown), "{short}");
        assert!(could_abbreviate(short), "{short}");
    }
    let not = [
        ("ССК", "Социалистическое Движение Казахстана"),
        ("СДК", "Социалистическое Сопротивление Казахстана"),
        ("КПК", "Коммунистическая народная партия Казахстана"),
        ("ССК", "Socialist Resistance of Kazakhstan"),
        ("РФ", "Россия"),
        ("SEC", "Северная Корея"),
        ("С", "Социализм"),
        ("Казахстан", "Казахстан"),
        ("", ""),
        ("ССК", ""),
    ];
    for (short, full) in not {
        assert_eq!(derive(short, full), None, "{short} {full}");
    }
}

/// An abbreviation and the name in another language, whose words are all in the tables.
#[test]
fn abbreviations_fit_names_in_other_languages() {
    let cases = [
        ("ССК", "Socialist Resistance of Kazakhstan", "С|оциалистический С|опротивление К|азахстан"),
        ("СоцСопр", "Socialist Resistance of Kazakhstan", "Соц|иалистический Сопр|отивление (Казахстан)"),
        ("ССК", "Қазақстанның Социалистік Қарсылығы", "К|азахстан С|оциалистический С|опротивление"),
        ("SRK", "Социалистическое Сопротивление Казахстана", "S|ocialist R|esistance K|azakhstan"),
        ("ҚСҚ", "Socialist Movement of Kazakhstan", "С|оциалистік Қ|озғалыс Қ|азақстан"),
        ("MFA", "Министерство иностранных дел", "M|inistry (of) f|oreign a|ffairs"),
    ];
    for (short, full, shown) in cases {
        assert_eq!(derive_translated(short, full).map(|d| d.to_string()).as_deref(), Some(shown), "{short} {full}");
    }
    let not = [
        ("ССК", "Socialist Movement of Kazakhstan"),
        ("СДК", "Socialist Resistance of Kazakhstan"),
        // A word that no table has, and two letters.
        ("УЕФА", "Союз европейских футбольных ассоциаций"),
        ("СС", "Socialist Resistance"),
        // The name is of the language of the abbreviation.
        ("СКР", "Северную Корею"),
        ("", ""),
    ];
    for (short, full) in not {
        assert_eq!(derive_translated(short, full), None, "{short} {full}");
    }
}

/// Only the registry knows whose it is.
#[test]
fn letters_alone_do_not_tell_two_bodies_apart() {
    for full in ["Қазақстанның Социалистік Қозғалысы", "Қазақстанның Социалистік қарсылығы"]
    {
        for short in ["ҚСҚ", "QSQ", "СоҚ"] {
            assert!(derive(short, full).is_some(), "{short} {full}");
        }
    }
}

#[test]
fn proposals_hold_the_abbreviations_in_use() {
    let cases: [(&str, &[&str]); 6] = [
        ("Социалистическое Сопротивление Казахстана", &["ССК", "СоцСопр"]),
        ("Қазақстанның Социалистік Қозғалысы", &["ҚСҚ", "СоҚ"]),
        ("Орталық сайлау комиссиясы", &["ОСК"]),
        ("Казахский национальный университет", &["КНУ", "КазНУ"]),
        ("Национальный Банк", &["НБ", "Нацбанк"]),
        ("Committee for a Workers' International", &["CWI"]),
    ];
    for (full, wanted) in cases {
        let all = propose(full);
        let texts: Vec<&str> = all.iter().map(|p| p.text.as_str()).collect();
        assert!(wanted.iter().all(|w| texts.contains(w)), "{full}: {texts:?}");
        assert!(texts.len() <= 12);
    }
    assert!(propose("Казахстан").is_empty());
    assert!(propose("").is_empty());
}

proptest::proptest! {
    #[test]
    fn ranges_are_pieces_of_the_name(short in "[A-Za-zА-Яа-яҚқӘә. -]{0,8}", full in "[a-zA-ZА-Яа-яқә «»()'-]{0,60}") {
        if let Some(found) = derive(&short, &full) {
            proptest::prop_assert!(found.cost <= 25);
            for range in found.pieces.iter().chain(&found.skipped) {
                proptest::prop_assert!(full.get(range.clone()).is_some_and(|t| !t.is_empty()), "{range:?}");
            }
        }
    }

    #[test]
    fn what_is_proposed_is_derived(full in "\\PC{0,80}") {
        for proposal in propose(&full) {
            proptest::prop_assert!(derive(&proposal.text, &full).is_some());
        }
    }

    #[test]
    fn any_text_is_taken(short in "\\PC*", full in "\\PC*") {
        let _ = (could_abbreviate(&short), derive(&short, &full), propose(&full));
    }
}

/// Texts with very many ways through are looked at in bounded time.
#[test]
fn long_rows_of_one_letter_are_no_trouble() {
    let start = std::time::Instant::now();
    for (short, word) in
        [("oooooooooooooooooooooooo", "ооооооооооооооооооооооооо"), ("ssssssssssssssssssssssss", "ssssssssssssssssssssssss")]
    {
        let full = [word; 20].join(" ");
        let _ = (derive(short, &full), derive(&short.to_uppercase(), &full), propose(&full));
    }
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}
