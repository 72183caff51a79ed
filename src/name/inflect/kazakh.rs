//! Kazakh: endings by the last letter and by harmony, put on names and taken off them, from `tables/inflection/kaz.toml`.

use super::model::{Reading, model};
use super::table::Letters;
use super::{Case, Form, Nominative, Number, is_head};
use crate::builtin::WORDS;
use crate::text::{Diagnostic, Fields, Source, numbers, read_toml};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The ending of a case.
#[derive(Debug)]
struct Row {
    /// `None` for what is somewhere: Алматыдағы.
    case: Option<Case>,
    share: f32,
    possessive: String,
    endings: Vec<(String, String)>,
}

numbers! {
    /// What the readings of a Kazakh word are weighed by; see the table.
    struct Weights {
        /// Of an ending in the row of the other vowels: after a stem that takes both, and after others.
        wavering: f32 = 0.0..=1.0,
        disharmony: f32 = 0.0..=1.0,
        /// Of an ending that does not fit the possessive before it.
        unpossessive: f32 = 0.0..=1.0,
        /// Of a stem that is listed, when the word is not; and how far the numbers decide, when both are.
        listed: f32 = 1.0..=100.0,
        most_listed: f32 = 1.0..=100.0,
        /// Of any ending on a word that is listed itself, and on one whose end says that it is whole.
        whole: f32 = 0.0..=1.0,
        /// Share of endings after a hyphen that are such. All digits count: what is left is shared out.
        hyphen: f64 = 0.0..=1.0,
        /// How often a Kazakh text has a name of the Russian lists, and at most.
        russian: f32 = 0.0..=1.0,
        most_russian: f32 = 0.0..=100.0,
        /// How often a word of the Russian lists was seen at least, to be known.
        known_russian: f32 = 0.0..=1000.0,
        /// How many times oftener than the whole word a stem must be seen to make it a case form in a text without Kazakh letters.
        oftener: f32 = 0.0..=100.0,
        /// What words that are looked up weigh: the word itself, and of the weight of a stem those of another stem letter and those without a
        /// possessive or plural ending.
        base: f32 = 0.0..=1.0,
        base_changed: f32 = 0.0..=1.0,
        base_bare: f32 = 0.0..=1.0,
    }
}

#[derive(Debug)]
struct Table {
    weights: Weights,
    back: String,
    front: String,
    neutral: String,
    vowels: String,
    either: Vec<String>,
    /// Letters that Russian has not.
    own: Letters,
    whole: Vec<String>,
    shared: Vec<String>,
    /// Capitals of endings, each as it is written after back vowels and after front ones.
    harmony: Vec<(char, [char; 2])>,
    possessive_vowel: String,
    possessive_consonant: String,
    /// Vowels that count as consonants before a possessive ending.
    consonants: String,
    voiced: Vec<(char, char)>,
    rows: Vec<Row>,
    plural: Vec<(String, String)>,
}

/// What an ending may be that stands at the end of a word.
#[derive(Debug, Clone, Copy)]
struct Ending {
    /// Index of the row.
    row: usize,
    /// Index into its endings; `None` after a possessive.
    at: Option<usize>,
    front: bool,
}

struct Kazakh {
    table: Table,
    /// Written endings with what they may be.
    by_ending: FxHashMap<String, Vec<Ending>>,
    /// Words of names with how often each was seen, the mark of names of their own kind.
    words: FxHashMap<&'static str, f32>,
}

