//! The parts of a name: which word is a family name, a patronymic, an initial, the kind of body, a legal form, a country, a number.
//!
//! [`analyse`] looks at one name, without tags and in any script. Two names are held against each other by [`crate::resolve::compare`],
//! whose evidence tells what contradicts from what is only left out.
//!
//! The words, endings and given names stand in `tables/parts/`.

mod finding;
mod inflect;
mod lexicon;
mod load;
mod person;
mod role;
mod split;
#[cfg(test)]
mod tests;

pub(crate) use finding::{Finding, Says, What, kin};
pub(crate) use lexicon::{Sense, are_two_given, is_case_of, is_given, may_begin_country, may_begin_head, sense, unchanging};
pub(crate) use role::Language;
pub use role::{Gender, Kind, Meaning, Role, Word};

use lexicon::{Entry, LEXICON};
use person::{Evidence, roles};
use std::ops::Range;

/// The most words of a name that are looked at.
pub const MOST_WORDS: usize = 64;

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What the name looks like, or what it was said to be.
    pub kind: Kind,
    /// The gender of the person, where the parts tell it.
    pub gender: Gender,
    /// The words, in their order; at most [`MOST_WORDS`].
    pub words: Vec<Word>,
    /// The folded words, one after the other.
    text: String,
}

impl Parts {
    /// The folded text of a word; empty when there is no such word.
    pub fn folded(&self, word: usize) -> &str {
        self.words.get(word).and_then(|w| self.text.get(w.text.0 as usize..w.text.1 as usize)).unwrap_or_default()
    }

    /// What stands before the ending of a family name or patronymic; the whole folded word where no ending was seen.
    pub fn stem(&self, word: usize) -> &str {
        let folded = self.folded(word);
        let len = self.words.get(word).map_or(0, |w| usize::from(w.stem));
        folded.get(..len).filter(|s| !s.is_empty()).unwrap_or(folded)
    }

    /// The name in dictionary words of another language, with a capital each; nothing when a word of it is in no table, or all of them
    /// begin as in that language. Small words and legal forms are left out.
    pub(crate) fn in_words_of(&self, language: Language) -> Option<String> {
        let mut words = String::new();
        let mut is_other = false;
        for (i, word) in self.words.iter().enumerate() {
            if word.continues() || matches!(word.role, Role::Particle | Role::Legal(_)) {
                continue;
            }
            let translated = word.role.meaning()?.word(language)?;
            is_other |= !translated.chars().take(2).eq(self.folded(i).chars().take(2));
            words.push_str(if words.is_empty() { "" } else { " " });
            let mut letters = translated.chars();
            words.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
        }
        is_other.then_some(words)
    }

    /// The name with its words in English where the tables have them, and as they are where not, with a capital each; nothing where the
    /// tables have none. Small words, legal forms, and whom the name honours are left out.
    pub(crate) fn mostly_in_english(&self) -> Option<String> {
        let (mut words, mut any) = (String::new(), false);
        let is_head = |word: &Word| matches!(word.role, Role::Head(_));
        for i in without_honoured(&self.words, |word| word.role == Role::Named, is_head).unwrap_or(0..self.words.len()) {
            let word = &self.words[i];
            if word.continues() || matches!(word.role, Role::Particle | Role::Named | Role::Legal(_)) {
                continue;
            }
            let english = word.role.meaning().and_then(|meaning| meaning.word(Language::English));
            any |= english.is_some();
            words.push_str(if words.is_empty() { "" } else { " " });
            let mut letters = english.unwrap_or_else(|| self.folded(i)).chars();
            words.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
        }
        any.then_some(words)
    }

    /// Whether two words mean the same although they may not sound alike: партия and party, Саша and Александр.
    pub fn same_meaning(&self, word: usize, other: &Parts, other_word: usize) -> bool {
        let (Some(a), Some(b)) = (self.words.get(word), other.words.get(other_word)) else { return false };
        match (a.role, b.role) {
            (Role::Number(a), Role::Number(b)) => a == b,
            (Role::Named, Role::Named) => true,
            (a_role, b_role) => match (a_role.meaning(), b_role.meaning()) {
                (Some(a), Some(b)) => a == b,
                _ => LEXICON.same_given(a.given, b.given).is_some(),
            },
        }
    }
}

/// Which words are left without those that tell whom a name honours: what says of what kind it is stands on the other side of "named after".
/// Nothing where there is no such word, or where it does not tell.
pub(crate) fn without_honoured<W>(words: &[W], is_named: impl Fn(&W) -> bool, is_head: impl Fn(&W) -> bool) -> Option<Range<usize>> {
    let at = words.iter().position(is_named)?;
    match (words[..at].iter().any(&is_head), words[at + 1..].iter().any(&is_head)) {
        (true, false) => Some(0..at),
        (false, true) => Some(at + 1..words.len()),
        _ => None,
    }
}

