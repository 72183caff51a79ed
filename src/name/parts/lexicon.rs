//! The words of `tables/parts/`, found by their letters or, in another script or spelling, by their sound.

use super::inflect::{self, Inflection};
use super::{Gender, Kind, Meaning, Parts, Role, Word};
use crate::builtin::{BuiltIn, PARTS};
use crate::name::key::keys;
use crate::text::{Diagnostic, Fields, Source, fold, read_toml};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The keys by which words of any spelling are compared, the likeliest first. The only place where parts know of the reading of letters.
pub(super) fn word_key(word: &str) -> Vec<String> {
    keys(word).all
}

/// Keys shorter than this are too common to find a word by.
const SHORTEST_KEY: usize = 4;
/// The longest abbreviation that must be written in capitals to be a legal form.
const ABBREVIATION: usize = 4;

/// So many forms of a word are found by their sound too; names that are romanised are seldom inflected further.
const SOUNDED: usize = 6;

const NONE: u16 = u16::MAX;

/// Which table a meaning stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    Head,
    Quality,
    Legal,
    Place,
    Country,
    Particle,
    Named,
    Number,
}

/// A line of a table.
pub(super) struct Named {
    pub id: &'static str,
    pub sort: Sort,
}

/// A word or phrase of a table.
struct Phrase {
    text: &'static str,
    sort: Sort,
    meaning: u16,
    /// The column, by [`inflect::LANGUAGES`]; one more for other languages.
    language: usize,
    inflected: bool,
}

impl Phrase {
    fn pieces(&self) -> impl Iterator<Item = &'static str> {
        self.text.split([' ', '-', '/', '.']).map(|p| p.trim_end_matches('\'')).filter(|p| !p.is_empty())
    }

    fn several(&self) -> bool {
        self.pieces().nth(1).is_some()
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// The word of the tables whose form this is.
    pub token: u16,
    /// The given name that this is.
    pub given: u16,
    /// Found by its letters, not by its sound.
    pub exact: bool,
    /// As it stands in the table, not a form of it.
    main: bool,
}

impl Entry {
    pub(super) const NONE: Entry = Entry { token: NONE, given: NONE, exact: false, main: false };
}

/// An ending of a name of a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub role: Role,
    pub gender: Gender,
    pub sure: u8,
    pub class: u8,
}

pub(super) struct Lexicon {
    words: FxHashMap<Box<str>, Entry>,
    sounds: FxHashMap<Box<str>, Entry>,
    steps: FxHashMap<(u16, u16), u16>,
    /// The meanings that a state ends, by their order in the tables.
    ends: Vec<[u16; 2]>,
    meanings: Vec<Named>,
    /// For each word that is a given name: gender, and the names it stands for with a weight.
    given: Vec<(Gender, Vec<(u16, u8)>)>,
    endings: FxHashMap<&'static str, Ending>,
    /// Characters of the longest ending.
    longest: usize,
    classes: Vec<&'static str>,
    initials: Vec<&'static str>,
    ordinals: Vec<&'static str>,
    particles: Vec<&'static str>,
    apart: Vec<(&'static str, Gender)>,
    tokens: u16,
    /// Faults of the tables; a test holds that there are none.
    pub found: Vec<Diagnostic>,
    /// Forms that two words of one language share.
    pub shared: Vec<(&'static str, &'static str, &'static str)>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// A table of `tables/parts/`.
fn table(stem: &str) -> &'static BuiltIn {
    // The build script lists the files, and a test asks for each of them.
    PARTS.iter().find(|t| t.stem == stem).expect("a table of tables/parts")
}

/// The lines of a table of words: cells, and where the line starts.
fn rows(text: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        (!line.is_empty() && !line.starts_with('#')).then(|| (start, line.split('\t').collect()))
    })
}

impl Lexicon {
    fn load() -> Lexicon {
        let mut lexicon = Lexicon {
            words: FxHashMap::default(),
            sounds: FxHashMap::default(),
            steps: FxHashMap::default(),
            ends: vec![[NONE; 2]],
            meanings: Vec::new(),
            given: Vec::new(),
            endings: FxHashMap::default(),
            longest: 0,
            classes: Vec::new(),
            initials: Vec::new(),
            ordinals: Vec::new(),
            particles: Vec::new(),
            apart: Vec::new(),
            tokens: 0,
            found: Vec::new(),
            shared: Vec::new(),
        };
        let inflection = table("inflection");
        let source = Source::new(inflection.path, inflection.text);
        let inflections = inflect::read(&source, &mut lexicon.found);
        lexicon.read_endings();
        let mut phrases = Vec::with_capacity(3000);
        for stem in ["small", "heads", "legal", "qualities", "places", "countries"] {
            lexicon.read_words(stem, &mut phrases);
        }
        // Words before phrases, so that профсоюзов in a phrase is known for a form of профсоюз.
        for phrase in phrases.iter().filter(|p| !p.several()).chain(phrases.iter().filter(|p| p.several())) {
            lexicon.add_phrase(phrase, &inflections);
        }
        lexicon.read_given();
        lexicon
    }