static KAZAKH: LazyLock<Kazakh> = LazyLock::new(|| {
    let mut found = Vec::new();
    let table = read(&Source::new("tables/inflection/kaz.toml", include_str!("../../../tables/inflection/kaz.toml")), &mut found);
    // The table is part of the program, and a test reads it.
    debug_assert!(found.is_empty(), "{:?}", found.iter().map(ToString::to_string).collect::<Vec<_>>());
    let mut by_ending: FxHashMap<String, Vec<Ending>> = FxHashMap::default();
    for (row, case) in table.rows.iter().enumerate() {
        for front in [false, true] {
            for (at, (_, ending)) in case.endings.iter().enumerate() {
                by_ending.entry(table.written(ending, front)).or_default().push(Ending { row, at: Some(at), front });
            }
            by_ending.entry(table.written(&case.possessive, front)).or_default().push(Ending { row, at: None, front });
        }
    }
    let text = WORDS.iter().find(|w| w.stem == "kaz").map_or("", |w| w.text);
    let words = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    Kazakh { table, by_ending, words: words.map(|(w, n)| (w, n.parse().unwrap_or(1.0))).collect() }
});

fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Table {
    let node = read_toml(source, found);
    let mut fields = Fields::new(source, node, found);
    fields.required("language", found);
    let mut text = |name| fields.filled(name, found).value;
    let (back, front, neutral, vowels) = (text("back"), text("front"), text("neutral"), text("vowels"));
    let (own, either, shared) = (text("own"), text("either"), text("shared"));
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let weights = Weights::read(&mut fields, "weights", found);
    let mut table = Table {
        weights,
        back,
        front,
        neutral,
        vowels,
        either: words(&either),
        own: Letters::new(own),
        whole: fields.texts("whole", found).into_iter().map(|text| text.value).collect(),
        shared: words(&shared),
        harmony: Vec::new(),
        possessive_vowel: String::new(),
        possessive_consonant: String::new(),
        consonants: String::new(),
        voiced: Vec::new(),
        rows: Vec::new(),
        plural: Vec::new(),
    };
    for (capital, rows) in fields.pairs("harmony", found) {
        match (capital.value.chars().next(), rows.value.chars().collect::<Vec<_>>().try_into()) {
            (Some(capital), Ok(rows)) => table.harmony.push((capital, rows)),
            _ => found.push(source.error(rows.span, "harmony: expected the letter after back vowels and the one after front vowels")),
        }
    }
    if let Some(mut possessive) = fields.table("possessive", found) {
        table.possessive_vowel = possessive.filled("vowel", found).value;
        table.possessive_consonant = possessive.filled("consonant", found).value;
        table.consonants = possessive.filled("consonants", found).value;
        let voiced = possessive.pairs("voiced", found);
        table.voiced = voiced.iter().filter_map(|(a, b)| Some((a.value.chars().next()?, b.value.chars().next()?))).collect();
        possessive.finish(found);
    }
    for mut case in fields.tables("case", found) {
        let id = case.filled("id", found);
        let known = Case::KAZAKH.into_iter().find(|c| c.name() == id.value);
        if known.is_none() && id.value != "attributive" {
            found.push(source.error(id.span, "id: expected a case of Kazakh, or attributive"));
        }
        let share = case.number::<f32>("share", 1.0..=99.0, found) / 100.0;
        let possessive = case.filled("possessive", found).value;
        let endings = endings(source, &mut case, found);
        table.rows.push(Row { case: known, share, possessive, endings });
        case.finish(found);
    }
    if let Some(mut plural) = fields.table("plural", found) {
        table.plural = endings(source, &mut plural, found);
        plural.finish(found);
    }
    fields.finish(found);
    table
}

/// Letters, a colon, the ending.
fn endings(source: &Source, fields: &mut Fields, found: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for text in fields.texts("endings", found) {
        match text.value.split_once(": ") {
            Some((letters, ending)) => all.push((letters.to_owned(), ending.to_owned())),
            None => found.push(source.error(text.span, "endings: expected letters, a colon and the ending")),
        }
    }
    all
}

impl Table {
    /// An ending in one of its two rows.
    fn written(&self, ending: &str, front: bool) -> String {
        let letter = |c| self.harmony.iter().find(|(capital, _)| *capital == c).map_or(c, |(_, rows)| rows[usize::from(front)]);
        ending.chars().map(letter).collect()
    }

    /// Whether a stem takes the front row; `None` when no vowel of it says.
    fn front(&self, stem: &str) -> Option<bool> {
        stem.chars().rev().find_map(|c| match c {
            _ if self.front.contains(c) => Some(true),
            _ if self.back.contains(c) => Some(false),
            _ => None,
        })
    }

