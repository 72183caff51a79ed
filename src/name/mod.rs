//! Floor 2: what a name is made of, whoever bears it.

pub mod abbreviation;
mod key;
pub(crate) mod reading;

pub(crate) use key::{Keys, keys};