/// Takes a name apart. `kind` is what is known of it; otherwise its words decide.
///
/// ```
/// use atau::name::parts::{Kind, Role, analyse};
/// let parts = analyse("Мухамедзянов Т.Н.", None);
/// assert_eq!(parts.kind, Kind::Person);
/// assert_eq!(parts.words.iter().map(|w| w.role).collect::<Vec<_>>(), [Role::Family, Role::Initial, Role::Initial]);
/// assert_eq!(parts.stem(0), "мухамедзян");
/// ```
pub fn analyse(name: &str, kind: Option<Kind>) -> Parts {
    let mut parts = split::split(name);
    let mut evidence = Evidence::default();
    let named = look_up(&mut parts, &mut evidence);
    compounds(&mut parts, &mut evidence);
    person::endings(&mut parts, &mut evidence);
    parts.kind = kind.unwrap_or_else(|| evidence.kind(&parts));
    match parts.kind {
        Kind::Person => roles(&mut parts),
        Kind::Unknown if parts.words.len() == 1 => person::alone(&mut parts),
        _ => {
            person::forget(&mut parts);
            if let Some(named) = named {
                // In "named after A. B. Abai" what follows is whose name it bears.
                person::initials_only(&mut parts, named);
            }
        }
    }
    parts
}

/// The country that all words of a name mean.
pub(crate) fn country(parts: &Parts) -> Option<&'static str> {
    let (first, rest) = parts.words.split_first()?;
    let Role::Country(meaning) = first.role else { return None };
    rest.iter().all(|w| w.continues() && w.role == first.role).then(|| meaning.id())
}

/// Words that are two: соц|движение.
fn compounds(parts: &mut Parts, evidence: &mut Evidence) {
    let mut at = 0;
    while at < parts.words.len() {
        let word = parts.words[at];
        // Letters of these scripts fold to letters of the same length.
        let same_length = word.end - word.start == word.text.1 - word.text.0;
        let known = word.role != Role::Core || word.given != u16::MAX || !same_length || parts.words.len() >= MOST_WORDS;
        let found = if known { None } else { LEXICON.compound(parts.folded(at)) };
        if let Some((len, quality, head)) = found {
            let mut first = Word { role: Role::Quality(quality), sure: 70, ..word };
            (first.end, first.text.1) = (word.start + len as u32, word.text.0 + len as u32);
            let mut second = Word { role: Role::Head(head), sure: 70, ..word };
            (second.start, second.text.0) = (first.end, first.text.1);
            second.flags &= !(Word::COMMA | Word::JOINED);
            first.find_ending(&parts.folded(at)[..len]);
            second.find_ending(&parts.folded(at)[len..]);
            parts.words[at] = first;
            parts.words.insert(at + 1, second);
            evidence.word(&second, second.role, 1);
            at += 1;
        }
        at += 1;
    }
}

/// Gives words and phrases of the tables their roles; says where "named after" stands.
fn look_up(parts: &mut Parts, evidence: &mut Evidence) -> Option<usize> {
    let lexicon = &*LEXICON;
    let (mut few, mut many) = ([Entry::NONE; 8], Vec::new());
    let entries = match few.get_mut(..parts.words.len()) {
        Some(few) => few,
        None => {
            many.resize(parts.words.len(), Entry::NONE);
            many.as_mut_slice()
        }
    };
    for (i, word) in parts.words.iter_mut().enumerate() {
        let folded = &parts.text[word.text.0 as usize..word.text.1 as usize];
        word.find_ending(folded);
        if word.role != Role::Core {
            continue;
        }
        entries[i] = lexicon.entry(folded, word);
        word.given = entries[i].given;
    }
    let mut named = None;
    let mut at = 0;
    while at < parts.words.len() {
        let Some((len, meanings)) = lexicon.longest(&entries[at..]) else {
            at += 1;
            continue;
        };
        let Some(meaning) = lexicon.choose(meanings, parts, at, len) else {
            at += 1;
            continue;
        };
        // A form of a word that might as well be a family name, beside words of no table: Бекболат Базаров.
        let alone = || entries.iter().filter(|e| !e.unknown()).count() == 1;
        if len == 1 && parts.words.len() > 1 && entries[at].inflected() && alone() && parts.words[at].is_family() {
            at += 1;
            continue;
        }
        let role = lexicon.role(meaning);
        for (i, word) in parts.words[at..at + len].iter_mut().enumerate() {
            word.role = role;
            word.sure = if entries[at + i].exact { 90 } else { 70 };
            if i > 0 {
                word.flags |= Word::CONTINUES;
            }
        }
        evidence.word(&parts.words[at], role, len);
        if role == Role::Named {
            named = Some(at);
        }
        at += len;
    }
    named
}
