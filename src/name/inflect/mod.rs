//! Case forms of names, and the nominative of a name that stands in another case. Russian and Kazakh, from
//! `tables/inflection/`.

mod beginnings;
mod counts;
mod derived;
mod eastern;
mod kazakh;
mod load;
mod model;
mod paradigm;
mod russian;
mod shares;
mod table;
#[cfg(test)]
mod tests;
mod word;

pub(crate) use beginnings::beginnings;
pub(crate) use derived::{country_of_people, dictionary_form, may_have_other_names, names_of_country, other_names, places_of};

use crate::name::dots::without_dots;
use crate::text::{begins_one, fold};
use serde::Serialize;
use std::sync::LazyLock;

/// A language whose names are inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Language {
    /// Kazakh.
    #[serde(rename = "kaz")]
    Kazakh,
    /// Russian.
    #[serde(rename = "rus")]
    Russian,
}

/// A case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Case {
    /// Who, what.
    Nominative,
    /// Of whom, of what.
    Genitive,
    /// To whom.
    Dative,
    /// Whom, what.
    Accusative,
    /// By whom, with what.
    Instrumental,
    /// Russian only: about whom, in what.
    Prepositional,
    /// Kazakh only: where.
    Locative,
    /// Kazakh only: from where.
    Ablative,
}

impl Case {
    /// The cases of Russian, in the order of its grammars.
    pub const RUSSIAN: [Case; 6] =
        [Case::Nominative, Case::Genitive, Case::Dative, Case::Accusative, Case::Instrumental, Case::Prepositional];
    /// The cases of Kazakh, in the order of its grammars.
    pub const KAZAKH: [Case; 7] =
        [Case::Nominative, Case::Genitive, Case::Dative, Case::Accusative, Case::Locative, Case::Ablative, Case::Instrumental];
}

impl Case {
    /// The name of the case in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Case::Nominative => "nominative",
            Case::Genitive => "genitive",
            Case::Dative => "dative",
            Case::Accusative => "accusative",
            Case::Instrumental => "instrumental",
            Case::Prepositional => "prepositional",
            Case::Locative => "locative",
            Case::Ablative => "ablative",
        }
    }
}

/// One or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Number {
    /// One.
    Singular,
    /// More than one.
    Plural,
}

impl Number {
    /// The name of the number in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Number::Singular => "singular",
            Number::Plural => "plural",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// What bears a name, as far as its inflection depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A person: all parts of the name change.
    Person,
    /// A body, place, work or event: the head of the name changes, with the adjectives that agree with it.
    Other,
}

/// A reading of a name in the nominative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nominative {
    /// The name.
    pub text: String,
    /// Share among the readings, from 0 to 1.
    pub confidence: f32,
}

/// A form of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// Its case.
    pub case: Case,
    /// Its number.
    pub number: Number,
    /// The name in this case.
    pub text: String,
}

impl Language {
    /// The language a name is written in, by its letters; Russian where they do not say.
    pub fn guess(name: &str) -> Language {
        if kazakh::is_kazakh(name) { Language::Kazakh } else { Language::Russian }
    }
}

/// The case forms of a name that stands in the nominative, with the number it has.
///
/// A case has several forms where usage wavers, the better one first. Without a language it is guessed from the letters, without
/// a kind from the words. What has neither letter nor digit is no name, and has no forms.
///
/// ```
/// use atau::name::inflect::{forms, Case};
///
/// let all = forms("Социалистическое Движение Казахстана", None, None);
/// let genitive = all.iter().find(|f| f.case == Case::Genitive).unwrap();
/// assert_eq!(genitive.text, "Социалистического Движения Казахстана");
/// ```
pub fn forms(name: &str, language: Option<Language>, kind: Option<Kind>) -> Vec<Form> {
    let name = crate::text::nfc(name);
    if !name.contains(char::is_alphanumeric) {
        return Vec::new();
    }
    match language.unwrap_or_else(|| Language::guess(&name)) {
        Language::Kazakh => kazakh::forms(&name),
        Language::Russian => paradigm::forms(&name, kind),
    }
}

