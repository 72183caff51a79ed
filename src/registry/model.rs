//! What a registry holds: entities with dated, sourced names; relations; claims; sources.

use super::date::{Date, Period};
use crate::error::Error;
use crate::name::parts::{analyse, country};
use crate::text::{Script, script_of};
use rustc_hash::FxHashSet;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A list of words that a field may have, written and read in one place.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal, $($(#[$vdoc:meta])* $variant:ident = $word:literal $(| $also:literal)*),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word for it in registry files.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self, Error> {
                match text {
                    $($word $(| $also)* => Ok($name::$variant),)+
                    _ => Err(Error::unknown($what, text, $name::ALL.iter().map(|v| v.as_str()))),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// What kind of thing an entity is.
    EntityType, "type",
    /// A body with members, staff or organs; `org` is read too.
    Organisation = "organisation" | "org",
    /// A human being.
    Person = "person",
    /// A place.
    Place = "place",
    /// Something that happened.
    Event = "event",
    /// A book, article or page.
    Publication = "publication",
    /// A newspaper, site or channel.
    Media = "media",
    /// A campaign.
    Campaign = "campaign",
    /// An office that somebody holds.
    Office = "office",
    /// A law or decree.
    Law = "law",
    /// A slogan.
    Slogan = "slogan",
    /// A project.
    Project = "project",
    /// A language.
    Language = "language",
}

words! {
    /// What a name is to its entity.
    NameKind, "kind of name",
    /// The form that is preferred.
    Authorised = "authorised",
    /// The preferred form in another language or script.
    Parallel = "parallel",
    /// A name that was given up.
    Former = "former",
    /// Another form.
    Variant = "variant",
    /// An abbreviation or initials of it.
    Abbreviation = "abbreviation",
    /// The name in another script, by a scheme or by ear.
    Romanisation = "romanisation",
    /// A case form from running text.
    Inflected = "inflected",
    /// A wrong spelling that was found.
    Misspelling = "misspelling",
    /// A part, such as a surname alone.
    Partial = "partial",
    /// A description rather than a name.
    Description = "description",
    /// The name of the people of a place, or a language label.
    Demonym = "demonym",
}

impl NameKind {
    /// Whether the name alone says too little to identify anybody: a part, a description, a demonym.
    pub fn is_weak(self) -> bool {
        matches!(self, NameKind::Partial | NameKind::Description | NameKind::Demonym)
    }
}

words! {
    /// How sure the source or the editor is.
    Certainty, "certainty",
    /// No reason to doubt it.
    High = "high",
    /// Some.
    Medium = "medium",
    /// Much.
    Low = "low",
}

words! {
    /// Who made a form of a name.
    Made, "maker",
    /// A program, unchecked.
    Machine = "machine",
    /// A program, and a person checked it.
    Checked = "checked",
    /// A person.
    Person = "person",
}

/// A name of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Name {
    /// The name as its source has it.
    pub text: String,
    /// BCP 47 tag of its language, with a script where that is not the usual one.
    pub lang: Option<String>,
    /// ISO 15924 code of its script, where it is stated.
    pub stated_script: Option<String>,
    /// What it is to the entity.
    pub kind: NameKind,
    /// The scheme of a romanisation; one for each word where the words differ.
    pub schemes: Vec<String>,
    /// Who made the form.
    pub made: Option<Made>,
    /// When it was in use; empty when that is not known.
    pub valid: Vec<Period>,
    /// Sources, as `id` or `id#locator`.
    pub sources: Vec<String>,
    /// How sure it is.
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: String,
}

impl Name {
    /// A name with nothing known but its text.
    pub fn new(text: impl Into<String>) -> Name {
        Name {
            text: text.into(),
            lang: None,
            stated_script: None,
            kind: NameKind::Variant,
            schemes: Vec::new(),
            made: None,
            valid: Vec::new(),
            sources: Vec::new(),
            certainty: None,
            note: String::new(),
        }
    }

    /// The script: stated, or that of the letters.
    pub fn script(&self) -> Option<Script> {
        let stated = self.stated_script.as_deref().and_then(Script::from_short_name);
        stated.or_else(|| script_of(&self.text))
    }

    /// Whether the name was in use at the date; nothing when its dates are not known.
    pub fn in_use(&self, date: &Date) -> Option<bool> {
        match self.valid.is_empty() {
            true => None,
            false => Some(self.valid.iter().any(|p| p.overlaps(date))),
        }
    }

    /// When it was in use, as it is written; empty when that is not known.
    pub fn dates(&self) -> String {
        self.valid.iter().map(Period::to_string).collect::<Vec<_>>().join(", ")
    }

    /// When it was in use, in words; empty when that is not known.
    pub fn dates_in_words(&self) -> String {
        self.valid.iter().map(Period::in_words).collect::<Vec<_>>().join(" and ")
    }
}

/// A relation from one entity to another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relation {
    /// Its kind, from the table of relations.
    pub kind: String,
    /// The id of the other entity.
    pub to: String,
    /// When it held.
    pub valid: Option<Period>,
    /// Sources, as `id` or `id#locator`.
    pub sources: Vec<String>,
    /// A remark.
    pub note: String,
}

/// What another authority calls the entity.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identifier {
    /// The authority, such as `wikidata` or `viaf`.
    pub authority: String,
    /// Its identifier.
    pub value: String,
}