    fn read_words(&mut self, stem: &'static str, phrases: &mut Vec<Phrase>) {
        let file = table(stem);
        let source = Source::new(file.path, file.text);
        for (start, mut cells) in rows(file.text) {
            let sort = match stem {
                "heads" => Sort::Head,
                "legal" => Sort::Legal,
                "qualities" => Sort::Quality,
                "places" => Sort::Place,
                "countries" => Sort::Country,
                _ if cells[0] == "particle" => Sort::Particle,
                _ if cells[0] == "named" => Sort::Named,
                _ => Sort::Number,
            };
            if stem == "small" {
                cells.remove(0);
            }
            let [id, languages @ .., _source] = &cells[..] else { continue };
            if languages.len() != 4 || languages.iter().any(|cell| cell.is_empty()) {
                self.found.push(
                    source.error(start..start, format!("{id}: expected an id, four languages and a source, found {} cells", cells.len())),
                );
                continue;
            }
            let meaning = self.meanings.len() as u16;
            self.meanings.push(Named { id, sort });
            for (language, cell) in languages.iter().enumerate().filter(|(_, cell)| **cell != "-") {
                for text in cell.split(',').map(str::trim) {
                    let (text, inflected) = text.strip_prefix('=').map_or((text, true), |p| (p, false));
                    phrases.push(Phrase { text, sort, meaning, language, inflected });
                }
            }
        }
    }

    fn add_phrase(&mut self, phrase: &Phrase, inflections: &[Inflection; 3]) {
        let mut state = 0;
        let rules = inflections.get(phrase.language).filter(|_| phrase.inflected && phrase.sort != Sort::Particle);
        for piece in phrase.pieces() {
            let folded = fold(piece);
            let short = folded.chars().count() <= ABBREVIATION;
            let abbreviation = !phrase.several() && short && (matches!(phrase.sort, Sort::Legal | Sort::Country) || !vowel(&folded));
            let rules = rules.filter(|_| !abbreviation && !folded.starts_with(|c: char| c.is_ascii_digit()));
            let token = self.token(&folded, rules, phrase);
            let next = self.ends.len() as u16;
            state = *self.steps.entry((state, token)).or_insert(next);
            if state == next {
                self.ends.push([NONE; 2]);
            }
        }
        let end = &mut self.ends[usize::from(state)];
        if let Some(other) = end.iter().find(|m| **m != NONE && **m != phrase.meaning) {
            self.shared.push((phrase.text, self.meanings[usize::from(*other)].id, self.meanings[usize::from(phrase.meaning)].id));
        }
        if let Some(free) = end.iter_mut().find(|m| **m == NONE || **m == phrase.meaning) {
            *free = phrase.meaning;
        }
    }

    /// The token of a word, whose forms are remembered when it is new.
    fn token(&mut self, word: &str, rules: Option<&Inflection>, phrase: &Phrase) -> u16 {
        let known = self.words.get(word).filter(|e| phrase.several() || e.main).map_or(NONE, |e| e.token);
        let token = if known == NONE {
            self.tokens += 1;
            self.tokens - 1
        } else {
            known
        };
        let mut forms = 0;
        let mut add = |form: &str| {
            forms += 1;
            let main = form == word;
            let entry = self.words.entry(form.into()).or_insert(Entry { exact: true, ..Entry::NONE });
            // A word of its own is not a form of another.
            if entry.token == NONE || main && !entry.main {
                (entry.token, entry.main) = (token, main);
            }
            // A word of English is not written in other letters; an abbreviation not by its sound.
            if phrase.language == 2 || forms > SOUNDED || rules.is_none() && form.chars().count() <= ABBREVIATION {
                return;
            }
            for key in word_key(form) {
                if key.len() >= SHORTEST_KEY {
                    let entry = self.sounds.entry(key.into()).or_insert(Entry::NONE);
                    if entry.token == NONE || main && !entry.main {
                        (entry.token, entry.main) = (token, main);
                    }
                }
            }
        };
        match rules {
            Some(rules) => rules.forms(word, add),
            None => add(word),
        }
        token
    }

