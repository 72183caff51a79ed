//! Where names are looked up: by folded form at once, by key and by parts of keys when that is first needed.

use crate::name::keys;
use crate::registry::{Entity, Name, Registry};
use crate::text::fold_into;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A name's number in the index.
pub(super) type NameId = u32;

pub(super) struct Index {
    /// Entity and name of each name id.
    names: Vec<(u32, u32)>,
    /// Folded form to names.
    folded: FxHashMap<Box<str>, Hits>,
    keyed: OnceLock<Keyed>,
}

/// The names of one form: most have one.
#[derive(Debug, Clone)]
enum Hits {
    One(NameId),
    Several(Vec<NameId>),
}

impl Hits {
    fn as_slice(&self) -> &[NameId] {
        match self {
            Hits::One(id) => std::slice::from_ref(id),
            Hits::Several(ids) => ids,
        }
    }

    fn push(&mut self, id: NameId) {
        match self {
            Hits::One(first) => *self = Hits::Several(vec![*first, id]),
            Hits::Several(ids) => ids.push(id),
        }
    }
}

/// The index by key.
pub(super) struct Keyed {
    /// Each name's first key.
    keys: Vec<Box<str>>,
    by_key: FxHashMap<Box<str>, Hits>,
    /// Three letters of a key to the names that have them.
    trigrams: FxHashMap<[char; 3], Vec<NameId>>,
    /// How many different trigrams each name has.
    sizes: Vec<u32>,
}

fn add(map: &mut FxHashMap<Box<str>, Hits>, form: &str, id: NameId) {
    match map.get_mut(form) {
        Some(hits) if hits.as_slice().last() == Some(&id) => {}
        Some(hits) => hits.push(id),
        None => {
            map.insert(form.into(), Hits::One(id));
        }
    }
}

impl Index {
    pub(super) fn new(registry: &Registry) -> Index {
        let mut index = Index { names: Vec::new(), folded: FxHashMap::default(), keyed: OnceLock::new() };
        let mut form = String::new();
        for (e, entity) in registry.entities().iter().enumerate() {
            for (n, name) in entity.names.iter().enumerate() {
                let id = index.names.len() as NameId;
                index.names.push((e as u32, n as u32));
                form.clear();
                fold_into(&name.text, &mut form);
                add(&mut index.folded, &form, id);
            }
        }
        index
    }

    /// The entity's number, the entity and the name of a name id.
    pub(super) fn get<'r>(&self, registry: &'r Registry, id: NameId) -> (u32, &'r Entity, &'r Name) {
        let (e, n) = self.names[id as usize];
        let entity = &registry.entities()[e as usize];
        (e, entity, &entity.names[n as usize])
    }

    pub(super) fn by_folded(&self, form: &str) -> &[NameId] {
        self.folded.get(form).map_or(&[], Hits::as_slice)
    }

    pub(super) fn keyed(&self, registry: &Registry) -> &Keyed {
        self.keyed.get_or_init(|| {
            let mut keyed = Keyed { keys: Vec::new(), by_key: FxHashMap::default(), trigrams: FxHashMap::default(), sizes: Vec::new() };
            for id in 0..self.names.len() as NameId {
                let all = keys(&self.get(registry, id).2.text).all;
                for key in &all {
                    add(&mut keyed.by_key, key, id);
                }
                let first = all.into_iter().next().unwrap_or_default();
                let grams = trigrams(&first);
                keyed.sizes.push(grams.len() as u32);
                for gram in grams {
                    keyed.trigrams.entry(gram).or_default().push(id);
                }
                keyed.keys.push(first.into());
            }
            keyed
        })
    }
}

impl Keyed {
    pub(super) fn by_key(&self, key: &str) -> &[NameId] {
        self.by_key.get(key).map_or(&[], Hits::as_slice)
    }

    pub(super) fn key(&self, id: NameId) -> &str {
        &self.keys[id as usize]
    }

    /// The names that share most of their parts with a key, the best first.
    pub(super) fn comparable(&self, key: &str, most: usize) -> Vec<NameId> {
        let grams = trigrams(key);
        let mut shared: FxHashMap<NameId, u32> = FxHashMap::default();
        for gram in &grams {
            for id in self.trigrams.get(gram).map_or(&[][..], Vec::as_slice) {
                *shared.entry(*id).or_default() += 1;
            }
        }
        // Dice's coefficient in whole numbers, so that the order is the same everywhere.
        let mut ranked: Vec<(u64, NameId)> = shared
            .into_iter()
            .map(|(id, n)| (u64::from(n) * 2_000_000 / (u64::from(self.sizes[id as usize]) + grams.len() as u64), id))
            .collect();
        let order = |a: &(u64, NameId), b: &(u64, NameId)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, order);
            ranked.truncate(most);
        }
        ranked.sort_unstable_by(order);
        ranked.into_iter().map(|(_, id)| id).collect()
    }
}

/// The different runs of three letters of a key, its words' ends marked by spaces; word order does not count.
fn trigrams(key: &str) -> Vec<[char; 3]> {
    let mut grams = Vec::with_capacity(key.len());
    for word in key.split(' ') {
        let mut last = [' ', ' '];
        for c in word.chars().chain([' ']) {
            grams.push([last[0], last[1], c]);
            last = [last[1], c];
        }
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}