/// Something with an id of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entity {
    /// The id, readable and never used again for another.
    pub id: String,
    /// What it is, where that is known.
    pub kind: Option<EntityType>,
    /// ISO 3166-1 alpha-2 code of its country, `SU` and the like too; none for what belongs to no country.
    pub country: Option<String>,
    /// Its names, in the order of the file.
    pub names: Vec<Name>,
    /// Its relations, as written on its side.
    pub relations: Vec<Relation>,
    /// Its identifiers elsewhere.
    pub identifiers: Vec<Identifier>,
    /// A remark.
    pub note: String,
}

impl Entity {
    /// Whether the entity bore a name at the date: as the name's own dates say; for a name without dates true when
    /// another of its names was in use, and nothing else.
    pub fn bore(&self, name: &Name, date: &Date) -> Option<bool> {
        let existed = || self.names.iter().any(|n| n.in_use(date) == Some(true)).then_some(true);
        name.in_use(date).or_else(existed)
    }

    /// The name to show: the authorised one, else a parallel or former one, else the first.
    pub fn display_name(&self) -> &str {
        super::glance::to_show(self.names.iter().map(|name| (name.text.as_str(), name.kind))).unwrap_or_default()
    }
}

/// What one or more sources say on a matter that sources differ on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimValue {
    /// What they say.
    pub value: String,
    /// Sources, as `id` or `id#locator`.
    pub sources: Vec<String>,
}

/// A matter on which sources differ, their values side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The claim's id.
    pub id: String,
    /// The entities it is about; may be none.
    pub about: Vec<String>,
    /// The matter.
    pub field: String,
    /// What the sources say.
    pub values: Vec<ClaimValue>,
    /// The editor's view, which decides nothing.
    pub reading: String,
}

/// A source that names, relations and claims cite.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceRecord {
    /// The source's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: Option<Period>,
    /// How good it is.
    pub quality: Option<Certainty>,
    /// Where it stands on the web.
    pub url: String,
    /// A remark.
    pub note: String,
}

/// What a registry is about: of entities that share a name, those in the scope are meant unless context says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Scope {
    /// Country code.
    pub country: Option<String>,
    /// Type of entity.
    pub kind: Option<EntityType>,
}

impl Scope {
    /// Whether an entity is inside the scope.
    pub fn holds(&self, entity: &Entity) -> bool {
        self.country.as_ref().is_none_or(|c| entity.country.as_ref() == Some(c)) && self.kind.is_none_or(|k| entity.kind == Some(k))
    }

    /// Whether no scope was declared.
    pub fn is_empty(&self) -> bool {
        self.country.is_none() && self.kind.is_none()
    }
}

/// A registry's own description.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Manifest {
    /// Its title.
    pub title: String,
    /// Its edition.
    pub version: String,
    /// What it is about.
    pub scope: Scope,
    /// A remark.
    pub note: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Countries {
    current: String,
    former: String,
    meant: String,
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    // The table is part of the program, and a test reads it.
    toml::from_str(include_str!("../../tables/countries.toml")).expect("tables/countries.toml")
});

/// The codes, in the order of the table.
fn codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.current.split_whitespace().chain(COUNTRIES.former.split_whitespace())
}

static CODES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| codes().collect());

/// Checks a country code; the error names the one that is meant, be it a name of the country, or the nearest.
pub(crate) fn country_code(text: &str) -> Result<String, Error> {
    if CODES.contains(text) {
        return Ok(text.to_owned());
    }
    let mut pairs = COUNTRIES.meant.split(',').filter_map(|pair| pair.trim().split_once(' '));
    let meant = pairs.find(|(given, _)| text.eq_ignore_ascii_case(given)).map(|(_, code)| code);
    let cased = || CODES.get(text.to_ascii_uppercase().as_str()).copied();
    let named = || country(&analyse(text, None)).filter(|id| CODES.contains(id));
    Err(match meant.or_else(cased).or_else(named) {
        Some(code) => Error::mistaken("country code", text, code),
        None => Error::unknown("country code", text, codes()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn country_codes() {
        assert!(country_code("KZ").is_ok() && country_code("SU").is_ok());
        let told = |code| country_code(code).unwrap_err().to_string();
        assert_eq!(told("KAZ"), "unknown country code “KAZ”; did you mean “KZ”?");
        assert_eq!(told("aut"), "unknown country code “aut”; did you mean “AT”?");
        assert_eq!(told("UK"), "unknown country code “UK”; did you mean “GB”?");
        assert_eq!(told("kz"), "unknown country code “kz”; did you mean “KZ”?");
        let named = [("Kazakhstan", "KZ"), ("Казахстан", "KZ"), ("Қазақстан Республикасы", "KZ"), ("Soviet Union", "SU"), ("СССР", "SU")];
        for (name, code) in named {
            assert_eq!(told(name), format!("unknown country code “{name}”; did you mean “{code}”?"));
        }
        assert_eq!(told("Казахская ССР"), "unknown country code “Казахская ССР”");
        for (given, code) in COUNTRIES.meant.split(',').filter_map(|pair| pair.trim().split_once(' ')) {
            assert!(country_code(code).is_ok() && country_code(given).is_err(), "{given} {code}");
        }
    }
}
