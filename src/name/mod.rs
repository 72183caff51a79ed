//! What a name is made of, whoever bears it: its parts, case forms, abbreviations. Floor 2 of ARCHITECTURE.md.

pub mod abbreviation;
pub(crate) mod alphabets;
pub(crate) mod dots;
pub mod inflect;
pub(crate) mod key;
pub mod parts;
pub(crate) mod reading;
