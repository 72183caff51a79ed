//! The sentences of answers in several languages, from `tables/sentences/`.

use crate::builtin::SENTENCES;
use crate::error::Error;
use crate::text::{At, Diagnostic, Fields, Source, is_invisible, read_toml, shown};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// The language of the sentences that explain answers. Everything else in an answer is the same in all of them.
///
/// ```
/// use atau::resolve::{Context, Language, Resolver};
/// use atau::Registry;
///
/// let resolver = Resolver::new(Registry::builtin()).with_language("ru".parse()?);
/// let outcome = resolver.resolve("СоцСопр", &Context::new());
/// assert!(outcome.why().starts_with("«СоцСопр» — сокращение (kz-org-socialist-resistance)"), "{}", outcome.why());
/// assert!("de".parse::<Language>().is_err());
/// # Ok::<(), atau::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Language {
    /// English, `en`.
    #[default]
    English,
    /// Russian, `ru`.
    Russian,
    /// Kazakh in Cyrillic, `kk`.
    Kazakh,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 3] = [Language::English, Language::Russian, Language::Kazakh];

    /// The BCP 47 tag, which is also the name of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Russian => "ru",
            Language::Kazakh => "kk",
        }
    }

    /// The message in this language. `values` are those that the message names.
    pub(super) fn say(self, message: Message, values: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(96);
        for piece in &self.sentences().patterns[message as usize] {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(name) => {
                    let value = values.iter().find(|(n, _)| n == name);
                    debug_assert!(value.is_some(), "{} lacks {name}", message.id());
                    out.push_str(value.map_or("", |(_, v)| v));
                }
            }
        }
        out
    }

    /// A text in the quotation marks of the language; control and direction characters are escaped.
    pub(super) fn quote(self, text: &str) -> String {
        if !text.contains(|c: char| c.is_control() || is_invisible(c)) {
            return self.say(Message::Quote, &[("text", text)]);
        }
        let shown = shown(text);
        self.say(Message::Quote, &[("text", shown.strip_prefix('“').and_then(|s| s.strip_suffix('”')).unwrap_or(&shown))])
    }

    /// Texts joined by the word for “and”.
    pub(super) fn join(self, texts: &[String]) -> String {
        texts.join(&self.say(Message::And, &[]))
    }

    /// What a scheme that is an alphabet of Kazakh is called.
    pub(super) fn alphabet(self, scheme: &str) -> Option<&'static str> {
        self.sentences().alphabets.iter().find(|(id, _)| id == scheme).map(|(_, title)| title.as_str())
    }

    fn sentences(self) -> &'static Sentences {
        &ALL[self as usize]
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let tags = Language::ALL.iter().map(|l| l.as_str());
        Language::ALL.into_iter().find(|l| l.as_str() == text).ok_or_else(|| Error::unknown("language of sentences", text, tags))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The messages: for each its id in the tables and the names that its pattern puts in.
macro_rules! messages {
    ($($message:ident = $id:literal [$($value:literal),*]),+ $(,)?) => {
        /// Something that a sentence can say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Message { $($message),+ }

        impl Message {
            const ALL: &[Message] = &[$(Message::$message),+];

            pub(super) fn id(self) -> &'static str {
                match self { $(Message::$message => $id),+ }
            }

            fn values(self) -> &'static [&'static str] {
                match self { $(Message::$message => &[$($value),*]),+ }
            }
        }
    };
}

