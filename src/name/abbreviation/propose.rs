//! Abbreviations that a name might have.

use super::parts::{Long, small};
use super::table::{Rule, TABLE};
use super::{Derivation, derive};
use crate::text::nfc;
use serde::Serialize;

/// How a proposed abbreviation was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Form {
    /// The first letter of each word: ССК.
    Initials,
    /// The same without the country: СС.
    WithoutCountry,
    /// The same with the country at the other end: КСС.
    CountryMoved,
    /// The beginning of the first word and letters of the others: КазНУ.
    ClipAndInitials,
    /// The beginnings of all words: СоцСопр.
    Clips,
    /// The beginnings of the first words and the whole last one: Нацбанк.
    ClipsAndWord,
}

impl Form {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Initials => "initials",
            Form::WithoutCountry => "without-country",
            Form::CountryMoved => "country-moved",
            Form::ClipAndInitials => "clip-and-initials",
            Form::Clips => "clips",
            Form::ClipsAndWord => "clips-and-word",
        }
    }
}

/// An abbreviation that a name might have, made by machine. Nobody need have used it: a person decides before it becomes a name
/// in a registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// The abbreviation.
    pub text: String,
    /// How it was made.
    pub form: Form,
    /// How its letters come from the name.
    pub derivation: Derivation,
}

/// A word as it goes into abbreviations.
struct Part {
    /// As in the name.
    text: String,
    initial: String,
    /// With a letter for the second part of a compound: АД of автодорога.
    compound: String,
    clip: Option<String>,
    /// To the first vowel: Со.
    open: Option<String>,
    country: bool,
}

/// Abbreviations that the name `full` might have, the likeliest first; none for a name of one word. All are made by machine.
///
/// ```
/// use atau::abbreviation::propose;
/// let all = propose("Социалистическое Сопротивление Казахстана");
/// let texts: Vec<&str> = all.iter().map(|p| p.text.as_str()).collect();
/// assert_eq!(texts[0], "ССК");
/// assert!(texts.contains(&"СоцСопр"));
/// ```
pub fn propose(full: &str) -> Vec<Proposal> {
    let full = nfc(full);
    let derived = |(text, form): (String, Form)| derive(&text, &full).map(|derivation| Proposal { text, form, derivation });
    proposed(&full).into_iter().filter_map(derived).collect()
}

/// The texts that a name in NFC might be abbreviated as, each once, before it is known how their letters come from it.
pub(crate) fn proposed(full: &str) -> Vec<(String, Form)> {
    let Some(long) = Long::read(full).filter(|_| full.len() <= super::LONGEST) else { return Vec::new() };
    let parts: Vec<Part> = (0..long.words.len()).filter_map(|w| part(&long, full, w)).collect();
    if !(2..=12).contains(&parts.len()) {
        return Vec::new();
    }
    let rest: Vec<&Part> = parts.iter().filter(|p| !p.country).collect();
    let all: Vec<&Part> = parts.iter().collect();
    let initials = |parts: &[&Part]| parts.iter().map(|p| p.initial.as_str()).collect::<String>();
    let mut texts = vec![(initials(&all), Form::Initials)];
    texts.push((all.iter().map(|p| p.compound.as_str()).collect(), Form::Initials));
    if rest.len() > 1 && rest.len() < all.len() {
        texts.push((initials(&rest), Form::WithoutCountry));
    }
    for parts in [&all, &rest] {
        if let [first, others @ ..] = parts.as_slice()
            && let (Some(clip), true) = (&first.clip, others.len() > 1 || parts.len() == rest.len() && !others.is_empty())
        {
            texts.push((clip.clone() + &initials(others), Form::ClipAndInitials));
        }
    }
    for parts in [&rest, &all] {
        let [front @ .., last] = parts.as_slice() else { continue };
        if front.is_empty() || parts.len() > 4 {
            continue;
        }
        let clips: Option<String> = front.iter().map(|p| p.clip.as_deref()).collect();
        if let Some(clips) = clips {
            if let Some(clip) = &last.clip {
                texts.push((format!("{clips}{clip}"), Form::Clips));
                texts.push((joined(&clips, clip), Form::Clips));
            }
            if !last.country {
                texts.push((joined(&clips, &last.text), Form::ClipsAndWord));
            }
        }
    }
    if let ([first, .., last], true) = (all.as_slice(), all.len() > 2) {
        let mut turned = all.clone();
        if last.country {
            turned.rotate_right(1);
            texts.push((initials(&turned), Form::CountryMoved));
        } else if first.country {
            turned.rotate_left(1);
            texts.push((initials(&turned), Form::CountryMoved));
        }
    }
    if let [first, others @ ..] = rest.as_slice()
        && let (Some(open), false) = (&first.open, others.is_empty())
    {
        texts.push((open.clone() + &initials(others), Form::ClipAndInitials));
    }
    let mut each: Vec<(String, Form)> = Vec::with_capacity(texts.len());
    for (text, form) in texts {
        if text.chars().count() > 1 && each.iter().all(|(known, _)| *known != text) {
            each.push((text, form));
        }
    }
    each
}

/// The second beginning in small letters.
fn joined(clips: &str, last: &str) -> String {
    let first = clips.chars().next().map(String::from).unwrap_or_default();
    let small_rest: String = clips.chars().skip(1).chain(last.chars()).flat_map(char::to_lowercase).collect();
    first + &small_rest
}

/// A word that carries meaning.
fn part(long: &Long, full: &str, w: usize) -> Option<Part> {
    let word = &long.words[w];
    let class = long.class(w);
    if !matches!(class, None | Some(Rule::Country | Rule::State | Rule::Weak)) {
        return None;
    }
    let text = full[word.start..word.end].to_owned();
    // A word in capitals is an abbreviation already: РФ.
    let capitals = word.capitals && word.to - word.from > 1 && long.words.iter().any(|w| !w.capitals);
    let capital = |c: char| c.to_uppercase().next().unwrap_or(c);
    let mut initial: String = text.chars().take(1).map(capital).collect();
    if capitals {
        initial.clone_from(&text);
    }
    let mut compound = initial.clone();
    if let Some(second) = long.inner(w).filter(|_| !capitals) {
        compound.extend(text.chars().nth(second).map(capital));
    }
    let first = |n: usize| text.chars().take(1).map(capital).chain(text.chars().take(n).skip(1).flat_map(char::to_lowercase)).collect();
    let clip = clip(&text).filter(|_| !capitals).map(first);
    let mut letters = text.chars();
    let is_open = letters.next().is_some_and(|c| !is_vowel(&c)) && letters.next().is_some_and(|c| is_vowel(&c));
    let open = (is_open && !capitals).then(|| first(2));
    Some(Part { initial, compound, clip, open, country: matches!(class, Some(Rule::Country | Rule::State)), text })
}

fn is_vowel(c: &char) -> bool {
    TABLE.vowels.contains(small(*c))
}

/// How many letters of a word make its clip: to the end of the consonants after its first vowel, at most four. Соц, Сопр, Каз, Орт.
fn clip(word: &str) -> Option<usize> {
    let letters: Vec<char> = word.chars().collect();
    let first = letters.iter().position(is_vowel)?;
    let consonants = letters[first + 1..].iter().take_while(|c| !is_vowel(c)).count();
    let n = (first + 1 + consonants).min(4);
    // The word ends there, or there is no consonant to end with.
    (consonants > 0 && n > 1 && n < letters.len()).then_some(n)
}
