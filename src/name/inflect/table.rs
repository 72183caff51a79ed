//! The classes of Russian nouns and adjectives, and lists of words, from `tables/inflection/rus.toml`.

use super::{Case, Gender, Number};
use crate::text::{At, Diagnostic, Fields, Source, read_toml};
use rustc_hash::{FxHashMap, FxHashSet};

/// How many cases a row has.
pub(super) const CASES: usize = 6;

/// Endings of one number, for adjectives also of one gender.
#[derive(Debug)]
pub(super) struct Row {
    pub gender: Gender,
    pub number: Number,
    /// In the order of [`Case::RUSSIAN`]; an accusative without an ending of its own is like the genitive or the nominative.
    pub endings: [Option<String>; CASES],
}

impl Row {
    /// The ending of the nominative.
    pub(super) fn nominative(&self) -> &str {
        self.endings[0].as_deref().unwrap_or_default()
    }

    pub(super) fn ending(&self, case: Case, lives: bool) -> &str {
        let at = Case::RUSSIAN.iter().position(|c| *c == case).unwrap_or(0);
        self.endings[at].as_deref().unwrap_or_else(|| self.endings[usize::from(lives)].as_deref().unwrap_or_default())
    }
}

/// Letters, of which the small ones of Russian are told by a bit each.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub text: String,
    small: u32,
}

impl Letters {
    pub(super) fn new(text: String) -> Letters {
        let small = text.chars().filter_map(small).fold(0, |all, bit| all | bit);
        Letters { text, small }
    }

    /// Whether a letter is one of these.
    #[inline]
    pub(super) fn has(&self, letter: char) -> bool {
        small(letter).map_or_else(|| self.text.contains(letter), |bit| self.small & bit != 0)
    }
}

/// The bit of a small letter of Russian.
fn small(letter: char) -> Option<u32> {
    matches!(letter, 'а'..='я').then(|| 1 << (letter as u32 - 'а' as u32))
}

/// A class of words that are declined alike.
#[derive(Debug)]
pub(super) struct Class {
    pub id: String,
    pub adjective: bool,
    /// The letters a stem may end in.
    pub after: Letters,
    /// A noun has two rows, an adjective four.
    pub rows: Vec<Row>,
    /// The words of the class, where only these belong to it.
    pub words: Vec<String>,
    /// Of the surnames of women: the class of those of men, and its ending in the nominative.
    pub men: Option<(usize, String)>,
    /// A class of surnames.
    pub surname: bool,
    /// Whether names that nobody listed with a class may be of it.
    pub names: bool,
    /// The class of those names with its ending that are not listed as masculine.
    pub feminine: Option<usize>,
}

/// Ends of listed names.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub fixed: Vec<String>,
    pub adjectives: Vec<String>,
    pub surnames: Vec<String>,
    /// Of given names.
    pub given: Vec<String>,
    /// Letters of Kazakh, each with that of Russian.
    pub kazakh: Vec<String>,
    /// Of those in a soft consonant.
    pub masculine: Vec<String>,
}

impl Names {
    /// Whether a word in the nominative ends as given names do.
    pub(super) fn is_like_given(&self, word: &str) -> bool {
        has_end(&self.given, word)
    }
}

/// Whether a word ends in one of these, and has three letters or more before it.
fn has_end(ends: &[String], word: &str) -> bool {
    let last = word.as_bytes().last();
    let has =
        |end: &String| end.as_bytes().last() == last && word.strip_suffix(end.as_str()).is_some_and(|stem| stem.chars().nth(2).is_some());
    ends.iter().any(has)
}

/// Names of China, Korea and Vietnam: family names, and the syllables of their languages.
#[derive(Debug, Default)]
pub(super) struct Eastern {
    pub families: Vec<String>,
    pub syllables: Vec<Syllables>,
}

