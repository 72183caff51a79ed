//! The right name comes first, and what is only near is never said to be sure.

use atau::registry::RegistryFormat::Csv;
use atau::resolve::{Context, Thresholds, Verdict};
use atau::{Registry, Resolver};

/// Places as gazetteers write them; each its own entity, with its line for an id.
const PLACES: &str = "Жарбулак,Карабулак,Жар,Булак,Жанаконыс,Жанакой,Коныс,Катон-Карагай,Карагай,Новоалексеевка,Алексеевка,Новобарвиновка,\
    Барвиновский,Тонкерис,Калмыкуль,Акколь,Кутунжук,Шокуркудук,Кудук,Красный Октябрь,Майское,Первомайка,Малонарымка,Нарымка";

fn places() -> Resolver {
    let lines: String = PLACES.split(',').map(|name| format!("{name},{name}\n")).collect();
    Resolver::new(Registry::from_text(&format!("id,name\n{lines}"), "places.csv", Csv).unwrap())
}

#[track_caller]
fn first(resolver: &Resolver, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, id)| {
            let outcome = resolver.resolve(text, &Context::new());
            let first = outcome.candidates().first().map_or("nothing", |c| &c.id);
            (first != *id).then(|| format!("{text}: {first}, not {id}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_word_written_as_two_is_found_though_both_are_words_of_their_own() {
    first(
        &places(),
        &[
            ("Jar-bulak", "Жарбулак"),
            ("Zhana-Konys", "Жанаконыс"),
            ("Novo-Barbinovka", "Новобарвиновка"),
            ("Novo-Alekseyevskiy", "Новоалексеевка"),
            ("Malo-Narymskoye", "Малонарымка"),
        ],
    );
}

#[test]
fn two_words_written_as_one_are_found() {
    first(&places(), &[("Katonqaraghay", "Катон-Карагай"), ("krasnyioktiabr", "Красный Октябрь")]);
}

#[test]
fn what_is_far_is_found_when_nothing_is_near_but_is_no_match() {
    let places = places();
    first(&places, &[("Qalmaqköl", "Калмыкуль"), ("Kötenzhoq", "Кутунжук")]);
    for text in ["Qalmaqköl", "Kötenzhoq"] {
        assert_ne!(places.resolve(text, &Context::new()).verdict, Verdict::Match, "{text}");
    }
}

#[test]
fn a_word_of_the_same_meaning_leads_to_a_name_in_another_language() {
    let bodies = "Министерство сельского хозяйства Республики Казахстан,Министерство внутренних дел Республики Казахстан,\
        Қазақстанның ұлттық кітапханасы,Западно-Казахстанская область,Казахстан";
    let lines: String = bodies.split(',').enumerate().map(|(id, name)| format!("{id},{}\n", name.trim())).collect();
    let registry = Registry::from_text(&format!("id,name\n{lines}"), "bodies.csv", Csv).unwrap();
    first(
        &Resolver::new(registry),
        &[
            ("Ministry of Agriculture of Kazakhstan", "0"),
            ("Қазақстан Республикасы Ішкі істер министрлігі", "1"),
            ("National Library of Kazakhstan", "2"),
            ("Batys Qazaqstan Oblysy", "3"),
        ],
    );
}

#[test]
fn what_is_a_candidate_by_the_threshold_set_is_listed_with_the_others() {
    let text = "Kötzhoq";
    let as_usual = places();
    let usual = as_usual.resolve(text, &Context::new());
    assert_eq!((usual.verdict, usual.others().count()), (Verdict::None, 0), "{usual:?}");
    let lower = places().with_thresholds(Thresholds { candidate_from: usual.score / 2.0, ..Thresholds::default() });
    let lower = lower.resolve(text, &Context::new());
    assert_eq!((lower.verdict, lower.others().next()), (Verdict::Candidate, Some("Кутунжук")), "{lower:?}");
}
