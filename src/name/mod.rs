//! Floor 2: what a name is made of, whoever bears it.

pub mod abbreviation;
pub(crate) mod dots;
pub mod inflect;
pub(crate) mod key;
pub mod parts;
pub(crate) mod reading;