/// The nominatives a name may be a form of, the likeliest first; the number is kept. Never empty.
///
/// Without a language it is guessed from the letters, and from the last word where it is a case form of a known Kazakh one.
///
/// ```
/// use atau::name::inflect::nominatives;
///
/// let all = nominatives("Верховным судом Пакистана", None, None);
/// assert_eq!(all[0].text, "Верховный суд Пакистана");
/// assert_eq!(nominatives("Қазақстан халқы Ассамблеясын", None, None)[0].text, "Қазақстан халқы Ассамблеясы");
/// ```
pub fn nominatives(mention: &str, language: Option<Language>, kind: Option<Kind>) -> Vec<Nominative> {
    let mention = crate::text::nfc(mention);
    match language.unwrap_or_else(|| Language::guess(&mention)) {
        Language::Kazakh => kazakh::nominatives(&mention),
        // Many Kazakh words have none of the letters that only Kazakh has: Астанада.
        Language::Russian if language.is_none() && kazakh::is_form_of_known(&mention) => kazakh::nominatives(&mention),
        Language::Russian => russian::nominatives(&mention, kind),
    }
}

/// The nominatives that a name may be a form of, in every language that its letters allow. They only propose what to look up:
/// a name that nobody registered is not told from one of another language.
pub(crate) fn readings(mention: &str) -> Vec<(Language, Nominative)> {
    let of = |language, all: Vec<Nominative>| all.into_iter().map(move |n| (language, n));
    let mut all: Vec<_> = of(Language::Kazakh, kazakh::nominatives(mention)).collect();
    if Language::guess(mention) == Language::Russian {
        all.extend(of(Language::Russian, russian::nominatives(mention, None)));
    }
    all
}

/// Whether a word in small letters is a common noun that names bodies, places or works, in the nominative.
pub(crate) fn is_head(word: &str) -> bool {
    model::model().table.heads.contains(word)
}

/// Whether a word that begins with these small letters may be one that [`is_head`].
pub(crate) fn may_begin_head(begin: &str) -> bool {
    static HEADS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut all: Vec<&str> = model::model().table.heads.iter().map(String::as_str).collect();
        all.sort_unstable();
        all
    });
    begins_one(&HEADS, begin)
}

/// Whether a word in small letters is seen in names of people, in the nominative.
pub(crate) fn is_of_people(word: &str) -> bool {
    model::model().known(&without_dots(word)) > 0.0
}

/// The cases in which a name in the nominative is written like a form, whatever bears it; both are compared folded.
pub(crate) fn cases_of(name: &str, form: &str, language: Language) -> Vec<(Case, Number)> {
    let plain = |text: &str| without_dots(&fold(text)).into_owned();
    let form = plain(form);
    for kind in [None, Some(Kind::Person), Some(Kind::Other)] {
        let all = forms(name, Some(language), kind);
        let met: Vec<_> = all.into_iter().filter(|f| f.case != Case::Nominative && plain(&f.text) == form).collect();
        if !met.is_empty() || language == Language::Kazakh {
            return met.into_iter().map(|f| (f.case, f.number)).collect();
        }
    }
    Vec::new()
}

/// The words that a word may be a form of, with weights from 0 to 1, the word itself first. They only propose what to look up.
///
/// ```
/// use atau::name::inflect::base_words;
///
/// assert!(base_words("партиясының").iter().any(|(word, _)| word == "партиясы"));
/// assert!(base_words("социалистического").iter().any(|(word, _)| word == "социалистическое"));
/// ```
pub fn base_words(word: &str) -> Vec<(String, f32)> {
    let mut all = vec![(without_dots(&word.to_lowercase()).into_owned(), 1.0)];
    let word = all[0].0.clone();
    if Language::guess(&word) == Language::Russian {
        model::model().base_words(&word, &mut all);
    }
    if word.chars().any(|c| ('а'..='я').contains(&c) || Language::guess(&word) == Language::Kazakh) {
        kazakh::base_words(&word, &mut all);
    }
    all
}
