//! How the words of a name begin in all its nominatives, and in all case forms of these: what cannot be found by that need not be made.

use super::Language;
use super::kazakh;
use super::model::model;
use crate::name::dots::without_dots_letter;
use crate::text::{is_alphanumeric, is_uppercase};
use std::sync::LazyLock;

/// Of longer names, in bytes, and of more words nothing is told, nor of longer words, in letters.
const LONGEST: usize = 300;
const MOST_WORDS: usize = 10;
const LONGEST_WORD: usize = 30;

/// Before the first letter of a word.
const START: char = '^';

/// What words end in, read from the last letter; the first is the empty end.
struct Tails<T>(Vec<Tail<T>>);

struct Tail<T> {
    /// What is known of words that end so.
    known: T,
    /// Those that are a letter longer, in the order of that letter.
    longer: Vec<(char, u16)>,
}

impl<T: Default> Tails<T> {
    fn new() -> Tails<T> {
        Tails(vec![Tail { known: T::default(), longer: Vec::new() }])
    }

    /// What is known of an end, to be added to.
    fn entry(&mut self, end: impl DoubleEndedIterator<Item = char>) -> &mut T {
        let mut at = 0;
        for c in end.rev() {
            at = match self.0[at].longer.binary_search_by_key(&c, |(c, _)| *c) {
                Ok(known) => usize::from(self.0[at].longer[known].1),
                Err(place) => {
                    let next = self.0.len();
                    self.0[at].longer.insert(place, (c, next as u16));
                    self.0.push(Tail { known: T::default(), longer: Vec::new() });
                    next
                }
            };
        }
        &mut self.0[at].known
    }

    /// What is known of all ends that letters have, which are given from the last on.
    fn each(&self, letters: impl Iterator<Item = char>, mut tell: impl FnMut(&T)) {
        let mut tail = &self.0[0];
        tell(&tail.known);
        for c in letters {
            let Ok(at) = tail.longer.binary_search_by_key(&c, |(c, _)| *c) else { return };
            tail = &self.0[usize::from(tail.longer[at].1)];
            tell(&tail.known);
        }
    }
}

struct Beginnings {
    /// By the ends of Russian words, with a letter before the ending: how many letters the ending has, and what stands for it in nominatives.
    forms: Tails<Vec<(usize, &'static str)>>,
    /// By the ends of their nominatives: how many letters other case forms change at most.
    nominatives: Tails<usize>,
    /// By the ends of Kazakh words: how many letters an ending has at most.
    kazakh: Tails<usize>,
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let model = model();
    let (mut forms, mut nominatives, mut kazakh) = (Tails::<Vec<(usize, &str)>>::new(), Tails::<usize>::new(), Tails::<usize>::new());
    for class in &model.table.classes {
        let first = class.rows[0].nominative();
        for row in &class.rows {
            for letter in class.after.text.chars() {
                for ending in row.endings.iter().flatten() {
                    let known = forms.entry(std::iter::once(letter).chain(ending.chars()));
                    let cut = ending.chars().count();
                    for nominative in [row.nominative(), first].map(|nominative| (cut, nominative)) {
                        if !known.contains(&nominative) {
                            known.push(nominative);
                        }
                    }
                }
                let most = nominatives.entry(std::iter::once(letter).chain(row.nominative().chars()));
                *most = (*most).max(row.nominative().chars().count());
            }
        }
    }
    let persons = &model.persons;
    for rule in persons.surname.iter().chain(&persons.given).chain(&persons.patronymic) {
        let cut = rule.changes.iter().flatten().map(|(cut, _)| *cut).max().unwrap_or(0);
        for end in &rule.ends {
            let start = rule.whole.then_some(START);
            let most = nominatives.entry(start.into_iter().chain(end.chars().map(without_dots_letter)));
            *most = (*most).max(cut);
        }
    }
    for (after, ending) in kazakh::case_endings() {
        let mut add = |letter: Option<char>| {
            let most = kazakh.entry(letter.into_iter().chain(ending.chars()).map(without_dots_letter));
            *most = (*most).max(ending.chars().count());
        };
        match after {
            Some(letters) => letters.chars().for_each(|letter| add(Some(letter))),
            None => add(None),
        }
    }
    Beginnings { forms, nominatives, kazakh }
});

/// The beginnings of the words of a name that all its [readings](super::readings) have in the same places, and all case forms of those in the language
/// of the name. Nothing for a word that this is not told of, and none at all for a name of which it is not told how many words it has.
pub(crate) fn beginnings<'f>(name: &str, folded: &'f str) -> Vec<Option<&'f str>> {
    let is_word = |word: &&str| word.contains(is_alphanumeric);
    let words = folded.split(' ').filter(is_word).count();
    if name.len() > LONGEST || words > MOST_WORDS || words_of(name) != Some(words) {
        return Vec::new();
    }
    let language = Language::guess(name);
    let all = folded.split(' ').filter(is_word).enumerate();
    all.map(|(at, word)| BEGINNINGS.of(word.trim_matches(|c| !is_alphanumeric(c)), language, at + 1 == words)).collect()
}

