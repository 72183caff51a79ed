//! An entity read no further than an answer shows it.

use super::image;
use super::model::{Entity, Name, NameKind};

/// An entity of a registry, of which only what is asked for is read.
#[derive(Clone, Copy)]
pub(crate) enum Glance<'r> {
    /// Of a registry read from text.
    Held(&'r Entity),
    /// Of one in a built file.
    Stored(image::Glance<'r>),
}

impl<'r> Glance<'r> {
    /// The id; empty where a built file is damaged.
    pub(crate) fn id(&self) -> &'r str {
        match self {
            Glance::Held(entity) => &entity.id,
            Glance::Stored(record) => record.id(),
        }
    }

    /// The bytes of a name and its kind, by its number among the entity's names.
    pub(crate) fn name(&self, number: usize) -> Option<(&'r [u8], NameKind)> {
        match self {
            Glance::Held(entity) => entity.names.get(number).map(brief),
            Glance::Stored(record) => record.name(number),
        }
    }

    /// How many names it has.
    pub(crate) fn count(&self) -> usize {
        match self {
            Glance::Held(entity) => entity.names.len(),
            Glance::Stored(record) => record.count(),
        }
    }

    /// As [`Entity::display_name`]; empty where a built file is damaged.
    pub(crate) fn display_name(&self) -> &'r str {
        match self {
            Glance::Held(entity) => entity.display_name(),
            Glance::Stored(record) => to_show(record.names()).and_then(|name| simdutf8::basic::from_utf8(name).ok()).unwrap_or_default(),
        }
    }
}

fn brief(name: &Name) -> (&[u8], NameKind) {
    (name.text.as_bytes(), name.kind)
}

/// Of the names of an entity the one to show: the authorised one, else a parallel or former one, else the first.
pub(super) fn to_show<'n, T: ?Sized>(names: impl Iterator<Item = (&'n T, NameKind)>) -> Option<&'n T> {
    let mut best: Option<(u8, &T)> = None;
    for (name, kind) in names {
        let rank = match kind {
            NameKind::Authorised => return Some(name),
            NameKind::Parallel => 1,
            NameKind::Variant | NameKind::Former => 2,
            _ => 3,
        };
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, name));
        }
    }
    best.map(|(_, name)| name)
}