    fn read_given(&mut self) {
        let file = table("given");
        let source = Source::new(file.path, file.text);
        for (name, (start, cells)) in rows(file.text).enumerate() {
            let [gender, main, short, other, _source] = cells[..] else {
                self.found.push(source.error(start..start, format!("expected five cells, found {}", cells.len())));
                continue;
            };
            let gender = match gender {
                "m" => Gender::Masculine,
                "f" => Gender::Feminine,
                _ => Gender::Unknown,
            };
            for (cell, weight) in [(main, 100), (short, 80), (other, 90)] {
                for word in cell.split(',').map(str::trim).filter(|w| *w != "-" && !w.is_empty()) {
                    self.add_given(&fold(word), gender, name as u16, weight);
                }
            }
        }
    }

    fn add_given(&mut self, word: &str, gender: Gender, name: u16, weight: u8) {
        let entry = self.words.entry(word.into()).or_insert(Entry { exact: true, ..Entry::NONE });
        if entry.given == NONE {
            entry.given = self.given.len() as u16;
            self.given.push((gender, Vec::new()));
        }
        let given = entry.given;
        let (known, names) = &mut self.given[usize::from(given)];
        if *known != gender {
            *known = Gender::Unknown;
        }
        names.push((name, weight));
        for key in word_key(word) {
            if key.len() >= 3 {
                let entry = self.sounds.entry(key.into()).or_insert(Entry::NONE);
                if entry.given == NONE {
                    entry.given = given;
                }
            }
        }
    }

    fn read_endings(&mut self) {
        let file = table("endings");
        let source = Source::new(file.path, file.text);
        let mut found = Vec::new();
        let node = read_toml(&source, &mut found);
        let mut fields = Fields::new(&source, node, &mut found);
        // The table is part of the program and read once.
        let keep = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let mut texts =
            |name, found: &mut Vec<Diagnostic>| fields.texts(name, found).into_iter().map(|t| keep(t.value)).collect::<Vec<_>>();
        self.initials = texts("initials", &mut found);
        self.ordinals = texts("ordinals", &mut found);
        self.particles = texts("particles", &mut found);
        if let Some(mut apart) = fields.table("apart", &mut found) {
            for (name, gender) in [("masculine", Gender::Masculine), ("feminine", Gender::Feminine)] {
                self.apart.extend(apart.texts(name, &mut found).into_iter().map(|t| (keep(t.value), gender)));
            }
            apart.finish(&mut found);
        }
        for mut row in fields.tables("ending", &mut found) {
            let role = match row.required("role", &mut found).value.as_str() {
                "patronymic" => Role::Patronymic,
                "given" => Role::Given,
                _ => Role::Family,
            };
            let gender = match row.text("gender", &mut found).map(|g| g.value).as_deref() {
                Some("masculine") => Gender::Masculine,
                Some("feminine") => Gender::Feminine,
                _ => Gender::Unknown,
            };
            let class = row.required("class", &mut found).value;
            let sure = row.integer("sure", &mut found).and_then(|n| u8::try_from(n).ok()).unwrap_or(50);
            let class = match self.classes.iter().position(|c| *c == class) {
                Some(at) => at,
                None => {
                    self.classes.push(keep(class));
                    self.classes.len() - 1
                }
            };
            for ending in row.texts("endings", &mut found) {
                let folded = fold(&ending.value);
                if folded != ending.value {
                    found.push(source.error(ending.span.clone(), format!("expected folded text, {folded:?}")));
                }
                self.longest = self.longest.max(folded.chars().count());
                self.endings.entry(keep(folded)).or_insert(Ending { role, gender, sure, class: class as u8 });
            }
            row.finish(&mut found);
        }
        fields.finish(&mut found);
        self.found.extend(found);
    }

    /// What is known of a word by its letters, or else by its sound.
    pub(super) fn entry(&self, folded: &str, word: &Word) -> Entry {
        if let Some(entry) = self.words.get(folded) {
            return *entry;
        }
        // Short words and abbreviations are not read, nor are words whose ending makes them family names or patronymics.
        let letters = folded.chars().take(SHORTEST_KEY).count();
        if letters < 3 || word.has(Word::CAPS) && letters < SHORTEST_KEY || self.ending(folded).is_some_and(|(e, _)| e.sure >= 80) {
            return Entry::NONE;
        }
        let found = word_key(folded).iter().find_map(|key| self.sounds.get(key.as_str()).copied());
        found.unwrap_or(Entry::NONE)
    }

    /// The longest phrase that begins here: how many words, and its meanings.
    pub(super) fn longest(&self, entries: &[Entry]) -> Option<(usize, [u16; 2])> {
        let mut state = 0;
        let mut best = None;
        for (i, entry) in entries.iter().enumerate().take_while(|(_, e)| e.token != NONE) {
            let Some(next) = self.steps.get(&(state, entry.token)) else { break };
            state = *next;
            let ends = self.ends[usize::from(state)];
            if ends[0] != NONE {
                best = Some((i + 1, ends));
            }
        }
        best
    }

