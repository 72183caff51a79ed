//! Words from the tables, and names of people, organisations and places made of them.

use std::collections::BTreeSet;

/// Random numbers that are the same on every machine (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x5DEE_CE66_D123_4567);
        random.next();
        random
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// One of a list that is sorted by frequency: the first ones more often.
    fn frequent<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        &all[((all.len() as f64 * share * share) as usize).min(all.len() - 1)]
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Kazakh,
    Russian,
}

#[derive(Default)]
struct Vocabulary {
    words: Vec<String>,
    /// Words that end like names of families.
    families: Vec<String>,
    men: Vec<String>,
    women: Vec<String>,
    qualities: Vec<String>,
    heads: Vec<String>,
    legal: Vec<String>,
    kinds: Vec<String>,
}

pub struct Words([Vocabulary; 2]);

/// The parts of a person's name.
pub struct Person {
    pub given: String,
    pub family: String,
    father: Option<String>,
}

impl Person {
    pub fn whole(&self) -> String {
        match &self.father {
            Some(father) => format!("{} {father} {}", self.given, self.family),
            None => format!("{} {}", self.given, self.family),
        }
    }

    /// The family's name first.
    pub fn inverted(&self, random: &mut Random) -> String {
        let comma = if random.chance(50) { "," } else { "" };
        match &self.father {
            Some(father) if random.chance(50) => format!("{}{comma} {} {father}", self.family, self.given),
            _ => format!("{}{comma} {}", self.family, self.given),
        }
    }

    pub fn initials(&self, random: &mut Random) -> String {
        let first = |name: &str| name.chars().next().map(|c| format!("{c}.")).unwrap_or_default();
        let initials = format!("{}{}", first(&self.given), self.father.as_deref().map(first).unwrap_or_default());
        if random.chance(50) { format!("{initials} {}", self.family) } else { format!("{} {initials}", self.family) }
    }
}

const FAMILIES: [&str; 8] = ["ов", "ев", "ин", "ский", "енко", "ұлы", "баев", "беков"];

/// The lines of a table, as cells.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// The forms in a cell.
fn forms(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split(", ").map(|form| form.trim_start_matches('=')).filter(|form| *form != "-" && !form.is_empty()).map(str::to_owned)
}

impl Words {
    pub fn new() -> Words {
        let words = [include_str!("../../tables/words/kaz.tsv"), include_str!("../../tables/words/rus.tsv")];
        let mut all = words.map(|table| {
            let words: Vec<String> = rows(table).map(|row| row[0].to_owned()).filter(|w| w.chars().count() > 3).collect();
            let families = words.iter().filter(|w| FAMILIES.iter().any(|end| w.ends_with(end))).cloned().collect();
            Vocabulary { words, families, ..Vocabulary::default() }
        });
        for row in rows(include_str!("../../tables/parts/given.tsv")) {
            // R: common Russian names.
            let of = &mut all[usize::from(row[4] == "R")];
            if row[0] != "f" {
                of.men.push(row[1].to_owned());
            }
            if row[0] != "m" {
                of.women.push(row[1].to_owned());
            }
        }
        for (at, of) in all.iter_mut().enumerate() {
            let column = |table: &'static str| rows(table).flat_map(|row| forms(row[1 + at]).collect::<Vec<_>>()).collect::<Vec<_>>();
            of.qualities = column(include_str!("../../tables/parts/qualities.tsv"));
            of.heads = column(include_str!("../../tables/parts/heads.tsv"));
            of.legal = column(include_str!("../../tables/parts/legal.tsv"));
            of.kinds = column(include_str!("../../tables/parts/places.tsv"));
        }
        Words(all)
    }

    fn of(&self, language: Language) -> &Vocabulary {
        &self.0[language as usize]
    }

    /// The beginning of one word and the end of another.
    fn coined(&self, language: Language, ends: &[String], random: &mut Random) -> String {
        let halves = |word: &str| {
            let at = word.chars().count() / 2;
            word.char_indices().nth(at).map_or(0, |(at, _)| at)
        };
        let (head, tail) = (random.of::<String>(&self.of(language).words), random.of::<String>(ends));
        format!("{}{}", &head[..halves(head).max(2)], &tail[halves(tail)..])
    }