    fn wavers(&self, stem: &str) -> bool {
        self.either.iter().any(|e| stem.ends_with(e.as_str()))
            || stem.chars().rev().find(|c| self.vowels.contains(*c)).is_some_and(|c| self.neutral.contains(c))
    }

    fn ending<'a>(&self, endings: &'a [(String, String)], stem: &str) -> Option<&'a str> {
        let last = stem.chars().next_back()?;
        endings.iter().find(|(letters, _)| letters.contains(last)).map(|(_, e)| e.as_str())
    }

    /// Whether a word has a possessive ending of the third person, as its last letters go.
    fn is_possessive(&self, stem: &str) -> bool {
        let mut last = stem.chars().rev();
        let ends = |c: char| [false, true].into_iter().any(|front| self.written(&self.possessive_consonant, front).starts_with(c));
        last.next().is_some_and(ends)
            && last.next().is_some_and(|c| !self.vowels.contains(c) || self.consonants.contains(c))
            && last.filter(|c| self.vowels.contains(*c)).count() > 0
    }
}

/// A word without the ending of a case.
struct Stem<'a> {
    text: &'a str,
    share: f32,
}

impl Kazakh {
    fn count(&self, word: &str) -> f32 {
        let own = self.words.get(word).copied().unwrap_or(0.0);
        // Names of people and places in Russian stand in Kazakh texts as well.
        let weights = &self.table.weights;
        if own > 0.0 { own } else { (model().known(word).abs() * weights.russian).min(weights.most_russian) }
    }

    /// What is left of a word, in small letters, when an ending that fits is taken off.
    fn stems<'a>(&self, word: &'a str, out: &mut Vec<Stem<'a>>) {
        let weights = &self.table.weights;
        let mut cut = word.len();
        for _ in 0..5 {
            let Some(last) = word[..cut].chars().next_back() else { return };
            cut -= last.len_utf8();
            let (stem, ending) = word.split_at(cut);
            if stem.chars().nth(1).is_none() {
                return;
            }
            for ending in self.by_ending.get(ending).map(Vec::as_slice).unwrap_or_default() {
                let row = &self.table.rows[ending.row];
                let fits = match ending.at {
                    None => self.table.is_possessive(stem),
                    Some(at) => stem.chars().next_back().is_some_and(|c| row.endings[at].0.contains(c)),
                };
                // Endings without А, Ы, Г, К stand in both rows.
                let share = match self.table.front(stem) {
                    _ if !fits => continue,
                    None => row.share,
                    Some(front) if front == ending.front => row.share,
                    Some(_) if self.table.wavers(stem) => row.share * weights.wavering,
                    Some(_) => row.share * weights.disharmony,
                };
                // After a possessive the endings are its own, where they differ.
                let share = if ending.at.is_some() && self.table.is_possessive(stem) { share * weights.unpossessive } else { share };
                match out.iter_mut().find(|s| s.text.len() == stem.len()) {
                    Some(known) => known.share = known.share.max(share),
                    None => out.push(Stem { text: stem, share }),
                }
            }
        }
    }

    /// Stems with their shares, the word itself last.
    fn weighed<'a>(&self, word: &'a str) -> Vec<Stem<'a>> {
        let mut all = Vec::new();
        self.stems(word, &mut all);
        let whole = self.count(word);
        let weights = &self.table.weights;
        let mut sum = 0.0;
        for stem in &mut all {
            let known = self.count(stem.text);
            let mut odds = stem.share / (1.0 - stem.share);
            odds *= match (known > 0.0, whole > 0.0) {
                (true, false) => weights.listed,
                (true, true) => (known / whole).max(1.0 / weights.most_listed).min(weights.most_listed),
                (false, true) => weights.whole,
                (false, false) => 1.0,
            };
            if self.table.whole.iter().any(|e| word.ends_with(e.as_str()) && stem.text.len() + e.len() > word.len()) {
                odds *= weights.whole;
            }
            stem.share = odds;
            sum += odds;
        }
        all.push(Stem { text: word, share: 1.0 });
        all.iter_mut().for_each(|s| s.share /= sum + 1.0);
        all
    }
}

