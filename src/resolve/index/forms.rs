//! Where names are looked up by their folded form. It is made apart from the rest of the index, which only strings ask for that no name has.

use super::numbers::Numbers;
use super::table::Table;
use super::{NameId, SECTIONS};
use crate::registry::{Bytes, Name, NameKind, Registry};
use crate::text::fold_into;
use rustc_hash::{FxHashMap, FxHasher};
use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::Hasher;
use std::iter;

#[derive(Clone)]
pub(in crate::resolve) struct Forms {
    /// Two numbers for each name id, in turn: the entity and the number of the name in it.
    names: Numbers,
    /// From folded forms to names, each with its entity and its number there, as in `names`: who asks for a form reads a slot, then the entity.
    forms: Table<4>,
}

/// Set on the number of a name after which no other has its hash.
const LAST: u32 = 1 << 31;

/// A name of a folded form, and where it stands.
pub(in crate::resolve) struct OfForm<'r> {
    pub id: NameId,
    pub entity: usize,
    /// Its number among the entity's names.
    pub number: usize,
    pub text: &'r [u8],
    pub kind: NameKind,
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
                hashes.push(hash(form.as_bytes()));
            }
        }
        let mut ends: FxHashMap<u64, [u32; 2]> = FxHashMap::default();
        for (id, hash) in (0..).zip(&hashes) {
            ends.entry(*hash).or_insert([id, id])[1] = id;
        }
        let places = names.as_chunks::<2>().0;
        let row = |id: u32| {
            let (hash, [entity, number]) = (hashes[id as usize], places[id as usize]);
            let [first, last] = ends[&hash];
            (id == first, (hash, [id, 0, entity, number | if id == last { LAST } else { 0 }]))
        };
        // The first of each hash stands where it is soonest found: names that hundreds bear do not push others away.
        let all = |first: bool| (0..hashes.len() as u32).map(row).filter(move |(is, _)| *is == first).map(|(_, row)| row);
        let forms = Table::filled(all(true).chain(all(false)), hashes.len());
        Forms { names: names.into(), forms }
    }

    pub(super) fn sections(&self) -> [&Bytes; 2] {
        [self.names.bytes(), self.forms.bytes()]
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len() / 2
    }

    /// The number of the entity that bears a name, and that of the name in it.
    pub(in crate::resolve) fn place(&self, id: NameId) -> (usize, usize) {
        (self.entity(id) as usize, self.names.get(2 * id as usize + 1) as usize)
    }

    /// The name of a name id; nothing when the registry's file is damaged there.
    pub(in crate::resolve) fn name<'r>(&self, registry: &'r Registry, id: NameId) -> Option<Cow<'r, Name>> {
        let (entity, name) = self.place(id);
        registry.name_at(entity, name)
    }

    /// The number of the entity that bears a name.
    pub(super) fn entity(&self, id: NameId) -> u32 {
        self.names.get(2 * id as usize)
    }

    /// The names of a folded form with their texts, in their order.
    pub(in crate::resolve) fn by_folded<'r>(&self, registry: &'r Registry, form: &str) -> Vec<(NameId, &'r str)> {
        self.by_text(registry, form, form.as_bytes()).filter_map(|name| Some((name.id, str::from_utf8(name.text).ok()?))).collect()
    }

    /// The names of the folded form of a text. Those that are the text itself are not folded.
    pub(in crate::resolve) fn by_text<'r>(&self, registry: &'r Registry, text: &str, form: &[u8]) -> impl Iterator<Item = OfForm<'r>> {
        let is = move |name: &[u8]| name == text.as_bytes() || name == form || folds_to(name, form);
        // Names of one hash stand in the table in their order, and the last of them says so.
        let mut rows = self.forms.rows(hash(form)).fuse();
        let mut ended = false;
        iter::from_fn(move || {
            while !ended {
                let [id, _, entity, number] = rows.next()?;
                let (entity, last, number) = (entity as usize, number & LAST != 0, (number & !LAST) as usize);
                let name = registry.glance(entity).and_then(|entity| entity.name(number)).filter(|(name, _)| is(name));
                if let Some((text, kind)) = name {
                    ended = last;
                    return Some(OfForm { id, entity, number, text, kind });
                }
            }
            None
        })
    }
}

thread_local! {
    /// The folded form of a name, kept so that it is not allocated for each.
    static FOLDED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Whether a name has a folded form.
fn folds_to(name: &[u8], form: &[u8]) -> bool {
    let Ok(name) = str::from_utf8(name) else { return false };
    FOLDED.with_borrow_mut(|folded| {
        folded.clear();
        fold_into(name, folded);
        folded.as_bytes() == form
    })
}

fn hash(form: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form);
    // The low bits of the hash of a short text are weak.
    let hash = hasher.finish();
    hash ^ (hash >> 32)
}