    /// Which of its meanings a phrase has here, if any: abbreviations of legal forms are written in capitals.
    pub(super) fn choose(&self, meanings: [u16; 2], parts: &Parts, at: usize, len: usize) -> Option<Meaning> {
        let word = &parts.words[at];
        let letters = parts.folded(at).chars().take(ABBREVIATION + 1).count();
        let short = len == 1 && letters <= ABBREVIATION;
        let small = || parts.words.iter().all(|w| !w.has(Word::CAPITAL));
        let fits = |m: u16| match self.meanings.get(usize::from(m)).map(|m| m.sort) {
            None => false,
            Some(Sort::Legal) if short && parts.folded(at).starts_with(|c: char| !c.is_ascii()) => {
                word.has(Word::CAPS) || meanings[1] == NONE && small()
            }
            // с. Ивановка is a village, с партией is "with"; a capital with a stop is an initial.
            Some(Sort::Place) if letters == 1 && len == 1 => word.has(Word::STOP) && !word.has(Word::CAPITAL),
            Some(Sort::Particle) if letters == 1 => !word.has(Word::STOP) && !word.has(Word::CAPITAL),
            Some(_) => true,
        };
        meanings.into_iter().find(|m| fits(*m)).map(Meaning)
    }

    pub(super) fn role(&self, meaning: Meaning) -> Role {
        let named = &self.meanings[usize::from(meaning.0)];
        match named.sort {
            Sort::Head => Role::Head(meaning),
            Sort::Quality => Role::Quality(meaning),
            Sort::Legal => Role::Legal(meaning),
            Sort::Place => Role::PlaceWord(meaning),
            Sort::Country => Role::Country(meaning),
            Sort::Particle => Role::Particle,
            Sort::Named => Role::Named,
            Sort::Number => Role::Number(named.id.parse().unwrap_or(0)),
        }
    }

    pub(super) fn id(&self, meaning: Meaning) -> &'static str {
        self.meanings.get(usize::from(meaning.0)).map_or("", |m| m.id)
    }

    pub(super) fn class(&self, class: u8) -> &'static str {
        self.classes.get(usize::from(class)).copied().unwrap_or_default()
    }

    /// The longest ending of a word, and the bytes before it.
    pub(super) fn ending(&self, folded: &str) -> Option<(Ending, usize)> {
        let mut ends = [0usize; 16];
        let mut count = 0;
        for (at, _) in folded.char_indices().rev().take(self.longest.min(16)) {
            ends[count] = at;
            count += 1;
        }
        ends[..count].iter().rev().find_map(|at| {
            let before = &folded[..*at];
            let ending = self.endings.get(&folded[*at..])?;
            (before.chars().nth(1).is_some()).then_some((*ending, *at))
        })
    }

    pub(super) fn gender_of_given(&self, given: u16) -> Gender {
        self.given.get(usize::from(given)).map_or(Gender::Unknown, |g| g.0)
    }

    /// How far two given names are one, from 0 to 100, if they are.
    pub(super) fn same_given(&self, a: u16, b: u16) -> Option<u8> {
        let (a, b) = (self.given.get(usize::from(a))?, self.given.get(usize::from(b))?);
        a.1.iter().flat_map(|(name, weight)| b.1.iter().filter(move |(n, _)| n == name).map(move |(_, w)| (*weight).min(*w))).max()
    }

    pub(super) fn ordinal(&self, folded: &str) -> bool {
        self.ordinals.contains(&folded)
    }

    pub(super) fn initial(&self, folded: &str) -> bool {
        self.initials.contains(&folded)
    }

    pub(super) fn particle(&self, folded: &str) -> bool {
        self.particles.contains(&folded)
    }

    pub(super) fn apart(&self, folded: &str) -> Option<Gender> {
        self.apart.iter().find(|(word, _)| *word == folded).map(|(_, gender)| *gender)
    }

    #[cfg(test)]
    pub(super) fn meanings(&self) -> &[Named] {
        &self.meanings
    }
}

fn vowel(word: &str) -> bool {
    word.contains(|c| "аәеёиоөуұүыіэюяaeiou".contains(c))
}

/// What the word of a meaning says of the kind of the whole.
pub(super) fn kind_of(role: Role) -> Option<Kind> {
    match role {
        Role::Head(_) | Role::Legal(_) | Role::Quality(_) | Role::Named => Some(Kind::Organisation),
        Role::PlaceWord(_) => Some(Kind::Place),
        _ => None,
    }
}
