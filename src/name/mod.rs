//! Floor 2: what a name is made of, whoever bears it.

mod key;

pub(crate) use key::{Keys, keys};