/// The nominatives a name may be a form of: its last word without the ending of a case.
pub(super) fn nominatives(text: &str) -> Vec<Nominative> {
    let kazakh = &*KAZAKH;
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let start = text[..end].rfind(|c: char| c.is_whitespace()).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = &text[start..end];
    let lower = word.to_lowercase();
    let mut all: Vec<Nominative> = Vec::new();
    // АҚШ-тың, «Отан»-ның: an ending of its own after a hyphen.
    if let Some((at, dash)) = word.char_indices().rev().find(|(_, c)| matches!(c, '-' | '\u{2011}'))
        && at > 0
        && kazakh.by_ending.contains_key(&word[at + dash.len_utf8()..])
    {
        let hyphen = kazakh.table.weights.hyphen;
        all.push(Nominative { text: text[..start + at].to_owned() + &text[end..], confidence: hyphen as f32 });
        all.push(Nominative { text: text.to_owned(), confidence: (1.0 - hyphen) as f32 });
        return all;
    }
    let upper = word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase);
    if lower.len() != word.len() || upper && word.chars().count() < 5 || end == 0 {
        return vec![Nominative { text: text.to_owned(), confidence: 1.0 }];
    }
    for stem in kazakh.weighed(&lower) {
        let text = text[..start + stem.text.len()].to_owned() + &text[end..];
        all.push(Nominative { text, confidence: stem.share });
    }
    all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.text.cmp(&b.text)));
    all.retain(|n| n.confidence >= 0.001);
    all
}

/// Whether the last word of a text is no known Russian or Kazakh name, and a case form of a Kazakh one.
pub(super) fn is_form_of_known(text: &str) -> bool {
    let kazakh = &*KAZAKH;
    let word = text.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.to_lowercase();
    let weights = &kazakh.table.weights;
    let seen = |w: &str| kazakh.words.get(w).copied().unwrap_or(0.0);
    // What Russian lists know is counted apart from the Kazakh one.
    let whole = seen(&word);
    if model().known(&word).abs() > whole + weights.known_russian {
        return false;
    }
    // Михайловке is a form of Михайловка, города of город.
    let russian = model().readings("", &word, 0.5);
    let is_russian = |r: &Reading| {
        let is_listed = |word: String| is_head(&word) || model().known(&word).abs() >= weights.known_russian;
        model().row(r).is_some_and(|row| {
            (r.stem + row.nominative().len() != word.len() || r.case > 0) && is_listed([&word[..r.stem], row.nominative()].concat())
        })
    };
    if russian.iter().any(is_russian) {
        return false;
    }
    let mut stems = Vec::new();
    kazakh.stems(&word, &mut stems);
    // Endings of one letter, and of two that Russian has too, say little.
    let says = |stem: &Stem| {
        let ending = &word[stem.text.len()..];
        ending.chars().nth(1).is_some() && !kazakh.table.shared.iter().any(|e| e == ending)
    };
    stems.iter().any(|s| {
        s.share > 0.5
            && s.text.chars().count() >= 4
            && says(s)
            // The list has case forms as well: Украинадан.
            && (seen(s.text) >= 1.0 + weights.oftener * whole
                || seen(s.text) >= whole && model().known(s.text).abs() >= weights.known_russian)
    })
}

