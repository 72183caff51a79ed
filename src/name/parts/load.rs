//! Reads `tables/parts/` into a [`Lexicon`].

use super::inflect::{self, Inflection, Inflections};
use super::lexicon::{ABBREVIATION, Ending, Entry, LOW, Lexicon, NONE, Named, SHORTEST_KEY, Sort, Tail, first_two, word_key};
use super::{Gender, Role};
use crate::builtin::{BuiltIn, PARTS};
use crate::name::key::first_key;
use crate::text::{Diagnostic, Fields, Source, fold, read_toml, shown};
use rustc_hash::FxHashMap;

/// So many forms of a word are found by their sound too; names that are romanised are seldom inflected further.
const SOUNDED: usize = 6;

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
    pub(super) fn load() -> Lexicon {
        let mut lexicon = Lexicon {
            words: FxHashMap::default(),
            sounds: FxHashMap::default(),
            last: vec![0; LOW],
            steps: FxHashMap::default(),
            ends: vec![[NONE; 2]],
            meanings: Vec::new(),
            given: Vec::new(),
            endings: vec![Tail::default()],
            classes: Vec::new(),
            initials: Vec::new(),
            ordinals: Vec::new(),
            particles: Vec::new(),
            cases: Vec::new(),
            changing: Vec::new(),
            apart: Vec::new(),
            unsaid: Vec::new(),
            of_given: Vec::new(),
            clips: Vec::new(),
            longest: 0,
            clips_begin: [0; 4],
            tokens: 0,
            found: Vec::new(),
            shared: Vec::new(),
        };
        let inflection = table("inflection");
        let source = Source::new(inflection.path, inflection.text);
        let inflections = inflect::read(&source, &mut lexicon.found);
        let mut phrases = Vec::with_capacity(3000);
        for stem in ["small", "heads", "legal", "qualities", "places", "countries"] {
            lexicon.read_words(stem, &mut phrases);
        }
        lexicon.read_endings();
        // Words before phrases, so that профсоюзов in a phrase is known for a form of профсоюз.
        for phrase in phrases.iter().filter(|p| !p.several()).chain(phrases.iter().filter(|p| p.several())) {
            lexicon.add_phrase(phrase, &inflections);
        }
        lexicon.read_clips();
        lexicon.read_given();
        for (c, tail) in &lexicon.endings[0].longer {
            if let Some(last) = lexicon.last.get_mut(*c as usize) {
                *last = *tail;
            }
        }
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
            let first = |cell: &&'static str| {
                let word = cell.split(',').next().unwrap_or_default().trim();
                if word == "-" { "" } else { word.trim_start_matches('=') }
            };
            self.meanings.push(Named { id, sort, words: std::array::from_fn(|i| first(&languages[i])) });
            for (language, cell) in languages.iter().enumerate().filter(|(_, cell)| **cell != "-") {
                for text in cell.split(',').map(str::trim) {
                    let (text, inflected) = text.strip_prefix('=').map_or((text, true), |p| (p, false));
                    phrases.push(Phrase { text, sort, meaning, language, inflected });
                }
            }
        }
    }

    fn add_phrase(&mut self, phrase: &Phrase, inflections: &Inflections) {
        let mut state = 0;
        let rules = inflections.of(phrase.language).filter(|_| phrase.inflected && phrase.sort != Sort::Particle);
        for piece in phrase.pieces() {
            let folded = fold(piece);
            let short = folded.chars().count() <= ABBREVIATION;
            let whole = !phrase.several() && matches!(phrase.sort, Sort::Legal | Sort::Country);
            let abbreviation = short && (whole || !inflections.has_vowel(&folded));
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
            let others = if main { word_key(form) } else { vec![first_key(form)] };
            for key in others {
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

    fn read_clips(&mut self) {
        let file = table("clips");
        let source = Source::new(file.path, file.text);
        for (start, cells) in rows(file.text) {
            let quality = |id: &str| self.meanings.iter().position(|m| m.id == id && m.sort == Sort::Quality);
            match cells[..] {
                [clip, id] if quality(id).is_some() => {
                    self.clips.extend(quality(id).map(|q| (clip, q as u16)));
                    let (at, bit) = first_two(clip);
                    self.clips_begin[at] |= bit;
                }
                _ => self.found.push(source.error(start..start, "expected a clip and the id of a quality")),
            }
        }
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
                } else if entry.given != given && self.given[usize::from(entry.given)].0 != gender {
                    // Daniya is Дания and Даня: whose name it is, only letters tell.
                    let mut names = self.given[usize::from(entry.given)].1.clone();
                    names.push((name, weight));
                    entry.given = self.given.len() as u16;
                    self.given.push((Gender::Unknown, names));
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
        self.cases = texts("cases", &mut found);
        self.of_given = texts("of_given", &mut found);
        self.changing = texts("changing", &mut found).into_iter().flat_map(str::chars).collect();
        for id in fields.texts("unsaid", &mut found) {
            match self.meanings.iter().find(|meaning| meaning.id == id.value) {
                Some(meaning) => self.unsaid.push(meaning.id),
                None => found.push(source.error(id.span, format!("unsaid: expected an id of qualities.tsv, found {}", shown(&id.value)))),
            }
        }
        if let Some(mut apart) = fields.table("apart", &mut found) {
            for (name, gender) in [("masculine", Gender::Masculine), ("feminine", Gender::Feminine)] {
                self.apart.extend(apart.texts(name, &mut found).into_iter().map(|t| (keep(t.value), gender)));
            }
            apart.finish(&mut found);
        }
        let short = self.initials.iter().chain(&self.particles).chain(self.apart.iter().map(|(word, _)| word));
        self.longest = short.map(|word| word.len()).max().unwrap_or(0);
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
                self.tail(&folded).ending.get_or_insert(Ending { role, gender, sure, class: class as u8 });
            }
            row.finish(&mut found);
        }
        fields.finish(&mut found);
        self.found.extend(found);
    }

    /// The entry of an ending, a new one when it has none.
    fn tail(&mut self, ending: &str) -> &mut Tail {
        let mut at = 0;
        for c in ending.chars().rev() {
            at = match self.endings[at].longer(c) {
                Ok(next) => usize::from(next),
                Err(place) => {
                    let next = self.endings.len();
                    self.endings[at].longer.insert(place, (c, next as u16));
                    self.endings.push(Tail::default());
                    next
                }
            };
        }
        &mut self.endings[at]
    }
}