    pub fn person(&self, language: Language, random: &mut Random) -> Person {
        let of = self.of(language);
        let woman = random.chance(40);
        let given = random.frequent::<String>(if woman { &of.women } else { &of.men }).clone();
        let family = match random.below(10) {
            0..4 => random.frequent::<String>(&of.families).clone(),
            4..6 => self.coined(language, &of.families, random),
            _ => format!("{}{}", stem(random.frequent::<String>(&of.words)), if ends_hard(random) { "ов" } else { "ев" }),
        };
        let family = match family.strip_suffix("ский") {
            Some(stem) if woman => format!("{stem}ская"),
            None if woman && (family.ends_with('в') || family.ends_with("ин")) => family + "а",
            _ => family,
        };
        let father = random.frequent::<String>(&of.men);
        let father = random.chance(45).then(|| match (language, woman) {
            (Language::Kazakh, true) => format!("{father}қызы"),
            (Language::Kazakh, false) => format!("{father}ұлы"),
            (Language::Russian, true) => format!("{}овна", stem(father)),
            (Language::Russian, false) => format!("{}ович", stem(father)),
        });
        Person { given: capital(&given), family: capital(&family), father: father.map(|f| capital(&f)) }
    }

    pub fn quality(&self, language: Language, random: &mut Random) -> String {
        capital(random.of::<String>(&self.of(language).qualities))
    }

    pub fn organisation(&self, language: Language, random: &mut Random) -> String {
        let of = self.of(language);
        let own = capital(&self.own(language, random));
        let (head, quality) = (random.of::<String>(&of.heads).clone(), random.of::<String>(&of.qualities).clone());
        match (random.below(6), language) {
            (0, _) => format!("{} «{own}»", capital(random.of::<String>(&of.legal))),
            (1, _) => format!("{} «{own} {}»", capital(random.of::<String>(&of.legal)), self.own(language, random)),
            (2, Language::Kazakh) => format!("{own} {quality} {head}"),
            (2, Language::Russian) => format!("{} {head} {own}", capital(&quality)),
            (3, Language::Kazakh) => format!("{own} атындағы №{} {head}", 1 + random.below(200)),
            (3, Language::Russian) => format!("{} №{} имени {own}", capital(&head), 1 + random.below(200)),
            (4, _) => format!("{} {quality} {head} {own}", capital(random.of::<String>(&of.qualities))),
            _ => format!("{own} {} {head}", self.own(language, random)),
        }
    }

    /// A place's own name, and what it is.
    pub fn place(&self, language: Language, random: &mut Random) -> (String, String) {
        let mut name = capital(&self.own(language, random));
        if random.chance(25) {
            name = format!("{} {name}", self.quality(language, random));
        }
        (name, random.of::<String>(&self.of(language).kinds).clone())
    }

    fn own(&self, language: Language, random: &mut Random) -> String {
        let words = &self.of(language).words;
        if random.chance(30) { self.coined(language, words, random) } else { random.frequent(words).clone() }
    }
}

fn ends_hard(random: &mut Random) -> bool {
    random.chance(60)
}

/// A word without the vowel at its end.
fn stem(word: &str) -> &str {
    word.trim_end_matches(['а', 'я', 'о', 'е', 'и', 'ы', 'й', 'ь', 'ә', 'у'])
}

pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Letters to make errors with.
pub fn letters(language: Language, latin: bool) -> Vec<char> {
    let letters = match (latin, language) {
        (true, _) => "abcdefghiklmnoprstuvyz",
        (false, Language::Kazakh) => "аәбгғдеіжзйкқлмнңоөпрстуұүфхшы",
        (false, Language::Russian) => "абвгдежзийклмнопрстуфхцчшыья",
    };
    letters.chars().collect::<BTreeSet<_>>().into_iter().collect()
}