messages! {
    Quote = "quote" ["text"],
    And = "and" [],
    More = "more" ["list", "count"],
    Until = "until" ["end"],
    From = "from" ["start"],
    Between = "between" ["start", "end"],
    Exact = "exact" ["text", "role", "id"],
    Folded = "folded" ["text", "name", "id", "differs"],
    Repaired = "repaired" ["text", "name", "id", "letters"],
    CaseForm = "case-form" ["text", "name", "id", "cases"],
    Script = "script" ["text", "name", "id", "how"],
    Near = "near" ["text", "name", "id", "how"],
    InUse = "in-use" ["finding", "dates"],
    Authorised = "authorised" [],
    Parallel = "parallel" [],
    Former = "former" [],
    Variant = "variant" [],
    Abbreviation = "abbreviation" [],
    Romanisation = "romanisation" [],
    Inflected = "inflected" [],
    Misspelling = "misspelling" [],
    Partial = "partial" [],
    Description = "description" [],
    Demonym = "demonym" [],
    Capitals = "capitals" [],
    Width = "width" [],
    Punctuation = "punctuation" [],
    Spaces = "spaces" [],
    Invisible = "invisible" [],
    NormalForm = "normal-form" [],
    Genitive = "genitive" [],
    Dative = "dative" [],
    Accusative = "accusative" [],
    Instrumental = "instrumental" [],
    Prepositional = "prepositional" [],
    Locative = "locative" [],
    Ablative = "ablative" [],
    OtherCase = "other-case" [],
    Letter = "letter" ["code", "from", "to"],
    OtherSpelling = "other-spelling" [],
    OtherScript = "other-script" [],
    Romanised = "romanised" ["scheme"],
    RomanisedBySeveral = "romanised-by-several" ["words"],
    ReadAs = "read-as" ["title", "scheme"],
    NoScheme = "no-scheme" [],
    Differing = "differing" ["words"],
    OtherOrder = "other-order" [],
    Instead = "instead" ["word", "name"],
    NotInName = "not-in-name" ["words"],
    OnlyInName = "only-in-name" ["words"],
    NothingAlike = "nothing-alike" ["text"],
    NothingNear = "nothing-near" ["text"],
    NothingNearer = "nothing-nearer" ["text", "name", "id"],
    AmbiguousExact = "ambiguous-exact" ["text", "ids"],
    Ambiguous = "ambiguous" ["ids"],
    OneOf = "one-of" ["ids"],
    Decided = "decided" ["ids", "by"],
    ByType = "by-type" [],
    ByCountry = "by-country" [],
    ByDate = "by-date" [],
    ByScope = "by-scope" ["scope"],
    ScopeCountry = "scope-country" ["country"],
    ScopeType = "scope-type" ["type"],
    Weak = "weak" [],
    ItsType = "its-type" ["type"],
    ItsCountry = "its-country" ["country"],
    OutsideDates = "outside-dates" ["date"],
    Renamed = "renamed" ["id"],
    NeedsCapitals = "needs-capitals" [],
    EveryLetter = "every-letter" [],
    UnknownLetters = "unknown-letters" [],
    NotNearEnough = "not-near-enough" [],
    NameOfAnother = "name-of-another" [],
    Contradiction = "contradiction" [],
    OtherGender = "other-gender" [],
    NamedAfter = "named-after" [],
    SaysMore = "says-more" [],
    KindUnsaid = "kind-unsaid" [],
    SingleWord = "single-word" [],
    OtherWord = "other-word" [],
    NotAlike = "not-alike" [],
    SmallPart = "small-part" [],
    GivenName = "given-name" [],
    LongerNames = "longer-names" [],
    OtherRecord = "other-record" [],
    OtherName = "other-name" [],
    OnlyAbbreviation = "only-abbreviation" [],
    Within = "within" ["part"],
    ManyWords = "many-words" [],
    Abbreviated = "abbreviated" ["derivation"],
    Organisation = "organisation" [],
    Person = "person" [],
    Place = "place" [],
    Event = "event" [],
    Publication = "publication" [],
    Media = "media" [],
    Campaign = "campaign" [],
    Office = "office" [],
    Law = "law" [],
    Slogan = "slogan" [],
    Project = "project" [],
    LanguageType = "language" [],
    Empty = "empty" [],
    OnlySpaces = "only-spaces" [],
    TooLong = "too-long" ["count", "most"],
    Nul = "nul" [],
    DirectionControl = "direction-control" ["code"],
    NoLetterOrDigit = "no-letter-or-digit" [],
    OneIsNoName = "one-is-no-name" ["reason"],
    SameCharacters = "same-characters" [],
    SameFolded = "same-folded" [],
    SameRepaired = "same-repaired" ["text"],
    OneWithoutLetters = "one-without-letters" [],
    TwoScripts = "two-scripts" [],
    NoWordAlike = "no-word-alike" [],
    WordsAnswer = "words-answer" [],
    SomeWordsAnswer = "some-words-answer" [],
    PartsAgree = "parts-agree" ["parts"],
    PartsLeft = "parts-left" ["parts"],
    PartsDiffer = "parts-differ" ["parts"],
    PartFamily = "part-family" [],
    PartGiven = "part-given" [],
    PartPatronymic = "part-patronymic" [],
    PartInitial = "part-initial" [],
    PartInitialsOnly = "part-initials-only" [],
    PartGender = "part-gender" [],
    PartHead = "part-head" [],
    PartQuality = "part-quality" [],
    PartLegal = "part-legal" [],
    PartPlaceWord = "part-place-word" [],
    PartCountry = "part-country" [],
    PartNumber = "part-number" [],
    PartCore = "part-core" [],
    BothOf = "both-of" ["id"],
    TwoEntities = "two-entities" ["left", "right"],
}

