//! Where names are looked up by their folded form. It is made apart from the rest of the index, which only strings ask for that no name has.

use super::numbers::Numbers;
use super::table::Table;
use super::{NameId, SECTIONS};
use crate::registry::{Bytes, Entity, Name, Registry};
use crate::text::{fold, fold_into};
use rustc_hash::FxHasher;
use std::borrow::Cow;
use std::hash::Hasher;

#[derive(Clone)]
pub(in crate::resolve) struct Forms {
    /// Two numbers for each name id, in turn: the entity and the number of the name in it.
    names: Numbers,
    /// From folded forms to names.
    forms: Table,
}

impl Forms {
    /// The forms of a registry: from its file, when it has an index, else made.
    pub(in crate::resolve) fn new(registry: &Registry) -> Forms {
        let image = registry.image();
        let stored = image.and_then(|image| {
            let mut sections = SECTIONS.map(|id| image.section(id));
            Forms::stored(&mut || sections.next().flatten())
        });
        stored.unwrap_or_else(|| Forms::build(registry))
    }

    pub(super) fn stored(next: &mut impl FnMut() -> Option<Bytes>) -> Option<Forms> {
        Some(Forms { names: next()?.into(), forms: next()?.into() })
    }

    fn build(registry: &Registry) -> Forms {
        let (mut names, mut hashes, mut form): (Vec<u32>, Vec<u64>, _) = (Vec::new(), Vec::new(), String::new());
        for e in 0..registry.len() {
            let Some(entity) = registry.entity_at(e) else { continue };
            for (n, name) in entity.names.iter().enumerate() {
                names.extend([e as u32, n as u32]);
                form.clear();
                fold_into(&name.text, &mut form);
                hashes.push(hash(&form));
            }
        }
        Forms { names: names.into(), forms: Table::of(hashes.into_iter()) }
    }

    pub(super) fn sections(&self) -> [&Bytes; 2] {
        [self.names.bytes(), self.forms.bytes()]
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len() / 2
    }

    /// The entity's number, the entity and the number of the name in it, of a name id; nothing when the registry's
    /// file is damaged there.
    pub(in crate::resolve) fn get<'r>(&self, registry: &'r Registry, id: NameId) -> Option<(u32, Cow<'r, Entity>, usize)> {
        let (e, n) = (self.entity(id), self.names.get(2 * id as usize + 1));
        let entity = registry.entity_at(e as usize)?;
        (entity.names.len() > n as usize).then_some((e, entity, n as usize))
    }

    /// The name of a name id.
    pub(in crate::resolve) fn name<'r>(&self, registry: &'r Registry, id: NameId) -> Option<Cow<'r, Name>> {
        registry.name_at(self.entity(id) as usize, self.names.get(2 * id as usize + 1) as usize)
    }

    /// The number of the entity that bears a name.
    pub(super) fn entity(&self, id: NameId) -> u32 {
        self.names.get(2 * id as usize)
    }

    /// The names of a folded form, in their order.
    pub(in crate::resolve) fn by_folded<'r>(&self, registry: &'r Registry, form: &str) -> Vec<(NameId, Cow<'r, Name>)> {
        let found = self.forms.find(hash(form));
        let named = found.filter_map(|id| Some((id, self.name(registry, id)?)));
        let mut found: Vec<_> = named.filter(|(_, name)| name.text == form || fold(&name.text) == form).collect();
        found.sort_unstable_by_key(|(id, _)| *id);
        found
    }
}

fn hash(form: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form.as_bytes());
    // The low bits of the hash of a short text are weak.
    let hash = hasher.finish();
    hash ^ (hash >> 32)
}