/// The words, in small letters, that a word may be a form of, without the word itself.
pub(super) fn base_words(word: &str, out: &mut Vec<(String, f32)>) {
    let kazakh = &*KAZAKH;
    let mut stems = Vec::new();
    kazakh.stems(word, &mut stems);
    let weights = &kazakh.table.weights;
    stems.push(Stem { text: word, share: weights.base });
    let table = &kazakh.table;
    let mut add = |text: String, share: f32| {
        if text != word && !out.iter().any(|(t, _)| *t == text) {
            out.push((text, share));
        }
    };
    for stem in &stems {
        add(stem.text.to_owned(), stem.share);
        let mut bare = stem.text;
        if table.is_possessive(bare) {
            bare = &bare[..bare.len() - 2];
            let between = table.possessive_vowel.trim_end_matches(table.possessive_consonant.as_str());
            if let Some(shorter) = bare.strip_suffix(between).filter(|s| s.ends_with(|c| table.vowels.contains(c))) {
                add(shorter.to_owned(), stem.share * weights.base_changed);
            }
            let voiceless = bare.chars().next_back().and_then(|c| table.voiced.iter().find(|(_, v)| *v == c));
            match voiceless {
                Some((c, _)) => add(format!("{}{c}", &bare[..bare.len() - 2]), stem.share * weights.base_changed),
                None => add(bare.to_owned(), stem.share * weights.base_bare),
            }
        }
        for (letters, ending) in &table.plural {
            for front in [false, true] {
                let Some(single) = bare.strip_suffix(table.written(ending, front).as_str()) else { continue };
                let fits = single.chars().next_back().is_some_and(|c| letters.contains(c)) && single.chars().nth(1).is_some();
                if fits && table.front(single).is_none_or(|f| f == front || table.wavers(single)) {
                    add(single.to_owned(), stem.share * weights.base_bare);
                }
            }
        }
    }
}

/// Whether a text has letters that Russian has not.
pub(super) fn is_kazakh(text: &str) -> bool {
    text.chars().any(|c| !matches!(c, 'А'..='я') && c.to_lowercase().any(is_own))
}

/// Whether a small letter is one that Russian has not.
pub(super) fn is_own(letter: char) -> bool {
    KAZAKH.table.own.has(letter)
}

/// All endings of cases as they are written, each with the letters that it stands after; nothing for one that stands after a possessive ending.
pub(super) fn case_endings() -> impl Iterator<Item = (Option<&'static str>, &'static str)> {
    let kazakh = &*KAZAKH;
    kazakh.by_ending.iter().flat_map(|(text, all)| {
        all.iter().map(|ending| (ending.at.map(|at| kazakh.table.rows[ending.row].endings[at].0.as_str()), text.as_str()))
    })
}

/// All case forms of a name, in the singular, and in the plural where it is a single word that may have one.
pub(super) fn forms(name: &str) -> Vec<Form> {
    let table = &KAZAKH.table;
    let lower = name.to_lowercase();
    let lower = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    let upper = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase) && name.chars().count() > 5;
    let first = table.front(lower).unwrap_or(false);
    let rows: &[bool] = if table.wavers(lower) { &[false, true] } else { std::slice::from_ref(if first { &true } else { &false }) };
    let (at, closing) = name.split_at(name.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
    let abbreviation = at.chars().rev().take_while(|c| c.is_alphabetic()).all(char::is_uppercase) && !upper;
    let possessive = table.is_possessive(lower) && lower.contains(' ');
    let mut all = vec![Form { case: Case::Nominative, number: Number::Singular, text: name.to_owned() }];
    // The row of the last vowel comes first.
    for front in rows.iter().copied().filter(|f| *f == first).chain(rows.iter().copied().filter(|f| *f != first)) {
        for row in &table.rows {
            let Some(case) = row.case else { continue };
            let ending = if possessive { Some(row.possessive.as_str()) } else { table.ending(&row.endings, lower) };
            let Some(ending) = ending.map(|e| table.written(e, front)) else { continue };
            let ending = if upper { ending.to_uppercase() } else { ending };
            let dash = if abbreviation || !closing.is_empty() { "-" } else { "" };
            let text = format!("{at}{closing}{dash}{ending}");
            if !all.iter().any(|f| f.text == text) {
                all.push(Form { case, number: Number::Singular, text });
            }
        }
    }
    all.sort_by_key(|f| Case::KAZAKH.iter().position(|c| *c == f.case));
    all
}
