//! What a name says in other words: the country that an adjective or a word for its people is of, and the place that an
//! adjective may be made of, and what else a place is called. From `tables/inflection/rus-derived.toml`, `rus-demonyms.tsv`,
//! `tables/parts/countries.tsv` and `other-names.tsv`.

use crate::name::dots::without_dots;
use crate::text::{Diagnostic, Fields, Source, begins_one, fold, read_toml};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

#[derive(Default)]
struct Derived {
    /// Ends of adjectives with those of places, the longest first.
    adjectives: Vec<(String, Vec<String>)>,
    /// The endings of such adjectives, that of the dictionary first, and what their stems end in.
    endings: Vec<String>,
    stems: Vec<String>,
    /// Words for people to the id of their country.
    demonyms: FxHashMap<&'static str, &'static str>,
    /// The names of a country, folded, by its id.
    countries: FxHashMap<&'static str, Vec<String>>,
    /// Names of one thing, each list as it stands in the table, and by each name the lists that have it.
    others: Vec<Vec<OtherName>>,
    listed: FxHashMap<String, Vec<usize>>,
}

/// One of several names of one thing.
pub(crate) struct OtherName {
    /// Folded.
    pub name: &'static str,
    /// Whether it is of another time than the rest, or a description.
    pub is_aside: bool,
}

static DERIVED: LazyLock<Derived> = LazyLock::new(|| {
    let mut found = Vec::new();
    let text = include_str!("../../../tables/inflection/rus-derived.toml");
    let mut derived = read(&Source::new("tables/inflection/rus-derived.toml", text), &mut found);
    // The tables are part of the program, and a test reads them.
    debug_assert!(found.is_empty(), "{:?}", found.iter().map(ToString::to_string).collect::<Vec<_>>());
    for line in lines(include_str!("../../../tables/inflection/rus-demonyms.tsv")) {
        let (id, words) = line.split_once('\t').unwrap_or((line, ""));
        derived.demonyms.extend(words.split('\t').filter(|w| !w.is_empty()).map(|w| (w, id)));
    }
    for line in lines(include_str!("../../../tables/parts/countries.tsv")) {
        let mut cells = line.split('\t');
        let id = cells.next().unwrap_or_default();
        let names =
            cells.take(4).flat_map(|cell| cell.split(',')).map(|w| w.trim().trim_start_matches('=')).filter(|w| !matches!(*w, "" | "-"));
        derived.countries.insert(id, names.map(fold).collect());
    }
    for line in lines(include_str!("../../../tables/parts/other-names.tsv")) {
        let names = line.split('\t').map(|cell| OtherName { name: cell.trim_start_matches('~'), is_aside: cell.starts_with('~') });
        let names: Vec<OtherName> = names.collect();
        for of in &names {
            derived.listed.entry(without_dots(of.name).into_owned()).or_default().push(derived.others.len());
        }
        derived.others.push(names);
    }
    derived
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}

fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Derived {
    let node = read_toml(source, found);
    let mut fields = Fields::new(source, node, found);
    let mut all = Derived::default();
    let split = |text: String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if let Some(mut adjective) = fields.table("adjective", found) {
        all.endings = split(adjective.filled("endings", found).value);
        all.stems = split(adjective.filled("stems", found).value);
        adjective.finish(found);
    }
    for mut derived in fields.tables("derived", found) {
        let adjective = derived.filled("adjective", found).value;
        let places = derived.filled("places", found).value;
        all.adjectives.push((adjective, places.split_whitespace().map(|e| if e == "0" { String::new() } else { e.to_owned() }).collect()));
        derived.finish(found);
    }
    fields.finish(found);
    all
}

/// The id, in the table of countries, of the country whose people a word in the nominative names.
pub(crate) fn country_of_people(word: &str) -> Option<&'static str> {
    DERIVED.demonyms.get(word).copied()
}

/// The names of a country, folded, with its adjectives and abbreviations, in all languages of the table.
pub(crate) fn names_of_country(id: &str) -> &'static [String] {
    DERIVED.countries.get(id).map(Vec::as_slice).unwrap_or_default()
}

/// What else that which has a name, folded, is called: each list of its names with the place of this one in it.
pub(crate) fn other_names(folded: &str) -> impl Iterator<Item = (&'static [OtherName], usize)> {
    let name = without_dots(folded);
    let lists = DERIVED.listed.get(&*name).map(Vec::as_slice).unwrap_or_default();
    lists.iter().filter_map(move |at| {
        let names = DERIVED.others[*at].as_slice();
        Some((names, names.iter().position(|other| without_dots(other.name) == name)?))
    })
}

/// All that has other names, in order.
static LISTED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut all: Vec<&str> = DERIVED.listed.keys().map(String::as_str).collect();
    all.sort_unstable();
    all
});

/// Whether a name that begins with these letters, folded, may be one that has [`other_names`].
pub(crate) fn may_have_other_names(begin: &str) -> bool {
    begins_one(&LISTED, &without_dots(begin))
}

/// Whether a stem is that of an adjective in -ский, -цкий.
pub(super) fn is_relative_stem(stem: &str) -> bool {
    DERIVED.stems.iter().any(|end| stem.ends_with(end.as_str()))
}

/// The masculine of an adjective in -ский, -цкий, in whatever form.
pub(crate) fn dictionary_form(word: &str) -> Option<String> {
    let stem = DERIVED.endings.iter().find_map(|end| word.strip_suffix(end.as_str()).filter(|stem| is_relative_stem(stem)))?;
    Some([stem, DERIVED.endings.first()?].concat())
}

/// The names, folded, of places that an adjective in the nominative may be made of. They only propose what to look up.
pub(crate) fn places_of(adjective: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (end, places) in &DERIVED.adjectives {
        if let Some(stem) = adjective.strip_suffix(end.as_str()).filter(|s| s.chars().nth(2).is_some()) {
            all.extend(places.iter().map(|place| format!("{stem}{place}")));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_and_people_lead_to_places() {
        let cases = [
            ("московский", "москва"),
            ("германский", "германия"),
            ("бакинский", "баку"),
            ("пензенский", "пенза"),
            ("донецкий", "донецк"),
            ("российский", "россия"),
            ("европейский", "европа"),
            ("бразильский", "бразилия"),
        ];
        for (adjective, place) in cases {
            assert!(places_of(adjective).iter().any(|p| p == place), "{adjective}: {:?}", places_of(adjective));
        }
        assert_eq!(country_of_people("немцы"), Some("DE"));
        assert!(names_of_country("DE").iter().any(|n| n == "германия"));
        let places =
            |name| other_names(name).flat_map(|(names, at)| names.iter().skip(usize::from(at == 0))).map(|n| n.name).collect::<Vec<_>>();
        assert!(places("подмосковье").contains(&"московская область"));
        assert!(places("объединенные арабские эмираты").contains(&"оаэ"), "ё may be written е");
        let known = DERIVED.demonyms.values().all(|id| DERIVED.countries.contains_key(id));
        assert!(known && !DERIVED.demonyms.is_empty());
    }
}
