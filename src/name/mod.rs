//! Floor 2: what a name is made of, whoever bears it.

pub(crate) mod reading;