/// How many words there are, each in letters that stand side by side; nothing where one has several capitals, which may stand before an ending.
fn words_of(name: &str) -> Option<usize> {
    let (mut words, mut is_open, mut capitals) = (0, false, 0);
    for c in name.chars() {
        if !is_alphanumeric(c) {
            is_open = false;
            continue;
        }
        if !std::mem::replace(&mut is_open, true) {
            (words, capitals) = (words + 1, 0);
        }
        capitals += usize::from(is_uppercase(c));
        if capitals > 1 {
            return None;
        }
    }
    Some(words)
}

impl Beginnings {
    fn of<'f>(&self, word: &'f str, language: Language, is_last: bool) -> Option<&'f str> {
        let mut letters = ['\0'; LONGEST_WORD];
        let mut count = 0;
        for c in word.chars() {
            let is_known = matches!(c, 'а'..='я' | 'ё') || kazakh::is_own(c);
            *letters.get_mut(count).filter(|_| is_known)? = without_dots_letter(c);
            count += 1;
        }
        let letters = &letters[..count];
        let mut left = count;
        if language == Language::Russian {
            left = self.in_forms_of_nominative(letters, "");
            self.forms.each(letters.iter().rev().copied(), |known| {
                for (cut, nominative) in known {
                    let stem = &letters[..count - cut];
                    left = left.min(stem.len()).min(self.in_forms_of_nominative(stem, nominative));
                }
            });
        }
        if is_last {
            let mut most = 0;
            self.kazakh.each(letters.iter().rev().copied(), |cut| most = most.max(*cut));
            left = left.min(count - most);
        }
        // Each letter has as many bytes as in the folded word.
        word.char_indices().nth(left).map_or(Some(word), |(end, _)| word.get(..end))
    }

    /// How many letters all case forms have of a nominative of a stem and an ending.
    fn in_forms_of_nominative(&self, stem: &[char], ending: &str) -> usize {
        let mut most = 0;
        let letters = ending.chars().rev().chain(stem.iter().rev().copied()).chain([START]);
        self.nominatives.each(letters, |cut| most = most.max(*cut));
        (stem.len() + ending.chars().count()).saturating_sub(most)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{forms, readings};
    use super::*;
    use crate::text::fold;

    /// What is told of a name holds for all that is made of it.
    #[test]
    fn nominatives_and_their_forms_begin_so() {
        let lists = [
            include_str!("../../../tables/words/rus.tsv"),
            include_str!("../../../tables/words/kaz.tsv"),
            include_str!("../../../tables/inflection/rus-people.tsv"),
            include_str!("../../../tables/inflection/rus-places.tsv"),
        ];
        let words = |list: &'static str| list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
        let all: Vec<&str> = lists.into_iter().flat_map(|list| words(list).step_by(7)).collect();
        let ends =
            ["", "а", "у", "ом", "ов", "ова", "ой", "ем", "ский", "ского", "ец", "ца", "ка", "ин", "ия", "ның", "да", "мен", "ге", "ль"];
        let capital = |word: &str| -> String {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        };
        let (mut told, mut whole) = (0, 0);
        for (at, word) in all.iter().enumerate() {
            // Three letters of it, or most, and an ending; alone, in small letters, or beside another.
            let cut = if at % 3 == 0 { 3 } else { word.chars().count().saturating_sub(at % 2) };
            let own: String = word.chars().take(cut).chain(ends[at % ends.len()].chars()).collect();
            let other = all[(at * 7 + 1) % all.len()];
            let name = match at % 4 {
                0 => capital(&own),
                1 => own,
                2 => format!("{} {}", capital(&own), capital(other)),
                _ => format!("{} «{}» {}", capital(other), capital(&own), capital(other)),
            };
            let folded = fold(&name);
            let begin = beginnings(&name, &folded);
            let holds = |form: &str| {
                let form = fold(form);
                let words: Vec<&str> = form.split([' ', '-']).filter(|word| word.contains(is_alphanumeric)).collect();
                begin.iter().zip(words).all(|(begin, word)| begin.is_none_or(|begin| word.starts_with(begin)))
            };
            told += begin.iter().flatten().count();
            whole += begin.iter().flatten().zip(folded.split(' ')).filter(|(begin, word)| begin.len() + 2 >= word.len()).count();
            for (language, reading) in readings(&name) {
                assert!(holds(&reading.text), "{name}: {begin:?}: {}", reading.text);
                assert_eq!(reading.text.chars().next(), name.chars().next());
                if language == Language::guess(&name) {
                    for form in forms(&reading.text, Some(language), None) {
                        assert!(holds(&form.text), "{name}: {begin:?}: {}: {}", reading.text, form.text);
                    }
                }
            }
        }
        assert!(told > all.len() && whole * 2 > told, "{whole} of {told} of {}", all.len());
    }

    #[test]
    fn of_odd_names_nothing_is_told() {
        for name in ["", "«»", "МИДа", "Алма-Атой", "АҚШ-тың", "Д'Артаньяна", "О«К»О"] {
            assert!(beginnings(name, &fold(name)).is_empty(), "{name}");
        }
        assert_eq!(beginnings("ТОО 12", "тоо 12"), []);
        assert_eq!(beginnings("Завод 12", "завод 12")[1], None);
        assert_eq!(beginnings("Гульнар Сейтжановой", "гульнар сейтжановой"), [Some("гульнар"), Some("сейтжано")]);
    }
}