/// A part of a pattern.
#[derive(Debug)]
enum Piece {
    Text(String),
    Value(String),
}

/// The table of one language.
#[derive(Debug, Default)]
struct Sentences {
    /// By message.
    patterns: Vec<Vec<Piece>>,
    /// Ids of schemes and what they are called.
    alphabets: Vec<(String, String)>,
}

/// The tables, in the order of `Language::ALL`. They are part of the program, and a test reads them.
static ALL: LazyLock<Vec<Sentences>> = LazyLock::new(|| {
    let mut found = Vec::new();
    let all = Language::ALL.iter().map(|language| read(&source(*language), &mut found)).collect();
    debug_assert!(found.is_empty(), "{found:?}");
    all
});

fn source(language: Language) -> Source {
    let file = SENTENCES.iter().find(|f| f.stem == language.as_str());
    file.map_or_else(|| Source::new(language.as_str(), ""), |f| Source::new(f.path, f.text))
}

fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Sentences {
    let mut fields = Fields::new(source, read_toml(source, found), found);
    let mut patterns = Vec::with_capacity(Message::ALL.len());
    for message in Message::ALL {
        let text = fields.filled(message.id(), found);
        let pieces = pieces(&text.value);
        let mut said: Vec<&str> =
            pieces.iter().filter_map(|p| if let Piece::Value(name) = p { Some(name.as_str()) } else { None }).collect();
        let mut wanted = message.values().to_vec();
        said.sort_unstable();
        wanted.sort_unstable();
        if said != wanted {
            let list = |names: &[&str]| names.iter().map(|n| format!("{{{n}}}")).collect::<Vec<_>>().join(", ");
            let told = format!("{}: expected a pattern with [{}], found [{}]", message.id(), list(&wanted), list(&said));
            found.push(source.error(text.span.clone(), told));
        }
        patterns.push(pieces);
    }
    let alphabets: Vec<(At<String>, At<String>)> = fields.pairs("scheme", found);
    fields.finish(found);
    Sentences { patterns, alphabets: alphabets.into_iter().map(|(id, title)| (id.value, title.value)).collect() }
}

/// A pattern cut into texts and the names in braces.
fn pieces(pattern: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        pieces.push(Piece::Value(name.to_owned()));
        rest = tail;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    #[test]
    fn every_language_has_every_message_with_the_same_values() {
        for language in Language::ALL {
            let mut found = Vec::new();
            read(&source(language), &mut found);
            let told: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert!(told.is_empty(), "{}", told.join("\n"));
        }
        assert_eq!(SENTENCES.len(), Language::ALL.len(), "a table that is no language");
    }

    #[test]
    fn a_fault_in_a_table_is_told_with_its_place() {
        let whole = source(Language::English).text().to_owned();
        let mut found = Vec::new();
        read(&Source::new("x.toml", whole.replace("{text} is near {name} of", "{text} is near {nam} of")), &mut found);
        assert!(found.len() == 1 && found[0].to_string().contains("near: expected a pattern with"), "{found:?}");
    }

    #[test]
    fn what_is_said_has_no_brace_and_no_word_of_another_language() {
        for language in Language::ALL {
            for message in Message::ALL {
                let values: Vec<(&str, &str)> = message.values().iter().map(|name| (*name, "7")).collect();
                let said = language.say(*message, &values);
                assert!(!said.contains(['{', '}']), "{language} {}: {said}", message.id());
                let foreign = |c: char| match language {
                    Language::English => !c.is_ascii() && c.is_alphabetic(),
                    _ => c.is_ascii_alphabetic(),
                };
                assert!(!said.replace("NUL", "").contains(foreign), "{language} {}: {said}", message.id());
            }
        }
    }

    #[test]
    fn alphabets_of_kazakh_are_named_in_every_language() {
        let alphabet = |id: &&str| id.starts_with("kaz-") && (id.contains("-latn") || id.contains("-arab"));
        let mut expected: Vec<&str> = Scheme::ids().filter(alphabet).collect();
        expected.sort_unstable();
        for language in Language::ALL {
            let mut named: Vec<&str> = language.sentences().alphabets.iter().map(|(id, _)| id.as_str()).collect();
            named.sort_unstable();
            assert_eq!(named, expected, "{language}");
        }
    }
}