/// What the syllables of a language are made of.
#[derive(Debug, Default)]
pub(super) struct Syllables {
    pub initials: Vec<String>,
    pub finals: Vec<String>,
    pub codas: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Table {
    pub classes: Vec<Class>,
    pub vowels: Letters,
    pub names: Names,
    pub prepositions: FxHashSet<String>,
    /// Prepositions that join words of one case.
    pub conjunctions: FxHashSet<String>,
    pub particles: FxHashSet<String>,
    pub indeclinable: FxHashSet<String>,
    pub heads: FxHashSet<String>,
    /// Heads that stand before the name of a person and agree with it.
    pub titles: FxHashSet<String>,
    pub tails: FxHashSet<String>,
    /// The letters of the longest of them.
    pub longest_tail: usize,
    pub eastern: Eastern,
    /// Abbreviations, with the gender and number of the adjectives before them: masculine, feminine, neuter, plural.
    pub abbreviations: FxHashMap<String, usize>,
    pub abbreviation_endings: FxHashSet<String>,
}

/// Reads the table; what is wrong with it goes to `found`.
pub(super) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Table {
    let node = read_toml(source, found);
    let mut fields = Fields::new(source, node, found);
    fields.required("language", found);
    let mut table = Table { vowels: Letters::new(fields.filled("vowels", found).value), ..Table::default() };
    let (mut men, mut feminine) = (Vec::new(), Vec::new());
    for mut noun in fields.tables("noun", found) {
        let gender = noun.filled("gender", found);
        let gender = match gender.value.as_str() {
            "m" => Gender::Masculine,
            "f" => Gender::Feminine,
            "n" => Gender::Neuter,
            _ => {
                found.push(source.error(gender.span, "gender: expected m, f or n"));
                Gender::Masculine
            }
        };
        let rows = [("singular", gender, Number::Singular), ("plural", gender, Number::Plural)];
        if let Some(id) = noun.text("men", found) {
            men.push((table.classes.len(), id));
        }
        if let Some(id) = noun.text("feminine", found) {
            feminine.push((table.classes.len(), id));
        }
        table.classes.extend(class(source, noun, false, &rows, found));
    }
    for adjective in fields.tables("adjective", found) {
        let rows = [
            ("masculine", Gender::Masculine, Number::Singular),
            ("feminine", Gender::Feminine, Number::Singular),
            ("neuter", Gender::Neuter, Number::Singular),
            ("plural", Gender::Masculine, Number::Plural),
        ];
        table.classes.extend(class(source, adjective, true, &rows, found));
    }
    for (women, men) in men {
        match table.classes.iter().position(|c| c.id == men.value) {
            Some(at) if women < table.classes.len() => {
                let ending = table.classes[at].rows[0].nominative().to_owned();
                table.classes[at].surname = true;
                table.classes[women].surname = true;
                table.classes[women].men = Some((at, ending));
            }
            _ => found.push(source.error(men.span, "men: expected the id of a noun")),
        }
    }
    for (masculine, id) in feminine {
        match table.classes.iter().position(|c| c.id == id.value) {
            Some(at) if masculine < table.classes.len() => table.classes[masculine].feminine = Some(at),
            _ => found.push(source.error(id.span, "feminine: expected the id of a noun")),
        }
    }
    if let Some(mut names) = fields.table("names", found) {
        let lists = [
            ("fixed", &mut table.names.fixed),
            ("adjectives", &mut table.names.adjectives),
            ("surnames", &mut table.names.surnames),
            ("given", &mut table.names.given),
            ("kazakh", &mut table.names.kazakh),
            ("masculine", &mut table.names.masculine),
        ];
        for (name, list) in lists {
            list.extend(names.required(name, found).value.split_whitespace().map(str::to_owned));
        }
        names.finish(found);
    }
    if let Some(mut words) = fields.table("words", found) {
        let lists = [
            ("prepositions", &mut table.prepositions),
            ("conjunctions", &mut table.conjunctions),
            ("particles", &mut table.particles),
            ("indeclinable", &mut table.indeclinable),
            ("heads", &mut table.heads),
            ("titles", &mut table.titles),
            ("tails", &mut table.tails),
        ];
        for (name, list) in lists {
            list.extend(words.required(name, found).value.split_whitespace().map(str::to_owned));
        }
        words.finish(found);
        table.longest_tail = table.tails.iter().map(|tail| tail.chars().count()).max().unwrap_or(0);
    }
    if let Some(mut eastern) = fields.table("eastern", found) {
        let words = |text: String| text.split_whitespace().map(|w| if w == "0" { String::new() } else { w.to_owned() }).collect();
        table.eastern.families = words(eastern.required("families", found).value);
        for mut syllables in eastern.tables("syllables", found) {
            let [initials, finals, codas] = ["initials", "finals", "codas"].map(|name| words(syllables.filled(name, found).value));
            table.eastern.syllables.push(Syllables { initials, finals, codas });
            syllables.finish(found);
        }
        eastern.finish(found);
    }
    if let Some(mut lists) = fields.table("abbreviations", found) {
        for (slot, name) in ["masculine", "feminine", "neuter", "plural"].into_iter().enumerate() {
            table.abbreviations.extend(lists.required(name, found).value.split_whitespace().map(|a| (a.to_owned(), slot)));
        }
        table.abbreviation_endings = lists.required("endings", found).value.split_whitespace().map(str::to_owned).collect();
        lists.finish(found);
    }
    fields.finish(found);
    table
}

fn class(
    source: &Source,
    mut fields: Fields,
    adjective: bool,
    rows: &[(&'static str, Gender, Number)],
    found: &mut Vec<Diagnostic>,
) -> Option<Class> {
    let id = fields.filled("id", found).value;
    let after = Letters::new(fields.filled("after", found).value);
    let names = fields.boolean("names", found).unwrap_or(true);
    let words = fields.text("words", found).map(|w| w.value.split_whitespace().map(str::to_owned).collect());
    let mut class = Class {
        id,
        adjective,
        after,
        rows: Vec::with_capacity(rows.len()),
        words: words.unwrap_or_default(),
        men: None,
        surname: false,
        names,
        feminine: None,
    };
    for (name, gender, number) in rows {
        let text = fields.filled(name, found);
        match endings(&text.value) {
            Some(endings) => class.rows.push(Row { gender: *gender, number: *number, endings }),
            None => found.push(source.error(text.span, format!("{name}: expected {CASES} endings with spaces between them"))),
        }
    }
    fields.finish(found);
    (class.rows.len() == rows.len()).then_some(class)
}

fn endings(text: &str) -> Option<[Option<String>; CASES]> {
    let ending = |e: &str| match e {
        "." => None,
        "0" => Some(String::new()),
        e => Some(e.to_owned()),
    };
    let all: Vec<Option<String>> = text.split_whitespace().map(ending).collect();
    let all: [Option<String>; CASES] = all.try_into().ok()?;
    // Only the accusative may be left to the nominative and the genitive.
    all.iter().enumerate().all(|(at, e)| e.is_some() || at == 3).then_some(all)
}

/// A rule for a part of a name of a person, from `tables/inflection/rus-persons.toml`.
#[derive(Debug)]
pub(super) struct PersonRule {
    /// `None` holds for both.
    pub gender: Option<Gender>,
    /// The name's ends, or whole names.
    pub ends: Vec<String>,
    pub whole: bool,
    /// How many letters are cut, and what is added, from the genitive to the prepositional; `None` leaves the name as it is.
    pub changes: Option<[(usize, String); CASES - 1]>,
}

#[derive(Debug, Default)]
pub(super) struct Persons {
    pub surname: Vec<PersonRule>,
    pub given: Vec<PersonRule>,
    pub patronymic: Vec<PersonRule>,
    /// Ends of surnames, given names and patronymics that tell the gender.
    pub feminine: Vec<String>,
    pub masculine: Vec<String>,
    /// Ends of patronymics, by which the parts of a name are told.
    pub patronymics: Vec<String>,
    /// Ends of the given names of women, and given names of men that end so.
    pub women: Vec<String>,
    pub men: Vec<String>,
}

impl Persons {
    /// Whether a word in the nominative ends as patronymics do.
    pub(super) fn is_patronymic(&self, word: &str) -> bool {
        has_end(&self.patronymics, word)
    }
}

/// Reads the rules for names of people.
pub(super) fn read_persons(source: &Source, found: &mut Vec<Diagnostic>) -> Persons {
    let node = read_toml(source, found);
    let mut fields = Fields::new(source, node, found);
    fields.required("source", found);
    let mut persons = Persons::default();
    let kinds = [("surname", &mut persons.surname), ("given", &mut persons.given), ("patronymic", &mut persons.patronymic)];
    for (kind, rules) in kinds {
        for mut rule in fields.tables(kind, found) {
            let gender = rule.text("gender", found);
            let gender = match gender.as_ref().map(|g| g.value.as_str()) {
                None => None,
                Some("m") => Some(Gender::Masculine),
                Some("f") => Some(Gender::Feminine),
                Some(_) => {
                    found.extend(gender.map(|g| source.error(g.span, "gender: expected m or f")));
                    None
                }
            };
            let whole = rule.text("names", found);
            let ends = match &whole {
                Some(names) => names.value.clone(),
                None => rule.filled("ends", found).value,
            };
            let changes = rule.text("forms", found).and_then(|text| changes(source, &text, found));
            let ends = ends.split_whitespace().map(str::to_owned).collect();
            rules.push(PersonRule { gender, ends, whole: whole.is_some(), changes });
            rule.finish(found);
        }
    }
    let mut split = |name| fields.required(name, found).value.split_whitespace().map(str::to_owned).collect();
    (persons.feminine, persons.masculine) = (split("feminine"), split("masculine"));
    (persons.patronymics, persons.women, persons.men) = (split("patronymics"), split("women"), split("men"));
    fields.finish(found);
    persons
}

/// `-а` cuts one letter and adds а; `.` changes nothing.
fn changes(source: &Source, text: &At<String>, found: &mut Vec<Diagnostic>) -> Option<[(usize, String); CASES - 1]> {
    let change = |c: &str| {
        let add = c.trim_start_matches('-');
        (c.len() - add.len(), if add == "." { String::new() } else { add.to_owned() })
    };
    let all: Vec<_> = text.value.split_whitespace().map(change).collect();
    let read = all.try_into().ok();
    if read.is_none() {
        found.push(source.error(text.span.clone(), format!("forms: expected {} with spaces between them", CASES - 1)));
    }
    read
}
