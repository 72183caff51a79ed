//! What two names may have in common part by part, what one leaves out, and what contradicts.

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum What {
    /// A man's and a woman's name: Курманов, Курманова.
    Gender,
    /// Family names.
    Family,
    /// Given names; also that one is short for the other.
    Given,
    /// Patronymics: of one father in whatever form (Серікұлы, Серикович), or of two.
    Patronymic,
    /// A letter and the name it may stand for.
    Initial,
    /// One name has nothing but initials, which are never enough.
    InitialsOnly,
    /// Kinds of body: Сопротивление, Движение.
    Head,
    /// Which of several bodies: socialist, communist.
    Quality,
    /// Legal forms.
    Legal,
    /// Kinds of place.
    PlaceWord,
    /// Countries.
    Country,
    /// Numbers and ordinals.
    Number,
    /// Other words.
    Core,
}

impl What {
    /// The word for it: `place-word`.
    pub fn name(self) -> &'static str {
        match self {
            What::Gender => "gender",
            What::Family => "family",
            What::Given => "given",
            What::Patronymic => "patronymic",
            What::Initial => "initial",
            What::InitialsOnly => "initials-only",
            What::Head => "head",
            What::Quality => "quality",
            What::Legal => "legal",
            What::PlaceWord => "place-word",
            What::Country => "country",
            What::Number => "number",
            What::Core => "core",
        }
    }
}

/// What a finding says of the two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Says {
    /// Speaks for one name.
    Agreement,
    /// One name leaves it out.
    Omission,
    /// Speaks against one name.
    Contradiction,
}

/// One thing that two names agree in, that one leaves out, or that they contradict each other in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub what: What,
    /// For or against.
    pub says: Says,
    /// The word of the first name.
    pub a: Option<u8>,
    /// The word of the second name.
    pub b: Option<u8>,
}

/// Whether one meaning is the other with something added: foundation, charity-foundation; ministry, ministry-justice.
pub(crate) fn kin(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_suffix(short).is_some_and(|rest| rest.ends_with('-')) || long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'))
}
